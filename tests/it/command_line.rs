//! The built program on the command line: data on standard output, one clear sentence otherwise.

use std::path::Path;
use std::process::{Command, Output};

use gendan::domain::moment::Moment;
use gendan::transfer::sample;

use crate::support::{MONDAY, write_file};

pub(crate) fn run(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gendan"));
    command
        .args(arguments)
        .env("GENDAN_NOW", MONDAY)
        .env("HOME", folder)
        .env_remove("GENDAN_DB");
    for name in ["XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"] {
        command.env(name, folder);
    }
    command.stdin(std::process::Stdio::null()).output().unwrap()
}

pub(crate) fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

pub(crate) fn said(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// A folder with the sample factory brought in from its interchange file.
pub(crate) fn factory() -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let text = sample::sample(Moment::parse(MONDAY).unwrap());
    let file = write_file(folder.path(), "factory.json", text.as_bytes());
    let db = folder.path().join("a.db").display().to_string();
    let done = run(
        folder.path(),
        &["--db", &db, "import", file.to_str().unwrap()],
    );
    assert!(done.status.success(), "{}", said(&done));
    (folder, db)
}

#[test]
fn an_export_brought_into_an_empty_file_is_exported_the_same() {
    let (folder, db) = factory();
    let first = run(folder.path(), &["--db", &db, "export"]);
    assert!(first.status.success());
    let copy = write_file(folder.path(), "copy.json", &first.stdout);
    let other = folder.path().join("b.db").display().to_string();
    assert!(
        run(
            folder.path(),
            &["--db", &other, "import", copy.to_str().unwrap()]
        )
        .status
        .success()
    );
    let target = folder.path().join("again.json");
    let second = run(
        folder.path(),
        &["--db", &other, "export", "-o", target.to_str().unwrap()],
    );
    assert!(second.status.success() && second.stdout.is_empty());
    assert!(
        std::fs::read(target).unwrap() == first.stdout,
        "byte for byte"
    );
}

#[test]
fn every_list_prints_a_table_csv_and_json() {
    let (folder, db) = factory();
    let lists = [
        "today",
        "orders",
        "points",
        "documents",
        "queries",
        "schedule",
        "production",
        "load",
        "requirements",
        "purchases",
        "kits",
        "progress",
        "shipments",
        "exceptions",
        "journal",
    ];
    for list in lists {
        let json = run(
            folder.path(),
            &[
                "--db", &db, "--lang", "en", "list", list, "--format", "json",
            ],
        );
        assert!(json.status.success(), "{list}: {}", said(&json));
        let rows: serde_json::Value = serde_json::from_str(&out(&json)).unwrap();
        assert!(!rows.as_array().unwrap().is_empty(), "{list} is empty");
        let csv = run(
            folder.path(),
            &["--db", &db, "list", list, "--format", "csv"],
        );
        assert!(out(&csv).lines().count() > 1, "{list}");
        let table = run(folder.path(), &["--db", &db, "list", list]);
        assert!(out(&table).lines().count() > 1, "{list}");
    }
    let one = run(
        folder.path(),
        &[
            "--db", &db, "list", "orders", "--order", "SO-0110", "--format", "json",
        ],
    );
    assert_eq!(
        serde_json::from_str::<serde_json::Value>(&out(&one))
            .unwrap()
            .as_array()
            .unwrap()
            .len(),
        1
    );
    let some = run(
        folder.path(),
        &[
            "--db", &db, "list", "orders", "--filter", "nordvik", "--format", "csv",
        ],
    );
    assert!(out(&some).lines().skip(1).all(|l| l.contains("Nordvik")));
}

