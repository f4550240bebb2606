//! A list of rows in columns, with a selected row.
//!
//! Only the window of rows that can be seen is handed in; the table never asks how many columns a
//! record has or what they mean. The first column stays when the others are scrolled or dropped,
//! because it says which row is which. `TableState` is moved by keys; drawing changes nothing.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::field::Focus;
use super::{clear, put, put_clipped};
use crate::text::safe::shown;
use crate::text::width::{Align, clip, width, wrap};
use crate::theme::{Role, Styles};

mod layout;

use layout::{Placement, place};

/// Cells a filling column has at least.
pub const FILL_MIN: u16 = 8;
/// Cells before the first column: the pointer of the selected row.
const POINTER: u16 = 1;

/// How wide a column is, in cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Width {
    Fixed(u16),
    /// At least so many; takes an equal share of what is over where no column fills.
    Min(u16),
    /// At least [`FILL_MIN`]; shares what is over by weight.
    Fill(u16),
}

/// One column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    pub title: String,
    pub width: Width,
    pub align: Align,
    /// When the screen is narrow the highest goes first; 0 goes last. The first column stays.
    pub drop: u8,
}

impl Column {
    /// A column aligned left that goes last.
    #[must_use]
    pub fn new(title: &str, width: Width) -> Self {
        Self {
            title: title.to_owned(),
            width,
            align: Align::Left,
            drop: 0,
        }
    }

    #[must_use]
    pub const fn align(mut self, align: Align) -> Self {
        self.align = align;
        self
    }

    #[must_use]
    pub const fn drop_at(mut self, drop: u8) -> Self {
        self.drop = drop;
        self
    }

    const fn least(&self) -> u16 {
        match self.width {
            Width::Fixed(n) | Width::Min(n) => n,
            Width::Fill(_) => FILL_MIN,
        }
    }
}

/// The text of one cell and what it means.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cell<'a> {
    pub text: Cow<'a, str>,
    pub role: Role,
}

impl<'a> Cell<'a> {
    #[must_use]
    pub fn new(text: impl Into<Cow<'a, str>>, role: Role) -> Self {
        Self {
            text: text.into(),
            role,
        }
    }
}

impl<'a> From<&'a str> for Cell<'a> {
    fn from(text: &'a str) -> Self {
        Self::new(text, Role::Base)
    }
}

impl From<String> for Cell<'_> {
    fn from(text: String) -> Self {
        Self::new(text, Role::Base)
    }
}

/// The cells of one row, in the order of the columns.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Row<'a> {
    pub cells: Vec<Cell<'a>>,
}

impl<'a, C: Into<Cell<'a>>> FromIterator<C> for Row<'a> {
    fn from_iter<I: IntoIterator<Item = C>>(cells: I) -> Self {
        Self {
            cells: cells.into_iter().map(Into::into).collect(),
        }
    }
}

/// Which row is selected, which is the first to be seen, and how far the columns are scrolled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TableState {
    pub selected: usize,
    pub offset: usize,
    /// Columns after the first that are scrolled out to the left.
    pub left: usize,
}

impl TableState {
    /// Moves the selection by `rows` (negative is up) within `total`, seeing `height` rows.
    pub fn step(&mut self, rows: isize, total: usize, height: usize) {
        self.selected = self.selected.saturating_add_signed(rows);
        self.clamp(total, height);
    }

    /// Moves by a screenful less one row, so that one row stays in sight.
    pub fn page(&mut self, screens: isize, total: usize, height: usize) {
        let rows = isize::try_from(height.saturating_sub(1).max(1)).unwrap_or(1);
        self.offset = self.offset.saturating_add_signed(screens * rows);
        self.step(screens * rows, total, height);
    }

    pub fn home(&mut self) {
        self.selected = 0;
        self.offset = 0;
    }

    pub fn end(&mut self, total: usize, height: usize) {
        self.selected = total.saturating_sub(1);
        self.clamp(total, height);
    }

    /// Selects a row.
    pub fn select(&mut self, row: usize, total: usize, height: usize) {
        self.selected = row;
        self.clamp(total, height);
    }

