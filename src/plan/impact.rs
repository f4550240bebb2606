//! The exact difference between two plans: which orders move, by how much, and what caused it.
//!
//! Compares by production order and operation; nothing is estimated. Works the same for a late
//! arrival, a broken line, a rush order or a cut quantity: plan the changed input, then compare.

use std::collections::BTreeMap;

use crate::domain::quantity::Micro;
use crate::plan::input::{DAY, Minute, PlanInput};
use crate::plan::outcome::{Link, PlanOutcome, PlannedOperation, PlannedOrder};
use crate::plan::promise::accepted;
use crate::plan::sequence::Planner;

/// The difference between two plans.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Impact {
    /// Orders that differ in any operation, the one that gets latest first.
    pub orders: Vec<OrderImpact>,
    /// Orders of the second plan only, and of the first only.
    pub added: Vec<String>,
    pub removed: Vec<String>,
    pub late_before: usize,
    pub late_after: usize,
    pub weighted_late_days_before: Micro,
    pub weighted_late_days_after: Micro,
    /// Operations that start on another day or line.
    pub moved_operations: usize,
}

/// One order in both plans.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderImpact {
    pub id: String,
    pub order: String,
    pub finish_before: Minute,
    pub finish_after: Minute,
    /// Positive is later.
    pub minutes: i64,
    pub late_days_before: i64,
    pub late_days_after: i64,
    pub operations: Vec<OperationImpact>,
    /// The chain of the second plan, root first, for an order that gets later.
    pub because: Vec<Link>,
}

/// One operation that is elsewhere in the second plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OperationImpact {
    pub seq: i64,
    pub line_before: String,
    pub line_after: String,
    pub start_before: Minute,
    pub start_after: Minute,
    pub end_before: Minute,
    pub end_after: Minute,
}

/// Compares two plans.
#[must_use]
pub fn impact(before: &PlanOutcome, after: &PlanOutcome) -> Impact {
    let index = |plan: &PlanOutcome| -> BTreeMap<String, usize> {
        let named = plan.orders.iter().enumerate();
        named.map(|(n, o)| (o.id.clone(), n)).collect()
    };
    let (old, new) = (index(before), index(after));
    let mut impact = Impact {
        added: new
            .keys()
            .filter(|k| !old.contains_key(*k))
            .cloned()
            .collect(),
        removed: old
            .keys()
            .filter(|k| !new.contains_key(*k))
            .cloned()
            .collect(),
        late_before: before.totals.late,
        late_after: after.totals.late,
        weighted_late_days_before: before.totals.weighted_late_days,
        weighted_late_days_after: after.totals.weighted_late_days,
        ..Impact::default()
    };
    let chains = after.index();
    for (id, at) in &old {
        let pair = (
            before.orders.get(*at),
            new.get(id).and_then(|n| after.orders.get(*n)),
        );
        let (Some(was), Some(is)) = pair else {
            continue;
        };
        let operations = moved(was, is);
        impact.moved_operations += operations
            .iter()
            .filter(|o| {
                o.line_before != o.line_after
                    || o.start_before.div_euclid(DAY) != o.start_after.div_euclid(DAY)
            })
            .count();
        if operations.is_empty() && was.finish == is.finish && was.late_days == is.late_days {
            continue;
        }
        let minutes = is.finish - was.finish;
        impact.orders.push(OrderImpact {
            id: id.clone(),
            order: is.order.clone(),
            finish_before: was.finish,
            finish_after: is.finish,
            minutes,
            late_days_before: was.late_days,
            late_days_after: is.late_days,
            operations,
            because: if minutes > 0 {
                chains.chain(id)
            } else {
                Vec::new()
            },
        });
    }
    impact
        .orders
        .sort_by(|a, b| b.minutes.cmp(&a.minutes).then_with(|| a.id.cmp(&b.id)));
    impact
}

fn moved(was: &PlannedOrder, is: &PlannedOrder) -> Vec<OperationImpact> {
    let old: BTreeMap<i64, &PlannedOperation> = was.operations.iter().map(|o| (o.seq, o)).collect();
    is.operations
        .iter()
        .filter_map(|now| {
            let then = old.get(&now.seq)?;
            let same = (then.start, then.end, &then.line) == (now.start, now.end, &now.line);
            (!same).then(|| OperationImpact {
                seq: now.seq,
                line_before: then.line.clone(),
                line_after: now.line.clone(),
                start_before: then.start,
                start_after: now.start,
                end_before: then.end,
                end_after: now.end,
            })
        })
        .collect()
}

/// The ripple of changed facts: the accepted sequences kept and only timed again.
///
/// `changed` is the input after a late arrival, a repair, a rush or a cut; `accepted` is the plan
/// before it. Nothing is re-sequenced, so that only what the change forces moves.
#[must_use]
pub fn ripple(changed: &PlanInput, accepted_plan: &PlanOutcome) -> (PlanOutcome, Impact) {
    let mut input = changed.clone();
    input.accepted = accepted(accepted_plan);
    let outcome = Planner::keeping(&input).outcome();
    let difference = impact(accepted_plan, &outcome);
    (outcome, difference)
}
