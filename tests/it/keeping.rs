//! The data file among others: its copies, its rights, its readers, its place.

mod copies;
mod places;
mod readers;
mod restoring;
mod rights;

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use gendan::store::{Access, Store, StoreError};
use gendan::text::{Lang, refusal};

use crate::store::{enter, fixed};

/// A file with some orders, closed.
fn file_with(path: &Path, orders: usize) {
    let mut store = Store::open(path, Access::Write, fixed(), "").unwrap();
    for n in 0..orders {
        enter(&mut store, &format!("SO-{n}"));
    }
}

/// How many orders a whole file holds.
fn orders_in(path: &Path) -> usize {
    let store = Store::open(path, Access::Read, fixed(), "").unwrap();
    assert_eq!(store.integrity(true).unwrap(), Vec::<String>::new());
    store.world().unwrap().orders.len()
}

/// The names in a folder, sorted.
fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let name = |e: std::io::Result<std::fs::DirEntry>| e.unwrap().file_name();
    let mut names: Vec<String> = entries
        .map(|e| name(e).to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

/// The names in a folder but for what readers leave beside a file with a log: an empty one, and the
/// memory they shared.
fn tidy_names(folder: &Path) -> Vec<String> {
    let mut names = names(folder);
    names.retain(|name| {
        let is_log = name.ends_with("-wal") || name.ends_with("-shm");
        assert!(!name.ends_with("-wal") || folder.join(name).metadata().unwrap().len() == 0);
        !is_log
    });
    names
}

/// What is said of a refusal, in both languages.
fn both(error: &StoreError) -> [String; 2] {
    let said = [Lang::Zh, Lang::En].map(|lang| refusal::store(error, lang));
    assert!(said.iter().all(|s| !s.is_empty()) && said[0] != said[1]);
    said
}

/// Runs one test of this binary in a process of its own, which gets to know a file.
fn child(test: &str, variable: &str, path: &Path) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .args(["--exact", test, "--nocapture"])
        .env(variable, path)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// The file that a process was told of.
fn told(variable: &str) -> Option<PathBuf> {
    std::env::var_os(variable).map(PathBuf::from)
}

fn fine(output: &Output) {
    assert!(
        output.status.success(),
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
}
