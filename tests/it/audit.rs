//! The deep check: silent on sound files, and names what was changed behind the program's back.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use gendan::domain::rule::audit::{Fault, Finding, Remedy};
use gendan::store::{Access, Store};
use gendan::text::{Lang, audit as words};
use gendan::transfer::{json, sample};

use crate::store::fixed;
use crate::support::User;

/// A file that nothing is wrong with.
pub(crate) fn sound(store: &Store, after: &str) {
    let found = store.audit().unwrap();
    let said: Vec<String> = found
        .iter()
        .map(|f| {
            format!(
                "{}: {}",
                words::place(f, Lang::En),
                words::what(f, Lang::En)
            )
        })
        .collect();
    assert!(found.is_empty(), "after {after}: {said:#?}");
}

/// The sample factory in a file of its own.
pub(crate) fn factory(folder: &Path) -> PathBuf {
    let path = folder.join("a.db");
    let mut store = Store::open(&path, Access::Write, fixed(), "li").unwrap();
    let file = json::parse(&sample::sample(store.clock().now())).unwrap();
    json::bring(&mut store, &file, "").unwrap();
    path
}

/// The program itself.
pub(crate) fn gendan(args: &[&str], env: &[(&str, &str)]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gendan"));
    command.args(["--lang", "en"]).args(args);
    command.env_remove("GENDAN_DB");
    command.envs(env.iter().copied());
    command.output().unwrap()
}

#[test]
fn new_imported_changed_and_undone_files_are_sound() {
    let folder = tempfile::tempdir().unwrap();
    let mut empty = Store::memory(fixed(), "li").unwrap();
    sound(&empty, "making a file");
    crate::store::enter(&mut empty, "SO-1");
    empty.undo().unwrap();
    sound(&empty, "an undo");
    empty.redo().unwrap();
    sound(&empty, "a redo");
    let mut store = Store::open(&factory(folder.path()), Access::Write, fixed(), "li").unwrap();
    sound(&store, "filling it from a file");
    let text = json::export(&store.world().unwrap(), &store.past().unwrap());
    json::bring(&mut store, &json::parse(&text).unwrap(), "again").unwrap();
    crate::store::enter(&mut store, "SO-1");
    store.undo().unwrap();
    sound(&store, "a second import and an undo");
    let mut other = Store::memory(fixed(), "li").unwrap();
    let text = json::export(&store.world().unwrap(), &store.past().unwrap());
    json::bring(&mut other, &json::parse(&text).unwrap(), "carried over").unwrap();
    sound(&other, "carrying it over, journal and all");
}

