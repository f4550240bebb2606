//! Samples and approvals: where each stands, which one comes next.

use chrono::NaiveDate;

use crate::domain::codes::{SampleKind, Verdict};
use crate::domain::document::Sample;
use crate::domain::order::Order;
use crate::domain::world::World;

/// Days after sending within which a customer usually answers.
pub const ANSWER_DAYS: i64 = 5;

/// Where a sample stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Not sent yet; days since it was due, negative while there is time, none without a date.
    ToSend(Option<i64>),
    /// Sent, no verdict for so many days.
    Waiting(i64),
    Approved,
    /// Rejected, and no later round has begun.
    Again,
    /// Rejected, and a later round goes on with it.
    Replaced,
}

/// Where a sample stands on a day.
#[must_use]
pub fn standing(world: &World, sample: &Sample, today: NaiveDate) -> Standing {
    match (sample.verdict, sample.sent_on) {
        (Verdict::Approved | Verdict::ApprovedWithComments, _) => Standing::Approved,
        (Verdict::Rejected, _) => {
            let later = |s: &&Sample| s.kind == sample.kind && s.round > sample.round;
            match world.samples.of(sample.order_id).find(later) {
                Some(_) => Standing::Replaced,
                None => Standing::Again,
            }
        }
        (Verdict::Waiting, Some(sent)) => Standing::Waiting((today - sent).num_days()),
        (Verdict::Waiting, None) => {
            Standing::ToSend(sample.due.map(|due| (today - due).num_days()))
        }
    }
}

/// Whether a sample still needs something from somebody.
#[must_use]
pub const fn is_open(standing: Standing) -> bool {
    !matches!(standing, Standing::Approved | Standing::Replaced)
}

/// The sample to be made next: the next round of one that was rejected, else the first kind that
/// the order has none of, in the trade's order.
#[must_use]
pub fn next(world: &World, order: &Order, today: NaiveDate) -> (SampleKind, i64) {
    let again = world
        .samples
        .of(order.id)
        .find(|s| standing(world, s, today) == Standing::Again);
    if let Some(sample) = again {
        return (sample.kind, sample.round + 1);
    }
    let free = |kind: &&SampleKind| !world.samples.of(order.id).any(|s| s.kind == **kind);
    match SampleKind::ALL.iter().find(free) {
        Some(kind) => (*kind, 1),
        None => {
            let kind = SampleKind::Shipment;
            let rounds = world.samples.of(order.id).filter(|s| s.kind == kind);
            (kind, rounds.map(|s| s.round).max().unwrap_or(0) + 1)
        }
    }
}
