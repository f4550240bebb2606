//! Opens the file: checks whose it is, sets it up, brings an older one up to date.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use super::error::{Doing, StoreError};
use super::look::{self, Way};
use super::place::{self, PlaceError};
use super::rest::Keeping;
use super::{Store, backup, rest, seed};
use crate::clock::Clock;
use crate::paths;

/// Marks a database as ours ("GenD").
pub const APPLICATION_ID: i64 = 0x4765_6e44;

/// The migrations in order; the version of a file is the number of those it has seen.
pub const MIGRATIONS: &[&str] = &[include_str!("../../assets/migrations/0001_create.sql")];

/// How long to wait for another session's write.
const BUSY: Duration = Duration::from_secs(5);
/// How soon to ask again. SQLite's own waiting asks ten times a second in the end, and loses every
/// time against a session that saves without a pause.
const ASK_AGAIN: Duration = Duration::from_millis(2);
/// How long to wait until nobody else has the file open, in milliseconds.
const ALONE_MILLIS: u64 = 1_000;
/// Pages of the file kept at hand, in KiB: those of the system's own cache are as near, and a day's
/// work reads each row once.
const CACHE_KIB: i64 = 512;
/// The write-ahead log is cut back to this many bytes at a checkpoint.
const JOURNAL_BYTES: i64 = 16 * 1024 * 1024;

/// Whether the file may be changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    Write,
    Read,
}

/// How changes reach the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Journal {
    /// Through a write-ahead log: readers never block the writer. Needs shared memory.
    #[default]
    Log,
    /// Through a rollback journal, without shared memory, because the file lies on a file system
    /// of that name, which several computers share.
    Network(&'static str),
    /// The same, because the user wants it so.
    Safe,
}

/// How a file is opened.
#[derive(Debug, Clone, Copy)]
pub struct Opening<'a> {
    pub access: Access,
    /// Goes without shared memory wherever the file lies. All sessions on a file have to agree.
    pub safe: bool,
    /// The steps that bring a file up to date; tests add some.
    pub migrations: &'a [&'a str],
}

impl Opening<'static> {
    /// As the place of the file asks for.
    #[must_use]
    pub const fn with(access: Access) -> Self {
        Self {
            access,
            safe: false,
            migrations: MIGRATIONS,
        }
    }
}

/// The version of files that this program writes.
#[must_use]
pub fn version() -> i64 {
    newest(MIGRATIONS)
}

fn newest(migrations: &[&str]) -> i64 {
    i64::try_from(migrations.len()).unwrap_or(i64::MAX)
}

impl Store {
    /// Opens the file at `path`, or makes it where it does not exist.
    ///
    /// A file of an older version is backed up beside itself and brought up to date.
    ///
    /// # Errors
    /// In words a user can act on: not a database, another program's, newer, not writable.
    pub fn open(path: &Path, access: Access, clock: Clock, who: &str) -> Result<Self, StoreError> {
        Self::open_as(path, Opening::with(access), clock, who)
    }

    /// Opens the file in a way of its own, see [`Opening`].
    ///
    /// # Errors
    /// As [`Store::open`].
    pub fn open_as(
        path: &Path,
        how: Opening<'_>,
        clock: Clock,
        who: &str,
    ) -> Result<Self, StoreError> {
        let mut path = place::resolve(path)?;
        if how.access == Access::Write && !path.exists() {
            place::own_folder(paths::folder_of(&path))?;
            // The folder is there now and has a real path.
            path = place::resolve(&path)?;
        }
        let journal = match place::shared_by(&path) {
            _ if how.safe => Journal::Safe,
            Some(name) => Journal::Network(name),
            None => Journal::Log,
        };
        let found = match path.exists() {
            true => Some(look::look(
                &path,
                newest(how.migrations),
                journal != Journal::Log,
            )?),
            false => None,
        };
        let left_open = rest::has_log(&path);
        let (version, wal) = found.as_ref().map_or((0, false), |f| (f.version, f.wal));
        let (db, way) = match how.access {
            Access::Write => (connect(&path, journal, wal)?, Way::Plain),
            Access::Read => {
                if version < newest(how.migrations) && found.is_some() {
                    return Err(PlaceError::Older(path).into());
                }
                let way = found.map_or(Way::Plain, |f| f.way);
                let mut db = look::connect(&path, &way)?;
                configure(&mut db, journal)?;
                (db, way)
            }
        };
        let keeping = Keeping::new(journal, left_open, way);
        let read_only = how.access == Access::Read;
        let mut store = Self::around(db, path, read_only, clock, who, keeping);
        if version < newest(how.migrations) && !read_only {
            store.migrate(version, how.migrations)?;
        }
        Ok(store)
    }

    /// Opens an empty file that lives in memory only.
    ///
    /// # Errors
    /// Where there is no memory for it.
    pub fn memory(clock: Clock, who: &str) -> Result<Self, StoreError> {
        let mut db = Connection::open_in_memory().doing("Open a database in memory")?;
        configure(&mut db, Journal::Log)?;
        let path = PathBuf::new();
        let mut store = Self::around(db, path, false, clock, who, Keeping::default());
        store.migrate(0, MIGRATIONS)?;
        Ok(store)
    }

