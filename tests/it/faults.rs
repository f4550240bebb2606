//! Faults on purpose: power that goes, disks that fail or are full, processes that are killed.
//!
//! Small by default. `GENDAN_FAULTS=full` runs the long form; both print how much they tried.

mod disk;
mod flips;
mod kill;
mod vfs;

use std::path::Path;

pub(crate) use disk::Dice;
use disk::{Disk, Fate};
use gendan::domain::order::Order;
use gendan::store::{Access, Deed, Keep, Opening, Store, StoreError, backup, open::MIGRATIONS};
use gendan::text::{Did, Lang, refusal};
use gendan::transfer::json;
use vfs::{Fault, Tape};

use crate::store::{enter, fixed};

/// Whether the long form is wanted.
pub(crate) fn full() -> bool {
    std::env::var("GENDAN_FAULTS").is_ok_and(|v| v == "full")
}

/// Numbers of orders that a file holds; the file has to be whole.
fn orders_of_whole(path: &Path) -> Vec<String> {
    let store = Store::open(path, Access::Write, fixed(), "").unwrap();
    assert_eq!(store.integrity(true).unwrap(), Vec::<String>::new());
    let world = store.world().unwrap();
    let journal = store.journal(None, 100_000).unwrap();
    // An order without its journal line, or the other way round, would be half a change.
    assert_eq!(journal.len(), world.orders.len());
    let mut numbers: Vec<String> = world.orders.iter().map(|o| o.no.clone()).collect();
    numbers.sort();
    numbers
}

/// A later version of the file, which every row of an order takes part in.
const LATER: &[&str] = &[
    MIGRATIONS[0],
    "CREATE TABLE later (id INTEGER PRIMARY KEY, no TEXT NOT NULL) STRICT;
     INSERT INTO later (no) SELECT no FROM orders;
     UPDATE orders SET remarks = remarks || '.';",
];

/// Opens a file in a later version, bringing it up to date.
fn open_later(path: &Path) -> Result<Store, StoreError> {
    let how = Opening {
        access: Access::Write,
        safe: false,
        migrations: LATER,
    };
    Store::open_as(path, how, fixed(), "")
}

/// How far apart the calls are that fail: each one in the long form, else some of them.
fn step_of(calls: u64, some: u64) -> usize {
    usize::try_from(if full() { 1 } else { calls / some }).unwrap()
}

fn number(n: usize) -> String {
    format!("SO-{n:05}")
}

#[test]
fn after_a_power_failure_at_any_moment_the_file_opens_with_all_that_was_confirmed() {
    let transactions = if full() { 200 } else { 6 };
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    let tape = Tape::recording();
    tape.run(|| {
        let mut store = Store::open(&path, Access::Write, fixed(), "").unwrap();
        for n in 0..transactions {
            enter(&mut store, &number(n));
            tape.acknowledge();
            // Now and then the log goes back into the file, as it does on close.
            if n % 25 == 3 {
                drop(store);
                store = Store::open(&path, Access::Write, fixed(), "").unwrap();
            }
        }
    });
    let (names, ops) = tape.take();
    let (mut disk, mut dice, mut tried) = (Disk::new(&names), Dice(20_261_125), 0);
    for (at, op) in ops.iter().enumerate() {
        disk.take(op);
        // Every moment in the long form; else every one around a confirmation and some between.
        let near = ops[at..]
            .iter()
            .take(4)
            .any(|o| matches!(o, vfs::Op::Acknowledged));
        if !full() && !near && at % 17 != 0 {
            continue;
        }
        for fate in [Fate::Lost, Fate::Kept, Fate::Any] {
            let found = tempfile::tempdir().unwrap();
            disk.power_off(&names, found.path(), fate, &mut dice);
            let there = orders_of_whole(&found.path().join("a.db"));
            let wanted: Vec<String> = (0..there.len()).map(number).collect();
            assert_eq!(there, wanted, "moment {at} {fate:?}");
            assert!(there.len() >= disk.acknowledged, "moment {at} {fate:?}");
            assert!(there.len() <= disk.acknowledged + 1, "moment {at} {fate:?}");
            tried += 1;
        }
    }
    assert!(tried > 100);
    println!(
        "power: {} operations of the disk, {tried} restarts, nothing lost",
        ops.len()
    );
}

