//! Draws the lessons base: what is searched, the list, the selected lesson, where it was used.

use super::parts::{Shown, cell, own_cells, shown};
use super::*;
use crate::overlay::lessons::{COLUMNS, Lessons, USES};
use crate::text::lessons as said;

/// Lines of the list where there is not much room.
const LEAST_ROWS: u16 = 4;
/// Lines of where a lesson was used, heading included.
const USES_ROWS: u16 = 4;

pub(super) fn render(
    page: &Lessons,
    area: Rect,
    buf: &mut Buffer,
    styles: &Styles,
    lang: Lang,
) -> Option<Position> {
    // The status line stays in sight: it says what a key did.
    let area = Rect {
        height: area.height.saturating_sub(1),
        ..area
    };
    let count = format!("{}  {}", page.sorted(lang), page.hits.len());
    let frame = popup::Frame {
        title: &page.title,
        right: &count,
        footer: page.keys(lang),
        focus: Focus::Here,
    };
    let inner = frame.render(area, buf, styles);
    if inner.height < LEAST_ROWS {
        return None;
    }
    let cursor = query(page, Rect { height: 1, ..inner }, buf, styles, lang);
    let body = Rect {
        y: inner.y + 1,
        height: inner.height - 1,
        ..inner
    };
    let facts = fact_lines(page, usize::from(body.width));
    let uses = if page.uses.is_empty() { 0 } else { USES_ROWS };
    let wanted = u16::try_from(facts.len()).unwrap_or(u16::MAX);
    let least = LEAST_ROWS.max(body.height * 2 / 5);
    let below = wanted
        .saturating_add(uses)
        .saturating_add(1)
        .min(body.height.saturating_sub(least));
    let list = Rect {
        height: body.height - below,
        ..body
    };
    let cells = |at: usize| own_cells(page.cells(at));
    let table = Shown {
        left: 0,
        columns: COLUMNS,
        empty: Some(if page.query.is_empty() {
            said::EMPTY
        } else {
            said::NOTHING_LIKE_IT
        }),
        rows: page.hits.len(),
        cells: &cells,
    };
    let focus = Focus::when(!page.in_uses);
    shown(&table, page.place(), None, focus, list, buf, styles, lang);
    let detail = Rect {
        y: list.bottom() + 1,
        height: below.saturating_sub(1),
        ..body
    };
    let uses = uses.min(detail.height);
    let rows = usize::from(detail.height - uses);
    for (y, (head, text, role)) in (detail.y..detail.bottom()).zip(facts.into_iter().take(rows)) {
        let ellipsis = styles.symbols.ellipsis;
        let end = detail.right();
        let x = put_clipped(
            buf,
            (detail.x + 1, y),
            end.saturating_sub(detail.x + 1),
            &head,
            styles.label,
            ellipsis,
        );
        let x = if head.is_empty() { x } else { x + 1 };
        let room = end.saturating_sub(x);
        put_clipped(buf, (x, y), room, &text, styles.role(role), ellipsis);
    }
    if uses > 1 {
        let at = Rect {
            y: detail.bottom() - uses,
            height: uses,
            ..detail
        };
        let made = |at: usize| {
            let row = page.uses.get(at);
            row.map(|row| row.cells.iter().map(cell).collect())
                .unwrap_or_default()
        };
        let table = Shown {
            left: 0,
            columns: USES,
            empty: None,
            rows: page.uses.len(),
            cells: &made,
        };
        let focus = Focus::when(page.in_uses);
        shown(&table, page.use_at, None, focus, at, buf, styles, lang);
    }
    cursor
}

fn query(
    page: &Lessons,
    area: Rect,
    buf: &mut Buffer,
    styles: &Styles,
    lang: Lang,
) -> Option<Position> {
    let label = format!("{}: ", said::SEARCH.text(lang));
    let x = put(buf, area.x + 1, area.y, area.width, &label, styles.key);
    let field = Rect {
        x,
        width: area.right().saturating_sub(x + 1),
        ..area
    };
    if page.query.is_empty() && !page.typing {
        let hint = said::SEARCH_HINT.text(lang);
        put(buf, field.x, field.y, field.width, hint, styles.dim);
        return None;
    }
    let cursor = page
        .query
        .render(field, buf, styles, Focus::when(page.typing));
    cursor.filter(|_| page.typing)
}

/// The facts wrapped: the label on the first line of each.
fn fact_lines(page: &Lessons, cells: usize) -> Vec<(String, String, Role)> {
    let mut lines = Vec::new();
    for (label, cell) in &page.facts {
        let room = cells.saturating_sub(width::width(label) + 3).max(10);
        let texts = width::wrap(&cell.text, room);
        for (at, text) in texts.into_iter().enumerate() {
            let (head, text) = match at {
                0 => (label.clone(), text),
                _ => (String::new(), format!("  {text}")),
            };
            lines.push((head, text, cell.role));
        }
    }
    lines
}
