//! Do papers agree: forty pairs with planted conflicts, the board, the query, the release.

use gendan::domain::codes::{Department, DocumentKind};
use gendan::domain::rule::consistency::value::{Comparison, compare};
use gendan::domain::rule::consistency::{self, Outcome, alias::Aliases};
use gendan::domain::rule::intake::{Obstacle, obstacles};
use gendan::panel::PartKind;
use gendan::text::Lang;

use crate::support::{User, write_file};

const BOTH: [Lang; 2] = [Lang::Zh, Lang::En];

/// What two papers say of a fact, and whether that is a real conflict.
const PAIRS: [(&str, &str, &str, bool); 40] = [
    // The same in other units.
    ("length", "5 cm", "50mm", false),
    ("length", "5cm", "52 mm", true),
    ("length", "0.05 m", "５０毫米", false),
    ("length", "1.97 in", "50 mm", false),
    ("length", "2\"", "50 mm", true),
    ("length", "2 inch", "5.1 cm", false),
    ("carton", "60×40×30 cm", "600x400x300mm", false),
    ("carton", "60×40×30 cm", "600x400x320mm", true),
    ("carton", "60*40*30CM", "60 x 40 x 30 厘米", false),
    ("weight", "180 gsm", "180克/平方米", false),
    ("weight", "180 gsm", "5.3 oz/yd2", false),
    ("weight", "180 gsm", "6 oz/yd²", true),
    ("weight", "1 lb", "0.45 kg", false),
    ("weight", "1 lb", "0.5 kg", true),
    ("weight", "1.2公斤", "1200 g", false),
    ("quantity", "1,200 pcs", "1200件", false),
    ("quantity", "100 dozen", "1200 pcs", false),
    ("quantity", "100打", "1000件", true),
    ("quantity", "1200 pcs", "1200 sets", true),
    // Other names for the same.
    ("colour", "黑色", "BLACK", false),
    ("colour", "黑色", "Navy", true),
    ("colour", "藏青", "navy blue", false),
    ("colour", "黑/白", "White, Black", false),
    ("colour", "红", "red", false),
    ("colour", "红色", "粉红", true),
    (
        "composition",
        "60%棉 40%涤",
        "60% cotton 40% polyester",
        false,
    ),
    ("composition", "40%涤纶 60%棉", "Cotton 60% Poly 40%", false),
    ("composition", "100% cotton", "全棉", false),
    (
        "composition",
        "65% polyester 35% cotton",
        "60% polyester 40% cotton",
        true,
    ),
    (
        "composition",
        "95%棉5%氨纶",
        "95% Cotton, 5% Spandex",
        false,
    ),
    ("composition", "100%棉", "100% polyester", true),
    // Rounding and formats.
    ("length", "50.0 mm", "50 mm", false),
    ("length", "50.4 mm", "50 mm", true),
    ("delivery date", "2026/12/20", "2026年12月20日", false),
    ("delivery date", "2026-12-20", "2026.12.21", true),
    ("size", "S-XL", "S/M/L/XL", false),
    ("size", "S M L XL 2XL", "S-XXL", false),
    ("size", "S-XL", "S/M/L", true),
    ("finish", "Zinc-plated", "镀锌", false),
    ("finish", "镀锌", "nickel plated", true),
];

