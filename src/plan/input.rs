//! What the planner is told: calendars, work centres, production orders and how to weigh them.
//!
//! Plain data with public fields; nothing is checked here. Wrong data becomes a named finding in
//! `problem`, never a panic and never an error for the whole plan. Times are whole minutes of the
//! factory's civil time since [`epoch`], so that the core needs no clock and no time zone.

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};

use crate::domain::calendar::Calendar;
use crate::domain::quantity::{Micro, Qty, Rate};

/// Minutes of factory civil time since [`epoch`].
pub type Minute = i64;

/// Minutes in a day.
pub const DAY: Minute = 1440;

/// The first minute of the planner's count: 2000-01-01T00:00, a Saturday.
#[must_use]
pub fn epoch() -> NaiveDateTime {
    NaiveDate::from_ymd_opt(2000, 1, 1)
        .unwrap_or_default()
        .and_time(chrono::NaiveTime::MIN)
}

/// The minute an instant lies in; seconds are dropped.
#[must_use]
pub fn minute_of(at: NaiveDateTime) -> Minute {
    (at - epoch()).num_seconds().div_euclid(60)
}

/// The instant at which a minute begins; clamped to the years a calendar can hold.
#[must_use]
pub fn instant_of(minute: Minute) -> NaiveDateTime {
    TimeDelta::try_minutes(minute)
        .and_then(|d| epoch().checked_add_signed(d))
        .unwrap_or(if minute < 0 {
            NaiveDateTime::MIN
        } else {
            NaiveDateTime::MAX
        })
}

/// The first minute of a day.
#[must_use]
pub fn day_start(day: NaiveDate) -> Minute {
    (day - epoch().date()).num_days() * DAY
}

/// The day a minute lies in.
#[must_use]
pub fn day_of(minute: Minute) -> NaiveDate {
    instant_of(minute).date()
}

/// The day on which work that ends at `minute` ends: midnight belongs to the day before.
#[must_use]
pub fn end_day_of(minute: Minute) -> NaiveDate {
    day_of(minute - 1)
}

/// Everything one planning run is given.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PlanInput {
    /// Nothing that is not pinned or running starts before this minute.
    pub now: Minute,
    pub calendars: Vec<Calendar>,
    pub centres: Vec<WorkCentre>,
    pub jobs: Vec<Job>,
    /// The plan in force, for stability and frozen days; may be empty.
    pub accepted: Vec<Accepted>,
    pub options: PlanOptions,
}

/// A half-open span of minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    pub start: Minute,
    /// Excluded.
    pub end: Minute,
}

/// A place where operations are done.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WorkCentre {
    pub code: String,
    /// Code of the calendar for lines without their own.
    pub calendar: String,
    pub lines: Vec<Line>,
    /// Takes any number of operations at once (drying, ageing).
    pub infinite: bool,
    /// Minutes added before an operation whose family differs from the one before it on the line.
    pub changeover_minutes: i64,
    /// Operations of the accepted plan that start within so many days from now stay put.
    pub frozen_days: i64,
}

/// One of the parallel lines of a work centre; speed = operators × efficiency.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Line {
    pub code: String,
    pub operators: i64,
    /// 1 is full speed.
    pub efficiency: Rate,
    /// Code of its own calendar.
    pub calendar: Option<String>,
    /// Times when it stands still although its calendar is open (repair, lent out).
    pub closed: Vec<Span>,
    /// What was made on it last, for the first changeover.
    pub family: Option<String>,
}

/// A production order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Job {
    /// Number of the production order; ties are broken by it.
    pub id: String,
    /// The order line it is for, as the user reads it.
    pub order: String,
    pub item: String,
    /// Operations of one family follow each other without changeover.
    pub family: String,
    /// Customer weight × factor of the order; at least zero.
    pub weight: Rate,
    /// Earliest start of its first operation.
    pub release: Minute,
    pub release_by: Release,
    /// Finished at this minute is still on time.
    pub due: Minute,
    pub operations: Vec<Operation>,
    pub policy: DeliveryPolicy,
    /// The order's own operations stay as accepted if they start before this minute.
    pub frozen_until: Option<Minute>,
}

/// What the release of a production order waits for.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Release {
    /// Nothing: it may start now.
    #[default]
    Free,
    /// A component, and the document it comes by.
    Material { item: String, reference: String },
    /// A sample approval, a wish of the user, or another date that is not material.
    NotBefore { reference: String },
}

/// Whether an order may be delivered in parts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DeliveryPolicy {
    /// Parts may go when they are ready.
    #[default]
    Split,
    /// Everything together.
    All,
    /// What is ready in time goes in time; nothing may be late.
    NoneLate,
}

