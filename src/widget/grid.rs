//! A table that is typed into like a spreadsheet.
//!
//! Typing replaces a cell, `Backspace` or `F2` goes on with what stands there. `Enter` goes to the
//! next cell that is still to be filled, `Tab` to the next one, the arrows anywhere. One empty row
//! always follows the last; `Enter` on it leaves the table. Where a column names the rows
//! ([`Stop::Names`]) they stay as they are, and `Enter` leaves from the last.

mod draw;

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::field::{Field, FieldReply, typed_text};
use crate::text::safe::typed;

pub use draw::{Drawing, Notes};

/// Rows a table takes.
pub const ROWS_MAX: usize = 500;
/// Characters a cell takes.
pub const CELL_CHARS_MAX: usize = 120;

/// Whether the keys stop at a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    /// `Enter` stops here while the cell is empty.
    Usual,
    /// Only `Tab` and the arrows come here.
    Extra,
    /// Nobody types here.
    Never,
    /// Nobody types here: it names the row, and no rows come or go.
    Names,
}

impl Stop {
    /// Whether anybody types here.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Usual | Self::Extra)
    }
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GridColumn {
    /// Names the column in the text of the table.
    pub key: String,
    pub title: String,
    pub cells: u16,
    pub right: bool,
    pub stop: Stop,
}

/// What a key did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GridReply {
    /// A cell holds something else.
    Changed,
    /// The keys went to another cell.
    Moved,
    /// No room for more.
    Full,
    /// The keys leave the table, back or on.
    Out(isize),
    Pass,
}

/// A table being typed into.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grid {
    columns: Vec<GridColumn>,
    /// Without the empty one at the end; every row has a cell for every column.
    rows: Vec<Vec<String>>,
    row: usize,
    column: usize,
    /// The cell while it is being typed into.
    typing: Option<Field>,
}

impl Grid {
    /// A table with that text, see [`Grid::text`].
    #[must_use]
    pub fn new(columns: Vec<GridColumn>, text: &str) -> Self {
        let rows = read(&columns, text);
        let mut grid = Self {
            columns,
            rows,
            row: 0,
            column: 0,
            typing: None,
        };
        grid.column = grid.first_column();
        grid
    }

    #[must_use]
    pub fn columns(&self) -> &[GridColumn] {
        &self.columns
    }

    #[must_use]
    pub fn rows(&self) -> &[Vec<String>] {
        &self.rows
    }

    /// Row and column that have the keys.
    #[must_use]
    pub const fn at(&self) -> (usize, usize) {
        (self.row, self.column)
    }

    /// The key of the column that has the keys.
    #[must_use]
    pub fn column_key(&self) -> &str {
        self.columns.get(self.column).map_or("", |c| c.key.as_str())
    }

    /// The cell that has the keys.
    #[must_use]
    pub fn cell(&self) -> &str {
        self.cell_at(self.row, self.column)
    }

    /// Whether the rows stay as they are.
    #[must_use]
    pub fn is_fixed(&self) -> bool {
        self.columns.iter().any(|c| c.stop == Stop::Names)
    }

    /// The last row that the keys reach.
    fn last_row(&self) -> usize {
        let spare = usize::from(self.is_fixed());
        self.rows.len().saturating_sub(spare)
    }

    fn cell_at(&self, row: usize, column: usize) -> &str {
        self.rows
            .get(row)
            .and_then(|r| r.get(column))
            .map_or("", String::as_str)
    }

    /// The table as text: a line of column keys, then a line a row, cells parted by tabs.
    #[must_use]
    pub fn text(&self) -> String {
        write(&self.columns, &self.rows)
    }

    /// Takes other columns and cells over; the keys stay at their place where it still exists.
    pub fn set(&mut self, columns: Vec<GridColumn>, text: &str) {
        let key = self.column_key().to_owned();
        let rows = read(&columns, text);
        if self.columns == columns && self.rows == rows {
            return;
        }
        self.columns = columns;
        self.rows = rows;
        self.row = self.row.min(self.last_row());
        let place = self.columns.iter().position(|c| c.key == key);
        self.column = place.unwrap_or_else(|| self.first_column());
        self.typing = None;
    }

    /// Goes to a cell.
    pub fn go(&mut self, row: usize, key: &str) {
        self.typing = None;
        self.row = row.min(self.last_row());
        if let Some(at) = self.columns.iter().position(|c| c.key == key) {
            self.column = at;
        }
    }

