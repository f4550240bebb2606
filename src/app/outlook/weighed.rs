//! What a change, or another rule, would move in the plan.

use chrono::NaiveDate;

use super::{Bound, Finding};
use crate::domain::moment::Moment;
use crate::domain::quantity::Micro;
use crate::domain::rule::planning::Principle;
use crate::plan::sequence::Ranking;

/// What a change would move in the plan, told before it is made.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Weighed {
    pub late_before: usize,
    pub late_after: usize,
    /// Σ weight × late days.
    pub weighted_before: Micro,
    pub weighted_after: Micro,
    /// Operations that start on another day or line.
    pub moved_operations: usize,
    /// Production orders that finish at another time, those that get latest first.
    pub orders: Vec<Moved>,
    pub operations: Vec<MovedOperation>,
    /// Open orders whose earliest date changes: id, before, after.
    pub promises: Vec<(i64, Option<NaiveDate>, Option<NaiveDate>)>,
    /// What the planner finds wrong only with the change.
    pub findings: Vec<Finding>,
}

/// A production order that a change moves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    pub no: String,
    pub order_id: Option<i64>,
    pub order_no: String,
    pub due: Option<NaiveDate>,
    pub finish_before: Option<Moment>,
    pub finish_after: Option<Moment>,
    pub late_days_before: i64,
    pub late_days_after: i64,
    /// What holds it at its later place, where it gets later.
    pub because: Option<(Bound, String)>,
}

/// An operation that a change moves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MovedOperation {
    pub operation_id: i64,
    pub line_before: String,
    pub line_after: String,
    pub starts_before: Moment,
    pub starts_after: Moment,
    pub ends_after: Moment,
}

/// The plan with one rule turned round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrincipleEffect {
    /// The principle that is turned round; none: the factory's own rules, or a plain ranking.
    pub principle: Option<Principle>,
    /// A plain way of ranking in place of all rules.
    pub ranking: Option<Ranking>,
    /// Whether the principle takes part in this plan.
    pub on: bool,
    pub late: usize,
    pub weighted_late_days: Micro,
    pub changeovers: usize,
    /// Orders that finish earlier, and later, than by the factory's own rules.
    pub gain: usize,
    pub lose: usize,
}