/// A life of the file: made, changed, rested, copied, closed, brought to a later version, changed.
/// Answers with what was confirmed, and the error it ended with.
fn life(folder: &Path) -> (Vec<String>, Option<String>) {
    let path = folder.join("a.db");
    let mut confirmed = Vec::new();
    let ended = (|| -> Result<(), StoreError> {
        let mut store = Store::open(&path, Access::Write, fixed(), "")?;
        for n in 0..3 {
            try_enter(&mut store, &number(n))?;
            confirmed.push(number(n));
        }
        store.rest()?;
        store.backup(&folder.join("copy.db"))?;
        confirmed.push("copy".to_owned());
        if store.daily_copy(Keep::default())?.is_some() {
            confirmed.push("daily".to_owned());
        }
        drop(store);
        let mut store = open_later(&path)?;
        let _ = store.world()?;
        for n in 3..5 {
            try_enter(&mut store, &number(n))?;
            confirmed.push(number(n));
        }
        // From here on the last one may be there or not.
        confirmed.pop();
        store.undo()?;
        Ok(())
    })();
    let said = ended.err().map(|e| {
        let said = refusal::store(&e, Lang::Zh);
        assert!(
            !said.is_empty() && !refusal::store(&e, Lang::En).is_empty(),
            "{e:?}"
        );
        said
    });
    (confirmed, said)
}

fn try_enter(store: &mut Store, no: &str) -> Result<(), StoreError> {
    let deed = Deed::new(Did::OrderEntered, &[no]).about(no);
    store.write::<_, StoreError>(&deed, |tx| {
        tx.insert(&Order {
            no: no.to_owned(),
            remarks: "x".repeat(9_000),
            ..Order::default()
        })
    })?;
    Ok(())
}

#[test]
fn whatever_call_of_the_disk_fails_nothing_confirmed_is_lost_and_work_goes_on_afterwards() {
    let counted = Tape::counting();
    let folder = tempfile::tempdir().unwrap();
    let (all, ended) = counted.run(|| life(folder.path()));
    assert_eq!((all.len(), ended), (6, None));
    let calls = counted.calls();
    let step = step_of(calls, 11);
    let mut tried = [0_usize; 4];
    let faults = [Fault::Once, Fault::Lasting, Fault::Full, Fault::Short];
    for (kind, fault) in faults.into_iter().enumerate() {
        // Each kind starts elsewhere, so that the short form does not always hit the same calls.
        for call in (1 + kind as u64..=calls).step_by(step) {
            let folder = tempfile::tempdir().unwrap();
            let tape = Tape::failing(call, fault);
            let (confirmed, said) = tape.run(|| life(folder.path()));
            if !tape.failed() {
                continue;
            }
            tried[kind] += 1;
            // What fails is said, unless it could be tried again or did not matter.
            assert!(
                said.is_some() || confirmed.len() == 6,
                "{fault:?} at {call}"
            );
            after_a_fault(folder.path(), &confirmed, &format!("{fault:?} at {call}"));
        }
    }
    assert!(tried.iter().all(|n| *n > 3), "{tried:?}");
    println!("disk: {calls} calls, faults tried (once, lasting, full, short): {tried:?}");
}

/// The disk is well again: the file is whole, holds what was confirmed, and can be changed.
fn after_a_fault(folder: &Path, confirmed: &[String], what: &str) {
    let mut store = open_later(&folder.join("a.db")).unwrap();
    assert_eq!(
        store.integrity(true).unwrap(),
        Vec::<String>::new(),
        "{what}"
    );
    let world = store.world().unwrap();
    let orders = confirmed.iter().filter(|no| no.starts_with("SO"));
    for no in orders {
        assert!(world.orders.iter().any(|o| o.no == *no), "{what}: {no}");
    }
    try_enter(&mut store, "SO-AFTER").unwrap();
    // A copy is whole or not there.
    let copies = [
        ("copy", "copy.db"),
        ("daily", "a.backups/a-20261123.db"),
        ("", "a.before-v2.db"),
    ];
    for (word, name) in copies {
        let copy = folder.join(name);
        assert!(
            copy.exists() || !confirmed.iter().any(|c| c == word),
            "{what}: {name}"
        );
        if copy.exists() {
            let copy = Store::open(&copy, Access::Read, fixed(), "").unwrap();
            let there = copy.world().unwrap().orders.len();
            assert!(there == 3 || word.is_empty(), "{what}: {name} {there}");
        }
    }
    for folder in [folder, &folder.join("a.backups")] {
        let Ok(left) = std::fs::read_dir(folder) else {
            continue;
        };
        let left: Vec<String> = left
            .map(|e| e.unwrap().file_name().to_string_lossy().into_owned())
            .filter(|n| n.starts_with(".gendan-"))
            .collect();
        assert!(left.is_empty(), "{what}: left behind {left:?}");
    }
}

