//! Production orders: what is done, what is left, and the state that follows.

use chrono::NaiveDate;

use super::delivery::{self, line_due, share};
use super::effect;
use crate::domain::codes::ProductionState;
use crate::domain::order::{Order, OrderLine};
use crate::domain::production::{Operation, ProductionOrder};
use crate::domain::progress::Progress;
use crate::domain::quantity::{Micro, Qty, Rate};
use crate::domain::world::World;

/// Where a production order stands, from decisions and figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    Proposed,
    Released,
    InProgress,
    Finished,
    OnHold,
    Cancelled,
}

/// The figures of an operation that count: those no later figure corrects.
pub fn figures(world: &World, operation: i64) -> impl Iterator<Item = &Progress> + Clone {
    let all = world.progress.of(operation);
    // Corrections are rare, and every rule asks.
    let any = all.clone().any(|p| p.corrects.is_some());
    let rows = all.clone();
    let corrected = move |id: i64| any && rows.clone().any(|p| p.corrects == Some(id));
    all.filter(move |p| !corrected(p.id))
}

/// Good pieces of an operation, without those that were lost or have to go through it again.
#[must_use]
pub fn done(world: &World, operation: &Operation) -> Qty {
    let good = reported(world, operation);
    if world.exception_effects.is_empty() {
        return good;
    }
    (good - effect::lost(world, operation) - effect::reworked(world, operation)).floor_zero()
}

/// Pieces reported good at an operation.
fn reported(world: &World, operation: &Operation) -> Qty {
    operation.opening_qty + figures(world, operation.id).map(|p| p.good).sum()
}

/// Pieces that have not taken the parts of an operation yet: those that go through it again have.
#[must_use]
pub fn without_parts(world: &World, order: &ProductionOrder, operation: &Operation) -> Qty {
    let lost = effect::lost(world, operation);
    let taken = (reported(world, operation) - lost).floor_zero();
    (order.qty - taken).floor_zero()
}

/// Pieces an operation still has to make.
#[must_use]
pub fn left(world: &World, order: &ProductionOrder, operation: &Operation) -> Qty {
    (order.qty - done(world, operation)).floor_zero()
}

/// Share of the work of all operations that is done; by pieces, each operation counting the same.
#[must_use]
pub fn progress(world: &World, order: &ProductionOrder) -> Rate {
    let mut operations = 0;
    let mut sum = Rate::ZERO;
    for operation in world.operations.of(order.id) {
        operations += 1;
        sum += share(done(world, operation).min(order.qty), order.qty);
    }
    if operations == 0 {
        Rate::ZERO
    } else {
        sum.over(Rate::whole(operations))
    }
}

/// Share of an order's production that is done, cancelled production orders left out; nothing
/// where it has none.
#[must_use]
pub fn share_made(world: &World, order: &Order) -> Option<Rate> {
    let made: Vec<_> = of_order(world, order)
        .filter(|p| p.state != ProductionState::Cancelled)
        .collect();
    let all: Qty = made.iter().map(|p| p.qty).sum();
    let done: Qty = made.iter().map(|p| p.qty.times(progress(world, p))).sum();
    (!made.is_empty()).then(|| share(done, all))
}

/// The last day with a figure.
#[must_use]
pub fn last_report(world: &World, order: &ProductionOrder) -> Option<NaiveDate> {
    world
        .operations
        .of(order.id)
        .flat_map(|o| figures(world, o.id))
        .map(|p| p.date)
        .max()
}

/// The state that follows from decisions and figures.
#[must_use]
pub fn standing(world: &World, order: &ProductionOrder) -> Standing {
    match order.state {
        ProductionState::Cancelled => return Standing::Cancelled,
        _ if order.on_hold => return Standing::OnHold,
        ProductionState::Proposed => return Standing::Proposed,
        ProductionState::Released => {}
    }
    let (mut any, mut all) = (false, true);
    for operation in world.operations.of(order.id) {
        let done = done(world, operation);
        any |= done.is_positive();
        all &= done >= order.qty;
        if any && !all {
            break;
        }
    }
    match (any, all) {
        (true, true) => Standing::Finished,
        (true, false) => Standing::InProgress,
        _ => Standing::Released,
    }
}

/// The production orders of an order, oldest first; a merged one counts for each of its orders.
pub fn of_order<'a>(
    world: &'a World,
    order: &Order,
) -> impl Iterator<Item = &'a ProductionOrder> + Clone {
    let own = world.order_lines.of(order.id);
    let mut list: Vec<&ProductionOrder> = own
        .flat_map(|line| of_line(world, line))
        .map(|(made, _)| made)
        .collect();
    list.sort_by_key(|made| made.id);
    list.dedup_by_key(|made| made.id);
    list.into_iter()
}

/// The production orders of a line with what of each is for it, oldest first.
pub fn of_line<'a>(
    world: &'a World,
    line: &OrderLine,
) -> impl Iterator<Item = (&'a ProductionOrder, Qty)> {
    let id = line.id;
    let own = world.production_orders.of(id);
    let also = world.production_order_lines.iter();
    let also = also
        .filter(move |share| share.order_line_id == id)
        .filter_map(|share| world.production_orders.get(share.production_order_id));
    let mut list: Vec<&ProductionOrder> = own.chain(also).collect();
    list.sort_by_key(|made| made.id);
    list.dedup_by_key(|made| made.id);
    list.into_iter()
        .map(move |made| (made, share_of(world, made, id)))
}

