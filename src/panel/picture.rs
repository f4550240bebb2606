//! Pictures of time as data: the Gantt chart, the load map, and how the user looks at them.

use std::ops::Range;

use chrono::NaiveDate;

use super::Cell;
use crate::domain::moment::Moment;
use crate::theme::Role;

/// What a Gantt chart has down its side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum GanttBy {
    /// A row for each line.
    #[default]
    Line,
    /// A row for each production order.
    Order,
    /// A row for each operation of the selected production order.
    Operation,
}

impl GanttBy {
    /// The next way to look at it.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::Line => Self::Order,
            Self::Order => Self::Operation,
            Self::Operation => Self::Line,
        }
    }
}

/// How much time one cell of a Gantt chart stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Zoom {
    /// One hour.
    Hour,
    /// Eight hours: a day is three cells.
    #[default]
    Shift,
    Day,
    Week,
}

impl Zoom {
    /// The next finer one; the finest stays.
    #[must_use]
    pub const fn finer(self) -> Self {
        match self {
            Self::Hour | Self::Shift => Self::Hour,
            Self::Day => Self::Shift,
            Self::Week => Self::Day,
        }
    }

    /// The next coarser one; the coarsest stays.
    #[must_use]
    pub const fn coarser(self) -> Self {
        match self {
            Self::Hour => Self::Shift,
            Self::Shift => Self::Day,
            Self::Day | Self::Week => Self::Week,
        }
    }
}

/// The periods of a load map.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LoadBy {
    #[default]
    Week,
    Day,
}

/// What the cells of a load map count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LoadShow {
    /// Where the plan puts the work, and what the order in question would add.
    #[default]
    WithOrder,
    /// Where the plan puts the work.
    Planned,
    /// Where the work would have to stand for every order to be in time.
    Wanted,
}

impl LoadShow {
    /// The next thing to count.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::WithOrder => Self::Planned,
            Self::Planned => Self::Wanted,
            Self::Wanted => Self::WithOrder,
        }
    }
}

/// How the user looks at the pictures; the same in every panel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct View {
    pub gantt: GanttBy,
    pub load_by: LoadBy,
    pub load: LoadShow,
    /// Whether Today shows only what fits a morning.
    pub morning: bool,
}

/// What the cursor of a picture stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum At {
    /// A bar of the Gantt chart.
    Operation(i64),
    /// A cell of the load map: a day, or a week from its Monday, as [`View::load_by`] says.
    Load {
        work_centre_id: i64,
        from: NaiveDate,
    },
}

/// A bar of a Gantt chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    /// The operation.
    pub id: i64,
    pub starts: Moment,
    pub ends: Moment,
    /// How long its end may slip; not before `ends`.
    pub slack: Moment,
    pub label: String,
    pub role: Role,
    pub late: bool,
}

/// A row of a Gantt chart.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct GanttRow {
    /// Of the line, production order or operation; the negative of the work centre where work
    /// holds no line.
    pub id: i64,
    pub label: String,
    pub role: Role,
    /// Its bars in [`Gantt::bars`], by start.
    pub bars: Range<usize>,
}

/// Load of a work centre under a Gantt chart.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Strip {
    pub work_centre_id: i64,
    pub label: String,
    /// Per cent by day and by week, in order; days without working time are left out.
    pub days: Vec<(NaiveDate, i64)>,
    pub weeks: Vec<(NaiveDate, i64)>,
}

/// A picture of time: lines or orders down, time across, load below.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Gantt {
    pub rows: Vec<GanttRow>,
    pub bars: Vec<Bar>,
    pub strips: Vec<Strip>,
    /// The day at the left end.
    pub first: NaiveDate,
    /// Days from `first` on that hold anything.
    pub days: u32,
    /// Days on which the factory is closed, in order.
    pub closed: Vec<NaiveDate>,
    /// The first operation of the production order that is selected in the list.
    pub start: Option<i64>,
}

impl Gantt {
    /// The bars of a row.
    #[must_use]
    pub fn bars_of(&self, row: usize) -> &[Bar] {
        let bars = self.rows.get(row).map(|r| r.bars.clone());
        bars.and_then(|range| self.bars.get(range))
            .unwrap_or_default()
    }

    /// The row and the bar of an operation.
    #[must_use]
    pub fn find(&self, operation: i64) -> Option<(usize, &Bar)> {
        let at = self.bars.iter().position(|b| b.id == operation)?;
        let row = self.rows.iter().position(|r| r.bars.contains(&at))?;
        Some((row, self.bars.get(at)?))
    }
}

/// A cell of a load map.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct HeatCell {
    /// Per cent; `None` where there is no working time and no work.
    pub percent: Option<i64>,
    /// Of those, what the order in question adds.
    pub added: i64,
}

/// A row of a load map.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct HeatRow {
    pub work_centre_id: i64,
    pub label: String,
    pub cells: Vec<HeatCell>,
}

/// A picture of load: work centres down, weeks or days across, per cent inside.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Heat {
    pub from: Vec<NaiveDate>,
    pub rows: Vec<HeatRow>,
    /// Whether the cells have room for what the order in question adds.
    pub adds: bool,
    /// Columns on which the factory is closed, in days.
    pub closed: Vec<bool>,
}

/// Cumulative quantities by day: what was planned, what was made, how it goes on.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Chart {
    /// The operation; zero for the whole order.
    pub id: i64,
    pub title: String,
    /// What the curves come to, in a few facts.
    pub facts: Vec<(String, Cell)>,
    /// A value for each day, in any unit that all three share.
    pub plan: Vec<Option<i64>>,
    pub actual: Vec<Option<i64>>,
    pub forecast: Vec<Option<i64>>,
    pub top: i64,
    /// What stands at the top of the scale, and under its first and last day.
    pub top_label: String,
    pub start_label: String,
    pub end_label: String,
    /// The places of today and of the forecast finish.
    pub now: Option<usize>,
    pub mark: Option<usize>,
}

/// Charts of which one is looked at.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Curves {
    pub charts: Vec<Chart>,
}
