//! `list exceptions` and `list impact`: where each exception stands and what it costs.

use std::collections::BTreeMap;

use super::{Loaded, Rows, date, named, order_no};
use crate::app::impact::Impact;
use crate::cli::Setting;
use crate::domain::exception::Exception;
use crate::domain::rule::escalation;
use crate::domain::rule::failure;
use crate::plan::gather;
use serde_json::{Value, json};

fn impacts(setting: &Setting, l: &Loaded) -> BTreeMap<i64, Impact> {
    let now = setting.clock.now();
    gather::impacts(&l.world, now, &l.outlook, &|| false).unwrap_or_default()
}

/// Whether an exception is about an order: by what was entered, or by what the plan says.
fn mine(l: &Loaded, order: Option<i64>, e: &Exception, impact: Option<&Impact>) -> bool {
    let Some(id) = order else { return true };
    let named = failure::orders(&l.world, e).iter().any(|o| o.id == id);
    named || impact.is_some_and(|i| i.orders.iter().any(|o| o.order_id == id))
}

fn money(found: &Impact) -> Value {
    let sums = found.money.iter();
    Value::from(
        sums.map(|(currency, sum)| json!({ "currency": currency, "amount": sum.text() }))
            .collect::<Vec<_>>(),
    )
}

pub(super) fn exceptions(setting: &Setting, l: &Loaded, order: Option<i64>) -> Rows {
    let impacts = impacts(setting, l);
    let row = |e: &Exception| {
        let due = escalation::due(&l.world, e, setting.clock.now());
        let found = impacts.get(&e.id);
        let number = |n: Option<usize>| n.map_or(Value::Null, Value::from);
        vec![
            Value::from(e.no.clone()),
            Value::from(e.severity.code()),
            Value::from(failure::standing(&l.world, e).code()),
            Value::from(e.what.clone()),
            order_no(&l.world, e.order_id),
            Value::from(e.department.code()),
            date(e.decide_by),
            date(e.closed_on),
            due.map_or(Value::Null, |d| Value::from(d.open_minutes)),
            due.map_or(Value::Null, |d| Value::from(d.level)),
            Value::from(e.escalated_level),
            number(found.map(|f| f.orders.len())),
            found.map_or(Value::Null, |f| Value::from(f.worst_days())),
            number(found.map(Impact::made_late)),
            found.map_or(Value::Null, |f| Value::from(f.late_days())),
            number(found.map(|f| f.kits.len())),
            found.map_or(Value::Null, money),
            date(e.told_on),
        ]
    };
    let all = l.world.exceptions.iter();
    let rows = all.filter(|e| mine(l, order, e, impacts.get(&e.id)));
    named(
        &[
            "no",
            "severity",
            "state",
            "what",
            "order",
            "department",
            "decide_by",
            "closed_on",
            "open_minutes",
            "level",
            "escalated_level",
            "orders_hit",
            "worst_days",
            "orders_made_late",
            "late_days",
            "kits_short",
            "money_at_risk",
            "told_on",
        ],
        rows.map(row).collect(),
    )
}

/// One row for each order that each open exception moves.
pub(super) fn impact(setting: &Setting, l: &Loaded, order: Option<i64>) -> Rows {
    let mut rows = Vec::new();
    for (id, found) in impacts(setting, l) {
        let no = l.world.exceptions.get(id).map_or("", |e| e.no.as_str());
        let hits = found.orders.iter();
        for hit in hits.filter(|h| order.is_none_or(|id| id == h.order_id)) {
            rows.push(vec![
                Value::from(no),
                order_no(&l.world, Some(hit.order_id)),
                Value::from(hit.finish_before.text()),
                Value::from(hit.finish_after.text()),
                Value::from(hit.days),
                Value::from(hit.late_before),
                Value::from(hit.late_after),
                Value::from(hit.currency.clone()),
                Value::from(hit.amount.text()),
            ]);
        }
    }
    named(
        &[
            "exception",
            "order",
            "finish_before",
            "finish_after",
            "days",
            "late_days_before",
            "late_days_after",
            "currency",
            "amount",
        ],
        rows,
    )
}
