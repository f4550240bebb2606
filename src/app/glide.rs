//! Moving through a list with a key held down: the list goes along with every key, what is shown of
//! the selected row follows as soon as the keys pause.
//!
//! Making and sending the whole detail of rows that nobody has time to read would cost a slow line
//! four times the bytes of the list. A single key shows everything at once.

use std::time::{Duration, Instant};

use super::App;
use super::action::Action;
use super::keymap::Key;
use crate::tui::input::Input;

/// Keys that come faster than this are held; a keyboard repeats about every 33 ms.
pub(super) const HELD: Duration = Duration::from_millis(60);

/// Whether the detail may stay behind the list, and does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Glide {
    /// Every step shows everything.
    #[default]
    Off,
    /// The caller says when to catch up.
    Together,
    /// The row has moved since the detail was made.
    Behind,
}

impl App {
    /// From now on the caller catches up before it draws, or leaves the detail behind while a key
    /// is held.
    pub fn glide(&mut self) {
        self.glide = Glide::Together;
    }

    /// Whether what is shown of the selected row is still that of another.
    #[must_use]
    pub fn is_behind(&self) -> bool {
        self.glide == Glide::Behind
    }

    /// Shows the selected row.
    pub fn catch_up(&mut self) {
        if self.is_behind() {
            self.glide = Glide::Together;
            self.with_board(|board, panel, cx| board.look(panel, cx));
            self.follow_selection();
        }
    }

    /// Catches up before anything but another step.
    pub(super) fn catch_up_before(&mut self, input: &Input) {
        let key = match input {
            Input::Key(event) => Key::of(event),
            _ => None,
        };
        let action = key.and_then(|key| self.keymap.action(self.stage, key));
        if !(action.is_some_and(Action::is_step) && self.overlays.is_empty()) {
            self.catch_up();
        }
    }

    /// Moves the selection by rows in whatever has the keys.
    pub(super) fn step(&mut self, by: isize) {
        let waits = self.glide != Glide::Off;
        let moved = self.with_board(|board, panel, cx| {
            let moved = board.step(by);
            if moved && !waits {
                board.look(panel, cx);
            }
            moved
        });
        if moved == Some(true) && waits {
            self.glide = Glide::Behind;
        } else {
            self.follow_selection();
        }
    }
}

/// When the detail is made: at once after a single key, at the next pause while one is held.
#[derive(Debug, Default)]
pub(super) struct Hold {
    last: Option<Instant>,
}

impl Hold {
    /// Input has come; returns whether it came on the heels of the one before.
    pub(super) fn pressed(&mut self, now: Instant) -> bool {
        let before = self.last.replace(now);
        before.is_some_and(|last| now.duration_since(last) < HELD)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_held_when_it_comes_on_the_heels_of_another() {
        let mut hold = Hold::default();
        let start = Instant::now();
        assert!(!hold.pressed(start));
        assert!(hold.pressed(start + HELD / 2));
        assert!(!hold.pressed(start + HELD * 2));
    }
}
