//! The summary of a period on the screen: numbers, the rows behind them, the text of each heading.

use chrono::{Datelike, NaiveDate};

use super::App;
use crate::command::{Problem, Refusal};
use crate::domain::codes::Stage;
use crate::domain::rule::summary::{self, Case, CaseOf, Period, Section};
use crate::domain::world::{Scope, World};
use crate::overlay::form::{Form, FormKind};
use crate::overlay::sheet::{Purpose, Sheet, SheetReply};
use crate::overlay::{Overlay, forms};
use crate::panel::build::{dim, text};
use crate::panel::{Cell, Column, Listing, Row, Width, column, number};
use crate::text::refusal;
use crate::text::{shell, summary as s};
use crate::theme::Role;

const NUMBERS: &[Column] = &[
    column(s::ITEM, Width::Fill(1), 0),
    number(s::NOW, 17, 0),
    number(s::BEFORE, 9, 1),
    number(s::ROWS, 5, 2),
];

const BEHIND: &[Column] = &[
    column(s::CASE, Width::Fixed(12), 0),
    column(s::CASE_ORDER, Width::Fixed(12), 1),
    number(s::CASE_DAYS, 12, 0),
    column(s::ITEM, Width::Fill(1), 2),
];

/// Rows of a heading in the table: its text, its numbers, its cases.
const STRIDE: i64 = 1_000;
/// Where the cases of a heading begin.
const CASES: i64 = 900;

impl App {
    /// Opens the summary of this year.
    pub(crate) fn open_summary(&mut self) {
        let year = self.store.clock().today().year();
        if let Some(period) = Period::year(year) {
            self.read_past(period);
            let sheet = self.summary_sheet(period);
            self.overlays.push(Overlay::Sheet(Box::new(sheet)));
        }
    }

    /// Reads what is on the shelf of a period and the one before it, where anything is there.
    fn read_past(&mut self, period: Period) {
        self.past = None;
        if self.world.scope == Scope::Whole {
            return;
        }
        let from = period.moved(-1).map_or(period.from, |before| before.from);
        match self.store.world_since(from) {
            Ok(world) => self.past = Some(Box::new(world)),
            Err(error) => self.say(refusal::store(&error, self.lang), Role::Bad),
        }
    }

    /// What a period is told from.
    fn told_of(&self) -> &World {
        self.past.as_deref().unwrap_or(&self.world)
    }

    fn sections(&self, period: Period) -> Vec<Section> {
        summary::sections(self.told_of(), self.store.clock().today(), period)
    }

    fn summary_sheet(&self, period: Period) -> Sheet {
        let lang = self.lang;
        let title = s::TITLE.fill(lang, &[&s::period(period, lang)]);
        let mut rows = Vec::new();
        for (at, section) in (0..).zip(self.sections(period)) {
            rows.extend(self.summary_rows(at * STRIDE, period, &section));
        }
        let listing = Listing {
            columns: NUMBERS,
            rows,
            empty: None,
        };
        let mut sheet = Sheet::read(title, listing);
        sheet.purpose = Purpose::Summary(period);
        sheet
    }

    fn summary_rows(&self, base: i64, period: Period, section: &Section) -> Vec<Row> {
        let lang = self.lang;
        let own = summary::written(self.told_of(), period, section.heading).is_some();
        let mark = if own { s::WRITTEN } else { s::DRAFT };
        let title = s::heading(section.heading).text(lang);
        let mut rows = vec![Row {
            id: base,
            cells: vec![
                Cell::new(title, Role::Title),
                dim(mark.text(lang)),
                dim(""),
                dim(""),
            ],
        }];
        let behind = |n: usize| if n == 0 { dim("") } else { dim(n.to_string()) };
        for (id, f) in (base + 1..).zip(&section.figures) {
            rows.push(Row {
                id,
                cells: vec![
                    text(format!("  {}", s::number(f.number).1.text(lang))),
                    text(s::amount(f.amount, lang)),
                    dim(s::short(f.before, lang)),
                    behind(f.rows.len()),
                ],
            });
        }
        for (id, (word, cases)) in (base + CASES..).zip(cases(section)) {
            if cases.is_empty() {
                continue;
            }
            let said = s::cases(self.told_of(), cases, lang);
            rows.push(Row {
                id,
                cells: vec![
                    text(format!("  {}  {said}", word.text(lang))),
                    dim(""),
                    dim(""),
                    behind(cases.len()),
                ],
            });
        }
        rows
    }

    /// Makes the summary that is open again after a change.
    pub(super) fn refresh_summary(&mut self) {
        let found = self.overlays.iter().position(
            |o| matches!(o, Overlay::Sheet(sheet) if matches!(sheet.purpose, Purpose::Summary(_))),
        );
        let Some(at) = found else {
            self.past = None;
            return;
        };
        let Some(Overlay::Sheet(old)) = self.overlays.get(at) else {
            return;
        };
        let Purpose::Summary(period) = old.purpose else {
            return;
        };
        let row = old.listing.rows.get(old.selected).map(|r| r.id);
        self.read_past(period);
        let mut sheet = self.summary_sheet(period);
        let place = sheet.listing.rows.iter().position(|r| Some(r.id) == row);
        sheet.selected = place.unwrap_or(0);
        if let Some(slot) = self.overlays.get_mut(at) {
            *slot = Overlay::Sheet(Box::new(sheet));
        }
    }

    /// Turns to another period, or asks for one.
    pub(super) fn on_summary(&mut self, period: Period, reply: SheetReply) {
        match reply {
            SheetReply::Turn(by) => {
                if let Some(period) = period.moved(by) {
                    self.show_period(period);
                }
            }
            _ => {
                if let Some(form) = forms::open(FormKind::SummaryPeriod, 0, &self.cx()) {
                    self.open_form(form);
                }
            }
        }
    }

