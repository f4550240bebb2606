//! The files of reports, read back: every number and date by the program's own reader, by
//! LibreOffice where it is installed, and what people type never becomes a formula.

use std::path::Path;
use std::process::Command;

use gendan::domain::quantity::Micro;
use gendan::report::paper::{Cell, Column, Layout, Paper, Table, Value};
use gendan::report::write::{Format, bytes};
use gendan::report::{self, Name, Scope};
use gendan::text::Lang;
use gendan::transfer::headings::Kind;
use gendan::transfer::sheet::{self, Cell as Read, Sheet};
use gendan::transfer::{draft, values};
use proptest::prelude::*;

use crate::support::User;

const BOTH: [Lang; 2] = [Lang::Zh, Lang::En];

/// Every report that the sample factory has something for: about all orders, else about one.
fn papers(user: &User, lang: Lang) -> Vec<(Name, Paper)> {
    let world = &user.app.world;
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
    let one = |name: &Name| {
        let about = |order| report::make(*name, &Scope { order, ..scope }).ok();
        let each = || world.orders.iter().find_map(|o| about(Some(o)));
        about(None).or_else(each).map(|paper| (*name, paper))
    };
    Name::ALL.iter().filter_map(one).collect()
}

/// What a workbook or CSV holds, row by row over all its sheets, blank rows left out.
fn rows(sheets: &[Sheet]) -> Vec<&Vec<Read>> {
    let all = sheets.iter().flat_map(|s| &s.rows);
    all.filter(|row| row.iter().any(|c| !c.is_blank()))
        .collect()
}

/// The row of a table as the reader has it: trailing blanks may be missing.
fn same_row(read: &[Read], own: &[Cell], exact: bool) -> bool {
    own.iter().enumerate().all(|(at, cell)| {
        let read = read.get(at).cloned().unwrap_or_default();
        same(&read, cell, exact)
    })
}

fn same(read: &Read, own: &Cell, exact: bool) -> bool {
    let near: chrono::NaiveDate = "2026-11-23".parse().unwrap();
    match &own.value {
        Value::Date(day) => match day {
            None => read.is_blank(),
            Some(day) => values::date(read, near, values::DateOrder::Unsaid) == Ok(*day),
        },
        Value::Moment(None) => read.is_blank(),
        Value::Moment(Some(at)) => match read {
            Read::Date(day) => *day == at.date(),
            text => text.text() == own.plain(),
        },
        // A file of text has a share rounded as people read it.
        Value::Percent(_) if !exact => read.text() == own.plain(),
        Value::Text(text) => text.trim().is_empty() == read.is_blank(),
        _ => values::amount(read).map(|(n, _)| n).ok() == own.amount(),
    }
}

fn check(name: Name, paper: &Paper, sheets: &[Sheet], exact: bool) {
    let found = rows(sheets);
    let mut at = 0;
    for table in &paper.tables {
        let heads = |row: &Vec<Read>| {
            let titles = table.columns.iter().enumerate();
            let mut titles = titles.filter(|(_, c)| !c.title.trim().is_empty());
            titles.all(|(n, c)| row.get(n).is_some_and(|r| r.text() == c.title.trim()))
        };
        let Some(head) = found[at..].iter().position(|row| heads(row)) else {
            panic!("{name:?}: no headings of “{}”", table.title);
        };
        at += head + 1;
        for own in &table.rows {
            if own.iter().all(|c| c.plain().trim().is_empty()) {
                continue;
            }
            assert!(
                found.get(at).is_some_and(|read| same_row(read, own, exact)),
                "{name:?} “{}”:\n{own:?}\n{:?}",
                table.title,
                found.get(at)
            );
            at += 1;
        }
    }
}

#[test]
fn every_report_reads_back_with_equal_numbers_and_dates() {
    for lang in BOTH {
        let user = User::demo(lang);
        let papers = papers(&user, lang);
        assert!(papers.len() >= Name::ALL.len() - 1, "{}", papers.len());
        for (name, paper) in &papers {
            let book = bytes(paper, Format::Xlsx, lang).unwrap();
            check(
                *name,
                paper,
                &sheet::workbook("a.xlsx", &book).unwrap(),
                true,
            );
            let text = bytes(paper, Format::Csv, lang).unwrap();
            check(*name, paper, &[sheet::csv("a.csv", &text).unwrap()], false);
        }
    }
}

