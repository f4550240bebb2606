//! The one way in for writes: a transaction that journals every value it changes.
//!
//! A write without a journal entry cannot be expressed: [`Tx`] alone inserts, updates and deletes,
//! and [`Store::write`] alone makes one. A change that writes no row leaves no trace at all.

use rusqlite::{Connection, Transaction, TransactionBehavior, named_params};
use serde_json::Value;

use super::Store;
use super::error::{Doing, StoreError};
use super::rehearse;
use super::row::{self, Fields};
use crate::domain::record::Record;
use crate::domain::schema::Table;
use crate::text::did::Did;

/// What a user did, for the journal.
#[derive(Debug, Clone)]
pub struct Deed {
    pub did: Did,
    /// Fills the marks of the sentence.
    pub args: Vec<String>,
    /// Number of the order it is about; empty where it is about none or many.
    pub order_no: String,
}

impl Deed {
    #[must_use]
    pub fn new(did: Did, args: &[&str]) -> Self {
        Self {
            did,
            args: args.iter().map(|a| (*a).to_owned()).collect(),
            order_no: String::new(),
        }
    }

    /// The same, about an order.
    #[must_use]
    pub fn about(mut self, order_no: &str) -> Self {
        order_no.clone_into(&mut self.order_no);
        self
    }
}

/// What a change touched.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Change {
    /// Number in the journal; zero where nothing had to be written.
    pub id: i64,
    /// Names of the tables it wrote, sorted, each once.
    pub tables: Vec<&'static str>,
}

/// How a change relates to the journal before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Entry {
    Edit,
    /// A whole interchange file brought into an empty one: not a step that undo goes back over.
    Restore,
    Undo {
        reverts: i64,
    },
    Redo {
        reverts: i64,
    },
    /// Values of earlier changes left the journal; no step that undo goes back over.
    Archive,
}

/// An open change: reads see what it wrote so far.
pub struct Tx<'a> {
    db: &'a Connection,
    change: i64,
    tables: Vec<&'static str>,
}

