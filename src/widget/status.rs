//! One line of message with its level, and a note on the right.
//!
//! The level has a mark of its own, so that an error is one without colour too.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{clear, put, put_clipped};
use crate::text::safe::shown;
use crate::text::width::width;
use crate::theme::Styles;

/// How a message is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Level {
    #[default]
    Info,
    Good,
    Warning,
    Error,
}

/// Draws the message, cut where the note begins; the note goes where there is no room for both.
pub fn render(
    (level, text): (Level, &str),
    right: &str,
    area: Rect,
    buf: &mut Buffer,
    styles: &Styles,
) {
    let area = Rect {
        height: area.height.min(1),
        ..area
    }
    .intersection(buf.area);
    if area.is_empty() {
        return;
    }
    clear(buf, area, styles.base);
    let (mark, style) = match level {
        Level::Info => ("", styles.base),
        Level::Good => ("", styles.ok),
        Level::Warning => ("! ", styles.warn),
        Level::Error => ("!! ", styles.error),
    };
    let right = shown(right);
    let right_cells = u16::try_from(width(&right)).unwrap_or(u16::MAX);
    let message = format!("{mark}{}", shown(text));
    let wanted = u16::try_from(width(&message)).unwrap_or(u16::MAX);
    let both = right_cells > 0 && right_cells.saturating_add(wanted.min(20)) < area.width;
    let room = if both {
        put(
            buf,
            area.right() - right_cells,
            area.y,
            right_cells,
            &right,
            styles.dim,
        );
        area.width - right_cells - 1
    } else {
        area.width
    };
    put_clipped(
        buf,
        (area.x, area.y),
        room,
        &message,
        style,
        styles.symbols.ellipsis,
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::widget::screen_text;

    fn line(level: Level, text: &str, right: &str, width: u16) -> String {
        let mut buf = Buffer::empty(Rect::new(0, 0, width, 1));
        render(
            (level, text),
            right,
            buf.area,
            &mut buf,
            &Styles::standard(),
        );
        screen_text(&buf).trim_end_matches('\n').to_owned()
    }

    #[test]
    fn errors_are_marked_and_the_note_yields_to_the_message() {
        assert_eq!(
            line(Level::Info, "已保存", "15:04", 20),
            "已保存         15:04"
        );
        assert_eq!(
            line(Level::Error, "交期早于今天", "15:04", 20),
            "!! 交期早于今天"
        );
        assert_eq!(line(Level::Error, "交期早于今天", "", 12), "!! 交期早于…");
    }
}
