//! From a sheet to orders: rows are lines, grouped by what tells orders apart.
//!
//! Keys that stand only in the first row of a group are filled down; subtotals are left out;
//! what the sheet does not say stays open.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::draft::{Fault, LineDraft, Options, OrderDraft, Place, Preview, Skipped};
use super::headings::{self, Field, Headings, Kind};
use super::reading::{Cells, ROWS_A_STEP, any_date, is_total};
use super::sheet::{Cell, Sheet};
use super::values::{self, ValueFault};
use crate::domain::quantity::Qty;
use crate::text::datein::fold_width;

/// Fields that a group of rows shares and that may stand in its first row only.
const FILLED_DOWN: &[Field] = &[
    Field::OrderNo,
    Field::CustomerPo,
    Field::Customer,
    Field::OrderDate,
];

/// Reads the orders of a sheet into the preview.
pub(super) fn read(
    sheet: &Sheet,
    found: &Headings,
    options: &Options,
    today: NaiveDate,
    preview: &mut Preview,
) -> Result<(), Fault> {
    let dates = [Field::RequestedDate, Field::OrderDate];
    let cells = Cells {
        sheet,
        found,
        options,
        near: any_date(sheet, found, &dates, options, today),
        errors: Vec::new(),
    };
    let mut reader = Reader {
        cells,
        key: Key::default(),
    };
    let mut drafts: Vec<OrderDraft> = Vec::new();
    let mut places: HashMap<Key, usize> = HashMap::new();
    let total = sheet.rows.len();
    for (at, row) in sheet.rows.iter().enumerate().skip(found.data) {
        if at % ROWS_A_STEP == 0 && !options.watch.goes_on(at, total) {
            return Err(Fault::Stopped);
        }
        if row.iter().all(Cell::is_blank) {
            continue;
        }
        let place = reader.cells.place(at, None);
        if is_total(row) {
            preview.skipped.push((place, Skipped::Total));
            continue;
        }
        if reader.is_words(row) {
            preview.skipped.push((place, Skipped::Words));
            continue;
        }
        let Some((key, draft, line)) = reader.row(at, row) else {
            continue;
        };
        match places.get(&key).and_then(|place| drafts.get_mut(*place)) {
            Some(order) => order.lines.push(line),
            None => {
                places.insert(key, drafts.len());
                drafts.push(OrderDraft {
                    lines: vec![line],
                    ..draft
                });
            }
        }
    }
    let errors = reader.cells.errors;
    if drafts.is_empty() && errors.is_empty() {
        return Err(Fault::NoRows);
    }
    for error in errors {
        preview.error(error.place, &error.value, error.fault);
    }
    let mut known: HashMap<String, usize> = HashMap::new();
    for (at, order) in preview.drafts.iter().enumerate() {
        known.entry(order.order_no.clone()).or_insert(at);
    }
    for draft in drafts {
        let same = known.get(&draft.order_no).copied();
        merge(preview, draft, same);
    }
    Ok(())
}

/// Adds an order; the same order in a sheet before (`same`) gets its missing lines only.
fn merge(preview: &mut Preview, draft: OrderDraft, same: Option<usize>) {
    let known = same
        .filter(|_| !draft.order_no.is_empty())
        .and_then(|at| preview.drafts.get_mut(at));
    let Some(known) = known else {
        preview.drafts.push(draft);
        return;
    };
    let mut skipped = Vec::new();
    for line in draft.lines {
        let repeats = known.lines.iter().any(|l| {
            (&l.item, &l.name, l.qty, &l.job_no) == (&line.item, &line.name, line.qty, &line.job_no)
        });
        if repeats {
            skipped.push((
                Place {
                    row: line.row,
                    ..draft.place.clone()
                },
                Skipped::Repeated,
            ));
        } else {
            known.lines.push(line);
        }
    }
    preview.skipped.extend(skipped);
}

/// What tells orders apart.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
struct Key {
    order_no: String,
    customer_po: String,
    customer: String,
    order_date: String,
    /// Only where no number tells orders apart.
    due: String,
}

struct Reader<'a> {
    cells: Cells<'a>,
    /// The keys of the row before, to be filled down.
    key: Key,
}

