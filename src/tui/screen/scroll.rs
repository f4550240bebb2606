//! Finds the rows of a frame that only moved by one, so that the terminal can move them itself.
//!
//! A guess in bytes decides, not equality: the list may stand beside a detail that changed, and the
//! selected row changes its style while the others move.

use ratatui::buffer::{Buffer, Cell};

use super::row_cells;

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

/// The scroll that spares most, if it spares enough to be worth its own commands.
///
/// `same` has the price of writing each row where it stands; none for a row that did not change.
pub(super) fn best_scroll(shown: &Buffer, next: &Buffer, same: &[i32]) -> Option<(Shift, Run)> {
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
fn best_run(shown: &Buffer, next: &Buffer, same: &[i32], shift: Shift) -> Run {
    let price = |y_shown, y_next| price_of_rows(shown, next, y_shown, y_next);
    let stays = |y: u16| same.get(usize::from(y)).copied().unwrap_or(0);
    let mut best = Run::default();
    let mut start = 0;
    // What the rows from `start` on save by taking the place of their neighbours.
    let mut sum = 0;
    for y in 0..next.area.height.saturating_sub(1) {
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
        let gains = stays(to) - price(from, to);
        sum += gains;
        let left = match shift {
            Shift::Up => y + 1,
            Shift::Down => start,
        };
        // The row at the region's far edge is left blank and has to be written anew.
        let gain = sum - (price_over_blank(row_cells(next, left)) - stays(left));
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

/// About how many bytes it takes to write a row of the next frame over one that is shown.
pub(super) fn price_of_rows(shown: &Buffer, next: &Buffer, y_shown: u16, y_next: u16) -> i32 {
    price(
        row_cells(shown, y_shown).iter(),
        row_cells(next, y_next).iter(),
    )
}

/// About how many bytes it takes to write a row where nothing stands.
pub(super) fn price_over_blank(row: &[Cell]) -> i32 {
    price_of(row.iter().map(|cell| *cell != Cell::EMPTY))
}

/// About how many bytes it takes to turn one row into another.
pub(super) fn price<'a>(
    from: impl Iterator<Item = &'a Cell>,
    to: impl Iterator<Item = &'a Cell>,
) -> i32 {
    price_of(from.zip(to).map(|(a, b)| a != b))
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
    let (start, end) = (usize::from(top) * width, (usize::from(bottom) + 1) * width);
    let Some(region) = buf.content.get_mut(start..end) else {
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
    for cell in region.get_mut(empty).unwrap_or_default() {
        cell.reset();
    }
}
