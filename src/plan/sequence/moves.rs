//! Which change to try next: only operations on a chain that makes an order late are moved.
//!
//! From the last operation of every late order the walk goes back along what binds each start.
//! Operations bound by their line are candidates for another place in the sequence; all
//! operations of the chains are candidates for another line.
// Indices are numbers of `Problem`, and all tables here have its lengths.
#![allow(clippy::indexing_slicing)]

use crate::plan::input::Minute;
use crate::plan::problem::NONE;
use crate::plan::random::Random;
use crate::plan::sequence::state::{Kind, State, Step};

/// Places an operation may jump beyond its neighbour on the line; longer jumps are rarely
/// accepted and cost most to time.
const REACH: usize = 3;

/// One move: a step, or two that exchange operations of two lines.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Move {
    steps: [Step; 2],
    len: usize,
}

impl Move {
    const fn one(step: Step) -> Self {
        Self {
            steps: [step, step],
            len: 1,
        }
    }

    pub(crate) fn steps(&self) -> &[Step] {
        &self.steps[..self.len]
    }
}

/// Candidates for moves, gathered from the plan from time to time.
pub(crate) struct Moves {
    /// Operations that start when their line is free.
    bound: Vec<u32>,
    /// Operations of the chains that could use another line.
    movable: Vec<u32>,
    mark: Vec<u32>,
    epoch: u32,
    stack: Vec<u32>,
}

impl Moves {
    pub(crate) fn new(state: &State<'_>) -> Self {
        let n = state.nodes.len();
        Self {
            bound: Vec::new(),
            movable: Vec::new(),
            mark: vec![0; n],
            epoch: 0,
            stack: Vec::new(),
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.bound.is_empty() && self.movable.is_empty()
    }

    /// Gathers the candidates of the present plan.
    pub(crate) fn refresh(&mut self, state: &State<'_>) {
        self.bound.clear();
        self.movable.clear();
        self.epoch += 1;
        for (op, slot) in state.p.ops.iter().enumerate() {
            let late = state.nodes[op].end > slot.limit;
            if late && state.p.jobs[slot.job as usize].weight > 0 {
                self.visit(op as u32);
            }
        }
        while let Some(op) = self.stack.pop() {
            self.walk(state, op);
        }
    }

    #[inline]
    fn visit(&mut self, op: u32) {
        if self.mark[op as usize] != self.epoch {
            self.mark[op as usize] = self.epoch;
            self.stack.push(op);
        }
    }

    /// Follows what binds the start of an operation.
    fn walk(&mut self, state: &State<'_>, op: u32) {
        let node = state.nodes[op as usize];
        if node.kind == Kind::Fixed {
            return;
        }
        let o = &state.p.ops[op as usize];
        let bank = state.p.bank_of(node.line);
        if o.only_line == NONE && (o.way_count > 1 || bank.line_count > 1 && !bank.infinite) {
            self.movable.push(op);
        }
        let timeline = &state.p.timelines[bank.timeline as usize];
        // In closed time several candidates lead to the same start, and all of them bind.
        let binds =
            |t: Minute| t == node.start || (t < node.start && timeline.next_open(t) == node.start);
        if node.prev != NONE {
            let free = state.nodes[node.prev as usize].end;
            if binds(free) || node.kind == Kind::Careful {
                self.bound.push(op);
                self.visit(node.prev);
            }
        }
        if node.before != NONE {
            let b = &state.nodes[node.before as usize];
            if binds(b.end + i64::from(b.wait)) || node.kind == Kind::Careful {
                self.visit(node.before);
            }
        }
    }

    /// Draws a move; `None` where the drawn candidate has nowhere to go.
    pub(crate) fn draw(&self, state: &State<'_>, random: &mut Random) -> Option<Move> {
        let all = self.bound.len() + self.movable.len();
        let pick = random.below(all);
        match self.bound.get(pick) {
            Some(op) => Self::along(state, *op, random),
            None => {
                let op = *self.movable.get(pick - self.bound.len())?;
                Self::across(state, op, random)
            }
        }
    }

    /// Another place on the same line.
    fn along(state: &State<'_>, op: u32, random: &mut Random) -> Option<Move> {
        let node = &state.nodes[op as usize];
        let prev = node.prev;
        if prev == NONE {
            return None;
        }
        let dice = random.below(8);
        if dice < 6 {
            let after = state.nodes[prev as usize].prev;
            return Some(Move::one(Step {
                op,
                line: node.line,
                after,
            }));
        }
        let far = 1 + random.below(REACH);
        if dice == 6 {
            let mut after = state.nodes[prev as usize].prev;
            for _ in 0..far {
                if after == NONE {
                    break;
                }
                after = state.nodes[after as usize].prev;
            }
            return Some(Move::one(Step {
                op,
                line: node.line,
                after,
            }));
        }
        let mut after = op;
        for _ in 0..far {
            match state.nodes[after as usize].next {
                NONE => break,
                next => after = next,
            }
        }
        Some(Move::one(Step {
            op: prev,
            line: node.line,
            after,
        }))
    }

    /// A place on another line, about when the operation could start.
    fn across(state: &State<'_>, op: u32, random: &mut Random) -> Option<Move> {
        let p = state.p;
        let node = &state.nodes[op as usize];
        let ways = p.ways_of(op);
        let way = ways[random.below(ways.len())];
        let bank = &p.banks[way.bank as usize];
        let own = bank.first_line <= node.line && node.line < bank.first_line + bank.line_count;
        let line = if own {
            if bank.line_count < 2 || bank.infinite {
                return None;
            }
            let other = random.below(bank.line_count as usize - 1) as u32;
            let line = bank.first_line + other;
            if line >= node.line { line + 1 } else { line }
        } else if bank.infinite {
            return Some(Move::one(Step {
                op,
                line: bank.first_line,
                after: NONE,
            }));
        } else {
            bank.first_line + random.below(bank.line_count as usize) as u32
        };
        let ready = state.handed_at(op, line, way.work);
        let gap = usize::try_from((node.start - ready).max(0)).unwrap_or(0);
        let wish = ready + random.below(gap + 1) as Minute;
        let mut after = state.last[line as usize];
        while after != NONE && state.nodes[after as usize].start >= wish {
            after = state.nodes[after as usize].prev;
        }
        let step = Step { op, line, after };
        let next = match after {
            NONE => state.first[line as usize],
            a => state.nodes[a as usize].next,
        };
        if next == NONE || random.below(3) > 0 {
            return Some(Move::one(step));
        }
        // Exchange: what stood there takes the place that becomes free.
        let fits = p.ops[next as usize].only_line == NONE
            && p.ways_of(next)
                .iter()
                .any(|w| w.bank == p.lines[node.line as usize].bank);
        if !fits {
            return Some(Move::one(step));
        }
        let back = Step {
            op: next,
            line: node.line,
            after: node.prev,
        };
        Some(Move {
            steps: [step, back],
            len: 2,
        })
    }
}
