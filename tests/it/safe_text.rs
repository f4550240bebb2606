//! Text that drives terminals, turns round or hides, in every text of every table: nothing of it
//! reaches a screen, a report, the clipboard or standard output as it is.

use gendan::app::keymap::Key;
use gendan::domain::codes::Stage;
use gendan::domain::schema::{Kind, TABLES};
use gendan::report::write::{Format, bytes};
use gendan::report::{self, Name, Scope};
use gendan::store::{Deed, Fields, StoreError};
use gendan::text::safe::{acts, copied};
use gendan::text::{Did, Lang};
use gendan::transfer::json::shape::ORDER;
use gendan::transfer::sheet;
use serde_json::Value;

use crate::command_line::{out, run, said};
use crate::support::User;

/// Controls of both kinds, OSC 52, overrides and isolates, zero widths, fillers, tags, annotations,
/// soft hyphens, selectors, a heap of marks, a formula.
const EVIL: &str = "=\u{1b}[2J\u{1b}]52;c;eA==\u{7}\u{9b}1m\u{202e}\u{2066}\u{200b}\u{2060}\u{feff}\u{ad}\
    \u{3164}\u{e0041}\u{fff9}\u{fe0f}\u{e0100}\u{7f}\u{85}\u{2028}\r\n\u{8}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}z";

/// Columns whose text has a form of its own, without which nothing could be computed.
const FORMS: &[&str] = &[
    "mon",
    "tue",
    "wed",
    "thu",
    "fri",
    "sat",
    "sun",
    "shifts",
    "hash",
    "file_hash",
];

/// The sample factory with evil text in every text column of every row.
fn user(lang: Lang) -> (User, usize) {
    let mut user = User::demo(lang);
    let deed = Deed::new(Did::DataImported, &[EVIL]);
    let mut count = 0;
    let done = user.app.store.write::<_, StoreError>(&deed, |tx| {
        for table in TABLES {
            for row in tx.rows(table)? {
                let id = row["id"].as_i64().unwrap();
                let mut fields: Fields = row.clone();
                for column in table.columns {
                    if column.kind != Kind::Text || FORMS.contains(&column.name) {
                        continue;
                    }
                    let old = row
                        .get(column.name)
                        .and_then(Value::as_str)
                        .unwrap_or_default();
                    fields.insert(column.name.to_owned(), Value::from(format!("{old}{EVIL}")));
                    count += 1;
                }
                if fields != row {
                    tx.update_fields(table, id, &row, &fields)?;
                }
            }
        }
        Ok(())
    });
    done.unwrap();
    user.app.reload().unwrap();
    user.press("0");
    (user, count)
}

/// What must not stand in text that is shown; line breaks part lines.
fn check(text: &str, place: &str) {
    let bad = text.chars().find(|c| *c != '\n' && acts(*c));
    assert!(bad.is_none(), "{place}: {bad:?} in\n{text:?}");
}

fn check_screen(user: &mut User, place: &str) {
    for cell in user.buffer().content() {
        let bad = cell.symbol().chars().find(|c| acts(*c));
        assert!(bad.is_none(), "{place}: {:?}", cell.symbol());
    }
}

#[test]
fn every_table_of_the_format_can_be_filled() {
    // A table that the sample leaves empty would not be tried: they are named here.
    let user = User::demo(Lang::En);
    let file = gendan::transfer::json::export(&user.app.world, &[]);
    let file = gendan::transfer::json::parse(&file).unwrap();
    let empty: Vec<&str> = ORDER
        .iter()
        .copied()
        .filter(|name| file.len_of(name) == 0)
        .collect();
    assert!(empty.len() * 3 < TABLES.len(), "{empty:?}");
}

#[test]
fn no_panel_part_or_overlay_draws_what_acts() {
    for lang in [Lang::Zh, Lang::En] {
        let (mut user, count) = user(lang);
        assert!(count > 500, "{count}");
        for digit in ["0", "1", "2", "3", "4", "5", "6"] {
            user.press(digit);
            check_screen(&mut user, digit);
            for part in 0..9 {
                user.press("tab down");
                check_screen(&mut user, &format!("{digit}, part {part}"));
            }
        }
        user.size = (200, 50);
        check_screen(&mut user, "wide");
    }
}

