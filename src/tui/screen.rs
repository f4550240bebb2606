//! From one frame to the next in few bytes.
//!
//! The library's own output moves the cursor before nearly every Chinese character, and its
//! comparison of frames panics on a wide character in the last cell. So the frame is compared and
//! written here: the widths of ideographs, kana and full-width forms are trusted, only doubtful
//! symbols are followed by a move; a list that moved by one row is scrolled by the terminal; an
//! unchanged frame is no byte at all. Pure: frames in, bytes out, nothing is asked of a terminal.

use std::io::Write as _;

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Position, Rect};
use ratatui::style::{Color, Modifier};

use crate::text::width::cluster_width;

mod code;
mod scroll;

use code::{Ground, MODIFIERS, color_code};
use scroll::{Marks, Shift, best_scroll, price, price_over_blank, shift_rows};

/// Changed rows from which on a scroll is looked for; below, writing them is as cheap.
const SCROLL_ROWS_MIN: u16 = 4;

/// Cells that are written again rather than moved over.
const STEP_MAX: u16 = 3;
/// Bytes of clearing a row, the move to its start included.
const ERASE_PRICE: i32 = 10;

/// What the terminal shows, and the frame that is to come.
#[derive(Debug)]
pub struct Screen {
    shown: Buffer,
    next: Buffer,
    /// Of what was shown when the last frame was written, and of the one that is to come.
    marks: Marks,
    next_marks: Marks,
    /// Whether `shown` is what the terminal really shows.
    known: bool,
    cursor: Option<Position>,
    pen: Pen,
    out: Vec<u8>,
}

/// Where and how the terminal would write next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Pen {
    /// `None` where it cannot be relied on.
    at: Option<Position>,
    fg: Color,
    bg: Color,
    modifier: Modifier,
}

impl Pen {
    const UNKNOWN: Self = Self {
        at: None,
        fg: Color::Reset,
        bg: Color::Reset,
        modifier: Modifier::empty(),
    };
}

impl Screen {
    /// A screen of that size whose content is not known yet.
    #[must_use]
    pub fn new(width: u16, height: u16) -> Self {
        let area = Rect::new(0, 0, width, height);
        Self {
            shown: Buffer::empty(area),
            next: Buffer::empty(area),
            marks: Marks::default(),
            next_marks: Marks::default(),
            known: false,
            cursor: None,
            pen: Pen::UNKNOWN,
            out: Vec::with_capacity(64 * 1024),
        }
    }

    #[must_use]
    pub const fn area(&self) -> Rect {
        self.next.area
    }

    /// Takes a new size; the next frame is written whole.
    pub fn resize(&mut self, width: u16, height: u16) {
        let area = Rect::new(0, 0, width, height);
        self.shown = Buffer::empty(area);
        self.next = Buffer::empty(area);
        self.known = false;
    }

    /// Says that something else has written to the terminal: the next frame is written whole.
    pub const fn forget(&mut self) {
        self.known = false;
    }

    /// Draws a frame and returns the bytes that make the terminal show it.
    ///
    /// `draw` gets an empty buffer and returns where the cursor stands; hidden for `None`.
    pub fn frame(&mut self, draw: impl FnOnce(&mut Buffer) -> Option<Position>) -> &[u8] {
        self.next.reset();
        let cursor = draw(&mut self.next);
        let cursor = cursor.filter(|at| self.next.area.contains(*at));
        self.next_marks.take(&self.next);
        self.out.clear();
        self.out.extend_from_slice(BEGIN);
        let was_visible = self.cursor.is_some();
        let fresh = !self.known;
        if was_visible || fresh {
            self.out.extend_from_slice(b"\x1b[?25l");
        }
        let before = self.out.len();
        if fresh {
            self.out.extend_from_slice(b"\x1b[m\x1b[H\x1b[2J");
            self.shown.reset();
            self.marks.take(&self.shown);
            self.known = true;
            self.pen = Pen {
                at: Some(Position::ORIGIN),
                ..Pen::UNKNOWN
            };
        } else {
            self.scroll();
        }
        for y in self.next.area.top()..self.next.area.bottom() {
            self.row(y);
        }
        self.settle();
        if self.out.len() == before && cursor == self.cursor {
            self.out.clear();
            return &self.out;
        }
        if let Some(at) = cursor {
            self.move_to(at);
            self.out.extend_from_slice(b"\x1b[?25h");
        }
        self.cursor = cursor;
        self.out.extend_from_slice(END);
        std::mem::swap(&mut self.shown, &mut self.next);
        std::mem::swap(&mut self.marks, &mut self.next_marks);
        &self.out
    }

