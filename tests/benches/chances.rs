//! On-time chances of 200 orders: `cargo bench --bench chances`.
//!
//! The time of the whole question (the chain from the file's rows, 400 draws, what fixing each
//! thing would bring) as a ratio against the floor in the same run: a chain of so many steps timed
//! that often, and nothing else. Then made-up histories: how often orders were on time in each
//! tenth of chances.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::print_stdout)]

#[path = "floor.rs"]
#[allow(dead_code)]
mod floor;

use std::time::Instant;

use chrono::{Days, NaiveDate};
use floor::time;
use gendan::clock::Clock;
use gendan::domain::calendar::{Calendar, parse_shifts};
use gendan::domain::moment::Moment;
use gendan::domain::quantity::{MICRO, Micro, Rate};
use gendan::domain::rule::odds::Odds;
use gendan::plan::forecast::{Goal, Link, Luck, Network, Node, Step, calibration};
use gendan::plan::gather::{self, RUNS};
use gendan::plan::input::DAY;
use gendan::plan::timeline::Timeline;
use gendan::store::Store;
use gendan::transfer::json;
use serde_json::{Value, json};

const NOW: &str = "2026-11-23T08:00";
const ORDERS: usize = 200;
const STEPS: usize = 5;

fn day(n: usize) -> String {
    let first: NaiveDate = "2026-11-25".parse().unwrap();
    first
        .checked_add_days(Days::new(n as u64))
        .unwrap()
        .to_string()
}

/// 200 orders in production, five operations and four bought materials each.
fn file() -> Value {
    let hours = json!(["08:00-12:00", "13:30-17:30"]);
    let week = json!({ "mon": hours, "tue": hours, "wed": hours, "thu": hours, "fri": hours });
    let centres: Vec<Value> = (0..STEPS)
        .map(|c| {
            let lines: Vec<Value> = (0..6)
                .map(|l| json!({ "code": format!("L{c}{l}") }))
                .collect();
            json!({ "code": format!("C{c}"), "calendar": "DAY", "lines": lines })
        })
        .collect();
    let mut items: Vec<Value> = (0..200)
        .map(|m| json!({ "code": format!("M{m:03}"), "name": format!("面料 {m}"), "unit": "m", "lead_days": 9,
            "supplier": format!("S{}", m % 20) }))
        .collect();
    items.extend((0..50).map(|p| {
        let bom: Vec<Value> = (0..4).map(|at| json!({ "item": format!("M{:03}", p * 4 + at), "qty": "1" })).collect();
        let routing: Vec<Value> = (0..STEPS)
            .map(|c| json!({ "seq": 10 + c, "name": format!("OP{c}"), "work_centre": format!("C{c}"), "minutes_per_unit": "1.1" }))
            .collect();
        json!({ "code": format!("P{p:02}"), "name": "shirt", "unit": "pcs", "make": true, "bom": bom, "routing": routing })
    }));
    let order = |n: usize| {
        let line = json!({ "no": 1, "item": format!("P{:02}", n % 50), "qty": "300", "unit": "pcs", "requested_date": day(12 + n / 4) });
        json!({ "no": format!("SO-{n}"), "customer": "C1", "state": "accepted", "lines": [line] })
    };
    let made = |n: usize| json!({ "no": format!("MO-{n}"), "order": format!("SO-{n}"), "line": 1, "qty": "300", "state": "released" });
    // Of each material one line that has come some days late, and one that is still to come.
    let purchase = |n: usize| {
        let came = n < 200;
        let promised = if came {
            "2026-10-12".to_owned()
        } else {
            day(n % 17)
        };
        let receipts: Vec<Value> = if came {
            vec![json!({ "date": format!("2026-10-{}", 12 + (n * 7) % 13), "accepted": "10" })]
        } else {
            vec![]
        };
        json!({ "no": format!("PO-{n}"), "line": 1, "item": format!("M{:03}", n % 200), "supplier": format!("S{}", n % 20),
            "qty": if came { "10" } else { "1300" }, "unit": "m", "ordered_on": "2026-09-21",
            "promises": [{ "date": promised, "said_on": "2026-09-22" }], "receipts": receipts })
    };
    json!({ "format": "gendan/1", "calendars": [{ "code": "DAY", "week": week }],
        "customers": [{ "code": "C1", "name": "Nordvik Apparel AB" }],
        "suppliers": (0..20).map(|s| json!({ "code": format!("S{s}"), "name": format!("Mill {s}") })).collect::<Vec<_>>(),
        "work_centres": centres, "items": items,
        "orders": (0..ORDERS).map(order).collect::<Vec<_>>(),
        "production_orders": (0..ORDERS).map(made).collect::<Vec<_>>(),
        "purchases": (0..400).map(purchase).collect::<Vec<_>>() })
}

