//! The chance of an order: its cell in the list, its fact, and what may hold the order up.

use super::super::build::{day, dim, sort_key, text};
use super::super::{
    Cell, Column, Content, Cx, Listing, Part, PartKind, Reply, Row, Spot, Width, column, number,
};
use crate::app::outlook::Chance;
use crate::domain::order::Order;
use crate::text::chance as c;
use crate::text::failure::COMPUTING;
use crate::theme::Role;

const ITEMS: &[Column] = &[
    column(c::WHAT, Width::Fill(2), 0),
    number(c::GAIN, 6, 0),
    number(c::SOONER, 6, 3),
    column(c::P50, Width::Fixed(11), 2),
    column(c::P80, Width::Fixed(11), 1),
    column(c::OWNER, Width::Fill(1), 4),
];

/// Better than four of five is well, worse than one of two is bad.
const fn role(percent: i64) -> Role {
    match percent {
        80.. => Role::Ok,
        50..80 => Role::Warn,
        _ => Role::Bad,
    }
}

/// What it means, while it is of the plan that is shown.
fn shade(cx: &Cx<'_>, chance: &Chance) -> Role {
    match cx.outlook.chances_current {
        true => role(chance.percent),
        false => Role::Dim,
    }
}

/// The chance of an order in whole per cent, dim while it is that of the plan before; a dash where
/// none is known.
pub(super) fn cell(cx: &Cx<'_>, order: &Order) -> Cell {
    match cx.outlook.chances.get(&order.id) {
        Some(chance) => {
            let text = format!("{}%", chance.percent);
            Cell::new(text, shade(cx, chance)).by(sort_key(chance.percent))
        }
        None => dim("—").by(sort_key(101)),
    }
}

/// The chance and what raises it most, for the head.
pub(super) fn fact(cx: &Cx<'_>, order: &Order) -> Option<(String, Cell)> {
    let chance = cx.outlook.chances.get(&order.id)?;
    let mut said = c::sentence(cx.world, chance, cx.lang);
    if !cx.outlook.chances_current {
        said = format!("{said} ({})", cx.say(COMPUTING));
    }
    let cell = Cell::new(said, shade(cx, chance));
    Some((c::CHANCE.text(cx.lang).to_owned(), cell))
}

/// What is uncertain of an order, what would bring most first.
pub(super) fn part(cx: &Cx<'_>, order: &Order) -> Part {
    let items = cx.outlook.chances.get(&order.id);
    let items = items.into_iter().flat_map(|chance: &Chance| &chance.items);
    let row = |(id, item): (i64, &crate::app::outlook::ChanceItem)| {
        let signed = |n: i64| {
            if n == 0 {
                dim("0")
            } else {
                text(format!("{n:+}"))
            }
        };
        Row {
            id,
            cells: vec![
                text(c::what(cx.world, item.of, cx.lang)),
                signed(item.gain).by(sort_key(item.gain)),
                signed(item.days).by(sort_key(item.days)),
                day(Some(item.p50), cx),
                day(Some(item.p80), cx),
                dim(c::owner(cx.world, item.of, cx.lang)),
            ],
        }
    };
    Part {
        kind: PartKind::Chance,
        title: c::PART_CHANCE,
        count: None,
        content: Content::List(Listing {
            columns: ITEMS,
            rows: (1..).zip(items).map(row).collect(),
            empty: Some(c::EMPTY_CHANCE),
        }),
    }
}

/// Goes to where the selected thing is worked on.
pub(super) fn open(cx: &Cx<'_>, order: &Order, spot: &Spot) -> Reply {
    let chance = cx.outlook.chances.get(&order.id);
    let at = usize::try_from(spot.part_row - 1).ok();
    let item = chance.zip(at).and_then(|(chance, at)| chance.items.get(at));
    match item {
        Some(item) => Reply::Go(c::stage(item.of), Some(order.id)),
        None => Reply::Refuse(crate::text::words::SELECT_FIRST),
    }
}
