//! Exceptions: raising, working on, deciding, escalating, telling the customer, closing with cause
//! and lesson, reopening, merging duplicates.

use chrono::NaiveDate;

use super::{Done, Problem, Refusal, found, not_ahead, required, write};
use crate::domain::codes::{BlockKind, CauseClass, Department, Severity, Stage};
use crate::domain::exception::{
    Exception, ExceptionEffect, ExceptionEvidence, ExceptionOption, ExceptionOrder, Lesson,
};
use crate::domain::exception_codes::{CauseFactor, OptionKind};
use crate::domain::moment::Moment;
use crate::domain::production::Operation;
use crate::domain::quantity::Qty;
use crate::domain::resource::CapacityBlock;
use crate::domain::rule::escalation::{self, Rules};
use crate::domain::rule::{failure, number};
use crate::domain::world::World;
use crate::store::{Deed, Store, Tx};
use crate::text::{Did, failure as said, say};

/// Raises an exception.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Raise {
    pub order_id: Option<i64>,
    pub production_order_id: Option<i64>,
    pub purchase_id: Option<i64>,
    pub stage: Stage,
    pub what: String,
    /// Who saw it; empty: the user.
    pub reported_by: String,
    /// When it happened; none: now.
    pub happened_at: Option<Moment>,
    pub place: String,
    pub why: String,
    pub how: String,
    pub quantity: Qty,
    pub severity: Severity,
    pub department: Department,
    pub cause: Option<CauseClass>,
    pub containment: String,
    /// What it does to the plan.
    pub effect: Option<ExceptionEffect>,
}

/// Adds what was found out and what has to be decided, and corrects what was reported.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Work {
    pub exception_id: i64,
    pub containment: String,
    pub analysis: String,
    pub decision_needed: String,
    pub decide_by_who: String,
    pub decide_by: Option<NaiveDate>,
    pub default_action: String,
    pub corrective: String,
    pub owner: String,
    pub act_by: Option<NaiveDate>,
    pub acted_on: Option<NaiveDate>,
    pub severity: Severity,
    pub department: Department,
    pub cause: Option<CauseClass>,
    pub what: String,
    pub place: String,
    pub why: String,
    pub how: String,
    pub quantity: Qty,
}

/// Records the decision on an exception.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DecideOn {
    pub exception_id: i64,
    /// The way out that is chosen; none: the words say what is done.
    pub option_id: Option<i64>,
    pub decision: String,
    pub by: String,
    /// On whose authority, and how it was said.
    pub authority: String,
    pub act_by: Option<NaiveDate>,
    /// The date of the way out by the plan, as the user saw it.
    pub by_plan: Option<NaiveDate>,
    /// Enters what the chosen way out stands for: overtime, another line.
    pub carry_out: bool,
}

/// Records that an exception was brought to a level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Escalate {
    pub exception_id: i64,
    pub level: i64,
    pub to: String,
}

/// Records that the customer was told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tell {
    pub exception_id: i64,
    pub on: NaiveDate,
    pub words: String,
}

/// Closes an exception with its cause and what was learned.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Close {
    pub exception_id: i64,
    pub cause: CauseClass,
    pub factor: Option<CauseFactor>,
    pub analysis: String,
    pub difficulty: String,
    pub solution: String,
    pub preventive: String,
    /// What the verification saw.
    pub verification: String,
    /// Kept in the lessons base where not empty.
    pub lesson: String,
    /// Words under which the lesson is found, parted by blanks.
    pub tags: String,
}

pub(super) fn deed(world: &World, did: Did, e: &Exception) -> Deed {
    deed_with(world, did, e, &[])
}

pub(super) fn deed_with(world: &World, did: Did, e: &Exception, more: &[&str]) -> Deed {
    let mut args = vec![e.no.as_str()];
    args.extend(more);
    Deed::new(did, &args).about(world.orders.find(e.order_id).map_or("", |o| o.no.as_str()))
}

/// The exception, which has to be open.
pub(super) fn open(world: &World, id: i64) -> Result<&Exception, Refusal> {
    let e = found(world.exceptions.get(id), id)?;
    if e.closed_on.is_some() {
        return Err(Refusal::not(say::EXCEPTION_IS_CLOSED));
    }
    Ok(e)
}

pub(super) fn raise(store: &mut Store, world: &World, c: &Raise) -> Result<Done, Refusal> {
    required("what", &c.what)?;
    if c.quantity.is_negative() {
        return Err(Refusal::at("quantity", Problem::NotPositive));
    }
    let now = store.clock().now();
    if let Some(at) = c.happened_at.filter(|at| *at > now) {
        let (date, today) = (at.date(), now.date());
        return Err(Refusal::at(
            "happened_at",
            Problem::DateAhead { date, today },
        ));
    }
    if let Some(effect) = &c.effect {
        super::remedies::check_effect(world, effect, now.date())?;
    }
    let contained_at = (!c.containment.trim().is_empty()).then_some(now);
    let reporter = c.reported_by.trim();
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
        reported_by: if reporter.is_empty() {
            store.who()
        } else {
            reporter
        }
        .to_owned(),
        happened_at: c.happened_at,
        what: c.what.clone(),
        place: c.place.clone(),
        why: c.why.clone(),
        how: c.how.clone(),
        quantity: c.quantity,
        severity: c.severity,
        department: c.department,
        cause: c.cause,
        containment: c.containment.clone(),
        contained_at,
        ..Exception::default()
    };
    let deed = deed(world, Did::ExceptionRaised, &e);
    write(store, deed, c.order_id, |tx| {
        let exception_id = tx.insert(&e)?;
        if let Some(effect) = &c.effect {
            tx.insert(&ExceptionEffect {
                exception_id,
                entered_on: now.date(),
                ..effect.clone()
            })?;
        }
        Ok(())
    })
}

