//! The one data file: the only module that knows SQL.
//!
//! Reads load whole tables into a [`crate::domain::world::World`]; writes go through
//! [`Store::write`], which journals every value. Nothing here decides anything about orders.

pub mod backup;
mod draft;
pub mod error;
pub mod files;
pub mod journal;
pub mod open;
mod past;
mod rehearse;
mod row;
mod seed;
pub mod snapshot;
mod undo;
pub mod write;

use std::path::{Path, PathBuf};

use rusqlite::Connection;

pub use draft::Draft;
pub use error::StoreError;
pub use open::Access;
pub use row::Fields;
pub use undo::Reverted;
pub use write::{Change, Deed, Tx};

use crate::clock::Clock;
use crate::domain::world::World;
use error::Doing;

/// Tables whose rows can be on hold.
const HELD: [&str; 2] = ["orders", "production_order"];

/// The open file.
#[derive(Debug)]
pub struct Store {
    db: Connection,
    path: PathBuf,
    read_only: bool,
    clock: Clock,
    who: String,
    /// While a change is only tried: the world as it leaves it.
    rehearsal: Option<Box<World>>,
    /// The newest change the next write may stand on; see [`Store::stand_on`].
    stands_on: Option<i64>,
}

impl Store {
    /// Loads everything in one read transaction, with the state of the file it stands on.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn world(&self) -> Result<World, StoreError> {
        let tx = self.db.unchecked_transaction().doing("Begin reading")?;
        let world = snapshot::load(&tx)?;
        tx.finish().doing("End reading")?;
        Ok(world)
    }

    /// Loads again what a change touched.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn refresh(&self, world: &mut World, change: &Change) -> Result<(), StoreError> {
        change
            .tables
            .iter()
            .try_for_each(|table| snapshot::reload(&self.db, world, table))?;
        if change.tables.iter().any(|t| HELD.contains(t)) {
            world.holds = past::holds(&self.db)?;
        }
        Ok(())
    }

    /// A number that moves when another session writes.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn data_version(&self) -> Result<i64, StoreError> {
        self.db
            .pragma_query_value(None, "data_version", |row| row.get(0))
            .doing("Ask for changes")
    }

    /// Number of the newest change in the journal; zero where there is none.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn newest(&self) -> Result<i64, StoreError> {
        write::newest(&self.db)
    }

    /// Refuses writes from now on where the journal has another newest change than this one.
    ///
    /// What is going to be written was made from data that end with that change. `None`: whatever
    /// other sessions did meanwhile is no matter.
    pub const fn stand_on(&mut self, newest: Option<i64>) {
        self.stands_on = newest;
    }

    /// Brings what is in the log into the file as far as nobody waits for it, so that closing has
    /// little left to do.
    ///
    /// # Errors
    /// Where the file refuses it.
    pub fn checkpoint(&self) -> Result<(), StoreError> {
        if self.read_only {
            return Ok(());
        }
        self.db
            .query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()))
            .doing("Bring the log into the file")
    }

    /// Closes the file now; what is asked of it afterwards finds nothing.
    ///
    /// # Errors
    /// Where the file cannot be closed in order; it is whole all the same.
    pub fn close(&mut self) -> Result<(), StoreError> {
        let nothing = Connection::open_in_memory().doing("Close the file")?;
        let db = std::mem::replace(&mut self.db, nothing);
        self.read_only = true;
        db.close()
            .map_err(|(_, e)| StoreError::sql("Close the file", e))
    }

    /// Where the file is; empty for one in memory.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    #[must_use]
    pub const fn clock(&self) -> Clock {
        self.clock
    }

    /// Goes on with another clock.
    pub const fn set_clock(&mut self, clock: Clock) {
        self.clock = clock;
    }

    /// Who uses the program, as the journal names them.
    #[must_use]
    pub fn who(&self) -> &str {
        &self.who
    }

    #[must_use]
    pub const fn is_read_only(&self) -> bool {
        self.read_only
    }
}
