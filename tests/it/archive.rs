//! The archive of the journal: written first, nothing told differently afterwards, no undo of it.

use gendan::clock::Clock;
use gendan::command::{self, Command};
use gendan::domain::moment::Moment;
use gendan::domain::past::Deed as Told;
use gendan::store::{Access, Store, StoreError};
use gendan::text::{Lang, refusal};
use gendan::transfer::json;

use crate::audit::{factory, gendan, sound};
use crate::random_commands::make::Maker;

fn on(day: &str) -> Clock {
    Clock::Fixed(Moment::parse(&format!("{day}T09:00")).unwrap().0)
}

fn day(text: &str) -> chrono::NaiveDate {
    text.parse().unwrap()
}

/// Some commands on a day; how many were done.
fn work(store: &mut Store, seed: u64, many: usize) -> usize {
    let mut maker = Maker::new(seed);
    let mut world = store.world().unwrap();
    let mut done = 0;
    while done < many {
        let command: Command = maker.command(&world);
        if let Ok(made) = command::apply(store, &world, &command)
            && made.change.id != 0
        {
            store.refresh(&mut world, &made.change).unwrap();
            done += 1;
        }
    }
    done
}

/// Everything that reads the journal: stories of all orders, times on hold, the diary.
fn told(store: &Store) -> (Vec<Vec<Told>>, String, Vec<(i64, String)>) {
    let world = store.world().unwrap();
    let deeds = world.orders.iter().map(|o| store.deeds(&o.no).unwrap());
    let diary = store.journal(None, 100_000).unwrap();
    let diary = diary.iter().map(|l| {
        let said = gendan::text::diary::sentence(l, Lang::En);
        (l.id, said)
    });
    (
        deeds.collect(),
        format!("{:?}", world.holds),
        diary
            .filter(|(_, said)| !said.starts_with("Archive "))
            .collect(),
    )
}

fn rows(store: &Store) -> String {
    json::export(&store.world().unwrap(), &[])
}

#[test]
fn what_is_archived_is_in_the_file_and_everything_is_told_as_before() {
    let folder = tempfile::tempdir().unwrap();
    let path = factory(folder.path());
    let mut store = Store::open(&path, Access::Write, on("2026-11-23"), "li").unwrap();
    work(&mut store, 5, 25);
    store.set_clock(on("2026-11-25"));
    work(&mut store, 6, 8);
    let (before, world) = (told(&store), rows(&store));
    let out = folder.path().join("journal.json");
    let done = store.archive(day("2026-11-24"), &out).unwrap();
    assert!(done.changes > 1 && done.lines > 500, "{done:?}");
    // The file: all of it, readable, in both languages.
    let file: serde_json::Value = serde_json::from_slice(&std::fs::read(&out).unwrap()).unwrap();
    assert_eq!(file["format"], "gendan-journal-1");
    let list = file["list"].as_array().unwrap();
    assert_eq!(list.len(), done.changes);
    let lines: usize = list
        .iter()
        .map(|c| c["rows"].as_array().unwrap().len())
        .sum();
    assert_eq!(lines, done.lines);
    assert!(list.iter().all(|c| c["zh"] != "" && c["en"] != ""));
    // Nothing is told differently, no row is another.
    assert_eq!(told(&store), before);
    assert_eq!(rows(&store), world);
    sound(&store, "archiving");
    let line = &store.journal(None, 1).unwrap()[0];
    let said = gendan::text::diary::sentence(line, Lang::En);
    assert!(
        said.contains(&format!(
            "Archive {} changes before 2026-11-24 to",
            done.changes
        )),
        "{said}"
    );
    // Values of open orders are still here.
    let world = store.world().unwrap();
    let open = |no: &str| {
        world
            .orders
            .iter()
            .any(|o| o.no == no && matches!(o.state.code(), "open" | "accepted"))
    };
    let journal = store.journal(None, 100_000).unwrap();
    let kept = journal
        .iter()
        .filter(|l| l.kind == "edit" && open(&l.order_no));
    let kept: Vec<bool> = kept
        .map(|l| !store.entries(l.id).unwrap().is_empty())
        .collect();
    assert!(kept.len() > 3 && kept.iter().all(|k| *k), "{kept:?}");
    // What came after the day can be undone; what is archived cannot, and says where it is.
    let refused = loop {
        match store.undo() {
            Ok(_) => sound(&store, "an undo after archiving"),
            Err(error) => break error,
        }
    };
    assert!(matches!(refused, StoreError::Archived(_)), "{refused}");
    for lang in [Lang::Zh, Lang::En] {
        assert!(refusal::store(&refused, lang).contains("journal.json"));
    }
    // A change, a second archive, one more undo: still sound.
    store.set_clock(on("2026-12-02"));
    work(&mut store, 9, 10);
    let again = folder.path().join("second.json");
    let more = store.archive(day("2026-12-01"), &again);
    if let Err(error) = &more {
        assert!(matches!(error, StoreError::NothingToArchive), "{error}");
    }
    store.undo().unwrap();
    sound(&store, "a second archive");
    // Orders that were open then are closed now: their old values go to a third file, though its day
    // lies before that of the second.
    let world = store.world().unwrap();
    for order in world.orders.iter() {
        let mut order = order.clone();
        order.state = gendan::domain::codes::OrderState::Closed;
        let deed = gendan::store::Deed::new(gendan::text::Did::OrderClosed, &[&order.no]);
        store
            .write::<_, StoreError>(&deed, |tx| tx.update(&order))
            .unwrap();
    }
    let before = told(&store);
    let third = folder.path().join("third.json");
    let done = store.archive(day("2026-11-24"), &third).unwrap();
    assert!(done.changes > 3, "{done:?}");
    assert_eq!(told(&store), before);
    sound(&store, "a third archive, of an earlier day");
    store.undo().unwrap();
    sound(&store, "an undo after it");
    let text = json::export(&store.world().unwrap(), &store.past().unwrap());
    let mut other = Store::memory(on("2026-12-02"), "li").unwrap();
    json::bring(&mut other, &json::parse(&text).unwrap(), "").unwrap();
    sound(&other, "carrying an archived journal over");
}

