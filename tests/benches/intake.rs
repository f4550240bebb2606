//! How long it takes to preview a customer's sheet of 10,000 rows, to compare it with what is known,
//! and to say what an amendment touches; as ratios against a floor in the same run.
//!
//! Floors: for a sheet, its cells read by the library alone (csv, calamine); for an amendment, one
//! schedule of the same orders by rules alone.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::print_stdout)]

use std::hint::black_box;
use std::time::{Duration, Instant};

use chrono::{Days, NaiveDate};
use gendan::clock::Clock;
use gendan::domain::moment::Moment;
use gendan::domain::quantity::Qty;
use gendan::domain::rule::amend;
use gendan::domain::world::World;
use gendan::plan::gather;
use gendan::plan::ripple::{self, Side};
use gendan::store::Store;
use gendan::transfer::draft::Options;
use gendan::transfer::{self, compare, json, sheet};
use rust_xlsxwriter::Workbook;
use serde_json::{Value, json};

const ROWS: u32 = 10_000;
const ORDERS: u32 = 1_000;
const ROUNDS: usize = 15;
const NOW: &str = "2026-11-23T08:00";

fn day(n: u32) -> String {
    let first: NaiveDate = "2026-11-23".parse().unwrap();
    first
        .checked_add_days(Days::new(u64::from(n)))
        .unwrap()
        .to_string()
}

