//! Interleaved edits of the same rows by two sessions, in turns or as two processes.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use gendan::domain::order::Order;
use gendan::domain::world::World;
use gendan::store::{Access, Deed, Store, StoreError};
use gendan::text::Did;

use crate::store::{enter, fixed};

/// Rows that both sessions change.
const ORDERS: u64 = 5;
/// Names the file to a process that edits it, and whose edits they are.
const FILE: &str = "GENDAN_EDITED_FILE";
const NAME: &str = "GENDAN_EDITED_BY";

/// Repeatable numbers.
struct Dice(u64);

impl Dice {
    fn of(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % sides
    }
}

/// One session: what it saw last, what was confirmed to it.
struct Editor {
    name: String,
    store: Store,
    seen: World,
    confirmed: Vec<(String, String)>,
    stale: usize,
    longest: Duration,
}

impl Editor {
    fn new(path: &Path, name: &str) -> Self {
        let store = Store::open(path, Access::Write, fixed(), name).unwrap();
        Self {
            seen: store.world().unwrap(),
            name: name.to_owned(),
            store,
            confirmed: Vec::new(),
            stale: 0,
            longest: Duration::ZERO,
        }
    }

    fn look(&mut self) {
        self.seen = self.store.world().unwrap();
    }

    /// Adds a word of its own to an order as it was seen; a refusal makes it look again.
    fn edit(&mut self, dice: &mut Dice) {
        let no = format!("SO-{}", dice.of(ORDERS));
        let old = self.seen.orders.iter().find(|o| o.no == no).unwrap();
        let word = format!("{}{}", self.name, self.confirmed.len());
        let new = Order {
            remarks: format!("{} {word}", last_words(&old.remarks)),
            ..old.clone()
        };
        let deed = Deed::new(Did::OrderChanged, &[&no]).about(&no);
        let began = Instant::now();
        let done = self
            .store
            .write::<_, StoreError>(&deed, |tx| tx.update(&new));
        self.longest = self.longest.max(began.elapsed());
        match done {
            Ok(_) => {
                self.confirmed.push((no, word));
                self.look();
            }
            Err(StoreError::Stale { .. }) => {
                self.stale += 1;
                self.look();
            }
            Err(other) => panic!("{other:?}"),
        }
    }
}

/// The text stays short: the last twenty words.
fn last_words(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words[words.len().saturating_sub(20)..].join(" ")
}

/// Every confirmed word stands in the journal once, each value goes on from the one before, and
/// the last one is what the row holds.
fn explain(path: &Path, confirmed: &[(String, String)]) {
    let db = rusqlite::Connection::open(path).unwrap();
    let mut lines = db
        .prepare(
            "SELECT o.no, r.old, r.new FROM change_row r JOIN orders o ON o.id = r.row_id
             WHERE r.tab = 'orders' AND r.field = 'remarks' ORDER BY r.id",
        )
        .unwrap();
    let text = |row: &rusqlite::Row<'_>, at| {
        let json: String = row.get(at)?;
        Ok::<String, rusqlite::Error>(serde_json::from_str(&json).unwrap())
    };
    let lines = lines
        .query_map([], |row| Ok((row.get(0)?, text(row, 1)?, text(row, 2)?)))
        .unwrap();
    let mut now: BTreeMap<String, String> = BTreeMap::new();
    let mut written = Vec::new();
    for line in lines {
        let (no, old, new): (String, String, String) = line.unwrap();
        assert_eq!(
            *now.entry(no.clone()).or_default(),
            old,
            "an update was lost"
        );
        let word = new.split_whitespace().last().unwrap().to_owned();
        assert_eq!(new, format!("{} {word}", last_words(&old)));
        written.push((no.clone(), word));
        now.insert(no, new);
    }
    let mut confirmed = confirmed.to_vec();
    confirmed.sort();
    written.sort();
    assert_eq!(
        written, confirmed,
        "what was confirmed is what was written, once"
    );
    let store = Store::open(path, Access::Read, fixed(), "").unwrap();
    for order in &store.world().unwrap().orders {
        assert_eq!(
            order.remarks,
            now.get(&order.no).cloned().unwrap_or_default()
        );
    }
    assert_eq!(store.integrity(true).unwrap(), Vec::<String>::new());
}