/// Damage, and the finding that has to name it.
const DAMAGES: &[(&str, Fault, &str, &str)] = &[
    (
        "UPDATE orders SET remarks = 'x' WHERE id = 2",
        Fault::ValueDiffers,
        "orders",
        "remarks",
    ),
    (
        "UPDATE order_line SET qty = qty + 1 WHERE id = 1",
        Fault::ValueDiffers,
        "order_line",
        "qty",
    ),
    (
        "UPDATE customer SET revision = revision + 1 WHERE id = 1",
        Fault::RevisionDiffers,
        "customer",
        "revision",
    ),
    (
        "UPDATE calendar SET sat = '' WHERE code = 'DAY'",
        Fault::ValueDiffers,
        "calendar",
        "sat",
    ),
    (
        "DELETE FROM milestone WHERE id = (SELECT max(id) FROM milestone)",
        Fault::RowLost,
        "milestone",
        "",
    ),
    (
        "INSERT INTO alias (kind, name, canonical) VALUES ('colour', 'new', 'x')",
        Fault::RowUnknown,
        "alias",
        "",
    ),
    (
        "DELETE FROM customer WHERE id = 1",
        Fault::Dangling,
        "orders",
        "customer_id",
    ),
    (
        "UPDATE change_row SET new = '{' WHERE id = 5",
        Fault::JournalUnreadable,
        "",
        "",
    ),
    (
        "UPDATE change_row SET old = '\"?\"' WHERE op = 'update' AND change_id > 1",
        Fault::JournalBroken,
        "orders",
        "remarks",
    ),
    (
        "DELETE FROM change_row WHERE tab = 'orders' AND op = 'insert' AND row_id = 2",
        Fault::JournalBroken,
        "orders",
        "",
    ),
    (
        "UPDATE change SET undone_by = 1 WHERE id = 2",
        Fault::ChainBroken,
        "change",
        "",
    ),
    (
        "UPDATE sqlite_sequence SET seq = 1 WHERE name = 'orders'",
        Fault::NumberReused,
        "orders",
        "",
    ),
    (
        "INSERT INTO snooze (subject, subject_id, until) VALUES ('query', 4711, '2027-01-01')",
        Fault::SubjectGone,
        "snooze",
        "subject_id",
    ),
    (
        "UPDATE orders SET repeat_of = id WHERE id = 2",
        Fault::Circle,
        "orders",
        "repeat_of",
    ),
    (
        "UPDATE production_order SET released_on = NULL WHERE state = 'released'",
        Fault::ReleasedNoDay,
        "production_order",
        "released_on",
    ),
    (
        "UPDATE production_order SET state = 'proposed'",
        Fault::MadeUnreleased,
        "production_order",
        "state",
    ),
    (
        "INSERT INTO receipt (purchase_id, date, kind, accepted) VALUES (1, '2026-11-20', 'inspection', 900000000000)",
        Fault::InspectedMore,
        "purchase",
        "",
    ),
    (
        "INSERT INTO receipt (purchase_id, date, kind, rejected) VALUES (1, '2026-11-20', 'return', 900000000000)",
        Fault::ReturnedMore,
        "purchase",
        "",
    ),
    (
        "UPDATE progress SET good = -1 WHERE id = 1",
        Fault::Negative,
        "progress",
        "good",
    ),
    (
        "UPDATE shipment SET shipped_on = '2026-11-20', cancelled_on = '2026-11-20' WHERE id = 1",
        Fault::ShippedAndCancelled,
        "shipment",
        "cancelled_on",
    ),
    (
        "UPDATE orders SET state = 'cancelled' WHERE id IN (SELECT order_id FROM shipment WHERE shipped_on IS NOT NULL)",
        Fault::CancelledShipped,
        "shipment",
        "shipped_on",
    ),
    (
        "UPDATE fact SET order_id = (SELECT max(id) FROM orders)",
        Fault::OtherOrder,
        "fact",
        "document_id",
    ),
    (
        "INSERT INTO production_order_line (production_order_id, order_line_id, qty) VALUES (1, 1, 900000000000000)",
        Fault::SharesMore,
        "production_order",
        "qty",
    ),
    (
        "UPDATE progress SET corrects = (SELECT p.id FROM progress p WHERE p.operation_id <> progress.operation_id LIMIT 1)",
        Fault::OtherOperation,
        "progress",
        "corrects",
    ),
    (
        "UPDATE orders SET received_at = '2026-99-99T00:00' WHERE id = 2",
        Fault::Unreadable,
        "",
        "",
    ),
];

fn finds(found: &[Finding], fault: Fault, table: &str, field: &str) -> bool {
    found.iter().any(|f| {
        f.fault == fault
            && (table.is_empty() || f.table == table)
            && (field.is_empty() || f.field == field)
    })
}

#[test]
fn a_row_damaged_behind_the_programs_back_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = factory(folder.path());
    let mut store = Store::open(&path, Access::Write, fixed(), "li").unwrap();
    let world = store.world().unwrap();
    let mut order = world.orders.get(2).unwrap().clone();
    order.remarks.push('.');
    let deed = gendan::store::Deed::new(gendan::text::Did::OrderChanged, &[&order.no]);
    store
        .write::<_, gendan::store::StoreError>(&deed, |tx| tx.update(&order))
        .unwrap();
    sound(&store, "a change");
    let (mut faults, mut dull) = (BTreeSet::new(), Vec::new());
    for (sql, fault, table, field) in DAMAGES {
        let copy = folder.path().join("copy.db");
        store.backup(&copy).unwrap();
        let db = rusqlite::Connection::open(&copy).unwrap();
        db.pragma_update(None, "foreign_keys", "OFF").unwrap();
        let changed = db.execute(sql, []).unwrap_or_else(|e| panic!("{sql}: {e}"));
        drop(db);
        let damaged = Store::open(&copy, Access::Read, fixed(), "").unwrap();
        let found = damaged.audit().unwrap();
        drop(damaged);
        for tail in ["", "-wal", "-shm"] {
            let _ = std::fs::remove_file(folder.path().join(format!("copy.db{tail}")));
        }
        if changed == 0 || !finds(&found, *fault, table, field) {
            dull.push(format!("{changed} rows by {sql}: {found:?}"));
        }
        faults.insert(*fault);
        for f in &found {
            for lang in [Lang::Zh, Lang::En] {
                let said = [words::place(f, lang), words::what(f, lang)].concat();
                assert!(
                    !said.contains('{') || f.fault == Fault::Unreadable,
                    "{said}"
                );
                assert!(!words::advice(f.fault.remedy(), lang).is_empty());
            }
        }
    }
    assert!(dull.is_empty(), "not found: {dull:#?}");
    assert!(faults.len() >= 20);
}

