//! Files made to break the import: each gives a right reading or a sentence, and nothing is half
//! brought in.
//!
//! They go through the command line's own function, a few through the built program and a few
//! through the screen. `GENDAN_FAULTS=full` takes the heaviest ones too; `GENDAN_EVIL=FOLDER`
//! writes the files there, to be tried by hand.

pub(crate) mod build;
pub(crate) mod dice;
mod set;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::Parser;
use gendan::cli::{self, Args};
use gendan::plan::gather;
use gendan::store::{Access, Store};
use gendan::text::safe::acts;
use gendan::text::{Lang, limit};
use gendan::transfer::json;
use gendan::transfer::limits::Limit;

use crate::command_line::{run, said};
use crate::support::{MONDAY, User, clock, write_file};
use set::{Evil, Want};

const SEED: u64 = 20_261_123;
const BOTH: [Lang; 2] = [Lang::Zh, Lang::En];

fn full() -> bool {
    std::env::var("GENDAN_FAULTS").is_ok_and(|v| v == "full")
}

fn files() -> Vec<Evil> {
    let mut all = set::all(SEED);
    if let Some(folder) = std::env::var_os("GENDAN_EVIL") {
        for evil in &all {
            let name = evil.name.replace('\n', "_");
            std::fs::write(Path::new(&folder).join(name), &evil.bytes).unwrap();
        }
    }
    if !full() {
        all.retain(|evil| !evil.heavy);
    }
    all
}

fn export(db: &Path) -> String {
    let store = Store::open(db, Access::Read, clock(MONDAY), "li").unwrap();
    json::export(&store.world().unwrap(), &store.past().unwrap())
}

/// A folder with a data file of a small factory and a copy of it to go back to.
struct Place {
    folder: tempfile::TempDir,
    db: PathBuf,
    kept: PathBuf,
    before: String,
}

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("in")).unwrap();
        let (db, kept) = (folder.path().join("a.db"), folder.path().join("kept.db"));
        let mut store = Store::open(&kept, Access::Write, clock(MONDAY), "li").unwrap();
        let small = r#"{ "format": "gendan/1", "customers": [{ "code": "C1", "name": "Nordic" }],
            "suppliers": [{ "code": "S1", "name": "宏达纺织", "lead_days": 7 }],
            "items": [{ "code": "HG-1", "name": "合页", "on_hand": "5" }] }"#;
        json::bring(&mut store, &json::parse(small).unwrap(), "").unwrap();
        drop(store);
        let place = Self {
            before: export(&kept),
            folder,
            db,
            kept,
        };
        place.again();
        place
    }

    /// Puts the file back as it was.
    fn again(&self) {
        for ending in ["db", "db-wal", "db-shm"] {
            let _ = std::fs::remove_file(self.db.with_extension(ending));
        }
        std::fs::copy(&self.kept, &self.db).unwrap();
    }

    /// Imports a file as the command line does: nothing, or what it refused with.
    fn import(&self, evil: &Evil, lang: Lang) -> Option<String> {
        let path = write_file(&self.folder.path().join("in"), &evil.name, &evil.bytes);
        let sheet = write_file(self.folder.path(), "map.csv", &build::csv(&[]));
        let mut words: Vec<std::ffi::OsString> = ["gendan", "--lang", lang.code(), "--at", MONDAY]
            .map(Into::into)
            .to_vec();
        words.extend(["--db".into(), self.db.clone().into(), "import".into()]);
        if evil.is_map {
            words.extend(["--map".into(), path.into(), sheet.into()]);
        } else {
            words.push(path.into());
        }
        cli::run(Args::parse_from(words)).err().map(|f| f.0)
    }

    /// Nothing may lie anywhere but where it belongs.
    fn check_folder(&self, evil: &Evil) {
        for entry in std::fs::read_dir(self.folder.path()).unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            let ours = [
                "in",
                "map.csv",
                "a.files",
                "a.backups",
                "kept.db",
                "kept.db-wal",
                "kept.db-shm",
            ];
            let ours = ours.contains(&name.as_str()) || name.starts_with("a.db");
            assert!(ours, "{:?} left {name:?}", evil.name);
        }
        let in_folder = std::fs::read_dir(self.folder.path().join("in")).unwrap();
        assert_eq!(in_folder.count(), 1, "{:?}", evil.name);
        std::fs::remove_file(self.folder.path().join("in").join(&evil.name)).unwrap();
    }
}

