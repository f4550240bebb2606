//! Damaged files: what can be read is in the new one, what cannot is listed, and the damaged one
//! stays as it is. `GENDAN_FAULTS=full` does 1,000 random damages.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use gendan::command;
use gendan::domain::schema::TABLES;
use gendan::store::salvage::{Salvaged, Why, salvage};
use gendan::store::{Access, Fields, Store, StoreError};
use gendan::text::{Lang, audit as words};

use crate::audit::{factory, gendan, sound};
use crate::faults::{Dice, full};
use crate::random_commands::make::Maker;
use crate::store::fixed;

const PAGE: usize = 4096;

type Rows = BTreeMap<(&'static str, i64), Fields>;

/// Every row of every table, without the count of its changes.
fn rows(store: &mut Store) -> Rows {
    let mut all = Rows::new();
    let deed = gendan::store::Deed::new(gendan::text::Did::Unknown, &[]);
    store
        .write::<_, StoreError>(&deed, |tx| {
            for table in TABLES {
                for mut fields in tx.rows(table)? {
                    fields.remove("revision");
                    all.insert((table.name, fields["id"].as_i64().unwrap()), fields);
                }
            }
            Ok(())
        })
        .unwrap();
    all
}

/// A factory at work, closed so that all of it is in the one file.
fn life(folder: &Path) -> (PathBuf, Rows) {
    let path = factory(folder);
    let mut store = Store::open(&path, Access::Write, fixed(), "li").unwrap();
    let mut world = store.world().unwrap();
    let mut maker = Maker::new(3);
    for _ in 0..60 {
        if let Ok(done) = command::apply(&mut store, &world, &maker.command(&world)) {
            store.refresh(&mut world, &done.change).unwrap();
        }
    }
    store.undo().unwrap();
    let there = rows(&mut store);
    drop(store);
    assert!(!folder.join("a.db-wal").exists());
    (path, there)
}

/// What is not in the new file as it was has to be listed.
fn compare(there: &Rows, new: &Path, done: &Salvaged, what: &str) {
    let mut store = Store::open(new, Access::Write, fixed(), "").unwrap();
    sound(&store, what);
    let listed = |key: &(&str, i64)| {
        let mut losses = done.losses.iter();
        losses.any(|l| l.table == key.0 && (l.ids.0..=l.ids.1).contains(&key.1))
            || done
                .rebuilt
                .iter()
                .any(|(t, id, _)| done.journal_lost && t == key.0 && *id == key.1)
    };
    let now = rows(&mut store);
    for (key, fields) in there {
        if now.get(key) != Some(fields) {
            assert!(
                listed(key),
                "{what}: {key:?} {fields:?} is {:?}; {done:?}",
                now.get(key)
            );
        }
    }
    for key in now.keys() {
        assert!(
            there.contains_key(key) || listed(key),
            "{what}: {key:?} came from nowhere"
        );
    }
    for loss in &done.losses {
        for lang in [Lang::Zh, Lang::En] {
            assert!(!words::loss(loss.why, &loss.what, lang).is_empty());
        }
    }
}

/// Salvages bytes, and looks that the damaged file is as it was.
fn save(folder: &Path, bytes: &[u8]) -> (PathBuf, Result<Salvaged, StoreError>) {
    let (damaged, new) = (folder.join("damaged.db"), folder.join("new.db"));
    std::fs::write(&damaged, bytes).unwrap();
    let _ = std::fs::remove_file(&new);
    let done = salvage(&damaged, &new, fixed(), "li");
    assert!(
        std::fs::read(&damaged).unwrap() == bytes,
        "the damaged file was changed"
    );
    for tail in ["-wal", "-shm", "-journal"] {
        assert!(!folder.join(format!("damaged.db{tail}")).exists());
        let _ = std::fs::remove_file(folder.join(format!("new.db{tail}")));
    }
    (new, done)
}

#[test]
fn a_sound_file_comes_through_whole_and_can_still_be_undone() {
    let folder = tempfile::tempdir().unwrap();
    let (path, there) = life(folder.path());
    let (new, done) = save(folder.path(), &std::fs::read(&path).unwrap());
    let done = done.unwrap();
    assert!(
        done.losses.is_empty() && done.rebuilt.is_empty() && !done.journal_lost,
        "{done:?}"
    );
    compare(&there, &new, &done, "no damage");
    let (mut old, mut new) = (
        Store::open(&path, Access::Write, fixed(), "").unwrap(),
        Store::open(&new, Access::Write, fixed(), "").unwrap(),
    );
    assert_eq!(old.past().unwrap(), new.past().unwrap());
    assert_eq!(old.undo().unwrap().of, new.undo().unwrap().of);
}

#[test]
fn after_random_damage_all_that_can_be_read_is_there_and_the_rest_is_listed() {
    let rounds = if full() { 1_000 } else { 8 };
    let folder = tempfile::tempdir().unwrap();
    let (path, there) = life(folder.path());
    let whole = std::fs::read(&path).unwrap();
    let pages = whole.len() / PAGE;
    let mut dice = Dice(20_261_129);
    let (mut losses, mut rebuilt, mut clean) = (0, 0, 0);
    for round in 0..rounds {
        let mut bytes = whole.clone();
        // The first page is a kind of its own: without it nothing says where the tables are.
        let page = if round % 8 == 7 { 0 } else { dice.of(pages) };
        let span = page * PAGE..(page + 1) * PAGE;
        let what = match round % 4 {
            0 => {
                bytes[span].fill(0);
                format!("page {page} zeroed")
            }
            1 => {
                for byte in &mut bytes[span] {
                    *byte = dice.next().to_le_bytes()[0];
                }
                format!("page {page} overwritten")
            }
            2 => {
                let at = dice.of(bytes.len());
                bytes[at] ^= 1 << dice.of(8);
                format!("byte {at} flipped")
            }
            _ => {
                for _ in 0..8 {
                    let at = span.start + dice.of(PAGE);
                    bytes[at] ^= 1 << dice.of(8);
                }
                format!("8 bytes of page {page} flipped")
            }
        };
        let (new, done) = save(folder.path(), &bytes);
        let done = done.unwrap_or_else(|e| panic!("{what}: {e}"));
        compare(&there, &new, &done, &what);
        losses += done.losses.len();
        rebuilt += done.rebuilt.len();
        clean += usize::from(done.losses.is_empty());
    }
    println!(
        "salvage: {rounds} damages of {pages} pages, {} rows each: {clean} without any loss, {rebuilt} rows made again, {losses} losses listed",
        there.len()
    );
}

#[test]
fn a_table_that_lost_its_pages_comes_back_from_the_journal() {
    let folder = tempfile::tempdir().unwrap();
    let (path, there) = life(folder.path());
    let mut bytes = std::fs::read(&path).unwrap();
    let db = rusqlite::Connection::open(&path).unwrap();
    let root: i64 = db
        .query_row(
            "SELECT rootpage FROM sqlite_schema WHERE name = 'order_line'",
            [],
            |r| r.get(0),
        )
        .unwrap();
    let lines: i64 = db
        .query_row("SELECT count(*) FROM order_line", [], |r| r.get(0))
        .unwrap();
    drop(db);
    let at = (usize::try_from(root).unwrap() - 1) * PAGE;
    bytes[at..at + PAGE].fill(0xff);
    let (new, done) = save(folder.path(), &bytes);
    let done = done.unwrap();
    assert_eq!(done.rebuilt.len() as i64, lines, "{done:?}");
    assert!(done.losses.is_empty(), "{:?}", done.losses);
    compare(&there, &new, &done, "all order lines lost");
    let mut store = Store::open(&new, Access::Write, fixed(), "").unwrap();
    let refused = store.undo().unwrap_err();
    assert!(
        matches!(&refused, StoreError::Archived(file) if file.ends_with("damaged.db")),
        "{refused}"
    );
    crate::store::enter(&mut store, "SO-NEW");
    sound(&store, "going on in the new file");
    store.undo().unwrap();
    sound(&store, "an undo in the new file");
}

#[test]
fn a_row_whose_reference_is_lost_is_left_out_and_listed_with_its_values() {
    let folder = tempfile::tempdir().unwrap();
    let (path, there) = life(folder.path());
    let db = rusqlite::Connection::open(&path).unwrap();
    db.pragma_update(None, "foreign_keys", "OFF").unwrap();
    // Gone from the table and from the journal: nothing can bring it back.
    let order: i64 = db
        .query_row("SELECT min(order_id) FROM order_line", [], |r| r.get(0))
        .unwrap();
    db.execute("DELETE FROM orders WHERE id = ?1", [order])
        .unwrap();
    db.execute(
        "DELETE FROM change_row WHERE tab = 'orders' AND row_id = ?1",
        [order],
    )
    .unwrap();
    drop(db);
    let (new, done) = save(folder.path(), &std::fs::read(&path).unwrap());
    let done = done.unwrap();
    let lines = there
        .iter()
        .filter(|((t, _), f)| *t == "order_line" && f["order_id"] == order);
    for ((_, id), fields) in lines {
        let loss = done
            .losses
            .iter()
            .find(|l| l.table == "order_line" && l.ids.0 == *id);
        let loss = loss.unwrap_or_else(|| panic!("{id}: {done:?}"));
        assert_eq!(loss.why, Why::Reference);
        assert!(loss.what.contains(&fields["qty"].to_string()), "{loss:?}");
    }
    let mut without = there;
    without.remove(&("orders", order));
    compare(&without, &new, &done, "an order lost twice");
}

#[test]
fn the_salvage_command_lists_what_is_lost_and_refuses_what_is_no_file_of_ours() {
    let folder = tempfile::tempdir().unwrap();
    let (path, _) = life(folder.path());
    let mut bytes = std::fs::read(&path).unwrap();
    let pages = bytes.len() / PAGE;
    for page in [pages / 2, pages / 3] {
        bytes[page * PAGE..(page + 1) * PAGE].fill(0);
    }
    let (damaged, new) = (folder.path().join("d.db"), folder.path().join("n.db"));
    std::fs::write(&damaged, &bytes).unwrap();
    let (from, to) = (damaged.display().to_string(), new.display().to_string());
    let said = gendan(&["salvage", &from, "-o", &to], &[]);
    assert!(said.status.success(), "{said:?}");
    let told = String::from_utf8_lossy(&said.stderr).into_owned();
    assert!(
        told.contains("were read into") && told.contains("gendan restore"),
        "{told}"
    );
    let list = String::from_utf8_lossy(&said.stdout).into_owned();
    assert!(
        list.contains("cannot be read") || list.contains("made again"),
        "{list}"
    );
    assert!(
        gendan(&["--db", &to, "check", "--deep"], &[])
            .status
            .success()
    );
    let twice = gendan(&["salvage", &from, "-o", &to], &[]);
    assert_eq!(twice.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&twice.stderr).contains("exists already"));
    for (name, bytes) in [
        ("empty", &b""[..]),
        ("text", b"no database at all"),
        ("short", &bytes[..100]),
    ] {
        let (file, out) = (folder.path().join(name), folder.path().join("x.db"));
        std::fs::write(&file, bytes).unwrap();
        let said = salvage(&file, &out, fixed(), "");
        assert!(
            matches!(said, Err(StoreError::NotADatabase(_))),
            "{name}: {said:?}"
        );
        assert!(!out.exists(), "{name}");
    }
    assert!(matches!(
        salvage(folder.path(), &folder.path().join("y.db"), fixed(), ""),
        Err(StoreError::NotADatabase(_))
    ));
}
