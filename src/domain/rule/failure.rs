//! Exceptions: the state that follows from what is filled in, and what still hangs on it.

use chrono::NaiveDate;

use super::escalation::{self, Need};
use crate::domain::codes::{CauseClass, Severity};
use crate::domain::exception::{Exception, ExceptionAction, ExceptionOption};
use crate::domain::exception_codes::ActionKind;
use crate::domain::order::Order;
use crate::domain::quantity::Micro;
use crate::domain::world::World;

/// Where an exception stands; each follows from the facts entered so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    Reported,
    Contained,
    Analysed,
    Waiting,
    Acting,
    Verifying,
    Closed,
    /// Another exception tells of the same thing.
    Merged,
}

impl Standing {
    /// The code in the interchange format.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Reported => "reported",
            Self::Contained => "contained",
            Self::Analysed => "analysed",
            Self::Waiting => "waiting",
            Self::Acting => "acting",
            Self::Verifying => "verifying",
            Self::Closed => "closed",
            Self::Merged => "merged",
        }
    }
}

/// The state of an exception.
#[must_use]
pub fn standing(world: &World, e: &Exception) -> Standing {
    let mut actions = world.exception_actions.of(e.id).peekable();
    let any = actions.peek().is_some();
    if e.merged_into.is_some() {
        Standing::Merged
    } else if e.closed_on.is_some() {
        Standing::Closed
    } else if waits(world, e) {
        Standing::Waiting
    } else if e.acted_on.is_some() || (any && actions.all(|a| a.done_on.is_some())) {
        Standing::Verifying
    } else if e.decided_on.is_some() || any {
        Standing::Acting
    } else if !e.analysis.is_empty() {
        Standing::Analysed
    } else if e.contained_at.is_some() {
        Standing::Contained
    } else {
        Standing::Reported
    }
}

/// Whether a decision is outstanding: one was asked for, or what was chosen needs a superior.
#[must_use]
pub fn waits(world: &World, e: &Exception) -> bool {
    let asked = || !e.decision_needed.trim().is_empty();
    e.closed_on.is_none() && e.decided_on.is_none() && (asked() || !superior(world, e).is_empty())
}

/// What about the chosen way out needs a superior, by the dates that were entered.
#[must_use]
pub fn superior(world: &World, e: &Exception) -> Vec<Need> {
    let chosen = chosen(world, e);
    chosen.map_or_else(Vec::new, |o| escalation::needs(world, e, o, None))
}

/// The chosen way out.
#[must_use]
pub fn chosen<'a>(world: &'a World, e: &Exception) -> Option<&'a ExceptionOption> {
    world.exception_options.of(e.id).find(|o| o.chosen)
}

/// Corrective actions that are not done yet.
pub fn to_do<'a>(world: &'a World, e: &Exception) -> impl Iterator<Item = &'a ExceptionAction> {
    let open = |a: &&ExceptionAction| a.kind == ActionKind::Corrective && a.done_on.is_none();
    world.exception_actions.of(e.id).filter(open)
}

/// Actions that are past their day and not done.
pub fn overdue<'a>(
    world: &'a World,
    e: &Exception,
    today: NaiveDate,
) -> impl Iterator<Item = &'a ExceptionAction> {
    let late = move |a: &&ExceptionAction| a.done_on.is_none() && a.due.is_some_and(|d| d < today);
    world.exception_actions.of(e.id).filter(late)
}

/// The orders an exception is about by what people entered: its own, then the further ones.
#[must_use]
pub fn orders<'a>(world: &'a World, e: &Exception) -> Vec<&'a Order> {
    let further = world.exception_orders.of(e.id).map(|l| l.order_id);
    let mut ids: Vec<i64> = e.order_id.into_iter().chain(further).collect();
    let mut seen = std::collections::BTreeSet::new();
    ids.retain(|id| seen.insert(*id));
    ids.into_iter()
        .filter_map(|id| world.orders.get(id))
        .collect()
}

/// Whether a cause lies with us (我方) or outside.
#[must_use]
pub const fn is_ours(cause: CauseClass) -> bool {
    match cause {
        CauseClass::Department | CauseClass::Ourselves => true,
        CauseClass::Customer | CauseClass::Supplier | CauseClass::External => false,
    }
}

/// How much worse one severity is than another, for the order of work.
#[must_use]
pub const fn severity_weight(severity: Severity) -> Micro {
    match severity {
        Severity::Critical => Micro::whole(9),
        Severity::Major => Micro::whole(3),
        Severity::Minor => Micro::whole(1),
    }
}
