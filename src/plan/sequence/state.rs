//! A plan under search: one linked sequence per line, and the times that follow from it.
//!
//! Every start is the earliest the sequence allows. A move takes one operation out of its
//! sequence and puts it elsewhere; only what depends on it is timed again, in topological order,
//! and everything can be taken back. A move that would make a cycle is refused and leaves nothing
//! changed.
// Indices are operation, line and job numbers of `Problem`; all tables here have those lengths,
// and `NONE` is tested before every use.
#![allow(clippy::indexing_slicing)]

use crate::plan::input::Minute;
use crate::plan::problem::{NONE, Problem};

/// What an operation is doing in the plan; one cache line.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Node {
    pub(crate) start: Minute,
    pub(crate) end: Minute,
    pub(crate) ready: Minute,
    pub(crate) work: Minute,
    /// Neighbours in the routing.
    pub(crate) before: u32,
    pub(crate) after: u32,
    /// Neighbours on the line.
    pub(crate) prev: u32,
    pub(crate) next: u32,
    pub(crate) line: u32,
    pub(crate) job: u32,
    /// Calendar minutes after its end before the next operation.
    pub(crate) wait: u32,
    pub(crate) timeline: u16,
    pub(crate) kind: Kind,
}

/// How much care the timing of an operation needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Earliest start after its candidates.
    Plain,
    /// Overlap, changeover or reservations take part.
    Careful,
    /// Stays where it is.
    Fixed,
}

/// Where an operation is to go: onto `line`, right after `after` ([`NONE`]: first).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Step {
    pub(crate) op: u32,
    pub(crate) line: u32,
    pub(crate) after: u32,
}

/// A plan as lines and one topological order; sequences on lines follow from the order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Layout {
    pub(crate) line_of: Vec<u32>,
    pub(crate) order: Vec<u32>,
}

/// See the module header.
pub(crate) struct State<'p> {
    pub(crate) p: &'p Problem,
    pub(crate) nodes: Vec<Node>,
    pub(crate) first: Vec<u32>,
    pub(crate) last: Vec<u32>,
    pub(super) order: Vec<u32>,
    pub(super) pos: Vec<u32>,
    dirty: Vec<u64>,
    pub(super) mark: Vec<u32>,
    pub(super) epoch: u32,
    /// Weighted late minutes plus the price of moved days.
    pub(crate) cost: i64,
    pub(super) undo: Undo,
    pub(super) scratch: Vec<u32>,
    touched: Vec<u32>,
}

#[derive(Default)]
pub(super) struct Undo {
    cost: i64,
    steps: Vec<Step>,
    times: Vec<(u32, Minute, Minute)>,
    /// Pieces of the order as (first position, length), and their content one after another.
    pub(super) pieces: Vec<(usize, usize)>,
    pub(super) order: Vec<u32>,
}

impl<'p> State<'p> {
    /// Lays a plan out and times it. The layout names every free operation once.
    pub(crate) fn new(p: &'p Problem, layout: &Layout) -> Self {
        let mut state = Self::empty(p);
        state.load(layout);
        state
    }

    /// Only pinned and running operations have their place.
    pub(crate) fn empty(p: &'p Problem) -> Self {
        let n = p.op_count();
        let mut state = Self {
            p,
            nodes: Vec::with_capacity(n),
            first: vec![NONE; p.lines.len()],
            last: vec![NONE; p.lines.len()],
            order: Vec::with_capacity(n),
            pos: vec![NONE; n],
            dirty: vec![0; n / 64 + 1],
            mark: vec![0; n],
            epoch: 0,
            cost: 0,
            undo: Undo::default(),
            scratch: Vec::new(),
            touched: Vec::new(),
        };
        for op in 0..n {
            state.nodes.push(state.blank(op));
        }
        state
    }

    /// Forgets the place of every operation that is not pinned or running.
    pub(crate) fn clear(&mut self) {
        self.first.fill(NONE);
        self.last.fill(NONE);
        self.order.clear();
        self.clear_undo();
    }

