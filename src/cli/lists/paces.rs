//! `list progress`: the operations as the screen shows them, and how each is getting on.

use serde_json::Value;

use super::{Loaded, Rows, Setting, date, parts};
use crate::app::outlook::OperationPace;
use crate::domain::codes::{ProductionState, Stage};
use crate::domain::quantity::Qty;
use crate::domain::rule::production;
use crate::panel::PartKind;

/// What is added to the columns of the screen.
const NAMES: [&str; 15] = [
    "production_order",
    "seq",
    "good",
    "left",
    "rate_per_day",
    "carried_per_day",
    "required_per_day",
    "needed_by",
    "finish",
    "early",
    "late",
    "late_days",
    "silent_days",
    "usual_days",
    "wip_before",
];

pub(super) fn progress(setting: &Setting, l: &Loaded, order: Option<i64>) -> Rows {
    let mut rows = parts(setting, l, Stage::Progress, PartKind::Operations, order);
    if rows.names.is_empty() {
        return rows;
    }
    rows.names.extend(NAMES.map(str::to_owned));
    // The same operations in the same order.
    let orders = l.world.orders.iter();
    let orders = orders.filter(|o| order.is_none_or(|id| id == o.id));
    let operations = orders.flat_map(|order| {
        production::of_order(&l.world, order)
            .filter(|made| made.state != ProductionState::Cancelled)
            .flat_map(|made| l.world.operations.of(made.id).map(move |o| (made, o)))
    });
    for (row, (made, operation)) in rows.rows.iter_mut().zip(operations) {
        row.push(Value::from(made.no.clone()));
        row.push(Value::from(operation.seq));
        row.extend(told(l.outlook.paces.get(&operation.id)));
    }
    rows
}

fn told(pace: Option<&OperationPace>) -> Vec<Value> {
    let Some(pace) = pace else {
        return vec![Value::Null; NAMES.len() - 2];
    };
    let qty = |q: Qty| Value::from(q.text());
    let open = |q: Option<Qty>| q.map_or(Value::Null, qty);
    let rate = |q: Qty| open(Some(q.round_to(2)).filter(|q| q.is_positive()));
    let ends = pace.range();
    let needed = pace.pace.required_per_day;
    let needed = needed.filter(|_| pace.left.is_positive());
    vec![
        qty(pace.done),
        qty(pace.left),
        rate(pace.pace.rate_per_day),
        rate(pace.pace.carried_per_day),
        open(needed.map(|q| q.round_to(2))),
        date(pace.needed_by),
        date(pace.finish()),
        date(ends.map(|(early, _)| early)),
        date(ends.map(|(_, late)| late)),
        Value::from(pace.late_days),
        pace.silence.map_or(Value::Null, |s| Value::from(s.days)),
        pace.silence.map_or(Value::Null, |s| Value::from(s.usual)),
        open(pace.wip_before),
    ]
}
