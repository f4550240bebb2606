//! The deep check: `SQLite`'s own, then whether the journal leads to the rows, then the program's
//! rules.
//!
//! Reads only, in one read transaction, so that another session may go on saving. Where the file is
//! so damaged that a part cannot be read, that is a finding and the rest is checked all the same.

use std::collections::BTreeSet;

use rusqlite::Connection;
use serde_json::Value;

use super::Store;
use super::error::{Doing, StoreError};
use super::replay::{self, Replay};
use super::row::{self, Fields};
use crate::domain::rule::audit::{self, Fault, Finding};
use crate::domain::schema::{Kind, TABLES, Table};

/// Findings that are told; a broken file may have millions.
pub const FINDINGS_MAX: usize = 1_000;
/// Characters of a value that are told.
const VALUE_CHARS: usize = 60;

impl Store {
    /// Everything that is wrong with the file.
    ///
    /// # Errors
    /// Where no reading can begin at all.
    pub fn audit(&self) -> Result<Vec<Finding>, StoreError> {
        let tx = self.db.unchecked_transaction().doing("Begin reading")?;
        let mut found = Vec::new();
        part(&mut found, sqlite(&tx));
        part(&mut found, references(&tx));
        part(&mut found, journal(&tx));
        part(&mut found, chains(&tx));
        part(&mut found, numbers(&tx));
        match super::snapshot::load(&tx, crate::domain::world::Scope::Whole) {
            Ok(world) => found.extend(audit::contradictions(&world)),
            Err(error) => found.push(unreadable(&error)),
        }
        part(&mut found, self.kept_files(&tx));
        tx.finish().doing("End reading")?;
        found.truncate(FINDINGS_MAX);
        Ok(found)
    }

    /// Looks at the files that were filed here; those of another computer may have stayed there.
    fn kept_files(&self, db: &Connection) -> Result<Vec<Finding>, StoreError> {
        const FILED: [(&str, &str, &str); 3] = [
            ("document", "file_hash", "title"),
            ("exception_evidence", "file_hash", "title"),
            ("source_file", "hash", "name"),
        ];
        let mut found = Vec::new();
        for (table, column, name) in FILED {
            let sql = format!(
                "SELECT id, {column}, {name} FROM {table} WHERE {column} <> '' ORDER BY id"
            );
            let mut statement = db.prepare(&sql).doing("Look at the kept files")?;
            let rows = statement
                .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
                .doing("Look at the kept files")?;
            for row in rows {
                let (id, hash, name): (i64, String, String) =
                    row.doing("Look at the kept files")?;
                let Some(path) = self.file_path(&hash) else {
                    continue;
                };
                let fault = match std::fs::read(&path) {
                    Ok(bytes) if super::files::content_name(&bytes) == hash => continue,
                    Ok(_) => Fault::FileChanged,
                    Err(_) if filed_here(db, table, id)? => Fault::FileLost,
                    Err(_) => continue,
                };
                let one = Finding::new(fault, table, id).called(&name);
                found.push(one.field(column).found(path.display()));
            }
        }
        Ok(found)
    }
}

/// Takes the findings of a part; one that could not be done is a finding itself.
fn part(found: &mut Vec<Finding>, done: Result<Vec<Finding>, StoreError>) {
    match done {
        Ok(more) => found.extend(more),
        Err(error) => found.push(unreadable(&error)),
    }
}

fn unreadable(error: &StoreError) -> Finding {
    Finding::new(Fault::Unreadable, "", 0).found(error)
}

fn sqlite(db: &Connection) -> Result<Vec<Finding>, StoreError> {
    let sql = format!("PRAGMA integrity_check({FINDINGS_MAX})");
    let mut statement = db.prepare(&sql).doing("Check the file")?;
    let mut rows = statement.query([]).doing("Check the file")?;
    let mut found = Vec::new();
    while let Some(row) = rows.next().doing("Check the file")? {
        let said: String = row.get(0).doing("Check the file")?;
        if said != "ok" {
            found.push(Finding::new(Fault::Sqlite, "", 0).found(said));
        }
    }
    Ok(found)
}

