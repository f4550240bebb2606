//! Rows about review points of an order, and the joint capacity review.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::codes::{DecisionKind, Department, PointKind, PointResult};
use super::record::Record;

/// The finding at one of the nine points.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct ReviewPoint {
    pub id: i64,
    /// Counts the changes of this row; a stale copy is refused.
    pub revision: i64,
    pub order_id: i64,
    pub point: PointKind,
    /// As read from the document.
    pub value: String,
    pub document_id: Option<i64>,
    pub result: PointResult,
    /// Why it was waived or queried.
    pub reason: String,
}

impl Record for ReviewPoint {
    const TABLE: &'static str = "review_point";
    fn id(&self) -> i64 {
        self.id
    }
    fn parent(&self) -> i64 {
        self.order_id
    }
}

/// A round of the joint review.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct ReviewRound {
    pub id: i64,
    /// Counts the changes of this row; a stale copy is refused.
    pub revision: i64,
    pub order_id: i64,
    pub no: i64,
    pub opened_on: NaiveDate,
    /// The figures it stood on, as text.
    pub snapshot: String,
}

impl Record for ReviewRound {
    const TABLE: &'static str = "review_round";
    fn id(&self) -> i64 {
        self.id
    }
    fn parent(&self) -> i64 {
        self.order_id
    }
}

/// A department's answer in a round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct Answer {
    pub id: i64,
    /// Counts the changes of this row; a stale copy is refused.
    pub revision: i64,
    pub round_id: i64,
    pub department: Department,
    pub asked_on: NaiveDate,
    /// None: still silent.
    pub answered_on: Option<NaiveDate>,
    /// The day by which it can be done.
    pub date: Option<NaiveDate>,
    /// Or the days it takes.
    pub days: Option<i64>,
    /// Yes or no; none: not said.
    pub satisfied: Option<bool>,
    pub risk: String,
    pub countermeasure: String,
    /// Taken over from the round before, with its day, instead of being asked again.
    pub carried: bool,
}

impl Record for Answer {
    const TABLE: &'static str = "answer";
    fn id(&self) -> i64 {
        self.id
    }
    fn parent(&self) -> i64 {
        self.round_id
    }
}

/// How a round ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct Decision {
    pub id: i64,
    /// Counts the changes of this row; a stale copy is refused.
    pub revision: i64,
    pub order_id: i64,
    pub kind: DecisionKind,
    /// Promised or offered date.
    pub date: Option<NaiveDate>,
    pub decided_on: NaiveDate,
    /// Number of the round it ended; zero: none was held, or not known.
    pub round: i64,
    pub authority: String,
    pub reason: String,
}

impl Record for Decision {
    const TABLE: &'static str = "decision";
    fn id(&self) -> i64 {
        self.id
    }
    fn parent(&self) -> i64 {
        self.order_id
    }
}
