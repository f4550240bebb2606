//! Opens the file: checks whose it is, sets it up, brings an older one up to date.

use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags};

use super::error::{Doing, StoreError};
use super::{Store, backup, seed};
use crate::clock::Clock;

/// Marks a database as ours ("GenD").
pub const APPLICATION_ID: i64 = 0x4765_6e44;

/// The migrations in order; the version of a file is the number of those it has seen.
const MIGRATIONS: &[&str] = &[include_str!("../../assets/migrations/0001_create.sql")];

/// How long to wait for another session's write, in milliseconds.
const BUSY_MILLIS: u64 = 5_000;
/// The write-ahead log is cut back to this many bytes at a checkpoint.
const JOURNAL_BYTES: i64 = 16 * 1024 * 1024;

/// Whether the file may be changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    Write,
    Read,
}

/// The version of files that this program writes.
#[must_use]
pub fn version() -> i64 {
    i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX)
}

impl Store {
    /// Opens the file at `path`, or makes it where it does not exist.
    ///
    /// A file of an older version is backed up beside itself and brought up to date.
    ///
    /// # Errors
    /// In words a user can act on: not a database, another program's, newer, not writable.
    pub fn open(path: &Path, access: Access, clock: Clock, who: &str) -> Result<Self, StoreError> {
        let exists = path.exists();
        if !exists && access == Access::Write {
            make_folder(path)?;
        }
        if path.is_dir() {
            return Err(StoreError::NotADatabase(path.to_owned()));
        }
        let found = if exists { check_owner(path)? } else { 0 };
        let db = connect(path, access)?;
        let read_only = access == Access::Read;
        let mut store = Self {
            db,
            path: path.to_owned(),
            read_only,
            clock,
            who: who.to_owned(),
            rehearsal: None,
            stands_on: None,
        };
        if found < version() {
            if store.read_only {
                return Err(StoreError::ReadOnly);
            }
            store.migrate(found)?;
        }
        Ok(store)
    }

    /// Opens an empty file that lives in memory only.
    ///
    /// # Errors
    /// Where there is no memory for it.
    pub fn memory(clock: Clock, who: &str) -> Result<Self, StoreError> {
        let db = Connection::open_in_memory().doing("Open a database in memory")?;
        configure(&db)?;
        let path = PathBuf::new();
        let mut store = Self {
            db,
            path,
            read_only: false,
            clock,
            who: who.to_owned(),
            rehearsal: None,
            stands_on: None,
        };
        store.migrate(0)?;
        Ok(store)
    }

    /// Runs the missing migrations, each in a transaction of its own, after a backup.
    fn migrate(&mut self, found: i64) -> Result<(), StoreError> {
        if found > 0 {
            backup::before_migration(&self.db, &self.path, found)?;
        }
        let done = usize::try_from(found).unwrap_or(0);
        for (at, sql) in MIGRATIONS.iter().enumerate().skip(done) {
            let tx =
                rusqlite::Transaction::new(&mut self.db, rusqlite::TransactionBehavior::Immediate)
                    .doing("Begin a migration")?;
            // Another session may have done the same step while this one waited.
            let seen: i64 = tx
                .pragma_query_value(None, "user_version", |row| row.get(0))
                .doing("Read the version")?;
            if usize::try_from(seen).unwrap_or(0) > at {
                continue;
            }
            tx.execute_batch(sql).doing("Migrate the file")?;
            if at == 0 {
                tx.pragma_update(None, "application_id", APPLICATION_ID)
                    .doing("Mark the file")?;
                seed::calendar(&tx)?;
            }
            tx.pragma_update(
                None,
                "user_version",
                i64::try_from(at + 1).unwrap_or(i64::MAX),
            )
            .doing("Mark the version")?;
            tx.commit().doing("Commit a migration")?;
        }
        Ok(())
    }
}

fn make_folder(path: &Path) -> Result<(), StoreError> {
    let Some(folder) = path.parent().filter(|p| !p.as_os_str().is_empty()) else {
        return Ok(());
    };
    if folder.is_dir() {
        return Ok(());
    }
    fs::create_dir_all(folder).map_err(|e| StoreError::CannotOpen {
        path: folder.to_owned(),
        reason: e.to_string(),
    })?;
    crate::paths::keep_private(folder);
    Ok(())
}

/// Looks at the first bytes, so that SQLite never touches a file that is none of its own.
fn check_header(path: &Path) -> Result<(), StoreError> {
    use std::io::Read;
    let cannot = |e: std::io::Error| StoreError::CannotOpen {
        path: path.to_owned(),
        reason: e.to_string(),
    };
    let mut head = Vec::new();
    fs::File::open(path)
        .map_err(cannot)?
        .take(16)
        .read_to_end(&mut head)
        .map_err(cannot)?;
    if head.is_empty() || head == b"SQLite format 3\0" {
        Ok(())
    } else {
        Err(StoreError::NotADatabase(path.to_owned()))
    }
}

