//! The late-days ledger: who cost an order how many days.
//!
//! **Lateness** of an order is the number of calendar days from the day that counted as agreed
//! first to the day it ended. Agreed first is the first promise of a line, or the date the customer
//! asked for where nothing was promised. It ends on the day from which the line had left within its
//! tolerance; before that on the latest of the planned finish, a planned shipment and today. Of an
//! order with several lines the latest line counts.
//!
//! **Causes** are stretches of days in which somebody held the order up, see [`causes`]. What
//! happened before the first promise was made is none: the promise was made knowing it.
//!
//! **The rule.** A day on which at least one cause held the order is a *lost day* and belongs to
//! one cause alone: a wait for somebody before work that took longer (which may only follow from
//! the wait), of these the one that ended last, because it held the order longest, of these the one
//! that began first, then by a fixed order of kinds and rows. The lost days are charged backward from the end of the order until its
//! lateness is used up. Earlier ones were absorbed by the room the plan still had then: room
//! belongs to whoever needs it first. Where there are fewer lost days than late ones, the rest is
//! *not explained* and stands on the last days before the end that nothing is known about.
//!
//! So the days of an order add up to its lateness exactly, and no calendar day is charged twice.

pub mod causes;
mod facts;
pub mod pareto;

use std::cmp::Reverse;
use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};

pub use causes::there_on;
pub use facts::Facts;

use crate::domain::codes::{CauseClass, Department};
use crate::domain::order::Order;

/// Who pays for a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Whose {
    Customer,
    /// None: a supplier that is not named.
    Supplier(Option<i64>),
    Department(Department),
    Ourselves,
    External,
    /// Nobody: no fact says why.
    Unexplained,
}

impl Whose {
    /// The class of cause; `None`: not explained.
    #[must_use]
    pub const fn class(self) -> Option<CauseClass> {
        match self {
            Self::Customer => Some(CauseClass::Customer),
            Self::Supplier(_) => Some(CauseClass::Supplier),
            Self::Department(_) => Some(CauseClass::Department),
            Self::Ourselves => Some(CauseClass::Ourselves),
            Self::External => Some(CauseClass::External),
            Self::Unexplained => None,
        }
    }
}

/// What held an order up; the order of the list settles ties.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// An exception, until it was dealt with.
    Exception,
    /// A sample was sent after its day.
    SampleLate,
    /// The verdict on a sample took longer than usual.
    VerdictLate,
    /// A sample was rejected, until the next round was sent.
    SampleAgain,
    /// The customer changed the order after it was accepted.
    Changed,
    OrderHeld,
    /// A query was answered after its day.
    AnswerLate,
    /// A query was asked only after the order had been accepted.
    AskedLate,
    /// Bought so late that it could not come in time.
    BoughtLate,
    DeliveryLate,
    /// A material that an operation waits for is not on order.
    NotBought,
    /// A supplier was asked again later than agreed.
    ChasedLate,
    ProductionHeld,
    ReleasedLate,
    /// An operation began later than planned, beyond what it had to wait for.
    StartedLate,
    /// An operation took longer than planned.
    TookLonger,
    MilestoneLate,
    Unexplained,
}

impl Why {
    /// Whether it is a wait for somebody, rather than work that may have been late for a wait.
    #[must_use]
    pub const fn is_wait(self) -> bool {
        !matches!(
            self,
            Self::StartedLate | Self::TookLonger | Self::MilestoneLate | Self::Unexplained
        )
    }
}

/// The row that shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Evidence {
    Nothing,
    Order(i64),
    Exception(i64),
    Sample(i64),
    Amendment(i64),
    Query(i64),
    Purchase(i64),
    ProductionOrder(i64),
    Operation(i64),
    Milestone(i64),
}

/// A stretch of days in which somebody held the order up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cause {
    /// The first day.
    pub from: NaiveDate,
    /// The day after the last one.
    pub to: NaiveDate,
    pub whose: Whose,
    pub why: Why,
    pub evidence: Evidence,
}

impl Cause {
    /// What decides which cause has a day that several claim: the least of these.
    fn rank(&self) -> impl Ord + use<> {
        (
            !self.why.is_wait(),
            Reverse(self.to),
            self.from,
            self.why,
            self.whose,
            self.evidence,
        )
    }
}

/// Days charged to somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Charge {
    pub from: NaiveDate,
    /// The day after the last one.
    pub to: NaiveDate,
    pub whose: Whose,
    pub why: Why,
    pub evidence: Evidence,
}

impl Charge {
    /// Calendar days.
    #[must_use]
    pub fn days(&self) -> i64 {
        (self.to - self.from).num_days()
    }

    /// The last day, which is charged too.
    #[must_use]
    pub fn last(&self) -> NaiveDate {
        self.to.pred_opt().unwrap_or(self.to)
    }

    fn of(cause: &Cause, from: NaiveDate, to: NaiveDate) -> Self {
        Self {
            from,
            to,
            whose: cause.whose,
            why: cause.why,
            evidence: cause.evidence,
        }
    }

    /// The part of it in a period, both ends included.
    #[must_use]
    pub fn within(&self, from: Option<NaiveDate>, to: Option<NaiveDate>) -> Option<Self> {
        let start = from.map_or(self.from, |f| f.max(self.from));
        let after = to.and_then(|t| t.succ_opt());
        let end = after.map_or(self.to, |t| t.min(self.to));
        (start < end).then_some(Self {
            from: start,
            to: end,
            ..*self
        })
    }
}

