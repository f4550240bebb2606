//! Clocks that lie: put back, a year ahead, daylight saving, another zone. The journal goes by its
//! numbers, dates by factory time, and nothing is refused or put in another order.

use gendan::clock::Clock;
use gendan::domain::moment::Moment;
use gendan::store::{Access, Deed, Store, StoreError};
use gendan::text::Did;

use crate::audit::{gendan, sound};
use crate::store::enter;

fn at(text: &str) -> Clock {
    Clock::Fixed(Moment::parse(text).unwrap().0)
}

/// A file whose changes were made at these moments, in this order.
fn made(path: &std::path::Path, moments: &[&str]) -> Store {
    let mut store = Store::open(path, Access::Write, at(moments[0]), "li").unwrap();
    for (n, moment) in moments.iter().enumerate() {
        store.set_clock(at(moment));
        enter(&mut store, &format!("SO-{n}"));
    }
    store
}

const JUMPS: &[&str] = &[
    "2026-11-23T08:00",
    "2027-11-23T08:00",
    "2026-11-23T07:00",
    "2020-01-01T00:00",
    "2026-11-23T08:01",
];

#[test]
fn with_a_clock_that_jumps_the_journal_goes_by_number() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    let mut store = made(&path, JUMPS);
    let journal = store.journal(None, 99).unwrap();
    let numbers: Vec<i64> = journal.iter().map(|l| l.id).collect();
    assert_eq!(numbers, [5, 4, 3, 2, 1]);
    let stamps: Vec<&str> = journal.iter().rev().map(|l| &l.at[..16]).collect();
    assert_eq!(stamps, JUMPS);
    sound(&store, "a clock that jumps");
    let past: Vec<String> = store
        .past()
        .unwrap()
        .into_iter()
        .map(|p| p.order_no)
        .collect();
    assert_eq!(past, ["SO-0", "SO-1", "SO-2", "SO-3", "SO-4"]);
    // Undo goes back by number too, over a restart and with the clock put back once more.
    drop(store);
    store = Store::open(&path, Access::Write, at("2019-06-01T08:00"), "li").unwrap();
    for n in (0..5).rev() {
        assert_eq!(store.undo().unwrap().of.order_no, format!("SO-{n}"));
    }
    assert!(matches!(store.undo(), Err(StoreError::NothingToRevert)));
    for n in 0..5 {
        assert_eq!(store.redo().unwrap().of.order_no, format!("SO-{n}"));
    }
    sound(&store, "undo and redo with a clock that jumps");
}

#[test]
fn a_hold_ends_though_the_clock_was_put_back_meanwhile() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    let mut store = made(&path, &["2026-11-20T08:00"]);
    for (moment, held, did) in [
        ("2026-11-23T10:00", true, Did::OrderHeld),
        ("2026-11-23T09:00", false, Did::OrderResumed),
    ] {
        store.set_clock(at(moment));
        let world = store.world().unwrap();
        let mut order = world.orders.iter().next().unwrap().clone();
        order.on_hold = held;
        let deed = Deed::new(did, &["SO-0"]).about("SO-0");
        store
            .write::<_, StoreError>(&deed, |tx| tx.update(&order))
            .unwrap();
    }
    let holds = store.world().unwrap().holds;
    assert_eq!(holds.len(), 1);
    assert_eq!(
        holds[0].to,
        Some(holds[0].from),
        "it is over, and took no time"
    );
}

#[test]
fn a_clock_ahead_does_not_let_the_archive_take_what_came_after_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = made(&folder.path().join("a.db"), JUMPS);
    let world = store.world().unwrap();
    for order in world.orders.iter() {
        let mut order = order.clone();
        order.state = gendan::domain::codes::OrderState::Closed;
        let deed = Deed::new(Did::OrderClosed, &[&order.no]);
        store
            .write::<_, StoreError>(&deed, |tx| tx.update(&order))
            .unwrap();
    }
    let out = folder.path().join("o.json");
    let done = store.archive("2026-12-01".parse().unwrap(), &out).unwrap();
    assert_eq!(done.changes, 1, "up to the first change that is too young");
    sound(&store, "archiving with a clock that jumped");
}

#[test]
fn zones_and_daylight_saving_change_what_is_shown_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    // In Berlin clocks go back on 2026-10-25 at 01:00 UTC, forward on 2027-03-28 at 01:00 UTC.
    let moments = [
        "2026-10-25T00:30",
        "2026-10-25T01:30",
        "2027-03-28T00:59",
        "2027-03-28T01:01",
    ];
    drop(made(&path, &moments));
    let db = path.display().to_string();
    let list = |zone: &str| -> Vec<serde_json::Value> {
        let args = [
            "--db",
            &db,
            "--at",
            "2027-04-01T08:00",
            "list",
            "journal",
            "--format",
            "json",
        ];
        let said = gendan(&args, &[("TZ", zone)]);
        assert!(said.status.success(), "{said:?}");
        serde_json::from_slice(&said.stdout).unwrap()
    };
    let here = list("UTC");
    assert_eq!(here.len(), 4);
    for zone in [
        "Europe/Berlin",
        "Asia/Shanghai",
        "America/New_York",
        "Asia/Kathmandu",
    ] {
        let there = list(zone);
        for (a, b) in here.iter().zip(&there) {
            for key in ["id", "number", "what", "who", "order"] {
                assert_eq!(a.get(key), b.get(key), "{zone}");
            }
        }
        let check = gendan(&["--db", &db, "check", "--deep"], &[("TZ", zone)]);
        assert!(check.status.success(), "{zone}: {check:?}");
    }
    // A session in another zone goes on: the number counts, and undo takes its own change back.
    for (zone, note) in [("Pacific/Kiritimati", "1"), ("Pacific/Pago_Pago", "2")] {
        let file = folder.path().join(format!("c{note}.json"));
        let text = format!(r#"{{"format": "gendan/1", "customers": [{{"code": "Z{note}"}}]}}"#);
        std::fs::write(&file, text).unwrap();
        let said = gendan(
            &["--db", &db, "import", file.to_str().unwrap()],
            &[("TZ", zone)],
        );
        assert!(said.status.success(), "{said:?}");
    }
    let mut store = Store::open(&path, Access::Write, at("2026-11-23T08:00"), "li").unwrap();
    let journal = store.journal(None, 2).unwrap();
    assert_eq!((journal[0].id, journal[1].id), (6, 5));
    assert_eq!(store.undo().unwrap().of.id, 6);
    sound(&store, "sessions in two zones");
}
