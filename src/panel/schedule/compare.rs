//! The computed plan beside the accepted one and the promises; the accepted plans one by one.

use super::*;

use crate::app::outlook::{Compared, compared};
use crate::command::schedule::Placement;
use crate::domain::rule::baseline;
use crate::text::{format, planning};

const COMPARE: &[Column] = &[
    column(w::PRODUCTION_NO, Width::Fixed(9), 0),
    column(w::ORDER_NO, Width::Fixed(10), 1),
    column(w::REQUESTED_DATE, Width::Fixed(11), 3),
    column(planning::FIRST_PROMISE, Width::Fixed(11), 2),
    column(planning::LATEST_PROMISE, Width::Fixed(11), 1),
    column(planning::ACCEPTED_END, Width::Fixed(11), 0),
    column(planning::COMPUTED_END, Width::Fixed(11), 0),
    number(w::MOVED, 6, 0),
    number(w::LATE, 7, 0),
    column(w::WHY, Width::Fill(1), 4),
];

const BASELINES: &[Column] = &[
    column(w::TIME, Width::Fixed(12), 0),
    column(w::WHO, Width::Fixed(8), 3),
    number(planning::PLACED, 6, 2),
    number(planning::MOVED_COUNT, 6, 0),
    number(planning::STABILITY, 7, 0),
    number(planning::LOSE, 6, 1),
    number(planning::GAIN, 6, 1),
    column(w::REASON, Width::Fill(1), 0),
];

/// One row for each production order whose end differs between the accepted and the computed plan,
/// or lies after what was promised; so many of the rows, and how many there are.
pub(super) fn comparison(cx: &Cx<'_>, wanted: usize) -> (Listing, usize) {
    let row = |c: Compared| {
        let owner = cx.world.orders.find(c.order_id);
        let made = cx.world.production_orders.get(c.production_order_id);
        let role = if c.misses() { Role::Bad } else { Role::Base };
        Row {
            id: c.production_order_id,
            cells: vec![
                text(c.no.clone()),
                text(owner.map_or("", |o| o.no.as_str())),
                day(c.requested, cx),
                day(c.first_promise, cx),
                day(c.latest_promise, cx),
                day(c.accepted, cx),
                with_role(day(Some(c.computed), cx), role),
                days_moved(cx, c.accepted, c.days),
                late(c.late_days, cx.lang),
                dim(made.map_or_else(String::new, |m| why_there(cx, m))),
            ],
        }
    };
    let mut all = compared(cx.world, cx.outlook);
    all.retain(|c| !c.is_calm());
    let count = all.len();
    let listing = Listing {
        columns: COMPARE,
        rows: all.into_iter().take(wanted).map(row).collect(),
        empty: Some(planning::SAME_AS_ACCEPTED),
    };
    (listing, count)
}

fn with_role(mut cell: Cell, role: Role) -> Cell {
    cell.role = role;
    cell
}

fn days_moved(cx: &Cx<'_>, accepted: Option<chrono::NaiveDate>, days: i64) -> Cell {
    match (accepted, days) {
        (None, _) => word(w::NEW_PLACE, Role::Warn, cx.lang),
        (_, 0) => dim("="),
        (_, 1..) => Cell::new(format!("{days:+}"), Role::Bad),
        _ => Cell::new(format!("{days:+}"), Role::Ok),
    }
}

/// What holds the last operation of an order that waits for something else than its own work.
fn why_there(cx: &Cx<'_>, made: &ProductionOrder) -> String {
    let places = cx
        .world
        .operations
        .of(made.id)
        .filter_map(|o| cx.outlook.places.get(&o.id));
    let held = places
        .rev()
        .find(|p| p.bound != crate::app::outlook::Bound::Predecessor);
    held.map_or_else(String::new, |p| bound::because(p.bound, &p.by, cx.lang))
}

pub(super) fn compare_part(cx: &Cx<'_>, rows: usize) -> Part {
    let (listing, count) = comparison(cx, rows);
    Part {
        kind: PartKind::Compare,
        title: planning::PART_COMPARE,
        count: (count > 0).then_some(count),
        content: Content::List(listing),
    }
}

pub(super) fn baselines_part(cx: &Cx<'_>) -> Part {
    let row = |b: baseline::Baseline| {
        let plan = cx.world.plans.get(b.plan_id);
        let count = |n: usize| text(n.to_string());
        Row {
            id: b.plan_id,
            cells: vec![
                text(plan.map_or_else(String::new, |p| show::moment(p.accepted_at, cx.today()))),
                dim(plan.map_or("", |p| p.accepted_by.as_str())),
                count(b.placed),
                count(b.moved),
                text(format::percent(b.stability)),
                count(b.later),
                count(b.earlier),
                text(plan.map_or("", |p| p.note.as_str())),
            ],
        }
    };
    let list = Listing {
        columns: BASELINES,
        rows: baseline::history(cx.world).into_iter().map(row).collect(),
        empty: Some(planning::NO_BASELINES),
    };
    Part {
        kind: PartKind::Baselines,
        title: planning::PART_BASELINES,
        count: None,
        content: Content::List(list),
    }
}

