//! A form being filled in: keys, errors by field, suggestions, what has changed.
//!
//! `Enter`, `Tab` and the arrows move between fields; `Enter` on the last one and `Ctrl-S` anywhere
//! save. Nothing here touches the file: the app keeps drafts and runs the command.

use std::collections::BTreeMap;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::form::{FieldKind, Form, LINE_MAX, NOTE_MAX};
use crate::command::{Problem, Refusal};
use crate::text::search::Matcher;
use crate::text::{Lang, refusal, width, word};
use crate::theme::Styles;
use crate::widget::field::{Field, FieldReply, Focus};
use crate::widget::form::{Form as Drawing, Item, Value};
use crate::widget::multiline::Multiline;
use crate::widget::{popup, put_clipped};

/// Suggestions shown for a field.
const SUGGESTIONS_MAX: usize = 3;
/// Width of a form's box, frame included, on a screen of eighty columns.
const WIDE: u16 = 78;
/// Rows of a notes field.
const NOTE_ROWS: u16 = 2;

/// What a key asked of the app.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EditorReply {
    /// The form took it.
    Taken,
    /// Another field has the keys: a moment to keep a draft.
    Left,
    Save,
    Leave,
}

/// What is being typed into.
#[derive(Debug, Clone)]
enum Input {
    Line(Field),
    Notes(Multiline),
}

impl Input {
    fn new(kind: &FieldKind, text: &str) -> Self {
        match kind {
            FieldKind::Note => Self::Notes(Multiline::with_text(NOTE_MAX, text)),
            _ => Self::Line(Field::with_text(LINE_MAX, text)),
        }
    }

    fn text(&self) -> &str {
        match self {
            Self::Line(field) => field.text(),
            Self::Notes(notes) => notes.text(),
        }
    }

    fn set(&mut self, text: &str) {
        match self {
            Self::Line(field) => field.set(text),
            Self::Notes(notes) => notes.set(text),
        }
    }

    fn paste(&mut self, text: &str) -> FieldReply {
        match self {
            Self::Line(field) => field.paste(text),
            Self::Notes(notes) => notes.paste(text),
        }
    }

    fn on_key(&mut self, key: KeyEvent, cells: u16) -> FieldReply {
        match self {
            Self::Line(field) => field.on_key(key),
            Self::Notes(notes) => notes.on_key(key, cells),
        }
    }

