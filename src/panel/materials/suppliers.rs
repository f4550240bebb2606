//! Suppliers in the Materials panel: how each kept his word, and what is open with him.

use super::*;
use crate::domain::rule::chase;
use crate::domain::rule::supplier::Record;
use crate::text::chasing as c;

const SUPPLIERS: &[Column] = &[
    column(w::SUPPLIER, Width::Fill(12), 0),
    number(c::DELIVERIES, 4, 2),
    number(c::FIRST_SLIP, 9, 0),
    number(c::LAST_SLIP, 9, 3),
    number(c::ON_TIME, 7, 0),
    number(c::MISSING, 7, 4),
    number(c::QUALITY, 7, 1),
    column(c::OPEN_LINES, Width::Fill(44), 0),
];

/// Every supplier with his record, his open lines below him, worst expected loss first.
pub(super) fn suppliers(cx: &Cx<'_>) -> Part {
    let mut records: Vec<&Record> = cx.outlook.suppliers.iter().collect();
    records.sort_by_cached_key(|r| {
        let loss = lines(cx, r.supplier_id).map(|l| l.loss.0).sum::<i64>();
        (std::cmp::Reverse(loss), r.supplier_id)
    });
    let count = records.iter().filter(|r| r.open > 0).count();
    let mut rows = Vec::new();
    for record in records {
        rows.push(head(cx, record));
        rows.extend(lines(cx, record.supplier_id).map(|line| below(cx, line)));
    }
    let list = Listing {
        columns: SUPPLIERS,
        rows,
        empty: Some(c::EMPTY_SUPPLIERS),
    };
    Part {
        kind: PartKind::Suppliers,
        title: c::PART_SUPPLIERS,
        count: Some(count),
        content: Content::List(list),
    }
}

fn lines<'a>(cx: &Cx<'a>, supplier: i64) -> impl Iterator<Item = &'a chase::Line> {
    let all = cx.outlook.chases.iter();
    all.filter(move |l| l.supplier_id == Some(supplier))
}

fn head(cx: &Cx<'_>, record: &Record) -> Row {
    let supplier = cx.world.suppliers.get(record.supplier_id);
    let name = supplier.map_or("", |s| s.name.as_str());
    let rate = |share: Option<Qty>| share.map_or_else(|| dim("—"), |s| percent(s.round_to(2)));
    let whole = |n: i64| match n {
        0 => dim(""),
        n => text(n.to_string()),
    };
    let mut missing = whole(record.missing);
    missing.role = Role::Bad;
    Row {
        id: record.supplier_id * 2,
        cells: vec![
            Cell::new(name, Role::Accent),
            text(record.samples.to_string()),
            text(c::slip(record.first, record)),
            text(c::slip(record.last, record)),
            rate(record.on_time_rate()),
            missing,
            rate(record.quality),
            whole(record.open),
        ],
    }
}

fn below(cx: &Cx<'_>, line: &chase::Line) -> Row {
    let bought = cx.world.purchases.get(line.purchase_id);
    let mut cells = vec![dim(""); SUPPLIERS.len()];
    if let Some(cell) = cells.first_mut() {
        *cell = dim(format!(
            "  {}",
            bought.map(c::line_name).unwrap_or_default()
        ));
    }
    if let Some(cell) = cells.last_mut() {
        *cell = text(c::outlook_of(cx.world, line, cx.today(), cx.lang));
    }
    Row {
        id: line.purchase_id * 2 + 1,
        cells,
    }
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
