//! Samples for approval: what is sent when, and what the customer says.

use super::{Done, Problem, Refusal, found, not_ahead, write};
use crate::domain::codes::Verdict;
use crate::domain::document::Sample;
use crate::domain::world::World;
use crate::store::{Deed, Store};
use crate::text::{Did, say};

/// Saves a sample, new or changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SaveSample {
    /// As read and edited; an id of zero is a new one.
    pub sample: Sample,
}

pub(super) fn save(store: &mut Store, world: &World, c: &SaveSample) -> Result<Done, Refusal> {
    let mut sample = c.sample.clone();
    let order = found(world.orders.get(sample.order_id), sample.order_id)?;
    let today = store.clock().today();
    let twice = |s: &&Sample| s.id != sample.id && s.kind == sample.kind && s.round == sample.round;
    if world.samples.of(order.id).any(|s| twice(&s)) {
        return Err(Refusal::at("round", Problem::Not(say::SAMPLE_TWICE)));
    }
    if sample.round < 1 {
        return Err(Refusal::at("round", Problem::NotPositive));
    }
    if let Some(sent) = sample.sent_on {
        not_ahead("sent_on", sent, today)?;
    }
    if sample.verdict == Verdict::Waiting {
        if sample.verdict_on.is_some() {
            return Err(Refusal::at("verdict", Problem::Not(say::VERDICT_MISSING)));
        }
    } else {
        let on = sample.verdict_on.unwrap_or(today);
        not_ahead("verdict_on", on, today)?;
        if sample.sent_on.is_some_and(|sent| on < sent) {
            return Err(Refusal::at("verdict_on", Problem::Not(say::VERDICT_EARLY)));
        }
        sample.verdict_on = Some(on);
    }
    let args = [sample.kind.code().to_owned(), sample.round.to_string()];
    let deed = Deed::new(Did::SampleRecorded, &[&args[0], &args[1]]).about(&order.no);
    write(store, deed, Some(order.id), |tx| {
        if sample.id == 0 {
            tx.insert(&sample)?;
        } else {
            tx.update(&sample)?;
        }
        Ok(())
    })
}
