//! A rush order (插单): where it would stand if the others made way, and what that costs them.

use super::spare::Spare;
use super::trial::trials;
use super::weigh::accepted_as_shown;
use super::*;

use crate::app::outlook::{RushPlace, RushedOrder, Victim};
use crate::plan::promise;

/// Pushes an open order into the plan that is shown; nothing is saved.
///
/// `None` where no line of the order can be planned.
#[must_use]
pub fn rush(world: &World, now: Moment, shown: &Outlook, order: &Order) -> Option<RushedOrder> {
    let needed = supply::input(world, now.date());
    let explosion = explode::explode(&needed);
    let mut input = input(world, now, &kit::kits(&needed));
    input.accepted = accepted_as_shown(world, shown, &input);
    let before = Planner::keeping(&input).outcome();
    let spare = Spare::new(&needed, &explosion);
    let lines = trials(world, order, &spare, now);
    let mut plan = before.clone();
    let mut finish = None;
    for line in &lines {
        let pushed = promise::rush(&input, &plan, &line.job);
        finish = finish.max(Some(pushed.finish?));
        plan = pushed.outcome;
        input.jobs.push(line.job.clone());
    }
    let date = end_day_of(finish?);
    let mut found = RushedOrder {
        order_id: order.id,
        stands_on: shown.stands_on,
        date,
        quiet: shown.promises.get(&order.id).and_then(|p| p.date),
        own: Vec::new(),
        places: Vec::new(),
        victims: Vec::new(),
    };
    let lines_of: BTreeMap<&str, i64> = lines
        .iter()
        .map(|t| (t.job.id.as_str(), t.line_id))
        .collect();
    let made: BTreeMap<&str, &ProductionOrder> = world
        .production_orders
        .iter()
        .map(|p| (p.no.as_str(), p))
        .collect();
    for after in &plan.orders {
        if let Some(line) = lines_of.get(after.id.as_str()) {
            found.own.extend(after.operations.iter().map(|o| RushPlace {
                order_line_id: *line,
                seq: o.seq,
                line_id: places::line_id(world, &o.work_centre, &o.line),
                starts: moment(o.start),
                ends: moment(o.end),
            }));
            continue;
        }
        let (Some(made), Some(was)) = (made.get(after.id.as_str()), before.order(&after.id)) else {
            continue;
        };
        found.places.extend(moved_places(world, made, was, after));
        if after.finish > was.finish {
            found.victims.push(victim(world, made, was, after));
        }
    }
    found.victims.sort_by(|a, b| {
        let cost = |v: &Victim| {
            v.weight
                .times(Micro::whole(v.late_days_after - v.late_days_before))
        };
        cost(b).cmp(&cost(a)).then_with(|| a.no.cmp(&b.no))
    });
    Some(found)
}

/// The operations of a production order that stand elsewhere after the push.
fn moved_places(
    world: &World,
    made: &ProductionOrder,
    was: &crate::plan::outcome::PlannedOrder,
    after: &crate::plan::outcome::PlannedOrder,
) -> Vec<(i64, Option<i64>, Moment, Moment)> {
    let ids: BTreeMap<i64, i64> = world
        .operations
        .of(made.id)
        .map(|o| (o.seq, o.id))
        .collect();
    after
        .operations
        .iter()
        .filter(|o| {
            let old = was.operations.iter().find(|w| w.seq == o.seq);
            old.is_none_or(|w| (w.start, w.end, &w.line) != (o.start, o.end, &o.line))
        })
        .filter_map(|o| {
            let line = places::line_id(world, &o.work_centre, &o.line);
            Some((*ids.get(&o.seq)?, line, moment(o.start), moment(o.end)))
        })
        .collect()
}

fn victim(
    world: &World,
    made: &ProductionOrder,
    was: &crate::plan::outcome::PlannedOrder,
    after: &crate::plan::outcome::PlannedOrder,
) -> Victim {
    let owner = production::owner(world, made);
    Victim {
        no: after.id.clone(),
        order_id: owner.map(|(o, _)| o.id),
        order_no: owner.map_or_else(String::new, |(o, _)| o.no.clone()),
        due: owner.and_then(|(_, line)| delivery::line_due(line)),
        weight: owner.map_or(Micro::ONE, |(o, _)| delivery::weight(world, o)),
        finish_before: moment(was.finish),
        finish_after: moment(after.finish),
        late_days_before: was.late_days,
        late_days_after: after.late_days,
    }
}
