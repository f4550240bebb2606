//! The cursor in a picture of time: where it stands, and how keys move it.
//!
//! It stands on things, not on places: a change elsewhere leaves it on the same bar or cell, and
//! where the bar went to another row the cursor goes along. What can be seen is noted by the
//! drawing, so that pages and scrolling fit the screen.

use std::cell::Cell;

use chrono::NaiveDate;

use super::picture::{At, Bar, Curves, Gantt, Heat, Zoom};
use crate::app::action::Action;
use crate::domain::moment::Moment;

/// The state of one picture.
#[derive(Debug, Clone, Default)]
pub struct Cursor {
    /// Id of the row it stands in; zero: not set yet.
    pub row: i64,
    /// Operation of the bar it stands on.
    pub operation: Option<i64>,
    /// When it stands, also in a row without bars.
    pub when: Option<Moment>,
    /// The period it stands on.
    pub from: Option<NaiveDate>,
    /// Time of a cell; `None`: as fits.
    pub zoom: Option<Zoom>,
    /// The row of the list that it was set for.
    of: i64,
    /// Noted by the drawing: the minute of the left edge, the first row, the first column.
    pub left: Cell<Option<i64>>,
    pub top: Cell<usize>,
    pub first_column: Cell<usize>,
    /// Noted by the drawing: rows and columns that fit, and the zoom in use.
    pub fits: Cell<(usize, usize)>,
    pub drawn: Cell<Zoom>,
}

impl Cursor {
    /// Where the cursor stands in a Gantt chart: row and place of the bar in the row.
    #[must_use]
    pub fn in_gantt(&self, gantt: &Gantt) -> (usize, Option<usize>) {
        let row = gantt.rows.iter().position(|r| r.id == self.row);
        let row = row.unwrap_or(0);
        let bar = self
            .operation
            .and_then(|id| gantt.bars_of(row).iter().position(|b| b.id == id));
        (row, bar)
    }

    /// Where the cursor stands in a load map: row and column.
    #[must_use]
    pub fn in_heat(&self, heat: &Heat) -> (usize, usize) {
        let row = heat.rows.iter().position(|r| r.work_centre_id == self.row);
        let column = self
            .from
            .map(|from| heat.from.partition_point(|f| *f <= from));
        (
            row.unwrap_or(0),
            column.unwrap_or(0).saturating_sub(1).min(heat.from.len()),
        )
    }

    /// What it stands on.
    #[must_use]
    pub fn at(&self) -> Option<At> {
        match (self.operation, self.from) {
            (Some(id), _) => Some(At::Operation(id)),
            (None, Some(from)) => Some(At::Load {
                work_centre_id: self.row,
                from,
            }),
            (None, None) => None,
        }
    }

    /// Puts the cursor on something that is there, after the chart was made again.
    ///
    /// `of` is the selected row of the list: where it is another than before, the cursor goes to
    /// the first bar of it.
    pub fn settle_gantt(&mut self, gantt: &Gantt, of: i64) {
        let kept = self.operation.and_then(|id| gantt.find(id));
        let start = gantt.start.and_then(|id| gantt.find(id));
        let mine = kept.filter(|_| self.of == of);
        self.of = of;
        if let Some((row, bar)) = mine.or(start).or(kept) {
            self.stand(gantt, row, Some(bar));
            return;
        }
        if !gantt.rows.iter().any(|r| r.id == self.row) {
            let busy = gantt.rows.iter().position(|r| !r.bars.is_empty());
            let row = busy.unwrap_or(0);
            self.stand(gantt, row, gantt.bars_of(row).first());
        } else {
            self.operation = None;
        }
    }

    /// Puts the cursor on a cell that is there, after the map was made again.
    pub fn settle_heat(&mut self, heat: &Heat, today: NaiveDate) {
        let (row, _) = self.in_heat(heat);
        self.operation = None;
        self.row = heat.rows.get(row).map_or(0, |r| r.work_centre_id);
        let wanted = self.from.unwrap_or(today);
        let at = heat.from.partition_point(|f| *f <= wanted);
        self.from = heat.from.get(at.saturating_sub(1)).copied();
    }

    fn stand(&mut self, gantt: &Gantt, row: usize, bar: Option<&Bar>) {
        self.row = gantt.rows.get(row).map_or(0, |r| r.id);
        self.operation = bar.map(|b| b.id);
        self.when = bar.map(|b| b.starts).or(self.when);
    }

