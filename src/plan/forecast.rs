//! When an operation will be finished, told from what has been reported, with a range.
//!
//! The rate of the last reported days carries on into the open time that is left; the range is
//! what the slowest and the fastest of those days would give. Nothing here knows the plan: a
//! plan that is already wrong must not make its own forecast look right. `network` answers for
//! whole orders under what is uncertain.

mod calibration;
mod network;

use chrono::NaiveDate;

use crate::domain::calendar::Calendar;
use crate::domain::quantity::{Micro, Qty};
use crate::plan::input::{DAY, Minute, day_start};
use crate::plan::timeline::Timeline;

pub use calibration::{Calibration, calibration};
pub use network::{Answer, EXACT_MAX, Fix, Goal, Link, Luck, Network, Node, Step};

/// Reported days that set the rate.
const RATE_DAYS: usize = 3;
/// Reported days that set the range.
const RANGE_DAYS: usize = 5;

/// Good pieces of one operation reported for one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Report {
    pub day: NaiveDate,
    pub good: Qty,
}

/// What the reports of an operation say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// Finish at the rate of the last days; `None` where nothing good was made on them.
    pub finish: Option<Minute>,
    /// Finish at the best and at the worst of the days looked at.
    pub early: Option<Minute>,
    pub late: Option<Minute>,
    /// Pieces in a full working day at the present rate.
    pub rate_per_day: Qty,
    /// Pieces a day needed from now on to be ready in time; `None` once that time is over.
    pub required_per_day: Option<Qty>,
    /// Whole days since the last report; `None` without any.
    pub silent_days: Option<i64>,
}

/// Carries the pace of the last reports on to the end of what is left.
///
/// Reports may come in any order; several of one day are added up. Days without open time count
/// with the calendar's usual day.
#[must_use]
pub fn pace(
    reports: &[Report],
    left: Qty,
    needed_by: Minute,
    calendar: &Calendar,
    now: Minute,
) -> Pace {
    let timeline = Timeline::compile(calendar, now, &[], &[]);
    let days = by_day(reports, now);
    let usual = usual_day(&timeline, now);
    let open_on = |day: NaiveDate| match timeline.open_between(day_start(day), day_start(day) + DAY)
    {
        0 => usual,
        open => open,
    };
    let recent: Vec<(i64, i64)> = days
        .iter()
        .rev()
        .take(RANGE_DAYS)
        .map(|(day, good)| (good.0, open_on(*day)))
        .collect();
    let (made, open) = recent
        .iter()
        .take(RATE_DAYS)
        .fold((0, 0), |(g, o), (good, open)| (g + good, o + open));
    let finish_at = |(good, open): (i64, i64)| -> Option<Minute> {
        if left.0 <= 0 {
            return Some(now);
        }
        let minutes = i128::from(left.0) * i128::from(open);
        let minutes = (minutes + i128::from(good) - 1).checked_div(i128::from(good.max(0)))?;
        Some(timeline.advance(now, Minute::try_from(minutes).ok()?))
    };
    // The ends of the range never lie inside the forecast itself.
    let finish = finish_at((made, open));
    let single = || recent.iter().filter_map(|r| finish_at(*r)).chain(finish);
    let stopped = recent.iter().any(|r| r.0 <= 0) && left.0 > 0;
    let ahead = timeline.open_between(now, needed_by);
    Pace {
        finish,
        early: single().min(),
        late: if stopped { None } else { single().max() },
        rate_per_day: per_day(made, usual, open),
        required_per_day: (ahead > 0).then(|| per_day(left.0.max(0), usual, ahead)),
        silent_days: days
            .last()
            .map(|(day, _)| (now - day_start(*day)).div_euclid(DAY)),
    }
}

fn per_day(pieces: i64, day: i64, open: i64) -> Qty {
    let rate = i128::from(pieces) * i128::from(day) / i128::from(open.max(1));
    Micro(i64::try_from(rate).unwrap_or(i64::MAX))
}

/// Reports up to now, added up by day, in order.
fn by_day(reports: &[Report], now: Minute) -> Vec<(NaiveDate, Qty)> {
    let mut sums = std::collections::BTreeMap::new();
    for report in reports.iter().filter(|r| day_start(r.day) <= now) {
        let sum: &mut Qty = sums.entry(report.day).or_default();
        *sum = Micro(sum.0.saturating_add(report.good.0));
    }
    sums.into_iter().collect()
}

/// Open minutes of a usual working day: the mean of the open days of the coming four weeks.
fn usual_day(timeline: &Timeline, now: Minute) -> i64 {
    let today = now.div_euclid(DAY) * DAY;
    let open: Vec<i64> = (0..28)
        .map(|n| timeline.open_between(today + n * DAY, today + (n + 1) * DAY))
        .filter(|minutes| *minutes > 0)
        .collect();
    let count = i64::try_from(open.len()).unwrap_or(1).max(1);
    (open.iter().sum::<i64>() / count).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar::parse_shifts;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn eight_hours() -> Calendar {
        let shifts = parse_shifts("08:00-16:00").unwrap();
        let mut calendar = Calendar::always("DAY");
        for (at, d) in calendar.week.iter_mut().enumerate() {
            *d = if at < 5 { shifts.clone() } else { vec![] };
        }
        calendar
    }

    fn report(text: &str, good: i64) -> Report {
        Report {
            day: day(text),
            good: Micro::whole(good),
        }
    }

    #[test]
    fn the_rate_of_the_last_days_carries_on_over_the_weekend() {
        // Wednesday to Friday 100, 120, 80 pieces: 100 a day. 250 left on Saturday: two and a half
        // days, so Wednesday noon.
        let reports = [
            report("2026-11-18", 100),
            report("2026-11-19", 70),
            report("2026-11-19", 50),
            report("2026-11-20", 80),
        ];
        let now = day_start(day("2026-11-21"));
        let due = day_start(day("2026-11-25"));
        let p = pace(&reports, Micro::whole(250), due, &eight_hours(), now);
        assert_eq!(p.finish, Some(day_start(day("2026-11-25")) + 720));
        assert_eq!(p.rate_per_day, Micro::whole(100));
        assert_eq!(p.required_per_day, Some(Micro::whole(125)));
        assert_eq!(p.silent_days, Some(1));
        assert!(p.early < p.finish && p.finish < p.late);
    }

    #[test]
    fn no_report_and_no_good_piece_give_no_date() {
        let now = day_start(day("2026-11-21"));
        let none = pace(&[], Micro::whole(5), now, &eight_hours(), now);
        assert_eq!((none.finish, none.silent_days), (None, None));
        assert_eq!(none.required_per_day, None);
        let idle = [report("2026-11-19", 0), report("2026-11-20", 0)];
        assert_eq!(
            pace(&idle, Micro::whole(5), now, &eight_hours(), now).finish,
            None
        );
        assert_eq!(
            pace(&idle, Micro::ZERO, now, &eight_hours(), now).finish,
            Some(now)
        );
    }
}
