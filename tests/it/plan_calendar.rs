//! The calendar cases: what a calendar of dated buckets says, the compiled timeline says too.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate, NaiveDateTime, Timelike};
use gendan::domain::calendar::{Calendar, Shift};
use gendan::plan::input::{Minute, instant_of, minute_of};
use gendan::plan::timeline::Timeline;
use serde_json::Value;

use crate::transfer::cases;

/// The times of the cases are on half hours.
const STEP: usize = 30;

fn at(value: &Value) -> NaiveDateTime {
    NaiveDateTime::parse_from_str(value.as_str().unwrap(), "%Y-%m-%dT%H:%M").unwrap()
}

/// Whether a bucket holds at a minute of a day.
fn holds(bucket: &Value, day: NaiveDate, minute: u16) -> bool {
    let moment = day
        .and_hms_opt(u32::from(minute / 60), u32::from(minute % 60), 0)
        .unwrap();
    let clock = |key: &str, other: u16| {
        let text = bucket[key].as_str().map(|t| format!("2000-01-01T{t}"));
        text.map_or(other, |t| {
            let time = NaiveDateTime::parse_from_str(&t, "%Y-%m-%dT%H:%M").unwrap();
            u16::try_from(time.hour() * 60 + time.minute()).unwrap()
        })
    };
    let weekday = match bucket["weekdays"].as_str() {
        Some("Mon-Fri") => day.weekday().num_days_from_monday() < 5,
        Some(other) => panic!("weekdays {other}"),
        None => true,
    };
    let times = clock("start_time", 0)..clock("end_time", 1_440);
    moment >= at(&bucket["start"])
        && moment < at(&bucket["end"])
        && weekday
        && times.contains(&minute)
}

/// The value of buckets at a minute: the lowest priority number wins.
fn value(calendar: &Value, day: NaiveDate, minute: u16) -> i64 {
    let buckets = calendar["buckets"].as_array().unwrap();
    let found = buckets.iter().filter(|b| holds(b, day, minute));
    let best = found.min_by_key(|b| b["priority"].as_i64().unwrap_or(0));
    best.map_or_else(
        || calendar["default"].as_i64().unwrap(),
        |b| b["value"].as_i64().unwrap(),
    )
}

/// The same as a calendar of ours: for each day its open shifts.
fn ours(calendar: &Value, first: NaiveDate, last: NaiveDate) -> Calendar {
    let mut days = BTreeMap::new();
    for day in first.iter_days().take_while(|d| *d <= last) {
        let mut shifts = Vec::new();
        let mut open = None;
        for minute in (0..=1_440).step_by(STEP) {
            let now = minute < 1_440 && value(calendar, day, minute) > 0;
            match (now, open) {
                (true, None) => open = Some(minute),
                (false, Some(start)) => {
                    shifts.push(Shift { start, end: minute });
                    open = None;
                }
                _ => {}
            }
        }
        days.insert(day, shifts);
    }
    Calendar {
        code: "c".into(),
        week: std::array::from_fn(|_| Vec::new()),
        days,
    }
}

/// When the timeline opens and closes, found with its own questions.
fn events(line: &Timeline, from: Minute, to: Minute) -> Vec<(String, i64)> {
    let text = |t: Minute| instant_of(t).format("%Y-%m-%dT%H:%M").to_string();
    let mut found = Vec::new();
    let mut t = line.next_open(from);
    while t < to {
        let mut end = t;
        while line.open_between(end, end + STEP as Minute) == STEP as Minute {
            end += STEP as Minute;
        }
        found.push((text(t), 1));
        found.push((text(end), 0));
        t = line.next_open(end);
    }
    found
}

#[test]
fn calendars_of_buckets_open_and_close_when_they_should() {
    let Some(folder) = cases("cases/mrp") else {
        return;
    };
    let mut tried = 0;
    for name in [
        "plan-calendar-buckets-2.json",
        "plan-calendar-buckets-4-lunch-holidays.json",
    ] {
        let case: Value =
            serde_json::from_str(&std::fs::read_to_string(folder.join(name)).unwrap()).unwrap();
        let wanted: Vec<(String, i64)> = case["expect"]["events"]
            .as_array()
            .unwrap()
            .iter()
            .map(|e| (e[0].as_str().unwrap().to_owned(), e[1].as_i64().unwrap()))
            .collect();
        let now = at(&case["now"]);
        let last: NaiveDate = "2012-05-10".parse().unwrap();
        let calendar = ours(&case["calendars"][0], now.date(), last);
        let line = Timeline::compile(&calendar, minute_of(now), &[], &[]);
        let end = minute_of(last.and_hms_opt(0, 0, 0).unwrap());
        let mut got = events(&line, minute_of(now), end);
        got.truncate(wanted.len());
        assert_eq!(got, wanted, "{name}");
        tried += got.len();
    }
    assert!(tried > 100, "{tried} events");
}