#[test]
fn an_archive_that_cannot_be_written_takes_nothing_out() {
    let folder = tempfile::tempdir().unwrap();
    let path = factory(folder.path());
    let mut store = Store::open(&path, Access::Write, on("2026-11-23"), "li").unwrap();
    let before = (told(&store), store.entries(1).unwrap());
    let there = folder.path().join("there.json");
    std::fs::write(&there, "mine").unwrap();
    let late = day("2027-01-01");
    assert!(matches!(
        store.archive(late, &there),
        Err(StoreError::Exists(_))
    ));
    assert_eq!(std::fs::read_to_string(&there).unwrap(), "mine");
    let nowhere = folder.path().join("no/such/folder.json");
    assert!(matches!(
        store.archive(late, &nowhere),
        Err(StoreError::CannotOpen { .. })
    ));
    let out = folder.path().join("out.json");
    let early = store.archive(day("2020-01-01"), &out);
    assert!(matches!(early, Err(StoreError::NothingToArchive)));
    // A journal that does not lead to the rows is not touched: nothing would tell what was true.
    let behind = rusqlite::Connection::open(&path).unwrap();
    behind
        .execute("UPDATE change_row SET new = 'x' WHERE id = 3", [])
        .unwrap();
    drop(behind);
    assert!(matches!(
        store.archive(late, &out),
        Err(StoreError::JournalBroken)
    ));
    assert!(!out.exists());
    assert_eq!(told(&store), before.0);
    assert_eq!(store.entries(1).unwrap().len(), before.1.len());
    let mut reader = Store::open(&path, Access::Read, on("2026-11-23"), "").unwrap();
    assert!(matches!(
        reader.archive(late, &out),
        Err(StoreError::ReadOnly)
    ));
}

#[test]
fn a_chain_of_undo_and_redo_over_the_day_stays_whole() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    let mut store = Store::open(&path, Access::Write, on("2026-11-20"), "li").unwrap();
    crate::store::enter(&mut store, "A");
    crate::store::enter(&mut store, "B");
    store.set_clock(on("2026-11-25"));
    assert_eq!(store.undo().unwrap().of.id, 2);
    let close = |store: &mut Store| {
        let world = store.world().unwrap();
        for order in world.orders.iter() {
            let mut order = order.clone();
            order.state = gendan::domain::codes::OrderState::Declined;
            let deed = gendan::store::Deed::new(gendan::text::Did::OrderChanged, &[&order.no]);
            store
                .write::<_, StoreError>(&deed, |tx| tx.update(&order))
                .unwrap();
        }
    };
    store.redo().unwrap();
    close(&mut store);
    let out = folder.path().join("out.json");
    let done = store.archive(day("2026-11-24"), &out).unwrap();
    assert_eq!(
        done.changes, 1,
        "B was undone after the day, so its chain stays"
    );
    sound(&store, "archiving before a chain");
    store.undo().unwrap();
    store.undo().unwrap();
    assert_eq!(
        store.undo().unwrap().of.kind,
        "redo",
        "the chain can still be undone"
    );
    store.redo().unwrap();
    store.undo().unwrap();
    assert!(matches!(store.undo(), Err(StoreError::Archived(_))));
    sound(&store, "undoing all but what is archived");
}

#[test]
fn the_archive_command_says_what_it_did_and_keeps_the_day_of_the_factory() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    // Half past midnight of the 23rd in Shanghai, still the 22nd in UTC.
    let late = Clock::Fixed(Moment::parse("2026-11-22T16:30").unwrap().0);
    let mut store = Store::open(&path, Access::Write, late, "li").unwrap();
    let deed = gendan::store::Deed::new(gendan::text::Did::SettingChanged, &["x"]);
    store
        .write::<_, StoreError>(&deed, |tx| {
            tx.insert(&gendan::domain::followup::Setting {
                key: "x".into(),
                ..Default::default()
            })
        })
        .unwrap();
    drop(store);
    let (db, out) = (path.display().to_string(), folder.path().join("o.json"));
    let args = [
        "--db",
        &db,
        "archive",
        "--before",
        "2026-11-23",
        "-o",
        out.to_str().unwrap(),
    ];
    let refused = gendan(&args, &[("TZ", "Asia/Shanghai")]);
    assert_eq!(refused.status.code(), Some(1), "{refused:?}");
    assert!(String::from_utf8_lossy(&refused.stderr).contains("nothing to archive"));
    let done = gendan(&args, &[("TZ", "UTC")]);
    assert!(done.status.success(), "{done:?}");
    assert!(String::from_utf8_lossy(&done.stderr).contains("1 changes (1 lines of values)"));
    assert!(
        gendan(&["--db", &db, "check", "--deep"], &[])
            .status
            .success()
    );
}
