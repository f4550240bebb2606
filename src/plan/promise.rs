//! The earliest date for one more order against a plan that stays as it is.
//!
//! A [`Book`] holds the busy times of every line of a plan; an order is placed into the gaps,
//! operation by operation, without searching. Three dates are answered: into the gaps, with
//! others making way (`rush`), and as if capacity had no limit, so that it can be seen what part
//! of the wait is capacity.
// Indices are line, bank and operation numbers of the tables built here; none of them shrinks.
#![allow(clippy::indexing_slicing)]

mod chain;
mod levers;
mod parts;
mod rush;

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::quantity::Qty;
use crate::plan::finding::Finding;
use crate::plan::input::{DAY, Job, Minute, Operation, PlanInput, Release};
use crate::plan::outcome::{By, PlanOutcome, Why};
use crate::plan::problem::compile::{Compiled, compile_one};
use crate::plan::problem::resources::Resources;
use crate::plan::problem::{NONE, ReadyBy, WaySlot};
use crate::plan::timeline::Timeline;

pub use chain::{Chain, ChainLink};
pub use levers::{Lever, LeverKind};
pub use parts::Held;
pub use rush::{Rush, Victim, accepted, rush};

/// What can be promised for one order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Promise {
    /// Finish without touching any other order; `None` where the order cannot be planned.
    pub finish: Option<Minute>,
    /// Finish if every centre could take it at once.
    pub unlimited: Option<Minute>,
    pub due: Minute,
    pub late_days: i64,
    pub operations: Vec<PromisedOperation>,
    /// What binds the date, and the two chains that would bind after it is lifted.
    pub chains: Vec<Chain>,
    /// What would help, most days first.
    pub levers: Vec<Lever>,
    /// What can be delivered when, within the delivery policy.
    pub quantity_by_date: Vec<(Minute, Qty)>,
    pub findings: Vec<Finding>,
}

/// Where a promised operation would stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PromisedOperation {
    pub seq: i64,
    pub work_centre: String,
    pub line: String,
    /// When it could start but for its line.
    pub ready: Minute,
    pub start: Minute,
    pub end: Minute,
    pub why: Why,
}

/// A time in which a line is taken.
#[derive(Debug, Clone, Copy)]
struct Busy {
    start: Minute,
    end: Minute,
    family: u32,
    owner: u32,
}

/// The busy lines of a plan; see the module header.
pub struct Book<'a> {
    input: &'a PlanInput,
    resources: Resources<'a>,
    busy: Vec<Vec<Busy>>,
    owners: Vec<(String, i64)>,
}

/// What is taken to be no limit.
#[derive(Debug, Clone, Default)]
struct Relaxed {
    all_capacity: bool,
    /// Banks whose lines count as free.
    centres: BTreeSet<u32>,
    material: bool,
    release: bool,
}

/// An operation in a gap.
#[derive(Debug, Clone, Copy)]
struct Placed {
    op: u32,
    line: u32,
    ready: Minute,
    start: Minute,
    end: Minute,
    /// Who held the line last before the start, and until when.
    after: u32,
    after_end: Minute,
    family: u32,
}

impl<'a> Book<'a> {
    /// Notes the busy times of a plan.
    #[must_use]
    pub fn new(input: &'a PlanInput, outcome: &PlanOutcome) -> Self {
        let mut resources = Resources::new(input);
        let mut busy = vec![Vec::new(); resources.lines.len()];
        let families: BTreeMap<&str, &str> = input
            .jobs
            .iter()
            .map(|j| (j.id.as_str(), j.family.as_str()))
            .collect();
        let mut owners = Vec::new();
        for order in &outcome.orders {
            let name = families.get(order.id.as_str()).copied().unwrap_or("");
            let family = resources.family(name);
            for o in order.operations.iter().filter(|o| !o.line.is_empty()) {
                let key = (o.work_centre.as_str(), o.line.as_str());
                let Some(line) = resources.line_codes.get(&key).copied() else {
                    continue;
                };
                if resources.banks[resources.lines[line as usize].bank as usize].infinite {
                    continue;
                }
                let owner = u32::try_from(owners.len()).unwrap_or(NONE);
                owners.push((order.id.clone(), o.seq));
                busy[line as usize].push(Busy {
                    start: o.start,
                    end: o.end,
                    family,
                    owner,
                });
            }
        }
        for line in &mut busy {
            line.sort_by_key(|b| (b.start, b.end, b.owner));
        }
        Self {
            input,
            resources,
            busy,
            owners,
        }
    }

