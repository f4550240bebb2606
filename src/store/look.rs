//! Looking at a file without changing it: whose it is, and how it can be read.
//!
//! A reader of a file with a write-ahead log makes the memory that sessions share, beside the file.
//! Where that is not possible (a folder that may only be read, a read-only medium) the file is read
//! as it stands while nobody writes, or else from a copy that has the log worked in.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use rusqlite::{Connection, OpenFlags};

use super::backup::beside;
use super::error::StoreError;
use super::open::APPLICATION_ID;
use super::place::PlaceError;
use crate::paths;

/// How a file is read.
#[derive(Debug)]
pub(super) enum Way {
    /// Together with all others.
    Plain,
    /// As it stands, on the word that nobody writes meanwhile.
    Frozen(Stamp),
    /// From a copy of our own.
    Copied(tempfile::TempDir, Stamp),
}

/// What moves when somebody writes to a file: sizes and times of it and its logs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stamp(Vec<Option<(u64, SystemTime)>>);

impl Stamp {
    pub(super) fn of(path: &Path) -> Self {
        let look = |tail: &str| {
            let is = fs::metadata(beside(path, tail)).ok()?;
            Some((is.len(), is.modified().unwrap_or(SystemTime::UNIX_EPOCH)))
        };
        Self(["", "-wal", "-journal"].map(look).to_vec())
    }
}

/// What a look at a file has shown.
#[derive(Debug)]
pub(super) struct Found {
    /// Its version; zero for an empty file.
    pub(super) version: i64,
    /// Whether it has a write-ahead log that it should not have, because nothing is shared.
    pub(super) wal: bool,
    pub(super) way: Way,
}

/// Whether the header says that the file is written with a write-ahead log.
///
/// Not for a file that this process has open: closing it again would give up SQLite's locks.
fn has_log(path: &Path) -> Result<bool, StoreError> {
    let cannot = |e: std::io::Error| StoreError::cannot(path, &e);
    let mut head = Vec::new();
    let file = fs::File::open(path).map_err(cannot)?;
    file.take(20).read_to_end(&mut head).map_err(cannot)?;
    // Bytes 18 and 19 are the versions that may write and read: 2 is the log's.
    Ok(head.get(19) == Some(&2))
}

/// Asks whose file it is and which version, without changing a byte of it.
///
/// `known` is the newest version that is known; with `alone` nothing is shared with others, as on
/// a network folder.
///
/// # Errors
/// Where it is not ours, newer, damaged, or cannot be read.
pub(super) fn look(path: &Path, known: i64, alone: bool) -> Result<Found, StoreError> {
    let wal = alone && has_log(path)?;
    let found = |version, way| Found { version, wal, way };
    if !wal {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NOFOLLOW;
        match ask(path, path, flags, known) {
            // A change was left half made that a reader may not take back, or there is no place
            // for what readers share.
            Err(StoreError::ReadOnly | StoreError::CannotOpen { .. }) => {}
            asked => return Ok(found(asked?, Way::Plain)),
        }
    }
    let stamp = Stamp::of(path);
    if !super::rest::has_log(path) {
        let version = ask(&frozen(path), path, FROZEN, known)?;
        return Ok(found(version, Way::Frozen(stamp)));
    }
    let folder = paths::temp_folder().map_err(|e| StoreError::cannot(path, &e))?;
    let copy = copied(folder.path());
    for tail in ["", "-journal", "-wal"] {
        let from = beside(path, tail);
        if from.exists() {
            let to = beside(&copy, tail);
            fs::copy(&from, &to).map_err(|e| StoreError::cannot(&from, &e))?;
            // The rights of the file may be those of a reader.
            paths::keep_private(&to);
        }
    }
    let version = ask(&copy, path, OpenFlags::SQLITE_OPEN_READ_WRITE, known)?;
    if Stamp::of(path) != stamp {
        return Err(StoreError::Busy);
    }
    Ok(found(version, Way::Copied(folder, stamp)))
}