pub(super) fn work(store: &mut Store, world: &World, c: &Work) -> Result<Done, Refusal> {
    let old = open(world, c.exception_id)?;
    required("what", &c.what)?;
    if c.quantity.is_negative() {
        return Err(Refusal::at("quantity", Problem::NotPositive));
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
        default_action: c.default_action.clone(),
        corrective: c.corrective.clone(),
        owner: c.owner.clone(),
        act_by: c.act_by,
        acted_on: c.acted_on,
        severity: c.severity,
        department: c.department,
        cause: c.cause,
        what: c.what.clone(),
        place: c.place.clone(),
        why: c.why.clone(),
        how: c.how.clone(),
        quantity: c.quantity,
        ..old.clone()
    };
    let deed = deed(world, Did::ExceptionChanged, old);
    write(store, deed, old.order_id, |tx| Ok(tx.update(&e)?))
}

pub(super) fn decide(store: &mut Store, world: &World, c: &DecideOn) -> Result<Done, Refusal> {
    let old = open(world, c.exception_id)?;
    let option = match c.option_id {
        None => None,
        Some(id) => Some(found(world.exception_options.get(id), id)?),
    };
    if option.is_none() {
        required("decision", &c.decision)?;
    }
    required("by", &c.by)?;
    let own = c.by.trim().eq_ignore_ascii_case(store.who().trim());
    let beyond = option.map_or_else(Vec::new, |o| escalation::needs(world, old, o, c.by_plan));
    if own && !beyond.is_empty() {
        return Err(Refusal::at("by", Problem::Not(said::NEEDS_SUPERIOR)));
    }
    let words = c.decision.trim();
    let decision = match option {
        Some(o) if words.is_empty() => o.text.clone(),
        _ => words.to_owned(),
    };
    let e = Exception {
        decision,
        decided_by: c.by.trim().to_owned(),
        authority: c.authority.trim().to_owned(),
        decided_on: Some(store.clock().today()),
        act_by: c.act_by.or(old.act_by),
        ..old.clone()
    };
    let deed = deed(world, Did::ExceptionDecided, old);
    write(store, deed, old.order_id, |tx| {
        tx.update(&e)?;
        choose(tx, world, old.id, c.option_id)?;
        match option {
            Some(option) if c.carry_out => carry_out(tx, world, old, option),
            _ => Ok(()),
        }
    })
}

/// Marks one of the ways out, and no other.
fn choose(
    tx: &mut Tx<'_>,
    world: &World,
    exception: i64,
    option: Option<i64>,
) -> Result<(), Refusal> {
    for row in world.exception_options.of(exception) {
        let chosen = Some(row.id) == option;
        if row.chosen != chosen {
            tx.update(&ExceptionOption {
                chosen,
                ..row.clone()
            })?;
        }
    }
    Ok(())
}

/// Enters what a way out stands for: overtime becomes a block, another line a pinned operation.
fn carry_out(
    tx: &mut Tx<'_>,
    world: &World,
    e: &Exception,
    option: &ExceptionOption,
) -> Result<(), Refusal> {
    match option.kind {
        OptionKind::Overtime => {
            let (Some(centre), Some(starts), Some(ends)) =
                (option.work_centre_id, option.starts, option.ends)
            else {
                return Ok(());
            };
            tx.insert(&CapacityBlock {
                work_centre_id: centre,
                line_id: option.line_id,
                kind: BlockKind::Overtime,
                starts,
                ends,
                note: e.no.clone(),
                ..CapacityBlock::default()
            })?;
        }
        OptionKind::OtherLine => {
            let made = option.production_order_id.unwrap_or_default();
            let mut operations = world.operations.of(made);
            if let Some(operation) = operations.find(|o| o.seq == option.seq) {
                tx.update(&Operation {
                    line_id: option.line_id,
                    pinned: true,
                    ..operation.clone()
                })?;
            }
        }
        OptionKind::Words | OptionKind::Parts | OptionKind::Expedite => {}
    }
    Ok(())
}

pub(super) fn escalate(store: &mut Store, world: &World, c: &Escalate) -> Result<Done, Refusal> {
    let old = open(world, c.exception_id)?;
    let most = i64::try_from(escalation::LEVELS).unwrap_or(i64::MAX);
    if !(1..=most).contains(&c.level) {
        return Err(Refusal::at("level", Problem::NotWhole { least: 1, most }));
    }
    required("to", &c.to)?;
    let e = Exception {
        escalated_level: c.level,
        escalated_to: c.to.trim().to_owned(),
        escalated_at: Some(store.clock().now()),
        ..old.clone()
    };
    let args = [c.level.to_string(), e.escalated_to.clone()];
    let deed = deed_with(world, Did::ExceptionEscalated, old, &[&args[0], &args[1]]);
    write(store, deed, old.order_id, |tx| Ok(tx.update(&e)?))
}

