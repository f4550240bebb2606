//! A list of rows in columns, with a selected row.
//!
//! Only the window of rows that can be seen is handed in; the table never asks how many columns a
//! record has or what they mean. The first column stays when the others are scrolled or dropped,
//! because it says which row is which. `TableState` is moved by keys; drawing changes nothing.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::field::Focus;
use super::{clear, put, put_clipped};
use crate::text::safe::shown;
use crate::text::width::{Align, clip, width, wrap};
use crate::theme::{Role, Styles};

/// Cells a filling column has at least.
pub const FILL_MIN: u16 = 8;
/// Cells between two columns.
const GAP: u16 = 1;
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
pub struct Cell {
    pub text: String,
    pub role: Role,
}

impl Cell {
    #[must_use]
    pub fn new(text: impl Into<String>, role: Role) -> Self {
        Self {
            text: text.into(),
            role,
        }
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::new(text, Role::Base)
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::new(text, Role::Base)
    }
}

/// The cells of one row, in the order of the columns.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Row {
    pub cells: Vec<Cell>,
}

impl<C: Into<Cell>> FromIterator<C> for Row {
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
    pub rows: &'a [Row],
    pub first: usize,
    pub state: TableState,
    pub sort: Option<Sort>,
    pub focus: Focus,
    /// Said where there are no rows: what the user can do about it.
    pub empty: &'a str,
}

/// Where a column stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Placed {
    column: usize,
    x: u16,
    width: u16,
}

/// The columns that are shown, and whether some are not.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Placement {
    columns: Vec<Placed>,
    more_left: bool,
    more_right: bool,
}

