//! The main loop: waits for an event, takes all that wait, draws once.
//!
//! Threads: input, signals, planner; one bounded channel. The loop owns the exit. When nothing
//! happens it wakes once a second at most, to see whether another session wrote and whether the
//! terminal is still there. What is typed is kept as a draft within a second.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::time::{Duration, Instant};

use super::adviser::{Adviser, Answer};
use super::glide::{self, Hold};
use super::inspector::Checked;
use super::planner::{Planned, Planner};
use super::reader::ReadEvent;
use super::scribe::WriteEvent;
use super::{App, Next, draw};
use crate::store::StoreError;
use crate::text::{refusal, shell};
use crate::theme::Role;
use crate::tui::input::{self, Input};
use crate::tui::panic;
pub use crate::tui::session::{Lacking, check as check_terminal};
use crate::tui::session::{Mouse, Session};
use crate::tui::signals::{self, EXIT_FAILED, EXIT_HANGUP, EXIT_OK, Signal, Watch};

/// Events that may wait; input beyond it waits in the terminal.
const EVENTS_MAX: usize = 256;
/// How long nothing may happen before the loop looks around.
const IDLE: Duration = Duration::from_secs(1);

/// Everything that may wake the program.
#[derive(Debug)]
enum Event {
    Input(Input),
    Signal(Signal),
    Planned(Planned),
    Answered(u64, Answer),
    Read(ReadEvent),
    Written(WriteEvent),
    Checked(Checked),
    /// The copy that was asked for, or what went wrong with looking after the file.
    Kept(Result<PathBuf, StoreError>),
}

/// What works beside the loop.
struct Workers {
    planner: Planner,
    adviser: Adviser,
    events: SyncSender<Event>,
    watch: Watch,
}

/// How the screens ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ended {
    pub code: u8,
    /// The program failed; what was typed is kept, and a report lies here where it could be written.
    pub failed: Option<Option<PathBuf>>,
}

impl From<u8> for Ended {
    fn from(code: u8) -> Self {
        Self { code, failed: None }
    }
}

impl Ended {
    fn failed() -> Self {
        Self {
            code: EXIT_FAILED,
            failed: Some(panic::latest_report()),
        }
    }
}

/// Runs the screens until the user leaves or the terminal goes; returns the exit code.
///
/// However it ends: the terminal is given back first, then what was typed is kept, then the file is
/// closed.
///
/// # Errors
/// Where there is no terminal, or it cannot be written.
pub fn run(mut app: App, state_folder: PathBuf) -> std::io::Result<Ended> {
    panic::install(state_folder);
    let mut session = Session::open(Mouse::Off)?;
    let (sender, events) = sync_channel(EVENTS_MAX);
    input::spawn(sender.clone(), Event::Input)?;
    let watch = signals::spawn(sender.clone(), Event::Signal)?;
    let planner = Planner::spawn(sender.clone(), Event::Planned)?;
    let adviser = Adviser::spawn(sender.clone(), Event::Answered)?;
    let workers = Workers {
        planner,
        adviser,
        events: sender,
        watch,
    };
    let ended = panic::guard(|| turn(&mut app, &mut session, &workers, &events));
    drop(session);
    let kept = panic::guard(|| app.end());
    // The process is about to end: taking large data apart piece by piece would only cost time.
    std::mem::forget(app);
    match (ended, kept) {
        (Ok(ended), Ok(())) => ended,
        _ => Ok(Ended::failed()),
    }
}

