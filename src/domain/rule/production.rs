//! Production orders: what is done, what is left, and the state that follows.

use chrono::NaiveDate;

use super::delivery::share;
use crate::domain::codes::ProductionState;
use crate::domain::order::{Order, OrderLine};
use crate::domain::production::{Operation, ProductionOrder};
use crate::domain::progress::Progress;
use crate::domain::quantity::{Qty, Rate};
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
    let corrected = move |id: i64| world.progress.of(operation).any(|p| p.corrects == Some(id));
    world
        .progress
        .of(operation)
        .filter(move |p| !corrected(p.id))
}

/// Good pieces of an operation.
#[must_use]
pub fn done(world: &World, operation: &Operation) -> Qty {
    operation.opening_qty + figures(world, operation.id).map(|p| p.good).sum()
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
    let mut any = false;
    let mut all = true;
    for operation in world.operations.of(order.id) {
        any |= done(world, operation).is_positive();
        all &= left(world, order, operation).is_zero();
    }
    match (any, all) {
        (true, true) => Standing::Finished,
        (true, false) => Standing::InProgress,
        _ => Standing::Released,
    }
}

/// The production orders of an order, oldest first.
pub fn of_order<'a>(
    world: &'a World,
    order: &Order,
) -> impl Iterator<Item = &'a ProductionOrder> + Clone {
    world
        .order_lines
        .of(order.id)
        .flat_map(|line| world.production_orders.of(line.id))
}

/// The order line and order that a production order is for.
#[must_use]
pub fn owner<'a>(world: &'a World, order: &ProductionOrder) -> Option<(&'a Order, &'a OrderLine)> {
    let line = world.order_lines.find(order.order_line_id)?;
    Some((world.orders.get(line.order_id)?, line))
}

/// Quantity of a line in production orders that are not cancelled.
#[must_use]
pub fn in_production(world: &World, line: &OrderLine) -> Qty {
    world
        .production_orders
        .of(line.id)
        .filter(|p| p.state != ProductionState::Cancelled)
        .map(|p| p.qty)
        .sum()
}

/// Whether the factory is still at work on it, or will be.
#[must_use]
pub fn is_live(standing: Standing) -> bool {
    !matches!(standing, Standing::Finished | Standing::Cancelled)
}
