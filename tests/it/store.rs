//! The file: what is written is there, journaled, can be taken back; what is wrong is refused.

use std::collections::BTreeSet;

use gendan::clock::Clock;
use gendan::domain::moment::Moment;
use gendan::domain::order::{Order, OrderLine};
use gendan::domain::partner::Customer;
use gendan::domain::quantity::Micro;
use gendan::domain::schema::TABLES;
use gendan::store::{Access, Deed, Store, StoreError};
use gendan::text::Did;

pub(crate) fn fixed() -> Clock {
    Clock::Fixed(Moment::parse("2026-11-23T08:00").unwrap().0)
}

pub(crate) fn enter(store: &mut Store, no: &str) -> i64 {
    let deed = Deed::new(Did::OrderEntered, &[no]).about(no);
    let (id, _) = store
        .write::<_, StoreError>(&deed, |tx| {
            let customer = Customer {
                code: format!("C-{no}"),
                ..Customer::default()
            };
            let customer_id = Some(tx.insert(&customer)?);
            let order_id = tx.insert(&Order {
                no: no.to_owned(),
                customer_id,
                ..Order::default()
            })?;
            tx.insert(&OrderLine {
                order_id,
                no: 1,
                qty: Micro::whole(100),
                ..OrderLine::default()
            })?;
            Ok(order_id)
        })
        .unwrap();
    id
}

#[test]
fn the_schema_says_what_the_file_has() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    drop(Store::open(&path, Access::Write, fixed(), "").unwrap());
    let db = rusqlite::Connection::open(&path).unwrap();
    for table in TABLES {
        let mut columns = db
            .prepare(&format!("PRAGMA table_info({})", table.name))
            .unwrap();
        let there: BTreeSet<(String, bool)> = columns
            .query_map([], |row| {
                Ok((row.get::<_, String>(1)?, row.get::<_, i64>(3)? == 1))
            })
            .unwrap()
            .map(Result::unwrap)
            .filter(|(name, _)| name != "id" && name != "revision")
            .collect();
        let said: BTreeSet<(String, bool)> = table
            .columns
            .iter()
            .map(|c| (c.name.to_owned(), !c.optional))
            .collect();
        assert_eq!(there, said, "{}", table.name);
    }
}

#[test]
fn what_is_written_is_journaled_and_can_be_taken_back_and_brought_again() {
    let mut store = Store::memory(fixed(), "Li").unwrap();
    let before = store.world().unwrap();
    let id = enter(&mut store, "SO-1");
    let mut world = store.world().unwrap();
    let mut order = world.orders.get(id).unwrap().clone();
    order.remarks = "不得出现品牌".to_owned();
    let deed = Deed::new(Did::OrderChanged, &["SO-1"]).about("SO-1");
    let (_, change) = store
        .write::<_, StoreError>(&deed, |tx| tx.update(&order))
        .unwrap();
    assert_eq!(change.tables, ["orders"]);
    store.refresh(&mut world, &change).unwrap();
    assert_eq!(world.orders.get(id).unwrap().remarks, "不得出现品牌");
    let entries = store.entries(change.id).unwrap();
    assert_eq!(entries.len(), 1);
    assert_eq!(
        (entries[0].old.as_str(), entries[0].new.as_str()),
        ("\"\"", "\"不得出现品牌\"")
    );

    assert_eq!(store.undo().unwrap().of.did, Did::OrderChanged);
    assert_eq!(store.world().unwrap().orders.get(id).unwrap().remarks, "");
    assert_eq!(store.undo().unwrap().of.did, Did::OrderEntered);
    assert_eq!(store.world().unwrap().orders.len(), before.orders.len());
    assert!(matches!(store.undo(), Err(StoreError::NothingToRevert)));
    assert_eq!(store.redo().unwrap().of.did, Did::OrderEntered);
    assert_eq!(store.redo().unwrap().of.did, Did::OrderChanged);
    assert_eq!(
        store.world().unwrap().orders.get(id).unwrap().remarks,
        "不得出现品牌"
    );
    assert!(matches!(store.redo(), Err(StoreError::NothingToRevert)));
    store.undo().unwrap();
    enter(&mut store, "SO-2");
    assert!(
        matches!(store.redo(), Err(StoreError::NothingToRevert)),
        "a new change ends what could be redone"
    );
    assert_eq!(store.journal(Some("SO-1"), 99).unwrap().len(), 7);
    assert!(store.integrity(true).unwrap().is_empty());
}

#[test]
fn a_stale_edit_is_refused_and_nothing_is_half_done() {
    let mut store = Store::memory(fixed(), "Li").unwrap();
    let id = enter(&mut store, "SO-1");
    let old = store.world().unwrap().orders.get(id).unwrap().clone();
    let deed = Deed::new(Did::OrderChanged, &["SO-1"]);
    let first = Order {
        remarks: "one".into(),
        ..old.clone()
    };
    store
        .write::<_, StoreError>(&deed, |tx| tx.update(&first))
        .unwrap();
    let second = Order {
        remarks: "two".into(),
        ..old
    };
    let refused = store.write::<_, StoreError>(&deed, |tx| {
        tx.insert(&Customer {
            code: "half".into(),
            ..Customer::default()
        })?;
        tx.update(&second)
    });
    assert!(matches!(
        refused,
        Err(StoreError::Stale {
            table: "orders",
            ..
        })
    ));
    let world = store.world().unwrap();
    assert_eq!(world.orders.get(id).unwrap().remarks, "one");
    assert!(world.customers.iter().all(|c| c.code != "half"));
    let same = world.orders.get(id).unwrap().clone();
    let (_, change) = store
        .write::<_, StoreError>(&deed, |tx| tx.update(&same))
        .unwrap();
    assert_eq!(
        change.id, 0,
        "a change of nothing leaves no line in the journal"
    );
    assert_eq!(store.journal(None, 99).unwrap().len(), 2);
}