/// The charged days of one order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ledger {
    pub order_id: i64,
    pub late: Lateness,
    /// In order of day; their days add up to those of `late`.
    pub charges: Vec<Charge>,
    /// Lost days that the plan had room for.
    pub absorbed: i64,
}

/// How late an order is, by the line that is latest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lateness {
    pub line_id: i64,
    /// The day that counted as agreed first.
    pub agreed: NaiveDate,
    /// Whether it was promised, not only asked for.
    pub promised: bool,
    /// When the promise was made or the order came; nothing before it counts.
    pub since: Option<NaiveDate>,
    /// The day it was shipped in full, or is expected to be.
    pub ends: NaiveDate,
    pub shipped: bool,
}

impl Lateness {
    /// Calendar days late; zero in time.
    #[must_use]
    pub fn days(&self) -> i64 {
        (self.ends - self.agreed).num_days().max(0)
    }
}

/// What the plan says of what is not done yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    pub today: NaiveDate,
    /// Last day of production orders.
    pub finishes: BTreeMap<i64, NaiveDate>,
    /// First and last day of operations.
    pub places: BTreeMap<i64, (NaiveDate, NaiveDate)>,
    /// Code of the material that the start of an operation waits for.
    pub materials: BTreeMap<i64, String>,
}

impl Given {
    /// Nothing is planned.
    #[must_use]
    pub const fn on(today: NaiveDate) -> Self {
        Self {
            today,
            finishes: BTreeMap::new(),
            places: BTreeMap::new(),
            materials: BTreeMap::new(),
        }
    }
}

/// Charges `days` late days of an order that ends on `ends`, nothing before `since`.
///
/// The second value is the number of lost days that were absorbed.
#[must_use]
pub fn charge(
    days: i64,
    ends: NaiveDate,
    since: Option<NaiveDate>,
    causes: &[Cause],
) -> (Vec<Charge>, i64) {
    let lost = lost_days(ends, since, causes);
    let mut left = days.max(0);
    let mut absorbed = 0;
    let mut charges: Vec<Charge> = Vec::new();
    for one in lost.iter().rev() {
        let taken = one.days().min(left);
        left -= taken;
        absorbed += one.days() - taken;
        if taken > 0 {
            charges.push(Charge {
                from: back(one.to, taken),
                ..*one
            });
        }
    }
    charges.extend(unexplained(left, ends, &lost));
    charges.sort_by_key(|c| c.from);
    (joined(charges), absorbed)
}

/// The lost days before `ends` in order, each with the cause it belongs to.
fn lost_days(ends: NaiveDate, since: Option<NaiveDate>, causes: &[Cause]) -> Vec<Charge> {
    let clipped = |c: &Cause| {
        let from = since.map_or(c.from, |s| s.max(c.from));
        (from, c.to.min(ends))
    };
    let mut edges: Vec<NaiveDate> = causes
        .iter()
        .map(clipped)
        .filter(|(from, to)| from < to)
        .flat_map(|(from, to)| [from, to])
        .collect();
    edges.sort_unstable();
    edges.dedup();
    let mut lost = Vec::new();
    for (from, to) in edges.iter().zip(edges.iter().skip(1)) {
        let holds = |c: &&Cause| {
            let (start, end) = clipped(c);
            start <= *from && end >= *to
        };
        if let Some(cause) = causes.iter().filter(holds).min_by_key(|c| c.rank()) {
            lost.push(Charge::of(cause, *from, *to));
        }
    }
    joined(lost)
}

/// Puts what is not explained on the last days that no cause has.
fn unexplained(days: i64, ends: NaiveDate, lost: &[Charge]) -> Vec<Charge> {
    let mut out = Vec::new();
    let (mut left, mut end) = (days, ends);
    let gaps = lost.iter().rev().map(|c| (Some(c.to), c.from));
    for (from, before) in gaps.chain([(None, ends)]) {
        let room = from.map_or(left, |from| (end - from).num_days().min(left));
        if room > 0 {
            left -= room;
            out.push(Charge {
                from: back(end, room),
                to: end,
                whose: Whose::Unexplained,
                why: Why::Unexplained,
                evidence: Evidence::Nothing,
            });
        }
        end = before;
    }
    out
}

/// Stretches of the same cause that touch become one.
fn joined(list: Vec<Charge>) -> Vec<Charge> {
    let mut out: Vec<Charge> = Vec::new();
    for one in list {
        match out.last_mut() {
            Some(last)
                if last.to == one.from
                    && (last.whose, last.why, last.evidence)
                        == (one.whose, one.why, one.evidence) =>
            {
                last.to = one.to;
            }
            _ => out.push(one),
        }
    }
    out
}

fn back(day: NaiveDate, days: i64) -> NaiveDate {
    let days = Days::new(u64::try_from(days).unwrap_or(0));
    day.checked_sub_days(days).unwrap_or(NaiveDate::MIN)
}

/// The ledger of an order that is late; `None` where it is in time or not to be delivered.
#[must_use]
pub fn of_order(facts: &Facts<'_>, order: &Order) -> Option<Ledger> {
    let late = facts.lateness(order).filter(|l| l.days() > 0)?;
    let causes = causes::of_order(facts, order);
    let (charges, absorbed) = charge(late.days(), late.ends, late.since, &causes);
    Some(Ledger {
        order_id: order.id,
        late,
        charges,
        absorbed,
    })
}

/// The ledgers of all orders that are late or were delivered late.
#[must_use]
pub fn all(facts: &Facts<'_>) -> Vec<Ledger> {
    let orders = facts.world.orders.iter();
    orders.filter_map(|order| of_order(facts, order)).collect()
}

#[cfg(test)]
mod tests;
