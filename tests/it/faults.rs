//! Faults on purpose: power that goes, disks that fail or are full, processes that are killed.
//!
//! Small by default. `GENDAN_FAULTS=full` runs the long form; both print how much they tried.

mod disk;
mod kill;
mod vfs;

use std::path::Path;

pub(crate) use disk::Dice;
use disk::{Disk, Fate};
use gendan::domain::order::Order;
use gendan::store::{Access, Deed, Store, StoreError};
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

/// A life of the file: made, changed, filled from a file, copied, closed, opened, changed.
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
        store.backup(&folder.join("copy.db"))?;
        confirmed.push("copy".to_owned());
        drop(store);
        let mut store = Store::open(&path, Access::Write, fixed(), "")?;
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
    assert_eq!((all.len(), ended), (5, None));
    let calls = counted.calls();
    let step = if full() { 1 } else { 41 };
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
                said.is_some() || confirmed.len() == 5,
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
    let path = folder.join("a.db");
    let mut store = Store::open(&path, Access::Write, fixed(), "").unwrap();
    assert_eq!(
        store.integrity(true).unwrap(),
        Vec::<String>::new(),
        "{what}"
    );
    let world = store.world().unwrap();
    for no in confirmed.iter().filter(|no| *no != "copy") {
        assert!(world.orders.iter().any(|o| o.no == *no), "{what}: {no}");
    }
    try_enter(&mut store, "SO-AFTER").unwrap();
    let copy = folder.join("copy.db");
    if confirmed.iter().any(|c| c == "copy") {
        let copy = Store::open(&copy, Access::Read, fixed(), "").unwrap();
        assert_eq!(copy.world().unwrap().orders.len(), 3, "{what}");
    } else if copy.exists() {
        // A copy is whole or not there.
        Store::open(&copy, Access::Read, fixed(), "").unwrap();
    }
    let left = std::fs::read_dir(folder).unwrap();
    let left: Vec<String> = left
        .map(|e| e.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|n| n.starts_with(".gendan-"))
        .collect();
    assert!(left.is_empty(), "{what}: left behind {left:?}");
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
