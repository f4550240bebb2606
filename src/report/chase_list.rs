//! The chase list (催料清单): what to ask which supplier, the one that may cost most first.

use super::paper::{Cell, Column, Layout, Paper, Table, Tone, Value};
use super::{Lacks, Scope};
use crate::domain::quantity::Micro;
use crate::domain::rule::chase::Line;
use crate::text::{chasing as c, report as r, words as w};

pub(super) fn make(s: &Scope<'_>) -> Result<Paper, Lacks> {
    let waits = |line: &&Line| {
        s.order.is_none_or(|order| {
            let bought = s.world.purchases.get(line.purchase_id);
            bought.is_some_and(|p| p.order_id == Some(order.id))
                || line.waiting.iter().any(|w| w.order_id == Some(order.id))
        })
    };
    let lines: Vec<&Line> = s.outlook.chases.iter().filter(waits).collect();
    if lines.is_empty() {
        return Err(Lacks::Rows);
    }
    let mut head = vec![(s.say(r::MADE_ON), s.today.to_string())];
    if let Some(order) = s.order {
        head.push((s.say(w::ORDER_NO), order.no.clone()));
    }
    head.push((s.say(c::LINES), lines.len().to_string()));
    // Suppliers in the order of what their lines may cost together, held back or not.
    let mut suppliers: Vec<(Micro, Option<i64>)> = Vec::new();
    for line in &lines {
        match suppliers.iter_mut().find(|g| g.1 == line.supplier_id) {
            Some(group) => group.0 += line.loss,
            None => suppliers.push((line.loss, line.supplier_id)),
        }
    }
    suppliers.sort_by_key(|group| std::cmp::Reverse(group.0));
    let tables = suppliers
        .into_iter()
        .map(|(_, supplier)| table(s, supplier, &lines))
        .collect();
    Ok(Paper {
        title: s.say(c::CHASE_LIST),
        head,
        tables,
        foot: vec![s.say(c::CHASE_FOOT)],
        layout: Layout::Pages,
    })
}

fn table(s: &Scope<'_>, supplier: Option<i64>, lines: &[&Line]) -> Table {
    let known = s.world.suppliers.find(supplier);
    let title = known.map_or_else(
        || s.say(c::NO_SUPPLIER),
        |k| format!("{} {}", k.name, k.contact).trim().to_owned(),
    );
    let mine = lines.iter().filter(|l| l.supplier_id == supplier);
    Table {
        title,
        columns: columns(s),
        rows: mine.map(|line| row(s, line)).collect(),
    }
}

fn columns(s: &Scope<'_>) -> Vec<Column> {
    vec![
        s.column(w::PURCHASE_NO, 12).key(),
        s.column(w::MATERIAL, 12),
        s.column(w::NAME, 26),
        s.column(w::SHORT, 10),
        s.column(w::UNIT, 6),
        s.column(c::NEEDED, 11),
        s.column(c::SAYS, 11),
        s.column(c::LIKELY, 11),
        s.column(c::BELIEVED, 11),
        s.column(c::CHANCE, 8),
        s.column(c::BLOCKS, 20),
        s.column(c::SETS, 9),
        s.column(c::LOSS, 9),
        s.column(c::ASKED, 11),
        s.column(c::NEXT, 11),
        s.column(c::HELD_BACK, 24),
        s.column(w::ANSWER, 24),
    ]
}

fn row(s: &Scope<'_>, line: &Line) -> Vec<Cell> {
    let bought = s.world.purchases.get(line.purchase_id);
    let item = bought.and_then(|p| s.world.items.get(p.item_id));
    let (orders, sets) = c::blocks(s.world, s.outlook, line);
    let believed = Cell::date(Some(line.p80));
    let late = line.needed.is_some_and(|needed| line.p80 > needed);
    let held = line.hold.map(|h| c::hold(s.world, h, s.today, s.lang));
    vec![
        Cell::text(bought.map(c::line_name).unwrap_or_default()),
        Cell::text(item.map_or("", |i| i.code.as_str())),
        Cell::text(item.map_or("", |i| i.name.as_str())),
        Cell::of(Value::Qty(line.open)),
        Cell::text(bought.map_or("", |p| p.unit.as_str())),
        Cell::date(line.needed),
        Cell::date(line.says),
        Cell::date(Some(line.p50)),
        if late {
            believed.tone(Tone::Bad)
        } else {
            believed
        },
        Cell::percent(Some(line.chance)),
        Cell::text(orders),
        Cell::of(Value::Qty(sets)),
        Cell::of(Value::Qty(line.loss.round_to(2))),
        Cell::date(line.asked),
        Cell::date(line.next),
        Cell::text(held.unwrap_or_default()),
        // Left open for what they say.
        Cell::text(""),
    ]
}
