//! Screens by keys typed and text seen: bad input, empty files, every size, both languages.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use gendan::app::action::ACTIONS;
use gendan::domain::codes::Stage;
use gendan::text::{Label, Lang};
use gendan::transfer::headings::Field as FieldOf;
use gendan::transfer::json;
use proptest::prelude::*;

use crate::support::{User, order_workbook, write_file};

const BOTH: [Lang; 2] = [Lang::Zh, Lang::En];

/// Types a value into a field of the new-order form and returns what the form says.
fn refused(lang: Lang, field: &str, value: &str) -> String {
    let mut user = User::demo(lang);
    user.press("1 n")
        .fill("customer", "Nordvik Apparel AB")
        .fill("item", "HG-6001")
        .fill("qty", "10");
    user.fill(field, value).press("ctrl-s");
    let orders = user.app.world.orders.len();
    assert!(user.has_form(), "{value} was taken");
    assert_eq!(orders, 13, "nothing is written");
    let editor = user.app.editor().unwrap();
    let said = [field, "lines"].map(|key| editor.error(key, lang)).concat();
    assert!(
        !said.is_empty(),
        "nothing is said at {field}:\n{}",
        user.screen()
    );
    let start: String = said.chars().take(6).collect();
    assert!(
        user.screen().contains(&start),
        "the screen shows it: {said}\n{}",
        user.screen()
    );
    let draft = user.app.editor().unwrap().draft();
    let kept = draft
        .get(field)
        .map_or(draft["lines"].as_str(), String::as_str);
    assert!(
        kept.split('\t').any(|cell| cell == value),
        "what was typed stays: {kept}"
    );
    said
}

#[test]
fn a_wrong_quantity_date_or_amount_is_refused_at_its_field_in_both_languages() {
    let cases = [
        ("qty", "0", "必须大于零", "more than zero"),
        ("qty", "-1", "必须大于零", "more than zero"),
        ("qty", "1e30", "", ""),
        ("qty", "三百", "", ""),
        ("qty", "ten", "", ""),
        ("requested_date", "2026-11-01", "2026-11-01", "2026-11-01"),
        ("requested_date", "2026-02-30", "", ""),
        ("requested_date", "soon", "", ""),
        ("unit_price", "-2", "", ""),
        ("item", "NO-SUCH-THING", "NO-SUCH-THING", "NO-SUCH-THING"),
    ];
    for (field, value, zh, en) in cases {
        let (said_zh, said_en) = (
            refused(Lang::Zh, field, value),
            refused(Lang::En, field, value),
        );
        assert!(
            said_zh.contains(zh) && said_en.contains(en) && said_zh != said_en,
            "{said_zh} / {said_en}"
        );
    }
}

#[test]
fn an_amount_that_does_not_match_and_a_known_customer_po_are_refused() {
    for lang in BOTH {
        let mut user = User::demo(lang);
        user.press("1 n")
            .fill("customer", "Nordvik Apparel AB")
            .fill("item", "HG-6001")
            .fill("qty", "10");
        user.fill("unit_price", "0.82")
            .fill("amount", "9")
            .press("ctrl-s");
        assert!(user.screen().contains("8.20"), "{}", user.screen());
        user.fill("amount", "8.2")
            .fill("customer_po", "4500872077")
            .press("ctrl-s");
        assert!(user.screen().contains("SO-0110"), "{}", user.screen());
        user.fill("customer_po", "4500872077-B").save();
        assert_eq!(user.app.world.orders.len(), 14);
    }
}

