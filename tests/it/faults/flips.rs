//! Bytes that turned over on the disk: whatever opens the file says so, or reads it right.

use std::panic::{AssertUnwindSafe, catch_unwind};

use gendan::store::{Access, Store};
use gendan::text::{Lang, refusal};

use super::disk::Dice;
use super::{full, number};
use crate::store::{enter, fixed};

#[test]
fn flipped_bytes_are_said_or_do_not_matter_and_the_file_stays_as_it_is() {
    let flips = if full() { 1_000 } else { 40 };
    let folder = tempfile::tempdir().unwrap();
    let (path, sealed) = (folder.path().join("a.db"), folder.path().join("b.db"));
    let mut store = Store::open(&path, Access::Write, fixed(), "").unwrap();
    for n in 0..5 {
        enter(&mut store, &number(n));
    }
    // A copy needs no log: a look at it leaves nothing behind.
    store.backup(&sealed).unwrap();
    let whole = std::fs::read(&sealed).unwrap();
    // Most of a young file is empty: half of the flips go where something stands.
    let used: Vec<usize> = (0..whole.len()).filter(|at| whole[*at] != 0).collect();
    let (mut dice, mut refused, mut found, mut unseen) = (Dice(20_261_129), 0, 0, 0);
    for flip in 0..flips {
        let mut bytes = whole.clone();
        for _ in 0..=dice.of(3) {
            let at = match flip % 2 {
                0 => used[dice.of(used.len())],
                _ => dice.of(whole.len()),
            };
            bytes[at] ^= u8::try_from(1 + dice.of(255)).unwrap();
        }
        std::fs::write(&sealed, &bytes).unwrap();
        for access in [Access::Read, Access::Write] {
            let read = catch_unwind(AssertUnwindSafe(|| {
                let store = Store::open(&sealed, access, fixed(), "")?;
                let world = store.world();
                let _ = (store.journal(None, 100), store.drafts(), store.past());
                let well = store.integrity(true).is_ok_and(|lines| lines.is_empty());
                Ok((world?.orders.len(), well))
            }));
            match read.unwrap_or_else(|_| panic!("flip {flip} panics")) {
                Ok((orders, true)) => {
                    assert_eq!(orders, 5, "flip {flip}");
                    unseen += 1;
                }
                Ok((_, false)) => found += 1,
                Err(error) => {
                    let said = [Lang::Zh, Lang::En].map(|lang| refusal::store(&error, lang));
                    assert!(said.iter().all(|s| !s.is_empty()), "{error:?}");
                    refused += 1;
                }
            }
            if access == Access::Read {
                assert!(std::fs::read(&sealed).unwrap() == bytes, "flip {flip}");
            }
        }
        for tail in ["-wal", "-shm", "-journal"] {
            let _ = std::fs::remove_file(folder.path().join(format!("b.db{tail}")));
        }
    }
    assert!(refused > 0 && unseen > 0);
    println!(
        "flips: {flips}, refused {refused}, found by the check {found}, of no matter {unseen}"
    );
}
