//! Changes that are looked at before they are made: what they would move, and who pays.

use super::adviser::{Answer, Asked, Question};
use super::outlook::{PrincipleEffect, RushedOrder, Weighed};
use super::{App, Next};
use crate::command::planning::MoveOperation;
use crate::command::{self, Command};
use crate::domain::moment::Moment;
use crate::domain::production::Operation;
use crate::domain::rule::delivery;
use crate::overlay::form::FormKind;
use crate::overlay::sheet::{Figures, Purpose, Sheet, SheetReply};
use crate::overlay::{Overlay, forms};
use crate::panel::{Cell, Column, Listing, Row, Width, column, number};
use crate::plan::gather::Sides;
use crate::text::{bound, diary, planning, show, weighed as said, words as w};
use crate::theme::Role;

/// The headings of what a change moves.
const MOVED: &[Column] = &[
    column(w::PRODUCTION_NO, Width::Fixed(9), 0),
    column(w::ORDER_NO, Width::Fixed(10), 1),
    column(w::DUE, Width::Fixed(11), 2),
    column(said::FINISH_BEFORE, Width::Fixed(11), 0),
    column(said::FINISH_AFTER, Width::Fixed(11), 0),
    number(said::CHANGE_DAYS, 5, 0),
    number(said::LATE_BEFORE, 8, 3),
    number(said::LATE_AFTER, 7, 0),
    column(w::WHY, Width::Fill(1), 4),
];

/// The headings of those that make way for a rush.
const VICTIMS: &[Column] = &[
    column(w::PRODUCTION_NO, Width::Fixed(9), 0),
    column(w::ORDER_NO, Width::Fixed(10), 0),
    number(said::WEIGHT, 6, 3),
    column(w::DUE, Width::Fixed(11), 1),
    column(said::FINISH_BEFORE, Width::Fixed(11), 0),
    column(said::FINISH_AFTER, Width::Fixed(11), 0),
    number(said::CHANGE_DAYS, 5, 0),
    number(said::LATE_BEFORE, 8, 2),
    number(said::LATE_AFTER, 7, 0),
];

/// The headings of what the principles do.
const PRINCIPLES: &[Column] = &[
    column(planning::RULES, Width::Fill(1), 0),
    number(planning::LATE_ORDERS, 6, 0),
    number(planning::WEIGHTED_DAYS, 9, 0),
    number(planning::CHANGEOVERS, 6, 1),
    number(planning::GAIN, 6, 0),
    number(planning::LOSE, 6, 0),
];

/// An hour that has begun counts as gone.
const HOUR: i64 = 60;

impl App {
    /// Shows what a command would move in the plan; `Enter` there runs it.
    ///
    /// Returns why it cannot be done, where it cannot.
    pub(crate) fn weigh(&mut self, command: Command) -> Result<(), command::Refusal> {
        let sides = match command {
            Command::SetPlanRules(_) => Sides::Replanned,
            _ => Sides::Kept,
        };
        let (done, after) = self.store.rehearse(&self.world, |store| {
            command::apply(store, &self.world, &command)
        });
        let done = done?;
        let deed = diary::deed(done.deed.did, &done.deed.args, self.lang);
        let title = said::TITLE.fill(self.lang, &[&deed]);
        let purpose = match command {
            Command::MoveOperation(c) => Purpose::Move(c),
            other => Purpose::Run(Box::new(other)),
        };
        let number = self.ask(Asked::Weigh { after, sides });
        let mut sheet = Sheet::waiting(title, number, purpose);
        sheet.decides = Some(said::TAKE);
        // A nudge takes the place of the page it came from, with its figures until the new ones come.
        if let Some(Overlay::Sheet(old)) = self.overlays.last_mut()
            && matches!(old.purpose, Purpose::Move(_))
        {
            sheet.lines = std::mem::take(&mut old.lines);
            sheet.listing = std::mem::take(&mut old.listing);
            self.overlays.pop();
        }
        self.overlays.push(Overlay::Sheet(Box::new(sheet)));
        Ok(())
    }

    /// As [`App::weigh`], with the refusal on the status line.
    pub(crate) fn weigh_or_say(&mut self, command: Command) {
        if let Err(refused) = self.weigh(command) {
            self.say_refusal(&refused);
        }
    }

    /// Asks the adviser; returns the number of the question.
    fn ask(&mut self, asked: Asked) -> u64 {
        self.questions += 1;
        let question = Question {
            number: self.questions,
            world: self.world.clone(),
            now: self.store.clock().now(),
            shown: self.outlook.clone(),
            asked,
        };
        self.next.push(Next::Ask(Box::new(question)));
        self.questions
    }

