//! Consistent copies of the file while it is in use, and putting one back.

use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::Connection;

use super::Store;
use super::error::{Doing, StoreError};

/// Copies the file to `target`, whole or not at all, and opens the copy to check it.
fn copy(db: &Connection, target: &Path) -> Result<(), StoreError> {
    let folder = target
        .parent()
        .filter(|p| !p.as_os_str().is_empty())
        .unwrap_or_else(|| Path::new("."));
    let cannot = |e: std::io::Error| StoreError::CannotOpen {
        path: target.to_owned(),
        reason: e.to_string(),
    };
    let temp = tempfile::Builder::new()
        .prefix(".gendan-")
        .tempfile_in(folder)
        .map_err(cannot)?;
    let _left = Leftovers(temp.path().to_owned());
    db.backup("main", temp.path(), None::<fn(rusqlite::backup::Progress)>)
        .doing("Back up")?;
    check(temp.path())?;
    temp.as_file().sync_all().map_err(cannot)?;
    temp.persist(target).map_err(|e| cannot(e.error))?;
    if let Ok(dir) = fs::File::open(folder) {
        // Some file systems cannot sync a folder; the copy itself is on the disk already.
        let _ = dir.sync_all();
    }
    Ok(())
}

/// What SQLite puts beside a copy while it is written; a failure may leave it there.
struct Leftovers(PathBuf);

impl Drop for Leftovers {
    fn drop(&mut self) {
        for tail in ["-journal", "-wal", "-shm"] {
            // Usually there is none.
            let _ = fs::remove_file(beside(&self.0, tail));
        }
    }
}

/// The name of a file that SQLite keeps beside a database.
pub(super) fn beside(path: &Path, tail: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(tail);
    name.into()
}

fn check(path: &Path) -> Result<(), StoreError> {
    let db = Connection::open(path).doing("Open a backup")?;
    let said: String = db
        .query_row("PRAGMA quick_check", [], |row| row.get(0))
        .doing("Check a backup")?;
    if said == "ok" {
        Ok(())
    } else {
        Err(StoreError::Damaged(said))
    }
}

/// Keeps a copy beside the file before it is brought to a newer version.
pub(super) fn before_migration(
    db: &Connection,
    path: &Path,
    version: i64,
) -> Result<(), StoreError> {
    copy(
        db,
        &path.with_extension(format!("before-v{}.db", version + 1)),
    )
}

impl Store {
    /// Writes a consistent copy to `target`.
    ///
    /// # Errors
    /// Where the target cannot be written or the copy does not check out.
    pub fn backup(&self, target: &Path) -> Result<(), StoreError> {
        copy(&self.db, target)
    }

    /// What SQLite finds wrong with the file: nothing, or its sentences.
    ///
    /// # Errors
    /// Where the file cannot be read at all.
    pub fn integrity(&self, deep: bool) -> Result<Vec<String>, StoreError> {
        let pragma = if deep {
            "PRAGMA integrity_check"
        } else {
            "PRAGMA quick_check"
        };
        let mut statement = self.db.prepare(pragma).doing("Check the file")?;
        let rows = statement
            .query_map([], |row| row.get::<_, String>(0))
            .doing("Check the file")?;
        let mut said: Vec<String> = rows.collect::<Result<_, _>>().doing("Check the file")?;
        said.retain(|line| line != "ok");
        let mut keys = self
            .db
            .prepare("PRAGMA foreign_key_check")
            .doing("Check the references")?;
        let rows = keys
            .query_map([], |row| {
                Ok(format!(
                    "{} {:?}",
                    row.get::<_, String>(0)?,
                    row.get::<_, Option<i64>>(1)?
                ))
            })
            .doing("Check the references")?;
        said.extend(
            rows.collect::<Result<Vec<_>, _>>()
                .doing("Check the references")?,
        );
        Ok(said)
    }
}

/// Puts a backup in the place of the file at `path`; the old file is kept and its name returned.
///
/// # Errors
/// Where the backup is not one of ours, or the folder cannot be written.
pub fn restore(
    backup: &Path,
    path: &Path,
    clock: crate::clock::Clock,
) -> Result<Option<PathBuf>, StoreError> {
    let source = Store::open(backup, super::open::Access::Read, clock, "")?;
    let kept = if path.exists() {
        let stamp = clock.now().0.format("%Y%m%d-%H%M%S").to_string();
        let kept = path.with_extension(format!("replaced-{stamp}.db"));
        let old = Store::open(path, super::open::Access::Write, clock, "");
        match old {
            Ok(old) => old.backup(&kept)?,
            // A damaged file is kept as it is, byte for byte.
            Err(_) => {
                fs::copy(path, &kept).map_err(|e| StoreError::CannotOpen {
                    path: kept.clone(),
                    reason: e.to_string(),
                })?;
            }
        }
        Some(kept)
    } else {
        None
    };
    for tail in ["-wal", "-shm"] {
        // The old file's log must not be replayed into the new one; it is in the kept copy.
        let _ = fs::remove_file(beside(path, tail));
    }
    copy(&source.db, path)?;
    Ok(kept)
}
