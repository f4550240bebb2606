//! The bytes of each frame, fed to a terminal model, must show the frame.

use proptest::prelude::*;
use ratatui::style::Style;

use super::*;
use crate::widget::{clear, put, screen_text};

struct Pair {
    screen: Screen,
    terminal: vt100::Parser,
}

impl Pair {
    fn new(width: u16, height: u16) -> Self {
        Self {
            screen: Screen::new(width, height),
            terminal: vt100::Parser::new(height, width, 0),
        }
    }

    /// Shows a frame and compares; returns the bytes it took.
    fn show(&mut self, draw: impl FnOnce(&mut Buffer) -> Option<Position>) -> usize {
        let bytes = self.screen.frame(draw);
        let count = bytes.len();
        self.terminal.process(bytes);
        // The frame is in `shown` unless nothing had to be written, and then both are alike.
        let want = screen_text(&self.screen.shown);
        let screen = self.terminal.screen();
        let area = self.screen.area();
        let have: Vec<String> = screen.rows(0, area.width).collect();
        let want: Vec<&str> = want.lines().collect();
        let trimmed: Vec<&str> = have.iter().map(|l| l.trim_end()).collect();
        assert_eq!(trimmed, want);
        self.compare_styles();
        let mut marks = Marks::default();
        marks.take(&self.screen.shown);
        assert_eq!(
            self.screen.marks, marks,
            "the numbers are those of the cells"
        );
        count
    }

    fn compare_styles(&self) {
        let area = self.screen.area();
        for y in 0..area.height {
            for x in 0..area.width {
                let have = self.terminal.screen().cell(y, x).unwrap();
                let want = self.screen.shown.cell((x, y)).unwrap();
                if have.is_wide_continuation() {
                    continue;
                }
                let reversed = want.modifier.contains(Modifier::REVERSED);
                assert_eq!(have.inverse(), reversed, "reverse at {x},{y}");
                let fg = match want.fg {
                    Color::Red => vt100::Color::Idx(1),
                    _ => vt100::Color::Default,
                };
                if want.symbol() != " " {
                    assert_eq!(have.fgcolor(), fg, "colour at {x},{y}");
                }
            }
        }
    }
}

fn list(buf: &mut Buffer, first: usize, selected: usize, rows: usize) -> Option<Position> {
    put(
        buf,
        0,
        0,
        160,
        "订单号     客户      品名规格",
        Style::new(),
    );
    for at in 0..rows {
        let y = u16::try_from(at + 1).unwrap();
        let n = first + at;
        let style = if n == selected {
            Style::new().add_modifier(Modifier::REVERSED)
        } else {
            Style::new()
        };
        let text = format!("SO-26{n:04} 永兴五金{n} 不锈钢法兰盘 DN{n} 2026-12-01");
        clear(buf, Rect::new(0, y, buf.area.width, 1), style);
        put(buf, 0, y, 160, &text, style);
    }
    let last = buf.area.bottom() - 1;
    put(
        buf,
        0,
        last,
        160,
        &format!("{}/120", selected + 1),
        Style::new(),
    );
    None
}

#[test]
fn an_unchanged_frame_is_no_byte_and_a_moved_selection_a_few() {
    let mut pair = Pair::new(160, 45);
    let first = pair.show(|b| list(b, 0, 3, 40));
    assert!(first <= 9_000, "{first}");
    assert_eq!(pair.show(|b| list(b, 0, 3, 40)), 0);
    let row = pair.show(|b| list(b, 0, 4, 40));
    assert!(row <= 500, "{row}");
}

#[test]
fn a_list_that_moves_by_one_row_is_scrolled_by_the_terminal() {
    let mut pair = Pair::new(160, 45);
    pair.show(|b| list(b, 0, 39, 40));
    let down = pair.show(|b| list(b, 1, 40, 40));
    assert!(down <= 600, "{down}");
    let up = pair.show(|b| list(b, 0, 0, 40));
    assert!(up <= 1_200, "{up}");
}

#[test]
fn the_cursor_is_shown_where_the_field_has_it() {
    let mut pair = Pair::new(20, 3);
    let at = Position::new(4, 1);
    pair.show(|b| {
        put(b, 0, 1, 20, "客户", Style::new());
        Some(at)
    });
    assert!(!pair.terminal.screen().hide_cursor());
    assert_eq!(pair.terminal.screen().cursor_position(), (1, 4));
    let bytes = pair.show(|b| {
        put(b, 0, 1, 20, "客户", Style::new());
        None
    });
    assert!(bytes > 0);
    assert!(pair.terminal.screen().hide_cursor());
}

#[test]
fn a_wide_character_in_the_last_cell_survives_being_replaced() {
    let mut pair = Pair::new(4, 2);
    let red = Style::new().bg(Color::Red);
    pair.show(|b| {
        put(b, 2, 1, 2, "单", red);
        None
    });
    pair.show(|_| None);
    // A cell that cannot hold its symbol, as a foreign widget may leave it.
    pair.screen.frame(|b| {
        b[(3, 1)].set_symbol("单");
        None
    });
    pair.screen.frame(|_| None);
}

#[test]
fn a_resize_or_a_foreign_write_repaints_everything() {
    let mut pair = Pair::new(20, 3);
    let draw = |b: &mut Buffer| {
        put(b, 0, 0, 20, "跟单", Style::new());
        None
    };
    pair.show(draw);
    pair.terminal.process(b"\x1b[2J\x1b[Hgarbage");
    pair.screen.forget();
    assert!(pair.show(draw) > 0);
    pair.screen.resize(10, 2);
    pair.terminal.screen_mut().set_size(2, 10);
    assert!(pair.show(draw) > 0);
}

fn style(which: usize) -> Style {
    match which {
        0 => Style::new(),
        1 => Style::new().add_modifier(Modifier::REVERSED),
        2 => Style::new().fg(Color::Red),
        _ => Style::new()
            .fg(Color::Red)
            .add_modifier(Modifier::BOLD | Modifier::REVERSED),
    }
}

/// One piece of text of a made-up frame: column, row, text, style.
type Piece = (u16, u16, String, usize);

fn pieces() -> impl Strategy<Value = Vec<Piece>> {
    let text = prop_oneof![
        "[ a-c]{0,8}",
        "[跟单，。 ]{0,6}",
        "[─│▸█é①]{0,5}",
        "[🔧ア중]{0,3}",
    ];
    prop::collection::vec((0_u16..20, 0_u16..8, text, 0_usize..4), 0..14)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(250))]

    #[test]
    fn any_frame_after_any_other_is_shown_as_drawn(frames in prop::collection::vec(pieces(), 1..6)) {
        let mut pair = Pair::new(20, 8);
        for frame in frames {
            pair.show(|buf| {
                for (x, y, text, which) in &frame {
                    put(buf, *x, *y, 20, text, style(*which));
                }
                None
            });
        }
    }

    #[test]
    fn lists_scrolled_any_way_are_shown_as_drawn(
        steps in prop::collection::vec((0_usize..30, 0_usize..12), 1..10),
    ) {
        let mut pair = Pair::new(60, 14);
        for (first, selected) in steps {
            pair.show(|buf| list(buf, first, first + selected, 12));
        }
    }
}
