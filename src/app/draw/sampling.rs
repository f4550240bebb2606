//! Draws the sampling helper: a row a level, a column an AQL, as many as the screen has room for.

use super::*;

use crate::domain::rule::aql::{self, Aql, Level};
use crate::overlay::sampling::Sampling;
use crate::text::shipping;

/// Cells of a column: `2000 21/22`.
const COLUMN: u16 = 10;
/// Cells of level and letter before the columns.
const HEAD: u16 = 14;
/// Rows under the table: an empty one and the sentences.
const SAID: u16 = 4;

pub(super) fn render(
    s: &Sampling,
    area: Rect,
    buf: &mut Buffer,
    styles: &Styles,
    lang: Lang,
) -> Option<Position> {
    let aqls: Vec<Aql> = Aql::all().collect();
    let room = area.width.saturating_sub(4 + HEAD) / COLUMN;
    let shown = usize::from(room.max(1)).min(aqls.len());
    let wide = HEAD + COLUMN * u16::try_from(shown).unwrap_or(1) + 4;
    let rows = u16::try_from(Level::ALL.len()).unwrap_or(7);
    let high = (rows + SAID + 4).min(area.height);
    let outer = popup::place(area, (wide, high), popup::Place::Centre);
    let footer = shipping::SAMPLING_KEYS.text(lang);
    let frame = popup::Frame {
        title: shipping::SAMPLING.text(lang),
        right: "",
        footer,
        focus: Focus::Here,
    };
    let inner = frame.render(outer, buf, styles);
    let mark = styles.symbols.ellipsis;
    let x = inner.x + 1;
    let cells = inner.width.saturating_sub(2);
    let lot = format!("{}  {}", shipping::LOT.text(lang), s.typed());
    put_clipped(
        buf,
        (x, inner.y),
        cells,
        &lot,
        styles.role(Role::Title),
        mark,
    );
    let caret = x + u16::try_from(width::width(&lot)).unwrap_or(0);
    let (row, column) = s.at();
    // The chosen column stays in sight.
    let first = (column + 1).saturating_sub(shown);
    let head = format!(
        "{} {}",
        shipping::LEVEL.text(lang),
        shipping::LETTER.text(lang)
    );
    put_clipped(
        buf,
        (x, inner.y + 1),
        HEAD,
        &head,
        styles.role(Role::Dim),
        mark,
    );
    let place = |at: usize| x + HEAD + COLUMN * u16::try_from(at - first).unwrap_or(0);
    let visible = || aqls.iter().enumerate().skip(first).take(shown);
    for (at, aql) in visible() {
        let role = if at == column { Role::Title } else { Role::Dim };
        let spot = (place(at), inner.y + 1);
        put_clipped(buf, spot, COLUMN, aql.code(), styles.role(role), mark);
    }
    let lot = s.lot();
    for (at, level) in Level::ALL.iter().enumerate() {
        let y = inner.y + 2 + u16::try_from(at).unwrap_or(0);
        if y >= inner.bottom() {
            return None;
        }
        let plan = lot.and_then(|lot| aql::plan(lot, *level, Aql::MAJOR));
        let letter = plan.map_or(' ', |p| p.code_letter);
        let indent = width::width(shipping::LEVEL.text(lang)) + 1;
        let name = format!("{}{letter}", width::pad(level.code(), indent, Align::Left));
        let role = if at == row { Role::Title } else { Role::Base };
        put_clipped(buf, (x, y), HEAD, &name, styles.role(role), mark);
        for (place_of, aql) in visible() {
            let Some(plan) = lot.and_then(|lot| aql::plan(lot, *level, *aql)) else {
                continue;
            };
            let text = format!("{} {}/{}", plan.n, plan.ac, plan.re);
            let style = if (at, place_of) == (row, column) {
                styles.selected
            } else if plan.inspect_all {
                styles.role(Role::Dim)
            } else {
                styles.role(Role::Base)
            };
            put_clipped(buf, (place(place_of), y), COLUMN - 1, &text, style, mark);
        }
    }
    let said = s.said(lang).into_iter();
    let lines = said.flat_map(|text| width::wrap(&text, cells.into()));
    for (y, line) in (inner.y + 3 + rows..inner.bottom()).zip(lines) {
        put_clipped(buf, (x, y), cells, &line, styles.role(Role::Base), mark);
    }
    Some(Position {
        x: caret,
        y: inner.y,
    })
}
