//! Forms at several sizes.

use super::*;
use crate::widget::screen_text;
use proptest::prelude::*;

fn draw(items: &[Item<'_>], focused: usize, width: u16, height: u16) -> (String, Drawn) {
    let mut buf = Buffer::empty(Rect::new(0, 0, width, height));
    let drawn = Form { items, focused }.render(buf.area, &mut buf, &Styles::standard());
    (screen_text(&buf), drawn)
}

#[test]
fn the_field_with_the_keys_is_pointed_at_and_its_error_stands_under_it() {
    let customer = Field::with_text(40, "永兴五金");
    let due = Field::with_text(40, "2-30");
    let qty = Field::new(10);
    let items = [
        Item {
            required: true,
            ..Item::new("客户", Value::Text(&customer))
        },
        Item {
            error: "没有这一天",
            ..Item::new("要求交期", Value::Text(&due))
        },
        Item {
            hint: "例如 1,200",
            ..Item::new("数量", Value::Text(&qty))
        },
        Item::new("渠道", Value::Choice("电话")),
        Item::new("急单", Value::Check(true)),
        Item::new("编号", Value::Fixed("SO-260001")),
    ];
    let (text, drawn) = draw(&items, 1, 40, 8);
    assert_eq!(
        text,
        "  客户*      永兴五金\n▸ 要求交期   2-30\n             没有这一天\n  \
         数量        例如 1,200\n  渠道       电话\n  急单       [x]\n  编号       SO-260001\n\n"
    );
    assert_eq!(drawn.cursor, Some(Position::new(17, 1)));
    assert_eq!(drawn.focused, Rect::new(13, 1, 26, 1));
    let (text, drawn) = draw(&items, 3, 40, 8);
    assert!(text.contains("▸ 渠道       ◂ 电话 ▸"), "{text}");
    assert_eq!(drawn.cursor, None);
}

#[test]
fn wide_screens_have_two_columns_and_notes_span_both() {
    let a = Field::with_text(40, "左");
    let b = Field::with_text(40, "右");
    let notes = Multiline::with_text(100, "备注一行");
    let items = [
        Item::new("标题", Value::Section),
        Item::new("甲", Value::Text(&a)),
        Item::new("乙", Value::Text(&b)),
        Item::new("注", Value::Notes(&notes, 2)),
        Item::new("丙", Value::Text(&a)),
    ];
    let (text, _) = draw(&items, 2, 100, 6);
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[0], "标题");
    assert!(
        lines[1].starts_with("  甲   左") && lines[1].ends_with("▸ 乙   右"),
        "{text}"
    );
    assert_eq!(lines[2], "  注   备注一行");
    assert_eq!(lines[4], "  丙   左");
}

#[test]
fn a_long_form_scrolls_to_the_field_with_the_keys() {
    let field = Field::with_text(40, "x");
    let labels: Vec<String> = (0..30).map(|n| format!("F{n:02}")).collect();
    let items: Vec<Item<'_>> = labels
        .iter()
        .map(|l| Item::new(l, Value::Text(&field)))
        .collect();
    let (text, drawn) = draw(&items, 0, 30, 5);
    assert!(text.starts_with("▸ F00") && text.ends_with("▾\n"), "{text}");
    assert_eq!(drawn.cursor, Some(Position::new(9, 0)));
    let (text, _) = draw(&items, 15, 30, 5);
    assert!(
        text.contains("▸ F15") && text.contains("F13") && text.contains("F17"),
        "{text}"
    );
    let (text, _) = draw(&items, 29, 30, 5);
    assert!(text.contains("▸ F29") && text.contains('▴'), "{text}");
}

proptest! {
    #[test]
    fn the_cursor_is_in_the_area_at_any_size(
        width in 1_u16..130, height in 1_u16..12, focused in 0_usize..8,
    ) {
        let field = Field::with_text(80, "永兴五金不锈钢法兰盘");
        let notes = Multiline::with_text(100, "一\n二\n三\n四");
        let items: Vec<Item<'_>> = (0..8)
            .map(|n| match n % 4 {
                1 => Item { error: "这里不对，请改正后再保存", ..Item::new("数量", Value::Text(&field)) },
                2 => Item::new("备注", Value::Notes(&notes, 3)),
                _ => Item::new("客户名称", Value::Text(&field)),
            })
            .collect();
        let (_, drawn) = draw(&items, focused, width, height);
        if let Some(at) = drawn.cursor {
            prop_assert!(at.x < width && at.y < height, "{:?}", at);
        }
    }
}
