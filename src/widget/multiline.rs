//! A text field of several lines, for notes and quoted words.
//!
//! Lines are wrapped by cells with one cell kept free for the caret. Up and Down move by lines as
//! they are seen, so keys need the width the field was last drawn with; at the first and the last
//! line they are left to the form.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::layout::{Position, Rect};

use super::edit::Edit;
use super::field::{FieldReply, Focus, edit_key, typed_text};
use super::{clear, put};
use crate::text::safe::typed_lines;
use crate::text::width::{head, width, wrap_spans};
use crate::theme::Styles;

/// Characters a notes field takes unless it says otherwise.
pub const NOTES_CHARS_MAX: usize = 4_000;

/// A text of several lines being typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Multiline {
    edit: Edit,
}

impl Default for Multiline {
    fn default() -> Self {
        Self::new(NOTES_CHARS_MAX)
    }
}

/// Where the caret stands: line as seen, and cells before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Caret {
    line: usize,
    column: usize,
}

impl Multiline {
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

    /// Replaces the text as when a record is opened; nothing of before can be undone.
    pub fn set(&mut self, text: &str) {
        self.edit.set(text);
    }

    /// Takes a key; `cells` is the width the field is drawn with.
    ///
    /// Enter breaks the line. Up on the first and Down on the last line are not taken.
    pub fn on_key(&mut self, key: KeyEvent, cells: u16) -> FieldReply {
        if let Some(text) = typed_text(&key) {
            return self.paste(&text);
        }
        match key.code {
            KeyCode::Enter if key.modifiers.is_empty() => self.paste("\n"),
            KeyCode::Up if key.modifiers.is_empty() => self.move_line(cells, -1),
            KeyCode::Down if key.modifiers.is_empty() => self.move_line(cells, 1),
            KeyCode::Home if key.modifiers.contains(KeyModifiers::CONTROL) => {
                self.edit.move_to(0);
                FieldReply::Moved
            }
            KeyCode::End if key.modifiers.contains(KeyModifiers::CONTROL) => {
                self.edit.move_to(usize::MAX);
                FieldReply::Moved
            }
            _ => edit_key(&mut self.edit, &key),
        }
    }

    /// Puts in pasted text with its line breaks; [`FieldReply::Full`] where it is too long.
    pub fn paste(&mut self, text: &str) -> FieldReply {
        let clean = typed_lines(text);
        if clean.is_empty() {
            return FieldReply::Moved;
        }
        if self.edit.insert(&clean) {
            FieldReply::Changed
        } else {
            FieldReply::Full
        }
    }

    /// The lines as seen in `cells`, as byte ranges.
    fn lines(&self, cells: u16) -> Vec<Range<usize>> {
        wrap_spans(self.text(), usize::from(cells).saturating_sub(1).max(1))
    }

    /// Lines the text takes in that width; at least one.
    #[must_use]
    pub fn height(&self, cells: u16) -> usize {
        self.lines(cells).len().max(1)
    }

    fn caret(&self, lines: &[Range<usize>], cells: u16) -> Caret {
        let at = self.edit.caret();
        let line = lines.partition_point(|l| l.start <= at).saturating_sub(1);
        let start = lines.get(line).map_or(0, |l| l.start);
        let before = self.text().get(start..at).unwrap_or_default();
        // Blanks at a break hang over the edge; the caret stays inside.
        let column = width(before).min(usize::from(cells.max(1)) - 1);
        Caret { line, column }
    }

    fn move_line(&mut self, cells: u16, by: isize) -> FieldReply {
        let lines = self.lines(cells);
        let caret = self.caret(&lines, cells);
        let target = caret.line.checked_add_signed(by);
        let Some(line) = target.and_then(|t| lines.get(t)).cloned() else {
            return FieldReply::Pass;
        };
        let text = self.text().get(line.clone()).unwrap_or_default();
        let (before, _) = head(text, caret.column);
        self.edit.move_to(line.start + before.len());
        FieldReply::Moved
    }

