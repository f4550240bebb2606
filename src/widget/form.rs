//! Labels, fields and what is wrong with them.
//!
//! Draws a form from plain items; what the fields mean and whether they are right is the caller's.
//! An error stands under its field, so it is read where it is mended. Wide screens get two columns;
//! what is too long scrolls so that the field with the keys is in sight, from its place alone.
//! No border stands on a field's row: input methods paint over what is right of the caret.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::field::{Field, Focus};
use super::grid::Drawing as GridDrawing;
use super::multiline::Multiline;
use super::{clear, put, put_clipped};
use crate::text::safe::shown;
use crate::text::width::{width, wrap};
use crate::theme::Styles;

/// From this width on items stand in two columns.
pub const TWO_COLUMNS_MIN: u16 = 100;
/// A label never takes more of its column than one part in so many.
const LABEL_SHARE: u16 = 3;
/// Cells before a label: the pointer of the item that has the keys.
const POINTER: u16 = 2;
/// Cells between label and value, and between the two columns.
const GAP: u16 = 1;
/// Rows an error may take.
const ERROR_ROWS_MAX: usize = 2;

/// What stands behind a label.
#[derive(Debug, Clone, Copy)]
pub enum Value<'a> {
    Text(&'a Field),
    /// Several lines, so many rows high.
    Notes(&'a Multiline, u16),
    /// A table under its label, so many rows high.
    Grid(GridDrawing<'a>, u16),
    /// One of several, changed with left and right.
    Choice(&'a str),
    Check(bool),
    /// Not to be changed here.
    Fixed(&'a str),
    /// No value: the label is a heading over what follows.
    Section,
}

/// One line of a form.
#[derive(Debug, Clone, Copy)]
pub struct Item<'a> {
    pub label: &'a str,
    pub value: Value<'a>,
    pub required: bool,
    /// What is wrong and what to do; empty where all is well.
    pub error: &'a str,
    /// Shown in an empty text field: an example of what can be typed.
    pub hint: &'a str,
}

impl<'a> Item<'a> {
    /// An item without error or hint that may stay empty.
    #[must_use]
    pub const fn new(label: &'a str, value: Value<'a>) -> Self {
        Self {
            label,
            value,
            required: false,
            error: "",
            hint: "",
        }
    }

    const fn spans_columns(&self) -> bool {
        matches!(
            self.value,
            Value::Notes(..) | Value::Grid(..) | Value::Section
        )
    }

    fn rows(&self, value_cells: u16) -> usize {
        let own = match self.value {
            Value::Notes(_, rows) => usize::from(rows.max(1)),
            Value::Grid(_, rows) => 1 + usize::from(rows.max(3)),
            _ => 1,
        };
        own + self.error_lines(value_cells).len()
    }

    fn error_lines(&self, cells: u16) -> Vec<String> {
        if self.error.is_empty() {
            return Vec::new();
        }
        let mut lines = wrap(&shown(self.error), cells.into());
        lines.truncate(ERROR_ROWS_MAX);
        lines
    }
}

/// A form ready to be drawn.
#[derive(Debug, Clone, Copy)]
pub struct Form<'a> {
    pub items: &'a [Item<'a>],
    /// The item that has the keys.
    pub focused: usize,
}

/// What drawing found out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Drawn {
    /// The cell for the terminal's cursor, where a text field has the keys.
    pub cursor: Option<Position>,
    /// The value of the item that has the keys: lists and date grids open at it.
    pub focused: Rect,
}

/// Where an item stands, rows counted from the start of the form.
#[derive(Debug, Clone, Copy)]
struct Placed<'a> {
    item: &'a Item<'a>,
    index: usize,
    x: u16,
    cells: u16,
    label_cells: u16,
    row: usize,
    rows: usize,
}

impl<'a> Form<'a> {
    /// Rows the whole form takes in that width.
    #[must_use]
    pub fn height(&self, cells: u16) -> usize {
        self.place(cells).1
    }