    /// Pushes an open order into the plan, to see who would make way.
    pub(crate) fn ask_rush(&mut self, order_id: i64) {
        let no = self
            .world
            .orders
            .get(order_id)
            .map_or("", |o| o.no.as_str());
        let title = said::RUSH_TITLE.fill(self.lang, &[no]);
        let number = self.ask(Asked::Rush { order_id });
        let mut sheet = Sheet::waiting(title, number, Purpose::Rush(order_id));
        sheet.decides = Some(said::DECIDE_RUSH);
        self.overlays.push(Overlay::Sheet(Box::new(sheet)));
    }

    /// Shows what each of the six principles does.
    pub(crate) fn ask_principles(&mut self) {
        let title = planning::EFFECTS.text(self.lang);
        let number = self.ask(Asked::Principles);
        let sheet = Sheet::waiting(title, number, Purpose::Read);
        self.overlays.push(Overlay::Sheet(Box::new(sheet)));
    }

    /// Opens the page that moves an operation by keys.
    pub(crate) fn start_move(&mut self, operation_id: i64) {
        let Some(operation) = self.world.operations.get(operation_id) else {
            return;
        };
        let place = self.outlook.places.get(&operation_id);
        let now = self.store.clock().now();
        let starts = place.map(|p| p.starts).or(operation.starts).unwrap_or(now);
        let line = place.and_then(|p| p.line_id).or(operation.line_id);
        let line = line.or_else(|| self.first_line(operation));
        let (Some(line_id), ends) = (line, place.map(|p| p.ends).unwrap_or(starts)) else {
            self.say_word(w::NO_LINE_TO_MOVE, Role::Warn);
            return;
        };
        let starts = if starts < now { now } else { starts };
        self.weigh_or_say(Command::MoveOperation(MoveOperation {
            operation_id,
            line_id,
            starts,
            ends: ends.max(starts),
        }));
    }

    fn first_line(&self, operation: &Operation) -> Option<i64> {
        let centre = operation.work_centre_id?;
        self.world.lines.of(centre).next().map(|l| l.id)
    }

    /// Takes a key on the page on top.
    pub(super) fn on_sheet_key(&mut self, key: crossterm::event::KeyEvent) {
        let Some(Overlay::Sheet(sheet)) = self.overlays.last_mut() else {
            return;
        };
        match sheet.on_key(key) {
            SheetReply::Taken => {}
            SheetReply::Leave => {
                self.overlays.pop();
            }
            SheetReply::Nudge { hours, lines } => self.nudge(hours, lines),
            SheetReply::Decide => self.decide_sheet(),
            reply @ (SheetReply::Turn(_) | SheetReply::Choose) => {
                if let Purpose::Summary(period) = sheet.purpose {
                    self.on_summary(period, reply);
                }
            }
        }
    }

    fn nudge(&mut self, hours: i64, lines: i64) {
        let Some(Overlay::Sheet(sheet)) = self.overlays.last() else {
            return;
        };
        let Purpose::Move(mut c) = sheet.purpose.clone() else {
            return;
        };
        let now = self.store.clock().now();
        let minutes = chrono::TimeDelta::minutes(hours * HOUR);
        let moved = c.starts.0.checked_add_signed(minutes).unwrap_or(c.starts.0);
        let length = c.ends.0 - c.starts.0;
        c.starts = Moment(moved).max(now);
        c.ends = Moment(c.starts.0.checked_add_signed(length).unwrap_or(c.starts.0));
        if lines != 0 {
            let centre = self.world.lines.get(c.line_id).map(|l| l.work_centre_id);
            let all: Vec<i64> = centre
                .into_iter()
                .flat_map(|id| self.world.lines.of(id))
                .map(|l| l.id)
                .collect();
            let at = all.iter().position(|id| *id == c.line_id).unwrap_or(0);
            let by = isize::try_from(lines).unwrap_or(0);
            let to = at
                .saturating_add_signed(by)
                .min(all.len().saturating_sub(1));
            c.line_id = all.get(to).copied().unwrap_or(c.line_id);
        }
        self.weigh_or_say(Command::MoveOperation(c));
    }

    /// Does what the page on top decides.
    fn decide_sheet(&mut self) {
        let Some(Overlay::Sheet(sheet)) = self.overlays.last() else {
            return;
        };
        if sheet.figures == Figures::Waiting && !matches!(sheet.purpose, Purpose::Run(_)) {
            self.say_word(said::NOT_YET, Role::Warn);
            return;
        }
        let selected = sheet.selected;
        let row = sheet.listing.rows.get(selected).map_or(0, |r| r.id);
        match sheet.purpose.clone() {
            Purpose::Read | Purpose::Versions => {
                self.overlays.pop();
            }
            Purpose::Run(command) => self.run_weighed(&command),
            Purpose::Move(c) => self.run_weighed(&Command::MoveOperation(c)),
            Purpose::Rush(order) => self.decide_rush(order),
            Purpose::AcceptPlan => self.decide_plan(),
            Purpose::Summary(period) => self.decide_summary(period, row),
            Purpose::Behind(rows) => {
                if let Some(of) = rows.get(selected) {
                    self.go_behind(*of);
                }
            }
        }
    }

