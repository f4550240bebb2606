//! Goes through the journal from where it starts and says how every row has to stand.
//!
//! The start is the `baseline`: what a new file begins with, how the rows stood when values were
//! archived, or when the file was salvaged. A line that does not follow from those before it is told as a finding. Changes that an
//! interchange file brought along are history of another file and are left out.

use std::collections::BTreeMap;

use rusqlite::{Connection, named_params};
use serde_json::Value;

use super::error::{Doing, StoreError};
use super::row::Fields;
use crate::domain::rule::audit::{Fault, Finding};
use crate::domain::schema::{Table, table};
use crate::text::did::Did;

/// Table and id of a row.
pub(super) type Key = (&'static str, i64);

/// How a row has to stand.
#[derive(Debug, Clone, Default)]
pub(super) struct Stand {
    /// `id` and `revision` among them; the revision is the lowest possible.
    pub(super) fields: Fields,
    /// By how much the revision may be higher: one saving may have written several lines.
    pub(super) slack: i64,
    /// The change that wrote it last, and the columns of its saving so far.
    saving: (i64, Vec<String>),
}

/// What the journal leads to.
#[derive(Debug, Default)]
pub(super) struct Replay {
    pub(super) rows: BTreeMap<Key, Stand>,
    /// Lines that do not follow from those before.
    pub(super) findings: Vec<Finding>,
    /// Rows that those lines are about: what is said of them here is not to be trusted.
    pub(super) doubtful: std::collections::BTreeSet<Key>,
}

/// One line of the journal.
struct Line {
    change: i64,
    table: &'static Table,
    id: i64,
    op: String,
    field: String,
    old: String,
    new: String,
}

/// Keeps how a row stands as the start of its journal; a later start that is kept already stays.
pub(super) fn start_from(
    db: &Connection,
    table: &str,
    fields: &Fields,
    through: i64,
    slack: i64,
) -> Result<(), StoreError> {
    let id = fields.get("id").and_then(Value::as_i64).unwrap_or_default();
    keep(
        db,
        (table, id),
        &Value::Object(fields.clone()),
        through,
        slack,
    )
}

/// Keeps that a row was gone when its journal starts.
pub(super) fn start_without(db: &Connection, key: Key, through: i64) -> Result<(), StoreError> {
    keep(db, key, &Value::Null, through, 0)
}

fn keep(
    db: &Connection,
    (tab, row_id): (&str, i64),
    row: &Value,
    through: i64,
    slack: i64,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO baseline (tab, row_id, row, through, slack)
               VALUES (:tab, :row_id, :row, :through, :slack)
               ON CONFLICT (tab, row_id) DO UPDATE
               SET row = excluded.row, through = excluded.through, slack = excluded.slack
               WHERE excluded.through > baseline.through";
    db.prepare_cached(sql)
        .and_then(|mut s| {
            s.execute(
                named_params! { ":tab": tab, ":row_id": row_id, ":row": row.to_string(),
                ":through": through, ":slack": slack },
            )
        })
        .doing("Keep where the journal starts")?;
    Ok(())
}

/// Goes through the journal up to a change, the last one where none is named.
pub(super) fn run(db: &Connection, upto: Option<i64>) -> Result<Replay, StoreError> {
    let mut replay = Replay::default();
    let through = replay.start(db)?;
    let sql = "SELECT r.change_id, r.tab, r.row_id, r.op, r.field, r.old, r.new
                 FROM change_row r JOIN change c ON c.id = r.change_id
                WHERE c.kind <> 'past' AND r.change_id <= :upto
                  AND r.change_id > (SELECT coalesce(max(id), 0) FROM change
                                      WHERE kind = 'archive' AND what = :salvaged)
                ORDER BY r.change_id, r.id";
    let mut statement = db.prepare(sql).doing("Read the journal")?;
    let mut rows = statement
        .query(named_params! { ":upto": upto.unwrap_or(i64::MAX), ":salvaged": Did::FileSalvaged.code() })
        .doing("Read the journal")?;
    while let Some(row) = rows.next().doing("Read the journal")? {
        let get = |at: usize| row.get::<_, String>(at).doing("Read the journal");
        let (change, tab): (i64, String) = (row.get(0).doing("Read the journal")?, get(1)?);
        let id: i64 = row.get(2).doing("Read the journal")?;
        let Some(table) = table(&tab) else {
            replay.findings.push(unreadable(change, &tab, id));
            continue;
        };
        if through.get(&(table.name, id)).is_some_and(|t| change <= *t) {
            continue;
        }
        let (op, field, old, new) = (get(3)?, get(4)?, get(5)?, get(6)?);
        replay.take(&Line {
            change,
            table,
            id,
            op,
            field,
            old,
            new,
        });
    }
    Ok(replay)
}

fn unreadable(change: i64, tab: &str, id: i64) -> Finding {
    Finding::new(Fault::JournalUnreadable, tab, id).found(change)
}

impl Replay {
    /// Reads the baseline; answers up to which change it holds each of its rows.
    fn start(&mut self, db: &Connection) -> Result<BTreeMap<Key, i64>, StoreError> {
        let mut through = BTreeMap::new();
        let sql = "SELECT tab, row_id, row, through, slack FROM baseline ORDER BY id";
        let mut statement = db.prepare(sql).doing("Read the baseline")?;
        let mut rows = statement.query([]).doing("Read the baseline")?;
        while let Some(row) = rows.next().doing("Read the baseline")? {
            let doing = "Read the baseline";
            let (tab, id): (String, i64) = (row.get(0).doing(doing)?, row.get(1).doing(doing)?);
            let text: String = row.get(2).doing(doing)?;
            let value = serde_json::from_str::<Value>(&text);
            let (Some(table), Ok(value)) = (table(&tab), value) else {
                self.findings.push(unreadable(0, &tab, id));
                continue;
            };
            let key = (table.name, id);
            through.insert(key, row.get(3).doing(doing)?);
            if let Value::Object(fields) = value {
                let slack = row.get(4).doing(doing)?;
                self.rows.insert(
                    key,
                    Stand {
                        fields,
                        slack,
                        saving: (0, Vec::new()),
                    },
                );
            }
        }
        Ok(through)
    }

    fn take(&mut self, line: &Line) {
        let key = (line.table.name, line.id);
        let parsed = |text: &str| serde_json::from_str::<Value>(text).ok();
        let (Some(old), Some(new)) = (parsed(&line.old), parsed(&line.new)) else {
            self.doubtful.insert(key);
            self.findings
                .push(unreadable(line.change, line.table.name, line.id));
            return;
        };
        let follows = match (line.op.as_str(), old, new) {
            ("insert", _, Value::Object(fields)) => {
                let there = self.rows.insert(
                    key,
                    Stand {
                        fields,
                        ..Stand::default()
                    },
                );
                there.is_none()
            }
            ("delete", Value::Object(old), _) => self
                .rows
                .remove(&key)
                .is_some_and(|stand| stand.agrees(line.table, &old).is_none()),
            ("update", old, new) => self
                .rows
                .get_mut(&key)
                .is_some_and(|stand| stand.write(line, &old, new)),
            _ => false,
        };
        if !follows {
            self.doubtful.insert(key);
            let finding = Finding::new(Fault::JournalBroken, line.table.name, line.id);
            self.findings
                .push(finding.field(&line.field).found(line.change));
        }
    }
}

impl Stand {
    /// Writes a value; whether it was as the line says before.
    fn write(&mut self, line: &Line, old: &Value, new: Value) -> bool {
        let (change, columns) = &mut self.saving;
        let again = *change != line.change || columns.contains(&line.field);
        if again {
            *change = line.change;
            columns.clear();
            let revision = self.fields.get("revision").and_then(Value::as_i64);
            let next = Value::from(revision.unwrap_or_default() + 1);
            self.fields.insert("revision".to_owned(), next);
        } else {
            self.slack += 1;
        }
        columns.push(line.field.clone());
        let known = line.table.column(&line.field).is_some();
        let before = self.fields.insert(line.field.clone(), new);
        known && before.unwrap_or_default() == *old
    }

    /// The first column in which a row differs, none where it stands as it has to.
    pub(super) fn agrees(&self, table: &Table, row: &Fields) -> Option<&'static str> {
        let differs = |name: &str| {
            let (own, other) = (self.fields.get(name), row.get(name));
            own.unwrap_or(&Value::Null) != other.unwrap_or(&Value::Null)
        };
        let first = table.columns.iter().find(|c| differs(c.name));
        first
            .map(|c| c.name)
            .or_else(|| (!self.revision_fits(row)).then_some("revision"))
    }

    /// Whether a row was saved as often as the journal says.
    pub(super) fn revision_fits(&self, row: &Fields) -> bool {
        let number = |fields: &Fields| fields.get("revision").and_then(Value::as_i64);
        let (least, found) = (number(&self.fields).unwrap_or(0), number(row).unwrap_or(0));
        (least..=least + self.slack).contains(&found)
    }
}
