//! How a number of whole days may turn out: a distribution in exact parts of a million.
//!
//! Made from weighted observations, mixed with what is known of a larger group, asked for its
//! quantiles. No floats, so that the same deliveries give the same odds everywhere.

use std::collections::BTreeMap;

use crate::domain::quantity::{MICRO, Micro, Rate};

/// Observations below which a group fills up what is missing.
pub const FEW: i64 = 5;

/// Shares of one by number of days, in order of days; they add up to one exactly.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Odds {
    parts: Vec<(i64, i64)>,
}

impl Odds {
    /// What happens for sure.
    #[must_use]
    pub fn sure(days: i64) -> Self {
        Self {
            parts: vec![(days, MICRO)],
        }
    }

    /// The shares of weights (of any unit; those that are not positive count for nothing).
    ///
    /// What rounding leaves goes to the days with the greatest weight. `None` without any weight.
    #[must_use]
    pub fn of(weights: impl IntoIterator<Item = (i64, i64)>) -> Option<Self> {
        let mut by_days: BTreeMap<i64, i128> = BTreeMap::new();
        for (days, weight) in weights.into_iter().filter(|w| w.1 > 0) {
            *by_days.entry(days).or_default() += i128::from(weight);
        }
        let total: i128 = by_days.values().sum();
        if total == 0 {
            return None;
        }
        let share = |weight: i128| i64::try_from(weight * i128::from(MICRO) / total).unwrap_or(0);
        let most = by_days
            .iter()
            .max_by_key(|(days, weight)| (**weight, -**days));
        let most = most.map_or(0, |(days, _)| *days);
        let mut parts: Vec<(i64, i64)> = by_days.iter().map(|(d, w)| (*d, share(*w))).collect();
        let left = MICRO - parts.iter().map(|p| p.1).sum::<i64>();
        for part in &mut parts {
            if part.0 == most {
                part.1 += left;
            }
        }
        parts.retain(|p| p.1 > 0);
        Some(Self { parts })
    }

    /// Own observations, weighted in millionths of one observation, filled up from a group.
    ///
    /// With `n` the sum of the weights, the group weighs `max(1, 5 − n)` observations: it fills up
    /// to five where there are fewer, and counts as a single one beyond, so that nothing is ever
    /// taken for impossible. That is credibility theory's `Z·own + (1 − Z)·group` with
    /// `Z = n / (n + k)` (Bühlmann, Experience rating and credibility, ASTIN Bulletin 4, 1967),
    /// where `k` falls from five to the weight of one observation (the unit information prior of
    /// Kass and Wasserman, 1995).
    #[must_use]
    pub fn shrunk(own: &BTreeMap<i64, i64>, group: &Self) -> Self {
        let n: i64 = own.values().sum();
        let rest = (FEW * MICRO - n).max(MICRO);
        let times = |weight: i64| weight.saturating_mul(1_000);
        let own = own.iter().map(|(days, weight)| (*days, times(*weight)));
        // Thousandths of millionths, so that little is lost in the division.
        let scaled = |share: i64| {
            let wide = i128::from(share) * i128::from(rest) * 1_000 / i128::from(MICRO);
            i64::try_from(wide).unwrap_or(i64::MAX)
        };
        let group_parts = group
            .parts
            .iter()
            .map(|(days, share)| (*days, scaled(*share)));
        Self::of(own.chain(group_parts)).unwrap_or_else(|| group.clone())
    }