#[test]
fn the_importer_takes_the_tracking_sheet_and_finds_every_purchase_line_as_it_is() {
    for lang in BOTH {
        let user = User::demo(lang);
        let papers = papers(&user, lang);
        let (_, paper) = papers.iter().find(|(n, _)| *n == Name::Tracking).unwrap();
        for (format, file) in [(Format::Xlsx, "a.xlsx"), (Format::Csv, "a.csv")] {
            let bytes = bytes(paper, format, lang).unwrap();
            let options = draft::Options {
                kind: Some(Kind::Purchases),
                ..draft::Options::default()
            };
            let preview = gendan::transfer::read(file, &bytes, &options, user.today());
            assert!(preview.errors.is_empty(), "{:?}", preview.errors);
            assert_eq!(preview.rows.len(), paper.tables[0].rows.len());
            let evidence = draft::Evidence {
                name: file.to_owned(),
                bytes,
            };
            let world = &user.app.world;
            let joined =
                gendan::transfer::arrivals::join(world, &preview, &evidence, user.today()).unwrap();
            use gendan::transfer::join::Standing;
            let same = joined.count(Standing::Same);
            assert_eq!(
                same,
                preview.rows.len(),
                "{lang:?} {file}: {:?}",
                joined.rows
            );
        }
    }
}

