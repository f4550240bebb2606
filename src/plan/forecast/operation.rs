//! How every operation of the file is getting on: rate, need, finish, what waits before it, silence.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{Days, NaiveDate};

use super::{OpenTime, Pace, Report, pace_in};
use crate::app::outlook::{Outlook, Place};
use crate::domain::calendar::Calendar;
use crate::domain::codes::{Department, ProductionState};
use crate::domain::moment::Moment;
use crate::domain::production::{Operation, ProductionOrder};
use crate::domain::quantity::Qty;
use crate::domain::rule::figures::{before, queue};
use crate::domain::rule::production;
use crate::domain::rule::silence::{self, Silence, gaps, usual};
use crate::domain::world::World;
use crate::plan::input::{Minute, day_start, end_day_of, minute_of};

/// Days of the small picture in lists, today among them.
const SPARK_DAYS: usize = 14;
/// A queue longer than what an operation makes in so many days is an imbalance.
const QUEUE_DAYS: i64 = 2;

/// How an operation is getting on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OperationPace {
    pub operation_id: i64,
    pub done: Qty,
    pub left: Qty,
    pub pace: Pace,
    /// The day by whose end it has to be finished: by the accepted plan, where that lies ahead, else
    /// by the latest finish that does not make the order late, else by the order's date.
    pub needed_by: Option<NaiveDate>,
    /// Days the forecast lies after `needed_by`; zero where it does not, or there is none.
    pub late_days: i64,
    /// Good pieces of the operation before that this one has not made yet; none for a first one.
    pub wip_before: Option<Qty>,
    /// Since the last figure, while something is left; none without any figure.
    pub silence: Option<Silence>,
    /// See [`OperationPace::last_days`]; from the first of them that has any.
    recent: Vec<Qty>,
}

impl OperationPace {
    /// The day of the forecast; none where nothing is left or nothing can be told.
    #[must_use]
    pub fn finish(&self) -> Option<NaiveDate> {
        self.day(self.pace.finish)
    }

    /// The ends of its range.
    #[must_use]
    pub fn range(&self) -> Option<(NaiveDate, NaiveDate)> {
        Some((self.day(self.pace.early)?, self.day(self.pace.late)?))
    }

    /// Good pieces of the last [`SPARK_DAYS`] days, today last.
    #[must_use]
    pub fn last_days(&self) -> Vec<Qty> {
        let quiet = SPARK_DAYS.saturating_sub(self.recent.len());
        let none = std::iter::repeat_n(Qty::ZERO, quiet);
        none.chain(self.recent.iter().copied()).collect()
    }

    /// Whether the last days are slower than what is needed.
    #[must_use]
    pub fn is_slow(&self) -> bool {
        let needed = self.pace.required_per_day;
        self.left.is_positive()
            && self.pace.rate_per_day.is_positive()
            && needed.is_none_or(|n| n > self.pace.rate_per_day)
    }

    /// Whether it has been silent for longer than usual.
    #[must_use]
    pub fn is_silent(&self) -> bool {
        self.silence.is_some_and(Silence::is_long)
    }

    fn day(&self, at: Option<Minute>) -> Option<NaiveDate> {
        at.filter(|_| self.left.is_positive()).map(end_day_of)
    }
}

/// Tells how operations are getting on; keeps what several of them share.
#[derive(Debug)]
pub struct Paces<'a> {
    world: &'a World,
    places: &'a BTreeMap<i64, Place>,
    now: Moment,
    calendars: BTreeMap<Option<i64>, (Arc<Calendar>, OpenTime)>,
    /// What is usual in each department.
    usual: BTreeMap<Department, i32>,
}

impl<'a> Paces<'a> {
    #[must_use]
    pub fn new(world: &'a World, places: &'a BTreeMap<i64, Place>, now: Moment) -> Self {
        let mut paces = Self {
            world,
            places,
            now,
            calendars: BTreeMap::new(),
            usual: BTreeMap::new(),
        };
        let mut all: BTreeMap<Department, Vec<i32>> = BTreeMap::new();
        for operation in &world.operations {
            let days = || production::figures(world, operation.id).map(|p| p.date);
            if days().nth(1).is_some() {
                let (calendar, _) = paces.time(operation);
                let own = gaps(days(), calendar);
                all.entry(department(world, operation))
                    .or_default()
                    .extend(own);
            }
        }
        let known = all
            .into_iter()
            .filter_map(|(d, gaps)| Some((d, usual(&gaps)?)));
        paces.usual = known.collect();
        paces
    }