    /// Writes what differs in a row.
    fn row(&mut self, y: u16) {
        let width = self.next.area.width;
        // Numbers that differ are of cells that differ; equal ones nearly always of equal cells.
        let surely = self.marks.row(y) != self.next_marks.row(y);
        if !surely && same_row(&self.shown, &self.next, y) {
            return;
        }
        self.erase_first(y);
        let blank_from = blank_tail(&self.next, y);
        let mut x = 0;
        // Up to here cells are written although they look unchanged: what stood there was half of
        // a wide character that is gone now, and terminals differ in what they leave behind.
        let mut force = 0;
        while x < width {
            if x >= blank_from && self.erase_tail(x, y, force) {
                break;
            }
            if x >= force && self.is_same_plain(x, y) {
                x += 1;
                continue;
            }
            let (wide, changed) = self.compare(x, y);
            if changed || x < force {
                for covered in x..x + wide {
                    force = force.max(covered + cell_width(&self.shown, covered, y));
                }
                self.cell(x, y, wide);
            }
            x += wide;
        }
    }

    /// Clears a row before it is written, where that is cheaper: a row that was reversed and is
    /// plain again is mostly blanks.
    fn erase_first(&mut self, y: u16) {
        let next = self.next_marks.row(y);
        let over_old = price(self.marks.row(y), next);
        let over_blank = price_over_blank(next);
        if over_blank + ERASE_PRICE >= over_old {
            return;
        }
        self.move_to(Position::new(0, y));
        self.paint(Color::Reset, Color::Reset, Modifier::empty());
        self.out.extend_from_slice(b"\x1b[2K");
        let width = usize::from(self.shown.area.width);
        let start = usize::from(y) * width;
        let row = self.shown.content.get_mut(start..start + width);
        for cell in row.unwrap_or_default() {
            cell.reset();
        }
    }

    /// Whether a cell holds a symbol of one byte, as most do, and did before: then it takes one cell
    /// and does not differ.
    fn is_same_plain(&self, x: u16, y: u16) -> bool {
        let at = usize::from(y) * usize::from(self.next.area.width) + usize::from(x);
        let (shown, next) = (self.shown.content.get(at), self.next.content.get(at));
        next.is_some_and(|cell| cell.symbol().len() == 1) && shown == next
    }

    /// The cells a cluster of the next frame takes, and whether any of them differs.
    fn compare(&self, x: u16, y: u16) -> (u16, bool) {
        let room = self.next.area.width - x;
        let wide = cell_width(&self.next, x, y).min(room);
        let changed = self.shown.cell((x, y)) != self.next.cell((x, y))
            || (x + 1..x + wide).any(|at| {
                self.shown.cell((at, y)).map(Cell::symbol) != Some(" ")
                    || cell_width(&self.shown, x, y) != wide
            });
        (wide, changed)
    }

    /// Clears from `x` to the end of the row, where that is blank and at least something differs.
    fn erase_tail(&mut self, x: u16, y: u16, force: u16) -> bool {
        let width = self.next.area.width;
        let differs = (x..width).any(|at| self.shown.cell((at, y)) != self.next.cell((at, y)));
        if !differs && x >= force {
            return true;
        }
        if width - x < 4 {
            return false;
        }
        self.move_to(Position::new(x, y));
        self.paint(Color::Reset, Color::Reset, Modifier::empty());
        self.out.extend_from_slice(b"\x1b[K");
        true
    }

