//! A form being filled in: keys, errors by field, suggestions, what has changed.
//!
//! `Enter`, `Tab` and the arrows move between fields; `Enter` on the last one and `Ctrl-S` anywhere
//! save. Nothing here touches the file: the app keeps drafts and runs the command.

pub mod draft;
mod draw;
mod input;

use std::collections::BTreeMap;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::form::{FieldKind, Form};
use super::forms;
use crate::command::{Problem, Refusal};
use crate::text::say;
use crate::text::search::Matcher;
use input::{Input, InputReply};

/// Suggestions shown for a field.
const SUGGESTIONS_MAX: usize = 3;
/// Width of a form's box, frame included, on a screen of eighty columns.
const WIDE: u16 = 78;

/// The column of a table whose cells are completed from the field's known values.
const KNOWN_COLUMN: &str = "item";

/// What a key asked of the app.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EditorReply {
    /// The form took it.
    Taken,
    /// Another field has the keys: a moment to keep a draft.
    Left,
    Save,
    Leave,
    /// To the record before or after, saved first where something was typed.
    Step(isize),
}

/// Pasted text longer than this is a message rather than a value.
const MESSAGE_CHARS: usize = 60;

/// Under which name a form carries the words that a field's value was found in.
#[must_use]
pub fn from_key(field: &str) -> String {
    format!("from:{field}")
}

/// Under which name a form carries what a value that the program filled in rests on.
#[must_use]
pub fn basis_key(field: &str) -> String {
    format!("basis:{field}")
}

/// A form with its text fields.
#[derive(Debug)]
pub struct Editor {
    pub form: Form,
    inputs: Vec<Input>,
    focus: usize,
    /// Width in which notes were last drawn: their lines break there.
    cells: u16,
    errors: BTreeMap<&'static str, Problem>,
    /// What is wrong with the form as a whole.
    problem: Option<Problem>,
    started: BTreeMap<&'static str, String>,
    /// What the row held that the form edits, by field; empty where it edits none.
    pub basis: draft::Values,
    /// Number of the newest change when that was read.
    pub seen: i64,
    /// What the file holds of it as a draft; empty: nothing.
    kept: String,
    /// Something may have been typed since that was written.
    unkept: bool,
}

impl Editor {
    /// Opens a form on its values.
    #[must_use]
    pub fn new(form: Form) -> Self {
        let inputs = form
            .fields
            .iter()
            .map(|f| Input::new(&f.kind, &f.value))
            .collect();
        let started = form.fields.iter().map(|f| (f.key, f.value.clone()));
        let started = started.collect();
        let start = form.fields.iter().position(|f| f.key == form.start);
        Self {
            form,
            inputs,
            focus: start.unwrap_or(0),
            cells: 40,
            errors: BTreeMap::new(),
            problem: None,
            started,
            basis: draft::Values::new(),
            seen: 0,
            kept: String::new(),
            unkept: false,
        }
    }

    /// Whether anything was typed.
    #[must_use]
    pub fn is_changed(&self) -> bool {
        let was = |key| self.started.get(key).map_or("", String::as_str);
        self.form.fields.iter().any(|f| f.value != was(f.key))
    }

