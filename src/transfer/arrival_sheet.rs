//! From a sheet to rows about purchases, stock or production: the warehouse's receipts and counts, the supplier's
//! confirmation, the purchase lines that were placed, a department's report.

mod reported;

use std::sync::Arc;

use chrono::NaiveDate;

use super::draft::{Fault, Options, Preview, Skipped, column_letter};
use super::headings::{self, Field, Headings, Kind};
use super::join::Wrong;
use super::reading::{Cells, ROWS_A_STEP, any_date, is_total};
use super::rows::SheetRow;
use super::sheet::{Cell, Sheet};
use crate::domain::quantity::Qty;
use crate::text::datein::fold_width;

/// Columns with dates, the most telling first.
const DATES: &[Field] = &[
    Field::ReceivedOn,
    Field::PromisedDate,
    Field::RequestedDate,
    Field::RequiredDate,
    Field::OrderedOn,
    Field::OrderDate,
    Field::SaidOn,
];
/// Columns with numbers.
const NUMBERS: &[Field] = &[
    Field::Qty,
    Field::Ordered,
    Field::PromisedQty,
    Field::Arrived,
    Field::Accepted,
    Field::Rejected,
    Field::Held,
    Field::OnHand,
    Field::Output,
    Field::Good,
    Field::Defect,
    Field::Rework,
    Field::Scrap,
];

/// Reads the rows of a sheet of that kind into the preview.
pub(super) fn read(
    sheet: &Sheet,
    kind: Kind,
    found: &Headings,
    options: &Options,
    today: NaiveDate,
    preview: &mut Preview,
) -> Result<(), Fault> {
    let columns = found.fields.iter();
    let columns = columns.map(|(column, field)| (*field, column_letter(*column)));
    let mut reader = Reader {
        kind,
        columns: Arc::new(columns.collect()),
        above: SheetRow::default(),
        dated: reported::dated(sheet, found, options, today),
        cells: Cells {
            sheet,
            found,
            options,
            near: any_date(sheet, found, DATES, options, today),
            errors: Vec::new(),
        },
    };
    let (total, before) = (sheet.rows.len(), preview.rows.len());
    for (at, row) in sheet.rows.iter().enumerate().skip(found.data) {
        if at % ROWS_A_STEP == 0 && !options.watch.goes_on(at, total) {
            return Err(Fault::Stopped);
        }
        if row.iter().all(Cell::is_blank) {
            continue;
        }
        let skipped = if is_total(row) {
            Some(Skipped::Total)
        } else if reader.is_words(row) {
            Some(Skipped::Words)
        } else {
            match reader.row(at, row) {
                Some(read) => {
                    preview.rows.push(read);
                    None
                }
                None => Some(Skipped::Nothing),
            }
        };
        if let Some(why) = skipped {
            preview.skipped.push((reader.cells.place(at, None), why));
        }
    }
    if preview.rows.len() == before && reader.cells.errors.is_empty() {
        return Err(Fault::NoRows);
    }
    for error in reader.cells.errors {
        preview.error(error.place, &error.value, error.fault);
    }
    Ok(())
}

struct Reader<'a> {
    kind: Kind,
    columns: Arc<Vec<(Field, String)>>,
    /// The row before, whose keys are filled down.
    above: SheetRow,
    /// The date over the table, where the rows have none.
    dated: Option<NaiveDate>,
    cells: Cells<'a>,
}