    fn show_period(&mut self, period: Period) {
        self.read_past(period);
        let sheet = self.summary_sheet(period);
        self.overlays.pop_if(|o| matches!(o, Overlay::Sheet(_)));
        self.overlays.push(Overlay::Sheet(Box::new(sheet)));
    }

    /// Takes the period that the form on top names.
    pub(super) fn period_asked(&mut self, form: &Form) {
        match asked(form, self.store.clock().today()) {
            Ok(period) => {
                self.overlays.pop();
                self.forget_draft(form.kind, form.subject);
                self.show_period(period);
            }
            Err(refused) => {
                if let Some(editor) = self.editor() {
                    editor.refuse(refused);
                }
            }
        }
    }

    /// Opens the text of a heading, or the rows behind a number.
    pub(super) fn decide_summary(&mut self, period: Period, row: i64) {
        let sections = self.sections(period);
        let at = usize::try_from(row / STRIDE).ok();
        let Some(section) = at.and_then(|at| sections.get(at)) else {
            return;
        };
        let place = row % STRIDE;
        if place == 0 {
            let subject = forms::summary_subject(period, section.heading);
            if let Some(form) = forms::open(FormKind::SummaryText, subject, &self.cx()) {
                self.open_form(form);
            }
            return;
        }
        let name = |word: crate::text::Word| word.text(self.lang).to_owned();
        let found = if place >= CASES {
            let at = usize::try_from(place - CASES).unwrap_or(0);
            let list = cases(section).into_iter().nth(at);
            list.map(|(word, cases)| (name(word), cases.to_vec()))
        } else {
            let at = usize::try_from(place - 1).unwrap_or(0);
            let figure = section.figures.get(at);
            figure.map(|f| (name(s::number(f.number).1), f.rows.clone()))
        };
        if let Some((title, rows)) = found {
            let sheet = self.rows_sheet(title, &rows);
            self.overlays.push(Overlay::Sheet(Box::new(sheet)));
        }
    }

    fn rows_sheet(&self, title: String, cases: &[Case]) -> Sheet {
        let row = |(id, case): (i64, &Case)| {
            let order = s::order_of(self.told_of(), case.of);
            let order = order.and_then(|id| self.told_of().orders.get(id));
            let late = case.days.is_some_and(|d| d > 0)
                && matches!(
                    case.of,
                    CaseOf::Order(_) | CaseOf::Made(_) | CaseOf::Purchase(_)
                );
            let role = if late { Role::Bad } else { Role::Base };
            Row {
                id,
                cells: vec![
                    text(s::case_no(self.told_of(), case.of)),
                    dim(order.map_or("", |o| o.no.as_str())),
                    Cell::new(s::case_days(case, self.lang), role),
                    text(s::case_about(self.told_of(), case.of)),
                ],
            }
        };
        let listing = Listing {
            columns: BEHIND,
            rows: (0..).zip(cases).map(row).collect(),
            empty: Some(s::NO_ROWS),
        };
        let mut sheet = Sheet::read(title, listing);
        if !cases.is_empty() {
            sheet.purpose = Purpose::Behind(cases.iter().map(|c| c.of).collect());
            sheet.decides = Some(s::GO);
        }
        sheet
    }

    /// Leaves the summary for the row that was chosen.
    pub(super) fn go_behind(&mut self, of: CaseOf) {
        let order = s::order_of(self.told_of(), of);
        let stage = match of {
            CaseOf::Order(_) => Stage::Intake,
            CaseOf::Made(_) => Stage::Schedule,
            CaseOf::Purchase(_) => Stage::Materials,
            CaseOf::Query(_) => Stage::Intake,
            CaseOf::Review(_) => Stage::Capacity,
            CaseOf::Exception(_) => Stage::Exceptions,
            CaseOf::Lesson { .. } => Stage::Intake,
        };
        if order.is_none() && !matches!(of, CaseOf::Exception(_) | CaseOf::Purchase(_)) {
            self.say_word(shell::NOT_HERE, Role::Warn);
            return;
        }
        if let Some(order) = order.filter(|id| self.world.orders.get(*id).is_none()) {
            self.ask_take_down(order);
            return;
        }
        self.overlays.clear();
        self.go(stage, order);
        if let CaseOf::Exception(id) = of {
            self.run(crate::panel::Reply::Select(id));
        }
    }
}

/// The cases of a heading with their words, in their order.
fn cases(section: &Section) -> [(crate::text::Word, &[Case]); 4] {
    [
        (s::WORST, &section.worst),
        (s::BEST, &section.best),
        (s::LESSONS_USED, &section.used),
        (s::LESSONS_REPEATED, &section.repeated),
    ]
}

/// The period of a filled form.
fn asked(form: &Form, today: NaiveDate) -> Result<Period, Refusal> {
    let v = form.values(today);
    let typed = || -> Result<Period, Refusal> {
        let (from, to) = (v.needed_date("from")?, v.needed_date("to")?);
        let wrong = || Refusal::at("to", Problem::Not(s::END_BEFORE_START));
        Period::between(from, to).ok_or_else(wrong)
    };
    let year = Period::year(today.year());
    let month = Period::month(today);
    let found = match v.text("which").as_str() {
        "last-year" => year.and_then(|y| y.moved(-1)),
        "month" => month,
        "last-month" => month.and_then(|m| m.moved(-1)),
        "typed" => return typed(),
        _ => year,
    };
    found.ok_or_else(|| Refusal::at("which", Problem::Required))
}