fn file(folder: &Path) -> std::path::PathBuf {
    let path = folder.join("a.db");
    let mut store = Store::open(&path, Access::Write, fixed(), "").unwrap();
    for n in 0..ORDERS {
        enter(&mut store, &format!("SO-{n}"));
    }
    path
}

#[test]
fn two_sessions_that_edit_the_same_rows_in_turns_lose_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = file(folder.path());
    let mut editors = [Editor::new(&path, "a"), Editor::new(&path, "b")];
    let mut dice = Dice(20_261_123);
    let tried = 200;
    for _ in 0..tried {
        let at = usize::from(dice.of(2) == 1);
        editors[at].edit(&mut dice);
    }
    let [a, b] = editors;
    assert_eq!(
        a.confirmed.len() + b.confirmed.len() + a.stale + b.stale,
        tried
    );
    assert!(a.stale > 5 && b.stale > 5, "{} {}", a.stale, b.stale);
    explain(&path, &[a.confirmed, b.confirmed].concat());
}

/// Edits the file that is named to it until it has saved as often as it is told, and says what was
/// confirmed; as a test of its own a few edits of a file of its own.
#[test]
fn an_editor_says_what_was_confirmed() {
    let own = tempfile::tempdir().unwrap();
    let named = std::env::var(FILE).ok();
    let path = named.as_ref().map_or_else(|| file(own.path()), Into::into);
    let name = std::env::var(NAME).unwrap_or_else(|_| "a".to_owned());
    let (name, edits) = name.split_once(' ').unwrap_or((&name, "5"));
    let mut editor = Editor::new(&path, name);
    let mut dice = Dice(u64::from(name.as_bytes()[0]) * 7_919);
    let edits: usize = edits.parse().unwrap();
    while editor.confirmed.len() < edits {
        editor.edit(&mut dice);
    }
    let words = editor
        .confirmed
        .iter()
        .map(|(no, word)| format!("{no}={word}"));
    let words: Vec<String> = words.collect();
    println!(
        "\nedited {} {} {}",
        editor.stale,
        editor.longest.as_millis(),
        words.join(" ")
    );
    if named.is_none() {
        explain(&path, &editor.confirmed);
    }
}

#[test]
fn two_processes_that_edit_the_same_rows_at_once_lose_nothing() {
    let full = std::env::var("GENDAN_FAULTS").is_ok_and(|v| v == "full");
    let each = if full { 5_000 } else { 40 };
    let folder = tempfile::tempdir().unwrap();
    let path = file(folder.path());
    let start = |name: &str| {
        Command::new(std::env::current_exe().unwrap())
            .args([
                "--exact",
                "sessions::edits::an_editor_says_what_was_confirmed",
                "--nocapture",
            ])
            .env(FILE, &path)
            .env(NAME, format!("{name} {each}"))
            .stdout(Stdio::piped())
            .spawn()
            .unwrap()
    };
    let editors = ["a", "b"].map(start);
    let mut confirmed = Vec::new();
    let (mut stale, mut longest) = (0, 0);
    for editor in editors {
        let said = editor.wait_with_output().unwrap();
        let said = String::from_utf8(said.stdout).unwrap();
        let line = said.lines().find_map(|l| l.strip_prefix("edited "));
        let mut parts = line.unwrap_or_else(|| panic!("{said}")).split(' ');
        let mut number = || parts.next().unwrap().parse::<u64>().unwrap();
        stale += number();
        longest = longest.max(number());
        confirmed.extend(parts.map(|part| {
            let (no, word) = part.split_once('=').unwrap();
            (no.to_owned(), word.to_owned())
        }));
    }
    assert_eq!(confirmed.len(), 2 * each);
    explain(&path, &confirmed);
    println!(
        "sessions: {} edits confirmed, {stale} refused as stale, none lost, longest wait {longest} ms",
        confirmed.len()
    );
}