    /// Brings the selection into the rows and the window over the selection.
    pub fn clamp(&mut self, total: usize, height: usize) {
        let height = height.max(1);
        self.selected = self.selected.min(total.saturating_sub(1));
        let lowest = (self.selected + 1).saturating_sub(height);
        self.offset = self.offset.clamp(lowest, self.selected);
        // No empty rows under the last one while others are hidden above.
        self.offset = self.offset.min(total.saturating_sub(height));
    }

    /// Scrolls the columns; at most so far that the last column is the only one beside the first.
    pub fn scroll_columns(&mut self, by: isize, columns: usize) {
        self.left = self
            .left
            .saturating_add_signed(by)
            .min(columns.saturating_sub(2));
    }

    /// The rows that can be seen, as a range of indices.
    #[must_use]
    pub fn window(&self, total: usize, height: usize) -> std::ops::Range<usize> {
        let start = self.offset.min(total);
        start..start.saturating_add(height).min(total)
    }

    /// `3/120`, counted from one; `0/0` for none.
    #[must_use]
    pub fn position(&self, total: usize) -> String {
        let at = if total == 0 { 0 } else { self.selected + 1 };
        format!("{at}/{total}")
    }
}

/// By which column the rows are sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    Rising(usize),
    Falling(usize),
}

/// A table ready to be drawn.
#[derive(Debug, Clone)]
pub struct Table<'a> {
    pub columns: &'a [Column],
    /// The rows from index `first` on; rows outside the window are not looked at.
    pub rows: &'a [Row<'a>],
    pub first: usize,
    pub state: TableState,
    pub sort: Option<Sort>,
    pub focus: Focus,
    /// Said where there are no rows: what the user can do about it.
    pub empty: &'a str,
}

