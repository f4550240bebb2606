//! Does what panels and overlays ask for. From the screens, only this touches the file.

use std::cell::OnceCell;

use super::{App, Next};
use crate::command::{Command, Done};
use crate::domain::codes::Stage;
use crate::overlay::form::FormKind;
use crate::overlay::import::Import;
use crate::overlay::picker::Target;
use crate::overlay::{Overlay, forms};
use crate::panel::Reply;
use crate::store::StoreError;
use crate::text::{Did, diary, refusal, shell};
use crate::theme::Role;
use crate::transfer::headings::Desk;

impl App {
    /// Does what a panel replied; returns whether it was the panel's to answer.
    pub(crate) fn run(&mut self, reply: Reply) -> bool {
        match reply {
            Reply::Pass => return false,
            Reply::Refuse(why) => self.say_word(why, Role::Warn),
            Reply::Run(command) => {
                self.run_command(&command);
            }
            Reply::Weigh(command) => self.weigh_or_say(*command),
            Reply::Rush(order) => self.ask_rush(order),
            Reply::Principles => self.ask_principles(),
            Reply::Move(operation) => self.start_move(operation),
            Reply::Sheet(sheet) => self.overlays.push(Overlay::Sheet(sheet)),
            Reply::Form(form) => self.open_form(*form),
            Reply::Confirm { question, command } => {
                self.overlays.push(Overlay::Confirm {
                    question,
                    command: Box::new(command),
                });
            }
            Reply::Go(stage, order) => self.go(stage, order),
            Reply::Place(place) => self.go_to(&place),
            Reply::Ledger => self.open_ledger(),
            Reply::Say(text) => self.say(text, Role::Warn),
            Reply::Copy(text) => {
                let said = shell::COPIED.fill(self.lang, &[&text.replace('\n', " ")]);
                self.next.push(Next::Copy(text));
                self.say(said, Role::Ok);
            }
            Reply::Select(row) => {
                self.with_board(|board, panel, cx| {
                    board.row = row;
                    board.look(panel, cx);
                });
                self.follow_selection();
            }
            Reply::Pick(picker) => self.overlays.push(Overlay::Picker(*picker)),
            Reply::Look(view) => {
                self.view = view;
                let whole_list = self.stage == Stage::Today;
                let shown = self.shows_now();
                self.with_board(|board, panel, cx| match whole_list {
                    true => board.refresh(panel, cx, shown),
                    false => board.look(panel, cx),
                });
            }
            Reply::Page(page) => self.overlays.push(Overlay::Page(*page)),
            Reply::OrderList { supplier_id, by } => self.review_list(supplier_id, by),
            Reply::Import => {
                let desk = match self.stage {
                    Stage::Materials => Desk::Materials,
                    Stage::Progress => Desk::Progress,
                    _ => Desk::Intake,
                };
                self.overlays
                    .push(Overlay::Import(Box::new(Import::at(desk))));
            }
            Reply::Facts(document) => self.open_facts(document),
            Reply::Show(document) => self.show_paper(document),
            Reply::ShowEvidence(id) => self.show_evidence(id),
            Reply::Replan => {
                self.next.push(Next::Replan);
                self.say_word(shell::REPLANNING, Role::Base);
            }
        }
        true
    }

    /// Runs a command; returns whether it was done.
    pub(crate) fn run_command(&mut self, command: &Command) -> bool {
        match self.apply(command) {
            Ok(done) => {
                self.settle(&done);
                true
            }
            Err(refused) => {
                self.say_refusal(&refused);
                if self.meets_others(&refused) {
                    self.form_is_current();
                }
                false
            }
        }
    }

    /// Saves the form on top, unless another session's version of its row is to be read first.
    pub(crate) fn save_form(&mut self) {
        if !matches!(self.overlays.last(), Some(Overlay::Form(_))) || !self.form_is_current() {
            return;
        }
        let Some(Overlay::Form(editor)) = self.overlays.last() else {
            return;
        };
        let form = editor.form.clone();
        if form.kind == FormKind::WriteReport {
            self.write_report();
            return;
        }
        if form.kind == FormKind::SummaryPeriod {
            self.period_asked(&form);
            return;
        }
        if form.kind == FormKind::OrderList {
            self.order_list_asked(&form);
            return;
        }
        let made = form.command(&self.cx());
        let made = match made {
            Ok(command) if self.shows_first(&command) => return,
            made => made,
        };
        if let Ok(Command::Amend(amend)) = &made {
            self.review_amendment((**amend).clone());
            return;
        }
        let made = match made {
            Ok(command) if command.moves_plan() => match self.weigh(command) {
                Ok(()) => return,
                Err(refused) => Err(refused),
            },
            made => made,
        };
        let done = made.and_then(|command| self.apply(&command));
        match done {
            Ok(done) => {
                self.overlays.pop();
                self.forget_draft(form.kind, form.subject);
                self.settle(&done);
            }
            Err(refused) => {
                self.keep_draft();
                if self.meets_others(&refused) && !self.form_is_current() {
                    return;
                }
                if let Some(editor) = self.editor() {
                    editor.refuse(refused);
                }
            }
        }
    }

