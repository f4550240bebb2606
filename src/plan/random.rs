//! A small repeatable source of chance: the same seed gives the same plan in every version.

/// Xorshift with 64 bits of state (Marsaglia 2003, shifts 13, 7, 17).
#[derive(Debug, Clone)]
pub(crate) struct Random(u64);

impl Random {
    /// Any seed will do; zero is replaced, because it would stay zero.
    pub(crate) const fn new(seed: u64) -> Self {
        Self(if seed == 0 {
            0x9E37_79B9_7F4A_7C15
        } else {
            seed
        })
    }

    #[inline]
    pub(crate) const fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// A number below `n`; zero where `n` is zero.
    #[inline]
    pub(crate) fn below(&mut self, n: usize) -> usize {
        // The high half is the better one; the product maps it onto 0..n without division.
        let wide = u128::from(self.next()) * n as u128;
        usize::try_from(wide >> 64).unwrap_or(0)
    }

    /// A number in [0, 1).
    #[inline]
    pub(crate) fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stay_below_their_bound_and_reach_all_of_it() {
        let mut r = Random::new(7);
        let mut seen = [0_u32; 5];
        for _ in 0..1_000 {
            seen[r.below(5)] += 1;
            assert!((0.0..1.0).contains(&r.unit()));
        }
        assert!(seen.iter().all(|n| *n > 120), "{seen:?}");
        assert_eq!(r.below(0), 0);
    }
}
