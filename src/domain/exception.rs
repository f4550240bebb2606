//! Rows about what went wrong, what was decided, what was learned.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::codes::{CauseClass, Department, Severity, Stage};
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
    pub what: String,
    /// Where.
    pub place: String,
    /// First guess.
    pub why: String,
    pub quantity: Micro,
    pub severity: Severity,
    /// Responsible department.
    pub department: Department,
    pub cause: Option<CauseClass>,
    pub containment: String,
    pub contained_at: Option<Moment>,
    /// Root cause.
    pub analysis: String,
    pub decision_needed: String,
    pub decide_by_who: String,
    pub decide_by: Option<NaiveDate>,
    pub decision: String,
    pub decided_by: String,
    pub decided_on: Option<NaiveDate>,
    pub corrective: String,
    pub preventive: String,
    pub owner: String,
    pub act_by: Option<NaiveDate>,
    pub acted_on: Option<NaiveDate>,
    pub verified_on: Option<NaiveDate>,
    pub closed_on: Option<NaiveDate>,
    pub difficulty: String,
    /// What worked.
    pub solution: String,
    /// Times reopened.
    pub reopened: i64,
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
