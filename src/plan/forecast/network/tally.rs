//! Outcomes counted up: the chance of being on time, and the finishes that are kept.

use crate::domain::quantity::{MICRO, Micro};
use crate::plan::input::{DAY, Minute};

/// Outcomes of one order or step, with their weights.
///
/// There are two for each uncertain thing of each order, so every finish takes four bytes.
#[derive(Debug, Clone, Default)]
pub(super) struct Tally {
    /// Minutes after that of the network's now; what is more than 4,000 years away is put there.
    finishes: Vec<i32>,
    /// Of each finish; none where every one weighs the same.
    weights: Vec<u128>,
    hits: u128,
    total: u128,
    /// Σ weight × days late.
    late: u128,
}

impl Tally {
    /// With room for so many.
    pub(super) fn of(finishes: usize) -> Self {
        Self {
            finishes: Vec::with_capacity(finishes),
            ..Self::default()
        }
    }

    /// Adds a finish, told in minutes after now; `weight` none: it is one of equals.
    pub(super) fn add(&mut self, finish: Minute, late: Minute, weight: Option<u128>) {
        let far = if finish < 0 { i32::MIN } else { i32::MAX };
        self.finishes.push(i32::try_from(finish).unwrap_or(far));
        self.weights.extend(weight);
        let weight = weight.unwrap_or(1);
        self.total += weight;
        if late <= 0 {
            self.hits += weight;
        } else {
            let days = u128::try_from((late + DAY - 1) / DAY).unwrap_or(0);
            self.late += weight * days;
        }
    }

    pub(super) fn percent(&self) -> i64 {
        let half = self.total / 2;
        let share = (self.hits * 100 + half).checked_div(self.total);
        share.and_then(|p| i64::try_from(p).ok()).unwrap_or(0)
    }

    pub(super) fn late_days(&self) -> Micro {
        let scaled = self.late / (self.total / 1_000).max(1) * u128::from(MICRO.unsigned_abs());
        Micro(i64::try_from(scaled / 1_000).unwrap_or(i64::MAX))
    }

    /// The earliest finishes that so many of a hundred keep, in minutes after now.
    pub(super) fn kept<const N: usize>(&self, percents: [u128; N]) -> [Minute; N] {
        let weights = self.weights.iter().copied().chain(std::iter::repeat(1));
        let mut sorted: Vec<(i32, u128)> = self.finishes.iter().copied().zip(weights).collect();
        sorted.sort_unstable();
        percents.map(|percent| {
            let mut sum = 0;
            let first = sorted.iter().find(|(_, weight)| {
                sum += weight;
                sum * 100 >= self.total * percent
            });
            first.or(sorted.last()).map_or(0, |f| Minute::from(f.0))
        })
    }
}
