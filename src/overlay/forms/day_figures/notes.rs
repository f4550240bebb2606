//! What stands beside what was typed on the sheet: sums, and what can hardly be right.

use std::collections::BTreeMap;

use super::{AMOUNTS, REASON_COLUMN};
use crate::command::{Problem, Refusal};
use crate::domain::quantity::Qty;
use crate::overlay::form::Form;
use crate::text::{Lang, datein, format, progress as t, words as w};
use crate::widget::grid::{Grid, Notes};

/// The rows in doubt with the sentence.
fn said(form: &Form) -> BTreeMap<usize, &str> {
    let lines = form.hidden.get("doubts").map_or("", String::as_str).lines();
    let parts = lines.filter_map(|line| line.split_once('\t'));
    parts
        .filter_map(|(row, said)| Some((row.parse().ok()?, said)))
        .collect()
}

/// Sums, amounts that cannot be read, and what is in doubt.
pub(in super::super) fn notes(form: &Form, grid: &Grid, lang: Lang) -> Notes {
    let place = |key: &str| grid.columns().iter().position(|c| c.key == key);
    let mut notes = Notes::default();
    let (row, _) = grid.at();
    if grid.rows().is_empty() {
        t::NOTHING_OPEN.text(lang).clone_into(&mut notes.said);
    }
    for (at, said) in said(form) {
        notes.wrong.extend(place("good").map(|column| (at, column)));
        if at == row {
            said.clone_into(&mut notes.said);
        }
    }
    for key in AMOUNTS {
        let Some(column) = place(key) else { continue };
        let mut sum = Qty::ZERO;
        for (at, cells) in grid.rows().iter().enumerate() {
            let text = cells.get(column).map_or("", |c| c.trim());
            if text.is_empty() {
                continue;
            }
            match datein::parse_amount(text) {
                Ok(qty) if !qty.is_negative() => sum += qty,
                Ok(_) => {
                    notes.wrong.insert((at, column));
                }
                Err(error) => {
                    notes.wrong.insert((at, column));
                    if at == row {
                        let refused = Refusal::at("figures", Problem::Amount(error));
                        notes.said = crate::text::refusal::sentence(&refused, lang);
                    }
                }
            }
        }
        if !sum.is_zero() {
            notes.foot.insert(column, format::qty(sum));
        }
    }
    if let Some(at) = place("made") {
        notes.foot.insert(at, w::TOTAL_ROW.text(lang).to_owned());
    }
    notes
}

/// Whether the cell that has the keys is in doubt and its row has no note.
pub(in super::super) fn asks_reason(form: &Form, grid: &Grid) -> bool {
    let (row, _) = grid.at();
    let note = grid.columns().iter().position(|c| c.key == REASON_COLUMN);
    let cells = grid.rows().get(row);
    let note = note.and_then(|at| cells?.get(at));
    let none = note.is_none_or(|text| text.trim().is_empty());
    let for_all = form.value("note").trim().is_empty();
    grid.column_key() == "good" && none && for_all && said(form).contains_key(&row)
}
