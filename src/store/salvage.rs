//! Carries what can be read of a damaged file into a new one.
//!
//! The damaged file is copied first and only the copy is read, so it is never changed. Tables are
//! read row by row; where a page is broken the rows before and behind it are found by their
//! numbers. Every value is written twice in a file, in its table and in the journal, so a row that
//! a table lost is made again from the journal. A row whose reference is lost is left out and
//! listed with all its values, never half written.

mod source;
mod walk;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use rusqlite::types::Value as Sql;
use rusqlite::{Connection, named_params};
use serde_json::Value;

use super::error::{Doing, StoreError};
use super::open::Access;
use super::row::{self, Fields};
use super::write::{Deed, Entry};
use super::{Store, audit, replay};
use crate::clock::Clock;
use crate::domain::moment::Moment;
use crate::domain::schema::{Kind, TABLES, Table};
use crate::text::did::Did;
use walk::Found;

/// Why something of the damaged file is not in the new one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// Rows with these numbers, as far as there were any, cannot be read.
    Unread,
    /// The row can be read, but holds what no row can.
    Refused,
    /// What the row refers to is lost.
    Reference,
    /// Table and journal say different things of the value; the table's was taken.
    Differs,
}

/// Something that is not in the new file as it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loss {
    pub why: Why,
    pub table: String,
    /// Numbers of the rows, from and to.
    pub ids: (i64, i64),
    /// The column, or what the row held, or why it was refused; empty where nothing is known.
    pub what: String,
}

/// What became of a damaged file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Salvaged {
    /// Rows read, by table; those of the journal among them.
    pub read: BTreeMap<String, usize>,
    /// Rows that the table lost and the journal still had: table, id and name.
    pub rebuilt: Vec<(String, i64, String)>,
    pub losses: Vec<Loss>,
    /// Whether a line of the journal was lost too, so that rows made from it may be older states.
    pub journal_lost: bool,
}

/// Columns of the tables beside those of records, in the order they have to be written.
const JOURNAL: [(&str, &[&str]); 4] = [
    (
        "change",
        &[
            "at",
            "who",
            "kind",
            "what",
            "args",
            "order_no",
            "past_kind",
            "past_undone",
            "reverts",
            "undone_by",
            "archived_by",
            "kept_rows",
        ],
    ),
    (
        "change_row",
        &["change_id", "tab", "row_id", "op", "field", "old", "new"],
    ),
    ("baseline", &["tab", "row_id", "row", "through", "slack"]),
    ("draft", &["form", "subject", "at", "fields"]),
];

/// Carries what can be read of `damaged` into a new file at `out`.
///
/// # Errors
/// Where `out` exists or cannot be written, or nothing of ours can be read at all.
pub fn salvage(
    damaged: &Path,
    out: &Path,
    clock: Clock,
    who: &str,
) -> Result<Salvaged, StoreError> {
    if out.exists() {
        return Err(StoreError::Exists(out.to_owned()));
    }
    let parent = out.parent().filter(|p| !p.as_os_str().is_empty());
    let folder = tempfile::Builder::new()
        .prefix(".gendan-")
        .tempdir_in(parent.unwrap_or_else(|| Path::new(".")))
        .map_err(|e| StoreError::CannotOpen {
            path: out.to_owned(),
            reason: e.to_string(),
        })?;
    let source = source::open(damaged, folder.path())?;
    let path: PathBuf = folder.path().join("new.db");
    let mut store = Store::open(&path, Access::Write, clock, who)?;
    let mut salvaged = Salvaged::default();
    let lost = carry(&source, &store.db, &mut salvaged)?;
    let doubts = mend(&store.db, &lost, &mut salvaged)?;
    if !salvaged.losses.is_empty() || !salvaged.rebuilt.is_empty() || doubts {
        begin_anew(&mut store, damaged, &salvaged)?;
    }
    store.backup(out)?;
    Ok(salvaged)
}

/// Numbers that a table lost: ranges.
type Lost = BTreeMap<&'static str, Vec<(i64, i64)>>;

