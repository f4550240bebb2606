//! The operations of an order: what is done, left, and how fast.

use crate::domain::order::Order;
use crate::domain::quantity::Qty;
use crate::domain::rule::{delivery, production};
use crate::overlay::form::FormKind;
use crate::panel::build::{day, percent, qty, qty_or_blank, text};
use crate::panel::{
    Column, Content, Cx, Listing, Part, PartKind, Reply, Row, Spot, Width, column, number,
};
use crate::text::words as w;
use crate::theme::Role;

const OPERATIONS: &[Column] = &[
    column(w::PRODUCTION_NO, Width::Fixed(9), 2),
    number(w::SEQ, 4, 3),
    column(w::OPERATION, Width::Fill(1), 0),
    number(w::QTY, 9, 2),
    number(w::DONE, 9, 0),
    number(w::LEFT, 9, 0),
    number(w::MADE, 6, 1),
    number(w::YESTERDAY, 8, 3),
    number(w::RATE, 8, 1),
    number(w::RATE_NEEDED, 9, 2),
    column(w::LINE_OUT, Width::Fixed(11), 2),
];

/// Days whose figures make the current rate.
const RATE_DAYS: usize = 3;

/// Good pieces per day over the last days that had any.
pub(super) fn rate(world: &crate::domain::world::World, operation: i64) -> Qty {
    let mut days: std::collections::BTreeMap<chrono::NaiveDate, Qty> =
        std::collections::BTreeMap::new();
    for figure in production::figures(world, operation) {
        *days.entry(figure.date).or_default() += figure.good;
    }
    let last: Vec<Qty> = days.into_values().rev().take(RATE_DAYS).collect();
    let count = i64::try_from(last.len()).unwrap_or(1);
    last.into_iter().sum::<Qty>().over(Qty::whole(count))
}

pub(super) fn part(cx: &Cx<'_>, order: &Order) -> Part {
    let calendar = cx.world.factory_calendar();
    let mut rows = Vec::new();
    for made in production::of_order(cx.world, order) {
        if made.state == crate::domain::codes::ProductionState::Cancelled {
            continue;
        }
        for operation in cx.world.operations.of(made.id) {
            let done = production::done(cx.world, operation);
            let left = production::left(cx.world, made, operation);
            let ends = operation
                .ends
                .or_else(|| cx.outlook.places.get(&operation.id).map(|p| p.ends));
            let rate = rate(cx.world, operation.id);
            let days = ends.map_or(0, |e| {
                i64::from(calendar.days_between(cx.today(), e.date()))
            });
            let needed = if left.is_zero() {
                Qty::ZERO
            } else {
                left.over(Qty::whole(days.max(1))).round_to(0)
            };
            let yesterday = cx.today().pred_opt();
            let last: Qty = production::figures(cx.world, operation.id)
                .filter(|p| Some(p.date) == yesterday)
                .map(|p| p.good)
                .sum();
            let mut needed_cell = qty_or_blank(needed);
            if needed > rate && !rate.is_zero() {
                needed_cell.role = Role::Bad;
            }
            rows.push(Row {
                id: operation.id,
                cells: vec![
                    text(made.no.clone()),
                    text(operation.seq.to_string()),
                    text(operation.name.clone()),
                    qty(made.qty),
                    qty(done),
                    qty_or_blank(left),
                    percent(delivery::share(done.min(made.qty), made.qty)),
                    qty_or_blank(last),
                    qty_or_blank(rate.round_to(0)),
                    needed_cell,
                    day(ends.map(|e| e.date()), cx),
                ],
            });
        }
    }
    let list = Listing {
        columns: OPERATIONS,
        rows,
        empty: Some(w::EMPTY_NOT_MADE),
    };
    Part {
        kind: PartKind::Operations,
        title: w::PART_OPERATIONS,
        count: None,
        content: Content::List(list),
    }
}

/// The report form on the selected operation, or on the first that is not done.
pub(super) fn report(cx: &Cx<'_>, order: &Order, spot: &Spot) -> Reply {
    let chosen = (spot.part == PartKind::Operations && spot.part_row > 0).then_some(spot.part_row);
    let next = || {
        production::of_order(cx.world, order).find_map(|made| {
            let left = |o: &&crate::domain::production::Operation| {
                production::left(cx.world, made, o).is_positive()
            };
            cx.world.operations.of(made.id).find(left).map(|o| o.id)
        })
    };
    match chosen.or_else(next) {
        Some(operation) => crate::panel::open(cx, FormKind::Report, operation),
        None => Reply::Refuse(w::NOTHING_TO_REPORT),
    }
}