impl Store {
    /// Makes one change in one transaction.
    ///
    /// # Errors
    /// What `f` refuses with, or what the file refuses; nothing is written then.
    pub fn write<T, E: From<StoreError>>(
        &mut self,
        deed: &Deed,
        f: impl FnOnce(&mut Tx<'_>) -> Result<T, E>,
    ) -> Result<(T, Change), E> {
        self.write_as(Entry::Edit, deed, f)
    }

    /// Brings a whole interchange file into an empty one.
    ///
    /// # Errors
    /// As [`Store::write`].
    pub fn restore<T, E: From<StoreError>>(
        &mut self,
        deed: &Deed,
        f: impl FnOnce(&mut Tx<'_>) -> Result<T, E>,
    ) -> Result<(T, Change), E> {
        self.write_as(Entry::Restore, deed, f)
    }

    pub(super) fn write_as<T, E: From<StoreError>>(
        &mut self,
        entry: Entry,
        deed: &Deed,
        f: impl FnOnce(&mut Tx<'_>) -> Result<T, E>,
    ) -> Result<(T, Change), E> {
        if self.read_only {
            return Err(StoreError::ReadOnly.into());
        }
        let (at, who) = (self.clock.stamp(), self.who.clone());
        let mut tried = self.rehearsal.take();
        let tx = Transaction::new(&mut self.db, TransactionBehavior::Immediate)
            .map_err(|e| StoreError::sql("Begin a change", e))?;
        if let Some(stands_on) = self.stands_on
            && newest(&tx)? != stands_on
        {
            return Err(StoreError::Moved.into());
        }
        let change = open_change(&tx, entry, deed, &at, &who)?;
        let mut open = Tx {
            db: &tx,
            change,
            tables: Vec::new(),
        };
        let value = f(&mut open)?;
        let tables = open.tables;
        if tables.is_empty() {
            // Nothing was written: the empty journal line goes with the transaction.
            drop(tx);
            self.rehearsal = tried;
            return Ok((value, Change::default()));
        }
        if let Some(world) = &mut tried {
            rehearse::look(&tx, world, &tables)?;
            drop(tx);
            self.rehearsal = tried;
            return Ok((value, Change { id: change, tables }));
        }
        tx.commit()
            .map_err(|e| StoreError::sql("Commit a change", e))?;
        Ok((value, Change { id: change, tables }))
    }
}

/// Number of the newest change; zero where there is none.
pub(super) fn newest(db: &Connection) -> Result<i64, StoreError> {
    db.query_row("SELECT coalesce(max(id), 0) FROM change", [], |row| {
        row.get(0)
    })
    .doing("Ask for the newest change")
}

fn open_change(
    db: &Connection,
    entry: Entry,
    deed: &Deed,
    at: &str,
    who: &str,
) -> Result<i64, StoreError> {
    let (kind, reverts) = match entry {
        Entry::Edit => ("edit", None),
        Entry::Restore => ("restore", None),
        Entry::Undo { reverts } => ("undo", Some(reverts)),
        Entry::Redo { reverts } => ("redo", Some(reverts)),
        Entry::Archive => ("archive", None),
    };
    let args = Value::from(deed.args.clone()).to_string();
    db.execute(
        "INSERT INTO change (at, who, kind, what, args, order_no, reverts)
         VALUES (:at, :who, :kind, :what, :args, :order_no, :reverts)",
        named_params! { ":at": at, ":who": who, ":kind": kind, ":what": deed.did.code(), ":args": args,
            ":order_no": deed.order_no, ":reverts": reverts },
    )
    .doing("Open a change")?;
    let change = db.last_insert_rowid();
    if let Some(reverts) = reverts {
        db.execute(
            "UPDATE change SET undone_by = :change WHERE id = :reverts",
            named_params! { ":change": change, ":reverts": reverts },
        )
        .doing("Mark a change as taken back")?;
    }
    Ok(change)
}

/// What a journal line says of one value.
struct Line<'a> {
    table: &'static str,
    id: i64,
    op: &'static str,
    field: &'a str,
    old: &'a str,
    new: &'a str,
}

impl Tx<'_> {
    /// The number of the open change in the journal.
    #[must_use]
    pub const fn change(&self) -> i64 {
        self.change
    }

    /// Inserts a record and returns its id.
    ///
    /// # Errors
    /// Where its key exists already, or a row it refers to does not.
    pub fn insert<R: Record>(&mut self, record: &R) -> Result<i64, StoreError> {
        self.insert_fields(row::table_of::<R>()?, &row::to_fields(record)?)
    }

    /// Inserts a row from its fields.
    ///
    /// # Errors
    /// As [`Tx::insert`].
    pub fn insert_fields(
        &mut self,
        table: &'static Table,
        fields: &Fields,
    ) -> Result<i64, StoreError> {
        let id = row::insert(self.db, table, fields)?;
        let mut kept = fields.clone();
        kept.insert("id".to_owned(), Value::from(id));
        let new = Value::Object(kept).to_string();
        self.line(&Line {
            table: table.name,
            id,
            op: "insert",
            field: "",
            old: "null",
            new: &new,
        })?;
        Ok(id)
    }

    /// Writes what differs between the row and `record`, provided nobody changed the row since
    /// `record` was read.
    ///
    /// # Errors
    /// [`StoreError::Stale`] where the row's revision moved on.
    pub fn update<R: Record>(&mut self, record: &R) -> Result<(), StoreError> {
        let table = row::table_of::<R>()?;
        let id = record.id();
        let current = row::fields(self.db, table, id)?.ok_or(StoreError::Missing {
            table: table.name,
            id,
        })?;
        let wanted = row::to_fields(record)?;
        if current.get("revision") != wanted.get("revision") {
            return Err(StoreError::Stale {
                table: table.name,
                id,
            });
        }
        self.update_fields(table, id, &current, &wanted)
    }

    /// Writes those of `wanted` that differ from `current`.
    ///
    /// # Errors
    /// Where the file refuses a value.
    pub fn update_fields(
        &mut self,
        table: &'static Table,
        id: i64,
        current: &Fields,
        wanted: &Fields,
    ) -> Result<(), StoreError> {
        let mut changed = Fields::new();
        for (name, new) in wanted {
            let old = current.get(name).unwrap_or(&Value::Null);
            if old != new && name != "id" && name != "revision" {
                let (old, text) = (old.to_string(), new.to_string());
                self.line(&Line {
                    table: table.name,
                    id,
                    op: "update",
                    field: name,
                    old: &old,
                    new: &text,
                })?;
                changed.insert(name.clone(), new.clone());
            }
        }
        if changed.is_empty() {
            Ok(())
        } else {
            row::update(self.db, table, id, &changed)
        }
    }

    /// Deletes a row that nothing refers to.
    ///
    /// # Errors
    /// [`StoreError::Constraint`] while other rows refer to it.
    pub fn delete<R: Record>(&mut self, id: i64) -> Result<(), StoreError> {
        self.delete_row(row::table_of::<R>()?, id)
    }

    /// Deletes a row of a named table.
    ///
    /// # Errors
    /// As [`Tx::delete`].
    pub fn delete_row(&mut self, table: &'static Table, id: i64) -> Result<(), StoreError> {
        let current = row::fields(self.db, table, id)?.ok_or(StoreError::Missing {
            table: table.name,
            id,
        })?;
        row::delete(self.db, table, id)?;
        let old = Value::Object(current).to_string();
        self.line(&Line {
            table: table.name,
            id,
            op: "delete",
            field: "",
            old: &old,
            new: "null",
        })
    }

    /// The record of that id as it stands now.
    ///
    /// # Errors
    /// [`StoreError::Missing`] where it is gone.
    pub fn get<R: Record>(&self, id: i64) -> Result<R, StoreError> {
        row::get(self.db, id)?.ok_or(StoreError::Missing {
            table: R::TABLE,
            id,
        })
    }

    /// All records of a type as they stand now.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn all<R: Record>(&self) -> Result<Vec<R>, StoreError> {
        row::all(self.db)
    }

