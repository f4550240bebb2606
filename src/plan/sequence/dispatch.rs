//! One pass through time that gives every free line its most urgent waiting operation.
//!
//! Non-delay: no line stays idle while it could work, except where another line would finish the
//! operation sooner. Priorities are floats; times and results are not. Ties go to the operation
//! with the lower number, so that a rule always gives the same plan.
// Indices are numbers of `Problem`, and all tables here have its lengths.
#![allow(clippy::indexing_slicing)]

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::plan::input::Minute;
use crate::plan::problem::{NONE, Problem};
use crate::plan::sequence::state::{Kind, State};

/// How waiting operations are ranked.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Rule {
    /// Earliest due minute of the order.
    Due,
    /// Heaviest order first, then earliest due minute: the plain reading of "class first".
    ClassThenDue,
    /// Modified due date: the later of due minute and earliest possible finish.
    Modified,
    /// Weight over work, falling with slack: apparent tardiness cost (Vepsalainen and Morton 1987).
    Urgency(f64),
    /// Weight over work, falling linearly with slack over expected waiting (COVERT).
    Expected(f64),
}

/// Placements after which the caller is asked whether to go on.
const ASK_EVERY: usize = 32;

/// Reusable tables of the pass.
pub(crate) struct Dispatcher<'p> {
    p: &'p Problem,
    /// Expected minutes in the queue before each operation.
    pub(crate) queue: Vec<Minute>,
    /// Waiting that was observed in the last pass.
    pub(crate) waited: Vec<Minute>,
    /// Calendar minutes after each operation to the end of its order, queues included.
    tail: Vec<f64>,
    /// Calendar minutes of each operation, and the logarithm of weight over that.
    span: Vec<f64>,
    worth: Vec<f64>,
    /// Mean calendar minutes of an operation on each bank.
    mean: Vec<f64>,
    arrival: Vec<Minute>,
    taken: Vec<bool>,
    waiting: Vec<Vec<u32>>,
    busy: Vec<BinaryHeap<Reverse<(Minute, u32)>>>,
    idle: Vec<Vec<u32>>,
    load: Vec<Minute>,
    next_poke: Vec<Minute>,
    events: BinaryHeap<Reverse<(Minute, u32)>>,
}

/// An event number from which on banks are counted; below, operations.
const BANKS_FROM: u32 = 1 << 31;

impl<'p> Dispatcher<'p> {
    pub(crate) fn new(p: &'p Problem) -> Self {
        let n = p.op_count();
        let stretched = |op: u32| {
            let way = p.ways_of(op)[0];
            let stretch = p.banks[way.bank as usize].stretch;
            way.work as f64 * stretch as f64 / 1000.0
        };
        let span: Vec<f64> = (0..n).map(|op| stretched(op as u32).max(1.0)).collect();
        let worth = (0..n)
            .map(|op| {
                let weight = p.jobs[p.ops[op].job as usize].weight as f64;
                (weight.max(1e-6) / span[op]).ln()
            })
            .collect();
        let mut sums = vec![(0.0, 0.0); p.banks.len()];
        for (op, span) in span.iter().enumerate() {
            let bank = p.ways_of(op as u32)[0].bank as usize;
            sums[bank].0 += span;
            sums[bank].1 += 1.0;
        }
        Self {
            p,
            queue: vec![0; n],
            waited: vec![0; n],
            tail: vec![0.0; n],
            mean: sums
                .iter()
                .map(|(s, c)| (s / f64::max(*c, 1.0)).max(1.0))
                .collect(),
            span,
            worth,
            arrival: vec![0; n],
            taken: vec![false; n],
            waiting: vec![Vec::new(); p.banks.len()],
            busy: vec![BinaryHeap::new(); p.banks.len()],
            idle: vec![Vec::new(); p.banks.len()],
            load: vec![0; p.lines.len()],
            next_poke: vec![Minute::MIN; p.banks.len()],
            events: BinaryHeap::new(),
        }
    }

    /// Fills `state` by one rule and costs it; false, with half a plan, where `go_on` said no.
    pub(crate) fn run(
        &mut self,
        state: &mut State<'p>,
        rule: Rule,
        go_on: &mut dyn FnMut() -> bool,
    ) -> bool {
        self.start(state);
        let mut asked = 0;
        if !go_on() {
            return false;
        }
        while let Some(Reverse((now, first))) = self.events.pop() {
            self.arrive(state, now, first);
            while let Some(Reverse((at, event))) = self.events.peek().copied() {
                if at > now {
                    break;
                }
                self.events.pop();
                self.arrive(state, now, event);
            }
            for bank in 0..self.p.banks.len() as u32 {
                if !self.waiting[bank as usize].is_empty() {
                    self.serve(state, bank, now, rule);
                }
            }
            if state.order().len() >= asked + ASK_EVERY {
                asked = state.order().len();
                if !go_on() {
                    return false;
                }
            }
        }
        self.sweep(state);
        state.cost = state.full_cost();
        true
    }

