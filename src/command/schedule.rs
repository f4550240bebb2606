//! The schedule: accepting a plan; pins.

use super::{Done, Refusal, found, write};
use crate::domain::moment::Moment;
use crate::domain::production::{Operation, Plan, PlanRow};
use crate::domain::rule::production;
use crate::domain::world::World;
use crate::store::{Deed, Store};
use crate::text::{Did, say};

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
