//! The sample factory: a garment and a hardware line with a dozen orders in all stages.
//!
//! Its days are written from today, in working days of the factory's calendar, so that it is
//! always as alive as on the day it was made: `@0`, `@-3`, `@+12`, with a time `@-3T09:30`, and
//! for the journal's instants `@-3T01:30Z`. Pure: the same moment gives the same text.

use chrono::NaiveDate;

use crate::domain::calendar::{Calendar, parse_shifts};
use crate::domain::holidays::factory_calendar;
use crate::domain::moment::Moment;

const FACTORY: &str = include_str!("../../assets/sample/factory.json");

/// The sample factory as an interchange file, its days set for this moment.
#[must_use]
pub fn sample(now: Moment) -> String {
    dated(FACTORY, now.date())
}

/// Replaces every text that is a day from today; all other texts stay.
fn dated(text: &str, today: NaiveDate) -> String {
    let calendar = calendar();
    let mut pieces = text.split("\"@");
    let mut out = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        out.push('"');
        let found = piece.split_once('"');
        match found.and_then(|(mark, rest)| Some((resolve(&calendar, today, mark)?, rest))) {
            Some((date, rest)) => {
                out.push_str(&date);
                out.push('"');
                out.push_str(rest);
            }
            None => {
                out.push('@');
                out.push_str(piece);
            }
        }
    }
    out
}

/// The day or moment that a mark names; `None` where it is none.
fn resolve(calendar: &Calendar, today: NaiveDate, mark: &str) -> Option<String> {
    let (days, time) = match mark.split_once('T') {
        Some((days, time)) => (days, Some(time)),
        None => (mark, None),
    };
    let day = calendar.add_days(today, days.parse().ok()?)?;
    Some(match time.map(|time| (time, time.strip_suffix('Z'))) {
        None => day.to_string(),
        Some((_, Some(time))) => format!("{day}T{time}:00.000Z"),
        Some((time, None)) => format!("{day}T{time}"),
    })
}

/// The calendar that every new file starts with.
fn calendar() -> Calendar {
    let (row, days) = factory_calendar();
    let week = [
        &row.mon, &row.tue, &row.wed, &row.thu, &row.fri, &row.sat, &row.sun,
    ];
    Calendar {
        code: row.code.clone(),
        week: week.map(|shifts| parse_shifts(shifts).unwrap_or_default()),
        days: days
            .into_iter()
            .map(|day| (day.date, parse_shifts(&day.shifts).unwrap_or_default()))
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(day: &str, text: &str) -> String {
        dated(text, day.parse().unwrap())
    }

    #[test]
    fn days_count_in_working_days_and_other_texts_stay() {
        // 2026-11-23 is a Monday; Sundays are off.
        let text = r#"{"a": "@0", "b": "@-1", "c": "@+6T09:30", "d": "@-1T01:30Z", "e": "a@b.c", "@f": "@x"}"#;
        assert_eq!(
            on("2026-11-23", text),
            r#"{"a": "2026-11-23", "b": "2026-11-21", "c": "2026-11-30T09:30", "d": "2026-11-21T01:30:00.000Z", "e": "a@b.c", "@f": "@x"}"#
        );
        assert_eq!(
            on("2026-09-30", "\"@1\""),
            "\"2026-10-08\"",
            "over the holidays"
        );
    }

    #[test]
    fn no_mark_is_left_on_any_day_of_a_year() {
        let first: NaiveDate = "2026-11-23".parse().unwrap();
        for day in first.iter_days().step_by(13).take(28) {
            let text = sample(Moment::start_of(day));
            assert!(!text.contains("\"@"), "{day}");
        }
    }
}