#[test]
fn no_form_list_or_question_draws_what_acts() {
    let (mut user, _) = user(Lang::Zh);
    let full = std::env::var("GENDAN_FAULTS").is_ok_and(|v| v == "full");
    let stages = [
        ("1", Stage::Intake),
        ("6", Stage::Exceptions),
        ("4", Stage::Materials),
        ("0", Stage::Today),
        ("5", Stage::Progress),
    ];
    let stages = stages.into_iter().take(if full { 5 } else { 2 });
    let mut opened = 0;
    for (digit, stage) in stages {
        for c in ('a'..='z').chain('A'..='Z') {
            if user.app.keymap.action(stage, Key::Char(c)).is_none() {
                continue;
            }
            user.press(digit).press(&c.to_string());
            opened += usize::from(!user.app.overlays.is_empty());
            check_screen(&mut user, &format!("{digit} {c}"));
            for _ in 0..4 {
                if !user.app.overlays.is_empty() {
                    user.press("esc");
                }
            }
            user.app.overlays.clear();
        }
    }
    assert!(opened > 8, "{opened}");
    for keys in ["ctrl-g", "ctrl-p", "f1", "/", "B"] {
        user.press("1").press(keys);
        check_screen(&mut user, keys);
        user.write("a");
        check_screen(&mut user, keys);
        user.press("esc esc");
        user.app.overlays.clear();
    }
    user.press("4");
    for text in user.copied() {
        let clean = copied(text).unwrap();
        assert!(
            !clean.contains(|c| acts(c) && !"\n\t\u{fe0f}\u{e0100}".contains(c)),
            "{clean:?}"
        );
    }
}

#[test]
fn no_report_of_any_format_holds_what_acts() {
    let (user, _) = user(Lang::Zh);
    let world = &user.app.world;
    let mut made = 0;
    for lang in [Lang::Zh, Lang::En] {
        let scope = Scope {
            partner: "",
            world,
            outlook: &user.app.outlook,
            now: user.app.store.clock().now(),
            today: user.today(),
            lang,
            order: None,
            from: None,
            to: None,
        };
        for name in Name::ALL {
            let about = |order| report::make(*name, &Scope { order, ..scope }).ok();
            let Some(paper) =
                about(None).or_else(|| world.orders.iter().find_map(|o| about(Some(o))))
            else {
                continue;
            };
            made += 1;
            for format in [Format::Csv, Format::Markdown, Format::Html] {
                let text = String::from_utf8(bytes(&paper, format, lang).unwrap()).unwrap();
                let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
                check(&text, &format!("{name:?} {format:?}"));
            }
            let book = bytes(&paper, Format::Xlsx, lang).unwrap();
            for page in sheet::workbook("a.xlsx", &book).unwrap() {
                check(&page.name, &format!("{name:?} page"));
                for cell in page.rows.iter().flatten() {
                    check(&cell.text(), &format!("{name:?} cell"));
                }
            }
        }
    }
    assert!(made >= 2 * (Name::ALL.len() - 1), "{made}");
}

#[test]
fn lists_of_the_command_line_hold_nothing_that_acts_and_no_formula() {
    let full = std::env::var("GENDAN_FAULTS").is_ok_and(|v| v == "full");
    let (user, _) = user(Lang::En);
    let db = user.path();
    let db = db.to_str().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let all = [
        "orders",
        "purchases",
        "exceptions",
        "journal",
        "today",
        "points",
        "documents",
        "facts",
        "queries",
        "milestones",
        "samples",
        "lessons",
        "answers",
        "schedule",
        "production",
        "requirements",
        "chases",
        "suppliers",
        "kits",
        "progress",
        "shipments",
        "inspections",
        "ledger",
        "handovers",
    ];
    let few = [
        ("orders", "table"),
        ("purchases", "csv"),
        ("journal", "json"),
    ];
    let each = all
        .iter()
        .flat_map(|list| ["table", "csv", "json"].map(|format| (*list, format)));
    let tried: Vec<(&str, &str)> = if full { each.collect() } else { few.to_vec() };
    for (list, format) in tried {
        let done = run(
            folder.path(),
            &["--db", db, "list", list, "--format", format],
        );
        assert!(done.status.success(), "{list}: {}", said(&done));
        let text = out(&done);
        assert!(!text.is_empty(), "{list}");
        check(&text.replace("\r\n", "\n"), &format!("{list} {format}"));
        if format == "csv" {
            let mut reader = csv::ReaderBuilder::new()
                .has_headers(false)
                .from_reader(text.as_bytes());
            for record in reader.records() {
                for field in record.unwrap().iter() {
                    let runs = field
                        .trim_start()
                        .starts_with(['=', '+', '@', '＝', '＋', '＠']);
                    assert!(!runs, "{list}: {field:?}");
                }
            }
        }
    }
}