    fn start(&mut self, state: &mut State<'p>) {
        let p = self.p;
        state.clear();
        self.taken.fill(false);
        self.load.fill(0);
        self.next_poke.fill(Minute::MIN);
        self.waited.fill(0);
        for op in (0..p.op_count()).rev() {
            let after = p.ops[op].after;
            self.tail[op] = if after == NONE || !p.flow {
                0.0
            } else {
                let a = after as usize;
                self.tail[a] + self.span[a] + (self.queue[a] + p.ops[op].wait) as f64
            };
        }
        for bank in 0..p.banks.len() {
            self.waiting[bank].clear();
            self.busy[bank].clear();
            self.idle[bank].clear();
            self.idle[bank].extend(p.lines_of_bank(bank as u32));
        }
        for op in 0..p.op_count() as u32 {
            let o = &p.ops[op as usize];
            let first = o.before == NONE || p.ops[o.before as usize].fixed.is_some();
            if o.fixed.is_none() && first {
                let at = self.comes_at(state, op);
                self.events.push(Reverse((at, op)));
            }
        }
    }

    /// When an operation whose predecessor is placed joins the queue.
    fn comes_at(&self, state: &State<'p>, op: u32) -> Minute {
        let o = &self.p.ops[op as usize];
        if o.before == NONE {
            return o.ready;
        }
        let before = &self.p.ops[o.before as usize];
        let b = &state.nodes[o.before as usize];
        let handed = if before.overlaps && b.line != NONE {
            let first = self.p.way_on(o.before, b.line).first;
            self.p.timeline_of(b.line).advance(b.start, first)
        } else {
            b.end
        };
        o.ready.max(handed + before.wait)
    }

    fn arrive(&mut self, state: &mut State<'p>, now: Minute, event: u32) {
        let p = self.p;
        if event >= BANKS_FROM {
            let bank = (event - BANKS_FROM) as usize;
            while let Some(Reverse((free, line))) = self.busy[bank].peek().copied() {
                if free > now {
                    break;
                }
                self.busy[bank].pop();
                self.idle[bank].push(line);
            }
            return;
        }
        self.arrival[event as usize] = now;
        let mut finite = None;
        let mut infinite: Option<(Minute, u32)> = None;
        for way in p.ways_of(event) {
            let bank = &p.banks[way.bank as usize];
            let timeline = &p.timelines[bank.timeline as usize];
            if bank.infinite {
                let end = timeline.place(now, way.work).1;
                let better = infinite.is_none_or(|(e, _)| end < e);
                if better {
                    infinite = Some((end, bank.first_line));
                }
            } else {
                let free = self.free_at(way.bank, now);
                let end = timeline.place(free, way.work).1;
                finite = Some(finite.map_or(end, |e: Minute| e.min(end)));
            }
        }
        if let Some((_, line)) = infinite.filter(|(end, _)| finite.is_none_or(|f| *end <= f)) {
            self.assign(state, event, line, now);
            return;
        }
        for way in p.ways_of(event) {
            if !p.banks[way.bank as usize].infinite {
                self.waiting[way.bank as usize].push(event);
            }
        }
    }

    /// The earliest minute at which a line of the bank is free.
    fn free_at(&self, bank: u32, now: Minute) -> Minute {
        if !self.idle[bank as usize].is_empty() {
            return now;
        }
        self.busy[bank as usize]
            .peek()
            .map_or(now, |Reverse((t, _))| (*t).max(now))
    }

    fn serve(&mut self, state: &mut State<'p>, bank: u32, now: Minute, rule: Rule) {
        let b = bank as usize;
        if self.idle[b].is_empty() {
            return;
        }
        let slot = &self.p.banks[b];
        let open = self.p.timelines[slot.timeline as usize].next_open(now);
        if open > now {
            if self.next_poke[b] != open {
                self.next_poke[b] = open;
                self.events.push(Reverse((open, BANKS_FROM + bank)));
            }
            return;
        }
        let taken = &self.taken;
        self.waiting[b].retain(|op| !taken[*op as usize]);
        if self.p.balance {
            let load = &self.load;
            self.idle[b]
                .sort_unstable_by_key(|line| (Reverse(load[*line as usize]), Reverse(*line)));
        } else {
            self.idle[b].sort_unstable_by_key(|line| Reverse(*line));
        }
        let mut at = self.idle[b].len();
        while at > 0 && !self.waiting[b].is_empty() {
            at -= 1;
            let line = self.idle[b][at];
            if let Some(best) = self.choose(state, bank, line, now, rule) {
                let op = self.waiting[b].swap_remove(best);
                self.idle[b].remove(at);
                self.assign(state, op, line, now);
            }
        }
    }

