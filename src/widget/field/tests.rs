//! Keys typed, and what the field shows for them.

use super::*;
use crate::widget::screen_text;
use proptest::prelude::*;

fn press(field: &mut Field, code: KeyCode) -> FieldReply {
    field.on_key(KeyEvent::new(code, KeyModifiers::NONE))
}

fn ctrl(field: &mut Field, c: char) -> FieldReply {
    field.on_key(KeyEvent::new(KeyCode::Char(c), KeyModifiers::CONTROL))
}

fn typing(field: &mut Field, text: &str) {
    for c in text.chars() {
        press(field, KeyCode::Char(c));
    }
}

#[test]
fn chinese_and_clusters_are_moved_over_and_deleted_whole() {
    let mut f = Field::new(20);
    typing(&mut f, "法兰e\u{301}👩\u{1f3fd}");
    assert_eq!(press(&mut f, KeyCode::Backspace), FieldReply::Changed);
    assert_eq!(f.text(), "法兰e\u{301}");
    press(&mut f, KeyCode::Left);
    press(&mut f, KeyCode::Left);
    assert_eq!(press(&mut f, KeyCode::Delete), FieldReply::Changed);
    assert_eq!(f.text(), "法e\u{301}");
    press(&mut f, KeyCode::Home);
    assert_eq!(press(&mut f, KeyCode::Left), FieldReply::Moved);
    typing(&mut f, "A");
    assert_eq!(f.text(), "A法e\u{301}");
}

#[test]
fn undo_takes_back_a_run_of_typing_then_the_deletion_before_it() {
    let mut f = Field::with_text(50, "永兴五金 PO-118");
    ctrl(&mut f, 'w');
    assert_eq!(f.text(), "永兴五金 PO-");
    ctrl(&mut f, 'u');
    typing(&mut f, "长安");
    ctrl(&mut f, 'z');
    assert_eq!(f.text(), "");
    ctrl(&mut f, 'z');
    assert_eq!(f.text(), "永兴五金 PO-");
    ctrl(&mut f, 'z');
    assert_eq!(f.text(), "永兴五金 PO-118");
    assert_eq!(ctrl(&mut f, 'z'), FieldReply::Moved);
}

#[test]
fn a_full_field_says_so_and_keeps_what_it_has() {
    let mut f = Field::new(3);
    assert_eq!(f.paste("ab\ncd"), FieldReply::Full);
    assert_eq!(f.text(), "");
    assert_eq!(f.paste("a\nb\n"), FieldReply::Changed);
    assert_eq!(f.text(), "a b");
    assert_eq!(press(&mut f, KeyCode::Char('c')), FieldReply::Full);
    assert_eq!(press(&mut f, KeyCode::Enter), FieldReply::Pass);
    assert_eq!(ctrl(&mut f, 's'), FieldReply::Pass);
}

#[test]
fn the_cursor_stands_in_cells_and_the_window_follows_it() {
    let mut f = Field::with_text(50, "不锈钢法兰盘");
    let area = Rect::new(2, 0, 8, 1);
    assert_eq!(f.cursor_cell(area), Some(Position::new(6, 0)));
    let mut buf = Buffer::empty(Rect::new(0, 0, 12, 1));
    let cursor = f.render(area, &mut buf, &Styles::standard(), Focus::Here);
    assert_eq!(cursor, Some(Position::new(6, 0)));
    assert_eq!(screen_text(&buf), "  ‹ 盘\n");
    press(&mut f, KeyCode::Home);
    f.render(area, &mut buf, &Styles::standard(), Focus::Here);
    assert_eq!(f.cursor_cell(area), Some(Position::new(2, 0)));
    assert_eq!(screen_text(&buf), "  不锈钢 ›\n");
}

proptest! {
    #[test]
    fn the_view_fits_and_holds_the_caret(
        text in "[a-z中文，ｱﾞ👩‍🔧é]{0,30}", back in 0_usize..30, cells in 1_u16..20,
    ) {
        let mut f = Field::with_text(100, &text);
        for _ in 0..back {
            press(&mut f, KeyCode::Left);
        }
        let view = f.view(cells);
        prop_assert!(width(&view.text) <= usize::from(cells), "{:?}", view);
        prop_assert!(view.caret < cells, "{:?}", view);
    }

    #[test]
    fn keys_never_break_the_text_and_undo_returns_to_the_start(
        keys in prop::collection::vec((0_usize..12, "[a中é👩\u{200d}🔧 ]"), 0..60),
    ) {
        let mut f = Field::with_text(1_000, "起e\u{301}点");
        for (which, text) in keys {
            match which {
                0 => press(&mut f, KeyCode::Backspace),
                1 => press(&mut f, KeyCode::Delete),
                2 => press(&mut f, KeyCode::Left),
                3 => press(&mut f, KeyCode::Right),
                4 => ctrl(&mut f, 'w'),
                5 => ctrl(&mut f, 'k'),
                6 => press(&mut f, KeyCode::Home),
                _ => f.paste(&text),
            };
        }
        while ctrl(&mut f, 'z') == FieldReply::Changed {}
        prop_assert_eq!(f.text(), "起e\u{301}点");
    }
}