    /// Does what a key means in a Gantt chart; false where it means nothing there.
    pub fn on_gantt(&mut self, gantt: &Gantt, action: Action, now: Moment) -> bool {
        let (row, bar) = self.in_gantt(gantt);
        let last = gantt.rows.len().saturating_sub(1);
        let page = self.fits.get().0.saturating_sub(1).max(1);
        match action {
            Action::Up => self.go_to_row(gantt, row.saturating_sub(1), now),
            Action::Down => self.go_to_row(gantt, (row + 1).min(last), now),
            Action::PageUp => self.go_to_row(gantt, row.saturating_sub(page), now),
            Action::PageDown => self.go_to_row(gantt, (row + page).min(last), now),
            Action::Left | Action::Right | Action::First | Action::Last => {
                let bars = gantt.bars_of(row);
                let end = bars.len().saturating_sub(1);
                let to = match (action, bar) {
                    (Action::First, _) => 0,
                    (Action::Last, _) => end,
                    (Action::Left, Some(at)) => at.saturating_sub(1),
                    (_, Some(at)) => (at + 1).min(end),
                    (_, None) => 0,
                };
                if let Some(bar) = bars.get(to) {
                    self.stand(gantt, row, Some(bar));
                }
            }
            Action::ZoomIn => self.zoom = Some(self.zoom.unwrap_or(self.drawn.get()).finer()),
            Action::ZoomOut => self.zoom = Some(self.zoom.unwrap_or(self.drawn.get()).coarser()),
            Action::ToToday => {
                self.left.set(None);
                self.when = Some(now);
                let bars = gantt.bars_of(row);
                let bar = bars.iter().find(|b| b.ends > now).or(bars.last());
                self.operation = bar.map(|b| b.id);
            }
            _ => return false,
        }
        true
    }

    /// Goes to a row, to the bar there that is nearest in time.
    fn go_to_row(&mut self, gantt: &Gantt, row: usize, now: Moment) {
        let when = self.when.unwrap_or(now);
        let distance = |b: &&Bar| {
            let before = (when.0 - b.ends.0).num_minutes().max(0);
            let after = (b.starts.0 - when.0).num_minutes().max(0);
            (before.max(after), b.starts)
        };
        let bar = gantt.bars_of(row).iter().min_by_key(distance);
        self.row = gantt.rows.get(row).map_or(0, |r| r.id);
        self.operation = bar.map(|b| b.id);
        self.when = Some(when);
    }

    /// Does what a key means in a load map; false where it means nothing there.
    pub fn on_heat(&mut self, heat: &Heat, action: Action, today: NaiveDate) -> bool {
        let (row, column) = self.in_heat(heat);
        let (last_row, last) = (
            heat.rows.len().saturating_sub(1),
            heat.from.len().saturating_sub(1),
        );
        let page = self.fits.get().1.saturating_sub(1).max(1);
        let (to_row, to) = match action {
            Action::Up => (row.saturating_sub(1), column),
            Action::Down => ((row + 1).min(last_row), column),
            Action::Left => (row, column.saturating_sub(1)),
            Action::Right => (row, (column + 1).min(last)),
            Action::PageUp => (row, column.saturating_sub(page)),
            Action::PageDown => (row, (column + page).min(last)),
            Action::First => (row, 0),
            Action::Last => (row, last),
            Action::ToToday => (
                row,
                heat.from.partition_point(|f| *f <= today).saturating_sub(1),
            ),
            _ => return false,
        };
        self.row = heat.rows.get(to_row).map_or(0, |r| r.work_centre_id);
        self.from = heat.from.get(to).copied();
        true
    }

    /// Where the cursor stands among curves.
    #[must_use]
    pub fn in_curves(&self, curves: &Curves) -> usize {
        let at = curves.charts.iter().position(|c| c.id == self.row);
        at.unwrap_or(0)
    }

    /// Puts the cursor on a curve that is there; each operation's is remembered by its id.
    pub fn settle_curves(&mut self, curves: &Curves) {
        let at = self.in_curves(curves);
        self.row = curves.charts.get(at).map_or(0, |c| c.id);
    }

    /// Does what a key means among curves; false where it means nothing there.
    pub fn on_curves(&mut self, curves: &Curves, action: Action) -> bool {
        let at = self.in_curves(curves);
        let last = curves.charts.len().saturating_sub(1);
        let to = match action {
            Action::Left | Action::Up | Action::PageUp => at.saturating_sub(1),
            Action::Right | Action::Down | Action::PageDown => (at + 1).min(last),
            Action::First => 0,
            Action::Last => last,
            _ => return false,
        };
        self.row = curves.charts.get(to).map_or(0, |c| c.id);
        true
    }
}
