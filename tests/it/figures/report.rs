//! A department's report: read in three ways of writing, joined, taken, taken back.

use std::path::Path;

use super::*;
use crate::command_line::{out, run, said};
use crate::support::{mail_with, write_file};
use gendan::transfer::headings::{Desk, Kind};
use gendan::transfer::{self, draft};

const KNOWN: &str = r#"{ "date": "2026-11-21", "production_order": "MO-001", "seq": 10, "good": "30" },
    { "date": "2026-11-21", "production_order": "MO-001", "seq": 20, "good": "20" },
    { "date": "2026-11-21", "production_order": "MO-003", "seq": 10, "good": "9" }"#;

const REPORT: &str = "车缝车间日报,,,,,,,,\n日期,班次,生产线,生产单/订单号,工序,计划产量,实际产量,合格,不良,异常\n\
    2026-11-21,,S1,MO-001,10,40,30,30,0,\n,,S1,,车缝,40,29,28,1,\n11月21日,,S1,SO-002,裁剪,40,,35,,\n\
    2026-11-21,,S1,MO-0O2,20,,,5,,\n合计,,,,,,,,,\n";

fn data(folder: &Path) -> String {
    let file = write_file(folder, "factory.json", factory(3, KNOWN).as_bytes());
    let db = folder.join("a.db").display().to_string();
    let done = run(folder, &["--db", &db, "import", file.to_str().unwrap()]);
    assert!(done.status.success(), "{}", said(&done));
    db
}

fn read(name: &str, text: &[u8], desk: Desk) -> gendan::transfer::draft::Preview {
    let options = draft::Options {
        desk,
        ..draft::Options::default()
    };
    transfer::read(name, text, &options, "2026-11-23".parse().unwrap())
}

#[test]
fn the_columns_tell_a_report_in_any_of_the_languages() {
    for text in [
        "日期,生产单,工序,合格,不良,返工,报废\n2026-11-21,MO-001,10,30,1,2,3\n",
        "日期,生產單,工序,合格數,不良數,返工,報廢\n2026-11-21,MO-001,10,30,1,2,3\n",
        "Date,Production Order,Operation,Good,Defect,Rework,Scrap\n2026-11-21,MO-001,10,30,1,2,3\n",
        "日期：2026-11-21,,,,,,\n生产通知单号,工序名称,实际产量,不良,返工,报废\nMO-001,10,36,1,2,3\n",
    ] {
        for desk in [Desk::Intake, Desk::Progress] {
            let read = read("a.csv", text.as_bytes(), desk);
            assert_eq!(read.kind, Kind::Progress, "{text}");
            assert!(read.errors.is_empty(), "{:?}", read.errors);
            let row = &read.rows[0];
            let all = [row.good, row.defect, row.rework, row.scrap].map(|q| q.text());
            assert_eq!(all, ["30", "1", "2", "3"], "{text}");
            assert_eq!(row.made_on.unwrap().to_string(), "2026-11-21");
            assert_eq!(
                (row.production_no.as_str(), row.operation.as_str()),
                ("MO-001", "10")
            );
        }
    }
}

