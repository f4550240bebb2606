//! Draws a form that is being filled in.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::super::form::{FieldKind, FormKind};
use super::input::Input;
use super::{Editor, WIDE, basis_key, from_key};
use crate::command::Problem;
use crate::overlay::forms;
use crate::text::{Lang, progress, refusal, shell, width, words};
use crate::theme::Styles;
use crate::widget::field::Focus;
use crate::widget::form::{Form as Drawing, Item, Value};
use crate::widget::grid::{Drawing as GridDrawing, Notes};
use crate::widget::{popup, put_clipped};

/// Cells that the customer's words beside a form need at least.
const WORDS_CELLS: u16 = 30;
/// Lines of the customer's words that are laid out.
const WORDS_LINES_MAX: usize = 500;
/// Rows of a notes field.
const NOTE_ROWS: u16 = 2;
/// Rows of a table beside those that are filled: heading, the empty row, totals.
const TABLE_ROWS: u16 = 3;
/// Rows a table takes at most on a small screen.
const TABLE_ROWS_MAX: u16 = 13;

impl Editor {
    /// Draws the form in the middle of `area`; returns where the cursor stands.
    pub fn render(
        &mut self,
        area: Rect,
        buf: &mut Buffer,
        styles: &Styles,
        lang: Lang,
    ) -> Option<Position> {
        let area = match self.beside(area) {
            Some((left, right)) => {
                self.render_words(right, buf, styles, lang);
                left
            }
            None => area,
        };
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
        let notes: Vec<Notes> = self
            .inputs
            .iter()
            .map(|input| self.notes(input, lang))
            .collect();
        // A table takes what a tall screen has to spare.
        let most = area.height.saturating_sub(12).max(TABLE_ROWS_MAX);
        let (focused, asked) = self.place_among();
        let items: Vec<Item<'_>> = (0..labels.len())
            .filter(|at| self.asked(*at))
            .filter_map(|at| {
                let (label, error) = (labels.get(at)?, errors.get(at)?);
                self.item(at, label, error, (notes.get(at)?, most), lang)
            })
            .collect();
        let drawing = Drawing {
            items: &items,
            focused,
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
        let footer = shell::FORM_KEYS.text(lang);
        let count = format!("{}/{asked}", focused + 1);
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
        let cells = drawing.value_cells(body.width, focused);
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

    /// Room for the form and for the customer's words beside it, where there are any and the
    /// screen is wide enough.
    fn beside(&self, area: Rect) -> Option<(Rect, Rect)> {
        let room = area
            .width
            .checked_sub(WIDE)
            .filter(|room| *room >= WORDS_CELLS)?;
        if self.form.value("words").trim().is_empty() {
            return None;
        }
        let left = Rect {
            width: WIDE,
            ..area
        };
        let right = Rect {
            x: area.x + WIDE,
            width: room,
            ..area
        };
        Some((left, right))
    }

    /// The customer's words; those that the value under the cursor came from stand out.
    fn render_words(&self, area: Rect, buf: &mut Buffer, styles: &Styles, lang: Lang) {
        let frame = popup::Frame {
            title: words::WORDS.text(lang),
            right: "",
            footer: "",
            focus: Focus::Away,
        };
        let inner = frame.render(area, buf, styles);
        let (x, cells) = (inner.x + 1, inner.width.saturating_sub(2));
        let source = self.form.hidden.get(&from_key(&self.place()));
        let source = source.map_or("", |s| s.trim());
        // A piece of a line with the part of it that is marked: where from, how wide.
        let mut lines: Vec<(String, Option<(usize, usize)>)> = Vec::new();
        for line in self.form.value("words").lines().take(WORDS_LINES_MAX) {
            let pieces = width::wrap(line, usize::from(cells));
            let within = |text: &str| !source.is_empty() && text.contains(source);
            let whole = !pieces.iter().any(|p| within(p))
                && (within(line) || (!line.trim().is_empty() && source.contains(line.trim())));
            lines.extend(pieces.into_iter().map(|piece| {
                let mark = match piece.find(source).filter(|_| !source.is_empty()) {
                    Some(at) => Some((
                        width::width(piece.get(..at).unwrap_or_default()),
                        width::width(source),
                    )),
                    None => whole.then(|| (0, width::width(&piece))),
                };
                (piece, mark)
            }));
        }
        // The words of the field at hand are brought into sight.
        let high = usize::from(inner.height);
        let hit = lines.iter().position(|(_, mark)| mark.is_some());
        let first = hit
            .unwrap_or(0)
            .saturating_sub(high / 2)
            .min(lines.len().saturating_sub(high));
        for (y, (text, mark)) in (inner.y..inner.bottom()).zip(lines.iter().skip(first)) {
            put_clipped(
                buf,
                (x, y),
                cells,
                text,
                styles.base,
                styles.symbols.ellipsis,
            );
            if let Some((from, wide)) = mark {
                let from = u16::try_from(*from).unwrap_or(cells).min(cells);
                let wide = u16::try_from(*wide).unwrap_or(cells).min(cells - from);
                buf.set_style(Rect::new(x + from, y, wide, 1), styles.selected);
            }
        }
    }

    /// The field that has the keys, with the row of its table where it is one.
    fn place(&self) -> String {
        let key = self.focused();
        match self.cell() {
            Some((row, _)) => format!("{key}.{row}"),
            None => key.to_owned(),
        }
    }

    fn item<'a>(
        &'a self,
        at: usize,
        label: &'a str,
        error: &'a str,
        (notes, most): (&'a Notes, u16),
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
            (_, Input::Table(grid)) => {
                let rows = u16::try_from(grid.rows().len()).unwrap_or(u16::MAX);
                let high = rows.saturating_add(TABLE_ROWS).clamp(6, most);
                Value::Grid(GridDrawing { grid, notes }, high)
            }
        };
        let hint = field.hint.map_or("", |hint| hint.text(lang));
        Some(Item {
            required: field.required,
            error,
            hint,
            ..Item::new(label, value)
        })
    }

    /// What follows from the cells of a table.
    fn notes(&self, input: &Input, lang: Lang) -> Notes {
        match input {
            Input::Table(grid) => forms::table_notes(&self.form, grid, lang),
            _ => Notes::default(),
        }
    }

    /// What is wrong with a field, as a sentence that names the cell of a table; empty for nothing.
    #[must_use]
    pub fn error(&self, key: &str, lang: Lang) -> String {
        let Some(problem) = self.errors.get(key) else {
            return String::new();
        };
        let at = self.form.fields.iter().position(|f| f.key == key);
        let title = match (problem, at.and_then(|at| self.inputs.get(at))) {
            (Problem::InRow { column, .. }, Some(Input::Table(grid))) => {
                let mut columns = grid.columns().iter();
                columns.find(|c| c.key == *column).map(|c| c.title.as_str())
            }
            _ => None,
        };
        refusal::in_column(problem, title.unwrap_or_default(), lang)
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
            return shell::FORM_COMPLETES.fill(lang, &[&found.join(" · ")]);
        }
        if let Some(Input::Table(grid)) = self.inputs.get(self.focus) {
            let said = forms::table_notes(&self.form, grid, lang).said;
            if !said.is_empty() {
                return said;
            }
        }
        if let Some(words) = self.form.hidden.get(&from_key(&self.place())) {
            return shell::FORM_FROM.fill(lang, &[words]);
        }
        if let Some(basis) = self.form.hidden.get(&basis_key(&self.place())) {
            return shell::FORM_BASIS.fill(lang, &[basis]);
        }
        match field.kind {
            FieldKind::Grid(_) if self.form.kind == FormKind::DayFigures => {
                progress::SHEET_KEYS.text(lang).to_owned()
            }
            FieldKind::Grid(_) => shell::FORM_TABLE.text(lang).to_owned(),
            FieldKind::Choice(_) => shell::FORM_CHOICE.text(lang).to_owned(),
            FieldKind::Note => shell::FORM_NOTE.text(lang).to_owned(),
            _ => field.hint.map_or("", |hint| hint.text(lang)).to_owned(),
        }
    }
}
