//! Capacity review and schedule on 1,000 orders in production and twenty to be reviewed: the first
//! plan with all that follows from it, what a question about it costs, and one arrow key.
//!
//! Floor: the rows in sight formatted and put into a screen once, which no panel can do without.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::print_stdout)]

mod floor;

use std::time::{Duration, Instant};

use chrono::{Days, NaiveDate};
use crossterm::event::{KeyCode, KeyEvent};
use floor::{floor, median, time};
use gendan::app::{App, draw};
use gendan::clock::Clock;
use gendan::command::{self, Command, planning::MoveOperation};
use gendan::domain::moment::Moment;
use gendan::panel::{self, Panel, PartKind};
use gendan::plan::gather::{self, Sides};
use gendan::store::Store;
use gendan::text::Lang;
use gendan::theme::Styles;
use gendan::transfer::json;
use gendan::tui::input::Input;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use serde_json::{Value, json};

const NOW: &str = "2026-11-23T08:00";
const ROUNDS: usize = 31;
const MADE: usize = 1_000;
const OPEN: usize = 20;
const CENTRES: usize = 8;
const PRODUCTS: usize = 40;

fn day(n: usize) -> String {
    let first: NaiveDate = "2026-11-30".parse().unwrap();
    let day = first.checked_add_days(Days::new(n as u64)).unwrap();
    day.to_string()
}

/// Products of four materials and five or six operations; one order a production order.
fn file() -> Value {
    let hours = json!(["08:00-12:00", "13:30-17:30"]);
    let week = json!({ "mon": hours, "tue": hours, "wed": hours, "thu": hours, "fri": hours, "sat": hours });
    let mut items: Vec<Value> = (0..60)
        .map(|m| {
            json!({ "code": format!("M{m:03}"), "name": format!("面料 {m}"), "unit": "m",
            "on_hand": "40000", "lead_days": 3 + m % 9 })
        })
        .collect();
    items.extend((0..PRODUCTS).map(|p| {
        let bom: Vec<Value> = (0..4)
            .map(|at| json!({ "item": format!("M{:03}", (p * 3 + at * 7) % 60), "qty": "1.25", "wastage": "0.03" }))
            .collect();
        let steps: Vec<Value> = (0..5 + p % 2)
            .map(|at| json!({ "seq": 10 * (at + 1), "name": format!("op {at}"), "work_centre": format!("W{}", (p + at) % CENTRES),
                "setup_minutes": "15", "minutes_per_unit": (1 + (p + at) % 4).to_string() }))
            .collect();
        json!({ "code": format!("P{p:02}"), "name": "衬衫 shirt", "unit": "pcs", "make": true, "family": format!("F{}", p % 5),
            "lead_days": 2, "bom": bom, "routing": steps })
    }));
    let order = |n: usize, state: &str| {
        json!({ "no": format!("SO-{n:04}"), "customer": "C1", "customer_po": format!("PO-{n}"), "state": state,
            "lines": [{ "no": 1, "item": format!("P{:02}", n % PRODUCTS), "qty": (60 + n * 7 % 200).to_string(), "unit": "pcs",
                "requested_date": day(n * 90 / MADE) }] })
    };
    let made = |n: usize| {
        json!({ "no": format!("MO-{n:04}"), "order": format!("SO-{n:04}"), "line": 1,
        "qty": (60 + n * 7 % 200).to_string(), "state": "released" })
    };
    let mut orders: Vec<Value> = (0..MADE).map(|n| order(n, "accepted")).collect();
    orders.extend((MADE..MADE + OPEN).map(|n| order(n, "open")));
    let lines: Vec<Value> = (0..10)
        .map(|l| json!({ "code": format!("L{l}") }))
        .collect();
    let centres: Vec<Value> = (0..CENTRES)
        .map(|c| json!({ "code": format!("W{c}"), "name": format!("车间 {c}"), "calendar": "DAY", "lines": lines }))
        .collect();
    json!({ "format": "gendan/1", "calendars": [{ "code": "DAY", "week": week }],
        "customers": [{ "code": "C1", "name": "Nordvik Apparel AB", "class": "A" }], "work_centres": centres, "items": items,
        "orders": orders, "production_orders": (0..MADE).map(made).collect::<Vec<_>>() })
}

