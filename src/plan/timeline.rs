//! A calendar as minutes: sorted open windows with running sums of open time.
//!
//! Answers when work that starts at a minute ends, when it must start to end at a minute, and how
//! much time is open between two minutes, each in a few steps. Work that ends at a closing minute
//! ends there; it does not jump to the next opening. Beyond its last day a timeline is closed for
//! [`REST_DAYS`] and then open for ever, so that every question has an answer and a plan that
//! needs it is plainly late.

pub(crate) mod spans;

use chrono::Days;

use crate::domain::calendar::Calendar;
use crate::plan::input::{DAY, Minute, Span, day_of, day_start};
use crate::plan::timeline::spans::{subtract, unite};

/// Days before now that are compiled, for work that already runs.
pub const PAST_DAYS: i64 = 60;
/// Days from now that are compiled.
pub const HORIZON_DAYS: i64 = 1_100;
/// Closed days after the compiled ones.
pub const REST_DAYS: i64 = 3_650;
/// Where the last window ends: far beyond any date of an order.
const FOREVER: Minute = i64::MAX / 8;

/// Open windows of one calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timeline {
    windows: Vec<Window>,
    /// Start of the first bucket of `by_day`.
    base: Minute,
    /// Per day since `base`: the first window that ends after the day's first minute.
    by_day: Vec<u32>,
    /// Per [`BUCKET`] of open minutes: the last window that begins at or before so much work.
    by_work: Vec<u32>,
    /// One window without end: every minute is open.
    always: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Window {
    start: Minute,
    end: Minute,
    /// Open minutes before `start`.
    before: Minute,
}

/// Open minutes per bucket of `by_work`.
const BUCKET: Minute = 256;

impl Timeline {
    /// Open at every minute.
    #[must_use]
    pub fn always(now: Minute) -> Self {
        Self::from_spans(
            now,
            &[Span {
                start: now - PAST_DAYS * DAY,
                end: FOREVER,
            }],
        )
    }

    /// Compiles a calendar around `now`, with extra time added and closed time taken out.
    #[must_use]
    pub fn compile(calendar: &Calendar, now: Minute, extra: &[Span], closed: &[Span]) -> Self {
        Self::ahead(calendar, now, HORIZON_DAYS, extra, closed)
    }

    /// The same for so many days from now, [`HORIZON_DAYS`] at most: the less, the quicker. What
    /// lies beyond is closed for [`REST_DAYS`] as ever.
    #[must_use]
    pub fn ahead(
        calendar: &Calendar,
        now: Minute,
        days: i64,
        extra: &[Span],
        closed: &[Span],
    ) -> Self {
        let first = day_of(now - PAST_DAYS * DAY);
        let mut open = Vec::new();
        let days = PAST_DAYS + days.clamp(0, HORIZON_DAYS);
        let days = u64::try_from(days).unwrap_or(0);
        for n in 0..days {
            let Some(day) = first.checked_add_days(Days::new(n)) else {
                break;
            };
            let midnight = day_start(day);
            open.extend(calendar.shifts_on(day).iter().map(|s| Span {
                start: midnight + i64::from(s.start),
                end: midnight + i64::from(s.end),
            }));
        }
        Self::from_spans(now, &subtract(&unite(&open, extra), closed))
    }

    /// The working days of a calendar, each open round the clock: what a supplier's days count.
    #[must_use]
    pub fn whole_days(calendar: &Calendar, now: Minute) -> Self {
        let mut days = calendar.clone();
        let all = Calendar::always("").week;
        for (day, round) in days.week.iter_mut().zip(&all) {
            if !day.is_empty() {
                day.clone_from(round);
            }
        }
        for shifts in days.days.values_mut().filter(|s| !s.is_empty()) {
            shifts.clone_from(&all[0]);
        }
        Self::compile(&days, now, &[], &[])
    }

    /// Takes sorted spans that do not overlap; spans that touch become one.
    fn from_spans(now: Minute, spans: &[Span]) -> Self {
        let base = now - PAST_DAYS * DAY;
        let mut joined: Vec<Span> = Vec::with_capacity(spans.len() + 1);
        for span in spans.iter().filter(|s| s.end > s.start) {
            match joined.last_mut() {
                Some(last) if last.end >= span.start => last.end = last.end.max(span.end),
                _ => joined.push(*span),
            }
        }
        let horizon = base + (PAST_DAYS + HORIZON_DAYS) * DAY;
        match joined.last_mut() {
            // Round the clock to the horizon: also after it.
            Some(last) if last.end >= horizon => last.end = FOREVER,
            _ => joined.push(Span {
                start: horizon + REST_DAYS * DAY,
                end: FOREVER,
            }),
        }
        let mut before = 0;
        let windows: Vec<Window> = joined
            .iter()
            .map(|s| {
                let w = Window {
                    start: s.start,
                    end: s.end,
                    before,
                };
                before += s.end - s.start;
                w
            })
            .collect();
        let always = windows.len() == 1 && windows.first().is_some_and(|w| w.start <= base);
        let mut line = Self {
            windows,
            base,
            by_day: Vec::new(),
            by_work: Vec::new(),
            always,
        };
        line.index();
        line
    }

