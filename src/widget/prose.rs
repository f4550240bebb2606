//! Running text in paragraphs: help, messages to read, the words of a mail.
//!
//! Wrapped by our own rules, scrolled by lines. The last column is kept for the marks that say
//! there is more above or below.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::table::Cell;
use super::{clear, put};
use crate::text::safe::shown_lines;
use crate::text::width::wrap;
use crate::theme::{Role, Styles};

/// Text ready to be drawn.
#[derive(Debug, Clone, Copy)]
pub struct Prose<'a> {
    /// Each with what it means; line breaks inside are kept.
    pub paragraphs: &'a [Cell<'a>],
    /// Lines scrolled out above; more than there are counts as the last screenful.
    pub offset: usize,
}

impl Prose<'_> {
    /// Lines the text takes in that width.
    #[must_use]
    pub fn height(&self, cells: u16) -> usize {
        self.lines(cells).len()
    }

    /// The furthest the text can be scrolled in an area.
    #[must_use]
    pub fn offset_max(&self, area: Rect) -> usize {
        self.height(area.width).saturating_sub(area.height.into())
    }

    fn lines(&self, cells: u16) -> Vec<(String, Role)> {
        let room = usize::from(cells.saturating_sub(1));
        let wrapped = |p: &Cell<'_>| {
            let role = p.role;
            let lines = wrap(&shown_lines(&p.text), room);
            lines.into_iter().map(move |line| (line, role))
        };
        self.paragraphs.iter().flat_map(wrapped).collect()
    }

    /// Draws the lines that fit.
    pub fn render(&self, area: Rect, buf: &mut Buffer, styles: &Styles) {
        let area = area.intersection(buf.area);
        clear(buf, area, styles.base);
        if area.is_empty() {
            return;
        }
        let lines = self.lines(area.width);
        let height = usize::from(area.height);
        let first = self.offset.min(lines.len().saturating_sub(height));
        let seen = lines.iter().skip(first);
        for (y, (text, role)) in (area.y..area.bottom()).zip(seen) {
            put(buf, area.x, y, area.width, text, styles.role(*role));
        }
        let s = styles.symbols;
        let edge = area.right() - 1;
        if first > 0 {
            put(buf, edge, area.y, 1, &s.more_up.to_string(), styles.key);
        }
        if lines.len() > first + height {
            let mark = s.more_down.to_string();
            put(buf, edge, area.bottom() - 1, 1, &mark, styles.key);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::widget::screen_text;

    #[test]
    fn paragraphs_are_wrapped_and_scrolled_no_further_than_their_end() {
        let paragraphs = [
            Cell::new("面料已到，辅料未到。", Role::Title),
            Cell::new("one two\nthree", Role::Base),
        ];
        let draw = |offset| {
            let mut buf = Buffer::empty(Rect::new(0, 0, 9, 3));
            let prose = Prose {
                paragraphs: &paragraphs,
                offset,
            };
            prose.render(buf.area, &mut buf, &Styles::standard());
            assert_eq!(prose.height(9), 5);
            assert_eq!(prose.offset_max(buf.area), 2);
            screen_text(&buf)
        };
        assert_eq!(draw(0), "面料已\n到，辅料\n未到。  ▾\n");
        assert_eq!(draw(99), "未到。  ▴\none two\nthree\n");
    }
}
