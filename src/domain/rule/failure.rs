//! Exceptions: the state that follows from what is filled in.

use crate::domain::codes::Severity;
use crate::domain::exception::Exception;
use crate::domain::quantity::Micro;

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
}

/// The state of an exception.
#[must_use]
pub fn standing(e: &Exception) -> Standing {
    if e.closed_on.is_some() {
        Standing::Closed
    } else if e.acted_on.is_some() {
        Standing::Verifying
    } else if e.decided_on.is_some() {
        Standing::Acting
    } else if !e.decision_needed.is_empty() {
        Standing::Waiting
    } else if !e.analysis.is_empty() {
        Standing::Analysed
    } else if e.contained_at.is_some() {
        Standing::Contained
    } else {
        Standing::Reported
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
