//! How the factory plans, and where an operation is put by hand.

use super::{Done, Problem, Refusal, found, put_setting, write};
use crate::domain::moment::Moment;
use crate::domain::production::Operation;
use crate::domain::quantity::Micro;
use crate::domain::rule::planning::{KEY, PlanSettings};
use crate::domain::rule::production;
use crate::domain::world::World;
use crate::store::{Deed, Store};
use crate::text::{Did, say};

/// Most days a setting of the planner takes.
const DAYS_MAX: i64 = 365;
/// The highest weight of a class.
const WEIGHT_MAX: Micro = Micro::whole(1_000);

/// Puts an operation on a line at a moment, and keeps it there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MoveOperation {
    pub operation_id: i64,
    pub line_id: i64,
    pub starts: Moment,
    /// Where the plan ends it then.
    pub ends: Moment,
}

pub(super) fn set_rules(
    store: &mut Store,
    world: &World,
    settings: &PlanSettings,
) -> Result<Done, Refusal> {
    let fields = ["weight_a", "weight_b", "weight_c"];
    for (field, weight) in fields.into_iter().zip(settings.weights) {
        if weight.is_negative() || weight > WEIGHT_MAX {
            return Err(Refusal::at(
                field,
                Problem::NotWhole {
                    least: 0,
                    most: 1_000,
                },
            ));
        }
    }
    let days = [
        ("early_days", settings.early_days.unwrap_or(0)),
        ("frozen_days", settings.frozen_days),
    ];
    for (field, days) in days {
        if !(0..=DAYS_MAX).contains(&days) {
            let (least, most) = (0, DAYS_MAX);
            return Err(Refusal::at(field, Problem::NotWhole { least, most }));
        }
    }
    let text = settings.text();
    write(store, Deed::new(Did::PlanRulesSet, &[]), None, |tx| {
        put_setting(tx, world, KEY.to_owned(), text)
    })
}

pub(super) fn move_operation(
    store: &mut Store,
    world: &World,
    c: &MoveOperation,
) -> Result<Done, Refusal> {
    let operation = found(world.operations.get(c.operation_id), c.operation_id)?;
    let made = found(
        world.production_orders.get(operation.production_order_id),
        operation.production_order_id,
    )?;
    let line = found(world.lines.get(c.line_id), c.line_id)?;
    if operation.work_centre_id != Some(line.work_centre_id) {
        return Err(Refusal::at("line", Problem::Not(say::LINE_OF_OTHER_CENTRE)));
    }
    if production::left(world, made, operation).is_zero() {
        return Err(Refusal::not(say::OPERATION_DONE));
    }
    if production::done(world, operation).is_positive() {
        return Err(Refusal::not(say::OPERATION_RUNNING));
    }
    if c.starts < store.clock().now() && operation.starts != Some(c.starts) {
        return Err(Refusal::at("start", Problem::Not(say::START_IS_PAST)));
    }
    let owner = production::owner(world, made);
    let name = format!("{} {} {}", made.no, operation.seq, operation.name);
    let start = c.starts.0.format("%m-%d %H:%M").to_string();
    let deed = Deed::new(Did::OperationMoved, &[&name, &line.code, &start])
        .about(owner.map_or("", |(o, _)| o.no.as_str()));
    write(store, deed, owner.map(|(o, _)| o.id), |tx| {
        Ok(tx.update(&Operation {
            line_id: Some(c.line_id),
            starts: Some(c.starts),
            ends: Some(c.ends),
            pinned: true,
            ..operation.clone()
        })?)
    })
}
