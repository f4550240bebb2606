//! Facts of a row, one after another: label and value.

use super::*;

/// Lines that facts take in a width.
pub(super) fn head_lines(facts: &[(String, panel::Cell)], wide: u16) -> u16 {
    let (mut x, mut lines) = (1, 1);
    for (label, cell) in facts.iter().filter(|(_, cell)| !cell.text.is_empty()) {
        let room = wide.saturating_sub(2);
        let cells = width::width(label) + 1 + width::width(&cell.text);
        let cells = u16::try_from(cells).unwrap_or(room).min(room);
        if x > 1 && x + cells >= wide {
            x = 1;
            lines += 1;
        }
        x += cells + 3;
    }
    lines
}

/// Facts one after another, as many lines as needed and allowed; returns the lines used.
pub(super) fn head(
    facts: &[(String, panel::Cell)],
    area: Rect,
    buf: &mut Buffer,
    styles: &Styles,
) -> u16 {
    let (mut x, mut y) = (area.x + 1, area.y);
    for (label, cell) in facts.iter().filter(|(_, cell)| !cell.text.is_empty()) {
        let room = area.width.saturating_sub(2);
        let cells = width::width(label) + 1 + width::width(&cell.text);
        let cells = u16::try_from(cells).unwrap_or(room).min(room);
        if x > area.x + 1 && x + cells >= area.right() {
            x = area.x + 1;
            y += 1;
        }
        if y >= area.bottom() {
            return area.height;
        }
        let end = area.right().saturating_sub(1);
        let ellipsis = styles.symbols.ellipsis;
        x = put_clipped(
            buf,
            (x, y),
            end.saturating_sub(x),
            label,
            styles.label,
            ellipsis,
        ) + 1;
        if let Some(mark) = styles.mark_of(cell.role) {
            put(buf, x - 1, y, 1, &mark.to_string(), styles.role(cell.role));
        }
        x = put_clipped(
            buf,
            (x, y),
            end.saturating_sub(x),
            &cell.text,
            styles.role(cell.role),
            ellipsis,
        ) + 3;
    }
    y - area.y + 1
}
