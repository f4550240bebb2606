//! Loads in per cent: rows of places, columns of weeks or days.
//!
//! ```text
//!            11-23  11-30  12-07
//!  裁床         62    88+   120!
//! ▸车缝         40  [ 96+]      ·
//! ```
//!
//! Every cell says its number; `+` is near the limit and `!` over it, so that the map is read
//! without colour. Columns that do not fit are reached by moving the selection.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::field::Focus;
use super::table::TableState;
use super::{clear, put, put_clipped};
use crate::text::safe::shown;
use crate::text::width::{Align, fit};
use crate::theme::{Role, Styles};

/// Cells of one column: a bracket or blank, three digits, a mark, a bracket or blank.
pub const CELL: u16 = 6;
/// Cells of one column that also says how much of it is new: ` 74 +12 `.
pub const CELL_WIDE: u16 = 10;
/// The highest number a cell shows; more is shown as `>>>`.
const PERCENT_MAX: i64 = 999;

/// From which per cent on a cell is near its limit, and over it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    pub near: i64,
    pub over: i64,
}

impl Default for Limits {
    /// Near from 85 per cent, over above 100.
    fn default() -> Self {
        Self {
            near: 85,
            over: 101,
        }
    }
}

/// A load, `None` where there is no capacity at all, and how much of it is new.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct HeatCell {
    pub percent: Option<i64>,
    pub added: i64,
}

/// One row: a place and its loads.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct HeatRow {
    pub label: String,
    pub cells: Vec<HeatCell>,
}

/// A map ready to be drawn.
#[derive(Debug, Clone)]
pub struct Heatmap<'a> {
    pub headings: &'a [String],
    pub rows: &'a [HeatRow],
    /// Selected row and first row to be seen; `left` is the first column to be seen.
    pub state: TableState,
    /// The selected column.
    pub column: usize,
    /// Whether columns have room for what is new.
    pub adds: bool,
    pub limits: Limits,
    pub label_cells: u16,
    pub focus: Focus,
    pub empty: &'a str,
}

