//! Suppliers and chases: odds on real deliveries, the order against brute force, reasons to wait,
//! the screens, the reports.

mod order;
#[path = "../benches/scms.rs"]
mod scms;
mod screens;
mod waiting;

use std::path::PathBuf;

use chrono::{Days, NaiveDate};
use gendan::domain::item::Item;
use gendan::domain::order::Order;
use gendan::domain::partner::Supplier;
use gendan::domain::purchase::{Promise, Purchase, Receipt};
use gendan::domain::quantity::{MICRO, Micro, Qty, Rate};
use gendan::domain::rule::supplier::{Slips, deliveries, last_word, records};
use gendan::domain::world::{Rows, World};
use gendan::plan::forecast::calibration;

/// Day `n` of a made-up time; day 963, a Friday, is today.
fn day(n: i64) -> NaiveDate {
    let first: NaiveDate = "2024-01-01".parse().unwrap();
    first + Days::new(u64::try_from(n).unwrap())
}

const TODAY: i64 = 963;

/// A purchase line with the words said about it and what came of it.
#[derive(Clone, Debug, Default)]
struct Line {
    supplier: i64,
    item: i64,
    order: Option<i64>,
    qty: i64,
    needed: Option<i64>,
    /// Said on, day, of how many (zero: all).
    words: Vec<(i64, i64, i64)>,
    /// Day, accepted, rejected.
    receipts: Vec<(i64, i64, i64)>,
    closed: bool,
}

/// A world of lines; items 1 to 4 of families f0 and f1, suppliers and orders 1 to 4.
fn world(lines: &[Line]) -> World {
    let mut world = World::default();
    let four = 1..=4_i64;
    world.items = Rows::new(four.clone().map(item).collect());
    world.suppliers = Rows::new(four.clone().map(supplier).collect());
    world.orders = Rows::new(four.map(order).collect());
    let (mut bought, mut words, mut receipts) = (Vec::new(), Vec::new(), Vec::new());
    for (id, line) in (1..).zip(lines) {
        bought.push(Purchase {
            id,
            no: format!("PO-{id}"),
            item_id: line.item,
            supplier_id: Some(line.supplier),
            order_id: line.order,
            qty: Qty::whole(line.qty),
            required_date: line.needed.map(day),
            closed: line.closed,
            ..Purchase::default()
        });
        for (said, date, qty) in &line.words {
            words.push(Promise {
                id: i64::try_from(words.len()).unwrap() + 1,
                purchase_id: id,
                said_on: day(*said),
                date: day(*date),
                qty: Qty::whole(*qty),
                ..Promise::default()
            });
        }
        for (date, accepted, rejected) in &line.receipts {
            receipts.push(Receipt {
                id: i64::try_from(receipts.len()).unwrap() + 1,
                purchase_id: id,
                date: day(*date),
                accepted: Qty::whole(*accepted),
                rejected: Qty::whole(*rejected),
                ..Receipt::default()
            });
        }
    }
    world.purchases = Rows::new(bought);
    world.promises = Rows::new(words);
    world.receipts = Rows::new(receipts);
    world
}

fn item(id: i64) -> Item {
    Item {
        id,
        code: format!("M-{id}"),
        name: format!("material {id}"),
        family: format!("f{}", id % 2),
        ..Item::default()
    }
}

fn supplier(id: i64) -> Supplier {
    Supplier {
        id,
        code: format!("S{id}"),
        name: format!("supplier {id}"),
        ..Supplier::default()
    }
}

fn order(id: i64) -> Order {
    Order {
        id,
        no: format!("SO-{id}"),
        // Weights 1 to 4.
        priority: Some(Micro::whole(id)),
        ..Order::default()
    }
}

/// A delivery of 100 that came so many days after its word.
fn came(supplier: i64, item: i64, promised: i64, slip: i64) -> Line {
    Line {
        supplier,
        item,
        qty: 100,
        words: vec![(promised - 20, promised, 0)],
        receipts: vec![(promised + slip, 100, 0)],
        ..Line::default()
    }
}

#[test]
fn real_deliveries_keep_what_the_odds_of_earlier_years_say() {
    let Some(cases) = std::env::var_os("GENDAN_CASES").map(PathBuf::from) else {
        println!("skipped: GENDAN_CASES names no folder");
        return;
    };
    let all = scms::read(&cases);
    assert_eq!(all.len(), 10_324);
    let tried = scms::walk(&all, 2011..=2015);
    let brier = |chance: &dyn Fn(&scms::Tried) -> Rate| {
        let pairs: Vec<(Rate, bool)> = tried.iter().map(|t| (chance(t), t.late)).collect();
        calibration(&pairs).brier
    };
    let ours = brier(&|t| t.chance);
    assert!(
        ours < brier(&|t| t.base),
        "better than the share of earlier years"
    );
    let hindsight = scms::late_share(&tried);
    assert!(
        ours < brier(&|_| hindsight),
        "better than the share of these years themselves"
    );
    let kept = scms::share(tried.iter().filter(|t| t.by_p80).count(), tried.len());
    assert!(
        kept >= Micro(800_000),
        "{kept:?} came by the day stated for four fifths"
    );
}

