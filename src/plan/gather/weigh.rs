//! What a change would move in the plan, before it is made.
//!
//! Both sides start from the plan that is shown. A change of facts keeps every sequence and times
//! it again, so that only what the change forces moves; a change of the planning rules plans both
//! sides anew by rules.

use super::*;

use crate::app::outlook::{Moved, MovedOperation, Promise, Weighed};
use crate::plan::impact::{Impact, impact};

/// How the two sides are planned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sides {
    /// The sequences of the shown plan are kept.
    Kept,
    /// Both sides are planned again.
    Replanned,
}

/// One side: a plan of a world with the dates of its open orders.
struct Side {
    plan: PlanOutcome,
    promises: BTreeMap<i64, Promise>,
}

/// Compares the plans of two worlds, `shown` being the plan on the screen.
#[must_use]
pub fn weigh(before: &World, after: &World, now: Moment, shown: &Outlook, sides: Sides) -> Weighed {
    let (was, is) = (
        side(before, now, shown, sides),
        side(after, now, shown, sides),
    );
    let difference = impact(&was.plan, &is.plan);
    let known: Vec<_> = was.plan.findings.clone();
    let new = is.plan.findings.iter().filter(|f| !known.contains(f));
    Weighed {
        late_before: difference.late_before,
        late_after: difference.late_after,
        weighted_before: difference.weighted_late_days_before,
        weighted_after: difference.weighted_late_days_after,
        moved_operations: difference.moved_operations,
        orders: moved(before, after, &difference),
        operations: operations(after, &difference),
        promises: promises_changed(&was.promises, &is.promises),
        findings: findings_of(new),
    }
}

fn side(world: &World, now: Moment, shown: &Outlook, sides: Sides) -> Side {
    let needed = supply::input(world, now.date());
    let explosion = explode::explode(&needed);
    let mut input = input(world, now, &kit::kits(&needed));
    let mut go = |_| Signal::Go { ppm: 0 };
    let plan = match sides {
        Sides::Kept => {
            input.accepted = accepted_as_shown(world, shown, &input);
            Planner::keeping(&input).outcome()
        }
        Sides::Replanned => {
            input.accepted = Vec::new();
            let mut planner = Planner::new(&input);
            planner.rules(&mut go);
            planner.outcome()
        }
    };
    let spare = Spare::new(&needed, &explosion);
    let promises = promises(world, now, &input, &plan, &spare, Levers::LeftOut);
    Side { plan, promises }
}

/// The shown places as the plan in force; operations it does not know stay as they were accepted.
pub(super) fn accepted_as_shown(
    world: &World,
    shown: &Outlook,
    input: &PlanInput,
) -> Vec<Accepted> {
    let mut by_key: BTreeMap<(String, i64), Accepted> = input
        .accepted
        .iter()
        .map(|a| ((a.job.clone(), a.seq), a.clone()))
        .collect();
    for (id, place) in shown.places.iter() {
        let found = world.operations.get(*id).and_then(|operation| {
            let made = world.production_orders.get(operation.production_order_id)?;
            let line = world.lines.find(place.line_id)?;
            let centre = world.work_centres.get(line.work_centre_id)?;
            Some(Accepted {
                job: made.no.clone(),
                seq: operation.seq,
                centre: centre.code.clone(),
                line: line.code.clone(),
                start: minute_of(place.starts.0),
            })
        });
        if let Some(found) = found {
            by_key.insert((found.job.clone(), found.seq), found);
        }
    }
    by_key.into_values().collect()
}

/// Production orders by number.
fn by_no(world: &World) -> BTreeMap<&str, &ProductionOrder> {
    let named = world.production_orders.iter();
    named.map(|p| (p.no.as_str(), p)).collect()
}

fn moved(before: &World, after: &World, difference: &Impact) -> Vec<Moved> {
    let (old, new) = (by_no(before), by_no(after));
    let row = |o: &crate::plan::impact::OrderImpact| {
        let made = new.get(o.id.as_str()).or_else(|| old.get(o.id.as_str()))?;
        let world = if new.contains_key(o.id.as_str()) {
            after
        } else {
            before
        };
        let owner = production::owner(world, made);
        Some(Moved {
            no: o.id.clone(),
            order_id: owner.map(|(order, _)| order.id),
            order_no: owner.map_or_else(String::new, |(order, _)| order.no.clone()),
            due: owner.and_then(|(_, line)| delivery::line_due(line)),
            finish_before: Some(moment(o.finish_before)),
            finish_after: Some(moment(o.finish_after)),
            late_days_before: o.late_days_before,
            late_days_after: o.late_days_after,
            because: o
                .because
                .iter()
                .rev()
                .find(|l| l.why.kind != WhyKind::Predecessor)
                .map(|l| (bound(l.why.kind), l.why.by.code())),
        })
    };
    let mut all: Vec<Moved> = difference
        .orders
        .iter()
        .filter(|o| o.minutes != 0 || o.late_days_before != o.late_days_after)
        .filter_map(row)
        .collect();
    all.sort_by_key(|m| {
        (
            m.late_days_before - m.late_days_after,
            m.finish_before,
            m.no.clone(),
        )
    });
    all
}

fn operations(after: &World, difference: &Impact) -> Vec<MovedOperation> {
    let made = by_no(after);
    let mut all = Vec::new();
    for order in &difference.orders {
        let Some(made) = made.get(order.id.as_str()) else {
            continue;
        };
        let ids: BTreeMap<i64, i64> = after
            .operations
            .of(made.id)
            .map(|o| (o.seq, o.id))
            .collect();
        for o in &order.operations {
            let Some(id) = ids.get(&o.seq) else { continue };
            all.push(MovedOperation {
                operation_id: *id,
                line_before: o.line_before.clone(),
                line_after: o.line_after.clone(),
                starts_before: moment(o.start_before),
                starts_after: moment(o.start_after),
                ends_after: moment(o.end_after),
            });
        }
    }
    all
}

/// Open orders whose earliest date changes: id, before, after.
fn promises_changed(
    before: &BTreeMap<i64, Promise>,
    after: &BTreeMap<i64, Promise>,
) -> Vec<(i64, Option<NaiveDate>, Option<NaiveDate>)> {
    let date = |all: &BTreeMap<i64, Promise>, id: i64| all.get(&id).and_then(|p| p.date);
    before
        .keys()
        .filter(|id| after.contains_key(id))
        .map(|id| (*id, date(before, *id), date(after, *id)))
        .filter(|(_, was, is)| was != is)
        .collect()
}
