//! Reads the journal: who changed what and when, as a diary and value by value.

use rusqlite::{Connection, Row, named_params};

use super::Store;
use super::error::{Doing, StoreError};
use crate::text::did::Did;

/// One change in the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub id: i64,
    /// UTC.
    pub at: String,
    pub who: String,
    /// `edit`, `undo`, `redo`, `restore`, `archive` or `past`.
    pub kind: String,
    pub did: Did,
    pub args: Vec<String>,
    pub order_no: String,
    pub undone: bool,
}

/// One value that a change wrote, as JSON texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub table: String,
    pub row_id: i64,
    pub op: String,
    pub field: String,
    pub old: String,
    pub new: String,
}

/// A change as it is carried from one file to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Past {
    /// UTC.
    pub at: String,
    pub who: String,
    /// `edit`, `undo` or `redo`.
    pub kind: String,
    /// Whether it was taken back later.
    pub undone: bool,
    pub did: Did,
    pub args: Vec<String>,
    pub order_no: String,
    pub entries: Vec<Entry>,
}

const COLUMNS: &str =
    "id, at, who, kind, what, args, order_no, undone_by IS NOT NULL OR past_undone";

fn from_row(row: &Row<'_>) -> rusqlite::Result<Line> {
    let what: String = row.get(4)?;
    let args: String = row.get(5)?;
    Ok(Line {
        id: row.get(0)?,
        at: row.get(1)?,
        who: row.get(2)?,
        kind: row.get(3)?,
        did: Did::of(&what),
        args: serde_json::from_str(&args).unwrap_or_default(),
        order_no: row.get(6)?,
        undone: row.get(7)?,
    })
}

/// The change of that number.
pub(super) fn line(db: &Connection, id: i64) -> Result<Line, StoreError> {
    db.query_row(
        &format!("SELECT {COLUMNS} FROM change WHERE id = :id"),
        named_params! { ":id": id },
        from_row,
    )
    .doing("Read the journal")
}

impl Store {
    /// The latest changes, newest first; of one order where a number is given.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn journal(&self, order_no: Option<&str>, most: i64) -> Result<Vec<Line>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM change WHERE :order_no = '' OR order_no = :order_no ORDER BY id DESC LIMIT :most"
        );
        let mut statement = self.db.prepare_cached(&sql).doing("Read the journal")?;
        let params = named_params! { ":order_no": order_no.unwrap_or_default(), ":most": most };
        let rows = statement
            .query_map(params, from_row)
            .doing("Read the journal")?;
        rows.collect::<Result<_, _>>().doing("Read the journal")
    }

    /// Everything that was ever done to the data, oldest first, to be carried to another file.
    ///
    /// Left out is the reading in of a whole file: in the next file that would be done again.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn past(&self) -> Result<Vec<Past>, StoreError> {
        let sql =
            format!("SELECT {COLUMNS}, past_kind FROM change WHERE kind <> 'restore' ORDER BY id");
        let mut statement = self.db.prepare_cached(&sql).doing("Read the journal")?;
        let rows = statement
            .query_map([], |row| Ok((from_row(row)?, row.get::<_, String>(8)?)))
            .doing("Read the journal")?;
        let mut out = Vec::new();
        for row in rows {
            let (line, past_kind) = row.doing("Read the journal")?;
            out.push(Past {
                entries: self.entries(line.id)?,
                kind: match line.kind.as_str() {
                    "past" => past_kind,
                    // There it is a step like others, told and not to be undone.
                    "archive" => "edit".to_owned(),
                    _ => line.kind,
                },
                at: line.at,
                who: line.who,
                undone: line.undone,
                did: line.did,
                args: line.args,
                order_no: line.order_no,
            });
        }
        Ok(out)
    }

    /// Whether the file holds nothing yet but the calendar that every file starts with.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn is_fresh(&self) -> Result<bool, StoreError> {
        let tables = crate::domain::schema::TABLES.iter().map(|t| t.name);
        let seeded = ["calendar", "calendar_day"];
        let mut names = tables
            .filter(|name| !seeded.contains(name))
            .chain(["change"]);
        names.try_fold(true, |fresh, name| {
            let sql = format!("SELECT NOT EXISTS (SELECT 1 FROM {name})");
            let empty: bool = self
                .db
                .query_row(&sql, [], |row| row.get(0))
                .doing("Look whether the file is empty")?;
            Ok(fresh && empty)
        })
    }

    /// The values a change wrote, in order.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn entries(&self, change: i64) -> Result<Vec<Entry>, StoreError> {
        entries(&self.db, change)
    }
}

/// The values a change wrote, in order.
pub(super) fn entries(db: &Connection, change: i64) -> Result<Vec<Entry>, StoreError> {
    let mut statement = db
            .prepare_cached("SELECT tab, row_id, op, field, old, new FROM change_row WHERE change_id = :id ORDER BY id")
            .doing("Read the journal")?;
    let read = |row: &Row<'_>| {
        Ok(Entry {
            table: row.get(0)?,
            row_id: row.get(1)?,
            op: row.get(2)?,
            field: row.get(3)?,
            old: row.get(4)?,
            new: row.get(5)?,
        })
    };
    let rows = statement
        .query_map(named_params! { ":id": change }, read)
        .doing("Read the journal")?;
    rows.collect::<Result<_, _>>().doing("Read the journal")
}

impl super::write::Tx<'_> {
    /// Keeps changes that an interchange file brought along: history to read, not to undo, since
    /// its row numbers belong to another file.
    ///
    /// # Errors
    /// Where the file refuses the write.
    pub fn keep_past(&mut self, past: &[Past]) -> Result<(), StoreError> {
        for one in past {
            self.touched("change");
            let args = serde_json::Value::from(one.args.clone()).to_string();
            self.db()
                .execute(
                    "INSERT INTO change (at, who, kind, what, args, order_no, past_kind, past_undone)
                     VALUES (:at, :who, 'past', :what, :args, :order_no, :past_kind, :past_undone)",
                    named_params! { ":at": one.at, ":who": one.who, ":what": one.did.code(), ":args": args,
                        ":order_no": one.order_no, ":past_kind": one.kind, ":past_undone": one.undone },
                )
                .doing("Keep the journal")?;
            let id = self.db().last_insert_rowid();
            for entry in &one.entries {
                self.db()
                    .execute(
                        "INSERT INTO change_row (change_id, tab, row_id, op, field, old, new)
                         VALUES (:id, :tab, :row_id, :op, :field, :old, :new)",
                        named_params! { ":id": id, ":tab": entry.table, ":row_id": entry.row_id, ":op": entry.op,
                            ":field": entry.field, ":old": entry.old, ":new": entry.new },
                    )
                    .doing("Keep the journal")?;
            }
        }
        Ok(())
    }
}
