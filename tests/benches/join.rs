//! How long it takes to put a supplier's sheet beside the purchase lines that are known, as ratios in
//! the same run: against reading the sheet alone, and against a quarter of the rows (near linear is
//! near four).
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::print_stdout)]

use std::hint::black_box;
use std::time::{Duration, Instant};

use chrono::{Days, NaiveDate};
use gendan::domain::item::Item;
use gendan::domain::purchase::{Promise, Purchase};
use gendan::domain::quantity::Qty;
use gendan::domain::world::{Rows, World};
use gendan::transfer::arrivals::{self, Joined};
use gendan::transfer::draft::{Evidence, Options, Preview};
use gendan::transfer::headings::{Desk, Kind};
use gendan::transfer::{self, join::Standing};

const ROUNDS: usize = 5;

fn today() -> NaiveDate {
    "2026-11-23".parse().unwrap()
}

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

fn day(n: i64) -> NaiveDate {
    let days = u64::try_from(n % 60 + 1).unwrap();
    today().checked_add_days(Days::new(days)).unwrap()
}

fn no(n: i64) -> String {
    format!("PO-{:06}", n / 3)
}

fn item(n: i64) -> String {
    format!("M-{:03}", n % 400)
}

fn factory(lines: i64) -> World {
    let items = (0..400).map(|n| Item {
        id: n + 1,
        code: item(n),
        unit: "m".to_owned(),
        on_hand: Qty::whole(n),
        ..Item::default()
    });
    let purchases = (0..lines).map(|n| Purchase {
        id: n + 1,
        no: no(n),
        line: n % 3 + 1,
        item_id: n % 400 + 1,
        qty: Qty::whole(100 + n),
        unit: "m".to_owned(),
        ..Purchase::default()
    });
    let promises = (0..lines).map(|n| Promise {
        id: n + 1,
        purchase_id: n + 1,
        date: day(n),
        said_on: today(),
        ..Promise::default()
    });
    World {
        items: Rows::new(items.collect()),
        purchases: Rows::new(purchases.collect()),
        promises: Rows::new(promises.collect()),
        ..World::default()
    }
}

/// One line in fifty differs: its date, or its number by one character.
fn sheet(kind: Kind, lines: i64) -> String {
    let mut text = match kind {
        Kind::Receipts => "采购单号,料号,实收数量,到货日期,送货单号\n",
        _ => "采购单号,料号,采购数量,回复交期\n",
    }
    .to_owned();
    for n in 0..lines {
        let no = if n % 100 == 50 {
            no(n).replace("PO-", "PQ-")
        } else {
            no(n)
        };
        let (item, qty) = (item(n), 100 + n);
        text += &match kind {
            Kind::Receipts => format!("{no},{item},{qty},2026-11-20,DN-{n}\n"),
            _ if n % 100 == 0 => format!("{no},{item},{qty},{}\n", day(n + 7)),
            _ => format!("{no},{item},{qty},{}\n", day(n)),
        };
    }
    text
}

fn read(text: &str) -> Preview {
    let options = Options {
        desk: Desk::Materials,
        ..Options::default()
    };
    transfer::read("a.csv", text.as_bytes(), &options, today())
}

fn main() {
    for kind in [Kind::Promises, Kind::Receipts] {
        let mut before = None;
        for lines in [5_000, 20_000] {
            let (world, text) = (factory(lines), sheet(kind, lines));
            let preview = read(&text);
            let file = Evidence {
                name: "a.csv".to_owned(),
                bytes: text.clone().into_bytes(),
            };
            let join = || -> Joined { arrivals::join(&world, &preview, &file, today()).unwrap() };
            let joined = join();
            let (same, unknown) = (
                joined.count(Standing::Same),
                joined.count(Standing::Unknown),
            );
            let (time, floor) = (median(join), median(|| read(&text)));
            let ratio = time.as_secs_f64() / floor.as_secs_f64();
            println!(
                "{} of {lines} rows joined with {lines} lines (same {same}, unknown {unknown}): {time:.1?}, reading {floor:.1?}, ratio {ratio:.2}",
                kind.code()
            );
            if let Some(small) = before.replace(time) {
                let growth = time.as_secs_f64() / Duration::as_secs_f64(&small);
                println!(
                    "{}: four times the rows take {growth:.1} times as long",
                    kind.code()
                );
            }
        }
    }
}
