//! Latest dates and float, backward through the plan.
#![allow(clippy::indexing_slicing)]

use crate::plan::input::Minute;
use crate::plan::problem::NONE;
use crate::plan::sequence::state::{Kind, State};

/// Latest dates of every operation.
pub(crate) struct Slack {
    /// Latest start with the sequences kept, such that no order gets late or later.
    pub(crate) kept_start: Vec<Minute>,
    /// Latest start and finish from due, along the routing alone.
    pub(crate) routing: Vec<(Minute, Minute)>,
}

impl Slack {
    pub(crate) fn of(state: &State<'_>) -> Self {
        let n = state.nodes.len();
        let mut slack = Self {
            kept_start: vec![Minute::MAX; n],
            routing: vec![(0, 0); n],
        };
        for op in (0..n as u32).filter(|op| state.nodes[*op as usize].kind == Kind::Fixed) {
            slack.kept_start[op as usize] = state.nodes[op as usize].start;
        }
        for &op in state.order().iter().rev() {
            slack.kept_start[op as usize] = slack.kept(state, op);
        }
        for op in (0..n as u32).rev() {
            slack.routing[op as usize] = slack.latest(state, op);
        }
        slack
    }

    fn kept(&self, state: &State<'_>, op: u32) -> Minute {
        let node = &state.nodes[op as usize];
        let p = state.p;
        let mut finish = if node.after == NONE {
            p.jobs[node.job as usize].due.max(node.end)
        } else {
            let after = &state.nodes[node.after as usize];
            let latest = self.kept_start[node.after as usize];
            if p.ops[op as usize].overlaps {
                // The two move together: what the next can slip, this one can.
                node.end + (latest - after.start).max(0)
            } else {
                (latest - i64::from(node.wait)).max(node.end)
            }
        };
        if node.next != NONE {
            finish = finish.min(self.kept_start[node.next as usize].max(node.end));
        }
        let pinned = p.lines[node.line as usize]
            .reserved
            .iter()
            .find(|r| r.start >= node.end);
        if let Some(r) = pinned.filter(|_| !p.bank_of(node.line).infinite) {
            finish = finish.min(r.start);
        }
        let timeline = p.timeline_of(node.line);
        let work = timeline.open_between(node.start, node.end);
        timeline.retreat(finish, work).max(node.start)
    }

    fn latest(&self, state: &State<'_>, op: u32) -> (Minute, Minute) {
        let node = &state.nodes[op as usize];
        let finish = match node.after {
            NONE => state.p.jobs[node.job as usize].due,
            after => self.routing[after as usize].0 - i64::from(node.wait),
        };
        let timeline = state.p.timeline_of(node.line);
        let work = timeline.open_between(node.start, node.end);
        (timeline.retreat(finish, work), finish)
    }
}
