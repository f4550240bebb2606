//! When an operation will be finished, told from what has been reported, with a range.
//!
//! The rate of the reported days carries on into the open time that is left; a day counts half as
//! much as one five reported days later, so that a line that got faster or slower is believed soon
//! and a single bad day is not. The range is what the spread of those days makes of it. Nothing
//! here knows the plan: a plan that is already wrong must not make its own forecast look right.
//! `network` answers for whole orders under what is uncertain.

mod calibration;
mod curve;
mod network;
mod operation;

use chrono::NaiveDate;

use crate::domain::calendar::Calendar;
use crate::domain::quantity::{Micro, Qty};
use crate::plan::input::{DAY, Minute, day_start};
use crate::plan::timeline::{HORIZON_DAYS, Timeline};

pub use calibration::{Calibration, calibration};
pub use curve::{Curve, curve, curves, order_curve};
pub use network::{Answer, EXACT_MAX, Fix, Goal, Link, Luck, Network, Node, Step};
pub use operation::{
    Finishing, Imbalance, OperationPace, Paces, finishing, imbalance, pace_of, paces,
};

/// Reported days whose rate is shown as that of the last days.
const RATE_DAYS: usize = 3;
/// What a day counts beside the reported day after it, in millionths: the fifth root of a half.
const FADE: i128 = 870_551;
/// Reported days that are looked at; what is older counts next to nothing.
const DAYS_MAX: usize = 40;
/// Spread of a day's output where little is known of it, as the square of a share in millionths:
/// 0.2 squared. Sewing teams: standard deviation of the productivity 0.15 at 0.75 (UCI data set
/// "Productivity Prediction of Garment Employees").
const SPREAD: i128 = 40_000;
/// Reported days that the usual spread counts as.
const SPREAD_DAYS: i128 = 4;
/// Eight in ten finishes lie between the ends of the range: 1.28 standard deviations of a normal
/// distribution, in hundredths.
const RANGE: i128 = 128;

/// Good pieces of one operation reported for one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Report {
    pub day: NaiveDate,
    pub good: Qty,
}

/// What the reports of an operation say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Pace {
    /// Finish at the carried rate; `None` where nothing good was made on the last days.
    pub finish: Option<Minute>,
    /// Between these it is finished eight times in ten; none where `finish` is none.
    pub early: Option<Minute>,
    pub late: Option<Minute>,
    /// Pieces in a full working day at the rate of the last [`RATE_DAYS`] reported days.
    pub rate_per_day: Qty,
    /// Pieces in a full working day at the rate that the forecast carries on.
    pub carried_per_day: Qty,
    /// Pieces a day needed from now on to be ready in time; `None` once that time is over.
    pub required_per_day: Option<Qty>,
    /// Whole days since the last report; `None` without any.
    pub silent_days: Option<i64>,
}

/// Days from today on that tell what a usual day is.
const USUAL_DAYS: i64 = 28;

/// The open time of a calendar around now, and how much of it a usual day has.
#[derive(Debug, Clone)]
pub struct OpenTime {
    timeline: Timeline,
    /// Open minutes of a usual working day, one at least.
    usual: i64,
    now: Minute,
}

impl OpenTime {
    /// The open time of a calendar.
    #[must_use]
    pub fn of(calendar: &Calendar, now: Minute) -> Self {
        Self::ahead(calendar, now, HORIZON_DAYS)
    }

    /// The open time of a calendar for so many days from now, [`USUAL_DAYS`] at least; later days
    /// are closed, so that it is not for finding ends.
    #[must_use]
    pub(super) fn ahead(calendar: &Calendar, now: Minute, days: i64) -> Self {
        let timeline = Timeline::ahead(calendar, now, days.max(USUAL_DAYS), &[], &[]);
        let usual = usual_day(&timeline, now);
        Self {
            timeline,
            usual,
            now,
        }
    }

    /// Open minutes of a day; those of a usual day where the calendar is closed or does not reach.
    fn on(&self, day: NaiveDate) -> i64 {
        match self.between(day_start(day), day_start(day) + DAY) {
            0 => self.usual,
            open => open,
        }
    }

