//! Charts as they are read on the screen.

use super::*;
use crate::widget::screen_text;
use proptest::prelude::*;

fn bar(days: Range<i64>, text: &str, letter: Option<char>) -> Bar {
    Bar {
        minutes: days.start * DAY..days.end * DAY,
        role: Role::Ok,
        text: text.to_owned(),
        letter,
        slack: 0,
    }
}

fn rows() -> Vec<GanttRow> {
    vec![
        GanttRow {
            label: "裁床一组".into(),
            bars: vec![bar(0..2, "SO-118", None), bar(2..4, "SO-120", None)],
            ..GanttRow::default()
        },
        GanttRow {
            label: "车缝".into(),
            bars: vec![bar(3..7, "SO-118", Some('L')), bar(-3..1, "旧单", None)],
            ..GanttRow::default()
        },
    ]
}

fn draw(scale: Scale, width: u16, height: u16, left: i64) -> String {
    let mut buf = Buffer::empty(Rect::new(0, 0, width, height));
    let rows = rows();
    let closed = [5 * DAY..6 * DAY, 6 * DAY..7 * DAY];
    let gantt = Gantt {
        rows: &rows,
        first: 0,
        state: TableState {
            selected: 1,
            ..TableState::default()
        },
        bar: Some(0),
        origin: "2026-11-23".parse().unwrap(),
        left,
        scale,
        now: Some(DAY + 600),
        closed: &closed,
        label_cells: 6,
        focus: Focus::Here,
        empty: "没有排期",
    };
    gantt.render(buf.area, &mut buf, &Styles::standard());
    screen_text(&buf)
}

#[test]
fn bars_days_closed_times_and_today_stand_where_they_belong() {
    assert_eq!(
        draw(Scale::Day, 38, 5, 0),
        "        2026-11\n        23 24 25 26 27 28 29 30 01 02\n 裁床…  \
         SO-118│SO-12   ░░░░░░\n▸车缝   旧  │    [SO-118    L\n            │          ░░░░░░\n"
    );
}

#[test]
fn scales_have_their_own_headings() {
    let hour = draw(Scale::Hour, 40, 4, 8 * 60);
    assert!(
        hour.starts_with("        2026-11-23      2026-11-24\n        08  12  16  20  00"),
        "{hour}"
    );
    let week = draw(Scale::Week, 40, 4, 0);
    assert!(
        week.starts_with("        2026-11 2026-12\n        11-23  11-30  12-07"),
        "{week}"
    );
    let month = draw(Scale::Month, 40, 4, 0);
    assert!(
        month.starts_with("        2026  2027\n        11 12 01 "),
        "{month}"
    );
}

proptest! {
    #[test]
    fn any_size_and_place_is_drawn_inside(
        width in 0_u16..60, height in 0_u16..8, left in -20_000_i64..20_000, which in 0_usize..4,
    ) {
        let scale = [Scale::Hour, Scale::Day, Scale::Week, Scale::Month][which];
        let text = draw(scale, width, height, left);
        prop_assert!(text.lines().all(|l| crate::text::width::width(l) <= usize::from(width)));
    }
}
