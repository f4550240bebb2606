//! What is being typed into: a line, notes or a table.

use crossterm::event::KeyEvent;

use super::super::form::{FieldKind, LINE_MAX, NOTE_MAX};
use crate::widget::field::{Field, FieldReply};
use crate::widget::grid::{Grid, GridReply};
use crate::widget::multiline::Multiline;

/// What is being typed into.
#[derive(Debug, Clone)]
pub(super) enum Input {
    Line(Field),
    Notes(Multiline),
    Table(Grid),
}

/// What a key did to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum InputReply {
    Changed,
    Moved,
    Full,
    /// The keys leave, back or on.
    Out(isize),
}

impl From<FieldReply> for InputReply {
    fn from(reply: FieldReply) -> Self {
        match reply {
            FieldReply::Changed => Self::Changed,
            FieldReply::Full => Self::Full,
            FieldReply::Moved | FieldReply::Pass => Self::Moved,
        }
    }
}

impl From<GridReply> for InputReply {
    fn from(reply: GridReply) -> Self {
        match reply {
            GridReply::Changed => Self::Changed,
            GridReply::Full => Self::Full,
            GridReply::Out(by) => Self::Out(by),
            GridReply::Moved | GridReply::Pass => Self::Moved,
        }
    }
}

impl Input {
    pub(super) fn new(kind: &FieldKind, text: &str) -> Self {
        match kind {
            FieldKind::Note => Self::Notes(Multiline::with_text(NOTE_MAX, text)),
            FieldKind::Grid(columns) => Self::Table(Grid::new(columns.clone(), text)),
            _ => Self::Line(Field::with_text(LINE_MAX, text)),
        }
    }

    pub(super) fn text(&self) -> String {
        match self {
            Self::Line(field) => field.text().to_owned(),
            Self::Notes(notes) => notes.text().to_owned(),
            Self::Table(grid) => grid.text(),
        }
    }

    /// Takes over a value that was set from outside.
    pub(super) fn set(&mut self, kind: &FieldKind, text: &str) {
        match (self, kind) {
            (Self::Table(grid), FieldKind::Grid(columns)) => grid.set(columns.clone(), text),
            (Self::Line(field), _) => field.set(text),
            (Self::Notes(notes), _) => notes.set(text),
            (Self::Table(_), _) => {}
        }
    }

    pub(super) fn paste(&mut self, text: &str) -> InputReply {
        match self {
            Self::Line(field) => field.paste(text).into(),
            Self::Notes(notes) => notes.paste(text).into(),
            Self::Table(grid) => grid.paste(text).into(),
        }
    }

    pub(super) fn on_key(&mut self, key: KeyEvent, cells: u16) -> InputReply {
        match self {
            Self::Line(field) => field.on_key(key).into(),
            Self::Notes(notes) => notes.on_key(key, cells).into(),
            Self::Table(grid) => grid.on_key(key).into(),
        }
    }

    /// The cell of a table that has the keys.
    pub(super) const fn place(&self) -> Option<(usize, usize)> {
        match self {
            Self::Table(grid) => Some(grid.at()),
            _ => None,
        }
    }

    /// The key of the column that has the keys, in a table.
    pub(super) fn column(&self) -> Option<&str> {
        match self {
            Self::Table(grid) => Some(grid.column_key()),
            _ => None,
        }
    }

    /// What a suggestion would take the place of.
    pub(super) fn typed(&self) -> String {
        match self {
            Self::Table(grid) => grid.cell().to_owned(),
            _ => self.text(),
        }
    }

    /// Puts a suggestion in.
    pub(super) fn complete(&mut self, text: &str) {
        match self {
            Self::Line(field) => field.set(text),
            Self::Notes(notes) => notes.set(text),
            Self::Table(grid) => grid.put(text),
        }
    }

    /// Whether the caret stands behind the last character of a line.
    pub(super) fn at_end(&self) -> bool {
        match self {
            Self::Line(field) => field.at_end(),
            Self::Notes(_) => false,
            Self::Table(grid) => grid.at_end(),
        }
    }
}