    fn between(&self, from: Minute, to: Minute) -> i64 {
        self.timeline.open_between(from, to)
    }
}

/// Carries the pace of the reports on to the end of what is left.
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
    pace_in(reports, left, needed_by, &OpenTime::of(calendar, now))
}

/// The same in a calendar's open time that is already known.
#[must_use]
pub fn pace_in(reports: &[Report], left: Qty, needed_by: Minute, time: &OpenTime) -> Pace {
    let (now, usual) = (time.now, time.usual);
    let days = by_day(reports, now);
    // Newest first: good pieces and open minutes.
    let recent: Vec<(i64, i64)> = days
        .iter()
        .rev()
        .take(DAYS_MAX)
        .map(|(day, good)| (good.0.max(0), time.on(*day)))
        .collect();
    let last = recent.iter().take(RATE_DAYS);
    let (made, open) = last.fold((0, 0), |(g, o), (good, open)| (g + good, o + open));
    let carried = Carried::of(&recent);
    let wanted = if left.0 <= 0 {
        Some((0, 0))
    } else if made > 0 {
        carried.minutes(left, usual)
    } else {
        None
    };
    let at = |minutes: i128| -> Option<Minute> {
        let minutes = Minute::try_from(minutes.max(0)).ok()?;
        Some(time.timeline.advance(now, minutes))
    };
    let ahead = time.between(now, needed_by);
    Pace {
        finish: wanted.and_then(|(minutes, _)| at(minutes)),
        early: wanted.and_then(|(minutes, half)| at(minutes - half)),
        late: wanted.and_then(|(minutes, half)| at(minutes + half)),
        rate_per_day: per_day(made.into(), usual, open.into()),
        carried_per_day: per_day(carried.made, usual, carried.open),
        required_per_day: (ahead > 0).then(|| per_day(left.0.max(0).into(), usual, ahead.into())),
        silent_days: days
            .last()
            .map(|(day, _)| (now - day_start(*day)).div_euclid(DAY)),
    }
}

/// The rate of all days, newer ones counting more, and how far the days lie apart.
#[derive(Debug, Clone, Copy, Default)]
struct Carried {
    /// Weighted sums.
    made: i128,
    open: i128,
    /// Days that the weighted ones are worth, in thousandths.
    worth: i128,
    /// Square of the spread of a day, as a share of the mean, in millionths.
    spread: i128,
}

impl Carried {
    fn of(recent: &[(i64, i64)]) -> Self {
        let mut weight = 1_000_000_i128;
        let mut out = Self::default();
        let (mut sum, mut squares) = (0_i128, 0_i128);
        for (good, open) in recent {
            out.made += weight * i128::from(*good);
            out.open += weight * i128::from(*open);
            sum += weight;
            squares += weight * weight;
            weight = weight * FADE / 1_000_000;
        }
        out.worth = (sum * sum * 1_000).checked_div(squares).unwrap_or(0);
        let (made, open) = (out.made, out.open);
        // Each day's rate as a share of the mean, in millionths.
        let share = |(good, own): &(i64, i64)| {
            let days = i128::from(*good) * 1_000_000 * open;
            let mean = made * i128::from((*own).max(1));
            days.checked_div(mean).unwrap_or(1_000_000)
        };
        let apart: i128 = recent
            .iter()
            .map(|day| (share(day) - 1_000_000).clamp(-10_000_000, 10_000_000))
            .map(|d| d * d / 1_000_000)
            .sum();
        let count = i128::try_from(recent.len()).unwrap_or(0);
        out.spread = (apart + SPREAD_DAYS * SPREAD) / (count + SPREAD_DAYS);
        out
    }

    /// Open minutes that what is left takes, and half the width of the range.
    ///
    /// With `f` days left at a rate known from `n` days, each day's output varying by `c`, the days
    /// it really takes vary by `c √(f + f²/n)`: what is still to come, and what is not known of the
    /// rate.
    fn minutes(&self, left: Qty, usual: i64) -> Option<(i128, i128)> {
        let minutes = (i128::from(left.0) * self.open + self.made - 1).checked_div(self.made)?;
        let usual = i128::from(usual);
        // Days in thousandths; a forecast beyond thirty years is no better for being exact.
        let days = (minutes * 1_000 / usual).min(10_000_000);
        let unknown = (days * days * 1_000).checked_div(self.worth).unwrap_or(0);
        let square = self.spread * (days * 1_000 + unknown) / 1_000_000;
        let deviation = square.max(0).isqrt();
        Some((minutes, usual * deviation * RANGE / 100 / 1_000))
    }
}

