//! Suppliers in the Materials panel: how each kept his word, and what is open with him.

use super::super::Long;
use super::*;
use crate::domain::rule::chase;
use crate::domain::rule::supplier::Record;
use crate::text::chasing as c;

const SUPPLIERS: &[Column] = &[
    column(w::SUPPLIER, Width::Fill(1), 0),
    number(c::DELIVERIES, 4, 2),
    number(c::FIRST_SLIP, 9, 0),
    number(c::LAST_SLIP, 9, 3),
    number(c::ON_TIME, 7, 0),
    number(c::MISSING, 7, 4),
    number(c::QUALITY, 7, 1),
    column(c::OPEN_LINES, Width::Fixed(46), 0),
];

/// Every supplier with his record, his open lines below him, worst expected loss first.
pub(super) fn suppliers(cx: &Cx<'_>) -> Part {
    let mut records: Vec<&Record> = cx.outlook.suppliers.iter().collect();
    records.sort_by_cached_key(|r| {
        let loss = lines(cx, r.supplier_id).map(|l| l.loss.0).sum::<i64>();
        (std::cmp::Reverse(loss), r.supplier_id)
    });
    let count = records.iter().filter(|r| r.open > 0).count();
    let mut ids = Vec::new();
    for record in records {
        ids.push(record.supplier_id * 2);
        ids.extend(lines(cx, record.supplier_id).map(|line| line.purchase_id * 2 + 1));
    }
    Part {
        kind: PartKind::Suppliers,
        title: c::PART_SUPPLIERS,
        count: Some(count),
        content: Content::Long(Long {
            columns: SUPPLIERS,
            ids,
            empty: Some(c::EMPTY_SUPPLIERS),
        }),
    }
}

/// The cells of a row: an even one is a supplier's, an odd one a purchase line's.
pub(super) fn cells(cx: &Cx<'_>, row: i64) -> Vec<Cell> {
    if row % 2 == 0 {
        let mut records = cx.outlook.suppliers.iter();
        let record = records.find(|r| r.supplier_id == row / 2);
        return record.map(|r| head(cx, r)).unwrap_or_default();
    }
    let mut all = cx.outlook.chases.iter();
    let line = all.find(|l| l.purchase_id == row / 2);
    line.map(|l| below(cx, l)).unwrap_or_default()
}

fn lines<'a>(cx: &Cx<'a>, supplier: i64) -> impl Iterator<Item = &'a chase::Line> {
    let all = cx.outlook.chases.iter();
    all.filter(move |l| l.supplier_id == Some(supplier))
}

fn head(cx: &Cx<'_>, record: &Record) -> Vec<Cell> {
    let supplier = cx.world.suppliers.get(record.supplier_id);
    let name = supplier.map_or("", |s| s.name.as_str());
    let rate = |share: Option<Qty>| share.map_or_else(|| dim("—"), |s| percent(s.round_to(2)));
    let whole = |n: i64| match n {
        0 => dim(""),
        n => text(n.to_string()),
    };
    let mut missing = whole(record.missing);
    missing.role = Role::Bad;
    vec![
        Cell::new(name, Role::Accent),
        text(record.samples.to_string()),
        text(c::slip(record.first, record)),
        text(c::slip(record.last, record)),
        rate(record.on_time_rate()),
        missing,
        rate(record.quality),
        whole(record.open),
    ]
}

fn below(cx: &Cx<'_>, line: &chase::Line) -> Vec<Cell> {
    let bought = cx.world.purchases.get(line.purchase_id);
    let mut cells = vec![dim(""); SUPPLIERS.len()];
    let named = |p: &Purchase| format!(" {} {}", c::line_name(p), item_name(cx, p.item_id));
    if let Some(cell) = cells.first_mut() {
        *cell = dim(bought.map(named).unwrap_or_default());
    }
    if let Some(cell) = cells.last_mut() {
        *cell = text(c::outlook_of(line, cx.today(), cx.lang));
    }
    cells
}

/// The purchase line of a row: its own, or the supplier's worst.
pub(super) fn line_of(cx: &Cx<'_>, row: i64) -> Option<i64> {
    if row % 2 == 1 {
        return Some(row / 2);
    }
    lines(cx, row / 2).next().map(|l| l.purchase_id)
}

/// The supplier of a row.
pub(super) fn supplier_of(cx: &Cx<'_>, row: i64) -> Option<i64> {
    if row % 2 == 0 {
        return Some(row / 2);
    }
    cx.world.purchases.get(row / 2).and_then(|p| p.supplier_id)
}