    /// Puts an operation at the end of a line, after all that was placed before it.
    pub(crate) fn append(&mut self, op: u32, line: u32) -> (Minute, Minute) {
        self.pos[op as usize] = u32::try_from(self.order.len()).unwrap_or(NONE);
        self.order.push(op);
        self.settle(op, line);
        let after = self.last[line as usize];
        self.link(op, line, after);
        let (start, end) = self.times_of(op);
        let node = &mut self.nodes[op as usize];
        node.start = start;
        node.end = end;
        (start, end)
    }

    fn blank(&self, op: usize) -> Node {
        let o = &self.p.ops[op];
        let (start, end) = o.fixed.map_or((0, 0), |f| (f.start, f.end));
        Node {
            start,
            end,
            ready: o.ready,
            work: 1,
            before: o.before,
            after: o.after,
            prev: NONE,
            next: NONE,
            line: o.fixed.map_or(NONE, |f| f.line),
            job: o.job,
            wait: u32::try_from(o.wait).unwrap_or(u32::MAX),
            timeline: 0,
            kind: if o.fixed.is_some() {
                Kind::Fixed
            } else {
                Kind::Plain
            },
        }
    }

    /// Replaces the plan by a layout.
    pub(crate) fn load(&mut self, layout: &Layout) {
        self.clear();
        for &op in &layout.order {
            if self.nodes[op as usize].kind != Kind::Fixed {
                self.append(op, layout.line_of[op as usize]);
            }
        }
        self.cost = self.full_cost();
    }

    /// The plan as a layout.
    pub(crate) fn layout(&self) -> Layout {
        Layout {
            line_of: self.nodes.iter().map(|n| n.line).collect(),
            order: self.order.clone(),
        }
    }

    /// Orders the topological order by start, so that regions between two positions stay short.
    pub(crate) fn sort_order(&mut self) {
        let mut order = std::mem::take(&mut self.order);
        order.sort_unstable_by_key(|op| (self.nodes[*op as usize].start, self.pos[*op as usize]));
        for (at, op) in order.iter().enumerate() {
            self.pos[*op as usize] = u32::try_from(at).unwrap_or(NONE);
        }
        self.order = order;
        self.clear_undo();
    }

    /// Sets what depends on the line alone.
    fn settle(&mut self, op: u32, line: u32) {
        let p = self.p;
        let way = p.way_on(op, line);
        let bank = p.bank_of(line);
        let o = &p.ops[op as usize];
        let overlapped = o.before != NONE && p.ops[o.before as usize].overlaps;
        let careful = overlapped
            || (!bank.infinite
                && (bank.changeover > 0 || !p.lines[line as usize].reserved.is_empty()));
        let timeline = u16::try_from(bank.timeline).unwrap_or(0);
        let node = &mut self.nodes[op as usize];
        node.line = line;
        node.work = way.work;
        node.timeline = timeline;
        node.kind = if careful { Kind::Careful } else { Kind::Plain };
    }

    fn link(&mut self, op: u32, line: u32, after: u32) {
        if self.p.bank_of(line).infinite {
            self.nodes[op as usize].prev = NONE;
            self.nodes[op as usize].next = NONE;
            return;
        }
        let next = match after {
            NONE => std::mem::replace(&mut self.first[line as usize], op),
            a => std::mem::replace(&mut self.nodes[a as usize].next, op),
        };
        match next {
            NONE => self.last[line as usize] = op,
            n => self.nodes[n as usize].prev = op,
        }
        let node = &mut self.nodes[op as usize];
        node.prev = after;
        node.next = next;
    }

    fn unlink(&mut self, op: u32) {
        let Node {
            prev, next, line, ..
        } = self.nodes[op as usize];
        if self.p.bank_of(line).infinite {
            return;
        }
        match prev {
            NONE => self.first[line as usize] = next,
            p => self.nodes[p as usize].next = next,
        }
        match next {
            NONE => self.last[line as usize] = prev,
            n => self.nodes[n as usize].prev = prev,
        }
    }

