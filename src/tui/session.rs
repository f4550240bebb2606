//! Takes the terminal over, writes frames to it, and gives it back, whatever happens.
//!
//! Every frame is one write inside a synchronised update. The terminal is given back once only:
//! by leaving, by dropping, or by the panic hook, whichever comes first. After a hang-up nothing is
//! written any more, because a write to a vanished terminal may block.

use std::io::{self, IsTerminal};
use std::sync::atomic::{AtomicBool, Ordering};

use ratatui::buffer::Buffer;
use ratatui::crossterm::terminal;
use ratatui::layout::{Position, Rect};

use super::clipboard::{self, CopyError};
use super::screen::Screen;

/// Alternate screen, bracketed paste, hidden cursor.
const ENTER: &[u8] = b"\x1b[?1049h\x1b[?2004h\x1b[?25l";
/// The end of an update that was cut short, plain text, no scroll region, mouse and paste off,
/// cursor shown, an empty screen (a terminal without a second one, as `screen` by default, would keep
/// ours below the prompt), main screen.
const LEAVE: &[u8] =
    b"\x1b[?2026l\x1b[m\x1b[r\x1b[?1006l\x1b[?1000l\x1b[?2004l\x1b[?25h\x1b[2J\x1b[H\x1b[?1049l";
const MOUSE_ON: &[u8] = b"\x1b[?1000h\x1b[?1006h";
const MOUSE_OFF: &[u8] = b"\x1b[?1006l\x1b[?1000l";

/// Whether the terminal is ours now; also read by the panic hook.
static HELD: AtomicBool = AtomicBool::new(false);

/// Why the screens cannot be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lacking {
    /// The standard input is no terminal.
    Input,
    /// The standard output is no terminal.
    Output,
    /// The terminal cannot place text, or its kind is not known (`TERM` is `dumb` or not set).
    Kind,
}

/// Whether there is a terminal that can show the screens; asked before anything is opened.
///
/// `kind` is the value of the variable `TERM`.
///
/// # Errors
/// What is lacking.
pub fn check(kind: Option<&str>) -> Result<(), Lacking> {
    if !io::stdin().is_terminal() {
        return Err(Lacking::Input);
    }
    if !io::stdout().is_terminal() {
        return Err(Lacking::Output);
    }
    match kind.map(str::trim) {
        None | Some("" | "dumb" | "unknown") => Err(Lacking::Kind),
        Some(_) => Ok(()),
    }
}

/// The terminal while it is ours.
#[derive(Debug)]
pub struct Session {
    screen: Screen,
    mouse: Mouse,
    /// No byte may be written any more.
    gone: bool,
}

/// Whether clicks come to us; while they do, the terminal's own text selection does not work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mouse {
    On,
    #[default]
    Off,
}

impl Session {
    /// Takes the terminal over.
    ///
    /// Fails where there is no terminal, or it refuses raw mode; it is then as it was.
    pub fn open(mouse: Mouse) -> io::Result<Self> {
        super::signals::remember_terminal();
        let (width, height) = terminal::size()?;
        let mut session = Self {
            screen: Screen::new(width, height),
            mouse,
            gone: false,
        };
        session.enter()?;
        Ok(session)
    }

    fn enter(&mut self) -> io::Result<()> {
        terminal::enable_raw_mode()?;
        HELD.store(true, Ordering::SeqCst);
        let mut bytes = ENTER.to_vec();
        if self.mouse == Mouse::On {
            bytes.extend_from_slice(MOUSE_ON);
        }
        self.screen.forget();
        send(&bytes).inspect_err(|_| give_back())
    }

    /// The area frames are drawn in.
    #[must_use]
    pub const fn area(&self) -> Rect {
        self.screen.area()
    }

    /// Draws one frame; `draw` gets an empty buffer and returns where the cursor stands.
    ///
    /// Nothing is written where nothing changed.
    pub fn draw(&mut self, draw: impl FnOnce(&mut Buffer) -> Option<Position>) -> io::Result<()> {
        let bytes = self.screen.frame(draw);
        if self.gone || bytes.is_empty() {
            return Ok(());
        }
        // After half a frame nobody knows what the terminal shows.
        let sent = send(bytes);
        if sent.is_err() {
            self.screen.forget();
        }
        sent
    }

    /// Takes the new size of the terminal; the next frame is written whole.
    pub fn resize(&mut self, width: u16, height: u16) {
        self.screen.resize(width, height);
    }

    /// Writes the next frame whole, after something else may have written to the terminal.
    pub const fn repaint(&mut self) {
        self.screen.forget();
    }

    /// Turns clicks on or off.
    pub fn set_mouse(&mut self, mouse: Mouse) -> io::Result<()> {
        self.mouse = mouse;
        if self.gone {
            return Ok(());
        }
        send(match mouse {
            Mouse::On => MOUSE_ON,
            Mouse::Off => MOUSE_OFF,
        })
    }

    /// Puts a text into the clipboard of the user's terminal.
    pub fn copy(&mut self, text: &str) -> Result<(), CopyError> {
        let bytes = clipboard::sequence(text)?;
        if self.gone {
            return Ok(());
        }
        send(bytes.as_bytes()).map_err(CopyError::Terminal)
    }

    /// Gives the terminal back for a while: before stopping, or while another program has it.
    pub fn suspend(&mut self) {
        if !self.gone {
            give_back();
        }
    }

    /// Takes the terminal over again after [`Session::suspend`]; its size may have changed.
    pub fn resume(&mut self) -> io::Result<()> {
        if self.gone {
            return Ok(());
        }
        let (width, height) = terminal::size()?;
        self.screen.resize(width, height);
        self.enter()
    }

    /// Writes nothing any more, not even to give the terminal back: it has hung up.
    pub fn abandon(&mut self) {
        self.gone = true;
        HELD.store(false, Ordering::SeqCst);
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        give_back();
    }
}

/// Gives the terminal back if it is ours; harmless to call twice, and from the panic hook.
pub(super) fn give_back() {
    if HELD.swap(false, Ordering::SeqCst) {
        // At the end nothing can be done about a failure, and nothing could be shown.
        let _ = send(LEAVE);
        let _ = terminal::disable_raw_mode();
    }
}

/// Writes all bytes at once, past the line buffer of the standard output, which would cut a frame
/// in two at its last line break. Nothing else here writes to the standard output.
fn send(mut bytes: &[u8]) -> io::Result<()> {
    let out = io::stdout();
    while !bytes.is_empty() {
        match rustix::io::write(&out, bytes) {
            Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
            Ok(written) => bytes = bytes.get(written..).unwrap_or_default(),
            Err(rustix::io::Errno::INTR) => {}
            Err(rustix::io::Errno::AGAIN) => wait_for_room(&out)?,
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

/// Waits until the terminal takes more, where another program has made it non-blocking.
fn wait_for_room(out: &io::Stdout) -> io::Result<()> {
    use rustix::event::{PollFd, PollFlags, poll};
    match poll(&mut [PollFd::new(out, PollFlags::OUT)], None) {
        Ok(_) | Err(rustix::io::Errno::INTR) => Ok(()),
        Err(error) => Err(error.into()),
    }
}
