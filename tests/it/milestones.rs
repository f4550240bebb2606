//! Milestones: the published cases to the day, actuals from other stages, the screen, the list.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use gendan::domain::calendar::Calendar;
use gendan::domain::holidays;
use gendan::domain::resource::CalendarRow;
use gendan::domain::rule::milestone::{self, Node};
use gendan::domain::world::{Rows, World};
use gendan::panel::PartKind;
use gendan::text::Lang;
use proptest::prelude::*;

use crate::support::User;

const BOTH: [Lang; 2] = [Lang::Zh, Lang::En];

/// Calendars of the cases: five and six days a week with the public holidays.
fn calendars() -> World {
    let (six, days) = holidays::factory_calendar();
    let row = |id: i64, code: &str, sat: &str| CalendarRow {
        id,
        code: code.to_owned(),
        sat: sat.to_owned(),
        ..six.clone()
    };
    let both = [row(1, "cn", ""), row(2, "cn6", &six.sat)];
    let mut all = Vec::new();
    for calendar_id in [1, 2] {
        for day in &days {
            let (id, day) = (all.len() as i64 + 1, day.clone());
            all.push(gendan::domain::resource::CalendarDay {
                id,
                calendar_id,
                ..day
            });
        }
    }
    World {
        calendars: Rows::new(both.to_vec()),
        calendar_days: Rows::new(all),
        ..World::default()
    }
}

#[test]
fn published_cases_come_out_to_the_day() {
    let Some(cases) = std::env::var_os("GENDAN_CASES") else {
        println!("skipped: GENDAN_CASES is not set");
        return;
    };
    let path = std::path::PathBuf::from(cases).join("cases/milestones.json");
    let file: serde_json::Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let world = calendars();
    let mut count = 0;
    for case in file["cases"].as_array().unwrap() {
        let code = case["calendar"].as_str().unwrap();
        let nodes: Vec<Node<'_>> = case["nodes"]
            .as_array()
            .unwrap()
            .iter()
            .map(|n| Node {
                code: n["code"].as_str().unwrap(),
                before: n["before"]
                    .as_str()
                    .filter(|b| *b != "delivery")
                    .unwrap_or(""),
                days: n["days"].as_i64().unwrap(),
                calendar: code,
            })
            .collect();
        let delivery: NaiveDate = case["delivery"].as_str().unwrap().parse().unwrap();
        let latest = milestone::backward(delivery, &nodes, &|c| milestone::calendar_of(&world, c));
        let latest: BTreeMap<String, String> = latest
            .unwrap()
            .into_iter()
            .map(|(c, d)| (c, d.to_string()))
            .collect();
        let wanted: BTreeMap<String, String> =
            serde_json::from_value(case["latest"].clone()).unwrap();
        assert_eq!(latest, wanted, "{}", case["name"]);
        count += wanted.len();
    }
    println!("{count} milestone dates to the day");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    /// Going forward again from the latest day by the same days never passes the node it comes
    /// before, and one day later would.
    #[test]
    fn the_latest_day_is_the_latest(links in prop::collection::vec((0usize..8, 0i64..20), 1..8), start in 0u64..600) {
        let world = calendars();
        let calendar = milestone::calendar_of(&world, "cn");
        let codes: Vec<String> = (0..links.len()).map(|n| format!("n{n}")).collect();
        let nodes: Vec<Node<'_>> = links.iter().enumerate().map(|(at, (before, days))| Node {
            code: &codes[at],
            before: if *before < at { &codes[*before] } else { "" },
            days: *days,
            calendar: "cn",
        }).collect();
        let delivery = NaiveDate::from_ymd_opt(2025, 6, 1).unwrap() + chrono::Days::new(start);
        let latest = milestone::backward(delivery, &nodes, &|_| calendar.clone()).unwrap();
        for n in &nodes {
            let end = if n.before.is_empty() { delivery } else { latest[n.before] };
            let day = latest[n.code];
            let days = i32::try_from(n.days).unwrap();
            // So many working days lie after it, up to the day before the end.
            prop_assert_eq!(working(&calendar, day, end), days);
            prop_assert!(day <= end);
        }
    }
}

/// Working days from `day` on, `end` not included.
fn working(calendar: &Calendar, day: NaiveDate, end: NaiveDate) -> i32 {
    day.iter_days()
        .take_while(|d| *d < end)
        .filter(|d| calendar.is_working(*d))
        .count() as i32
}

