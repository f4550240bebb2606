//! The inspection plan (验货计划): what is to be inspected when, how much of it, and what was found.

use super::paper::{Cell, Column, Layout, Paper, Table, Tone, Value};
use super::{Lacks, Scope};
use crate::domain::codes::InspectionResult;
use crate::domain::progress::Inspection;
use crate::domain::rule::inspection::{self, Class};
use crate::text::{Label, report as r, shipping as words, words as w};

pub(super) fn make(s: &Scope<'_>) -> Result<Paper, Lacks> {
    let mine = |i: &&Inspection| {
        let day = i.done_on.or(i.planned);
        s.order.is_none_or(|o| o.id == i.order_id) && day.is_none_or(|day| s.holds(day))
    };
    let mut all: Vec<&Inspection> = s.world.inspections.iter().filter(mine).collect();
    if all.is_empty() {
        return Err(Lacks::Rows);
    }
    all.sort_by_key(|i| (i.done_on.or(i.planned), i.id));
    let (done, planned): (Vec<&Inspection>, Vec<&Inspection>) =
        all.into_iter().partition(|i| i.done_on.is_some());
    let mut head = vec![(s.say(r::MADE_ON), s.today.to_string())];
    if let Some(order) = s.order {
        head.push((s.say(w::ORDER_NO), order.no.clone()));
    }
    head.push((s.say(words::PLANNED_PART), planned.len().to_string()));
    head.push((s.say(words::DONE_PART), done.len().to_string()));
    let mut tables = Vec::new();
    for (title, rows) in [(words::PLANNED_PART, planned), (words::DONE_PART, done)] {
        if !rows.is_empty() {
            tables.push(Table {
                title: s.say(title),
                columns: columns(s),
                rows: rows.into_iter().map(|i| row(s, i)).collect(),
            });
        }
    }
    Ok(Paper {
        title: s.say(words::INSPECTION_PLAN),
        layout: Layout::Pages,
        head,
        tables,
        foot: vec![s.say(words::SAMPLING)],
    })
}

fn columns(s: &Scope<'_>) -> Vec<Column> {
    vec![
        s.column(w::ORDER_NO, 12).key(),
        s.column(w::CUSTOMER, 18),
        s.column(w::PRODUCT, 22),
        s.column(words::LOT_OF, 12).key(),
        s.column(w::KIND, 8).key(),
        s.column(words::ROUND, 6).key(),
        s.column(words::PLANNED_ON, 11),
        s.column(words::DONE_ON, 11),
        s.column(words::LOT, 9),
        s.column(words::LEVEL, 6),
        s.column(words::AQL, 10),
        s.column(w::SAMPLE_SIZE, 8),
        s.column(words::LIMITS, 30),
        s.column(w::CRITICAL, 6),
        s.column(w::MAJOR, 6),
        s.column(w::MINOR, 6),
        s.column(w::RESULT, 9),
        s.column(words::DEFECTS, 24),
        s.column(w::NOTE, 20),
    ]
}

fn row(s: &Scope<'_>, i: &Inspection) -> Vec<Cell> {
    let world = s.world;
    let order = world.orders.get(i.order_id);
    let customer = order.and_then(|o| world.customers.find(o.customer_id));
    let line = order.and_then(|o| world.order_lines.of(o.id).next());
    let made = world.production_orders.find(i.production_order_id);
    let shipment = world.shipments.find(i.shipment_id);
    let of = shipment
        .map(|s| s.no.clone())
        .or_else(|| made.map(|p| p.no.clone()))
        .unwrap_or_else(|| s.say(r::WHOLE_ORDER));
    let round = i64::try_from(inspection::round(world, i)).unwrap_or(1);
    let planned = Cell::date(i.planned);
    let late = i.done_on.is_none() && i.planned.is_some_and(|day| day < s.today);
    let tone = match i.result {
        InspectionResult::Passed => Tone::Good,
        InspectionResult::Failed => Tone::Bad,
        InspectionResult::Pending => Tone::Plain,
    };
    let limits = inspection::limits_of(i);
    let found = |class: Class| {
        let n = class.found(i);
        let over = limits.iter().any(|l| l.class == class && n >= l.re);
        match i.done_on {
            None => Cell::text(""),
            Some(_) if over => Cell::of(Value::Whole(n)).tone(Tone::Bad),
            Some(_) => Cell::of(Value::Whole(n)),
        }
    };
    let note: Vec<&str> = [i.override_reason.as_str(), i.note.as_str()]
        .into_iter()
        .filter(|t| !t.is_empty())
        .collect();
    vec![
        Cell::text(order.map_or("", |o| o.no.as_str())),
        Cell::text(customer.map_or("", |c| c.name.as_str())),
        Cell::text(line.map_or("", |l| l.name.as_str())),
        Cell::text(of),
        Cell::text(i.kind.word().text(s.lang)),
        Cell::of(Value::Whole(round)),
        if late {
            planned.tone(Tone::Bad)
        } else {
            planned
        },
        Cell::date(i.done_on),
        Cell::of(Value::Qty(i.lot)),
        Cell::text(i.level.clone()),
        Cell::text(i.aql.clone()),
        Cell::of(Value::Whole(i.sample)),
        Cell::text(words::limits(&limits)),
        found(Class::Critical),
        found(Class::Major),
        found(Class::Minor),
        Cell::text(i.result.word().text(s.lang)).tone(tone),
        Cell::text(i.defects.clone()),
        Cell::text(note.join(" / ")),
    ]
}
