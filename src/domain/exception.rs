//! Rows about what went wrong, what was decided, what was learned.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::codes::{CauseClass, Department, Severity, Stage};
use super::exception_codes::{ActionKind, CauseFactor, EffectKind, OptionKind};
use super::moment::Moment;
use super::quantity::Micro;
use super::record::Record;

/// Something that went wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct Exception {
    pub id: i64,
    /// Counts the changes of this row; a stale copy is refused.
    pub revision: i64,
    /// Unique.
    pub no: String,
    pub order_id: Option<i64>,
    pub production_order_id: Option<i64>,
    pub purchase_id: Option<i64>,
    pub stage: Stage,
    pub reported_at: Moment,
    pub reported_by: String,
    /// When it happened; none: when it was reported.
    pub happened_at: Option<Moment>,
    pub what: String,
    /// Where.
    pub place: String,
    /// First guess.
    pub why: String,
    /// How it came about, or how it was found.
    pub how: String,
    pub quantity: Micro,
    pub severity: Severity,
    /// Responsible department.
    pub department: Department,
    pub cause: Option<CauseClass>,
    /// People, machine, material, method, environment or measurement.
    pub factor: Option<CauseFactor>,
    pub containment: String,
    pub contained_at: Option<Moment>,
    /// Root cause.
    pub analysis: String,
    pub decision_needed: String,
    pub decide_by_who: String,
    pub decide_by: Option<NaiveDate>,
    /// What happens where nobody decides by then.
    pub default_action: String,
    pub decision: String,
    pub decided_by: String,
    /// On whose authority, and how it was said.
    pub authority: String,
    pub decided_on: Option<NaiveDate>,
    pub corrective: String,
    pub preventive: String,
    pub owner: String,
    pub act_by: Option<NaiveDate>,
    pub acted_on: Option<NaiveDate>,
    pub verified_on: Option<NaiveDate>,
    /// What the verification saw.
    pub verification: String,
    pub closed_on: Option<NaiveDate>,
    pub difficulty: String,
    /// What worked.
    pub solution: String,
    /// Times reopened.
    pub reopened: i64,
    /// The level it was escalated to; zero: none.
    pub escalated_level: i64,
    pub escalated_to: String,
    pub escalated_at: Option<Moment>,
    /// When the customer was told.
    pub told_on: Option<NaiveDate>,
    /// What the customer was told.
    pub told: String,
    /// The exception that tells of the same thing; this one is done with.
    pub merged_into: Option<i64>,
}

impl Record for Exception {
    const TABLE: &'static str = "exception";
    fn id(&self) -> i64 {
        self.id
    }
    fn parent(&self) -> i64 {
        self.order_id.unwrap_or_default()
    }
}

/// A way out of an exception.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct ExceptionOption {
    pub id: i64,
    /// Counts the changes of this row; a stale copy is refused.
    pub revision: i64,
    pub exception_id: i64,
    pub text: String,
    pub date: Option<NaiveDate>,
    pub cost: Option<Micro>,
    pub risk: String,
    pub chosen: bool,
    pub kind: OptionKind,
    /// Where there is overtime.
    pub work_centre_id: Option<i64>,
    /// The line with overtime, none for all of the work centre; or the line to go to.
    pub line_id: Option<i64>,
    /// From when to when there is overtime.
    pub starts: Option<Moment>,
    pub ends: Option<Moment>,
    /// The purchase line that is expedited.
    pub purchase_id: Option<i64>,
    /// When it would arrive.
    pub arrives: Option<NaiveDate>,
    /// The production order that changes line, or is delivered in parts.
    pub production_order_id: Option<i64>,
    /// The operation that changes line.
    pub seq: i64,
    /// The first part.
    pub qty: Micro,
    /// The customer has to accept goods that differ (特采).
    pub concession: bool,
    /// The customer pays less.
    pub lower_price: bool,
}

impl Record for ExceptionOption {
    const TABLE: &'static str = "exception_option";
    fn id(&self) -> i64 {
        self.id
    }
    fn parent(&self) -> i64 {
        self.exception_id
    }
}

