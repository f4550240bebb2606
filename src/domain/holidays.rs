//! The public holidays and make-up workdays that come with the program, and the calendar a new
//! file starts with.

use chrono::NaiveDate;
use serde::Deserialize;

use super::resource::{CalendarDay, CalendarRow};

/// The shifts of a working day in a new file's calendar.
pub const DAY_SHIFTS: &str = "08:00-12:00 13:30-17:30";
/// The code of the factory's own calendar.
pub const FACTORY_CALENDAR: &str = "DAY";

#[derive(Debug, Deserialize)]
struct File {
    year: Vec<Year>,
}

/// The holidays of a year.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Year {
    pub year: i32,
    /// Whether the yearly notice is in; until then only the statutory days are known.
    #[serde(rename = "final")]
    pub is_final: bool,
    #[serde(default)]
    pub notice: Vec<String>,
    pub holidays: Vec<Holiday>,
}

/// One holiday: first and last day off, and the weekend days worked in exchange.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Holiday {
    pub zh: String,
    pub en: String,
    pub off: [NaiveDate; 2],
    pub work: Vec<NaiveDate>,
}

/// The years that come with the program; a test reads the file, so it cannot be empty unseen.
#[must_use]
pub fn years() -> Vec<Year> {
    toml::from_str::<File>(include_str!("../../assets/calendars/cn.toml"))
        .map(|file| file.year)
        .unwrap_or_default()
}

/// A six-day week with the holidays off and the make-up Sundays worked.
#[must_use]
pub fn factory_calendar() -> (CalendarRow, Vec<CalendarDay>) {
    let shifts = || DAY_SHIFTS.to_owned();
    let calendar = CalendarRow {
        code: FACTORY_CALENDAR.to_owned(),
        name: "工厂日历".to_owned(),
        mon: shifts(),
        tue: shifts(),
        wed: shifts(),
        thu: shifts(),
        fri: shifts(),
        sat: shifts(),
        ..CalendarRow::default()
    };
    let mut days = Vec::new();
    for holiday in years().into_iter().flat_map(|year| year.holidays) {
        let [first, last] = holiday.off;
        for date in first.iter_days().take_while(|d| *d <= last) {
            days.push(CalendarDay {
                date,
                name: holiday.zh.clone(),
                ..CalendarDay::default()
            });
        }
        for date in holiday.work {
            let name = format!("{}调休", holiday.zh);
            days.push(CalendarDay {
                date,
                name,
                shifts: shifts(),
                ..CalendarDay::default()
            });
        }
    }
    days.sort_by_key(|day| day.date);
    (calendar, days)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_years_are_there_and_their_days_differ() {
        assert_eq!(
            years()
                .iter()
                .map(|y| (y.year, y.is_final))
                .collect::<Vec<_>>(),
            [(2024, true), (2025, true), (2026, true), (2027, false)]
        );
        let (_, days) = factory_calendar();
        assert!(days.windows(2).all(|pair| pair[0].date < pair[1].date));
        let of = |d: &str| {
            days.iter()
                .find(|day| day.date == d.parse().unwrap())
                .map(|day| day.shifts.as_str())
        };
        assert_eq!(of("2026-10-01"), Some(""));
        assert_eq!(of("2026-10-10"), Some(DAY_SHIFTS));
    }
}
