//! The work summary: numbers against a count of the rows, the screen with its rows and texts, the
//! report, the command line, bad input.

use chrono::NaiveDate;
use gendan::domain::codes::Stage;
use gendan::domain::rule::on_time::{self, Base};
use gendan::domain::rule::summary::{self, Amount, Heading, Number, Period};
use gendan::overlay::Overlay;
use gendan::overlay::sheet::{Purpose, Sheet};
use gendan::report::{self, Name, Scope};
use gendan::text::{Lang, summary as words};

use crate::command_line::{factory, out, run, said};
use crate::support::User;

const BOTH: [Lang; 2] = [Lang::Zh, Lang::En];

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn sheet(user: &User) -> &Sheet {
    match user.app.overlays.last() {
        Some(Overlay::Sheet(sheet)) => sheet,
        other => panic!("no page is open: {other:?}"),
    }
}

/// Goes to the row of the open page that shows a text.
fn to_row<'u>(user: &'u mut User, text: &str) -> &'u mut User {
    let found = sheet(user).listing.rows.iter();
    let found = found
        .map(|r| r.cells[0].text.clone())
        .position(|t| t.contains(text));
    let at = found.unwrap_or_else(|| panic!("no row shows {text}"));
    user.press("home");
    for _ in 0..at {
        user.press("down");
    }
    user
}

#[test]
fn periods_have_names_and_neighbours() {
    let year = Period::year(2026).unwrap();
    assert_eq!(
        (year.code().as_str(), year.moved(-1)),
        ("2026", Period::year(2025))
    );
    let month = Period::month(day("2026-03-31")).unwrap();
    assert_eq!(month.code(), "2026-03");
    assert_eq!(month.moved(-1).unwrap().code(), "2026-02");
    assert_eq!(month.moved(10).unwrap().code(), "2027-01");
    let typed = Period::between(day("2026-11-01"), day("2026-11-10")).unwrap();
    assert_eq!(typed.code(), "2026-11-01..2026-11-10");
    assert_eq!(typed.moved(-1).unwrap().code(), "2026-10-22..2026-10-31");
    assert_eq!(Period::between(day("2026-11-02"), day("2026-11-01")), None);
}

#[test]
fn numbers_are_counts_of_the_rows_and_the_three_rates_stand_together() {
    let user = User::demo(Lang::Zh);
    let (world, today) = (&user.app.world, user.today());
    let period = Period::year(2026).unwrap();
    let sections = summary::sections(world, today, period);
    assert_eq!(
        sections.iter().map(|s| s.heading).collect::<Vec<_>>(),
        Heading::ALL
    );
    let figure = |number: Number| {
        let mut all = sections.iter().flat_map(|s| &s.figures);
        all.find(|f| f.number == number).unwrap()
    };
    let in_year = |d: NaiveDate| d >= day("2026-01-01") && d <= today;
    let received = world
        .orders
        .iter()
        .filter(|o| o.received_at.is_some_and(|at| in_year(at.date())));
    assert!(received.clone().count() > 5);
    assert_eq!(
        figure(Number::OrdersReceived).amount,
        Amount::Count(received.count() as i64)
    );
    let raised = world
        .exceptions
        .iter()
        .filter(|e| in_year(e.reported_at.date()))
        .count();
    assert_eq!(figure(Number::Raised).amount, Amount::Count(raised as i64));
    assert_eq!(figure(Number::Raised).rows.len(), raised);
    let placed = world
        .purchases
        .iter()
        .filter(|p| p.ordered_on.is_some_and(in_year))
        .count();
    assert_eq!(
        figure(Number::PurchasesPlaced).amount,
        Amount::Count(placed as i64)
    );
    // Every count has its rows; a share has those that missed.
    for f in sections.iter().flat_map(|s| &s.figures) {
        match f.amount {
            Amount::Count(n) if f.number != Number::PlansAccepted && f.number != Number::Chases => {
                assert_eq!(f.rows.len() as i64, n, "{:?}", f.number);
            }
            Amount::Share { part, whole } if f.number != Number::External => {
                assert_eq!(f.rows.len() as i64, whole - part, "{:?}", f.number);
            }
            Amount::Mean { of, .. } => assert_eq!(f.rows.len() as i64, of),
            _ => {}
        }
    }
    let progress = &sections[3];
    let parts = on_time::parts(world);
    for base in Base::ALL {
        let rate = on_time::rate(&parts, base, period.within(), today);
        let share = |part| Amount::Share {
            part,
            whole: rate.due,
        };
        let amount = |n| {
            progress
                .figures
                .iter()
                .find(|f| f.number == n)
                .unwrap()
                .amount
        };
        assert_eq!(
            amount(Number::InFullOnTime(base)),
            share(rate.in_full_on_time)
        );
        assert_eq!(amount(Number::OnTime(base)), share(rate.on_time));
    }
    // The year before stands beside it.
    let before = summary::sections(world, today, Period::year(2025).unwrap());
    for (now, then) in sections.iter().zip(&before) {
        for (f, old) in now.figures.iter().zip(&then.figures) {
            assert_eq!(f.before, old.amount, "{:?}", f.number);
        }
    }
}