fn main() {
    let now = Moment::parse(NOW).unwrap();
    let mut store = Store::memory(Clock::Fixed(now.0), "li").unwrap();
    json::bring(&mut store, &json::parse(&file().to_string()).unwrap(), "").unwrap();
    let mut app = App::new(store, Lang::Zh, Styles::standard()).unwrap();
    let mut buf = Buffer::empty(Rect::new(0, 0, 160, 45));
    let least = time(ROUNDS, || floor(&mut buf));
    let say = |name: &str, time: Duration| {
        let ratio = time.as_secs_f64() / least.as_secs_f64();
        println!("{name}: {time:.1?}, ratio to the floor {ratio:.1}");
    };
    println!("floor {least:.1?}");
    say(
        "copy of the data for the planner",
        time(5, || app.world.clone()),
    );
    let plan = |moves| gather::outlook(&app.world, now, moves, &|| false).unwrap();
    let rules = time(3, || plan(0));
    say("first plan by rules with materials, load, promises", rules);
    assert!(
        rules < Duration::from_secs(5),
        "the first plan is far too slow"
    );
    say("improved plan", time(1, || plan(gather::MOVES)));
    let outlook = plan(0);
    println!("{} operations placed", outlook.places.len());
    app.take_outlook(outlook);
    questions(&mut app, now, &say);
    panels(&mut app, &mut buf, &say);
}

/// What a move and a rush order cost to weigh; both on a thread of their own.
fn questions(app: &mut App, now: Moment, say: &dyn Fn(&str, Duration)) {
    let (id, place) = app.outlook.places.iter().nth(900).unwrap();
    let later = Moment(place.starts.0 + chrono::TimeDelta::days(2));
    let c = Command::MoveOperation(MoveOperation {
        operation_id: *id,
        line_id: place.line_id.unwrap(),
        starts: later,
        ends: later,
    });
    let world = app.world.clone();
    let rehearse = |app: &mut App| {
        app.store
            .rehearse(&world, |s| command::apply(s, &world, &c))
    };
    say("rehearsal of a move", time(5, || rehearse(app).1));
    let after = rehearse(app).1;
    let weigh = || gather::weigh(&world, &after, now, &app.outlook, Sides::Kept);
    say("what a move moves", time(3, weigh));
    let order = world.orders.iter().nth(MADE + 3).unwrap();
    say(
        "who makes way for a rush",
        time(3, || gather::rush(&world, now, &app.outlook, order)),
    );
    say(
        "effects of the principles",
        time(1, || gather::principles(&world, now)),
    );
}

fn panels(app: &mut App, buf: &mut Buffer, say: &dyn Fn(&str, Duration)) {
    let mut key = |app: &mut App, code: KeyCode| {
        let start = Instant::now();
        app.on(Input::Key(KeyEvent::from(code)));
        buf.reset();
        draw::screen(app, buf);
        start.elapsed()
    };
    for (digit, panel, parts) in [
        (
            '2',
            &panel::capacity::Capacity as &dyn Panel,
            &[PartKind::Promise, PartKind::Load][..],
        ),
        (
            '3',
            &panel::schedule::Schedule,
            &[PartKind::Gantt, PartKind::Compare],
        ),
    ] {
        let name = format!("panel {digit}");
        say(
            &format!("{name}: switch to it"),
            key(app, KeyCode::Char(digit)),
        );
        say(
            &format!("{name}: its list"),
            time(5, || panel.list(&app.cx())),
        );
        let ids = panel.list(&app.cx()).ids;
        say(
            &format!("{name}: all its rows"),
            time(5, || panel.rows(&app.cx(), &ids)),
        );
        key(app, KeyCode::Home);
        let rows: Vec<Duration> = (0..ROUNDS).map(|_| key(app, KeyCode::Down)).collect();
        say(&format!("{name}: arrow in the list, drawn"), median(rows));
        for kind in parts {
            for _ in 0..12 {
                if app.board().unwrap().spot().part == *kind {
                    break;
                }
                key(app, KeyCode::Tab);
            }
            let rows: Vec<Duration> = (0..ROUNDS).map(|_| key(app, KeyCode::Right)).collect();
            let rows = if *kind == PartKind::Compare || *kind == PartKind::Promise {
                (0..ROUNDS).map(|_| key(app, KeyCode::Down)).collect()
            } else {
                rows
            };
            say(&format!("{name}: arrow in {kind:?}, drawn"), median(rows));
        }
        key(app, KeyCode::Esc);
    }
}
