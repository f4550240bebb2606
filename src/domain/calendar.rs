//! Working calendars: shifts by weekday, with days that differ (holidays, make-up days, own shifts).
//!
//! Civil dates and minutes of the factory's own day; no time zone. The planner compiles a calendar
//! into minute windows (`plan`); here live the rules in whole days.

use std::collections::BTreeMap;
use std::ops::Bound;

use chrono::{Datelike, Days, NaiveDate, Weekday};

/// Minutes in a day; a shift may end here (`24:00`).
pub const DAY_MINUTES: u16 = 1440;
/// Days looked through for a working day before a calendar counts as never open.
pub const SEARCH_DAYS_MAX: u32 = 3_660;

/// An open time of a day in minutes from midnight, `start` included, `end` not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Shift {
    pub start: u16,
    pub end: u16,
}

impl Shift {
    /// Reads `08:00-12:00`; the end may be `24:00`, and lies after the start.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (start, end) = text.trim().split_once('-')?;
        let shift = Self {
            start: clock(start)?,
            end: clock(end)?,
        };
        (shift.start < shift.end).then_some(shift)
    }

    /// Writes `08:00-12:00`.
    #[must_use]
    pub fn text(self) -> String {
        let clock = |m: u16| format!("{:02}:{:02}", m / 60, m % 60);
        format!("{}-{}", clock(self.start), clock(self.end))
    }

    #[must_use]
    pub const fn minutes(self) -> u16 {
        self.end - self.start
    }
}

fn clock(text: &str) -> Option<u16> {
    let (h, m) = text.trim().split_once(':')?;
    let (h, m): (u16, u16) = (h.parse().ok()?, m.parse().ok()?);
    (h <= 24 && m < 60 && h * 60 + m <= DAY_MINUTES).then(|| h * 60 + m)
}

/// Reads a blank-separated list of shifts in order, without overlap.
#[must_use]
pub fn parse_shifts(text: &str) -> Option<Vec<Shift>> {
    let shifts = text
        .split_whitespace()
        .map(Shift::parse)
        .collect::<Option<Vec<_>>>()?;
    let ordered = shifts
        .windows(2)
        .all(|pair| matches!(pair, [a, b] if a.end <= b.start));
    ordered.then_some(shifts)
}

/// Writes shifts as a blank-separated list.
#[must_use]
pub fn shifts_text(shifts: &[Shift]) -> String {
    shifts
        .iter()
        .map(|s| s.text())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Which times are open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    pub code: String,
    /// Monday first.
    pub week: [Vec<Shift>; 7],
    /// Days that do not follow the week; an empty list is a day off.
    pub days: BTreeMap<NaiveDate, Vec<Shift>>,
}

impl Calendar {
    /// Open round the clock, every day.
    #[must_use]
    pub fn always(code: &str) -> Self {
        let all = vec![Shift {
            start: 0,
            end: DAY_MINUTES,
        }];
        Self {
            code: code.to_owned(),
            week: std::array::from_fn(|_| all.clone()),
            days: BTreeMap::new(),
        }
    }

    /// The shifts of a day, in order.
    #[must_use]
    pub fn shifts_on(&self, day: NaiveDate) -> &[Shift] {
        if let Some(own) = self.days.get(&day) {
            return own;
        }
        let at = day.weekday().num_days_from_monday() as usize;
        self.week.get(at).map_or(&[], Vec::as_slice)
    }

    #[must_use]
    pub fn is_working(&self, day: NaiveDate) -> bool {
        !self.shifts_on(day).is_empty()
    }

    /// Open minutes of a day.
    #[must_use]
    pub fn open_minutes(&self, day: NaiveDate) -> u32 {
        self.shifts_on(day)
            .iter()
            .map(|s| u32::from(s.minutes()))
            .sum()
    }

    /// The working day itself or the next one after it; `None` where none comes within
    /// [`SEARCH_DAYS_MAX`] days.
    #[must_use]
    pub fn on_or_after(&self, day: NaiveDate) -> Option<NaiveDate> {
        (0..SEARCH_DAYS_MAX)
            .filter_map(|n| day.checked_add_days(Days::new(n.into())))
            .find(|d| self.is_working(*d))
    }

    /// The working day itself or the last one before it.
    #[must_use]
    pub fn on_or_before(&self, day: NaiveDate) -> Option<NaiveDate> {
        (0..SEARCH_DAYS_MAX)
            .filter_map(|n| day.checked_sub_days(Days::new(n.into())))
            .find(|d| self.is_working(*d))
    }