    fn index(&mut self) {
        let mut at = 0;
        for day in 0..PAST_DAYS + HORIZON_DAYS {
            let start = self.base + day * DAY;
            while self.windows.get(at).is_some_and(|w| w.end <= start) {
                at += 1;
            }
            self.by_day.push(u32::try_from(at).unwrap_or(u32::MAX));
        }
        let finite = self.windows.last().map_or(0, |w| w.before);
        let mut at = 0;
        for bucket in 0..=finite / BUCKET {
            while self
                .windows
                .get(at + 1)
                .is_some_and(|w| w.before <= bucket * BUCKET)
            {
                at += 1;
            }
            self.by_work.push(u32::try_from(at).unwrap_or(u32::MAX));
        }
    }

    /// Index of the first window that ends after `t`; the last window ends beyond every minute.
    #[inline]
    fn window_at(&self, t: Minute) -> usize {
        let day = usize::try_from((t - self.base).max(0) / DAY).unwrap_or(0);
        let mut at = self
            .by_day
            .get(day)
            .or(self.by_day.last())
            .map_or(0, |w| *w as usize);
        while self.windows.get(at).is_some_and(|w| w.end <= t) {
            at += 1;
        }
        at.min(self.windows.len().saturating_sub(1))
    }

    #[inline]
    fn window(&self, at: usize) -> Window {
        self.windows.get(at).copied().unwrap_or(Window {
            start: 0,
            end: FOREVER,
            before: 0,
        })
    }

    /// The first open minute at or after `t`.
    #[must_use]
    #[inline]
    pub fn next_open(&self, t: Minute) -> Minute {
        if self.always {
            return t;
        }
        t.max(self.window(self.window_at(t)).start)
    }

    /// The minute at which `work` open minutes from `t` on have passed; `t` itself for no work.
    #[must_use]
    pub fn advance(&self, t: Minute, work: Minute) -> Minute {
        if work <= 0 { t } else { self.place(t, work).1 }
    }

    /// Start and end of `work` minutes that may begin at `t`: the start is an open minute.
    #[must_use]
    #[inline]
    pub fn place(&self, t: Minute, work: Minute) -> (Minute, Minute) {
        if self.always {
            return (t, t + work);
        }
        let at = self.window_at(t);
        let w = self.window(at);
        let start = t.max(w.start);
        let end = start + work;
        if end <= w.end {
            return (start, end);
        }
        (start, self.end_of(w.before + (start - w.start) + work))
    }

    /// The earliest minute with `total` open minutes before it since the first window.
    #[inline]
    fn end_of(&self, total: Minute) -> Minute {
        // The end lies in the last window that begins with less than `total` done.
        let bucket = usize::try_from((total - 1) / BUCKET).unwrap_or(0);
        let mut at = self
            .by_work
            .get(bucket)
            .or(self.by_work.last())
            .map_or(0, |w| *w as usize);
        while self.windows.get(at + 1).is_some_and(|n| n.before < total) {
            at += 1;
        }
        let w = self.window(at);
        w.start + (total - w.before)
    }

    /// Open minutes since the first window.
    #[inline]
    fn done_by(&self, t: Minute) -> Minute {
        let w = self.window(self.window_at(t));
        w.before + (t - w.start).max(0)
    }

    /// Open minutes between two minutes, `to` excluded; zero if `to <= from`.
    #[must_use]
    pub fn open_between(&self, from: Minute, to: Minute) -> Minute {
        if to <= from {
            0
        } else if self.always {
            to - from
        } else {
            self.done_by(to) - self.done_by(from)
        }
    }

    /// The latest minute from which `work` open minutes fit before `t`; for no work, `t` itself.
    ///
    /// Clamped to the first compiled minute where the past holds too little open time.
    #[must_use]
    pub fn retreat(&self, t: Minute, work: Minute) -> Minute {
        if work <= 0 {
            return t;
        }
        if self.always {
            return t - work;
        }
        let left = self.done_by(t) - work;
        if left < 0 {
            // More than the past holds: as if it were open round the clock before it.
            return self.window(0).start.min(self.base) + left;
        }
        // The window that holds the minute after which exactly `work` remains.
        let at = self
            .windows
            .partition_point(|w| w.before <= left)
            .saturating_sub(1);
        let w = self.window(at);
        w.start + (left - w.before)
    }

