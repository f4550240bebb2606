//! Rows about working time, work centres and lines.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::codes::{BlockKind, Department};
use super::moment::Moment;
use super::quantity::Micro;
use super::record::Record;

/// Working calendar: shifts by weekday as blank-separated `08:00-12:00`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct CalendarRow {
    pub id: i64,
    /// Counts the changes of this row; a stale copy is refused.
    pub revision: i64,
    /// Unique; `DAY` is the factory's own.
    pub code: String,
    pub name: String,
    pub mon: String,
    pub tue: String,
    pub wed: String,
    pub thu: String,
    pub fri: String,
    pub sat: String,
    pub sun: String,
}

impl Record for CalendarRow {
    const TABLE: &'static str = "calendar";
    fn id(&self) -> i64 {
        self.id
    }
}

/// A day that differs from the week.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct CalendarDay {
    pub id: i64,
    /// Counts the changes of this row; a stale copy is refused.
    pub revision: i64,
    pub calendar_id: i64,
    pub date: NaiveDate,
    /// Open times; empty is a day off.
    pub shifts: String,
    /// Holiday or reason.
    pub name: String,
}

impl Record for CalendarDay {
    const TABLE: &'static str = "calendar_day";
    fn id(&self) -> i64 {
        self.id
    }
    fn parent(&self) -> i64 {
        self.calendar_id
    }
}

/// A group of like lines that do one kind of operation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct WorkCentre {
    pub id: i64,
    /// Counts the changes of this row; a stale copy is refused.
    pub revision: i64,
    /// Unique.
    pub code: String,
    pub name: String,
    pub department: Department,
    pub calendar_id: Option<i64>,
    /// Never a bottleneck: outside work, drying.
    pub infinite: bool,
    /// Lost when the style family changes on a line.
    pub changeover_minutes: Micro,
}

impl Record for WorkCentre {
    const TABLE: &'static str = "work_centre";
    fn id(&self) -> i64 {
        self.id
    }
}

/// A line, team or machine of a work centre.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    pub id: i64,
    /// Counts the changes of this row; a stale copy is refused.
    pub revision: i64,
    pub work_centre_id: i64,
    /// Unique within the work centre.
    pub code: String,
    /// People who work at once.
    pub operators: i64,
    /// Share of standard time; speed = operators × efficiency.
    pub efficiency: Micro,
    /// Own calendar; none: the work centre's.
    pub calendar_id: Option<i64>,
}

impl Default for Line {
    fn default() -> Self {
        Self {
            id: 0,
            revision: 0,
            work_centre_id: i64::default(),
            code: String::default(),
            operators: 1,
            efficiency: Micro::ONE,
            calendar_id: None,
        }
    }
}

impl Record for Line {
    const TABLE: &'static str = "line";
    fn id(&self) -> i64 {
        self.id
    }
    fn parent(&self) -> i64 {
        self.work_centre_id
    }
}

/// Time taken from or added to a work centre.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct CapacityBlock {
    pub id: i64,
    /// Counts the changes of this row; a stale copy is refused.
    pub revision: i64,
    pub work_centre_id: i64,
    /// None: every line of the work centre; minutes are shared among them.
    pub line_id: Option<i64>,
    pub kind: BlockKind,
    pub starts: Moment,
    pub ends: Moment,
    /// Minutes taken from the open ones of the span, or added to it, over all its lines together;
    /// zero: the whole span of each.
    pub minutes: Micro,
    pub note: String,
}

impl Record for CapacityBlock {
    const TABLE: &'static str = "capacity_block";
    fn id(&self) -> i64 {
        self.id
    }
    fn parent(&self) -> i64 {
        self.work_centre_id
    }
}
