//! Importing an order file on the screen: its path, what was read, then all of it or nothing.

pub mod mapping;

use std::collections::BTreeSet;

use crossterm::event::{KeyCode, KeyEvent};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::app::reader::Stop;
use crate::domain::world::World;
use crate::text::ripple::difference;
use crate::text::transfer as t;
use crate::text::{Lang, Word, show, width};
use crate::theme::{Role, Styles};
use crate::transfer::compare::Standing;
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
    /// Brings the orders in that are new.
    Bring,
    /// Opens what the order at this place changes.
    Open(usize),
}

/// A file that was read, compared with what is known.
#[derive(Debug)]
pub struct Ready {
    pub file: Evidence,
    pub preview: Preview,
    /// How each order stands to what is known; empty until compared.
    pub standings: Vec<Standing>,
    /// Changed orders that the user leaves alone.
    passed: BTreeSet<usize>,
    /// What is shown; long files are not put into words for each drawing.
    lines: Vec<(String, Role)>,
    /// The lines wrapped to a width.
    wrapped: (usize, Vec<(String, Role)>),
}

impl Ready {
    #[must_use]
    pub fn new(file: Evidence, preview: Preview) -> Self {
        Self {
            file,
            preview,
            standings: Vec::new(),
            passed: BTreeSet::new(),
            lines: Vec::new(),
            wrapped: (0, Vec::new()),
        }
    }

    /// Takes how the orders stand to what is known, and puts the whole into words.
    pub fn compare(&mut self, world: &World, standings: Vec<Standing>, lang: Lang) {
        self.standings = standings;
        self.lines = lines(self, world, lang);
        self.wrapped = (0, Vec::new());
    }

    fn any_new(&self) -> bool {
        self.standings.contains(&Standing::New)
    }

    /// The first order that changes or cancels a known one and was not skipped.
    #[must_use]
    pub fn next(&self) -> Option<usize> {
        let open = |s: &Standing| matches!(s, Standing::Changed(_) | Standing::Cancels { .. });
        let mut at = self.standings.iter().enumerate();
        at.find(|(at, s)| open(s) && !self.passed.contains(at))
            .map(|(at, _)| at)
    }

    fn is_good(&self) -> bool {
        self.preview.errors.is_empty() && !self.preview.drafts.is_empty()
    }

    fn wrapped(&mut self, cells: usize) -> &[(String, Role)] {
        if self.wrapped.0 != cells {
            self.wrapped = (cells, wrapped(&self.lines, cells));
        }
        &self.wrapped.1
    }

    fn footer(&self) -> Word {
        if unknown_headings(&self.preview).is_some() {
            t::KEYS_EXPLAIN
        } else if !self.is_good() {
            t::KEYS_WRONG
        } else if self.any_new() {
            t::KEYS_READY
        } else if self.next().is_some() {
            t::KEYS_CHANGED
        } else {
            t::KEYS_NOTHING_NEW
        }
    }
}

/// A file that is being read.
#[derive(Debug)]
struct Reading {
    job: u64,
    stop: Stop,
    done: usize,
    total: usize,
}

