//! A process that is killed at any moment: what it had confirmed is there.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use gendan::store::{Access, Keep, Store, backup};
use gendan::transfer::json;

use super::disk::Dice;
use super::vfs::{Fault, Tape};
use super::{again, file_and_copy, full, kept_in, number, open_later, orders_of_whole};
use crate::store::{enter, fixed};

/// Names the file to the process that is going to be killed.
const FILE: &str = "GENDAN_KILLED_FILE";

/// Saves and copies, saying each time what is confirmed: a few times on a file of its own, or
/// without end on the file that the test below names, until that kills it.
#[test]
fn a_writer_confirms_what_it_saved() {
    let own = tempfile::tempdir().unwrap();
    let named = std::env::var(FILE).map(PathBuf::from).ok();
    let path = named.clone().unwrap_or_else(|| own.path().join("a.db"));
    let mut store = Store::open(&path, Access::Write, fixed(), "").unwrap();
    let had = store.world().unwrap().orders.len();
    println!("\nopen");
    for n in had.. {
        if n % 9 == 8 {
            store.backup(&path.with_file_name("copy.db")).unwrap();
        }
        enter(&mut store, &number(n));
        println!("\nconfirmed {n}");
        if named.is_none() && n == 9 {
            break;
        }
    }
    drop(store);
    assert_eq!(orders_of_whole(&path).len(), 10);
    assert_eq!(orders_of_whole(&path.with_file_name("copy.db")).len(), 8);
}

/// Starts the writer, kills it after some lines, answers with the last one confirmed.
fn start_and_kill(path: &Path, lines: usize) -> Option<usize> {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "faults::kill::a_writer_confirms_what_it_saved",
            "--nocapture",
        ])
        .env(FILE, path)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let (mut last, mut seen, mut line) = (None, 0, String::new());
    let mut hear = |line: &str| {
        if let Some(n) = line.strip_prefix("confirmed ") {
            last = Some(n.trim().parse::<usize>().unwrap());
        }
        usize::from(line.starts_with("confirmed ") || line.starts_with("open"))
    };
    while seen < lines && out.read_line(&mut line).unwrap() > 0 {
        seen += hear(&line);
        line.clear();
    }
    child.kill().unwrap();
    // What it had said before it died counts too.
    while out.read_line(&mut line).unwrap() > 0 {
        hear(&line);
        line.clear();
    }
    child.wait().unwrap();
    last
}

#[test]
fn whoever_is_killed_while_saving_or_copying_loses_nothing_that_was_confirmed() {
    let rounds = if full() { 1_000 } else { 12 };
    let mut dice = Dice(4_711);
    let mut confirmed_in_all = 0;
    for round in 0..rounds {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.db");
        let mut had = 0;
        // The second life starts on what the first one left behind.
        for _ in 0..2 {
            let Some(last) = start_and_kill(&path, dice.of(25)) else {
                continue;
            };
            confirmed_in_all += last + 1 - had;
            let there = orders_of_whole(&path);
            assert!(there.len() > last, "round {round}");
            assert!(there.len() <= last + 2, "round {round}");
            had = there.len();
        }
        let copy = folder.path().join("copy.db");
        if copy.exists() {
            orders_of_whole(&copy);
        }
    }
    assert!(confirmed_in_all > rounds);
    println!("kill: {rounds} rounds of two lives, {confirmed_in_all} confirmed, none lost");
}

/// Names the work, and the call of the disk at which the process is killed.
const WORK: &str = "GENDAN_KILLED_WORK";
const CALL: &str = "GENDAN_KILLED_CALL";

const WORKS: [&str; 5] = ["save", "import", "migrate", "restore", "backup"];

/// Does one thing in a folder that holds a file and a copy.
fn work(what: &str, folder: &Path) {
    let (path, copy) = (folder.join("a.db"), folder.join("copy.db"));
    let open = |path: &Path| Store::open(path, Access::Write, fixed(), "").unwrap();
    match what {
        "save" => drop(enter(&mut open(&path), &number(3))),
        "import" => {
            let sample = gendan::transfer::sample::sample(fixed().now());
            let file = json::parse(&sample).unwrap();
            json::bring(&mut open(&folder.join("b.db")), &file, "").unwrap();
        }
        "migrate" => drop(open_later(&path).unwrap()),
        "restore" => drop(backup::restore(&copy, &path, fixed()).unwrap()),
        _ => {
            let store = open(&path);
            store.daily_copy(Keep::default()).unwrap();
            store.backup(&copy).unwrap();
        }
    }
}

