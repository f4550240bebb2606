//! What follows from the lines of the order form while they are typed: sums, amounts, what is wrong.

use super::super::form::Form;
use super::entry::Cells;
use crate::domain::quantity::Qty;
use crate::text::{Lang, datein, format, refusal, words as w};
use crate::widget::grid::{Grid, Notes};

/// Sums, amounts and what cannot be right.
pub(super) fn notes(_form: &Form, grid: &Grid, lang: Lang) -> Notes {
    let columns = grid.columns();
    let place = |key: &str| columns.iter().position(|c| c.key == key);
    let mut notes = Notes::default();
    // Row, quantity and price of the line being read.
    let mut line: Option<(usize, Qty, Option<Qty>)> = None;
    let (mut all, mut money) = (Qty::ZERO, Qty::ZERO);
    let today = chrono::NaiveDate::default();
    for (row, cells) in grid.rows().iter().enumerate() {
        let cells = Cells {
            columns,
            cells,
            row,
        };
        if cells.is_blank() {
            continue;
        }
        let mut wrong = |key: &str, said: String| {
            if let Some(at) = place(key) {
                notes.wrong.insert((row, at));
            }
            if row == grid.at().0 {
                notes.said = said;
            }
        };
        for key in ["qty", "unit_price", "amount", "tolerance"] {
            if let Err(refused) = cells.amount(key) {
                wrong(key, refusal::sentence(&refused, lang));
            }
        }
        if let Err(refused) = cells.dates(today)
            && datein::parse_date(cells.text("requested_date"), today).is_err()
        {
            wrong("requested_date", refusal::sentence(&refused, lang));
        }
        let sizes = match cells.sizes() {
            Ok(sizes) => sizes,
            Err(refused) => {
                wrong("colour", refusal::sentence(&refused, lang));
                Vec::new()
            }
        };
        let sum: Qty = sizes.iter().map(|(_, qty)| *qty).sum();
        let stated = cells.amount("qty").ok().flatten();
        if let Some(stated) = stated
            && !sizes.is_empty()
            && stated != sum
        {
            let said = w::SIZES_SUM.fill(lang, &[&format::qty(sum), &format::qty(stated)]);
            wrong("qty", said);
        }
        let qty = stated.unwrap_or(sum);
        if let (None, false, Some(at)) = (stated, sizes.is_empty(), place("qty")) {
            notes.ghosts.insert((row, at), sum.text());
        }
        for (size, qty) in &sizes {
            if let Some(at) = place(&format!("size:{size}")) {
                add(&mut notes, at, *qty);
            }
        }
        all += qty;
        let price = cells.amount("unit_price").ok().flatten();
        line = match line {
            Some((first, sum, price)) if !cells.begins() => Some((first, sum + qty, price)),
            _ => Some((row, qty, price)),
        };
        if let (Some((first, qty, Some(price))), Some(at)) = (line, place("amount")) {
            let amount = qty.times(price).round_to(2).text_fixed(2);
            notes.ghosts.insert((first, at), amount);
        }
    }
    totals(&mut notes, grid, all, &mut money);
    if let Some(at) = place("item").filter(|_| !grid.rows().is_empty()) {
        notes.foot.insert(at, w::TOTAL_ROW.text(lang).to_owned());
    }
    notes
}

/// Adds to the total under a column.
fn add(notes: &mut Notes, column: usize, qty: Qty) {
    let before = notes
        .foot
        .get(&column)
        .and_then(|t| datein::parse_amount(t).ok());
    let sum = before.unwrap_or_default() + qty;
    notes.foot.insert(column, sum.text());
}

/// Totals of quantity and amount; a stated amount counts before a computed one.
fn totals(notes: &mut Notes, grid: &Grid, all: Qty, money: &mut Qty) {
    let place = |key: &str| grid.columns().iter().position(|c| c.key == key);
    if let Some(at) = place("qty").filter(|_| !all.is_zero()) {
        notes.foot.insert(at, all.text());
    }
    let Some(at) = place("amount") else { return };
    for (row, cells) in grid.rows().iter().enumerate() {
        let typed = cells.get(at).map_or("", |c| c.trim());
        let text = if typed.is_empty() {
            notes.ghosts.get(&(row, at)).map_or("", String::as_str)
        } else {
            typed
        };
        *money += datein::parse_amount(text).unwrap_or_default();
    }
    if !money.is_zero() {
        notes.foot.insert(at, money.text_fixed(2));
    }
}
