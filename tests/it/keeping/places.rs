//! What may stand at the path of the data file, and where it may lie.

use gendan::clock::Clock;
use gendan::store::place::shared_file_system;
use gendan::store::{Access, Journal, Opening, PlaceError, Store, StoreError};
use gendan::text::{Lang, keeping};

use super::{both, file_with, names, orders_in};
use crate::command_line::{run, said};
use crate::store::{enter, fixed};
use crate::support::User;

#[test]
fn shared_file_systems_are_known_by_their_numbers_and_others_are_not() {
    let shared = [
        (0x6969, "NFS"),
        (0x517B, "SMB"),
        (0xFE53_4D42, "SMB2"),
        (0xFF53_4D42, "CIFS"),
        (0x6573_5546, "FUSE"),
        (0x0102_1997, "9P"),
        (0x5346_414F, "AFS"),
        (0x7375_7245, "Coda"),
        (0x00C3_6400, "Ceph"),
        (0x0BD0_0BD0, "Lustre"),
        (0x786F_4256, "vboxsf"),
    ];
    for (magic, name) in shared {
        assert_eq!(shared_file_system(magic), Some(name));
    }
    // ext4, btrfs, xfs, tmpfs, overlay, zfs, f2fs, vfat, squashfs, iso9660.
    let own = [
        0xEF53,
        0x9123_683E,
        0x5846_5342,
        0x0102_1994,
        0x794C_7630,
        0x2FC1_2FC1,
        0xF2F5_2010,
        0x4D44,
        0x7371_7368,
        0x9660,
    ];
    for magic in own {
        assert_eq!(shared_file_system(magic), None, "{magic:x}");
    }
    for (lang, word) in [
        (Lang::Zh, "网络目录（NFS）"),
        (Lang::En, "network folder (NFS)"),
    ] {
        let said = keeping::journal(Journal::Network("NFS"), lang).unwrap();
        assert!(said.contains(word), "{said}");
        assert!(keeping::mark(Journal::Network("NFS"), lang).is_some());
        assert_eq!(keeping::journal(Journal::Log, lang), None);
    }
}

fn safely(path: &std::path::Path) -> Result<Store, StoreError> {
    let how = Opening {
        safe: true,
        ..Opening::with(Access::Write)
    };
    Store::open_as(path, how, fixed(), "")
}

#[test]
fn without_shared_memory_everything_works_and_two_sessions_see_each_other() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    file_with(&path, 1);
    let other = Store::open(&path, Access::Write, fixed(), "").unwrap();
    let refused = safely(&path).unwrap_err();
    assert!(
        matches!(refused, StoreError::Place(PlaceError::InUse(_))),
        "{refused:?}"
    );
    both(&refused);
    drop(other);
    let (mut one, mut two) = (safely(&path).unwrap(), safely(&path).unwrap());
    assert_eq!(one.journal_mode(), Journal::Safe);
    let seen = two.data_version().unwrap();
    let id = enter(&mut one, "SO-A");
    assert_ne!(two.data_version().unwrap(), seen);
    let world = two.world().unwrap();
    let mut order = world.orders.get(id).unwrap().clone();
    order.remarks = "two".to_owned();
    let deed = gendan::store::Deed::new(gendan::text::Did::OrderChanged, &["SO-A"]);
    two.write::<_, StoreError>(&deed, |tx| tx.update(&order))
        .unwrap();
    let stale = one.write::<_, StoreError>(&deed, |tx| tx.update(&order));
    assert!(matches!(stale, Err(StoreError::Stale { .. })));
    assert_eq!(one.world().unwrap().orders.get(id).unwrap().remarks, "two");
    one.undo().unwrap();
    two.keep_draft("order", 0, "", "{}").unwrap();
    one.rest().unwrap();
    let copy = two
        .daily_copy(gendan::store::Keep::default())
        .unwrap()
        .unwrap();
    assert_eq!(
        names(folder.path()),
        ["a.backups", "a.db"],
        "no log, no shared memory"
    );
    drop((one, two));
    assert_eq!((orders_in(&path), orders_in(&copy)), (2, 2));
    // Back to the log where nobody asks for the safe way.
    let mut store = Store::open(&path, Access::Write, fixed(), "").unwrap();
    assert_eq!(store.journal_mode(), Journal::Log);
    enter(&mut store, "SO-B");
    assert!(names(folder.path()).contains(&"a.db-wal".to_owned()));
}

#[test]
fn the_safe_way_is_said_on_the_screen_and_on_the_command_line() {
    for (lang, name, mark) in [(Lang::Zh, "zh", "安全方式"), (Lang::En, "en", "safe way")] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.db");
        file_with(&path, 1);
        let db = path.display().to_string();
        let done = run(
            folder.path(),
            &["--db", &db, "--safe", "--lang", name, "list", "orders"],
        );
        assert!(
            done.status.success() && said(&done).contains(mark),
            "{}",
            said(&done)
        );
        let mut user = User::on(safely(&path).unwrap(), tempfile::tempdir().unwrap(), lang);
        assert!(user.screen().matches(mark).count() > 1, "{}", user.screen());
        user.press("1");
        assert!(user.screen().contains(mark), "{}", user.screen());
    }
}

