//! Reports, expected papers and what answers do: from the command line and by keys.

use std::io::Cursor;

use calamine::{Data, DataType, Reader, open_workbook_auto_from_rs};
use gendan::domain::codes::{DocumentKind, DocumentState};
use gendan::domain::rule::{intake, query};
use gendan::panel::PartKind;
use gendan::report::write::{Format, bytes};
use gendan::report::{self, Lacks, Name, Scope};
use gendan::text::{Lang, refusal};

use crate::support::User;

const BOTH: [Lang; 2] = [Lang::Zh, Lang::En];

fn scope<'a>(user: &'a User, lang: Lang, order: Option<&str>) -> Scope<'a> {
    let world = &user.app.world;
    Scope {
        partner: "",
        world,
        outlook: &user.app.outlook,
        now: user.app.store.clock().now(),
        today: user.today(),
        lang,
        order: order.map(|no| world.orders.iter().find(|o| o.no == no).unwrap()),
        from: None,
        to: None,
    }
}

fn text(paper: &report::Paper, format: Format) -> String {
    String::from_utf8(bytes(paper, format, Lang::Zh).unwrap()).unwrap()
}

#[test]
fn the_query_sheet_has_every_open_query_and_the_age_by_department() {
    for lang in BOTH {
        let user = User::demo(lang);
        let paper = report::make(Name::QuerySheet, &scope(&user, lang, None)).unwrap();
        let open: Vec<_> = user
            .app
            .world
            .queries
            .iter()
            .filter(|q| q.answered_on.is_none())
            .collect();
        assert!(!open.is_empty());
        let rows = &paper.tables[0].rows;
        assert_eq!(rows.len(), open.len());
        for q in &open {
            let row = rows.iter().find(|r| r[0].plain() == q.no).unwrap();
            assert_eq!(row[4].plain(), q.question);
            assert_eq!(row[7].plain(), query::age(q, user.today()).to_string());
        }
        // The columns of the sheet and its rows are as many; the second table adds up to the first.
        assert!(
            rows.iter()
                .all(|r| r.len() == paper.tables[0].columns.len())
        );
        let by_department: i64 = paper.tables[1]
            .rows
            .iter()
            .map(|r| r[2].plain().parse::<i64>().unwrap())
            .sum();
        assert_eq!(by_department, i64::try_from(open.len()).unwrap());
    }
}

#[test]
fn every_format_holds_every_value_of_a_report() {
    let mut user = User::demo(Lang::Zh);
    let evil = "=cmd|'/c calc'!A1 <b>*x*</b> | \"q\"";
    user.press("1")
        .row("SO-0107")
        .press("a")
        .fill("question", evil)
        .save();
    let paper = report::make(Name::QuerySheet, &scope(&user, Lang::Zh, Some("SO-0107"))).unwrap();
    let csv = text(&paper, Format::Csv);
    assert!(
        csv.starts_with('\u{feff}'),
        "spreadsheet programs read Chinese by the mark"
    );
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .has_headers(false)
        .from_reader(csv.trim_start_matches('\u{feff}').as_bytes());
    let cells: Vec<String> = reader
        .records()
        .flat_map(|r| r.unwrap().iter().map(str::to_owned).collect::<Vec<_>>())
        .collect();
    assert!(cells.contains(&format!("'{evil}")), "no formula: {cells:?}");
    let html = text(&paper, Format::Html);
    assert!(
        html.contains("&lt;b&gt;") && !html.contains("<b>"),
        "{html}"
    );
    assert!(html.contains("lang=\"zh-CN\"") && !html.contains("http"));
    let md = text(&paper, Format::Markdown);
    assert!(md.contains("\\*x\\*") && md.contains("\\|"), "{md}");
    for line in md.lines().filter(|l| l.starts_with('|')) {
        let marks = line.replace("\\|", "").matches('|').count();
        assert!(marks == 14 || marks == 7, "a row of another length: {line}");
    }
    let book = bytes(&paper, Format::Xlsx, Lang::Zh).unwrap();
    let mut book = open_workbook_auto_from_rs(Cursor::new(book)).unwrap();
    assert_eq!(book.sheet_names(), ["疑问单"]);
    let page = book.worksheet_range("疑问单").unwrap();
    let cells: Vec<&Data> = page.rows().flatten().collect();
    assert!(
        cells.contains(&&Data::String(evil.to_owned())),
        "a text, no formula"
    );
    assert!(cells.iter().any(|c| c.is_datetime()), "dates are dates");
    assert!(cells.iter().any(|c| c.is_float()), "numbers are numbers");
}

#[test]
fn the_change_notice_is_of_the_latest_amendment_and_names_who_has_to_know() {
    for lang in BOTH {
        let user = User::demo(lang);
        assert_eq!(
            report::make(Name::ChangeNotice, &scope(&user, lang, None)),
            Err(Lacks::Order)
        );
        assert_eq!(
            report::make(Name::ChangeNotice, &scope(&user, lang, Some("SO-0107"))),
            Err(Lacks::Rows)
        );
        let world = &user.app.world;
        let amended = world.amendments.iter().next().unwrap();
        let order = world.orders.get(amended.order_id).unwrap();
        let paper = report::make(Name::ChangeNotice, &scope(&user, lang, Some(&order.no))).unwrap();
        assert!(paper.head.iter().any(|(_, v)| *v == amended.reason));
        assert!(!paper.tables[0].rows.is_empty());
        assert_eq!(
            paper.tables[1].rows.len(),
            world.acknowledgements.of(amended.id).count()
        );
    }
}