    /// Answers dates and chains for an order that is not in the plan, without levers.
    pub fn promise(&mut self, job: &Job) -> Promise {
        let compiled = self.compile(job);
        let quiet = self.place(job, &compiled, &Relaxed::default());
        let free = Relaxed {
            all_capacity: true,
            ..Relaxed::default()
        };
        let unlimited = self.place(job, &compiled, &free);
        let finish = quiet.last().map(|p| p.end);
        Promise {
            finish,
            // Each operation takes the line on which it ends first, which is not always best for
            // the next one; what stands already can be had with more capacity too.
            unlimited: unlimited.last().map(|p| p.end).min(finish),
            due: job.due,
            late_days: finish.map_or(0, |f| ((f - job.due).max(0) + DAY - 1) / DAY),
            operations: self.said(job, &compiled, &quiet),
            chains: self.chains(job, &compiled, &quiet),
            levers: Vec::new(),
            quantity_by_date: self.quantities(job, finish),
            findings: compiled.findings,
        }
    }

    /// As [`Book::promise`], with what would help and by how much.
    pub fn promise_with_levers(&mut self, job: &Job) -> Promise {
        let mut promise = self.promise(job);
        promise.levers = self.levers(job, &promise);
        promise
    }

    fn compile(&mut self, job: &Job) -> Compiled {
        let mut compiled = compile_one(self.input, &mut self.resources, job);
        for op in &mut compiled.ops {
            let operation = job.operations.get(op.source as usize);
            let pinned = operation.and_then(|o| o.pin.as_ref()?.line.as_deref());
            let Some(code) = pinned else { continue };
            let ways =
                &compiled.ways[op.first_way as usize..(op.first_way + op.way_count) as usize];
            let line = ways
                .iter()
                .flat_map(|w| self.lines_of(w.bank))
                .find(|l| self.line_code(*l) == code);
            op.only_line = line.unwrap_or(NONE);
        }
        // Outside suppliers that were new to the book have lines now.
        self.busy.resize(self.resources.lines.len(), Vec::new());
        compiled
    }

    fn lines_of(&self, bank: u32) -> std::ops::Range<u32> {
        let b = &self.resources.banks[bank as usize];
        b.first_line..b.first_line + b.line_count
    }

    fn line_code(&self, line: u32) -> &str {
        let slot = &self.resources.lines[line as usize];
        let bank = &self.resources.banks[slot.bank as usize];
        self.input
            .centres
            .get(bank.centre as usize)
            .and_then(|c| c.lines.get(slot.line as usize))
            .map_or("", |l| l.code.as_str())
    }

    /// Puts each operation into its earliest gap; empty where the order cannot be planned.
    fn place(&self, job: &Job, compiled: &Compiled, relaxed: &Relaxed) -> Vec<Placed> {
        let mut placed: Vec<Placed> = Vec::with_capacity(compiled.ops.len());
        for (n, op) in compiled.ops.iter().enumerate() {
            let n = u32::try_from(n).unwrap_or(NONE);
            let ready = self.ready(job, compiled, n, relaxed);
            let ways =
                &compiled.ways[op.first_way as usize..(op.first_way + op.way_count) as usize];
            let mut best: Option<Placed> = None;
            for way in ways {
                for line in self.lines_of(way.bank) {
                    if op.only_line != NONE && op.only_line != line {
                        continue;
                    }
                    let handed = self.handed(compiled, &placed, way, op.before);
                    let at = self.gap(n, line, way, op.family, ready.max(handed), relaxed);
                    if best.is_none_or(|b| at.end < b.end) {
                        best = Some(at);
                    }
                }
            }
            match best {
                Some(at) => placed.push(at),
                None => return Vec::new(),
            }
        }
        placed
    }