/// Reads every table and writes its rows as they are; references are looked at later.
fn carry(source: &Connection, new: &Connection, out: &mut Salvaged) -> Result<Lost, StoreError> {
    let doing = "Write the new file";
    new.pragma_update(None, "foreign_keys", "OFF")
        .doing(doing)?;
    let tx = new.unchecked_transaction().doing(doing)?;
    // What a new file starts with is in the damaged one too, perhaps changed.
    tx.execute_batch("DELETE FROM calendar_day; DELETE FROM calendar; DELETE FROM baseline;")
        .doing(doing)?;
    let mut lost = Lost::new();
    for (name, columns) in JOURNAL {
        table(source, &tx, name, columns, None, (out, &mut lost))?;
    }
    for record in TABLES {
        let columns: Vec<&str> = std::iter::once("revision")
            .chain(record.columns.iter().map(|c| c.name))
            .collect();
        let columns = columns.as_slice();
        table(
            source,
            &tx,
            record.name,
            columns,
            Some(record),
            (out, &mut lost),
        )?;
    }
    keep_numbers(source, &tx)?;
    tx.commit().doing(doing)?;
    out.journal_lost = ["change", "change_row", "baseline"]
        .iter()
        .any(|name| lost.contains_key(name));
    Ok(lost)
}

fn table(
    source: &Connection,
    new: &Connection,
    name: &'static str,
    columns: &[&str],
    record: Option<&'static Table>,
    (out, lost): (&mut Salvaged, &mut Lost),
) -> Result<(), StoreError> {
    let found: Found = walk::table(source, name, columns);
    let marks = vec!["?"; columns.len() + 1].join(", ");
    let sql = format!(
        "INSERT INTO {name} (id, {}) VALUES ({marks})",
        columns.join(", ")
    );
    let mut insert = new.prepare(&sql).doing("Write the new file")?;
    let mut lose = |why, ids, what: String| {
        lost.entry(name).or_default().push(ids);
        let table = name.to_owned();
        out.losses.push(Loss {
            why,
            table,
            ids,
            what,
        });
    };
    for gap in &found.gaps {
        lose(Why::Unread, *gap, String::new());
    }
    let mut read = 0;
    for (id, values) in found.rows {
        let values = match values {
            Ok(values) => values,
            Err(why) => {
                lose(Why::Refused, (id, id), why);
                continue;
            }
        };
        if let Some(column) = record.and_then(|record| unsound(record, &values)) {
            lose(Why::Refused, (id, id), column.to_owned());
            continue;
        }
        let all = std::iter::once(Sql::Integer(id)).chain(values);
        match insert.execute(rusqlite::params_from_iter(all)) {
            Ok(_) => read += 1,
            Err(error) if error.sqlite_error_code() == Some(rusqlite::ErrorCode::DiskFull) => {
                return Err(StoreError::Full);
            }
            Err(error) => lose(Why::Refused, (id, id), error.to_string()),
        }
    }
    out.read.insert(name.to_owned(), read);
    Ok(())
}

/// The first column whose value no reader would take; values stand behind the revision.
fn unsound(table: &Table, values: &[Sql]) -> Option<&'static str> {
    let pairs = table.columns.iter().zip(values.iter().skip(1));
    let mut wrong = pairs.filter(|(column, value)| match (column.kind, value) {
        (_, Sql::Null) => !column.optional,
        (Kind::Date, Sql::Text(text)) => text.parse::<chrono::NaiveDate>().is_err(),
        (Kind::Moment, Sql::Text(text)) => Moment::parse(text).is_none_or(|m| m.text() != *text),
        (Kind::Text, Sql::Text(_)) => false,
        (Kind::Code(codes), Sql::Text(text)) => !codes.contains(&text.as_str()),
        (Kind::Whole | Kind::Amount | Kind::Ref(_), Sql::Integer(_)) => false,
        (Kind::Flag, Sql::Integer(flag)) => !(0..=1).contains(flag),
        _ => true,
    });
    wrong.next().map(|(column, _)| column.name)
}

