//! Boxes: a panel's frame, a headline, and what stands on top of a screen.
//!
//! The area is cleared before it is drawn, and a wide character that begins left of it is cleared
//! with it: otherwise it would swallow the left border.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::field::Focus;
use super::{clear, put, put_clipped};
use crate::text::safe::shown;
use crate::text::width::{clip, width};
use crate::theme::Styles;

/// Where a popup stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    Centre,
    /// Under an area, or above it where there is more room there; starts at its left edge.
    At(Rect),
}

/// The area of a popup of that size inside `screen`, moved and shrunk so that it fits.
#[must_use]
pub fn place(screen: Rect, (wide, high): (u16, u16), place: Place) -> Rect {
    let wide = wide.min(screen.width);
    let high = high.min(screen.height);
    let centre = |start: u16, room: u16, size: u16| start + room.saturating_sub(size) / 2;
    match place {
        Place::Centre => Rect::new(
            centre(screen.x, screen.width, wide),
            centre(screen.y, screen.height, high),
            wide,
            high,
        ),
        Place::At(anchor) => {
            let anchor = anchor.clamp(screen);
            let below = screen.bottom().saturating_sub(anchor.bottom());
            let above = anchor.y.saturating_sub(screen.y);
            let (y, high) = if below >= high || below >= above {
                (anchor.bottom(), high.min(below))
            } else {
                let high = high.min(above);
                (anchor.y - high, high)
            };
            let x = anchor
                .x
                .min(screen.right().saturating_sub(wide))
                .max(screen.x);
            Rect::new(x, y.clamp(screen.y, screen.bottom()), wide, high)
        }
    }
}

/// A frame with a title and a note on its lower edge.
#[derive(Debug, Clone, Copy, Default)]
pub struct Frame<'a> {
    pub title: &'a str,
    /// On the right of the upper edge: a count, a position.
    pub right: &'a str,
    /// On the lower edge: the keys that work here.
    pub footer: &'a str,
    pub focus: Focus,
}

impl Frame<'_> {
    /// Clears the area, draws the frame, and returns what is inside it.
    pub fn render(&self, area: Rect, buf: &mut Buffer, styles: &Styles) -> Rect {
        let area = area.intersection(buf.area);
        clear(buf, area, styles.base);
        if area.width < 2 || area.height < 2 {
            return Rect { height: 0, ..area };
        }
        let line = match self.focus {
            Focus::Here => styles.border_focused,
            Focus::Away => styles.border,
        };
        let s = styles.symbols;
        let (right, bottom) = (area.right() - 1, area.bottom() - 1);
        row(
            buf,
            area,
            area.y,
            (s.top_left, s.horizontal, s.top_right),
            line,
        );
        row(
            buf,
            area,
            bottom,
            (s.bottom_left, s.horizontal, s.bottom_right),
            line,
        );
        let side = s.vertical.to_string();
        for y in area.y + 1..bottom {
            put(buf, area.x, y, 1, &side, line);
            put(buf, right, y, 1, &side, line);
        }
        let top = Rect { height: 1, ..area };
        edge_text(top, buf, styles, (self.title, self.right));
        let low = Rect {
            y: bottom,
            height: 1,
            ..area
        };
        edge_text(low, buf, styles, (self.footer, ""));
        Rect::new(area.x + 1, area.y + 1, area.width - 2, area.height - 2)
    }
}

/// Draws a headline of one row: a line with a title on the left and a note on the right.
pub fn headline(
    area: Rect,
    buf: &mut Buffer,
    styles: &Styles,
    (title, right): (&str, &str),
    focus: Focus,
) {
    let area = Rect {
        height: area.height.min(1),
        ..area
    }
    .intersection(buf.area);
    if area.is_empty() {
        return;
    }
    let line = match focus {
        Focus::Here => styles.border_focused,
        Focus::Away => styles.border,
    };
    let h = styles.symbols.horizontal;
    row(buf, area, area.y, (h, h, h), line);
    edge_text(area, buf, styles, (title, right));
}

