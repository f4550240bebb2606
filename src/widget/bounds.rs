//! No widget draws a cell outside the area it was given, at any size.

use std::collections::BTreeMap;

use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::field::{Field, Focus};
use super::form::{Form, Item, Value};
use super::gantt::{Bar, Gantt, GanttRow, Scale};
use super::heatmap::{HeatCell, HeatRow, Heatmap, Limits};
use super::keyhint::Hint;
use super::month::Month;
use super::multiline::Multiline;
use super::popup::Frame;
use super::prose::Prose;
use super::status::Level;
use super::table::{Cell, Column, Row, Table, TableState, Width};
use super::tabs::Tab;
use super::{chart, clear, keyhint, popup, put, status, tabs};
use crate::theme::{Role, Styles, SymbolSet, Theme, ThemeName};

const TEXT: &str = "永兴五金\u{202e}，不锈钢法兰 DN50";

/// One widget, drawn with made-up data.
type Draw = fn(Rect, &mut Buffer, &Styles);

const WIDGETS: [(&str, Draw); 14] = [
    ("table", draw_table),
    ("empty table", draw_empty_table),
    ("field", draw_field),
    ("notes", draw_notes),
    ("form", draw_form),
    ("frame", draw_frame),
    ("headline", draw_headline),
    ("tabs", draw_tabs),
    ("hints", draw_hints),
    ("status", draw_status),
    ("gantt", draw_gantt),
    ("heat map", draw_heatmap),
    ("line chart", draw_chart),
    ("month and prose", draw_month_and_prose),
];

fn draw_table(area: Rect, buf: &mut Buffer, styles: &Styles) {
    let rows: Vec<Row> = (0..9)
        .map(|_| [TEXT, TEXT, TEXT].into_iter().collect())
        .collect();
    table_of(&rows, area, buf, styles);
}

fn draw_empty_table(area: Rect, buf: &mut Buffer, styles: &Styles) {
    table_of(&[], area, buf, styles);
}

fn table_of(rows: &[Row], area: Rect, buf: &mut Buffer, styles: &Styles) {
    let columns = [
        Column::new(TEXT, Width::Fixed(9)),
        Column::new(TEXT, Width::Fill(1)).drop_at(2),
        Column::new(TEXT, Width::Min(7)).drop_at(1),
    ];
    let table = Table {
        columns: &columns,
        rows,
        first: 0,
        state: TableState::default(),
        sort: None,
        focus: Focus::Here,
        empty: TEXT,
    };
    table.render(area, buf, styles);
}

fn draw_field(area: Rect, buf: &mut Buffer, styles: &Styles) {
    Field::with_text(99, TEXT).render(area, buf, styles, Focus::Here);
}

fn draw_notes(area: Rect, buf: &mut Buffer, styles: &Styles) {
    Multiline::with_text(99, TEXT).render(area, buf, styles, Focus::Here);
}

fn draw_form(area: Rect, buf: &mut Buffer, styles: &Styles) {
    let field = Field::with_text(99, TEXT);
    let notes = Multiline::with_text(99, TEXT);
    let items = [
        Item::new(TEXT, Value::Section),
        Item {
            error: TEXT,
            required: true,
            ..Item::new(TEXT, Value::Text(&field))
        },
        Item::new("渠道", Value::Choice(TEXT)),
        Item::new("返单", Value::Check(true)),
        Item::new("编号", Value::Fixed(TEXT)),
        Item::new("备注", Value::Notes(&notes, 3)),
    ];
    for focused in 0..items.len() {
        let form = Form {
            items: &items,
            focused,
        };
        form.render(area, buf, styles);
    }
}

fn draw_frame(area: Rect, buf: &mut Buffer, styles: &Styles) {
    let frame = Frame {
        title: TEXT,
        right: "3/120",
        footer: TEXT,
        focus: Focus::Here,
    };
    let inner = frame.render(area, buf, styles);
    assert!(inner.is_empty() || area.intersection(inner) == inner);
}

fn draw_headline(area: Rect, buf: &mut Buffer, styles: &Styles) {
    popup::headline(area, buf, styles, (TEXT, "3/120"), Focus::Away);
}

fn draw_tabs(area: Rect, buf: &mut Buffer, styles: &Styles) {
    let tab = Tab {
        key: "1".to_owned(),
        name: TEXT.to_owned(),
        count: 12,
        alarm: Role::Bad,
        ..Tab::default()
    };
    tabs::render(&[tab.clone(), tab.clone(), tab], 1, area, buf, styles);
}

fn draw_hints(area: Rect, buf: &mut Buffer, styles: &Styles) {
    let hints = [Hint::new("n", TEXT, 3), Hint::new("Enter", TEXT, 9)];
    keyhint::render(&hints, &Hint::new("F1", "更多", 0), area, buf, styles);
}

