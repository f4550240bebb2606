//! A form being filled in: keys, errors by field, suggestions, what has changed.
//!
//! `Enter`, `Tab` and the arrows move between fields; `Enter` on the last one and `Ctrl-S` anywhere
//! save. Nothing here touches the file: the app keeps drafts and runs the command.

use std::collections::BTreeMap;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::form::{FieldKind, Form, LINE_MAX, NOTE_MAX};
use crate::text::search::Matcher;
use crate::text::width::{self, Align};
use crate::text::{Lang, word};
use crate::theme::Styles;
use crate::widget::field::{Field, FieldReply, Focus};
use crate::widget::{popup, put, put_clipped};

/// Suggestions shown for a field.
const SUGGESTIONS_MAX: usize = 3;
/// Width of a form's box, frame included.
const WIDE: u16 = 76;

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

/// A form with its text fields.
#[derive(Debug, Clone)]
pub struct Editor {
    pub form: Form,
    inputs: Vec<Field>,
    focus: usize,
    first: usize,
    errors: BTreeMap<&'static str, String>,
    /// What is wrong with the form as a whole.
    pub problem: String,
    started: Vec<String>,
}

impl Editor {
    /// Opens a form on its values.
    #[must_use]
    pub fn new(form: Form) -> Self {
        let inputs = form.fields.iter().map(|f| Field::with_text(most(&f.kind), &f.value)).collect();
        let started = form.fields.iter().map(|f| f.value.clone()).collect();
        Self { form, inputs, focus: 0, first: 0, errors: BTreeMap::new(), problem: String::new(), started }
    }

    /// Whether anything was typed.
    #[must_use]
    pub fn is_changed(&self) -> bool {
        self.form.fields.iter().zip(&self.started).any(|(field, was)| field.value != *was)
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
        values.extend(self.form.fields.iter().map(|f| (f.key.to_owned(), f.value.clone())));
        values
    }

    /// Marks a field, or the form where no field has that key, and goes there.
    pub fn refuse(&mut self, key: &str, sentence: String) {
        self.errors.clear();
        self.problem.clear();
        match self.form.fields.iter().position(|f| f.key == key) {
            Some(at) => {
                self.focus = at;
                if let Some(field) = self.form.fields.get(at) {
                    self.errors.insert(field.key, sentence);
                }
            }
            None => self.problem = sentence,
        }
    }

