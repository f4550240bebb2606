//! Importing a file on the screen: its path, what was read beside what is known, then all of it or
//! nothing.

pub mod mapping;
mod ready;

use crossterm::event::{KeyCode, KeyEvent};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::busy::{Busy, BusyWords};
use crate::app::reader::Stop;
use crate::text::{Lang, Word, width};
use crate::text::{joined as j, transfer as t};
use crate::theme::Styles;
use crate::transfer::draft::Options;
use crate::transfer::headings::{Desk, Kind};
use crate::transfer::values::DateOrder;
use crate::widget::field::{Field, Focus};
use crate::widget::{popup, put_clipped};
use mapping::{MapEditor, MapReply};
pub use ready::Ready;
use ready::unknown_headings;

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
    /// Opens the order form with the message beside it.
    Type,
    /// Leaves the next changed order alone.
    Pass,
    /// Takes what a sheet about purchases or stock says.
    Take,
}

/// The state of an import.
#[derive(Debug)]
pub struct Import {
    pub path: Field,
    /// What was read, with the file itself.
    pub ready: Option<Box<Ready>>,
    reading: Option<Busy>,
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
    /// An import opened at that desk.
    #[must_use]
    pub fn at(desk: Desk) -> Self {
        let mut import = Self::default();
        import.options.desk = desk;
        import
    }

    /// Whose fields the headings can mean.
    fn kind(&self) -> Kind {
        let at_desk = match self.options.desk {
            Desk::Intake => Kind::Orders,
            Desk::Materials => Kind::Receipts,
            Desk::Progress => Kind::Progress,
        };
        self.options.kind.unwrap_or(at_desk)
    }

    /// Reads the file as the next kind of sheet.
    fn turn(&mut self) -> ImportReply {
        let read = self.ready.as_ref().filter(|r| r.joined.is_some());
        let kind = read.map_or_else(|| self.kind(), |r| r.preview.kind);
        self.options.kind = Some(kind.turn());
        ImportReply::Read
    }

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
                reading.stop();
                self.reading = None;
            }
            return ImportReply::Taken;
        }
        let Some(ready) = &self.ready else {
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
                self.map = Some(MapEditor::new(headings, self.kind(), &self.options.mapping));
            }
            KeyCode::Char('k') if ready.can_turn() => return self.turn(),
            KeyCode::Char('d') if ready.asks_dates() => {
                self.options.date_order = DateOrder::DayFirst;
                return ImportReply::Read;
            }
            KeyCode::Char('m') if ready.asks_dates() => {
                self.options.date_order = DateOrder::MonthFirst;
                return ImportReply::Read;
            }
            KeyCode::Enter if ready.joined.is_some() => return ready.take(),
            KeyCode::Enter if ready.is_good() => {
                return match ready.next() {
                    _ if ready.preview.message.is_some() && ready.any_new() => ImportReply::Type,
                    _ if ready.any_new() => ImportReply::Bring,
                    Some(at) => ImportReply::Open(at),
                    None => ImportReply::Leave,
                };
            }
            KeyCode::Char('s') if ready.is_good() && !ready.any_new() => return ImportReply::Pass,
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
        self.reading = Some(Busy::new(job, stop));
    }

    /// How far the reading is.
    pub fn progress(&mut self, job: u64, done: usize, total: usize) {
        if let Some(reading) = &mut self.reading {
            reading.progress(job, done, total);
        }
    }

    /// Ends the reading, where it is the one that is waited for.
    pub fn ends(&mut self, job: u64) -> bool {
        let awaited = self.reading.as_ref().is_some_and(|r| r.is(job));
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
            let path = self.path();
            let name = std::path::Path::new(&path).file_name().unwrap_or_default();
            let words = BusyWords {
                title: t::IMPORT.text(lang),
                said: &t::READING.fill(lang, &[&name.to_string_lossy()]),
                rows: t::READING_ROWS,
                keys: t::KEYS_READING.text(lang),
            };
            reading.render(words, area, buf, styles, lang);
            return None;
        }
        let Some(ready) = &mut self.ready else {
            return self.render_path(area, buf, styles, lang);
        };
        let cells = usize::from(area.width.saturating_sub(8));
        let footer = ready.footer(lang);
        let found = ready.found(lang);
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
            title: title(&self.options).text(lang),
            right: &found,
            footer: &footer,
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
        let hint = match self.options.desk {
            Desk::Intake => t::HINT_PATH,
            Desk::Materials => j::HINT,
            Desk::Progress => j::HINT_FIGURES,
        };
        let hint = width::wrap(hint.text(lang), usize::from(wide.saturating_sub(4)));
        let high = u16::try_from(problem.len() + hint.len() + 4).unwrap_or(8);
        let outer = popup::place(area, (wide, high), popup::Place::Centre);
        let footer = t::KEYS_PATH.text(lang);
        let frame = popup::Frame {
            title: title(&self.options).text(lang),
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

const fn title(options: &Options) -> Word {
    match options.desk {
        Desk::Intake => t::IMPORT,
        Desk::Materials => j::IMPORT,
        Desk::Progress => j::IMPORT_FIGURES,
    }
}