    /// Cells for a value in one column of the form, for the keys of a notes field.
    #[must_use]
    pub fn value_cells(&self, cells: u16, item: usize) -> u16 {
        let (placed, _) = self.place(cells);
        let found = placed.iter().find(|p| p.index == item);
        found.map_or(1, Placed::value_cells)
    }

    /// Draws what fits of the form.
    pub fn render(&self, area: Rect, buf: &mut Buffer, styles: &Styles) -> Drawn {
        let area = area.intersection(buf.area);
        let mut drawn = Drawn::default();
        if area.is_empty() {
            return drawn;
        }
        clear(buf, area, styles.base);
        let (placed, total) = self.place(area.width);
        let height = usize::from(area.height);
        let first = first_row(&placed, self.focused, total, height);
        for p in &placed {
            if p.row + p.rows <= first || p.row >= first + height {
                continue;
            }
            // Notes that begin above the area are shown from their first line all the same.
            let row = p.row.saturating_sub(first);
            let rows = (p.row + p.rows - first).min(height) - row;
            let spot = Rect::new(
                area.x + p.x,
                area.y + cells_of(row),
                p.cells,
                cells_of(rows),
            );
            let focus = Focus::when(p.index == self.focused);
            let (value, cursor) = p.render(spot, buf, styles, focus);
            if focus == Focus::Here {
                drawn = Drawn {
                    cursor,
                    focused: value,
                };
            }
        }
        let s = styles.symbols;
        let edge = area.right() - 1;
        if first > 0 {
            put(buf, edge, area.y, 1, &s.more_up.to_string(), styles.key);
        }
        if total > first + height {
            let mark = s.more_down.to_string();
            put(buf, edge, area.bottom() - 1, 1, &mark, styles.key);
        }
        drawn
    }

    /// Places all items; returns them with the rows of the whole form.
    fn place(&self, cells: u16) -> (Vec<Placed<'a>>, usize) {
        // The last column is kept for the marks that say there is more.
        let cells = cells.saturating_sub(1);
        let columns: u16 = if cells + 1 >= TWO_COLUMNS_MIN { 2 } else { 1 };
        let column_cells = (cells + GAP) / columns - GAP;
        let longest = self
            .items
            .iter()
            .filter(|i| !matches!(i.value, Value::Section));
        let longest = longest.map(|i| width(i.label)).max().unwrap_or(0);
        // A blank and the mark of a required field follow the label.
        let label_cells = cells_of(longest + 2).min(column_cells / LABEL_SHARE);
        let mut out = Vec::with_capacity(self.items.len());
        let (mut row, mut row_end, mut column) = (0, 0, 0);
        for (index, item) in self.items.iter().enumerate() {
            if column == columns || item.spans_columns() {
                (row, column) = (row_end, 0);
            }
            let own = if item.spans_columns() {
                cells
            } else {
                column_cells
            };
            let mut p = Placed {
                item,
                index,
                x: column * (column_cells + GAP),
                cells: own,
                label_cells,
                row,
                rows: 1,
            };
            p.rows = item.rows(p.value_cells());
            row_end = row_end.max(row + p.rows);
            column = if item.spans_columns() {
                columns
            } else {
                column + 1
            };
            out.push(p);
        }
        (out, row_end)
    }
}