    /// Takes a key.
    pub fn on_key(&mut self, key: KeyEvent) -> EditorReply {
        let ctrl = key.modifiers.contains(KeyModifiers::CONTROL);
        match key.code {
            KeyCode::Esc => return EditorReply::Leave,
            KeyCode::Char('s') if ctrl => return EditorReply::Save,
            KeyCode::Enter if self.focus + 1 == self.form.fields.len() => return EditorReply::Save,
            KeyCode::Enter | KeyCode::Tab | KeyCode::Down => return self.go(1),
            KeyCode::BackTab | KeyCode::Up => return self.go(-1),
            _ => {}
        }
        let completion = self.completion().map(str::to_owned);
        let (Some(field), Some(input)) = (self.form.fields.get_mut(self.focus), self.inputs.get_mut(self.focus)) else {
            return EditorReply::Taken;
        };
        if let FieldKind::Choice(options) = &field.kind {
            if let Some(value) = choose(options, &field.value, key) {
                field.value = value;
            }
            return EditorReply::Taken;
        }
        let before = input.cursor_cell(Rect::new(0, 0, u16::MAX, 1));
        let reply = input.on_key(key);
        let still = key.code == KeyCode::Right && before == input.cursor_cell(Rect::new(0, 0, u16::MAX, 1));
        if still && let Some(value) = completion {
            input.set(&value);
        }
        match reply {
            FieldReply::Full => {
                let most = most(&field.kind).to_string();
                let sentence = word("最多 {0} 个字。", "At most {0} characters.");
                self.errors.insert(field.key, format!("{} / {}", sentence.zh, sentence.en).replace("{0}", &most));
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
        let (Some(field), Some(input)) = (self.form.fields.get_mut(self.focus), self.inputs.get_mut(self.focus)) else {
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
        let Some(field) = self.form.fields.get(self.focus) else { return Vec::new() };
        if field.known.iter().any(|k| *k == field.value) || matches!(field.kind, FieldKind::Amount) {
            return Vec::new();
        }
        let matcher = Matcher::new(&field.value);
        field.known.iter().filter(|k| matcher.matches(k)).take(SUGGESTIONS_MAX).map(String::as_str).collect()
    }

    fn completion(&self) -> Option<&str> {
        self.suggestions().first().copied()
    }

    /// Draws the form in the middle of `area`; returns where the cursor stands.
    pub fn render(&mut self, area: Rect, buf: &mut Buffer, styles: &Styles, lang: Lang) -> Option<Position> {
        let labels = self.form.fields.iter().map(|f| width::width(f.label.text(lang)) + 2).max().unwrap_or(0);
        let label_cells = u16::try_from(labels).unwrap_or(20).min(26);
        let wide = WIDE.max(area.width * 3 / 5).min(area.width);
        let rows = self.rows();
        let high = u16::try_from(rows).unwrap_or(u16::MAX).saturating_add(4).min(area.height);
        let outer = popup::place(area, (wide, high), popup::Place::Centre);
        let footer = word("Enter 下一项  Ctrl-S 保存  Esc 离开", "Enter next  Ctrl-S save  Esc leave").text(lang);
        let count = format!("{}/{}", self.focus + 1, self.form.fields.len());
        let frame = popup::Frame { title: &self.form.title, right: &count, footer, focus: Focus::Here };
        let inner = frame.render(outer, buf, styles);
        if inner.height < 2 {
            return None;
        }
        let problem = if self.problem.is_empty() { word("", "").text(lang) } else { self.problem.as_str() };
        let lines = width::wrap(problem, inner.width.into());
        put_clipped(buf, (inner.x, inner.y), inner.width, lines.first().map_or("", |l| l), styles.error, styles.symbols.ellipsis);
        let body = Rect { y: inner.y + 1, height: inner.height - 1, ..inner };
        self.scroll(body.height);
        let mut y = body.y;
        let mut cursor = None;
        for at in self.first..self.form.fields.len() {
            if y >= body.bottom() {
                break;
            }
            let here = at == self.focus;
            let row = Rect { y, height: 1, ..body };
            let found = self.render_field(at, row, label_cells, buf, styles, lang);
            if here {
                cursor = found;
            }
            y += 1;
            for line in self.below(at, lang) {
                if y < body.bottom() {
                    let x = body.x + label_cells + 1;
                    let cells = body.width.saturating_sub(label_cells + 1);
                    let style = if self.errors.contains_key(self.key_at(at)) { styles.error } else { styles.dim };
                    put_clipped(buf, (x, y), cells, &line, style, styles.symbols.ellipsis);
                    y += 1;
                }
            }
        }
        cursor
    }

    fn key_at(&self, at: usize) -> &'static str {
        self.form.fields.get(at).map_or("", |f| f.key)
    }

    /// The lines under a field: its error, or suggestions and a hint while it has the keys.
    fn below(&self, at: usize, lang: Lang) -> Vec<String> {
        let Some(field) = self.form.fields.get(at) else { return Vec::new() };
        if let Some(error) = self.errors.get(field.key) {
            return width::wrap(&format!("! {error}"), 46);
        }
        if at != self.focus {
            return Vec::new();
        }
        let found = self.suggestions();
        if matches!(field.kind, FieldKind::Amount) && !field.known.is_empty() {
            return field.known.clone();
        }
        if !found.is_empty() {
            return vec![format!("→ {}", found.join(" · "))];
        }
        field.hint.iter().map(|hint| hint.text(lang).to_owned()).collect()
    }

    fn rows(&self) -> usize {
        // One row a field and one for the problem line; notes under fields may need three more.
        self.form.fields.len() + 3
    }

    fn scroll(&mut self, height: u16) {
        let fits = usize::from(height.saturating_sub(2)).max(1);
        if self.focus < self.first {
            self.first = self.focus;
        } else if self.focus >= self.first + fits {
            self.first = self.focus + 1 - fits;
        }
    }

    fn render_field(
        &self,
        at: usize,
        row: Rect,
        label_cells: u16,
        buf: &mut Buffer,
        styles: &Styles,
        lang: Lang,
    ) -> Option<Position> {
        let (field, input) = (self.form.fields.get(at)?, self.inputs.get(at)?);
        let here = at == self.focus;
        let mark = if field.required { "*" } else { "" };
        let label = format!("{mark}{}", field.label.text(lang));
        let label = width::fit(&label, label_cells.into(), Align::Right, styles.symbols.ellipsis);
        let label_style = if here { styles.accent } else { styles.label };
        put(buf, row.x, row.y, label_cells, &label, label_style);
        let area = Rect { x: row.x + label_cells + 1, width: row.width.saturating_sub(label_cells + 1), ..row };
        if let FieldKind::Choice(options) = &field.kind {
            let shown = options.iter().find(|(code, _)| *code == field.value).map_or("", |(_, w)| w.as_str());
            let s = styles.symbols;
            let text = format!("{} {shown} {}", s.choice_left, s.choice_right);
            let style = if here { styles.input_focused } else { styles.input };
            put_clipped(buf, (area.x, area.y), area.width, &text, style, s.ellipsis);
            return here.then_some(Position::new(area.x, area.y));
        }
        let cells = match field.kind {
            FieldKind::Amount | FieldKind::Whole | FieldKind::Date => area.width.min(24),
            _ => area.width,
        };
        input.render(Rect { width: cells, ..area }, buf, styles, Focus::when(here))
    }
}

fn most(kind: &FieldKind) -> usize {
    if *kind == FieldKind::Note { NOTE_MAX } else { LINE_MAX }
}

/// The choice after a key: arrows and blank step, a letter goes to the next word it starts.
fn choose(options: &[(String, String)], value: &str, key: KeyEvent) -> Option<String> {
    let at = options.iter().position(|(code, _)| code == value).unwrap_or(0);
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
                    code.starts_with(c) || w.chars().next().is_some_and(|f| matcher.matches(&f.to_string()))
                })
            };
            (1..=count).map(|step| (at + step) % count).find(starts)?
        }
        _ => return None,
    };
    options.get(to).map(|(code, _)| code.clone())
}
