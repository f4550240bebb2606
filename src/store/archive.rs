//! Puts old values of the journal into a file of their own: written and safe first, then taken out.
//!
//! What stays: the sentence of every change (who, when, what, about which order, which rows), so
//! that the diary, the timeline and the times on hold read as before; all values of orders that are
//! still open; chains of undo and redo that reach over the date; and how each row stood, from which
//! the deep check goes on. What goes are the old and new values, and with them the way to undo.

use std::collections::BTreeSet;
use std::io::{BufWriter, Write};
use std::path::Path;

use chrono::{NaiveDate, NaiveTime};
use rusqlite::{Connection, OptionalExtension, named_params};
use serde_json::{Value, json};

use super::error::{Doing, StoreError};
use super::write::{Change, Deed, Entry, Tx};
use super::{Store, journal, replay};
use crate::text::did::Did;
use crate::text::{Lang, diary};

/// Says what the file is, in its first line.
pub const FORMAT: &str = "gendan-journal-1";

/// What was archived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Archived {
    /// Changes whose values are in the file now.
    pub changes: usize,
    /// Lines that left the journal.
    pub lines: usize,
    /// The change that says so.
    pub change: Change,
}

impl Store {
    /// Archives the values of changes before a day of factory time to a new file.
    ///
    /// The file is on the disk before anything is taken out; a failure in between leaves both.
    ///
    /// # Errors
    /// [`StoreError::Exists`], [`StoreError::NothingToArchive`], [`StoreError::JournalBroken`], or
    /// what the disk refuses; the journal is as it was then.
    pub fn archive(&mut self, before: NaiveDate, out: &Path) -> Result<Archived, StoreError> {
        if out.exists() {
            return Err(StoreError::Exists(out.to_owned()));
        }
        let named = std::path::absolute(out).unwrap_or_else(|_| out.to_owned());
        let named = named.display().to_string();
        let day = before.to_string();
        let deed = Deed::new(Did::JournalArchived, &["0", &day, &named]);
        let mut written = false;
        let done = self.write_as(Entry::Archive, &deed, |tx| {
            let chosen = chosen(tx.db(), before)?;
            write_file(tx.db(), &chosen.ids, &day, out)?;
            written = true;
            let lines = take_out(tx, &chosen)?;
            let args = json!([chosen.ids.len().to_string(), day, named]);
            tx.db()
                .execute(
                    "UPDATE change SET args = :args WHERE id = :id",
                    named_params! { ":args": args.to_string(), ":id": tx.change() },
                )
                .doing("Say what was archived")?;
            Ok::<_, StoreError>((chosen.ids.len(), lines))
        });
        match done {
            Ok(((changes, lines), change)) => Ok(Archived {
                changes,
                lines,
                change,
            }),
            Err(error) => {
                if written {
                    // Nothing left the journal, so the file would only be in the way of the next try.
                    let _ = std::fs::remove_file(out);
                }
                Err(error)
            }
        }
    }
}

/// Where the values of a change are, if they are no longer here.
pub(super) fn file_of(db: &Connection, change: i64) -> Result<Option<String>, StoreError> {
    let sql = "SELECT archived_by FROM change WHERE id = :id";
    let by: Option<i64> = db
        .query_row(sql, named_params! { ":id": change }, |row| row.get(0))
        .doing("Look where the values are")?;
    let Some(by) = by else {
        return Ok(None);
    };
    let by = journal::line(db, by)?;
    // After a salvage the values are in the damaged file, else in the archive.
    let at = if by.did == Did::FileSalvaged { 0 } else { 2 };
    Ok(Some(by.args.into_iter().nth(at).unwrap_or_default()))
}

/// Table and id of the rows of an archived change; none where its values are still here.
pub(super) fn rows_kept(
    db: &Connection,
    change: i64,
) -> Result<Option<Vec<(String, i64)>>, StoreError> {
    let sql = "SELECT kept_rows FROM change WHERE id = :id AND kept_rows <> ''";
    let text: Option<String> = db
        .prepare_cached(sql)
        .and_then(|mut s| {
            s.query_row(named_params! { ":id": change }, |row| row.get(0))
                .optional()
        })
        .doing("Read the journal")?;
    Ok(text.map(|text| serde_json::from_str(&text).unwrap_or_default()))
}

/// The changes that go, oldest first, and the last one that the baseline then holds.
struct Chosen {
    ids: Vec<i64>,
    through: i64,
}

fn chosen(db: &Connection, before: NaiveDate) -> Result<Chosen, StoreError> {
    let doing = "Choose what to archive";
    let one = |sql: &str, value: &dyn rusqlite::ToSql| {
        db.query_row(sql, [value], |row| row.get::<_, Option<i64>>(0))
            .doing(doing)
    };
    // Changes stand in order of their number, whatever the clock said: up to the first that is
    // too young.
    let first = "SELECT min(id) FROM change WHERE kind <> 'past' AND at >= ?1";
    let last = "SELECT max(id) FROM change WHERE id < ?1";
    let all = one(first, &diary::stamp(before.and_time(NaiveTime::MIN)))?.unwrap_or(i64::MAX);
    let mut through = one(last, &all)?.unwrap_or(0);
    // A chain of undo and redo stays whole.
    let cut = "SELECT min(id) FROM change WHERE id <= ?1 AND undone_by > ?1";
    while let Some(id) = one(cut, &through)? {
        through = id - 1;
    }
    let sql = "SELECT id FROM change
                WHERE id <= :through AND archived_by IS NULL AND kind <> 'archive'
                  AND order_no NOT IN (SELECT no FROM orders WHERE no <> '' AND state IN ('open', 'accepted'))
                ORDER BY id";
    let mut statement = db.prepare(sql).doing(doing)?;
    let ids = statement
        .query_map(named_params! { ":through": through }, |row| row.get(0))
        .doing(doing)?;
    let ids: Vec<i64> = ids.collect::<Result<_, _>>().doing(doing)?;
    if ids.is_empty() {
        return Err(StoreError::NothingToArchive);
    }
    Ok(Chosen { ids, through })
}

