//! What is done for the file once the first screen stands: the copy of the day, and a look for damage
//! where the last session did not end well.
//!
//! On a thread and a connection of its own, so that no key ever waits for it. It says nothing unless
//! something is wrong.

use std::sync::mpsc::SyncSender;
use std::thread;

use super::App;
use crate::store::{Beside, Keep, StoreError};
use crate::text::keeping;
use crate::theme::Role;

/// What has to be done for the file.
#[derive(Debug, Clone)]
pub struct Job {
    beside: Beside,
    /// Whether damage is looked for.
    check: bool,
    limits: Keep,
}

impl Job {
    /// Does it; answers with what is wrong.
    ///
    /// A damaged file is not copied: its copies would push the sound ones out.
    ///
    /// # Errors
    /// That the file is damaged, or why its copy was not made.
    pub fn run(&self) -> Result<(), StoreError> {
        let store = self.beside.open()?;
        if self.check {
            store.quick_check()?;
        }
        store.daily_copy(self.limits).map(|_| ())
    }

    /// Starts the thread; `make` turns a failure into the caller's event.
    ///
    /// # Errors
    /// Where the system gives no thread.
    pub fn spawn<E: Send + 'static>(
        self,
        events: SyncSender<E>,
        make: impl Fn(StoreError) -> E + Send + 'static,
    ) -> std::io::Result<()> {
        let work = move || {
            if let Err(error) = self.run() {
                // Nobody listens any more where the user has left meanwhile.
                let _ = events.send(make(error));
            }
        };
        thread::Builder::new()
            .name("keeper".to_owned())
            .spawn(work)
            .map(|_| ())
    }
}

impl App {
    /// What is to be done for the file after the start; nothing for one in memory.
    #[must_use]
    pub fn keeping(&self) -> Option<Job> {
        let check = self.store.was_left_open();
        let limits = match self.store.is_read_only() {
            true => Keep::OFF,
            false => self.keep,
        };
        let beside = self.store.beside()?;
        (check || limits != Keep::OFF).then_some(Job {
            beside,
            check,
            limits,
        })
    }

    /// Says what went wrong with it.
    pub fn take_kept(&mut self, error: &StoreError) {
        let text = keeping::background(error, self.lang);
        self.say(text, Role::Bad);
    }

    /// Says that the file is opened without shared memory, where it is.
    pub(super) fn say_journal(&mut self) {
        if let Some(text) = keeping::journal(self.store.journal_mode(), self.lang) {
            self.say(text, Role::Warn);
        }
    }
}