/// A baseline against the computed plan, order by order.
pub(super) fn against(cx: &Cx<'_>, plan_id: i64) -> Option<crate::overlay::sheet::Sheet> {
    let plan = cx.world.plans.get(plan_id)?;
    let then = baseline::finishes(cx.world, &baseline::places_at(cx.world, plan_id));
    let mut rows = Vec::new();
    for (id, was) in then {
        let (Some(made), Some(finish)) = (
            cx.world.production_orders.get(id),
            cx.outlook.finishes.get(&id),
        ) else {
            continue;
        };
        let owner = production::owner(cx.world, made);
        let days = (finish.ends.date() - was).num_days();
        rows.push(Row {
            id,
            cells: vec![
                text(made.no.clone()),
                text(owner.map_or("", |(o, _)| o.no.as_str())),
                day(Some(was), cx),
                day(Some(finish.ends.date()), cx),
                days_moved(cx, Some(was), days),
                late(finish.late_days, cx.lang),
                dim(why_there(cx, made)),
            ],
        });
    }
    let at = show::moment(plan.accepted_at, cx.today());
    let title = planning::AGAINST.fill(cx.lang, &[&at, &plan.accepted_by]);
    let listing = Listing {
        columns: AGAINST,
        rows,
        empty: Some(planning::NOTHING_OF_IT_LEFT),
    };
    Some(crate::overlay::sheet::Sheet::read(title, listing))
}

const AGAINST: &[Column] = &[
    column(w::PRODUCTION_NO, Width::Fixed(9), 0),
    column(w::ORDER_NO, Width::Fixed(10), 0),
    column(planning::ACCEPTED_END, Width::Fixed(11), 0),
    column(planning::COMPUTED_END, Width::Fixed(11), 0),
    number(w::MOVED, 6, 0),
    number(w::LATE, 7, 0),
    column(w::WHY, Width::Fill(1), 1),
];

/// The computed plan as a command, with the operations that it moves; `None` where none does.
#[must_use]
pub fn accepted_plan(cx: &Cx<'_>) -> Option<AcceptPlan> {
    let mut placements = Vec::new();
    for (operation_id, place) in cx.outlook.places.iter() {
        let Some(operation) = cx.world.operations.get(*operation_id) else {
            continue;
        };
        if cx.outlook.moves(operation) {
            placements.push(Placement {
                operation_id: *operation_id,
                line_id: place.line_id,
                starts: place.starts,
                ends: place.ends,
            });
        }
    }
    (!placements.is_empty()).then(|| AcceptPlan {
        placements,
        note: String::new(),
    })
}

/// Production orders that the computed plan ends after the promised date, and the accepted one did
/// not, or less so.
#[must_use]
pub fn broken_promises(cx: &Cx<'_>) -> usize {
    let all = compared(cx.world, cx.outlook);
    all.iter().filter(|c| c.breaks()).count()
}

/// Shows what the computed plan changes against the accepted one; `Enter` there accepts it.
pub(super) fn accept(cx: &Cx<'_>) -> Reply {
    use crate::overlay::sheet::{Purpose, Sheet};
    if cx.outlook.stands_on.is_none() {
        return Reply::Refuse(w::PLAN_NOT_READY);
    }
    let Some(plan) = accepted_plan(cx) else {
        return Reply::Refuse(w::PLAN_SAME);
    };
    let late = cx.outlook.finishes.values().filter(|f| f.late_days > 0);
    let (moved, late) = (plan.placements.len().to_string(), late.count().to_string());
    let mut sheet = Sheet::read(
        planning::ACCEPT_TITLE.text(cx.lang),
        comparison(cx, usize::MAX).0,
    );
    sheet.lines = vec![(
        w::ASK_ACCEPT_PLAN.fill(cx.lang, &[&moved, &late]),
        Role::Title,
    )];
    let broken = broken_promises(cx);
    if broken > 0 {
        let text = planning::BREAKS.fill(cx.lang, &[&broken.to_string()]);
        sheet.lines.push((text, Role::Bad));
    }
    sheet.purpose = Purpose::AcceptPlan;
    sheet.decides = Some(crate::text::weighed::TAKE);
    Reply::Sheet(Box::new(sheet))
}
