//! Keys, pastes and sizes from the terminal, on a thread of their own.
//!
//! One key looks the same on every system and terminal after [`normalise`]. Key releases are
//! dropped, repeats are presses. The thread ends when the receiver is gone; it is never joined,
//! because its read may wait for ever.

use std::collections::BTreeSet;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::SyncSender;
use std::thread;
use std::time::Duration;

use ratatui::crossterm::event::{
    self, Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseEvent,
};
use rustix::fs::{Mode, OFlags};

use crate::text::datein::fold_char;

/// Characters of one paste that are taken; a longer one is refused whole, with its length.
pub const PASTE_CHARS_MAX: usize = 100_000;
/// Inputs that are looked at together; what waits beyond comes with the next.
const BATCH_MAX: usize = 4096;
/// How long to look for more of the same read: not at all would find nothing of what is read already.
const LOOK: Duration = Duration::from_micros(50);
/// Letters and signs in one read from which on it may be a paste.
pub const BURST_KEYS: usize = 12;

/// What the terminal sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A key, already normalised.
    Key(KeyEvent),
    Paste(String),
    /// Keys that came in one read and look like a paste from a terminal that does not mark pastes.
    Burst(Vec<KeyEvent>),
    /// A paste of so many characters was refused.
    PasteTooLong(usize),
    Resize(u16, u16),
    Mouse(MouseEvent),
    /// The window has the keyboard again: its content may have been disturbed.
    FocusGained,
    /// The terminal cannot be read any more.
    Failed(String),
    /// The thread that reads it has failed; its report is written.
    Broken,
}

/// Starts the thread; `make` turns each input into the caller's event.
///
/// It ends with [`Input::Failed`] or [`Input::Broken`]: a program without keys must not stay.
pub fn spawn<E: Send + 'static>(
    events: SyncSender<E>,
    make: impl Fn(Input) -> E + Send + 'static,
) -> io::Result<thread::JoinHandle<()>> {
    never_wait_in_a_read();
    thread::Builder::new()
        .name("input".to_owned())
        .spawn(move || {
            // What came in the same read is looked at together.
            let more = || more(|| event::poll(LOOK));
            serve(event::read, more, |input| events.send(make(input)).is_ok());
        })
}

/// Whether something waits, asked twice: a thread that is held up between its two looks at the time
/// finds nothing of what is there.
fn more(mut poll: impl FnMut() -> io::Result<bool>) -> bool {
    (0..2).any(|_| matches!(poll(), Ok(true)))
}

/// Makes the standard input a way of our own to the same terminal, on which a read never waits.
///
/// The library reads on until nothing is left. A read that waits would hold the keys before a
/// sequence that was cut off, and a new size, until the next key. The flag belongs to the opening of
/// the terminal, which the shell and our own output share, so it is not set on that one. Where the
/// terminal cannot be opened by its name, input stays as it is.
fn never_wait_in_a_read() {
    let Ok(name) = rustix::termios::ttyname(io::stdin(), Vec::new()) else {
        return;
    };
    let flags = OFlags::RDWR | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
    if let Ok(own) = rustix::fs::open(name, flags, Mode::empty()) {
        let _ = rustix::stdio::dup2_stdin(&own);
    }
}

/// Hands on what `read` gets until it fails, or until nobody takes it any more; what waits, by
/// `more`, is looked at together.
fn serve(
    mut read: impl FnMut() -> io::Result<Event>,
    more: impl Fn() -> bool,
    give: impl Fn(Input) -> bool,
) {
    let ended = catch_unwind(AssertUnwindSafe(|| {
        loop {
            let mut batch = Vec::new();
            let failed = loop {
                match read() {
                    Ok(event) => batch.extend(normalise(event)),
                    Err(error) => {
                        batch.push(Input::Failed(error.to_string()));
                        break true;
                    }
                }
                if batch.len() >= BATCH_MAX || !more() {
                    break false;
                }
            };
            if !gather(batch).into_iter().all(&give) || failed {
                return;
            }
        }
    }));
    if ended.is_err() {
        give(Input::Broken);
    }
}