/// What an exception does to the plan: a fact the planner counts with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct ExceptionEffect {
    pub id: i64,
    /// Counts the changes of this row; a stale copy is refused.
    pub revision: i64,
    pub exception_id: i64,
    pub kind: EffectKind,
    pub entered_on: NaiveDate,
    /// Where time is lost.
    pub work_centre_id: Option<i64>,
    /// None: every line of the work centre.
    pub line_id: Option<i64>,
    /// From when to when time is lost.
    pub starts: Option<Moment>,
    pub ends: Option<Moment>,
    /// Share of the operators that is missing.
    pub share: Micro,
    /// The purchase line that is late or short.
    pub purchase_id: Option<i64>,
    /// The order on hold.
    pub order_id: Option<i64>,
    /// The production order on hold, or that lost pieces.
    pub production_order_id: Option<i64>,
    /// The operation at which pieces were lost.
    pub seq: i64,
    /// When the purchase line comes, or the hold ends.
    pub date: Option<NaiveDate>,
    /// Pieces lost, or missing of the purchase line.
    pub qty: Micro,
}

impl Record for ExceptionEffect {
    const TABLE: &'static str = "exception_effect";
    fn id(&self) -> i64 {
        self.id
    }
    fn parent(&self) -> i64 {
        self.exception_id
    }
}

/// Something that has to be done about an exception.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct ExceptionAction {
    pub id: i64,
    /// Counts the changes of this row; a stale copy is refused.
    pub revision: i64,
    pub exception_id: i64,
    pub kind: ActionKind,
    pub text: String,
    pub owner: String,
    pub due: Option<NaiveDate>,
    pub done_on: Option<NaiveDate>,
    pub verified_on: Option<NaiveDate>,
    /// What came of it.
    pub result: String,
}

impl Record for ExceptionAction {
    const TABLE: &'static str = "exception_action";
    fn id(&self) -> i64 {
        self.id
    }
    fn parent(&self) -> i64 {
        self.exception_id
    }
}

/// A file that shows what happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct ExceptionEvidence {
    pub id: i64,
    /// Counts the changes of this row; a stale copy is refused.
    pub revision: i64,
    pub exception_id: i64,
    pub title: String,
    pub date: Option<NaiveDate>,
    /// Content name of the kept file; empty: a note only.
    pub file_hash: String,
    pub file_name: String,
    pub note: String,
}

impl Record for ExceptionEvidence {
    const TABLE: &'static str = "exception_evidence";
    fn id(&self) -> i64 {
        self.id
    }
    fn parent(&self) -> i64 {
        self.exception_id
    }
}

/// A further order that an exception hits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct ExceptionOrder {
    pub id: i64,
    /// Counts the changes of this row; a stale copy is refused.
    pub revision: i64,
    pub exception_id: i64,
    pub order_id: i64,
}

impl Record for ExceptionOrder {
    const TABLE: &'static str = "exception_order";
    fn id(&self) -> i64 {
        self.id
    }
    fn parent(&self) -> i64 {
        self.exception_id
    }
}

/// What an exception taught.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct Lesson {
    pub id: i64,
    /// Counts the changes of this row; a stale copy is refused.
    pub revision: i64,
    pub exception_id: Option<i64>,
    pub customer_id: Option<i64>,
    pub family: String,
    pub item_id: Option<i64>,
    pub supplier_id: Option<i64>,
    pub symptom: String,
    pub solution: String,
    pub prevention: String,
    /// Words parted by blanks.
    pub tags: String,
    /// From then on it is kept, but not proposed any more.
    pub retired_on: Option<NaiveDate>,
    /// Why, or the symptom of the lesson it was merged into.
    pub retired_reason: String,
}

impl Record for Lesson {
    const TABLE: &'static str = "lesson";
    fn id(&self) -> i64 {
        self.id
    }
    fn parent(&self) -> i64 {
        self.exception_id.unwrap_or_default()
    }
}

/// A lesson ticked or waived at an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct LessonUse {
    pub id: i64,
    /// Counts the changes of this row; a stale copy is refused.
    pub revision: i64,
    pub lesson_id: i64,
    pub order_id: i64,
    pub ticked: bool,
    pub reason: String,
    /// What a person said of it; none: the rule says.
    pub helped: Option<bool>,
    /// The day on which it was ticked or waived.
    pub used_on: Option<NaiveDate>,
}

impl Record for LessonUse {
    const TABLE: &'static str = "lesson_use";
    fn id(&self) -> i64 {
        self.id
    }
    fn parent(&self) -> i64 {
        self.lesson_id
    }
}