/// Writes the changes, one in a line of a JSON list: whole and on the disk, or not at all.
fn write_file(db: &Connection, ids: &[i64], before: &str, out: &Path) -> Result<(), StoreError> {
    let cannot = |e: std::io::Error| StoreError::CannotOpen {
        path: out.to_owned(),
        reason: e.to_string(),
    };
    let folder = out.parent().filter(|p| !p.as_os_str().is_empty());
    let folder = folder.unwrap_or_else(|| Path::new("."));
    let temp = tempfile::Builder::new()
        .prefix(".gendan-")
        .tempfile_in(folder)
        .map_err(cannot)?;
    let mut to = BufWriter::new(temp.as_file());
    let head = json!({ "format": FORMAT, "before": before, "changes": ids.len() });
    let head = head.to_string();
    // The list of changes goes into the object of the first line.
    let head = head.strip_suffix('}').unwrap_or(&head);
    write!(to, "{head},\n\"list\": [").map_err(cannot)?;
    for (at, id) in ids.iter().enumerate() {
        let comma = if at == 0 { "" } else { "," };
        write!(to, "{comma}\n{}", one(db, *id)?).map_err(cannot)?;
    }
    write!(to, "\n]}}\n").map_err(cannot)?;
    to.flush().map_err(cannot)?;
    drop(to);
    temp.as_file().sync_all().map_err(cannot)?;
    temp.persist_noclobber(out)
        .map_err(|e| match e.error.kind() {
            std::io::ErrorKind::AlreadyExists => StoreError::Exists(out.to_owned()),
            _ => cannot(e.error),
        })?;
    if let Ok(dir) = std::fs::File::open(folder) {
        // Some file systems cannot sync a folder; the file itself is on the disk already.
        let _ = dir.sync_all();
    }
    Ok(())
}

/// A change with its sentence in both languages and every value.
fn one(db: &Connection, id: i64) -> Result<Value, StoreError> {
    let line = journal::line(db, id)?;
    let value = |text: &str| serde_json::from_str(text).unwrap_or(Value::Null);
    let rows: Vec<Value> = journal::entries(db, id)?
        .into_iter()
        .map(|e| {
            json!({ "table": e.table, "row": e.row_id, "op": e.op, "field": e.field,
                    "old": value(&e.old), "new": value(&e.new) })
        })
        .collect();
    Ok(json!({
        "change": line.id, "at": line.at, "who": line.who, "kind": line.kind, "did": line.did.code(),
        "args": line.args, "order": line.order_no, "undone": line.undone,
        "zh": diary::sentence(&line, Lang::Zh), "en": diary::sentence(&line, Lang::En),
        "rows": rows,
    }))
}

/// Takes the values out, keeping how the rows stood; answers how many lines went.
fn take_out(tx: &mut Tx<'_>, chosen: &Chosen) -> Result<usize, StoreError> {
    let doing = "Archive the journal";
    tx.touched("change");
    let (db, own) = (tx.db(), tx.change());
    let replay = replay::run(db, Some(chosen.through))?;
    if !replay.findings.is_empty() {
        return Err(StoreError::JournalBroken);
    }
    let mut rows = db
        .prepare("SELECT DISTINCT tab, row_id FROM change_row WHERE change_id = :id ORDER BY tab, row_id")
        .doing(doing)?;
    let mut mark = db
        .prepare("UPDATE change SET archived_by = :own, kept_rows = CASE WHEN order_no = '' THEN '' ELSE :rows END WHERE id = :id")
        .doing(doing)?;
    let mut delete = db
        .prepare("DELETE FROM change_row WHERE change_id = :id")
        .doing(doing)?;
    let (mut touched, mut lines) = (BTreeSet::new(), 0);
    for id in &chosen.ids {
        let wrote: Vec<(String, i64)> = rows
            .query_map(named_params! { ":id": id }, |row| {
                Ok((row.get(0)?, row.get(1)?))
            })
            .and_then(Iterator::collect)
            .doing(doing)?;
        let past: bool = db
            .query_row(
                "SELECT kind = 'past' FROM change WHERE id = ?1",
                [id],
                |row| row.get(0),
            )
            .doing(doing)?;
        let kept = json!(if past { Vec::new() } else { wrote.clone() }).to_string();
        mark.execute(named_params! { ":own": own, ":rows": kept, ":id": id })
            .doing(doing)?;
        lines += delete.execute(named_params! { ":id": id }).doing(doing)?;
        if !past {
            touched.extend(wrote);
        }
    }
    for (tab, id) in touched {
        let Some(table) = crate::domain::schema::table(&tab) else {
            continue;
        };
        match replay.rows.get(&(table.name, id)) {
            Some(stand) => {
                replay::start_from(db, table.name, &stand.fields, chosen.through, stand.slack)?;
            }
            None => replay::start_without(db, (table.name, id), chosen.through)?,
        }
    }
    Ok(lines)
}
