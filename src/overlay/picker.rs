//! A list to choose from while typing: commands, orders, the actions of a row.

use crossterm::event::{KeyCode, KeyEvent};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::app::action::Action;
use crate::text::search::Matcher;
use crate::text::{Lang, word};
use crate::theme::Styles;
use crate::widget::field::{Field, Focus};
use crate::widget::{popup, put_clipped};

/// Rows of the list that are shown at once, at most.
const ROWS_MAX: u16 = 16;

/// What choosing an entry does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    Do(Action),
    Order(i64),
    /// An order on the shelf.
    Shelved(i64),
    /// A production order, in Schedule.
    Made(i64),
    /// The form of a capacity block.
    Block(i64),
    /// Opens the draft at this place in the list of drafts.
    Draft(usize),
    WhatIf(crate::app::whatif::Choice),
    Theme(String),
}

/// An entry of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub text: String,
    /// On the right: a key, a customer.
    pub right: String,
    /// Also found by this, beside what is shown.
    pub also: String,
    pub target: Target,
}

/// What a key asked of the app.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PickerReply {
    Taken,
    Leave,
    Chosen(Target),
}

/// The list with what is typed.
#[derive(Debug, Clone)]
pub struct Picker {
    pub title: String,
    pub query: Field,
    entries: Vec<Entry>,
    shown: Vec<usize>,
    selected: usize,
    /// How many entries are the list's own; the rest came for what is typed. None: only its own.
    own: Option<usize>,
    /// What is typed has changed since more was added.
    stale: bool,
}

impl Picker {
    #[must_use]
    pub fn new(title: impl Into<String>, entries: Vec<Entry>) -> Self {
        let shown = (0..entries.len()).collect();
        Self {
            title: title.into(),
            query: Field::default(),
            entries,
            shown,
            selected: 0,
            own: None,
            stale: false,
        }
    }

    /// The list with room for more than its own entries, which follow what is typed.
    #[must_use]
    pub fn with_more(mut self) -> Self {
        self.own = Some(self.entries.len());
        self.stale = true;
        self
    }

    /// What is typed, where more entries are wanted for it.
    #[must_use]
    pub fn wants_more(&self) -> Option<String> {
        let wanted = self.own.is_some() && self.stale;
        wanted.then(|| self.query.text().to_owned())
    }

    /// Adds entries that were found for what is typed, behind the list's own.
    pub fn add_more(&mut self, more: Vec<Entry>) {
        let Some(own) = self.own else { return };
        self.entries.truncate(own);
        self.shown.retain(|at| *at < own);
        self.shown.extend(own..own + more.len());
        self.entries.extend(more);
        self.stale = false;
    }

    /// The list with a query typed already.
    #[must_use]
    pub fn typed(mut self, query: &str) -> Self {
        self.query.set(query);
        self.narrow();
        self
    }

    fn narrow(&mut self) {
        let matcher = Matcher::new(self.query.text());
        let hit = |e: &Entry| matcher.matches(&format!("{} {} {}", e.text, e.right, e.also));
        self.shown = self
            .entries
            .iter()
            .enumerate()
            .filter(|(at, e)| self.own.is_none_or(|own| *at < own) && hit(e))
            .map(|(at, _)| at)
            .collect();
        self.selected = 0;
        self.stale = true;
    }

    /// Takes a key.
    pub fn on_key(&mut self, key: KeyEvent) -> PickerReply {
        let last = self.shown.len().saturating_sub(1);
        match key.code {
            KeyCode::Esc => return PickerReply::Leave,
            KeyCode::Enter => {
                let chosen = self
                    .shown
                    .get(self.selected)
                    .and_then(|at| self.entries.get(*at));
                return chosen.map_or(PickerReply::Taken, |e| {
                    PickerReply::Chosen(e.target.clone())
                });
            }
            KeyCode::Up | KeyCode::BackTab => self.selected = self.selected.saturating_sub(1),
            KeyCode::Down | KeyCode::Tab => self.selected = (self.selected + 1).min(last),
            KeyCode::PageUp => self.selected = self.selected.saturating_sub(ROWS_MAX.into()),
            KeyCode::PageDown => self.selected = (self.selected + usize::from(ROWS_MAX)).min(last),
            _ => {
                self.query.on_key(key);
                self.narrow();
            }
        }
        PickerReply::Taken
    }

    /// The box, and the first entry that is shown in it.
    fn layout(&self, area: Rect) -> (Rect, usize) {
        let rows = u16::try_from(self.shown.len())
            .unwrap_or(ROWS_MAX)
            .clamp(3, ROWS_MAX);
        let outer = popup::place(area, (70.min(area.width), rows + 3), popup::Place::Centre);
        let height = usize::from(outer.height.saturating_sub(3));
        let first = self.selected.saturating_sub(height.saturating_sub(1));
        (outer, first)
    }

    /// Takes a click: on an entry it is chosen, anywhere else nothing happens.
    pub fn on_click(&self, area: Rect, x: u16, y: u16) -> PickerReply {
        let (outer, first) = self.layout(area);
        let inside = x > outer.x && x + 1 < outer.right() && y + 1 < outer.bottom();
        let row = y.checked_sub(outer.y + 2).filter(|_| inside);
        let at = row.and_then(|row| self.shown.get(first + usize::from(row)));
        let entry = at.and_then(|at| self.entries.get(*at));
        entry.map_or(PickerReply::Taken, |e| {
            PickerReply::Chosen(e.target.clone())
        })
    }

    /// Puts in pasted text.
    pub fn paste(&mut self, text: &str) {
        self.query.paste(text);
        self.narrow();
    }

    /// Draws the list in the middle of `area`; returns where the cursor stands.
    pub fn render(
        &self,
        area: Rect,
        buf: &mut Buffer,
        styles: &Styles,
        lang: Lang,
    ) -> Option<Position> {
        let (outer, first) = self.layout(area);
        let footer = word("Enter 选定  Esc 返回", "Enter choose  Esc back").text(lang);
        let count = format!("{}/{}", self.shown.len(), self.entries.len());
        let frame = popup::Frame {
            title: &self.title,
            right: &count,
            footer,
            focus: Focus::Here,
        };
        let inner = frame.render(outer, buf, styles);
        if inner.height < 2 {
            return None;
        }
        let cursor = self
            .query
            .render(Rect { height: 1, ..inner }, buf, styles, Focus::Here);
        for (y, at) in (inner.y + 1..inner.bottom()).zip(self.shown.iter().skip(first)) {
            let Some(entry) = self.entries.get(*at) else {
                continue;
            };
            let chosen = self.shown.get(self.selected) == Some(at);
            let style = if chosen { styles.selected } else { styles.base };
            let mark = if chosen { styles.symbols.pointer } else { ' ' };
            let right = u16::try_from(crate::text::width::width(&entry.right))
                .unwrap_or(0)
                .min(inner.width / 2);
            let room = inner.width.saturating_sub(right + 1);
            crate::widget::clear(
                buf,
                Rect {
                    y,
                    height: 1,
                    ..inner
                },
                style,
            );
            put_clipped(
                buf,
                (inner.x, y),
                room,
                &format!("{mark} {}", entry.text),
                style,
                styles.symbols.ellipsis,
            );
            let dim = if chosen { styles.selected } else { styles.dim };
            put_clipped(
                buf,
                (inner.x + room + 1, y),
                right,
                &entry.right,
                dim,
                styles.symbols.ellipsis,
            );
        }
        cursor
    }
}
