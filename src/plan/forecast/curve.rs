//! Plan against actual by day: how much should be done, how much is, how it goes on.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};

use super::{OpenTime, OperationPace};
use crate::app::outlook::Outlook;
use crate::domain::codes::ProductionState;
use crate::domain::moment::Moment;
use crate::domain::order::Order;
use crate::domain::production::Operation;
use crate::domain::quantity::{Micro, Qty};
use crate::domain::rule::production;
use crate::domain::world::World;
use crate::plan::input::{DAY, Minute, day_start, end_day_of, minute_of};

/// Days that a curve shows at most, from its first.
const DAYS_MAX: usize = 400;

/// Cumulative quantities at the end of each day.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Curve {
    /// The day of the first value: the one before anything was to be done.
    pub first: NaiveDate,
    /// What is to be made.
    pub target: Qty,
    /// By the accepted plan, else by the computed one; none without either.
    pub plan: Vec<Option<Qty>>,
    /// What was reported, up to the last day that is over or has figures.
    pub actual: Vec<Option<Qty>>,
    /// From there on at the carried rate.
    pub forecast: Vec<Option<Qty>>,
}

impl Curve {
    /// The day of a value.
    #[must_use]
    pub fn day(&self, at: usize) -> NaiveDate {
        let days = Days::new(u64::try_from(at).unwrap_or(0));
        self.first.checked_add_days(days).unwrap_or(self.first)
    }

    /// The last day.
    #[must_use]
    pub fn last(&self) -> NaiveDate {
        self.day(self.plan.len().saturating_sub(1))
    }

    /// What should be done by now and what is: the last day with an actual value.
    #[must_use]
    pub fn now(&self) -> Option<(NaiveDate, Option<Qty>, Qty)> {
        let at = self.actual.iter().rposition(Option::is_some)?;
        let actual = self.actual.get(at).copied().flatten()?;
        Some((self.day(at), self.plan.get(at).copied().flatten(), actual))
    }
}

/// Where the plan begins and ends, and what was done before.
struct Planned {
    from: Minute,
    to: Minute,
    before: Qty,
}

/// The open times of work centres, each calendar gone through once.
struct OpenTimes<'w> {
    world: &'w World,
    now: Minute,
    /// Days from now that are asked for.
    ahead: i64,
    known: BTreeMap<Option<i64>, OpenTime>,
}

impl<'w> OpenTimes<'w> {
    /// For the curves of these operations.
    fn new<'o>(
        world: &'w World,
        outlook: &Outlook,
        operations: impl Iterator<Item = &'o Operation>,
        now: Moment,
    ) -> Self {
        let last = |o: &Operation| {
            let finish = outlook.paces.get(&o.id).and_then(OperationPace::finish);
            let place = outlook.places.get(&o.id);
            let placed = place.into_iter().flat_map(|p| [p.starts, p.ends]);
            let planned = placed.chain(o.starts).chain(o.ends).map(|at| at.date());
            let told = production::figures(world, o.id).map(|p| p.date);
            finish.into_iter().chain(planned).chain(told).max()
        };
        let last = operations.filter_map(last).max();
        // The end of the last day, and the rest of today.
        let ahead = last.map_or(0, |day| (day - now.date()).num_days() + 2);
        Self {
            world,
            now: minute_of(now.0),
            ahead,
            known: BTreeMap::new(),
        }
    }

    fn of(&mut self, operation: &Operation) -> &OpenTime {
        let centre = self.world.work_centres.find(operation.work_centre_id);
        let calendar = centre.and_then(|c| c.calendar_id);
        self.known.entry(calendar).or_insert_with(|| {
            let calendar = self.world.calendar_or_own(calendar);
            OpenTime::ahead(&calendar, self.now, self.ahead)
        })
    }
}

/// The curve of an operation.
#[must_use]
pub fn curve(world: &World, outlook: &Outlook, operation: i64, now: Moment) -> Option<Curve> {
    let operation = world.operations.get(operation)?;
    let mut times = OpenTimes::new(world, outlook, std::iter::once(operation), now);
    Some(one(world, outlook, operation, &mut times, now))
}

fn one(
    world: &World,
    outlook: &Outlook,
    operation: &Operation,
    times: &mut OpenTimes<'_>,
    now: Moment,
) -> Curve {
    let over = last_told(world, std::iter::once(operation), now);
    of(world, outlook, operation, times.of(operation), (now, over))
}