/// For whom a production order is made: order lines with their quantities, its own line first.
///
/// `None` stands for stock. The quantities add up to that of the production order.
#[must_use]
pub fn shares(world: &World, made: &ProductionOrder) -> Vec<(Option<i64>, Qty)> {
    let also = || world.production_order_lines.of(made.id);
    let others: Qty = also().map(|share| share.qty).sum();
    let own = (made.order_line_id, made.qty - others);
    let also = also().map(|share| (Some(share.order_line_id), share.qty));
    let all = std::iter::once(own).chain(also);
    all.filter(|(_, qty)| qty.is_positive()).collect()
}

/// What of a production order is for an order line.
#[must_use]
pub fn share_of(world: &World, made: &ProductionOrder, line: i64) -> Qty {
    shares(world, made)
        .into_iter()
        .filter(|(id, _)| *id == Some(line))
        .map(|(_, qty)| qty)
        .sum()
}

/// The order lines that a production order is for, its own first, with their orders and quantities.
#[must_use]
pub fn owners<'a>(
    world: &'a World,
    made: &ProductionOrder,
) -> Vec<(&'a Order, &'a OrderLine, Qty)> {
    let found = |(id, qty)| {
        let line: &OrderLine = world.order_lines.find(id)?;
        Some((world.orders.get(line.order_id)?, line, qty))
    };
    shares(world, made).into_iter().filter_map(found).collect()
}

/// The order line and order that a production order is for; of a merged one, the first.
#[must_use]
pub fn owner<'a>(world: &'a World, made: &ProductionOrder) -> Option<(&'a Order, &'a OrderLine)> {
    let of = |line: &'a OrderLine| Some((world.orders.get(line.order_id)?, line));
    if let Some(line) = world.order_lines.find(made.order_line_id) {
        return of(line);
    }
    let share = world.production_order_lines.of(made.id).next()?;
    of(world.order_lines.get(share.order_line_id)?)
}

/// When it has to be finished: the earliest date of the lines it is for.
#[must_use]
pub fn due(world: &World, made: &ProductionOrder) -> Option<NaiveDate> {
    let owners = owners(world, made);
    owners
        .iter()
        .filter_map(|(_, line, _)| line_due(line))
        .min()
}

/// How much it matters: the highest weight of the orders it is for.
#[must_use]
pub fn weight(world: &World, made: &ProductionOrder) -> Option<Micro> {
    let owners = owners(world, made);
    owners
        .iter()
        .map(|(o, ..)| delivery::weight(world, o))
        .max()
}

/// Quantity of a line in production orders that are not cancelled.
#[must_use]
pub fn in_production(world: &World, line: &OrderLine) -> Qty {
    of_line(world, line)
        .filter(|(made, _)| made.state != ProductionState::Cancelled)
        .map(|(_, qty)| qty)
        .sum()
}

/// What is in production of a line beside what is ordered of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Both {
    /// Ordered less cancelled.
    pub ordered: Qty,
    /// In production orders that are not cancelled.
    pub in_production: Qty,
    /// Ordered and in no production order yet.
    pub open: Qty,
    /// In production beyond what the tolerance allows to ship.
    pub over: Qty,
    /// Missing in production, where something is in production at all; less than the tolerance
    /// allows to ship short.
    pub under: Qty,
}

/// Both quantities of a line.
#[must_use]
pub fn both(world: &World, line: &OrderLine) -> Both {
    let ordered = delivery::line_qty(world, line).ordered;
    let in_production = in_production(world, line);
    let most = ordered + ordered.times(line.over_pct);
    let least = ordered - ordered.times(line.under_pct);
    let short = in_production.is_positive() && in_production < least;
    Both {
        ordered,
        in_production,
        open: (ordered - in_production).floor_zero(),
        over: (in_production - most).floor_zero(),
        under: if short {
            ordered - in_production
        } else {
            Qty::ZERO
        },
    }
}

/// Whether anybody has reported a figure for it.
#[must_use]
pub fn is_begun(world: &World, made: &ProductionOrder) -> bool {
    world
        .operations
        .of(made.id)
        .any(|o| figures(world, o.id).next().is_some() || o.opening_qty.is_positive())
}

/// The most that any of its operations has done: what has to stay together when it is split.
#[must_use]
pub fn most_done(world: &World, made: &ProductionOrder) -> Qty {
    let operations = world.operations.of(made.id);
    operations.map(|o| done(world, o)).max().unwrap_or_default()
}

/// Whether two production orders are made in the same way: item and operations alike.
#[must_use]
pub fn is_alike(world: &World, a: &ProductionOrder, b: &ProductionOrder) -> bool {
    let way = |made: &ProductionOrder| -> Vec<Operation> {
        let mut list: Vec<Operation> = world.operations.of(made.id).map(plain).collect();
        list.sort_by_key(|o| o.seq);
        list
    };
    a.item_id.is_some() && a.item_id == b.item_id && way(a) == way(b)
}

/// An operation without what belongs to one production order alone: place, pin, figures.
#[must_use]
pub fn plain(operation: &Operation) -> Operation {
    Operation {
        id: 0,
        revision: 0,
        production_order_id: 0,
        line_id: None,
        starts: None,
        ends: None,
        pinned: false,
        opening_qty: Qty::ZERO,
        ..operation.clone()
    }
}

/// Production orders that can be merged with this one: alike, in the same state, none begun.
pub fn partners<'a>(
    world: &'a World,
    made: &'a ProductionOrder,
) -> impl Iterator<Item = &'a ProductionOrder> {
    world.production_orders.iter().filter(move |other| {
        other.id != made.id
            && other.state == made.state
            && other.on_hold == made.on_hold
            && made.state != ProductionState::Cancelled
            && other.item_id == made.item_id
            && !is_begun(world, made)
            && !is_begun(world, other)
            && is_alike(world, made, other)
    })
}

/// Whether the factory is still at work on it, or will be.
#[must_use]
pub fn is_live(standing: Standing) -> bool {
    !matches!(standing, Standing::Finished | Standing::Cancelled)
}