    /// The key of the field that has the keys.
    #[must_use]
    pub fn focused(&self) -> &'static str {
        self.form.fields.get(self.focus).map_or("", |f| f.key)
    }

    /// What is wrong with a field or, for an empty key, with the form as a whole.
    #[must_use]
    pub fn problem_of(&self, key: &str) -> Option<&Problem> {
        if key.is_empty() {
            self.problem.as_ref()
        } else {
            self.errors.get(key)
        }
    }

    /// Takes over what was changed in the form from outside, such as values that follow from a
    /// field just left.
    pub fn sync(&mut self) {
        for (field, input) in self.form.fields.iter().zip(&mut self.inputs) {
            if input.text() != field.value || matches!(field.kind, FieldKind::Grid(_)) {
                input.set(&field.kind, &field.value);
            }
        }
    }

    /// Whether a key leaves a field or a cell of a table.
    #[must_use]
    pub fn leaves(&self, key: &KeyEvent) -> bool {
        let ctrl = key.modifiers.contains(KeyModifiers::CONTROL);
        match key.code {
            KeyCode::Enter | KeyCode::Tab | KeyCode::BackTab | KeyCode::Up | KeyCode::Down => true,
            KeyCode::PageUp | KeyCode::PageDown => true,
            KeyCode::Char('s') => ctrl,
            _ => false,
        }
    }

    /// Row and column of the table that has the keys.
    #[must_use]
    pub fn cell(&self) -> Option<(usize, &str)> {
        match self.inputs.get(self.focus) {
            Some(Input::Table(grid)) => Some((grid.at().0, grid.column_key())),
            _ => None,
        }
    }

    /// Marks what is wrong: a field, or the form where no field has that key; and goes there.
    pub fn refuse(&mut self, refusal: Refusal) {
        self.errors.clear();
        self.problem = None;
        match self.form.fields.iter().position(|f| f.key == refusal.field) {
            Some(at) => {
                self.focus = at;
                let table = self.inputs.get_mut(at);
                if let (Problem::InRow { row, column, .. }, Some(Input::Table(grid))) =
                    (&refusal.problem, table)
                {
                    grid.go(*row, column);
                }
                self.errors.insert(refusal.field, refusal.problem);
            }
            None => self.problem = Some(refusal.problem),
        }
    }

    /// Takes a key.
    pub fn on_key(&mut self, key: KeyEvent) -> EditorReply {
        self.unkept = true;
        let ctrl = key.modifiers.contains(KeyModifiers::CONTROL);
        let newline = (ctrl && key.code == KeyCode::Char('j'))
            || (key.code == KeyCode::Enter && key.modifiers.contains(KeyModifiers::ALT));
        let table = matches!(self.inputs.get(self.focus), Some(Input::Table(_)));
        match key.code {
            _ if newline => {}
            KeyCode::PageUp => return EditorReply::Step(-1),
            KeyCode::PageDown => return EditorReply::Step(1),
            KeyCode::Esc => return EditorReply::Leave,
            KeyCode::Char('s') if ctrl => return EditorReply::Save,
            _ if table => {}
            KeyCode::Enter if self.is_last() => return EditorReply::Save,
            KeyCode::Enter | KeyCode::Tab | KeyCode::Down => return self.go(1),
            KeyCode::BackTab | KeyCode::Up => return self.go(-1),
            _ => {}
        }
        self.on_input(if newline {
            // Up and Down belong to the form; a new line in a note is Ctrl-J or Alt-Enter.
            KeyEvent::from(KeyCode::Enter)
        } else {
            key
        })
    }

    /// Gives a key to the field that has the keys.
    fn on_input(&mut self, key: KeyEvent) -> EditorReply {
        let completion = self.completion();
        let asks = match self.inputs.get(self.focus) {
            Some(Input::Table(grid)) => forms::asks_reason(&self.form, grid),
            _ => false,
        };
        let (Some(field), Some(input)) = (
            self.form.fields.get_mut(self.focus),
            self.inputs.get_mut(self.focus),
        ) else {
            return EditorReply::Taken;
        };
        if let FieldKind::Choice(options) = &field.kind {
            if let Some(value) = choose(options, &field.value, key) {
                self.form.hidden.remove(&basis_key(field.key));
                field.value = value;
            }
            return EditorReply::Taken;
        }
        if field.kind == FieldKind::Day
            && let Some(day) = stepped(&field.value, key)
        {
            input.complete(&day);
            field.value = day;
            self.errors.remove(field.key);
            return EditorReply::Taken;
        }
        // A cell that can hardly be right asks for the reason before the next row.
        if let (KeyCode::Enter, true, Input::Table(grid)) = (key.code, asks, &mut *input) {
            let (row, _) = grid.at();
            grid.go(row, forms::REASON_COLUMN);
            return EditorReply::Left;
        }
        if key.code == KeyCode::Right
            && input.at_end()
            && let Some(value) = completion
        {
            input.complete(&value);
            field.value = input.text();
            return EditorReply::Taken;
        }
        let place = input.place();
        let reply = input.on_key(key, self.cells);
        field.value = input.text();
        match reply {
            InputReply::Full => {
                let problem = match field.kind {
                    FieldKind::Grid(_) => Problem::Not(say::TABLE_FULL),
                    _ => Problem::TooLong { most: field.most },
                };
                self.errors.insert(field.key, problem);
            }
            InputReply::Changed => {
                self.errors.remove(field.key);
                for key in [from_key(field.key), basis_key(field.key)] {
                    self.form.hidden.remove(&key);
                }
            }
            InputReply::Moved if input.place() != place => return EditorReply::Left,
            InputReply::Moved => {}
            InputReply::Out(by) => return self.go(by),
        }
        EditorReply::Taken
    }

    /// Puts in pasted text.
    ///
    /// A whole message pasted anywhere but into a table is the order's words, where the form keeps
    /// such.
    pub fn paste(&mut self, text: &str) {
        self.unkept = true;
        let message = text.trim().contains('\n') || text.chars().count() > MESSAGE_CHARS;
        let in_table = matches!(self.inputs.get(self.focus), Some(Input::Table(_)));
        let words = self.form.fields.iter().position(|f| f.key == "words");
        if let (true, false, Some(at)) = (message, in_table, words) {
            self.focus = at;
        }
        let (Some(field), Some(input)) = (
            self.form.fields.get_mut(self.focus),
            self.inputs.get_mut(self.focus),
        ) else {
            return;
        };
        if matches!(field.kind, FieldKind::Choice(_)) {
            return;
        }
        input.paste(text);
        field.value = input.text();
    }

    /// Says what is wrong with a field that was left.
    pub fn object(&mut self, refusal: Refusal) {
        self.errors.insert(refusal.field, refusal.problem);
    }

    fn go(&mut self, by: isize) -> EditorReply {
        let count = self.form.fields.len();
        for _ in 0..count {
            self.focus = (self.focus + count).saturating_add_signed(by) % count.max(1);
            if self.asked(self.focus) {
                break;
            }
        }
        EditorReply::Left
    }

    /// Whether the field at a place is asked as things stand.
    fn asked(&self, at: usize) -> bool {
        let field = self.form.fields.get(at);
        field.is_some_and(|f| self.form.asks(f))
    }

    /// Whether no field that is asked follows.
    fn is_last(&self) -> bool {
        !(self.focus + 1..self.form.fields.len()).any(|at| self.asked(at))
    }

    /// Place and number of fields, counting only those that are asked.
    fn place_among(&self) -> (usize, usize) {
        let count = |to: usize| (0..to).filter(|at| self.asked(*at)).count();
        (count(self.focus), count(self.form.fields.len()))
    }

    /// The known values that match what is typed, best first.
    fn suggestions(&self) -> Vec<&str> {
        let Some(field) = self.form.fields.get(self.focus) else {
            return Vec::new();
        };
        let Some(input) = self.inputs.get(self.focus) else {
            return Vec::new();
        };
        let typed = input.typed();
        let typed = match field.word_by_word {
            true => last_word(&typed).1.to_owned(),
            false => typed,
        };
        if field.word_by_word && typed.is_empty() {
            return Vec::new();
        }
        let elsewhere = input
            .column()
            .is_some_and(|key| key != KNOWN_COLUMN || typed.is_empty());
        if elsewhere || field.known.contains(&typed) || matches!(field.kind, FieldKind::Amount) {
            return Vec::new();
        }
        let matcher = Matcher::new(&typed);
        field
            .known
            .iter()
            .filter(|k| matcher.matches(k))
            .take(SUGGESTIONS_MAX)
            .map(String::as_str)
            .collect()
    }

    fn completion(&self) -> Option<String> {
        let found = self.suggestions().first().copied()?;
        let field = self.form.fields.get(self.focus)?;
        let typed = self.inputs.get(self.focus)?.typed();
        let before = if field.word_by_word {
            last_word(&typed).0
        } else {
            ""
        };
        Some(format!("{before}{found}"))
    }
}

