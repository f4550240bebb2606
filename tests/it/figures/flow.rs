//! The sheet by keys.

use super::*;
use gendan::domain::codes::Department;

const BOTH: [Lang; 2] = [Lang::Zh, Lang::En];

#[test]
fn thirty_figures_take_thirty_numbers_and_thirty_enters() {
    for lang in BOTH {
        // Fifteen production orders with two operations in the production department.
        let mut user = user(lang, 15, "");
        user.press("5 n");
        assert!(user.has_form(), "{}", user.screen());
        let numbers: Vec<String> = (0..30)
            .map(|n| if n % 2 == 0 { 60 + n } else { 20 + n })
            .map(|n| n.to_string())
            .collect();
        let before = user.keys;
        for number in &numbers {
            user.write(number).press("enter");
        }
        let digits: usize = numbers.iter().map(String::len).sum();
        assert_eq!(user.keys - before, digits + 30, "numbers and Enters alone");
        user.save();
        let world = &user.app.world;
        // In the morning the sheet is that of the last working day, here Saturday.
        let wanted: Vec<String> = numbers
            .iter()
            .enumerate()
            .map(|(at, good)| {
                let (made, seq) = (at / 2 + 1, if at % 2 == 0 { 10 } else { 20 });
                format!("MO-{made:03} {seq} 2026-11-21 {good}+0")
            })
            .collect();
        assert_eq!(told(world), wanted);
        let departments = world.progress.iter().map(|p| {
            let o = world.operations.get(p.operation_id).unwrap();
            world
                .work_centres
                .find(o.work_centre_id)
                .unwrap()
                .department
        });
        assert!(departments.eq([Department::Production; 30]));
        // One step back takes the whole sheet back.
        user.press("u");
        assert!(told(&user.app.world).is_empty());
    }
}

#[test]
fn what_cannot_be_is_asked_about_at_the_cell_and_stays_with_a_note() {
    for (lang, before, ordered) in [
        (Lang::Zh, "前道只转来 30 pcs", "连溢装，最多还有 105 pcs"),
        (
            Lang::En,
            "The operation before has passed on only 30 pcs",
            "More than ordered with its tolerance: 105 pcs are left",
        ),
    ] {
        let mut user = user(lang, 2, "");
        user.press("5 n").write("30").press("enter");
        user.write("50").press("enter");
        assert_eq!(user.app.editor().unwrap().cell(), Some((1, "note")));
        let screen = user.screen();
        assert!(screen.contains(before), "{screen}");
        // Left without a reason it is not saved, and the keys go back to the cell.
        user.press("enter");
        assert_eq!(user.app.editor().unwrap().cell(), Some((2, "good")));
        user.write("106").press("enter");
        let screen = user.screen();
        assert!(screen.contains(ordered), "{screen}");
        user.press("ctrl-s");
        assert_eq!(user.app.editor().unwrap().cell(), Some((1, "good")));
        assert!(user.screen().contains(before), "{}", user.screen());
        assert!(user.app.world.progress.is_empty());
        user.press("enter").write("old stock").press("enter");
        user.press("ctrl-s");
        assert_eq!(user.app.editor().unwrap().cell(), Some((2, "good")));
        // Corrected, it needs no note.
        user.write("105").press("enter").save();
        assert_eq!(
            told(&user.app.world),
            [
                "MO-001 10 2026-11-21 30+0",
                "MO-001 20 2026-11-21 50+0",
                "MO-002 10 2026-11-21 105+0"
            ]
        );
        let mut notes = user.app.world.progress.iter().map(|p| p.note.as_str());
        assert!(notes.any(|note| note == "old stock"));
    }
}

#[test]
fn what_an_operation_makes_on_the_sheet_can_be_passed_on_by_the_next() {
    let mut user = user(Lang::En, 1, "");
    // Sewing first, in doubt; with the cutting of the same sheet it is right.
    user.press("5 n down").write("40").press("enter");
    assert_eq!(user.app.editor().unwrap().cell(), Some((1, "note")));
    user.press("up ctrl-s");
    user.fill_cell(0, "good", "40").save();
    assert_eq!(told(&user.app.world).len(), 2);
}

