//! A second person who only looks: beside a session, from a folder that may only be read, after a
//! session that did not end well.

use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::Path;

use gendan::store::{Access, PlaceError, Store, StoreError};
use gendan::text::Lang;

use super::{both, child, file_with, names, told};
use crate::store::{enter, fixed};
use crate::support::User;

const FILE: &str = "GENDAN_READ_FILE";

#[test]
fn a_reader_sees_what_a_session_saves_and_can_change_nothing() {
    for lang in [Lang::Zh, Lang::En] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.db");
        let mut writer = Store::open(&path, Access::Write, fixed(), "").unwrap();
        enter(&mut writer, "SO-1");
        let reader = Store::open(&path, Access::Read, fixed(), "").unwrap();
        let mut user = User::on(reader, tempfile::tempdir().unwrap(), lang);
        enter(&mut writer, "SO-2");
        assert!(user.app.notice_others().unwrap());
        assert_eq!(user.app.world.orders.len(), 2);
        let mark = ["只读", "read-only"][usize::from(lang == Lang::En)];
        assert!(
            user.screen().to_lowercase().contains(mark),
            "{}",
            user.screen()
        );
        // A form can be opened, is kept as no draft, and is refused at the end.
        user.press("1 n").fill("customer_po", "P-3");
        user.app.keep_draft();
        assert!(writer.drafts().unwrap().is_empty());
        assert!(user.app.store.keep_file(b"paper").is_err());
        user.press("u");
        let store = &mut user.app.store;
        both(&store.undo().unwrap_err());
        store.keep_draft("order", 0, "", "{}").unwrap();
        store.drop_draft("order", 0, "").unwrap();
        store.rest().unwrap();
        let deed = gendan::store::Deed::new(gendan::text::Did::OrderEntered, &["x"]);
        let refused = store.write::<(), StoreError>(&deed, |_| Ok(()));
        assert!(matches!(refused, Err(StoreError::ReadOnly)));
        assert_eq!(writer.journal(None, 9).unwrap().len(), 2);
    }
}

fn count(store: &Store) {
    println!("\nholds {}", store.world().unwrap().orders.len());
}

/// Reads a file as somebody who may not write: the one that the test below names, in its pauses, or
/// one of its own.
#[test]
fn somebody_reads_a_file() {
    let Some(path) = told(FILE) else {
        let folder = tempfile::tempdir().unwrap();
        file_with(&folder.path().join("a.db"), 3);
        let store = Store::open(&folder.path().join("a.db"), Access::Read, fixed(), "").unwrap();
        assert_eq!(store.world().unwrap().orders.len(), 3);
        return;
    };
    let mut store = Store::open(&path, Access::Read, fixed(), "").unwrap();
    count(&store);
    let refused = Store::open(&path, Access::Write, fixed(), "").unwrap_err();
    assert!(
        matches!(refused, StoreError::Place(PlaceError::CannotWrite(_))),
        "{refused:?}"
    );
    both(&refused);
    for line in std::io::stdin().lines() {
        let seen = store.data_version().unwrap();
        store.look_again().unwrap();
        assert_ne!(store.data_version().unwrap(), seen, "{line:?}");
        count(&store);
        store.look_again().unwrap();
    }
}

/// Starts the reader above as somebody without the right to write.
fn reader(path: &Path) -> Option<std::process::Child> {
    let mut command = child("keeping::readers::somebody_reads_a_file", FILE, path);
    command.stderr(std::process::Stdio::inherit());
    if rustix::process::geteuid().is_root() {
        command.uid(65_534).gid(65_534);
    }
    let started = command.spawn();
    if started.is_err() {
        println!("readers without rights: skipped, the tests cannot be run as somebody else");
    }
    started.ok()
}

fn next_count(out: &mut impl BufRead) -> usize {
    let mut line = String::new();
    while out.read_line(&mut line).unwrap() > 0 {
        if let Some(n) = line.strip_prefix("holds ") {
            return n.trim().parse().unwrap();
        }
        line.clear();
    }
    panic!("the reader ended");
}

fn allow(folder: &Path, writing: bool) {
    let set = |path: &Path, mode| {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    };
    for name in names(folder) {
        set(&folder.join(name), if writing { 0o644 } else { 0o444 });
    }
    set(folder, if writing { 0o755 } else { 0o555 });
}

#[test]
fn from_a_folder_that_may_only_be_read_the_file_is_read_and_read_again_when_it_moves() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    file_with(&path, 2);
    allow(folder.path(), false);
    let Some(mut child) = reader(&path) else {
        return;
    };
    let mut out = BufReader::new(child.stdout.take().unwrap());
    assert_eq!(next_count(&mut out), 2);
    assert_eq!(names(folder.path()), ["a.db"], "nothing was made beside it");
    allow(folder.path(), true);
    let mut writer = Store::open(&path, Access::Write, fixed(), "").unwrap();
    enter(&mut writer, "SO-8");
    let mut line = child.stdin.take().unwrap();
    line.write_all(b"\n").unwrap();
    assert_eq!(next_count(&mut out), 3);
    drop(line);
    assert!(child.wait().unwrap().success());
    drop(writer);
    // A session was killed: its log is there, and nobody may work it in here.
    let left = tempfile::tempdir().unwrap();
    let mut writer = Store::open(&path, Access::Write, fixed(), "").unwrap();
    enter(&mut writer, "SO-9");
    for name in ["a.db", "a.db-wal"] {
        std::fs::copy(folder.path().join(name), left.path().join(name)).unwrap();
    }
    allow(left.path(), false);
    let Some(mut child) = reader(&left.path().join("a.db")) else {
        return;
    };
    drop(child.stdin.take());
    let mut out = BufReader::new(child.stdout.take().unwrap());
    assert_eq!(next_count(&mut out), 4);
    assert!(child.wait().unwrap().success());
    assert_eq!(names(left.path()), ["a.db", "a.db-wal"]);
    allow(left.path(), true);
}
