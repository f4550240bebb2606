//! The rows that ledgers look at, by order.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{Given, Lateness};
use crate::domain::codes::{OrderState, ProductionState};
use crate::domain::exception::Exception;
use crate::domain::order::{Order, OrderLine};
use crate::domain::production::{PlanRow, ProductionOrder};
use crate::domain::purchase::Purchase;
use crate::domain::quantity::Qty;
use crate::domain::rule::failure;
use crate::domain::world::World;

/// The data with what belongs to each order at hand.
#[derive(Debug)]
pub struct Facts<'a> {
    pub world: &'a World,
    pub given: &'a Given,
    pub(super) purchases: BTreeMap<i64, Vec<&'a Purchase>>,
    pub(super) made: BTreeMap<i64, Vec<&'a ProductionOrder>>,
    pub(super) exceptions: BTreeMap<i64, Vec<&'a Exception>>,
    /// The latest exception about a purchase line whose cause is known.
    pub(super) about: BTreeMap<i64, &'a Exception>,
    /// Where the first accepted plan that knew it had put each operation.
    pub(super) baseline: BTreeMap<i64, &'a PlanRow>,
    /// Days and quantities that left, by order line.
    shipped: BTreeMap<i64, Vec<(NaiveDate, Qty)>>,
}

impl<'a> Facts<'a> {
    #[must_use]
    pub fn new(world: &'a World, given: &'a Given) -> Self {
        let mut facts = Self {
            world,
            given,
            purchases: BTreeMap::new(),
            made: BTreeMap::new(),
            exceptions: BTreeMap::new(),
            about: BTreeMap::new(),
            baseline: BTreeMap::new(),
            shipped: BTreeMap::new(),
        };
        for bought in &world.purchases {
            if let Some(order) = bought.order_id {
                facts.purchases.entry(order).or_default().push(bought);
            }
        }
        for made in &world.production_orders {
            facts.take_made(made);
        }
        facts.take_exceptions();
        for row in &world.plan_rows {
            facts.baseline.entry(row.operation_id).or_insert(row);
        }
        for line in &world.shipment_lines {
            let day = world
                .shipments
                .get(line.shipment_id)
                .and_then(|s| s.shipped_on);
            if let Some(day) = day {
                let left = facts.shipped.entry(line.order_line_id).or_default();
                left.push((day, line.qty));
            }
        }
        facts
    }

    fn take_made(&mut self, made: &'a ProductionOrder) {
        if made.state == ProductionState::Cancelled {
            return;
        }
        let own = made.order_line_id.into_iter();
        let more = self.world.production_order_lines.of(made.id);
        for line in own.chain(more.map(|l| l.order_line_id)) {
            if let Some(line) = self.world.order_lines.get(line) {
                let list = self.made.entry(line.order_id).or_default();
                if !list.iter().any(|m| m.id == made.id) {
                    list.push(made);
                }
            }
        }
    }

    fn take_exceptions(&mut self) {
        // One that became part of another is told of there.
        let alone = self.world.exceptions.iter();
        for e in alone.filter(|e| e.merged_into.is_none()) {
            if let Some(bought) = e.purchase_id.filter(|_| e.cause.is_some()) {
                self.about.insert(bought, e);
            }
            for order in failure::orders(self.world, e) {
                self.exceptions.entry(order.id).or_default().push(e);
            }
        }
    }

    /// How late an order is, by its latest line; negative days in time. `None` for orders that are
    /// not to be delivered and for those without any date.
    #[must_use]
    pub fn lateness(&self, order: &Order) -> Option<Lateness> {
        if !matches!(order.state, OrderState::Accepted | OrderState::Closed) {
            return None;
        }
        let lines = self.world.order_lines.of(order.id);
        let found = lines.filter_map(|line| self.line_lateness(order, line));
        // Of equally late lines the first counts.
        found.fold(None, |worst: Option<Lateness>, one| match worst {
            Some(w) if one.ends - one.agreed <= w.ends - w.agreed => Some(w),
            _ => Some(one),
        })
    }

    fn line_lateness(&self, order: &Order, line: &OrderLine) -> Option<Lateness> {
        let first = self.world.commitments.of(line.id);
        let first = first.min_by_key(|c| (c.made_on, c.id));
        let promise = first.map(|c| c.date).or(line.promised_date);
        let agreed = promise.or(line.requested_date)?;
        let (ends, shipped) = self.ends(order, line)?;
        let came = order.received_at.map(|at| at.date());
        Some(Lateness {
            line_id: line.id,
            agreed,
            promised: promise.is_some(),
            since: first.map(|c| c.made_on).or(came),
            ends,
            shipped,
        })
    }

    /// The day a line ended, and whether that has happened.
    fn ends(&self, order: &Order, line: &OrderLine) -> Option<(NaiveDate, bool)> {
        let ordered = (line.qty - line.cancelled_qty).floor_zero();
        if !ordered.is_positive() {
            return None;
        }
        let least = ordered - ordered.times(line.under_pct);
        let mut left = self.shipped.get(&line.id).cloned().unwrap_or_default();
        left.sort_unstable_by_key(|(day, _)| *day);
        let mut sum = Qty::ZERO;
        for (day, qty) in &left {
            sum += *qty;
            if sum >= least {
                return Some((*day, true));
            }
        }
        if order.state == OrderState::Closed {
            // Closed short: the last delivery was the end of it.
            return left.last().map(|(day, _)| (*day, true));
        }
        let made = self.made.get(&order.id).into_iter().flatten();
        let of_line = |m: &&&ProductionOrder| {
            let mut more = self.world.production_order_lines.of(m.id);
            m.order_line_id == Some(line.id) || more.any(|l| l.order_line_id == line.id)
        };
        let finishes = made
            .filter(of_line)
            .filter_map(|m| self.given.finishes.get(&m.id).copied());
        let open = self.world.shipments.of(order.id);
        let booked = open.filter(|s| s.shipped_on.is_none() && self.carries(s.id, line.id));
        let booked = booked.filter_map(|s| s.planned);
        let last = finishes.chain(booked).max();
        let today = self.given.today;
        Some((last.map_or(today, |day| day.max(today)), false))
    }

    /// Whether a shipment takes a line along; one without lines takes all of them.
    fn carries(&self, shipment: i64, line: i64) -> bool {
        let mut lines = self.world.shipment_lines.of(shipment).peekable();
        lines.peek().is_none() || lines.any(|l| l.order_line_id == line)
    }
}
