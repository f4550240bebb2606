//! The page and the part by keys, the lists, the claim sheet.

use gendan::domain::rule::ledger::Charge;
use gendan::panel::PartKind;
use gendan::report::write::{Format, bytes};
use gendan::report::{self, Name, Scope};
use gendan::text::Lang;
use gendan::theme::{Styles, SymbolSet, Theme, ThemeName};

use crate::command_line::{factory, out, run, said};
use crate::support::User;

const BOTH: [Lang; 2] = [Lang::Zh, Lang::En];

/// The sample factory ten days later, with nothing done meanwhile: everything open is late.
fn late(lang: Lang) -> User {
    let mut user = User::demo(lang);
    let later = user.today() + chrono::Days::new(30);
    user.sleep_until(later);
    user
}

#[test]
fn the_ledgers_of_the_sample_factory_add_up() {
    for mut user in [User::demo(Lang::En), late(Lang::En)] {
        let app = &user.app;
        let all = gendan::app::ledger::all(&app.world, &app.outlook, app.cx().today());
        assert!(!all.is_empty());
        for one in &all {
            let sum: i64 = one.charges.iter().map(Charge::days).sum();
            assert_eq!(sum, one.late.days());
        }
        let _ = user.screen();
    }
}

#[test]
fn the_page_goes_from_the_chart_to_an_order_to_its_evidence() {
    for (lang, supplier, month, evidence) in [
        (Lang::Zh, "供应商", "按月份", "PO-0214/1"),
        (Lang::En, "Supplier", "by month", "PO-0214/1"),
    ] {
        for size in [(80, 24), (160, 45)] {
            let mut user = late(lang);
            user.size = size;
            user.press("6 L");
            let shown = user.screen();
            assert!(shown.contains(supplier) && shown.contains('%'), "{shown}");
            user.press("left");
            assert!(user.screen().contains(month), "{}", user.screen());
            user.press("right p");
            assert!(user.screen().contains("2026"), "{}", user.screen());
            user.press("p p p p p right");
            let chart = user.screen();
            assert!(
                chart.contains("Hengfeng")
                    || chart.contains("恒丰")
                    || chart.contains("YKK")
                    || chart.contains("拉链"),
                "{chart}"
            );
            // Undo, filter and other panel keys mean nothing here.
            let changes = user.app.journal.len();
            user.press("u x / R");
            assert_eq!(user.app.journal.len(), changes);
            assert_eq!(user.screen(), chart);
            user.press("left");
            let mut found = false;
            for _ in 0..6 {
                if user
                    .screen()
                    .lines()
                    .any(|l| l.contains('▸') && l.contains(supplier))
                {
                    found = true;
                    break;
                }
                user.press("down");
            }
            assert!(found, "{}", user.screen());
            user.press("enter");
            assert!(user.screen().contains("SO-0105"), "{}", user.screen());
            while !user
                .screen()
                .lines()
                .any(|l| l.contains('▸') && l.contains("SO-0105"))
            {
                user.press("down");
            }
            user.press("enter");
            assert!(user.screen().contains(evidence), "{}", user.screen());
            user.press("esc esc esc");
            assert!(user.app.overlays.is_empty());
        }
    }
}

#[test]
fn the_part_shows_the_days_of_the_exceptions_order_and_enter_goes_to_the_fact() {
    for lang in BOTH {
        let mut user = late(lang);
        user.size = (160, 45);
        user.press("6").row("EX-0103").part(PartKind::Ledger);
        user.row("PO-0214/1").press("enter");
        let spot = user.app.board().unwrap().spot();
        let zipper = user.app.world.purchases.get(spot.part_row).unwrap();
        assert_eq!(
            (spot.part, zipper.no.as_str()),
            (PartKind::Purchases, "PO-0214")
        );
        // Days nobody can explain have no evidence to go to.
        let mut user = late(lang);
        user.press("6")
            .row("EX-0105")
            .part(PartKind::Ledger)
            .press("enter");
        assert!(!user.note().is_empty());
    }
}

#[test]
fn an_empty_file_says_so_and_plain_characters_draw_the_bars() {
    for (lang, empty) in [(Lang::Zh, "没有迟交的天数"), (Lang::En, "No late days")] {
        let mut user = User::new(lang);
        user.press("6 L");
        assert!(user.screen().contains(empty), "{}", user.screen());
        user.press("left enter esc");
        assert!(user.app.overlays.is_empty());
        let mut user = late(lang);
        user.app.styles = Styles::new(&Theme::named(ThemeName::default()), SymbolSet::Ascii);
        user.press("6 L");
        let shown = user.screen();
        assert!(shown.contains("###") && !shown.contains('█'), "{shown}");
    }
}