/// The curve of an order: its pieces, every operation counting the same.
///
/// None where it has no production order with operations.
#[must_use]
pub fn order_curve(world: &World, outlook: &Outlook, order: &Order, now: Moment) -> Option<Curve> {
    let mut times = OpenTimes::new(world, outlook, operations(world, order), now);
    whole(world, outlook, order, &mut times, now)
}

/// The curve of an order, and those of its operations by id.
///
/// None where it has no production order with operations.
#[must_use]
pub fn curves(
    world: &World,
    outlook: &Outlook,
    order: &Order,
    now: Moment,
) -> Option<(Curve, BTreeMap<i64, Curve>)> {
    let mut times = OpenTimes::new(world, outlook, operations(world, order), now);
    let sum = whole(world, outlook, order, &mut times, now)?;
    let mut each = BTreeMap::new();
    for operation in operations(world, order) {
        let own = one(world, outlook, operation, &mut times, now);
        each.insert(operation.id, own);
    }
    Some((sum, each))
}

/// The operations of all production orders of an order.
fn operations<'w>(world: &'w World, order: &Order) -> impl Iterator<Item = &'w Operation> {
    production::of_order(world, order).flat_map(|made| world.operations.of(made.id))
}

fn whole(
    world: &World,
    outlook: &Outlook,
    order: &Order,
    times: &mut OpenTimes<'_>,
    now: Moment,
) -> Option<Curve> {
    let mut operations: Vec<&Operation> = Vec::new();
    let mut target = Qty::ZERO;
    let made =
        || production::of_order(world, order).filter(|m| m.state != ProductionState::Cancelled);
    for made in made() {
        let before = operations.len();
        operations.extend(world.operations.of(made.id));
        if operations.len() > before {
            target += made.qty;
        }
    }
    let over = last_told(world, operations.iter().copied(), now);
    let mut curves = Vec::new();
    for made in made() {
        let count = i64::try_from(world.operations.of(made.id).count()).unwrap_or(1);
        for operation in world.operations.of(made.id) {
            let own = of(world, outlook, operation, times.of(operation), (now, over));
            curves.push((own, made.qty, count));
        }
    }
    sum(&curves, target)
}

/// Adds curves up, each divided by how many operations share its pieces.
fn sum(curves: &[(Curve, Qty, i64)], target: Qty) -> Option<Curve> {
    let first = curves.iter().map(|(c, ..)| c.first).min()?;
    let last = curves.iter().map(|(c, ..)| c.last()).max()?;
    let days = days(first, last);
    let mut out = Curve {
        first,
        target,
        ..Curve::default()
    };
    let at = |values: &[Option<Qty>], own: &Curve, n: usize| -> Option<Qty> {
        let day = out_day(first, n);
        let place = (day - own.first).num_days();
        match usize::try_from(place) {
            Err(_) => values.first().copied().flatten(),
            Ok(place) if place < values.len() => values.get(place).copied().flatten(),
            // After its end a plan stays where it is.
            Ok(_) => values.last().copied().flatten(),
        }
    };
    for n in 0..days {
        let mut plan = Some(Micro::ZERO);
        let mut actual = Some(Micro::ZERO);
        for (own, qty, count) in curves {
            let part = |value: Qty| value.min(*qty).over(Qty::whole(*count));
            plan = plan.and_then(|sum| Some(sum + part(at(&own.plan, own, n)?)));
            actual = actual.and_then(|sum| Some(sum + part(at_actual(own, first, n)?)));
        }
        out.plan.push(plan);
        out.actual.push(actual);
        out.forecast.push(None);
    }
    Some(out)
}

fn out_day(first: NaiveDate, n: usize) -> NaiveDate {
    let days = Days::new(u64::try_from(n).unwrap_or(0));
    first.checked_add_days(days).unwrap_or(first)
}

/// The actual value of a day; before the first day of a curve what it begins with, none after what
/// was told.
fn at_actual(own: &Curve, first: NaiveDate, n: usize) -> Option<Qty> {
    let place = (out_day(first, n) - own.first).num_days();
    match usize::try_from(place) {
        Err(_) => own.actual.first().copied().flatten(),
        Ok(place) => own.actual.get(place).copied().flatten(),
    }
}

fn days(first: NaiveDate, last: NaiveDate) -> usize {
    let days = (last - first).num_days() + 1;
    usize::try_from(days).unwrap_or(1).clamp(1, DAYS_MAX)
}

