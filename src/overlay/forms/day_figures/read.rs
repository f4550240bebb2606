//! What was typed on the sheet: read, doubted, made a command.

use std::collections::BTreeMap;

use super::{AMOUNTS, REASON_COLUMN, Typed, columns, known, sum};
use crate::command::progress::{self as command, Figures, ReportProgress};
use crate::command::{Command, Problem, Refusal};
use crate::domain::rule::figures::{Doubt, Entry, doubts};
use crate::overlay::form::{Form, Values};
use crate::panel::Cx;
use crate::text::{Lang, datein, progress as t};
use crate::widget::grid;

/// Notes down which cells are in doubt, and why.
pub(super) fn question(form: &mut Form, cx: &Cx<'_>) {
    let mut lines = Vec::new();
    for (row, doubt, unit) in in_doubt(form, cx) {
        let said = t::doubt(&doubt, &unit, cx.lang).replace(['\t', '\n'], " ");
        lines.push(format!("{row}\t{said}"));
    }
    form.hidden.insert("doubts".into(), lines.join("\n"));
}

/// Rows whose good pieces can hardly be right, with the unit.
fn in_doubt(form: &Form, cx: &Cx<'_>) -> Vec<(usize, Doubt, String)> {
    let Ok(day) = form.values(cx.today()).needed_date("date") else {
        return Vec::new();
    };
    let mut entries = Vec::new();
    for (row, operation, typed) in typed(form) {
        let there = sum(&known(cx, operation, day));
        let Ok(typed) = typed else { continue };
        if typed.amounts == there.amounts {
            continue;
        }
        let [good, ..] = typed.amounts;
        let [replaced, ..] = there.amounts;
        let entry = Entry {
            operation_id: operation,
            good,
            replaced,
        };
        entries.push((row, entry));
    }
    let plain: Vec<Entry> = entries.iter().map(|(_, e)| *e).collect();
    let doubts = doubts(cx.world, &plain);
    let with = entries.iter().zip(doubts);
    let found = with.filter_map(|((row, e), doubt)| {
        let unit = command::unit(cx.world, e.operation_id);
        Some((*row, doubt?, unit))
    });
    found.collect()
}

/// What the rows hold: row, operation, values; an amount that cannot be read with its column.
fn typed(form: &Form) -> Vec<(usize, i64, Result<Typed, Refusal>)> {
    let columns = columns(Lang::default());
    let ids = form.hidden.get("rows").map_or("", String::as_str);
    let all = grid::read(&columns, form.value("figures"));
    let place = |key: &str| columns.iter().position(|c| c.key == key);
    let mut out = Vec::new();
    for (row, (id, cells)) in ids.split(' ').zip(&all).enumerate() {
        let Ok(id) = id.parse() else { continue };
        let text = |key: &str| {
            let cell = place(key).and_then(|at| cells.get(at));
            cell.map_or("", |c| c.trim())
        };
        out.push((row, id, read(row, &text)));
    }
    out
}

fn read<'a>(row: usize, text: &dyn Fn(&str) -> &'a str) -> Result<Typed, Refusal> {
    let mut out = Typed {
        note: text(REASON_COLUMN).to_owned(),
        ..Typed::default()
    };
    for (slot, key) in out.amounts.iter_mut().zip(AMOUNTS) {
        let text = text(key);
        if text.is_empty() {
            continue;
        }
        let wrong = |problem| in_row(row, key, problem);
        *slot = datein::parse_amount(text).map_err(|e| wrong(Problem::Amount(e)))?;
        if slot.is_negative() {
            return Err(wrong(Problem::NotPositive));
        }
    }
    Ok(out)
}

fn in_row(row: usize, column: &str, problem: Problem) -> Refusal {
    let problem = Problem::InRow {
        row,
        column: column.to_owned(),
        problem: Box::new(problem),
    };
    Refusal::at("figures", problem)
}

/// The command of all rows that say something new.
pub(in super::super) fn save(form: &Form, v: &Values<'_>, cx: &Cx<'_>) -> Result<Command, Refusal> {
    let date = v.needed_date("date")?;
    let all = v.text("note");
    let mut figures = Vec::new();
    let mut notes: BTreeMap<usize, bool> = BTreeMap::new();
    for (row, operation_id, typed) in typed(form) {
        let typed = typed?;
        let known = known(cx, operation_id, date);
        let there = sum(&known);
        if typed == there {
            continue;
        }
        let note = if typed.note.is_empty() {
            all.clone()
        } else {
            typed.note.clone()
        };
        notes.insert(row, !note.is_empty());
        let [good, defect, rework, scrap] = typed.amounts;
        let first = known.first();
        if first.is_none() && typed.amounts.iter().all(|q| q.is_zero()) {
            continue;
        }
        figures.push(Figures {
            operation_id,
            good,
            defect,
            rework,
            scrap,
            shift: first.map_or_else(String::new, |p| p.shift.clone()),
            note: note.clone(),
            corrects: first.map(|p| p.id),
        });
        // The sheet shows the sum of a day; further figures of it are in the new one.
        figures.extend(known.iter().skip(1).map(|p| Figures {
            operation_id,
            shift: p.shift.clone(),
            note: note.clone(),
            corrects: Some(p.id),
            ..Figures::default()
        }));
    }
    for (row, doubt, unit) in in_doubt(form, cx) {
        if notes.get(&row) == Some(&false) {
            return Err(in_row(row, "good", Problem::Doubtful { doubt, unit }));
        }
    }
    if figures.is_empty() {
        return Err(Refusal::at("figures", Problem::Not(t::NO_FIGURES)));
    }
    Ok(Command::ReportProgress(ReportProgress { date, figures }))
}
