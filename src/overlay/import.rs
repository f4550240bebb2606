//! Importing an order file on the screen: its path, what was read, then all of it or nothing.

pub mod mapping;

use crossterm::event::{KeyCode, KeyEvent};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::text::transfer as t;
use crate::text::{Lang, show, width};
use crate::theme::{Role, Styles};
use crate::transfer::draft::{Evidence, Fault, Options, OrderDraft, Preview};
use crate::widget::field::{Field, Focus};
use crate::widget::{popup, put_clipped};
use mapping::{MapEditor, MapReply};

/// What a key asked of the app.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImportReply {
    Taken,
    Leave,
    /// Reads the file that is named.
    Read,
    /// Brings the orders in.
    Bring,
}

/// The state of an import.
#[derive(Debug)]
pub struct Import {
    pub path: Field,
    /// What was read, with the file itself.
    pub ready: Option<(Evidence, Preview)>,
    /// How the file is read: what the user said its headings mean.
    pub options: Options,
    /// The headings being explained.
    map: Option<MapEditor>,
    /// Why the file could not be read.
    pub problem: String,
    first: usize,
}

impl Default for Import {
    fn default() -> Self {
        Self {
            path: Field::new(1_000),
            ready: None,
            options: Options::default(),
            map: None,
            problem: String::new(),
            first: 0,
        }
    }
}

impl Import {
    /// The path as typed or pasted; terminals quote what is dropped on them.
    #[must_use]
    pub fn path(&self) -> String {
        self.path
            .text()
            .trim()
            .trim_matches(['\'', '"'])
            .replace("\\ ", " ")
    }

    /// Takes a key.
    pub fn on_key(&mut self, key: KeyEvent) -> ImportReply {
        if let Some(map) = &mut self.map {
            return match map.on_key(key) {
                MapReply::Taken => ImportReply::Taken,
                MapReply::Leave => {
                    self.map = None;
                    ImportReply::Taken
                }
                MapReply::Apply => {
                    self.options.mapping = map.mapping();
                    self.map = None;
                    ImportReply::Read
                }
            };
        }
        let Some((_, preview)) = &self.ready else {
            return match key.code {
                KeyCode::Esc => ImportReply::Leave,
                KeyCode::Enter => ImportReply::Read,
                _ => {
                    self.path.on_key(key);
                    self.problem.clear();
                    ImportReply::Taken
                }
            };
        };
        match key.code {
            KeyCode::Esc => {
                self.ready = None;
                self.first = 0;
            }
            KeyCode::Char('m') | KeyCode::Enter if unknown_headings(preview).is_some() => {
                let headings = unknown_headings(preview).unwrap_or_default();
                self.map = Some(MapEditor::new(headings, &self.options.mapping));
            }
            KeyCode::Enter if preview.errors.is_empty() && !preview.drafts.is_empty() => {
                return ImportReply::Bring;
            }
            KeyCode::Up => self.first = self.first.saturating_sub(1),
            KeyCode::Down => self.first += 1,
            KeyCode::PageUp => self.first = self.first.saturating_sub(10),
            KeyCode::PageDown => self.first += 10,
            _ => {}
        }
        ImportReply::Taken
    }

    /// Puts in a pasted path.
    pub fn paste(&mut self, text: &str) {
        if self.ready.is_none() {
            self.path.paste(text);
        }
    }

    /// Draws the import; returns where the cursor stands.
    pub fn render(
        &mut self,
        area: Rect,
        buf: &mut Buffer,
        styles: &Styles,
        lang: Lang,
    ) -> Option<Position> {
        let Some((_, preview)) = &self.ready else {
            return self.render_path(area, buf, styles, lang);
        };
        let cells = usize::from(area.width.saturating_sub(8));
        let lines = wrapped(lines(preview, lang), cells);
        let high = u16::try_from(lines.len() + 2)
            .unwrap_or(u16::MAX)
            .clamp(6, area.height.saturating_sub(2).max(6));
        let outer = popup::place(
            area,
            (area.width.saturating_sub(4), high),
            popup::Place::Centre,
        );
        let wrong = !preview.errors.is_empty() || preview.drafts.is_empty();
        let footer = if unknown_headings(preview).is_some() {
            t::KEYS_EXPLAIN
        } else if wrong {
            t::KEYS_WRONG
        } else {
            t::KEYS_READY
        }
        .text(lang);
        let found = t::found(preview, lang);
        let frame = popup::Frame {
            title: t::IMPORT.text(lang),
            right: &found,
            footer,
            focus: Focus::Here,
        };
        let inner = frame.render(outer, buf, styles);
        self.first = self
            .first
            .min(lines.len().saturating_sub(usize::from(inner.height)));
        for (y, (text, role)) in (inner.y..inner.bottom()).zip(lines.iter().skip(self.first)) {
            let style = styles.role(*role);
            put_clipped(
                buf,
                (inner.x + 1, y),
                inner.width.saturating_sub(2),
                text,
                style,
                styles.symbols.ellipsis,
            );
        }
        if let Some(map) = &self.map {
            map.render(area, buf, styles, lang);
        }
        None
    }