impl Table<'_> {
    /// Rows of data that fit under the heading.
    #[must_use]
    pub const fn rows_in(area: Rect) -> usize {
        area.height.saturating_sub(1) as usize
    }

    /// Where a cell stands when the table is drawn in `area`: a field can be laid over it.
    ///
    /// `None` where its row or column cannot be seen.
    #[must_use]
    pub fn cell_area(&self, area: Rect, row: usize, column: usize) -> Option<Rect> {
        let line = u16::try_from(row.checked_sub(self.state.offset)?).ok()?;
        let y = area.y.checked_add(line)?.checked_add(1)?;
        let placement = place(self.columns, area.width, self.state.left);
        let placed = placement.columns.iter().find(|p| p.column == column)?;
        (y < area.bottom()).then(|| Rect::new(area.x + placed.x, y, placed.width, 1))
    }

    /// Draws heading and rows.
    pub fn render(&self, area: Rect, buf: &mut Buffer, styles: &Styles) {
        let area = area.intersection(buf.area);
        if area.is_empty() {
            return;
        }
        clear(buf, area, styles.base);
        let placement = place(self.columns, area.width, self.state.left);
        self.render_header(area, buf, styles, &placement);
        if self.rows.is_empty() {
            self.render_empty(area, buf, styles);
            return;
        }
        let skipped = self.state.offset.saturating_sub(self.first);
        let rows = self.rows.iter().enumerate().skip(skipped);
        for (y, (at, row)) in (area.y + 1..area.bottom()).zip(rows) {
            let line = Rect {
                y,
                height: 1,
                ..area
            };
            let selected = self.first + at == self.state.selected;
            self.render_row(line, buf, styles, &placement, row, selected);
        }
    }

    fn render_header(&self, area: Rect, buf: &mut Buffer, styles: &Styles, placement: &Placement) {
        let s = styles.symbols;
        for placed in &placement.columns {
            let Some(column) = self.columns.get(placed.column) else {
                continue;
            };
            let arrow = match self.sort {
                Some(Sort::Rising(at)) if at == placed.column => Some(s.sort_up),
                Some(Sort::Falling(at)) if at == placed.column => Some(s.sort_down),
                _ => None,
            };
            let title = shown(&column.title);
            // The mark for hidden columns stands in the last cell, where a heading set to the right
            // would end.
            let under_mark = placement.more_right
                && column.align == Align::Right
                && placed.x + placed.width >= area.width;
            let width = placed.width.saturating_sub(u16::from(under_mark));
            let text = match arrow {
                Some(arrow) => {
                    let room = usize::from(width).saturating_sub(1);
                    format!("{}{arrow}", clip(&title, room, s.ellipsis))
                }
                None => title.into_owned(),
            };
            put_aligned(
                buf,
                (area.x + placed.x, area.y),
                width,
                (&text, column.align),
                styles.header,
                s.ellipsis,
            );
        }
        let second = placement.columns.get(1).map(|p| p.x.saturating_sub(1));
        if let Some(x) = second
            && placement.more_left
        {
            let mark = s.more_left.to_string();
            put(buf, area.x + x, area.y, 1, &mark, styles.key);
        }
        if placement.more_right {
            let mark = s.more_right.to_string();
            put(buf, area.right() - 1, area.y, 1, &mark, styles.key);
        }
    }

    fn render_empty(&self, area: Rect, buf: &mut Buffer, styles: &Styles) {
        let room = usize::from(area.width.saturating_sub(2 * POINTER));
        let lines = wrap(&crate::text::safe::shown_lines(self.empty), room);
        for (y, line) in (area.y + 2..area.bottom()).zip(&lines) {
            put(buf, area.x + POINTER, y, area.width, line, styles.dim);
        }
    }

    fn render_row(
        &self,
        line: Rect,
        buf: &mut Buffer,
        styles: &Styles,
        placement: &Placement,
        row: &Row<'_>,
        selected: bool,
    ) {
        let marked = match (selected, self.focus) {
            (false, _) => None,
            (true, Focus::Here) => Some(styles.selected),
            (true, Focus::Away) => Some(styles.selected_idle),
        };
        let whole = marked.filter(|_| !styles.running);
        if let Some(style) = whole {
            clear(buf, line, style);
        }
        if let Some(style) = marked {
            let mark = styles.symbols.pointer.to_string();
            put(buf, line.x, line.y, 1, &mark, style);
        }
        for placed in &placement.columns {
            let Some((cell, column)) = row
                .cells
                .get(placed.column)
                .zip(self.columns.get(placed.column))
            else {
                continue;
            };
            let first = marked.filter(|_| placed.column == 0);
            let style = whole.or(first).unwrap_or_else(|| styles.role(cell.role));
            // In the blank before the text; before the first one the selected row has its own.
            if let Some(mark) = styles.mark_of(cell.role)
                && !(selected && placed.column == 0)
                && !cell.text.is_empty()
            {
                let before = blank(&shown(&cell.text), placed.width, column.align);
                let x = line.x + (placed.x + before).saturating_sub(1);
                put(buf, x, line.y, 1, &mark.to_string(), style);
            }
            put_aligned(
                buf,
                (line.x + placed.x, line.y),
                placed.width,
                (&cell.text, column.align),
                style,
                styles.symbols.ellipsis,
            );
        }
    }
}

/// Blank cells before a text in a column of `cells`.
fn blank(text: &str, cells: u16, align: Align) -> u16 {
    let wide = u16::try_from(width(text)).unwrap_or(u16::MAX);
    let spare = cells.saturating_sub(wide);
    match align {
        Align::Left => 0,
        Align::Right => spare,
        Align::Centre => spare / 2,
    }
}

/// Writes text into a column of `cells`, on its side, cut with the ellipsis.
fn put_aligned(
    buf: &mut Buffer,
    (x, y): (u16, u16),
    cells: u16,
    (text, align): (&str, Align),
    style: Style,
    ellipsis: char,
) {
    let text = shown(text);
    // Nearly all is set to the left, and need not be measured.
    let before = match align {
        Align::Left => 0,
        _ => blank(&text, cells, align),
    };
    put_clipped(buf, (x + before, y), cells - before, &text, style, ellipsis);
}

#[cfg(test)]
mod tests;