fn references(db: &Connection) -> Result<Vec<Finding>, StoreError> {
    let mut statement = db
        .prepare(
            "SELECT f.\"table\", f.rowid, f.parent, k.\"from\" FROM pragma_foreign_key_check f
                    JOIN pragma_foreign_key_list(f.\"table\") k ON k.id = f.fkid",
        )
        .doing("Check the references")?;
    let mut rows = statement.query([]).doing("Check the references")?;
    let mut found = Vec::new();
    while let Some(row) = rows.next().doing("Check the references")? {
        let doing = "Check the references";
        let table: String = row.get(0).doing(doing)?;
        let id: Option<i64> = row.get(1).doing(doing)?;
        let parent: String = row.get(2).doing(doing)?;
        let field: String = row.get(3).doing(doing)?;
        let one = Finding::new(Fault::Dangling, &table, id.unwrap_or_default());
        found.push(one.field(&field).found(parent));
    }
    Ok(found)
}

/// Compares what the journal leads to with the rows.
fn journal(db: &Connection) -> Result<Vec<Finding>, StoreError> {
    let mut replay = replay::run(db, None)?;
    let mut found = std::mem::take(&mut replay.findings);
    for table in TABLES {
        match row::all_fields(db, table) {
            Ok(rows) => compare(table, &rows, &mut replay, &mut found),
            Err(error) => {
                replay.rows.retain(|(name, _), _| *name != table.name);
                let one = Finding::new(Fault::Unreadable, table.name, 0);
                found.push(one.found(error));
            }
        }
    }
    for ((table, id), stand) in &replay.rows {
        if !replay.doubtful.contains(&(*table, *id)) {
            let one = Finding::new(Fault::RowLost, table, *id);
            found.push(one.called(&called(table, &stand.fields)));
        }
    }
    Ok(found)
}

/// Compares the rows of a table; those that are there are taken out of what the journal leads to.
fn compare(table: &'static Table, rows: &[Fields], replay: &mut Replay, out: &mut Vec<Finding>) {
    for row in rows {
        let id = row.get("id").and_then(Value::as_i64).unwrap_or_default();
        let stand = replay.rows.remove(&(table.name, id));
        if replay.doubtful.contains(&(table.name, id)) {
            continue;
        }
        let at = |fault| Finding::new(fault, table.name, id).called(&called(table.name, row));
        let Some(stand) = stand else {
            out.push(at(Fault::RowUnknown));
            continue;
        };
        let value = |fields: &Fields, name: &str| {
            let value = fields.get(name).unwrap_or(&Value::Null);
            value.as_str().map_or_else(|| value.to_string(), shortened)
        };
        let before = out.len();
        for column in table.columns {
            let (found, expected) = (row.get(column.name), stand.fields.get(column.name));
            if found.unwrap_or(&Value::Null) != expected.unwrap_or(&Value::Null) {
                let one = at(Fault::ValueDiffers).field(column.name);
                let one = one.found(value(row, column.name));
                out.push(one.expected(value(&stand.fields, column.name)));
            }
        }
        if out.len() == before && !stand.revision_fits(row) {
            let one = at(Fault::RevisionDiffers).field("revision");
            let one = one.found(value(row, "revision"));
            out.push(one.expected(value(&stand.fields, "revision")));
        }
    }
}

fn shortened(text: &str) -> String {
    let mut short: String = text.chars().take(VALUE_CHARS).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    format!("“{short}”")
}

/// What people call a row: its own keys, those that are no references.
pub(super) fn called(table: &str, row: &Fields) -> String {
    let Some(table) = crate::domain::schema::table(table) else {
        return String::new();
    };
    let own = table.key.iter().filter(|name| {
        let kind = table.column(name).map(|c| c.kind);
        !matches!(kind, Some(Kind::Ref(_)))
    });
    let words = own.filter_map(|name| row.get(*name));
    let words = words.map(|v| v.as_str().map_or_else(|| v.to_string(), str::to_owned));
    let words: Vec<String> = words.filter(|w| !w.is_empty()).collect();
    words.join(" / ").chars().take(VALUE_CHARS).collect()
}

/// Looks whether each undo and what it took back name each other.
fn chains(db: &Connection) -> Result<Vec<Finding>, StoreError> {
    let sql = "
SELECT c.id FROM change c LEFT JOIN change o ON o.id = c.reverts
 WHERE c.kind IN ('undo', 'redo') AND (o.id IS NULL OR o.id >= c.id OR o.undone_by IS NOT c.id)
UNION
SELECT c.id FROM change c LEFT JOIN change o ON o.id = c.undone_by
 WHERE c.undone_by IS NOT NULL AND (o.id IS NULL OR o.id <= c.id OR o.reverts IS NOT c.id)
 ORDER BY 1";
    let mut statement = db.prepare(sql).doing("Check the journal")?;
    let rows = statement
        .query_map([], |row| row.get::<_, i64>(0))
        .doing("Check the journal")?;
    rows.map(|id| {
        Ok(Finding::new(
            Fault::ChainBroken,
            "change",
            id.doing("Check the journal")?,
        ))
    })
    .collect()
}

/// Looks whether the next number of a table could be one that was given already.
fn numbers(db: &Connection) -> Result<Vec<Finding>, StoreError> {
    let mut found = Vec::new();
    let names: BTreeSet<&str> = TABLES
        .iter()
        .map(|t| t.name)
        .chain(["change", "change_row"])
        .collect();
    for name in names {
        let sql = format!(
            "SELECT coalesce(max(id), 0), coalesce((SELECT max(seq) FROM sqlite_sequence WHERE name = '{name}'), 0)
               FROM {name}"
        );
        let (highest, given): (i64, i64) = db
            .query_row(&sql, [], |row| Ok((row.get(0)?, row.get(1)?)))
            .doing("Check the numbers")?;
        if given < highest {
            let one = Finding::new(Fault::NumberReused, name, highest);
            found.push(one.found(given).expected(highest));
        }
    }
    Ok(found)
}

/// Whether a row was made here, not brought along by a file of another computer.
fn filed_here(db: &Connection, table: &str, id: i64) -> Result<bool, StoreError> {
    let sql = "SELECT count(*) FROM change_row r JOIN change c ON c.id = r.change_id
                WHERE r.tab = :tab AND r.row_id = :id AND r.op = 'insert'
                  AND c.kind IN ('edit', 'redo') AND c.what NOT IN (:data, :whole)";
    let codes = [
        crate::text::Did::DataImported.code(),
        crate::text::Did::FileRestored.code(),
    ];
    let count: i64 = db
        .query_row(
            sql,
            rusqlite::named_params! { ":tab": table, ":id": id, ":data": codes[0], ":whole": codes[1] },
            |row| row.get(0),
        )
        .doing("Look at the kept files")?;
    Ok(count > 0)
}