/// The day before or after the one in a field, by the arrows.
fn stepped(value: &str, key: KeyEvent) -> Option<String> {
    let by = match key.code {
        KeyCode::Left => -1,
        KeyCode::Right => 1,
        _ => return None,
    };
    let day: chrono::NaiveDate = value.trim().parse().ok()?;
    let day = day.checked_add_signed(chrono::TimeDelta::try_days(by)?)?;
    Some(day.to_string())
}

/// A text as what stands before its last word, and that word.
fn last_word(text: &str) -> (&str, &str) {
    let blank = text.char_indices().rev().find(|(_, c)| c.is_whitespace());
    let at = blank.map_or(0, |(at, c)| at + c.len_utf8());
    text.split_at_checked(at).unwrap_or(("", text))
}

/// The choice after a key: arrows and blank step, a letter goes to the next word it starts.
fn choose(options: &[(String, String)], value: &str, key: KeyEvent) -> Option<String> {
    let at = options
        .iter()
        .position(|(code, _)| code == value)
        .unwrap_or(0);
    let count = options.len().max(1);
    let to = match key.code {
        KeyCode::Left => (at + count - 1) % count,
        KeyCode::Right | KeyCode::Char(' ') => (at + 1) % count,
        KeyCode::Home => 0,
        KeyCode::End => count - 1,
        KeyCode::Char(c) => {
            let matcher = Matcher::new(&c.to_string());
            let starts = |at: &usize| {
                options.get(*at).is_some_and(|(code, w)| {
                    code.starts_with(c)
                        || w.chars()
                            .next()
                            .is_some_and(|f| matcher.matches(&f.to_string()))
                })
            };
            (1..=count).map(|step| (at + step) % count).find(starts)?
        }
        _ => return None,
    };
    options.get(to).map(|(code, _)| code.clone())
}