    /// Start and end of an operation after its candidates.
    #[inline]
    pub(crate) fn times_of(&self, op: u32) -> (Minute, Minute) {
        let node = &self.nodes[op as usize];
        if node.kind != Kind::Plain {
            return self.careful_times(op);
        }
        let mut t = node.ready;
        if node.before != NONE {
            let b = &self.nodes[node.before as usize];
            t = t.max(b.end + i64::from(b.wait));
        }
        if node.prev != NONE {
            t = t.max(self.nodes[node.prev as usize].end);
        }
        self.p.timelines[node.timeline as usize].place(t, node.work)
    }

    fn clear_undo(&mut self) {
        self.undo.steps.clear();
        self.undo.times.clear();
        self.undo.pieces.clear();
        self.undo.order.clear();
        self.undo.cost = self.cost;
    }

    /// Makes one or more steps as one move and times what follows.
    ///
    /// Returns false, with nothing changed, where the steps would make a cycle.
    pub(crate) fn apply(&mut self, steps: &[Step]) -> bool {
        self.clear_undo();
        self.touched.clear();
        for step in steps {
            let old = self.nodes[step.op as usize];
            self.undo.steps.push(Step {
                op: step.op,
                line: old.line,
                after: old.prev,
            });
            self.unlink(step.op);
            if old.line != step.line {
                self.settle(step.op, step.line);
            }
            self.link(step.op, step.line, step.after);
            if !self.reorder(step.op) {
                self.undo();
                return false;
            }
            let next = self.nodes[step.op as usize].next;
            self.touched.extend([old.next, step.op, next]);
            if self.p.ops[step.op as usize].overlaps {
                // How soon it hands over depends on the line, even where its times do not.
                self.touched.push(old.after);
            }
        }
        for at in 0..self.touched.len() {
            let op = self.touched[at];
            if op != NONE && self.nodes[op as usize].kind != Kind::Fixed {
                self.touch(op);
            }
        }
        self.propagate();
        true
    }

    /// Marks an operation for timing.
    #[inline]
    fn touch(&mut self, op: u32) {
        let at = self.pos[op as usize] as usize;
        self.dirty[at / 64] |= 1 << (at % 64);
    }

    /// Times marked operations and what follows them, in topological order.
    fn propagate(&mut self) {
        for word in 0..self.dirty.len() {
            while self.dirty[word] != 0 {
                let bit = self.dirty[word].trailing_zeros() as usize;
                self.dirty[word] &= self.dirty[word] - 1;
                let op = self.order[word * 64 + bit];
                let (start, end) = self.times_of(op);
                let node = self.nodes[op as usize];
                if node.start == start && node.end == end {
                    continue;
                }
                self.undo.times.push((op, node.start, node.end));
                let changed = &mut self.nodes[op as usize];
                changed.start = start;
                changed.end = end;
                if self.p.move_price > 0 {
                    self.cost +=
                        self.price(op as usize, start) - self.price(op as usize, node.start);
                }
                if node.after != NONE && self.nodes[node.after as usize].kind != Kind::Fixed {
                    self.touch(node.after);
                } else {
                    let late = self.late_cost(op as usize, end);
                    self.cost += late - self.late_cost(op as usize, node.end);
                }
                if node.next != NONE {
                    self.touch(node.next);
                }
            }
        }
    }

    /// Takes the last move back; harmless where nothing was moved.
    pub(crate) fn undo(&mut self) {
        while let Some((op, start, end)) = self.undo.times.pop() {
            let node = &mut self.nodes[op as usize];
            node.start = start;
            node.end = end;
        }
        while let Some(step) = self.undo.steps.pop() {
            self.unlink(step.op);
            if self.nodes[step.op as usize].line != step.line {
                self.settle(step.op, step.line);
            }
            self.link(step.op, step.line, step.after);
        }
        while let Some((lo, len)) = self.undo.pieces.pop() {
            let saved = self.undo.order.len() - len;
            for i in 0..len {
                let x = self.undo.order[saved + i];
                self.order[lo + i] = x;
                self.pos[x as usize] = u32::try_from(lo + i).unwrap_or(NONE);
            }
            self.undo.order.truncate(saved);
        }
        self.cost = self.undo.cost;
    }

    /// Free operations in topological order.
    pub(crate) fn order(&self) -> &[u32] {
        &self.order
    }
}
