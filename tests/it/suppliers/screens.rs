//! Chasing by keys, and what reports and lists say of it.

use gendan::domain::codes::{ChaseResult, Firmness, Subject};
use gendan::domain::followup::Chase;
use gendan::domain::purchase::Purchase;
use gendan::panel::PartKind;
use gendan::report::write::{Format, bytes};
use gendan::report::{self, Name, Scope};
use gendan::text::Lang;

use crate::support::User;

const BOTH: [Lang; 2] = [Lang::Zh, Lang::En];

fn chases(lang: Lang) -> User {
    let mut user = User::demo(lang);
    user.size = (160, 45);
    user.press("4 end").part(PartKind::Chases).press("home");
    user
}

fn line(user: &User, no: &str) -> Purchase {
    let mut all = user.app.world.purchases.iter();
    let (no, line) = no.split_once('/').unwrap();
    let found = all.find(|p| p.no == no && p.line.to_string() == line);
    found.unwrap().clone()
}

fn place(user: &User, id: i64) -> usize {
    let mut list = user.app.outlook.chases.iter();
    list.position(|l| l.purchase_id == id).unwrap()
}

#[test]
fn a_chase_is_logged_with_its_answer_and_the_line_waits_until_the_day_agreed() {
    for lang in BOTH {
        let mut user = chases(lang);
        let zipper = line(&user, "PO-0210/1");
        assert_eq!(
            place(&user, zipper.id),
            0,
            "three times moved and still open: the worst"
        );
        let before = user.app.world.promises.of(zipper.id).count();
        // “Rescheduled” without a day is refused, and what was typed stays.
        user.press("c right")
            .fill("answer", "plating again")
            .press("ctrl-s");
        assert!(user.has_form() && user.screen().contains("plating again"));
        user.fill("new_date", "+4").fill("next_on", "+2").save();
        let spot = user.app.board().unwrap().spot();
        assert_eq!(
            (spot.row, spot.part),
            (-1, PartKind::Chases),
            "the list goes on"
        );
        let promises: Vec<_> = user.app.world.promises.of(zipper.id).collect();
        assert_eq!(promises.len(), before + 1, "the words before it stay");
        assert_eq!(
            promises[before].firmness,
            Firmness::Written,
            "a chat can be shown again"
        );
        let about = |c: &&Chase| c.subject == Subject::Purchase && c.subject_id == zipper.id;
        let chase = user.app.world.chases.iter().rfind(about).unwrap();
        assert_eq!(chase.result, ChaseResult::Rescheduled);
        let shown = &user.app.outlook.chases[place(&user, zipper.id)];
        assert!(shown.hold.is_some(), "asked, and a day agreed");
        assert!(place(&user, zipper.id) > 0, "those that wait come last");
        let said = match lang {
            Lang::Zh => "约好 11-25 再催",
            Lang::En => "ask again 11-25",
        };
        assert!(user.screen().contains(said), "{}", user.screen());
        user.press("u");
        assert_eq!(user.app.world.promises.of(zipper.id).count(), before);
        assert_eq!(place(&user, zipper.id), 0);
    }
}

#[test]
fn a_part_is_promised_with_its_quantity_and_no_more_than_is_open() {
    let mut user = chases(Lang::En);
    let zipper = line(&user, "PO-0210/1");
    user.press("c right right")
        .fill("new_date", "+1")
        .press("ctrl-s");
    assert!(user.has_form(), "a part needs its quantity");
    user.fill("qty", "1301").press("ctrl-s");
    assert!(
        user.screen().contains("more than is open"),
        "{}",
        user.screen()
    );
    user.fill("qty", "500").save();
    let said = user.app.world.promises.of(zipper.id).next_back().unwrap();
    assert_eq!(said.qty.text(), "500");
}