/// Numbers that were given once are not given again.
fn keep_numbers(source: &Connection, new: &Connection) -> Result<(), StoreError> {
    let read = source
        .prepare("SELECT name, seq FROM sqlite_sequence")
        .and_then(|mut s| {
            s.query_map([], |row| {
                Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?))
            })?
            .collect::<Result<Vec<_>, _>>()
        });
    // Where they cannot be read, the highest number that is there counts.
    for (name, seq) in read.unwrap_or_default() {
        let params = named_params! { ":name": name, ":seq": seq };
        new.execute(
            "UPDATE sqlite_sequence SET seq = max(seq, :seq) WHERE name = :name",
            params,
        )
        .doing("Keep the numbers")?;
        new.execute(
            "INSERT INTO sqlite_sequence (name, seq)
             SELECT :name, :seq WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = :name)
                AND EXISTS (SELECT 1 FROM sqlite_schema WHERE name = :name)",
            params,
        )
        .doing("Keep the numbers")?;
    }
    Ok(())
}

/// Makes lost rows again from the journal, leaves out what refers to nothing; whether the journal
/// no longer leads to the rows.
fn mend(db: &Connection, lost: &Lost, out: &mut Salvaged) -> Result<bool, StoreError> {
    let doing = "Mend the new file";
    let tx = db.unchecked_transaction().doing(doing)?;
    let replay = replay::run(&tx, None)?;
    for table in TABLES {
        let gaps = lost.get(table.name).map_or(&[][..], Vec::as_slice);
        let gone = |id: i64| gaps.iter().any(|(from, to)| (*from..=*to).contains(&id));
        for ((_, id), stand) in replay
            .rows
            .range((table.name, i64::MIN)..=(table.name, i64::MAX))
        {
            let key = (table.name, *id);
            // A broken page can hide rows without a word; a whole journal
            // knows they were there.
            if (out.journal_lost && !gone(*id))
                || replay.doubtful.contains(&key)
                || row::fields(&tx, table, *id)?.is_some()
                || row::insert(&tx, table, &stand.fields).is_err()
            {
                continue;
            }
            let name = audit::called(table.name, &stand.fields);
            out.rebuilt.push((table.name.to_owned(), *id, name));
        }
    }
    let made: BTreeSet<(&str, i64)> = out
        .rebuilt
        .iter()
        .map(|(t, id, _)| (t.as_str(), *id))
        .collect();
    let whole = !out.journal_lost;
    out.losses.retain(|loss| {
        let again = |id: i64| made.contains(&(loss.table.as_str(), id));
        match loss.why {
            Why::Refused => !again(loss.ids.0),
            // A whole journal knows every row there was.
            Why::Unread => !(whole && TABLES.iter().any(|t| t.name == loss.table)),
            _ => true,
        }
    });
    let doubts = differences(&tx, out)?;
    loosen_chains(&tx)?;
    leave_out(&tx, out)?;
    tx.commit().doing(doing)?;
    db.pragma_update(None, "foreign_keys", "ON").doing(doing)?;
    Ok(doubts)
}

/// An undo that lost what it took back, or a change that lost its undo, stays as a sentence: it is
/// like a change that came with another file.
fn loosen_chains(db: &Connection) -> Result<(), StoreError> {
    db.execute_batch(
        "UPDATE change SET past_kind = kind, kind = 'past', past_undone = undone_by IS NOT NULL,
                reverts = NULL, undone_by = NULL
          WHERE kind IN ('edit', 'undo', 'redo')
            AND (reverts IS NOT NULL
                 AND NOT EXISTS (SELECT 1 FROM change o WHERE o.id = change.reverts AND o.undone_by = change.id)
              OR kind <> 'edit' AND reverts IS NULL
              OR undone_by IS NOT NULL
                 AND NOT EXISTS (SELECT 1 FROM change o WHERE o.id = change.undone_by AND o.reverts = change.id));
         UPDATE change SET archived_by = NULL
          WHERE archived_by IS NOT NULL AND archived_by NOT IN (SELECT id FROM change);",
    )
    .doing("Mend the journal")
}

