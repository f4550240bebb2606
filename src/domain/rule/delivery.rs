//! Quantities and dates of an order: what is ordered, shipped, still open, and when it is due.

use chrono::NaiveDate;

use crate::domain::codes::OrderState;
use crate::domain::order::{Order, OrderLine};
use crate::domain::quantity::{Micro, Money, Qty, Rate};
use crate::domain::rule::planning::PlanSettings;
use crate::domain::world::World;

/// Quantities of an order line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LineQty {
    /// Ordered less cancelled.
    pub ordered: Qty,
    pub shipped: Qty,
    /// Still to ship; zero once the tolerance is reached.
    pub open: Qty,
}

/// Quantities of a line: what has left is what is in shipments with a shipped date.
#[must_use]
pub fn line_qty(world: &World, line: &OrderLine) -> LineQty {
    let ordered = (line.qty - line.cancelled_qty).floor_zero();
    let shipped: Qty = world
        .shipment_lines
        .with(line.id)
        .filter(|s| {
            world
                .shipments
                .get(s.shipment_id)
                .is_some_and(|h| h.shipped_on.is_some())
        })
        .map(|s| s.qty)
        .sum();
    let least = ordered - ordered.times(line.under_pct);
    let open = if shipped >= least {
        Qty::ZERO
    } else {
        ordered - shipped
    };
    LineQty {
        ordered,
        shipped,
        open,
    }
}

/// Ordered, shipped and open over all lines.
#[must_use]
pub fn order_qty(world: &World, order: &Order) -> LineQty {
    world
        .order_lines
        .of(order.id)
        .fold(LineQty::default(), |sum, line| {
            let q = line_qty(world, line);
            LineQty {
                ordered: sum.ordered + q.ordered,
                shipped: sum.shipped + q.shipped,
                open: sum.open + q.open,
            }
        })
}

/// Whether every line has been shipped within its tolerance.
#[must_use]
pub fn is_shipped(world: &World, order: &Order) -> bool {
    let mut lines = world.order_lines.of(order.id).peekable();
    lines.peek().is_some() && lines.all(|line| line_qty(world, line).open.is_zero())
}

/// The earliest requested date of an order's lines.
#[must_use]
pub fn requested(world: &World, order: &Order) -> Option<NaiveDate> {
    world
        .order_lines
        .of(order.id)
        .filter_map(|l| l.requested_date)
        .min()
}

/// The earliest promised date of an order's lines.
#[must_use]
pub fn promised(world: &World, order: &Order) -> Option<NaiveDate> {
    world
        .order_lines
        .of(order.id)
        .filter_map(|l| l.promised_date)
        .min()
}

/// The date that counts: the promise, or the wish while nothing is promised.
#[must_use]
pub fn due(world: &World, order: &Order) -> Option<NaiveDate> {
    world.order_lines.of(order.id).filter_map(line_due).min()
}

/// The date that counts for a line.
#[must_use]
pub fn line_due(line: &OrderLine) -> Option<NaiveDate> {
    line.promised_date.or(line.requested_date)
}

/// The order's planning weight: the customer's own or by class (A 4, B 2, C 1 unless the file's
/// settings say otherwise), times the order's priority.
#[must_use]
pub fn weight(world: &World, order: &Order) -> Micro {
    let customer = world.customers.find(order.customer_id);
    let base = customer.map_or(Micro::ONE, |c| {
        c.weight
            .unwrap_or_else(|| PlanSettings::of(world).weight(c.class))
    });
    base.times(order.priority.unwrap_or(Micro::ONE))
}

/// Whether the order still needs following up.
#[must_use]
pub const fn is_live(order: &Order) -> bool {
    matches!(order.state, OrderState::Open | OrderState::Accepted)
}

/// Quantity × price in the currency's cents; `None` without a price.
#[must_use]
pub fn computed_amount(line: &OrderLine) -> Option<Money> {
    line.unit_price
        .map(|price| line.qty.times(price).round_to(2))
}

/// The sum of the lines' amounts, stated or computed.
#[must_use]
pub fn order_amount(world: &World, order: &Order) -> Money {
    world
        .order_lines
        .of(order.id)
        .filter_map(|l| l.amount.or_else(|| computed_amount(l)))
        .sum()
}

/// `part` of `whole` as a share; one where the whole is zero.
#[must_use]
pub fn share(part: Qty, whole: Qty) -> Rate {
    if whole.is_positive() {
        part.over(whole)
    } else {
        Rate::ONE
    }
}