impl Reader<'_> {
    /// Whether a row only says something, as signatures and conditions under a table do: there is
    /// a label with its colon and no quantity; or it repeats the headings on a new page.
    fn is_words(&self, row: &[Cell]) -> bool {
        let columns = self.cells.found.column(Field::Qty).into_iter();
        let mut numbers = columns
            .chain(self.cells.found.sizes.iter().map(|(column, _)| *column))
            .filter_map(|column| row.get(column));
        let digits = |cell: &Cell| fold_width(&cell.text()).contains(|c: char| c.is_ascii_digit());
        if numbers.any(digits) {
            return false;
        }
        let filled = || row.iter().map(Cell::text).filter(|t| !t.is_empty());
        let headings = filled()
            .filter(|t| headings::field_of(t, Kind::Orders, &self.cells.options.mapping).is_some());
        filled().any(|t| t.contains(['：', ':'])) || headings.count() > 2
    }

    /// The row's order and line; nothing where it says nothing about goods.
    fn row(&mut self, at: usize, row: &[Cell]) -> Option<(Key, OrderDraft, LineDraft)> {
        self.fill_down(row);
        let line = self.line(at, row)?;
        let order_date = self
            .cells
            .date(at, row, Field::OrderDate)
            .or_else(|| self.key.order_date.parse().ok());
        if let Some(date) = order_date {
            self.key.order_date = date.to_string();
        }
        let mut key = self.key.clone();
        if key.order_no.is_empty() && key.customer_po.is_empty() {
            key.due = line
                .requested_date
                .map(|d| d.to_string())
                .unwrap_or_default();
        } else {
            // The number alone tells orders apart; a date in one row and not the next does not.
            key.order_date.clear();
        }
        let draft = OrderDraft {
            order_no: key.order_no.clone(),
            customer_po: key.customer_po.clone(),
            customer: key.customer.clone(),
            order_date,
            currency: self.cells.text(row, Field::Currency),
            price_terms: self.cells.text(row, Field::PriceTerms),
            payment_terms: self.cells.text(row, Field::PaymentTerms),
            delivery_method: self.cells.text(row, Field::DeliveryMethod),
            packaging: self.cells.text(row, Field::Packaging),
            ship_to: self.cells.text(row, Field::ShipTo),
            remarks: self.cells.text(row, Field::OrderNote),
            place: self.cells.place(at, None),
            ..OrderDraft::default()
        };
        Some((key, draft, line))
    }

    fn fill_down(&mut self, row: &[Cell]) {
        let new_order = [Field::OrderNo, Field::CustomerPo]
            .iter()
            .any(|f| self.cells.cell(row, *f).is_some());
        for field in FILLED_DOWN {
            let text = self.cells.text(row, *field);
            let slot = match field {
                Field::OrderNo => &mut self.key.order_no,
                Field::CustomerPo => &mut self.key.customer_po,
                Field::Customer => &mut self.key.customer,
                _ => continue,
            };
            if !text.is_empty() {
                *slot = text;
            } else if new_order && *field != Field::Customer {
                // A new number does not take the other number of the order before.
                slot.clear();
            }
        }
    }

    fn line(&mut self, at: usize, row: &[Cell]) -> Option<LineDraft> {
        let (item, name) = (
            self.cells.text(row, Field::Item),
            self.cells.text(row, Field::Name),
        );
        let spec = self.cells.spec(row);
        let stated = self.cells.amount(at, row, Field::Qty);
        let mut sizes = self.sizes(at, row);
        let summed: Qty = sizes.iter().map(|(_, qty)| *qty).sum();
        let size = self.cells.text(row, Field::Size);
        let qty = stated
            .as_ref()
            .map(|(qty, _)| *qty)
            .or_else(|| (!sizes.is_empty()).then_some(summed));
        if item.is_empty() && name.is_empty() && spec.is_empty() && qty.is_none() {
            return None;
        }
        if qty.is_some_and(Qty::is_zero) {
            self.cells.fail(at, Field::Qty, row, Fault::NotPositive);
        }
        if let (true, Some(qty)) = (!size.is_empty() && sizes.is_empty(), qty) {
            sizes.push((size, qty));
        }
        let unit = [
            self.cells.text(row, Field::Unit),
            stated.map(|(_, u)| u).unwrap_or_default(),
            self.cells.found.unit.clone(),
        ];
        Some(LineDraft {
            item,
            name,
            spec,
            colour: self.cells.text(row, Field::Colour),
            sizes,
            qty,
            unit: unit.into_iter().find(|u| !u.is_empty()).unwrap_or_default(),
            unit_price: self.cells.amount(at, row, Field::UnitPrice).map(|(p, _)| p),
            amount: self.cells.amount(at, row, Field::Amount).map(|(a, _)| a),
            requested_date: self.cells.date(at, row, Field::RequestedDate),
            job_no: self.cells.text(row, Field::JobNo),
            note: self.cells.text(row, Field::Note),
            row: self.cells.sheet.first_row + at,
            ..LineDraft::default()
        })
    }

    fn sizes(&mut self, at: usize, row: &[Cell]) -> Vec<(String, Qty)> {
        let mut sizes = Vec::new();
        for (column, size) in &self.cells.found.sizes {
            let Some(cell) = row.get(*column).filter(|c| !c.is_blank()) else {
                continue;
            };
            match values::amount(cell) {
                Ok((qty, _)) if qty.is_positive() => sizes.push((size.clone(), qty)),
                Ok((qty, _)) if qty.is_zero() => {}
                Ok(_) => self.cells.fail_at(at, *column, cell, ValueFault::Negative),
                Err(fault) => self.cells.fail_at(at, *column, cell, fault),
            }
        }
        sizes
    }
}