#[test]
fn numbers_lead_to_rows_and_rows_to_the_order() {
    for lang in BOTH {
        let mut user = User::demo(lang);
        user.press("0 Y");
        let screen = user.screen();
        for text in [
            "2026",
            words::heading(Heading::Acceptance).text(lang),
            "Esc",
        ] {
            assert!(screen.contains(text), "{text}\n{screen}");
        }
        to_row(
            &mut user,
            words::number(Number::OrdersReceived).1.text(lang),
        );
        user.press("enter down");
        let rows = sheet(&user).listing.rows.clone();
        let chosen = rows[1].cells[0].text.clone();
        assert!(user.screen().contains(&chosen));
        user.press("enter");
        assert!(user.app.overlays.is_empty());
        assert_eq!(user.app.stage, Stage::Intake);
        let order = user.app.world.orders.get(user.app.order.unwrap()).unwrap();
        assert_eq!(order.no, chosen);
        // Exceptions lead to their panel; the worst cases lead to theirs.
        user.press("0 Y");
        to_row(&mut user, words::number(Number::Raised).1.text(lang));
        user.press("enter");
        let chosen = sheet(&user).listing.rows[0].cells[0].text.clone();
        user.press("enter");
        assert_eq!(user.app.stage, Stage::Exceptions);
        assert!(user.screen().contains(&chosen), "{}", user.screen());
        // A number without rows says so, and Esc leads back.
        user.press("0 Y");
        to_row(&mut user, words::number(Number::PlansAccepted).1.text(lang));
        user.press("enter");
        assert!(
            user.screen().contains(words::NO_ROWS.text(lang)),
            "{}",
            user.screen()
        );
        user.press("enter");
        assert!(matches!(sheet(&user).purpose, Purpose::Summary(_)));
    }
}

#[test]
fn the_text_starts_as_the_draft_is_kept_and_taken_back() {
    for lang in BOTH {
        let mut user = User::demo(lang);
        let heading = words::heading(Heading::Materials).text(lang);
        let period = Period::year(2026).unwrap();
        user.press("0 Y");
        to_row(&mut user, heading).press("enter");
        let draft = user.app.editor().unwrap().form.value("text").to_owned();
        assert!(
            draft.contains(words::number(Number::PurchasesPlaced).1.text(lang)),
            "{draft}"
        );
        assert!(draft.contains(words::POINTS.text(lang)), "{draft}");
        // Nothing changed is refused with a sentence, and the form stays.
        user.press("ctrl-s");
        assert!(user.has_form());
        user.press("ctrl-s ctrl-u")
            .write("材料跟进得当")
            .press("ctrl-s");
        assert!(!user.has_form(), "{}", user.screen());
        let own = summary::written(&user.app.world, period, Heading::Materials).unwrap();
        assert!(own.contains("材料跟进得当"));
        assert!(
            user.screen().contains(words::WRITTEN.text(lang)),
            "{}",
            user.screen()
        );
        assert!(user.app.journal[0].did == gendan::text::Did::SummaryWritten);
        // The report has the text; another year has none.
        let paper = report::make(Name::Summary, &scope(&user, lang, None)).unwrap();
        let all: Vec<String> = paper
            .tables
            .iter()
            .flat_map(|t| &t.rows)
            .map(|r| r[0].plain())
            .collect();
        assert!(all.iter().any(|t| t.contains("材料跟进得当")));
        assert_eq!(
            summary::written(
                &user.app.world,
                Period::year(2025).unwrap(),
                Heading::Materials
            ),
            None
        );
        user.press("esc u");
        assert_eq!(
            summary::written(&user.app.world, period, Heading::Materials),
            None
        );
        assert!(user.note().contains("2026"), "{}", user.note());
    }
}

