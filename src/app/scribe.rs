//! The thread that makes a report and writes its file, so that keys are answered meanwhile.
//!
//! It works on a copy of the data; the file appears whole at the end, or not at all.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{SyncSender, TrySendError};
use std::thread;

use chrono::NaiveDate;

use super::outlook::Outlook;
use super::reader::Stop;
use crate::domain::moment::Moment;
use crate::domain::world::World;
use crate::outside;
use crate::report::Scope;
use crate::report::deliver::{self, Delivery, Errand, Undelivered};
use crate::store::{Beside, StoreError};
use crate::text::{Lang, refusal};

static NUMBERS: AtomicU64 = AtomicU64::new(1);

/// Everything a report is made of.
#[derive(Debug, Clone)]
pub struct Matter {
    pub world: World,
    pub outlook: Outlook,
    pub now: Moment,
    pub lang: Lang,
    pub order: Option<i64>,
    /// See [`Scope::partner`].
    pub partner: String,
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
    /// Where the shelf is, for what reaches back to it.
    pub shelf: Option<Beside>,
}

impl Matter {
    /// Reads what is on the shelf.
    fn reach_back(&mut self) -> Result<(), StoreError> {
        let Some(shelf) = self.shelf.take() else {
            return Ok(());
        };
        let deeds = std::mem::take(&mut self.world.deeds);
        self.world = shelf.open()?.world()?;
        self.world.deeds = deeds;
        Ok(())
    }

    fn scope(&self) -> Scope<'_> {
        Scope {
            world: &self.world,
            outlook: &self.outlook,
            now: self.now,
            today: self.now.date(),
            lang: self.lang,
            order: self.world.orders.find(self.order),
            partner: &self.partner,
            from: self.from,
            to: self.to,
        }
    }
}

/// A report to be written.
#[derive(Debug, Clone)]
pub struct Job {
    number: u64,
    errand: Errand,
    path: PathBuf,
    matter: Box<Matter>,
    stop: Stop,
}

impl PartialEq for Job {
    fn eq(&self, other: &Self) -> bool {
        self.number == other.number
    }
}

impl Eq for Job {}

/// A report that lies in its file, or why it does not.
pub type Written = Result<(PathBuf, Delivery), Undelivered>;

/// What the thread sends back.
#[derive(Debug)]
pub enum WriteEvent {
    /// Rows written of all rows.
    Progress {
        job: u64,
        done: usize,
        total: usize,
    },
    Ready {
        job: u64,
        written: Box<Written>,
    },
}

impl Job {
    #[must_use]
    pub fn new(errand: Errand, path: PathBuf, matter: Matter) -> Self {
        Self {
            number: NUMBERS.fetch_add(1, Ordering::Relaxed),
            errand,
            path,
            matter: Box::new(matter),
            stop: Stop::default(),
        }
    }

    #[must_use]
    pub const fn number(&self) -> u64 {
        self.number
    }

    #[must_use]
    pub fn stop(&self) -> Stop {
        self.stop.clone()
    }

    /// Makes the report and writes it here and now; `told` hears how far it is.
    pub fn run(mut self, told: &dyn Fn(WriteEvent)) -> WriteEvent {
        let job = self.number;
        let written = catch_unwind(AssertUnwindSafe(|| self.write(told)));
        WriteEvent::Ready {
            job,
            written: Box::new(written.unwrap_or_else(|_| Err(Undelivered::Failed("?".to_owned())))),
        }
    }

    fn write(&mut self, told: &dyn Fn(WriteEvent)) -> Written {
        self.matter
            .reach_back()
            .map_err(|e| Undelivered::Failed(refusal::store(&e, self.matter.lang)))?;
        let job = self.number;
        let watch = |done, total| {
            told(WriteEvent::Progress { job, done, total });
            !self.stop.is_set()
        };
        let made = deliver::make(&self.errand, &self.matter.scope(), &watch)?;
        if self.stop.is_set() {
            return Err(Undelivered::Stopped);
        }
        outside::write_whole(&self.path, &made.bytes)
            .map_err(|e| Undelivered::Failed(e.to_string()))?;
        let path = self.path.canonicalize();
        Ok((path.unwrap_or_else(|_| self.path.clone()), made))
    }

    /// Does it on a thread; `make` turns what it says into the caller's event.
    ///
    /// # Errors
    /// Where the system gives no thread.
    pub fn spawn<E: Send + 'static>(
        self,
        events: SyncSender<E>,
        make: impl Fn(WriteEvent) -> E + Send + Copy + 'static,
    ) -> std::io::Result<()> {
        let thread = thread::Builder::new().name("scribe".to_owned());
        let spawned = thread.spawn(move || {
            let ready = self.run(&|event| match events.try_send(make(event)) {
                // How far it is may be left out when the loop is busy.
                Ok(()) | Err(TrySendError::Full(_) | TrySendError::Disconnected(_)) => {}
            });
            // A loop that is gone waits for nothing.
            let _ = events.send(make(ready));
        });
        spawned.map(|_| ())
    }
}
