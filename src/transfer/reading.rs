//! What reading the rows of any sheet needs: places, cells, values, and errors that name them.

use chrono::NaiveDate;

use super::draft::{Fault, ImportError, Options, Place, column_letter};
use super::headings::{self, Field, Headings};
use super::sheet::{Cell, Sheet};
use super::values::{self, ValueFault};
use crate::domain::quantity::Micro;

/// Rows after which the reader says how far it is.
pub(super) const ROWS_A_STEP: usize = 500;

/// The first texts of a sheet that may be headings.
pub(super) fn first_row(sheet: &Sheet) -> Vec<String> {
    let row = sheet
        .rows
        .iter()
        .find(|row| row.iter().filter(|c| !c.is_blank()).count() > 1);
    row.map(|row| {
        row.iter()
            .map(Cell::text)
            .filter(|t| !t.is_empty())
            .take(20)
            .collect()
    })
    .unwrap_or_default()
}

/// Whether a row sums others up.
pub(super) fn is_total(row: &[Cell]) -> bool {
    let first = row
        .iter()
        .find(|c| !c.is_blank())
        .map(Cell::text)
        .unwrap_or_default();
    let (name, _) = headings::fold(&first);
    [
        "小计",
        "合计",
        "總計",
        "总计",
        "小計",
        "合計",
        "total",
        "subtotal",
        "grandtotal",
        "sum",
    ]
    .contains(&name.as_str())
}

/// A date in one of the columns that has its year: others are near it.
pub(super) fn any_date(
    sheet: &Sheet,
    found: &Headings,
    columns: &[Field],
    options: &Options,
    today: NaiveDate,
) -> NaiveDate {
    let columns: Vec<usize> = columns.iter().filter_map(|f| found.column(*f)).collect();
    let mut cells = sheet
        .rows
        .iter()
        .skip(found.data)
        .flat_map(|row| columns.iter().filter_map(|c| row.get(*c)));
    let full = |cell: &Cell| match cell {
        Cell::Text(text) => text.chars().filter(char::is_ascii_digit).count() >= 6,
        cell => !cell.is_blank(),
    };
    cells
        .find(|c| full(c))
        .and_then(|c| values::date(c, today, options.date_order).ok())
        .unwrap_or(today)
}

/// The cells of a sheet with the meaning of its columns; gathers what is wrong with them.
pub(super) struct Cells<'a> {
    pub(super) sheet: &'a Sheet,
    pub(super) found: &'a Headings,
    pub(super) options: &'a Options,
    /// Dates without a year are near it.
    pub(super) near: NaiveDate,
    pub(super) errors: Vec<ImportError>,
}

impl Cells<'_> {
    pub(super) fn place(&self, at: usize, column: Option<usize>) -> Place {
        Place {
            file: self.sheet.file.clone(),
            sheet: self.sheet.name.clone(),
            row: self.sheet.first_row + at,
            column: column.map(column_letter).unwrap_or_default(),
        }
    }

    pub(super) fn cell<'r>(&self, row: &'r [Cell], field: Field) -> Option<&'r Cell> {
        row.get(self.found.column(field)?)
            .filter(|cell| !cell.is_blank())
    }

    pub(super) fn text(&self, row: &[Cell], field: Field) -> String {
        self.cell(row, field).map(Cell::text).unwrap_or_default()
    }

    /// The specification, joined where it stands in several columns.
    pub(super) fn spec(&self, row: &[Cell]) -> String {
        let columns = self
            .found
            .fields
            .iter()
            .filter(|(_, field)| *field == Field::Spec);
        let texts = columns
            .filter_map(|(column, _)| row.get(*column))
            .map(Cell::text);
        texts
            .filter(|text| !text.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
    }

    pub(super) fn fail(&mut self, at: usize, field: Field, row: &[Cell], fault: Fault) {
        let place = self.place(at, self.found.column(field));
        let value = self.text(row, field);
        self.errors.push(ImportError {
            place,
            value,
            fault,
        });
    }

    pub(super) fn date(&mut self, at: usize, row: &[Cell], field: Field) -> Option<NaiveDate> {
        let cell = self.cell(row, field)?;
        match values::date(cell, self.near, self.options.date_order) {
            Ok(date) => Some(date),
            Err(fault) => {
                self.fail(at, field, row, Fault::Value(fault));
                None
            }
        }
    }

    pub(super) fn amount(
        &mut self,
        at: usize,
        row: &[Cell],
        field: Field,
    ) -> Option<(Micro, String)> {
        let cell = self.cell(row, field)?;
        match values::amount(cell) {
            Ok((value, _)) if value.is_negative() => {
                self.fail(at, field, row, Fault::Value(ValueFault::Negative));
                None
            }
            Ok(found) => Some(found),
            Err(fault) => {
                self.fail(at, field, row, Fault::Value(fault));
                None
            }
        }
    }

    pub(super) fn fail_at(&mut self, at: usize, column: usize, cell: &Cell, fault: ValueFault) {
        let place = self.place(at, Some(column));
        self.errors.push(ImportError {
            place,
            value: cell.text(),
            fault: Fault::Value(fault),
        });
    }
}