fn turn(
    app: &mut App,
    session: &mut Session,
    workers: &Workers,
    events: &Receiver<Event>,
) -> std::io::Result<Ended> {
    if let Some(code) = settle(app, session, workers) {
        return Ok(code.into());
    }
    if let Err(error) = session.draw(|buf| draw::screen(app, buf)) {
        return lost(session, error);
    }
    if let Some(job) = app.keeping() {
        job.spawn(workers.events.clone(), Event::Kept)?;
    }
    let (mut pace, mut hold) = (Pace::default(), Hold::default());
    app.glide();
    loop {
        let wait = match app.is_behind() {
            true => glide::HELD,
            false => pace.wait(),
        };
        let first = match events.recv_timeout(wait) {
            Ok(event) => Some(event),
            Err(RecvTimeoutError::Timeout) => None,
            Err(RecvTimeoutError::Disconnected) => return Ok(EXIT_HANGUP.into()),
        };
        let mut dirty = first.is_some() || app.is_behind();
        let held = first.is_some() && hold.pressed(Instant::now());
        let waiting = std::iter::from_fn(|| events.try_recv().ok());
        for event in first.into_iter().chain(waiting) {
            if let Some(ended) = take(app, session, workers, event)? {
                return Ok(ended);
            }
        }
        if let Some(signal) = workers.watch.ending() {
            return Ok(end_by(signal, session));
        }
        if pace.is_draft_due(app.has_unkept(), !dirty) {
            app.keep_draft();
        }
        if !dirty {
            if signals::terminal_gone() {
                session.abandon();
                return Ok(EXIT_HANGUP.into());
            }
            // What cannot be worked in now stays in the log, and is tried again after the next change.
            let _ = app.store.rest();
            dirty = notice_others(app) | app.notice_day();
        }
        pace.rested = !dirty;
        if !held {
            app.catch_up();
        }
        if let Some(code) = settle(app, session, workers) {
            return Ok(code.into());
        }
        if dirty && let Err(error) = session.draw(|buf| draw::screen(app, buf)) {
            return lost(session, error);
        }
    }
}

/// When the loop looks around, and when it keeps what is being typed.
#[derive(Debug, Default)]
struct Pace {
    /// When the first key came that no draft holds yet.
    typed: Option<Instant>,
    /// Nothing has happened since the loop looked around last.
    rested: bool,
}

impl Pace {
    /// How long the loop may sleep: no longer than a key may stay without a draft.
    fn wait(&self) -> Duration {
        match self.typed {
            Some(at) => IDLE.saturating_sub(at.elapsed()),
            None => IDLE,
        }
    }

    /// Whether what was typed is to be kept now: a second after the first key, or in a pause.
    fn is_draft_due(&mut self, unkept: bool, pause: bool) -> bool {
        if !unkept {
            self.typed = None;
            return false;
        }
        let since = *self.typed.get_or_insert_with(Instant::now);
        let due = pause || since.elapsed() >= IDLE;
        if due {
            // What cannot be written is tried again a second later.
            self.typed = None;
        }
        due
    }
}

/// The end that a signal asks for.
fn end_by(signal: Signal, session: &mut Session) -> Ended {
    if signal == Signal::Hangup {
        // The terminal may block or be gone: not a byte to it any more.
        session.abandon();
    }
    signal.exit_code().unwrap_or(EXIT_OK).into()
}

/// What a failing terminal means: the end of a session whose line is cut, else an error.
fn lost(session: &mut Session, error: std::io::Error) -> std::io::Result<Ended> {
    if signals::terminal_gone() {
        session.abandon();
        return Ok(EXIT_HANGUP.into());
    }
    Err(error)
}

fn notice_others(app: &mut App) -> bool {
    match app.notice_others() {
        Ok(changed) => changed,
        Err(error) => {
            let text = refusal::store(&error, app.lang);
            let new = app.note.as_ref().is_none_or(|note| note.text != text);
            app.say(text, Role::Bad);
            new
        }
    }
}

