//! The one data file: the only module that knows SQL.
//!
//! Reads load whole tables into a [`crate::domain::world::World`]; writes go through
//! [`Store::write`], which journals every value. Nothing here decides anything about orders.

pub mod archive;
pub mod audit;
pub mod backup;
mod draft;
pub mod error;
pub mod files;
pub mod journal;
pub mod keep;
mod look;
pub mod open;
mod past;
pub mod place;
mod rehearse;
mod replay;
mod rest;
pub mod restore;
mod row;
pub mod salvage;
mod seed;
mod shelf;
pub mod snapshot;
mod undo;
pub mod write;

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use rusqlite::Connection;

pub use draft::Draft;
pub use error::StoreError;
pub use keep::Keep;
pub use open::{Access, Journal, Opening};
pub use place::PlaceError;
pub use rest::Beside;
pub use row::Fields;
pub use shelf::Shelved;
pub use undo::Reverted;
pub use write::{Change, Deed, Tx};

use crate::clock::Clock;
use crate::domain::record::Record;
use crate::domain::world::{Scope, World};
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
    /// How it was opened, and what it needs when nobody waits.
    keeping: rest::Keeping,
    /// The newest change the next write may stand on; see [`Store::stand_on`].
    stands_on: Option<i64>,
}

impl Store {
    /// Loads everything in one read transaction, with the state of the file it stands on.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn world(&self) -> Result<World, StoreError> {
        self.world_in(Scope::Whole)
    }

    /// Loads what is off the shelf in one read transaction: what the day's work stands on.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn working(&self) -> Result<World, StoreError> {
        self.world_in(Scope::OffShelf)
    }

    /// Loads what is off the shelf or had anything happen to it since a day.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn world_since(&self, day: NaiveDate) -> Result<World, StoreError> {
        self.world_in(Scope::Since(day))
    }

    fn world_in(&self, scope: Scope) -> Result<World, StoreError> {
        let tx = self.db.unchecked_transaction().doing("Begin reading")?;
        let world = snapshot::load(&tx, scope);
        tx.finish().doing("End reading")?;
        // Half a megabyte together; that of a table is needed again only when the table changes.
        self.db.flush_prepared_statement_cache();
        match self.stood_still() {
            true => world,
            // What was read is of two states of the file.
            false => Err(StoreError::Busy),
        }
    }

    /// The record of that id, on the shelf or off it.
    ///
    /// # Errors
    /// [`StoreError::Missing`] where there is none.
    pub fn row<R: Record>(&self, id: i64) -> Result<R, StoreError> {
        row::get(&self.db, id)?.ok_or(StoreError::Missing {
            table: R::TABLE,
            id,
        })
    }

    /// Loads again what a change touched.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn refresh(&self, world: &mut World, change: &Change) -> Result<(), StoreError> {
        snapshot::reload_all(&self.db, world, &change.tables)?;
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
        let version: i64 = self
            .db
            .pragma_query_value(None, "data_version", |row| row.get(0))
            .doing("Ask for changes")?;
        Ok(version + self.times_moved())
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

    /// Closes the file now; what is asked of it afterwards finds nothing.
    ///
    /// # Errors
    /// Where the file cannot be closed in order; it is whole all the same.
    pub fn close(&mut self) -> Result<(), StoreError> {
        self.leave();
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
