//! Made-up histories of one operation whose rate is known: day by day what was made, and when it was
//! really finished. The same seed makes the same histories.

use chrono::{Days, NaiveDate};
use gendan::domain::calendar::{Calendar, parse_shifts};
use gendan::domain::quantity::Micro;
use gendan::plan::forecast::{Pace, Report, pace};
use gendan::plan::input::{day_start, end_day_of};

/// How the days of a history differ.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Noise {
    pub(crate) name: &'static str,
    /// Standard deviation of a day's output as a share of the rate.
    pub(crate) spread: f64,
    /// Working days that an operation takes, from and to.
    pub(crate) days: (f64, f64),
    /// What the first day yields, as a share of the rate.
    pub(crate) first_day: f64,
    /// How much faster the line is from its middle on.
    pub(crate) speeds_up: f64,
}

/// A history, cut where half was done.
pub(crate) struct History {
    pub(crate) reports: Vec<Report>,
    pub(crate) left: Micro,
    /// The morning after the day on which half was reached.
    pub(crate) today: NaiveDate,
    /// The day on which the last piece was really made.
    pub(crate) finished: NaiveDate,
}

pub(crate) struct Chance(u64);

impl Chance {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// In [0, 1).
    pub(crate) fn unit(&mut self) -> f64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }

    pub(crate) fn between(&mut self, (low, high): (f64, f64)) -> f64 {
        low + (high - low) * self.unit()
    }

    /// Near enough to a normal distribution: twelve uniform numbers together.
    fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.unit()).sum::<f64>() - 6.0
    }
}

/// Six days a week, Saturdays half a day, a week of holidays in October.
pub(crate) fn calendar() -> Calendar {
    let whole = parse_shifts("08:00-12:00 13:30-17:30").unwrap();
    let half = parse_shifts("08:00-12:00").unwrap();
    let mut calendar = Calendar::always("DAY");
    for (at, day) in calendar.week.iter_mut().enumerate() {
        *day = match at {
            ..5 => whole.clone(),
            5 => half.clone(),
            _ => Vec::new(),
        };
    }
    for day in 1..8 {
        let date = NaiveDate::from_ymd_opt(2026, 10, day).unwrap();
        calendar.days.insert(date, Vec::new());
    }
    calendar
}

/// One history; none where all was done before half of it was left to forecast.
pub(crate) fn history(noise: &Noise, chance: &mut Chance, calendar: &Calendar) -> Option<History> {
    let rate = chance.between((80.0, 1_500.0)).round();
    let days = chance.between(noise.days);
    let whole = (rate * days).round() as i64;
    let start = NaiveDate::from_ymd_opt(2026, 6, 1).unwrap();
    let mut day = start + Days::new((chance.unit() * 200.0) as u64);
    let (mut sum, mut worked) = (0_i64, 0);
    let mut all: Vec<Report> = Vec::new();
    while sum < whole {
        let open = calendar.open_minutes(day);
        if open > 0 {
            let usual = f64::from(open) / 450.0;
            let factor = if worked == 0 { noise.first_day } else { 1.0 };
            let faster = if sum * 4 > whole {
                noise.speeds_up
            } else {
                1.0
            };
            let noisy = (1.0 + noise.spread * chance.normal()).max(0.0);
            let good = (rate * usual * factor * faster * noisy).round() as i64;
            let good = good.min(whole - sum);
            sum += good;
            worked += 1;
            all.push(Report {
                day,
                good: Micro::whole(good),
            });
        }
        if sum < whole {
            day = day + Days::new(1);
        }
    }
    let mut done = 0;
    let half = all.iter().position(|r| {
        done += r.good.0 / Micro::ONE.0;
        done * 2 >= whole
    })?;
    let left = whole - done;
    all.truncate(half + 1);
    (left > 0).then(|| History {
        left: Micro::whole(left),
        today: all[half].day + Days::new(1),
        finished: day,
        reports: all,
    })
}

/// What the forecast says on the morning after half was done.
pub(crate) fn told(history: &History, calendar: &Calendar) -> Pace {
    let now = day_start(history.today) + 8 * 60;
    pace(&history.reports, history.left, now, calendar, now)
}

/// How good forecasts were.
#[derive(Debug, Default)]
pub(crate) struct Score {
    pub(crate) count: usize,
    /// Within one working day.
    pub(crate) near: usize,
    /// Working days off, added up.
    pub(crate) off: i64,
    /// Real finish inside the range.
    pub(crate) inside: usize,
}

impl Score {
    pub(crate) fn add(&mut self, history: &History, calendar: &Calendar) {
        let pace = told(history, calendar);
        let day = |at: Option<i64>| end_day_of(at.expect("something good was made"));
        let off = calendar.days_between(day(pace.finish), history.finished);
        self.count += 1;
        self.near += usize::from(off.abs() <= 1);
        self.off += i64::from(off.abs());
        let range = day(pace.early)..=day(pace.late);
        self.inside += usize::from(range.contains(&history.finished));
    }

    pub(crate) fn share(&self, part: usize) -> f64 {
        part as f64 / self.count.max(1) as f64
    }

    pub(crate) fn mean_off(&self) -> f64 {
        self.off as f64 / self.count.max(1) as f64
    }
}

/// The histories that are looked at. The goal holds for the first four.
pub(crate) const NOISES: &[Noise] = &[
    Noise {
        name: "garment teams (sd 0.15 of 0.75), 3 to 20 days",
        spread: 0.2,
        days: (3.0, 20.0),
        first_day: 0.82,
        speeds_up: 1.0,
    },
    Noise {
        name: "day to day within a team (0.11), 3 to 30 days",
        spread: 0.11,
        days: (3.0, 30.0),
        first_day: 0.82,
        speeds_up: 1.0,
    },
    Noise {
        name: "calm machines (0.05), 3 to 40 days",
        spread: 0.05,
        days: (3.0, 40.0),
        first_day: 1.0,
        speeds_up: 1.0,
    },
    Noise {
        name: "garment teams, 10 % faster after a quarter, 3 to 20 days",
        spread: 0.2,
        days: (3.0, 20.0),
        first_day: 0.82,
        speeds_up: 1.1,
    },
    Noise {
        name: "beyond the goal: garment teams, 20 to 40 days",
        spread: 0.2,
        days: (20.0, 40.0),
        first_day: 0.82,
        speeds_up: 1.0,
    },
];

/// Noises for which nine in ten forecasts at half done are to be within one working day.
pub(crate) const GOAL: usize = 4;