impl Reader<'_> {
    /// Whether a row only says something: a signature or a remark under the table, or the headings on
    /// a new page. Such a row has no number and no date in its columns.
    fn is_words(&self, row: &[Cell]) -> bool {
        let mut values = NUMBERS
            .iter()
            .chain(DATES)
            .filter_map(|f| self.cells.cell(row, *f));
        let digits = |cell: &Cell| fold_width(&cell.text()).contains(|c: char| c.is_ascii_digit());
        if values.any(digits) {
            return false;
        }
        let mapping = &self.cells.options.mapping;
        let mut filled = row.iter().map(Cell::text).filter(|t| !t.is_empty());
        let heads = filled.clone();
        let heads = heads.filter(|t| headings::field_of(t, self.kind, mapping).is_some());
        filled.next().is_some_and(|t| t.contains(['：', ':'])) || heads.count() > 2
    }

    /// What a row says; nothing where it is about no purchase line and no item, or nothing came.
    fn row(&mut self, at: usize, row: &[Cell]) -> Option<SheetRow> {
        if self.kind == Kind::Progress {
            return self.reported(at, row);
        }
        let mut new = SheetRow {
            place: self.cells.place(at, None),
            columns: Arc::clone(&self.columns),
            item: self.cells.text(row, Field::Item),
            name: self.cells.text(row, Field::Name),
            supplier: self.cells.text(row, Field::Supplier),
            said_by: self.cells.text(row, Field::SaidBy),
            document: self.cells.text(row, Field::Document),
            note: self.cells.text(row, Field::Note),
            line: self.line_no(row),
            unit_price: self.amount(at, row, Field::UnitPrice),
            ordered_on: self.date(at, row, Field::OrderedOn),
            required: self.date(at, row, Field::RequiredDate),
            said_on: self.date(at, row, Field::SaidOn),
            ..SheetRow::default()
        };
        let number = [Field::PurchaseNo, Field::OrderNo];
        let number = number
            .iter()
            .find(|f| self.cells.found.column(**f).is_some());
        new.purchase_no = number.map_or_else(String::new, |f| self.cells.text(row, *f));
        self.fill_down(&mut new);
        let (units, wrong) = (self.cells.text(row, Field::Unit), self.cells.errors.len());
        let unit = match self.kind {
            Kind::Purchases => self.placed(at, row, &mut new),
            Kind::Promises => self.promised(at, row, &mut new),
            Kind::Receipts => self.received(at, row, &mut new),
            Kind::Stock | Kind::Orders | Kind::Progress => self.counted(at, row, &mut new),
        };
        let unit = [units, unit, self.cells.found.unit.clone()];
        new.unit = unit.into_iter().find(|u| !u.is_empty()).unwrap_or_default();
        self.above = new.clone();
        let nameless = new.item.is_empty() && new.purchase_no.is_empty() && new.name.is_empty();
        let nothing = self.kind == Kind::Receipts
            && (new.accepted + new.rejected + new.held.unwrap_or_default()).is_zero();
        // A value that could not be read is an error, not nothing.
        let wrong = self.cells.errors.len() > wrong;
        (!nameless && (!nothing || wrong)).then_some(new)
    }

    /// A number or a supplier that stands in the first row of a group counts for the rows below.
    fn fill_down(&self, new: &mut SheetRow) {
        let above = &self.above;
        if new.purchase_no.is_empty() && self.kind != Kind::Stock {
            new.purchase_no.clone_from(&above.purchase_no);
            for (slot, from) in [
                (&mut new.supplier, &above.supplier),
                (&mut new.document, &above.document),
                (&mut new.said_by, &above.said_by),
            ] {
                if slot.is_empty() {
                    slot.clone_from(from);
                }
            }
            new.said_on = new.said_on.or(above.said_on);
            new.received_on = above.received_on;
            new.ordered_on = new.ordered_on.or(above.ordered_on);
        } else if new.supplier.is_empty() && new.purchase_no == above.purchase_no {
            new.supplier.clone_from(&above.supplier);
        }
    }

    /// A line number; what is none (`合并`, `-`) says nothing.
    fn line_no(&self, row: &[Cell]) -> Option<i64> {
        let text = fold_width(&self.cells.text(row, Field::LineNo));
        let digits = text.trim().trim_end_matches(".0");
        digits.parse().ok().filter(|n| *n > 0)
    }

    fn date(&mut self, at: usize, row: &[Cell], field: Field) -> Option<NaiveDate> {
        if headings::is_no_date(&headings::fold(&self.cells.text(row, field)).0) {
            return None;
        }
        self.cells.date(at, row, field)
    }

    fn amount(&mut self, at: usize, row: &[Cell], field: Field) -> Option<Qty> {
        self.measured(at, row, field).map(|(qty, _)| qty)
    }

    /// A number with the unit behind it; a dash for nothing is nothing.
    fn measured(&mut self, at: usize, row: &[Cell], field: Field) -> Option<(Qty, String)> {
        let text = self.cells.text(row, field);
        if headings::fold(&text).0.is_empty() || text == "/" {
            return None;
        }
        self.cells.amount(at, row, field)
    }

    /// The first of these columns that the sheet has.
    fn first(&self, fields: &[Field]) -> Option<Field> {
        let mut fields = fields.iter().copied();
        fields.find(|f| self.cells.found.column(*f).is_some())
    }

    fn first_date(&mut self, at: usize, row: &[Cell], fields: &[Field]) -> Option<NaiveDate> {
        let field = self.first(fields)?;
        self.date(at, row, field)
    }

    fn first_amount(&mut self, at: usize, row: &[Cell], fields: &[Field]) -> (Option<Qty>, String) {
        let read = self
            .first(fields)
            .and_then(|field| self.measured(at, row, field));
        read.map_or_else(|| (None, String::new()), |(qty, unit)| (Some(qty), unit))
    }

    fn placed(&mut self, at: usize, row: &[Cell], new: &mut SheetRow) -> String {
        let (ordered, unit) = self.first_amount(at, row, &[Field::Ordered, Field::Qty]);
        if ordered.is_none_or(Qty::is_zero) {
            let field = self
                .first(&[Field::Ordered, Field::Qty])
                .unwrap_or(Field::Qty);
            self.cells.fail(at, field, row, Fault::NotPositive);
        }
        new.ordered = ordered;
        if self.first(&[Field::RequiredDate]).is_none() {
            new.required = self.first_date(at, row, &[Field::RequestedDate]);
        }
        new.promised = self.date(at, row, Field::PromisedDate);
        if new.ordered_on.is_none() {
            new.ordered_on = self.first_date(at, row, &[Field::OrderDate]);
        }
        unit
    }

    fn promised(&mut self, at: usize, row: &[Cell], new: &mut SheetRow) -> String {
        new.promised = self.first_date(at, row, &[Field::PromisedDate, Field::RequestedDate]);
        let (ordered, unit) = self.first_amount(at, row, &[Field::Ordered]);
        new.ordered = ordered;
        let (qty, second) = self.first_amount(at, row, &[Field::PromisedQty, Field::Qty]);
        new.promised_qty = qty.filter(|q| q.is_positive());
        if unit.is_empty() { second } else { unit }
    }

    fn received(&mut self, at: usize, row: &[Cell], new: &mut SheetRow) -> String {
        let dates = [Field::ReceivedOn, Field::OrderDate];
        let date = self.first_date(at, row, &dates);
        new.received_on = date.or(new.received_on);
        new.ordered = self.amount(at, row, Field::Ordered);
        new.rejected = self.amount(at, row, Field::Rejected).unwrap_or_default();
        new.held = self.amount(at, row, Field::Held);
        let good = if self.first(&[Field::Accepted]).is_some() {
            self.measured(at, row, Field::Accepted)
        } else {
            None
        };
        let (came, unit) = self.first_amount(at, row, &[Field::Arrived, Field::Qty]);
        let aside = new.rejected + new.held.unwrap_or_default();
        if let Some((good, unit)) = good {
            new.accepted = good;
            let parts = good + aside;
            // What arrived and its parts stand in one row: they have to agree.
            if let Some(came) = came.filter(|_| self.first(&[Field::Arrived]).is_some())
                && came != parts
            {
                let wrong = Wrong::PartsDiffer { came, parts };
                let fault = Fault::Row(Box::new(wrong));
                self.cells.fail(at, Field::Arrived, row, fault);
            }
            return unit;
        }
        let Some(came) = came else { return unit };
        if aside > came {
            let wrong = Wrong::PartsDiffer { came, parts: aside };
            let field = self
                .first(&[Field::Arrived, Field::Qty])
                .unwrap_or(Field::Qty);
            self.cells.fail(at, field, row, Fault::Row(Box::new(wrong)));
        } else {
            new.accepted = came - aside;
        }
        unit
    }

    fn counted(&mut self, at: usize, row: &[Cell], new: &mut SheetRow) -> String {
        let (qty, unit) = self.first_amount(at, row, &[Field::OnHand, Field::Qty]);
        new.on_hand = qty;
        new.held = self.amount(at, row, Field::Held);
        unit
    }
}