#[test]
fn plan_promise_requirements_and_kits_hold_what_programs_rely_on() {
    let (folder, db) = factory();
    let json = |arguments: &[&str]| {
        let all: Vec<&str> = ["--db", &db]
            .into_iter()
            .chain(arguments.iter().copied())
            .collect();
        let output = run(folder.path(), &all);
        assert!(output.status.success(), "{}", said(&output));
        serde_json::from_str::<serde_json::Value>(&out(&output)).unwrap()
    };
    let has = |value: &serde_json::Value, keys: &[&str]| {
        let own = value.as_object().unwrap();
        keys.iter()
            .for_each(|key| assert!(own.contains_key(*key), "{key} in {value}"));
    };
    let plan = json(&["plan", "--format", "json"]);
    has(
        &plan["totals"],
        &["orders", "late", "weighted_late_days", "utilisation"],
    );
    let made = plan["production_orders"].as_array().unwrap();
    has(
        &made[0],
        &["no", "start", "finish", "due", "late_days", "operations"],
    );
    let operation = made
        .iter()
        .find_map(|m| m["operations"].as_array().unwrap().first())
        .unwrap();
    has(
        operation,
        &["seq", "work_centre", "line", "start", "end", "why"],
    );
    has(&operation["why"], &["kind", "by"]);
    let promise = json(&["promise", "SO-0109", "--format", "json"]);
    has(
        &promise,
        &["date", "quantity_by_date", "chain", "next_chains", "levers"],
    );
    has(&promise["chain"][0], &["what", "from", "to", "why"]);
    let needs = json(&["list", "requirements", "--format", "json"]);
    has(
        &needs[0],
        &[
            "item",
            "need_date",
            "gross",
            "from_stock",
            "from_on_order",
            "net",
            "buy_or_make",
            "qty_planned",
            "release_date",
            "rule",
            "pegs",
        ],
    );
    let kits = json(&["list", "kits", "--format", "json"]);
    has(
        &kits[0],
        &[
            "production_order",
            "needed_sets",
            "buildable_sets",
            "item_rate",
            "kit_ready_date",
            "blocking",
        ],
    );
    let again = json(&["plan", "--format", "json"]);
    assert_eq!(plan, again, "the same data gives the same plan");
    assert!(
        run(folder.path(), &["--db", &db, "plan", "--accept"])
            .status
            .success()
    );
    assert_eq!(
        json(&["list", "journal", "--format", "json"])[0]["kind"],
        "edit"
    );
}

/// Runs in both languages; the sentences differ, the code is 1, nothing is on standard output.
pub(crate) fn refuses(folder: &Path, arguments: &[&str], zh: &str, en: &str) {
    for (lang, part) in [("zh-CN", zh), ("en", en)] {
        let all: Vec<&str> = ["--lang", lang]
            .into_iter()
            .chain(arguments.iter().copied())
            .collect();
        let output = run(folder, &all);
        assert_eq!(
            output.status.code(),
            Some(1),
            "{arguments:?}: {}",
            said(&output)
        );
        assert!(output.stdout.is_empty());
        assert!(
            said(&output).contains(part),
            "{} lacks {part}",
            said(&output)
        );
    }
}

#[test]
fn what_cannot_be_done_is_said_in_one_clear_sentence() {
    let (folder, db) = factory();
    let at =
        |name: &str, bytes: &[u8]| write_file(folder.path(), name, bytes).display().to_string();
    let before = run(folder.path(), &["--db", &db, "export"]).stdout;

    let text = at("text.db", b"this is no database but a text of some length");
    refuses(
        folder.path(),
        &["--db", &text, "list", "orders"],
        "不是数据库",
        "not a database",
    );
    let below = format!("{text}/below/a.db");
    refuses(
        folder.path(),
        &["--db", &below, "list", "orders"],
        "打不开",
        "Cannot open",
    );
    let newer = folder.path().join("newer.db").display().to_string();
    std::fs::copy(&db, &newer).unwrap();
    let raw = rusqlite::Connection::open(&newer).unwrap();
    raw.pragma_update(None, "user_version", 99).unwrap();
    drop(raw);
    refuses(
        folder.path(),
        &["--db", &newer, "list", "orders"],
        "更新的版本",
        "newer version",
    );
    refuses(
        folder.path(),
        &["--db", &db, "promise", "SO-9"],
        "SO-9",
        "SO-9",
    );
    refuses(
        folder.path(),
        &["--db", &db, "import", "/no/such/file.eml"],
        "读不了",
        "Cannot read",
    );

    let broken: &[(&str, &[u8], &str, &str)] = &[
        (
            "a.json",
            b"{\"format\": \"gendan/1\", \"orders\": [",
            "没有导入",
            "Nothing was imported",
        ),
        (
            "b.json",
            b"{\"format\": \"gendan/1\", \"ordres\": []}",
            "ordres",
            "ordres",
        ),
        (
            "c.json",
            b"{\"format\":\"gendan/1\",\"items\":[{\"code\":\"Z\",\"on_hand\":\"1e30\"}]}",
            "items[0].on_hand",
            "items[0].on_hand",
        ),
        (
            "d.csv",
            "订单号,货号,数量\nZ-1,A,-4\n".as_bytes(),
            "C2",
            "C2",
        ),
        (
            "e.csv",
            b"nothing,that,is,known\n1,2,3,4\n",
            "--map",
            "--map",
        ),
        ("f.xlsx", b"PK\x03\x04 broken", "损坏", "damaged"),
        ("g.eml", b"no mail", "邮件读不了", "mail cannot be read"),
        ("h.pdf", b"%PDF-1.4", "登记为单据", "file it as a document"),
    ];
    for (name, bytes, zh, en) in broken {
        refuses(
            folder.path(),
            &["--db", &db, "import", &at(name, bytes)],
            zh,
            en,
        );
    }
    assert!(
        run(folder.path(), &["--db", &db, "export"]).stdout == before,
        "nothing half done"
    );
    let usage = run(folder.path(), &["--db", &db, "list", "everything"]);
    assert_eq!(usage.status.code(), Some(2));
}