    fn ready(&self, job: &Job, compiled: &Compiled, op: u32, relaxed: &Relaxed) -> Minute {
        let slot = &compiled.ops[op as usize];
        let lifted = match slot.ready_by {
            ReadyBy::Material => relaxed.material,
            ReadyBy::Release => relaxed.release,
            _ => false,
        };
        let first = slot.before == NONE;
        if lifted && first && slot.ready_by == ReadyBy::Material && job.release > self.input.now {
            // The order's own release may still hold what its material no longer does.
            let by_release = matches!(job.release_by, Release::NotBefore { .. });
            return if by_release {
                job.release
            } else {
                self.input.now
            };
        }
        if lifted { self.input.now } else { slot.ready }
    }

    /// When the operation before hands over to this one on a line of the way's bank.
    fn handed(&self, compiled: &Compiled, placed: &[Placed], way: &WaySlot, before: u32) -> Minute {
        let Some(b) = placed.last().filter(|_| before != NONE) else {
            return Minute::MIN;
        };
        let slot = &compiled.ops[before as usize];
        let end = b.end + slot.wait;
        if !slot.overlaps {
            return end;
        }
        let bank = self.resources.lines[b.line as usize].bank;
        let first = compiled.ways
            [slot.first_way as usize..(slot.first_way + slot.way_count) as usize]
            .iter()
            .find(|w| w.bank == bank)
            .map_or(0, |w| w.first);
        let part = self.timeline(bank).advance(b.start, first) + slot.wait;
        let timeline = self.timeline(way.bank);
        part.max(timeline.retreat(timeline.advance(end, way.last), way.work))
    }

    fn timeline(&self, bank: u32) -> &Timeline {
        let b = &self.resources.banks[bank as usize];
        &self.resources.timelines[b.timeline as usize]
    }

    /// The earliest gap on a line that holds the whole operation.
    fn gap(
        &self,
        op: u32,
        line: u32,
        way: &WaySlot,
        family: u32,
        ready: Minute,
        relaxed: &Relaxed,
    ) -> Placed {
        let bank = &self.resources.banks[way.bank as usize];
        let timeline = self.timeline(way.bank);
        let free = bank.infinite || relaxed.all_capacity || relaxed.centres.contains(&bank.centre);
        let busy: &[Busy] = if free { &[] } else { &self.busy[line as usize] };
        let mut at = busy.partition_point(|b| b.end <= ready);
        let mut from = ready;
        loop {
            let before = at.checked_sub(1).map(|i| busy[i]);
            let left = before.map_or(self.resources.lines[line as usize].family, |b| b.family);
            let changeover = |from: u32, to: u32| {
                if from == NONE || from == to || free {
                    0
                } else {
                    bank.changeover
                }
            };
            let (start, end) = timeline.place(from, way.work + changeover(left, family));
            // The order behind the gap may need a changeover it did not need before.
            let fits = busy.get(at).is_none_or(|next| {
                let more = changeover(family, next.family) - changeover(left, next.family);
                timeline.advance(end, more.max(0)) <= next.start
            });
            if fits {
                return Placed {
                    op,
                    line,
                    ready,
                    start,
                    end,
                    after: before.map_or(NONE, |b| b.owner),
                    after_end: before.map_or(Minute::MIN, |b| b.end),
                    family,
                };
            }
            from = from.max(busy[at].end);
            at += 1;
        }
    }

    fn said(&self, job: &Job, compiled: &Compiled, placed: &[Placed]) -> Vec<PromisedOperation> {
        placed
            .iter()
            .map(|p| {
                let operation = self.operation(job, compiled, p.op);
                PromisedOperation {
                    seq: operation.map_or(0, |o| o.seq),
                    work_centre: self.centre_code(job, compiled, p),
                    line: self.line_code(p.line).to_owned(),
                    ready: p.ready,
                    start: p.start,
                    end: p.end,
                    why: self.why(job, compiled, p),
                }
            })
            .collect()
    }

    fn operation<'j>(&self, job: &'j Job, compiled: &Compiled, op: u32) -> Option<&'j Operation> {
        job.operations
            .get(compiled.ops.get(op as usize)?.source as usize)
    }

    fn owner(&self, owner: u32) -> By {
        match self.owners.get(owner as usize) {
            Some((job, seq)) => By::Operation {
                job: job.clone(),
                seq: *seq,
            },
            None => By::Now,
        }
    }
}