    /// Shows what a command changed, and says how to take it back.
    fn settle(&mut self, done: &Done) {
        if done.change.id == 0 {
            self.say_word(shell::NOTHING_CHANGED, Role::Base);
            return;
        }
        let deed = &done.deed;
        let said = diary::deed_about(deed.did, &deed.args, &deed.order_no, self.lang);
        let said = shell::DONE_UNDO.fill(self.lang, &[&said]);
        self.take_change(&done.change);
        if let Some(order) = done.order_id {
            self.show_order(order);
        }
        if done.deed.did == Did::ExceptionRaised
            && let Some(before) = self.happened_before()
        {
            self.say(format!("{before} · {said}"), Role::Warn);
            return;
        }
        self.say(said, Role::Ok);
    }

    /// Loads again what a change touched, and computes again what follows.
    pub(super) fn take_change(&mut self, change: &crate::store::Change) {
        if let Err(error) = self.store.refresh(&mut self.world, change) {
            let text = refusal::store(&error, self.lang);
            self.say(text, Role::Bad);
        }
        if change
            .tables
            .iter()
            .any(|t| matches!(*t, "lesson" | "exception"))
        {
            self.base = OnceCell::new();
        }
        self.reload_journal();
        self.next.push(Next::Replan);
        self.refresh();
        self.compare_import();
        self.refresh_lessons();
    }

    /// Selects an order's row in the open panel where it has one.
    fn show_order(&mut self, order: i64) {
        self.order = Some(order);
        self.with_board(|board, panel, cx| {
            let here = panel.order_of(cx, board.row) == Some(order);
            if !here && let Some(row) = panel.row_of(cx, order, Some(&board.listing.ids)) {
                board.row = row;
                board.look(panel, cx);
            }
        });
    }

    /// Takes the latest change back, or brings it again.
    pub(crate) fn revert(&mut self, undo: bool) {
        if !self.has_seen_all() {
            return;
        }
        self.store.stand_on(Some(self.newest()));
        let done = if !self.may_revert(undo) {
            Err(StoreError::NothingToRevert)
        } else if undo {
            self.store.undo()
        } else {
            self.store.redo()
        };
        self.store.stand_on(None);
        match done {
            Ok(reverted) => {
                self.reverted(undo);
                let of = &reverted.of;
                let said = diary::deed_about(of.did, &of.args, &of.order_no, self.lang);
                let word = if undo { shell::UNDONE } else { shell::REDONE };
                self.take_change(&reverted.change);
                let order = self
                    .world
                    .orders
                    .iter()
                    .find(|o| o.no == reverted.of.order_no)
                    .map(|o| o.id);
                if let Some(order) = order {
                    self.show_order(order);
                }
                self.say(word.fill(self.lang, &[&said]), Role::Ok);
            }
            Err(StoreError::NothingToRevert) => {
                self.say_word(
                    if undo {
                        shell::NOTHING_TO_UNDO
                    } else {
                        shell::NOTHING_TO_REDO
                    },
                    Role::Warn,
                );
            }
            Err(error) => {
                let text = refusal::store(&error, self.lang);
                self.say(text, Role::Bad);
            }
        }
    }

    /// Does what was chosen from a list.
    pub(crate) fn choose(&mut self, target: Target) {
        match target {
            Target::Do(action) => self.act(action),
            Target::Order(id) => self.jump(id),
            Target::Shelved(id) => self.ask_take_down(id),
            Target::Draft(at) => self.open_draft(at),
            Target::WhatIf(choice) => self.choose_whatif(choice),
            Target::Theme(name) => self.set_theme(&name),
            Target::Made(id) => {
                self.go(crate::domain::codes::Stage::Schedule, None);
                self.run(Reply::Select(id));
            }
            Target::Block(id) => match forms::open(FormKind::Block, id, &self.cx()) {
                Some(form) => self.open_form(form),
                None => self.say_word(shell::NOT_HERE, Role::Warn),
            },
        }
    }

    /// Goes to where a row stands: its panel, the row of the list, the part and its row.
    pub(crate) fn go_to(&mut self, place: &crate::panel::place::Place) {
        self.go(place.stage, place.order);
        self.with_board(|board, panel, cx| {
            if let Some(row) = place.row {
                if !board.filter.is_empty() {
                    board.filter.clear();
                    board.arrange(panel, cx);
                }
                board.row = row;
            }
            board.focus = 0;
            board.look(panel, cx);
            if let Some(kind) = place.part {
                board.open_part(kind);
                board.part_rows.insert(kind, place.part_row);
                board.look(panel, cx);
            }
        });
        self.follow_selection();
    }

    /// Goes to an order: in the open panel where it is listed, else in Intake.
    fn jump(&mut self, order: i64) {
        let here = self.panel().row_of(&self.cx(), order, None).is_some();
        let stage = if here && self.stage != crate::domain::codes::Stage::Today {
            self.stage
        } else {
            crate::domain::codes::Stage::Intake
        };
        self.go(stage, Some(order));
    }
}
