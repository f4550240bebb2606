//! The planner's input as numbered tables: what the searching code works on.
//!
//! Built once per run by `compile`; nothing here changes while a plan is searched. Lines of a
//! centre with the same speed and calendar form a bank, so that an operation lists a few banks
//! instead of hundreds of lines. Pinned and running operations hold their line by a reservation
//! and take no part in sequences.

pub(crate) mod compile;
mod fixed;
pub(crate) mod resources;
mod times;

use crate::plan::finding::Finding;
use crate::plan::input::{Minute, PlanInput};
use crate::plan::timeline::Timeline;

/// No operation, no line: the end of a chain.
pub(crate) const NONE: u32 = u32::MAX;

/// Numbered tables of one planning run.
#[derive(Debug, Clone)]
pub(crate) struct Problem {
    pub(crate) timelines: Vec<Timeline>,
    pub(crate) banks: Vec<Bank>,
    pub(crate) lines: Vec<LineSlot>,
    pub(crate) jobs: Vec<JobSlot>,
    pub(crate) ops: Vec<OpSlot>,
    pub(crate) ways: Vec<WaySlot>,
    pub(crate) findings: Vec<Finding>,
    /// Price of one moved start day, in the unit of `JobSlot::weight` × minutes.
    pub(crate) move_price: i64,
    /// Where the price of a move ends.
    pub(crate) stable_until: Minute,
    /// Whether lines share the load among equals.
    pub(crate) balance: bool,
    /// Whether later operations count at the choice.
    pub(crate) flow: bool,
}

/// Equal lines of one centre.
#[derive(Debug, Clone)]
pub(crate) struct Bank {
    /// Position in `PlanInput::centres`; [`NONE`] for an outside supplier.
    pub(crate) centre: u32,
    pub(crate) first_line: u32,
    pub(crate) line_count: u32,
    pub(crate) timeline: u32,
    pub(crate) infinite: bool,
    pub(crate) changeover: Minute,
    /// Calendar minutes per open minute in the coming weeks, in thousandths.
    pub(crate) stretch: i64,
}

/// One line.
#[derive(Debug, Clone)]
pub(crate) struct LineSlot {
    pub(crate) bank: u32,
    /// Position in the centre's `lines`; [`NONE`] where the bank is infinite.
    pub(crate) line: u32,
    /// Sorted by start; may overlap where the user's pins do.
    pub(crate) reserved: Vec<Reserved>,
    /// Family made last; [`NONE`] unknown.
    pub(crate) family: u32,
}

/// A time in which a pinned or running operation holds a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Reserved {
    pub(crate) start: Minute,
    pub(crate) end: Minute,
    pub(crate) op: u32,
}

/// A production order.
#[derive(Debug, Clone)]
pub(crate) struct JobSlot {
    /// Position in `PlanInput::jobs`.
    pub(crate) source: u32,
    pub(crate) weight: i64,
    pub(crate) due: Minute,
    pub(crate) first_op: u32,
    pub(crate) op_count: u32,
    /// Finish of an order that has nothing left to do.
    pub(crate) done_at: Minute,
}

/// An operation that is not done.
#[derive(Debug, Clone)]
pub(crate) struct OpSlot {
    pub(crate) job: u32,
    /// Position in the order's `operations` after sorting by sequence number.
    pub(crate) source: u32,
    /// The operation before it that is not done, or [`NONE`].
    pub(crate) before: u32,
    pub(crate) after: u32,
    /// Earliest start for reasons outside the plan.
    pub(crate) ready: Minute,
    pub(crate) ready_by: ReadyBy,
    /// Calendar minutes between its end and the next start.
    pub(crate) wait: Minute,
    pub(crate) first_way: u32,
    pub(crate) way_count: u32,
    pub(crate) family: u32,
    /// The only line it may use, or [`NONE`].
    pub(crate) only_line: u32,
    pub(crate) fixed: Option<Fixed>,
    /// Finished by here it costs nothing: due for the last operation, the start of a pinned
    /// successor before it, and the end of time otherwise.
    pub(crate) limit: Minute,
    /// Hands over in parts: the next may start before its end.
    pub(crate) overlaps: bool,
    /// Line and start of the accepted plan.
    pub(crate) accepted_line: u32,
    pub(crate) accepted_start: Option<Minute>,
}

/// A pinned or running operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Fixed {
    pub(crate) line: u32,
    pub(crate) start: Minute,
    pub(crate) end: Minute,
}

/// What the earliest start of an operation comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ReadyBy {
    Now,
    Release,
    Material,
    Pin,
    /// The end of an earlier operation that is done.
    Done,
}

/// An operation on a bank.
#[derive(Debug, Clone, Copy)]
pub(crate) struct WaySlot {
    pub(crate) bank: u32,
    /// Position in the operation's `ways`.
    pub(crate) source: u32,
    /// Open minutes on a line of the bank, setup included; at least one.
    pub(crate) work: Minute,
    /// Open minutes until the first part can be handed over.
    pub(crate) first: Minute,
    /// Open minutes for the last part it is handed.
    pub(crate) last: Minute,
}

// Every index below is a number handed out while the tables were built, and no table shrinks.
#[allow(clippy::indexing_slicing)]
impl Problem {
    /// Compiles the input; what cannot be planned is left out and named in `findings`.
    pub(crate) fn new(input: &PlanInput) -> Self {
        compile::compile(input)
    }

    #[inline]
    pub(crate) fn ways_of(&self, op: u32) -> &[WaySlot] {
        let o = &self.ops[op as usize];
        &self.ways[o.first_way as usize..(o.first_way + o.way_count) as usize]
    }

    /// The way of an operation on a line; the first where the line is none of its own.
    #[inline]
    pub(crate) fn way_on(&self, op: u32, line: u32) -> WaySlot {
        let bank = self.lines[line as usize].bank;
        let ways = self.ways_of(op);
        *ways.iter().find(|w| w.bank == bank).unwrap_or(&ways[0])
    }

    #[inline]
    pub(crate) fn timeline_of(&self, line: u32) -> &Timeline {
        let bank = &self.banks[self.lines[line as usize].bank as usize];
        &self.timelines[bank.timeline as usize]
    }

    #[inline]
    pub(crate) fn bank_of(&self, line: u32) -> &Bank {
        &self.banks[self.lines[line as usize].bank as usize]
    }

    /// Open minutes of an operation after another family: changeover and its own work.
    #[inline]
    pub(crate) fn changeover(&self, bank: u32, from: u32, to: u32) -> Minute {
        if from == NONE || from == to {
            0
        } else {
            self.banks[bank as usize].changeover
        }
    }

    pub(crate) fn lines_of_bank(&self, bank: u32) -> std::ops::Range<u32> {
        let b = &self.banks[bank as usize];
        b.first_line..b.first_line + b.line_count
    }

    pub(crate) fn op_count(&self) -> usize {
        self.ops.len()
    }
}