/// A refusal has to be a sentence in its language that names the file and acts on nothing.
fn check_sentence(evil: &Evil, text: &str, lang: Lang) {
    let shown = gendan::text::safe::shown_lines(text);
    assert!(!shown.trim().is_empty(), "{:?}", evil.name);
    assert!(
        !shown.contains(|c| acts(c) && c != '\n'),
        "{:?}: {shown:?}",
        evil.name
    );
    // A file of a mail is named by its own name.
    let enclosed = evil.name.ends_with(".eml") || evil.name.contains('\n');
    let name = gendan::text::safe::shown(&evil.name).into_owned();
    assert!(enclosed || shown.contains(&name), "{name:?}: {shown:?}");
    let chinese = shown
        .chars()
        .any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    match lang {
        Lang::Zh => assert!(chinese, "{name:?}: {shown}"),
        Lang::En => assert!(shown.contains(' '), "{name:?}: {shown}"),
    }
    assert!(shown.chars().count() < 20_000, "{name:?}");
}

/// What was brought in can be planned, listed and brought into another file.
fn check_reading(evil: &Evil, place: &Place) {
    let store = Store::open(&place.db, Access::Read, clock(MONDAY), "li").unwrap();
    let world = store.world().unwrap();
    assert!(store.integrity(true).unwrap().is_empty(), "{:?}", evil.name);
    for file in world.source_files.iter() {
        assert!(
            !file.name.contains(['/', '\\']),
            "{:?}: {:?}",
            evil.name,
            file.name
        );
        assert!(
            !file.name.contains(acts) || evil.name.contains(acts),
            "{:?}",
            file.name
        );
    }
    if evil.kind == "loop" {
        let now = store.clock().now();
        let _ = gather::outlook(&world, now, 5, &|| false);
    }
}

#[test]
fn every_evil_file_is_read_right_or_refused_with_a_sentence_and_leaves_no_trace() {
    let place = Place::new();
    let mut kinds: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let all = files();
    for evil in &all {
        let mut said = Vec::new();
        for lang in BOTH {
            match place.import(evil, lang) {
                Some(text) => {
                    check_sentence(evil, &text, lang);
                    assert_ne!(evil.want, Want::Read, "{:?}: {text}", evil.name);
                    assert!(
                        export(&place.db) == place.before,
                        "{:?} left a trace",
                        evil.name
                    );
                    said.push(text);
                }
                None => {
                    assert_ne!(evil.want, Want::Refused, "{:?} was taken", evil.name);
                    check_reading(evil, &place);
                    place.again();
                }
            }
            place.check_folder(evil);
        }
        assert_ne!(said.len(), 1, "{:?} depends on the language", evil.name);
        if let [zh, en] = said.as_slice() {
            assert_ne!(zh, en, "{:?}", evil.name);
        }
        let count = kinds.entry(evil.kind).or_default();
        count.0 += 1;
        count.1 += usize::from(!said.is_empty());
    }
    assert!(all.len() >= 120, "{}", all.len());
    let refused: usize = kinds.values().map(|k| k.1).sum();
    println!(
        "evil files: {}, refused: {refused}, read: {}, of kinds: {}",
        all.len(),
        all.len() - refused,
        kinds.len()
    );
}