    pub(super) fn around(
        db: Connection,
        path: PathBuf,
        read_only: bool,
        clock: Clock,
        who: &str,
        keeping: Keeping,
    ) -> Self {
        Self {
            db,
            path,
            read_only,
            clock,
            who: who.to_owned(),
            rehearsal: None,
            keeping,
            stands_on: None,
        }
    }

    /// Runs the missing migrations, each in a transaction of its own, after a backup.
    fn migrate(&mut self, found: i64, migrations: &[&str]) -> Result<(), StoreError> {
        if found > 0 {
            backup::before_migration(&self.db, &self.path, found)?;
        }
        let done = usize::try_from(found).unwrap_or(0);
        for (at, sql) in migrations.iter().enumerate().skip(done) {
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

/// Opens a file to write it; makes it, for its owner alone, where it is not there.
pub(super) fn connect(path: &Path, journal: Journal, wal: bool) -> Result<Connection, StoreError> {
    match paths::make_private_file(path) {
        Ok(_) => {}
        // It is there, or another session was quicker.
        Err(e) if e.kind() == std::io::ErrorKind::AlreadyExists => look::may_write(path)?,
        Err(e) if e.kind() == std::io::ErrorKind::PermissionDenied => {
            return Err(PlaceError::CannotWrite(path.to_owned()).into());
        }
        Err(e) => return Err(StoreError::cannot(path, &e)),
    }
    let cannot = |reason: String| StoreError::CannotOpen {
        path: path.to_owned(),
        reason,
    };
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_NO_MUTEX
        | OpenFlags::SQLITE_OPEN_NOFOLLOW;
    let mut db = Connection::open_with_flags(path, flags).map_err(|e| cannot(e.to_string()))?;
    if wal {
        let waits = db.busy_timeout(Duration::from_millis(ALONE_MILLIS));
        waits.doing("Set the waiting time")?;
        leave_log(&db).map_err(|error| match error {
            StoreError::Busy => PlaceError::InUse(path.to_owned()).into(),
            other => other,
        })?;
    }
    configure(&mut db, journal).map_err(|error| match error {
        StoreError::Sql { source, .. }
            if source.sqlite_error_code() == Some(rusqlite::ErrorCode::NotADatabase) =>
        {
            StoreError::NotADatabase(path.to_owned())
        }
        StoreError::Sql { source, .. } => cannot(source.to_string()),
        StoreError::ReadOnly => PlaceError::CannotWrite(path.to_owned()).into(),
        other => other,
    })?;
    Ok(db)
}

/// Works the log of a file in and goes on without one.
///
/// While nobody else has the file, SQLite needs no shared memory for its log.
pub(super) fn leave_log(db: &Connection) -> Result<(), StoreError> {
    let set = |name: &str, value: &str| {
        db.pragma_update(None, name, value)
            .doing("Go on without a log")
    };
    set("locking_mode", "EXCLUSIVE")?;
    set("journal_mode", "DELETE")?;
    set("locking_mode", "NORMAL")?;
    // The lock goes with the next reading.
    db.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))
        .doing("Go on without a log")
}

/// A file from elsewhere runs nothing of its own, and is believed nothing without a check.
pub(super) fn distrust(db: &Connection) -> Result<(), rusqlite::Error> {
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    db.pragma_update(None, "cell_size_check", "ON")
}

/// Waits for another session; false once that has taken too long.
fn patience() -> impl FnMut(i32) -> bool + Send + 'static {
    let mut since = Instant::now();
    move |asked| {
        if asked == 0 {
            since = Instant::now();
        }
        let goes_on = since.elapsed() < BUSY;
        if goes_on {
            std::thread::sleep(ASK_AGAIN);
        }
        goes_on
    }
}

/// The settings every connection has.
pub(super) fn configure(db: &mut Connection, journal: Journal) -> Result<(), StoreError> {
    db.busy_handler(Some(patience()))
        .doing("Set the waiting time")?;
    distrust(db).doing("Set up the file")?;
    let read_only = db.is_readonly("main").doing("Ask for the rights")?;
    let set = |name: &str, value: &dyn rusqlite::ToSql| {
        db.pragma_update(None, name, value).doing("Set up the file")
    };
    if !read_only {
        match journal {
            Journal::Log => set("journal_mode", &"WAL")?,
            Journal::Network(_) | Journal::Safe => set("journal_mode", &"DELETE")?,
        }
        set("journal_size_limit", &JOURNAL_BYTES)?;
    }
    set("synchronous", &"FULL")?;
    set("foreign_keys", &"ON")?;
    if journal == Journal::Log {
        // Without a log a change that outgrows it would have to lock and sync in its middle.
        set("cache_size", &-CACHE_KIB)?;
    }
    db.set_prepared_statement_cache_capacity(256);
    Ok(())
}