#[test]
fn the_same_file_twice_brings_nothing_twice() {
    let book = order_workbook("A-77", &[("HG-6001", "x", "5", "1", "2027-01-15")]);
    let folder = tempfile::tempdir().unwrap();
    let path = write_file(folder.path(), "a.xlsx", &book);
    for lang in BOTH {
        let mut user = User::demo(lang);
        user.press("1 i")
            .write(&path.display().to_string())
            .press("enter enter");
        assert!(user.note().contains("A-77"), "{}", user.note());
        assert_eq!(user.app.world.orders.len(), 14);
        user.press("1 i")
            .write(&path.display().to_string())
            .press("enter");
        let same = match lang {
            Lang::Zh => "与 A-77 相同",
            Lang::En => "the same as A-77",
        };
        assert!(user.screen().contains(same), "{}", user.screen());
        user.press("enter");
        let wrong = write_file(
            folder.path(),
            "b.csv",
            "订单号,货号,数量\nB-1,HG-6001,许多\n".as_bytes(),
        );
        user.press("esc esc 1 i")
            .write(&wrong.display().to_string())
            .press("enter");
        assert!(user.screen().contains("C2"), "{}", user.screen());
        user.press("enter");
        assert_eq!(
            user.app.world.orders.len(),
            14,
            "a file with an error is not imported"
        );
        user.press("esc esc 1 i")
            .write("/no/such/file.csv")
            .press("enter");
        assert!(user.screen().contains("/no/such/file.csv"));
    }
}

#[test]
fn the_columns_of_an_unknown_sheet_are_explained_with_the_arrows() {
    let folder = tempfile::tempdir().unwrap();
    let sheet = "Bestellung,Was,Stück\nQ-1,HG-6001,12\n";
    let path = write_file(folder.path(), "fremd.csv", sheet.as_bytes());
    for lang in BOTH {
        let mut user = User::demo(lang);
        user.press("1 i")
            .write(&path.display().to_string())
            .press("enter");
        assert!(user.screen().contains("Bestellung"), "{}", user.screen());
        user.press("enter");
        for field in [FieldOf::CustomerPo, FieldOf::Item, FieldOf::Qty] {
            let meaning = gendan::text::transfer::field(field).text(lang);
            let mut turns = 0;
            while !line_with_pointer(&user.screen()).contains(meaning) {
                user.press("right");
                turns += 1;
                assert!(turns < 40, "{meaning} is not offered:\n{}", user.screen());
            }
            user.press("down");
        }
        user.press("enter enter");
        assert_eq!(user.app.world.orders.len(), 14, "{}", user.screen());
        let order = user.app.world.orders.iter().last().unwrap();
        assert_eq!(order.customer_po, "Q-1");
    }
}

/// The line of the screen with a choice that left and right change.
fn line_with_pointer(screen: &str) -> &str {
    let pointed = screen.lines().rfind(|l| l.contains('◂'));
    pointed.unwrap_or_default()
}

#[test]
fn every_panel_of_an_empty_file_says_what_to_do_and_a_first_order_needs_no_setup() {
    for lang in BOTH {
        let mut user = User::new(lang);
        for stage in 0..=6 {
            user.press(&stage.to_string());
            let screen = user.screen();
            let name = Stage::ALL[stage as usize].word().text(lang);
            assert!(screen.contains(name), "{screen}");
            let listing = &user.app.board().unwrap().listing;
            assert!(listing.ids.is_empty());
            let empty = listing.empty.unwrap().text(lang);
            let start: String = empty.chars().take(8).collect();
            assert!(screen.contains(&start), "{screen}");
        }
        user.press("1 n")
            .fill("customer", "永兴五金")
            .fill("name", "法兰 DN50")
            .fill("qty", "１２０")
            .save();
        assert_eq!(
            user.app.world.customers.iter().next().unwrap().name,
            "永兴五金"
        );
        assert!(user.screen().contains("永兴五金"));
        // Pinyin initials find it, and so does a Chinese word typed outside a field.
        user.press("ctrl-g").write("yxwj").press("enter");
        assert!(user.app.order.is_some());
        user.write("兰");
        assert_eq!(user.app.board().unwrap().filter, "兰");
        user.press("enter esc");
        user.press("y");
        assert!(
            user.copied().last().unwrap().contains("120"),
            "{:?}",
            user.copied()
        );
        user.press("q enter");
        assert!(user.has_ended());
    }
}