#[test]
fn a_report_is_written_from_the_screen_and_wrong_entries_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    for lang in BOTH {
        let mut user = User::demo(lang);
        user.press("1").row("SO-0105").press("r");
        assert!(user.has_form());
        let said = |user: &mut User, field: &str| {
            let editor = user.app.editor().unwrap();
            let problem = editor.problem_of(field).map(|p| refusal::problem(p, lang));
            problem.unwrap_or_else(|| panic!("nothing is said at {field}"))
        };
        // Another report proposes another file.
        let before = user.app.editor().unwrap().draft()["file"].clone();
        user.press("right tab");
        assert_ne!(user.app.editor().unwrap().draft()["file"], before);
        user.press("backtab left tab");
        assert_eq!(user.app.editor().unwrap().draft()["file"], before);
        user.fill("file", "x.doc").press("ctrl-s");
        assert!(said(&mut user, "file").contains(".xlsx"));
        user.fill("order", "SO-9999").press("ctrl-s");
        assert!(!said(&mut user, "order").is_empty());
        user.fill("order", "")
            .fill("file", "/no/such/folder/a.md")
            .press("ctrl-s");
        assert!(said(&mut user, "file").contains("/no/such/folder"));
        let path = folder.path().join(format!("{lang:?}.md"));
        user.fill("file", &path.display().to_string())
            .press("ctrl-s");
        assert!(user.app.overlays.is_empty(), "{}", user.screen());
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.starts_with("# ") && text.contains("| --- |"), "{text}");
        assert!(user.note().contains(".md"), "{}", user.note());
    }
}

#[test]
fn the_papers_that_a_product_family_needs_are_the_users_to_say() {
    for lang in BOTH {
        let mut user = User::demo(lang);
        user.press("1").row("SO-0107").part(PartKind::Documents);
        let order = user
            .app
            .world
            .orders
            .iter()
            .find(|o| o.no == "SO-0107")
            .unwrap()
            .clone();
        let needed = |user: &User| intake::expected(&user.app.world, &order);
        assert_eq!(needed(&user), intake::EXPECTED);
        user.press("T");
        let form = &user.app.editor().unwrap().form;
        assert_eq!(form.fields.len(), DocumentKind::ALL.len() - 1);
        // The first paper is not needed, the drawing is.
        user.press("right");
        while user.app.editor().unwrap().focused() != "drawing" {
            user.press("tab");
        }
        user.press("left").save();
        let now = needed(&user);
        assert!(!now.contains(&DocumentKind::CustomerOrderSheet), "{now:?}");
        assert!(now.contains(&DocumentKind::Drawing), "{now:?}");
        // It holds for the family: an order of another family needs what it needed.
        let shirt = user
            .app
            .world
            .orders
            .iter()
            .find(|o| o.no == "SO-0104")
            .unwrap();
        assert_eq!(intake::expected(&user.app.world, shirt), intake::EXPECTED);
        let missing = intake::missing_documents(&user.app.world, &order);
        assert!(missing.contains(&DocumentKind::Drawing));
        user.press("u");
        assert_eq!(needed(&user), intake::EXPECTED);
    }
}

#[test]
fn an_answer_settles_a_fact_or_puts_a_paper_in_question() {
    for lang in BOTH {
        let mut user = User::demo(lang);
        let order = user
            .app
            .world
            .orders
            .iter()
            .find(|o| o.no == "SO-0105")
            .unwrap()
            .id;
        let paper = user.app.world.documents.of(order).next().unwrap().clone();
        user.press("1")
            .row("SO-0105")
            .press("a")
            .fill("question", "对吗 right?")
            .save();
        user.part(PartKind::Queries);
        let asked = user.app.world.queries.iter().map(|q| q.id).max().unwrap();
        user.row("right?")
            .press("c")
            .fill("answer", "查一下")
            .save();
        let row = user.app.world.queries.get(asked).unwrap();
        assert_eq!(query::reminders(&user.app.world, row), 1);
        user.row("right?").press("p").fill("answer", "不对 wrong");
        while user.app.editor().unwrap().focused() != "effect" {
            user.press("tab");
        }
        let wanted = query::corrects(&paper);
        for _ in 0..40 {
            if user.app.editor().unwrap().draft()["effect"] == wanted {
                break;
            }
            user.press("right");
        }
        user.save();
        let now = user.app.world.documents.get(paper.id).unwrap().state;
        assert_eq!(now, DocumentState::InQuestion);
        assert!(user.screen().contains("wrong"), "{}", user.screen());
        user.press("u");
        let now = user.app.world.documents.get(paper.id).unwrap().state;
        assert_eq!(now, paper.state);
    }
}

