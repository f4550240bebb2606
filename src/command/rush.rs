//! Taking an order in: as a rush that others make way for, or in parts.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::capacity::{Decide, decide_in};
use super::production::make_in;
use super::schedule::Placement;
use super::{Done, Problem, Refusal, found, required, write};
use crate::domain::codes::{DecisionKind, OrderState};
use crate::domain::moment::Moment;
use crate::domain::order::ScheduleLine;
use crate::domain::production::{Operation, Plan, PlanRow, ProductionOrder};
use crate::domain::quantity::Qty;
use crate::domain::rule::shelf::last_numbers;
use crate::domain::rule::{delivery, number};
use crate::domain::world::World;
use crate::store::{Deed, Store, Tx};
use crate::text::{Did, say};

/// Where an operation of the rush order is put.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RushPlacement {
    pub order_line_id: i64,
    pub seq: i64,
    pub line_id: Option<i64>,
    pub starts: Moment,
    pub ends: Moment,
}

/// Accepts an open order as a rush: promised, made into production orders, and planned where the
/// others were moved for it, all in one change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AcceptRush {
    pub order_id: i64,
    pub date: NaiveDate,
    pub reason: String,
    /// Who allowed it; needed where orders of others become late by it.
    pub authority: String,
    /// How many orders become late, or later, by it.
    pub made_late: usize,
    pub own: Vec<RushPlacement>,
    pub others: Vec<Placement>,
}

/// Sets the parts in which an order line is to be delivered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanParts {
    pub order_line_id: i64,
    pub parts: Vec<(Qty, NaiveDate)>,
}

pub(super) fn accept(store: &mut Store, world: &World, c: &AcceptRush) -> Result<Done, Refusal> {
    let order = found(world.orders.get(c.order_id), c.order_id)?;
    if order.state != OrderState::Open {
        return Err(Refusal::not(say::REVIEW_ONLY_OPEN));
    }
    let (now, today) = (store.clock().now(), store.clock().today());
    if c.date <= today {
        let date = c.date;
        return Err(Refusal::at("date", Problem::DatePast { date, today }));
    }
    if c.own.is_empty() {
        return Err(Refusal::not(say::NOTHING_TO_PLAN));
    }
    required("reason", &c.reason)?;
    if c.made_late > 0 {
        // Breaking promises to other customers is beyond the merchandiser's own authority.
        required("authority", &c.authority)?;
    }
    let who = store.who().to_owned();
    let deed = Deed::new(Did::RushAccepted, &[&c.date.to_string()]).about(&order.no);
    let plan = Plan {
        accepted_at: now,
        accepted_by: who.clone(),
        note: format!("{}: {}", order.no, c.reason),
        ..Plan::default()
    };
    let decision = Decide {
        order_id: order.id,
        kind: DecisionKind::Accept,
        date: Some(c.date),
        reason: c.reason.clone(),
        authority: c.authority.clone(),
        // The date is the planner's own, with others pushed aside.
        planner: None,
    };
    let mut numbers: Vec<String> = world
        .production_orders
        .iter()
        .map(|p| p.no.clone())
        .chain(last_numbers(world).map(str::to_owned))
        .collect();
    write(store, deed, Some(order.id), |tx| {
        decide_in(tx, world, order, &decision, (today, &who))?;
        let plan_id = tx.insert(&plan)?;
        for line in world.order_lines.of(order.id) {
            let own: Vec<&RushPlacement> = c
                .own
                .iter()
                .filter(|p| p.order_line_id == line.id)
                .collect();
            if let Some(item_id) = line.item_id.filter(|_| !own.is_empty()) {
                let no = number::next(number::PRODUCTION_ORDER, numbers.iter().map(String::as_str));
                numbers.push(no.clone());
                let made = ProductionOrder {
                    no,
                    order_line_id: Some(line.id),
                    item_id: Some(item_id),
                    qty: delivery::line_qty(world, line).open,
                    ..ProductionOrder::default()
                };
                let id = make_in(tx, world, &made, item_id)?;
                place_own(tx, id, plan_id, &own)?;
            }
        }
        for p in &c.others {
            let old = found(world.operations.get(p.operation_id), p.operation_id)?;
            tx.update(&Operation {
                line_id: p.line_id,
                starts: Some(p.starts),
                ends: Some(p.ends),
                ..old.clone()
            })?;
            tx.insert(&row(plan_id, p))?;
        }
        Ok(())
    })
}

/// Puts the operations of a new production order where the rush has them.
fn place_own(
    tx: &mut Tx<'_>,
    production_order_id: i64,
    plan_id: i64,
    own: &[&RushPlacement],
) -> Result<(), Refusal> {
    let places: BTreeMap<i64, &RushPlacement> = own.iter().map(|p| (p.seq, *p)).collect();
    let operations: Vec<Operation> = tx.all()?;
    for operation in operations
        .into_iter()
        .filter(|o| o.production_order_id == production_order_id)
    {
        let Some(place) = places.get(&operation.seq) else {
            continue;
        };
        let placement = Placement {
            operation_id: operation.id,
            line_id: place.line_id,
            starts: place.starts,
            ends: place.ends,
        };
        tx.update(&Operation {
            line_id: place.line_id,
            starts: Some(place.starts),
            ends: Some(place.ends),
            ..operation
        })?;
        tx.insert(&row(plan_id, &placement))?;
    }
    Ok(())
}

fn row(plan_id: i64, p: &Placement) -> PlanRow {
    PlanRow {
        plan_id,
        operation_id: p.operation_id,
        line_id: p.line_id,
        starts: p.starts,
        ends: p.ends,
        ..PlanRow::default()
    }
}

pub(super) fn parts(store: &mut Store, world: &World, c: &PlanParts) -> Result<Done, Refusal> {
    let line = found(world.order_lines.get(c.order_line_id), c.order_line_id)?;
    let order = found(world.orders.get(line.order_id), line.order_id)?;
    let all: Qty = c.parts.iter().map(|(qty, _)| *qty).sum();
    let open = delivery::line_qty(world, line).open;
    if c.parts.iter().any(|(qty, _)| !qty.is_positive()) || all != open {
        return Err(Refusal::not(say::PARTS_DO_NOT_ADD_UP));
    }
    let list = c
        .parts
        .iter()
        .map(|(qty, date)| format!("{qty}@{date}"))
        .collect::<Vec<_>>()
        .join(" ");
    let deed = Deed::new(Did::PartsPlanned, &[&list]).about(&order.no);
    write(store, deed, Some(order.id), |tx| {
        for old in world.schedule_lines.of(line.id) {
            tx.delete::<ScheduleLine>(old.id)?;
        }
        for (qty, date) in &c.parts {
            tx.insert(&ScheduleLine {
                order_line_id: line.id,
                qty: *qty,
                requested_date: line.requested_date,
                promised_date: Some(*date),
                ..ScheduleLine::default()
            })?;
        }
        Ok(())
    })
}
