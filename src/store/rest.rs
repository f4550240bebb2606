//! What the file gets while nobody waits: its log worked in, statistics renewed, damage looked for.
//!
//! Also how a session came to its file, and what a reader does when the file moved under it.

use std::path::{Path, PathBuf};
use std::time::Duration;

use super::error::{Doing, StoreError};
use super::look::{self, Stamp, Way};
use super::open::{Journal, configure};
use super::place::PlaceError;
use super::{Store, open};
use crate::clock::Clock;

/// Rows of an index that are looked at to renew its statistics: enough, and never in the way.
const ANALYSIS_ROWS: i64 = 200;

/// How a session came to its file, and what it still owes to it.
#[derive(Debug)]
pub(super) struct Keeping {
    journal: Journal,
    left_open: bool,
    way: Way,
    /// How often the file was opened anew because it moved.
    moved: i64,
    /// Rows changed by this session when the log was last worked in.
    rested_at: u64,
}

impl Default for Keeping {
    fn default() -> Self {
        Self::new(Journal::Log, false, Way::Plain)
    }
}

impl Keeping {
    pub(super) const fn new(journal: Journal, left_open: bool, way: Way) -> Self {
        Self {
            journal,
            left_open,
            way,
            moved: 0,
            rested_at: 0,
        }
    }

    fn stamp(&self) -> Option<&Stamp> {
        match &self.way {
            Way::Plain => None,
            Way::Frozen(stamp) | Way::Copied(_, stamp) => Some(stamp),
        }
    }
}

/// What another thread needs to read the file that a session has open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Beside {
    path: PathBuf,
    journal: Journal,
    clock: Clock,
}

impl Beside {
    /// Opens the file to read it.
    ///
    /// The file is SQLite's alone: opening and closing it past SQLite would end the locks that the
    /// session holds.
    ///
    /// # Errors
    /// Where it cannot be opened.
    pub fn open(&self) -> Result<Store, StoreError> {
        let mut db = look::connect(&self.path, &Way::Plain)?;
        configure(&mut db, self.journal)?;
        let keeping = Keeping::new(self.journal, false, Way::Plain);
        let path = self.path.clone();
        Ok(Store::around(db, path, true, self.clock, "", keeping))
    }
}

impl Beside {
    /// Opens the file to change it, in the name of `who`.
    ///
    /// # Errors
    /// Where it cannot be opened.
    pub fn open_to_write(&self, who: &str) -> Result<Store, StoreError> {
        let db = open::connect(&self.path, self.journal, self.journal == Journal::Log)?;
        let keeping = Keeping::new(self.journal, false, Way::Plain);
        let path = self.path.clone();
        Ok(Store::around(db, path, false, self.clock, who, keeping))
    }
}

impl Store {
    /// How changes reach the file.
    #[must_use]
    pub const fn journal_mode(&self) -> Journal {
        self.keeping.journal
    }

    /// Whether a log stood beside the file when it was opened: another session has it open, or the
    /// last one did not end well.
    #[must_use]
    pub const fn was_left_open(&self) -> bool {
        self.keeping.left_open
    }

    /// For another thread to read the same file; `None` where there is none, or this session reads
    /// it in a way of its own.
    #[must_use]
    pub fn beside(&self) -> Option<Beside> {
        (self.is_file() && self.keeping.stamp().is_none()).then(|| Beside {
            path: self.path.clone(),
            journal: self.keeping.journal,
            clock: self.clock,
        })
    }

    /// Whether there is a file, and not only memory.
    fn is_file(&self) -> bool {
        self.db.path().is_some_and(|p| !p.is_empty())
    }

    /// Works the log into the file, if this session wrote anything since the last time.
    ///
    /// Waits for nobody: what others still read stays in the log until the next time.
    ///
    /// # Errors
    /// Where the file cannot be written; nothing is lost then, the log has it.
    pub fn rest(&mut self) -> Result<(), StoreError> {
        let changed = self.db.total_changes();
        if changed == self.keeping.rested_at || self.keeping.journal != Journal::Log {
            return Ok(());
        }
        self.keeping.rested_at = changed;
        self.db
            .query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()))
            .doing("Work the log in")
    }

    /// Opens the file anew where it moved under a reader that shares nothing with the writer.
    ///
    /// # Errors
    /// Where it cannot be read just now.
    pub fn look_again(&mut self) -> Result<(), StoreError> {
        match self.keeping.stamp() {
            Some(stamp) if Stamp::of(&self.path) != *stamp => {}
            _ => return Ok(()),
        }
        let alone = self.keeping.journal != Journal::Log;
        let found = look::look(&self.path, open::version(), alone)?;
        if found.version < open::version() {
            return Err(PlaceError::Older(self.path.clone()).into());
        }
        let mut db = look::connect(&self.path, &found.way)?;
        configure(&mut db, self.keeping.journal)?;
        self.db = db;
        self.keeping.way = found.way;
        self.keeping.moved += 1;
        Ok(())
    }

    /// Whether the file is still the one that is being read.
    pub(super) fn stood_still(&self) -> bool {
        match &self.keeping.way {
            Way::Frozen(stamp) => Stamp::of(&self.path) == *stamp,
            Way::Plain | Way::Copied(..) => true,
        }
    }

    /// Goes up when the file is opened anew, far beyond what SQLite counts.
    pub(super) const fn times_moved(&self) -> i64 {
        self.keeping.moved << 32
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        self.leave();
    }
}

impl Store {
    /// Renews the statistics and works the log in; what cannot be done at once is left to the next.
    pub(super) fn leave(&mut self) {
        if self.read_only || !self.is_file() || self.db.total_changes() == 0 {
            return;
        }
        // Failures cost speed at the most: everything confirmed is in the log.
        let _ = self.db.busy_timeout(Duration::ZERO);
        let _ = self.db.pragma_update(None, "analysis_limit", ANALYSIS_ROWS);
        let _ = self.db.execute_batch("PRAGMA optimize");
        self.keeping.rested_at = 0;
        let _ = self.rest();
    }
}

/// Whether a log with something in it stands beside a file.
pub(super) fn has_log(path: &Path) -> bool {
    ["-wal", "-journal"].iter().any(|tail| {
        std::fs::metadata(super::backup::beside(path, tail)).is_ok_and(|is| is.len() > 0)
    })
}
