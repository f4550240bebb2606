//! Capacity review: asking the departments, their answers, the decision.

use chrono::NaiveDate;

use super::{Done, Problem, Refusal, found, required, write};
use crate::domain::codes::{Channel, DecisionKind, Department, OrderState};
use crate::domain::order::{Commitment, Order, OrderLine};
use crate::domain::review::{self, Answer, ReviewRound};
use crate::domain::rule::{commitment, review as rule};
use crate::domain::world::World;
use crate::store::{Deed, Store, Tx};
use crate::text::{Did, say};

/// Puts an order to departments: in a new round, or further ones in the round that is open.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ask {
    pub order_id: i64,
    pub departments: Vec<Department>,
    /// A new round where one is open already.
    pub new_round: bool,
    /// Departments whose answer of the last round still holds.
    pub carry: Vec<Department>,
    /// What the program makes of the order now.
    pub snapshot: rule::Snapshot,
}

impl Ask {
    /// The first round: the departments that are always asked.
    #[must_use]
    pub fn first(order_id: i64, snapshot: rule::Snapshot) -> Self {
        Self {
            order_id,
            departments: rule::ASKED.to_vec(),
            snapshot,
            ..Self::default()
        }
    }
}

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
    /// The planner's earliest date as the user saw it.
    pub planner: Option<NaiveDate>,
}

pub(super) fn ask(store: &mut Store, world: &World, c: &Ask) -> Result<Done, Refusal> {
    let order = found(world.orders.get(c.order_id), c.order_id)?;
    if order.state != OrderState::Open {
        return Err(Refusal::not(say::REVIEW_ONLY_OPEN));
    }
    let last = rule::round(world, order);
    let open = last.filter(|_| rule::is_open(world, order));
    match open {
        Some(round) if !c.new_round => ask_further(store, world, c, order, round),
        _ => open_round(store, world, c, order, last),
    }
}

/// Asks departments that the open round has not asked yet.
fn ask_further(
    store: &mut Store,
    world: &World,
    c: &Ask,
    order: &Order,
    round: &ReviewRound,
) -> Result<Done, Refusal> {
    let asked = |d: &&Department| rule::answer_in(world, round, **d).is_none();
    let new: Vec<Department> = c.departments.iter().filter(asked).copied().collect();
    if new.is_empty() {
        return Err(Refusal::not(say::NOBODY_TO_ASK));
    }
    let asked_on = store.clock().today();
    let deed = Deed::new(Did::AnswersAsked, &[&round.no.to_string()]).about(&order.no);
    write(store, deed, Some(order.id), |tx| {
        for department in new {
            tx.insert(&Answer {
                round_id: round.id,
                department,
                asked_on,
                ..Answer::default()
            })?;
        }
        Ok(())
    })
}

fn open_round(
    store: &mut Store,
    world: &World,
    c: &Ask,
    order: &Order,
    last: Option<&ReviewRound>,
) -> Result<Done, Refusal> {
    // What the order is comes from the file, not from who asks.
    let now = rule::Snapshot::of(world, order);
    let snapshot = rule::Snapshot {
        qty: now.qty,
        requested: now.requested,
        ..c.snapshot.clone()
    };
    let same = last.is_some_and(|r| !rule::Snapshot::read(&r.snapshot).differs(&now));
    let waits = rule::is_open(world, order) && rule::silent(world, order).next().is_some();
    if same && waits {
        return Err(Refusal::not(say::ROUND_STILL_OPEN));
    }
    let carried: Vec<&Answer> = c
        .carry
        .iter()
        .filter_map(|d| rule::answer_in(world, last?, *d))
        .filter(|a| a.answered_on.is_some())
        .collect();
    let holds = |d: &&Department| carried.iter().any(|a| a.department == **d);
    let new: Vec<Department> = c
        .departments
        .iter()
        .filter(|d| !holds(d))
        .copied()
        .collect();
    if new.is_empty() {
        return Err(Refusal::not(say::NOBODY_TO_ASK));
    }
    let no = last.map_or(0, |r| r.no) + 1;
    let opened_on = store.clock().today();
    let deed = Deed::new(Did::AnswersAsked, &[&no.to_string()]).about(&order.no);
    write(store, deed, Some(order.id), |tx| {
        let round_id = tx.insert(&ReviewRound {
            order_id: order.id,
            no,
            opened_on,
            snapshot: snapshot.text(),
            ..ReviewRound::default()
        })?;
        for department in new {
            tx.insert(&Answer {
                round_id,
                department,
                asked_on: opened_on,
                ..Answer::default()
            })?;
        }
        for answer in carried {
            tx.insert(&Answer {
                id: 0,
                revision: 0,
                round_id,
                carried: true,
                ..answer.clone()
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
    if order.state != OrderState::Open {
        return Err(Refusal::not(say::REVIEW_ONLY_OPEN));
    }
    if rule::ended(world, round).is_some() {
        return Err(Refusal::not(say::ROUND_HAS_ENDED));
    }
    if rule::round(world, order).is_some_and(|r| r.id != round.id) {
        return Err(Refusal::not(say::ROUND_HAS_ENDED));
    }
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
            carried: false,
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
        round: rule::round(world, order).map_or(0, |r| r.no),
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
    // Later than the customer asked, or earlier than review and planner found possible, is beyond
    // the merchandiser's own authority.
    let against = rule::against(world, order, c.planner, date);
    for line in world.order_lines.of(order.id) {
        tx.update(&OrderLine {
            promised_date: Some(date),
            ..line.clone()
        })?;
        let beyond = against || commitment::needs_authority(line, date);
        let needs_authority = beyond && c.authority.trim().is_empty();
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
