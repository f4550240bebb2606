//! The operations of an order: what is done, left, how fast, and what waits before each.

use crate::app::outlook::OperationPace;
use crate::domain::codes::ProductionState;
use crate::domain::order::Order;
use crate::domain::production::{Operation, ProductionOrder};
use crate::domain::quantity::Qty;
use crate::domain::rule::{delivery, production};
use crate::overlay::form::FormKind;
use crate::panel::build::{day, dim, percent, qty, qty_or_blank, text};
use crate::panel::{
    Cell, Column, Content, Cx, Listing, Part, PartKind, Reply, Row, Spot, Width, column, number,
};
use crate::text::{progress as t, words as w};
use crate::theme::Role;

const OPERATIONS: &[Column] = &[
    column(w::PRODUCTION_NO, Width::Fixed(9), 2),
    number(w::SEQ, 4, 7),
    column(w::OPERATION, Width::Fill(1), 0),
    number(w::QTY, 9, 6),
    number(w::DONE, 9, 3),
    number(w::LEFT, 9, 0),
    number(w::MADE, 6, 5),
    number(w::YESTERDAY, 8, 5),
    number(w::RATE, 8, 0),
    number(w::RATE_NEEDED, 9, 0),
    number(t::WIP_BEFORE, 8, 1),
    column(w::LINE_OUT, Width::Fixed(11), 4),
    column(w::FORECAST, Width::Fixed(11), 0),
    column(t::EARLY_LATE, Width::Fixed(11), 4),
    column(t::LAST_14_DAYS, Width::Fixed(14), 5),
];

/// The production orders of an order that are not cancelled.
pub(super) fn made<'a>(cx: &Cx<'a>, order: &Order) -> Vec<&'a ProductionOrder> {
    let all = production::of_order(cx.world, order);
    all.filter(|made| made.state != ProductionState::Cancelled)
        .collect()
}

/// The operations of production orders, with these.
pub(super) fn all<'a>(
    cx: &Cx<'a>,
    made: &[&'a ProductionOrder],
) -> impl Iterator<Item = (&'a ProductionOrder, &'a Operation)> {
    let world = cx.world;
    made.iter()
        .copied()
        .flat_map(move |made| world.operations.of(made.id).map(move |o| (made, o)))
}

/// Good pieces of the last days, a character each.
pub(super) fn spark(cx: &Cx<'_>, days: &[Qty]) -> Cell {
    let values: Vec<i64> = days.iter().map(|q| q.0).collect();
    let sum: i64 = values.iter().fold(0, |a, b| a.saturating_add(*b));
    let drawn = cx.symbols.sparkline(&values);
    dim(drawn).by(crate::panel::build::sort_key(sum))
}

pub(super) fn part(cx: &Cx<'_>, order: &Order) -> Part {
    let made = made(cx, order);
    let rows = all(cx, &made).map(|(made, operation)| row(cx, made, operation));
    let list = Listing {
        columns: OPERATIONS,
        rows: rows.collect(),
        empty: Some(w::EMPTY_NOT_MADE),
    };
    Part {
        kind: PartKind::Operations,
        title: w::PART_OPERATIONS,
        count: None,
        content: Content::List(list),
    }
}

fn row(cx: &Cx<'_>, made: &ProductionOrder, operation: &Operation) -> Row {
    let done = production::done(cx.world, operation);
    let ends = operation
        .ends
        .or_else(|| cx.outlook.places.get(&operation.id).map(|p| p.ends));
    let yesterday = cx.today().pred_opt();
    let last: Qty = production::figures(cx.world, operation.id)
        .filter(|p| Some(p.date) == yesterday)
        .map(|p| p.good)
        .sum();
    let pace = cx.outlook.paces.get(&operation.id);
    let told = |f: &dyn Fn(&OperationPace) -> Cell| pace.map_or_else(|| dim(""), f);
    let cells = vec![
        text(made.no.clone()),
        text(operation.seq.to_string()),
        text(operation.name.clone()),
        qty(made.qty),
        qty(done),
        qty_or_blank(production::left(cx.world, made, operation)),
        percent(delivery::share(done.min(made.qty), made.qty)),
        qty_or_blank(last),
        told(&|p| qty_or_blank(p.pace.rate_per_day.round_to(0))),
        told(&needed),
        told(&|p| qty_or_blank(p.wip_before.unwrap_or_default())),
        day(ends.map(|e| e.date()), cx),
        told(&|p| forecast(cx, p)),
        told(&|p| {
            p.range()
                .map_or_else(|| dim(""), |ends| text(t::ends(ends)))
        }),
        told(&|p| spark(cx, &p.last_days())),
    ];
    Row {
        id: operation.id,
        cells,
    }
}

/// What is needed a day; a rate below it is bad.
fn needed(pace: &OperationPace) -> Cell {
    let needed = pace
        .pace
        .required_per_day
        .filter(|_| pace.left.is_positive());
    let mut cell = qty_or_blank(needed.unwrap_or_default().round_to(0));
    if pace.is_slow() {
        cell.role = Role::Bad;
    }
    cell
}

fn forecast(cx: &Cx<'_>, pace: &OperationPace) -> Cell {
    let Some(finish) = pace.finish() else {
        return dim("");
    };
    let mut cell = day(Some(finish), cx);
    if pace.late_days > 0 {
        cell.role = Role::Bad;
    }
    cell
}

/// The report form on the selected operation, or on the first that is not done.
pub(super) fn report(cx: &Cx<'_>, order: &Order, spot: &Spot) -> Reply {
    let chosen = (spot.part == PartKind::Operations && spot.part_row > 0).then_some(spot.part_row);
    let open = |(made, o): &(&ProductionOrder, &Operation)| {
        production::left(cx.world, made, o).is_positive()
    };
    let made = made(cx, order);
    let next = || all(cx, &made).find(open).map(|(_, o)| o.id);
    match chosen.or_else(next) {
        Some(operation) => crate::panel::open(cx, FormKind::Report, operation),
        None => Reply::Refuse(w::NOTHING_TO_REPORT),
    }
}
