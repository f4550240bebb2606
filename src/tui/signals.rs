//! Hang-up, termination, stop and continue, as events; and whether the terminal is still there.
//!
//! A signal never does anything by itself: it becomes an event, and the main loop ends or stops the
//! program in order. A terminal can also vanish without any signal (a parent that ignores
//! hang-ups), so the main loop asks [`terminal_gone`] whenever it has waited a while.

use std::io::{self, IsTerminal};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicI32, Ordering};
use std::sync::mpsc::{SyncSender, TrySendError};
use std::thread;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP};
use signal_hook::iterator::{Handle, Signals};

use super::session::give_back;

/// The end was asked for by the user.
pub const EXIT_OK: u8 = 0;
/// The terminal hung up (128 + SIGHUP).
pub const EXIT_HANGUP: u8 = 129;
/// Interrupted from outside (128 + SIGINT); Ctrl+C in the program is a key.
pub const EXIT_INTERRUPT: u8 = 130;
/// Asked to quit from outside (128 + SIGQUIT).
pub const EXIT_QUIT: u8 = 131;
/// The program failed (what Rust gives a panic).
pub const EXIT_FAILED: u8 = 101;
/// Terminated (128 + SIGTERM).
pub const EXIT_TERMINATE: u8 = 143;

/// How long the main loop has to end in order before a second signal ends the program at once.
pub const PATIENCE: Duration = Duration::from_secs(1);
/// How often the thread may fail before the program ends.
const FAILURES_MAX: usize = 3;

/// A signal the program answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signal {
    Hangup,
    Terminate,
    Interrupt,
    Quit,
    /// Give the terminal back, then [`stop`].
    Stop,
    Continue,
}

impl Signal {
    const fn from_number(number: i32) -> Option<Self> {
        match number {
            SIGHUP => Some(Self::Hangup),
            SIGTERM => Some(Self::Terminate),
            SIGINT => Some(Self::Interrupt),
            SIGQUIT => Some(Self::Quit),
            SIGTSTP => Some(Self::Stop),
            SIGCONT => Some(Self::Continue),
            _ => None,
        }
    }

    /// The exit code where the signal ends the program.
    #[must_use]
    pub const fn exit_code(self) -> Option<u8> {
        match self {
            Self::Hangup => Some(EXIT_HANGUP),
            Self::Terminate => Some(EXIT_TERMINATE),
            Self::Interrupt => Some(EXIT_INTERRUPT),
            Self::Quit => Some(EXIT_QUIT),
            Self::Stop | Self::Continue => None,
        }
    }
}

/// The thread that waits for signals; it ends when this is dropped.
#[derive(Debug)]
pub struct Watch {
    handle: Handle,
    ending: Arc<AtomicI32>,
}

impl Watch {
    /// The latest signal that ends the program, also where its event found no room.
    #[must_use]
    pub fn ending(&self) -> Option<Signal> {
        Signal::from_number(self.ending.load(Ordering::SeqCst))
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.handle.close();
    }
}

/// Starts the thread; `make` turns each signal into the caller's event.
///
/// A signal that ends the program and comes again after [`PATIENCE`] ends it at once: the main loop
/// hangs in a terminal that takes nothing.
pub fn spawn<E: Send + 'static>(
    events: SyncSender<E>,
    make: impl Fn(Signal) -> E + Send + 'static,
) -> io::Result<Watch> {
    let mut signals = Signals::new([SIGHUP, SIGTERM, SIGINT, SIGQUIT, SIGTSTP, SIGCONT])?;
    let handle = signals.handle();
    let ending = Arc::new(AtomicI32::new(0));
    let asked = Arc::clone(&ending);
    thread::Builder::new()
        .name("signals".to_owned())
        .spawn(move || {
            let mut first = None;
            for _ in 0..FAILURES_MAX {
                let served = catch_unwind(AssertUnwindSafe(|| {
                    serve(&mut signals, &events, &make, &asked, &mut first);
                }));
                if served.is_ok() {
                    return;
                }
            }
            // A program that hears no signal any more must not stay.
            asked.store(SIGTERM, Ordering::SeqCst);
        })?;
    Ok(Watch { handle, ending })
}

