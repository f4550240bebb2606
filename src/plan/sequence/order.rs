//! The topological order of a plan, kept right after each move.
//!
//! Only the region between the two places of a move is looked at; what depends on the operation
//! that has to go back goes with it, and where that includes its new neighbour there is a cycle.
#![allow(clippy::indexing_slicing)]

use crate::plan::problem::NONE;
use crate::plan::sequence::state::{Node, State};

impl State<'_> {
    /// Restores the topological order around an operation that was just linked.
    pub(super) fn reorder(&mut self, op: u32) -> bool {
        let Node { prev, next, .. } = self.nodes[op as usize];
        if prev != NONE && self.pos[op as usize] < self.pos[prev as usize] {
            self.shift_after(op, prev)
        } else if next != NONE && self.pos[op as usize] > self.pos[next as usize] {
            self.shift_after(next, op)
        } else {
            true
        }
    }

    /// Moves `a` and what depends on it behind `b`; false where `b` depends on `a`.
    fn shift_after(&mut self, a: u32, b: u32) -> bool {
        let lo = self.pos[a as usize] as usize;
        let hi = self.pos[b as usize] as usize;
        self.epoch += 1;
        let epoch = self.epoch;
        self.mark[a as usize] = epoch;
        let saved = self.undo.order.len();
        self.undo.order.extend_from_slice(&self.order[lo..=hi]);
        let mut moved = std::mem::take(&mut self.scratch);
        moved.clear();
        moved.push(a);
        let mut at = lo;
        let mut cycle = false;
        for i in lo + 1..=hi {
            let x = self.order[i];
            let n = &self.nodes[x as usize];
            let depends = (n.before != NONE && self.mark[n.before as usize] == epoch)
                || (n.prev != NONE && self.mark[n.prev as usize] == epoch);
            if depends {
                if x == b {
                    cycle = true;
                    break;
                }
                self.mark[x as usize] = epoch;
                moved.push(x);
            } else {
                self.order[at] = x;
                self.pos[x as usize] = u32::try_from(at).unwrap_or(NONE);
                at += 1;
            }
        }
        if cycle {
            let len = hi - lo + 1;
            for i in 0..len {
                let x = self.undo.order[saved + i];
                self.order[lo + i] = x;
                self.pos[x as usize] = u32::try_from(lo + i).unwrap_or(NONE);
            }
            self.undo.order.truncate(saved);
        } else {
            for &x in &moved {
                self.order[at] = x;
                self.pos[x as usize] = u32::try_from(at).unwrap_or(NONE);
                at += 1;
            }
            self.undo.pieces.push((lo, hi - lo + 1));
        }
        self.scratch = moved;
        !cycle
    }
}
