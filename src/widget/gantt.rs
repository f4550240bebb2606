//! Bars over time: one row per line, order or operation.
//!
//! ```text
//!              2026-11                         heading: month or day
//!              23 24 25 26 27 28 29            heading: days or hours
//!  裁床 1      ▐SO-118███▌  │   ░░░░░░         closed times shaded, today as a line
//! ▸车缝 2      [SO-120██████L]                 the selected bar in brackets, late: a letter
//! ```
//!
//! Times are minutes from midnight of the first day of the axis; nothing here knows calendars,
//! closed times are handed in. A bar is never less than one cell, so nothing planned is invisible.

use std::ops::Range;

use chrono::{Datelike, Days, NaiveDate, Weekday};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::field::Focus;
use super::table::TableState;
use super::{clear, put, put_clipped};
use crate::text::safe::shown;
use crate::text::width::width;
use crate::theme::{Role, Styles};

/// Minutes in a day.
const DAY: i64 = 1_440;
/// Rows of heading.
pub const HEADING_ROWS: u16 = 2;

/// How much time one cell stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Scale {
    /// One hour a cell.
    Hour,
    /// Eight hours a cell: a day is three.
    #[default]
    Day,
    /// A day a cell.
    Week,
    /// A week a cell.
    Month,
}

impl Scale {
    /// Minutes of one cell.
    #[must_use]
    pub const fn minutes(self) -> i64 {
        match self {
            Self::Hour => 60,
            Self::Day => 480,
            Self::Week => DAY,
            Self::Month => 7 * DAY,
        }
    }
}

/// A piece of work in time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    /// Minutes from the origin; the end is not included.
    pub minutes: Range<i64>,
    pub role: Role,
    /// Written into the bar as far as it fits.
    pub text: String,
    /// In the last cell: a state that must be seen without colour, such as late.
    pub letter: Option<char>,
    /// How far its end may slip, in minutes from the origin; shown where the bar is selected.
    pub slack: i64,
}

/// One row of the chart.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct GanttRow {
    pub label: String,
    pub role: Role,
    /// By start; where two share a cell the later one is seen.
    pub bars: Vec<Bar>,
}

/// Load over time, under the rows: a level for each period.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Strip {
    pub label: String,
    /// Periods in minutes from the origin, with their per cent.
    pub loads: Vec<(Range<i64>, i64)>,
}

/// A chart ready to be drawn.
#[derive(Debug, Clone)]
pub struct Gantt<'a> {
    /// The rows from index `first` on; rows outside the window are not looked at.
    pub rows: &'a [GanttRow],
    pub first: usize,
    pub state: TableState,
    /// The selected bar of the selected row.
    pub bar: Option<usize>,
    /// The day of minute zero.
    pub origin: NaiveDate,
    /// The minute at the left edge; brought to a whole cell.
    pub left: i64,
    pub scale: Scale,
    /// The minute of now.
    pub now: Option<i64>,
    /// Times without work, in order.
    pub closed: &'a [Range<i64>],
    pub label_cells: u16,
    pub focus: Focus,
    pub empty: &'a str,
}

