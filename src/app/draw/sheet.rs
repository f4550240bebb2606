//! Draws a page of figures: its sentences, its table, what the keys do.

use super::*;

use crate::overlay::sheet::{Figures, Purpose, Sheet};
use crate::text::weighed;

/// The widest page of figures.
const WIDEST: u16 = 120;

pub(super) fn render(
    sheet: &Sheet,
    area: Rect,
    buf: &mut Buffer,
    styles: &Styles,
    lang: Lang,
) -> Option<Position> {
    let wide = area.width.min(WIDEST);
    let cells = usize::from(wide.saturating_sub(4));
    let mut lines: Vec<(String, Role)> = Vec::new();
    if sheet.figures == Figures::Waiting {
        lines.push((weighed::COMPUTING.text(lang).to_owned(), Role::Dim));
    }
    for (text, role) in &sheet.lines {
        lines.extend(width::wrap(text, cells).into_iter().map(|l| (l, *role)));
    }
    let most = area.height.saturating_sub(2).max(5);
    let has_table = !sheet.listing.columns.is_empty();
    let table_rows = match sheet.listing.rows.len() {
        _ if !has_table => 0,
        // The sentence of an empty table stands a line below its heading.
        0 => 3,
        rows => rows + 1,
    };
    // A page that waits keeps its height, so that it does not jump when the figures come.
    let wanted = match sheet.figures {
        Figures::Waiting => 12,
        _ => lines.len() + table_rows + 2,
    };
    let high = u16::try_from(wanted).unwrap_or(most).clamp(6, most);
    let outer = popup::place(area, (wide, high), popup::Place::Centre);
    let footer = footer(sheet, lang);
    let frame = popup::Frame {
        title: &sheet.title,
        right: "",
        footer: &footer,
        focus: Focus::Here,
    };
    let inner = frame.render(outer, buf, styles);
    let mut y = inner.y;
    for (text, role) in lines {
        if y >= inner.bottom() {
            return None;
        }
        let cells = inner.width.saturating_sub(2);
        let style = styles.role(role);
        put_clipped(
            buf,
            (inner.x + 1, y),
            cells,
            &text,
            style,
            styles.symbols.ellipsis,
        );
        y += 1;
    }
    let rest = Rect {
        y,
        height: inner.bottom().saturating_sub(y),
        ..inner
    };
    if has_table && rest.height > 1 {
        let rows: Vec<&panel::Row> = sheet.listing.rows.iter().collect();
        table(
            &sheet.listing,
            &rows,
            sheet.selected,
            0,
            None,
            Focus::Here,
            rest,
            buf,
            styles,
            lang,
        );
    }
    None
}

fn footer(sheet: &Sheet, lang: Lang) -> String {
    let mut parts = Vec::new();
    if matches!(sheet.purpose, Purpose::Move(_)) {
        parts.push(weighed::MOVE_KEYS.text(lang).to_owned());
    }
    if matches!(sheet.purpose, Purpose::Summary(_)) {
        parts.push(crate::text::summary::KEYS.text(lang).to_owned());
    }
    if sheet.purpose == Purpose::Versions {
        parts.push(crate::text::versions::KEYS.text(lang).to_owned());
    }
    if let Some(word) = sheet.decides {
        parts.push(format!("Enter {}", word.text(lang)));
    }
    parts.push(weighed::BACK.text(lang).to_owned());
    parts.join("  ")
}
