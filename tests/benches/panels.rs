//! The Materials panel on 5,000 open purchase lines and 20,000 requirement rows: what building its
//! list and details costs, and what one arrow key costs, as ratios against the floor in the same run.
//!
//! Floor: the rows in sight (45 lines of 10 cells) formatted and put into a screen once, which no
//! panel can do without.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::print_stdout)]

mod floor;

use std::time::{Duration, Instant};

use chrono::{Days, NaiveDate};
use crossterm::event::{KeyCode, KeyEvent};
use floor::{floor, median, time};
use gendan::app::{App, draw};
use gendan::clock::Clock;
use gendan::domain::moment::Moment;
use gendan::panel::materials::ALL;
use gendan::panel::{self, Panel, PartKind};
use gendan::plan::gather;
use gendan::store::Store;
use gendan::text::Lang;
use gendan::theme::Styles;
use gendan::transfer::json;
use gendan::tui::input::Input;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use serde_json::{Value, json};

const NOW: &str = "2026-11-23T08:00";
const ROUNDS: usize = 41;
/// Materials; each is needed on `DAYS` days.
const MATERIALS: usize = 400;
const DAYS: usize = 66;
const PURCHASES: usize = 5_000;
const MADE: usize = 300;

fn day(n: usize) -> String {
    let first: NaiveDate = "2026-11-25".parse().unwrap();
    first
        .checked_add_days(Days::new(n as u64))
        .unwrap()
        .to_string()
}

/// Products of 8 materials each; one order a product and day.
fn file() -> Value {
    let hours = json!(["08:00-12:00", "13:30-17:30"]);
    let week = json!({ "mon": hours, "tue": hours, "wed": hours, "thu": hours, "fri": hours });
    let mut items: Vec<Value> = (0..MATERIALS)
        .map(|m| json!({ "code": format!("M{m:03}"), "name": format!("面料 {m}"), "unit": "m", "on_hand": "500",
            "lead_days": 3 + m % 9, "supplier": format!("S{}", m % 20), "moq": "100", "multiple": "10" }))
        .collect();
    let products = MATERIALS / 8;
    items.extend((0..products).map(|p| {
        let bom: Vec<Value> = (0..8)
            .map(|at| json!({ "item": format!("M{:03}", p * 8 + at), "qty": "1.25", "wastage": "0.03" }))
            .collect();
        json!({ "code": format!("P{p:02}"), "name": "shirt", "unit": "pcs", "make": true, "lead_days": 2, "bom": bom,
            "routing": [{ "seq": 10, "name": "SEW", "work_centre": "SEW", "minutes_per_unit": "0.02" }] })
    }));
    let order = |n: usize| {
        let line = json!({ "no": 1, "item": format!("P{:02}", n % products), "qty": (20 + n % 80).to_string(), "unit": "pcs",
            "requested_date": day(10 + n / products) });
        json!({ "no": format!("SO-{n}"), "customer": "C1", "customer_po": format!("PO-{n}"), "state": "accepted", "lines": [line] })
    };
    let made = |n: usize| json!({ "no": format!("MO-{n}"), "order": format!("SO-{n}"), "line": 1, "qty": (20 + n % 80).to_string(), "state": "released" });
    let purchase = |n: usize| {
        json!({ "no": format!("PO-{n}"), "line": 1, "item": format!("M{:03}", n % MATERIALS), "supplier": format!("S{}", n % 20),
            "qty": "12", "unit": "m", "required_date": day(n % 60),
            "promises": [{ "date": day(n % 60), "said_on": "2026-11-10" }, { "date": day(3 + n % 60), "said_on": "2026-11-18" }],
            "receipts": [{ "date": "2026-11-20", "accepted": "2" }] })
    };
    json!({ "format": "gendan/1", "calendars": [{ "code": "DAY", "week": week }],
        "customers": [{ "code": "C1", "name": "Nordvik Apparel AB" }],
        "suppliers": (0..20).map(|s| json!({ "code": format!("S{s}"), "name": format!("Mill {s}") })).collect::<Vec<_>>(),
        "work_centres": [{ "code": "SEW", "calendar": "DAY", "lines": [{ "code": "L1" }, { "code": "L2" }] }],
        "items": items,
        "orders": (0..products * DAYS).map(order).collect::<Vec<_>>(),
        "production_orders": (0..MADE).map(made).collect::<Vec<_>>(),
        "purchases": (0..PURCHASES).map(purchase).collect::<Vec<_>>() })
}

fn main() {
    let now = Moment::parse(NOW).unwrap();
    let mut store = Store::memory(Clock::Fixed(now.0), "li").unwrap();
    json::bring(&mut store, &json::parse(&file().to_string()).unwrap(), "").unwrap();
    let mut app = App::new(store, Lang::Zh, Styles::standard()).unwrap();
    let outlook = gather::outlook(&app.world, now, 0, &|| false).unwrap();
    println!(
        "{} requirement rows, {} purchase lines",
        outlook.requirements.len(),
        app.world.purchases.len()
    );
    app.take_outlook(outlook);
    app.on(Input::Key(KeyEvent::from(KeyCode::Char('4'))));
    let mut buf = Buffer::empty(Rect::new(0, 0, 160, 45));
    let least = time(ROUNDS, || floor(&mut buf));
    let say = |name: &str, time: Duration| {
        let ratio = time.as_secs_f64() / least.as_secs_f64();
        println!("{name}: {time:.1?}, floor {least:.1?}, ratio {ratio:.1}");
    };
    let panel = panel::materials::Materials;
    say(
        "list of production orders and orders",
        time(ROUNDS, || panel.list(&app.cx())),
    );
    let ids = panel.list(&app.cx()).ids;
    say("all its rows", time(ROUNDS, || panel.rows(&app.cx(), &ids)));
    let first = ids[0];
    say(
        "detail of a production order",
        time(ROUNDS, || panel.detail(&app.cx(), first)),
    );
    say(
        "detail of everything",
        time(ROUNDS, || panel.detail(&app.cx(), ALL)),
    );
    let draw = |app: &mut _, buf: &mut Buffer| {
        buf.reset();
        draw::screen(app, buf)
    };
    say("draw", time(ROUNDS, || draw(&mut app, &mut buf)));
    let mut key = |app: &mut App, code: KeyCode| {
        let start = Instant::now();
        app.on(Input::Key(KeyEvent::from(code)));
        draw(app, &mut buf);
        start.elapsed()
    };
    key(&mut app, KeyCode::Home);
    let rows: Vec<Duration> = (0..ROUNDS).map(|_| key(&mut app, KeyCode::Down)).collect();
    say("arrow in the list, drawn", median(rows));
    key(&mut app, KeyCode::End);
    for kind in [PartKind::Requirements, PartKind::Purchases] {
        while app.board().unwrap().spot().part != kind {
            key(&mut app, KeyCode::Tab);
        }
        let rows: Vec<Duration> = (0..ROUNDS).map(|_| key(&mut app, KeyCode::Down)).collect();
        say(&format!("arrow among all {kind:?}, drawn"), median(rows));
        let pages: Vec<Duration> = (0..ROUNDS)
            .map(|_| key(&mut app, KeyCode::PageDown))
            .collect();
        say(&format!("page of all {kind:?}, drawn"), median(pages));
        key(&mut app, KeyCode::End);
        let rows: Vec<Duration> = (0..ROUNDS).map(|_| key(&mut app, KeyCode::Up)).collect();
        say(
            &format!("arrow at the end of all {kind:?}, drawn"),
            median(rows),
        );
    }
}
