//! Follow-up: chases with their answers, and putting things off.

use chrono::NaiveDate;

use super::{Done, Problem, Refusal, found, not_ahead, positive, write};
use crate::domain::codes::{ChaseHow, ChaseResult, Firmness, Subject};
use crate::domain::document::{Document, Milestone, Query, Sample};
use crate::domain::exception::Exception;
use crate::domain::followup::{Chase, Snooze};
use crate::domain::order::Order;
use crate::domain::production::ProductionOrder;
use crate::domain::progress::Shipment;
use crate::domain::purchase::{Promise, Purchase};
use crate::domain::quantity::Qty;
use crate::domain::record::Record;
use crate::domain::review::Answer;
use crate::domain::rule::{attention, purchase as rule};
use crate::domain::schema::table;
use crate::domain::world::World;
use crate::store::{Deed, Store, StoreError, Tx};
use crate::text::{Did, chasing};

/// Logs a chase and what came of it; a new date from a supplier becomes a promise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogChase {
    pub subject: Subject,
    pub subject_id: i64,
    pub order_id: Option<i64>,
    pub how: ChaseHow,
    pub result: ChaseResult,
    pub answer: String,
    pub new_date: Option<NaiveDate>,
    /// What the new date is for; zero: all that is open.
    pub qty: Qty,
    pub next_on: Option<NaiveDate>,
}

/// Records a deposit that a supplier wants, or that it was paid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordDeposit {
    pub purchase_id: i64,
    pub due: Option<NaiveDate>,
    pub paid_on: Option<NaiveDate>,
}

/// Puts a thing off to a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PutOff {
    pub subject: Subject,
    pub subject_id: i64,
    pub until: NaiveDate,
    pub reason: String,
}

pub(super) fn chase(store: &mut Store, world: &World, c: &LogChase) -> Result<Done, Refusal> {
    let today = store.clock().today();
    for (field, date) in [("new_date", c.new_date), ("next_on", c.next_on)] {
        if let Some(date) = date.filter(|d| *d < today) {
            return Err(Refusal::at(field, Problem::DatePast { date, today }));
        }
    }
    if c.subject == Subject::Purchase {
        check_answer(world, c)?;
    }
    let at = store.clock().now();
    let order_no = world.orders.find(c.order_id).map_or("", |o| o.no.as_str());
    let name = subject_name(world, c.subject, c.subject_id);
    let deed = Deed::new(Did::Chased, &[&name]).about(order_no);
    // The user goes on down the list; the screen stays where it is.
    write(store, deed, None, |tx| {
        is_there(tx, c.subject, c.subject_id)?;
        tx.insert(&Chase {
            subject: c.subject,
            subject_id: c.subject_id,
            order_id: c.order_id,
            at,
            how: c.how,
            result: c.result,
            answer: c.answer.clone(),
            new_date: c.new_date,
            next_on: c.next_on,
            ..Chase::default()
        })?;
        if let (Subject::Purchase, Some(date)) = (c.subject, c.new_date) {
            let note = c.answer.clone();
            tx.insert(&Promise {
                purchase_id: c.subject_id,
                date,
                qty: c.qty,
                said_on: today,
                firmness: firmness(c.how),
                note,
                ..Promise::default()
            })?;
        }
        Ok(())
    })
}

/// Refuses what is about a row that is gone: a form may have been kept since, or another session
/// taken the row back. Nothing in the file refers to it that would.
fn is_there(tx: &Tx<'_>, subject: Subject, id: i64) -> Result<(), StoreError> {
    let name = match subject {
        Subject::Order => Order::TABLE,
        Subject::Purchase => Purchase::TABLE,
        Subject::Query => Query::TABLE,
        Subject::Answer => Answer::TABLE,
        Subject::Document => Document::TABLE,
        Subject::Sample => Sample::TABLE,
        Subject::Exception => Exception::TABLE,
        Subject::ProductionOrder => ProductionOrder::TABLE,
        Subject::Shipment => Shipment::TABLE,
        Subject::Milestone => Milestone::TABLE,
    };
    let gone = StoreError::Missing { table: name, id };
    match table(name) {
        Some(table) if tx.fields(table, id)?.is_some() => Ok(()),
        _ => Err(gone),
    }
}

/// A supplier who moves the day has to name one, and a part has to be a part.
fn check_answer(world: &World, c: &LogChase) -> Result<(), Refusal> {
    let line = found(world.purchases.get(c.subject_id), c.subject_id)?;
    let moved = matches!(c.result, ChaseResult::Rescheduled | ChaseResult::Partial);
    if moved && c.new_date.is_none() {
        return Err(Refusal::at("new_date", Problem::Required));
    }
    if c.result == ChaseResult::Partial || !c.qty.is_zero() {
        positive("qty", c.qty)?;
    }
    if c.qty > rule::arrival(world, line).open {
        return Err(Refusal::at("qty", Problem::Not(chasing::MORE_THAN_OPEN)));
    }
    if !c.qty.is_zero() && c.new_date.is_none() {
        return Err(Refusal::at("new_date", Problem::Required));
    }
    Ok(())
}