    /// Puts a text into the cell that has the keys, as when a suggestion is taken.
    pub fn put(&mut self, text: &str) {
        self.store(text);
        self.typing = None;
    }

    /// Whether the caret stands behind the last character of a cell being typed into.
    #[must_use]
    pub fn at_end(&self) -> bool {
        self.typing.as_ref().is_some_and(Field::at_end)
    }

    /// Pastes; several lines or cells fill the table from here on, as from a spreadsheet.
    pub fn paste(&mut self, text: &str) -> GridReply {
        if !text.trim_end_matches(['\r', '\n']).contains(['\n', '\t']) {
            return self.type_text(text.trim_end_matches(['\r', '\n']));
        }
        self.typing = None;
        let (row, column) = (self.row, self.column);
        let mut full = false;
        for (down, line) in text.lines().enumerate() {
            if row + down >= ROWS_MAX {
                full = true;
                break;
            }
            for (right, cell) in line.split('\t').enumerate() {
                let at = column + right;
                let open = self.columns.get(at).is_some_and(|c| c.stop.is_open());
                if open {
                    (self.row, self.column) = (row + down, at);
                    let cell: String = typed(cell.trim()).chars().take(CELL_CHARS_MAX).collect();
                    self.store(&cell);
                }
            }
        }
        (self.row, self.column) = (row, column);
        if full {
            GridReply::Full
        } else {
            GridReply::Changed
        }
    }

    /// Takes a key.
    pub fn on_key(&mut self, key: KeyEvent) -> GridReply {
        let ctrl = key.modifiers.contains(KeyModifiers::CONTROL);
        match key.code {
            KeyCode::Enter => return self.enter(),
            KeyCode::Tab => return self.tab(1),
            KeyCode::BackTab => return self.tab(-1),
            KeyCode::Up => return self.step_row(-1),
            KeyCode::Down => return self.step_row(1),
            KeyCode::Char('d') if ctrl => return self.delete_row(),
            _ => {}
        }
        if let Some(text) = typed_text(&key) {
            return self.type_text(&text);
        }
        if self.typing.is_some() {
            return self.edit(key);
        }
        match key.code {
            KeyCode::Left => self.step_column(-1),
            KeyCode::Right => self.step_column(1),
            KeyCode::Home => self.edge(true),
            KeyCode::End => self.edge(false),
            KeyCode::Delete => self.clear(),
            KeyCode::Char('u') if ctrl => self.clear(),
            KeyCode::F(2) => {
                self.typing = Some(Field::with_text(CELL_CHARS_MAX, self.cell()));
                GridReply::Moved
            }
            KeyCode::Backspace => {
                self.typing = Some(Field::with_text(CELL_CHARS_MAX, self.cell()));
                self.edit(key)
            }
            _ => GridReply::Pass,
        }
    }

    fn type_text(&mut self, text: &str) -> GridReply {
        if self.row >= ROWS_MAX {
            return GridReply::Full;
        }
        if self.is_fixed() && self.rows.is_empty() {
            return GridReply::Pass;
        }
        let field = self
            .typing
            .get_or_insert_with(|| Field::new(CELL_CHARS_MAX));
        let reply = field.paste(text);
        let now = field.text().to_owned();
        self.store(&now);
        match reply {
            FieldReply::Full => GridReply::Full,
            _ => GridReply::Changed,
        }
    }

    fn edit(&mut self, key: KeyEvent) -> GridReply {
        let Some(field) = self.typing.as_mut() else {
            return GridReply::Pass;
        };
        let reply = field.on_key(key);
        let now = field.text().to_owned();
        match reply {
            FieldReply::Changed => {
                self.store(&now);
                GridReply::Changed
            }
            FieldReply::Moved => GridReply::Moved,
            FieldReply::Full => GridReply::Full,
            FieldReply::Pass => GridReply::Pass,
        }
    }

    fn clear(&mut self) -> GridReply {
        if self.cell().is_empty() {
            return GridReply::Moved;
        }
        self.store("");
        GridReply::Changed
    }

