//! The main loop: waits for an event, takes all that wait, draws once.
//!
//! Threads: input, signals, planner; one bounded channel. The loop owns the exit. When nothing
//! happens it wakes once a second at most, to keep a draft, to see whether another session wrote,
//! and to ask whether the terminal is still there.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::time::Duration;

use super::adviser::{Adviser, Answer};
use super::planner::{Planned, Planner};
use super::reader::ReadEvent;
use super::scribe::WriteEvent;
use super::{App, Next, draw};
use crate::text::{refusal, shell};
use crate::theme::Role;
use crate::tui::input::{self, Input};
use crate::tui::session::{Mouse, Session};
use crate::tui::signals::{self, EXIT_HANGUP, EXIT_OK, Signal};

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
}

/// What works beside the loop.
struct Workers {
    planner: Planner,
    adviser: Adviser,
    events: SyncSender<Event>,
}

/// Runs the screens until the user leaves or the terminal goes; returns the exit code.
///
/// # Errors
/// Where there is no terminal, or it cannot be written.
pub fn run(mut app: App, state_folder: PathBuf) -> std::io::Result<u8> {
    crate::tui::panic::install(state_folder);
    let mut session = Session::open(Mouse::Off)?;
    let (sender, events) = sync_channel(EVENTS_MAX);
    input::spawn(sender.clone(), Event::Input)?;
    let _watch = signals::spawn(sender.clone(), Event::Signal)?;
    let planner = Planner::spawn(sender.clone(), Event::Planned)?;
    let adviser = Adviser::spawn(sender.clone(), Event::Answered)?;
    let workers = Workers {
        planner,
        adviser,
        events: sender,
    };
    let code = turn(&mut app, &mut session, &workers, &events);
    app.keep_draft();
    code
}

fn turn(
    app: &mut App,
    session: &mut Session,
    workers: &Workers,
    events: &Receiver<Event>,
) -> std::io::Result<u8> {
    if let Some(code) = settle(app, session, workers) {
        return Ok(code);
    }
    session.draw(|buf| draw::screen(app, buf))?;
    loop {
        let first = match events.recv_timeout(IDLE) {
            Ok(event) => Some(event),
            Err(RecvTimeoutError::Timeout) => None,
            Err(RecvTimeoutError::Disconnected) => return Ok(EXIT_HANGUP),
        };
        let mut dirty = first.is_some();
        let waiting = std::iter::from_fn(|| events.try_recv().ok());
        for event in first.into_iter().chain(waiting) {
            if let Some(code) = take(app, session, workers, event)? {
                return Ok(code);
            }
        }
        if !dirty {
            if signals::terminal_gone() {
                session.abandon();
                return Ok(EXIT_HANGUP);
            }
            app.keep_draft();
            dirty = notice_others(app);
        }
        if let Some(code) = settle(app, session, workers) {
            return Ok(code);
        }
        if dirty {
            session.draw(|buf| draw::screen(app, buf))?;
        }
    }
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
) -> std::io::Result<Option<u8>> {
    match event {
        Event::Input(Input::Resize(width, height)) => session.resize(width, height),
        Event::Input(Input::Failed(_)) => {
            session.abandon();
            return Ok(Some(EXIT_HANGUP));
        }
        Event::Input(input) => app.on(input),
        Event::Signal(Signal::Stop) => {
            session.suspend();
            signals::stop()?;
        }
        Event::Signal(Signal::Continue) => session.resume()?,
        Event::Signal(signal) => {
            if signal == Signal::Hangup {
                // The terminal may block or be gone: not a byte to it any more.
                session.abandon();
            }
            return Ok(signal.exit_code());
        }
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
        workers.planner.request(&app.world, app.cx().now, stands_on);
    }
    None
}
