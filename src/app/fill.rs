//! Forms between keys: what follows from a field, and the record before or after.

use super::App;
use crate::overlay::form::FormKind;
use crate::overlay::{Overlay, forms};
use crate::panel::Content;
use crate::text::shell;
use crate::theme::Role;

impl App {
    /// Fills in what follows from the field that is being left in the form on top.
    pub(super) fn complete_form(&mut self) {
        let Some(Overlay::Form(mut editor)) =
            self.overlays.pop_if(|o| matches!(o, Overlay::Form(_)))
        else {
            return;
        };
        let field = editor.focused();
        let cell = editor.cell().map(|(row, key)| (row, key.to_owned()));
        let cell = cell.as_ref().map(|(row, key)| (*row, key.as_str()));
        forms::complete(&mut editor.form, field, cell, &self.cx());
        if let Some(refused) = forms::objection(&editor.form, field, &self.cx()) {
            editor.object(refused);
        }
        editor.sync();
        self.overlays.push(Overlay::Form(editor));
    }

    /// Goes to the record before or after the one in the form; saves first what was typed.
    pub(super) fn step_form(&mut self, by: isize) {
        let Some(Overlay::Form(editor)) = self.overlays.last() else {
            return;
        };
        let (kind, subject) = (editor.form.kind, editor.form.subject);
        if kind == FormKind::DayFigures {
            self.step_day(by);
            return;
        }
        let Some(next) = self.neighbour(kind, subject, by) else {
            self.say_word(shell::NO_NEXT_RECORD, Role::Warn);
            return;
        };
        if editor.is_changed() {
            self.save_form();
            if matches!(self.overlays.last(), Some(Overlay::Form(_))) {
                return;
            }
        } else {
            self.overlays.pop();
        }
        let Some(form) = forms::open(kind, next, &self.cx()) else {
            return;
        };
        self.select_record(subject, next);
        self.open_form(form);
    }

    /// Shows the day before or after on a sheet of daily figures; what was typed stays.
    fn step_day(&mut self, by: isize) {
        if let Some(editor) = self.editor() {
            forms::step_day(&mut editor.form, by);
            editor.sync();
        }
        self.complete_form();
    }

    /// The record beside `subject` in the list or part that the form was opened from.
    fn neighbour(&self, kind: FormKind, subject: i64, by: isize) -> Option<i64> {
        if kind == FormKind::NewOrder {
            return None;
        }
        let board = self.board()?;
        let spot = board.spot();
        let ids: Vec<i64> = if spot.row == subject {
            (0..).map_while(|at| board.row_at(at)).collect()
        } else {
            let part = board.detail.parts.iter().find(|p| p.kind == spot.part)?;
            match &part.content {
                Content::List(list) => list.rows.iter().map(|row| row.id).collect(),
                Content::Long(long) => long.ids.clone(),
                _ => return None,
            }
        };
        let at = ids.iter().position(|id| *id == subject)?;
        ids.get(at.checked_add_signed(by)?).copied()
    }

    /// Keeps the selection on the record that the form shows.
    fn select_record(&mut self, from: i64, to: i64) {
        self.with_board(|board, panel, cx| {
            if board.row == from {
                board.row = to;
                board.look(panel, cx);
            }
        });
    }
}