#[test]
fn an_order_file_is_looked_at_first_and_brought_in_by_a_mapping() {
    let (folder, db) = factory();
    let csv = write_file(
        folder.path(),
        "po.csv",
        b"Ref,Goods,How many,Want by\nR-1,Angle bracket,300 pcs,2027-02-01\n",
    );
    let map = write_file(
        folder.path(),
        "map.toml",
        "Ref = \"order_no\"\n\"How many\" = \"qty\"\n\"Want by\" = \"requested_date\"\n".as_bytes(),
    );
    let (csv, map) = (csv.display().to_string(), map.display().to_string());
    let dry = run(
        folder.path(),
        &[
            "--db",
            &db,
            "--lang",
            "en",
            "import",
            &csv,
            "--map",
            &map,
            "--dry-run",
        ],
    );
    assert!(
        dry.status.success() && said(&dry).contains("orders: 1"),
        "{}",
        said(&dry)
    );
    let count = |db: &str| {
        out(&run(
            folder.path(),
            &["--db", db, "list", "orders", "--format", "csv"],
        ))
        .lines()
        .count()
    };
    let before = count(&db);
    assert!(
        run(folder.path(), &["--db", &db, "import", &csv, "--map", &map])
            .status
            .success()
    );
    assert_eq!(count(&db), before + 1);
    // The same again changes nothing; the headings are remembered.
    let again = run(
        folder.path(),
        &["--db", &db, "--lang", "en", "import", &csv],
    );
    assert!(again.status.success(), "{}", said(&again));
    assert!(said(&again).contains("nothing differs"), "{}", said(&again));
    assert_eq!(count(&db), before + 1);
    let changed = write_file(
        folder.path(),
        "new.csv",
        b"Ref,Goods,How many,Want by\nR-1,Angle bracket,500 pcs,2027-02-01\nR-2,Angle bracket,5,2027-02-01\n",
    );
    let changed = changed.display().to_string();
    refuses(
        folder.path(),
        &["--db", &db, "import", &changed],
        "R-1 有更改 1 处",
        "R-1 changes in: 1",
    );
    assert_eq!(count(&db), before + 1, "nothing of the file is brought in");
    let american = write_file(
        folder.path(),
        "us.csv",
        b"Ref,Goods,How many,Want by\nR-9,Angle bracket,5,3/4/2027\n",
    );
    let american = american.display().to_string();
    let import = ["--db", &db, "import", &american];
    refuses(folder.path(), &import, "分不清日和月", "which is the day");
    let said = run(
        folder.path(),
        &[&import[..], &["--dates", "month-first"]].concat(),
    );
    assert!(said.status.success());
    let listed = out(&run(
        folder.path(),
        &[
            "--db", &db, "list", "orders", "--format", "csv", "--order", "R-9",
        ],
    ));
    assert!(listed.contains("2027-03-04"), "{listed}");
}