/// The median time of a run.
fn median<T>(run: impl Fn() -> T) -> Duration {
    let mut times: Vec<Duration> = (0..ROUNDS)
        .map(|_| {
            let start = Instant::now();
            black_box(run());
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    times[ROUNDS / 2]
}

fn row(n: u32) -> [String; 8] {
    [
        format!("PO-{}", n / 10),
        "Nordvik Apparel AB".to_owned(),
        format!("P{}", n % 50),
        "男式长袖衬衫".to_owned(),
        "navy".to_owned(),
        (10 + n % 500).to_string(),
        "6.95".to_owned(),
        day(20 + n % 90),
    ]
}

const HEADS: [&str; 8] = [
    "客户单号",
    "客户",
    "货号",
    "品名",
    "颜色",
    "数量",
    "单价",
    "交期",
];

fn comma_separated() -> Vec<u8> {
    let rows = (0..ROWS).map(|n| row(n).join(",") + "\n");
    (HEADS.join(",") + "\n" + &rows.collect::<String>()).into_bytes()
}

fn workbook() -> Vec<u8> {
    let mut book = Workbook::new();
    let page = book.add_worksheet();
    for (at, head) in (0..).zip(HEADS) {
        page.write_string(0, at, head).unwrap();
    }
    for n in 0..ROWS {
        for (at, cell) in (0..).zip(row(n)) {
            match cell.parse::<f64>() {
                Ok(number) => page.write_number(n + 1, at, number),
                Err(_) => page.write_string(n + 1, at, cell),
            }
            .unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}

/// A factory with 1,000 accepted orders of one line, a third of them in production.
fn factory() -> World {
    let hours = json!(["08:00-12:00", "13:30-17:30"]);
    let week = json!({ "mon": hours, "tue": hours, "wed": hours, "thu": hours, "fri": hours });
    let operation = |seq: u32, centre: &str, minutes: &str| json!({ "seq": seq, "name": centre, "work_centre": centre, "minutes_per_unit": minutes });
    let mut items: Vec<Value> = (0..10)
        .map(|m| json!({ "code": format!("M{m}"), "unit": "m", "on_hand": "4000", "lead_days": 3 + m, "supplier": "S1" }))
        .collect();
    items.extend((0..50).map(|p| {
        json!({ "code": format!("P{p}"), "name": "shirt", "unit": "pcs", "make": true,
            "bom": [{ "item": format!("M{}", p % 9), "qty": "2", "wastage": "0.03" }, { "item": "M9", "qty": "1" }],
            "routing": [operation(10, "CUT", "0.02"), operation(20, "SEW", "0.05"), operation(30, "PACK", "0.02")] })
    }));
    let (mut orders, mut made) = (Vec::new(), Vec::new());
    for n in 0..ORDERS {
        let (no, qty) = (format!("SO-{n}"), (10 + n % 500).to_string());
        if n % 3 == 0 {
            made.push(
                json!({ "no": format!("MO-{n}"), "order": no, "line": 1, "qty": qty, "state": "released" }),
            );
        }
        let line = json!({ "no": 1, "item": format!("P{}", n % 50), "qty": qty, "unit": "pcs", "requested_date": day(10 + n % 100) });
        orders.push(json!({ "no": no, "customer": "C1", "customer_po": format!("PO-{n}"), "state": "accepted", "lines": [line] }));
    }
    let centre = |code: &str| json!({ "code": code, "calendar": "DAY", "lines": [{ "code": "L1" }, { "code": "L2" }] });
    let file = json!({ "format": "gendan/1", "calendars": [{ "code": "DAY", "week": week }],
        "customers": [{ "code": "C1", "name": "Nordvik Apparel AB" }], "suppliers": [{ "code": "S1", "name": "Mill" }],
        "work_centres": [centre("CUT"), centre("SEW"), centre("PACK")],
        "items": items, "orders": orders, "production_orders": made });
    let now = Moment::parse(NOW).unwrap();
    let mut store = Store::memory(Clock::Fixed(now.0), "li").unwrap();
    json::bring(&mut store, &json::parse(&file.to_string()).unwrap(), "").unwrap();
    store.world().unwrap()
}

fn say(name: &str, time: Duration, floor: Duration) {
    let ratio = time.as_secs_f64() / floor.as_secs_f64();
    println!("{name}: {time:.1?}, floor {floor:.1?}, ratio {ratio:.1}");
}

fn previews(world: &World) {
    let today: NaiveDate = "2026-11-23".parse().unwrap();
    let read = |name: &str, bytes: &[u8]| transfer::read(name, bytes, &Options::default(), today);
    let (text, book) = (comma_separated(), workbook());
    let cells = || {
        let mut reader = csv::ReaderBuilder::new().from_reader(text.as_slice());
        reader.records().map(|r| r.unwrap().len()).sum::<usize>()
    };
    let name = "preview of 10,000 rows, CSV";
    say(name, median(|| read("a.csv", &text)), median(cells));
    let name = "preview of 10,000 rows, XLSX";
    let floor = median(|| sheet::workbook("a.xlsx", &book));
    say(name, median(|| read("a.xlsx", &book)), floor);
    let preview = read("a.xlsx", &book);
    let name = "the same compared with 1,000 known orders";
    say(name, median(|| compare::standings(world, &preview)), floor);
}

/// From the changed line to what it touches, both sides computed, as the screen does it.
fn amendment(world: &World) {
    let now = Moment::parse(NOW).unwrap();
    let order = world.orders.iter().nth(30).unwrap();
    let mut lines = amend::lines_of(world, order);
    lines[0].line.qty += Qty::whole(100);
    let plan = |world: &World| gather::sketch(world, now);
    let whole = || {
        let cuts = amend::cuts(world, order, &lines);
        let after = amend::after(world, order, &lines, &cuts);
        let (old, new) = (plan(world), plan(&after));
        let stock = (
            ripple::explosion(world, now),
            ripple::explosion(&after, now),
        );
        let side = |world, outlook, explosion| Side {
            world,
            outlook,
            explosion,
        };
        let (before, then) = (side(world, &old, &stock.0), side(&after, &new, &stock.1));
        ripple::ripple(before, then, order.id, now).len()
    };
    println!("an amendment touches {} things", whole());
    let name = "what an amendment touches, 1,000 orders";
    say(name, median(whole), median(|| plan(world)));
}

fn main() {
    let world = factory();
    previews(&world);
    amendment(&world);
}