/// Takes rows out that refer to nothing, those that refer to them too, until all refer to something.
fn leave_out(db: &Connection, out: &mut Salvaged) -> Result<(), StoreError> {
    let doing = "Look at the references";
    loop {
        let mut statement = db
            .prepare(
                "SELECT DISTINCT f.\"table\", f.rowid, k.\"from\" FROM pragma_foreign_key_check f
                   JOIN pragma_foreign_key_list(f.\"table\") k ON k.id = f.fkid",
            )
            .doing(doing)?;
        let dangling: Vec<(String, i64, String)> = statement
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
            .and_then(Iterator::collect)
            .doing(doing)?;
        if dangling.is_empty() {
            return Ok(());
        }
        for (name, id, column) in dangling {
            let mut what = column;
            if let Some(table) = crate::domain::schema::table(&name)
                && let Some(fields) = row::fields(db, table, id)?
            {
                what = format!("{what} {}", Value::Object(fields));
            }
            let gone = db
                .execute(&format!("DELETE FROM {name} WHERE id = ?1"), [id])
                .doing(doing)?;
            if gone > 0 {
                out.losses.push(Loss {
                    why: Why::Reference,
                    table: name,
                    ids: (id, id),
                    what,
                });
            }
        }
    }
}

/// Names the values of which table and journal say different things; whether the journal is not to
/// be followed any more.
fn differences(db: &Connection, out: &mut Salvaged) -> Result<bool, StoreError> {
    let replay = replay::run(db, None)?;
    let mut doubts = !replay.findings.is_empty();
    for table in TABLES {
        let mut there = 0;
        for fields in row::all_fields(db, table)? {
            let id = fields.get("id").and_then(Value::as_i64).unwrap_or_default();
            let key = (table.name, id);
            let Some(stand) = replay.rows.get(&key) else {
                doubts = true;
                continue;
            };
            there += 1;
            let Some(column) = stand.agrees(table, &fields) else {
                continue;
            };
            doubts = true;
            if replay.doubtful.contains(&key) || (out.journal_lost && column == "revision") {
                continue;
            }
            let said = |fields: &Fields| fields.get(column).cloned().unwrap_or_default();
            let what = format!("{column}: {} ≠ {}", said(&fields), said(&stand.fields));
            out.losses.push(Loss {
                why: Why::Differs,
                table: table.name.to_owned(),
                ids: (id, id),
                what,
            });
        }
        let led = replay
            .rows
            .range((table.name, i64::MIN)..=(table.name, i64::MAX));
        doubts |= led.count() != there;
    }
    Ok(doubts)
}

/// The journal of the new file starts from its rows; what was before can be read, not undone.
fn begin_anew(store: &mut Store, damaged: &Path, out: &Salvaged) -> Result<(), StoreError> {
    let doing = "Mend the journal";
    let rows: usize = out.read.values().sum::<usize>() + out.rebuilt.len();
    let args = [
        damaged.display().to_string(),
        rows.to_string(),
        out.losses.len().to_string(),
    ];
    let deed = Deed::new(Did::FileSalvaged, &[&args[0], &args[1], &args[2]]);
    store.write_as(Entry::Archive, &deed, |tx| {
        tx.touched("change");
        let (db, own) = (tx.db(), tx.change());
        db.execute_batch("DELETE FROM baseline;").doing(doing)?;
        db.execute(
            "UPDATE change SET archived_by = :own WHERE archived_by IS NULL AND id <> :own",
            named_params! { ":own": own },
        )
        .doing(doing)?;
        for table in TABLES {
            for fields in row::all_fields(db, table)? {
                replay::start_from(db, table.name, &fields, own, 0)?;
            }
        }
        Ok::<_, StoreError>(())
    })?;
    Ok(())
}
