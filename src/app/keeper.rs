//! What is done for the file once the first screen stands: the copy of the day, a look for damage
//! where the last session did not end well, and what rests goes on the shelf.
//!
//! Also the copy that the user asks for. On a thread and a connection of its own, so that no key ever
//! waits for it; what nobody asked for says nothing unless something is wrong.

use std::path::PathBuf;
use std::sync::mpsc::SyncSender;
use std::thread;

use chrono::NaiveDate;

use super::{App, Next};
use crate::command::shelf::Shelve;
use crate::command::{self, Command, Problem};
use crate::domain::rule::shelf;
use crate::store::{Beside, Keep, StoreError, backup};
use crate::text::keeping;
use crate::theme::Role;

/// What has to be done for the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    beside: Beside,
    work: Work,
    who: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Work {
    /// What the first start of a day asks for.
    Daily {
        /// Whether damage is looked for.
        check: bool,
        limits: Keep,
        /// What ended and rests since before that day goes on the shelf.
        shelve: Option<NaiveDate>,
    },
    /// A copy that the user wants now.
    Copy,
}

impl Job {
    /// Does it; answers with the copy where the user asked for one.
    ///
    /// A damaged file is not copied: its copies would push the sound ones out.
    ///
    /// # Errors
    /// That the file is damaged, or why its copy was not made.
    pub fn run(&self) -> Result<Option<PathBuf>, StoreError> {
        let store = self.beside.open()?;
        match self.work {
            Work::Daily {
                check,
                limits,
                shelve,
            } => {
                if check {
                    store.quick_check()?;
                }
                store.daily_copy(limits)?;
                if let Some(before) = shelve {
                    self.put_away(before)?;
                }
                Ok(None)
            }
            Work::Copy => {
                let target = backup::by_hand(store.path(), store.clock());
                store.backup_new(&target)?;
                Ok(Some(target))
            }
        }
    }

    /// Puts on the shelf what rests; the session sees it at its next pause.
    fn put_away(&self, before: NaiveDate) -> Result<(), StoreError> {
        let mut store = self.beside.open_to_write(&self.who)?;
        let world = store.working()?;
        let done = command::apply(&mut store, &world, &Command::Shelve(Shelve { before }));
        match done.map_err(|refused| refused.problem) {
            Err(Problem::Store(error)) => Err(error),
            // Nothing rests any more: another session was faster.
            _ => Ok(()),
        }
    }

    /// Starts the thread; `make` turns what there is to say into the caller's event.
    ///
    /// # Errors
    /// Where the system gives no thread.
    pub fn spawn<E: Send + 'static>(
        self,
        events: SyncSender<E>,
        make: impl Fn(Result<PathBuf, StoreError>) -> E + Send + 'static,
    ) -> std::io::Result<()> {
        let work = move || {
            if let Some(said) = self.run().transpose() {
                // Nobody listens any more where the user has left meanwhile.
                let _ = events.send(make(said));
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
        let before = shelf::rested_before(self.store.clock().today());
        let rests = || !shelf::resting(&self.world, before).is_empty();
        let shelve = (!self.store.is_read_only() && rests()).then_some(before);
        let wanted = check || limits != Keep::OFF || shelve.is_some();
        let work = Work::Daily {
            check,
            limits,
            shelve,
        };
        self.job(work).filter(|_| wanted)
    }

    fn job(&self, work: Work) -> Option<Job> {
        Some(Job {
            beside: self.store.beside()?,
            work,
            who: self.store.who().to_owned(),
        })
    }

    /// Copies the file now, beside the work.
    pub(super) fn copy_file(&mut self) {
        match self.job(Work::Copy) {
            Some(job) => self.next.push(Next::Keep(job)),
            None => self.say_word(keeping::NO_COPY_HERE, Role::Warn),
        }
    }

    /// Says where the copy is, or what went wrong.
    pub fn take_kept(&mut self, kept: &Result<PathBuf, StoreError>) {
        match kept {
            Ok(copy) => {
                let copy = copy.display().to_string();
                self.say(keeping::BACKED_UP.fill(self.lang, &[&copy]), Role::Ok);
            }
            Err(error) => self.say(keeping::background(error, self.lang), Role::Bad),
        }
    }

    /// Says that the file is opened without shared memory, where it is.
    pub(super) fn say_journal(&mut self) {
        if let Some(text) = keeping::journal(self.store.journal_mode(), self.lang) {
            self.say(text, Role::Warn);
        }
    }
}
