//! Exceptions: raising, working on, deciding, closing with cause and lesson, reopening.

use chrono::NaiveDate;

use super::{Done, Refusal, found, required, write};
use crate::domain::codes::{CauseClass, Department, Severity, Stage};
use crate::domain::exception::{Exception, Lesson};
use crate::domain::quantity::Qty;
use crate::domain::rule::number;
use crate::domain::world::World;
use crate::store::{Deed, Store};
use crate::text::{Did, say};

/// Raises an exception.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Raise {
    pub order_id: Option<i64>,
    pub production_order_id: Option<i64>,
    pub purchase_id: Option<i64>,
    pub stage: Stage,
    pub what: String,
    pub quantity: Qty,
    pub severity: Severity,
    pub department: Department,
    pub containment: String,
}

/// Adds what was found out and what has to be decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Work {
    pub exception_id: i64,
    pub containment: String,
    pub analysis: String,
    pub decision_needed: String,
    pub decide_by_who: String,
    pub decide_by: Option<NaiveDate>,
    pub corrective: String,
    pub owner: String,
    pub act_by: Option<NaiveDate>,
    pub acted_on: Option<NaiveDate>,
}

/// Records the decision on an exception.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecideOn {
    pub exception_id: i64,
    pub decision: String,
    pub by: String,
    pub act_by: Option<NaiveDate>,
}

/// Closes an exception with its cause and what was learned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Close {
    pub exception_id: i64,
    pub cause: CauseClass,
    pub analysis: String,
    pub solution: String,
    pub preventive: String,
    /// Kept in the lessons base where not empty.
    pub lesson: String,
}

fn deed(world: &World, did: Did, e: &Exception) -> Deed {
    Deed::new(did, &[&e.no]).about(world.orders.find(e.order_id).map_or("", |o| o.no.as_str()))
}

pub(super) fn raise(store: &mut Store, world: &World, c: &Raise) -> Result<Done, Refusal> {
    required("what", &c.what)?;
    if c.quantity.is_negative() {
        return Err(Refusal::at("quantity", super::Problem::NotPositive));
    }
    let now = store.clock().now();
    let contained_at = (!c.containment.trim().is_empty()).then_some(now);
    let e = Exception {
        no: number::next(
            number::EXCEPTION,
            world.exceptions.iter().map(|e| e.no.as_str()),
        ),
        order_id: c.order_id,
        production_order_id: c.production_order_id,
        purchase_id: c.purchase_id,
        stage: c.stage,
        reported_at: now,
        reported_by: store.who().to_owned(),
        what: c.what.clone(),
        quantity: c.quantity,
        severity: c.severity,
        department: c.department,
        containment: c.containment.clone(),
        contained_at,
        ..Exception::default()
    };
    write(
        store,
        deed(world, Did::ExceptionRaised, &e),
        c.order_id,
        |tx| {
            tx.insert(&e)?;
            Ok(())
        },
    )
}

pub(super) fn work(store: &mut Store, world: &World, c: &Work) -> Result<Done, Refusal> {
    let old = found(world.exceptions.get(c.exception_id), c.exception_id)?;
    if old.closed_on.is_some() {
        return Err(Refusal::not(say::EXCEPTION_IS_CLOSED));
    }
    let contained = !c.containment.trim().is_empty();
    let now = store.clock().now();
    let e = Exception {
        containment: c.containment.clone(),
        contained_at: if contained {
            old.contained_at.or(Some(now))
        } else {
            None
        },
        analysis: c.analysis.clone(),
        decision_needed: c.decision_needed.clone(),
        decide_by_who: c.decide_by_who.clone(),
        decide_by: c.decide_by,
        corrective: c.corrective.clone(),
        owner: c.owner.clone(),
        act_by: c.act_by,
        acted_on: c.acted_on,
        ..old.clone()
    };
    write(
        store,
        deed(world, Did::ExceptionChanged, old),
        old.order_id,
        |tx| Ok(tx.update(&e)?),
    )
}

pub(super) fn decide(store: &mut Store, world: &World, c: &DecideOn) -> Result<Done, Refusal> {
    let old = found(world.exceptions.get(c.exception_id), c.exception_id)?;
    if old.closed_on.is_some() {
        return Err(Refusal::not(say::EXCEPTION_IS_CLOSED));
    }
    required("decision", &c.decision)?;
    required("by", &c.by)?;
    let e = Exception {
        decision: c.decision.clone(),
        decided_by: c.by.clone(),
        decided_on: Some(store.clock().today()),
        act_by: c.act_by.or(old.act_by),
        ..old.clone()
    };
    write(
        store,
        deed(world, Did::ExceptionDecided, old),
        old.order_id,
        |tx| Ok(tx.update(&e)?),
    )
}

pub(super) fn close(store: &mut Store, world: &World, c: &Close) -> Result<Done, Refusal> {
    let old = found(world.exceptions.get(c.exception_id), c.exception_id)?;
    if old.closed_on.is_some() {
        return Err(Refusal::not(say::EXCEPTION_IS_CLOSED));
    }
    required("analysis", &c.analysis)?;
    required("solution", &c.solution)?;
    let today = store.clock().today();
    let e = Exception {
        cause: Some(c.cause),
        analysis: c.analysis.clone(),
        solution: c.solution.clone(),
        preventive: c.preventive.clone(),
        verified_on: Some(today),
        closed_on: Some(today),
        ..old.clone()
    };
    let order = world.orders.find(old.order_id);
    let item = order
        .and_then(|o| world.order_lines.of(o.id).next())
        .and_then(|l| world.items.find(l.item_id));
    let purchase = world.purchases.find(old.purchase_id);
    write(
        store,
        deed(world, Did::ExceptionClosed, old),
        old.order_id,
        |tx| {
            tx.update(&e)?;
            if !c.lesson.trim().is_empty() {
                tx.insert(&Lesson {
                    exception_id: Some(old.id),
                    customer_id: order.and_then(|o| o.customer_id),
                    family: item.map(|i| i.family.clone()).unwrap_or_default(),
                    item_id: purchase.map(|p| p.item_id),
                    supplier_id: purchase.and_then(|p| p.supplier_id),
                    symptom: old.what.clone(),
                    solution: c.solution.clone(),
                    prevention: c.lesson.clone(),
                    ..Lesson::default()
                })?;
            }
            Ok(())
        },
    )
}

pub(super) fn reopen(store: &mut Store, world: &World, exception_id: i64) -> Result<Done, Refusal> {
    let old = found(world.exceptions.get(exception_id), exception_id)?;
    if old.closed_on.is_none() {
        return Err(Refusal::not(say::EXCEPTION_IS_OPEN));
    }
    let e = Exception {
        closed_on: None,
        verified_on: None,
        acted_on: None,
        reopened: old.reopened + 1,
        ..old.clone()
    };
    write(
        store,
        deed(world, Did::ExceptionReopened, old),
        old.order_id,
        |tx| Ok(tx.update(&e)?),
    )
}