/// One step of a production order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Operation {
    /// Place in the routing; operations are done in this order.
    pub seq: i64,
    pub name: String,
    /// Where it can be done; the first is the usual one.
    pub ways: Vec<Way>,
    pub qty: Qty,
    /// Good pieces reported so far.
    pub done: Qty,
    /// Calendar minutes after its end before the next may start (drying, ageing).
    pub wait_after_minutes: i64,
    /// Pieces handed to the next operation at a time; zero hands over everything at the end.
    pub transfer_qty: Qty,
    /// Material needed only from this operation on.
    pub material: Option<Material>,
    pub state: OperationState,
    pub pin: Option<Pin>,
}

/// How an operation can be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Way {
    /// On a line of a work centre.
    Centre {
        centre: String,
        /// Minutes once; not shortened by operators.
        setup_minutes: Micro,
        /// Work minutes of one operator per piece.
        minutes_per_unit: Micro,
        /// Work minutes of one operator for the whole lot, whatever its quantity.
        minutes_per_lot: Micro,
    },
    /// Elsewhere for whole days, without competing for lines.
    Outside {
        supplier: String,
        days: i64,
        /// Calendar whose working days count; `None` counts calendar days.
        calendar: Option<String>,
    },
}

/// When an operation's own material is there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Material {
    pub ready: Minute,
    pub item: String,
    pub reference: String,
}

/// What has happened to an operation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum OperationState {
    #[default]
    Open,
    /// On a line now; the rest of its quantity is worked off from now on.
    Running {
        line: String,
        started: Minute,
    },
    Done {
        finished: Minute,
    },
}

/// A decision of the user that planning keeps.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pin {
    pub line: Option<String>,
    pub start: Option<Minute>,
}

/// Where the plan in force has an operation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Accepted {
    pub job: String,
    pub seq: i64,
    /// Work centre or supplier.
    pub centre: String,
    /// Empty where no line is held.
    pub line: String,
    pub start: Minute,
}

/// Extra working time.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Overtime {
    pub centre: String,
    /// One line only.
    pub line: Option<String>,
    pub spans: Vec<Span>,
}

/// Whether a principle takes part.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Use {
    #[default]
    On,
    Off,
}

/// The six principles of the trade, each of which can be left out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Principles {
    /// Lateness against the due minute counts; off: the sum of weighted finish times does.
    pub delivery_date: Use,
    /// Weights of customers count; off: all orders weigh the same.
    pub customer_class: Use,
    /// Equal lines of a centre share the load; off: as few lines as possible are opened.
    pub capacity_balance: Use,
    /// Later operations and their queues count when a line chooses; off: only this operation does.
    pub process_flow: Use,
    /// Operators and efficiency of lines count; off: every line has speed one.
    pub department_factors: Use,
    /// Waits and handing over in parts count; off: operations follow each other plainly.
    pub time_factors: Use,
}

/// Late minutes of weight one that a changed start day costs unless the options say otherwise.
pub const PRICE_OF_MOVE_MINUTES: i64 = 30;

/// How plans are compared, and extra time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanOptions {
    pub principles: Principles,
    pub overtime: Vec<Overtime>,
    /// Price, in late minutes of weight one, of every operation that changes its accepted start day.
    pub price_of_move_minutes: i64,
    /// Only this many days from now count for the price of a move; zero counts all.
    pub stable_days: i64,
    /// Orders start at most so many days before they must; `None` starts them as soon as possible.
    pub early_days: Option<i64>,
}

impl Default for PlanOptions {
    fn default() -> Self {
        Self {
            principles: Principles::default(),
            overtime: Vec::new(),
            price_of_move_minutes: PRICE_OF_MOVE_MINUTES,
            stable_days: 0,
            early_days: None,
        }
    }
}

impl Operation {
    /// Quantity still to be made; never negative.
    #[must_use]
    pub fn left(&self) -> Qty {
        Micro((self.qty.0 - self.done.0).max(0))
    }
}

impl PlanInput {
    /// Returns the position of a production order in `jobs`.
    #[must_use]
    pub fn job(&self, id: &str) -> Option<&Job> {
        self.jobs.iter().find(|j| j.id == id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minutes_and_instants_are_inverse_and_midnight_ends_the_day_before() {
        let at = "2026-11-23T08:30:00".parse::<NaiveDateTime>().unwrap();
        assert_eq!(instant_of(minute_of(at)), at);
        assert_eq!(day_start(at.date()) + 510, minute_of(at));
        assert_eq!(
            end_day_of(day_start(at.date())),
            at.date().pred_opt().unwrap()
        );
        assert_eq!(instant_of(i64::MAX), NaiveDateTime::MAX);
        let before = "1999-12-31T23:59:00".parse::<NaiveDateTime>().unwrap();
        assert_eq!(minute_of(before), -1);
    }
}