/// Makes one burst of keys that look like a paste: letters and signs of many kinds with a line break
/// among them, faster than anybody types. A held key, one word of an input method, or a few keys
/// typed ahead stay what they are.
#[must_use]
pub fn gather(batch: Vec<Input>) -> Vec<Input> {
    let mut keys = Vec::with_capacity(batch.len());
    let (mut letters, mut breaks) = (BTreeSet::new(), 0);
    let mut printable = 0;
    for input in &batch {
        let Input::Key(key) = input else { return batch };
        let ctrl = key.modifiers.contains(KeyModifiers::CONTROL);
        match key.code {
            KeyCode::Enter => breaks += 1,
            KeyCode::Char('j') if ctrl => breaks += 1,
            KeyCode::Char(c) if key.modifiers.is_empty() => {
                printable += 1;
                letters.insert(c);
            }
            KeyCode::Tab => {}
            _ => return batch,
        }
        keys.push(*key);
    }
    if printable >= BURST_KEYS && letters.len() >= BURST_KEYS / 2 && breaks > 0 {
        vec![Input::Burst(keys)]
    } else {
        batch
    }
}

/// Makes one form of the many in which terminals send the same; `None` for what is not used.
#[must_use]
pub fn normalise(event: Event) -> Option<Input> {
    match event {
        Event::Key(key) if key.kind == KeyEventKind::Release => None,
        Event::Key(key) => Some(Input::Key(normal_key(key))),
        Event::Paste(text) => {
            let length = text.chars().count();
            if length > PASTE_CHARS_MAX {
                return Some(Input::PasteTooLong(length));
            }
            Some(Input::Paste(text))
        }
        Event::Resize(width, height) => Some(Input::Resize(width, height)),
        Event::Mouse(mouse) => Some(Input::Mouse(mouse)),
        Event::FocusGained => Some(Input::FocusGained),
        Event::FocusLost => None,
    }
}

/// Shift is in the letter itself, Tab with Shift is its own key, chords are in small letters.
fn normal_key(key: KeyEvent) -> KeyEvent {
    let chord = KeyModifiers::CONTROL | KeyModifiers::ALT;
    let (code, modifiers) = match key.code {
        KeyCode::Char('\r' | '\n') => (KeyCode::Enter, key.modifiers),
        KeyCode::Char('\t') => (KeyCode::Tab, key.modifiers),
        KeyCode::Char(c) => {
            let shift = key.modifiers.contains(KeyModifiers::SHIFT);
            let c = if key.modifiers.contains(KeyModifiers::CONTROL) {
                c.to_ascii_lowercase()
            } else if shift {
                c.to_ascii_uppercase()
            } else {
                c
            };
            (KeyCode::Char(c), key.modifiers & chord)
        }
        KeyCode::Tab if key.modifiers.contains(KeyModifiers::SHIFT) => {
            (KeyCode::BackTab, key.modifiers & chord)
        }
        KeyCode::BackTab => (KeyCode::BackTab, key.modifiers & chord),
        code => (code, key.modifiers),
    };
    KeyEvent::new(code, modifiers & (chord | KeyModifiers::SHIFT))
}