    /// Runs what was weighed; the form it came from is done then.
    fn run_weighed(&mut self, command: &Command) {
        let page = self.overlays.pop();
        if !self.run_command(command) {
            // Where both versions are shown instead, the page is about the old one.
            if !matches!(self.overlays.last(), Some(Overlay::Versions(_))) {
                self.overlays.extend(page);
            }
            return;
        }
        if let Some(Overlay::Form(editor)) = self.overlays.last() {
            let (kind, subject) = (editor.form.kind, editor.form.subject);
            self.overlays.pop();
            self.forget_draft(kind, subject);
        }
    }

    fn decide_rush(&mut self, order: i64) {
        let fresh = self
            .rush
            .as_ref()
            .is_some_and(|r| r.order_id == order && r.stands_on == self.outlook.stands_on);
        if !fresh {
            self.say_word(said::RUSH_STALE, Role::Warn);
            return;
        }
        if let Some(form) = forms::open(FormKind::Rush, order, &self.cx()) {
            self.overlays.pop();
            self.open_form(form);
        }
    }

    /// Accepts the computed plan: at once, or with a reason where it breaks promises.
    fn decide_plan(&mut self) {
        let form = forms::open(FormKind::AcceptPlan, 0, &self.cx());
        let breaks = crate::panel::schedule::broken_promises(&self.cx()) > 0;
        match form {
            Some(form) if breaks => {
                self.overlays.pop();
                self.open_form(form);
            }
            Some(form) => match form.command(&self.cx()) {
                Ok(command) => self.run_weighed(&command),
                Err(refused) => self.say_refusal(&refused),
            },
            None => {}
        }
    }

    /// Takes the answer to a question; one that nobody waits for any more is dropped.
    pub fn take_answer(&mut self, number: u64, answer: Answer) {
        if let Answer::Rush(found) = &answer {
            self.rush = found.as_deref().cloned();
        }
        let page = match &answer {
            Answer::Weighed(found) => self.weighed_page(found, number),
            Answer::Rush(Some(found)) => self.rush_page(found),
            Answer::Rush(None) => {
                let text = said::RUSH_NONE.text(self.lang).to_owned();
                (vec![(text, Role::Warn)], Listing::default())
            }
            Answer::Principles(found) => self.principles_page(found),
            Answer::Failed => {
                let text = said::FAILED.text(self.lang).to_owned();
                (vec![(text, Role::Bad)], Listing::default())
            }
        };
        let nobody = matches!(answer, Answer::Rush(None) | Answer::Failed);
        let waits = self.overlays.iter_mut().find_map(|o| match o {
            Overlay::Sheet(sheet) if sheet.question == number => Some(sheet),
            _ => None,
        });
        let Some(sheet) = waits else { return };
        (sheet.lines, sheet.listing) = page;
        sheet.figures = Figures::There;
        sheet.selected = 0;
        if nobody {
            sheet.figures = Figures::Failed;
            sheet.purpose = Purpose::Read;
            sheet.decides = None;
        }
        if let (Purpose::Move(c), Answer::Weighed(found)) = (&mut sheet.purpose, &answer)
            && let Some(at) = found
                .operations
                .iter()
                .find(|o| o.operation_id == c.operation_id)
        {
            c.ends = at.ends_after.max(c.starts);
        }
    }

    /// What a change moves: its sums, whose promises change, every order that moves.
    fn weighed_page(&self, found: &Weighed, number: u64) -> (Vec<(String, Role)>, Listing) {
        let cx = self.cx();
        let mut lines = Vec::new();
        lines.extend(
            self.moved_line(found, number)
                .map(|text| (text, Role::Title)),
        );
        let worse = found.weighted_after > found.weighted_before;
        let role = if worse { Role::Bad } else { Role::Base };
        lines.push((said::totals(found, self.lang), role));
        for (text, later) in said::promises(&self.world, found, self.lang) {
            lines.push((text, if later { Role::Bad } else { Role::Ok }));
        }
        for finding in &found.findings {
            lines.push((finding.text(self.lang).to_owned(), Role::Warn));
        }
        let date = |at: Option<Moment>| crate::panel::build::day(at.map(|m| m.date()), &cx);
        let row = |(at, m): (i64, &super::outlook::Moved)| {
            let days = said::days(m.finish_before, m.finish_after);
            let why = m.because.as_ref();
            Row {
                id: at,
                cells: vec![
                    Cell::new(m.no.clone(), Role::Base),
                    Cell::new(m.order_no.clone(), Role::Base),
                    crate::panel::build::day(m.due, &cx),
                    date(m.finish_before),
                    date(m.finish_after),
                    days_cell(days),
                    Cell::new(said::late(m.late_days_before, self.lang), Role::Dim),
                    Cell::new(said::late(m.late_days_after, self.lang), Role::Bad),
                    Cell::new(
                        why.map(|(kind, by)| bound::because(*kind, by, self.lang))
                            .unwrap_or_default(),
                        Role::Dim,
                    ),
                ],
            }
        };
        let listing = Listing {
            columns: MOVED,
            rows: (1..).zip(&found.orders).map(row).collect(),
            empty: Some(said::NOTHING_MOVES),
        };
        (lines, listing)
    }