#[test]
fn a_report_is_written_whole_or_refused_in_a_sentence() {
    let (folder, db) = factory();
    for name in ["q.xlsx", "q.csv", "q.md", "q.html"] {
        let path = folder.path().join(name);
        let path_text = path.display().to_string();
        let done = run(
            folder.path(),
            &["--db", &db, "report", "query-sheet", "-o", &path_text],
        );
        assert!(done.status.success(), "{}", said(&done));
        assert!(std::fs::metadata(&path).unwrap().len() > 100);
    }
    let at = |name: &str| folder.path().join(name).display().to_string();
    let refuse = |arguments: &[&str], zh: &str, en: &str| {
        refuses(
            folder.path(),
            &[&["--db", &db, "report"], arguments].concat(),
            zh,
            en,
        );
    };
    refuse(&["tea", "-o", &at("a.md")], "query-sheet", "change-notice");
    refuse(&["change-notice", "-o", &at("a.md")], "--order", "--order");
    refuse(&["query-sheet", "-o", &at("a.pdf")], ".xlsx", ".xlsx");
    refuse(
        &["query-sheet", "--order", "SO-1", "-o", &at("a.md")],
        "SO-1",
        "SO-1",
    );
    refuse(
        &["query-sheet", "--year", "1999", "-o", &at("a.md")],
        "没有内容",
        "nothing to write",
    );
    refuse(
        &["exception", "--no", "EX-1", "-o", &at("a.md")],
        "EX-1",
        "EX-1",
    );
    refuse(&["kits", "-o", &at("no/a.md")], "no/a.md", "no/a.md");
    assert!(
        !folder.path().join("a.md").exists(),
        "nothing is written on a refusal"
    );
}

#[test]
fn a_report_handed_over_by_command_is_remembered_and_marked_the_next_time() {
    let (folder, db) = factory();
    let file = folder.path().join("a.csv");
    let report = |lang: &str, name: &str, more: &[&str]| {
        let path = file.display().to_string();
        let base = ["--db", &db, "--lang", lang, "report", name, "-o", &path];
        let done = run(folder.path(), &[&base, more].concat());
        assert!(done.status.success(), "{}", said(&done));
        assert!(done.stdout.is_empty() && !said(&done).contains('\u{1b}'));
        (said(&done), std::fs::read_to_string(&file).unwrap())
    };
    let rows = || {
        let list = run(
            folder.path(),
            &["--db", &db, "list", "handovers", "--format", "json"],
        );
        let rows: serde_json::Value = serde_json::from_str(&out(&list)).unwrap();
        rows.as_array().unwrap().clone()
    };
    let before = rows().len();
    let (plain, first) = report("en", "order-status", &[]);
    assert!(!plain.contains("handed") && rows().len() == before);
    let (words, again) = report("en", "order-status", &["--handed-to", "sales"]);
    assert!(words.contains("first time"), "{words}");
    assert_eq!(again, first, "the first time nothing is marked");
    assert_eq!(rows().len(), before + 1);
    assert_eq!(rows()[0]["report"], "order-status");
    assert_eq!(rows()[0]["handed_to"], "sales");
    let (words, again) = report("en", "order-status", &["--handed-to", "Sales"]);
    assert!(words.contains("nothing has changed"), "{words}");
    assert!(again.contains("Changed since"), "{again}");
    let (words, _) = report("zh-CN", "order-status", &["--handed-to", "sales"]);
    assert!(words.contains("没有比较"), "{words}");
    // One exception by its number, and its hand-overs apart from those of others.
    let (_, one) = report(
        "en",
        "exception",
        &["--no", "EX-0103", "--handed-to", "sales"],
    );
    assert!(one.contains("5W2H") && one.contains("EX-0103"), "{one}");
    assert_eq!(rows()[0]["report"], "exception EX-0103");
    let (words, _) = report(
        "en",
        "exception",
        &["--no", "EX-0104", "--handed-to", "sales"],
    );
    assert!(words.contains("first time"), "{words}");
    let (_, all) = report("zh-CN", "exception", &[]);
    assert!(
        all.contains("异常一览") && all.contains("按原因归类"),
        "{all}"
    );
    // What was handed over goes along in the interchange file.
    let export = run(folder.path(), &["--db", &db, "export"]);
    assert!(out(&export).contains("exception EX-0104"));
}

#[test]
fn a_copy_is_made_checked_and_put_back() {
    let (folder, db) = factory();
    let copy = folder.path().join("copy.db").display().to_string();
    assert!(
        run(folder.path(), &["--db", &db, "backup", &copy])
            .status
            .success()
    );
    assert!(
        run(folder.path(), &["--db", &copy, "check", "--deep"])
            .status
            .success()
    );
    let before = run(folder.path(), &["--db", &db, "export"]).stdout;
    assert!(
        run(folder.path(), &["--db", &db, "plan", "--accept"])
            .status
            .success()
    );
    assert!(run(folder.path(), &["--db", &db, "export"]).stdout != before);
    assert!(
        run(folder.path(), &["--db", &db, "restore", &copy])
            .status
            .success()
    );
    assert!(run(folder.path(), &["--db", &db, "export"]).stdout == before);
    let shell = run(folder.path(), &["completions", "bash"]);
    assert!(out(&shell).contains("gendan"));
}