/// The key as a command outside text: full-width `：１Ａ` and Chinese `。、` are their ASCII keys.
#[must_use]
pub fn command_key(key: KeyEvent) -> KeyEvent {
    match key.code {
        KeyCode::Char(c) => KeyEvent::new(KeyCode::Char(fold_char(c)), key.modifiers),
        _ => key,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::VecDeque;

    use super::*;

    fn key(code: KeyCode, modifiers: KeyModifiers) -> KeyEvent {
        match normalise(Event::Key(KeyEvent::new(code, modifiers))) {
            Some(Input::Key(key)) => key,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn one_key_has_one_form() {
        let plain = |c| KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE);
        assert_eq!(key(KeyCode::Char('N'), KeyModifiers::SHIFT), plain('N'));
        assert_eq!(key(KeyCode::Char('n'), KeyModifiers::SHIFT), plain('N'));
        assert_eq!(key(KeyCode::Char('?'), KeyModifiers::SHIFT), plain('?'));
        let ctrl = KeyEvent::new(KeyCode::Char('s'), KeyModifiers::CONTROL);
        let both = KeyModifiers::CONTROL | KeyModifiers::SHIFT;
        assert_eq!(key(KeyCode::Char('S'), both), ctrl);
        let back = KeyEvent::new(KeyCode::BackTab, KeyModifiers::NONE);
        assert_eq!(key(KeyCode::BackTab, KeyModifiers::SHIFT), back);
        assert_eq!(key(KeyCode::Tab, KeyModifiers::SHIFT), back);
        let enter = KeyEvent::new(KeyCode::Enter, KeyModifiers::NONE);
        assert_eq!(key(KeyCode::Char('\r'), KeyModifiers::NONE), enter);
    }

    #[test]
    fn a_reader_that_panics_or_fails_says_so_once_and_ends() {
        let run = |last: fn() -> io::Result<Event>| {
            let (given, mut turn) = (std::cell::RefCell::new(Vec::new()), 0);
            let read = || {
                turn += 1;
                match turn {
                    1 => Ok(Event::Key(KeyEvent::from(KeyCode::Down))),
                    2 => Ok(Event::FocusLost),
                    _ => last(),
                }
            };
            serve(
                read,
                || false,
                |input| {
                    given.borrow_mut().push(input);
                    true
                },
            );
            given.into_inner()
        };
        let key = Input::Key(KeyEvent::from(KeyCode::Down));
        let broken = run(|| panic!("on purpose"));
        assert_eq!(broken, [key.clone(), Input::Broken]);
        let failed = run(|| Err(io::Error::other("gone")));
        assert_eq!(failed, [key, Input::Failed("gone".to_owned())]);
    }

    #[test]
    fn a_paste_is_not_cut_where_one_look_finds_nothing() {
        use std::cell::{Cell, RefCell};
        let keys = "Please cancel it.\nRegards".chars().map(|c| match c {
            '\n' => KeyEvent::from(KeyCode::Enter),
            c => KeyEvent::from(KeyCode::Char(c)),
        });
        let waiting: RefCell<VecDeque<KeyEvent>> = RefCell::new(keys.clone().collect());
        let read = || match waiting.borrow_mut().pop_front() {
            Some(key) => Ok(Event::Key(key)),
            None => Err(io::Error::other("gone")),
        };
        // Every other look comes too late.
        let looks = Cell::new(0);
        let poll = || {
            looks.set(looks.get() + 1);
            Ok(looks.get() % 2 == 0 && !waiting.borrow().is_empty())
        };
        let given = RefCell::new(Vec::new());
        let give = |input| {
            given.borrow_mut().push(input);
            true
        };
        serve(read, || more(poll), give);
        let whole = Input::Burst(keys.collect());
        assert_eq!(
            given.into_inner(),
            [whole, Input::Failed("gone".to_owned())]
        );
        assert!(!more(|| Err(io::Error::other("gone"))));
    }

    #[test]
    fn a_reader_whose_keys_nobody_takes_ends() {
        let mut turns = 0;
        serve(
            || {
                turns += 1;
                Ok(Event::Key(KeyEvent::from(KeyCode::Down)))
            },
            || false,
            |_| false,
        );
        assert_eq!(turns, 1);
    }

    #[test]
    fn releases_are_dropped_and_repeats_are_presses() {
        let mut event = KeyEvent::new(KeyCode::Down, KeyModifiers::NONE);
        event.kind = KeyEventKind::Release;
        assert_eq!(normalise(Event::Key(event)), None);
        event.kind = KeyEventKind::Repeat;
        let Some(Input::Key(seen)) = normalise(Event::Key(event)) else {
            panic!("a repeat is a key");
        };
        assert_eq!(seen.kind, KeyEventKind::Press);
    }

    #[test]
    fn a_huge_paste_is_refused_with_its_length() {
        let text = "字".repeat(PASTE_CHARS_MAX + 1);
        let refused = Some(Input::PasteTooLong(PASTE_CHARS_MAX + 1));
        assert_eq!(normalise(Event::Paste(text)), refused);
    }

    #[test]
    fn only_many_different_letters_with_a_line_break_in_one_read_are_a_burst() {
        let key = |c| match c {
            '\n' => Input::Key(KeyEvent::from(KeyCode::Enter)),
            c => Input::Key(KeyEvent::from(KeyCode::Char(c))),
        };
        let burst = |text: &str| {
            let gathered = gather(text.chars().map(key).collect());
            matches!(gathered.as_slice(), [Input::Burst(keys)] if keys.len() == text.chars().count())
        };
        assert!(burst("Please cancel it.\nRegards"));
        assert!(burst("请取消订单四五零零号，谢谢您\n"));
        assert!(!burst("jjjjjjjjjjjjjjjjjjjj\n"));
        assert!(!burst("1n\n"));
        assert!(!burst("永兴五金制品有限公司的一张新订单"));
        let mut mixed: Vec<Input> = "Please cancel it.\n".chars().map(key).collect();
        mixed.push(Input::Key(KeyEvent::from(KeyCode::Down)));
        assert_eq!(gather(mixed.clone()), mixed);
    }

    #[test]
    fn full_width_keys_are_commands_too() {
        let folded = |c| command_key(KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE)).code;
        assert_eq!(folded('：'), KeyCode::Char(':'));
        assert_eq!(folded('１'), KeyCode::Char('1'));
        assert_eq!(folded('、'), KeyCode::Char('/'));
        assert_eq!(folded('法'), KeyCode::Char('法'));
    }
}
