//! The supplier list (供应商清单): how each of them kept his word.

use super::paper::{Alarm, Cell, Layout, Paper, Table, Value};
use super::{Lacks, Scope};
use crate::domain::quantity::Micro;
use crate::domain::rule::supplier::Record;
use crate::text::{chasing as c, report as r, words as w};

pub(super) fn make(s: &Scope<'_>) -> Result<Paper, Lacks> {
    if s.outlook.suppliers.is_empty() {
        return Err(Lacks::Rows);
    }
    let columns = vec![
        s.column(c::CODE, 8).key(),
        s.column(w::SUPPLIER, 26),
        s.column(c::CONTACT, 24),
        s.column(c::LEAD_DAYS, 8),
        s.column(c::DELIVERIES, 6),
        s.column(c::FIRST_P50, 10),
        s.column(c::FIRST_P80, 10),
        s.column(c::LAST_P50, 10),
        s.column(c::LAST_P80, 10),
        s.column(c::ON_TIME, 8).alarm(Alarm::BelowWhole).bars(),
        s.column(c::MISSING, 8).alarm(Alarm::AboveZero),
        s.column(c::QUALITY, 8),
        s.column(c::OPEN_LINES, 8),
        s.column(c::LOSS, 9),
    ];
    Ok(Paper {
        title: s.say(c::SUPPLIER_LIST),
        head: vec![(s.say(r::MADE_ON), s.today.to_string())],
        tables: vec![Table {
            title: String::new(),
            columns,
            rows: s.outlook.suppliers.iter().map(|k| row(s, k)).collect(),
        }],
        foot: vec![s.say(c::SLIP_FOOT)],
        layout: Layout::Pages,
    })
}

fn row(s: &Scope<'_>, record: &Record) -> Vec<Cell> {
    let supplier = s.world.suppliers.get(record.supplier_id);
    let whole = |n: i64| Cell::of(Value::Whole(n));
    let mine = s.outlook.chases.iter();
    let mine = mine.filter(|l| l.supplier_id == Some(record.supplier_id));
    let loss: Micro = mine.map(|l| l.loss).sum();
    vec![
        Cell::text(supplier.map_or("", |k| k.code.as_str())),
        Cell::text(supplier.map_or("", |k| k.name.as_str())),
        Cell::text(supplier.map_or("", |k| k.contact.as_str())),
        whole(supplier.map_or(0, |k| k.lead_days)),
        whole(record.samples),
        whole(record.first.p50),
        whole(record.first.p80),
        whole(record.last.p50),
        whole(record.last.p80),
        Cell::percent(record.on_time_rate()),
        whole(record.missing),
        Cell::percent(record.quality),
        whole(record.open),
        Cell::of(Value::Qty(loss.round_to(2))),
    ]
}
