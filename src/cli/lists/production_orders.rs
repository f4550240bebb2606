//! `list production`: production orders, and what is missing for their release.

use serde_json::Value;

use super::{Loaded, Rows, Setting, item_code, named};
use crate::app::gate;
use crate::domain::codes::ProductionState;
use crate::domain::rule::production;
use crate::text::production as made_words;

/// Production orders with both quantities and what is missing for their release.
pub(super) fn production_orders(setting: &Setting, l: &Loaded, order: Option<i64>) -> Rows {
    let today = setting.clock.today();
    let mut rows = Vec::new();
    for made in &l.world.production_orders {
        let owners = production::owners(&l.world, made);
        if order.is_some() && !owners.iter().any(|(o, ..)| Some(o.id) == order) {
            continue;
        }
        let (_, line) = production::owner(&l.world, made).unzip();
        let both = line.map(|line| production::both(&l.world, line));
        let last = l.world.operations.of(made.id).max_by_key(|o| o.seq);
        let done = last.map(|o| production::done(&l.world, o));
        let missing = if made.state == ProductionState::Proposed {
            gate::gate(&l.world, &l.outlook, made, today)
        } else {
            Vec::new()
        };
        let missing = missing
            .iter()
            .map(|item| Value::from(made_words::missing(&l.world, item, today, setting.lang).0));
        let qty = |q: Option<crate::domain::quantity::Qty>| {
            q.map_or(Value::Null, |q| Value::from(q.text()))
        };
        let orders: Vec<&str> = owners.iter().map(|(o, ..)| o.no.as_str()).collect();
        rows.push(vec![
            Value::from(made.no.clone()),
            Value::from(orders.join(" ")),
            line.map_or(Value::Null, |line| Value::from(line.no)),
            made.item_id
                .map_or(Value::Null, |id| item_code(&l.world, id)),
            qty(both.map(|b| b.ordered)),
            qty(both.map(|b| b.in_production)),
            Value::from(made.qty.text()),
            qty(done),
            Value::from(state_code(production::standing(&l.world, made))),
            Value::from(missing.collect::<Vec<_>>()),
        ]);
    }
    let names = [
        "no",
        "order",
        "line",
        "item",
        "ordered",
        "in_production",
        "qty",
        "done",
        "state",
        "missing",
    ];
    named(&names, rows)
}

const fn state_code(standing: production::Standing) -> &'static str {
    use production::Standing as S;
    match standing {
        S::Proposed => "proposed",
        S::Released => "released",
        S::InProgress => "in_progress",
        S::Finished => "finished",
        S::OnHold => "on_hold",
        S::Cancelled => "cancelled",
    }
}
