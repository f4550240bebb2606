use ratatui::buffer::Buffer;

use super::*;
use crate::theme::Styles;
use crate::widget::field::Focus;
use crate::widget::screen_text;
use ratatui::layout::Rect;

fn column(key: &str, cells: u16, stop: Stop) -> GridColumn {
    GridColumn {
        key: key.to_owned(),
        title: key.to_owned(),
        cells,
        right: false,
        stop,
    }
}

fn three() -> Vec<GridColumn> {
    vec![
        column("no", 2, Stop::Never),
        column("item", 6, Stop::Usual),
        column("qty", 4, Stop::Usual),
        column("note", 6, Stop::Extra),
    ]
}

fn press(grid: &mut Grid, keys: &str) -> GridReply {
    let mut last = GridReply::Pass;
    for word in keys.split(' ') {
        let code = match word {
            "enter" => KeyCode::Enter,
            "tab" => KeyCode::Tab,
            "back" => KeyCode::BackTab,
            "up" => KeyCode::Up,
            "down" => KeyCode::Down,
            "left" => KeyCode::Left,
            "bs" => KeyCode::Backspace,
            "del" => KeyCode::Delete,
            c => KeyCode::Char(c.chars().next().unwrap()),
        };
        last = grid.on_key(KeyEvent::from(code));
    }
    last
}

#[test]
fn typing_goes_from_cell_to_cell_and_out_of_the_empty_last_row() {
    let mut grid = Grid::new(three(), "");
    press(&mut grid, "A enter 5 enter B enter 7 enter");
    assert_eq!(grid.text(), "no\titem\tqty\tnote\n\tA\t5\t\n\tB\t7\t");
    assert_eq!(grid.at(), (2, 1));
    assert_eq!(press(&mut grid, "enter"), GridReply::Out(1));
    assert_eq!(press(&mut grid, "down"), GridReply::Out(1));
    assert_eq!(press(&mut grid, "up up up"), GridReply::Out(-1));
}

#[test]
fn typing_replaces_a_cell_and_backspace_goes_on_with_it() {
    let mut grid = Grid::new(three(), "item\tqty\nAB\t5");
    press(&mut grid, "C");
    assert_eq!(grid.cell(), "C");
    press(&mut grid, "tab back bs D");
    assert_eq!(grid.cell(), "D");
    press(&mut grid, "tab left del");
    assert_eq!(grid.cell(), "");
    assert_eq!(grid.rows().len(), 1);
}

#[test]
fn enter_passes_what_is_filled_and_extra_columns_tab_does_not() {
    let mut grid = Grid::new(three(), "item\tqty\nA\t5\nB\t");
    press(&mut grid, "enter");
    assert_eq!(grid.at(), (1, 1), "the quantity is there already");
    press(&mut grid, "enter");
    assert_eq!(grid.at(), (1, 2));
    press(&mut grid, "tab");
    assert_eq!(grid.column_key(), "note");
    press(&mut grid, "tab");
    assert_eq!(grid.at(), (2, 1));
    press(&mut grid, "back");
    assert_eq!(grid.at(), (1, 3));
}

#[test]
fn a_block_from_a_spreadsheet_fills_rows_and_a_row_can_be_taken_out() {
    let mut grid = Grid::new(three(), "");
    assert_eq!(grid.paste("A\t5\r\nB\t7\tx\n"), GridReply::Changed);
    assert_eq!(grid.text(), "no\titem\tqty\tnote\n\tA\t5\t\n\tB\t7\tx");
    let delete = KeyEvent::new(KeyCode::Char('d'), KeyModifiers::CONTROL);
    grid.on_key(delete);
    assert_eq!(grid.rows().len(), 1);
    grid.paste(&"1\n".repeat(2 * ROWS_MAX));
    assert_eq!(grid.rows().len(), ROWS_MAX);
    grid.go(ROWS_MAX, "item");
    assert_eq!(grid.paste("one more"), GridReply::Full);
}

#[test]
fn other_columns_keep_the_cells_of_their_keys() {
    let mut grid = Grid::new(three(), "item\tqty\nA\t5");
    let columns = vec![three().remove(2), three().remove(1)];
    let text = grid.text();
    grid.set(columns, &text);
    assert_eq!(grid.text(), "qty\titem\n5\tA");
    assert_eq!(grid.column_key(), "item");
}

#[test]
fn what_does_not_fit_scrolls_with_the_keys_and_wide_characters_stay_whole() {
    let columns: Vec<GridColumn> = (0..8)
        .map(|at| column(&format!("c{at}"), 6, Stop::Usual))
        .collect();
    let text = "c0\tc1\tc2\tc3\tc4\tc5\tc6\tc7\n黑色牛仔布\t1\t2\t3\t4\t5\t6\t七";
    let mut grid = Grid::new(columns, text);
    let notes = Notes::default();
    let draw = |grid: &Grid| {
        let area = Rect::new(0, 0, 30, 4);
        let mut buf = Buffer::empty(area);
        let drawing = Drawing {
            grid,
            notes: &notes,
        };
        let cursor = drawing.render(area, &mut buf, &Styles::standard(), Focus::Here);
        (screen_text(&buf), cursor)
    };
    let (first, cursor) = draw(&grid);
    assert!(
        first.contains("c0") && first.contains("c3") && !first.contains("c5"),
        "{first}"
    );
    assert!(first.contains("黑色…"), "{first}");
    assert!(cursor.is_some_and(|p| p.y == 1));
    grid.go(0, "c7");
    let (last, cursor) = draw(&grid);
    assert!(
        last.contains("c7") && last.contains("c0") && last.contains('七'),
        "{last}"
    );
    assert!(cursor.is_some_and(|p| p.x < 30));
}
