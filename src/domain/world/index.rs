//! Which rows belong to a parent, looked up in a step or two: every rule asks that many times for
//! every order.

/// The places of rows by a number, in ascending order of both.
///
/// Numbers that lie close together, as those of a table's rows do, are found by counting from the
/// first; others by halving.
#[derive(Debug, Clone, Default)]
pub(super) struct Index {
    first: i64,
    /// The numbers that have rows; none where every number from the first on has its start.
    keys: Option<Vec<i64>>,
    /// Where the places of each number begin in `places`, and where those of the last end.
    starts: Vec<u32>,
    places: Vec<u32>,
}

impl Index {
    /// The index of numbers by the place of their rows.
    pub(super) fn new(numbers: impl Iterator<Item = (i64, usize)>) -> Self {
        let place = |(number, at)| Some((number, u32::try_from(at).ok()?));
        let mut pairs: Vec<(i64, u32)> = numbers.filter_map(place).collect();
        pairs.sort_unstable();
        let (Some((first, _)), Some((last, _))) = (pairs.first().copied(), pairs.last()) else {
            return Self::default();
        };
        let close = last.abs_diff(first) <= 4 * pairs.len() as u64 + 64;
        let (mut keys, mut starts) = (Vec::new(), Vec::new());
        let mut before = None;
        for ((number, _), at) in pairs.iter().zip(0_u32..) {
            if before == Some(*number) {
                continue;
            }
            let steps = before.filter(|_| close).map_or(1, |b| number.abs_diff(b));
            starts.extend((0..steps).map(|_| at));
            keys.push(*number);
            before = Some(*number);
        }
        let mut places: Vec<u32> = pairs.into_iter().map(|(_, at)| at).collect();
        starts.push(u32::try_from(places.len()).unwrap_or(u32::MAX));
        starts.shrink_to_fit();
        // It has taken over the room of the pairs.
        places.shrink_to_fit();
        Self {
            first,
            keys: (!close).then_some(keys),
            starts,
            places,
        }
    }

    /// The places of the rows of a number.
    pub(super) fn of(&self, number: i64) -> &[u32] {
        let found = match &self.keys {
            None => number
                .checked_sub(self.first)
                .and_then(|n| usize::try_from(n).ok()),
            Some(keys) => keys.binary_search(&number).ok(),
        };
        let range = found.and_then(|n| {
            let from = self.starts.get(n)?;
            let to = self.starts.get(n.checked_add(1)?)?;
            Some(*from as usize..*to as usize)
        });
        range.and_then(|r| self.places.get(r)).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(numbers: &[i64], ask: &[i64]) {
        let index = Index::new(numbers.iter().copied().zip(0..));
        for number in numbers.iter().chain(ask) {
            let wanted: Vec<u32> = (0_u32..)
                .zip(numbers)
                .filter(|(_, n)| *n == number)
                .map(|(at, _)| at)
                .collect();
            assert_eq!(index.of(*number), wanted, "{number} of {numbers:?}");
        }
    }

    proptest! {
        #[test]
        fn every_number_has_its_rows_and_no_other(
            close in prop::collection::vec(100_i64..160, 0..40),
            wide in prop::collection::vec(-5_i64..1_000_000_000, 0..40),
            ask in prop::collection::vec(any::<i64>(), 8),
        ) {
            check(&close, &ask);
            check(&wide, &ask);
            check(&[close, wide].concat(), &ask);
        }
    }

    #[test]
    fn the_ends_of_what_a_number_can_be_are_found() {
        check(&[i64::MAX, 3, i64::MIN, 3], &[0, i64::MIN + 1]);
        check(&[i64::MIN], &[i64::MAX, 0]);
    }
}
