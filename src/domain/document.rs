//! Rows about documents, facts, queries, samples and milestones of an order.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::codes::{Department, DocumentKind, DocumentState, SampleKind, Verdict};
use super::record::Record;

/// A document that came in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    pub id: i64,
    /// Counts the changes of this row; a stale copy is refused.
    pub revision: i64,
    pub order_id: i64,
    pub kind: DocumentKind,
    pub title: String,
    pub state: DocumentState,
    pub version: i64,
    /// Received on.
    pub date: Option<NaiveDate>,
    /// Content name of the kept file; empty: a note only.
    pub file_hash: String,
    pub file_name: String,
    pub note: String,
}

impl Default for Document {
    fn default() -> Self {
        Self {
            id: 0,
            revision: 0,
            order_id: i64::default(),
            kind: DocumentKind::default(),
            title: String::default(),
            state: DocumentState::default(),
            version: 1,
            date: None,
            file_hash: String::default(),
            file_name: String::default(),
            note: String::default(),
        }
    }
}

impl Record for Document {
    const TABLE: &'static str = "document";
    fn id(&self) -> i64 {
        self.id
    }
    fn parent(&self) -> i64 {
        self.order_id
    }
}

/// What one document says about one thing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct Fact {
    pub id: i64,
    /// Counts the changes of this row; a stale copy is refused.
    pub revision: i64,
    pub order_id: i64,
    pub document_id: i64,
    /// Colour, size, composition ...
    pub key: String,
    pub value: String,
    pub unit: String,
    /// An open conflict blocks release.
    pub critical: bool,
}

impl Record for Fact {
    const TABLE: &'static str = "fact";
    fn id(&self) -> i64 {
        self.id
    }
    fn parent(&self) -> i64 {
        self.order_id
    }
}

/// Two names for the same thing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct Alias {
    pub id: i64,
    /// Counts the changes of this row; a stale copy is refused.
    pub revision: i64,
    /// Colour, unit ...
    pub kind: String,
    pub name: String,
    pub canonical: String,
}

impl Record for Alias {
    const TABLE: &'static str = "alias";
    fn id(&self) -> i64 {
        self.id
    }
}

/// A question to a department.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct Query {
    pub id: i64,
    /// Counts the changes of this row; a stale copy is refused.
    pub revision: i64,
    /// Unique.
    pub no: String,
    pub order_id: i64,
    pub department: Department,
    /// Review point, fact or document it is about.
    pub topic: String,
    pub question: String,
    pub raised_on: NaiveDate,
    pub due: Option<NaiveDate>,
    pub answered_on: Option<NaiveDate>,
    pub answered_by: String,
    pub answer: String,
    /// What it settled or corrected.
    pub effect: String,
}

impl Record for Query {
    const TABLE: &'static str = "query";
    fn id(&self) -> i64 {
        self.id
    }
    fn parent(&self) -> i64 {
        self.order_id
    }
}

/// A round of a sample.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sample {
    pub id: i64,
    /// Counts the changes of this row; a stale copy is refused.
    pub revision: i64,
    pub order_id: i64,
    pub kind: SampleKind,
    pub round: i64,
    pub due: Option<NaiveDate>,
    pub sent_on: Option<NaiveDate>,
    pub courier: String,
    pub verdict: Verdict,
    pub verdict_on: Option<NaiveDate>,
    pub comments: String,
}

impl Default for Sample {
    fn default() -> Self {
        Self {
            id: 0,
            revision: 0,
            order_id: i64::default(),
            kind: SampleKind::default(),
            round: 1,
            due: None,
            sent_on: None,
            courier: String::default(),
            verdict: Verdict::default(),
            verdict_on: None,
            comments: String::default(),
        }
    }
}

impl Record for Sample {
    const TABLE: &'static str = "sample";
    fn id(&self) -> i64 {
        self.id
    }
    fn parent(&self) -> i64 {
        self.order_id
    }
}

/// A dated step of an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct Milestone {
    pub id: i64,
    /// Counts the changes of this row; a stale copy is refused.
    pub revision: i64,
    pub order_id: i64,
    pub seq: i64,
    pub code: String,
    pub name: String,
    pub owner: Department,
    /// Code of the milestone it comes before; empty for the delivery.
    pub before: String,
    /// Working days before it.
    pub days: i64,
    /// How many of them were added because the same node was late at earlier orders.
    pub buffer: i64,
    /// Code of the calendar the days are counted on; empty for the factory's, `all` for every day.
    pub calendar: String,
    /// The fact of another stage that does it, see `rule::milestone::Source`.
    pub source: String,
    pub planned: Option<NaiveDate>,
    pub revised: Option<NaiveDate>,
    pub revised_reason: String,
    pub actual: Option<NaiveDate>,
    pub critical: bool,
}

impl Record for Milestone {
    const TABLE: &'static str = "milestone";
    fn id(&self) -> i64 {
        self.id
    }
    fn parent(&self) -> i64 {
        self.order_id
    }
}