fn per_day(pieces: i128, day: i64, open: i128) -> Qty {
    let rate = pieces.saturating_mul(day.into()) / open.max(1);
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
    let open: Vec<i64> = (0..USUAL_DAYS)
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

    #[test]
    fn a_short_look_ahead_sees_the_same_as_far_as_it_goes() {
        let calendar = eight_hours();
        let now = crate::plan::input::minute_of(day("2026-11-25").and_hms_opt(10, 20, 0).unwrap());
        let far = OpenTime::of(&calendar, now);
        for ahead in [0, 29, 40, 365, 5_000] {
            let near = OpenTime::ahead(&calendar, now, ahead);
            assert_eq!(near.usual, far.usual);
            for n in -80..ahead.clamp(USUAL_DAYS, HORIZON_DAYS) {
                let from = day_start(crate::plan::input::day_of(now)) + n * DAY;
                let both = |t: &OpenTime| t.between(from.min(now), from.max(now));
                assert_eq!(both(&near), both(&far), "{ahead} {n}");
            }
        }
    }

    fn report(text: &str, good: i64) -> Report {
        Report {
            day: day(text),
            good: Micro::whole(good),
        }
    }

    #[test]
    fn the_rate_of_the_last_days_carries_on_over_the_weekend() {
        // Wednesday to Friday 100 pieces each: 100 a day. 250 left on Saturday: two and a half
        // days, so Wednesday noon.
        let reports = [
            report("2026-11-18", 100),
            report("2026-11-19", 70),
            report("2026-11-19", 30),
            report("2026-11-20", 100),
        ];
        let now = day_start(day("2026-11-21"));
        let due = day_start(day("2026-11-25"));
        let p = pace(&reports, Micro::whole(250), due, &eight_hours(), now);
        assert_eq!(p.finish, Some(day_start(day("2026-11-25")) + 720));
        assert_eq!(p.rate_per_day, Micro::whole(100));
        assert_eq!(p.required_per_day, Some(Micro::whole(125)));
        assert_eq!(p.silent_days, Some(1));
        assert_eq!(p.carried_per_day, Micro::whole(100));
        // Three days alike beside four usual ones: a spread of 0.2 √(4/7); 2.5 days left from a
        // rate of nearly three days: √(2.5 + 6.25/2.95) × 0.151 × 1.28 = 0.415 days of 480 minutes.
        let half = p.late.unwrap() - p.finish.unwrap();
        assert!((198..=200).contains(&half), "{half}");
        assert_eq!(p.early, Some(day_start(day("2026-11-25")) + 720 - half));
    }

    #[test]
    fn newer_days_count_more_and_a_stop_has_no_date() {
        let days = ["16", "17", "18", "19", "20"].map(|d| format!("2026-11-{d}"));
        let told = |goods: [i64; 5]| {
            let reports: Vec<Report> = days.iter().zip(goods).map(|(d, g)| report(d, g)).collect();
            let now = day_start(day("2026-11-21"));
            pace(&reports, Micro::whole(100), now, &eight_hours(), now)
        };
        let faster = told([50, 50, 50, 100, 100]);
        assert!(faster.carried_per_day > Micro::whole(70), "{faster:?}");
        assert!(faster.carried_per_day < faster.rate_per_day);
        let stopped = told([100, 100, 0, 0, 0]);
        assert_eq!((stopped.finish, stopped.late), (None, None));
        assert!(told([100, 100, 100, 100, 0]).finish.is_some());
        let (calm, wild) = (told([100; 5]), told([20, 180, 100, 30, 170]));
        let wide = |p: Pace| p.late.unwrap() - p.early.unwrap();
        assert!(wide(wild) > wide(calm));
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
