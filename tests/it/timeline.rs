//! The story of an order by keys: told once, filtered, leading to its evidence.

use gendan::app::App;
use gendan::overlay::Overlay;
use gendan::panel::PartKind;
use gendan::report::write::{Format, bytes};
use gendan::report::{self, Lacks, Name, Scope};
use gendan::text::Lang;
use gendan::text::timeline::Told;

use crate::command_line::{factory, out, run, said};
use crate::support::{User, write_file};

fn story(app: &App) -> Vec<Told> {
    match app.overlays.last() {
        Some(Overlay::Timeline(page)) => page.lines().cloned().collect(),
        other => panic!("no story is open: {other:?}"),
    }
}

#[test]
fn an_imported_order_has_its_story_and_stages_and_words_filter_it() {
    for (lang, zipper, materials) in [
        (Lang::Zh, "供应商回复", "物料"),
        (Lang::En, "supplier promises", "Materials"),
    ] {
        for size in [(80, 24), (160, 45)] {
            let mut user = User::demo(lang);
            user.size = size;
            user.press("1").row("SO-0105").press("t");
            let all = story(&user.app);
            assert!(all.len() > 20);
            assert!(
                all.windows(2)
                    .all(|w| (w[0].on, w[0].time) >= (w[1].on, w[1].time))
            );
            user.press("o");
            let turned = story(&user.app);
            assert!(turned.iter().rev().eq(all.iter()));
            let first = &turned[0].text.chars().take(4).collect::<String>();
            assert!(user.screen().contains(first), "{}", user.screen());
            let mut shown = 0;
            while !user.screen().contains(&format!("{materials} "))
                || story(&user.app).len() == all.len()
            {
                user.press("right");
                shown += 1;
                assert!(shown < 8, "{}", user.screen());
            }
            let some = story(&user.app);
            let first = some[0].stage;
            assert!(some.iter().all(|t| t.stage == first) && some.len() < all.len());
            let staged = |user: &User| match user.app.overlays.last() {
                Some(Overlay::Timeline(page)) => page.stage.is_some(),
                _ => false,
            };
            while staged(&user) {
                user.press("left");
            }
            user.press("/").write("PO-0210");
            assert!(story(&user.app).iter().any(|t| t.text.contains(zipper)));
            assert!(story(&user.app).iter().all(|t| t.text.contains("PO-0210")));
            user.press("enter esc");
            assert!(matches!(
                user.app.overlays.last(),
                Some(Overlay::Timeline(_))
            ));
            user.press("esc");
            assert!(user.app.overlays.is_empty());
        }
    }
}

#[test]
fn nothing_is_told_twice_and_what_was_taken_back_is_marked() {
    for (lang, undone) in [(Lang::Zh, "已撤销"), (Lang::En, "undone")] {
        let mut user = User::demo(lang);
        user.press("1").row("SO-0105").press("t");
        let before = story(&user.app).len();
        user.press("esc a")
            .fill("question", "which zip puller")
            .fill("due", "+2")
            .save();
        user.press("t");
        let told = story(&user.app);
        assert_eq!(told.len(), before + 1, "the question and its entry are one");
        let asked = told
            .iter()
            .find(|t| t.text.contains("which zip puller"))
            .unwrap();
        assert_eq!((asked.who.as_str(), asked.time.is_some()), ("li", true));
        // Undo does nothing while the story is read.
        user.press("u");
        assert_eq!(story(&user.app).len(), before + 1);
        user.press("esc u t");
        let told = story(&user.app);
        assert_eq!(told.len(), before + 1);
        assert!(told.iter().all(|t| !t.text.contains("which zip puller")));
        assert!(told.iter().any(|t| t.undone && t.text.contains(undone)));
    }
}

#[test]
fn enter_goes_to_the_row_or_shows_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = write_file(folder.path(), "approval.txt", b"shade approved\n");
    for lang in [Lang::Zh, Lang::En] {
        let mut user = User::demo(lang);
        user.press("1").row("SO-0105").press("d");
        user.fill("title", "shade letter")
            .fill("path", file.to_str().unwrap())
            .save();
        user.press("t / s h a d e enter");
        let line = &story(&user.app)[0];
        assert!(line.file && line.evidence == "approval.txt", "{line:?}");
        user.press("enter");
        assert!(
            user.screen().contains("shade approved"),
            "{}",
            user.screen()
        );
        user.press("esc");
        assert_eq!(story(&user.app).len(), 1, "back in the story");
        user.press("esc / Q - 0 0 1 0 enter enter");
        let spot = user.app.board().unwrap().spot();
        let query = user.app.world.queries.get(spot.part_row).unwrap();
        assert_eq!(
            (spot.part, query.no.as_str()),
            (PartKind::Queries, "Q-0010")
        );
    }
}

#[test]
fn without_an_order_and_without_a_hit_it_says_so() {
    for (lang, select, none) in [
        (Lang::Zh, "先选中", "没有符合"),
        (Lang::En, "Select a row", "Nothing matches"),
    ] {
        let mut user = User::new(lang);
        user.press("t");
        assert!(user.note().contains(select), "{}", user.note());
        let mut user = User::demo(lang);
        user.press("1").row("SO-0101").press("t / z z z q enter");
        assert!(user.screen().contains(none), "{}", user.screen());
        user.press("enter");
        assert!(matches!(
            user.app.overlays.last(),
            Some(Overlay::Timeline(_))
        ));
    }
}

#[test]
fn lists_and_the_report_tell_the_same_story() {
    let (folder, db) = factory();
    let list = |arguments: &[&str]| {
        let mut all = vec!["--db", &db, "--lang", "en"];
        all.extend(arguments);
        run(folder.path(), &all)
    };
    let told = list(&["list", "timeline", "--order", "SO-0105", "--format", "json"]);
    let rows: Vec<serde_json::Value> = serde_json::from_str(&out(&told)).unwrap();
    assert!(rows.len() > 20);
    let which = list(&["list", "timeline"]);
    assert!(!which.status.success() && said(&which).contains("--order"));
    let file = folder.path().join("story.csv").display().to_string();
    let made = list(&["report", "timeline", "--order", "SO-0105", "-o", &file]);
    assert!(made.status.success(), "{}", said(&made));
    let text = std::fs::read_to_string(&file).unwrap();
    for row in &rows {
        let what = row["what"].as_str().unwrap().replace('"', "\"\"");
        assert!(text.contains(&what), "{what} is not in the report");
    }
    let user = User::demo(Lang::Zh);
    let scope = Scope {
        partner: "",
        world: &user.app.world,
        outlook: &user.app.outlook,
        now: user.app.store.clock().now(),
        today: user.today(),
        lang: Lang::Zh,
        order: None,
        from: None,
        to: None,
    };
    assert_eq!(report::make(Name::Timeline, &scope), Err(Lacks::Order));
    let order = user.app.world.orders.iter().find(|o| o.no == "SO-0105");
    let paper = report::make(Name::Timeline, &Scope { order, ..scope }).unwrap();
    let text = String::from_utf8(bytes(&paper, Format::Markdown, Lang::Zh).unwrap()).unwrap();
    assert!(
        text.contains("收到订单") && text.contains("EX-0103"),
        "{text}"
    );
}
