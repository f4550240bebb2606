//! Draws the tour and the box with what may follow a first key.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{App, TWO_LINES};
use crate::app::action::Action;
use crate::app::keymap::Key;
use crate::text::guide::{self as words, STEPS};
use crate::text::width;
use crate::theme::Styles;
use crate::widget::field::Focus;
use crate::widget::{popup, put, put_clipped};

/// Width of the tour's box.
const WIDE: u16 = 68;

/// The step of the tour in a box over the lower part of the screen, so that the upper is seen.
pub(super) fn tour(app: &App, step: usize, area: Rect, buf: &mut Buffer, styles: &Styles) {
    let Some((heading, text)) = STEPS.get(step) else {
        return;
    };
    let keys = app.tour_keys(step);
    let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
    let wide = area.width.min(WIDE);
    let lines = width::wrap(
        &text.fill(app.lang, &keys),
        usize::from(wide.saturating_sub(4)),
    );
    let high = u16::try_from(lines.len() + 4).unwrap_or(9).min(area.height);
    // Above the hints, of which it speaks, and the status line.
    let hints = if area.height < TWO_LINES { 1 } else { 2 };
    let below = (hints + 1).min(area.height - high);
    let outer = Rect {
        x: area.x + (area.width - wide) / 2,
        y: area.bottom() - high - below,
        width: wide,
        height: high,
    };
    let count = format!("{}/{}", step + 1, STEPS.len());
    let frame = popup::Frame {
        title: words::TOUR.text(app.lang),
        right: &count,
        footer: words::TOUR_KEYS.text(app.lang),
        focus: Focus::Here,
    };
    let inner = frame.render(outer, buf, styles);
    let room = inner.width.saturating_sub(2);
    let ellipsis = styles.symbols.ellipsis;
    if inner.height > 0 {
        let heading = heading.text(app.lang);
        put_clipped(
            buf,
            (inner.x + 1, inner.y),
            room,
            heading,
            styles.header,
            ellipsis,
        );
    }
    for (y, line) in (inner.y + 2..inner.bottom()).zip(lines) {
        put(buf, inner.x + 1, y, room, &line, styles.base);
    }
}

/// The keys that may follow a first one, low on the screen.
pub(super) fn prefix(app: &App, first: Key, area: Rect, buf: &mut Buffer, styles: &Styles) {
    // Keys that do the same share a line.
    let mut after: Vec<(String, Action)> = Vec::new();
    for (key, action) in app.keymap.after(app.stage, first) {
        match after.iter_mut().find(|(_, known)| *known == action) {
            Some((keys, _)) => *keys = format!("{keys} {}", key.label()),
            None => after.push((key.label(), action)),
        }
    }
    let wide = area.width.min(WIDE);
    let high = u16::try_from(after.len() + 2).unwrap_or(u16::MAX);
    let outer = Rect {
        x: area.right() - wide,
        y: area.bottom().saturating_sub(high.min(area.height)),
        width: wide,
        height: high.min(area.height),
    };
    let title = words::PREFIX.fill(app.lang, &[&first.label()]);
    let frame = popup::Frame {
        title: &title,
        right: "",
        footer: words::PREFIX_KEYS.text(app.lang),
        focus: Focus::Here,
    };
    let inner = frame.render(outer, buf, styles);
    let widest = after.iter().map(|(keys, _)| width::width(keys)).max();
    let left = u16::try_from(widest.unwrap_or(0)).unwrap_or(1);
    for (y, (keys, action)) in (inner.y..inner.bottom()).zip(&after) {
        put(buf, inner.x + 1, y, left, keys, styles.key);
        let info = action.info();
        let text = format!(
            "{} — {}",
            info.word.text(app.lang),
            info.help.text(app.lang)
        );
        let x = inner.x + left + 3;
        put_clipped(
            buf,
            (x, y),
            inner.right().saturating_sub(x + 1),
            &text,
            styles.base,
            styles.symbols.ellipsis,
        );
    }
}
