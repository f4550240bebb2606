//! Opens a copy of a damaged file so that as much as possible can be read.
//!
//! With its write-ahead log where that can be read, without it else. Where the list of tables is
//! broken, it is taken from a new file: the program itself made every table, in the same order and
//! so on the same pages.

use std::fs;
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags};

use crate::store::backup::beside;
use crate::store::error::{Doing, StoreError};
use crate::store::open::MIGRATIONS;

/// Bytes of a page: `SQLite`'s own size, which this program never changes.
const PAGE: usize = 4096;
/// The copy that is read.
const COPY: &str = "damaged.db";
/// The same with the list of tables of a new file.
const PATCHED: &str = "patched.db";

/// Opens a copy of `damaged` in `folder`.
pub(super) fn open(damaged: &Path, folder: &Path) -> Result<Connection, StoreError> {
    let cannot = |e: std::io::Error| StoreError::CannotOpen {
        path: damaged.to_owned(),
        reason: e.to_string(),
    };
    if damaged.is_dir() {
        return Err(StoreError::NotADatabase(damaged.to_owned()));
    }
    let copy = folder.join(COPY);
    fs::copy(damaged, &copy).map_err(cannot)?;
    let log = beside(damaged, "-wal");
    if log.exists() {
        fs::copy(&log, beside(&copy, "-wal")).map_err(cannot)?;
        if let Ok(db) = connect(&copy, false)
            && same_tables(&db)
        {
            return Ok(db);
        }
    }
    if let Ok(db) = connect(&copy, true) {
        if same_tables(&db) {
            return Ok(db);
        }
        let others = tables(&db).is_ok_and(|list| {
            !list.is_empty() && list.iter().all(|(name, _)| name != "change_row")
        });
        if others {
            return Err(StoreError::Foreign(damaged.to_owned()));
        }
    }
    let patched = patch(&copy, folder);
    if let Ok(path) = patched
        && let Ok(db) = connect(&path, true)
        && any_row(&db)
    {
        return Ok(db);
    }
    match connect(&copy, true) {
        Ok(db) if any_row(&db) => Ok(db),
        _ => Err(StoreError::NotADatabase(damaged.to_owned())),
    }
}

/// Opens a copy; one that stands still is read as it lies, without any log or lock.
fn connect(path: &Path, still: bool) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let db = if still {
        let name = path.display().to_string();
        let name = name
            .replace('%', "%25")
            .replace('?', "%3f")
            .replace('#', "%23");
        let flags = flags | OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
        Connection::open_with_flags(format!("file:{name}?immutable=1"), flags)
    } else {
        Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_READ_WRITE)
    }
    .doing("Open the copy")?;
    db.pragma_update(None, "trusted_schema", "OFF")
        .doing("Open the copy")?;
    Ok(db)
}

/// What a file of this program consists of, as `SQLite` lists it.
fn tables(db: &Connection) -> rusqlite::Result<Vec<(String, String)>> {
    let sql = "SELECT name, coalesce(sql, '') FROM sqlite_schema WHERE name <> 'sqlite_stat1' ORDER BY name";
    let mut statement = db.prepare(sql)?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    rows.collect()
}

fn same_tables(db: &Connection) -> bool {
    let fresh = Connection::open_in_memory().and_then(|new| {
        MIGRATIONS
            .iter()
            .try_for_each(|sql| new.execute_batch(sql))?;
        tables(&new)
    });
    match (fresh, tables(db)) {
        (Ok(fresh), Ok(found)) => fresh == found,
        _ => false,
    }
}

/// Whether anything of ours can be read.
fn any_row(db: &Connection) -> bool {
    ["change", "change_row", "orders", "customer", "calendar"]
        .iter()
        .any(|name| {
            let sql = format!("SELECT id FROM {name} LIMIT 1");
            db.query_row(&sql, [], |row| row.get::<_, i64>(0)).is_ok()
        })
}

/// Puts the pages that list the tables, made anew, into a copy of the copy.
fn patch(copy: &Path, folder: &Path) -> std::io::Result<PathBuf> {
    let other = |e: rusqlite::Error| std::io::Error::other(e.to_string());
    let fresh = folder.join("fresh.db");
    let roots: Vec<usize> = {
        let db = Connection::open(&fresh).map_err(other)?;
        let tx = db.unchecked_transaction().map_err(other)?;
        for sql in MIGRATIONS {
            tx.execute_batch(sql).map_err(other)?;
        }
        tx.commit().map_err(other)?;
        let mut statement = db
            .prepare("SELECT rootpage FROM sqlite_schema WHERE rootpage > 0")
            .map_err(other)?;
        let rows = statement
            .query_map([], |row| row.get::<_, i64>(0))
            .map_err(other)?;
        rows.map(|page| Ok(usize::try_from(page.map_err(other)?).unwrap_or(0)))
            .collect::<std::io::Result<_>>()?
    };
    let path = folder.join(PATCHED);
    fs::copy(copy, &path)?;
    let mut file = fs::OpenOptions::new().read(true).write(true).open(&path)?;
    let length = file.metadata()?.len();
    let mut pages = fs::File::open(&fresh)?;
    let mut page = vec![0; PAGE];
    for number in 1.. {
        if pages.read_exact(&mut page).is_err() {
            break;
        }
        if roots.contains(&number) {
            continue;
        }
        if number == 1 {
            let count = u32::try_from(length / PAGE as u64).unwrap_or(u32::MAX);
            set(&mut page, 28, count);
            // No free pages: nothing is written to this copy.
            set(&mut page, 32, 0);
            set(&mut page, 36, 0);
        }
        file.seek(SeekFrom::Start((number as u64 - 1) * PAGE as u64))?;
        file.write_all(&page)?;
    }
    file.sync_all()?;
    Ok(path)
}

/// Writes a number of the file's first page.
fn set(page: &mut [u8], at: usize, value: u32) {
    for (place, byte) in page.iter_mut().skip(at).zip(value.to_be_bytes()) {
        *place = byte;
    }
}
