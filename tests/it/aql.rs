//! Sampling plans: every row of the case file, the invariants of the table, the helper on its key.

use gendan::domain::rule::aql::{Aql, Level, plan};
use gendan::text::Lang;
use serde_json::Value;

use crate::command_line::{out, run, said};
use crate::support::User;

#[test]
fn every_row_of_the_case_file_is_met() {
    let Ok(folder) = std::env::var("GENDAN_CASES") else {
        println!("skipped: GENDAN_CASES is not set");
        return;
    };
    let file = std::path::Path::new(&folder).join("cases/aql.json");
    let text = std::fs::read_to_string(file).unwrap();
    let all: Value = serde_json::from_str(&text).unwrap();
    let rows = all["cases"].as_array().unwrap();
    assert_eq!(rows.len(), 1_260);
    let mut arrows = 0;
    for row in rows {
        let text = |key: &str| row[key].as_str().unwrap();
        let n = |key: &str| row[key].as_i64().unwrap();
        let level = Level::of(text("level")).unwrap();
        let p = plan(n("lot"), level, Aql::of(text("aql")).unwrap()).unwrap();
        let is = (p.code_letter.to_string(), p.plan_letter.to_string(), p.n);
        let wants = (
            text("code_letter").to_owned(),
            text("plan_letter").to_owned(),
            n("n"),
        );
        assert_eq!(is, wants, "{row}");
        let wants = (row["inspect_all"].as_bool().unwrap(), n("ac"), n("re"));
        assert_eq!((p.inspect_all, p.ac, p.re), wants, "{row}");
        arrows += usize::from(p.code_letter != p.plan_letter);
    }
    assert!(arrows > 100, "only {arrows} rows with an arrow");
}

#[test]
fn the_table_keeps_its_invariants() {
    let lots = [2, 8, 9, 25, 90, 91, 280, 1_200, 10_001, 150_000, 600_000];
    for level in Level::ALL {
        for lot in lots {
            let mut last_ac = 0;
            for aql in Aql::all() {
                let p = plan(lot, *level, aql).unwrap();
                assert_eq!(p.re, p.ac + 1);
                assert!(p.n >= 1 && p.n <= lot);
                assert_eq!(p.inspect_all, p.n == lot, "{lot} {level:?} {aql:?}");
                // A laxer limit never takes fewer at the same letter.
                if p.plan_letter == p.code_letter {
                    assert!(p.ac >= last_ac, "{lot} {level:?} {aql:?}");
                    last_ac = p.ac;
                }
            }
        }
    }
    // A larger lot never has a smaller letter.
    for level in Level::ALL {
        let letters: Vec<char> = (1..60_000)
            .step_by(7)
            .map(|lot| plan(lot, *level, Aql::MAJOR).unwrap().code_letter)
            .collect();
        assert!(letters.is_sorted(), "{level:?}");
    }
}

#[test]
fn the_helper_shows_all_plans_of_a_lot_that_is_typed() {
    for (lang, title) in [(Lang::Zh, "抽样方案"), (Lang::En, "Sampling")] {
        let mut user = User::demo(lang);
        // From any panel, on one key.
        user.press("4 V").write("1200");
        let screen = user.screen();
        assert!(screen.contains(title), "{screen}");
        assert!(screen.contains("80 5/6"), "{screen}");
        assert!(screen.contains("S-3"), "{screen}");
        user.press("right");
        let screen = user.screen();
        assert!(screen.contains("80 7/8"), "{screen}");
        // An arrow, and a lot that is inspected whole.
        let arrow = if lang == Lang::Zh { "箭头" } else { "arrow" };
        user.press("esc V home").write("200");
        let screen = user.screen();
        assert!(screen.contains(arrow), "{screen}");
        user.press("esc V").write("x,2-");
        assert!(!user.app.overlays.is_empty());
        user.press("esc");
        assert!(user.app.overlays.is_empty());
    }
}

#[test]
fn the_command_line_lists_plans_and_refuses_nonsense() {
    let folder = tempfile::tempdir().unwrap();
    let list = |arguments: &[&str]| {
        let mut all = vec!["list", "aql", "--format", "json"];
        all.extend(arguments);
        run(folder.path(), &all)
    };
    let done = list(&["--lot", "1200", "--level", "II", "--aql", "2.5"]);
    assert!(done.status.success(), "{}", said(&done));
    let rows: Value = serde_json::from_str(&out(&done)).unwrap();
    assert_eq!(rows[0]["n"], 80);
    assert_eq!((&rows[0]["ac"], &rows[0]["re"]), (&5.into(), &6.into()));
    let all = list(&["--lot", "1200"]);
    let rows: Value = serde_json::from_str(&out(&all)).unwrap();
    assert_eq!(rows.as_array().unwrap().len(), 7 * 16);
    for wrong in [
        &["--lot", "0"][..],
        &[],
        &["--lot", "9", "--level", "V"],
        &["--lot", "9", "--aql", "3"],
    ] {
        let refused = list(wrong);
        assert_eq!(refused.status.code(), Some(1), "{wrong:?}");
        assert!(out(&refused).is_empty() && !said(&refused).is_empty());
    }
}
