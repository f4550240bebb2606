//! Dated copies: which are kept, when they are made, and what is never overwritten or deleted.

use std::collections::BTreeSet;
use std::path::Path;

use chrono::{Datelike, Days, NaiveDate};
use gendan::clock::Clock;
use gendan::store::keep::kept;
use gendan::store::{Access, Keep, PlaceError, Store, StoreError};
use gendan::text::Lang;
use proptest::prelude::*;

use super::{both, file_with, names, orders_in};
use crate::command_line::{run, said};
use crate::store::{enter, fixed};
use crate::support::User;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn at(date: NaiveDate) -> Clock {
    Clock::Fixed(date.and_hms_opt(8, 0, 0).unwrap())
}

/// What is there after a copy was made each day from `first` on.
fn daily(first: NaiveDate, days: u64, keep: Keep) -> BTreeSet<NaiveDate> {
    let mut there = BTreeSet::new();
    for n in 0..days {
        let today = first + Days::new(n);
        there.insert(today);
        there = kept(&there, today, keep);
    }
    there
}

#[test]
fn after_years_of_daily_copies_seven_days_four_weeks_and_twelve_months_are_there() {
    let there = daily(day("2025-01-01"), 700, Keep::default());
    let wanted = [
        // Months, each by its last day.
        "2026-01-31",
        "2026-02-28",
        "2026-03-31",
        "2026-04-30",
        "2026-05-31",
        "2026-06-30",
        "2026-07-31",
        "2026-08-31",
        "2026-09-30",
        "2026-10-31",
        // Weeks, each by its Sunday; the newest is among the days.
        "2026-11-15",
        "2026-11-22",
        // Days.
        "2026-11-25",
        "2026-11-26",
        "2026-11-27",
        "2026-11-28",
        "2026-11-29",
        "2026-11-30",
        "2026-12-01",
    ];
    assert_eq!(there, wanted.map(day).into());
    let few = Keep {
        days: 2,
        weeks: 0,
        months: 1,
    };
    let there = daily(day("2026-11-01"), 30, few);
    assert_eq!(there, ["2026-11-29", "2026-11-30"].map(day).into());
}

proptest! {
    #[test]
    fn whatever_dates_are_there_the_newest_stay_and_nothing_is_beyond_the_limits(
        days in proptest::collection::btree_set(0_u64..900, 1..60),
        today in 0_u64..900,
        limits in (1_u16..10, 0_u16..6, 0_u16..15),
    ) {
        let first = day("2025-01-01");
        let dates: BTreeSet<NaiveDate> = days.iter().map(|n| first + Days::new(*n)).collect();
        let today = first + Days::new(today);
        let keep = Keep { days: limits.0, weeks: limits.1, months: limits.2 };
        let stay = kept(&dates, today, keep);
        prop_assert!(stay.is_subset(&dates));
        // A second look deletes nothing more.
        prop_assert_eq!(&kept(&stay, today, keep), &stay);
        let ahead: Vec<_> = dates.iter().filter(|d| **d > today).collect();
        prop_assert!(ahead.iter().all(|d| stay.contains(d)), "a clock set back deletes nothing");
        let past: Vec<NaiveDate> = dates.iter().copied().filter(|d| *d <= today).rev().collect();
        prop_assert!(past.iter().take(keep.days.into()).all(|d| stay.contains(d)));
        let most = usize::from(keep.days + keep.weeks + keep.months);
        prop_assert!(stay.len() - ahead.len() <= most);
        // What stays beyond the days is the last of its week or of its month.
        for d in past.iter().skip(keep.days.into()).filter(|d| stay.contains(d)) {
            let later = |same: &dyn Fn(&NaiveDate) -> bool| past.iter().any(|o| o > d && same(o));
            prop_assert!(
                !later(&|o| o.iso_week() == d.iso_week())
                    || !later(&|o| (o.year(), o.month()) == (d.year(), d.month()))
            );
        }
        prop_assert_eq!(kept(&dates, today, Keep::OFF), dates);
    }
}

