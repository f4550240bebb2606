//! A day's figures of a department: a row for every operation that is open there, typed down the
//! column of good pieces.
//!
//! What cannot be is asked about when a cell is left: the keys go to the note of the row, and the
//! reason stands below. A figure that is known already is shown; another one in its place corrects it.

mod notes;
mod read;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};

use super::super::form::{Form, FormKind};
use super::options;
use crate::command::{Problem, Refusal};
use crate::domain::codes::{Department, ProductionState};
use crate::domain::production::{Operation, ProductionOrder};
use crate::domain::progress::Progress;
use crate::domain::quantity::Qty;
use crate::domain::rule::figures::queue;
use crate::domain::rule::production;
use crate::panel::Cx;
use crate::text::{Lang, Word, progress as t, words as w};
use crate::widget::grid::{self, GridColumn, ROWS_MAX, Stop};
use read::question;

pub(super) use notes::{asks_reason, notes};
pub(super) use read::save;

/// The column that says why a figure holds.
pub const REASON_COLUMN: &str = "note";
/// The hour from which today's figures are typed; before it those of the last working day.
const NOON: u32 = 12;
/// Days back in which a figure keeps an operation on the sheet though nothing of it is open.
const RECENT_DAYS: u64 = 7;
const AMOUNTS: [&str; 4] = ["good", "defect", "rework", "scrap"];

/// What the sheet holds of an operation on its day.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Typed {
    amounts: [Qty; 4],
    note: String,
}

/// The sheet on the usual day, of the department where most is open.
pub(super) fn open(cx: &Cx<'_>) -> Form {
    let day = usual_day(cx);
    let departments = departments(cx);
    let most = departments
        .iter()
        .max_by_key(|d| (rows(cx, **d, day).len(), **d == Department::Production));
    let department = most.copied().unwrap_or_default();
    let choices = options(&departments, Department::code, cx.lang);
    let form = Form::new(FormKind::DayFigures, 0, cx.say(t::FORM_DAY))
        .choice("department", w::DEPARTMENT, choices, department.code())
        .day("date", w::DATE, day)
        .hint(t::HINT_DAY)
        .required()
        .grid("figures", w::PART_FIGURES, columns(cx.lang), "")
        .note("note", t::NOTE_OF_ALL, "")
        .hint(t::HINT_NOTE_OF_ALL)
        .begin("figures");
    let mut form = form.hide("rows", "").hide("base", "").hide("of", "");
    load(&mut form, cx, department, day);
    form
}

/// In the morning the figures of the last working day come in, later those of today.
fn usual_day(cx: &Cx<'_>) -> NaiveDate {
    use chrono::Timelike;
    let calendar = cx.world.factory_calendar();
    let before = || calendar.on_or_before(cx.today().pred_opt()?);
    if cx.now.0.hour() < NOON {
        before().unwrap_or_else(|| cx.today())
    } else {
        cx.today()
    }
}

/// The departments that have operations to do.
fn departments(cx: &Cx<'_>) -> Vec<Department> {
    let of = |o: &Operation| department(cx, o);
    let found: BTreeSet<&str> = cx.world.operations.iter().map(|o| of(o).code()).collect();
    let all = Department::ALL.iter().copied();
    let mut all: Vec<Department> = all.filter(|d| found.contains(d.code())).collect();
    if all.is_empty() {
        all.push(Department::Production);
    }
    all
}

fn department(cx: &Cx<'_>, operation: &Operation) -> Department {
    let centre = cx.world.work_centres.find(operation.work_centre_id);
    centre.map_or(Department::Production, |c| c.department)
}

fn columns(lang: Lang) -> Vec<GridColumn> {
    let column = |key: &str, title: Word, cells: u16, right: bool, stop: Stop| GridColumn {
        key: key.to_owned(),
        title: title.text(lang).to_owned(),
        cells,
        right,
        stop,
    };
    vec![
        column("made", w::PRODUCTION_NO, 8, false, Stop::Names),
        column("operation", w::OPERATION, 9, false, Stop::Never),
        column("yesterday", t::DAY_BEFORE, 6, true, Stop::Never),
        column("left", w::LEFT, 7, true, Stop::Never),
        column("before", t::WIP_BEFORE, 7, true, Stop::Never),
        column("good", w::GOOD, 7, true, Stop::Usual),
        column("defect", w::DEFECT, 6, true, Stop::Extra),
        column("rework", w::REWORK, 6, true, Stop::Extra),
        column("scrap", w::SCRAP, 6, true, Stop::Extra),
        column(REASON_COLUMN, w::NOTE, 12, false, Stop::Extra),
    ]
}

/// The operations of the sheet: those that are open in the department on that day, what runs or
/// should run first; then those that had figures of late though their order has ended.
fn rows<'a>(
    cx: &Cx<'a>,
    of: Department,
    day: NaiveDate,
) -> Vec<(&'a ProductionOrder, &'a Operation)> {
    let world = cx.world;
    let since = day.checked_sub_days(Days::new(RECENT_DAYS)).unwrap_or(day);
    let mut found = Vec::new();
    for operation in world.operations.iter().filter(|o| department(cx, o) == of) {
        let Some(made) = world.production_orders.get(operation.production_order_id) else {
            continue;
        };
        if made.state == ProductionState::Proposed {
            continue;
        }
        let mut days = production::figures(world, operation.id).map(|p| p.date);
        let recent = days.any(|d| (since..=day).contains(&d));
        let released = made.state == ProductionState::Released && !made.on_hold;
        let ended = production::owners(world, made)
            .iter()
            .all(|(o, ..)| !crate::domain::rule::delivery::is_live(o) || o.on_hold)
            && production::owner(world, made).is_some();
        let open = released && !ended && production::left(world, made, operation).is_positive();
        if !open && !recent {
            continue;
        }
        let planned = operation.starts.map(|at| at.date());
        let place = || {
            cx.outlook
                .places
                .get(&operation.id)
                .map(|p| p.starts.date())
        };
        let starts = planned.or_else(place);
        let runs = recent || starts.is_some_and(|d| d <= day);
        let due = production::due(world, made);
        let rank = (!open, !runs, due.is_none(), due);
        found.push((rank, made.no.as_str(), operation.seq, made, operation));
    }
    found.sort_by_key(|(rank, no, seq, ..)| (*rank, *no, *seq));
    let rows = found
        .into_iter()
        .map(|(.., made, operation)| (made, operation));
    rows.take(ROWS_MAX).collect()
}

