//! Lists as a panel describes them: cells, columns, rows, short lists and long ones.

use crate::text::Word;
use crate::theme::Role;

/// A piece of text with its meaning.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cell {
    pub text: String,
    pub role: Role,
    /// Sorts before the text where it is not empty: dates as ISO, numbers padded.
    pub key: String,
}

impl Cell {
    #[must_use]
    pub fn new(text: impl Into<String>, role: Role) -> Self {
        Self {
            text: text.into(),
            role,
            key: String::new(),
        }
    }

    /// The same, sorted by `key`.
    #[must_use]
    pub fn by(mut self, key: impl Into<String>) -> Self {
        self.key = key.into();
        self
    }
}

/// How wide a column is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Width {
    /// Exactly so many cells.
    Fixed(u16),
    /// At least so many, and a share of what is left.
    Fill(u16),
}

/// A column of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    pub title: Word,
    pub width: Width,
    pub right: bool,
    /// Dropped first where it is highest; zero stays.
    pub drop: u8,
}

/// A column as one line of code.
#[must_use]
pub const fn column(title: Word, width: Width, drop: u8) -> Column {
    Column {
        title,
        width,
        right: false,
        drop,
    }
}

/// A column of numbers.
#[must_use]
pub const fn number(title: Word, width: u16, drop: u8) -> Column {
    Column {
        title,
        width: Width::Fixed(width),
        right: true,
        drop,
    }
}

/// A row of a list; ids are those of the table the list is about.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Row {
    pub id: i64,
    pub cells: Vec<Cell>,
}

/// A list with its columns.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Listing {
    pub columns: &'static [Column],
    pub rows: Vec<Row>,
    /// What to say where there is no row.
    pub empty: Option<Word>,
}

/// A list that may be long: only the rows in sight are made, those of a panel's own list by
/// [`Panel::rows`](super::Panel::rows), those of a part by [`Panel::cells`](super::Panel::cells).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Long {
    pub columns: &'static [Column],
    /// The rows by id, in their order.
    pub ids: Vec<i64>,
    /// What to say where there is no row.
    pub empty: Option<Word>,
}

/// A row for each id; what is not there any more has an empty one.
pub(super) fn each(ids: &[i64], mut row: impl FnMut(i64) -> Option<Row>) -> Vec<Row> {
    let row = |id: &i64| {
        row(*id).unwrap_or_else(|| Row {
            id: *id,
            cells: Vec::new(),
        })
    };
    ids.iter().map(row).collect()
}