    /// The day `n` working days after `day` (before it, where `n` is negative).
    ///
    /// `day` itself is not counted and need not be a working day; with `n` zero it is returned as it is.
    #[must_use]
    pub fn add_days(&self, day: NaiveDate, n: i32) -> Option<NaiveDate> {
        let mut at = day;
        for _ in 0..n.unsigned_abs() {
            at = if n > 0 {
                self.on_or_after(at.succ_opt()?)?
            } else {
                self.on_or_before(at.pred_opt()?)?
            };
        }
        Some(at)
    }

    /// Working days after `from` up to and including `to`; negative where `to` lies before `from`.
    #[must_use]
    pub fn days_between(&self, from: NaiveDate, to: NaiveDate) -> i32 {
        let (low, high, sign) = if from <= to {
            (from, to, 1)
        } else {
            (to, from, -1)
        };
        let works = |day: NaiveDate| {
            let at = day.weekday().num_days_from_monday() as usize;
            self.week.get(at).is_some_and(|shifts| !shifts.is_empty())
        };
        // Whole weeks by the week, the days that are left one by one, then those that differ.
        let days = (high - low).num_days();
        let week = self.week.iter().filter(|shifts| !shifts.is_empty()).count() as i64;
        let rest = high.iter_days().rev().take((days % 7) as usize);
        let mut count = days / 7 * week + rest.filter(|d| works(*d)).count() as i64;
        let own = (Bound::Excluded(low), Bound::Included(high));
        for (day, shifts) in self.days.range(own) {
            count += i64::from(!shifts.is_empty()) - i64::from(works(*day));
        }
        sign * i32::try_from(count).unwrap_or(i32::MAX)
    }
}

/// The column name of a weekday in the week tables and in the interchange file.
#[must_use]
pub const fn weekday_code(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "mon",
        Weekday::Tue => "tue",
        Weekday::Wed => "wed",
        Weekday::Thu => "thu",
        Weekday::Fri => "fri",
        Weekday::Sat => "sat",
        Weekday::Sun => "sun",
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn working_days_between_are_those_counted_one_by_one(
            week in prop::array::uniform7(any::<bool>()),
            own in prop::collection::btree_map(0_u64..200, any::<bool>(), 0..30),
            ends in (0_u64..200, 0_u64..200),
        ) {
            let shift = |open: bool| parse_shifts(if open { "08:00-12:00" } else { "" }).unwrap();
            let at = |n: u64| day("2026-01-01") + Days::new(n);
            let calendar = Calendar {
                week: week.map(shift),
                days: own.into_iter().map(|(n, open)| (at(n), shift(open))).collect(),
                ..Calendar::always("T")
            };
            let (from, to) = (at(ends.0), at(ends.1));
            let (low, high) = (from.min(to), from.max(to));
            let days = low.iter_days().skip(1).take_while(|d| *d <= high);
            let count = days.filter(|d| calendar.is_working(*d)).count() as i32;
            let sign = if from <= to { 1 } else { -1 };
            prop_assert_eq!(calendar.days_between(from, to), sign * count);
        }
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn five_day_week() -> Calendar {
        let shifts = parse_shifts("08:00-12:00 13:30-17:30").unwrap();
        let mut calendar = Calendar::always("DAY");
        for (at, week) in calendar.week.iter_mut().enumerate() {
            *week = if at < 5 { shifts.clone() } else { vec![] };
        }
        calendar.days.insert(day("2026-10-01"), vec![]);
        calendar.days.insert(day("2026-10-10"), shifts);
        calendar
    }

    #[test]
    fn a_holiday_is_off_and_a_make_up_saturday_works() {
        let c = five_day_week();
        assert!(!c.is_working(day("2026-10-01")));
        assert!(c.is_working(day("2026-10-10")));
        assert_eq!(c.add_days(day("2026-09-30"), 1), Some(day("2026-10-02")));
        assert_eq!(c.add_days(day("2026-10-12"), -1), Some(day("2026-10-10")));
        assert_eq!(c.days_between(day("2026-09-30"), day("2026-10-05")), 2);
        assert_eq!(c.days_between(day("2026-10-05"), day("2026-09-30")), -2);
        assert_eq!(c.open_minutes(day("2026-10-10")), 480);
    }

    #[test]
    fn shifts_are_read_in_order_or_not_at_all() {
        assert_eq!(
            shifts_text(&parse_shifts("00:00-24:00").unwrap()),
            "00:00-24:00"
        );
        for bad in [
            "12:00-08:00",
            "08:00-12:00 11:00-13:00",
            "8-12",
            "24:01-25:00",
            "aa:00-bb:00",
        ] {
            assert_eq!(parse_shifts(bad), None, "{bad}");
        }
    }
}