/// The figures of an operation on a day that count.
fn known<'a>(cx: &Cx<'a>, operation: i64, day: NaiveDate) -> Vec<&'a Progress> {
    let all = production::figures(cx.world, operation);
    all.filter(|p| p.date == day).collect()
}

fn sum(known: &[&Progress]) -> Typed {
    let add = |f: &dyn Fn(&Progress) -> Qty| known.iter().map(|p| f(p)).sum();
    let notes = known.iter().map(|p| p.note.as_str());
    let notes: Vec<&str> = notes.filter(|n| !n.is_empty()).collect();
    Typed {
        amounts: [
            add(&|p| p.good),
            add(&|p| p.defect),
            add(&|p| p.rework),
            add(&|p| p.scrap),
        ],
        note: notes.join(" "),
    }
}

/// Puts the rows of a department and a day into the form; what was typed for an operation stays.
fn load(form: &mut Form, cx: &Cx<'_>, of: Department, day: NaiveDate) {
    let columns = columns(cx.lang);
    let typed = changed(form, &columns);
    let calendar = cx.world.factory_calendar();
    let before = day.pred_opt().and_then(|d| calendar.on_or_before(d));
    let (mut ids, mut base) = (Vec::new(), Vec::new());
    let blank = |q: Qty| if q.is_zero() { String::new() } else { q.text() };
    for (made, operation) in rows(cx, of, day) {
        let yesterday: Qty = production::figures(cx.world, operation.id)
            .filter(|p| Some(p.date) == before)
            .map(|p| p.good)
            .sum();
        let own = known(cx, operation.id, day);
        let there = sum(&own);
        let mut cells = vec![
            made.no.clone(),
            operation.name.clone(),
            blank(yesterday),
            production::left(cx.world, made, operation).text(),
            queue(cx.world, operation).map_or_else(String::new, Qty::text),
        ];
        cells.extend(there.amounts.map(blank));
        cells.push(there.note.replace(['\t', '\n'], " "));
        ids.push(operation.id.to_string());
        base.push(cells);
    }
    let before = grid::write(&columns, &base);
    for (id, cells) in ids.iter().zip(base.iter_mut()) {
        for (at, text) in typed.get(id).into_iter().flatten() {
            if let Some(cell) = cells.get_mut(*at) {
                cell.clone_from(text);
            }
        }
    }
    form.hidden.insert("rows".into(), ids.join(" "));
    form.hidden.insert("base".into(), before);
    form.hidden
        .insert("of".into(), format!("{} {day}", of.code()));
    let text = grid::write(&columns, &base);
    *form = std::mem::replace(form, Form::new(FormKind::DayFigures, 0, "")).with("figures", text);
    question(form, cx);
}

/// The cells that were typed, by operation: column and text.
fn changed(form: &Form, columns: &[GridColumn]) -> BTreeMap<String, Vec<(usize, String)>> {
    let base = form.hidden.get("base").map_or("", String::as_str);
    let base = grid::read(columns, base);
    let now = grid::read(columns, form.value("figures"));
    let ids = form.hidden.get("rows").map_or("", String::as_str);
    let mut out: BTreeMap<String, Vec<(usize, String)>> = BTreeMap::new();
    for ((id, was), is) in ids.split(' ').zip(&base).zip(&now) {
        for (at, (was, is)) in was.iter().zip(is).enumerate() {
            if was != is {
                out.entry(id.to_owned()).or_default().push((at, is.clone()));
            }
        }
    }
    out
}

/// Fills in what follows: the rows of another day or department, and what is in doubt.
pub(super) fn complete(form: &mut Form, cx: &Cx<'_>) {
    let values = form.values(cx.today());
    let of = values.code("department", Department::of).ok();
    let day = values.date("date").ok().flatten();
    let (Some(of), Some(day)) = (of, day) else {
        return;
    };
    let shown = form.hidden.get("of").map_or("", String::as_str);
    if shown == format!("{} {day}", of.code()) {
        question(form, cx);
    } else {
        load(form, cx, of, day);
    }
}

/// Moves the sheet by days.
pub fn step_day(form: &mut Form, by: isize) {
    let field = form.fields.iter_mut().find(|f| f.key == "date");
    let day = field.as_ref().and_then(|f| f.value.trim().parse().ok());
    let by = i64::try_from(by).ok().and_then(chrono::TimeDelta::try_days);
    let moved = day
        .zip(by)
        .and_then(|(d, by): (NaiveDate, _)| d.checked_add_signed(by));
    if let (Some(field), Some(day)) = (field, moved) {
        field.value = day.to_string();
    }
}

/// A day that has not come yet has no figures.
pub(super) fn wrong_day(form: &Form, cx: &Cx<'_>) -> Option<Refusal> {
    let today = cx.today();
    match form.values(today).needed_date("date") {
        Ok(date) if date > today => Some(Refusal::at("date", Problem::DateAhead { date, today })),
        Ok(_) => None,
        Err(refused) => Some(refused),
    }
}