#[test]
fn the_first_start_of_a_day_makes_its_copy_and_old_ones_go_but_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    let copies = folder.path().join("a.backups");
    let on = |date: NaiveDate| Store::open(&path, Access::Write, at(date), "").unwrap();
    let keep = Keep {
        days: 2,
        weeks: 0,
        months: 0,
    };
    let mut store = on(day("2026-11-02"));
    assert_eq!(
        store.daily_copy(keep).unwrap(),
        None,
        "nothing was entered yet"
    );
    enter(&mut store, "SO-0");
    assert_eq!(store.daily_copy(Keep::OFF).unwrap(), None);
    assert!(!copies.exists());
    let made = store.daily_copy(keep).unwrap().unwrap();
    assert_eq!(made, copies.canonicalize().unwrap().join("a-20261102.db"));
    enter(&mut store, "SO-1");
    assert_eq!(store.daily_copy(keep).unwrap(), None, "once a day");
    assert_eq!(orders_in(&made), 1);
    let others = [
        "a-2026110.db",
        "a-20261102.db.txt",
        "a-20261399.db",
        "b-20261001.db",
        "a-20261102-0800.db",
    ];
    for other in others {
        std::fs::write(copies.join(other), "mine").unwrap();
    }
    std::fs::create_dir(copies.join("a-20251101.db")).unwrap();
    drop(store);
    for date in ["2026-11-03", "2026-11-04"] {
        on(day(date)).daily_copy(keep).unwrap().unwrap();
    }
    // The clock was wrong once, and is set back.
    on(day("2036-01-01")).daily_copy(keep).unwrap().unwrap();
    on(day("2026-11-05")).daily_copy(keep).unwrap().unwrap();
    let mut wanted: Vec<String> = others.map(str::to_owned).into();
    wanted.extend(["20251101", "20261104", "20261105", "20360101"].map(|d| format!("a-{d}.db")));
    wanted.sort();
    assert_eq!(names(&copies), wanted);
    assert_eq!(orders_in(&copies.join("a-20261105.db")), 2);
}

#[test]
fn a_copy_is_one_file_and_replaces_nothing_unless_it_is_meant_to() {
    let folder = tempfile::tempdir().unwrap();
    let (path, copy) = (folder.path().join("a.db"), folder.path().join("copy.db"));
    file_with(&path, 1);
    let mut store = Store::open(&path, Access::Write, fixed(), "").unwrap();
    store.backup_new(&copy).unwrap();
    enter(&mut store, "SO-9");
    let refused = store.backup_new(&copy).unwrap_err();
    assert!(matches!(refused, StoreError::Place(PlaceError::Exists(_))));
    both(&refused);
    assert_eq!(orders_in(&copy), 1);
    store.backup(&copy).unwrap();
    let bytes = std::fs::read(&copy).unwrap();
    assert_eq!(bytes[18..20], [1, 1], "needs no log to be read");
    assert_eq!(orders_in(&copy), 2);
    drop(store);
    assert_eq!(names(folder.path()), ["a.db", "copy.db"]);
}

#[test]
fn the_command_line_copies_into_the_folder_of_copies_and_takes_a_name_from_there() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    file_with(&path, 1);
    let db = path.display().to_string();
    let gendan = |more: &[&str]| {
        run(
            folder.path(),
            &[&["--db", &db, "--lang", "en"], more].concat(),
        )
    };
    for _ in 0..2 {
        let done = gendan(&["backup"]);
        assert!(said(&done).starts_with("Copied to "), "{}", said(&done));
    }
    let copies = folder.path().join("a.backups");
    assert_eq!(
        names(&copies),
        ["a-20261123-0800-2.db", "a-20261123-0800.db"]
    );
    let named = folder.path().join("c.db").display().to_string();
    assert!(gendan(&["backup", &named]).status.success());
    let again = gendan(&["backup", &named]);
    assert_eq!(again.status.code(), Some(1));
    assert!(said(&again).contains("exists already"), "{}", said(&again));
    enter(
        &mut Store::open(&path, Access::Write, fixed(), "").unwrap(),
        "SO-9",
    );
    // A change makes the copy of the day first.
    gendan(&["plan", "--accept"]);
    assert!(names(&copies).contains(&"a-20261123.db".to_owned()));
    let back = gendan(&["restore", "a-20261123-0800.db"]);
    assert!(
        said(&back).contains("a.replaced-20261123-0800.db"),
        "{}",
        said(&back)
    );
    assert_eq!(
        (
            orders_in(&path),
            orders_in(&folder.path().join("a.replaced-20261123-0800.db"))
        ),
        (1, 2)
    );
    let refused = gendan(&["--read-only", "restore", "a-20261123-0800.db"]);
    assert_eq!(refused.status.code(), Some(1));
    let refused = run(
        folder.path(),
        &[
            "--db",
            &db,
            "--lang",
            "zh",
            "--read-only",
            "plan",
            "--accept",
        ],
    );
    assert!(said(&refused).contains("只读"), "{}", said(&refused));
}

