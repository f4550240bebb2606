//! One more order that others make way for, and what that costs them.
//!
//! The order is put where each of its operations could start, ahead of everything that has not
//! started there; the others keep their sequence and are timed again. Nothing is re-planned: the
//! victims are those the clerk would see if the order were simply pushed in.
#![allow(clippy::indexing_slicing)]

use crate::plan::explain;
use crate::plan::input::{Accepted, Job, Minute, PlanInput};
use crate::plan::outcome::PlanOutcome;
use crate::plan::problem::{NONE, Problem};
use crate::plan::sequence::kept_layout;
use crate::plan::sequence::state::{State, Step};

/// A pushed-in order and its price.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rush {
    /// Finish of the new order; `None` where it cannot be planned.
    pub finish: Option<Minute>,
    /// Orders that finish later than before, most weighted lateness first.
    pub victims: Vec<Victim>,
    /// The plan with the order in it, to look at or accept.
    pub outcome: PlanOutcome,
}

/// An order that pays for a rush.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Victim {
    pub id: String,
    pub order: String,
    pub finish_before: Minute,
    pub finish_after: Minute,
    pub late_days_before: i64,
    pub late_days_after: i64,
}

/// Pushes an order into a plan.
///
/// `outcome` is a plan of `input`; the order is not part of either.
#[must_use]
pub fn rush(input: &PlanInput, outcome: &PlanOutcome, job: &Job) -> Rush {
    let mut with = input.clone();
    with.jobs.push(job.clone());
    with.accepted = accepted(outcome);
    let problem = Problem::new(&with);
    let mut state = State::new(&problem, &kept_layout(&problem));
    let own = problem
        .jobs
        .iter()
        .position(|j| j.source as usize == with.jobs.len() - 1);
    if let Some(at) = own {
        push_in(&mut state, at);
    }
    let pushed = explain::outcome(&with, &problem, &state);
    let mut victims: Vec<Victim> = pushed
        .orders
        .iter()
        .filter(|o| o.id != job.id)
        .filter_map(|after| {
            let before = outcome.order(&after.id)?;
            (after.finish > before.finish).then(|| Victim {
                id: after.id.clone(),
                order: after.order.clone(),
                finish_before: before.finish,
                finish_after: after.finish,
                late_days_before: before.late_days,
                late_days_after: after.late_days,
            })
        })
        .collect();
    victims.sort_by_key(|v| (v.late_days_before - v.late_days_after, v.id.clone()));
    Rush {
        finish: own.and_then(|_| pushed.order(&job.id)).map(|o| o.finish),
        victims,
        outcome: pushed,
    }
}

/// The lines and starts of a plan, as it would be accepted.
#[must_use]
pub fn accepted(outcome: &PlanOutcome) -> Vec<Accepted> {
    outcome
        .orders
        .iter()
        .flat_map(|order| {
            order.operations.iter().map(|o| Accepted {
                job: order.id.clone(),
                seq: o.seq,
                centre: o.work_centre.clone(),
                line: o.line.clone(),
                start: o.start,
            })
        })
        .collect()
}

/// Moves the order's operations ahead of everything that could still start after they are ready.
fn push_in(state: &mut State<'_>, job: usize) {
    let p = state.p;
    let slot = &p.jobs[job];
    for op in slot.first_op..slot.first_op + slot.op_count {
        let o = &p.ops[op as usize];
        if o.fixed.is_some() {
            continue;
        }
        let mut best: Option<(Minute, Step)> = None;
        for way in p.ways_of(op) {
            for line in p.lines_of_bank(way.bank) {
                if o.only_line != NONE && o.only_line != line {
                    continue;
                }
                let ready = state.handed_at(op, line, way.work);
                let mut after = state.last[line as usize];
                while after != NONE && (after == op || state.nodes[after as usize].start >= ready) {
                    after = state.nodes[after as usize].prev;
                }
                let (free, family) = match after {
                    NONE => (Minute::MIN, p.lines[line as usize].family),
                    a => (state.nodes[a as usize].end, p.ops[a as usize].family),
                };
                let end = state.fit(op, line, free, family).1;
                if best.is_none_or(|b| end < b.0) {
                    best = Some((end, Step { op, line, after }));
                }
            }
        }
        if let Some((_, step)) = best {
            state.apply(&[step]);
        }
    }
}