/// Opens a file to read it in the way that was found.
///
/// # Errors
/// Where it cannot be opened.
pub(super) fn connect(path: &Path, way: &Way) -> Result<Connection, StoreError> {
    let read = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let opened = match way {
        Way::Plain => Connection::open_with_flags(path, read | OpenFlags::SQLITE_OPEN_NOFOLLOW),
        Way::Frozen(_) => Connection::open_with_flags(frozen(path), read | FROZEN),
        Way::Copied(folder, _) => Connection::open_with_flags(copied(folder.path()), read),
    };
    opened.map_err(|e| StoreError::CannotOpen {
        path: path.to_owned(),
        reason: e.to_string(),
    })
}

/// Where a copy of our own lies.
fn copied(folder: &Path) -> PathBuf {
    folder.join("copy.db")
}

const FROZEN: OpenFlags = OpenFlags::SQLITE_OPEN_READ_ONLY.union(OpenFlags::SQLITE_OPEN_URI);

/// The name under which SQLite reads a file as it stands, without locks and log.
fn frozen(path: &Path) -> PathBuf {
    use std::fmt::Write as _;
    let mut uri = "file:".to_owned();
    for byte in path.as_os_str().as_encoded_bytes() {
        if byte.is_ascii_alphanumeric() || b"/._-".contains(byte) {
            uri.push(char::from(*byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(uri, "%{byte:02X}");
        }
    }
    uri.push_str("?immutable=1");
    uri.into()
}

/// Asks the database in `file`; errors name `path`.
fn ask(file: &Path, path: &Path, flags: OpenFlags, known: i64) -> Result<i64, StoreError> {
    let cannot = |e: rusqlite::Error| match e.sqlite_error_code() {
        Some(rusqlite::ErrorCode::NotADatabase) => StoreError::NotADatabase(path.to_owned()),
        Some(rusqlite::ErrorCode::DatabaseCorrupt) => StoreError::Damaged(e.to_string()),
        Some(rusqlite::ErrorCode::ReadOnly) => StoreError::ReadOnly,
        Some(rusqlite::ErrorCode::DatabaseBusy) => StoreError::Busy,
        _ => StoreError::CannotOpen {
            path: path.to_owned(),
            reason: e.to_string(),
        },
    };
    let flags = flags | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let db = Connection::open_with_flags(file, flags).map_err(cannot)?;
    super::open::distrust(&db).map_err(cannot)?;
    let ask = |sql: &str| {
        db.query_row(sql, [], |row| row.get::<_, i64>(0))
            .map_err(cannot)
    };
    let owner = ask("PRAGMA application_id")?;
    let found = ask("PRAGMA user_version")?;
    // Zero as long as nothing was ever made in it: asked of the header, so that no table is read.
    let mut tables = ask("PRAGMA schema_version")?;
    if tables != 0 && (owner != APPLICATION_ID || found == 0) {
        // What was made may be gone again.
        tables = ask("SELECT count(*) FROM sqlite_schema")?;
    }
    if owner != APPLICATION_ID && (owner != 0 || tables > 0) {
        return Err(StoreError::Foreign(path.to_owned()));
    }
    if found > known {
        return Err(StoreError::Newer {
            path: path.to_owned(),
            found,
            known,
        });
    }
    if found < 0 || (found == 0) != (tables == 0) {
        return Err(StoreError::Damaged(format!("user_version {found}")));
    }
    Ok(found)
}

/// Asks the system whether a file that exists may be written.
///
/// # Errors
/// Where it may not.
pub(super) fn may_write(path: &Path) -> Result<(), StoreError> {
    match rustix::fs::access(path, rustix::fs::Access::WRITE_OK) {
        Ok(()) => Ok(()),
        Err(_) => Err(PlaceError::CannotWrite(path.to_owned()).into()),
    }
}
