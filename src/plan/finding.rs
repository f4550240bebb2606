//! What is wrong with the planner's input, on which object.
//!
//! A finding never stops a plan: the object it names is left out or read in the way the finding
//! says, and everything else is planned. Words are made in `text::planning`.

use crate::plan::input::Minute;

/// The object a finding is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    Calendar(String),
    Centre(String),
    Line { centre: String, line: String },
    Job(String),
    Operation { job: String, seq: i64 },
}

/// What is wrong, and what the planner did about it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// Two objects share a code; the first one counts.
    CodeTwice,
    /// No calendar has this code; open round the clock is assumed.
    NoSuchCalendar(String),
    /// The calendar is closed up to the horizon; lines that follow it are left out.
    NeverOpen,
    /// Operators × efficiency is not above zero; the line is left out.
    NoSpeed,
    /// The centre has no line that could be used.
    NoUsableLine,
    /// No centre has this code.
    NoSuchCentre(String),
    /// No line of the operation's centres has this code; the pin's line is ignored.
    NoSuchLine(String),
    /// The operation can be done nowhere; its order is not planned.
    NoWay,
    /// The order has no operation; it is not planned.
    NoOperations,
    /// A date lies too far from now to be meant; the order is not planned.
    DateOutOfRange(Minute),
    /// The weight is negative; zero is used.
    NegativeWeight,
    /// A quantity or time is negative; zero is used.
    NegativeAmount,
    /// The work takes longer than [`WORK_MAX`] minutes; the order is not planned.
    WorkTooLong,
    /// Two pinned or running operations hold one line at the same time; both stay.
    PinsOverlap { with: String },
    /// A pinned operation starts before the one it follows ends; it stays.
    PinBeforePredecessor { ready: Minute },
    /// The operation ends after the last day of the calendars.
    BeyondHorizon,
}

/// The longest operation in minutes: ten years.
pub const WORK_MAX: Minute = 10 * 366 * 1440;
/// How far from now, in minutes, a date may lie: thirty years.
pub const DATE_REACH: Minute = 30 * 366 * 1440;

/// One fault on one object.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    pub on: Place,
    pub fault: Fault,
}
