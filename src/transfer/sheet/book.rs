//! Workbooks (XLSX, XLS, ODS) as sheets of cells, within limits.
//!
//! XLSX is read cell by cell, so that two filled corners do not make a sheet of all that lies
//! between them; the other two are looked into first.

use std::collections::VecDeque;
use std::io::Cursor;

use calamine::{Data, DataRef, Ods, Range, Reader, Xls, Xlsx, XlsxError, open_workbook_from_rs};

use super::packed::{self, Packed};
use super::{Cell, Sheet, SheetError, text_cell, xls};
use crate::transfer::limits::{
    CELL_MAX, CELLS_MAX, COLUMNS_MAX, FILE_BYTES_MAX, Limit, ROWS_MAX, SHEETS_MAX, TEXT_BYTES_MAX,
};
use crate::transfer::shield::shielded;

/// All sheets of a workbook (XLSX, XLS, ODS) that hold anything.
///
/// # Errors
/// Where it reaches a limit, or is no workbook.
pub fn workbook(file: &str, bytes: &[u8]) -> Result<Vec<Sheet>, SheetError> {
    if bytes.len() > FILE_BYTES_MAX {
        return Err(Limit::File.into());
    }
    let read = shielded(|| {
        let mut book = Book {
            file,
            left: CELLS_MAX,
            text: TEXT_BYTES_MAX,
            sheets: Vec::new(),
        };
        if xls::is(bytes) {
            xls::look(bytes)?;
            let read = open_workbook_from_rs::<Xls<_>, _>(Cursor::new(bytes));
            book.ranges(read.map_err(damaged)?)?;
        } else if packed::look(bytes)? == Packed::Ods {
            let read = open_workbook_from_rs::<Ods<_>, _>(Cursor::new(bytes));
            book.ranges(read.map_err(damaged)?)?;
        } else {
            let read = open_workbook_from_rs::<Xlsx<_>, _>(Cursor::new(bytes));
            book.cells(read.map_err(damaged)?)?;
        }
        Ok(book.sheets)
    });
    match read {
        None => Err(SheetError::Damaged("?".to_owned())),
        Some(Ok(sheets)) if sheets.is_empty() => Err(SheetError::Empty),
        Some(read) => read,
    }
}

fn damaged(error: impl std::fmt::Display) -> SheetError {
    SheetError::Damaged(error.to_string())
}

/// A workbook that is being read.
struct Book<'a> {
    file: &'a str,
    /// Cells and bytes of text that may still come.
    left: usize,
    text: usize,
    sheets: Vec<Sheet>,
}

impl Book<'_> {
    /// The sheets of an XLSX, cell by cell.
    fn cells(&mut self, mut book: Xlsx<Cursor<&[u8]>>) -> Result<(), SheetError> {
        let names = book.sheet_names();
        if names.len() > SHEETS_MAX {
            return Err(Limit::Sheets.into());
        }
        for name in names {
            let mut reader = match book.worksheet_cells_reader(&name) {
                Ok(reader) => reader,
                // A chart is no table.
                Err(XlsxError::NotAWorksheet(_)) => continue,
                Err(e) => return Err(damaged(e)),
            };
            let mut grid = Grid::default();
            while let Some(cell) = reader.next_cell().map_err(damaged)? {
                let place = (index(cell.get_position().0), index(cell.get_position().1));
                let value = match cell.get_value() {
                    DataRef::Empty => continue,
                    DataRef::SharedString(text) => self.long(&name, place, text)?,
                    DataRef::String(text) => self.long(&name, place, text)?,
                    other => workbook_cell(&Data::from(other.clone())),
                };
                grid.put(self, &name, place, value)?;
            }
            self.keep(name, grid.first, grid.rows.into());
        }
        Ok(())
    }

    /// The sheets of another workbook, whose reader gives them as a whole.
    fn ranges<B: Reader<Cursor<B1>>, B1>(&mut self, mut book: B) -> Result<(), SheetError>
    where
        B1: AsRef<[u8]>,
        B::Error: std::fmt::Display,
    {
        let names = book.sheet_names();
        if names.len() > SHEETS_MAX {
            return Err(Limit::Sheets.into());
        }
        for name in names {
            let range = book.worksheet_range(&name).map_err(damaged)?;
            let start = range.start().unwrap_or_default();
            let grid = self.grid(&name, &range, (index(start.0), index(start.1)))?;
            self.keep(name, grid.first, grid.rows.into());
        }
        Ok(())
    }

    fn grid(
        &mut self,
        name: &str,
        range: &Range<Data>,
        start: (usize, usize),
    ) -> Result<Grid, SheetError> {
        let mut grid = Grid::default();
        for (row, column, data) in range.used_cells() {
            let place = (start.0 + row, start.1 + column);
            let value = match data {
                Data::String(text) => self.long(name, place, text)?,
                other => workbook_cell(other),
            };
            grid.put(self, name, place, value)?;
        }
        Ok(grid)
    }

    /// A text, within what one may have and all may have together.
    fn long(
        &mut self,
        name: &str,
        (row, column): (usize, usize),
        text: &str,
    ) -> Result<Cell, SheetError> {
        let at = |limit| SheetError::at(limit, name, row + 1, Some(column));
        if text.len() > CELL_MAX && text.chars().count() > CELL_MAX {
            return Err(at(Limit::Cell));
        }
        self.text = self
            .text
            .checked_sub(text.len())
            .ok_or_else(|| at(Limit::Text))?;
        Ok(text_cell(text))
    }

    fn keep(&mut self, name: String, first: usize, rows: Vec<Vec<Cell>>) {
        if rows.iter().flatten().any(|cell| !cell.is_blank()) {
            self.sheets.push(Sheet {
                file: self.file.to_owned(),
                name,
                first_row: first + 1,
                rows,
            });
        }
    }
}

