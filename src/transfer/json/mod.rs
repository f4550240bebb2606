//! The interchange file `gendan/1`: everything the program knows, as one JSON text.
//!
//! [`export`] writes it, [`parse`] reads and judges it without the data file, [`import`] and
//! [`bring`] put it in, all or nothing. Everything follows `domain::schema` and the table of
//! lists in [`shape`]; surprising is only that rows name each other by what people call them
//! (codes and numbers), never by the numbers that the data file gives its rows.

mod check;
mod error;
mod export;
mod import;
mod land;
mod past;
mod print;
mod raw;
mod read;
mod resolve;
mod rows;
pub mod shape;
mod values;

use std::collections::BTreeMap;

pub use error::{Fault, JsonError};
pub use export::export;
pub use import::{Count, ImportError, Summary, bring, import};
pub use read::parse;

use crate::domain::moment::Moment;
use crate::store::journal::Past;

/// The name and version of the format.
pub const FORMAT: &str = "gendan/1";
/// The largest file, in megabytes: some ten thousand orders with years of journal.
pub const FILE_MB_MAX: usize = 256;
/// The most rows in a file, all lists together.
pub const ROWS_MAX: usize = 1_000_000;
/// The longest text, in characters: a long mail.
pub const TEXT_MAX: usize = 1_000_000;
/// The most errors that are collected before reading stops.
pub const ERRORS_MAX: usize = 100;

/// A file that was read and is right in itself; what it refers to is looked up when it is
/// brought in.
#[derive(Debug, Clone, Default)]
pub struct File {
    /// The moment at which the file wants to be looked at.
    pub now: Option<Moment>,
    tables: BTreeMap<&'static str, Vec<Row>>,
    journal: Vec<Past>,
}

impl File {
    /// How many rows the file has of a table.
    #[must_use]
    pub fn len_of(&self, table: &str) -> usize {
        self.rows(table).len()
    }

    fn rows(&self, table: &str) -> &[Row] {
        self.tables.get(table).map_or(&[], Vec::as_slice)
    }

    /// Where a row stands, from the top.
    fn path(&self, table: &str, row: &Row) -> String {
        let Some((list, above)) = shape::list_of(table) else {
            return String::new();
        };
        let upper = above.zip(row.parent).and_then(|(above, at)| {
            let parent = self.rows(above.table).get(at)?;
            Some(self.path(above.table, parent))
        });
        match upper {
            Some(upper) if row.implied => upper,
            Some(upper) => format!("{upper}.{}[{}]", list.name, row.at),
            None => format!("{}[{}]", list.name, row.at),
        }
    }
}

/// A row of the file.
#[derive(Debug, Clone, Default)]
struct Row {
    /// The row above it, by its place among the rows of that table.
    parent: Option<usize>,
    /// Its place in its list.
    at: usize,
    /// By what others in the file name it.
    mark: Option<i64>,
    /// What is given; the rest is as the schema says.
    cells: Vec<(&'static str, Cell)>,
    /// Tables of the lists within it that are given.
    lists: Vec<&'static str>,
    /// The operations listed are all there are.
    own_routing: bool,
    /// The production order was given as finished: all its operations are done.
    finished: bool,
    /// It is not in the file, but follows from the routing.
    implied: bool,
}

impl Row {
    fn cell(&self, column: &str) -> Option<&Cell> {
        let found = self.cells.iter().find(|(name, _)| *name == column);
        found.map(|(_, cell)| cell)
    }
}

/// A value of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Cell {
    Null,
    /// Whole numbers, millionths and flags.
    Whole(i64),
    Text(String),
    /// The parts of the key of another row, as far as they are given.
    Key(Vec<Option<String>>),
    /// The `ref` of another row.
    Mark(i64),
}
