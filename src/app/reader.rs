//! Reading an order file without holding up the screen: one thread for each file.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{SyncSender, TrySendError};
use std::thread;

use chrono::NaiveDate;

use crate::transfer;
use crate::transfer::draft::{Evidence, Options, Preview, Watch};
use crate::transfer::sheet;

static NUMBERS: AtomicU64 = AtomicU64::new(1);

/// A file with what was read in it, or why it could not be opened.
pub type Outcome = Result<(Evidence, Preview), String>;

/// A file to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    number: u64,
    path: String,
    options: Options,
    today: NaiveDate,
    stop: Stop,
}

/// Set where nobody waits any more.
#[derive(Debug, Clone, Default)]
pub struct Stop(Arc<AtomicBool>);

impl Stop {
    pub fn set(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether it was set.
    #[must_use]
    pub fn is_set(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

impl PartialEq for Stop {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Eq for Stop {}

/// What the thread sends back.
#[derive(Debug)]
pub enum ReadEvent {
    /// Rows done of all rows of the sheet at hand.
    Progress {
        job: u64,
        done: usize,
        total: usize,
    },
    Ready {
        job: u64,
        read: Box<Outcome>,
    },
}

impl Job {
    #[must_use]
    pub fn new(path: String, options: Options, today: NaiveDate) -> Self {
        Self {
            number: NUMBERS.fetch_add(1, Ordering::Relaxed),
            path,
            options,
            today,
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

    /// Reads the file here and now; `told` hears how far it is.
    pub fn run(&self, told: impl Fn(ReadEvent) + Send + Sync + 'static) -> ReadEvent {
        let (job, stop) = (self.number, self.stop.clone());
        let watch = Watch::new(move |done, total| {
            told(ReadEvent::Progress { job, done, total });
            !stop.is_set()
        });
        let options = Options {
            watch,
            ..self.options.clone()
        };
        let read = catch_unwind(AssertUnwindSafe(|| read(&self.path, &options, self.today)))
            .unwrap_or_else(|_| Err("?".to_owned()));
        ReadEvent::Ready {
            job,
            read: Box::new(read),
        }
    }

    /// Reads the file on a thread; `make` turns what it says into the caller's event.
    ///
    /// # Errors
    /// Where the system gives no thread.
    pub fn spawn<E: Send + 'static>(
        self,
        events: SyncSender<E>,
        make: impl Fn(ReadEvent) -> E + Send + Sync + Copy + 'static,
    ) -> std::io::Result<()> {
        let thread = thread::Builder::new().name("reader".to_owned());
        let spawned = thread.spawn(move || {
            let told = events.clone();
            let ready = self.run(move |event| match told.try_send(make(event)) {
                // How far it is may be left out when the loop is busy.
                Ok(()) | Err(TrySendError::Full(_) | TrySendError::Disconnected(_)) => {}
            });
            // A loop that is gone waits for nothing.
            let _ = events.send(make(ready));
        });
        spawned.map(|_| ())
    }
}

/// Reads a file, unless it is larger than any order file.
///
/// # Errors
/// What the system says where it cannot be opened.
pub fn read(path: &str, options: &Options, today: NaiveDate) -> Outcome {
    let most = u64::try_from(sheet::FILE_BYTES_MAX).unwrap_or(u64::MAX);
    let known = std::fs::metadata(path).map_err(|e| e.to_string())?;
    if known.len() > most {
        return Err("> 64 MB".to_owned());
    }
    let bytes = std::fs::read(path).map_err(|e| e.to_string())?;
    let name = std::path::Path::new(path).file_name().unwrap_or_default();
    let name = name.to_string_lossy().into_owned();
    let options = Options {
        pdf: crate::outside::pdf(&name, &bytes),
        ..options.clone()
    };
    let preview = transfer::read(&name, &bytes, &options, today);
    Ok((Evidence { name, bytes }, preview))
}