#[test]
fn a_closed_or_held_order_and_a_day_ahead_are_questioned_at_once() {
    let figures = r#"{ "date": "2026-11-20", "production_order": "MO-001", "seq": 10, "good": "10" },
        { "date": "2026-11-20", "production_order": "MO-002", "seq": 10, "good": "10" }"#;
    for (lang, closed, held, ahead) in [
        (
            Lang::Zh,
            "订单已结束",
            "暂停中",
            "还没到（今天 2026-11-23）",
        ),
        (
            Lang::En,
            "The order has ended",
            "is on hold",
            "lies ahead of today (2026-11-23)",
        ),
    ] {
        let mut user = user(lang, 3, figures);
        user.press("5")
            .row("SO-001")
            .press("o")
            .write("gone")
            .press("tab");
        user.press("ctrl-s");
        user.press("3").row("MO-002").press("h");
        if user.has_form() {
            user.press("ctrl-s");
        }
        let world = &user.app.world;
        assert!(
            world.production_orders.iter().any(|p| p.on_hold),
            "{}",
            user.screen()
        );
        user.press("5 n");
        let text = user.screen();
        let place = |no: &str| text.find(no).unwrap_or_else(|| panic!("{no}\n{text}"));
        assert!(place("MO-003") < place("MO-001") && place("MO-003") < place("MO-002"));
        for (no, said) in [("MO-001", closed), ("MO-002", held)] {
            let rows = user.app.editor().unwrap().form.value("figures").to_owned();
            let at = rows
                .lines()
                .skip(1)
                .position(|l| l.starts_with(no))
                .unwrap();
            user.fill_cell(at, "good", "5").press("enter");
            assert_eq!(user.app.editor().unwrap().cell(), Some((at, "note")));
            assert!(user.screen().contains(said), "{said}\n{}", user.screen());
            user.write("counted late").press("enter");
        }
        // Up to the day, and three days on by the arrows.
        user.fill_cell(0, "good", "5")
            .press("up")
            .press("right right right");
        user.press("enter");
        assert!(user.screen().contains(ahead), "{}", user.screen());
        user.press("ctrl-s");
        assert!(user.has_form() && user.app.editor().unwrap().focused() == "date");
        user.press("left left left enter").save();
        assert_eq!(user.app.world.progress.len(), 5, "what was typed stayed");
    }
}

#[test]
fn a_known_figure_is_shown_and_another_in_its_place_corrects_it() {
    // Two parts of one day, of two shifts.
    let figures = r#"{ "date": "2026-11-21", "production_order": "MO-001", "seq": 10, "good": "30", "defect": "2", "shift": "A" },
        { "date": "2026-11-21", "production_order": "MO-001", "seq": 10, "good": "20", "shift": "B" },
        { "date": "2026-11-20", "production_order": "MO-001", "seq": 10, "good": "25" },
        { "date": "2026-11-21", "production_order": "MO-001", "seq": 20, "good": "40" }"#;
    let mut user = user(Lang::En, 1, figures);
    user.press("5 n");
    let cells = |user: &mut User| {
        let form = &user.app.editor().unwrap().form;
        let row = form.value("figures").lines().nth(1).unwrap().to_owned();
        row.replace('\t', " | ")
    };
    // The day before, what is left, nothing before a first operation, then the sum of the day.
    assert_eq!(
        cells(&mut user),
        "MO-001 | 裁剪 Cutting | 25 | 25 |  | 50 | 2 |  |  | "
    );
    user.press("ctrl-s");
    assert!(user.has_form(), "nothing new is nothing to save");
    // Less than the next operation has made of it: 25 + 10 against 40.
    user.write("10").press("enter");
    assert!(
        user.screen().contains("operation after has made 40"),
        "{}",
        user.screen()
    );
    user.fill_cell(0, "good", "45").press("enter").save();
    assert_eq!(
        told(&user.app.world),
        [
            "MO-001 10 2026-11-20 25+0",
            "MO-001 10 2026-11-21 0+0",
            "MO-001 10 2026-11-21 45+2",
            "MO-001 20 2026-11-21 40+0"
        ]
    );
    let world = &user.app.world;
    assert_eq!(world.progress.len(), 6, "the old figures stay");
    let corrected: Vec<i64> = world.progress.iter().filter_map(|p| p.corrects).collect();
    assert_eq!(corrected, [1, 2]);
    user.press("u");
    assert_eq!(user.app.world.progress.len(), 4);
    // Another day of the same sheet, by the arrows and by the page.
    user.press("n up left enter");
    let shown = cells(&mut user);
    assert!(shown.contains("| 25 |  |  |  |"), "{shown}");
    user.press("pagedown");
    let shown = cells(&mut user);
    assert!(shown.contains("| 50 | 2 |"), "{shown}");
}

#[test]
fn a_sheet_that_is_left_comes_back_as_a_draft_and_nonsense_stays_to_be_corrected() {
    let mut user = user(Lang::En, 2, "");
    user.press("5 n").write("12x").press("enter");
    user.press("ctrl-s");
    assert!(user.has_form());
    assert!(user.screen().contains("12x"), "{}", user.screen());
    user.fill_cell(0, "good", "12").press("enter esc");
    user.press("esc");
    let drafts = user.app.store.drafts().unwrap();
    assert_eq!(drafts.len(), 1);
    // An empty file has nothing to report, and says so.
    let mut nobody = User::new(Lang::Zh);
    nobody.press("5 n");
    assert!(
        nobody.screen().contains("没有要报工的工序"),
        "{}",
        nobody.screen()
    );
    nobody.write("5").press("enter esc");
    assert!(nobody.app.world.progress.is_empty());
}