#[test]
fn an_undo_that_would_overwrite_later_work_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    let mut store = Store::open(&path, Access::Write, fixed(), "Li").unwrap();
    let id = enter(&mut store, "SO-1");
    let db = rusqlite::Connection::open(&path).unwrap();
    db.execute("UPDATE orders SET remarks = 'by hand' WHERE id = ?1", [id])
        .unwrap();
    assert!(matches!(store.undo(), Err(StoreError::ChangedSince { .. })));
    assert_eq!(
        store.world().unwrap().orders.get(id).unwrap().remarks,
        "by hand"
    );
}

#[test]
fn a_file_that_is_none_of_ours_is_refused_and_untouched() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let open = |name: &str| Store::open(&at(name), Access::Write, fixed(), "").map(|_| ());

    std::fs::write(
        at("text.db"),
        "not a database, but long enough to be looked at twice",
    )
    .unwrap();
    assert!(matches!(open("text.db"), Err(StoreError::NotADatabase(_))));
    assert!(matches!(
        Store::open(folder.path(), Access::Write, fixed(), ""),
        Err(StoreError::NotADatabase(_))
    ));

    let other = rusqlite::Connection::open(at("other.db")).unwrap();
    other
        .execute_batch("CREATE TABLE theirs (x); PRAGMA user_version = 7;")
        .unwrap();
    drop(other);
    let bytes = std::fs::read(at("other.db")).unwrap();
    assert!(matches!(open("other.db"), Err(StoreError::Foreign(_))));
    assert!(
        std::fs::read(at("other.db")).unwrap() == bytes,
        "the foreign file is untouched"
    );

    open("newer.db").unwrap();
    let newer = rusqlite::Connection::open(at("newer.db")).unwrap();
    newer.pragma_update(None, "user_version", 9_999).unwrap();
    drop(newer);
    assert!(matches!(
        open("newer.db"),
        Err(StoreError::Newer { found: 9_999, .. })
    ));

    std::fs::write(at("file"), "").unwrap();
    let below = Store::open(&at("file").join("a.db"), Access::Write, fixed(), "");
    assert!(matches!(below, Err(StoreError::CannotOpen { .. })));
}

#[test]
fn a_file_that_was_emptied_is_taken_as_an_empty_one() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("emptied.db");
    let emptied = rusqlite::Connection::open(&path).unwrap();
    emptied
        .execute_batch("CREATE TABLE gone (x); DROP TABLE gone; VACUUM;")
        .unwrap();
    let made: i64 = emptied
        .query_row("PRAGMA schema_version", [], |row| row.get(0))
        .unwrap();
    assert!(made > 0, "its header still says that there was something");
    drop(emptied);
    enter(
        &mut Store::open(&path, Access::Write, fixed(), "").unwrap(),
        "SO-1",
    );
    let store = Store::open(&path, Access::Read, fixed(), "").unwrap();
    assert_eq!(store.world().unwrap().orders.len(), 1);
}

#[test]
fn drafts_are_kept_outside_the_journal_until_dropped() {
    let mut store = Store::memory(fixed(), "Li").unwrap();
    store.keep_draft("order", 0, "", "{\"no\":\"1\"}").unwrap();
    store.keep_draft("order", 0, "", "{\"no\":\"12\"}").unwrap();
    let drafts = store.drafts().unwrap();
    assert_eq!(drafts.len(), 1);
    assert_eq!(drafts[0].fields, "{\"no\":\"12\"}");
    assert!(store.journal(None, 9).unwrap().is_empty());
    store.drop_draft("order", 0, "").unwrap();
    assert!(store.drafts().unwrap().is_empty());
}

#[test]
fn a_backup_is_whole_and_putting_it_back_keeps_the_old_file() {
    let folder = tempfile::tempdir().unwrap();
    let (path, copy) = (folder.path().join("a.db"), folder.path().join("copy.db"));
    let mut store = Store::open(&path, Access::Write, fixed(), "").unwrap();
    enter(&mut store, "SO-1");
    store.backup(&copy).unwrap();
    enter(&mut store, "SO-2");
    drop(store);
    let kept = gendan::store::backup::restore(&copy, &path, fixed())
        .unwrap()
        .unwrap();
    let orders = |p: &std::path::Path| {
        Store::open(p, Access::Read, fixed(), "")
            .unwrap()
            .world()
            .unwrap()
            .orders
            .len()
    };
    assert_eq!((orders(&path), orders(&kept)), (1, 2));
}
