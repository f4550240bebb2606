//! What happens when the program itself fails: the terminal is given back, a report is kept.
//!
//! Only a panic of the thread that draws gives the terminal back: another thread's panic would
//! leave the main screen under a program that lives on. Every panic writes a report file, because
//! the text on the screen is soon gone.

use std::backtrace::Backtrace;
use std::fmt::Write as _;
use std::fs::OpenOptions;
use std::io::Write as _;
use std::panic::{AssertUnwindSafe, PanicHookInfo, catch_unwind, set_hook, take_hook};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread::{self, ThreadId};

use super::session::give_back;

/// Reports one run may leave; a thread that fails again and again must not fill the disk.
pub const REPORTS_MAX: u32 = 10;

/// Where the latest report lies.
static LATEST: Mutex<Option<PathBuf>> = Mutex::new(None);
/// Whether a panic of the drawing thread is caught and said in the user's own words.
static CAUGHT: AtomicBool = AtomicBool::new(false);

/// Installs the hook; the calling thread is the one that draws.
///
/// `folder` receives `panic-<process>-<n>.txt`; where it cannot be written, the terminal is given
/// back all the same. The hook that was there is called after ours on the drawing thread, unless
/// [`guard`] catches the panic.
pub fn install(folder: PathBuf) {
    let ui = thread::current().id();
    let before = take_hook();
    set_hook(Box::new(move |info| {
        on_panic(info, ui, &folder);
        if thread::current().id() == ui && !CAUGHT.load(Ordering::SeqCst) {
            before(info);
        }
    }));
}

/// Runs `f` on the drawing thread; `Err` where it panicked.
///
/// # Errors
/// The terminal was given back and a report written, see [`latest_report`].
pub fn guard<T>(f: impl FnOnce() -> T) -> Result<T, Panicked> {
    CAUGHT.store(true, Ordering::SeqCst);
    let done = catch_unwind(AssertUnwindSafe(f));
    CAUGHT.store(false, Ordering::SeqCst);
    // The report has said what it was.
    done.or(Err(Panicked))
}

/// The drawing thread panicked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Panicked;

/// Where the latest report lies; `None` where none could be written.
#[must_use]
pub fn latest_report() -> Option<PathBuf> {
    let latest = LATEST.lock().unwrap_or_else(PoisonError::into_inner);
    latest.clone()
}

fn on_panic(info: &PanicHookInfo<'_>, ui: ThreadId, folder: &Path) {
    if thread::current().id() == ui {
        give_back();
    }
    let mut report = String::new();
    let current = thread::current();
    let name = current.name().unwrap_or("?");
    // Writing to a string cannot fail.
    let _ = writeln!(report, "gendan {}", env!("CARGO_PKG_VERSION"));
    let _ = writeln!(report, "thread {name}: {info}");
    let _ = writeln!(report, "{}", Backtrace::force_capture());
    let kept = keep(folder, &report);
    let mut latest = LATEST.lock().unwrap_or_else(PoisonError::into_inner);
    *latest = kept.or(latest.take());
}

/// Writes a report under the first free name; `None` where that is not possible.
fn keep(folder: &Path, report: &str) -> Option<PathBuf> {
    let process = std::process::id();
    let names = (1..=REPORTS_MAX).map(|n| folder.join(format!("panic-{process}-{n}.txt")));
    let mut how = OpenOptions::new();
    how.write(true).create_new(true);
    // A report may quote what was on the screen.
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut how, 0o600);
    for path in names {
        let opened = how.open(&path);
        match opened {
            Ok(mut file) => {
                file.write_all(report.as_bytes()).ok()?;
                return Some(path);
            }
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
            Err(_) => return None,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reports_get_their_own_names_up_to_the_limit() {
        let folder = tempfile::tempdir().unwrap();
        for n in 1..=REPORTS_MAX {
            let path = keep(folder.path(), "text").unwrap();
            #[cfg(unix)]
            {
                use std::os::unix::fs::PermissionsExt;
                let mode = std::fs::metadata(&path).unwrap().permissions().mode();
                assert_eq!(mode & 0o077, 0);
            }
            assert!(path.ends_with(format!("panic-{}-{n}.txt", std::process::id())));
        }
        assert_eq!(keep(folder.path(), "text"), None);
        assert_eq!(keep(&folder.path().join("missing"), "text"), None);
    }
}
