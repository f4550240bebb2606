//! Looks for orders on the shelf without loading them all: newest first, so many at a time.

use chrono::NaiveDate;
use rusqlite::{OptionalExtension, Row, named_params};
use serde_json::Value;

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
    /// Orders on the shelf whose own or customer's number holds `text`, or that are of one of
    /// `customers`; the last that rested first, at most `most`.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn on_shelf(
        &self,
        text: &str,
        customers: &[i64],
        most: usize,
    ) -> Result<Vec<Shelved>, StoreError> {
        let sql = "SELECT id, no, customer_id, customer_po, shelf_day FROM orders
                    WHERE shelf_day > '' AND (:text = '' OR instr(lower(no), :text) > 0
                       OR instr(lower(customer_po), :text) > 0
                       OR customer_id IN (SELECT value FROM json_each(:customers)))
                    ORDER BY shelf_day DESC, id DESC LIMIT :most";
        let mut statement = self.db.prepare_cached(sql).doing("Look at the shelf")?;
        let customers = Value::from(customers).to_string();
        let text = text.trim().to_lowercase();
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        let rows = statement
            .query_map(
                named_params! { ":text": text, ":customers": customers, ":most": most },
                shelved,
            )
            .doing("Look at the shelf")?;
        rows.collect::<Result<_, _>>().doing("Look at the shelf")
    }

    /// How many orders are on the shelf.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn shelf_len(&self) -> Result<usize, StoreError> {
        let sql = "SELECT count(*) FROM orders WHERE shelf_day > ''";
        let n: i64 = self
            .db
            .query_row(sql, [], |row| row.get(0))
            .doing("Look at the shelf")?;
        Ok(usize::try_from(n).unwrap_or(0))
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
