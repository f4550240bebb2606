//! What the sources must not do, read as text: directions of dependency, SQL, printing, words.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

fn sources(folder: &Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut open: Vec<PathBuf> = vec![folder.to_owned()];
    while let Some(path) = open.pop() {
        for entry in std::fs::read_dir(&path).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let name = path
                    .strip_prefix(folder)
                    .unwrap()
                    .to_string_lossy()
                    .replace('\\', "/");
                found.push((name, std::fs::read_to_string(&path).unwrap()));
            }
        }
    }
    found.sort();
    found
}

fn src() -> Vec<(String, String)> {
    let mut found = sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
    // Unit tests in files of their own may use what they like.
    found.retain(|(name, _)| !name.ends_with("tests.rs") && name != "widget/bounds.rs");
    found
}

/// A source without its unit tests and comments.
fn code(text: &str) -> String {
    let text = text.split("#[cfg(test)]").next().unwrap();
    text.lines()
        .filter(|l| !l.trim_start().starts_with("//"))
        .collect::<Vec<_>>()
        .join("\n")
}

fn module(name: &str) -> String {
    name.split(['/', '.']).next().unwrap().to_owned()
}

/// The modules of this crate that a source names.
fn uses(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for piece in code(text).split("crate::").skip(1) {
        if let Some(group) = piece.strip_prefix('{') {
            found.extend(
                group
                    .split('}')
                    .next()
                    .unwrap()
                    .split(',')
                    .map(|p| p.trim().split("::").next().unwrap().to_owned()),
            );
        } else {
            found.push(
                piece
                    .chars()
                    .take_while(|c| c.is_alphanumeric() || *c == '_')
                    .collect(),
            );
        }
    }
    found.retain(|m| !m.is_empty());
    found
}

/// Who may use whom. The bends against the plain layers, each for one reason:
/// `plan` answers in the terms of `app::outlook`, plain data that panels, reports and the command
/// line share;
/// `text` says domain, store, plan and transfer values; `store` names what was done by `text::did`;
/// `overlay` and `panel` know each other, since forms open on what a panel shows;
/// `cli` asks `tui` whether the terminal can show the screens before it opens them.
const MAY: &[(&str, &[&str])] = &[
    ("domain", &["domain"]),
    ("plan", &["domain", "plan", "app", "text"]),
    ("report", &["report", "domain", "text", "app", "plan"]),
    ("clock", &["domain"]),
    ("paths", &[]),
    ("outside", &["paths"]),
    ("store", &["domain", "store", "clock", "paths", "text"]),
    ("command", &["domain", "store", "command", "text", "clock"]),
    (
        "transfer",
        &["domain", "store", "command", "transfer", "text"],
    ),
    (
        "text",
        &[
            "text", "domain", "store", "command", "plan", "transfer", "app", "panel", "theme",
            "config",
        ],
    ),
    ("config", &["config", "text", "theme"]),
    ("theme", &["theme"]),
    ("widget", &["widget", "text", "theme"]),
    ("tui", &["tui", "text"]),
    (
        "panel",
        &[
            "panel", "overlay", "domain", "command", "text", "theme", "app", "store",
        ],
    ),
    (
        "overlay",
        &[
            "overlay", "panel", "domain", "command", "text", "theme", "widget", "app", "transfer",
            "report", "report",
        ],
    ),
    (
        "app",
        &[
            "report", "app", "panel", "overlay", "domain", "command", "store", "plan", "text",
            "theme", "widget", "tui", "transfer", "clock", "outside", "paths", "config",
        ],
    ),
    (
        "cli",
        &[
            "report", "cli", "app", "clock", "command", "domain", "panel", "paths", "plan",
            "store", "text", "theme", "transfer", "outside", "config", "tui",
        ],
    ),
];

