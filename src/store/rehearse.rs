//! Changes that are only tried: in a transaction that is taken back, or in a copy in memory.

use rusqlite::Connection;
use rusqlite::backup::Backup;

use super::error::{Doing, StoreError};
use super::open::{Journal, configure};
use super::rest::Keeping;
use super::{Store, snapshot};
use crate::domain::world::World;

/// Pages copied at a time; all there are.
const ALL_PAGES: std::ffi::c_int = -1;

impl Store {
    /// Runs `f`, whose one change is seen in the world that comes back and is in the file no more.
    ///
    /// The rules of the change hold as if it were made; what it touches is read inside its
    /// transaction, which is then rolled back.
    pub fn rehearse<T>(
        &mut self,
        world: &World,
        f: impl FnOnce(&mut Self) -> T,
    ) -> (T, Box<World>) {
        self.rehearsal = Some(Box::new(world.clone()));
        let value = f(self);
        let after = self.rehearsal.take().unwrap_or_default();
        (value, after)
    }

    /// A copy of the file in memory, to try changes on; it goes when it is dropped.
    ///
    /// # Errors
    /// Where the file cannot be read or there is no memory for it.
    pub fn copy_in_memory(&self) -> Result<Self, StoreError> {
        let mut db = Connection::open_in_memory().doing("Open a database in memory")?;
        Backup::new(&self.db, &mut db)
            .and_then(|copy| copy.step(ALL_PAGES))
            .doing("Copy the file")?;
        configure(&mut db, Journal::Log)?;
        let path = self.path.clone();
        let keeping = Keeping::default();
        Ok(Self::around(
            db, path, false, self.clock, &self.who, keeping,
        ))
    }
}

/// Reads again what an open change touched.
pub(super) fn look(
    db: &Connection,
    world: &mut World,
    tables: &[&'static str],
) -> Result<(), StoreError> {
    snapshot::reload_all(db, world, tables)
}
