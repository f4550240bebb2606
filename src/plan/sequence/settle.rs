//! What is put in order once lateness is settled: even lines, and no work long before its time.
//!
//! Neither pass makes the plan any later: a change that would cost lateness is taken back.
#![allow(clippy::indexing_slicing)]

use crate::plan::explain::Slack;
use crate::plan::input::{DAY, Minute};
use crate::plan::problem::NONE;
use crate::plan::sequence::state::{Kind, State, Step};

/// Operations that are tried on another line at most, so that the pass stays short.
const TRIES_MAX: usize = 2_000;

/// Moves operations from the fullest to the emptiest of equal lines where it costs nothing.
///
/// Operations of an accepted plan stay on their line: evenness alone does not pay for a change.
pub(super) fn even_lines(state: &mut State<'_>) {
    let mut tries = 0;
    for bank in 0..state.p.banks.len() {
        let slot = &state.p.banks[bank];
        if slot.infinite || slot.line_count < 2 {
            continue;
        }
        let mut load: Vec<Minute> = state
            .p
            .lines_of_bank(bank as u32)
            .map(|line| work_on(state, line))
            .collect();
        let first = slot.first_line;
        let mut stuck = vec![false; load.len()];
        while let Some((full, empty)) = extremes(&load, &stuck) {
            let gap = load[full] - load[empty];
            match shift(
                state,
                first + full as u32,
                first + empty as u32,
                gap,
                &mut tries,
            ) {
                Some(work) => {
                    load[full] -= work;
                    load[empty] += work;
                }
                None => stuck[full] = true,
            }
            if tries >= TRIES_MAX {
                return;
            }
        }
    }
}

fn work_on(state: &State<'_>, line: u32) -> Minute {
    let mut sum = 0;
    let mut op = state.first[line as usize];
    while op != NONE {
        sum += state.nodes[op as usize].work;
        op = state.nodes[op as usize].next;
    }
    sum
}

/// The fullest line that still can give, and the emptiest.
fn extremes(load: &[Minute], stuck: &[bool]) -> Option<(usize, usize)> {
    let full = (0..load.len())
        .filter(|n| !stuck[*n])
        .max_by_key(|n| (load[*n], std::cmp::Reverse(*n)))?;
    let empty = (0..load.len()).min_by_key(|n| (load[*n], *n))?;
    (load[full] > load[empty]).then_some((full, empty))
}

/// Moves one operation that narrows the gap; returns its work.
fn shift(
    state: &mut State<'_>,
    from: u32,
    to: u32,
    gap: Minute,
    tries: &mut usize,
) -> Option<Minute> {
    let mut op = state.first[from as usize];
    while op != NONE && *tries < TRIES_MAX {
        let node = state.nodes[op as usize];
        let next = node.next;
        let slot = &state.p.ops[op as usize];
        if node.work < gap && slot.only_line == NONE && slot.accepted_line == NONE {
            *tries += 1;
            let mut after = state.last[to as usize];
            while after != NONE && state.nodes[after as usize].start >= node.start {
                after = state.nodes[after as usize].prev;
            }
            let before = state.cost;
            if state.apply(&[Step {
                op,
                line: to,
                after,
            }]) {
                if state.cost <= before {
                    return Some(node.work);
                }
                state.undo();
            }
        }
        op = next;
    }
    None
}

/// Holds orders back that would start more than `days` before they must.
///
/// With all sequences kept, every operation has a latest start at which no order gets late or
/// later; the first operations are held to so many days before it.
pub(super) fn hold_back(state: &mut State<'_>, days: i64) {
    let slack = Slack::of(state);
    let cost = state.cost;
    let mut was = Vec::new();
    for job in &state.p.jobs {
        let ops = job.first_op..job.first_op + job.op_count;
        let first = ops
            .into_iter()
            .find(|op| state.nodes[*op as usize].kind != Kind::Fixed);
        let Some(op) = first else { continue };
        let least = slack.kept_start[op as usize].saturating_sub(days.saturating_mul(DAY));
        let node = &mut state.nodes[op as usize];
        if least > node.ready {
            was.push((op, node.ready));
            node.ready = least;
        }
    }
    state.retime();
    if state.cost > cost {
        for (op, ready) in was {
            state.nodes[op as usize].ready = ready;
        }
        state.retime();
    }
}
