//! Writes a netted item down as rows: one per need date, every number with what is behind it.
// Line and demand positions come from the desk itself.
#![allow(clippy::indexing_slicing)]

use chrono::NaiveDate;

use super::input::Source;
use super::lotting::add_peg;
use super::net::{Desk, Ranks};
use super::outcome::{Cover, Lot, LotRule, Part, Row, Supply};
use crate::domain::quantity::Qty;

/// The rows of one item in date order; `lots` are all lots planned for it.
pub(super) fn rows(desk: &Desk, ranks: &Ranks, lots: &[Lot]) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    // Lines come by date, so a row is finished when the next date begins.
    for line in &desk.lines {
        if rows.last().is_none_or(|row| row.need_date != line.date) {
            rows.push(empty(desk, line.date));
        }
        let Some(row) = rows.last_mut() else {
            continue;
        };
        row.gross += line.qty;
        row.from_substitute += line.from_substitute;
        row.from_surplus += line.from_surplus;
        add_peg(&mut row.pegs, ranks.who(line.rank), line.qty);
        match desk.item.source {
            Source::Buy | Source::Make => row.net += line.net,
            Source::Phantom => row.net += line.open,
            Source::Customer => {
                row.net += line.open;
                row.shortage += line.open;
            }
        }
    }
    for demand in desk.demands.iter().filter(|d| d.qty.is_positive()) {
        if let Some(row) = row_on(&mut rows, demand.date) {
            row.parts.push(Part {
                qty: demand.qty,
                origin: demand.origin.clone(),
            });
        }
    }
    cover(desk, ranks, &mut rows);
    add_lots(&mut rows, lots);
    finish(&mut rows);
    rows
}

fn row_on(rows: &mut [Row], date: NaiveDate) -> Option<&mut Row> {
    let at = rows.binary_search_by_key(&date, |row| row.need_date).ok()?;
    rows.get_mut(at)
}

fn empty(desk: &Desk, need_date: NaiveDate) -> Row {
    Row {
        item: desk.item.id,
        need_date,
        gross: Qty::ZERO,
        from_stock: Qty::ZERO,
        from_on_order: Qty::ZERO,
        from_substitute: Qty::ZERO,
        from_surplus: Qty::ZERO,
        net: Qty::ZERO,
        source: desk.item.source,
        qty_planned: Qty::ZERO,
        shortage: Qty::ZERO,
        release_date: None,
        late_days: 0,
        rules: Vec::new(),
        surplus: Qty::ZERO,
        lots: Vec::new(),
        parts: Vec::new(),
        pegs: Vec::new(),
        covers: Vec::new(),
    }
}

/// Lists what covers each row, in the order of its lines.
fn cover(desk: &Desk, ranks: &Ranks, rows: &mut [Row]) {
    let mut takes: Vec<_> = desk.takes.iter().collect();
    takes.sort_by_key(|take| take.line);
    for take in takes {
        let line = &desk.lines[take.line];
        let Some(row) = row_on(rows, line.date) else {
            continue;
        };
        match take.from {
            Supply::Stock | Supply::Reserved(_) => row.from_stock += take.qty,
            Supply::Purchase(_) | Supply::Production(_) => row.from_on_order += take.qty,
            Supply::Substitute(_) | Supply::Lot(_) => {}
        }
        row.covers.push(Cover {
            from: take.from,
            to: ranks.who(line.rank),
            qty: take.qty,
        });
    }
}

fn add_lots(rows: &mut [Row], lots: &[Lot]) {
    for lot in lots {
        let Some(row) = row_on(rows, lot.due) else {
            continue;
        };
        row.qty_planned += lot.qty;
        row.release_date = Some(lot.release);
        row.late_days = lot.late_days;
        row.rules.clone_from(&lot.rules);
        row.lots.push(lot.number);
    }
}

/// Adds what can only be said about the rows as a whole.
fn finish(rows: &mut [Row]) {
    let mut ahead = Qty::ZERO;
    for row in rows {
        match row.source {
            Source::Phantom if row.net.is_positive() => row.rules.push(LotRule::Phantom),
            Source::Customer if row.net.is_positive() => {
                row.rules.push(LotRule::CustomerSupplied);
            }
            Source::Phantom | Source::Customer => {}
            Source::Buy | Source::Make => {
                ahead = ahead + row.qty_planned - row.net - row.from_surplus;
                row.surplus = ahead;
                if row.lots.is_empty() && row.net.is_positive() {
                    row.rules.push(LotRule::Grouped);
                }
            }
        }
    }
}
