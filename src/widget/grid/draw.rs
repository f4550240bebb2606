//! Draws a table: heading, rows around the one with the keys, a row of totals.

use std::collections::{BTreeMap, BTreeSet};

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::Grid;
use crate::text::safe::shown;
use crate::text::width::{Align, fit, width};
use crate::theme::Styles;
use crate::widget::field::Focus;
use crate::widget::{clear, put};

/// Columns that stay when the others scroll.
const FROZEN: usize = 2;
/// Cells between columns.
const GAP: u16 = 1;

/// What follows from the cells: shown beside what was typed, never typed itself.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Notes {
    /// Values for empty cells, by row and column.
    pub ghosts: BTreeMap<(usize, usize), String>,
    /// Cells that cannot be right.
    pub wrong: BTreeSet<(usize, usize)>,
    /// The totals under the columns.
    pub foot: BTreeMap<usize, String>,
    /// What is wrong in the row that has the keys.
    pub said: String,
}

/// A table ready to be drawn.
#[derive(Debug, Clone, Copy)]
pub struct Drawing<'a> {
    pub grid: &'a Grid,
    pub notes: &'a Notes,
}

/// A column's place on the screen.
struct Place {
    column: usize,
    x: u16,
    cells: u16,
}

impl Drawing<'_> {
    /// Draws; returns the cell for the cursor where the table has the keys.
    pub fn render(
        &self,
        area: Rect,
        buf: &mut Buffer,
        styles: &Styles,
        focus: Focus,
    ) -> Option<Position> {
        let area = area.intersection(buf.area);
        if area.height < 3 || area.width == 0 {
            return None;
        }
        clear(buf, area, styles.base);
        let (places, hidden_left, hidden_right) = self.places(area);
        let ellipsis = styles.symbols.ellipsis;
        for p in &places {
            if let Some(column) = self.grid.columns().get(p.column) {
                let text = fit(
                    &shown(&column.title),
                    p.cells.into(),
                    align(column.right),
                    ellipsis,
                );
                put(buf, p.x, area.y, p.cells, &text, styles.header);
            }
        }
        self.marks(area, buf, styles, hidden_left, hidden_right, &places);
        let visible = usize::from(area.height - 2);
        let (row, _) = self.grid.at();
        let all = self.grid.last_row() + 1;
        let first = row
            .saturating_sub(visible / 2)
            .min(all.saturating_sub(visible));
        let mut cursor = None;
        for (y, at) in (area.y + 1..area.bottom() - 1).zip(first..all) {
            for p in &places {
                let spot = Rect::new(p.x, y, p.cells, 1);
                let here = (at, p.column) == self.grid.at() && focus == Focus::Here;
                let drawn = self.cell((at, p.column), spot, buf, styles, here);
                cursor = cursor.or(drawn);
            }
        }
        for p in &places {
            if let Some(text) = self.notes.foot.get(&p.column) {
                let text = fit(text, p.cells.into(), Align::Right, ellipsis);
                put(buf, p.x, area.bottom() - 1, p.cells, &text, styles.title);
            }
        }
        cursor
    }

    /// Columns that fit: the frozen ones and those around the one with the keys.
    fn places(&self, area: Rect) -> (Vec<Place>, bool, bool) {
        let columns = self.grid.columns();
        let (_, current) = self.grid.at();
        let span = |from: usize, to: usize| -> u16 {
            let inside = columns
                .iter()
                .enumerate()
                .skip(from)
                .take(to.saturating_sub(from));
            inside.map(|(_, c)| c.cells + GAP).sum()
        };
        let frozen = FROZEN.min(columns.len());
        let head = span(0, frozen);
        let mut first = frozen;
        while first < current && head + span(first, current + 1) > area.width + GAP {
            first += 1;
        }
        let mut places = Vec::new();
        let mut x = area.x;
        let order = (0..frozen).chain(first..columns.len());
        let mut hidden_right = false;
        for at in order {
            let Some(column) = columns.get(at) else {
                continue;
            };
            let left = area.right().saturating_sub(x);
            if left < column.cells && at != current {
                hidden_right = true;
                break;
            }
            places.push(Place {
                column: at,
                x,
                cells: column.cells.min(left),
            });
            x = x.saturating_add(column.cells + GAP);
        }
        (places, first > frozen, hidden_right)
    }

    /// Says in the heading that columns are hidden.
    fn marks(
        &self,
        area: Rect,
        buf: &mut Buffer,
        styles: &Styles,
        left: bool,
        right: bool,
        places: &[Place],
    ) {
        let s = styles.symbols;
        if let (true, Some(p)) = (left, places.get(FROZEN)) {
            let x = p.x.saturating_sub(GAP);
            put(buf, x, area.y, 1, &s.more_left.to_string(), styles.key);
        }
        if right {
            let x = area.right() - 1;
            put(buf, x, area.y, 1, &s.more_right.to_string(), styles.key);
        }
    }

    fn cell(
        &self,
        at: (usize, usize),
        spot: Rect,
        buf: &mut Buffer,
        styles: &Styles,
        here: bool,
    ) -> Option<Position> {
        let column = self.grid.columns().get(at.1)?;
        if here && let Some(field) = &self.grid.typing {
            return field.render(spot, buf, styles, Focus::Here);
        }
        let typed = self.grid.cell_at(at.0, at.1);
        let ghost = self.notes.ghosts.get(&at).map_or("", String::as_str);
        let style = match (here, self.notes.wrong.contains(&at)) {
            (true, _) => styles.input_focused,
            (false, true) => styles.error,
            _ if !column.stop.is_open() || typed.is_empty() => styles.placeholder,
            _ => styles.input,
        };
        let text = if typed.is_empty() { ghost } else { typed };
        let text = fit(
            &shown(text),
            spot.width.into(),
            align(column.right),
            styles.symbols.ellipsis,
        );
        put(buf, spot.x, spot.y, spot.width, &text, style);
        here.then(|| {
            let caret = if column.right { 0 } else { width(typed) };
            let caret = u16::try_from(caret)
                .unwrap_or(0)
                .min(spot.width.saturating_sub(1));
            Position::new(spot.x + caret, spot.y)
        })
    }
}

const fn align(right: bool) -> Align {
    if right { Align::Right } else { Align::Left }
}
