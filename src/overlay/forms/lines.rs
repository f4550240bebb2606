//! What follows from the lines of the order form while they are typed: sums, amounts, what is wrong.

use super::entry::Cells;
use crate::command::Refusal;
use crate::domain::quantity::Qty;
use crate::text::{Lang, datein, format, refusal, words as w};
use crate::widget::grid::{Grid, Notes};

/// The line that is being read: its first row, its quantity so far, its price.
#[derive(Clone, Copy)]
struct Line {
    row: usize,
    qty: Qty,
    price: Option<Qty>,
}

/// Sums, amounts and what cannot be right.
pub(super) fn notes(grid: &Grid, lang: Lang) -> Notes {
    let columns = grid.columns();
    let place = |key: &str| columns.iter().position(|c| c.key == key);
    let mut notes = Notes::default();
    let mut line: Option<Line> = None;
    let mut all = Qty::ZERO;
    for (row, cells) in grid.rows().iter().enumerate() {
        let cells = Cells {
            columns,
            cells,
            row,
        };
        if cells.is_blank() {
            continue;
        }
        for (key, said) in wrong(&cells, lang) {
            notes.wrong.extend(place(&key).map(|at| (row, at)));
            if row == grid.at().0 {
                notes.said = said;
            }
        }
        let qty = quantities(&mut notes, &cells);
        all += qty;
        let now = match line {
            Some(line) if !cells.begins() => Line {
                qty: line.qty + qty,
                ..line
            },
            _ => Line {
                row,
                qty,
                price: cells.amount("unit_price").ok().flatten(),
            },
        };
        if let (Some(price), Some(at)) = (now.price, place("amount")) {
            let amount = now.qty.times(price).round_to(2).text_fixed(2);
            notes.ghosts.insert((now.row, at), amount);
        }
        line = Some(now);
    }
    if let Some(at) = place("item").filter(|_| line.is_some()) {
        notes.foot.insert(at, w::TOTAL_ROW.text(lang).to_owned());
    }
    if let Some(at) = place("qty").filter(|_| !all.is_zero()) {
        notes.foot.insert(at, all.text());
    }
    money(&mut notes, grid);
    notes
}

/// Columns of a row that cannot be right, each with the sentence.
fn wrong(cells: &Cells<'_>, lang: Lang) -> Vec<(String, String)> {
    let mut out = Vec::new();
    let mut take = |key: &str, refused: Refusal| {
        out.push((key.to_owned(), refusal::sentence(&refused, lang)));
    };
    for column in cells.columns {
        let counts = ["qty", "unit_price", "amount", "tolerance"].contains(&column.key.as_str());
        if (counts || column.key.starts_with("size:"))
            && let Err(refused) = cells.amount(&column.key)
        {
            take(&column.key, refused);
        }
    }
    // Whether a text is a date does not depend on the day; which one it is does.
    if let Err(refused) = cells.dates(chrono::NaiveDate::default()) {
        take("requested_date", refused);
    }
    if let (Some(stated), Some(sum)) = (cells.amount("qty").ok().flatten(), size_sum(cells))
        && stated != sum
    {
        let said = w::SIZES_SUM.fill(lang, &[&format::qty(sum), &format::qty(stated)]);
        out.push(("qty".to_owned(), said));
    }
    out
}

fn size_sum(cells: &Cells<'_>) -> Option<Qty> {
    let sizes = cells.sizes().ok().filter(|sizes| !sizes.is_empty())?;
    Some(sizes.iter().map(|(_, qty)| *qty).sum())
}

/// Notes the sums of a row; returns its quantity.
fn quantities(notes: &mut Notes, cells: &Cells<'_>) -> Qty {
    let place = |key: &str| cells.columns.iter().position(|c| c.key == key);
    for (size, qty) in cells.sizes().unwrap_or_default() {
        if let Some(at) = place(&format!("size:{size}")) {
            let before = notes
                .foot
                .get(&at)
                .and_then(|t| datein::parse_amount(t).ok());
            notes
                .foot
                .insert(at, (before.unwrap_or_default() + qty).text());
        }
    }
    let (stated, sum) = (cells.amount("qty").ok().flatten(), size_sum(cells));
    if let (None, Some(sum), Some(at)) = (stated, sum, place("qty")) {
        notes.ghosts.insert((cells.row, at), sum.text());
    }
    stated.or(sum).unwrap_or_default()
}

/// The total of the amounts; a stated one counts before a computed one.
fn money(notes: &mut Notes, grid: &Grid) {
    let Some(at) = grid.columns().iter().position(|c| c.key == "amount") else {
        return;
    };
    let typed = |cells: &[String]| cells.get(at).map(|c| c.trim().to_owned());
    let mut sum = Qty::ZERO;
    for (row, cells) in grid.rows().iter().enumerate() {
        let typed = typed(cells).filter(|text| !text.is_empty());
        let text = typed.or_else(|| notes.ghosts.get(&(row, at)).cloned());
        sum += text
            .and_then(|t| datein::parse_amount(&t).ok())
            .unwrap_or_default();
    }
    if !sum.is_zero() {
        notes.foot.insert(at, sum.text_fixed(2));
    }
}