#[test]
fn a_record_counts_what_never_came_and_is_filled_up_while_it_is_thin() {
    let mut lines = vec![
        // Supplier 1: first words kept twice, missed by 6 days once after moving the day.
        came(1, 1, 900, 0),
        came(1, 1, 920, -2),
        Line {
            words: vec![(880, 900, 0), (898, 906, 0)],
            receipts: vec![(905, 60, 20), (906, 40, 0)],
            ..came(1, 2, 900, 0)
        },
        // Past its day and still open; closed with a part; not due yet.
        Line {
            receipts: vec![],
            ..came(1, 2, 950, 0)
        },
        Line {
            receipts: vec![(930, 50, 0)],
            closed: true,
            ..came(1, 2, 930, 0)
        },
        Line {
            receipts: vec![],
            ..came(1, 2, TODAY + 5, 0)
        },
    ];
    lines.extend((0..9).map(|n| came(2, 3, 800 + n, 4)));
    let world = world(&lines);
    let today = day(TODAY);
    let told = deliveries(&world, today);
    let slips = Slips::fit(told.iter(), today);
    let list = records(&world, &slips, today);
    let (one, two) = (&list[0], &list[1]);
    assert_eq!(
        (one.samples, one.came, one.on_time, one.missing),
        (4, 3, 2, 2)
    );
    assert_eq!(one.on_time_rate(), Some(Micro(400_000)), "two of five");
    assert_eq!(one.open, 2);
    // Three lines without a rejected piece, and 100 of 120.
    assert_eq!(one.quality, Some(Micro((3 * MICRO + 833_333) / 4)));
    assert!(one.is_thin() && !two.is_thin());
    assert_eq!(
        (two.first.p50, two.first.p80),
        (4, 4),
        "nine of one's own hold"
    );
    assert!(one.last.p80 <= one.first.p80, "the moved word was kept");
    let open = Qty::whole(100);
    assert_eq!(
        last_word(&world, world.purchases.get(3).unwrap(), today, open),
        Some(day(906))
    );
}

#[test]
fn a_line_has_come_when_enough_stays() {
    use gendan::domain::codes::ReceiptKind as Kind;
    use gendan::domain::rule::supplier::came as came_on;
    let on = |receipts: &[(i64, Kind, i64, i64, i64)]| {
        let mut world = world(&[came(1, 1, 900, 0)]);
        let receipts = receipts.iter().enumerate();
        let rows = receipts.map(|(at, (date, kind, accepted, rejected, held))| Receipt {
            id: i64::try_from(at).unwrap() + 1,
            purchase_id: 1,
            date: day(*date),
            kind: *kind,
            accepted: Qty::whole(*accepted),
            rejected: Qty::whole(*rejected),
            held: Qty::whole(*held),
            ..Receipt::default()
        });
        world.receipts = Rows::new(rows.collect());
        let line = world.purchases.get(1).unwrap();
        let settled = gendan::domain::rule::purchase::arrival(&world, line)
            .open
            .is_zero();
        let found = came_on(&world, line);
        assert_eq!(found.is_some(), settled, "as the open quantity has it");
        found
    };
    let first = (900, Kind::Arrival, 60, 0, 40);
    assert_eq!(on(&[first]), Some(day(900)), "held goods are there");
    assert_eq!(
        on(&[first, (903, Kind::Inspection, 40, 0, 0)]),
        Some(day(900))
    );
    assert_eq!(
        on(&[first, (903, Kind::Inspection, 30, 10, 0)]),
        None,
        "ten are missing again"
    );
    let replaced = (910, Kind::Arrival, 10, 0, 0);
    let inspected = (903, Kind::Inspection, 30, 10, 0);
    assert_eq!(on(&[first, inspected, replaced]), Some(day(910)));
    assert_eq!(
        on(&[first, (905, Kind::Return, 5, 0, 0)]),
        None,
        "what went back is missing"
    );
}

#[test]
fn a_word_about_a_part_leaves_the_rest_to_the_word_before() {
    let line = Line {
        words: vec![(900, 930, 0), (910, 920, 40), (915, 950, 30)],
        ..came(1, 1, 930, 0)
    };
    let world = world(&[line]);
    let bought = world.purchases.get(1).unwrap();
    let said = |open| last_word(&world, bought, day(TODAY), Qty::whole(open));
    assert_eq!(
        said(100),
        Some(day(950)),
        "the rest keeps day 930, the last part is later"
    );
    assert_eq!(said(30), Some(day(950)));
    let early = last_word(&world, bought, day(912), Qty::whole(100));
    assert_eq!(early, Some(day(930)), "as it was said then");
}
