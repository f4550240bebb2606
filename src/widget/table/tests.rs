//! What a table looks like at several widths, and where its window may stand.

use super::layout::place;
use super::*;
use crate::widget::{reversed_map, screen_text};
use proptest::prelude::*;

fn columns() -> Vec<Column> {
    vec![
        Column::new("订单号", Width::Fixed(9)),
        Column::new("客户", Width::Fill(2)).drop_at(1),
        Column::new("品名规格", Width::Fill(3)).drop_at(3),
        Column::new("数量", Width::Fixed(7))
            .align(Align::Right)
            .drop_at(2),
        Column::new("交期", Width::Fixed(10)),
    ]
}

fn rows(n: usize) -> Vec<Row<'static>> {
    (0..n)
        .map(|i| {
            let code = format!("SO-26{i:04}");
            let qty = format!("{},000", i + 1);
            [
                Cell::from(code),
                Cell::from("永兴五金"),
                Cell::from("不锈钢法兰盘DN50"),
                Cell::from(qty),
                Cell::from("2026-12-01"),
            ]
            .into_iter()
            .collect()
        })
        .collect()
}

fn draw(width: u16, height: u16, rows: &[Row], state: TableState) -> Buffer {
    let area = Rect::new(0, 0, width, height);
    let mut buf = Buffer::empty(area);
    let columns = columns();
    let table = Table {
        columns: &columns,
        rows,
        first: 0,
        state,
        sort: Some(Sort::Rising(4)),
        focus: Focus::Here,
        empty: "没有订单。按 n 新建，按 i 导入。",
    };
    table.render(area, &mut buf, &Styles::standard());
    buf
}

#[test]
fn the_selected_row_is_reversed_and_pointed_at_and_long_text_is_cut_with_a_mark() {
    let state = TableState {
        selected: 1,
        ..TableState::default()
    };
    let buf = draw(59, 4, &rows(3), state);
    assert_eq!(
        screen_text(&buf),
        " 订单号    客户         品名规格            数量 交期▴\n \
         SO-260000 永兴五金     不锈钢法兰盘DN50   1,000 2026-12-01\n\
         ▸SO-260001 永兴五金     不锈钢法兰盘DN50   2,000 2026-12-01\n \
         SO-260002 永兴五金     不锈钢法兰盘DN50   3,000 2026-12-01\n"
    );
    let map = reversed_map(&buf);
    let reversed: Vec<usize> = map.lines().map(str::len).collect();
    assert_eq!(reversed, [0, 0, 59, 0]);
}

#[test]
fn narrow_screens_drop_columns_by_importance_and_say_so() {
    let text = screen_text(&draw(40, 2, &rows(1), TableState::default()));
    assert_eq!(
        text,
        " 订单号    客户          数量 交期▴    ›\n\
         ▸SO-260000 永兴五金     1,000 2026-12-01\n"
    );
    let text = screen_text(&draw(11, 2, &rows(1), TableState::default()));
    assert_eq!(text, " 订单号   ›\n▸SO-260000\n");
    let text = screen_text(&draw(6, 2, &rows(1), TableState::default()));
    assert_eq!(text, " 订单›\n▸SO-2…\n");
}

#[test]
fn scrolled_columns_leave_the_first_one_in_place() {
    let state = TableState {
        left: 2,
        ..TableState::default()
    };
    let text = screen_text(&draw(40, 2, &rows(1), state));
    assert_eq!(
        text,
        " 订单号   ‹   数量 交期▴\n▸SO-260000   1,000 2026-12-01\n"
    );
}

#[test]
fn a_cell_can_be_found_to_lay_a_field_over_it() {
    let columns = columns();
    let rows = rows(30);
    let table = Table {
        columns: &columns,
        rows: &rows,
        first: 0,
        state: TableState {
            selected: 12,
            offset: 10,
            left: 0,
        },
        sort: None,
        focus: Focus::Here,
        empty: "",
    };
    let area = Rect::new(2, 3, 40, 6);
    assert_eq!(table.cell_area(area, 12, 4), Some(Rect::new(32, 6, 10, 1)));
    assert_eq!(table.cell_area(area, 12, 2), None, "the column is dropped");
    assert_eq!(table.cell_area(area, 9, 0), None);
    assert_eq!(table.cell_area(area, 15, 0), None);
}

#[test]
fn an_empty_table_says_what_to_do() {
    let text = screen_text(&draw(20, 5, &[], TableState::default()));
    assert!(
        text.contains("没有订单。按 n 新\n 建，按 i 导入。"),
        "{text}"
    );
}

#[test]
fn paging_keeps_a_row_in_sight_and_ends_at_the_ends() {
    let mut s = TableState::default();
    s.page(1, 120, 10);
    assert_eq!((s.selected, s.offset), (9, 9));
    s.step(-1, 120, 10);
    assert_eq!((s.selected, s.offset), (8, 8));
    s.end(120, 10);
    assert_eq!((s.selected, s.offset), (119, 110));
    assert_eq!(s.window(120, 10), 110..120);
    assert_eq!(s.position(120), "120/120");
    s.clamp(5, 10);
    assert_eq!((s.selected, s.offset), (4, 0));
    s.clamp(0, 10);
    assert_eq!(s.position(0), "0/0");
    s.page(-1, 5, 10);
    assert_eq!((s.selected, s.offset), (0, 0));
}

proptest! {
    #[test]
    fn columns_never_leave_the_area_or_overlap(total in 0_u16..200, left in 0_usize..6) {
        let columns = columns();
        let placement = place(&columns, total, left);
        let mut end = 0;
        for p in &placement.columns {
            prop_assert!(p.x >= end);
            end = p.x + p.width;
            prop_assert!(end <= total.max(POINTER), "{:?} in {}", p, total);
        }
    }

    #[test]
    fn the_selection_is_always_in_the_window(
        moves in prop::collection::vec((0_usize..5, -30_isize..30), 0..40),
        total in 0_usize..60, height in 1_usize..20,
    ) {
        let mut s = TableState::default();
        for (which, by) in moves {
            match which {
                0 => s.step(by, total, height),
                1 => s.page(by.signum(), total, height),
                2 => s.home(),
                3 => s.end(total, height),
                _ => s.select(by.unsigned_abs(), total, height),
            }
            prop_assert!(total == 0 || s.window(total, height).contains(&s.selected), "{:?}", s);
        }
    }
}