fn main() {
    let now = Moment::parse(NOW).unwrap();
    let mut store = Store::memory(Clock::Fixed(now.0), "li").unwrap();
    json::bring(&mut store, &json::parse(&file().to_string()).unwrap(), "").unwrap();
    let world = store.world().unwrap();
    let outlook = gather::outlook(&world, now, 0, &|| false).unwrap();
    let start = Instant::now();
    let found = gather::chances(&world, now, &outlook, RUNS, &|| false).unwrap();
    let first = start.elapsed();
    let took = time(7, || {
        gather::chances(&world, now, &outlook, RUNS, &|| false)
    });
    let exact = found.values().filter(|c| c.exact).count();
    let named = found.values().filter(|c| c.first().is_some()).count();
    let middle = found
        .values()
        .filter(|c| (1..100).contains(&c.percent))
        .count();
    println!(
        "{} orders, {} operations left; {exact} exact, {middle} neither sure nor lost, {named} with something to fix first",
        found.len(),
        outlook.places.len()
    );
    let steps = outlook.places.len() + 400 + ORDERS;
    let line = hours();
    let least = time(7, || {
        let mut sum = 0;
        for run in 0..RUNS {
            for step in 0..steps {
                sum += line.advance((step * 97 % 40_000) as i64, (run % 480) as i64);
            }
        }
        sum
    });
    println!(
        "{RUNS} draws: {took:.1?} (first {first:.1?}), floor {least:.1?}, ratio {:.1}",
        took.as_secs_f64() / least.as_secs_f64()
    );
    println!(
        "same figures again: {}",
        found == gather::chances(&world, now, &outlook, RUNS, &|| false).unwrap()
    );
    histories();
}

fn hours() -> Timeline {
    let shifts = parse_shifts("08:00-12:00 13:30-17:30").unwrap();
    let mut calendar = Calendar::always("DAY");
    for (at, day) in calendar.week.iter_mut().enumerate() {
        *day = if at < 5 { shifts.clone() } else { vec![] };
    }
    Timeline::compile(&calendar, 0, &[], &[])
}

/// Orders whose true luck is known and drawn once each: how many of each tenth came true.
fn histories() {
    let mut state = 88_172_645_463_325_252_u64;
    let mut random = move |n: u64| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state % n
    };
    let mut past: Vec<(Rate, bool)> = Vec::new();
    for _ in 0..2_000 {
        let lucks: Vec<Vec<(i64, i64)>> = (0..6)
            .map(|_| (0..5).map(|n| (n * 2, 1 + random(9) as i64)).collect())
            .collect();
        let due = 8 + random(34) as i64;
        let nodes = (0..6).map(|n: usize| Node {
            step: Step::Days,
            from: 0,
            after: if n == 0 {
                vec![]
            } else {
                vec![(n - 1, Link::End(0))]
            },
            luck: Some(n),
        });
        let luck = |(n, parts): (usize, &Vec<(i64, i64)>)| Luck {
            key: n.to_string(),
            odds: Odds::of(parts.iter().copied()).unwrap(),
            planned: 0,
        };
        let net = Network {
            now: 0,
            timelines: vec![Timeline::always(0)],
            lucks: lucks.iter().enumerate().map(luck).collect(),
            nodes: nodes.collect(),
            goals: vec![Goal {
                id: 1,
                nodes: (0..6).collect(),
                targets: vec![(5, due * DAY)],
            }],
        };
        let answer = net.answers(RUNS, &|| false).unwrap().remove(0);
        let happened: i64 = net
            .lucks
            .iter()
            .map(|l| l.odds.drawn(Micro(random(MICRO as u64) as i64)))
            .sum();
        past.push((Micro(answer.percent * MICRO / 100), happened <= due));
    }
    let all = calibration(&past);
    println!(
        "\n2,000 made-up orders: chance as told, and how many were on time; Brier {}",
        all.brier.round_to(4).text_fixed(4)
    );
    for (at, (n, told, came)) in all.tenths.iter().enumerate() {
        println!(
            "  {:3}-{:3} %  {n:5}  {:>6} {:>6}",
            at * 10,
            at * 10 + 10,
            told.round_to(3).text_fixed(3),
            came.round_to(3).text_fixed(3)
        );
    }
}