    /// Whether the caret stands behind the last character of a line.
    fn at_end(&self) -> bool {
        match self {
            Self::Line(field) => {
                let (all, width) = (width::width(field.text()), u16::MAX);
                field
                    .cursor_cell(Rect::new(0, 0, width, 1))
                    .is_some_and(|p| usize::from(p.x) >= all)
            }
            Self::Notes(_) => false,
        }
    }
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
    started: Vec<String>,
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
        let started = form.fields.iter().map(|f| f.value.clone()).collect();
        Self {
            form,
            inputs,
            focus: 0,
            cells: 40,
            errors: BTreeMap::new(),
            problem: None,
            started,
        }
    }

    /// Whether anything was typed.
    #[must_use]
    pub fn is_changed(&self) -> bool {
        self.form
            .fields
            .iter()
            .zip(&self.started)
            .any(|(field, was)| field.value != *was)
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

    /// Puts the values of a draft in.
    pub fn take_draft(&mut self, values: &BTreeMap<String, String>) {
        for (field, input) in self.form.fields.iter_mut().zip(&mut self.inputs) {
            if let Some(value) = values.get(field.key) {
                field.value.clone_from(value);
                input.set(value);
            }
        }
        for (key, value) in values {
            if self.form.hidden.contains_key(key) {
                self.form.hidden.insert(key.clone(), value.clone());
            }
        }
    }

    /// The values for a draft, hidden ones included.
    #[must_use]
    pub fn draft(&self) -> BTreeMap<String, String> {
        let mut values = self.form.hidden.clone();
        values.extend(
            self.form
                .fields
                .iter()
                .map(|f| (f.key.to_owned(), f.value.clone())),
        );
        values
    }

    /// Marks what is wrong: a field, or the form where no field has that key; and goes there.
    pub fn refuse(&mut self, refusal: Refusal) {
        self.errors.clear();
        self.problem = None;
        match self.form.fields.iter().position(|f| f.key == refusal.field) {
            Some(at) => {
                self.focus = at;
                self.errors.insert(refusal.field, refusal.problem);
            }
            None => self.problem = Some(refusal.problem),
        }
    }

    /// Takes a key.
    pub fn on_key(&mut self, key: KeyEvent) -> EditorReply {
        let ctrl = key.modifiers.contains(KeyModifiers::CONTROL);
        let newline = (ctrl && key.code == KeyCode::Char('j'))
            || (key.code == KeyCode::Enter && key.modifiers.contains(KeyModifiers::ALT));
        match key.code {
            _ if newline => {}
            KeyCode::Esc => return EditorReply::Leave,
            KeyCode::Char('s') if ctrl => return EditorReply::Save,
            KeyCode::Enter if self.focus + 1 == self.form.fields.len() => return EditorReply::Save,
            KeyCode::Enter | KeyCode::Tab | KeyCode::Down => return self.go(1),
            KeyCode::BackTab | KeyCode::Up => return self.go(-1),
            _ => {}
        }
        let completion = self.completion().map(str::to_owned);
        let (Some(field), Some(input)) = (
            self.form.fields.get_mut(self.focus),
            self.inputs.get_mut(self.focus),
        ) else {
            return EditorReply::Taken;
        };
        if let FieldKind::Choice(options) = &field.kind {
            if let Some(value) = choose(options, &field.value, key) {
                field.value = value;
            }
            return EditorReply::Taken;
        }
        if key.code == KeyCode::Right
            && input.at_end()
            && let Some(value) = completion
        {
            input.set(&value);
            value.clone_into(&mut field.value);
            return EditorReply::Taken;
        }
        // Up and Down belong to the form; a new line in a note is Ctrl-J or Alt-Enter.
        let key = if newline {
            KeyEvent::from(KeyCode::Enter)
        } else {
            key
        };
        let reply = input.on_key(key, self.cells);
        match reply {
            FieldReply::Full => {
                let most = if field.kind == FieldKind::Note {
                    NOTE_MAX
                } else {
                    LINE_MAX
                };
                self.errors.insert(field.key, Problem::TooLong { most });
            }
            FieldReply::Changed => {
                self.errors.remove(field.key);
            }
            _ => {}
        }
        input.text().clone_into(&mut field.value);
        EditorReply::Taken
    }

    /// Puts in pasted text.
    pub fn paste(&mut self, text: &str) {
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
        input.text().clone_into(&mut field.value);
    }

    fn go(&mut self, by: isize) -> EditorReply {
        let count = self.form.fields.len();
        self.focus = (self.focus + count).saturating_add_signed(by) % count.max(1);
        EditorReply::Left
    }

    /// The known values that match what is typed, best first.
    fn suggestions(&self) -> Vec<&str> {
        let Some(field) = self.form.fields.get(self.focus) else {
            return Vec::new();
        };
        if field.known.contains(&field.value) || matches!(field.kind, FieldKind::Amount) {
            return Vec::new();
        }
        let matcher = Matcher::new(&field.value);
        field
            .known
            .iter()
            .filter(|k| matcher.matches(k))
            .take(SUGGESTIONS_MAX)
            .map(String::as_str)
            .collect()
    }

    fn completion(&self) -> Option<&str> {
        self.suggestions().first().copied()
    }

    /// Draws the form in the middle of `area`; returns where the cursor stands.
    pub fn render(
        &mut self,
        area: Rect,
        buf: &mut Buffer,
        styles: &Styles,
        lang: Lang,
    ) -> Option<Position> {
        let labels: Vec<&str> = self
            .form
            .fields
            .iter()
            .map(|f| f.label.text(lang))
            .collect();
        let errors: Vec<String> = self
            .form
            .fields
            .iter()
            .map(|f| self.error(f.key, lang))
            .collect();
        let items: Vec<Item<'_>> = (0..labels.len())
            .filter_map(|at| self.item(at, labels.get(at)?, errors.get(at)?, lang))
            .collect();
        let drawing = Drawing {
            items: &items,
            focused: self.focus,
        };
        let wide = WIDE.max(area.width * 7 / 10).min(area.width);
        let problem = self
            .problem
            .as_ref()
            .map(|p| refusal::problem(p, lang))
            .unwrap_or_default();
        let above = width::wrap(&problem, usize::from(wide.saturating_sub(4)));
        let above: Vec<String> = above.into_iter().filter(|line| !line.is_empty()).collect();
        let rows = drawing.height(wide.saturating_sub(4)) + above.len() + 3;
        let high = u16::try_from(rows).unwrap_or(u16::MAX).min(area.height);
        let outer = popup::place(area, (wide, high), popup::Place::Centre);
        let footer = word(
            "Enter 下一项  Ctrl-S 保存  Esc 离开",
            "Enter next  Ctrl-S save  Esc leave",
        )
        .text(lang);
        let count = format!("{}/{}", self.focus + 1, self.form.fields.len());
        let frame = popup::Frame {
            title: &self.form.title,
            right: &count,
            footer,
            focus: Focus::Here,
        };
        let inner = frame.render(outer, buf, styles);
        let inner = Rect {
            x: inner.x + 1,
            width: inner.width.saturating_sub(2),
            ..inner
        };
        let mut y = inner.y;
        for line in above {
            put_clipped(
                buf,
                (inner.x, y),
                inner.width,
                &line,
                styles.error,
                styles.symbols.ellipsis,
            );
            y += 1;
        }
        let body = Rect {
            y,
            height: inner.bottom().saturating_sub(y + 1),
            ..inner
        };
        let cells = drawing.value_cells(body.width, self.focus);
        let drawn = drawing.render(body, buf, styles);
        let help = self.help(lang);
        let last = inner.bottom().saturating_sub(1);
        put_clipped(
            buf,
            (inner.x, last),
            inner.width,
            &help,
            styles.dim,
            styles.symbols.ellipsis,
        );
        let choice = self
            .form
            .fields
            .get(self.focus)
            .is_some_and(|f| matches!(f.kind, FieldKind::Choice(_)));
        self.cells = cells;
        drawn
            .cursor
            .or_else(|| choice.then(|| Position::new(drawn.focused.x, drawn.focused.y)))
    }

    fn item<'a>(
        &'a self,
        at: usize,
        label: &'a str,
        error: &'a str,
        lang: Lang,
    ) -> Option<Item<'a>> {
        let (field, input) = (self.form.fields.get(at)?, self.inputs.get(at)?);
        let value = match (&field.kind, input) {
            (FieldKind::Choice(options), _) => Value::Choice(
                options
                    .iter()
                    .find(|(code, _)| *code == field.value)
                    .map_or("", |(_, w)| w.as_str()),
            ),
            (_, Input::Line(line)) => Value::Text(line),
            (_, Input::Notes(notes)) => Value::Notes(notes, NOTE_ROWS),
        };
        let hint = field.hint.map_or("", |hint| hint.text(lang));
        Some(Item {
            required: field.required,
            error,
            hint,
            ..Item::new(label, value)
        })
    }

    fn error(&self, key: &str, lang: Lang) -> String {
        self.errors
            .get(key)
            .map(|problem| refusal::problem(problem, lang))
            .unwrap_or_default()
    }

    /// The line under the form: what typing would complete to, or what to type.
    fn help(&self, lang: Lang) -> String {
        let Some(field) = self.form.fields.get(self.focus) else {
            return String::new();
        };
        if field.kind == FieldKind::Amount && !field.known.is_empty() {
            return field.known.join(" · ");
        }
        let found = self.suggestions();
        if !found.is_empty() {
            return word("→ 补全：{0}", "→ completes: {0}").fill(lang, &[&found.join(" · ")]);
        }
        match field.kind {
            FieldKind::Choice(_) => word("←→ 选择", "←→ to choose").text(lang).to_owned(),
            FieldKind::Note => word("Ctrl-J 换行", "Ctrl-J for a new line")
                .text(lang)
                .to_owned(),
            _ => field.hint.map_or("", |hint| hint.text(lang)).to_owned(),
        }
    }
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
