//! A row of a department's production report.

use std::sync::Arc;

use chrono::NaiveDate;

use super::{Cell, Cells, Fault, Field, Headings, Options, Qty, Reader, Sheet, SheetRow, Wrong};
use crate::transfer::values;

/// Columns of pieces that are not good.
const ASIDE: [Field; 3] = [Field::Defect, Field::Rework, Field::Scrap];

/// The first date that stands over the headings, such as `日期：2026-11-22`; none where the sheet has
/// a column of dates.
pub(super) fn dated(
    sheet: &Sheet,
    found: &Headings,
    options: &Options,
    today: NaiveDate,
) -> Option<NaiveDate> {
    if found.column(Field::OrderDate).is_some() {
        return None;
    }
    let over = sheet.rows.iter().take(found.data.saturating_sub(1));
    let read = |cell: &Cell| values::date(cell, today, options.date_order).ok();
    let part = |cell: &Cell| {
        let text = cell.text();
        let (_, after) = text.split_once(['：', ':'])?;
        let first = after.split_whitespace().next()?;
        read(&Cell::Text(first.to_owned()))
    };
    let mut cells = over.flatten().filter(|cell| !cell.is_blank());
    cells.find_map(|cell| match cell {
        // A bare number over a table is a page or a total.
        Cell::Number(_) => None,
        cell => read(cell).or_else(|| part(cell)),
    })
}

impl Reader<'_> {
    /// What a row reports; nothing where it names no order or holds no figure.
    pub(super) fn reported(&mut self, at: usize, row: &[Cell]) -> Option<SheetRow> {
        let wrong = self.cells.errors.len();
        let (good, _) = self.first_amount(at, row, &[Field::Good]);
        let (output, unit) = self.first_amount(at, row, &[Field::Output]);
        let parts = ASIDE.map(|field| self.amount(at, row, field));
        let [defect, rework, scrap] = parts.map(Option::unwrap_or_default);
        let aside = defect + rework + scrap;
        let said = good.is_some() || output.is_some() || parts.iter().any(Option::is_some);
        let good = match (good, output) {
            (Some(good), Some(all)) if good > all => {
                self.differ(at, row, Field::Good, all, good);
                good
            }
            (Some(good), _) => good,
            (None, Some(all)) if aside > all => {
                self.differ(at, row, Field::Output, all, aside);
                Qty::ZERO
            }
            (None, Some(all)) => all - aside,
            (None, None) => Qty::ZERO,
        };
        let text = |cells: &Cells<'_>, field| cells.text(row, field);
        let numbers = [Field::ProductionNo, Field::OrderNo];
        let mut numbers = numbers.iter().map(|f| text(&self.cells, *f));
        let no = numbers.find(|t| !t.is_empty()).unwrap_or_default();
        let mut new = SheetRow {
            place: self.cells.place(at, None),
            columns: Arc::clone(&self.columns),
            production_no: no,
            operation: text(&self.cells, Field::Operation),
            shift: text(&self.cells, Field::Shift),
            note: text(&self.cells, Field::Note),
            made_on: self.date(at, row, Field::OrderDate),
            unit,
            good,
            defect,
            rework,
            scrap,
            ..SheetRow::default()
        };
        if new.production_no.is_empty() {
            new.production_no.clone_from(&self.above.production_no);
        }
        new.made_on = new.made_on.or(self.above.made_on).or(self.dated);
        self.above = new.clone();
        let unread = self.cells.errors.len() > wrong;
        (!new.production_no.is_empty() && (said || unread)).then_some(new)
    }

    fn differ(&mut self, at: usize, row: &[Cell], field: Field, made: Qty, parts: Qty) {
        let wrong = Wrong::MadeDiffer { made, parts };
        self.cells.fail(at, field, row, Fault::Row(Box::new(wrong)));
    }
}