/// Asks whose file it is and which version, without changing a byte of it.
fn check_owner(path: &Path) -> Result<i64, StoreError> {
    check_header(path)?;
    match ask_owner(path, path, OpenFlags::SQLITE_OPEN_READ_ONLY) {
        // A power failure left a change half made, and who only reads may not take it back.
        Err(StoreError::ReadOnly) => check_copy(path),
        found => found,
    }
}

/// Asks a copy in which the half made change is taken back; the file itself stays as it is.
fn check_copy(path: &Path) -> Result<i64, StoreError> {
    let cannot = |e: std::io::Error| StoreError::CannotOpen {
        path: path.to_owned(),
        reason: e.to_string(),
    };
    let folder = tempfile::tempdir().map_err(cannot)?;
    let copy = folder.path().join("copy.db");
    for tail in ["", "-journal", "-wal"] {
        let from = backup::beside(path, tail);
        if from.exists() {
            fs::copy(from, backup::beside(&copy, tail)).map_err(cannot)?;
        }
    }
    ask_owner(&copy, path, OpenFlags::SQLITE_OPEN_READ_WRITE)
}

/// Asks the database in `file`; errors name `path`.
fn ask_owner(file: &Path, path: &Path, access: OpenFlags) -> Result<i64, StoreError> {
    let flags = access | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let cannot = |e: rusqlite::Error| match e.sqlite_error_code() {
        Some(rusqlite::ErrorCode::NotADatabase) => StoreError::NotADatabase(path.to_owned()),
        Some(rusqlite::ErrorCode::DatabaseCorrupt) => StoreError::Damaged(e.to_string()),
        Some(rusqlite::ErrorCode::ReadOnly) => StoreError::ReadOnly,
        _ => StoreError::CannotOpen {
            path: path.to_owned(),
            reason: e.to_string(),
        },
    };
    let db = Connection::open_with_flags(file, flags).map_err(cannot)?;
    let ask = |sql: &str| {
        db.query_row(sql, [], |row| row.get::<_, i64>(0))
            .map_err(cannot)
    };
    let owner = ask("PRAGMA application_id")?;
    let found = ask("PRAGMA user_version")?;
    if owner != APPLICATION_ID && (owner != 0 || ask("SELECT count(*) FROM sqlite_schema")? > 0) {
        return Err(StoreError::Foreign(path.to_owned()));
    }
    if found > version() {
        return Err(StoreError::Newer {
            path: path.to_owned(),
            found,
            known: version(),
        });
    }
    Ok(found)
}

fn connect(path: &Path, access: Access) -> Result<Connection, StoreError> {
    let flags = match access {
        Access::Write => OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE,
        Access::Read => OpenFlags::SQLITE_OPEN_READ_ONLY,
    } | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let cannot = |reason: String| StoreError::CannotOpen {
        path: path.to_owned(),
        reason,
    };
    let new = !path.exists();
    let db = Connection::open_with_flags(path, flags).map_err(|e| cannot(e.to_string()))?;
    if new {
        crate::paths::keep_private(path);
    }
    configure(&db).map_err(|error| match error {
        StoreError::Sql { source, .. }
            if source.sqlite_error_code() == Some(rusqlite::ErrorCode::NotADatabase) =>
        {
            StoreError::NotADatabase(path.to_owned())
        }
        StoreError::Sql { source, .. } => cannot(source.to_string()),
        StoreError::ReadOnly if access == Access::Write => cannot("read only".to_owned()),
        other => other,
    })?;
    Ok(db)
}

/// The settings every connection has; RELIABILITY's reasons stand in the README.
pub(super) fn configure(db: &Connection) -> Result<(), StoreError> {
    db.busy_timeout(std::time::Duration::from_millis(BUSY_MILLIS))
        .doing("Set the waiting time")?;
    let read_only = db.is_readonly("main").doing("Ask for the rights")?;
    let set = |name: &str, value: &dyn rusqlite::ToSql| {
        db.pragma_update(None, name, value).doing("Set up the file")
    };
    if !read_only {
        set("journal_mode", &"WAL")?;
        set("journal_size_limit", &JOURNAL_BYTES)?;
    }
    set("synchronous", &"FULL")?;
    set("foreign_keys", &"ON")?;
    set("trusted_schema", &"OFF")?;
    set("cell_size_check", &"ON")?;
    db.set_prepared_statement_cache_capacity(256);
    Ok(())
}
