//! The parts of Today: reasons of a line, what is held back, what was put off, what was done, news.

use super::{number, role, row_id, thing_row};
use crate::app::doings::{self, Doings};
use crate::domain::rule::news::{self, News};
use crate::domain::rule::today::Line;
use crate::panel::build::{day, dim, late, sort_key, text};
use crate::panel::{
    Cell, Column, Content, Cx, Listing, Part, PartKind, Row, Width, column, number as numbers,
};
use crate::text::{Label, Word, chasing, format, reason, today as t, words as w};
use crate::theme::Role;

const REASONS: &[Column] = &[
    column(w::STAGE, Width::Fixed(9), 2),
    column(t::KIND, Width::Fixed(8), 3),
    column(w::WHAT_TO_DO, Width::Fill(3), 0),
    numbers(w::LATE, 6, 0),
    numbers(t::LOSS, 8, 1),
    column(w::NEXT_STEP, Width::Fill(2), 1),
];

const HELD: &[Column] = &[
    column(w::ORDER_NO, Width::Fixed(10), 0),
    column(w::WHAT_TO_DO, Width::Fill(3), 0),
    column(t::HELD_BECAUSE, Width::Fill(2), 0),
];

const SNOOZED: &[Column] = &[
    column(w::ORDER_NO, Width::Fixed(10), 0),
    column(w::WHAT_TO_DO, Width::Fill(3), 0),
    column(w::UNTIL, Width::Fixed(11), 0),
    column(t::PUT_OFF_REASON, Width::Fill(2), 1),
];

const DONE: &[Column] = &[
    column(t::THING, Width::Fixed(12), 0),
    numbers(t::CHASES, 7, 0),
    numbers(t::ANSWERS, 8, 0),
    numbers(t::FIGURES, 8, 0),
    numbers(t::REPORTS, 8, 0),
    numbers(t::OTHER, 6, 0),
    column(t::LAST, Width::Fill(1), 1),
];

const SILENCE: &[Column] = &[
    column(t::PARTNER, Width::Fill(2), 0),
    column(w::ORDER_NO, Width::Fixed(10), 1),
    column(t::THING, Width::Fixed(12), 0),
    column(t::LAST_NEWS, Width::Fixed(11), 0),
    numbers(t::SILENT, 10, 0),
    numbers(t::USUAL, 6, 0),
    column(t::LEARNT, Width::Fill(1), 3),
];

fn part(
    kind: PartKind,
    title: Word,
    count: Option<usize>,
    columns: &'static [Column],
    rows: Vec<Row>,
    empty: Word,
) -> Part {
    let list = Listing {
        columns,
        rows,
        empty: Some(empty),
    };
    Part {
        kind,
        title,
        count,
        content: Content::List(list),
    }
}

pub(super) fn reasons(cx: &Cx<'_>, line: Option<&Line>) -> Part {
    let causes = line.into_iter().flat_map(Line::causes);
    let rows = causes.zip(1..).map(|(a, id)| Row {
        id,
        cells: vec![
            dim(a.stage.word().text(cx.lang)),
            Cell::new(t::kind(a.kind).text(cx.lang), role(a.kind)),
            text(reason::sentence(a, cx.lang)),
            late(a.days, cx.lang),
            text(a.loss.round_to(1).text()).by(sort_key(a.loss.0)),
            dim(reason::advice(a.reason, cx.lang)),
        ],
    });
    let rows: Vec<Row> = rows.collect();
    let count = Some(rows.len());
    let (kind, title) = (PartKind::Reasons, t::PART_REASONS);
    part(kind, title, count, REASONS, rows, t::EMPTY_REASONS)
}

pub(super) fn held(cx: &Cx<'_>) -> Part {
    let rows = cx.agenda.held.iter().map(|(line, hold)| {
        let because = chasing::hold(cx.world, *hold, cx.today(), cx.lang);
        Row {
            id: row_id(line),
            cells: vec![
                text(number(cx, line)),
                text(t::what(line, cx.lang)),
                Cell::new(because, Role::Warn),
            ],
        }
    });
    let (kind, title) = (PartKind::HeldBack, t::PART_HELD);
    let count = Some(cx.agenda.held.len());
    part(kind, title, count, HELD, rows.collect(), t::EMPTY_HELD)
}

pub(super) fn snoozed(cx: &Cx<'_>) -> Part {
    let rows = cx.agenda.snoozed.iter().map(|(line, snooze)| Row {
        id: row_id(line),
        cells: vec![
            text(number(cx, line)),
            text(t::what(line, cx.lang)),
            day(Some(snooze.until), cx),
            dim(snooze.reason.clone()),
        ],
    });
    let (kind, title) = (PartKind::Snoozed, t::PART_SNOOZED);
    let count = Some(cx.agenda.snoozed.len());
    part(
        kind,
        title,
        count,
        SNOOZED,
        rows.collect(),
        t::EMPTY_SNOOZED,
    )
}

pub(super) fn done(cx: &Cx<'_>) -> Part {
    let things = doings::of_day(cx.journal, cx.today());
    let mut rows: Vec<Row> = Vec::new();
    if things.len() > 1 {
        let mut all = doings::sum(&things);
        cx.say(t::ALL_THINGS).clone_into(&mut all.thing);
        rows.push(done_row(&all, cx, -1));
    }
    rows.extend(things.iter().zip(1..).map(|(d, id)| done_row(d, cx, id)));
    let (kind, title) = (PartKind::Done, t::PART_DONE);
    part(kind, title, None, DONE, rows, t::EMPTY_DONE)
}

fn done_row(d: &Doings, cx: &Cx<'_>, id: i64) -> Row {
    let count = |n: usize| match n {
        0 => dim(""),
        n => text(n.to_string()),
    };
    let last = d.last.as_ref();
    let said = last.map(|line| {
        let at = crate::text::diary::local(&line.at);
        let at = at.split_once(' ').map_or("", |(_, time)| time).to_owned();
        format!("{at} {}", crate::text::diary::sentence(line, cx.lang))
    });
    Row {
        id,
        cells: vec![
            text(d.thing.clone()),
            count(d.chases),
            count(d.answers),
            count(d.figures),
            count(d.reports),
            count(d.other),
            dim(said.unwrap_or_default()),
        ],
    }
}

pub(super) fn silence(cx: &Cx<'_>) -> Part {
    let list = news::list(cx.world, cx.today());
    let long = list.iter().filter(|n| n.silence.is_long()).count();
    let rows = list.iter().map(|n| news_row(cx, n)).collect();
    let (kind, title) = (PartKind::Silence, t::PART_SILENCE);
    part(kind, title, Some(long), SILENCE, rows, t::EMPTY_SILENCE)
}

fn news_row(cx: &Cx<'_>, n: &News) -> Row {
    let order = cx.world.orders.find(n.order_id);
    let role = if n.silence.is_long() {
        Role::Bad
    } else {
        Role::Base
    };
    let days = |n: i32| format::days(i64::from(n), cx.lang);
    Row {
        id: thing_row(n.subject, n.subject_id),
        cells: vec![
            text(t::partner(cx.world, n.partner, cx.lang)),
            text(order.map(|o| o.no.clone()).unwrap_or_default()),
            text(chasing::subject(cx.world, n.subject, n.subject_id, cx.lang)),
            day(Some(n.last), cx),
            Cell::new(days(n.silence.days), role).by(sort_key(n.silence.days.into())),
            text(days(n.silence.usual)).by(sort_key(n.silence.usual.into())),
            dim(t::learnt(n.learnt).text(cx.lang)),
        ],
    }
}
