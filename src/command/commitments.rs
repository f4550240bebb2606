//! Promises to the customer, and the decisions that allow them.

use chrono::NaiveDate;

use super::{Done, Problem, Refusal, found, required, write};
use crate::domain::codes::{Channel, OrderState};
use crate::domain::order::{Commitment, Order, OrderLine};
use crate::domain::rule::commitment;
use crate::domain::world::World;
use crate::store::{Deed, Store};
use crate::text::{Did, say};

/// Records a date that the customer was promised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commit {
    pub order_id: i64,
    /// The line it is about; none: all lines that are not cancelled.
    pub order_line_id: Option<i64>,
    pub date: NaiveDate,
    pub channel: Channel,
    /// As it was said.
    pub words: String,
    /// Who allowed it; may be empty.
    pub authority: String,
    /// Needed where an earlier promise is changed.
    pub reason: String,
}

/// Files the decision that allows a promise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Authorise {
    pub commitment_id: i64,
    pub authority: String,
}

pub(super) fn commit(store: &mut Store, world: &World, c: &Commit) -> Result<Done, Refusal> {
    let order = found(world.orders.get(c.order_id), c.order_id)?;
    let today = store.clock().today();
    if !matches!(order.state, OrderState::Open | OrderState::Accepted) {
        return Err(Refusal::not(say::ORDER_HAS_ENDED));
    }
    if c.date <= today {
        let date = c.date;
        return Err(Refusal::at("date", Problem::DatePast { date, today }));
    }
    let lines = lines(world, order, c.order_line_id);
    if lines.is_empty() {
        return Err(Refusal::at("line", Problem::Not(say::NO_LINES)));
    }
    let changes =
        |l: &&OrderLine| commitment::latest(world, l.id).is_some_and(|old| old.date != c.date);
    if lines.iter().any(changes) {
        required("reason", &c.reason)?;
    }
    let args = c.date.to_string();
    let deed = Deed::new(Did::CommitmentMade, &[&args]).about(&order.no);
    let who = store.who().to_owned();
    write(store, deed, Some(order.id), |tx| {
        for line in &lines {
            tx.update(&OrderLine {
                promised_date: Some(c.date),
                ..(*line).clone()
            })?;
            let authority = c.authority.trim();
            tx.insert(&Commitment {
                order_line_id: line.id,
                date: c.date,
                made_on: today,
                made_by: who.clone(),
                channel: c.channel,
                words: c.words.trim().to_owned(),
                authority: authority.to_owned(),
                needs_authority: authority.is_empty() && commitment::needs_authority(line, c.date),
                reason: c.reason.trim().to_owned(),
                ..Commitment::default()
            })?;
        }
        Ok(())
    })
}

/// The lines a promise is about.
fn lines<'a>(world: &'a World, order: &Order, one: Option<i64>) -> Vec<&'a OrderLine> {
    let open = |l: &&OrderLine| l.cancelled_qty < l.qty;
    let all = world.order_lines.of(order.id).filter(open);
    all.filter(|l| one.is_none_or(|id| l.id == id)).collect()
}

pub(super) fn authorise(store: &mut Store, world: &World, c: &Authorise) -> Result<Done, Refusal> {
    let old = found(world.commitments.get(c.commitment_id), c.commitment_id)?;
    let line = found(world.order_lines.get(old.order_line_id), old.order_line_id)?;
    let order = found(world.orders.get(line.order_id), line.order_id)?;
    required("authority", &c.authority)?;
    if !old.needs_authority {
        return Err(Refusal::not(say::NEEDS_NO_AUTHORITY));
    }
    let args = [old.date.to_string(), c.authority.trim().to_owned()];
    let deed = Deed::new(Did::AuthorityFiled, &[&args[0], &args[1]]).about(&order.no);
    // One decision allows what was promised in one breath: the same day for lines of the order.
    let same = |l: &OrderLine, o: &Commitment| {
        l.order_id == order.id
            && o.needs_authority
            && (o.date, o.made_on) == (old.date, old.made_on)
    };
    let all = commitment::of_order(world, order);
    write(store, deed, Some(order.id), |tx| {
        for (_, row) in all.iter().filter(|(l, row)| same(l, row)) {
            tx.update(&Commitment {
                authority: c.authority.trim().to_owned(),
                needs_authority: false,
                ..(*row).clone()
            })?;
        }
        Ok(())
    })
}