    /// Draws the field; returns the cursor's cell where it is focused.
    pub fn render(
        &self,
        area: Rect,
        buf: &mut Buffer,
        styles: &Styles,
        focus: Focus,
    ) -> Option<Position> {
        let area = area.intersection(buf.area);
        if area.is_empty() {
            return None;
        }
        let style = match focus {
            Focus::Here => styles.input_focused,
            Focus::Away => styles.input,
        };
        clear(buf, area, style);
        let lines = self.lines(area.width);
        let caret = self.caret(&lines, area.width);
        let rows = usize::from(area.height);
        let first = match focus {
            Focus::Here => (caret.line + 1).saturating_sub(rows),
            Focus::Away => 0,
        };
        let seen = lines.iter().skip(first);
        for (y, line) in (area.y..area.bottom()).zip(seen) {
            let text = self.text().get(line.clone()).unwrap_or_default();
            put(buf, area.x, y, area.width, text, style);
        }
        let s = styles.symbols;
        let edge = area.right() - 1;
        if first > 0 {
            put(buf, edge, area.y, 1, &s.more_up.to_string(), styles.key);
        }
        if lines.len() > first + rows {
            let mark = s.more_down.to_string();
            put(buf, edge, area.bottom() - 1, 1, &mark, styles.key);
        }
        if focus == Focus::Away {
            return None;
        }
        let column = u16::try_from(caret.column).unwrap_or(0);
        let row = u16::try_from(caret.line - first).unwrap_or(0);
        Some(Position::new(area.x + column, area.y + row))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::widget::screen_text;
    use proptest::prelude::*;

    fn press(field: &mut Multiline, code: KeyCode) -> FieldReply {
        field.on_key(KeyEvent::new(code, KeyModifiers::NONE), 9)
    }

    fn draw(field: &Multiline, width: u16, height: u16) -> (String, Option<Position>) {
        let mut buf = Buffer::empty(Rect::new(0, 0, width, height));
        let cursor = field.render(buf.area, &mut buf, &Styles::standard(), Focus::Here);
        (screen_text(&buf), cursor)
    }

    #[test]
    fn lines_wrap_by_cells_and_the_cursor_follows_in_both_directions() {
        let mut f = Multiline::with_text(100, "客户说面料色差\n要等确认");
        let (text, cursor) = draw(&f, 9, 4);
        assert_eq!(text, "客户说面\n料色差\n要等确认\n\n");
        assert_eq!(cursor, Some(Position::new(8, 2)));
        assert_eq!(press(&mut f, KeyCode::Up), FieldReply::Moved);
        assert_eq!(draw(&f, 9, 4).1, Some(Position::new(6, 1)));
        press(&mut f, KeyCode::Up);
        assert_eq!(draw(&f, 9, 4).1, Some(Position::new(6, 0)));
        assert_eq!(press(&mut f, KeyCode::Up), FieldReply::Pass);
        press(&mut f, KeyCode::Char('X'));
        assert_eq!(f.text(), "客户说X面料色差\n要等确认");
    }

    #[test]
    fn enter_breaks_the_line_and_small_areas_scroll_with_the_caret() {
        let mut f = Multiline::new(100);
        for c in "一二".chars() {
            press(&mut f, KeyCode::Char(c));
        }
        press(&mut f, KeyCode::Enter);
        press(&mut f, KeyCode::Char('三'));
        press(&mut f, KeyCode::Enter);
        let (text, cursor) = draw(&f, 9, 2);
        assert_eq!(text, "三      ▴\n\n");
        assert_eq!(cursor, Some(Position::new(0, 1)));
        assert_eq!(f.paste("a\r\nb\u{1b}"), FieldReply::Changed);
        assert_eq!(f.text(), "一二\n三\na\nb");
    }

    proptest! {
        #[test]
        fn the_cursor_is_always_inside(
            text in "[ab 中文，。\n]{0,60}", cells in 1_u16..14, rows in 1_u16..6,
            moves in prop::collection::vec(0_usize..6, 0..30),
        ) {
            let mut f = Multiline::with_text(500, &text);
            for which in moves {
                let code = [KeyCode::Up, KeyCode::Down, KeyCode::Left, KeyCode::Right, KeyCode::Home, KeyCode::End][which];
                f.on_key(KeyEvent::new(code, KeyModifiers::NONE), cells);
                let (_, cursor) = draw(&f, cells, rows);
                let at = cursor.unwrap();
                prop_assert!(at.x < cells && at.y < rows, "{:?}", at);
            }
        }
    }
}