/// A file of three orders, with a copy of another state of it.
fn file_and_copy(folder: &Path) {
    for (name, orders) in [("a.db", 3), ("copy.db", 1)] {
        let mut store = Store::open(&folder.join(name), Access::Write, fixed(), "").unwrap();
        for n in 0..orders {
            enter(&mut store, &number(n));
        }
    }
}

/// The same again, in another folder.
fn again(from: &Path, to: &Path) {
    for name in ["a.db", "copy.db"] {
        std::fs::copy(from.join(name), to.join(name)).unwrap();
    }
}

/// What was kept of the file before a copy was put in its place; each has to be whole.
fn kept_in(folder: &Path) -> Vec<usize> {
    let entries = std::fs::read_dir(folder).unwrap();
    let kept = entries.map(|e| e.unwrap().path());
    let kept = kept.filter(|p| p.to_string_lossy().ends_with("0800.db"));
    kept.map(|p| orders_of_whole(&p).len()).collect()
}

#[test]
fn a_restore_that_the_disk_interrupts_leaves_the_old_file_or_the_new_one() {
    let prepared = tempfile::tempdir().unwrap();
    file_and_copy(prepared.path());
    let put_back = |folder: &Path| {
        let (copy, path) = (folder.join("copy.db"), folder.join("a.db"));
        backup::restore(&copy, &path, fixed()).map_err(|e| refusal::store(&e, Lang::En))
    };
    let counted = Tape::counting();
    let folder = tempfile::tempdir().unwrap();
    again(prepared.path(), folder.path());
    counted.run(|| put_back(folder.path())).unwrap();
    let calls = counted.calls();
    let step = step_of(calls, 7);
    let (mut old, mut new) = (0, 0);
    let faults = [Fault::Once, Fault::Lasting, Fault::Full, Fault::Short];
    for (kind, fault) in faults.into_iter().enumerate() {
        for call in (1..=calls - kind as u64).rev().step_by(step) {
            let folder = tempfile::tempdir().unwrap();
            again(prepared.path(), folder.path());
            let tape = Tape::failing(call, fault);
            let ended = tape.run(|| put_back(folder.path()));
            let there = orders_of_whole(&folder.path().join("a.db")).len();
            assert!(there == 1 || there == 3, "{fault:?} at {call}: {there}");
            assert!(ended.is_err() || there == 1, "{fault:?} at {call}");
            let kept = kept_in(folder.path());
            assert!(kept.iter().all(|n| *n == 3), "{fault:?} at {call}");
            assert!(there == 3 || !kept.is_empty(), "{fault:?} at {call}");
            assert_eq!(orders_of_whole(&folder.path().join("copy.db")).len(), 1);
            old += usize::from(there == 3);
            new += usize::from(there == 1);
        }
    }
    assert!(old > 3 && new > 0);
    println!("restore: {calls} calls; the old file stood {old} times, the new one {new} times");
}

#[test]
fn an_import_that_the_disk_interrupts_brings_nothing_in() {
    let sample = gendan::transfer::sample::sample(fixed().now());
    let file = json::parse(&sample).unwrap();
    let bring = |folder: &Path| -> Result<(), String> {
        let mut store = Store::open(&folder.join("a.db"), Access::Write, fixed(), "")
            .map_err(|e| refusal::store(&e, Lang::En))?;
        match json::bring(&mut store, &file, "sample") {
            Ok(_) => Ok(()),
            Err(json::ImportError::Store(e)) => Err(refusal::store(&e, Lang::En)),
            Err(other) => panic!("{other:?}"),
        }
    };
    let folder = tempfile::tempdir().unwrap();
    let counted = Tape::counting();
    counted.run(|| bring(folder.path())).unwrap();
    let whole = Store::open(&folder.path().join("a.db"), Access::Read, fixed(), "").unwrap();
    let whole = whole.world().unwrap().orders.len();
    let (calls, mut tried) = (counted.calls(), 0);
    let parts = if full() { 200 } else { 8 };
    for part in 1..=parts {
        let folder = tempfile::tempdir().unwrap();
        let fault = if part % 2 == 0 {
            Fault::Full
        } else {
            Fault::Lasting
        };
        let tape = Tape::failing(calls * part / parts, fault);
        let ended = tape.run(|| bring(folder.path()));
        let store = Store::open(&folder.path().join("a.db"), Access::Write, fixed(), "").unwrap();
        assert_eq!(store.integrity(true).unwrap(), Vec::<String>::new());
        let there = store.world().unwrap().orders.len();
        assert_eq!(there, if ended.is_ok() { whole } else { 0 }, "{ended:?}");
        tried += usize::from(ended.is_err());
    }
    assert!(tried > 3);
    println!("import: {calls} calls, {tried} of {parts} runs were refused whole");
}