#[test]
fn libreoffice_opens_every_report() {
    let found = |name: &&str| {
        let asked = Command::new(name).arg("--version").output();
        asked.is_ok_and(|out| out.status.success())
    };
    let Some(office) = ["soffice", "libreoffice"].into_iter().find(found) else {
        println!("skipped: LibreOffice is not installed");
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let mut files = Vec::new();
    for lang in BOTH {
        let user = User::demo(lang);
        for (name, paper) in papers(&user, lang) {
            for (format, ending) in [(Format::Xlsx, "xlsx"), (Format::Html, "html")] {
                let file = folder
                    .path()
                    .join(format!("{}-{lang:?}.{ending}", name.code()));
                std::fs::write(&file, bytes(&paper, format, lang).unwrap()).unwrap();
                if format == Format::Xlsx {
                    files.push(file);
                }
            }
        }
    }
    let profile = format!(
        "-env:UserInstallation=file://{}/profile",
        folder.path().display()
    );
    let done = Command::new(office)
        .args([
            profile.as_str(),
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
        ])
        .arg(folder.path())
        .args(&files)
        .output()
        .unwrap();
    for file in &files {
        let pdf = file.with_extension("pdf");
        let size = std::fs::metadata(&pdf).map(|m| m.len()).unwrap_or(0);
        assert!(size > 1_000, "{}: {done:?}", pdf.display());
        assert!(is_pdf(&pdf));
    }
}

fn is_pdf(path: &Path) -> bool {
    std::fs::read(path).unwrap().starts_with(b"%PDF")
}

/// A report of one table, its cells as given.
fn of_texts(cells: &[String]) -> Paper {
    let row = |text: &String| vec![Cell::text("k"), Cell::text(text.clone())];
    Paper {
        title: "t".into(),
        tables: vec![Table {
            title: String::new(),
            columns: vec![Column::new("a", 8).key(), Column::new("b", 8)],
            rows: cells.iter().map(row).collect(),
        }],
        layout: Layout::Pages,
        ..Paper::default()
    }
}

/// What people, programs and attackers put into a cell.
fn nasty() -> impl Strategy<Value = String> {
    let signs =
        "[=+\\-@＝＋\t\r\n |*_`<>&\"',;#\\[\\]\\\\~()$0-9a-z中文\u{202e}\u{200b}\u{1b}\u{0}]{0,16}";
    prop_oneof![
        signs.prop_map(|s: String| s),
        Just("=cmd|'/c calc'!A1".to_owned()),
        Just("  =1+1".to_owned()),
        Just("\t@SUM(A1)".to_owned()),
        Just("-".to_owned()),
        Just("<script>alert(1)</script>".to_owned()),
    ]
}

fn starts_a_formula(text: &str) -> bool {
    let trimmed = text.trim_start();
    trimmed.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
        && text.trim().chars().count() > 1
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn no_text_becomes_a_formula_acts_or_breaks_a_table(texts in prop::collection::vec(nasty(), 1..6)) {
        let paper = of_texts(&texts);
        let shown: Vec<String> = texts
            .iter()
            .map(|t| gendan::text::safe::shown_lines(t).into_owned())
            .collect();
        // A workbook holds strings; none is a formula, each is what is shown.
        let book = bytes(&paper, Format::Xlsx, Lang::Zh).unwrap();
        let sheets = sheet::workbook("a.xlsx", &book).unwrap();
        let cells = rows(&sheets);
        for (at, text) in shown.iter().enumerate() {
            let read = cells[at + 2].get(1).map(Read::text).unwrap_or_default();
            prop_assert_eq!(read, text.trim());
        }
        // A file of text has the mark before what would run, and our own reader takes it off.
        let csv = bytes(&paper, Format::Csv, Lang::Zh).unwrap();
        let text = String::from_utf8(csv.clone()).unwrap();
        let mut raw = csv::ReaderBuilder::new().flexible(true).has_headers(false)
            .from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        for record in raw.records() {
            for field in record.unwrap().iter() {
                prop_assert!(!starts_a_formula(field), "{field:?}");
                let acts = field.contains(['\u{1b}', '\u{0}', '\u{202e}', '\u{200b}']);
                prop_assert!(!acts, "{field:?}");
            }
        }
        let read = sheet::csv("a.csv", &csv).unwrap();
        let cells = rows(std::slice::from_ref(&read));
        for (at, text) in shown.iter().enumerate() {
            let read = cells[at + 2].get(1).map(Read::text).unwrap_or_default();
            prop_assert_eq!(read, text.trim(), "row {}", at);
        }
        // A page shows it as text: no tag but the page's own.
        let html = String::from_utf8(bytes(&paper, Format::Html, Lang::Zh).unwrap()).unwrap();
        prop_assert!(!html.contains("<script"));
        let cells: Vec<&str> = html.split("<td").skip(1).map(|c| c.split("</td>").next().unwrap()).collect();
        prop_assert_eq!(cells.len(), texts.len() * 2);
        for cell in cells {
            let inner = cell.split_once('>').unwrap().1;
            prop_assert!(!starts_a_formula(&inner.replace("<br>", " ")), "{inner:?}");
        }
        // A Markdown row stays one row of two cells.
        let md = String::from_utf8(bytes(&paper, Format::Markdown, Lang::Zh).unwrap()).unwrap();
        let lines: Vec<&str> = md.lines().filter(|l| l.starts_with('|')).collect();
        prop_assert_eq!(lines.len(), texts.len() + 2);
        for line in lines {
            let bare = line.replace("\\\\", "").replace("\\|", "");
            prop_assert_eq!(bare.matches('|').count(), 3, "{}", line);
        }
    }
}

#[test]
fn money_shares_and_moments_have_their_own_shapes() {
    use calamine::{Data, Reader, open_workbook_auto_from_rs};
    let at = gendan::domain::moment::Moment::parse("2026-11-21T09:40").unwrap();
    let row = vec![
        Cell::text("k"),
        Cell::of(Value::Money("1234.5".parse().unwrap())),
        Cell::percent(Some("0.125".parse().unwrap())),
        Cell::of(Value::Moment(Some(at))),
        Cell::of(Value::Qty(Micro::whole(1200))),
    ];
    let titles = ["a", "b", "c", "d", "e"];
    let paper = Paper {
        title: "t".into(),
        tables: vec![Table {
            title: String::new(),
            columns: titles.map(|t| Column::new(t, 8)).to_vec(),
            rows: vec![row],
        }],
        ..Paper::default()
    };
    let csv = String::from_utf8(bytes(&paper, Format::Csv, Lang::En).unwrap()).unwrap();
    assert!(
        csv.contains("k,1234.50,12.5%,2026-11-21 09:40,1200"),
        "{csv}"
    );
    let book = bytes(&paper, Format::Xlsx, Lang::En).unwrap();
    let mut book = open_workbook_auto_from_rs(std::io::Cursor::new(book)).unwrap();
    let page = book.worksheet_range("t").unwrap();
    let cells: Vec<&Data> = page.rows().next_back().unwrap().iter().collect();
    assert_eq!(cells[1], &Data::Float(1234.5));
    assert_eq!(cells[2], &Data::Float(0.125));
    assert_eq!(
        cells[3].as_datetime_text(),
        "2026-11-21 09:40:00",
        "{:?}",
        cells[3]
    );
}

trait AsText {
    fn as_datetime_text(&self) -> String;
}

impl AsText for calamine::Data {
    fn as_datetime_text(&self) -> String {
        use calamine::DataType;
        self.as_datetime()
            .map(|d| d.to_string())
            .unwrap_or_default()
    }
}