impl Gantt<'_> {
    /// Rows of bars that fit under the heading.
    #[must_use]
    pub const fn rows_in(area: Rect) -> usize {
        area.height.saturating_sub(HEADING_ROWS) as usize
    }

    /// Minutes that can be seen in an area.
    #[must_use]
    pub fn span(&self, area: Rect) -> i64 {
        i64::from(self.chart(area).width) * self.scale.minutes()
    }

    /// Draws heading and rows.
    pub fn render(&self, area: Rect, buf: &mut Buffer, styles: &Styles) {
        let area = area.intersection(buf.area);
        if area.is_empty() {
            return;
        }
        clear(buf, area, styles.base);
        let chart = self.chart(area);
        self.render_heading(chart, buf, styles);
        let body = Rect {
            y: (chart.y + HEADING_ROWS).min(chart.bottom()),
            height: chart.height.saturating_sub(HEADING_ROWS),
            ..chart
        };
        if self.rows.is_empty() {
            let ellipsis = styles.symbols.ellipsis;
            let text = shown(self.empty);
            put_clipped(
                buf,
                (area.x + 1, body.y),
                area.width - 1,
                &text,
                styles.dim,
                ellipsis,
            );
            return;
        }
        self.render_ground(body, buf, styles);
        let skipped = self.state.offset.saturating_sub(self.first);
        let seen = self.rows.iter().enumerate().skip(skipped);
        for (y, (at, row)) in (body.y..body.bottom()).zip(seen) {
            let selected = self.first + at == self.state.selected;
            self.render_label(
                Rect {
                    y,
                    height: 1,
                    ..area
                },
                buf,
                styles,
                row,
                selected,
            );
            if let Some(bar) = self.bar.and_then(|n| row.bars.get(n)).filter(|_| selected) {
                self.render_slack(
                    Rect {
                        y,
                        height: 1,
                        ..body
                    },
                    buf,
                    styles,
                    bar,
                );
            }
            for (n, bar) in row.bars.iter().enumerate() {
                let chosen = selected && self.bar == Some(n);
                let joined = row.bars.iter().any(|b| b.minutes.end == bar.minutes.start);
                self.render_bar(
                    Rect {
                        y,
                        height: 1,
                        ..body
                    },
                    buf,
                    styles,
                    bar,
                    (chosen, joined),
                );
            }
        }
    }

    /// The part right of the labels.
    fn chart(&self, area: Rect) -> Rect {
        let labels = (self.label_cells + 2).min(area.width);
        Rect {
            x: area.x + labels,
            width: area.width - labels,
            ..area
        }
    }

    /// The minute at the left edge, on a whole cell.
    fn left(&self) -> i64 {
        let cell = self.scale.minutes();
        self.left.div_euclid(cell) * cell
    }

    /// The columns a time takes, cut to the chart; `None` where it lies outside.
    fn columns(&self, minutes: &Range<i64>, chart: Rect) -> Option<Range<u16>> {
        let cell = self.scale.minutes();
        let first = (minutes.start - self.left()).div_euclid(cell);
        let last = (minutes.end.max(minutes.start + 1) - 1 - self.left()).div_euclid(cell);
        let width = i64::from(chart.width);
        if last < 0 || first >= width {
            return None;
        }
        let clip = |n: i64| u16::try_from(n.clamp(0, width)).unwrap_or(chart.width);
        Some(chart.x + clip(first)..chart.x + clip(last + 1))
    }

    fn render_ground(&self, body: Rect, buf: &mut Buffer, styles: &Styles) {
        let cell = self.scale.minutes();
        for x in body.left()..body.right() {
            let start = self.left() + i64::from(x - body.x) * cell;
            let end = start + cell;
            let closed = self.closed.iter().any(|c| c.start <= start && c.end >= end);
            let now = self.now.is_some_and(|n| (start..end).contains(&n));
            let (mark, style) = match (now, closed) {
                (true, _) => (styles.symbols.today, styles.accent),
                (false, true) => (styles.symbols.closed, styles.closed),
                (false, false) => continue,
            };
            for y in body.top()..body.bottom() {
                put(buf, x, y, 1, &mark.to_string(), style);
            }
        }
    }

    fn render_label(
        &self,
        line: Rect,
        buf: &mut Buffer,
        styles: &Styles,
        row: &GanttRow,
        selected: bool,
    ) {
        let style = match (selected, self.focus) {
            (false, _) => styles.role(row.role),
            (true, Focus::Here) => styles.selected,
            (true, Focus::Away) => styles.selected_idle,
        };
        let cells = (self.label_cells + 1).min(line.width);
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

    fn render_bar(
        &self,
        line: Rect,
        buf: &mut Buffer,
        styles: &Styles,
        bar: &Bar,
        (chosen, joined): (bool, bool),
    ) {
        let Some(columns) = self.columns(&bar.minutes, line) else {
            return;
        };
        let style = match (chosen, self.focus) {
            (true, Focus::Here) => styles.selected,
            (true, Focus::Away) => styles.selected_idle,
            (false, _) => styles.fill(bar.role),
        };
        let cells = columns.end - columns.start;
        clear(
            buf,
            Rect {
                x: columns.start,
                width: cells,
                ..line
            },
            style,
        );
        let mut room = columns.clone();
        if let Some(letter) = bar.letter {
            room.end -= 1;
            put(buf, room.end, line.y, 1, &letter.to_string(), style);
        }
        if chosen && room.len() >= 2 {
            put(buf, room.start, line.y, 1, "[", style);
            room.start += 1;
            let end = if bar.letter.is_some() {
                room.end
            } else {
                room.end - 1
            };
            if bar.letter.is_none() {
                put(buf, end, line.y, 1, "]", style);
            }
            room.end = end;
        } else if joined && room.len() >= 2 {
            // Two bars that touch would look like one.
            put(
                buf,
                room.start,
                line.y,
                1,
                &styles.symbols.vertical.to_string(),
                style,
            );
            room.start += 1;
        }
        let cells = u16::try_from(room.len()).unwrap_or(0);
        put(buf, room.start, line.y, cells, &shown(&bar.text), style);
    }

    /// Dots from the end of a bar to where it may slip.
    fn render_slack(&self, line: Rect, buf: &mut Buffer, styles: &Styles, bar: &Bar) {
        let free = bar.minutes.end..bar.slack;
        if free.end <= free.start {
            return;
        }
        let Some(columns) = self.columns(&free, line) else {
            return;
        };
        for x in columns {
            put(
                buf,
                x,
                line.y,
                1,
                &styles.symbols.dot.to_string(),
                styles.key,
            );
        }
    }

    /// Draws load below the rows, on the same axis; see [`Strip`].
    pub fn render_strips(&self, strips: &[Strip], area: Rect, buf: &mut Buffer, styles: &Styles) {
        let area = area.intersection(buf.area);
        clear(buf, area, styles.base);
        let chart = self.chart(area);
        for (y, strip) in (area.y..area.bottom()).zip(strips) {
            let cells = self.label_cells.min(area.width.saturating_sub(1));
            let ellipsis = styles.symbols.ellipsis;
            let label = shown(&strip.label);
            put_clipped(buf, (area.x + 1, y), cells, &label, styles.label, ellipsis);
            let line = Rect {
                y,
                height: 1,
                ..chart
            };
            for (minutes, percent) in &strip.loads {
                if let Some(columns) = self.columns(minutes, line) {
                    render_load((columns, y), buf, styles, *percent);
                }
            }
        }
    }

    fn render_heading(&self, chart: Rect, buf: &mut Buffer, styles: &Styles) {
        let cell = self.scale.minutes();
        // The first free column of each of the two rows, and what was written last.
        let mut rows = [(chart.x, String::new()), (chart.x, String::new())];
        for x in chart.left()..chart.right() {
            let minute = self.left() + i64::from(x - chart.x) * cell;
            let Some(day) = day_at(self.origin, minute) else {
                continue;
            };
            let texts = self.heading(day, minute.rem_euclid(DAY));
            for ((y, row), text) in (chart.y..chart.bottom()).zip(&mut rows).zip(texts) {
                let (free, last) = row;
                let cells = u16::try_from(width(&text)).unwrap_or(u16::MAX);
                let fits = x >= *free && cells <= chart.right() - x;
                if fits && !text.is_empty() && text != *last {
                    put(buf, x, y, cells, &text, styles.header);
                    *row = (x + cells + 1, text);
                }
            }
        }
    }

    /// What stands over a cell in the upper and the lower row; written where it changes.
    ///
    /// Each text is true of every cell it is given for, because it may be written late for want of
    /// room; a week is named by its Monday, and only there.
    fn heading(&self, day: NaiveDate, minute: i64) -> [String; 2] {
        let month = format!("{}-{:02}", day.year(), day.month());
        match self.scale {
            Scale::Hour => {
                let hour = minute / 240 * 4;
                let on_time = minute % 240 < self.scale.minutes();
                let lower = if on_time {
                    format!("{hour:02}")
                } else {
                    String::new()
                };
                [day.to_string(), lower]
            }
            Scale::Day => [month, format!("{:02}", day.day())],
            Scale::Week => {
                let monday = day.weekday() == Weekday::Mon;
                let lower = if monday {
                    day.format("%m-%d").to_string()
                } else {
                    String::new()
                };
                [month, lower]
            }
            Scale::Month => [day.year().to_string(), format!("{:02}", day.month())],
        }
    }
}