    /// Writes the cell that has the keys; tabs and line breaks part cells and rows, so none stays.
    fn store(&mut self, text: &str) {
        let text = text.replace(['\t', '\n', '\r'], " ");
        if self.row >= self.rows.len() {
            if text.is_empty() || self.is_fixed() {
                return;
            }
            self.rows
                .resize(self.row + 1, vec![String::new(); self.columns.len()]);
        }
        let cell = self
            .rows
            .get_mut(self.row)
            .and_then(|r| r.get_mut(self.column));
        if let Some(cell) = cell {
            *cell = text;
        }
    }

    fn delete_row(&mut self) -> GridReply {
        self.typing = None;
        if self.row < self.rows.len() && !self.is_fixed() {
            self.rows.remove(self.row);
            GridReply::Changed
        } else {
            GridReply::Moved
        }
    }

    fn is_blank(&self, row: usize) -> bool {
        self.rows
            .get(row)
            .is_none_or(|cells| cells.iter().all(|c| c.trim().is_empty()))
    }

    fn first_column(&self) -> usize {
        let open = self.columns.iter().position(|c| c.stop.is_open());
        open.unwrap_or(0)
    }

    /// The next cell to be filled; out of the table from its empty last row.
    fn enter(&mut self) -> GridReply {
        self.typing = None;
        if self.is_fixed() {
            if self.row >= self.last_row() {
                return GridReply::Out(1);
            }
        } else if self.row >= self.rows.len()
            || (self.row + 1 == self.rows.len() && self.is_blank(self.row))
        {
            return GridReply::Out(1);
        }
        let open = |at: &usize| {
            self.columns.get(*at).is_some_and(|c| c.stop == Stop::Usual)
                && self.cell_at(self.row, *at).trim().is_empty()
        };
        match (self.column + 1..self.columns.len()).find(open) {
            Some(column) => self.column = column,
            None => {
                self.row += 1;
                self.column = self.first_column();
            }
        }
        GridReply::Moved
    }

    fn tab(&mut self, by: isize) -> GridReply {
        self.typing = None;
        if let Some(column) = self.neighbour(by) {
            self.column = column;
            return GridReply::Moved;
        }
        let leaves = if by < 0 {
            self.row == 0
        } else {
            self.row >= self.last_row()
        };
        if leaves {
            return GridReply::Out(by);
        }
        self.row = self.row.saturating_add_signed(by);
        self.edge(by > 0)
    }

    fn neighbour(&self, by: isize) -> Option<usize> {
        let mut at = self.column;
        loop {
            at = at.checked_add_signed(by)?;
            if self.columns.get(at)?.stop.is_open() {
                return Some(at);
            }
        }
    }

    fn step_column(&mut self, by: isize) -> GridReply {
        if let Some(column) = self.neighbour(by) {
            self.column = column;
        }
        GridReply::Moved
    }

    fn edge(&mut self, first: bool) -> GridReply {
        let last = || self.columns.iter().rposition(|c| c.stop.is_open());
        self.column = if first {
            self.first_column()
        } else {
            last().unwrap_or(0)
        };
        GridReply::Moved
    }

    fn step_row(&mut self, by: isize) -> GridReply {
        self.typing = None;
        match self.row.checked_add_signed(by) {
            Some(row) if row <= self.last_row() => {
                self.row = row;
                GridReply::Moved
            }
            _ => GridReply::Out(by),
        }
    }
}

/// The rows of a table's text, cells put under the columns of their keys.
#[must_use]
pub fn read(columns: &[GridColumn], text: &str) -> Vec<Vec<String>> {
    let mut lines = text.lines();
    let keys: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
    let place = |key: &str| keys.iter().position(|k| *k == key);
    let places: Vec<Option<usize>> = columns.iter().map(|c| place(&c.key)).collect();
    let row = |line: &str| {
        let cells: Vec<&str> = line.split('\t').collect();
        let cell =
            |at: &Option<usize>| at.and_then(|at| cells.get(at)).copied().unwrap_or_default();
        places.iter().map(|at| cell(at).to_owned()).collect()
    };
    lines.take(ROWS_MAX).map(row).collect()
}

/// The text of a table; empty without rows.
#[must_use]
pub fn write(columns: &[GridColumn], rows: &[Vec<String>]) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let keys: Vec<&str> = columns.iter().map(|c| c.key.as_str()).collect();
    let mut text = keys.join("\t");
    for row in rows {
        text.push('\n');
        text.push_str(&row.join("\t"));
    }
    text
}

#[cfg(test)]
mod tests;