    /// How an operation is getting on; none where its production order is gone.
    pub fn of(&mut self, operation: &Operation) -> Option<OperationPace> {
        let world = self.world;
        let made = world.production_orders.get(operation.production_order_id)?;
        let usual_there = self.usual.get(&department(world, operation)).copied();
        let today = self.now.date();
        let needed = self.needed_by(made, operation);
        let (calendar, time) = self.time(operation);
        let reports: Vec<Report> = production::figures(world, operation.id)
            .map(|p| Report {
                day: p.date,
                good: p.good,
            })
            .collect();
        let left = production::left(world, made, operation);
        let pace = pace_in(&reports, left, needed.unwrap_or(i64::MAX / 16), time);
        let own = usual(&gaps(reports.iter().map(|r| r.day), calendar));
        let usual = own.or(usual_there).unwrap_or(silence::USUAL_DAYS);
        let last = reports.iter().map(|r| r.day).max();
        let last = last.filter(|_| left.is_positive() && is_running(made));
        let silence = last.map(|day| silence::silent(day, today, usual, calendar));
        let day = |n: u64| today.checked_sub_days(Days::new(n)).unwrap_or(today);
        let good = |day: NaiveDate| {
            reports
                .iter()
                .filter(|r| r.day == day)
                .map(|r| r.good)
                .sum()
        };
        let mut days: Vec<Qty> = (0..).map(day).map(good).take(SPARK_DAYS).collect();
        days.reverse();
        let recent = days.into_iter().skip_while(|good| good.is_zero());
        let mut out = OperationPace {
            operation_id: operation.id,
            done: production::done(world, operation),
            left,
            pace: Pace {
                required_per_day: pace.required_per_day.filter(|_| needed.is_some()),
                ..pace
            },
            needed_by: needed.map(end_day_of),
            late_days: 0,
            wip_before: queue(world, operation),
            silence,
            recent: recent.collect(),
        };
        if let (Some(finish), Some(needed)) = (out.finish(), out.needed_by) {
            out.late_days = (finish - needed).num_days().max(0);
        }
        Some(out)
    }

    /// Working days that lie before a day, in the calendar of an operation.
    fn time(&mut self, operation: &Operation) -> &(Arc<Calendar>, OpenTime) {
        let centre = self.world.work_centres.find(operation.work_centre_id);
        let id = centre.and_then(|c| c.calendar_id);
        let (world, now) = (self.world, minute_of(self.now.0));
        self.calendars.entry(id).or_insert_with(|| {
            let calendar = world.calendar_or_own(id);
            let time = OpenTime::of(&calendar, now);
            (calendar, time)
        })
    }

    fn needed_by(&self, made: &ProductionOrder, operation: &Operation) -> Option<Minute> {
        let now = minute_of(self.now.0);
        let ahead = |at: &Minute| *at > now;
        let planned = operation.ends.map(|at| minute_of(at.0)).filter(ahead);
        let latest = || {
            let place = self.places.get(&operation.id)?;
            Some(minute_of(place.latest_finish.0)).filter(ahead)
        };
        let due = || {
            let due = production::due(self.world, made)?;
            Some(day_start(due.succ_opt().unwrap_or(due)))
        };
        planned.or_else(latest).or_else(due)
    }
}

fn department(world: &World, operation: &Operation) -> Department {
    let centre = world.work_centres.find(operation.work_centre_id);
    centre.map_or(Department::Production, |c| c.department)
}

fn is_running(made: &ProductionOrder) -> bool {
    made.state == ProductionState::Released && !made.on_hold
}

/// How all operations are getting on whose production orders are not cancelled.
#[must_use]
pub fn paces(
    world: &World,
    places: &BTreeMap<i64, Place>,
    now: Moment,
) -> BTreeMap<i64, OperationPace> {
    let mut paces = Paces::new(world, places, now);
    let mut out = Vec::new();
    for made in &world.production_orders {
        if made.state == ProductionState::Cancelled {
            continue;
        }
        for operation in world.operations.of(made.id) {
            out.extend(paces.of(operation).map(|pace| (operation.id, pace)));
        }
    }
    // All at once, so that the map has no room to spare in its nodes.
    out.into_iter().collect()
}