    /// Position in the bank's queue of the most urgent operation the line should take.
    fn choose(
        &self,
        state: &State<'p>,
        bank: u32,
        line: u32,
        now: Minute,
        rule: Rule,
    ) -> Option<usize> {
        let p = self.p;
        let last = state.last[line as usize];
        let family = match last {
            NONE => p.lines[line as usize].family,
            op => p.ops[op as usize].family,
        };
        let mut best: Option<(f64, Reverse<u32>, usize)> = None;
        for (at, &op) in self.waiting[bank as usize].iter().enumerate() {
            let o = &p.ops[op as usize];
            if o.only_line != NONE && o.only_line != line {
                continue;
            }
            if o.way_count > 1 && self.sooner_elsewhere(op, bank, now) {
                continue;
            }
            let mut worth = self.priority(op, bank, now, rule);
            let changeover = p.changeover(bank, family, o.family);
            if changeover > 0 {
                worth -= 2.0 * changeover as f64 / self.mean[bank as usize];
            }
            let key = (worth, Reverse(op), at);
            if best.is_none_or(|b| (key.0, key.1) > (b.0, b.1)) {
                best = Some(key);
            }
        }
        best.map(|b| b.2)
    }

    /// Whether another bank would finish the operation before this one could.
    fn sooner_elsewhere(&self, op: u32, bank: u32, now: Minute) -> bool {
        let p = self.p;
        let end_on = |way: &crate::plan::problem::WaySlot| {
            let timeline = &p.timelines[p.banks[way.bank as usize].timeline as usize];
            timeline.place(self.free_at(way.bank, now), way.work).1
        };
        let ways = p.ways_of(op);
        let here = ways.iter().find(|w| w.bank == bank).map(end_on);
        ways.iter()
            .filter(|w| w.bank != bank && !p.banks[w.bank as usize].infinite)
            .any(|w| here.is_some_and(|h| end_on(w) < h))
    }

    /// Higher is sooner.
    #[inline]
    fn priority(&self, op: u32, bank: u32, now: Minute, rule: Rule) -> f64 {
        let n = op as usize;
        let job = &self.p.jobs[self.p.ops[n].job as usize];
        let due = job.due as f64;
        let slack = due - now as f64 - self.span[n] - self.tail[n];
        match rule {
            Rule::Due => -due,
            Rule::ClassThenDue => job.weight as f64 * 1e12 - due,
            Rule::Modified => -(due.max(now as f64 + self.span[n] + self.tail[n])),
            Rule::Urgency(k) => self.worth[n] - slack.max(0.0) / (k * self.mean[bank as usize]),
            Rule::Expected(k) => {
                let expected = k * (self.span[n] + self.tail[n]);
                self.worth[n].exp() * (1.0 - slack.max(0.0) / expected).max(0.0)
                    - slack.max(0.0) * 1e-12
            }
        }
    }

    fn assign(&mut self, state: &mut State<'p>, op: u32, line: u32, now: Minute) {
        self.taken[op as usize] = true;
        let (start, end) = state.append(op, line);
        self.waited[op as usize] = (start - self.arrival[op as usize]).max(0);
        let slot = &self.p.lines[line as usize];
        if !self.p.banks[slot.bank as usize].infinite {
            self.load[line as usize] += state.nodes[op as usize].work;
            self.busy[slot.bank as usize].push(Reverse((end, line)));
            self.events.push(Reverse((end, BANKS_FROM + slot.bank)));
        }
        let after = self.p.ops[op as usize].after;
        if after != NONE && state.nodes[after as usize].kind != Kind::Fixed {
            let at = self.comes_at(state, after).max(now);
            self.events.push(Reverse((at, after)));
        }
    }

    /// Whatever the pass could not place goes to the end of its first line.
    fn sweep(&mut self, state: &mut State<'p>) {
        for op in 0..self.p.op_count() as u32 {
            let o = &self.p.ops[op as usize];
            if self.taken[op as usize] || o.fixed.is_some() {
                continue;
            }
            let bank = self.p.ways_of(op)[0].bank;
            let line = match o.only_line {
                NONE => self.p.banks[bank as usize].first_line,
                line => line,
            };
            self.taken[op as usize] = true;
            state.append(op, line);
        }
    }
}