/// What may be there after a work that was cut off, or is to be there after one that was not.
fn check_after(what: &str, folder: &Path, ended: bool) {
    let path = folder.join("a.db");
    let orders = match what {
        "migrate" => {
            let store = open_later(&path).unwrap();
            assert_eq!(store.integrity(true).unwrap(), Vec::<String>::new());
            let world = store.world().unwrap();
            assert!(
                world.orders.iter().all(|o| o.remarks == "."),
                "once, not twice"
            );
            world.orders.len()
        }
        _ => orders_of_whole(&path).len(),
    };
    let may: &[usize] = match (what, ended) {
        ("save", true) => &[4],
        ("save", false) => &[3, 4],
        ("restore", true) => &[1],
        ("restore", false) => &[1, 3],
        _ => &[3],
    };
    assert!(may.contains(&orders), "{what}: {orders}");
    let kept = kept_in(folder);
    assert!(kept.iter().all(|n| *n == 3), "{what}: {kept:?}");
    assert!(
        what != "restore" || orders == 3 || kept.len() == 1,
        "{what}"
    );
    let daily = folder.join("a.backups/a-20261123.db");
    assert!(!daily.exists() || orders_of_whole(&daily).len() == 3);
    let before = folder.join("a.before-v2.db");
    assert!(!before.exists() || orders_of_whole(&before).len() == 3);
    let copy = orders_of_whole(&folder.join("copy.db")).len();
    assert!(copy == 1 || what == "backup" && copy == 3, "{what}: {copy}");
    let imported = folder.join("b.db");
    if imported.exists() {
        let store = Store::open(&imported, Access::Write, fixed(), "").unwrap();
        assert_eq!(store.integrity(true).unwrap(), Vec::<String>::new());
        let (orders, lines) = (store.world().unwrap().orders.len(), store.journal(None, 9));
        assert_eq!(orders > 0, !lines.unwrap().is_empty(), "all or nothing");
        assert!(orders > 0 || !ended);
    }
}

/// Does the work that the test below names, and is killed in it; or all of them, to their end.
#[test]
fn a_worker_ends_its_work() {
    if let Ok(what) = std::env::var(WORK) {
        let folder = std::env::var(FILE).map(PathBuf::from).unwrap();
        let call = std::env::var(CALL).unwrap().parse().unwrap();
        Tape::failing(call, Fault::Kill).run(|| work(&what, &folder));
        println!("\nended");
        return;
    }
    let prepared = tempfile::tempdir().unwrap();
    file_and_copy(prepared.path());
    for what in WORKS {
        let folder = tempfile::tempdir().unwrap();
        again(prepared.path(), folder.path());
        work(what, folder.path());
        check_after(what, folder.path(), true);
    }
}

#[test]
fn whoever_is_killed_in_any_work_leaves_the_state_before_it_or_after_it() {
    let rounds = if full() { 200 } else { 3 };
    let prepared = tempfile::tempdir().unwrap();
    file_and_copy(prepared.path());
    let mut dice = Dice(1_129);
    let (mut killed, mut tried) = (0, 0);
    for what in WORKS {
        let folder = tempfile::tempdir().unwrap();
        again(prepared.path(), folder.path());
        let counted = Tape::counting();
        counted.run(|| work(what, folder.path()));
        let calls = usize::try_from(counted.calls()).unwrap();
        for _ in 0..rounds {
            let folder = tempfile::tempdir().unwrap();
            again(prepared.path(), folder.path());
            let output = Command::new(std::env::current_exe().unwrap())
                .args([
                    "--exact",
                    "faults::kill::a_worker_ends_its_work",
                    "--nocapture",
                ])
                .env(FILE, folder.path())
                .env(WORK, what)
                .env(CALL, (1 + dice.of(calls)).to_string())
                .output()
                .unwrap();
            let ended = String::from_utf8_lossy(&output.stdout).contains("\nended");
            assert_eq!(ended, output.status.success(), "{what}: {output:?}");
            check_after(what, folder.path(), ended);
            killed += usize::from(!ended);
            tried += 1;
        }
    }
    assert!(killed * 2 > tried, "{killed} of {tried}");
    println!(
        "kill: {tried} works of {} kinds, {killed} killed, none half done",
        WORKS.len()
    );
}