/// The last day that is told of: today where it has figures, else yesterday.
fn last_told<'a>(
    world: &World,
    mut operations: impl Iterator<Item = &'a Operation>,
    now: Moment,
) -> NaiveDate {
    let today = now.date();
    let told = operations.any(|o| production::figures(world, o.id).any(|p| p.date >= today));
    if told {
        today
    } else {
        today.pred_opt().unwrap_or(today)
    }
}

fn of(
    world: &World,
    outlook: &Outlook,
    operation: &Operation,
    time: &OpenTime,
    (now, over): (Moment, NaiveDate),
) -> Curve {
    let made = world.production_orders.get(operation.production_order_id);
    let target = made.map_or(Qty::ZERO, |m| m.qty);
    let figures: Vec<(NaiveDate, Qty)> = production::figures(world, operation.id)
        .map(|p| (p.date, p.good))
        .collect();
    let planned = planned(outlook, operation, &figures, now);
    let pace = outlook.paces.get(&operation.id);
    let finish = pace.and_then(OperationPace::finish);
    let starts = planned.as_ref().map(|p| crate::plan::input::day_of(p.from));
    let ends = planned.as_ref().map(|p| end_day_of(p.to));
    let dated = figures.iter().map(|(day, _)| *day);
    let all = dated.chain(starts).chain(ends).chain(finish);
    let start = all.clone().min().unwrap_or(over);
    let first = start.pred_opt().unwrap_or(start).min(over);
    let last = all.max().unwrap_or(over).max(over);
    let count = days(first, last);
    let mut curve = Curve {
        first,
        target,
        ..Curve::default()
    };
    for at in 0..count {
        let day = curve.day(at);
        curve
            .plan
            .push(planned.as_ref().map(|p| p.at(day, target, time)));
        let until = |d: NaiveDate| figures.iter().filter(move |(own, _)| *own <= d);
        let so_far: Qty = operation.opening_qty + until(day).map(|(_, good)| *good).sum();
        curve.actual.push((day <= over).then_some(so_far));
    }
    curve.forecast = forecast(&curve, pace, time, over);
    curve
}

/// The place in the accepted plan; where the plan was accepted after work began, what was done by
/// then counts as done. Without one the computed place, which holds only what is left.
fn planned(
    outlook: &Outlook,
    operation: &Operation,
    figures: &[(NaiveDate, Qty)],
    now: Moment,
) -> Option<Planned> {
    let place = || {
        let place = outlook.places.get(&operation.id)?;
        Some((place.starts.max(now), place.ends))
    };
    let accepted = operation.starts.zip(operation.ends);
    let (starts, ends) = accepted.or_else(place)?;
    let earlier = figures.iter().filter(|(day, _)| *day < starts.date());
    Some(Planned {
        from: minute_of(starts.0),
        to: minute_of(ends.0),
        before: operation.opening_qty + earlier.map(|(_, good)| *good).sum(),
    })
}

impl Planned {
    /// What should be done by the end of a day.
    fn at(&self, day: NaiveDate, target: Qty, time: &OpenTime) -> Qty {
        let end = day_start(day) + DAY;
        if end <= self.from {
            return self.before;
        }
        if end >= self.to {
            return target.max(self.before);
        }
        let (all, part) = (
            time.between(self.from, self.to),
            time.between(self.from, end),
        );
        let rest = (target - self.before).floor_zero();
        let share = i128::from(rest.0) * i128::from(part);
        let share = share.checked_div(all.into()).unwrap_or(0);
        self.before + Micro(i64::try_from(share).unwrap_or(0))
    }
}

/// From the last actual value on at the carried rate, by each day's open time.
fn forecast(
    curve: &Curve,
    pace: Option<&OperationPace>,
    time: &OpenTime,
    over: NaiveDate,
) -> Vec<Option<Qty>> {
    let rate = pace.filter(|p| p.finish().is_some());
    let rate = rate.map_or(Qty::ZERO, |p| p.pace.carried_per_day);
    let mut sum = curve
        .actual
        .iter()
        .rev()
        .find_map(|value| *value)
        .unwrap_or_default();
    let mut out = Vec::with_capacity(curve.actual.len());
    let mut begun = false;
    for at in 0..curve.actual.len() {
        let day = curve.day(at);
        if day < over || !rate.is_positive() {
            out.push(None);
            continue;
        }
        if begun {
            let open = time.between(day_start(day), day_start(day) + DAY);
            let more = i128::from(rate.0) * i128::from(open) / i128::from(time.usual);
            sum = (sum + Micro(i64::try_from(more).unwrap_or(0))).min(curve.target.max(sum));
        }
        begun = true;
        out.push(Some(sum));
    }
    out
}
