//! Draws the story of an order: what is filtered, the list, the selected line in full.

use super::*;

use crate::overlay::timeline::Timeline;
use crate::panel::{Cell, Column, Row, Width, column};
use crate::text::timeline::{self as said, Told};

/// Lines for the whole sentence of the selected line.
const FULL: u16 = 3;

/// From this width on every column stands beside the others.
const ROOM: u16 = 100;

const COLUMNS: &[Column] = &[
    column(words::TIME, Width::Fixed(11), 0),
    column(words::STAGE, Width::Fixed(10), 1),
    column(words::WHO, Width::Fixed(12), 3),
    column(said::WHAT, Width::Fill(3), 0),
    column(said::EVIDENCE, Width::Fixed(20), 2),
];

/// Who and the name of the evidence stand below, in the selected line in full.
const NARROW: &[Column] = &[
    column(words::TIME, Width::Fixed(11), 0),
    column(words::STAGE, Width::Fixed(10), 0),
    column(said::WHAT, Width::Fill(3), 0),
    column(said::FILE_MARK, Width::Fixed(4), 0),
];

pub(super) fn render(
    page: &Timeline,
    today: NaiveDate,
    area: Rect,
    buf: &mut Buffer,
    styles: &Styles,
    lang: Lang,
) -> Option<Position> {
    let count = format!("{}/{}", page.count(), page.all());
    let frame = popup::Frame {
        title: &page.title,
        right: &count,
        footer: said::KEYS.text(lang),
        focus: Focus::Here,
    };
    let inner = frame.render(area, buf, styles);
    let cursor = filters(page, inner, buf, styles, lang);
    let full = FULL.min(inner.height / 3);
    let list = Rect {
        y: inner.y + 1,
        height: inner.height.saturating_sub(full + 2),
        ..inner
    };
    let wide = inner.width >= ROOM;
    let made = |t: &Told| {
        if wide {
            row(t, today, lang)
        } else {
            narrow(t, today, lang)
        }
    };
    let rows: Vec<Row> = page.lines().map(made).collect();
    let listing = Listing {
        columns: if wide { COLUMNS } else { NARROW },
        rows: Vec::new(),
        empty: Some(if page.all() == 0 {
            said::EMPTY
        } else {
            said::NO_HIT
        }),
    };
    let shown: Vec<&Row> = rows.iter().collect();
    table(
        &listing,
        &shown,
        page.selected,
        0,
        None,
        Focus::when(!page.typing),
        list,
        buf,
        styles,
        lang,
    );
    if let Some(line) = page.line() {
        let below = (list.bottom() + 1..inner.bottom()).zip(width::wrap(
            &whole(line),
            usize::from(inner.width.saturating_sub(2)),
        ));
        for (y, text) in below {
            put(
                buf,
                inner.x + 1,
                y,
                inner.width.saturating_sub(2),
                &text,
                styles.title,
            );
        }
    }
    cursor
}

/// Who, what and by which evidence, as far as it is known.
fn whole(told: &Told) -> String {
    let parts = [&told.who, &told.text, &told.evidence];
    let parts = parts.into_iter().filter(|p| !p.is_empty());
    parts.map(String::as_str).collect::<Vec<_>>().join(" · ")
}

/// What the list is filtered by; the cursor where the filter is typed.
fn filters(
    page: &Timeline,
    inner: Rect,
    buf: &mut Buffer,
    styles: &Styles,
    lang: Lang,
) -> Option<Position> {
    let stage = page.stage.map_or(said::ALL_STAGES, Label::word).text(lang);
    let order = if page.newest_first {
        said::NEWEST
    } else {
        said::OLDEST
    };
    let text = format!("‹ {stage} ›  {}", order.text(lang));
    let text = text
        .replace('‹', &styles.symbols.choice_left.to_string())
        .replace('›', &styles.symbols.choice_right.to_string());
    let wide = inner.width.saturating_sub(2);
    let x = put(buf, inner.x + 1, inner.y, wide, &text, styles.label);
    if !page.typing && page.filter.text().is_empty() {
        return None;
    }
    let label = format!("  {}: ", shell::FILTER.text(lang));
    let x = put(
        buf,
        x,
        inner.y,
        inner.right().saturating_sub(x),
        &label,
        styles.key,
    );
    let field = Rect {
        x,
        y: inner.y,
        width: inner.right().saturating_sub(x + 1),
        height: 1,
    };
    let cursor = page
        .filter
        .render(field, buf, styles, Focus::when(page.typing));
    cursor.filter(|_| page.typing)
}

/// Day and time; of another year the day with its year.
fn time(told: &Told, today: NaiveDate) -> Cell {
    use chrono::Datelike;
    let text = if told.on.year() == today.year() {
        let day = crate::text::format::date_narrow(told.on);
        let time = told.time.map(|t| t.format(" %H:%M").to_string());
        format!("{day}{}", time.unwrap_or_default())
    } else {
        told.on.format("%y-%m-%d").to_string()
    };
    Cell::new(text, Role::Dim)
}

fn sentence(told: &Told) -> Cell {
    let role = if told.undone { Role::Dim } else { Role::Base };
    Cell::new(told.text.clone(), role)
}

fn row(told: &Told, today: NaiveDate, lang: Lang) -> Row {
    let evidence = match (told.file, told.evidence.as_str()) {
        (true, name) => {
            let mark = said::FILE_MARK.text(lang);
            Cell::new(format!("{mark} {name}"), Role::Accent)
        }
        (false, name) => Cell::new(name, Role::Dim),
    };
    Row {
        id: told.row,
        cells: vec![
            time(told, today),
            Cell::new(told.stage.word().text(lang), Role::Dim),
            Cell::new(told.who.clone(), Role::Dim),
            sentence(told),
            evidence,
        ],
    }
}

fn narrow(told: &Told, today: NaiveDate, lang: Lang) -> Row {
    let mark = if told.file {
        said::FILE_MARK.text(lang)
    } else {
        ""
    };
    Row {
        id: told.row,
        cells: vec![
            time(told, today),
            Cell::new(told.stage.word().text(lang), Role::Dim),
            sentence(told),
            Cell::new(mark, Role::Accent),
        ],
    }
}
