//! A text field of one line.
//!
//! The caret is the terminal's own cursor, because input methods open their window there: drawing
//! returns the cell for it. What is visible follows from text, caret and width alone, so drawing
//! changes nothing; the window moves by half its width, not by one cell at every key.

use ratatui::buffer::Buffer;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::layout::{Position, Rect};
use unicode_segmentation::UnicodeSegmentation;

use super::edit::{Edit, Toward};
use super::{clear, put};
use crate::text::safe::{shown, typed};
use crate::text::width::{Align, pad, width};
use crate::theme::Styles;

/// Characters a field takes unless it says otherwise.
pub const FIELD_CHARS_MAX: usize = 200;

/// What a key did to a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldReply {
    /// The text is another one now.
    Changed,
    /// Only the caret moved, or the key was the field's but had nothing to do.
    Moved,
    /// The text would be longer than allowed; nothing was put in.
    Full,
    /// Not a key of a text field: the form may use it.
    Pass,
}

/// A text of one line being typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    edit: Edit,
}

impl Default for Field {
    fn default() -> Self {
        Self::new(FIELD_CHARS_MAX)
    }
}

/// What of a field can be seen in a given width.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldView {
    /// Safe to show, at most the width in cells.
    pub text: String,
    /// Cells before the caret.
    pub caret: u16,
    /// Text is hidden on the left, on the right.
    pub more_left: bool,
    pub more_right: bool,
}

impl Field {
    /// An empty field of at most `max` characters.
    #[must_use]
    pub const fn new(max: usize) -> Self {
        Self {
            edit: Edit::new(max),
        }
    }

    /// A field that holds `text`, caret at its end.
    #[must_use]
    pub fn with_text(max: usize, text: &str) -> Self {
        let mut field = Self::new(max);
        field.set(text);
        field
    }

    #[must_use]
    pub fn text(&self) -> &str {
        self.edit.text()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.text().is_empty()
    }

    /// Whether the caret stands behind the last character.
    #[must_use]
    pub fn at_end(&self) -> bool {
        self.edit.halves().1.is_empty()
    }

    /// Replaces the text as when a record is opened; nothing of before can be undone.
    pub fn set(&mut self, text: &str) {
        self.edit.set(text);
    }

    /// Takes a key.
    pub fn on_key(&mut self, key: KeyEvent) -> FieldReply {
        if let Some(text) = typed_text(&key) {
            return self.paste(&text);
        }
        edit_key(&mut self.edit, &key)
    }

    /// Puts in pasted text, its line breaks as blanks; [`FieldReply::Full`] where it is too long.
    pub fn paste(&mut self, text: &str) -> FieldReply {
        let clean = typed(text);
        let clean = if text.chars().nth(1).is_some() {
            clean.trim_end()
        } else {
            clean.as_str()
        };
        if clean.is_empty() {
            return FieldReply::Moved;
        }
        if self.edit.insert(clean) {
            FieldReply::Changed
        } else {
            FieldReply::Full
        }
    }

    /// What can be seen in `cells`, with the caret always inside (it needs a cell of its own).
    #[must_use]
    pub fn view(&self, cells: u16) -> FieldView {
        let cells = usize::from(cells.max(1));
        let (before, _) = self.edit.halves();
        let caret = width(&shown(before));
        // The window starts at a multiple of half its width, the last one that has the caret inside.
        let step = (cells / 2).max(1);
        let first = if caret < cells {
            0
        } else {
            (caret + 1 - cells).div_ceil(step) * step
        };
        let mut text = String::new();
        let (mut at, mut used) = (0, 0);
        let mut more_right = false;
        for cluster in self.text().graphemes(true) {
            let safe = shown(cluster);
            let wide = width(&safe);
            if at + wide > first && at < first {
                // Half of it is left of the window.
                text = pad(&text, used + at + wide - first, Align::Left);
                used += at + wide - first;
            } else if at >= first {
                if used + wide > cells {
                    more_right = true;
                    break;
                }
                text.push_str(&safe);
                used += wide;
            }
            at += wide;
        }
        FieldView {
            text,
            caret: u16::try_from(caret.saturating_sub(first)).unwrap_or(u16::MAX),
            more_left: first > 0,
            more_right,
        }
    }