#[test]
fn all_planted_conflicts_are_found_and_no_other() {
    let aliases = Aliases::new(std::iter::empty());
    let (mut found, mut planted) = (0, 0);
    let mut wrong = Vec::new();
    for (key, a, b, real) in PAIRS {
        let said = compare(a, b, &aliases);
        planted += usize::from(real);
        found += usize::from(real && said == Comparison::Different);
        let wanted = if real {
            Comparison::Different
        } else {
            Comparison::Same
        };
        if said != wanted || compare(b, a, &aliases) != wanted {
            wrong.push((key, a, b, said));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    println!(
        "{found} of {planted} planted conflicts in {} pairs found, no false one",
        PAIRS.len()
    );
}

/// Files a document of a kind for the selected order and enters what it says.
fn paper(user: &mut User, kind: DocumentKind, path: &str, facts: &[(&str, &str)]) -> i64 {
    user.press("d");
    while user.app.editor().unwrap().focused() != "kind" {
        user.press("tab");
    }
    while user.app.editor().unwrap().draft()["kind"] != kind.code() {
        user.press("right");
    }
    user.fill("note", "as sent").fill("path", path).save();
    let id = user.app.world.documents.iter().next_back().unwrap().id;
    if !facts.is_empty() {
        user.part(PartKind::Documents);
        let board = user.app.board().unwrap();
        assert!(
            board
                .detail
                .parts
                .iter()
                .any(|p| p.kind == PartKind::Documents)
        );
        let title = user.app.world.documents.get(id).unwrap().title.clone();
        user.row(&title).press("f");
        for (at, (key, value)) in facts.iter().enumerate() {
            user.fill_cell(at, "key", key).fill_cell(at, "value", value);
        }
        user.save().press("esc");
    }
    id
}

fn outcome(user: &User, key: &str) -> Option<Outcome> {
    let order = user.app.world.orders.get(user.app.order.unwrap()).unwrap();
    let rows = consistency::board(&user.app.world, order);
    rows.iter().find(|r| r.key == key).map(|r| r.outcome)
}

#[test]
fn a_contradiction_blocks_release_becomes_a_query_and_its_answer_settles_it() {
    for lang in BOTH {
        let mut user = User::demo(lang);
        let before = user.app.world.facts.iter().count();
        user.press("1").row("SO-0111");
        let sheet = [
            ("颜色", "黑色"),
            ("length", "50 mm"),
            ("packing", "1 pc/polybag"),
        ];
        paper(&mut user, DocumentKind::CustomerOrderSheet, "", &sheet);
        let process = [("Colour", "BLACK"), ("长度", "5.2 cm"), ("尺码", "S-XL")];
        paper(&mut user, DocumentKind::ProcessSheet, "", &process);
        assert_eq!(
            outcome(&user, "colour"),
            Some(Outcome::Agree),
            "黑色 is BLACK"
        );
        assert_eq!(outcome(&user, "length"), Some(Outcome::Conflict));
        assert_eq!(outcome(&user, "packing"), Some(Outcome::Missing));
        assert_eq!(outcome(&user, "size"), Some(Outcome::Missing));
        // The length is not critical by itself; the user says it is.
        let blocked = |user: &User| {
            let order = user.app.world.orders.get(user.app.order.unwrap()).unwrap();
            let list = obstacles(&user.app.world, order, user.today());
            list.contains(&Obstacle::FactsConflict(1))
        };
        assert!(!blocked(&user));
        user.part(PartKind::Facts).row("length");
        let screen = user.screen();
        assert!(screen.contains('≠') && screen.contains('∅'), "{screen}");
        user.press("f").fill_cell(1, "critical", "*").save();
        assert!(blocked(&user));

        // One key asks with both papers quoted.
        user.row("length").press("a");
        let form = user.app.editor().unwrap().draft();
        assert!(form["question"].contains("50 mm") && form["question"].contains("5.2 cm"));
        assert_eq!(form["department"], "technical");
        user.save();
        let query = user.app.world.queries.iter().next_back().unwrap();
        assert_eq!(query.department, Department::Technical);
        assert!(blocked(&user), "a question is no answer");
        let no = query.no.clone();
        user.part(PartKind::Queries)
            .row(&no)
            .press("p")
            .fill("answer", "50 mm")
            .fill("effect", "length 50 mm")
            .save();
        assert!(!blocked(&user));
        assert!(user.screen().contains(&no), "{}", user.screen());

        // A later correction holds over both.
        user.press("esc");
        paper(
            &mut user,
            DocumentKind::CorrectionNotice,
            "",
            &[("length", "51 mm")],
        );
        assert_eq!(outcome(&user, "length"), Some(Outcome::Agree));
        user.part(PartKind::Facts);
        assert!(user.screen().contains("51 mm"), "{}", user.screen());
        // And everything can be taken back.
        for _ in 0..9 {
            user.press("u");
        }
        assert_eq!(user.app.world.facts.iter().count(), before);
    }
}

#[test]
fn facts_come_from_a_filed_sheet_which_can_be_read_inside_the_program() {
    let folder = tempfile::tempdir().unwrap();
    let sheet = "客户制单,,\n颜色：,黑色,\n成分,,60%棉 40%涤\n尺码,S-XL,\n\u{1b}[31m,5,\n";
    let path = write_file(folder.path(), "制单.csv", sheet.as_bytes());
    let picture = write_file(folder.path(), "photo.png", b"\x89PNG");
    for lang in BOTH {
        let mut user = User::demo(lang);
        user.press("1").row("SO-0111");
        let before = user.app.world.facts.iter().count();
        let id = paper(
            &mut user,
            DocumentKind::CustomerOrderSheet,
            &path.display().to_string(),
            &[],
        );
        user.part(PartKind::Documents)
            .row("制单.csv")
            .press("enter");
        let screen = user.screen();
        assert!(
            screen.contains("60%棉 40%涤") && screen.contains("黑色"),
            "{screen}"
        );
        assert!(!screen.contains('\u{1b}'));
        user.press("esc").press("f");
        let rows = user.app.editor().unwrap().draft()["facts"].clone();
        assert!(rows.contains("颜色\t黑色") && rows.contains("C3"), "{rows}");
        assert_eq!(
            user.app.world.facts.iter().count(),
            before,
            "nothing is kept before it is saved"
        );
        user.save();
        let kept: Vec<String> = user
            .app
            .world
            .facts
            .iter()
            .filter(|f| f.document_id == id)
            .map(|f| format!("{} {} {}", f.key, f.value, f.critical))
            .collect();
        assert_eq!(
            kept,
            ["颜色 黑色 true", "成分 60%棉 40%涤 true", "尺码 S-XL true"]
        );
        // What is no text gets a sentence.
        user.press("esc");
        paper(
            &mut user,
            DocumentKind::Drawing,
            &picture.display().to_string(),
            &[],
        );
        user.part(PartKind::Documents)
            .row("photo.png")
            .press("enter");
        assert!(user.app.overlays.is_empty() && !user.note().is_empty());
        // The same fact twice, or one without a value, is refused at its cell.
        user.press("f")
            .fill_cell(0, "key", "颜色")
            .fill_cell(0, "value", "黑");
        user.fill_cell(1, "key", "colour").press("ctrl-s");
        assert!(user.has_form());
        user.fill_cell(1, "value", "red").press("ctrl-s");
        assert!(user.has_form(), "{}", user.screen());
        user.press("esc d");
    }
}

#[test]
fn the_users_own_aliases_count() {
    for lang in BOTH {
        let mut user = User::demo(lang);
        user.press("1").row("SO-0111");
        paper(
            &mut user,
            DocumentKind::CustomerOrderSheet,
            "",
            &[("colour", "Midnight 19-4010")],
        );
        paper(
            &mut user,
            DocumentKind::ProcessSheet,
            "",
            &[("colour", "藏青")],
        );
        assert_ne!(outcome(&user, "colour"), Some(Outcome::Agree));
        let row = user.app.world.aliases.iter().count();
        user.press("A")
            .fill_cell(row, "name", "Midnight 19-4010")
            .fill_cell(row, "canonical", "navy")
            .save();
        assert_eq!(outcome(&user, "colour"), Some(Outcome::Agree));
        user.press("A")
            .fill_cell(row, "name", "x")
            .press("ctrl-d")
            .save();
        assert_ne!(outcome(&user, "colour"), Some(Outcome::Agree));
    }
}
