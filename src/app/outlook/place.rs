//! Where operations are put, what binds them there, and when their production orders are finished.

use chrono::NaiveDate;

use crate::domain::moment::Moment;
use crate::plan::outcome::{Hold, Principle};

/// What binds an operation to its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Bound {
    Material,
    Capacity,
    Predecessor,
    Calendar,
    Pin,
    Release,
}

impl Bound {
    /// The code in the interchange format.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Material => "material",
            Self::Capacity => "capacity",
            Self::Predecessor => "predecessor",
            Self::Calendar => "calendar",
            Self::Pin => "pin",
            Self::Release => "release",
        }
    }
}

/// Where an operation is put.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    pub production_order_id: i64,
    pub work_centre_id: Option<i64>,
    pub line_id: Option<i64>,
    pub starts: Moment,
    pub ends: Moment,
    pub bound: Bound,
    /// By what: a material, an operation, a holiday; as text.
    pub by: String,
    /// The operation that it waits for, where one binds its start.
    pub waits_for: Option<i64>,
    /// Open minutes it holds its line, setup and changeover included.
    pub work_minutes: i64,
    /// Part of `work_minutes` that a change of family costs.
    pub changeover_minutes: i64,
    /// Minutes it can slip without making any order late, or later than it is.
    pub float_minutes: i64,
    /// The latest it may start, backward from due along the routing alone.
    pub latest_start: Moment,
    pub latest_finish: Moment,
    pub hold: Hold,
    /// Which principle put it here; none where nothing was to be decided.
    pub decided: Option<Principle>,
    /// On the chain that binds the finish of its production order.
    pub critical: bool,
}

/// When a production order is finished.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finish {
    pub starts: Moment,
    pub ends: Moment,
    pub due: Option<NaiveDate>,
    pub late_days: i64,
}