    fn render_path(
        &self,
        area: Rect,
        buf: &mut Buffer,
        styles: &Styles,
        lang: Lang,
    ) -> Option<Position> {
        let wide = area.width.min(76);
        let problem = width::wrap(&self.problem, usize::from(wide.saturating_sub(4)));
        let hint = width::wrap(t::HINT_PATH.text(lang), usize::from(wide.saturating_sub(4)));
        let high = u16::try_from(problem.len() + hint.len() + 4).unwrap_or(8);
        let outer = popup::place(area, (wide, high), popup::Place::Centre);
        let footer = t::KEYS_PATH.text(lang);
        let frame = popup::Frame {
            title: t::IMPORT.text(lang),
            right: "",
            footer,
            focus: Focus::Here,
        };
        let inner = frame.render(outer, buf, styles);
        let (x, cells) = (inner.x + 1, inner.width.saturating_sub(2));
        let ellipsis = styles.symbols.ellipsis;
        put_clipped(
            buf,
            (x, inner.y),
            cells,
            t::PATH.text(lang),
            styles.label,
            ellipsis,
        );
        let row = Rect {
            x,
            y: inner.y + 1,
            width: cells,
            height: 1,
        };
        let cursor = self.path.render(row, buf, styles, Focus::Here);
        let below = problem
            .iter()
            .map(|l| (l, styles.error))
            .chain(hint.iter().map(|l| (l, styles.dim)));
        for (y, (line, style)) in (inner.y + 2..inner.bottom()).zip(below) {
            put_clipped(buf, (x, y), cells, line, style, ellipsis);
        }
        cursor
    }
}

/// The headings of a sheet that was not understood, for the user to explain.
fn unknown_headings(preview: &Preview) -> Option<&[String]> {
    preview.errors.iter().find_map(|e| match &e.fault {
        Fault::NoHeadings { unknown } if !unknown.is_empty() => Some(unknown.as_slice()),
        _ => None,
    })
}

/// The preview as lines: errors first, then what is open, then the orders.
fn lines(preview: &Preview, lang: Lang) -> Vec<(String, Role)> {
    let mut lines = Vec::new();
    if !preview.subject.is_empty() {
        lines.push((preview.subject.clone(), Role::Title));
    }
    if !preview.errors.is_empty() {
        lines.push((
            t::ERRORS.fill(lang, &[&preview.errors.len().to_string()]),
            Role::Bad,
        ));
        lines.extend(
            preview
                .errors
                .iter()
                .map(|e| (t::error(e, lang), Role::Bad)),
        );
    }
    for text in [t::to_ask(preview, lang), t::skipped(&preview.skipped, lang)] {
        if !text.is_empty() {
            lines.push((text, Role::Warn));
        }
    }
    if !preview.unknown.is_empty() {
        lines.push((
            t::UNKNOWN_HEADINGS.fill(lang, &[&preview.unknown.join(", ")]),
            Role::Dim,
        ));
    }
    for draft in &preview.drafts {
        lines.extend(order(draft));
    }
    lines
}

/// What is said of the file, wrapped to a width; the orders keep to a line each.
fn wrapped(lines: Vec<(String, Role)>, cells: usize) -> Vec<(String, Role)> {
    let wrap = |(text, role): (String, Role)| match role {
        Role::Base | Role::Accent => vec![(text, role)],
        _ => {
            let parts = width::wrap(&text, cells).into_iter();
            parts.map(|part| (part, role)).collect()
        }
    };
    lines.into_iter().flat_map(wrap).collect()
}

fn order(draft: &OrderDraft) -> Vec<(String, Role)> {
    let number = if draft.order_no.is_empty() {
        &draft.customer_po
    } else {
        &draft.order_no
    };
    let number = if number.is_empty() { "—" } else { number };
    let date = draft.order_date.map(|d| d.to_string()).unwrap_or_default();
    let total = draft
        .total
        .map(|sum| show::money(sum, &draft.currency))
        .unwrap_or_default();
    let head = format!(
        "■ {number}  {}  {date}  {total}  {}",
        draft.customer, draft.remarks
    );
    let mut lines = vec![(head.trim_end().to_owned(), Role::Accent)];
    for line in &draft.lines {
        let qty = line.qty.map_or_else(|| "?".to_owned(), |q| q.text());
        let due = line
            .requested_date
            .map(|d| d.to_string())
            .unwrap_or_else(|| "?".to_owned());
        let price = line
            .unit_price
            .map(|p| format!(" @ {p}"))
            .unwrap_or_default();
        let sizes: Vec<String> = line.sizes.iter().map(|(s, q)| format!("{s}:{q}")).collect();
        let what = format!(
            "{} {} {} {} {}",
            line.item,
            line.name,
            line.spec,
            line.colour,
            sizes.join(" ")
        );
        let what = what.split_whitespace().collect::<Vec<_>>().join(" ");
        lines.push((
            format!(
                "  {what}  {qty} {}{price}  → {due}  {}",
                line.unit, line.job_no
            ),
            Role::Base,
        ));
    }
    lines
}