    /// The records of a type whose `column`, a reference, is `id`, as they stand now.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn among<R: Record>(&self, column: &str, id: i64) -> Result<Vec<R>, StoreError> {
        row::among(self.db, column, std::iter::once(id), row::Empty::No)
    }

    /// The fields of a row as they stand now.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn fields(&self, table: &'static Table, id: i64) -> Result<Option<Fields>, StoreError> {
        row::fields(self.db, table, id)
    }

    /// The fields of all rows of a table as they stand now, in order of id.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn rows(&self, table: &'static Table) -> Result<Vec<Fields>, StoreError> {
        row::all_fields(self.db, table)
    }

    /// Notes that something was written outside the tables of records, so that it is committed.
    pub(super) fn touched(&mut self, table: &'static str) {
        if let Err(at) = self.tables.binary_search(&table) {
            self.tables.insert(at, table);
        }
    }

    pub(super) const fn db(&self) -> &Connection {
        self.db
    }

    fn line(&mut self, line: &Line<'_>) -> Result<(), StoreError> {
        let mut statement = self
            .db
            .prepare_cached(
                "INSERT INTO change_row (change_id, tab, row_id, op, field, old, new)
                 VALUES (:change_id, :tab, :row_id, :op, :field, :old, :new)",
            )
            .doing("Write the journal")?;
        statement
            .execute(
                named_params! { ":change_id": self.change, ":tab": line.table, ":row_id": line.id,
                ":op": line.op, ":field": line.field, ":old": line.old, ":new": line.new },
            )
            .doing("Write the journal")?;
        self.touched(line.table);
        Ok(())
    }
}