/// The state of an import.
#[derive(Debug)]
pub struct Import {
    pub path: Field,
    /// What was read, with the file itself.
    pub ready: Option<Box<Ready>>,
    reading: Option<Reading>,
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
            reading: None,
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
        if let Some(reading) = &self.reading {
            if key.code == KeyCode::Esc {
                reading.stop.set();
                self.reading = None;
            }
            return ImportReply::Taken;
        }
        let Some(ready) = &mut self.ready else {
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
            KeyCode::Char('m') | KeyCode::Enter if unknown_headings(&ready.preview).is_some() => {
                let headings = unknown_headings(&ready.preview).unwrap_or_default();
                self.map = Some(MapEditor::new(headings, &self.options.mapping));
            }
            KeyCode::Enter if ready.is_good() => {
                return match ready.next() {
                    _ if ready.any_new() => ImportReply::Bring,
                    Some(at) => ImportReply::Open(at),
                    None => ImportReply::Leave,
                };
            }
            KeyCode::Char('s') if ready.is_good() && !ready.any_new() => {
                ready.passed.extend(ready.next());
            }
            KeyCode::Up => self.first = self.first.saturating_sub(1),
            KeyCode::Down => self.first += 1,
            KeyCode::PageUp => self.first = self.first.saturating_sub(10),
            KeyCode::PageDown => self.first += 10,
            KeyCode::Home => self.first = 0,
            KeyCode::End => self.first = usize::MAX,
            _ => {}
        }
        ImportReply::Taken
    }

    /// A file is being read; `stop` ends it.
    pub fn start(&mut self, job: u64, stop: Stop) {
        self.problem.clear();
        self.ready = None;
        self.first = 0;
        self.reading = Some(Reading {
            job,
            stop,
            done: 0,
            total: 0,
        });
    }

    /// How far the reading is.
    pub fn progress(&mut self, job: u64, done: usize, total: usize) {
        if let Some(reading) = self.reading.as_mut().filter(|r| r.job == job) {
            (reading.done, reading.total) = (done, total);
        }
    }

    /// Ends the reading, where it is the one that is waited for.
    pub fn ends(&mut self, job: u64) -> bool {
        let awaited = self.reading.as_ref().is_some_and(|r| r.job == job);
        if awaited {
            self.reading = None;
        }
        awaited
    }

    /// Puts in a pasted path.
    pub fn paste(&mut self, text: &str) {
        if self.ready.is_none() && self.reading.is_none() {
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
        if let Some(reading) = &self.reading {
            render_reading(reading, &self.path(), area, buf, styles, lang);
            return None;
        }
        let Some(ready) = &mut self.ready else {
            return self.render_path(area, buf, styles, lang);
        };
        let cells = usize::from(area.width.saturating_sub(8));
        let footer = ready.footer().text(lang);
        let found = t::found(&ready.preview, lang);
        let lines = ready.wrapped(cells);
        let high = u16::try_from(lines.len() + 2)
            .unwrap_or(u16::MAX)
            .clamp(6, area.height.saturating_sub(2).max(6));
        let outer = popup::place(
            area,
            (area.width.saturating_sub(4), high),
            popup::Place::Centre,
        );
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

/// How far the reading is: the name, a bar, rows of all rows.
fn render_reading(
    reading: &Reading,
    path: &str,
    area: Rect,
    buf: &mut Buffer,
    styles: &Styles,
    lang: Lang,
) {
    let outer = popup::place(area, (area.width.min(60), 5), popup::Place::Centre);
    let frame = popup::Frame {
        title: t::IMPORT.text(lang),
        right: "",
        footer: t::KEYS_READING.text(lang),
        focus: Focus::Here,
    };
    let inner = frame.render(outer, buf, styles);
    let (x, cells) = (inner.x + 1, inner.width.saturating_sub(2));
    let name = std::path::Path::new(path).file_name().unwrap_or_default();
    let said = t::READING.fill(lang, &[&name.to_string_lossy()]);
    let ellipsis = styles.symbols.ellipsis;
    put_clipped(buf, (x, inner.y), cells, &said, styles.base, ellipsis);
    if reading.total > 0 {
        let full = usize::from(cells) * reading.done / reading.total;
        let bar = Rect {
            x,
            y: inner.y + 1,
            width: u16::try_from(full).unwrap_or(cells).min(cells),
            height: 1,
        };
        buf.set_style(bar, styles.selected);
        let (done, total) = (reading.done.to_string(), reading.total.to_string());
        let rows = t::READING_ROWS.fill(lang, &[&done, &total]);
        put_clipped(buf, (x, inner.y + 2), cells, &rows, styles.dim, ellipsis);
    }
}

/// The preview as lines: errors first, then what is open, then the orders.
fn lines(ready: &Ready, world: &World, lang: Lang) -> Vec<(String, Role)> {
    let preview = &ready.preview;
    let mut lines = Vec::new();
    if !preview.subject.is_empty() {
        lines.push((preview.subject.clone(), Role::Title));
    }
    if !preview.errors.is_empty() {
        let count = preview.errors.len().to_string();
        lines.push((t::ERRORS.fill(lang, &[&count]), Role::Bad));
        let said = preview.errors.iter().map(|e| t::error(e, lang));
        lines.extend(said.map(|text| (text, Role::Bad)));
    }
    if ready.standings.iter().any(|s| *s != Standing::New) {
        lines.push((t::standings(&ready.standings, lang), Role::Title));
    }
    for text in [t::to_ask(preview, lang), t::skipped(&preview.skipped, lang)] {
        if !text.is_empty() {
            lines.push((text, Role::Warn));
        }
    }
    if !preview.unknown.is_empty() {
        let unknown = preview.unknown.join(", ");
        lines.push((t::UNKNOWN_HEADINGS.fill(lang, &[&unknown]), Role::Dim));
    }
    for (draft, standing) in preview.drafts.iter().zip(&ready.standings) {
        let known = standing.order_id().and_then(|id| world.orders.get(id));
        let said = t::standing(standing, known.map_or("", |o| o.no.as_str()), lang);
        let mut of_order = order(draft).into_iter();
        if let Some((head, role)) = of_order.next() {
            lines.push((format!("{head}  [{said}]"), role));
        }
        match standing {
            Standing::New => lines.extend(of_order),
            Standing::Changed(changed) => {
                let said = changed.differences.iter().map(|d| difference(d, lang));
                lines.extend(said.map(|text| (format!("  {text}"), Role::Warn)));
            }
            _ => {}
        }
    }
    lines
}

/// What is said of the file, wrapped to a width; the orders keep to a line each.
fn wrapped(lines: &[(String, Role)], cells: usize) -> Vec<(String, Role)> {
    let wrap = |(text, role): &(String, Role)| match role {
        Role::Base | Role::Accent => vec![(text.clone(), *role)],
        _ => {
            let parts = width::wrap(text, cells).into_iter();
            parts.map(|part| (part, *role)).collect()
        }
    };
    lines.iter().flat_map(wrap).collect()
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
