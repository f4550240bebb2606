//! The draws: values of everything uncertain that hang on its own key alone.

use super::Luck;
use crate::domain::quantity::{MICRO, Micro};
use crate::plan::random::Random;

/// The values of all lucks in so many draws: of each one from every of as many equal strata, in an
/// order that hangs on its key alone.
///
/// There are as many as lucks times draws, so each takes one byte or two, and what is sure none.
pub(super) struct Draws<'a> {
    lucks: &'a [Luck],
    /// The parts of the odds that the draws of each luck fall on.
    places: Vec<Places>,
}

/// The parts of one luck's odds that its draws fall on.
enum Places {
    Sure,
    Few(Box<[u8]>),
    Many(Box<[u16]>),
}

impl Places {
    fn of(luck: &Luck, runs: usize) -> Self {
        match luck.odds.parts().count() {
            0 | 1 => Self::Sure,
            2..=256 => Self::Few(drawn(luck, runs, |place| {
                u8::try_from(place).unwrap_or(u8::MAX)
            })),
            // Odds have far fewer parts than fit.
            _ => Self::Many(drawn(luck, runs, |place| {
                u16::try_from(place).unwrap_or(u16::MAX)
            })),
        }
    }

    fn at(&self, run: usize) -> usize {
        match self {
            Self::Sure => 0,
            Self::Few(places) => places.get(run).map_or(0, |p| usize::from(*p)),
            Self::Many(places) => places.get(run).map_or(0, |p| usize::from(*p)),
        }
    }
}

impl<'a> Draws<'a> {
    pub(super) fn new(lucks: &'a [Luck], runs: usize) -> Self {
        let places = lucks.iter().map(|luck| Places::of(luck, runs)).collect();
        Self { lucks, places }
    }

    /// The values of all lucks in one draw.
    pub(super) fn fill(&self, run: usize, values: &mut [i64]) {
        for ((value, luck), places) in values.iter_mut().zip(self.lucks).zip(&self.places) {
            *value = luck.odds.days_in(places.at(run));
        }
    }
}

/// The parts that the draws of a luck fall on.
fn drawn<T>(luck: &Luck, runs: usize, packed: impl Fn(usize) -> T) -> Box<[T]> {
    let mut order: Vec<usize> = (0..runs).collect();
    let mut random = Random::new(seed(&luck.key));
    for at in (1..runs).rev() {
        order.swap(at, random.below(at + 1));
    }
    let whole = i64::try_from(runs).unwrap_or(1);
    let place = |at: usize| {
        let at = i64::try_from(at).unwrap_or(0);
        let middle = Micro((2 * at + 1) * MICRO / (2 * whole));
        packed(luck.odds.place(middle))
    };
    order.into_iter().map(place).collect()
}

/// A seed that hangs on the name alone (FNV-1a).
fn seed(key: &str) -> u64 {
    let hash = key.bytes().fold(0xCBF2_9CE4_8422_2325_u64, |h, b| {
        (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01B3)
    });
    hash ^ (hash >> 29)
}
