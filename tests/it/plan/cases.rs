//! Stored plan cases that concern time alone: open islands of a calendar, and efficiency.

use std::collections::BTreeMap;
use std::path::Path;

use chrono::NaiveDateTime;
use gendan::domain::calendar::{Calendar, Shift};
use gendan::domain::quantity::Micro;
use gendan::plan::input::{
    DAY, Job, Line, Minute, Operation, PlanInput, Way, WorkCentre, day_of, day_start, minute_of,
};
use gendan::plan::sequence::Planner;
use gendan::plan::timeline::Timeline;
use serde_json::Value;

#[allow(clippy::print_stderr)] // A skipped test says so.
fn case(name: &str) -> Option<Value> {
    let Ok(cases) = std::env::var("GENDAN_CASES") else {
        eprintln!("skipped: GENDAN_CASES is not set");
        return None;
    };
    let file = Path::new(&cases).join("cases/mrp").join(name);
    let text = std::fs::read_to_string(file).unwrap();
    Some(serde_json::from_str(&text).unwrap())
}

fn at(value: &Value) -> Minute {
    let text = format!("{}:00", value.as_str().unwrap());
    minute_of(text.parse::<NaiveDateTime>().unwrap())
}

#[test]
fn work_finds_its_place_between_open_islands_forward_and_backward() {
    let Some(case) = case("plan-calendar-operation-in-open-islands.json") else {
        return;
    };
    let mut days = BTreeMap::new();
    for span in case["calendars"][0]["open"].as_array().unwrap() {
        let (mut day, end) = (at(&span[0]), at(&span[1]));
        while day < end {
            let whole = Shift {
                start: 0,
                end: 1440,
            };
            assert_eq!(day, day_start(day_of(day)));
            days.insert(day_of(day), vec![whole]);
            day += DAY;
        }
    }
    let calendar = Calendar {
        code: "c".into(),
        week: std::array::from_fn(|_| vec![]),
        days,
    };
    let timeline = Timeline::compile(&calendar, at(&case["now"]), &[], &[]);
    let spans = case["expect"]["spans"].as_array().unwrap();
    assert_eq!(spans.len(), 5);
    for span in spans {
        let work = span["dur_min"].as_i64().unwrap();
        let found = if span["dir"] == "forward" {
            timeline.place(at(&span["start_from"]), work)
        } else {
            let end = at(&span["finish_by"]);
            (timeline.retreat(end, work), timeline.last_close(end))
        };
        assert_eq!(found, (at(&span["start"]), at(&span["end"])), "{span}");
    }
}

#[test]
fn a_day_of_work_at_ninety_per_cent_takes_twenty_six_hours_forty() {
    let Some(case) = case("plan-efficiency-90.json") else {
        return;
    };
    let percent = case["resources"][0]["efficiency_pct"].as_i64().unwrap();
    let minutes = case["make"][0]["fixed_min"].as_i64().unwrap();
    let now = at(&case["now"]);
    let input = PlanInput {
        now,
        calendars: vec![Calendar::always("A")],
        centres: vec![WorkCentre {
            code: "R".into(),
            calendar: "A".into(),
            lines: vec![Line {
                code: "1".into(),
                operators: 1,
                efficiency: Micro(percent * 10_000),
                ..Line::default()
            }],
            ..WorkCentre::default()
        }],
        jobs: vec![Job {
            id: "order".into(),
            release: now,
            due: at(&case["demands"][0]["due"]),
            operations: vec![Operation {
                qty: Micro::whole(10),
                ways: vec![Way::Centre {
                    centre: "R".into(),
                    setup_minutes: Micro::ZERO,
                    minutes_per_unit: Micro::ZERO,
                    minutes_per_lot: Micro::whole(minutes),
                }],
                ..Operation::default()
            }],
            ..Job::default()
        }],
        ..PlanInput::default()
    };
    let plan = Planner::new(&input).outcome();
    let expected = at(&case["expect"]["deliveries"][0]["date"]);
    assert_eq!(plan.order("order").unwrap().finish, expected);
}