fn row(buf: &mut Buffer, area: Rect, y: u16, (left, mid, right): (char, char, char), style: Style) {
    let inner = usize::from(area.width.saturating_sub(2));
    let mut text = String::with_capacity(inner * 3 + 6);
    text.push(left);
    text.extend(std::iter::repeat_n(mid, inner));
    text.push(right);
    put(buf, area.x, y, area.width, &text, style);
}

/// Writes a title and a right-hand note into an edge, each with a blank around it.
fn edge_text(edge: Rect, buf: &mut Buffer, styles: &Styles, (title, right): (&str, &str)) {
    let ellipsis = styles.symbols.ellipsis;
    // A corner and one piece of line stay on both sides.
    let room = usize::from(edge.width.saturating_sub(4));
    let right = shown(right);
    let right_cells = if right.is_empty() {
        0
    } else {
        width(&right) + 2
    };
    let right_fits = right_cells > 0 && right_cells <= room;
    let room_left = if right_fits { room - right_cells } else { room };
    let title = shown(title);
    if !title.is_empty() && room_left > 3 {
        let text = format!(" {} ", clip(&title, room_left - 2, ellipsis));
        put(buf, edge.x + 2, edge.y, edge.width, &text, styles.title);
    }
    if right_fits {
        let cells = u16::try_from(right_cells).unwrap_or(edge.width);
        let x = edge.right().saturating_sub(cells + 2);
        let text = format!(" {right} ");
        put_clipped(buf, (x, edge.y), cells, &text, styles.dim, ellipsis);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::widget::screen_text;

    fn chinese_screen(width: u16, height: u16, shift: u16) -> Buffer {
        let mut buf = Buffer::empty(Rect::new(0, 0, width, height));
        for y in 0..height {
            put(&mut buf, shift, y, width, &"跟单".repeat(20), Style::new());
        }
        buf
    }

    #[test]
    fn a_popup_over_chinese_keeps_its_left_border_at_any_column() {
        for shift in 0..2 {
            for x in 1..6 {
                let mut buf = chinese_screen(20, 5, shift);
                let frame = Frame {
                    title: "确认",
                    ..Frame::default()
                };
                let inner = frame.render(Rect::new(x, 1, 10, 3), &mut buf, &Styles::standard());
                assert_eq!(inner, Rect::new(x + 1, 2, 8, 1));
                for (y, want) in [(1, "┌"), (2, "│"), (3, "└")] {
                    assert_eq!(buf[(x, y)].symbol(), want);
                    let left = buf[(x - 1, y)].symbol();
                    assert!(width(left) == 1, "{left} would cover the border");
                }
                for line in screen_text(&buf).lines() {
                    assert!(width(line) <= 20, "{line}");
                }
            }
        }
    }

    #[test]
    fn titles_and_notes_share_the_edge_and_are_cut_before_the_corner() {
        let mut buf = Buffer::empty(Rect::new(0, 0, 24, 3));
        let frame = Frame {
            title: "订单 Orders",
            right: "3/120",
            footer: "Esc 返回",
            ..Frame::default()
        };
        frame.render(buf.area, &mut buf, &Styles::standard());
        assert_eq!(
            screen_text(&buf),
            "┌─ 订单 Orders  3/120 ─┐\n│                      │\n└─ Esc 返回 ───────────┘\n"
        );
    }

    #[test]
    fn popups_stay_on_the_screen() {
        let screen = Rect::new(0, 0, 80, 24);
        assert_eq!(
            place(screen, (40, 10), Place::Centre),
            Rect::new(20, 7, 40, 10)
        );
        assert_eq!(place(screen, (400, 100), Place::Centre), screen);
        let field = Rect::new(70, 2, 8, 1);
        assert_eq!(
            place(screen, (20, 5), Place::At(field)),
            Rect::new(60, 3, 20, 5)
        );
        let low = Rect::new(10, 22, 8, 1);
        assert_eq!(
            place(screen, (20, 5), Place::At(low)),
            Rect::new(10, 17, 20, 5)
        );
        let tiny = Rect::new(0, 0, 3, 1);
        assert_eq!(
            place(tiny, (20, 5), Place::At(low))
                .intersection(tiny)
                .height,
            0
        );
    }
}