    /// The cell for the terminal's cursor when the field is drawn at `area`.
    #[must_use]
    pub fn cursor_cell(&self, area: Rect) -> Option<Position> {
        if area.is_empty() {
            return None;
        }
        let view = self.view(area.width);
        let x = area.x + view.caret.min(area.width - 1);
        Some(Position::new(x, area.y))
    }

    /// Draws the field on one row; returns the cursor's cell where it is focused.
    pub fn render(
        &self,
        area: Rect,
        buf: &mut Buffer,
        styles: &Styles,
        focus: Focus,
    ) -> Option<Position> {
        let area = Rect {
            height: area.height.min(1),
            ..area
        }
        .intersection(buf.area);
        if area.is_empty() {
            return None;
        }
        let view = self.view(area.width);
        let style = match focus {
            Focus::Here => styles.input_focused,
            Focus::Away => styles.input,
        };
        clear(buf, area, style);
        put(buf, area.x, area.y, area.width, &view.text, style);
        let s = styles.symbols;
        if view.more_left {
            put(
                buf,
                area.x,
                area.y,
                1,
                s.more_left.encode_utf8(&mut [0; 4]),
                styles.key,
            );
        }
        if view.more_right {
            let mark = s.more_right.encode_utf8(&mut [0; 4]).to_owned();
            put(buf, area.right() - 1, area.y, 1, &mark, styles.key);
        }
        match focus {
            Focus::Here => self.cursor_cell(area),
            Focus::Away => None,
        }
    }
}

/// Whether the part being drawn has the keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Focus {
    Here,
    #[default]
    Away,
}

impl Focus {
    /// [`Focus::Here`] where `here` is true.
    #[must_use]
    pub const fn when(here: bool) -> Self {
        if here { Self::Here } else { Self::Away }
    }
}

/// The text a key types, if it types any.
///
/// Control with Alt together is how some keyboards send their third level (`@`, `€`).
#[must_use]
pub fn typed_text(key: &KeyEvent) -> Option<String> {
    let KeyCode::Char(c) = key.code else {
        return None;
    };
    let chord = key.modifiers & (KeyModifiers::CONTROL | KeyModifiers::ALT);
    let types = chord.is_empty()
        || (chord == KeyModifiers::CONTROL | KeyModifiers::ALT && !c.is_ascii_alphanumeric());
    types.then(|| c.to_string())
}

/// The keys that one line and notes have in common.
pub(super) fn edit_key(edit: &mut Edit, key: &KeyEvent) -> FieldReply {
    let ctrl = key.modifiers.contains(KeyModifiers::CONTROL);
    let word = key
        .modifiers
        .intersects(KeyModifiers::CONTROL | KeyModifiers::ALT);
    let (changed, hit) = match key.code {
        KeyCode::Backspace if word => (true, edit.delete_word(Toward::Start)),
        KeyCode::Backspace => (true, edit.delete(Toward::Start)),
        KeyCode::Delete if word => (true, edit.delete_word(Toward::End)),
        KeyCode::Delete => (true, edit.delete(Toward::End)),
        KeyCode::Left if word => (false, edit.step_word(Toward::Start)),
        KeyCode::Right if word => (false, edit.step_word(Toward::End)),
        KeyCode::Left => (false, edit.step(Toward::Start)),
        KeyCode::Right => (false, edit.step(Toward::End)),
        KeyCode::Home => (false, edit.to_line_edge(Toward::Start)),
        KeyCode::End => (false, edit.to_line_edge(Toward::End)),
        KeyCode::Char(c) if ctrl => match c.to_ascii_lowercase() {
            'h' => (true, edit.delete(Toward::Start)),
            'w' => (true, edit.delete_word(Toward::Start)),
            'u' => (true, edit.delete_line(Toward::Start)),
            'k' => (true, edit.delete_line(Toward::End)),
            'a' => (false, edit.to_line_edge(Toward::Start)),
            'e' => (false, edit.to_line_edge(Toward::End)),
            'z' => (true, edit.undo()),
            _ => return FieldReply::Pass,
        },
        _ => return FieldReply::Pass,
    };
    if changed && hit {
        FieldReply::Changed
    } else {
        FieldReply::Moved
    }
}

#[cfg(test)]
mod tests;