    fn cell(&mut self, x: u16, y: u16, wide: u16) {
        self.move_to(Position::new(x, y));
        let Some(cell) = self.next.cell((x, y)) else {
            return;
        };
        let (fg, bg, modifier) = (cell.fg, cell.bg, cell.modifier);
        self.paint(fg, bg, modifier);
        // Borrowed again after painting; the symbol of a cell that is too wide for the row's end,
        // or that holds something that acts, is shown as a blank.
        let symbol = self.next.cell((x, y)).map_or(" ", Cell::symbol);
        let fits = cluster_width(symbol) == usize::from(wide);
        let symbol = if fits { symbol } else { " " };
        self.out.extend_from_slice(symbol.as_bytes());
        let after = x + if fits { wide } else { 1 };
        let at_edge = after >= self.next.area.width;
        self.pen.at = (fits && is_certain(symbol) && !at_edge).then_some(Position::new(after, y));
    }

    /// Moves the cursor the cheapest way.
    fn move_to(&mut self, to: Position) {
        let Some(from) = self.pen.at.replace(to) else {
            write_out(
                &mut self.out,
                format_args!("\x1b[{};{}H", to.y + 1, to.x + 1),
            );
            return;
        };
        if from == to {
            return;
        }
        if from.y == to.y && to.x > from.x {
            if self.walk(from, to) {
                return;
            }
            match to.x - from.x {
                1 => self.out.extend_from_slice(b"\x1b[C"),
                n => write_out(&mut self.out, format_args!("\x1b[{n}C")),
            }
        } else if to.x == 0 && to.y == from.y + 1 {
            self.out.extend_from_slice(b"\r\n");
        } else if to.x == 0 && to.y == from.y {
            self.out.push(b'\r');
        } else {
            write_out(
                &mut self.out,
                format_args!("\x1b[{};{}H", to.y + 1, to.x + 1),
            );
        }
    }

    /// Crosses a few unchanged cells by writing them again, which is shorter than a move; only
    /// where they are plain characters in the pen's own style.
    fn walk(&mut self, from: Position, to: Position) -> bool {
        if to.x - from.x > STEP_MAX {
            return false;
        }
        let pen = self.pen;
        let step = |x: u16| {
            let cell = self.next.cell((x, from.y))?;
            let same = (cell.fg, cell.bg, cell.modifier) == (pen.fg, pen.bg, pen.modifier);
            let byte = *cell.symbol().as_bytes().first()?;
            (same && cell.symbol().len() == 1 && byte >= b' ').then_some(byte)
        };
        let Some(bytes) = (from.x..to.x).map(step).collect::<Option<Vec<u8>>>() else {
            return false;
        };
        self.out.extend_from_slice(&bytes);
        true
    }

    /// Changes the pen's colours and modifiers, saying only what differs.
    fn paint(&mut self, fg: Color, bg: Color, modifier: Modifier) {
        let pen = &mut self.pen;
        if (pen.fg, pen.bg, pen.modifier) == (fg, bg, modifier) {
            return;
        }
        let mut codes = String::new();
        let removed = pen.modifier - modifier;
        let (mut old_fg, mut old_bg, mut old_modifier) = (pen.fg, pen.bg, pen.modifier);
        if !removed.is_empty() {
            codes.push_str("0;");
            (old_fg, old_bg, old_modifier) = (Color::Reset, Color::Reset, Modifier::empty());
        }
        for (flag, code) in MODIFIERS {
            if (modifier - old_modifier).contains(flag) {
                codes.push_str(code);
            }
        }
        if fg != old_fg {
            codes.push_str(&color_code(fg, Ground::Fore));
        }
        if bg != old_bg {
            codes.push_str(&color_code(bg, Ground::Back));
        }
        (pen.fg, pen.bg, pen.modifier) = (fg, bg, modifier);
        let codes = codes.trim_end_matches(';');
        let codes = if codes == "0" { "" } else { codes };
        write_out(&mut self.out, format_args!("\x1b[{codes}m"));
    }