/// A level in every cell of a period, and the number where it fits.
fn render_load((columns, y): (Range<u16>, u16), buf: &mut Buffer, styles: &Styles, percent: i64) {
    let levels = styles.symbols.levels;
    let top = i64::try_from(levels.len()).unwrap_or(9) - 1;
    // Any work at all is seen.
    let level = (percent.clamp(0, 100) * top + 99) / 100;
    let symbol = usize::try_from(level).ok().and_then(|n| levels.get(n));
    let symbol = symbol.copied().unwrap_or(' ').to_string();
    let style = match percent {
        101.. => styles.bad,
        85..=100 => styles.warn,
        _ => styles.dim,
    };
    for x in columns.clone() {
        put(buf, x, y, 1, &symbol, style);
    }
    let number = percent.min(999).to_string();
    let cells = u16::try_from(number.len()).unwrap_or(u16::MAX);
    let room = u16::try_from(columns.len()).unwrap_or(0);
    if cells < room && percent > 0 {
        put(buf, columns.start, y, cells, &number, style);
    }
}

fn day_at(origin: NaiveDate, minute: i64) -> Option<NaiveDate> {
    let days = minute.div_euclid(DAY);
    let step = Days::new(days.unsigned_abs());
    if days < 0 {
        origin.checked_sub_days(step)
    } else {
        origin.checked_add_days(step)
    }
}

#[cfg(test)]
mod tests;