fn draw_status(area: Rect, buf: &mut Buffer, styles: &Styles) {
    status::render((Level::Error, TEXT), TEXT, area, buf, styles);
}

fn draw_gantt(area: Rect, buf: &mut Buffer, styles: &Styles) {
    let bar = |start: i64| Bar {
        minutes: start..start + 3_000,
        role: Role::Bad,
        text: TEXT.to_owned(),
        letter: Some('L'),
        slack: start + 9_000,
    };
    let row = GanttRow {
        label: TEXT.to_owned(),
        role: Role::Warn,
        bars: vec![bar(-2_000), bar(1_000), bar(4_000), bar(90_000)],
    };
    let gantt = Gantt {
        rows: &[row.clone(), row],
        first: 0,
        state: TableState::default(),
        bar: Some(1),
        origin: "2026-11-23".parse().unwrap(),
        left: 0,
        scale: Scale::Day,
        now: Some(700),
        closed: &[0..1_440, 5_000..9_000],
        label_cells: 7,
        focus: Focus::Here,
        empty: TEXT,
    };
    gantt.render(area, buf, styles);
}

fn draw_heatmap(area: Rect, buf: &mut Buffer, styles: &Styles) {
    let headings: Vec<String> = (0..5).map(|n| format!("1{n}-01 周一")).collect();
    let row = HeatRow {
        label: TEXT.to_owned(),
        cells: [Some(0), Some(90), Some(101), Some(5_000), None]
            .map(|percent| HeatCell {
                percent,
                added: 500,
            })
            .into(),
    };
    let map = Heatmap {
        headings: &headings,
        rows: &[row.clone(), row],
        state: TableState::default(),
        column: 2,
        adds: area.width.is_multiple_of(2),
        limits: Limits::default(),
        label_cells: 7,
        focus: Focus::Here,
        empty: TEXT,
    };
    map.render(area, buf, styles);
}

fn draw_chart(area: Rect, buf: &mut Buffer, styles: &Styles) {
    let values = [Some(0), Some(9), None, Some(100), Some(40)];
    let line = chart::Line {
        values: &values,
        role: Role::Accent,
        stroke: chart::Stroke::Solid,
    };
    let chart = chart::LineChart {
        lines: &[line],
        top: 100,
        top_label: TEXT,
        start_label: TEXT,
        end_label: TEXT,
        now: Some(2),
        mark: Some(3),
    };
    chart.render(area, buf, styles);
}

fn draw_month_and_prose(area: Rect, buf: &mut Buffer, styles: &Styles) {
    let day = "2026-11-23".parse().unwrap();
    let month = Month {
        selected: day,
        today: day,
        weekdays: ["一", "二", "三", "四", "五", "六", "日"],
        marks: &BTreeMap::new(),
    };
    month.render(area, buf, styles);
    let paragraphs = [Cell::new(TEXT, Role::Base), Cell::new(TEXT, Role::Dim)];
    let prose = Prose {
        paragraphs: &paragraphs,
        offset: 1,
    };
    prose.render(area, buf, styles);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn nothing_is_drawn_outside_the_area(
        x in 0_u16..5, y in 0_u16..3, width in 0_u16..50, height in 0_u16..10,
        which in 0..WIDGETS.len(), ascii in any::<bool>(),
    ) {
        let (name, draw) = WIDGETS[which];
        let set = if ascii { SymbolSet::Ascii } else { SymbolSet::Unicode };
        let styles = Styles::new(&Theme::named(ThemeName::Mono), set);
        let mut buf = Buffer::empty(Rect::new(0, 0, 44, 9));
        for row in 0..9 {
            put(&mut buf, 0, row, 44, &"#".repeat(44), Style::new());
        }
        let area = Rect::new(x, y, width, height);
        draw(area, &mut buf, &styles);
        let inside = area.intersection(buf.area);
        for row in 0..9 {
            for column in 0..44 {
                let at = ratatui::layout::Position::new(column, row);
                if !inside.contains(at) {
                    prop_assert_eq!(buf[at].symbol(), "#", "{} at {}", name, at);
                }
            }
        }
        // Drawing again over the same screen gives the same screen.
        let before = buf.clone();
        draw(area, &mut buf, &styles);
        prop_assert_eq!(before, buf, "{}", name);
    }
}

#[test]
fn clearing_never_leaves_the_buffer() {
    let mut buf = Buffer::empty(Rect::new(0, 0, 3, 2));
    clear(&mut buf, Rect::new(2, 1, 900, 900), Style::new());
    clear(&mut buf, Rect::new(900, 900, 1, 1), Style::new());
}
