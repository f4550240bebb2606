//! The late-risk list (交期风险表): live orders by what their being late is expected to cost.

use super::paper::{Cell, Layout, Paper, Table, Tone, Value};
use super::{Lacks, Scope};
use crate::app::outlook::Chance;
use crate::domain::order::Order;
use crate::domain::quantity::Micro;
use crate::domain::rule::delivery;
use crate::text::{chance as c, report as r, words as w};

pub(super) fn make(s: &Scope<'_>) -> Result<Paper, Lacks> {
    let mine = |id: i64| s.order.is_none_or(|o| o.id == id);
    let chances = s.outlook.chances.iter();
    let mut orders: Vec<(Micro, &Order, &Chance)> = chances
        .filter(|(id, chance)| mine(**id) && s.holds(chance.due))
        .filter_map(|(id, chance)| {
            let order = s.world.orders.get(*id)?;
            let loss = chance.late_days.times(delivery::weight(s.world, order));
            Some((loss, order, chance))
        })
        .collect();
    if !s.outlook.chances_current {
        return Err(Lacks::Chances);
    }
    if orders.is_empty() {
        return Err(Lacks::Rows);
    }
    orders.sort_by_key(|(loss, order, chance)| {
        (
            std::cmp::Reverse(*loss),
            chance.percent,
            chance.due,
            order.id,
        )
    });
    let columns = vec![
        s.column(w::ORDER_NO, 12).key(),
        s.column(w::CUSTOMER, 22),
        s.column(w::PRODUCT, 24),
        s.column(w::DUE, 11),
        s.column(c::CHANCE_PERCENT, 8),
        s.column(c::P50, 11),
        s.column(c::P80, 11),
        s.column(c::LATE_NOW, 9),
        s.column(c::EXPECTED_LATE, 10),
        s.column(c::WEIGHT, 7),
        s.column(c::LOSS, 10),
        s.column(c::FIX_FIRST, 30),
        s.column(c::GAIN, 7),
        s.column(c::OWNER, 20),
    ];
    let rows = orders
        .iter()
        .map(|(loss, o, chance)| row(s, *loss, o, chance));
    Ok(Paper {
        title: s.say(c::LATE_RISK),
        layout: Layout::Pages,
        head: vec![(s.say(r::MADE_ON), s.today.to_string())],
        tables: vec![Table {
            title: String::new(),
            columns,
            rows: rows.collect(),
        }],
        foot: vec![s.say(c::RISK_FOOT)],
    })
}

fn row(s: &Scope<'_>, loss: Micro, order: &Order, chance: &Chance) -> Vec<Cell> {
    let customer = s.world.customers.find(order.customer_id);
    let product = s.world.order_lines.of(order.id).next();
    let whole = |n: i64| Cell::of(Value::Whole(n));
    let tone = match chance.percent {
        80.. => Tone::Good,
        50..80 => Tone::Warn,
        _ => Tone::Bad,
    };
    let late = (s.today - chance.due).num_days().max(0);
    let by = |day| {
        let cell = Cell::date(Some(day));
        if day > chance.due {
            cell.tone(Tone::Bad)
        } else {
            cell
        }
    };
    let first = chance.first();
    let rounded = |n: Micro| Cell::of(Value::Qty(n.round_to(2)));
    vec![
        Cell::text(order.no.as_str()),
        Cell::text(customer.map_or("", |c| c.name.as_str())),
        Cell::text(product.map_or("", |l| l.name.as_str())),
        Cell::date(Some(chance.due)),
        whole(chance.percent).tone(tone),
        by(chance.p50),
        by(chance.p80),
        if late > 0 {
            whole(late).tone(Tone::Bad)
        } else {
            whole(0)
        },
        rounded(chance.late_days),
        rounded(delivery::weight(s.world, order)),
        rounded(loss),
        Cell::text(first.map_or_else(String::new, |i| c::what(s.world, i.of, s.lang))),
        whole(first.map_or(0, |i| i.gain)),
        Cell::text(first.map_or_else(String::new, |i| c::owner(s.world, i.of, s.lang))),
    ]
}