#[test]
fn a_kept_file_that_is_gone_or_changed_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = factory(folder.path());
    let mut store = Store::open(&path, Access::Write, fixed(), "li").unwrap();
    let paper = folder.path().join("sheet.txt");
    std::fs::write(&paper, "as it came").unwrap();
    let world = store.world().unwrap();
    let file = gendan::command::intake::FileDocument {
        order_id: world.orders.iter().next().unwrap().id,
        kind: gendan::domain::codes::DocumentKind::Drawing,
        title: "drawing".into(),
        date: fixed().today(),
        note: String::new(),
        path: paper.display().to_string(),
    };
    let command = gendan::command::Command::FileDocument(Box::new(file));
    gendan::command::apply(&mut store, &world, &command).unwrap();
    sound(&store, "filing a document");
    let world = store.world().unwrap();
    let document = world.documents.iter().next_back().unwrap();
    let kept = store.file_path(&document.file_hash).unwrap();
    std::fs::write(&kept, "otherwise").unwrap();
    let found = store.audit().unwrap();
    assert!(
        finds(&found, Fault::FileChanged, "document", "file_hash"),
        "{found:?}"
    );
    assert_eq!(found[0].fault.remedy(), Remedy::CopyFile);
    std::fs::remove_file(&kept).unwrap();
    let found = store.audit().unwrap();
    assert!(
        finds(&found, Fault::FileLost, "document", "file_hash"),
        "{found:?}"
    );
}

#[test]
fn the_command_and_the_screen_say_what_where_and_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let path = factory(folder.path());
    let db = path.display().to_string();
    let well = gendan(&["--db", &db, "check", "--deep", "--format", "json"], &[]);
    assert!(well.status.success(), "{well:?}");
    assert_eq!(String::from_utf8_lossy(&well.stdout).trim(), "[]");
    let mut user = User::demo(Lang::En);
    user.press("ctrl-k 5");
    assert!(
        user.screen().contains("Checked; all is well."),
        "{}",
        user.screen()
    );
    let behind = |path: &Path| {
        let db = rusqlite::Connection::open(path).unwrap();
        db.execute("UPDATE orders SET remarks = 'x' WHERE id = 2", [])
            .unwrap();
    };
    behind(&path);
    let ill = gendan(&["--db", &db, "check", "--deep", "--format", "json"], &[]);
    assert_eq!(ill.status.code(), Some(1));
    let rows: serde_json::Value = serde_json::from_slice(&ill.stdout).unwrap();
    assert_eq!(
        (&rows[0]["table"], &rows[0]["row"]),
        (&"orders".into(), &2.into())
    );
    assert!(rows[0]["do"].as_str().unwrap().contains("gendan restore"));
    assert!(String::from_utf8_lossy(&ill.stderr).contains("1 problems found."));
    let table = gendan(&["--db", &db, "check", "--deep"], &[]);
    assert!(String::from_utf8_lossy(&table.stdout).contains("order #2"));
    for (lang, title, place) in [
        (Lang::En, "Check of the data file", "order #2"),
        (Lang::Zh, "数据文件检查", "订单 #2"),
    ] {
        let mut user = User::demo(lang);
        behind(&user.path());
        user.press("ctrl-k 5");
        let screen = user.screen();
        assert!(screen.contains(title) && screen.contains(place), "{screen}");
        assert!(screen.contains("gendan restore"), "{screen}");
        user.press("esc");
        assert!(!user.screen().contains(title));
    }
}