pub(super) fn tell(store: &mut Store, world: &World, c: &Tell) -> Result<Done, Refusal> {
    let old = found(world.exceptions.get(c.exception_id), c.exception_id)?;
    not_ahead("on", c.on, store.clock().today())?;
    required("words", &c.words)?;
    let e = Exception {
        told_on: Some(c.on),
        told: c.words.trim().to_owned(),
        ..old.clone()
    };
    let deed = deed(world, Did::CustomerTold, old);
    write(store, deed, old.order_id, |tx| Ok(tx.update(&e)?))
}

pub(super) fn close(store: &mut Store, world: &World, c: &Close) -> Result<Done, Refusal> {
    let old = open(world, c.exception_id)?;
    if failure::waits(world, old) {
        return Err(Refusal::not(said::STILL_WAITS));
    }
    if failure::to_do(world, old).next().is_some() {
        return Err(Refusal::not(said::ACTIONS_OPEN));
    }
    required("analysis", &c.analysis)?;
    required("solution", &c.solution)?;
    let today = store.clock().today();
    let e = Exception {
        cause: Some(c.cause),
        factor: c.factor,
        analysis: c.analysis.clone(),
        difficulty: c.difficulty.clone(),
        solution: c.solution.clone(),
        preventive: c.preventive.clone(),
        verification: c.verification.clone(),
        verified_on: Some(today),
        closed_on: Some(today),
        ..old.clone()
    };
    let lesson = (!c.lesson.trim().is_empty()).then(|| lesson(world, old, c));
    let deed = deed(world, Did::ExceptionClosed, old);
    write(store, deed, old.order_id, |tx| {
        tx.update(&e)?;
        if let Some(lesson) = &lesson {
            tx.insert(lesson)?;
        }
        Ok(())
    })
}

/// What an exception taught, with what it was about: the product's family, the material.
fn lesson(world: &World, e: &Exception, c: &Close) -> Lesson {
    let order = failure::orders(world, e).first().copied();
    let made = world.production_orders.find(e.production_order_id);
    let product = made.and_then(|p| world.items.find(p.item_id)).or_else(|| {
        let line = world.order_lines.of(order?.id).next()?;
        world.items.find(line.item_id)
    });
    let purchase = world.purchases.find(e.purchase_id);
    Lesson {
        exception_id: Some(e.id),
        customer_id: order.and_then(|o| o.customer_id),
        family: product.map(|i| i.family.clone()).unwrap_or_default(),
        item_id: purchase.map(|p| p.item_id),
        supplier_id: purchase.and_then(|p| p.supplier_id),
        symptom: e.what.clone(),
        solution: c.solution.clone(),
        prevention: c.lesson.clone(),
        tags: c.tags.clone(),
        ..Lesson::default()
    }
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
        merged_into: None,
        reopened: old.reopened + 1,
        ..old.clone()
    };
    let deed = deed(world, Did::ExceptionReopened, old);
    write(store, deed, old.order_id, |tx| Ok(tx.update(&e)?))
}

/// Makes an exception part of another that tells of the same thing: it keeps its number and points
/// there; its orders and its evidence join the other, its effects no longer count.
pub(super) fn merge(
    store: &mut Store,
    world: &World,
    exception_id: i64,
    into: i64,
) -> Result<Done, Refusal> {
    let old = open(world, exception_id)?;
    let target = open(world, into)?;
    if old.id == target.id {
        return Err(Refusal::at("into", Problem::Not(said::MERGE_ITSELF)));
    }
    let known: Vec<i64> = failure::orders(world, target)
        .iter()
        .map(|o| o.id)
        .collect();
    let joining: Vec<i64> = failure::orders(world, old)
        .iter()
        .map(|o| o.id)
        .filter(|id| !known.contains(id))
        .collect();
    let e = Exception {
        merged_into: Some(target.id),
        closed_on: Some(store.clock().today()),
        ..old.clone()
    };
    let deed = deed_with(world, Did::ExceptionMerged, old, &[&target.no]);
    write(store, deed, target.order_id, |tx| {
        tx.update(&e)?;
        for order_id in joining {
            tx.insert(&ExceptionOrder {
                exception_id: target.id,
                order_id,
                ..ExceptionOrder::default()
            })?;
        }
        for row in world.exception_evidence.of(old.id) {
            tx.update(&ExceptionEvidence {
                exception_id: target.id,
                ..row.clone()
            })?;
        }
        Ok(())
    })
}

pub(super) fn set_escalation(store: &mut Store, world: &World, c: &Rules) -> Result<Done, Refusal> {
    let key = escalation::KEY;
    write(store, Deed::new(Did::SettingChanged, &[key]), None, |tx| {
        super::put_setting(tx, world, key.to_owned(), c.text())
    })
}
