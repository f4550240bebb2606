//! What hangs on an exception: its impact, ways out, actions, effects on the plan, evidence.

use super::story::beyond;
use crate::app::impact::{KitHit, OrderHit};
use crate::domain::exception::{Exception, ExceptionAction, ExceptionOption};
use crate::domain::moment::Moment;
use crate::domain::order::Order;
use crate::domain::rule::failure;
use crate::panel::build::{code, customer, day, dim, due, money, sort_key, text};
use crate::panel::{
    Cell, Column, Content, Cx, Listing, Part, PartKind, Row, Width, column, number,
};
use crate::text::{Word, failure as said, format, weighed, words as w};
use crate::theme::Role;

/// Rows of kits lie above those of orders.
const KITS: i64 = 1 << 40;

const IMPACT: &[Column] = &[
    column(w::NO, Width::Fixed(10), 0),
    column(w::CUSTOMER, Width::Fill(1), 2),
    column(said::BEFORE, Width::Fixed(11), 0),
    column(said::AFTER, Width::Fixed(11), 0),
    number(said::DAYS, 5, 0),
    number(said::LATE_BEFORE, 8, 1),
    number(said::LATE_AFTER, 5, 0),
    number(said::SETS_OR_SUM, 16, 0),
];

const OPTIONS: &[Column] = &[
    column(said::CHOSEN, Width::Fixed(6), 0),
    column(said::KIND, Width::Fixed(10), 4),
    column(said::OPTION, Width::Fill(14), 0),
    column(said::DONE_BY, Width::Fixed(11), 1),
    column(said::BY_PLAN, Width::Fixed(11), 0),
    number(said::LATE_SUM, 9, 5),
    number(said::COST, 12, 0),
    column(said::RISK, Width::Fill(1), 3),
    column(said::SUPERIOR, Width::Fill(1), 2),
];

const ACTIONS: &[Column] = &[
    column(said::KIND, Width::Fixed(10), 2),
    column(said::TEXT, Width::Fill(14), 0),
    column(w::OWNER, Width::Fixed(10), 0),
    column(said::DUE, Width::Fixed(11), 0),
    column(said::DONE_ON, Width::Fixed(11), 0),
    column(said::VERIFIED_ON, Width::Fixed(11), 1),
    column(said::RESULT, Width::Fill(1), 3),
];

const EFFECTS: &[Column] = &[
    column(said::KIND, Width::Fixed(22), 0),
    column(said::TEXT, Width::Fill(1), 0),
    column(said::DATE, Width::Fixed(11), 1),
];

const EVIDENCE: &[Column] = &[
    column(w::TITLE, Width::Fill(1), 0),
    column(said::DATE, Width::Fixed(11), 0),
    column(said::FILE, Width::Fill(1), 1),
    column(w::NOTE, Width::Fill(1), 2),
];

/// The production order of a row about a kit.
pub(super) const fn kit_of(row: i64) -> Option<i64> {
    if row > KITS { Some(row - KITS) } else { None }
}

fn part(
    kind: PartKind,
    title: Word,
    columns: &'static [Column],
    rows: Vec<Row>,
    empty: Word,
) -> Part {
    Part {
        kind,
        title,
        count: Some(rows.len()),
        content: Content::List(Listing {
            columns,
            rows,
            empty: Some(empty),
        }),
    }
}

/// Orders and kits that the exception moves, those that lose most first; then the orders that
/// people named and the plan does not move.
pub(super) fn impact(cx: &Cx<'_>, e: &Exception) -> Part {
    let found = cx.outlook.impacts.get(&e.id);
    let found = found.filter(|_| e.closed_on.is_none());
    let mut rows: Vec<Row> = Vec::new();
    if let Some(found) = found {
        rows.extend(found.orders.iter().filter_map(|hit| order_row(cx, hit)));
        rows.extend(found.kits.iter().filter_map(|hit| kit_row(cx, hit)));
    }
    for order in failure::orders(cx.world, e) {
        if !rows.iter().any(|r| r.id == order.id) {
            rows.push(named_row(cx, order));
        }
    }
    let empty = if cx.outlook.impacts_current {
        said::EMPTY_IMPACT
    } else {
        said::COMPUTING
    };
    part(PartKind::Impact, said::PART_IMPACT, IMPACT, rows, empty)
}

fn days(days: i64) -> Cell {
    let role = match days {
        0 => Role::Dim,
        1.. => Role::Bad,
        _ => Role::Ok,
    };
    let text = if days == 0 {
        "0".to_owned()
    } else {
        format!("{days:+}")
    };
    Cell::new(text, role).by(sort_key(-days))
}

fn at(cx: &Cx<'_>, moment: Moment) -> Cell {
    day(Some(moment.date()), cx)
}

fn order_row(cx: &Cx<'_>, hit: &OrderHit) -> Option<Row> {
    let order = cx.world.orders.get(hit.order_id)?;
    let worse = if hit.late_after > hit.late_before {
        Role::Bad
    } else {
        Role::Base
    };
    Some(Row {
        id: order.id,
        cells: vec![
            text(order.no.clone()),
            customer(cx, order),
            at(cx, hit.finish_before),
            at(cx, hit.finish_after),
            days(hit.days),
            dim(weighed::late(hit.late_before, cx.lang)),
            Cell::new(weighed::late(hit.late_after, cx.lang), worse),
            if hit.amount.is_zero() {
                dim("")
            } else {
                money(hit.amount, &hit.currency)
            },
        ],
    })
}

