//! Takes changes back, and brings them again: each as a change of its own.
//!
//! A change is taken back only while the file still holds what it wrote. Undo works through the
//! journal, so it reaches back over restarts.

use rusqlite::{Connection, OptionalExtension, named_params};
use serde_json::Value;

use super::Store;
use super::error::{Doing, StoreError};
use super::row::{self, Fields};
use super::write::{Change, Deed, Entry, Tx};
use super::{archive, journal};
use crate::domain::schema::table;

/// What was taken back or brought again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reverted {
    pub change: Change,
    /// The journal line of the change that was reverted.
    pub of: journal::Line,
}

/// One written value, as the journal holds it.
struct Written {
    table: String,
    id: i64,
    op: String,
    field: String,
    old: String,
    new: String,
}

impl Store {
    /// Takes the latest change back that still stands.
    ///
    /// # Errors
    /// [`StoreError::NothingToRevert`], or [`StoreError::ChangedSince`] where its values moved on.
    pub fn undo(&mut self) -> Result<Reverted, StoreError> {
        let target = latest(&self.db, UNDO_TARGET)?;
        self.revert(target, Entry::Undo { reverts: target })
    }

    /// Brings the change back that was undone last, unless something new was done since.
    ///
    /// # Errors
    /// As [`Store::undo`].
    pub fn redo(&mut self) -> Result<Reverted, StoreError> {
        let target = latest(&self.db, REDO_TARGET)?;
        self.revert(target, Entry::Redo { reverts: target })
    }

    fn revert(&mut self, target: i64, entry: Entry) -> Result<Reverted, StoreError> {
        if let Some(file) = archive::file_of(&self.db, target)? {
            return Err(StoreError::Archived(file));
        }
        let of = journal::line(&self.db, target)?;
        let deed = Deed {
            did: of.did,
            args: of.args.clone(),
            order_no: of.order_no.clone(),
        };
        let written = written(&self.db, target)?;
        let ((), change) = self.write_as(entry, &deed, |tx| {
            written.iter().try_for_each(|w| take_back(tx, w))
        })?;
        Ok(Reverted { change, of })
    }
}

const UNDO_TARGET: &str = "
SELECT max(id) FROM change WHERE kind IN ('edit', 'redo') AND undone_by IS NULL";

const REDO_TARGET: &str = "
SELECT max(id) FROM change
 WHERE kind = 'undo' AND undone_by IS NULL
   AND id > (SELECT coalesce(max(id), 0) FROM change WHERE kind = 'edit')";

fn latest(db: &Connection, sql: &str) -> Result<i64, StoreError> {
    let id: Option<i64> = db
        .query_row(sql, [], |row| row.get(0))
        .optional()
        .doing("Find the latest change")?
        .flatten();
    id.ok_or(StoreError::NothingToRevert)
}

fn written(db: &Connection, change: i64) -> Result<Vec<Written>, StoreError> {
    let mut statement = db
        .prepare_cached("SELECT tab, row_id, op, field, old, new FROM change_row WHERE change_id = :id ORDER BY id DESC")
        .doing("Read a change")?;
    let rows = statement
        .query_map(named_params! { ":id": change }, |row| {
            Ok(Written {
                table: row.get(0)?,
                id: row.get(1)?,
                op: row.get(2)?,
                field: row.get(3)?,
                old: row.get(4)?,
                new: row.get(5)?,
            })
        })
        .doing("Read a change")?;
    rows.collect::<Result<_, _>>().doing("Read a change")
}

fn take_back(tx: &mut Tx<'_>, written: &Written) -> Result<(), StoreError> {
    let since = || StoreError::ChangedSince {
        table: written.table.clone(),
        id: written.id,
        field: written.field.clone(),
    };
    let table = table(&written.table).ok_or_else(since)?;
    let current = row::fields(tx.db(), table, written.id)?;
    match (written.op.as_str(), current) {
        ("insert", Some(current)) => {
            let new = object(&written.new).ok_or_else(since)?;
            if differs(&current, &new) {
                return Err(since());
            }
            tx.delete_row(table, written.id)
        }
        ("update", Some(current)) => {
            let (old, new) = (value(&written.old), value(&written.new));
            if current.get(&written.field) != Some(&new) {
                return Err(since());
            }
            let wanted = Fields::from_iter([(written.field.clone(), old)]);
            tx.update_fields(table, written.id, &current, &wanted)
        }
        ("delete", None) => {
            let old = object(&written.old).ok_or_else(since)?;
            tx.insert_fields(table, &old).map(|_| ())
        }
        _ => Err(since()),
    }
}

fn value(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or(Value::Null)
}

fn object(text: &str) -> Option<Fields> {
    match value(text) {
        Value::Object(map) => Some(map),
        _ => None,
    }
}

/// Whether a row no longer holds what was inserted; its revision may have moved there and back.
fn differs(current: &Fields, inserted: &Fields) -> bool {
    current
        .iter()
        .any(|(name, now)| name != "revision" && inserted.get(name).unwrap_or(&Value::Null) != now)
}