/// How one operation is getting on, beside the computed plan.
#[must_use]
pub fn pace_of(
    world: &World,
    outlook: &Outlook,
    operation: i64,
    now: Moment,
) -> Option<OperationPace> {
    let operation = world.operations.get(operation)?;
    Paces::new(world, &outlook.places, now).of(operation)
}

/// When a production order is finished at the rates that were reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Finishing {
    pub day: NaiveDate,
    pub early: NaiveDate,
    pub late: NaiveDate,
}

/// The finish of a production order: the computed plan, moved by what the reported rates say.
///
/// An operation that runs ends when its rate says so. One that has not begun stands where the plan
/// puts it, later by as many days as the one before it ends later than planned; a head start moves
/// nothing, as the line has other work until then. None where neither plan nor rates say anything.
#[must_use]
pub fn finishing(world: &World, outlook: &Outlook, made: &ProductionOrder) -> Option<Finishing> {
    let mut operations: Vec<&Operation> = world.operations.of(made.id).collect();
    operations.sort_by_key(|o| o.seq);
    let mut behind = [0_i64; 3];
    let mut ends: Option<[NaiveDate; 3]> = None;
    for operation in operations {
        let Some(pace) = outlook.paces.get(&operation.id) else {
            continue;
        };
        if !pace.left.is_positive() {
            continue;
        }
        let planned = outlook.places.get(&operation.id);
        let planned = planned.map(|p| end_day_of(minute_of(p.ends.0)));
        let own = pace.finish().map(|day| {
            let (early, late) = pace.range().unwrap_or((day, day));
            [day, early, late]
        });
        let moved = |at: usize| {
            let days = u64::try_from(behind.get(at).copied().unwrap_or(0)).unwrap_or(0);
            planned.map(|day| day.checked_add_days(Days::new(days)).unwrap_or(day))
        };
        let this = match (own, moved(0), moved(1), moved(2)) {
            (Some(own), ..) => own,
            (None, Some(day), Some(early), Some(late)) => [day, early, late],
            _ => continue,
        };
        if let Some(planned) = planned {
            behind = this.map(|day| (day - planned).num_days().max(0));
        }
        let so_far = ends.unwrap_or(this);
        let [a, b, c] = this;
        let [x, y, z] = so_far;
        ends = Some([a.max(x), b.max(y), c.max(z)]);
    }
    let [day, early, late] = ends?;
    Some(Finishing { day, early, late })
}

/// Two neighbouring operations of which one runs ahead of the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Imbalance {
    /// The operation before which the most work waits, and so holds the others up.
    pub holds_up: i64,
    /// The one before it, which runs ahead.
    pub ahead: i64,
    /// What waits between the two.
    pub queue: Qty,
    /// How many working days of the slower one that is, rounded down; none where it makes nothing.
    pub days: Option<i64>,
}

/// The worst imbalance of a production order: the longest queue in days of the operation it waits
/// for, where it is longer than two. An operation that makes nothing is measured by the rate of the
/// one before it.
#[must_use]
pub fn imbalance(
    world: &World,
    paces: &BTreeMap<i64, OperationPace>,
    made: &ProductionOrder,
) -> Option<Imbalance> {
    let mut worst: Option<(Qty, Imbalance)> = None;
    for operation in world.operations.of(made.id) {
        let Some(pace) = paces.get(&operation.id) else {
            continue;
        };
        let (Some(ahead), Some(waits)) = (before(world, operation), pace.wip_before) else {
            continue;
        };
        let feeds = paces.get(&ahead.id).map(|p| p.pace.rate_per_day);
        let own = pace.pace.rate_per_day;
        let rate = if own.is_positive() {
            own
        } else {
            feeds.unwrap_or_default()
        };
        if !rate.is_positive() || !pace.left.is_positive() {
            continue;
        }
        let days = waits.over(rate);
        if days <= Qty::whole(QUEUE_DAYS) {
            continue;
        }
        let whole = days.0 / Qty::ONE.0;
        let this = Imbalance {
            holds_up: operation.id,
            ahead: ahead.id,
            queue: waits,
            days: own.is_positive().then_some(whole),
        };
        if worst.as_ref().is_none_or(|(longest, _)| *longest < days) {
            worst = Some((days, this));
        }
    }
    worst.map(|(_, imbalance)| imbalance)
}