fn kit_row(cx: &Cx<'_>, hit: &KitHit) -> Option<Row> {
    let made = cx.world.production_orders.get(hit.production_order_id)?;
    let items: Vec<&str> = hit
        .items
        .iter()
        .filter_map(|id| cx.world.items.get(*id))
        .map(|i| i.name.as_str())
        .collect();
    let moved = match (hit.ready_before, hit.ready_after) {
        (Some(was), Some(is)) => days((is - was).num_days()),
        _ => dim(""),
    };
    let (was, is) = (format::qty(hit.sets_before), format::qty(hit.sets_after));
    Some(Row {
        id: KITS + made.id,
        cells: vec![
            text(made.no.clone()),
            Cell::new(said::SHORT.fill(cx.lang, &[&items.join(" ")]), Role::Warn),
            day(hit.ready_before, cx),
            day(hit.ready_after, cx),
            moved,
            dim(""),
            dim(""),
            text(format!("{was} > {is}")),
        ],
    })
}

fn named_row(cx: &Cx<'_>, order: &Order) -> Row {
    let ends = crate::overlay::forms::escalation::expected(cx, order);
    let mut cells = vec![
        dim(order.no.clone()),
        customer(cx, order),
        day(ends, cx),
        day(ends, cx),
        days(0),
        dim(""),
        dim(""),
        dim(cx.say(said::BY_HAND)),
    ];
    cells.iter_mut().for_each(|c| c.role = Role::Dim);
    Row {
        id: order.id,
        cells,
    }
}

/// The ways out with their dates: as somebody said, and by the plan where it can tell.
pub(super) fn options(cx: &Cx<'_>, e: &Exception) -> Part {
    let order = cx.world.orders.find(e.order_id);
    let currency = order.map_or("", |o| o.currency.as_str());
    let row = |o: &ExceptionOption| {
        let found = cx.outlook.impacts.get(&e.id);
        let found = found.and_then(|i| i.options.get(&o.id));
        let late = found.map_or_else(
            || dim(""),
            |f| {
                let change = f.late_days - f.late_days_now;
                let mut cell = days(change);
                cell.text = format!("{} ({})", f.late_days, cell.text);
                cell
            },
        );
        Row {
            id: o.id,
            cells: vec![
                Cell::new(if o.chosen { "*" } else { "" }, Role::Ok),
                code(o.kind, cx.lang),
                text(o.text.clone()),
                day(o.date, cx),
                found.map_or_else(|| dim("—"), |f| day(Some(f.date), cx)),
                late,
                o.cost.map_or_else(|| dim(""), |c| money(c, currency)),
                text(o.risk.clone()),
                Cell::new(beyond(cx, e, o), Role::Warn),
            ],
        }
    };
    let rows = cx.world.exception_options.of(e.id).map(row).collect();
    part(
        PartKind::Options,
        said::PART_OPTIONS,
        OPTIONS,
        rows,
        said::EMPTY_OPTIONS,
    )
}

pub(super) fn actions(cx: &Cx<'_>, e: &Exception) -> Part {
    let row = |a: &ExceptionAction| Row {
        id: a.id,
        cells: vec![
            code(a.kind, cx.lang),
            text(a.text.clone()),
            text(a.owner.clone()),
            if a.done_on.is_some() {
                day(a.due, cx)
            } else {
                due(a.due, cx)
            },
            day(a.done_on, cx),
            day(a.verified_on, cx),
            text(a.result.clone()),
        ],
    };
    let rows = cx.world.exception_actions.of(e.id).map(row).collect();
    part(
        PartKind::Actions,
        said::PART_ACTIONS,
        ACTIONS,
        rows,
        said::EMPTY_ACTIONS,
    )
}

pub(super) fn effects(cx: &Cx<'_>, e: &Exception) -> Part {
    let row = |f: &crate::domain::exception::ExceptionEffect| Row {
        id: f.id,
        cells: vec![
            code(f.kind, cx.lang),
            text(said::effect(cx.world, f)),
            day(Some(f.entered_on), cx),
        ],
    };
    let rows = cx.world.exception_effects.of(e.id).map(row).collect();
    part(
        PartKind::Effects,
        said::PART_EFFECTS,
        EFFECTS,
        rows,
        said::EMPTY_EFFECTS,
    )
}

pub(super) fn evidence(cx: &Cx<'_>, e: &Exception) -> Part {
    let row = |k: &crate::domain::exception::ExceptionEvidence| Row {
        id: k.id,
        cells: vec![
            text(k.title.clone()),
            day(k.date, cx),
            dim(k.file_name.clone()),
            text(k.note.clone()),
        ],
    };
    let rows = cx.world.exception_evidence.of(e.id).map(row).collect();
    part(
        PartKind::Evidence,
        said::PART_EVIDENCE,
        EVIDENCE,
        rows,
        said::EMPTY_EVIDENCE,
    )
}