#[test]
fn the_set_is_the_same_each_time() {
    let sum = |all: &[Evil]| -> Vec<(String, usize)> {
        all.iter()
            .map(|e| (e.name.clone(), e.bytes.len()))
            .collect()
    };
    assert_eq!(sum(&set::all(SEED)), sum(&set::all(SEED)));
}

#[test]
fn the_built_program_refuses_with_one_sentence_and_exit_code_one() {
    let place = Place::new();
    let wanted = [
        "bomb", "control", "laughs", "circle", "deep", "map", "twice",
    ];
    for kind in wanted {
        let all = set::all(SEED);
        let evil = all
            .iter()
            .find(|e| e.kind == kind && e.want == Want::Refused)
            .unwrap();
        let path = write_file(place.folder.path(), &evil.name, &evil.bytes);
        let sheet = write_file(place.folder.path(), "map.csv", &build::csv(&[]));
        let (db, path) = (place.db.to_str().unwrap(), path.to_str().unwrap());
        for lang in BOTH {
            let mut words = vec!["--db", db, "--lang", lang.code(), "import"];
            if evil.is_map {
                words.extend(["--map", path, sheet.to_str().unwrap()]);
            } else {
                words.push(path);
            }
            let done = run(place.folder.path(), &words);
            assert_eq!(done.status.code(), Some(1), "{kind}");
            assert!(done.stdout.is_empty(), "{kind}");
            let text = said(&done);
            assert!(
                text.starts_with("gendan: ") && !text.contains("panicked"),
                "{kind}: {text}"
            );
            assert!(!text.contains(|c| acts(c) && c != '\n'), "{kind}: {text:?}");
            check_sentence(evil, &text, lang);
        }
        assert!(export(&place.db) == place.before, "{kind}");
    }
}

#[test]
fn the_screen_says_what_is_wrong_and_nothing_acts_on_it() {
    for lang in BOTH {
        let mut user = User::new(lang);
        let folder = tempfile::tempdir().unwrap();
        let all = set::all(SEED);
        for kind in ["bomb", "control", "laughs", "number", "cell", "half"] {
            let evil = all
                .iter()
                .find(|e| e.kind == kind && e.want == Want::Refused)
                .unwrap();
            let path = write_file(folder.path(), "evil", b"").with_file_name(&evil.name);
            std::fs::write(&path, &evil.bytes).unwrap();
            user.press("1 i")
                .write(path.to_str().unwrap())
                .press("enter");
            let screen = user.screen();
            assert!(!screen.contains(|c| acts(c) && c != '\n'), "{screen:?}");
            let word = if lang == Lang::Zh { "错误" } else { "errors" };
            assert!(screen.contains(word), "{kind}:\n{screen}");
            user.press("enter");
            assert_eq!(user.app.world.orders.len(), 0, "{kind}");
            user.press("esc esc esc");
        }
        // A folder and a device are no files; a file that is too large is not opened.
        let big = folder.path().join("big.csv");
        let made = std::fs::File::create(&big).unwrap();
        made.set_len(40 * 1024 * 1024).unwrap();
        for path in [folder.path(), big.as_path(), Path::new("/dev/zero")] {
            user.press("1 i")
                .write(path.to_str().unwrap())
                .press("enter");
            let start = if lang == Lang::Zh {
                "读不了"
            } else {
                "Cannot read"
            };
            assert!(user.screen().contains(start), "{}", user.screen());
            user.press("esc esc");
        }
    }
}

#[test]
fn every_limit_has_its_sentence_with_the_figure_in_both_languages() {
    for at in Limit::ALL {
        let (zh, right) = limit::reached(at, Lang::Zh);
        let (en, right_en) = limit::reached(at, Lang::En);
        let figure = gendan::text::format::count(at.most());
        assert!(
            right.contains(&figure) && right_en.contains(&figure),
            "{at:?}"
        );
        assert!(!zh.is_empty() && !en.is_empty() && zh != en, "{at:?}");
    }
}