impl Heatmap<'_> {
    /// Rows that fit under the heading.
    #[must_use]
    pub const fn rows_in(area: Rect) -> usize {
        area.height.saturating_sub(1) as usize
    }

    const fn cell(&self) -> u16 {
        if self.adds { CELL_WIDE } else { CELL }
    }

    /// Columns that fit beside the labels.
    #[must_use]
    pub const fn columns_in(&self, area: Rect) -> usize {
        (area.width.saturating_sub(self.label_cells + 1) / self.cell()) as usize
    }

    /// The first column to be seen so that the selected one is, moving as little as possible.
    #[must_use]
    pub fn first_column(&self, area: Rect) -> usize {
        let fit = self.columns_in(area).max(1);
        let lowest = (self.column + 1).saturating_sub(fit);
        self.state.left.clamp(lowest, self.column)
    }

    /// Draws heading and cells.
    pub fn render(&self, area: Rect, buf: &mut Buffer, styles: &Styles) {
        let area = area.intersection(buf.area);
        if area.is_empty() {
            return;
        }
        clear(buf, area, styles.base);
        let ellipsis = styles.symbols.ellipsis;
        if self.rows.is_empty() {
            let text = shown(self.empty);
            put_clipped(
                buf,
                (area.x + 1, area.y),
                area.width - 1,
                &text,
                styles.dim,
                ellipsis,
            );
            return;
        }
        let columns = self.columns(area);
        self.render_heading(area, buf, styles, &columns);
        let seen = self.rows.iter().enumerate().skip(self.state.offset);
        for (y, (at, row)) in (area.y + 1..area.bottom()).zip(seen) {
            let selected = at == self.state.selected;
            let line = Rect {
                y,
                height: 1,
                ..area
            };
            self.render_label(line, buf, styles, row, selected);
            for (column, x) in &columns {
                let chosen = selected && *column == self.column;
                if let Some(cell) = row.cells.get(*column) {
                    self.render_cell((*x, y), buf, styles, *cell, chosen);
                }
            }
        }
    }

    /// The columns that are seen, each with where it stands.
    fn columns(&self, area: Rect) -> Vec<(usize, u16)> {
        let start = area.x + (self.label_cells + 1).min(area.width);
        let first = self.first_column(area);
        let places = (start..area.right()).step_by(self.cell().into());
        (first..self.headings.len())
            .take(self.columns_in(area))
            .zip(places)
            .collect()
    }

    fn render_heading(
        &self,
        area: Rect,
        buf: &mut Buffer,
        styles: &Styles,
        columns: &[(usize, u16)],
    ) {
        let s = styles.symbols;
        for (column, x) in columns {
            let heading = self.headings.get(*column).map_or("", String::as_str);
            let room = usize::from(self.cell()) - 1;
            let text = fit(&shown(heading), room, Align::Right, s.ellipsis);
            put(buf, *x, area.y, self.cell(), &text, styles.header);
        }
        if let Some((1.., x)) = columns.first() {
            let mark = s.more_left.to_string();
            put(buf, x.saturating_sub(1), area.y, 1, &mark, styles.key);
        }
        let last = columns.last().map_or(0, |(column, _)| column + 1);
        if last < self.headings.len() {
            let mark = s.more_right.to_string();
            put(buf, area.right() - 1, area.y, 1, &mark, styles.key);
        }
    }

    fn render_label(
        &self,
        line: Rect,
        buf: &mut Buffer,
        styles: &Styles,
        row: &HeatRow,
        selected: bool,
    ) {
        let style = match (selected, self.focus) {
            (false, _) => styles.base,
            (true, Focus::Here) => styles.selected,
            (true, Focus::Away) => styles.selected_idle,
        };
        let cells = self.label_cells.min(line.width);
        if selected {
            clear(
                buf,
                Rect {
                    width: cells,
                    ..line
                },
                style,
            );
            put(
                buf,
                line.x,
                line.y,
                1,
                &styles.symbols.pointer.to_string(),
                style,
            );
        }
        let room = cells.saturating_sub(1);
        let ellipsis = styles.symbols.ellipsis;
        put_clipped(
            buf,
            (line.x + 1, line.y),
            room,
            &shown(&row.label),
            style,
            ellipsis,
        );
    }

    fn render_cell(
        &self,
        (x, y): (u16, u16),
        buf: &mut Buffer,
        styles: &Styles,
        HeatCell { percent, added }: HeatCell,
        chosen: bool,
    ) {
        let (role, mark) = self.level(percent);
        let number = match percent {
            None => format!("  {}", styles.symbols.dot),
            Some(n) if n > PERCENT_MAX => ">>>".to_owned(),
            Some(n) => format!("{:>3}", n.max(0)),
        };
        let (open, close) = if chosen { ('[', ']') } else { (' ', ' ') };
        let more = match (self.adds, added) {
            (false, _) => String::new(),
            (true, 0) => "    ".to_owned(),
            (true, n) => format!("{:<4}", format!("{:+}", n.clamp(-99, PERCENT_MAX))),
        };
        let text = format!("{open}{number}{mark}{more}{close}");
        let plain = matches!(role, Role::Base | Role::Dim);
        let style = match (chosen, self.focus) {
            (true, Focus::Here) => styles.selected,
            (true, Focus::Away) => styles.selected_idle,
            (false, _) if plain => styles.role(role),
            (false, _) => styles.fill(role),
        };
        put(buf, x, y, self.cell(), &text, style);
    }

    const fn level(&self, percent: Option<i64>) -> (Role, char) {
        match percent {
            None => (Role::Dim, ' '),
            Some(n) if n >= self.limits.over => (Role::Bad, '!'),
            Some(n) if n >= self.limits.near => (Role::Warn, '+'),
            Some(0) => (Role::Base, ' '),
            Some(_) => (Role::Ok, ' '),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::widget::screen_text;

    fn cells(percent: [Option<i64>; 3]) -> Vec<HeatCell> {
        let cell = |percent| HeatCell { percent, added: 0 };
        percent.map(cell).into()
    }

    fn draw(width: u16, column: usize) -> String {
        let headings: Vec<String> = ["11-23", "11-30", "12-07"].map(String::from).into();
        let rows = [
            HeatRow {
                label: "裁床".into(),
                cells: cells([Some(62), Some(88), Some(120)]),
            },
            HeatRow {
                label: "车缝二组东".into(),
                cells: cells([Some(0), Some(2_000), None]),
            },
        ];
        let map = Heatmap {
            headings: &headings,
            rows: &rows,
            state: TableState {
                selected: 1,
                ..TableState::default()
            },
            column,
            adds: false,
            limits: Limits::default(),
            label_cells: 8,
            focus: Focus::Here,
            empty: "",
        };
        let mut buf = Buffer::empty(Rect::new(0, 0, width, 3));
        map.render(buf.area, &mut buf, &Styles::standard());
        screen_text(&buf)
    }

    #[test]
    fn loads_are_read_by_number_and_mark_and_the_selected_one_is_in_brackets() {
        assert_eq!(
            draw(27, 1),
            "         11-23 11-30 12-07\n 裁床      62    88+  120!\n▸车缝二…    0  [>>>!]   ·\n"
        );
    }

    #[test]
    fn columns_that_do_not_fit_are_reached_by_the_selection() {
        assert_eq!(
            draw(21, 0),
            "         11-23 11-30›\n 裁床      62    88+\n▸车缝二… [  0 ] >>>!\n"
        );
        assert_eq!(
            draw(21, 2),
            "        ‹11-30 12-07\n 裁床      88+  120!\n▸车缝二…  >>>! [  · ]\n"
        );
        assert_eq!(draw(0, 2), "\n\n\n");
    }
}