    /// The minute the last open time at or before `t` ended: `t` itself while open.
    #[must_use]
    pub fn last_close(&self, t: Minute) -> Minute {
        let at = self.window_at(t);
        if self.window(at).start <= t {
            return t;
        }
        match at.checked_sub(1) {
            Some(before) => self.window(before).end,
            None => t,
        }
    }

    /// The first minute after the compiled days; plans that reach it are beyond the horizon.
    #[must_use]
    pub const fn horizon(&self) -> Minute {
        self.base + (PAST_DAYS + HORIZON_DAYS) * DAY
    }

    /// Whether any minute up to the horizon is open.
    #[must_use]
    pub fn is_ever_open(&self, now: Minute) -> bool {
        self.next_open(now) < self.horizon()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar::parse_shifts;
    use proptest::prelude::*;

    /// Monday to Friday, 08:00-12:00 and 13:30-17:30; minute 0 is Saturday 2000-01-01.
    fn week() -> Calendar {
        let shifts = parse_shifts("08:00-12:00 13:30-17:30").unwrap();
        let mut calendar = Calendar::always("DAY");
        for (at, day) in calendar.week.iter_mut().enumerate() {
            *day = if at < 5 { shifts.clone() } else { vec![] };
        }
        calendar
    }

    const MONDAY: Minute = 2 * DAY;

    #[test]
    fn work_ends_at_the_closing_minute_and_starts_at_the_next_opening() {
        let t = Timeline::compile(&week(), 0, &[], &[]);
        assert_eq!(t.next_open(0), MONDAY + 480);
        assert_eq!(t.advance(MONDAY + 480, 240), MONDAY + 720);
        assert_eq!(t.advance(MONDAY + 480, 241), MONDAY + 811);
        assert_eq!(t.place(MONDAY + 720, 1), (MONDAY + 810, MONDAY + 811));
        assert_eq!(t.advance(MONDAY + 480, 5 * 480), MONDAY + 4 * DAY + 1050);
        assert_eq!(
            t.retreat(MONDAY + 7 * DAY + 480, 1),
            MONDAY + 4 * DAY + 1049
        );
        assert_eq!(t.open_between(0, 9 * DAY), 5 * 480);
        assert_eq!(t.last_close(MONDAY + 750), MONDAY + 720);
    }

    #[test]
    fn overtime_adds_and_repair_takes_away() {
        let saturday = Span {
            start: MONDAY + 5 * DAY + 480,
            end: MONDAY + 5 * DAY + 720,
        };
        let repair = Span {
            start: MONDAY + 500,
            end: MONDAY + 600,
        };
        let t = Timeline::compile(&week(), 0, &[saturday], &[repair]);
        assert_eq!(
            t.open_between(MONDAY, MONDAY + 7 * DAY),
            5 * 480 + 240 - 100
        );
        assert_eq!(t.advance(MONDAY + 480, 21), MONDAY + 601);
    }

    #[test]
    fn a_supplier_s_working_days_are_round_the_clock() {
        let t = Timeline::whole_days(&week(), 0);
        assert_eq!(
            t.advance(MONDAY + 4 * DAY + 600, DAY),
            MONDAY + 7 * DAY + 600
        );
    }

    #[test]
    fn a_calendar_that_never_opens_says_so() {
        let mut never = week();
        never.week = std::array::from_fn(|_| vec![]);
        assert!(!Timeline::compile(&never, 0, &[], &[]).is_ever_open(0));
        assert!(Timeline::always(0).is_ever_open(0));
    }

    /// Minute-by-minute reference.
    fn slow_advance(calendar: &Calendar, mut t: Minute, mut work: Minute) -> Minute {
        while work > 0 {
            let at = t.rem_euclid(DAY);
            let open = calendar
                .shifts_on(day_of(t))
                .iter()
                .any(|s| i64::from(s.start) <= at && at < i64::from(s.end));
            work -= i64::from(open);
            t += 1;
        }
        t
    }

    proptest! {
        #[test]
        fn advance_agrees_with_counting_minutes(t in 0..30 * DAY, work in 0..3_000_i64) {
            let line = Timeline::compile(&week(), 0, &[], &[]);
            let end = line.advance(t, work);
            prop_assert_eq!(end, slow_advance(&week(), t, work));
            prop_assert_eq!(line.open_between(t, end), work);
        }

        #[test]
        fn retreat_undoes_advance_on_open_minutes(t in 0..30 * DAY, a in 1..3_000_i64, b in 1..3_000_i64) {
            let line = Timeline::compile(&week(), 0, &[], &[]);
            let start = line.next_open(t);
            prop_assert_eq!(line.retreat(line.advance(start, a), a), start);
            prop_assert_eq!(line.advance(line.advance(t, a), b), line.advance(t, a + b));
        }
    }
}
