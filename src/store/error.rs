//! What can go wrong with the file, as data; `text` says it.

use std::path::{Path, PathBuf};

use super::place::PlaceError;

/// A refusal or failure of the store.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The file is not an SQLite database.
    #[error("not a database: {0}")]
    NotADatabase(PathBuf),
    /// It is a database, but of another program.
    #[error("another program's database: {0}")]
    Foreign(PathBuf),
    /// A newer version of this program wrote it.
    #[error("file version {found} is newer than {known}: {path}")]
    Newer {
        path: PathBuf,
        found: i64,
        known: i64,
    },
    /// The file or its folder cannot be opened or written.
    #[error("cannot open {path}: {reason}")]
    CannotOpen { path: PathBuf, reason: String },
    /// The place of the file will not do.
    #[error(transparent)]
    Place(#[from] PlaceError),
    /// The file may only be read.
    #[error("read only")]
    ReadOnly,
    /// Another session holds the file for too long.
    #[error("busy")]
    Busy,
    /// No room on the disk.
    #[error("disk full")]
    Full,
    /// The row was changed since it was read; nothing was written.
    #[error("stale {table} {id}")]
    Stale { table: &'static str, id: i64 },
    /// Another session has changed the data that the change was made from; nothing was written.
    #[error("another session saved")]
    Moved,
    /// The row does not exist.
    #[error("no {table} {id}")]
    Missing { table: &'static str, id: i64 },
    /// A row with that key exists, or a row is still referred to.
    #[error("constraint: {0}")]
    Constraint(String),
    /// There is nothing to undo or redo.
    #[error("nothing to take back")]
    NothingToRevert,
    /// What would be undone or brought again has its values in an archive now.
    #[error("archived: {0}")]
    Archived(String),
    /// No change is old enough, or whole enough, to be archived.
    #[error("nothing to archive")]
    NothingToArchive,
    /// The journal does not lead to the rows, so none of it may go.
    #[error("the journal contradicts the rows")]
    JournalBroken,
    /// A file that must be new is there already.
    #[error("exists: {0}")]
    Exists(PathBuf),
    /// The values that an undo would take back were changed again.
    #[error("changed since: {table} {id} {field}")]
    ChangedSince {
        table: String,
        id: i64,
        field: String,
    },
    /// The file is damaged.
    #[error("damaged: {0}")]
    Damaged(String),
    /// Anything else SQLite says, with what was being done.
    #[error("{doing}: {source}")]
    Sql {
        doing: &'static str,
        source: rusqlite::Error,
    },
}

impl StoreError {
    /// What the system said of a file or folder.
    pub(super) fn cannot(path: &Path, error: &std::io::Error) -> Self {
        if error.kind() == std::io::ErrorKind::StorageFull {
            return Self::Full;
        }
        Self::CannotOpen {
            path: path.to_owned(),
            reason: error.to_string(),
        }
    }

    /// Sorts an SQLite error into the cases a user can act on.
    #[must_use]
    pub fn sql(doing: &'static str, source: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode as Code;
        match source.sqlite_error_code() {
            Some(Code::DatabaseBusy | Code::DatabaseLocked) => Self::Busy,
            Some(Code::ReadOnly) => Self::ReadOnly,
            Some(Code::DiskFull) => Self::Full,
            Some(Code::DatabaseCorrupt) => Self::Damaged(source.to_string()),
            Some(Code::ConstraintViolation) => Self::Constraint(source.to_string()),
            _ => Self::Sql { doing, source },
        }
    }
}

/// Adds what was being done to an SQLite error.
pub(crate) trait Doing<T> {
    fn doing(self, what: &'static str) -> Result<T, StoreError>;
}

impl<T> Doing<T> for Result<T, rusqlite::Error> {
    fn doing(self, what: &'static str) -> Result<T, StoreError> {
        self.map_err(|source| StoreError::sql(what, source))
    }
}
