//! Which columns are shown in a width, and where.
//!
//! The first column stays. While nothing is scrolled the least important ones are dropped; once the
//! user scrolls, order counts.

use super::{Column, POINTER, Width};

/// Cells between two columns.
const GAP: u16 = 1;

/// Where a column stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Placed {
    pub(super) column: usize,
    pub(super) x: u16,
    pub(super) width: u16,
}

/// The columns that are shown, and whether some are not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Placement {
    pub(super) columns: Vec<Placed>,
    pub(super) more_left: bool,
    pub(super) more_right: bool,
}

/// Chooses and places the columns for a width, `left` of them scrolled out after the first.
pub(super) fn place(columns: &[Column], total: u16, left: usize) -> Placement {
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
