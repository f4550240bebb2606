//! Purchase lines: what came, what is open, what the supplier says.

use chrono::NaiveDate;

use super::effect;
use crate::domain::codes::ReceiptKind;
use crate::domain::item::Item;
use crate::domain::purchase::{Promise, Purchase, Receipt};
use crate::domain::quantity::{Money, Qty, Rate};
use crate::domain::world::World;

/// Where a purchase line stands, in the line's unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Arrival {
    /// In the stock, less what went back.
    pub accepted: Qty,
    /// Ever rejected: on arrival, by inspection, or found bad later.
    pub rejected: Qty,
    /// Waiting for inspection.
    pub held: Qty,
    /// Gone back to the supplier.
    pub returned: Qty,
    /// Not to be replaced.
    pub credited: Qty,
    /// Still to come; zero once the tolerance is reached or the line is closed. What an exception
    /// says will not come is left out.
    pub open: Qty,
}

impl Arrival {
    /// Rejected goods that still lie in the house.
    #[must_use]
    pub fn to_return(&self) -> Qty {
        (self.rejected - self.returned).floor_zero()
    }

    /// What the line brought or will not bring any more.
    #[must_use]
    pub fn settled(&self) -> Qty {
        self.accepted + self.held + self.credited
    }
}

/// Quantities of a purchase line over all its receipts.
///
/// Rejected goods do not count as delivered: they stay open until they are replaced, credited, or
/// the line is closed. Held goods count, because most of them pass.
#[must_use]
pub fn arrival(world: &World, purchase: &Purchase) -> Arrival {
    let mut sum = Arrival::default();
    for receipt in world.receipts.of(purchase.id) {
        let (good, bad) = (receipt.accepted, receipt.rejected);
        sum.credited += receipt.credited;
        match receipt.kind {
            ReceiptKind::Arrival => {
                sum.accepted += good;
                sum.rejected += bad;
                sum.held += receipt.held;
            }
            ReceiptKind::Inspection => {
                sum.accepted += good;
                sum.rejected += bad;
                sum.held -= good + bad;
            }
            ReceiptKind::Return => {
                sum.accepted -= good;
                sum.rejected += good;
                sum.returned += good + bad;
            }
        }
    }
    let least = purchase.qty - purchase.qty.times(purchase.under_pct);
    let came = sum.settled();
    sum.open = if purchase.closed || came >= least {
        Qty::ZERO
    } else {
        (purchase.qty - came - effect::short_of(world, purchase.id)).floor_zero()
    };
    sum
}

/// What a receipt adds to, or takes from, the quantity that its line has [settled](Arrival::settled).
#[must_use]
pub fn settles(receipt: &Receipt) -> Qty {
    receipt.credited
        + match receipt.kind {
            ReceiptKind::Arrival => receipt.accepted + receipt.held,
            // What passes was held before.
            ReceiptKind::Inspection => Qty::ZERO - receipt.rejected,
            ReceiptKind::Return => Qty::ZERO - receipt.accepted,
        }
}

/// What one unit of a purchase line holds in the item's own unit; one where the file says nothing.
#[must_use]
pub fn factor(world: &World, item: i64, unit: &str) -> Rate {
    let own = world.items.get(item).map_or("", |i| i.unit.as_str());
    if unit.is_empty() || unit == own {
        return Rate::ONE;
    }
    let known = world.unit_factors.of(item).find(|f| f.unit == unit);
    known.map_or(Rate::ONE, |f| f.factor)
}

/// A quantity of a purchase line in the item's own unit.
#[must_use]
pub fn in_item_unit(world: &World, line: &Purchase, qty: Qty) -> Qty {
    qty.times(factor(world, line.item_id, &line.unit))
}

/// A quantity of an item in another unit, rounded up to whole ones of it, because nobody sells half
/// a roll.
#[must_use]
pub fn in_unit(qty: Qty, factor: Rate) -> Qty {
    let exact = qty.over(factor);
    // `over` may round down; a remainder asks for one more.
    let whole = exact.ceil_to(Qty::ONE);
    if whole.times(factor) < qty {
        whole + Qty::ONE
    } else {
        whole
    }
}

/// The latest price of an item, with this supplier where he has delivered it before.
#[must_use]
pub fn last_price(world: &World, item: i64, supplier: Option<i64>) -> Option<(Money, String)> {
    let priced = |p: &&Purchase| p.item_id == item && p.unit_price.is_some();
    let lines = || world.purchases.iter().rev().filter(priced);
    let own = lines().find(|p| p.supplier_id == supplier);
    let line = own.or_else(|| lines().next())?;
    Some((line.unit_price?, line.unit.clone()))
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
/// An exception that makes the line late goes before what was said up to that day.
/// A date that has passed without the goods is no expectation; tomorrow at the earliest is.
#[must_use]
pub fn expected(world: &World, purchase: &Purchase, today: NaiveDate) -> Option<NaiveDate> {
    let latest = promises(world, purchase).1;
    let said = latest.map(|p| p.date).or(purchase.required_date);
    let later = effect::delayed_to(world, purchase.id)
        .filter(|(_, entered)| latest.is_none_or(|p| p.said_on <= *entered))
        .map(|(date, _)| date);
    let said = said.max(later)?;
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
