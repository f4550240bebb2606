//! Orders, their operations and the totals, from a timed plan.
#![allow(clippy::indexing_slicing)]

use crate::domain::quantity::{MICRO, Micro};
use crate::plan::explain::Explainer;
use crate::plan::explain::slack::Slack;
use crate::plan::input::{DAY, Job, Minute};
use crate::plan::outcome::{PlannedOperation, PlannedOrder, Spent, Totals, WhyKind};
use crate::plan::problem::{JobSlot, NONE};

pub(super) fn orders(e: &Explainer<'_>, slack: &Slack) -> Vec<PlannedOrder> {
    e.p.jobs
        .iter()
        .map(|slot| order(e, slack, slot, &e.input.jobs[slot.source as usize]))
        .collect()
}

fn order(e: &Explainer<'_>, slack: &Slack, slot: &JobSlot, job: &Job) -> PlannedOrder {
    let ops = slot.first_op..slot.first_op + slot.op_count;
    let operations: Vec<PlannedOperation> = ops.clone().map(|op| operation(e, slack, op)).collect();
    // A pin may end before what it follows; finished is only what is finished as a whole.
    let finish = operations
        .iter()
        .map(|o| o.end)
        .max()
        .unwrap_or(slot.done_at);
    let start = operations.iter().map(|o| o.start).min().unwrap_or(finish);
    let late = (finish - job.due).max(0);
    PlannedOrder {
        id: job.id.clone(),
        order: job.order.clone(),
        item: job.item.clone(),
        weight: job.weight,
        start,
        finish,
        due: job.due,
        late_minutes: late,
        late_days: (late + DAY - 1) / DAY,
        spent: spent(e, ops, &operations, finish),
        operations,
    }
}

fn operation(e: &Explainer<'_>, slack: &Slack, op: u32) -> PlannedOperation {
    let node = &e.state.nodes[op as usize];
    let source = e.operation(op);
    let (work_centre, line) = e.place(op);
    let reason = e.reason(op);
    let timeline = e.p.timeline_of(node.line);
    let work = timeline.open_between(node.start, node.end);
    let (latest_start, latest_finish) = slack.routing[op as usize];
    let own = e.p.way_on(op, node.line).work;
    let fixed = e.p.ops[op as usize].fixed.is_some();
    PlannedOperation {
        seq: source.map_or(0, |o| o.seq),
        name: source.map_or_else(String::new, |o| o.name.clone()),
        work_centre,
        line,
        start: node.start,
        end: node.end,
        work_minutes: work,
        changeover_minutes: if fixed { 0 } else { (work - own).max(0) },
        why: reason.why,
        margin_minutes: reason.margin,
        decided: reason.decided,
        float_minutes: slack.kept_start[op as usize] - node.start,
        latest_start,
        latest_finish,
        hold: e.hold(op),
    }
}

/// Splits the time from now to the finish by what it was spent on.
fn spent(
    e: &Explainer<'_>,
    ops: std::ops::Range<u32>,
    operations: &[PlannedOperation],
    finish: Minute,
) -> Spent {
    let first = operations.iter().map(|o| o.start).min().unwrap_or(finish);
    let from = e.input.now.min(first).min(finish);
    let mut spent = Spent {
        from,
        ..Spent::default()
    };
    let mut cursor = from;
    for (op, planned) in ops.zip(operations) {
        let node = &e.state.nodes[op as usize];
        let timeline = e.p.timeline_of(node.line);
        if node.start > cursor {
            let gap = node.start - cursor;
            let open = timeline.open_between(cursor, node.start);
            spent.closed += gap - open;
            match planned.why.kind {
                WhyKind::Material => spent.material += open,
                WhyKind::Capacity => spent.queue += open,
                // Only overlap leaves open time after a predecessor: it waits for parts.
                WhyKind::Predecessor | WhyKind::Calendar => spent.waiting += open,
                WhyKind::Pin | WhyKind::Release => spent.held += open,
            }
            cursor = node.start;
        }
        if node.end > cursor {
            let open = timeline.open_between(cursor, node.end);
            spent.processing += open;
            spent.closed += node.end - cursor - open;
            cursor = node.end;
        }
        let wait_end = node.end + i64::from(node.wait);
        if node.after != NONE && wait_end > cursor {
            // A pinned successor may start before the wait is over.
            let until = wait_end.min(e.state.nodes[node.after as usize].start.max(cursor));
            spent.waiting += until - cursor;
            cursor = until;
        }
    }
    spent.held += finish - cursor;
    spent
}

pub(super) fn totals(e: &Explainer<'_>, orders: &[PlannedOrder]) -> Totals {
    let late = || orders.iter().filter(|o| o.late_minutes > 0);
    let sum = |part: &dyn Fn(&PlannedOrder) -> i64| {
        let total: i128 = late()
            .map(|o| i128::from(o.weight.0.max(0)) * i128::from(part(o)))
            .sum();
        Micro(i64::try_from(total).unwrap_or(i64::MAX))
    };
    Totals {
        orders: orders.len(),
        late: late().count(),
        unplanned: e.input.jobs.len() - orders.len(),
        weighted_late_days: sum(&|o| o.late_days),
        weighted_late_minutes: sum(&|o| o.late_minutes),
        utilisation: utilisation(e),
        changeovers: orders
            .iter()
            .flat_map(|o| &o.operations)
            .filter(|o| o.changeover_minutes > 0)
            .count(),
    }
}

/// Work over open time of finite lines, from now to the last finish on any of them.
fn utilisation(e: &Explainer<'_>) -> Micro {
    let finite = |line: u32| !e.p.bank_of(line).infinite;
    let on_line = || e.state.nodes.iter().filter(|n| finite(n.line));
    let until = on_line().map(|n| n.end).max().unwrap_or(e.input.now);
    let used: i64 = on_line()
        .map(|n| {
            let from = n.start.max(e.input.now);
            e.p.timeline_of(n.line).open_between(from, n.end)
        })
        .sum();
    let open: i64 = (0..e.p.lines.len() as u32)
        .filter(|l| finite(*l))
        .map(|l| e.p.timeline_of(l).open_between(e.input.now, until))
        .sum();
    let share = i128::from(used) * i128::from(MICRO) / i128::from(open.max(1));
    Micro(i64::try_from(share).unwrap_or(i64::MAX))
}
