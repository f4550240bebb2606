//! Times and cost of a plan where more than neighbours count: reservations, changeover, overlap.
#![allow(clippy::indexing_slicing)]

use crate::plan::input::{DAY, Minute};
use crate::plan::problem::NONE;
use crate::plan::sequence::state::{Kind, State};

impl State<'_> {
    /// Times everything again with the sequences kept.
    pub(super) fn retime(&mut self) {
        for at in 0..self.order().len() {
            let op = self.order()[at];
            let (start, end) = self.times_of(op);
            let node = &mut self.nodes[op as usize];
            node.start = start;
            node.end = end;
        }
        self.cost = self.full_cost();
    }

    /// The cost from scratch.
    pub(crate) fn full_cost(&self) -> i64 {
        let done: i64 = self
            .p
            .jobs
            .iter()
            .filter(|j| j.op_count == 0)
            .map(|j| j.weight * (j.done_at - j.due).max(0))
            .sum();
        let late: i64 = (0..self.nodes.len())
            .map(|op| self.late_cost(op, self.nodes[op].end))
            .sum();
        let moved: i64 = if self.p.move_price > 0 {
            (0..self.nodes.len())
                .map(|op| self.price(op, self.nodes[op].start))
                .sum()
        } else {
            0
        };
        done + late + moved
    }

    /// Operations that cost something for being late.
    pub(crate) fn late_operations(&self) -> usize {
        let late = |op: &usize| self.late_cost(*op, self.nodes[*op].end) > 0;
        (0..self.nodes.len()).filter(late).count()
    }

    #[inline]
    pub(super) fn late_cost(&self, op: usize, end: Minute) -> i64 {
        let slot = &self.p.ops[op];
        if end <= slot.limit {
            return 0;
        }
        self.p.jobs[slot.job as usize].weight * (end - slot.limit)
    }

    /// Price of starting on another day than accepted.
    pub(super) fn price(&self, op: usize, start: Minute) -> i64 {
        match self.p.ops[op].accepted_start {
            Some(was)
                if was < self.p.stable_until && was.div_euclid(DAY) != start.div_euclid(DAY) =>
            {
                self.p.move_price
            }
            _ => 0,
        }
    }

    pub(super) fn careful_times(&self, op: u32) -> (Minute, Minute) {
        let node = &self.nodes[op as usize];
        if node.kind == Kind::Fixed {
            return (node.start, node.end);
        }
        let (prev_end, family) = match node.prev {
            NONE => (Minute::MIN, self.p.lines[node.line as usize].family),
            prev => (
                self.nodes[prev as usize].end,
                self.p.ops[prev as usize].family,
            ),
        };
        self.fit(op, node.line, prev_end, family)
    }

    /// The earliest place of an operation on a line that is free from `free` on, after `family`.
    ///
    /// Tries the gaps between reservations in order; the changeover follows what stands before
    /// the gap.
    pub(crate) fn fit(&self, op: u32, line: u32, free: Minute, family: u32) -> (Minute, Minute) {
        let slot = &self.p.lines[line as usize];
        let timeline = self.p.timeline_of(line);
        let own = self.p.ops[op as usize].family;
        let way = self.p.way_on(op, line);
        let infinite = self.p.bank_of(line).infinite;
        let reserved: &[_] = if infinite { &[] } else { &slot.reserved };
        let (mut free, mut family) = (free, family);
        let first_free = free;
        let mut ahead = reserved.iter().filter(|r| r.end > first_free);
        loop {
            let work = way.work + self.p.changeover(slot.bank, family, own);
            let ready = self.handed_at(op, line, work);
            let (start, end) = timeline.place(ready.max(free), work);
            match ahead.next() {
                Some(r) if r.start < end => {
                    if r.end > free {
                        free = r.end;
                        family = self.p.ops[r.op as usize].family;
                    }
                }
                _ => return (start, end),
            }
        }
    }

    /// When the routing and the outside world let an operation start on a line.
    pub(crate) fn handed_at(&self, op: u32, line: u32, work: Minute) -> Minute {
        let ready = self.nodes[op as usize].ready;
        ready.max(self.handed_by_routing(op, line, work))
    }

    /// When the operation before hands over; the first minute of time where there is none.
    pub(crate) fn handed_by_routing(&self, op: u32, line: u32, work: Minute) -> Minute {
        let o = &self.p.ops[op as usize];
        if o.before == NONE {
            return Minute::MIN;
        }
        let b = &self.nodes[o.before as usize];
        let handed = b.end + i64::from(b.wait);
        if !self.p.ops[o.before as usize].overlaps || b.line == NONE {
            return handed;
        }
        // Overlap: after the first part, and late enough that the last part is not waited for.
        let first = self.p.way_on(o.before, b.line).first;
        let part = self.p.timeline_of(b.line).advance(b.start, first) + i64::from(b.wait);
        let last = self.p.way_on(op, line).last;
        let timeline = self.p.timeline_of(line);
        part.max(timeline.retreat(timeline.advance(handed, last), work))
    }
}
