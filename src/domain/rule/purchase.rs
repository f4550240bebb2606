//! Purchase lines: what came, what is open, what the supplier says.

use chrono::NaiveDate;

use crate::domain::item::Item;
use crate::domain::purchase::{Promise, Purchase};
use crate::domain::quantity::Qty;
use crate::domain::world::World;

/// Where a purchase line stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Arrival {
    pub accepted: Qty,
    pub rejected: Qty,
    pub held: Qty,
    /// Still to come; zero once the tolerance is reached or the line is closed.
    pub open: Qty,
}

/// Quantities of a purchase line; rejected goods do not count as delivered.
#[must_use]
pub fn arrival(world: &World, purchase: &Purchase) -> Arrival {
    let mut sum = Arrival::default();
    for receipt in world.receipts.of(purchase.id) {
        sum.accepted += receipt.accepted;
        sum.rejected += receipt.rejected;
        sum.held += receipt.held;
    }
    let least = purchase.qty - purchase.qty.times(purchase.under_pct);
    let came = sum.accepted + sum.held;
    sum.open = if purchase.closed || came >= least {
        Qty::ZERO
    } else {
        purchase.qty - came
    };
    sum
}

/// The supplier's first word and latest word.
#[must_use]
pub fn promises<'a>(
    world: &'a World,
    purchase: &Purchase,
) -> (Option<&'a Promise>, Option<&'a Promise>) {
    let first = world
        .promises
        .of(purchase.id)
        .min_by_key(|p| (p.said_on, p.id));
    let latest = world
        .promises
        .of(purchase.id)
        .max_by_key(|p| (p.said_on, p.id));
    (first, latest)
}

/// When the open quantity is expected: the latest promise, or the date it is needed.
///
/// A date that has passed without the goods is no expectation; tomorrow at the earliest is.
#[must_use]
pub fn expected(world: &World, purchase: &Purchase, today: NaiveDate) -> Option<NaiveDate> {
    let said = promises(world, purchase)
        .1
        .map(|p| p.date)
        .or(purchase.required_date)?;
    if said < today {
        today.succ_opt()
    } else {
        Some(said)
    }
}

/// Days the open quantity is overdue against the latest promise; `None` where it is not.
#[must_use]
pub fn overdue_days(world: &World, purchase: &Purchase, today: NaiveDate) -> Option<i64> {
    let date = promises(world, purchase)
        .1
        .map(|p| p.date)
        .or(purchase.required_date)?;
    let open = arrival(world, purchase).open.is_positive();
    (open && date < today).then(|| (today - date).num_days())
}

/// Days the latest promise lies after the day of need; `None` where it does not.
#[must_use]
pub fn too_late_days(world: &World, purchase: &Purchase) -> Option<i64> {
    let promised = promises(world, purchase).1?.date;
    let needed = purchase.required_date?;
    let open = arrival(world, purchase).open.is_positive();
    (open && promised > needed).then(|| (promised - needed).num_days())
}

/// Stock that may be used: on hand less what is held.
#[must_use]
pub fn usable(item: &Item) -> Qty {
    (item.on_hand - item.on_hold).floor_zero()
}