impl Table<'_> {
    /// Rows of data that fit under the heading.
    #[must_use]
    pub const fn rows_in(area: Rect) -> usize {
        area.height.saturating_sub(1) as usize
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
            let text = match arrow {
                Some(arrow) => {
                    let room = usize::from(placed.width).saturating_sub(1);
                    format!("{}{arrow}", clip(&title, room, s.ellipsis))
                }
                None => title.into_owned(),
            };
            put_aligned(
                buf,
                (area.x + placed.x, area.y),
                placed.width,
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
        row: &Row,
        selected: bool,
    ) {
        let whole = match (selected, self.focus) {
            (false, _) => None,
            (true, Focus::Here) => Some(styles.selected),
            (true, Focus::Away) => Some(styles.selected_idle),
        };
        if let Some(style) = whole {
            clear(buf, line, style);
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
            let style = whole.unwrap_or_else(|| styles.role(cell.role));
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
    let wide = u16::try_from(width(&text)).unwrap_or(u16::MAX);
    let spare = cells.saturating_sub(wide);
    let before = match align {
        Align::Left => 0,
        Align::Right => spare,
        Align::Centre => spare / 2,
    };
    put_clipped(buf, (x + before, y), cells - before, &text, style, ellipsis);
}

/// Chooses and places the columns for a width, `left` of them scrolled out after the first.
fn place(columns: &[Column], total: u16, left: usize) -> Placement {
    let room = total.saturating_sub(POINTER);
    let shown = choose(columns, room, left);
    let more_left = left > 0 && columns.len() > 1;
    let after_left = columns
        .len()
        .saturating_sub(if more_left { left } else { 0 });
    let more_right = shown.len() < after_left;
    let widths = share(columns, &shown, room);
    let mut x = POINTER;
    let mut placed = Vec::with_capacity(shown.len());
    for (column, width) in shown.into_iter().zip(widths) {
        placed.push(Placed { column, x, width });
        x += width + GAP;
    }
    Placement {
        columns: placed,
        more_left,
        more_right,
    }
}

fn least_sum(columns: &[Column], shown: &[usize]) -> u32 {
    let cells: u32 = shown
        .iter()
        .filter_map(|at| columns.get(*at))
        .map(|c| u32::from(c.least() + GAP))
        .sum();
    cells.saturating_sub(GAP.into())
}

/// The columns that fit, by index.
fn choose(columns: &[Column], room: u16, left: usize) -> Vec<usize> {
    let fits = |shown: &[usize]| least_sum(columns, shown) <= u32::from(room);
    let mut shown: Vec<usize> = (0..columns.len())
        .filter(|at| *at == 0 || *at > left)
        .collect();
    while shown.len() > 1 && !fits(&shown) {
        // Once the user scrolls, order counts, not importance: the far end goes.
        let goes = if left > 0 {
            shown.len() - 1
        } else {
            let rank = |at: &usize| columns.get(*at).map_or(0, |c| c.drop);
            let tail = shown.iter().enumerate().skip(1);
            tail.max_by_key(|(_, at)| rank(at))
                .map_or(0, |(place, _)| place)
        };
        shown.remove(goes);
    }
    shown
}

/// The width of each chosen column: its least, and its share of what is over.
fn share(columns: &[Column], shown: &[usize], room: u16) -> Vec<u16> {
    let chosen: Vec<&Column> = shown.iter().filter_map(|at| columns.get(*at)).collect();
    let filled = chosen.iter().any(|c| matches!(c.width, Width::Fill(_)));
    let weight = |c: &Column| match c.width {
        Width::Fill(weight) => u32::from(weight),
        Width::Min(_) if !filled => 1,
        Width::Min(_) | Width::Fixed(_) => 0,
    };
    let mut spare = u32::from(room).saturating_sub(least_sum(columns, shown));
    let mut weights: u32 = chosen.iter().map(|c| weight(c)).sum();
    let mut out = Vec::with_capacity(chosen.len());
    for column in &chosen {
        let own = weight(column);
        let extra = (spare * own).checked_div(weights).unwrap_or(0);
        spare -= extra;
        weights -= own;
        let cells = u32::from(column.least()) + extra;
        out.push(u16::try_from(cells).unwrap_or(room).min(room));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::widget::{reversed_map, screen_text};
    use proptest::prelude::*;

    fn columns() -> Vec<Column> {
        vec![
            Column::new("订单号", Width::Fixed(9)),
            Column::new("客户", Width::Fill(2)).drop_at(1),
            Column::new("品名规格", Width::Fill(3)).drop_at(3),
            Column::new("数量", Width::Fixed(7))
                .align(Align::Right)
                .drop_at(2),
            Column::new("交期", Width::Fixed(10)),
        ]
    }

    fn rows(n: usize) -> Vec<Row> {
        (0..n)
            .map(|i| {
                let code = format!("SO-26{i:04}");
                let qty = format!("{},000", i + 1);
                [
                    code.as_str(),
                    "永兴五金",
                    "不锈钢法兰盘DN50",
                    qty.as_str(),
                    "2026-12-01",
                ]
                .into_iter()
                .collect()
            })
            .collect()
    }

    fn draw(width: u16, height: u16, rows: &[Row], state: TableState) -> Buffer {
        let area = Rect::new(0, 0, width, height);
        let mut buf = Buffer::empty(area);
        let columns = columns();
        let table = Table {
            columns: &columns,
            rows,
            first: 0,
            state,
            sort: Some(Sort::Rising(4)),
            focus: Focus::Here,
            empty: "没有订单。按 n 新建，按 i 导入。",
        };
        table.render(area, &mut buf, &Styles::standard());
        buf
    }

    #[test]
    fn the_selected_row_is_reversed_and_pointed_at_and_long_text_is_cut_with_a_mark() {
        let state = TableState {
            selected: 1,
            ..TableState::default()
        };
        let buf = draw(59, 4, &rows(3), state);
        assert_eq!(
            screen_text(&buf),
            " 订单号    客户         品名规格            数量 交期▴\n \
             SO-260000 永兴五金     不锈钢法兰盘DN50   1,000 2026-12-01\n\
             ▸SO-260001 永兴五金     不锈钢法兰盘DN50   2,000 2026-12-01\n \
             SO-260002 永兴五金     不锈钢法兰盘DN50   3,000 2026-12-01\n"
        );
        let map = reversed_map(&buf);
        let reversed: Vec<usize> = map.lines().map(str::len).collect();
        assert_eq!(reversed, [0, 0, 59, 0]);
    }

    #[test]
    fn narrow_screens_drop_columns_by_importance_and_say_so() {
        let text = screen_text(&draw(40, 2, &rows(1), TableState::default()));
        assert_eq!(
            text,
            " 订单号    客户          数量 交期▴    ›\n\
             ▸SO-260000 永兴五金     1,000 2026-12-01\n"
        );
        let text = screen_text(&draw(11, 2, &rows(1), TableState::default()));
        assert_eq!(text, " 订单号   ›\n▸SO-260000\n");
        let text = screen_text(&draw(6, 2, &rows(1), TableState::default()));
        assert_eq!(text, " 订单›\n▸SO-2…\n");
    }

    #[test]
    fn scrolled_columns_leave_the_first_one_in_place() {
        let state = TableState {
            left: 2,
            ..TableState::default()
        };
        let text = screen_text(&draw(40, 2, &rows(1), state));
        assert_eq!(
            text,
            " 订单号   ‹   数量 交期▴\n▸SO-260000   1,000 2026-12-01\n"
        );
    }

    #[test]
    fn an_empty_table_says_what_to_do() {
        let text = screen_text(&draw(20, 5, &[], TableState::default()));
        assert!(
            text.contains("没有订单。按 n 新\n 建，按 i 导入。"),
            "{text}"
        );
    }

    #[test]
    fn paging_keeps_a_row_in_sight_and_ends_at_the_ends() {
        let mut s = TableState::default();
        s.page(1, 120, 10);
        assert_eq!((s.selected, s.offset), (9, 9));
        s.step(-1, 120, 10);
        assert_eq!((s.selected, s.offset), (8, 8));
        s.end(120, 10);
        assert_eq!((s.selected, s.offset), (119, 110));
        assert_eq!(s.window(120, 10), 110..120);
        assert_eq!(s.position(120), "120/120");
        s.clamp(5, 10);
        assert_eq!((s.selected, s.offset), (4, 0));
        s.clamp(0, 10);
        assert_eq!(s.position(0), "0/0");
        s.page(-1, 5, 10);
        assert_eq!((s.selected, s.offset), (0, 0));
    }

    proptest! {
        #[test]
        fn columns_never_leave_the_area_or_overlap(total in 0_u16..200, left in 0_usize..6) {
            let columns = columns();
            let placement = place(&columns, total, left);
            let mut end = 0;
            for p in &placement.columns {
                prop_assert!(p.x >= end);
                end = p.x + p.width;
                prop_assert!(end <= total.max(POINTER), "{:?} in {}", p, total);
            }
        }

        #[test]
        fn the_selection_is_always_in_the_window(
            moves in prop::collection::vec((0_usize..5, -30_isize..30), 0..40),
            total in 0_usize..60, height in 1_usize..20,
        ) {
            let mut s = TableState::default();
            for (which, by) in moves {
                match which {
                    0 => s.step(by, total, height),
                    1 => s.page(by.signum(), total, height),
                    2 => s.home(),
                    3 => s.end(total, height),
                    _ => s.select(by.unsigned_abs(), total, height),
                }
                prop_assert!(total == 0 || s.window(total, height).contains(&s.selected), "{:?}", s);
            }
        }
    }
}
