//! The earliest date of an order, what binds it, and what would bring it forward.

use chrono::NaiveDate;

use super::{Add, Bound};
use crate::domain::moment::Moment;
use crate::domain::quantity::{Money, Qty};
use crate::plan::promise::LeverKind;

/// The earliest date an order that is still open could be promised for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Promise {
    pub date: Option<NaiveDate>,
    /// The date with free capacity everywhere.
    pub unlimited: Option<NaiveDate>,
    /// The requested date it is measured by.
    pub due: Option<NaiveDate>,
    /// Days after the requested date; zero where it is in time.
    pub late_days: i64,
    /// The operations of the line that decides, where they would stand.
    pub chain: Vec<Link>,
    /// What binds the date first, then what would bind it once that is lifted.
    pub chains: Vec<Chain>,
    /// What would help, most days first.
    pub levers: Vec<Lever>,
    /// What can be delivered when, within the order's policy.
    pub quantity_by_date: Vec<(NaiveDate, Qty)>,
    /// When all material can be there by netting; `None` where only the customer could tell.
    pub material_ready: Option<NaiveDate>,
    /// The material that decides it; empty where what is there will do.
    pub material_by: String,
    /// Working days of the longest routing if nothing had to be waited for.
    pub operation_days: i64,
    /// The load it would add, by work centre and day.
    pub adds: Vec<Add>,
}

/// One step of what binds a promise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    pub what: String,
    pub from: Moment,
    pub to: Moment,
    pub bound: Bound,
    pub by: String,
}

/// One way through an order from now to its finish, without holes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chain {
    /// The finish, had all chains before it been lifted.
    pub date: NaiveDate,
    /// The wait that costs most; none where only work is left.
    pub binding: Option<(Bound, String)>,
    pub links: Vec<Stretch>,
}

/// A stretch of a chain: work, or a wait and its reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    pub seq: i64,
    /// Name of the operation.
    pub operation: String,
    /// Code of the work centre or supplier.
    pub work_centre: String,
    pub from: Moment,
    pub to: Moment,
    /// What is waited for; `None` while work is done.
    pub waits: Option<(Bound, String)>,
}

/// Something that would bring a promise forward.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lever {
    pub kind: LeverKind,
    /// The line of the order it acts on.
    pub line_id: i64,
    /// The order's date with it.
    pub date: NaiveDate,
    pub days_gained: i64,
    pub meets_due: bool,
    /// What it costs, where a price is known.
    pub cost: Option<Money>,
}

impl Lever {
    /// The extra time that an overtime lever stands for; none for the others.
    #[must_use]
    pub fn extra_time(&self) -> Vec<(Moment, Moment)> {
        let LeverKind::Overtime { spans, .. } = &self.kind else {
            return Vec::new();
        };
        let at = |minute| Moment(crate::plan::input::instant_of(minute));
        spans.iter().map(|s| (at(s.start), at(s.end))).collect()
    }
}