    /// Leaves the pen plain, so that nothing written by others (a message at the end) is coloured.
    fn settle(&mut self) {
        self.paint(Color::Reset, Color::Reset, Modifier::empty());
    }

    /// Lets the terminal scroll the rows that only moved by one.
    fn scroll(&mut self) {
        let same = self.marks.prices(&self.next_marks);
        let changed = same.iter().filter(|price| **price > 0).count();
        if changed < usize::from(SCROLL_ROWS_MIN) {
            return;
        }
        let Some((shift, run)) = best_scroll(&self.marks, &self.next_marks, &same) else {
            return;
        };
        self.settle();
        let (top, bottom) = (run.top, run.bottom);
        write_out(
            &mut self.out,
            format_args!("\x1b[{};{}r", top + 1, bottom + 1),
        );
        // Setting the region sends the cursor home.
        self.pen.at = None;
        match shift {
            Shift::Up => {
                self.move_to(Position::new(0, bottom));
                self.out.push(b'\n');
            }
            Shift::Down => {
                self.move_to(Position::new(0, top));
                self.out.extend_from_slice(b"\x1bM");
            }
        }
        self.out.extend_from_slice(b"\x1b[r");
        self.pen.at = None;
        shift_rows(&mut self.shown, top, bottom, shift);
        self.marks.shift(top, bottom, shift);
    }
}

const BEGIN: &[u8] = b"\x1b[?2026h";
const END: &[u8] = b"\x1b[?2026l";

/// Whether every terminal agrees how many cells a symbol takes.
///
/// Lines and blocks are included: where a terminal shows them wide, the plain symbols are the cure.
fn is_certain(symbol: &str) -> bool {
    let mut chars = symbol.chars();
    let (Some(c), None) = (chars.next(), chars.next()) else {
        return false;
    };
    matches!(c, ' '..='~' | '\u{a0}'..='\u{ff}'
        | '\u{2010}'..='\u{2027}' | '\u{2039}' | '\u{203a}' | '\u{2190}'..='\u{21ff}'
        | '\u{2500}'..='\u{25ff}' | '\u{2800}'..='\u{28ff}'
        | '\u{3001}'..='\u{3029}' | '\u{3041}'..='\u{3096}' | '\u{30a0}'..='\u{30ff}'
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{ff01}'..='\u{ff60}' | '\u{ffe0}'..='\u{ffe6}')
}

/// Cells the cluster at a place takes; at least one.
fn cell_width(buf: &Buffer, x: u16, y: u16) -> u16 {
    let symbol = buf.cell((x, y)).map_or(" ", Cell::symbol);
    if symbol.len() == 1 {
        return 1;
    }
    u16::try_from(cluster_width(symbol)).unwrap_or(1).max(1)
}

fn row_cells(buf: &Buffer, y: u16) -> &[Cell] {
    let width = usize::from(buf.area.width);
    let start = usize::from(y) * width;
    buf.content.get(start..start + width).unwrap_or_default()
}

fn same_row(a: &Buffer, b: &Buffer, y: u16) -> bool {
    row_cells(a, y) == row_cells(b, y)
}

/// The first column from which on a row is blank and plain.
fn blank_tail(buf: &Buffer, y: u16) -> u16 {
    let cells = row_cells(buf, y);
    let blank = cells
        .iter()
        .rev()
        .take_while(|c| **c == Cell::EMPTY)
        .count();
    u16::try_from(cells.len() - blank).unwrap_or(0)
}

fn write_out(out: &mut Vec<u8>, text: std::fmt::Arguments<'_>) {
    // Writing to a vector cannot fail.
    let _ = out.write_fmt(text);
}

#[cfg(test)]
mod tests;