    /// Days and their shares.
    pub fn parts(&self) -> impl Iterator<Item = (i64, Rate)> + '_ {
        self.parts
            .iter()
            .map(|(days, share)| (*days, Micro(*share)))
    }

    /// The fewest days that at least so many of a hundred keep.
    #[must_use]
    pub fn quantile(&self, percent: i64) -> i64 {
        let wanted = percent.clamp(0, 100) * (MICRO / 100);
        let mut sum = 0;
        for (days, share) in &self.parts {
            sum += share;
            if sum >= wanted {
                return *days;
            }
        }
        self.parts.last().map_or(0, |p| p.0)
    }

    /// Which of the [`Odds::parts`] a draw from zero (the fewest days) up to one falls on.
    #[must_use]
    pub fn place(&self, at: Rate) -> usize {
        let mut sum = 0;
        let over = self.parts.iter().position(|(_, share)| {
            sum += share;
            sum > at.0
        });
        over.unwrap_or(self.parts.len().saturating_sub(1))
    }

    /// The days of the part in that place, see [`Odds::place`]; of the last where there are fewer.
    #[must_use]
    pub fn days_in(&self, place: usize) -> i64 {
        let part = self.parts.get(place).or(self.parts.last());
        part.map_or(0, |p| p.0)
    }

    /// The days of a draw from zero (the fewest) up to one.
    #[must_use]
    pub fn drawn(&self, at: Rate) -> i64 {
        self.days_in(self.place(at))
    }

    /// The chance of more than so many days.
    #[must_use]
    pub fn beyond(&self, days: i64) -> Rate {
        let over = self.parts.iter().filter(|p| p.0 > days);
        Micro(over.map(|p| p.1).sum())
    }

    /// Expected days beyond so many, those with fewer counted as none: `Σ share × max(0, d − days)`.
    ///
    /// Exact: whole days times parts of a million are millionths of a day.
    #[must_use]
    pub fn expected_beyond(&self, days: i64) -> Micro {
        let over = self.parts.iter().filter(|p| p.0 > days);
        Micro(
            over.map(|p| p.1.saturating_mul(p.0 - days))
                .fold(0, i64::saturating_add),
        )
    }

    /// The odds once it is known that it takes at least so many days; `None` where that was never
    /// seen.
    #[must_use]
    pub fn at_least(&self, days: i64) -> Option<Self> {
        Self::of(self.parts.iter().copied().filter(|p| p.0 >= days))
    }

    /// The same, so many days later.
    #[must_use]
    pub fn moved(mut self, days: i64) -> Self {
        for part in &mut self.parts {
            part.0 += days;
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(days: &[i64]) -> BTreeMap<i64, i64> {
        let mut out = BTreeMap::new();
        for d in days {
            *out.entry(*d).or_insert(0) += MICRO;
        }
        out
    }

    #[test]
    fn quantiles_chances_and_expectations_are_those_of_the_list() {
        let odds = Odds::of([(0, 6), (4, 2), (10, 2)]).unwrap();
        assert_eq!((odds.quantile(50), odds.quantile(60)), (0, 0));
        assert_eq!((odds.quantile(80), odds.quantile(81)), (4, 10));
        assert_eq!(odds.beyond(0), Micro(400_000));
        assert_eq!(odds.beyond(4), Micro(200_000));
        assert_eq!(odds.expected_beyond(0), Micro(2_800_000));
        assert_eq!(odds.expected_beyond(-1), Micro(3_800_000));
        let late = odds.at_least(1).unwrap();
        assert_eq!((late.quantile(50), late.beyond(4)), (4, Micro(500_000)));
        assert_eq!(odds.at_least(11), None);
        assert_eq!(
            (odds.drawn(Micro(599_999)), odds.drawn(Micro(600_000))),
            (0, 4)
        );
    }

    #[test]
    fn thirds_add_up_to_one() {
        let odds = Odds::of([(1, 1), (2, 1), (3, 1)]).unwrap();
        assert_eq!(odds.parts().map(|p| p.1.0).sum::<i64>(), MICRO);
        assert_eq!(Odds::of([(1, 0), (2, -4)]), None);
    }

    #[test]
    fn a_group_fills_up_to_five_and_then_counts_as_one() {
        let group = Odds::sure(0);
        let none = Odds::shrunk(&BTreeMap::new(), &group);
        assert_eq!(none, group);
        // One of one's own against four of the group.
        assert_eq!(Odds::shrunk(&seen(&[7]), &group).beyond(0), Micro(200_000));
        // Four against one, five against one, nine against one.
        assert_eq!(
            Odds::shrunk(&seen(&[7; 4]), &group).beyond(0),
            Micro(800_000)
        );
        assert_eq!(
            Odds::shrunk(&seen(&[7; 9]), &group).beyond(0),
            Micro(900_000)
        );
        let five = Odds::shrunk(&seen(&[7; 5]), &group);
        assert_eq!((five.quantile(50), five.quantile(80)), (7, 7));
    }
}
