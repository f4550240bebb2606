//! Production orders: making, releasing, holding; accepting a plan; pins.

use super::{Done, Problem, Refusal, found, write};
use crate::domain::codes::{OrderState, ProductionState};
use crate::domain::moment::Moment;
use crate::domain::production::{Operation, Plan, PlanRow, ProductionOrder};
use crate::domain::rule::{delivery, intake, number, production};
use crate::domain::world::World;
use crate::store::{Deed, Store, Tx};
use crate::text::{Did, say};

/// Releases a production order to the factory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Release {
    pub production_order_id: i64,
    /// Why it is released in spite of what is missing.
    pub override_reason: String,
}

/// Holds, resumes or cancels a production order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetProduction {
    pub production_order_id: i64,
    pub to: ProductionStep,
}

/// A decision about a production order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProductionStep {
    Hold,
    Resume,
    Cancel,
}

/// Where the accepted plan puts an operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placement {
    pub operation_id: i64,
    pub line_id: Option<i64>,
    pub starts: Moment,
    pub ends: Moment,
}

/// Makes a computed plan the accepted one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AcceptPlan {
    pub placements: Vec<Placement>,
    pub note: String,
}

pub(super) fn make(store: &mut Store, world: &World, order_id: i64) -> Result<Done, Refusal> {
    let order = found(world.orders.get(order_id), order_id)?;
    if order.state != OrderState::Accepted {
        return Err(Refusal::not(say::ACCEPT_FIRST));
    }
    let mut numbers: Vec<String> = world
        .production_orders
        .iter()
        .map(|p| p.no.clone())
        .collect();
    let mut ready = Vec::new();
    for line in world.order_lines.of(order.id) {
        let open = (delivery::line_qty(world, line).open - production::in_production(world, line))
            .floor_zero();
        let Some(item) = world.items.find(line.item_id) else {
            continue;
        };
        if open.is_positive() && item.make {
            let no = number::next(number::PRODUCTION_ORDER, numbers.iter().map(String::as_str));
            numbers.push(no.clone());
            let made = ProductionOrder {
                no,
                order_line_id: Some(line.id),
                item_id: Some(item.id),
                qty: open,
                ..ProductionOrder::default()
            };
            ready.push((made, item.id));
        }
    }
    if ready.is_empty() {
        let known = world
            .order_lines
            .of(order.id)
            .any(|l| world.items.find(l.item_id).is_some_and(|i| i.make));
        return Err(Refusal::not(if known {
            say::ALL_IN_PRODUCTION
        } else {
            say::NO_KNOWN_ITEM
        }));
    }
    let list = ready
        .iter()
        .map(|(p, _)| p.no.as_str())
        .collect::<Vec<_>>()
        .join(", ");
    let deed = Deed::new(Did::ProductionMade, &[&list]).about(&order.no);
    write(store, deed, Some(order.id), |tx| {
        for (made, item) in &ready {
            make_in(tx, world, made, *item)?;
        }
        Ok(())
    })
}

/// Writes a production order with the operations of its item's routing; returns its id.
pub(super) fn make_in(
    tx: &mut Tx<'_>,
    world: &World,
    made: &ProductionOrder,
    item: i64,
) -> Result<i64, Refusal> {
    let production_order_id = tx.insert(made)?;
    for step in world.routing_steps.of(item) {
        tx.insert(&Operation {
            production_order_id,
            seq: step.seq,
            name: step.name.clone(),
            work_centre_id: Some(step.work_centre_id),
            setup_minutes: step.setup_minutes,
            minutes_per_unit: step.minutes_per_unit,
            wait_minutes: step.wait_minutes,
            transfer_qty: step.transfer_qty,
            outsource_days: step.outsource_days,
            ..Operation::default()
        })?;
    }
    Ok(production_order_id)
}