#[test]
fn milestones_are_set_done_by_other_stages_revised_with_a_reason_and_chased() {
    for lang in BOTH {
        let mut user = User::demo(lang);
        user.press("1").row("SO-0110").press("m");
        let id = user.app.order.unwrap();
        let count = user.app.world.milestones.of(id).count();
        assert!(count >= 6, "{}", user.note());
        user.press("m");
        assert_eq!(
            user.app.world.milestones.of(id).count(),
            count,
            "not set twice"
        );
        user.part(PartKind::Milestones);
        let screen = user.screen();
        assert!(
            screen.contains("2026-12-2") || screen.contains("12-2") || screen.contains("Dec"),
            "{screen}"
        );

        // A document of another part does its node; nothing is typed twice.
        let standing = |user: &User, code: &str| {
            let order = user.app.world.orders.get(id).unwrap();
            let list = milestone::standing(&user.app.world, order, user.today()).unwrap();
            let s = list.into_iter().find(|s| s.row.code == code).unwrap();
            (s.actual, s.derived)
        };
        assert_eq!(standing(&user, "process_sheet").0, None);
        user.press("esc d").fill("note", "v1");
        for _ in 0..9 {
            let kind = user.app.editor().unwrap().draft()["kind"].clone();
            if kind == "process_sheet" {
                break;
            }
            user.press("backtab backtab backtab backtab backtab backtab backtab");
            while user.app.editor().unwrap().focused() != "kind" {
                user.press("tab");
            }
            user.press("right");
        }
        user.save();
        assert_eq!(standing(&user, "process_sheet"), (Some(user.today()), true));

        // A new day needs a reason; the old one stays in the journal.
        let first = user
            .app
            .world
            .milestones
            .of(id)
            .find(|m| m.code == "pp_sample")
            .unwrap();
        let name = first.name.clone();
        user.part(PartKind::Milestones).row(&name).press("e");
        user.fill("revised", "+30").press("ctrl-s");
        assert!(user.has_form(), "no reason, no new day");
        user.fill("revised_reason", "lab closed").save();
        let order = user.app.world.orders.get(id).unwrap();
        let list = milestone::standing(&user.app.world, order, user.today()).unwrap();
        let start = list
            .iter()
            .find(|s| s.row.code == "production_start")
            .unwrap();
        assert!(
            start.float.unwrap() < 0,
            "what comes after it moves: {start:?}"
        );
        assert!(list.iter().any(|s| s.tightest));

        // Overdue, it stands in Today, and leads back.
        let day = user.today() + chrono::Days::new(60);
        user.sleep_until(day)
            .press("0 /")
            .write(&name)
            .press("enter");
        assert!(user.screen().contains(&name), "{}", user.screen());

        // A loop is refused where it is made, and what was typed stays.
        user.press("esc esc 1")
            .part(PartKind::List)
            .row("SO-0110")
            .part(PartKind::Milestones);
        let before = user
            .app
            .world
            .milestones
            .of(id)
            .find(|m| m.code == "production_start")
            .unwrap();
        let before = before.name.clone();
        user.row(&before).press("e");
        while user.app.editor().unwrap().focused() != "before" {
            user.press("tab");
        }
        for _ in 0..count {
            if user.app.editor().unwrap().draft()["before"] == "pp_sample" {
                break;
            }
            user.press("right");
        }
        user.press("ctrl-s");
        assert!(user.has_form(), "a loop has no dates");
        user.press("esc d");

        // The family keeps what was made of it.
        user.press("T enter");
        assert!(
            user.app
                .world
                .settings
                .iter()
                .any(|s| s.key.starts_with("milestones:"))
        );
        user.press("l")
            .fill("name", "验布")
            .fill("days", "3")
            .save();
        assert_eq!(user.app.world.milestones.of(id).count(), count + 1);
    }
}

#[test]
fn without_a_delivery_date_there_are_no_milestones() {
    for lang in BOTH {
        let mut user = User::new(lang);
        user.press("1 n")
            .fill("customer", "永兴")
            .fill("name", "法兰")
            .fill("qty", "5")
            .save();
        user.press("m");
        assert_eq!(user.app.world.milestones.iter().count(), 0);
        assert!(!user.note().is_empty());
    }
}
