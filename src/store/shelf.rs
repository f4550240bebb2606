//! Looks at the orders on the shelf: their numbers, without anything that hangs on them.

use chrono::NaiveDate;
use rusqlite::{OptionalExtension, Row, named_params};

use super::Store;
use super::error::{Doing, StoreError};

/// An order on the shelf, as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shelved {
    pub id: i64,
    pub no: String,
    pub customer_id: Option<i64>,
    pub customer_po: String,
    /// The last day on which anything happened to it.
    pub day: NaiveDate,
}

impl Store {
    /// All orders on the shelf, the last that rested first.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn on_shelf(&self) -> Result<Vec<Shelved>, StoreError> {
        // Answered from the index alone.
        let sql = "SELECT id, no, customer_id, customer_po, shelf_day FROM orders
                    WHERE shelf_day > '' ORDER BY shelf_day DESC";
        let mut statement = self.db.prepare_cached(sql).doing("Look at the shelf")?;
        let rows = statement
            .query_map([], shelved)
            .doing("Look at the shelf")?;
        rows.collect::<Result<_, _>>().doing("Look at the shelf")
    }

    /// The id of the order of that number, on the shelf or off it.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn order_of_no(&self, no: &str) -> Result<Option<i64>, StoreError> {
        let sql = "SELECT id FROM orders WHERE no = :no";
        self.db
            .query_row(sql, named_params! { ":no": no }, |row| row.get(0))
            .optional()
            .doing("Look for an order")
    }

    /// The own number of an order on the shelf, not cancelled, that has a customer's number.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn shelved_po(&self, customer: i64, po: &str) -> Result<Option<String>, StoreError> {
        let sql = "SELECT no FROM orders
                    WHERE customer_po = :po AND customer_id = :customer AND shelf_day > ''
                      AND state <> 'cancelled'";
        let params = named_params! { ":po": po, ":customer": customer };
        self.db
            .query_row(sql, params, |row| row.get(0))
            .optional()
            .doing("Look for an order")
    }
}

fn shelved(row: &Row<'_>) -> rusqlite::Result<Shelved> {
    let day: String = row.get(4)?;
    Ok(Shelved {
        id: row.get(0)?,
        no: row.get(1)?,
        customer_id: row.get(2)?,
        customer_po: row.get(3)?,
        // The column holds days alone; anything else would be damage, which the check finds.
        day: day.parse().unwrap_or(NaiveDate::MIN),
    })
}