fn take(
    app: &mut App,
    session: &mut Session,
    workers: &Workers,
    event: Event,
) -> std::io::Result<Option<Ended>> {
    match event {
        Event::Input(Input::Resize(width, height)) => session.resize(width, height),
        Event::Input(Input::Failed(why)) => {
            return lost(session, std::io::Error::other(why)).map(Some);
        }
        Event::Input(Input::Broken) => return Ok(Some(Ended::failed())),
        Event::Input(input) => app.on(input),
        Event::Signal(Signal::Stop) => {
            // Who is stopped may never be continued.
            app.keep_draft();
            session.suspend();
            signals::stop()?;
        }
        Event::Signal(Signal::Continue) => {
            // Who was stopped from outside did not give the terminal back, and its modes are lost.
            session.suspend();
            if let Err(error) = session.resume() {
                return lost(session, error).map(Some);
            }
        }
        Event::Signal(signal) => return Ok(Some(end_by(signal, session))),
        Event::Planned(Planned::Ready { job, outlook }) if workers.planner.is_newest(job) => {
            app.take_outlook(*outlook)
        }
        Event::Planned(Planned::Failed { job }) if workers.planner.is_newest(job) => {
            app.say(shell::PLAN_FAILED.text(app.lang), Role::Bad);
        }
        Event::Planned(_) => {}
        Event::Answered(number, answer) => app.take_answer(number, answer),
        Event::Read(event) => app.take_read(event),
        Event::Written(event) => app.take_written(event),
        Event::Checked(checked) => app.take_checked(checked),
        Event::Kept(kept) => app.take_kept(&kept),
    }
    Ok(None)
}

/// Does what the app asked for beside drawing; a code where it asked to end.
fn settle(app: &mut App, session: &mut Session, workers: &Workers) -> Option<u8> {
    let mut replan = false;
    for next in std::mem::take(&mut app.next) {
        match next {
            Next::Quit => return Some(EXIT_OK),
            Next::Redraw => session.repaint(),
            Next::Mouse(on) => {
                let mouse = if on { Mouse::On } else { Mouse::Off };
                if let Err(error) = session.set_mouse(mouse) {
                    app.say(error.to_string(), Role::Bad);
                }
            }
            Next::Replan => replan = true,
            Next::Ask(question) => workers.adviser.ask(*question),
            Next::Read(job) => {
                if let Err(error) = job.spawn(workers.events.clone(), Event::Read) {
                    app.say(error.to_string(), Role::Bad);
                }
            }
            Next::Write(job) => {
                if let Err(error) = job.spawn(workers.events.clone(), Event::Written) {
                    app.say(error.to_string(), Role::Bad);
                }
            }
            Next::Check(job) => {
                if let Err(error) = job.spawn(workers.events.clone(), Event::Checked) {
                    app.say(error.to_string(), Role::Bad);
                }
            }
            Next::Keep(job) => {
                if let Err(error) = job.spawn(workers.events.clone(), Event::Kept) {
                    app.say(error.to_string(), Role::Bad);
                }
            }
            Next::Copy(text) => {
                if let Err(error) = session.copy(&text) {
                    let text = shell::COPY_FAILED.fill(app.lang, &[&format!("{error:?}")]);
                    app.say(text, Role::Bad);
                }
            }
        }
    }
    if replan {
        let stands_on = app.journal.first().map_or(0, |line| line.id);
        let now = app.cx().now;
        workers
            .planner
            .request(&app.world, &app.outlook, now, stands_on);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drafts_are_due_in_a_pause_and_within_a_second_of_the_first_key() {
        let mut pace = Pace::default();
        assert!(!pace.is_draft_due(false, true), "nothing was typed");
        assert_eq!(pace.wait(), IDLE);
        assert!(!pace.is_draft_due(true, false), "keys are still coming");
        assert!(pace.wait() <= IDLE);
        assert!(pace.is_draft_due(true, true));
        let long_ago = Instant::now().checked_sub(IDLE);
        pace.typed = long_ago;
        assert_eq!(pace.wait(), Duration::ZERO);
        assert!(pace.is_draft_due(true, false), "keys come without a pause");
        pace.typed = long_ago;
        assert!(!pace.is_draft_due(false, false) && pace.typed.is_none());
    }
}
