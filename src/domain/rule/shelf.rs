//! What has rested long enough to go on the shelf: ended orders and purchase lines that came.
//!
//! The day's work stands on what is off the shelf, so it costs the same after ten years as after
//! one. Nothing on the shelf is gone: it is found, listed, reported on, exported, and comes back
//! whole. What is usual (paces, suppliers' slips, prices) is learnt from what is off the shelf: the
//! last months, not the last decade.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};

use super::{delivery, production, purchase};
use crate::domain::order::Order;
use crate::domain::production::ProductionOrder;
use crate::domain::purchase::Purchase;
use crate::domain::world::World;

/// Days for which an order rests before it goes on the shelf by itself: half a year, so that every
/// supplier and every kind of work is still seen at its usual pace.
pub const REST_DAYS: u64 = 180;
/// Begins the keys of the settings that hold the highest numbers on the shelf.
pub const LAST_NUMBER: &str = "shelf/";

/// What goes on the shelf, each with the last day on which anything happened to it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Resting {
    pub orders: Vec<(i64, NaiveDate)>,
    pub purchases: Vec<(i64, NaiveDate)>,
}

impl Resting {
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.orders.is_empty() && self.purchases.is_empty()
    }
}

/// The day before which everything must have happened to what goes on the shelf by itself.
#[must_use]
pub fn rested_before(today: NaiveDate) -> NaiveDate {
    let days = Days::new(REST_DAYS);
    today.checked_sub_days(days).unwrap_or(NaiveDate::MIN)
}

/// What can go on the shelf: ended, nothing open hangs on it, and nothing has happened to it since
/// the day `before`.
#[must_use]
pub fn resting(world: &World, before: NaiveDate) -> Resting {
    let held = held(world);
    let mut orders: Vec<(i64, NaiveDate)> = world
        .orders
        .iter()
        .filter(|o| o.shelf_day.is_none() && !delivery::is_live(o) && !held.orders.contains(&o.id))
        .filter_map(|o| Some((o.id, last_day(world, o)?)))
        .filter(|(_, day)| *day < before)
        .collect();
    drop_shared(world, &mut orders);
    let gone: BTreeSet<i64> = orders.iter().map(|(id, _)| *id).collect();
    let rests = |order: i64| {
        let on_shelf = |o: &Order| o.shelf_day.is_some();
        gone.contains(&order) || world.orders.get(order).is_none_or(on_shelf)
    };
    let purchases = world
        .purchases
        .iter()
        .filter(|p| p.shelf_day.is_none() && !held.purchases.contains(&p.id))
        .filter(|p| !purchase::arrival(world, p).open.is_positive() && p.order_id.is_none_or(rests))
        .filter_map(|p| Some((p.id, last_day_of_purchase(world, p)?)))
        .filter(|(_, day)| *day < before)
        .collect();
    Resting { orders, purchases }
}

/// Orders and purchase lines on which something open hangs.
struct Held {
    orders: BTreeSet<i64>,
    purchases: BTreeSet<i64>,
}

fn held(world: &World) -> Held {
    let mut held = Held {
        orders: BTreeSet::new(),
        purchases: BTreeSet::new(),
    };
    for e in world.exceptions.iter().filter(|e| e.closed_on.is_none()) {
        held.orders.extend(e.order_id);
        held.purchases.extend(e.purchase_id);
        let others = world.exception_orders.of(e.id).map(|o| o.order_id);
        held.orders.extend(others);
        let made = world.production_orders.find(e.production_order_id);
        held.orders.extend(made.and_then(|m| order_of(world, m)));
    }
    for r in &world.reservations {
        held.purchases.extend(r.purchase_id);
        let line = world.order_lines.find(r.order_line_id);
        held.orders.extend(line.map(|l| l.order_id));
        let made = world.production_orders.find(r.production_order_id);
        held.orders.extend(made.and_then(|m| order_of(world, m)));
    }
    for p in &world.purchases {
        if purchase::arrival(world, p).open.is_positive() {
            held.orders.extend(p.order_id);
        }
    }
    for made in &world.production_orders {
        if production::is_live(production::standing(world, made)) {
            held.orders.extend(orders_of(world, made));
        }
    }
    held
}

fn order_of(world: &World, made: &ProductionOrder) -> Option<i64> {
    let line = world.order_lines.find(made.order_line_id)?;
    Some(line.order_id)
}

/// The orders that a production order is made for.
fn orders_of(world: &World, made: &ProductionOrder) -> Vec<i64> {
    let further = world.production_order_lines.of(made.id);
    let lines = further.filter_map(|p| world.order_lines.get(p.order_line_id));
    let mut orders: Vec<i64> = lines.map(|l| l.order_id).collect();
    orders.extend(order_of(world, made));
    orders
}

/// Leaves out orders that share a production order with one that stays; again until none is left.
fn drop_shared(world: &World, orders: &mut Vec<(i64, NaiveDate)>) {
    let shared: Vec<Vec<i64>> = world
        .production_orders
        .iter()
        .filter(|made| world.production_order_lines.of(made.id).next().is_some())
        .map(|made| orders_of(world, made))
        .collect();
    loop {
        let going: BTreeSet<i64> = orders.iter().map(|(id, _)| *id).collect();
        let stay: BTreeSet<i64> = shared
            .iter()
            .filter(|group| !group.iter().all(|id| going.contains(id)))
            .flatten()
            .copied()
            .collect();
        let before = orders.len();
        orders.retain(|(id, _)| !stay.contains(id));
        if orders.len() == before {
            return;
        }
    }
}

/// The last day on which anything happened to an order; none where no day of it is known.
#[must_use]
pub fn last_day(world: &World, order: &Order) -> Option<NaiveDate> {
    let lines = world.order_lines.of(order.id);
    let dates = lines.flat_map(|l| [l.requested_date, l.promised_date]);
    let shipped = world.shipments.of(order.id).map(|s| s.shipped_on);
    let inspected = world.inspections.of(order.id).map(|i| i.done_on);
    let made = production::of_order(world, order).map(|m| production::last_report(world, m));
    let asked = world
        .queries
        .of(order.id)
        .flat_map(|q| [Some(q.raised_on), q.answered_on]);
    let amended = world.amendments.of(order.id).map(|a| Some(a.made_on));
    let failed = world.exceptions.of(order.id).map(|e| e.closed_on);
    let all = [
        order.received_at.map(|at| at.date()),
        order.customer_po_date,
    ];
    let rest = dates.chain(shipped).chain(inspected).chain(made);
    let rest = rest.chain(asked).chain(amended).chain(failed);
    all.into_iter().chain(rest).flatten().max()
}

fn last_day_of_purchase(world: &World, line: &Purchase) -> Option<NaiveDate> {
    let receipts = world.receipts.of(line.id).map(|r| Some(r.date));
    let promises = world.promises.of(line.id).map(|p| Some(p.said_on));
    let own = [line.ordered_on, line.required_date, line.deposit_paid_on];
    let all = receipts.chain(promises).chain(own);
    all.flatten().max()
}

/// The highest number of each kind that is on the shelf: no new one may repeat it.
pub fn last_numbers(world: &World) -> impl Iterator<Item = &str> {
    let kept = world
        .settings
        .iter()
        .filter(|s| s.key.starts_with(LAST_NUMBER));
    kept.map(|s| s.value.as_str())
}
