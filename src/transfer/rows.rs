//! Rows of sheets about purchases, stock and production, as they stand in the file.

use std::sync::Arc;

use chrono::NaiveDate;

use super::draft::Place;
use super::headings::Field;
use crate::domain::quantity::Qty;

/// One row. What a sheet does not say is empty; which values count depends on the kind of sheet.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SheetRow {
    pub place: Place,
    /// The letters of the columns of this row's sheet.
    pub columns: Arc<Vec<(Field, String)>>,
    pub purchase_no: String,
    pub line: Option<i64>,
    pub item: String,
    pub name: String,
    pub unit: String,
    pub supplier: String,
    /// Quantity of the purchase line as the sheet has it.
    pub ordered: Option<Qty>,
    pub unit_price: Option<Qty>,
    pub ordered_on: Option<NaiveDate>,
    pub required: Option<NaiveDate>,
    /// The promised date; none where the supplier leaves it open.
    pub promised: Option<NaiveDate>,
    /// Quantity of that promise; none where it is about the whole line.
    pub promised_qty: Option<Qty>,
    pub said_on: Option<NaiveDate>,
    pub said_by: String,
    pub received_on: Option<NaiveDate>,
    pub accepted: Qty,
    pub rejected: Qty,
    /// Waiting for inspection; in a stock count what may not be used, none where it is not said.
    pub held: Option<Qty>,
    pub document: String,
    pub on_hand: Option<Qty>,
    /// Of a production report: number of the production order or of the order, operation by number
    /// or name, what was made.
    pub production_no: String,
    pub operation: String,
    pub shift: String,
    pub made_on: Option<NaiveDate>,
    pub good: Qty,
    pub defect: Qty,
    pub rework: Qty,
    pub scrap: Qty,
    pub note: String,
}

impl SheetRow {
    /// The place of a field in this row; of the row where the sheet has no such column.
    #[must_use]
    pub fn at(&self, field: Field) -> Place {
        let column = self.columns.iter().find(|(f, _)| *f == field);
        Place {
            column: column.map(|(_, c)| c.clone()).unwrap_or_default(),
            ..self.place.clone()
        }
    }
}
