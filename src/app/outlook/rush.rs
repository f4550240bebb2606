//! An open order pushed into the plan (插单), and who pays for it.

use chrono::NaiveDate;

use crate::domain::moment::Moment;
use crate::domain::quantity::Micro;

/// An open order pushed into the plan (插单), and who pays for it; nothing of it is saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RushedOrder {
    pub order_id: i64,
    /// The plan it was pushed into, see [`Outlook::stands_on`](super::Outlook::stands_on).
    pub stands_on: Option<i64>,
    /// Its date if the others make way.
    pub date: NaiveDate,
    /// Its date without touching anybody.
    pub quiet: Option<NaiveDate>,
    /// Where its own operations would stand.
    pub own: Vec<RushPlace>,
    /// Operations of others that move: operation, line, start, end.
    pub places: Vec<(i64, Option<i64>, Moment, Moment)>,
    /// Production orders that finish later, the dearest first.
    pub victims: Vec<Victim>,
}

impl RushedOrder {
    /// Production orders that become late by it, or later than they were.
    #[must_use]
    pub fn made_late(&self) -> usize {
        let worse = |v: &&Victim| v.late_days_after > v.late_days_before;
        self.victims.iter().filter(worse).count()
    }
}

/// Where an operation of a rush order would stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RushPlace {
    pub order_line_id: i64,
    pub seq: i64,
    pub line_id: Option<i64>,
    pub starts: Moment,
    pub ends: Moment,
}

/// A production order that pays for a rush.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Victim {
    pub no: String,
    pub order_id: Option<i64>,
    pub order_no: String,
    pub due: Option<NaiveDate>,
    pub weight: Micro,
    pub finish_before: Moment,
    pub finish_after: Moment,
    pub late_days_before: i64,
    pub late_days_after: i64,
}