/// The first row to be seen: the item with the keys as near to the middle as the ends allow.
fn first_row(placed: &[Placed<'_>], focused: usize, total: usize, height: usize) -> usize {
    if total <= height {
        return 0;
    }
    let spot = placed.iter().find(|p| p.index == focused);
    let middle = spot.map_or(0, |p| p.row + p.rows / 2);
    let start = middle.saturating_sub(height / 2).min(total - height);
    // An item higher than half the area must still begin inside it.
    start.min(spot.map_or(start, |p| p.row))
}

fn cells_of(n: usize) -> u16 {
    u16::try_from(n).unwrap_or(u16::MAX)
}

impl Placed<'_> {
    const fn value_x(&self) -> u16 {
        POINTER + self.label_cells + GAP
    }

    const fn value_cells(&self) -> u16 {
        let left = self.cells.saturating_sub(self.value_x());
        if left == 0 { 1 } else { left }
    }

    /// Draws the item into its place; returns where its value stands and the cursor's cell.
    fn render(
        &self,
        spot: Rect,
        buf: &mut Buffer,
        styles: &Styles,
        focus: Focus,
    ) -> (Rect, Option<Position>) {
        let ellipsis = styles.symbols.ellipsis;
        let item = self.item;
        if matches!(item.value, Value::Section) {
            let label = shown(item.label);
            put_clipped(
                buf,
                (spot.x, spot.y),
                spot.width,
                &label,
                styles.title,
                ellipsis,
            );
            return (spot, None);
        }
        let (label_style, pointer) = match focus {
            Focus::Here => (styles.header, styles.symbols.pointer),
            Focus::Away => (styles.label, ' '),
        };
        put(buf, spot.x, spot.y, 1, &pointer.to_string(), styles.key);
        let label = shown(item.label);
        let at = (spot.x + POINTER, spot.y);
        let left = |x: u16| spot.right().saturating_sub(x);
        let room = self.label_cells.saturating_sub(1).min(left(at.0));
        let end = put_clipped(buf, at, room, &label, label_style, ellipsis);
        if item.required {
            put(buf, end, spot.y, left(end).min(1), "*", styles.warn);
        }
        let errors = item.error_lines(self.value_cells());
        if let Value::Grid(grid, _) = item.value {
            let under = spot.height.saturating_sub(1 + cells_of(errors.len()));
            let value = Rect::new(spot.x, spot.y + 1, spot.width, under);
            for (y, line) in (value.bottom()..spot.bottom()).zip(&errors) {
                put(buf, value.x, y, value.width, line, styles.error);
            }
            return (value, grid.render(value, buf, styles, focus));
        }
        let value_rows = spot.height.saturating_sub(cells_of(errors.len())).max(1);
        let value = Rect::new(
            spot.x + self.value_x(),
            spot.y,
            self.value_cells(),
            value_rows,
        );
        let value = value.intersection(spot);
        let cursor = self.render_value(value, buf, styles, focus);
        for (y, line) in (value.bottom()..spot.bottom()).zip(&errors) {
            put(buf, value.x, y, value.width, line, styles.error);
        }
        (value, cursor)
    }

    fn render_value(
        &self,
        value: Rect,
        buf: &mut Buffer,
        styles: &Styles,
        focus: Focus,
    ) -> Option<Position> {
        let s = styles.symbols;
        let style = match focus {
            Focus::Here => styles.input_focused,
            Focus::Away => styles.input,
        };
        let at = (value.x, value.y);
        match self.item.value {
            Value::Text(field) => {
                let cursor = field.render(value, buf, styles, focus);
                if field.is_empty() {
                    let hint = shown(self.item.hint);
                    // One blank first: the caret stands there and an input method opens there.
                    let room = value.width.saturating_sub(1);
                    put_clipped(
                        buf,
                        (value.x + 1, value.y),
                        room,
                        &hint,
                        styles.placeholder,
                        s.ellipsis,
                    );
                }
                return cursor;
            }
            Value::Notes(notes, _) => return notes.render(value, buf, styles, focus),
            Value::Choice(text) => {
                let text = match focus {
                    Focus::Here => format!("{} {} {}", s.choice_left, shown(text), s.choice_right),
                    Focus::Away => shown(text).into_owned(),
                };
                put_clipped(buf, at, value.width, &text, style, s.ellipsis);
            }
            Value::Check(ticked) => {
                let mark = if ticked { s.box_ticked } else { s.box_open };
                put(buf, value.x, value.y, value.width, mark, style);
            }
            Value::Fixed(text) => {
                put_clipped(buf, at, value.width, &shown(text), styles.base, s.ellipsis);
            }
            Value::Grid(..) | Value::Section => {}
        }
        None
    }
}

#[cfg(test)]
mod tests;
