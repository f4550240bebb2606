//! `list orders`, `list answers`, `list journal`: what was entered, and who entered it when.

use serde_json::Value;

use super::{Failure, Loaded, Rows, Setting, date, mine, named, order_no};
use crate::domain::rule::{delivery, review};

pub(super) fn orders(l: &Loaded, order: Option<i64>) -> Rows {
    let row = |o: &crate::domain::order::Order| {
        let q = delivery::order_qty(&l.world, o);
        let customer = l
            .world
            .customers
            .find(o.customer_id)
            .map(|c| c.name.clone());
        vec![
            Value::from(o.no.clone()),
            customer.map_or(Value::Null, Value::from),
            Value::from(o.customer_po.clone()),
            Value::from(o.state.code()),
            Value::from(q.ordered.text()),
            Value::from(q.shipped.text()),
            Value::from(q.open.text()),
            date(delivery::requested(&l.world, o)),
            date(delivery::promised(&l.world, o)),
        ]
    };
    let rows = l
        .world
        .orders
        .iter()
        .filter(|o| mine(order, Some(o.id)))
        .map(row)
        .collect();
    let names = [
        "no",
        "customer",
        "customer_po",
        "state",
        "ordered",
        "shipped",
        "open",
        "requested_date",
        "promised_date",
    ];
    named(&names, rows)
}

/// Every answer of every round, the silent ones with the days since they were asked.
pub(super) fn answers(setting: &Setting, l: &Loaded, order: Option<i64>) -> Rows {
    let today = setting.clock.today();
    let mut rows = Vec::new();
    for round in &l.world.review_rounds {
        if !mine(order, Some(round.order_id)) {
            continue;
        }
        for a in review::answers(&l.world, round) {
            rows.push(vec![
                order_no(&l.world, Some(round.order_id)),
                Value::from(round.no),
                Value::from(a.department.code()),
                date(Some(a.asked_on)),
                date(a.answered_on),
                date(a.date),
                a.days.map_or(Value::Null, Value::from),
                a.satisfied.map_or(Value::Null, Value::from),
                Value::from(a.risk.clone()),
                Value::from(a.countermeasure.clone()),
                review::silent_days(a, today).map_or(Value::Null, Value::from),
                Value::from(a.carried),
            ]);
        }
    }
    let names = [
        "order",
        "round",
        "department",
        "asked_on",
        "answered_on",
        "date",
        "days",
        "satisfied",
        "risk",
        "countermeasure",
        "silent_days",
        "carried",
    ];
    named(&names, rows)
}

pub(super) fn journal(setting: &Setting, l: &Loaded, order: Option<i64>) -> Result<Rows, Failure> {
    let no = l.world.orders.find(order).map(|o| o.no.as_str());
    let lines = l
        .store
        .journal(no, i64::MAX)
        .map_err(|e| Failure::of(&e, setting.lang))?;
    let row = |line: &crate::store::journal::Line| {
        vec![
            Value::from(line.id),
            Value::from(line.at.clone()),
            Value::from(line.who.clone()),
            Value::from(line.kind.clone()),
            Value::from(crate::text::diary::sentence(line, setting.lang)),
            Value::from(line.order_no.clone()),
        ]
    };
    Ok(named(
        &["id", "at", "who", "kind", "what", "order"],
        lines.iter().map(row).collect(),
    ))
}
