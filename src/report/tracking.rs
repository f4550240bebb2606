//! Material tracking (物料跟踪表): every purchase line, what was promised, what came, who was chased.

use super::paper::{Alarm, Cell, Column, Layout, Paper, Table, Tone, Value};
use super::requirements::amount;
use super::{Lacks, Scope};
use crate::domain::codes::{ReceiptKind, Subject};
use crate::domain::purchase::Purchase;
use crate::domain::rule::purchase;
use crate::text::{report as r, words as w};

pub(super) fn make(s: &Scope<'_>) -> Result<Paper, Lacks> {
    let order = s.order.map(|o| o.id);
    // All of an order or of a period; else what is not settled yet.
    let period = s.from.is_some() || s.to.is_some();
    let mine = |p: &&Purchase| match order {
        Some(_) => p.order_id == order && p.required_date.is_none_or(|d| s.holds(d)),
        None if period => p.required_date.is_some_and(|d| s.holds(d)),
        None => {
            let a = purchase::arrival(s.world, p);
            a.open.is_positive() || a.held.is_positive() || a.to_return().is_positive()
        }
    };
    let mut lines: Vec<&Purchase> = s.world.purchases.iter().filter(mine).collect();
    if lines.is_empty() {
        return Err(Lacks::Rows);
    }
    lines.sort_by_key(|p| (purchase::expected(s.world, p, s.today), p.id));
    let mut head = vec![(s.say(r::MADE_ON), s.today.to_string())];
    head.extend(s.order.map(|o| (s.say(w::ORDER_NO), o.no.clone())));
    Ok(Paper {
        title: s.say(r::TRACKING),
        head,
        tables: vec![Table {
            title: String::new(),
            columns: columns(s),
            rows: lines.iter().map(|p| row(s, p)).collect(),
        }],
        foot: Vec::new(),
        layout: Layout::Pages,
    })
}

fn columns(s: &Scope<'_>) -> Vec<Column> {
    vec![
        s.column(r::PURCHASE_NO, 11).key(),
        s.column(r::PURCHASE_LINE, 5).key(),
        s.column(w::MATERIAL, 12),
        s.column(r::NAME_SPEC, 26),
        s.column(w::UNIT, 6),
        s.column(r::ORDERED_QTY, 10),
        s.column(w::SUPPLIER, 16),
        s.column(w::ORDER_NO, 11),
        s.column(r::ORDERED_ON, 11),
        s.column(w::REQUIRED_DATE, 11),
        s.column(w::FIRST_PROMISE, 11),
        s.column(w::LATEST_PROMISE, 11),
        s.column(r::ARRIVED_ON, 11),
        s.column(w::RECEIVED, 10),
        s.column(w::REJECTED, 9).alarm(Alarm::AboveZero),
        s.column(w::HELD, 9),
        s.column(w::SHORT, 10).alarm(Alarm::AboveZero),
        s.column(r::CHASES, 8),
        s.column(r::LAST_CHASE, 11),
        s.column(r::FEEDBACK, 24),
        s.column(r::NEXT_CHASE, 11),
    ]
}

fn row(s: &Scope<'_>, p: &Purchase) -> Vec<Cell> {
    let world = s.world;
    let item = world.items.get(p.item_id);
    let arrival = purchase::arrival(world, p);
    let (first, latest) = purchase::promises(world, p);
    let came = world
        .receipts
        .of(p.id)
        .filter(|r| r.kind == ReceiptKind::Arrival);
    let chases = || {
        world
            .chases
            .of(p.id)
            .filter(|c| c.subject == Subject::Purchase)
    };
    let last = chases().max_by_key(|c| (c.at, c.id));
    let name = item.map_or(String::new(), |i| {
        format!("{} {}", i.name, i.spec).trim().to_owned()
    });
    let late = purchase::overdue_days(world, p, s.today).is_some();
    let promised = Cell::date(latest.map(|x| x.date));
    let open = amount(arrival.open);
    let supplier = world.suppliers.find(p.supplier_id);
    let order = world.orders.find(p.order_id);
    vec![
        Cell::text(p.no.clone()),
        Cell::of(Value::Whole(p.line)),
        Cell::text(item.map_or("", |i| i.code.as_str())),
        Cell::text(name),
        Cell::text(p.unit.clone()),
        amount(p.qty),
        Cell::text(supplier.map_or("", |x| x.name.as_str())),
        Cell::text(order.map_or("", |o| o.no.as_str())),
        Cell::date(p.ordered_on),
        Cell::date(p.required_date),
        Cell::date(first.map(|x| x.date)),
        if late {
            promised.tone(Tone::Bad)
        } else {
            promised
        },
        Cell::date(came.map(|r| r.date).max()),
        amount(arrival.accepted),
        amount(arrival.rejected),
        amount(arrival.held),
        open,
        Cell::of(Value::Whole(
            i64::try_from(chases().count()).unwrap_or(i64::MAX),
        )),
        Cell::date(last.map(|c| c.at.date())),
        Cell::text(last.map_or("", |c| c.answer.as_str())),
        Cell::date(last.and_then(|c| c.next_on)),
    ]
}
