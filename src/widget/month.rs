//! A month to pick a day from.
//!
//! ```text
//!        2026-11
//!  一  二  三  四  五  六  日
//!                          1x
//!  ..
//!  23 [24] 25  26  27  28x 29x
//! ```
//!
//! What a day is (off, full, a holiday) comes as a role and a letter; the words over the columns
//! come from the caller. Weeks begin on Monday.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, Months, NaiveDate};
use ratatui::buffer::Buffer;
use ratatui::crossterm::event::{KeyCode, KeyEvent};
use ratatui::layout::Rect;

use super::{clear, put};
use crate::text::width::{Align, fit};
use crate::theme::{Role, Styles};

/// Cells of one day.
const CELL: u16 = 4;
/// Cells and rows of a month.
pub const SIZE: (u16, u16) = (7 * CELL, 8);

/// What is to be known of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayMark {
    pub role: Role,
    /// Behind the number, so that it is seen without colour.
    pub letter: char,
}

/// A month ready to be drawn.
#[derive(Debug, Clone, Copy)]
pub struct Month<'a> {
    pub selected: NaiveDate,
    pub today: NaiveDate,
    /// Monday first.
    pub weekdays: [&'a str; 7],
    pub marks: &'a BTreeMap<NaiveDate, DayMark>,
}

/// The day a key leads to from `day`: arrows by day and week, Page keys by month.
#[must_use]
pub fn step(day: NaiveDate, key: &KeyEvent) -> Option<NaiveDate> {
    match key.code {
        KeyCode::Left => day.pred_opt(),
        KeyCode::Right => day.succ_opt(),
        KeyCode::Up => day.checked_sub_days(Days::new(7)),
        KeyCode::Down => day.checked_add_days(Days::new(7)),
        KeyCode::PageUp => day.checked_sub_months(Months::new(1)),
        KeyCode::PageDown => day.checked_add_months(Months::new(1)),
        _ => None,
    }
}

impl Month<'_> {
    /// Draws the month of the selected day.
    pub fn render(&self, area: Rect, buf: &mut Buffer, styles: &Styles) {
        let area = area.intersection(buf.area);
        clear(buf, area, styles.base);
        if area.is_empty() {
            return;
        }
        let ellipsis = styles.symbols.ellipsis;
        let title = format!("{}-{:02}", self.selected.year(), self.selected.month());
        let title = fit(&title, SIZE.0.into(), Align::Centre, ellipsis);
        put(buf, area.x, area.y, area.width, &title, styles.title);
        let columns = (area.x..).step_by(CELL.into());
        for (x, name) in columns.zip(self.weekdays) {
            let text = fit(name, usize::from(CELL) - 1, Align::Right, ellipsis);
            put_in(buf, area, (x, area.y + 1), &text, styles.header);
        }
        let Some(first) = self.selected.with_day(1) else {
            return;
        };
        let skipped = first.weekday().num_days_from_monday();
        let days = first
            .iter_days()
            .take_while(|day| day.month() == first.month());
        for (at, day) in (skipped..).zip(days) {
            let (row, column) = (at / 7, at % 7);
            let x = u16::try_from(column).map_or(u16::MAX, |n| area.x + n * CELL);
            let y = u16::try_from(row).map_or(u16::MAX, |n| area.y + 2 + n);
            self.render_day(day, (x, y), area, buf, styles);
        }
    }

    fn render_day(
        &self,
        day: NaiveDate,
        at: (u16, u16),
        area: Rect,
        buf: &mut Buffer,
        styles: &Styles,
    ) {
        let mark = self.marks.get(&day);
        let letter = mark.map_or(' ', |m| m.letter);
        let today = if day == self.today { '*' } else { ' ' };
        let (text, style) = if day == self.selected {
            (format!("[{:>2}]", day.day()), styles.selected)
        } else {
            let role = mark.map_or(Role::Base, |m| m.role);
            (
                format!("{today}{:>2}{letter}", day.day()),
                styles.role(role),
            )
        };
        put_in(buf, area, at, &text, style);
    }
}

/// Writes one cell of the grid where it lies inside the area.
fn put_in(
    buf: &mut Buffer,
    area: Rect,
    (x, y): (u16, u16),
    text: &str,
    style: ratatui::style::Style,
) {
    if y < area.bottom() && x < area.right() {
        put(buf, x, y, CELL.min(area.right() - x), text, style);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::widget::screen_text;
    use ratatui::crossterm::event::KeyModifiers;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn the_month_shows_days_off_today_and_the_selected_day() {
        let off = DayMark {
            role: Role::Dim,
            letter: 'x',
        };
        let marks = [(day("2026-11-28"), off), (day("2026-11-29"), off)].into();
        let month = Month {
            selected: day("2026-11-24"),
            today: day("2026-11-23"),
            weekdays: ["一", "二", "三", "四", "五", "六", "日"],
            marks: &marks,
        };
        let mut buf = Buffer::empty(Rect::new(0, 0, SIZE.0, SIZE.1));
        month.render(buf.area, &mut buf, &Styles::standard());
        let text = screen_text(&buf);
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[0], "          2026-11");
        assert_eq!(lines[1], " 一  二  三  四  五  六  日");
        assert_eq!(lines[2], "                          1");
        assert_eq!(lines[6], "*23 [24] 25  26  27  28x 29x");
        assert_eq!(lines[7], " 30");
        let mut small = Buffer::empty(Rect::new(0, 0, 9, 3));
        month.render(small.area, &mut small, &Styles::standard());
    }

    #[test]
    fn keys_step_by_day_week_and_month() {
        let go = |from: &str, code| step(day(from), &KeyEvent::new(code, KeyModifiers::NONE));
        assert_eq!(go("2026-11-30", KeyCode::Right), Some(day("2026-12-01")));
        assert_eq!(go("2026-11-30", KeyCode::Up), Some(day("2026-11-23")));
        assert_eq!(go("2026-10-31", KeyCode::PageDown), Some(day("2026-11-30")));
        assert_eq!(go("2026-10-31", KeyCode::Enter), None);
    }
}