#[test]
fn a_report_on_the_command_line_is_all_or_nothing_and_may_be_taken_in_part() {
    let folder = tempfile::tempdir().unwrap();
    let db = data(folder.path());
    let file = write_file(folder.path(), "日报.csv", REPORT.as_bytes());
    let file = file.to_str().unwrap();
    let import = |more: &[&str]| {
        let start = [
            "--lang", "en", "--db", &db, "import", "--as", "progress", file,
        ];
        run(folder.path(), &[&start[..], more].concat())
    };
    let look = import(&["--dry-run", "--format", "csv"]);
    assert!(look.status.success(), "{}", said(&look));
    let lines = out(&look);
    for part in [
        "differs,4,MO-001,20,P,车缝 Sewing,good,20,28",
        "differs,4,MO-001,20,P,车缝 Sewing,defect,0,1",
        "differs,5,MO-002,10,P,裁剪 Cutting,good,,35",
        "same,3,MO-001,10",
        "ours_only,,MO-003,10",
    ] {
        assert!(lines.contains(part), "{part}\n{lines}");
    }
    let unknown = lines.lines().find(|l| l.starts_with("file_only")).unwrap();
    assert!(
        unknown.contains("MO-0O2") && unknown.contains("MO-002 (10 "),
        "{unknown}"
    );
    let refused = import(&[]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(said(&refused).contains("--partly"), "{}", said(&refused));
    let count = |db: &str| {
        let store = Store::open(Path::new(db), Access::Read, clock(MONDAY), "li").unwrap();
        store.world().unwrap()
    };
    assert_eq!(count(&db).progress.len(), 3, "nothing was written");
    let taken = import(&["--partly"]);
    assert!(taken.status.success(), "{}", said(&taken));
    let world = count(&db);
    assert_eq!(
        told(&world),
        [
            "MO-001 10 2026-11-21 30+0",
            "MO-001 20 2026-11-21 28+1",
            "MO-002 10 2026-11-21 35+0",
            "MO-003 10 2026-11-21 9+0"
        ]
    );
    assert_eq!(world.source_files.len(), 1, "kept as evidence");
    assert!(world.progress.iter().any(|p| p.note == "日报.csv 4"));
    let again = import(&["--partly"]);
    assert!(said(&again).contains("nothing to take"), "{}", said(&again));
}

#[test]
fn what_cannot_be_in_a_report_is_named_with_its_place_and_nothing_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let db = data(folder.path());
    let head = "日期,生产单,工序,实际产量,合格,不良,备注\n";
    for (row, zh, en) in [
        (
            "2026-11-21,MO-002,20,,50,,",
            "前道只转来 0 pcs",
            "passed on only 0 pcs",
        ),
        (
            "2026-11-21,MO-002,10,,106,,",
            "最多还有 105 pcs",
            "105 pcs are left",
        ),
        ("2026-11-24,MO-002,10,,6,,", "还没到", "ahead of today"),
        (",MO-002,10,,6,,", "没有日期", "has no day"),
        ("2026-11-21,MO-002,10,5,6,,", "产量 5", "5 were made"),
        (
            "2026-11-21,MO-002,,,6,,",
            "几道工序都对得上",
            "fits several operations",
        ),
        ("2026-11-21,MO-002,10,,abc,,", "abc", "abc"),
        ("2026-11-21,MO-002,10,,-6,,", "-6", "-6"),
        (
            "2026-11-21,MO-002,10,,6,,\n2026-11-21,MO-002,裁剪,,7,,",
            "第 2 行",
            "row 2",
        ),
    ] {
        let file = write_file(
            folder.path(),
            "bad.csv",
            format!("{head}{row}\n").as_bytes(),
        );
        let arguments = [
            "--db",
            &db,
            "import",
            "--as",
            "progress",
            file.to_str().unwrap(),
        ];
        crate::command_line::refuses(folder.path(), &arguments, zh, en);
    }
    // With a note it is taken.
    let file = write_file(
        folder.path(),
        "good.csv",
        format!("{head}2026-11-21,MO-002,20,,50,,另一车间裁的\n").as_bytes(),
    );
    let arguments = [
        "--db",
        &db,
        "import",
        "--as",
        "progress",
        file.to_str().unwrap(),
    ];
    let done = run(folder.path(), &arguments);
    assert!(done.status.success(), "{}", said(&done));
}

#[test]
fn a_report_on_the_screen_is_looked_at_taken_and_taken_back() {
    let folder = tempfile::tempdir().unwrap();
    let sheet = REPORT.replace("2026-11-21,,S1,MO-0O2,20,,,5,,\n", "");
    let mail = mail_with(
        "日报",
        "sew@example.com",
        "见附件",
        "day.csv",
        sheet.as_bytes(),
    );
    for (name, bytes) in [("day.csv", sheet.as_bytes().to_vec()), ("day.eml", mail)] {
        let path = write_file(folder.path(), name, &bytes);
        for (lang, counts, takes) in [
            (Lang::Zh, "按报工读：相同 1，不同 2", "写入 2 条"),
            (
                Lang::En,
                "Read as production figures: the same 1, different 2",
                "take 2",
            ),
        ] {
            let mut user = user(lang, 3, KNOWN);
            user.press("5 I")
                .write(&path.display().to_string())
                .press("enter");
            let screen = user.screen();
            assert!(
                screen.contains(counts) && screen.contains(takes),
                "{screen}"
            );
            user.press("enter");
            let after = told(&user.app.world);
            assert!(
                after.contains(&"MO-001 20 2026-11-21 28+1".to_owned()),
                "{after:?}"
            );
            assert_eq!(user.app.world.progress.len(), 5, "the old figure stays");
            user.press("u");
            assert_eq!(told(&user.app.world).len(), 3);
            assert_eq!(user.app.world.progress.len(), 3);
        }
    }
    let mut user = user(Lang::En, 1, "");
    let path = write_file(folder.path(), "x.csv", b"a,b\n1,2\n");
    user.press("5 I")
        .write(&path.display().to_string())
        .press("enter");
    assert!(
        user.screen().contains("not the columns"),
        "{}",
        user.screen()
    );
}