/// What is written can be shown again; what is said cannot.
const fn firmness(how: ChaseHow) -> Firmness {
    match how {
        ChaseHow::Chat | ChaseHow::Mail => Firmness::Written,
        ChaseHow::Phone | ChaseHow::Visit => Firmness::Spoken,
    }
}

pub(super) fn deposit(
    store: &mut Store,
    world: &World,
    c: &RecordDeposit,
) -> Result<Done, Refusal> {
    let line = found(world.purchases.get(c.purchase_id), c.purchase_id)?;
    if let Some(paid) = c.paid_on {
        not_ahead("paid_on", paid, store.clock().today())?;
        if c.due.is_none() {
            return Err(Refusal::at("due", Problem::Not(chasing::PAID_NOT_DUE)));
        }
    }
    let order_no = world.orders.find(line.order_id);
    let order_no = order_no.map_or("", |o| o.no.as_str());
    let deed = Deed::new(Did::DepositRecorded, &[&chasing::line_name(line)]).about(order_no);
    write(store, deed, None, |tx| {
        Ok(tx.update(&Purchase {
            deposit_due: c.due,
            deposit_paid_on: c.paid_on,
            ..line.clone()
        })?)
    })
}

pub(super) fn snooze(store: &mut Store, world: &World, c: &PutOff) -> Result<Done, Refusal> {
    let today = store.clock().today();
    if c.until <= today {
        return Err(Refusal::at(
            "until",
            Problem::DatePast {
                date: c.until,
                today,
            },
        ));
    }
    let old = world
        .snoozes
        .of(c.subject_id)
        .find(|s| s.subject == c.subject);
    let mut causes = attention::all(world, today);
    attention::escalate(&mut causes, world, store.clock().now());
    let mine = causes
        .iter()
        .filter(|a| (a.subject, a.subject_id) == (c.subject, c.subject_id));
    let seen = attention::marks(world, mine).join(" ");
    let name = subject_name(world, c.subject, c.subject_id);
    let deed = Deed::new(Did::Snoozed, &[&c.until.to_string(), &name]);
    write(store, deed, None, |tx| {
        is_there(tx, c.subject, c.subject_id)?;
        match old {
            Some(old) => tx.update(&Snooze {
                until: c.until,
                reason: c.reason.clone(),
                seen: seen.clone(),
                ..old.clone()
            })?,
            None => {
                let (subject, subject_id, until) = (c.subject, c.subject_id, c.until);
                tx.insert(&Snooze {
                    subject,
                    subject_id,
                    until,
                    reason: c.reason.clone(),
                    seen: seen.clone(),
                    ..Snooze::default()
                })?;
            }
        }
        Ok(())
    })
}

/// Brings a thing back that was put off.
pub(super) fn wake(
    store: &mut Store,
    world: &World,
    subject: Subject,
    id: i64,
) -> Result<Done, Refusal> {
    let today = store.clock().today();
    let mut own = world.snoozes.of(id);
    let snooze = found(own.find(|s| s.subject == subject && s.until > today), id)?;
    let deed = Deed::new(Did::Woken, &[&subject_name(world, subject, id)]);
    write(store, deed, None, |tx| {
        Ok(tx.update(&Snooze {
            until: today,
            ..snooze.clone()
        })?)
    })
}

/// What a subject is called by people.
#[must_use]
pub fn subject_name(world: &World, subject: Subject, id: i64) -> String {
    let name = match subject {
        Subject::Order => world.orders.get(id).map(|o| o.no.clone()),
        Subject::Purchase => world
            .purchases
            .get(id)
            .map(|p| format!("{}/{}", p.no, p.line)),
        Subject::Query => world.queries.get(id).map(|q| q.no.clone()),
        Subject::Answer => world
            .answers
            .get(id)
            .map(|a| a.department.code().to_owned()),
        Subject::Document => world.documents.get(id).map(|d| d.title.clone()),
        Subject::Sample => world.samples.get(id).map(|s| s.kind.code().to_owned()),
        Subject::Exception => world.exceptions.get(id).map(|e| e.no.clone()),
        Subject::ProductionOrder => world.production_orders.get(id).map(|p| p.no.clone()),
        Subject::Shipment => world.shipments.get(id).map(|s| s.no.clone()),
        Subject::Milestone => world.milestones.get(id).map(|m| m.name.clone()),
    };
    name.unwrap_or_default()
}
