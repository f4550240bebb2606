//! Finds the rows of a frame that only moved by one, so that the terminal can move them itself.
//!
//! A guess in bytes decides, not equality: the list may stand beside a detail that changed, and the
//! selected row changes its style while the others move.

use std::hash::{DefaultHasher, Hash, Hasher};

use ratatui::buffer::{Buffer, Cell};

/// Bytes a scroll must spare: its own commands take about thirty.
const GAIN_MIN: i32 = 60;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shift {
    Up,
    Down,
}

/// Rows that moved by one: the scroll region, and the cells it spares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Run {
    pub(super) top: u16,
    pub(super) bottom: u16,
    gain: i32,
}

/// A number for each cell of a frame: equal cells have the same, others hardly ever. Prices are
/// guessed by them, because they are compared many times quicker than the cells.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Marks {
    cells: Vec<u64>,
    width: usize,
}

impl Marks {
    /// Takes the numbers of a frame.
    pub(super) fn take(&mut self, buf: &Buffer) {
        self.width = buf.area.width.into();
        self.cells.clear();
        // Neighbours mostly have the same style.
        let mut last: Option<(&Cell, u64)> = None;
        self.cells.extend(buf.content.iter().map(|cell| {
            let style = match last {
                Some((before, style)) if same_style(before, cell) => style,
                _ => style_mark(cell),
            };
            last = Some((cell, style));
            style ^ symbol_mark(cell.symbol())
        }));
    }

    /// The numbers of a row.
    pub(super) fn row(&self, y: u16) -> &[u64] {
        let start = usize::from(y) * self.width;
        self.cells
            .get(start..start + self.width)
            .unwrap_or_default()
    }

    /// Does to the numbers what [`shift_rows`] does to the cells.
    pub(super) fn shift(&mut self, top: u16, bottom: u16, shift: Shift) {
        let blank = blank_mark();
        shift_lines(&mut self.cells, self.width, (top, bottom), shift, || blank);
    }

    /// About how many bytes it takes to write each row of the next frame where it stands.
    pub(super) fn prices(&self, next: &Self) -> Vec<i32> {
        let rows = self.cells.chunks(self.width.max(1));
        let pairs = rows.zip(next.cells.chunks(self.width.max(1)));
        pairs.map(|(from, to)| price(from, to)).collect()
    }
}

/// The number of a blank cell.
fn blank_mark() -> u64 {
    symbol_mark(" ") ^ style_mark(&Cell::EMPTY)
}

fn same_style(a: &Cell, b: &Cell) -> bool {
    (a.fg, a.bg, a.modifier, a.underline_color) == (b.fg, b.bg, b.modifier, b.underline_color)
}

fn style_mark(cell: &Cell) -> u64 {
    let mut hasher = DefaultHasher::new();
    (cell.fg, cell.bg, cell.modifier, cell.underline_color).hash(&mut hasher);
    hasher.finish()
}

/// Symbols of up to seven bytes, which is nearly all, are their own number.
fn symbol_mark(symbol: &str) -> u64 {
    if symbol.len() < 8 {
        return symbol
            .bytes()
            .fold(1, |mark, byte| mark << 8 | u64::from(byte));
    }
    let mut hasher = DefaultHasher::new();
    symbol.hash(&mut hasher);
    hasher.finish()
}

/// The scroll that spares most, if it spares enough to be worth its own commands.
///
/// `same` has the price of writing each row where it stands; none for a row that did not change.
pub(super) fn best_scroll(shown: &Marks, next: &Marks, same: &[i32]) -> Option<(Shift, Run)> {
    let up = best_run(shown, next, same, Shift::Up);
    let down = best_run(shown, next, same, Shift::Down);
    let (shift, run) = if down.gain > up.gain {
        (Shift::Down, down)
    } else {
        (Shift::Up, up)
    };
    (run.gain >= GAIN_MIN).then_some((shift, run))
}

/// The region whose scrolling spares most: the best sum of neighbouring rows' gains.
fn best_run(shown: &Marks, next: &Marks, same: &[i32], shift: Shift) -> Run {
    let blank = blank_mark();
    let stays = |y: u16| same.get(usize::from(y)).copied().unwrap_or(0);
    let mut best = Run::default();
    let mut start = 0;
    // What the rows from `start` on save by taking the place of their neighbours.
    let mut sum = 0;
    for y in 0..u16::try_from(same.len())
        .unwrap_or(u16::MAX)
        .saturating_sub(1)
    {
        let (from, to) = match shift {
            Shift::Up => (y + 1, y),
            Shift::Down => (y, y + 1),
        };
        if sum <= 0 {
            (start, sum) = (y, 0);
            // Nothing is gained by beginning with a row that did not change.
            if stays(to) == 0 {
                continue;
            }
        }
        let gains = stays(to) - price(shown.row(from), next.row(to));
        sum += gains;
        let left = match shift {
            Shift::Up => y + 1,
            Shift::Down => start,
        };
        // The row at the region's far edge is left blank and has to be written anew.
        let anew = price_of(next.row(left).iter().map(|mark| *mark != blank));
        let gain = sum - (anew - stays(left));
        if gain > best.gain {
            best = Run {
                top: start,
                bottom: y + 1,
                gain,
            };
        }
    }
    best
}

/// About how many bytes it takes to write a row where nothing stands.
pub(super) fn price_over_blank(row: &[u64]) -> i32 {
    let blank = blank_mark();
    price_of(row.iter().map(|mark| *mark != blank))
}

/// About how many bytes it takes to turn one row into another.
pub(super) fn price(from: &[u64], to: &[u64]) -> i32 {
    price_of(from.iter().zip(to).map(|(a, b)| a != b))
}

/// The price of a row by which of its cells must be written: a gap costs a move, or the rewriting
/// of its cells where that is less.
fn price_of(cells: impl Iterator<Item = bool>) -> i32 {
    const MOVE: i32 = 5;
    let mut sum = 0;
    let mut gap = MOVE;
    for written in cells {
        if written {
            sum += 1 + gap.min(MOVE);
            gap = 0;
        } else {
            gap += 1;
        }
    }
    sum
}

/// Does to the remembered screen what the terminal does to its own.
pub(super) fn shift_rows(buf: &mut Buffer, top: u16, bottom: u16, shift: Shift) {
    let width = usize::from(buf.area.width);
    let blank = || Cell::EMPTY;
    shift_lines(&mut buf.content, width, (top, bottom), shift, blank);
}

/// Moves the lines of a region by one; the one at its far edge is blank then.
fn shift_lines<T>(
    cells: &mut [T],
    width: usize,
    (top, bottom): (u16, u16),
    shift: Shift,
    blank: impl FnMut() -> T,
) {
    let (start, end) = (usize::from(top) * width, (usize::from(bottom) + 1) * width);
    let Some(region) = cells.get_mut(start..end) else {
        return;
    };
    let empty = match shift {
        Shift::Up => {
            region.rotate_left(width);
            region.len().saturating_sub(width)..region.len()
        }
        Shift::Down => {
            region.rotate_right(width);
            0..width
        }
    };
    region.get_mut(empty).unwrap_or_default().fill_with(blank);
}
