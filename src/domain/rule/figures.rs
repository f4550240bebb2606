//! Figures that cannot be: more than the operation before has made, more than ordered, of an order
//! that is closed. They are asked about, and stay where a note says why.

use std::collections::BTreeMap;

use super::production;
use crate::domain::codes::{OrderState, ProductionState};
use crate::domain::production::{Operation, ProductionOrder};
use crate::domain::quantity::Qty;
use crate::domain::world::World;

/// Good pieces of an operation that somebody is about to report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Entry {
    pub operation_id: i64,
    pub good: Qty,
    /// Good pieces of the figures that it replaces.
    pub replaced: Qty,
}

/// Why a figure can hardly be right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doubt {
    /// The production order was cancelled.
    Cancelled,
    /// The production order, or every order it is for, is on hold.
    OnHold,
    /// Every order it is for has ended: closed, declined or cancelled.
    Closed,
    /// The operation before has passed on no more than so many, those already counted here taken out.
    MoreThanBefore { passed: Qty },
    /// The production order with its tolerance leaves no more than so many.
    MoreThanOrdered { most: Qty },
    /// The operation after has made so many already.
    LessThanAfter { after: Qty },
}

/// The most that any operation of a production order may make: its quantity with the tolerance of
/// the order line that allows most; for stock, the quantity.
#[must_use]
pub fn most(world: &World, made: &ProductionOrder) -> Qty {
    let owners = production::owners(world, made);
    let over = owners.iter().map(|(_, line, _)| line.over_pct).max();
    made.qty + made.qty.times(over.unwrap_or_default().floor_zero())
}

/// The operation before one, in the order of the routing.
#[must_use]
pub fn before<'a>(world: &'a World, operation: &Operation) -> Option<&'a Operation> {
    let all = world.operations.of(operation.production_order_id);
    all.filter(|o| o.seq < operation.seq).max_by_key(|o| o.seq)
}

/// The operation after one, in the order of the routing.
#[must_use]
pub fn after<'a>(world: &'a World, operation: &Operation) -> Option<&'a Operation> {
    let all = world.operations.of(operation.production_order_id);
    all.filter(|o| o.seq > operation.seq).min_by_key(|o| o.seq)
}

/// What waits between the operation before and this one; none for a first operation.
#[must_use]
pub fn queue(world: &World, operation: &Operation) -> Option<Qty> {
    let before = before(world, operation)?;
    let waiting = production::done(world, before) - production::done(world, operation);
    Some(waiting.floor_zero())
}

/// What is in doubt about each entry, the entries taken together: what the operation before makes
/// by one of them may be passed on by another.
#[must_use]
pub fn doubts(world: &World, entries: &[Entry]) -> Vec<Option<Doubt>> {
    let mut more: BTreeMap<i64, Qty> = BTreeMap::new();
    for entry in entries {
        *more.entry(entry.operation_id).or_default() += entry.good - entry.replaced;
    }
    let total = |operation: &Operation| {
        let more = more.get(&operation.id).copied().unwrap_or_default();
        production::done(world, operation) + more
    };
    let doubt = |entry: &Entry| {
        let operation = world.operations.get(entry.operation_id)?;
        let made = world.production_orders.get(operation.production_order_id)?;
        if let Some(ended) = ended(world, made) {
            return Some(ended);
        }
        let grows = entry.good > entry.replaced;
        let all = total(operation);
        let others = all - entry.good;
        if let Some(before) = before(world, operation).filter(|_| grows) {
            let there = total(before);
            if all > there {
                let passed = (there - others).floor_zero();
                return Some(Doubt::MoreThanBefore { passed });
            }
        }
        let limit = most(world, made);
        if grows && all > limit {
            let most = (limit - others).floor_zero();
            return Some(Doubt::MoreThanOrdered { most });
        }
        let after = after(world, operation).filter(|_| entry.good < entry.replaced)?;
        let after = total(after);
        (after > all).then_some(Doubt::LessThanAfter { after })
    };
    entries.iter().map(doubt).collect()
}

/// Why nothing more should be made of a production order.
fn ended(world: &World, made: &ProductionOrder) -> Option<Doubt> {
    if made.state == ProductionState::Cancelled {
        return Some(Doubt::Cancelled);
    }
    let owners = production::owners(world, made);
    let every = |f: &dyn Fn(&crate::domain::order::Order) -> bool| {
        !owners.is_empty() && owners.iter().all(|(order, ..)| f(order))
    };
    let is_over = |o: &crate::domain::order::Order| {
        matches!(
            o.state,
            OrderState::Closed | OrderState::Declined | OrderState::Cancelled
        )
    };
    if every(&is_over) {
        return Some(Doubt::Closed);
    }
    (made.on_hold || every(&|o| o.on_hold)).then_some(Doubt::OnHold)
}
