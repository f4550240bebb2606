//! Rows about chases, snoozes, hand-overs and where data came from.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::codes::{ChaseHow, ChaseResult, Subject};
use super::moment::Moment;
use super::record::Record;

/// A chase and its answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct Chase {
    pub id: i64,
    /// Counts the changes of this row; a stale copy is refused.
    pub revision: i64,
    pub subject: Subject,
    pub subject_id: i64,
    pub order_id: Option<i64>,
    pub at: Moment,
    pub how: ChaseHow,
    pub result: ChaseResult,
    pub answer: String,
    pub new_date: Option<NaiveDate>,
    pub next_on: Option<NaiveDate>,
}

impl Record for Chase {
    const TABLE: &'static str = "chase";
    fn id(&self) -> i64 {
        self.id
    }
    fn parent(&self) -> i64 {
        self.subject_id
    }
}

/// A thing put off to a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct Snooze {
    pub id: i64,
    /// Counts the changes of this row; a stale copy is refused.
    pub revision: i64,
    pub subject: Subject,
    pub subject_id: i64,
    pub until: NaiveDate,
    pub reason: String,
    /// What it needed attention for then, see `rule::attention::marks`, parted by blanks.
    pub seen: String,
}

impl Record for Snooze {
    const TABLE: &'static str = "snooze";
    fn id(&self) -> i64 {
        self.id
    }
    fn parent(&self) -> i64 {
        self.subject_id
    }
}

/// A report handed over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct Handover {
    pub id: i64,
    /// Counts the changes of this row; a stale copy is refused.
    pub revision: i64,
    pub report: String,
    pub order_id: Option<i64>,
    pub handed_to: String,
    pub at: Moment,
    /// What it held, to mark what changed since.
    pub content: String,
}

impl Record for Handover {
    const TABLE: &'static str = "handover";
    fn id(&self) -> i64 {
        self.id
    }
    fn parent(&self) -> i64 {
        self.order_id.unwrap_or_default()
    }
}

/// A file that data came from, kept by content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct SourceFile {
    pub id: i64,
    /// Counts the changes of this row; a stale copy is refused.
    pub revision: i64,
    /// Content name, unique.
    pub hash: String,
    pub name: String,
    pub kind: String,
    pub size: i64,
    pub filed_at: Moment,
}

impl Record for SourceFile {
    const TABLE: &'static str = "source_file";
    fn id(&self) -> i64 {
        self.id
    }
}

/// How a sender's headings were understood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct HeadingMap {
    pub id: i64,
    /// Counts the changes of this row; a stale copy is refused.
    pub revision: i64,
    pub sender: String,
    pub kind: String,
    /// Headings and fields as JSON text.
    pub map: String,
}

impl Record for HeadingMap {
    const TABLE: &'static str = "heading_map";
    fn id(&self) -> i64 {
        self.id
    }
}

/// A setting of the factory.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct Setting {
    pub id: i64,
    /// Counts the changes of this row; a stale copy is refused.
    pub revision: i64,
    pub key: String,
    pub value: String,
}

impl Record for Setting {
    const TABLE: &'static str = "setting";
    fn id(&self) -> i64 {
        self.id
    }
}