#[test]
fn what_cannot_be_a_data_file_is_refused_and_stays_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    file_with(&at("good.db"), 2);
    let db = rusqlite::Connection::open(at("good.db")).unwrap();
    // Without a log, so that a look leaves nothing beside it.
    db.execute_batch("PRAGMA journal_mode=DELETE").unwrap();
    drop(db);
    let good = std::fs::read(at("good.db")).unwrap();
    std::fs::write(at("short.db"), "text").unwrap();
    std::fs::write(at("long.db"), "text ".repeat(5_000)).unwrap();
    std::fs::create_dir(at("folder.db")).unwrap();
    let made = std::process::Command::new("mkfifo")
        .arg(at("pipe.db"))
        .status();
    assert!(made.unwrap().success());
    std::os::unix::fs::symlink("nothing.db", at("dead.db")).unwrap();
    std::os::unix::fs::symlink("/dev/zero", at("device.db")).unwrap();
    file_with(&at("logged.db"), 1);
    std::os::unix::fs::symlink(at("long.db"), at("logged.db-wal")).unwrap();
    let other = rusqlite::Connection::open(at("foreign.db")).unwrap();
    other.execute_batch("CREATE TABLE theirs (x)").unwrap();
    drop(other);
    let marked = |name: &str, pragma: &str| {
        std::fs::write(at(name), &good).unwrap();
        let db = rusqlite::Connection::open(at(name)).unwrap();
        db.execute_batch(&format!("PRAGMA journal_mode=DELETE; PRAGMA {pragma}"))
            .unwrap();
    };
    marked("newer.db", "user_version = 99");
    marked("zero.db", "user_version = 0");
    marked("negative.db", "user_version = -1");
    std::fs::write(at("cut.db"), &good[..4_000]).unwrap();
    let bad = [
        "short.db",
        "long.db",
        "folder.db",
        "pipe.db",
        "dead.db",
        "device.db",
        "logged.db",
        "foreign.db",
        "newer.db",
        "zero.db",
        "negative.db",
        "cut.db",
    ];
    let before = names(folder.path());
    for name in bad {
        let bytes = at(name).is_file().then(|| std::fs::read(at(name)).unwrap());
        for access in [Access::Read, Access::Write] {
            let refused = Store::open(&at(name), access, fixed(), "").unwrap_err();
            both(&refused);
        }
        assert!(
            at(name).is_file().then(|| std::fs::read(at(name)).unwrap()) == bytes,
            "{name}"
        );
    }
    assert_eq!(names(folder.path()), before);
    // Cut anywhere else: refused, or known to be damaged.
    for pages in 1..good.len() / 4096 {
        if pages % 17 != 1 {
            continue;
        }
        std::fs::write(at("cut.db"), &good[..pages * 4096]).unwrap();
        let well = Store::open(&at("cut.db"), Access::Read, fixed(), "")
            .is_ok_and(|s| s.world().is_ok() && s.integrity(false).is_ok_and(|l| l.is_empty()));
        assert!(!well, "{pages} pages");
    }
    // An empty file is a new one.
    std::fs::write(at("empty.db"), "").unwrap();
    both(&Store::open(&at("empty.db"), Access::Read, fixed(), "").unwrap_err());
    Store::open(&at("empty.db"), Access::Write, fixed(), "").unwrap();
}

#[test]
fn a_link_to_the_file_is_followed_once_so_that_all_of_it_stands_in_one_place() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    std::fs::create_dir(at("real")).unwrap();
    file_with(&at("real/a.db"), 1);
    std::os::unix::fs::symlink(at("real/a.db"), at("link.db")).unwrap();
    let mut store = Store::open(&at("link.db"), Access::Write, fixed(), "").unwrap();
    enter(&mut store, "SO-L");
    store.keep_file(b"paper").unwrap();
    store
        .daily_copy(gendan::store::Keep::default())
        .unwrap()
        .unwrap();
    drop(store);
    assert_eq!(names(folder.path()), ["link.db", "real"]);
    assert_eq!(names(&at("real")), ["a.backups", "a.db", "a.files"]);
    let copy = at("real/a.backups/a-20261123.db");
    gendan::store::backup::restore(&copy, &at("link.db"), fixed()).unwrap();
    assert!(at("link.db").is_symlink() && !at("real/a.db").is_symlink());
    // A copy takes the place of a link, and does not go through it.
    std::fs::write(at("victim"), "theirs").unwrap();
    std::os::unix::fs::symlink(at("victim"), at("copy.db")).unwrap();
    let store = Store::open(&at("real/a.db"), Access::Read, fixed(), "").unwrap();
    assert!(store.backup_new(&at("copy.db")).is_err());
    store.backup(&at("copy.db")).unwrap();
    std::os::unix::fs::symlink(at("victim"), at("report.csv")).unwrap();
    gendan::outside::write_whole(&at("report.csv"), b"report").unwrap();
    assert_eq!(std::fs::read(at("victim")).unwrap(), b"theirs");
    assert!(!at("copy.db").is_symlink() && !at("report.csv").is_symlink());
    if !rustix::process::geteuid().is_root() {
        println!("links of others: skipped, only the administrator can make one");
        return;
    }
    for name in ["other.db", "b.backups"] {
        std::os::unix::fs::symlink(at("real/a.db"), at(name)).unwrap();
        std::os::unix::fs::lchown(at(name), Some(65_534), None).unwrap();
    }
    let refused = Store::open(&at("other.db"), Access::Read, fixed(), "").unwrap_err();
    assert!(
        matches!(refused, StoreError::Place(PlaceError::Link(_))),
        "{refused:?}"
    );
    both(&refused);
    file_with(&at("b.db"), 1);
    let store = Store::open(&at("b.db"), Access::Write, Clock::System, "").unwrap();
    let refused = store
        .daily_copy(gendan::store::Keep::default())
        .unwrap_err();
    assert!(
        matches!(refused, StoreError::Place(PlaceError::Link(_))),
        "{refused:?}"
    );
}
