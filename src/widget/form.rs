//! Labels, fields and what is wrong with them.
//!
//! Draws a form from plain items; what the fields mean and whether they are right is the caller's.
//! An error stands under its field, so it is read where it is mended. Wide screens get two columns;
//! what is too long scrolls so that the field with the keys is in sight, from its place alone.
//! No border stands on a field's row: input methods paint over what is right of the caret.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::field::{Field, Focus};
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
        matches!(self.value, Value::Notes(..) | Value::Section)
    }

    fn rows(&self, value_cells: u16) -> usize {
        let own = match self.value {
            Value::Notes(_, rows) => usize::from(rows.max(1)),
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
        let room = self.label_cells.saturating_sub(1);
        let end = put_clipped(buf, at, room, &label, label_style, ellipsis);
        if item.required {
            put(buf, end, spot.y, 1, "*", styles.warn);
        }
        let errors = item.error_lines(self.value_cells());
        let value_rows = spot.height.saturating_sub(cells_of(errors.len())).max(1);
        let value = Rect::new(
            spot.x + self.value_x(),
            spot.y,
            self.value_cells(),
            value_rows,
        );
        let value = value.intersection(buf.area);
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
            Value::Section => {}
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::widget::screen_text;
    use proptest::prelude::*;

    fn draw(items: &[Item<'_>], focused: usize, width: u16, height: u16) -> (String, Drawn) {
        let mut buf = Buffer::empty(Rect::new(0, 0, width, height));
        let drawn = Form { items, focused }.render(buf.area, &mut buf, &Styles::standard());
        (screen_text(&buf), drawn)
    }

    #[test]
    fn the_field_with_the_keys_is_pointed_at_and_its_error_stands_under_it() {
        let customer = Field::with_text(40, "永兴五金");
        let due = Field::with_text(40, "2-30");
        let qty = Field::new(10);
        let items = [
            Item {
                required: true,
                ..Item::new("客户", Value::Text(&customer))
            },
            Item {
                error: "没有这一天",
                ..Item::new("要求交期", Value::Text(&due))
            },
            Item {
                hint: "例如 1,200",
                ..Item::new("数量", Value::Text(&qty))
            },
            Item::new("渠道", Value::Choice("电话")),
            Item::new("急单", Value::Check(true)),
            Item::new("编号", Value::Fixed("SO-260001")),
        ];
        let (text, drawn) = draw(&items, 1, 40, 8);
        assert_eq!(
            text,
            "  客户*      永兴五金\n▸ 要求交期   2-30\n             没有这一天\n  \
             数量        例如 1,200\n  渠道       电话\n  急单       [x]\n  编号       SO-260001\n\n"
        );
        assert_eq!(drawn.cursor, Some(Position::new(17, 1)));
        assert_eq!(drawn.focused, Rect::new(13, 1, 26, 1));
        let (text, drawn) = draw(&items, 3, 40, 8);
        assert!(text.contains("▸ 渠道       ◂ 电话 ▸"), "{text}");
        assert_eq!(drawn.cursor, None);
    }

    #[test]
    fn wide_screens_have_two_columns_and_notes_span_both() {
        let a = Field::with_text(40, "左");
        let b = Field::with_text(40, "右");
        let notes = Multiline::with_text(100, "备注一行");
        let items = [
            Item::new("标题", Value::Section),
            Item::new("甲", Value::Text(&a)),
            Item::new("乙", Value::Text(&b)),
            Item::new("注", Value::Notes(&notes, 2)),
            Item::new("丙", Value::Text(&a)),
        ];
        let (text, _) = draw(&items, 2, 100, 6);
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[0], "标题");
        assert!(
            lines[1].starts_with("  甲   左") && lines[1].ends_with("▸ 乙   右"),
            "{text}"
        );
        assert_eq!(lines[2], "  注   备注一行");
        assert_eq!(lines[4], "  丙   左");
    }

    #[test]
    fn a_long_form_scrolls_to_the_field_with_the_keys() {
        let field = Field::with_text(40, "x");
        let labels: Vec<String> = (0..30).map(|n| format!("F{n:02}")).collect();
        let items: Vec<Item<'_>> = labels
            .iter()
            .map(|l| Item::new(l, Value::Text(&field)))
            .collect();
        let (text, drawn) = draw(&items, 0, 30, 5);
        assert!(text.starts_with("▸ F00") && text.ends_with("▾\n"), "{text}");
        assert_eq!(drawn.cursor, Some(Position::new(9, 0)));
        let (text, _) = draw(&items, 15, 30, 5);
        assert!(
            text.contains("▸ F15") && text.contains("F13") && text.contains("F17"),
            "{text}"
        );
        let (text, _) = draw(&items, 29, 30, 5);
        assert!(text.contains("▸ F29") && text.contains('▴'), "{text}");
    }

    proptest! {
        #[test]
        fn the_cursor_is_in_the_area_at_any_size(
            width in 1_u16..130, height in 1_u16..12, focused in 0_usize..8,
        ) {
            let field = Field::with_text(80, "永兴五金不锈钢法兰盘");
            let notes = Multiline::with_text(100, "一\n二\n三\n四");
            let items: Vec<Item<'_>> = (0..8)
                .map(|n| match n % 4 {
                    1 => Item { error: "这里不对，请改正后再保存", ..Item::new("数量", Value::Text(&field)) },
                    2 => Item::new("备注", Value::Notes(&notes, 3)),
                    _ => Item::new("客户名称", Value::Text(&field)),
                })
                .collect();
            let (_, drawn) = draw(&items, focused, width, height);
            if let Some(at) = drawn.cursor {
                prop_assert!(at.x < width && at.y < height, "{:?}", at);
            }
        }
    }
}
