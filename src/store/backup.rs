//! Consistent copies of the file while it is in use, and what SQLite says of its state.
//!
//! A copy is written under a name of its own in the folder it is meant for, opened and checked,
//! synced, and only then given its name. It is one file alone, without a log, so that it can be read
//! from anywhere.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono::NaiveDate;
use rusqlite::Connection;
use rusqlite::backup::{Backup, StepResult};

use super::Store;
use super::error::{Doing, StoreError};
use super::keep::{self, Keep};
use super::place::{self, PlaceError};
pub use super::restore::restore;
use crate::clock::Clock;
use crate::paths;

/// Pages copied at a time; all there are, so that no writer comes between.
const ALL_PAGES: std::ffi::c_int = -1;
/// Copies of one minute by hand.
const NAMES_MAX: u32 = 1_000;
/// After this long nobody is still writing what a killed run left behind.
const LEFT_BEHIND: Duration = Duration::from_secs(24 * 60 * 60);

/// What becomes of a file that has the name of the copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Taken {
    Replace,
    Refuse,
}

/// What is asked of a copy before it gets its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Check {
    Sound,
    /// As damaged as the file itself.
    AsItIs,
}

/// Copies the file to `target`, whole or not at all, and opens the copy to check it.
pub(super) fn copy(
    db: &Connection,
    target: &Path,
    taken: Taken,
    check: Check,
) -> Result<(), StoreError> {
    let folder = paths::folder_of(target);
    let cannot = |e: std::io::Error| StoreError::cannot(target, &e);
    if target.is_dir() {
        return Err(PlaceError::Exists(target.to_owned()).into());
    }
    let temp = paths::temp_file(folder).map_err(cannot)?;
    let _left = Leftovers(temp.path().to_owned());
    let mut to = Connection::open(temp.path()).doing("Open a copy")?;
    // It is synced as a whole before it gets its name.
    to.pragma_update(None, "synchronous", "OFF")
        .doing("Open a copy")?;
    pages(db, &mut to)?;
    drop(to);
    seal(temp.path(), check)?;
    temp.as_file().sync_all().map_err(cannot)?;
    // Renaming replaces a link, and does not follow it.
    match taken {
        Taken::Replace => temp.persist(target).map_err(|e| cannot(e.error))?,
        Taken::Refuse => temp
            .persist_noclobber(target)
            .map_err(|e| match e.error.kind() {
                std::io::ErrorKind::AlreadyExists => PlaceError::Exists(target.to_owned()).into(),
                _ => cannot(e.error),
            })?,
    };
    paths::sync_folder(folder);
    Ok(())
}

/// Puts all pages of one database into another, in one step.
pub(super) fn pages(from: &Connection, to: &mut Connection) -> Result<(), StoreError> {
    let copy = Backup::new(from, to).doing("Back up")?;
    match copy.step(ALL_PAGES).doing("Back up")? {
        StepResult::Done => Ok(()),
        _ => Err(StoreError::Busy),
    }
}

/// What SQLite puts beside a copy while it is written; a failure may leave it there.
struct Leftovers(PathBuf);

