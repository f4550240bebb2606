//! Reads the rows of a table around broken pages, by their numbers.
//!
//! From below until a row fails, from above until one fails; what lies between is halved and tried
//! again, down to the single number. A tree that leads in circles cannot hold it up: numbers have
//! to rise, and the tries are counted.

use std::collections::BTreeMap;

use rusqlite::Connection;
use rusqlite::types::{Value as Sql, ValueRef};

/// Tries within one table; a page holds some dozens of rows, so this is hundreds of pages.
const TRIES_MAX: usize = 40_000;
/// How far above the last row read is looked where the highest number cannot be found.
const BEYOND: i64 = 100_000;

/// Rows by number, or why the values of one are none; the numbers in between that cannot be read.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) rows: BTreeMap<i64, Result<Vec<Sql>, String>>,
    pub(super) gaps: Vec<(i64, i64)>,
}

/// A table being read.
struct Walk<'a> {
    db: &'a Connection,
    select: String,
    found: Found,
    tries: usize,
}

/// Reads what can be read of a table.
pub(super) fn table(db: &Connection, name: &str, columns: &[&str]) -> Found {
    let mut walk = Walk {
        db,
        select: format!("SELECT id, {} FROM {name} NOT INDEXED", columns.join(", ")),
        found: Found::default(),
        tries: 0,
    };
    walk.all(name);
    let mut gaps = std::mem::take(&mut walk.found.gaps);
    gaps.sort_unstable();
    for (from, to) in gaps {
        match walk.found.gaps.last_mut() {
            Some(last) if last.1 + 1 >= from => last.1 = last.1.max(to),
            _ => walk.found.gaps.push((from, to)),
        }
    }
    walk.found
}

impl Walk<'_> {
    fn all(&mut self, name: &str) {
        let Err(last) = self.up(1, i64::MAX) else {
            return;
        };
        let from = last.unwrap_or(0) + 1;
        let gap = match self.down(from, i64::MAX) {
            // Nothing but the failure lies above: how far the numbers go, the counter may know.
            Ok(()) => None,
            Err(Some(lowest)) => Some((from, lowest - 1)),
            Err(None) => Some((from, self.counted(name).unwrap_or(from + BEYOND))),
        };
        if let Some((from, to)) = gap
            && from <= to
        {
            self.between(from, to);
        }
    }

    fn counted(&self, name: &str) -> Option<i64> {
        let sql = "SELECT seq FROM sqlite_sequence WHERE name = ?1";
        self.db.query_row(sql, [name], |row| row.get(0)).ok()
    }

    /// Reads between two numbers what can be read there.
    fn between(&mut self, from: i64, to: i64) {
        let mut open = vec![(from, to)];
        while let Some((from, to)) = open.pop() {
            self.tries += 1;
            if self.tries > TRIES_MAX {
                self.found.gaps.push((from, to));
                continue;
            }
            let Err(last) = self.up(from, to) else {
                continue;
            };
            let from = last.map_or(from, |last| last + 1);
            let to = match self.down(from, to) {
                Ok(()) => continue,
                Err(lowest) => lowest.map_or(to, |lowest| lowest - 1),
            };
            if from > to {
                continue;
            }
            if from == to {
                self.found.gaps.push((from, to));
                continue;
            }
            let middle = from + (to - from) / 2;
            open.push((middle + 1, to));
            open.push((from, middle));
        }
    }

    /// Reads upwards; `Err` with the last number that could be read.
    fn up(&mut self, from: i64, to: i64) -> Result<(), Option<i64>> {
        self.read(from, to, "ASC")
    }

    fn down(&mut self, from: i64, to: i64) -> Result<(), Option<i64>> {
        self.read(from, to, "DESC")
    }

    fn read(&mut self, from: i64, to: i64, way: &str) -> Result<(), Option<i64>> {
        let sql = format!(
            "{} WHERE id BETWEEN ?1 AND ?2 ORDER BY id {way}",
            self.select
        );
        let mut last: Option<i64> = None;
        let mut statement = self.db.prepare_cached(&sql).map_err(|_error| last)?;
        let width = statement.column_count();
        let mut rows = statement.query([from, to]).map_err(|_error| last)?;
        loop {
            let row = match rows.next() {
                Ok(Some(row)) => row,
                Ok(None) => return Ok(()),
                Err(_) => return Err(last),
            };
            let Ok(id) = row.get::<_, i64>(0) else {
                return Err(last);
            };
            let turned =
                last.is_some_and(|last| if way == "ASC" { id <= last } else { id >= last });
            if turned || !(from..=to).contains(&id) {
                return Err(last);
            }
            let values = (1..width).map(|at| match row.get_ref(at) {
                Ok(ValueRef::Null) => Ok(Sql::Null),
                Ok(ValueRef::Integer(n)) => Ok(Sql::Integer(n)),
                Ok(ValueRef::Text(bytes)) => std::str::from_utf8(bytes)
                    .map(|text| Sql::Text(text.to_owned()))
                    .map_err(|e| e.to_string()),
                Ok(ValueRef::Real(n)) => Err(n.to_string()),
                Ok(ValueRef::Blob(_)) => Err("blob".to_owned()),
                Err(error) => Err(error.to_string()),
            });
            let values: Result<Vec<Sql>, String> = values.collect();
            self.found.rows.entry(id).or_insert(values);
            last = Some(id);
        }
    }
}
