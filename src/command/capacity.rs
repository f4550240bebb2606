//! Capacity review: asking the departments, their answers, the decision.

use chrono::NaiveDate;

use super::{Done, Problem, Refusal, found, required, write};
use crate::domain::codes::{Channel, DecisionKind, OrderState};
use crate::domain::order::{Commitment, Order, OrderLine};
use crate::domain::review::{self, Answer, ReviewRound};
use crate::domain::rule::{commitment, delivery, review as rule};
use crate::domain::world::World;
use crate::store::{Deed, Store, Tx};
use crate::text::{Did, say};

/// Records a department's answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordAnswer {
    pub answer_id: i64,
    pub date: Option<NaiveDate>,
    pub days: Option<i64>,
    pub satisfied: Option<bool>,
    pub risk: String,
    pub countermeasure: String,
}

/// Ends a review round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decide {
    pub order_id: i64,
    pub kind: DecisionKind,
    /// The promised date, or the one offered instead.
    pub date: Option<NaiveDate>,
    pub reason: String,
    /// Who allowed it, where it is beyond the user's own authority.
    pub authority: String,
}

pub(super) fn ask(store: &mut Store, world: &World, order_id: i64) -> Result<Done, Refusal> {
    let order = found(world.orders.get(order_id), order_id)?;
    if order.state != OrderState::Open {
        return Err(Refusal::not(say::REVIEW_ONLY_OPEN));
    }
    if rule::silent(world, order).next().is_some() && rule::is_open(world, order) {
        return Err(Refusal::not(say::ROUND_STILL_OPEN));
    }
    let no = rule::round(world, order).map_or(0, |r| r.no) + 1;
    let opened_on = store.clock().today();
    let deed = Deed::new(Did::AnswersAsked, &[&no.to_string()]).about(&order.no);
    let qty = delivery::order_qty(world, order).ordered;
    let wish = delivery::requested(world, order)
        .map(|d| d.to_string())
        .unwrap_or_default();
    let snapshot = format!("{qty} / {wish}");
    write(store, deed, Some(order.id), |tx| {
        let round_id = tx.insert(&ReviewRound {
            order_id,
            no,
            opened_on,
            snapshot,
            ..ReviewRound::default()
        })?;
        for &department in rule::ASKED {
            tx.insert(&Answer {
                round_id,
                department,
                asked_on: opened_on,
                ..Answer::default()
            })?;
        }
        Ok(())
    })
}

pub(super) fn record_answer(
    store: &mut Store,
    world: &World,
    c: &RecordAnswer,
) -> Result<Done, Refusal> {
    let answer = found(world.answers.get(c.answer_id), c.answer_id)?;
    let round = found(world.review_rounds.get(answer.round_id), answer.round_id)?;
    let order = found(world.orders.get(round.order_id), round.order_id)?;
    if c.date.is_none() && c.days.is_none() && c.satisfied.is_none() {
        return Err(Refusal::at("satisfied", Problem::Required));
    }
    let deed = Deed::new(Did::AnswerRecorded, &[answer.department.code()]).about(&order.no);
    let answered_on = Some(store.clock().today());
    write(store, deed, Some(order.id), |tx| {
        Ok(tx.update(&Answer {
            answered_on,
            date: c.date,
            days: c.days,
            satisfied: c.satisfied,
            risk: c.risk.clone(),
            countermeasure: c.countermeasure.clone(),
            ..answer.clone()
        })?)
    })
}

pub(super) fn decide(store: &mut Store, world: &World, c: &Decide) -> Result<Done, Refusal> {
    let order = found(world.orders.get(c.order_id), c.order_id)?;
    if order.state != OrderState::Open {
        return Err(Refusal::not(say::REVIEW_ONLY_OPEN));
    }
    let today = store.clock().today();
    match (c.kind, c.date) {
        (DecisionKind::Decline, _) => required("reason", &c.reason)?,
        (_, None) => return Err(Refusal::at("date", Problem::Required)),
        (_, Some(date)) if date <= today => {
            return Err(Refusal::at("date", Problem::DatePast { date, today }));
        }
        _ => {}
    }
    let deed = Deed::new(Did::ReviewDecided, &[c.kind.code()]).about(&order.no);
    let who = store.who().to_owned();
    write(store, deed, Some(order.id), |tx| {
        decide_in(tx, world, order, c, (today, &who))
    })
}

/// Writes a decision with what follows for the order, inside a change of the caller's.
pub(super) fn decide_in(
    tx: &mut Tx<'_>,
    world: &World,
    order: &Order,
    c: &Decide,
    (today, who): (NaiveDate, &str),
) -> Result<(), Refusal> {
    tx.insert(&review::Decision {
        order_id: order.id,
        kind: c.kind,
        date: c.date,
        decided_on: today,
        authority: c.authority.clone(),
        reason: c.reason.clone(),
        ..review::Decision::default()
    })?;
    let state = match c.kind {
        DecisionKind::Accept => OrderState::Accepted,
        DecisionKind::Counter => OrderState::Open,
        DecisionKind::Decline => OrderState::Declined,
    };
    tx.update(&Order {
        state,
        state_reason: c.reason.clone(),
        ..order.clone()
    })?;
    let (DecisionKind::Accept, Some(date)) = (c.kind, c.date) else {
        return Ok(());
    };
    for line in world.order_lines.of(order.id) {
        tx.update(&OrderLine {
            promised_date: Some(date),
            ..line.clone()
        })?;
        // Later than the customer asked is beyond the merchandiser's own authority.
        let needs_authority =
            c.authority.trim().is_empty() && commitment::needs_authority(line, date);
        tx.insert(&Commitment {
            order_line_id: line.id,
            date,
            made_on: today,
            made_by: who.to_owned(),
            channel: Channel::Other,
            authority: c.authority.clone(),
            needs_authority,
            reason: c.reason.clone(),
            ..Commitment::default()
        })?;
    }
    Ok(())
}
