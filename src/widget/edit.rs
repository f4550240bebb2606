//! The text under a caret: moving by cluster and word, inserting, deleting, undoing.
//!
//! Shared by the single-line field and the notes. Positions are bytes on cluster boundaries, so a
//! Chinese character or an emoji of several characters is one step; nothing here knows a screen.

use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

/// Steps that can be taken back in one field.
pub const UNDO_MAX: usize = 100;

/// The kind of the last change; typing on continues it, so that undo takes back runs, not letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Run {
    None,
    Typing,
    Deleting,
}

/// A text with a caret in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    text: String,
    caret: usize,
    /// Most characters the text may have.
    max: usize,
    undo: Vec<(String, usize)>,
    run: Run,
}

/// Which way a step goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Toward {
    Start,
    End,
}

impl Edit {
    /// An empty text of at most `max` characters.
    #[must_use]
    pub const fn new(max: usize) -> Self {
        Self {
            text: String::new(),
            caret: 0,
            max,
            undo: Vec::new(),
            run: Run::None,
        }
    }

    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The caret in bytes from the start, on a cluster boundary.
    #[must_use]
    pub const fn caret(&self) -> usize {
        self.caret
    }

    /// The text before and after the caret.
    #[must_use]
    pub fn halves(&self) -> (&str, &str) {
        self.text.split_at(self.caret)
    }

    /// Replaces everything, as when a record is opened: caret at the end, nothing to undo.
    ///
    /// Stored text longer than the limit is kept whole; the limit only stops further typing.
    pub fn set(&mut self, text: &str) {
        text.clone_into(&mut self.text);
        self.caret = self.text.len();
        self.undo.clear();
        self.run = Run::None;
    }

    /// Puts text in at the caret; `false` where it would make the text too long, nothing put in.
    pub fn insert(&mut self, text: &str) -> bool {
        if text.is_empty() {
            return true;
        }
        if self.text.chars().count() + text.chars().count() > self.max {
            return false;
        }
        let one = text.chars().nth(1).is_none();
        self.remember(if one { Run::Typing } else { Run::None });
        self.text.insert_str(self.caret, text);
        self.caret = self.boundary_from(self.caret + text.len());
        true
    }

    /// Deletes one cluster; `false` where there is none on that side.
    pub fn delete(&mut self, toward: Toward) -> bool {
        self.delete_to(self.step_from(self.caret, toward), Run::Deleting)
    }

    /// Deletes to the next word boundary on that side.
    pub fn delete_word(&mut self, toward: Toward) -> bool {
        self.delete_to(self.word_from(self.caret, toward), Run::None)
    }

    /// Deletes everything on that side of the caret, up to a line break.
    pub fn delete_line(&mut self, toward: Toward) -> bool {
        self.delete_to(self.line_edge(toward), Run::None)
    }

    fn delete_to(&mut self, to: usize, run: Run) -> bool {
        let (low, high) = (to.min(self.caret), to.max(self.caret));
        if low == high {
            return false;
        }
        self.remember(run);
        self.text.replace_range(low..high, "");
        self.caret = self.boundary_from(low);
        true
    }

    /// Moves one cluster; `false` at the edge.
    pub fn step(&mut self, toward: Toward) -> bool {
        self.move_to(self.step_from(self.caret, toward))
    }

    pub fn step_word(&mut self, toward: Toward) -> bool {
        self.move_to(self.word_from(self.caret, toward))
    }

    /// Moves to the start or end of the line the caret is on.
    pub fn to_line_edge(&mut self, toward: Toward) -> bool {
        self.move_to(self.line_edge(toward))
    }

    /// Moves to a byte position, or the next cluster boundary after it.
    pub fn move_to(&mut self, at: usize) -> bool {
        let at = self.boundary_from(at.min(self.text.len()));
        self.run = Run::None;
        let moved = at != self.caret;
        self.caret = at;
        moved
    }

    /// Takes the last change back; `false` where there is none.
    pub fn undo(&mut self) -> bool {
        let Some((text, caret)) = self.undo.pop() else {
            return false;
        };
        self.text = text;
        self.caret = caret;
        self.run = Run::None;
        true
    }

    fn remember(&mut self, run: Run) {
        if run != Run::None && run == self.run {
            return;
        }
        if self.undo.len() == UNDO_MAX {
            self.undo.remove(0);
        }
        self.undo.push((self.text.clone(), self.caret));
        self.run = run;
    }

    /// The first cluster boundary at or after a byte position.
    fn boundary_from(&self, at: usize) -> usize {
        self.text
            .grapheme_indices(true)
            .map(|(start, _)| start)
            .find(|start| *start >= at)
            .unwrap_or(self.text.len())
    }

    fn step_from(&self, at: usize, toward: Toward) -> usize {
        let mut cursor = GraphemeCursor::new(at, self.text.len(), true);
        let found = match toward {
            Toward::Start => cursor.prev_boundary(&self.text, 0),
            Toward::End => cursor.next_boundary(&self.text, 0),
        };
        found.ok().flatten().unwrap_or(at)
    }

    /// The start of the word before, or the end of the word after; blanks on the way are skipped.
    fn word_from(&self, at: usize, toward: Toward) -> usize {
        let (before, after) = self.text.split_at(at);
        match toward {
            Toward::Start => before
                .split_word_bound_indices()
                .rev()
                .find(|(_, word)| !word.trim().is_empty())
                .map_or(0, |(start, _)| start),
            Toward::End => after
                .split_word_bound_indices()
                .find(|(_, word)| !word.trim().is_empty())
                .map_or(self.text.len(), |(start, word)| at + start + word.len()),
        }
    }

    fn line_edge(&self, toward: Toward) -> usize {
        let (before, after) = self.halves();
        match toward {
            Toward::Start => before.rfind('\n').map_or(0, |at| at + 1),
            Toward::End => self.caret + after.find('\n').unwrap_or(after.len()),
        }
    }
}