/// Cells put where they stand, from the first row that holds anything.
#[derive(Default)]
struct Grid {
    first: usize,
    rows: VecDeque<Vec<Cell>>,
}

impl Grid {
    fn put(
        &mut self,
        book: &mut Book<'_>,
        name: &str,
        (row, column): (usize, usize),
        value: Cell,
    ) -> Result<(), SheetError> {
        if value.is_blank() {
            return Ok(());
        }
        let at = |limit| SheetError::at(limit, name, row + 1, Some(column));
        if column >= COLUMNS_MAX {
            return Err(at(Limit::Columns));
        }
        if self.rows.is_empty() {
            self.first = row;
        }
        let end = (self.first + self.rows.len()).max(row + 1);
        if end - self.first.min(row) > ROWS_MAX {
            return Err(at(Limit::Rows));
        }
        while row < self.first {
            self.rows.push_front(Vec::new());
            self.first -= 1;
        }
        while self.rows.len() < end - self.first {
            self.rows.push_back(Vec::new());
        }
        let Some(cells) = self.rows.get_mut(row - self.first) else {
            return Ok(());
        };
        if column >= cells.len() {
            let more = column + 1 - cells.len();
            book.left = book
                .left
                .checked_sub(more)
                .ok_or_else(|| at(Limit::Cells))?;
            cells.resize(column + 1, Cell::Empty);
        }
        if let Some(cell) = cells.get_mut(column) {
            *cell = value;
        }
        Ok(())
    }
}

/// A place of the reader's as an index.
fn index(n: u32) -> usize {
    usize::try_from(n).unwrap_or(usize::MAX)
}

fn workbook_cell(data: &Data) -> Cell {
    match data {
        Data::Empty | Data::Error(_) => Cell::Empty,
        Data::String(text) => text_cell(text),
        Data::Float(n) => Cell::Number(number_text(*n)),
        Data::Int(n) => Cell::Number(n.to_string()),
        Data::Bool(flag) => Cell::Text(flag.to_string()),
        Data::DateTime(at) => match at.as_datetime() {
            Some(at) => Cell::Date(at.date()),
            None => Cell::Number(number_text(at.as_f64())),
        },
        Data::DateTimeIso(text) | Data::DurationIso(text) => text_cell(text),
        // Kinds that a later version of the reader may add are shown as they print.
        #[allow(unreachable_patterns)]
        other => text_cell(&other.to_string()),
    }
}

/// A spreadsheet's number as a person reads it: no binary tail, no exponent.
fn number_text(n: f64) -> String {
    let text = format!("{n:.9}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