#[test]
fn one_message_has_every_open_line_of_the_supplier() {
    for (lang, thanks) in [(Lang::Zh, "谢谢"), (Lang::En, "Thank you")] {
        let mut user = chases(lang);
        user.press("y");
        user.part(PartKind::Suppliers).row("Hengfeng").press("y");
        let text = user.copied().last().unwrap().clone();
        assert!(
            text.contains("PO-0211/1") && text.contains(thanks),
            "{text}"
        );
        assert!(!text.contains("PO-0210"), "not another supplier's");
    }
}

#[test]
fn a_deposit_is_entered_and_its_payment_lets_the_chase_go_on() {
    let mut user = chases(Lang::En);
    let zipper = line(&user, "PO-0210/1");
    user.press("f").fill("paid_on", "+0").press("ctrl-s");
    assert!(user.has_form(), "no deposit without its day");
    user.fill("due", "-1").fill("paid_on", "").save();
    assert!(
        user.screen().contains("deposit due 11-22"),
        "{}",
        user.screen()
    );
    assert!(place(&user, zipper.id) > 0);
    user.row("deposit due")
        .press("f")
        .fill("paid_on", "+0")
        .save();
    assert_eq!(place(&user, zipper.id), 0);
}

#[test]
fn suppliers_show_their_record_and_what_history_says_to_their_words() {
    for (lang, says) in [(Lang::Zh, "看记录"), (Lang::En, "history says")] {
        for size in [(80, 24), (160, 45)] {
            let mut user = chases(lang);
            user.size = size;
            user.part(PartKind::Suppliers).row("PO-0210");
            let screen = user.screen();
            assert!(screen.contains(says), "{screen}");
            assert!(screen.contains("PO-0210/1"), "{screen}");
            user.press("c");
            assert!(user.has_form());
        }
    }
}

#[test]
fn today_lists_purchases_in_the_order_of_the_chase_list() {
    let user = User::demo(Lang::En);
    let mut listed: Vec<i64> = user
        .app
        .agenda
        .causes()
        .iter()
        .filter(|a| a.subject == Subject::Purchase)
        .map(|a| a.subject_id)
        .collect();
    // A line may stand there for several reasons.
    listed.dedup();
    let mut ranked: Vec<i64> = user
        .app
        .outlook
        .chases
        .iter()
        .map(|l| l.purchase_id)
        .collect();
    ranked.retain(|id| listed.contains(id));
    assert!(listed.len() > 2);
    assert_eq!(listed, ranked);
}

#[test]
fn the_reports_group_by_supplier_and_hold_every_line_in_every_format() {
    for lang in BOTH {
        let user = User::demo(lang);
        let scope = Scope {
            partner: "",
            world: &user.app.world,
            outlook: &user.app.outlook,
            now: user.app.store.clock().now(),
            today: user.today(),
            lang,
            order: None,
            from: None,
            to: None,
        };
        let paper = report::make(Name::ChaseList, &scope).unwrap();
        let rows: usize = paper.tables.iter().map(|t| t.rows.len()).sum();
        assert_eq!(rows, user.app.outlook.chases.len());
        let zippers = paper
            .tables
            .iter()
            .find(|t| t.title.contains("Shunda"))
            .unwrap();
        assert_eq!(zippers.rows[0][0].plain(), "PO-0210/1");
        for table in &paper.tables {
            assert!(table.rows.iter().all(|r| r.len() == table.columns.len()));
        }
        let list = report::make(Name::Suppliers, &scope).unwrap();
        assert_eq!(list.tables[0].rows.len(), user.app.outlook.suppliers.len());
        for format in [Format::Xlsx, Format::Csv, Format::Markdown, Format::Html] {
            for paper in [&paper, &list] {
                let written = bytes(paper, format, lang).unwrap();
                let text = String::from_utf8_lossy(&written);
                assert!(format == Format::Xlsx || text.contains("Shunda"), "{text}");
            }
        }
    }
}

#[test]
fn an_empty_file_says_what_to_do() {
    for lang in BOTH {
        let mut user = User::new(lang);
        user.press("4 c y f");
        assert!(!user.has_form());
        assert!(user.app.outlook.chases.is_empty());
    }
}