    /// Where the operation that is being moved stands now, for the page of that question.
    fn moved_line(&self, found: &Weighed, number: u64) -> Option<String> {
        let sheet = self.overlays.iter().find_map(|o| match o {
            Overlay::Sheet(sheet) if sheet.question == number => Some(sheet),
            _ => None,
        })?;
        let Purpose::Move(c) = &sheet.purpose else {
            return None;
        };
        let operation = self.world.operations.get(c.operation_id)?;
        let made = self
            .world
            .production_orders
            .get(operation.production_order_id)?;
        let line = self.world.lines.get(c.line_id)?;
        let at = found
            .operations
            .iter()
            .find(|o| o.operation_id == c.operation_id);
        let (starts, ends) = at.map_or((c.starts, c.ends), |o| (o.starts_after, o.ends_after));
        let today = self.store.clock().today();
        let name = format!("{} {} {}", made.no, operation.seq, operation.name);
        let (starts, ends) = (show::moment(starts, today), show::moment(ends, today));
        Some(said::NOW_AT.fill(self.lang, &[&name, &line.code, &starts, &ends]))
    }

    fn rush_page(&self, found: &RushedOrder) -> (Vec<(String, Role)>, Listing) {
        let cx = self.cx();
        let order = self.world.orders.get(found.order_id);
        let asked = order.and_then(|o| delivery::requested(&self.world, o));
        let mut lines = said::rush(found, asked, self.lang).into_iter();
        let dates = lines.next().map(|text| (text, Role::Title));
        let bad = found.made_late() > 0;
        let cost = lines.map(|text| (text, if bad { Role::Bad } else { Role::Ok }));
        let date = |at: Moment| crate::panel::build::day(Some(at.date()), &cx);
        let row = |(at, v): (i64, &super::outlook::Victim)| Row {
            id: at,
            cells: vec![
                Cell::new(v.no.clone(), Role::Base),
                Cell::new(v.order_no.clone(), Role::Base),
                Cell::new(v.weight.text(), Role::Base),
                crate::panel::build::day(v.due, &cx),
                date(v.finish_before),
                date(v.finish_after),
                days_cell(said::days(Some(v.finish_before), Some(v.finish_after))),
                Cell::new(said::late(v.late_days_before, self.lang), Role::Dim),
                Cell::new(said::late(v.late_days_after, self.lang), Role::Bad),
            ],
        };
        let listing = Listing {
            columns: VICTIMS,
            rows: (1..).zip(&found.victims).map(row).collect(),
            empty: Some(said::RUSH_FREE),
        };
        (dates.into_iter().chain(cost).collect(), listing)
    }

    fn principles_page(&self, found: &[PrincipleEffect]) -> (Vec<(String, Role)>, Listing) {
        let row = |(at, e): (i64, &PrincipleEffect)| Row {
            id: at,
            cells: vec![
                Cell::new(planning::effect_name(e, self.lang), Role::Base),
                Cell::new(e.late.to_string(), Role::Base),
                Cell::new(e.weighted_late_days.text(), Role::Base),
                Cell::new(e.changeovers.to_string(), Role::Base),
                Cell::new(e.gain.to_string(), Role::Ok),
                Cell::new(e.lose.to_string(), Role::Bad),
            ],
        };
        let listing = Listing {
            columns: PRINCIPLES,
            rows: (1..).zip(found).map(row).collect(),
            empty: Some(w::EMPTY_SCHEDULE),
        };
        let text = planning::EFFECTS_SAID.text(self.lang).to_owned();
        (vec![(text, Role::Dim)], listing)
    }
}

/// Days later with a sign, bad; earlier, good.
fn days_cell(days: i64) -> Cell {
    match days {
        0 => Cell::new("0", Role::Dim),
        1.. => Cell::new(format!("{days:+}"), Role::Bad),
        _ => Cell::new(format!("{days:+}"), Role::Ok),
    }
}