#[test]
fn another_period_is_reached_by_arrows_and_by_typing() {
    for lang in BOTH {
        let mut user = User::demo(lang);
        user.press("0 Y left");
        assert_eq!(
            sheet(&user).purpose,
            Purpose::Summary(Period::year(2025).unwrap())
        );
        user.press("right p")
            .fill("from", "x9")
            .fill("to", "2026-10-31");
        user.fill("which", "");
        user.press("ctrl-s");
        assert!(user.has_form(), "nonsense is no date:\n{}", user.screen());
        user.fill("from", "2026-11-05").press("ctrl-s");
        assert!(
            user.screen().contains(words::END_BEFORE_START.text(lang)),
            "{}",
            user.screen()
        );
        user.fill("from", "2026-10-05").press("ctrl-s");
        let typed = Period::between(day("2026-10-05"), day("2026-10-31")).unwrap();
        assert_eq!(sheet(&user).purpose, Purpose::Summary(typed));
        user.press("p ctrl-s");
        assert_eq!(
            sheet(&user).purpose,
            Purpose::Summary(Period::year(2026).unwrap())
        );
    }
}

#[test]
fn an_empty_file_has_a_summary_of_nothing() {
    for lang in BOTH {
        let mut user = User::new(lang);
        user.press("0 Y");
        assert!(user.screen().contains("2026"), "{}", user.screen());
        user.press("enter");
        assert!(user.app.editor().unwrap().form.value("text").contains('0'));
        user.press("esc esc");
        let paper = report::make(Name::Summary, &scope(&user, lang, None)).unwrap();
        assert_eq!(paper.tables.len(), 14);
    }
}

fn scope(user: &User, lang: Lang, from: Option<NaiveDate>) -> Scope<'_> {
    Scope {
        partner: "",
        world: &user.app.world,
        outlook: &user.app.outlook,
        now: user.app.store.clock().now(),
        today: user.today(),
        lang,
        order: None,
        from,
        to: None,
    }
}

#[test]
fn the_summary_is_written_and_listed_from_the_command_line() {
    let (folder, db) = factory();
    let file = folder.path().join("s.csv").display().to_string();
    for lang in ["zh-CN", "en"] {
        let made = run(
            folder.path(),
            &[
                "--lang", lang, "--db", &db, "report", "summary", "--year", "2026", "-o", &file,
            ],
        );
        assert!(made.status.success(), "{}", said(&made));
        let text = std::fs::read_to_string(&file).unwrap();
        let word = |w: gendan::text::Word| if lang == "en" { w.en } else { w.zh };
        for heading in Heading::ALL {
            assert!(text.contains(word(words::heading(heading))), "{text}");
        }
    }
    let list = |arguments: &[&str]| {
        let mut all = vec!["--db", &db, "list", "summary", "--format", "json"];
        all.extend(arguments);
        run(folder.path(), &all)
    };
    let json = list(&["--year", "2026"]);
    assert!(json.status.success(), "{}", said(&json));
    let rows: Vec<serde_json::Value> = serde_json::from_str(&out(&json)).unwrap();
    let received = rows
        .iter()
        .find(|r| r["number"] == "orders_received")
        .unwrap();
    let behind = received["rows"].as_array().unwrap();
    assert_eq!(received["value"], behind.len().to_string());
    assert!(
        behind
            .iter()
            .all(|r| r["of"].as_str().unwrap().starts_with("SO-"))
    );
    assert_eq!(
        out(&list(&[])),
        out(&json),
        "this year where nothing is said"
    );
    let typed = list(&["--from", "2026-11-01", "--to", "2026-11-30"]);
    assert!(typed.status.success());
    let wrong = list(&["--from", "2026-11-02", "--to", "2026-11-01"]);
    assert_eq!(wrong.status.code(), Some(1));
    assert!(said(&wrong).contains("--year"), "{}", said(&wrong));
    assert_eq!(list(&["--from", "soon"]).status.code(), Some(2));
    let wrong = run(
        folder.path(),
        &[
            "--db",
            &db,
            "report",
            "summary",
            "--from",
            "2026-12-31",
            "--to",
            "2026-01-01",
            "-o",
            &file,
        ],
    );
    assert_eq!(wrong.status.code(), Some(1));
}
