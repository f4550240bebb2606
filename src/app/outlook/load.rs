//! The load of work centres by day and week.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate};

/// The load of a work centre in a day or a week.
///
/// *Used* is counted where the plan puts the work, so it never exceeds what is available: what
/// does not fit stands later. *Wanted* is counted where the work would have to stand to be in
/// time, backward from the latest finish of each operation; what should have been done before now
/// is wanted at once. More wanted than available is overload.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Load {
    pub work_centre_id: i64,
    /// The day, or the Monday of the week.
    pub from: NaiveDate,
    /// Open minutes of all its lines, from now on.
    pub available_minutes: i64,
    pub used_minutes: i64,
    pub wanted_minutes: i64,
    /// Minutes that others' orders and downtime have taken; not available.
    pub blocked_minutes: i64,
    /// Minutes that overtime has added; available.
    pub overtime_minutes: i64,
    /// Who uses it, most first: operation, minutes.
    pub used_by: Vec<(i64, i64)>,
    /// Who wants it, most first.
    pub wanted_by: Vec<(i64, i64)>,
}

impl Load {
    /// Used of available, in per cent; 999 where there is work and no time.
    #[must_use]
    pub fn percent(&self) -> i64 {
        percent(self.used_minutes, self.available_minutes)
    }

    /// Wanted of available, in per cent; 999 where there is work and no time.
    #[must_use]
    pub fn wanted_percent(&self) -> i64 {
        percent(self.wanted_minutes, self.available_minutes)
    }

    /// Adds another period of the same work centre.
    pub fn take(&mut self, other: &Self) {
        self.available_minutes += other.available_minutes;
        self.used_minutes += other.used_minutes;
        self.wanted_minutes += other.wanted_minutes;
        self.blocked_minutes += other.blocked_minutes;
        self.overtime_minutes += other.overtime_minutes;
        join(&mut self.used_by, &other.used_by);
        join(&mut self.wanted_by, &other.wanted_by);
    }
}

/// Minutes that an order which is not made yet would add to a work centre on a day.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Add {
    pub work_centre_id: i64,
    pub day: NaiveDate,
    pub minutes: i64,
}

/// The Monday of the week of a day.
#[must_use]
pub fn week_of(day: NaiveDate) -> NaiveDate {
    let back = u64::from(day.weekday().num_days_from_monday());
    day.checked_sub_days(Days::new(back)).unwrap_or(day)
}

/// A part of a whole in per cent, rounded down; 999 where there is a part and no whole.
#[must_use]
pub fn percent(part: i64, whole: i64) -> i64 {
    match (part, whole) {
        (0, _) => 0,
        (_, ..=0) => 999,
        (part, whole) => part.saturating_mul(100) / whole,
    }
}

/// Adds minutes to those of the same operations, most first.
fn join(all: &mut Vec<(i64, i64)>, more: &[(i64, i64)]) {
    let mut sums: BTreeMap<i64, i64> = all.iter().copied().collect();
    for (operation, minutes) in more {
        *sums.entry(*operation).or_insert(0) += minutes;
    }
    *all = sums.into_iter().collect();
    all.sort_by_key(|(operation, minutes)| (std::cmp::Reverse(*minutes), *operation));
}
