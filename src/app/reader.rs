//! Reading an order file without holding up the screen: one thread for each file.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{SyncSender, TrySendError};
use std::thread;

use chrono::NaiveDate;

use crate::transfer;
use crate::transfer::draft::{Evidence, Options, Preview, Watch};
use crate::transfer::limits::FILE_MB_MAX;

static NUMBERS: AtomicU64 = AtomicU64::new(1);

/// A file with what was read in it, or why it could not be opened.
pub type Outcome = Result<(Evidence, Preview), Unread>;

/// Why a file was not even looked into.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unread {
    /// What the system says.
    System(String),
    /// It is larger than the megabytes that are read of its kind.
    TooLarge(usize),
    /// A folder, a device, a pipe: reading it could never end.
    NoFile,
    /// It is no text in UTF-8, where only that is read.
    NoText,
    /// The reader failed.
    Failed,
}

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
            .unwrap_or(Err(Unread::Failed));
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

/// The bytes of a file of at most so many megabytes.
///
/// # Errors
/// Where it cannot be read, is larger, or is no plain file.
pub fn bytes_of(path: &std::path::Path, most_mb: usize) -> Result<Vec<u8>, Unread> {
    let system = |e: std::io::Error| Unread::System(e.to_string());
    let most = u64::try_from(most_mb.saturating_mul(1024 * 1024)).unwrap_or(u64::MAX);
    // What it is says the path: opening a pipe would wait for its other end.
    if !std::fs::metadata(path).map_err(system)?.is_file() {
        return Err(Unread::NoFile);
    }
    let file = std::fs::File::open(path).map_err(system)?;
    if file.metadata().map_err(system)?.len() > most {
        return Err(Unread::TooLarge(most_mb));
    }
    let mut bytes = Vec::new();
    // One that grows while it is read is no larger either.
    let read = std::io::Read::read_to_end(
        &mut std::io::Read::take(file, most.saturating_add(1)),
        &mut bytes,
    );
    read.map_err(system)?;
    if bytes.len() > most_mb.saturating_mul(1024 * 1024) {
        return Err(Unread::TooLarge(most_mb));
    }
    Ok(bytes)
}

/// The text of a file in UTF-8 of at most so many megabytes.
///
/// # Errors
/// As [`bytes_of`], and where it is no such text.
pub fn text_of(path: &std::path::Path, most_mb: usize) -> Result<String, Unread> {
    String::from_utf8(bytes_of(path, most_mb)?)
        .ok()
        .ok_or(Unread::NoText)
}

/// Reads a file, unless it is larger than any order file.
///
/// # Errors
/// Where it cannot be opened or is no file that is read.
pub fn read(path: &str, options: &Options, today: NaiveDate) -> Outcome {
    let bytes = bytes_of(std::path::Path::new(path), FILE_MB_MAX)?;
    let name = std::path::Path::new(path).file_name().unwrap_or_default();
    let name = name.to_string_lossy().into_owned();
    let options = Options {
        pdf: crate::outside::pdf(&name, &bytes),
        ..options.clone()
    };
    let preview = transfer::read(&name, &bytes, &options, today);
    Ok((Evidence { name, bytes }, preview))
}