#[test]
fn a_form_that_is_left_keeps_a_draft_and_brings_it_back() {
    let mut user = User::demo(Lang::Zh);
    user.press("1 n").fill("customer", "永兴").press("esc");
    assert!(user.screen().contains("草稿"), "{}", user.screen());
    user.press("enter");
    assert!(!user.has_form());
    assert_eq!(user.app.store.drafts().unwrap().len(), 1);
    user.press("n");
    assert_eq!(user.app.editor().unwrap().draft()["customer"], "永兴");
    user.press("esc d");
    assert!(user.app.store.drafts().unwrap().is_empty());
    assert!(user.app.store.path() == user.path());
}

#[test]
fn every_action_has_words_in_both_languages_and_help_shows_those_of_the_panel() {
    let mut user = User::demo(Lang::En);
    for info in ACTIONS {
        assert!(
            !info.word.zh.is_empty()
                && !info.word.en.is_empty()
                && !info.help.zh.is_empty()
                && !info.help.en.is_empty()
        );
    }
    user.size = (120, 60);
    user.press("4 f1");
    assert!(
        user.screen().contains("place a purchase line"),
        "{}",
        user.screen()
    );
    user.press("esc f9 f1");
    assert!(user.screen().contains("下采购单"), "{}", user.screen());
}

fn any_key() -> impl Strategy<Value = KeyEvent> {
    let named = prop::sample::select(vec![
        KeyCode::Enter,
        KeyCode::Esc,
        KeyCode::Tab,
        KeyCode::BackTab,
        KeyCode::Up,
        KeyCode::Down,
        KeyCode::Left,
        KeyCode::Right,
        KeyCode::Home,
        KeyCode::End,
        KeyCode::PageUp,
        KeyCode::PageDown,
        KeyCode::Backspace,
        KeyCode::Delete,
        KeyCode::F(1),
        KeyCode::F(9),
    ]);
    let plain = prop::sample::select(
        "0123456abcdefghilnoprstuvwxyzXRSUO/?: 永１．-+"
            .chars()
            .collect::<Vec<_>>(),
    );
    prop_oneof![
        4 => named.prop_map(KeyEvent::from),
        6 => plain.prop_map(|c| KeyEvent::from(KeyCode::Char(c))),
        1 => prop::sample::select(vec!['s', 'g', 'p', 'z', 'y', 'u', 'l', 'j'])
            .prop_map(|c| KeyEvent::new(KeyCode::Char(c), KeyModifiers::CONTROL)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, max_shrink_iters: 40, ..ProptestConfig::default() })]

    /// Any keys at any size: no panic, references intact, and all of it can be taken back.
    #[test]
    fn random_keys_at_random_sizes_do_no_harm(
        keys in prop::collection::vec(any_key(), 1..90),
        sizes in prop::collection::vec((1u16..170, 1u16..50), 1..4),
        zh in any::<bool>(),
    ) {
        let mut user = User::demo(if zh { Lang::Zh } else { Lang::En });
        // A report that the keys happen to write does not end up where the tests run.
        let folder = user.path().with_file_name("");
        let kept = user.path().with_file_name("report-folder");
        std::fs::write(&kept, folder.to_str().unwrap()).unwrap();
        user.app.report_folder = gendan::app::reports::Folder::kept_in(kept);
        let before = json::export(&user.app.world, &[]);
        for (at, key) in keys.into_iter().enumerate() {
            user.size = sizes[at % sizes.len()];
            user.key(key);
            user.listed();
        }
        prop_assert!(user.app.store.integrity(true).unwrap().is_empty());
        while user.app.store.undo().is_ok() {}
        let after = json::export(&user.app.store.world().unwrap(), &[]);
        prop_assert!(before == after, "undo leads back to the start");
    }
}

#[test]
fn while_a_key_is_held_the_list_moves_and_the_detail_follows_at_the_pause() {
    for lang in [Lang::Zh, Lang::En] {
        let mut user = User::demo(lang);
        user.press("1 home down down down");
        let single = user.screen();
        user.press("home");
        user.app.glide();
        user.press("down down down");
        assert!(user.app.is_behind());
        let held = user.screen();
        user.app.catch_up();
        assert_eq!(user.screen(), single);
        assert_ne!(held, single, "the detail was still that of the first row");
        // Any other key means the row that is selected, not the one that is still shown.
        user.press("home down down down e");
        assert!(!user.app.is_behind());
    }
}
