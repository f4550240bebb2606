//! Material requirements (物料需求表): per material and day what is needed, what covers it, what to buy.

use super::paper::{Cell, Column, Layout, Paper, Table, Tone, Value};
use super::{Lacks, Scope};
use crate::app::outlook::{Peg, Requirement, Source};
use crate::domain::quantity::Qty;
use crate::text::{explosion as rules, materials as m, need, report as r, words as w};

pub(super) fn make(s: &Scope<'_>) -> Result<Paper, Lacks> {
    let order = s.order.map(|o| o.id);
    let mine = |q: &&Requirement| {
        s.holds(q.need_date) && (order.is_none() || q.pegs.iter().any(|p| p.order_id == order))
    };
    let rows: Vec<Vec<Cell>> = s
        .outlook
        .requirements
        .iter()
        .filter(mine)
        .map(|q| row(s, q))
        .collect();
    if rows.is_empty() {
        return Err(Lacks::Rows);
    }
    let mut head = vec![(s.say(r::MADE_ON), s.today.to_string())];
    head.extend(s.order.map(|o| (s.say(w::ORDER_NO), o.no.clone())));
    Ok(Paper {
        title: s.say(r::REQUIREMENTS),
        head,
        tables: vec![Table {
            title: String::new(),
            columns: columns(s),
            rows,
        }],
        foot: Vec::new(),
        layout: Layout::Pages,
    })
}

fn columns(s: &Scope<'_>) -> Vec<Column> {
    vec![
        s.column(w::MATERIAL, 12).key(),
        s.column(w::NAME, 24),
        s.column(w::SPEC, 18),
        s.column(w::UNIT, 6),
        s.column(m::SOURCE, 8),
        s.column(m::NEED_DATE, 11).key(),
        s.column(m::GROSS, 10),
        s.column(w::STOCK, 10),
        s.column(w::ON_ORDER, 10),
        s.column(m::NET, 10),
        s.column(m::LOT_RULE, 16),
        s.column(m::PLANNED, 10),
        s.column(m::RELEASE_BY, 11),
        s.column(w::SUPPLIER, 16),
        s.column(m::FOR_ORDERS, 24),
    ]
}

fn row(s: &Scope<'_>, q: &Requirement) -> Vec<Cell> {
    let item = s.world.items.get(q.item_id);
    let behind = s
        .outlook
        .requirement(q.item_id, q.need_date)
        .map(|(_, row)| row);
    let source = match behind.map(|b| b.source) {
        Some(Source::Make) => rules::MAKE,
        Some(Source::Phantom) => rules::PHANTOM,
        Some(Source::Customer) => rules::CUSTOMER_SUPPLIED,
        _ => rules::BUY,
    };
    let late = behind.is_some_and(|b| b.late_days > 0);
    let supplier = item.and_then(|i| s.world.suppliers.find(i.supplier_id));
    let planned = q.qty_planned.is_positive();
    let said = behind.map_or(String::new(), |b| need::rules(&b.rules, s.lang));
    let release = Cell::date(planned.then_some(q.release_date));
    vec![
        Cell::text(item.map_or("", |i| i.code.as_str())),
        Cell::text(item.map_or("", |i| i.name.as_str())),
        Cell::text(item.map_or("", |i| i.spec.as_str())),
        Cell::text(item.map_or("", |i| i.unit.as_str())),
        Cell::text(source.text(s.lang)),
        Cell::date(Some(q.need_date)),
        amount(q.gross),
        amount(q.from_stock),
        amount(q.from_on_order),
        amount(q.net),
        Cell::text(if planned || q.net.is_positive() {
            said
        } else {
            String::new()
        }),
        amount(q.qty_planned),
        if late {
            release.tone(Tone::Bad)
        } else {
            release
        },
        Cell::text(supplier.map_or("", |x| x.name.as_str())),
        Cell::text(pegs(s, &q.pegs)),
    ]
}

pub(super) const fn amount(qty: Qty) -> Cell {
    Cell::of(Value::Qty(qty))
}

/// `SO-1/1 300, SO-2/1 20`.
fn pegs(s: &Scope<'_>, pegs: &[Peg]) -> String {
    let one = |p: &Peg| {
        let order = s.world.orders.find(p.order_id)?;
        Some(format!("{}/{} {}", order.no, p.line_no, p.qty.text()))
    };
    pegs.iter().filter_map(one).collect::<Vec<_>>().join(", ")
}