fn serve<E>(
    signals: &mut Signals,
    events: &SyncSender<E>,
    make: &impl Fn(Signal) -> E,
    asked: &AtomicI32,
    first: &mut Option<Instant>,
) {
    for number in signals.forever() {
        let Some(signal) = Signal::from_number(number) else {
            continue;
        };
        let Some(code) = signal.exit_code() else {
            if events.send(make(signal)).is_err() {
                return;
            }
            continue;
        };
        asked.store(number, Ordering::SeqCst);
        if first.get_or_insert_with(Instant::now).elapsed() >= PATIENCE {
            if signal != Signal::Hangup {
                give_back();
            }
            std::process::exit(code.into());
        }
        // Without room for it, the loop is busy and sees the number soon.
        if let Err(TrySendError::Disconnected(_)) = events.try_send(make(signal)) {
            return;
        }
    }
}

/// Stops this process until it is continued, as the signal would have done by default.
///
/// The terminal must have been given back before.
pub fn stop() -> io::Result<()> {
    signal_hook::low_level::emulate_default_handler(SIGTSTP)
}

/// Whether the terminal on the standard input has hung up.
///
/// Does not wait. False where the standard input is no terminal: then there is none to lose.
#[must_use]
pub fn terminal_gone() -> bool {
    let stdin = io::stdin();
    let at_once = Timespec {
        tv_sec: 0,
        tv_nsec: 0,
    };
    let mut fds = [PollFd::new(&stdin, PollFlags::empty())];
    // A terminal that has hung up is no longer recognised as one, so the answer comes first.
    let answered = poll(&mut fds, Some(&at_once)).is_ok_and(|n| n > 0);
    let [fd] = &fds;
    let lost = PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL;
    answered && fd.revents().intersects(lost) && was_terminal()
}

/// Whether the program was started on a terminal; asked once, while it still was one.
fn was_terminal() -> bool {
    static AT_START: std::sync::OnceLock<bool> = std::sync::OnceLock::new();
    *AT_START.get_or_init(|| io::stdin().is_terminal())
}

/// Remembers whether the program has a terminal to lose; called while it still has one.
pub(super) fn remember_terminal() {
    let _ = was_terminal();
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc::sync_channel;

    /// Signals are the whole process's: one test at a time.
    static ALONE: std::sync::Mutex<()> = std::sync::Mutex::new(());

    #[test]
    fn a_signal_becomes_an_event() {
        let _alone = ALONE.lock().unwrap_or_else(|e| e.into_inner());
        let (tx, rx) = sync_channel(4);
        let watch = spawn(tx, |s| s).unwrap();
        signal_hook::low_level::raise(SIGCONT).unwrap();
        assert_eq!(rx.recv(), Ok(Signal::Continue));
        signal_hook::low_level::raise(SIGHUP).unwrap();
        let signal = rx.recv().unwrap();
        assert_eq!(signal.exit_code(), Some(129));
        drop(watch);
        assert!(rx.recv().is_err(), "the thread has ended");
    }

    #[test]
    fn a_watcher_that_fails_goes_on_and_in_the_end_asks_for_the_end() {
        let _alone = ALONE.lock().unwrap_or_else(|e| e.into_inner());
        let (tx, rx) = sync_channel(8);
        let failures = std::sync::atomic::AtomicUsize::new(0);
        let watch = spawn(tx, move |signal| {
            let n = failures.fetch_add(1, Ordering::SeqCst);
            assert!(n == 1 || signal != Signal::Stop, "on purpose");
            signal
        })
        .unwrap();
        let raise = || signal_hook::low_level::raise(SIGTSTP).unwrap();
        raise();
        // The second one finds the thread at work again.
        while rx.try_recv().is_err() {
            raise();
            thread::yield_now();
        }
        assert_eq!(watch.ending(), None);
        while watch.ending().is_none() {
            raise();
            thread::yield_now();
        }
        assert_eq!(watch.ending(), Some(Signal::Terminate));
    }

    #[test]
    fn codes_are_those_of_a_shell() {
        assert_eq!(Signal::Terminate.exit_code(), Some(143));
        assert_eq!(Signal::Stop.exit_code(), None);
    }
}
