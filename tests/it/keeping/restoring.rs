//! Putting a copy back: what is kept, what is refused, and no log of the old file in the new one.

use std::path::Path;

use gendan::store::backup::restore;
use gendan::store::{Access, PlaceError, Store, StoreError};

use super::{both, file_with, orders_in, tidy_names};
use crate::command_line::{run, said};
use crate::store::{enter, fixed};

#[test]
fn each_restore_keeps_what_was_there_also_twice_in_a_minute() {
    let folder = tempfile::tempdir().unwrap();
    let (path, copy) = (folder.path().join("a.db"), folder.path().join("copy.db"));
    file_with(&copy, 1);
    for n in 2..5 {
        file_with(&path, n);
        let kept = restore(&copy, &path, fixed()).unwrap().unwrap();
        assert_eq!((orders_in(&path), orders_in(&kept)), (1, n));
        let left = tidy_names(folder.path());
        assert!(left.iter().all(|n| n.ends_with(".db")), "{left:?}");
        std::fs::remove_file(&path).unwrap();
    }
    assert_eq!(
        tidy_names(folder.path())
            .iter()
            .filter(|n| n.contains("replaced"))
            .count(),
        3
    );
    assert_eq!(restore(&copy, &path, fixed()).unwrap(), None);
    assert_eq!(orders_in(&path), 1);
}

#[test]
fn a_file_that_another_process_has_open_is_not_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let (path, copy) = (folder.path().join("a.db"), folder.path().join("copy.db"));
    file_with(&copy, 1);
    file_with(&path, 1);
    let mut store = Store::open(&path, Access::Write, fixed(), "").unwrap();
    enter(&mut store, "SO-7");
    let (db, from) = (path.display().to_string(), copy.display().to_string());
    for (lang, word) in [
        ("zh", "正被别的窗口或程序打开"),
        ("en", "is open in another window"),
    ] {
        let refused = run(
            folder.path(),
            &["--db", &db, "--lang", lang, "restore", &from],
        );
        assert_eq!(refused.status.code(), Some(1));
        assert!(said(&refused).contains(word), "{}", said(&refused));
    }
    let here = restore(&copy, &path, fixed()).unwrap_err();
    assert!(
        matches!(here, StoreError::Place(PlaceError::InUse(_))),
        "{here:?}"
    );
    both(&here);
    enter(&mut store, "SO-8");
    drop(store);
    assert_eq!(orders_in(&path), 3);
    assert_eq!(
        tidy_names(folder.path()),
        ["a.db", "copy.db"],
        "nothing was begun"
    );
    assert!(
        run(folder.path(), &["--db", &db, "restore", &from])
            .status
            .success()
    );
    assert_eq!(orders_in(&path), 1);
}

#[test]
fn what_is_no_copy_or_another_programs_file_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    file_with(&at("a.db"), 2);
    file_with(&at("copy.db"), 1);
    std::fs::write(at("text.db"), "text").unwrap();
    let other = rusqlite::Connection::open(at("foreign.db")).unwrap();
    other.execute_batch("CREATE TABLE theirs (x)").unwrap();
    drop(other);
    let mut damaged = std::fs::read(at("copy.db")).unwrap();
    let middle = damaged.len() / 2;
    damaged[middle..middle + 40_000].fill(0x55);
    std::fs::write(at("damaged.db"), damaged).unwrap();
    std::os::unix::fs::symlink(at("a.db"), at("same.db")).unwrap();
    let before = tidy_names(folder.path());
    for (from, to) in [
        ("text.db", "a.db"),
        ("foreign.db", "a.db"),
        ("missing.db", "a.db"),
        ("a.db", "a.db"),
        ("same.db", "a.db"),
        ("damaged.db", "a.db"),
        ("copy.db", "foreign.db"),
    ] {
        let bytes = std::fs::read(at(to)).unwrap();
        both(&restore(&at(from), &at(to), fixed()).unwrap_err());
        assert!(std::fs::read(at(to)).unwrap() == bytes, "{from} -> {to}");
    }
    assert_eq!(tidy_names(folder.path()), before);
}

/// What lies beside a file under the name of its log.
fn log_of(path: &Path) -> std::path::PathBuf {
    format!("{}-wal", path.display()).into()
}

#[test]
fn a_file_beyond_opening_is_kept_byte_for_byte_with_its_log_and_the_log_meets_no_other_file() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    file_with(&at("copy.db"), 1);
    // A true log of a file of the same shape: it would be worked in, if it were let.
    file_with(&at("busy.db"), 1);
    let mut busy = Store::open(&at("busy.db"), Access::Write, fixed(), "").unwrap();
    enter(&mut busy, "SO-X");
    let log = std::fs::read(log_of(&at("busy.db"))).unwrap();
    assert!(log.len() > 1_000);
    drop(busy);
    std::fs::write(at("a.db"), vec![7; 9_000]).unwrap();
    // One that says nothing yet: it has a page, but nobody confirmed it.
    let begun = &log[..32 + 24 + 4_096];
    std::fs::write(log_of(&at("a.db")), begun).unwrap();
    let kept = restore(&at("copy.db"), &at("a.db"), fixed())
        .unwrap()
        .unwrap();
    assert_eq!(orders_in(&at("a.db")), 1);
    assert_eq!(std::fs::read(&kept).unwrap(), vec![7; 9_000]);
    assert!(std::fs::read(log_of(&kept)).unwrap() == begun);
    // The file is gone and only its log is left.
    std::fs::write(log_of(&at("b.db")), &log).unwrap();
    let kept = restore(&at("copy.db"), &at("b.db"), fixed())
        .unwrap()
        .unwrap();
    assert_eq!(orders_in(&at("b.db")), 1);
    assert!(std::fs::read(log_of(&kept)).unwrap() == log);
    // Damaged inside: its pages are kept as they are.
    let mut bytes = std::fs::read(at("a.db")).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle..middle + 40_000].fill(0x55);
    std::fs::write(at("a.db"), bytes).unwrap();
    let kept = restore(&at("copy.db"), &at("a.db"), fixed())
        .unwrap()
        .unwrap();
    assert_eq!(orders_in(&at("a.db")), 1);
    let kept = std::fs::read(kept).unwrap();
    assert!(kept.windows(4_096).any(|w| w.iter().all(|b| *b == 0x55)));
}