impl Drop for Leftovers {
    fn drop(&mut self) {
        for tail in place::TAILS {
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

/// Opens a copy, turns it into one file that needs no log to be read, and looks for damage.
fn seal(path: &Path, check: Check) -> Result<(), StoreError> {
    let db = Connection::open(path).doing("Open a copy")?;
    let sealed = db
        .pragma_update(None, "journal_mode", "DELETE")
        .doing("Seal a copy");
    if check == Check::AsItIs {
        return Ok(());
    }
    sealed?;
    quick_check(&db)
}

pub(super) fn quick_check(db: &Connection) -> Result<(), StoreError> {
    let said: String = db
        .query_row("PRAGMA quick_check(1)", [], |row| row.get(0))
        .doing("Check a copy")?;
    if said == "ok" {
        Ok(())
    } else {
        Err(StoreError::Damaged(said))
    }
}

/// The first free name beside a file: `NAME.WHAT.db`, then `NAME.WHAT-2.db` and so on.
pub(super) fn free_name(path: &Path, what: &str) -> PathBuf {
    let name = |n: u32| match n {
        1 => path.with_extension(format!("{what}.db")),
        n => path.with_extension(format!("{what}-{n}.db")),
    };
    let mut names = (1..NAMES_MAX).map(name);
    let free = names.find(|n| fs::symlink_metadata(n).is_err());
    free.unwrap_or_else(|| name(NAMES_MAX))
}

/// Keeps a copy beside the file before it is brought to a newer version.
pub(super) fn before_migration(
    db: &Connection,
    path: &Path,
    version: i64,
) -> Result<(), StoreError> {
    let what = format!("before-v{}", version + 1);
    let first = path.with_extension(format!("{what}.db"));
    let target = free_name(path, &what);
    copy(db, &target, Taken::Refuse, Check::Sound)?;
    // A step that fails each time, or is killed, leaves one copy and not one for each try.
    if target != first && same_bytes(&first, &target) {
        let _ = fs::remove_file(&target);
    }
    Ok(())
}

fn same_bytes(one: &Path, other: &Path) -> bool {
    match (fs::read(one), fs::read(other)) {
        (Ok(one), Ok(other)) => one == other,
        _ => false,
    }
}

/// Where a copy by hand goes that nobody named: into the folder of copies, with day and minute.
///
/// These are never deleted by the program.
#[must_use]
pub fn by_hand(database: &Path, clock: Clock) -> PathBuf {
    let database = place::resolve(database).unwrap_or_else(|_| database.to_owned());
    let stem = database.file_stem().unwrap_or_default().to_string_lossy();
    let stamp = clock.now().0.format("%Y%m%d-%H%M");
    let folder = paths::backups_of(&database);
    let name = |n: u32| match n {
        1 => folder.join(format!("{stem}-{stamp}.db")),
        n => folder.join(format!("{stem}-{stamp}-{n}.db")),
    };
    let mut names = (1..NAMES_MAX).map(name);
    let free = names.find(|n| fs::symlink_metadata(n).is_err());
    free.unwrap_or_else(|| name(NAMES_MAX))
}

impl Store {
    /// Writes a consistent copy to `target`, in place of what is there.
    ///
    /// # Errors
    /// Where the target cannot be written or the copy does not check out.
    pub fn backup(&self, target: &Path) -> Result<(), StoreError> {
        copy(&self.db, target, Taken::Replace, Check::Sound)
    }

    /// Writes a consistent copy to `target`, where nothing is yet; the folder of copies is made.
    ///
    /// # Errors
    /// As [`Store::backup`], and where something of that name is there.
    pub fn backup_new(&self, target: &Path) -> Result<(), StoreError> {
        let folder = paths::folder_of(target);
        if folder == paths::backups_of(&self.path) {
            place::own_folder(folder)?;
        }
        copy(&self.db, target, Taken::Refuse, Check::Sound)
    }

    /// Makes the copy of the day, if there is none yet, and lets those go that nobody needs any
    /// more; answers with the new copy.
    ///
    /// A file in which nothing was ever entered needs none.
    ///
    /// # Errors
    /// Where the folder of copies cannot be written; the file itself is not touched.
    pub fn daily_copy(&self, limits: Keep) -> Result<Option<PathBuf>, StoreError> {
        let folder = paths::backups_of(&self.path);
        let today = self.clock.today();
        let target = folder.join(keep::name(&self.path, today));
        if limits.days == 0 || target.exists() || self.is_untouched()? {
            return Ok(None);
        }
        place::own_folder(&folder)?;
        match copy(&self.db, &target, Taken::Refuse, Check::Sound) {
            // Another session was quicker.
            Err(StoreError::Place(PlaceError::Exists(_))) => return Ok(None),
            done => done?,
        }
        thin_out(&folder, &self.path, today, limits)?;
        Ok(Some(target))
    }

    fn is_untouched(&self) -> Result<bool, StoreError> {
        self.db
            .query_row("SELECT NOT EXISTS (SELECT 1 FROM change)", [], |row| {
                row.get(0)
            })
            .doing("Look at the journal")
    }

    /// Looks for damage; quick, and meant for a thread of its own.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] with the first thing that is wrong.
    pub fn quick_check(&self) -> Result<(), StoreError> {
        quick_check(&self.db)
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

/// Deletes the dated copies that are beyond the limits, and what killed runs left unfinished.
///
/// Nothing is touched that does not have the very name of a daily copy of this file.
fn thin_out(
    folder: &Path,
    database: &Path,
    today: NaiveDate,
    limits: Keep,
) -> Result<(), StoreError> {
    let cannot = |e: std::io::Error| StoreError::cannot(folder, &e);
    let (mut dates, mut unfinished) = (BTreeSet::new(), Vec::new());
    for entry in fs::read_dir(folder).map_err(cannot)? {
        let entry = entry.map_err(cannot)?;
        let (name, is) = (entry.file_name(), entry.metadata().map_err(cannot)?);
        let Some(name) = name.to_str().filter(|_| is.is_file()) else {
            continue;
        };
        dates.extend(keep::date_of(database, name));
        let age = is.modified().ok().and_then(|at| at.elapsed().ok());
        if name.starts_with(paths::TEMP_PREFIX) && age.is_some_and(|a| a > LEFT_BEHIND) {
            unfinished.push(entry.path());
        }
    }
    let stay = keep::kept(&dates, today, limits);
    let gone = dates.difference(&stay);
    let gone = gone.map(|date| folder.join(keep::name(database, *date)));
    for path in gone.chain(unfinished) {
        fs::remove_file(&path).map_err(|e| StoreError::cannot(&path, &e))?;
    }
    Ok(())
}