pub(super) fn release(store: &mut Store, world: &World, c: &Release) -> Result<Done, Refusal> {
    let made = found(
        world.production_orders.get(c.production_order_id),
        c.production_order_id,
    )?;
    if made.state != ProductionState::Proposed {
        return Err(Refusal::not(say::ALREADY_RELEASED));
    }
    let owner = production::owner(world, made);
    let obstacles = owner.map_or_else(Vec::new, |(order, _)| {
        intake::obstacles(world, order, store.clock().today())
    });
    if !obstacles.is_empty() && c.override_reason.trim().is_empty() {
        return Err(Refusal::at(
            "override_reason",
            Problem::Obstacles(obstacles),
        ));
    }
    let order_no = owner.map_or("", |(order, _)| order.no.as_str());
    let deed = Deed::new(Did::ProductionReleased, &[&made.no]).about(order_no);
    let released = ProductionOrder {
        state: ProductionState::Released,
        released_on: Some(store.clock().today()),
        override_reason: c.override_reason.clone(),
        ..made.clone()
    };
    write(store, deed, owner.map(|(order, _)| order.id), |tx| {
        Ok(tx.update(&released)?)
    })
}

pub(super) fn set(store: &mut Store, world: &World, c: &SetProduction) -> Result<Done, Refusal> {
    let made = found(
        world.production_orders.get(c.production_order_id),
        c.production_order_id,
    )?;
    let mut to = made.clone();
    let did = match c.to {
        ProductionStep::Hold => {
            to.on_hold = true;
            Did::ProductionHeld
        }
        ProductionStep::Resume => {
            to.on_hold = false;
            Did::ProductionResumed
        }
        ProductionStep::Cancel => {
            if production::standing(world, made) == production::Standing::InProgress {
                return Err(Refusal::not(say::IN_PROGRESS_CANNOT_CANCEL));
            }
            to.state = ProductionState::Cancelled;
            Did::ProductionCancelled
        }
    };
    let owner = production::owner(world, made);
    let deed = Deed::new(did, &[&made.no]).about(owner.map_or("", |(o, _)| o.no.as_str()));
    write(store, deed, owner.map(|(o, _)| o.id), |tx| {
        Ok(tx.update(&to)?)
    })
}

pub(super) fn accept(store: &mut Store, world: &World, c: &AcceptPlan) -> Result<Done, Refusal> {
    if c.placements.is_empty() {
        return Err(Refusal::not(say::NOTHING_TO_PLAN));
    }
    let plan = Plan {
        accepted_at: store.clock().now(),
        accepted_by: store.who().to_owned(),
        note: c.note.clone(),
        ..Plan::default()
    };
    write(store, Deed::new(Did::PlanAccepted, &[]), None, |tx| {
        let plan_id = tx.insert(&plan)?;
        for p in &c.placements {
            let old = found(world.operations.get(p.operation_id), p.operation_id)?;
            let (starts, ends) = (Some(p.starts), Some(p.ends));
            tx.update(&Operation {
                line_id: p.line_id,
                starts,
                ends,
                ..old.clone()
            })?;
            tx.insert(&PlanRow {
                plan_id,
                operation_id: p.operation_id,
                line_id: p.line_id,
                starts: p.starts,
                ends: p.ends,
                ..PlanRow::default()
            })?;
        }
        Ok(())
    })
}

pub(super) fn pin(
    store: &mut Store,
    world: &World,
    operation_id: i64,
    pinned: bool,
) -> Result<Done, Refusal> {
    let operation = found(world.operations.get(operation_id), operation_id)?;
    if pinned && operation.starts.is_none() {
        return Err(Refusal::not(say::PIN_NEEDS_PLACE));
    }
    let made = found(
        world.production_orders.get(operation.production_order_id),
        operation.production_order_id,
    )?;
    let owner = production::owner(world, made);
    let did = if pinned {
        Did::OperationPinned
    } else {
        Did::OperationUnpinned
    };
    let name = format!("{} {} {}", made.no, operation.seq, operation.name);
    let deed = Deed::new(did, &[&name]).about(owner.map_or("", |(o, _)| o.no.as_str()));
    write(store, deed, owner.map(|(o, _)| o.id), |tx| {
        Ok(tx.update(&Operation {
            pinned,
            ..operation.clone()
        })?)
    })
}