#[test]
fn a_hold_is_charged_by_the_journal_and_not_once_it_is_undone() {
    use gendan::domain::rule::ledger::Why;
    let mut user = late(Lang::En);
    user.press("1")
        .row("SO-0102")
        .press("h")
        .fill("reason", "deposit missing")
        .save();
    let later = user.today() + chrono::Days::new(6);
    user.sleep_until(later);
    let held = |user: &User| {
        let app = &user.app;
        let all = gendan::app::ledger::all(&app.world, &app.outlook, app.cx().today());
        let no = |id| app.world.orders.get(id).unwrap().no.clone();
        let found = all.into_iter().filter(|l| no(l.order_id) == "SO-0102");
        let charges = found.flat_map(|l| l.charges);
        charges
            .filter(|c| c.why == Why::OrderHeld)
            .map(|c| c.days())
            .sum::<i64>()
    };
    assert_eq!(held(&user), 6);
    user.press("u");
    assert_eq!(held(&user), 0, "{}", user.note());
}

#[test]
fn lists_and_reports_tell_the_same_days() {
    let (folder, db) = factory();
    let list = |arguments: &[&str]| {
        let mut all = vec!["--db", &db, "--at", "2026-12-23T08:00", "--lang", "en"];
        all.extend(arguments);
        run(folder.path(), &all)
    };
    let days = list(&["list", "ledger", "--format", "json"]);
    assert!(days.status.success(), "{}", said(&days));
    let rows: Vec<serde_json::Value> = serde_json::from_str(&out(&days)).unwrap();
    let sum = |rows: &[serde_json::Value]| {
        rows.iter()
            .map(|r| r["days"].as_i64().unwrap())
            .sum::<i64>()
    };
    let bars = list(&["list", "pareto", "--format", "json"]);
    let bars: Vec<serde_json::Value> = serde_json::from_str(&out(&bars)).unwrap();
    assert!(sum(&rows) > 0 && sum(&rows) == sum(&bars));
    let one = list(&["list", "ledger", "--order", "SO-0105", "--format", "json"]);
    let one: Vec<serde_json::Value> = serde_json::from_str(&out(&one)).unwrap();
    assert!(one.iter().all(|r| r["order"] == "SO-0105") && sum(&one) > 0);
    assert!(
        one.iter()
            .any(|r| r["charged_to"] == "supplier" && r["evidence"] == "PO-0214/1")
    );
    let suppliers = list(&["list", "pareto", "--by", "supplier"]);
    assert!(out(&suppliers).contains("exceptions"));
    let turned = list(&[
        "list",
        "ledger",
        "--from",
        "2026-12-02",
        "--to",
        "2026-12-01",
    ]);
    assert!(!turned.status.success() && said(&turned).contains("ends before"));
    let file = folder.path().join("claim.md").display().to_string();
    let nobody = list(&["report", "claim", "--partner", "nobody", "-o", &file]);
    assert!(!nobody.status.success() && said(&nobody).contains("nobody"));
    for (name, shows, more) in [
        ("claim", "PO-0210/1", ["--partner", "S03"]),
        ("ledger", "PO-0214/1", ["--order", "SO-0105"]),
    ] {
        let mut arguments = vec!["report", name];
        arguments.extend(more);
        arguments.extend(["-o", &file]);
        let made = list(&arguments);
        assert!(made.status.success(), "{}", said(&made));
        let text = std::fs::read_to_string(&file).unwrap();
        assert!(text.contains(shows) && text.contains("SO-0105"), "{text}");
    }
}

#[test]
fn a_claim_shows_what_was_agreed_what_came_and_what_was_said() {
    for (lang, first, open) in [
        (Lang::Zh, "首次回复", "尚未到齐"),
        (Lang::En, "first promise", "not complete yet"),
    ] {
        let user = late(lang);
        let scope = Scope {
            partner: "s03",
            world: &user.app.world,
            outlook: &user.app.outlook,
            now: user.app.store.clock().now(),
            today: user.today(),
            lang,
            order: None,
            from: None,
            to: None,
        };
        let paper = report::make(Name::Claim, &scope).unwrap();
        for format in [Format::Markdown, Format::Html, Format::Csv] {
            let text = String::from_utf8(bytes(&paper, format, lang).unwrap()).unwrap();
            assert!(text.contains(first) && text.contains(open), "{text}");
            assert!(
                text.contains("EX-0103") && !text.contains("PO-0211"),
                "{text}"
            );
        }
        assert!(bytes(&paper, Format::Xlsx, lang).is_ok());
        let customer = Scope {
            partner: "C01",
            ..scope
        };
        // Against a customer no supplier's line is shown.
        if let Ok(paper) = report::make(Name::Claim, &customer) {
            let text = bytes(&paper, Format::Markdown, lang).unwrap();
            assert!(!String::from_utf8(text).unwrap().contains("PO-02"));
        }
    }
}