#[test]
fn modules_use_only_what_lies_below_them() {
    let may: BTreeMap<&str, &[&str]> = MAY.iter().copied().collect();
    let mut wrong = Vec::new();
    for (name, text) in src() {
        let own = module(&name);
        if own == "lib" || own == "main" {
            continue;
        }
        let allowed = may
            .get(own.as_str())
            .unwrap_or_else(|| panic!("{name}: a module without a rule"));
        for used in uses(&text) {
            if !allowed.contains(&used.as_str()) {
                wrong.push(format!("{name} uses {used}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_pure_modules_do_no_input_or_output_and_know_no_clock() {
    let banned = [
        "std::fs",
        "std::env",
        "std::time",
        "SystemTime",
        "Instant::now",
        "Local::now",
        "Utc::now",
        "rusqlite",
        "ratatui",
        "crossterm",
        "HashMap",
        "HashSet",
    ];
    for (name, text) in src() {
        if ["domain", "plan"].contains(&module(&name).as_str()) {
            for word in banned {
                assert!(!code(&text).contains(word), "{name}: {word}");
            }
        }
    }
}

#[test]
fn sql_lives_in_the_store_and_one_place_opens_write_transactions() {
    for (name, text) in src() {
        let code = code(&text);
        if module(&name) != "store" {
            for word in [
                "rusqlite",
                "SELECT ",
                "INSERT INTO",
                "UPDATE ",
                "DELETE FROM",
                "PRAGMA ",
            ] {
                assert!(!code.contains(word), "{name}: {word}");
            }
        } else if !["store/write.rs", "store/open.rs"].contains(&name.as_str()) {
            assert!(
                !code.contains("TransactionBehavior::Immediate"),
                "{name} opens a write transaction"
            );
        }
    }
}

#[test]
fn nothing_prints_and_nothing_wraps_with_the_library() {
    for (name, text) in src() {
        let code = code(&text);
        for word in [
            "println!",
            "print!(",
            "eprintln!",
            "eprint!(",
            "dbg!(",
            ".wrap(Wrap",
            "widgets::Wrap",
            "unsafe ",
        ] {
            assert!(!code.contains(word), "{name}: {word}");
        }
    }
}

#[test]
fn widgets_know_no_domain_type_and_panels_draw_nothing() {
    for (name, text) in src() {
        let used = uses(&text);
        if module(&name) == "widget" {
            assert!(
                !used
                    .iter()
                    .any(|m| ["domain", "store", "command", "panel", "app"].contains(&m.as_str())),
                "{name}: {used:?}"
            );
        }
        if module(&name) == "panel" {
            assert!(!code(&text).contains("Buffer"), "{name} draws");
        }
    }
}

/// The marks of a sentence: `{0}`, `{1}` ..
fn marks(text: &str) -> Vec<char> {
    let mut found: Vec<char> = text
        .match_indices('{')
        .filter_map(|(at, _)| text[at + 1..].chars().next())
        .collect();
    found.sort_unstable();
    found
}

/// The two texts of each `word("..", "..")` in a source.
fn words(text: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for piece in code(text).split("word(").skip(1) {
        let mut texts = Vec::new();
        let mut rest = piece.trim_start();
        while texts.len() < 2 {
            let Some(body) = rest.strip_prefix('"') else {
                break;
            };
            let mut end = 0;
            let bytes = body.as_bytes();
            while end < bytes.len() && bytes[end] != b'"' {
                end += if bytes[end] == b'\\' { 2 } else { 1 };
            }
            texts.push(body[..end].to_owned());
            rest = body[end + 1..]
                .trim_start()
                .trim_start_matches(',')
                .trim_start();
        }
        if let [zh, en] = texts.as_slice() {
            found.push((zh.clone(), en.clone()));
        }
    }
    found
}

#[test]
fn every_word_stands_in_both_languages_with_the_same_marks() {
    let mut count = 0;
    for (name, text) in src() {
        for (zh, en) in words(&text) {
            count += 1;
            assert!(!zh.is_empty() && !en.is_empty(), "{name}: {zh} / {en}");
            assert_eq!(marks(&zh), marks(&en), "{name}: {zh} / {en}");
            assert!(
                !en.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)),
                "{name}: {en}"
            );
        }
    }
    assert!(count > 600, "only {count} words were found");
}

#[test]
fn words_for_the_user_are_born_in_text_alone() {
    let mut wrong = Vec::new();
    for (name, text) in src() {
        let chinese = |line: &str| line.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
        // The command line and the action table hold their own words, both languages side by side;
        // headings, units, holidays and the names of processes and finishes are data.
        let own = ["text", "cli"].contains(&module(&name).as_str());
        let data = [
            "transfer/headings.rs",
            "transfer/headings/fields.rs",
            "transfer/headings/materials.rs",
            "transfer/headings/progress.rs",
            "transfer/reading.rs",
            "transfer/arrival_sheet.rs",
            "transfer/order_sheet.rs",
            "transfer/mail.rs",
            "domain/rule/consistency/value.rs",
            "domain/rule/order_class.rs",
            "transfer/extract.rs",
            "transfer/extract/lines.rs",
            "transfer/extract/rules.rs",
            "transfer/extract/tests.rs",
            "transfer/values.rs",
            "domain/holidays.rs",
            "domain/rule/shipment/papers.rs",
            "plan/supply.rs",
            "app/action.rs",
            "overlay/editor.rs",
            "overlay/picker.rs",
            "overlay/pages.rs",
            "app/draw.rs",
        ];
        if !own && !data.contains(&name.as_str()) {
            wrong.extend(
                code(&text)
                    .lines()
                    .filter(|l| chinese(l))
                    .map(|l| format!("{name}: {}", l.trim())),
            );
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_readme_shows_the_key_of_every_action() {
    let readme =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    let (map, _) = gendan::app::keymap::Keymap::built_in();
    let mut rows = String::new();
    for info in gendan::app::action::ACTIONS {
        let key = map.key(info.action).unwrap().label().replace('|', "\\|");
        rows.push_str(&format!(
            "| `{key}` | {} | {} | {} |\n",
            info.word.zh, info.word.en, info.help.en
        ));
    }
    assert!(
        readme.contains(&rows),
        "the key table of README.md should be:\n{rows}"
    );
}
