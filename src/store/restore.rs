//! Puts a copy in the place of the data file; killed at any moment, one of the two is there whole.
//!
//! The new content goes into the file in one transaction of SQLite, under a lock that nobody shares:
//! a run that is cut off is taken back by whoever opens the file next, and no log of the old content
//! can ever meet the new one. Only a file that SQLite cannot open at all is replaced by renaming,
//! after its bytes, log included, were kept beside it.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use super::Store;
use super::backup::{Check, Taken, beside, copy, free_name, pages, quick_check};
use super::error::{Doing, StoreError};
use super::look;
use super::open::{Access, distrust};
use super::place::{self, PlaceError};
use crate::clock::Clock;
use crate::paths;

/// How long to wait for others to end what they do.
const WAIT: Duration = Duration::from_secs(1);

/// Puts a backup in the place of the file at `path`; the old file is kept and its name returned.
///
/// # Errors
/// Where the backup is not one of ours or damaged, another session has the file open, the file is
/// another program's, or the folder cannot be written. The file is then as it was.
pub fn restore(backup: &Path, path: &Path, clock: Clock) -> Result<Option<PathBuf>, StoreError> {
    let path = place::resolve(path)?;
    if place::resolve(backup)? == path {
        return Err(PlaceError::SameFile(path).into());
    }
    let source = Store::open(backup, Access::Read, clock, "")?;
    source.quick_check()?;
    let stamp = clock.now().0.format("%Y%m%d-%H%M").to_string();
    let kept = free_name(&path, &format!("replaced-{stamp}"));
    if !path.exists() {
        place::own_folder(paths::folder_of(&path))?;
        let orphans = set_aside(&path, &kept)?;
        copy(&source.db, &path, Taken::Refuse, Check::Sound)?;
        return Ok(orphans.then_some(kept));
    }
    look::may_write(&path)?;
    match look::look(&path, i64::MAX, false) {
        Err(StoreError::Foreign(whose)) => return Err(StoreError::Foreign(whose)),
        Err(StoreError::Damaged(_) | StoreError::NotADatabase(_)) => {
            return over_ruins(&source, &path, kept);
        }
        // Whatever else there is to say, opening it alone will say.
        Ok(_) | Err(_) => {}
    }
    match lock(&path) {
        Ok(mut db) => {
            // Nobody writes between the copy of the old content and the new content.
            keep(&db, &kept)?;
            replace(&source, &mut db)?;
            // Under a lock of its own SQLite only wipes the journal of what was committed. It goes
            // while the lock is held, so that it cannot be another session's.
            let _ = fs::remove_file(beside(&path, "-journal"));
            drop(db);
            Ok(Some(kept))
        }
        Err(StoreError::Busy) => Err(PlaceError::InUse(path).into()),
        Err(StoreError::Damaged(_) | StoreError::NotADatabase(_)) => {
            over_ruins(&source, &path, kept)
        }
        Err(other) => Err(other),
    }
}

/// Puts a copy in the place of a file that SQLite cannot open.
fn over_ruins(source: &Store, path: &Path, kept: PathBuf) -> Result<Option<PathBuf>, StoreError> {
    // Before SQLite looks at the file to write it: it would tidy the log away.
    keep_bytes(path, &kept)?;
    if let Err(StoreError::Busy) = lock(path) {
        for tail in place::TAILS.into_iter().chain([""]) {
            // The file is still where it was.
            let _ = fs::remove_file(beside(&kept, tail));
        }
        return Err(PlaceError::InUse(path.to_owned()).into());
    }
    for tail in place::TAILS {
        // The log of the damaged file must not be worked into the new one; it was kept above.
        let _ = fs::remove_file(beside(path, tail));
    }
    paths::sync_folder(paths::folder_of(path));
    copy(&source.db, path, Taken::Replace, Check::Sound)?;
    Ok(Some(kept))
}

/// Opens the file alone: with its log worked in, and locked until it is closed.
fn lock(path: &Path) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_NO_MUTEX
        | OpenFlags::SQLITE_OPEN_NOFOLLOW;
    let try_it = || -> Result<Connection, rusqlite::Error> {
        let db = Connection::open_with_flags(path, flags)?;
        db.busy_timeout(WAIT)?;
        distrust(&db)?;
        db.pragma_update(None, "synchronous", "FULL")?;
        db.pragma_update(None, "locking_mode", "EXCLUSIVE")?;
        db.pragma_update(None, "journal_mode", "DELETE")?;
        db.execute_batch("BEGIN EXCLUSIVE; COMMIT")?;
        Ok(db)
    };
    try_it().map_err(|e| match e.sqlite_error_code() {
        Some(rusqlite::ErrorCode::NotADatabase) => StoreError::NotADatabase(path.to_owned()),
        _ => StoreError::sql("Lock the file", e),
    })
}

/// Keeps the old content; damage in it is kept too.
fn keep(db: &Connection, kept: &Path) -> Result<(), StoreError> {
    match copy(db, kept, Taken::Refuse, Check::Sound) {
        Err(StoreError::Damaged(_)) => copy(db, kept, Taken::Refuse, Check::AsItIs),
        done => done,
    }
}

/// Puts the new content in, in one transaction.
fn replace(source: &Store, db: &mut Connection) -> Result<(), StoreError> {
    pages(&source.db, db)?;
    quick_check(db)?;
    // The content brought the mark of its own journal along; whoever opens the file sets it anew.
    db.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))
        .doing("Open what was put back")
}

/// Keeps a file that SQLite cannot open, byte for byte, its log with it.
fn keep_bytes(path: &Path, kept: &Path) -> Result<(), StoreError> {
    for tail in ["-wal", "-journal", ""] {
        let from = beside(path, tail);
        if !from.exists() {
            continue;
        }
        let cannot = |e: std::io::Error| StoreError::cannot(kept, &e);
        let mut to = paths::make_private_file(&beside(kept, tail)).map_err(cannot)?;
        let mut bytes = fs::File::open(&from).map_err(|e| StoreError::cannot(&from, &e))?;
        std::io::copy(&mut bytes, &mut to).map_err(cannot)?;
        to.sync_all().map_err(cannot)?;
    }
    paths::sync_folder(paths::folder_of(kept));
    Ok(())
}

/// Moves a log away that lies where no file is; whether there was one.
fn set_aside(path: &Path, kept: &Path) -> Result<bool, StoreError> {
    let mut any = false;
    for tail in place::TAILS {
        let (from, to) = (beside(path, tail), beside(kept, tail));
        let Ok(is) = fs::symlink_metadata(&from) else {
            continue;
        };
        let says_something = is.len() > 0 && tail != "-shm";
        let moved = match says_something {
            true => fs::rename(&from, &to),
            false => fs::remove_file(&from),
        };
        moved.map_err(|e| StoreError::cannot(&from, &e))?;
        any |= says_something;
    }
    Ok(any)
}