#[test]
fn ages_of_departments_are_counted_by_hand_on_a_small_case() {
    use gendan::domain::codes::Department;
    use gendan::domain::document::Query;
    let day = |n: u32| chrono::NaiveDate::from_ymd_opt(2026, 11, n).unwrap();
    let one = |raised, due, answered: Option<u32>| Query {
        department: Department::Technical,
        raised_on: day(raised),
        due: Some(day(due)),
        answered_on: answered.map(day),
        ..Query::default()
    };
    // Answered after 2 and 5 days; open since 10 and 3 days, the older one overdue.
    let list = [
        one(1, 5, Some(3)),
        one(2, 5, Some(7)),
        one(10, 12, None),
        one(17, 25, None),
    ];
    let ages = query::ages(list.iter(), day(20));
    let age = ages[&Department::Technical];
    assert_eq!(
        (age.asked, age.open, age.overdue, age.oldest),
        (4, 2, 1, 10)
    );
    assert_eq!(age.mean_days.unwrap().text(), "3.5");
}

#[test]
fn the_daily_report_has_the_figures_of_its_days_and_what_follows_from_them() {
    use gendan::domain::quantity::Qty;
    use gendan::domain::rule::production;
    for lang in BOTH {
        let user = User::demo(lang);
        let world = &user.app.world;
        let (from, to) = (
            user.today() - chrono::Days::new(6),
            user.today() - chrono::Days::new(1),
        );
        let scope = Scope {
            from: Some(from),
            to: Some(to),
            ..scope(&user, lang, None)
        };
        let paper = report::make(Name::DailyProgress, &scope).unwrap();
        let rows = &paper.tables[0].rows;
        let mut good = Qty::ZERO;
        for row in rows {
            assert_eq!(row.len(), paper.tables[0].columns.len());
            let made = world
                .production_orders
                .iter()
                .find(|m| m.no == row[0].plain())
                .unwrap();
            let seq: i64 = row[3].plain().parse().unwrap();
            let operation = world.operations.of(made.id).find(|o| o.seq == seq).unwrap();
            let own: Qty = production::figures(world, operation.id)
                .filter(|p| from <= p.date && p.date <= to)
                .map(|p| p.good)
                .sum();
            assert_eq!(row[9].amount(), Some(own), "{row:?}");
            let done = production::done(world, operation);
            assert_eq!(row[13].amount(), Some(done));
            assert_eq!(row[14].amount(), Some((made.qty - done).floor_zero()));
            good += own;
        }
        let all: Qty = world
            .progress
            .iter()
            .filter(|p| from <= p.date && p.date <= to)
            .filter(|p| !world.progress.iter().any(|q| q.corrects == Some(p.id)))
            .map(|p| p.good)
            .sum();
        assert_eq!(good, all, "no figure of the days is left out");
        // The chart stands on the second table: days with plan and actual.
        let (under, drawn) = paper.tables[1].chart().unwrap();
        assert_eq!((under, drawn.len()), (0, 2));
        // Without a period: the last day with a figure.
        let scope = Scope {
            from: None,
            to: None,
            ..scope
        };
        let last = world.progress.iter().map(|p| p.date).max().unwrap();
        let paper = report::make(Name::DailyProgress, &scope).unwrap();
        assert_eq!(paper.head[1].1, last.to_string());
    }
}

#[test]
fn the_status_of_orders_is_that_of_the_panels() {
    use gendan::domain::rule::delivery;
    for lang in BOTH {
        let user = User::demo(lang);
        let world = &user.app.world;
        let paper = report::make(Name::OrderStatus, &scope(&user, lang, None)).unwrap();
        let live: Vec<_> = world
            .orders
            .iter()
            .filter(|o| delivery::is_live(o) && !delivery::is_shipped(world, o))
            .collect();
        assert_eq!(paper.tables[0].rows.len(), live.len());
        for order in live {
            let rows = &paper.tables[0].rows;
            let row = rows.iter().find(|r| r[0].plain() == order.no).unwrap();
            assert_eq!(
                row[4].amount(),
                Some(delivery::order_qty(world, order).ordered)
            );
            let open = world
                .queries
                .of(order.id)
                .filter(|q| q.answered_on.is_none());
            assert_eq!(row[16].plain(), open.count().to_string());
            let due = delivery::due(world, order);
            let ends = row[13].plain().parse::<chrono::NaiveDate>().ok();
            if let Some((ends, due)) = ends.zip(due) {
                let late = (ends.max(user.today()) - due).num_days().max(0);
                assert_eq!(row[14].plain(), late.to_string(), "{}", order.no);
            }
        }
        // The calendar has a row for each order with milestones, its list one for each of them.
        let paper = report::make(Name::Milestones, &scope(&user, lang, None)).unwrap();
        let count = world
            .milestones
            .iter()
            .filter(|m| delivery::is_live(world.orders.get(m.order_id).unwrap()))
            .count();
        assert_eq!(paper.tables[1].rows.len(), count);
        let cells = paper.tables[0].rows.iter().flat_map(|r| r.iter().skip(4));
        assert_eq!(cells.filter(|c| !c.plain().is_empty()).count(), count);
    }
}
