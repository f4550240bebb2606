//! A process that is killed at any moment: what it had confirmed is there.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use gendan::store::{Access, Store};

use super::disk::Dice;
use super::{full, number, orders_of_whole};
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