/// The job that the screens start after their first picture.
fn job_on(path: &Path, lang: Lang) -> User {
    let store = Store::open(path, Access::Write, fixed(), "").unwrap();
    User::on(store, tempfile::tempdir().unwrap(), lang)
}

#[test]
fn the_screens_make_the_copy_beside_their_work_and_speak_only_of_failure() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    file_with(&path, 2);
    let mut user = job_on(&path, Lang::En);
    let job = user.app.keeping().unwrap();
    let (sender, events) = std::sync::mpsc::sync_channel(4);
    job.spawn(sender, |kept| kept).unwrap();
    // The thread ends without a word.
    assert!(events.recv().is_err());
    let copies = folder.path().join("a.backups");
    assert_eq!(names(&copies), ["a-20261123.db"]);
    assert_eq!(orders_in(&copies.join("a-20261123.db")), 2);
    user.app.keep = Keep::OFF;
    assert!(user.app.keeping().is_none());
    drop(user);
    std::fs::remove_dir_all(&copies).unwrap();
    std::fs::write(&copies, "in the way").unwrap();
    for (lang, word) in [
        (Lang::Zh, "备份没有做成"),
        (Lang::En, "The copy was not made"),
    ] {
        let mut user = job_on(&path, lang);
        let error = user.app.keeping().unwrap().run().unwrap_err();
        user.app.take_kept(&Err(error));
        assert!(user.screen().contains(word), "{}", user.screen());
    }
}

#[test]
fn a_file_that_was_left_open_is_looked_through_and_damage_is_said_on_the_screen() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    let mut store = Store::open(&path, Access::Write, fixed(), "").unwrap();
    enter(&mut store, "SO-1");
    let left = folder.path().join("left.db");
    for tail in ["", "-wal"] {
        let name = |p: &Path| format!("{}{tail}", p.display());
        std::fs::copy(name(&path), name(&left)).unwrap();
    }
    drop(store);
    let closed = Store::open(&path, Access::Write, fixed(), "").unwrap();
    assert!(!closed.was_left_open());
    drop(closed);
    let user = job_on(&left, Lang::En);
    assert!(user.app.store.was_left_open());
    user.app.keeping().unwrap().run().unwrap();
    drop(user);
    // An index page that is full of nonsense is seen by the look and by nothing else.
    let mut bytes = std::fs::read(&left).unwrap();
    let page = (1..bytes.len() / 4096)
        .rev()
        .find(|n| bytes[n * 4096] == 10)
        .unwrap();
    bytes[page * 4096 + 3..page * 4096 + 5].copy_from_slice(&[0x0f, 0xff]);
    std::fs::write(&left, bytes).unwrap();
    std::fs::write(folder.path().join("left.db-journal"), [0; 600]).unwrap();
    for (lang, word) in [
        (Lang::Zh, "数据文件损坏"),
        (Lang::En, "The data file is damaged"),
    ] {
        let mut user = job_on(&left, lang);
        let error = user.app.keeping().unwrap().run().unwrap_err();
        assert!(matches!(error, StoreError::Damaged(_)), "{error:?}");
        user.app.take_kept(&Err(error));
        assert!(user.screen().contains(word), "{}", user.screen());
        std::fs::write(folder.path().join("left.db-journal"), [0; 600]).unwrap();
    }
}

#[test]
fn a_key_copies_the_file_and_says_where_to() {
    for (lang, word) in [(Lang::Zh, "已备份到"), (Lang::En, "Copied to")] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.db");
        file_with(&path, 2);
        let mut user = job_on(&path, lang);
        user.press("ctrl-k 4");
        assert!(user.screen().contains(word), "{}", user.screen());
        let copy = folder.path().join("a.backups/a-20261123-0800.db");
        assert_eq!(orders_in(&copy), 2);
        user.press("ctrl-k 4");
        assert_eq!(names(&folder.path().join("a.backups")).len(), 2);
        // What is only tried in memory is not the file.
        let store = Store::memory(fixed(), "").unwrap();
        let mut user = User::on(store, tempfile::tempdir().unwrap(), lang);
        user.press("ctrl-k 4");
        let none = ["不能备份", "cannot be copied"][usize::from(lang == Lang::En)];
        assert!(user.screen().contains(none), "{}", user.screen());
    }
}
