//! Lots and parts of an order: what can be delivered when, and lots placed one after another.
#![allow(clippy::indexing_slicing)]

use crate::domain::quantity::{MICRO, Micro, Qty};
use crate::plan::input::{DeliveryPolicy, Job, Minute, Operation, Way};
use crate::plan::problem::NONE;
use crate::plan::promise::{Book, Busy, Placed, Relaxed};

/// What an order that is held takes of the lines.
#[derive(Debug, Clone, Default)]
pub struct Held(Vec<(u32, Busy)>);

impl Book<'_> {
    /// Keeps the gaps an order would take, so that the next one is promised beside it.
    pub fn hold(&mut self, job: &Job) -> Held {
        let compiled = self.compile(job);
        let placed = self.place(job, &compiled, &Relaxed::default());
        Held(self.occupy(&placed))
    }

    /// Gives back what was held.
    pub fn let_go(&mut self, held: &Held) {
        self.release(&held.0);
    }

    /// Takes the lines of a placed order; the answer gives them back to [`Book::release`].
    pub(super) fn occupy(&mut self, placed: &[Placed]) -> Vec<(u32, Busy)> {
        let mut taken = Vec::new();
        for p in placed {
            let bank = self.resources.lines[p.line as usize].bank;
            if self.resources.banks[bank as usize].infinite {
                continue;
            }
            let busy = Busy {
                start: p.start,
                end: p.end,
                family: p.family,
                owner: NONE,
            };
            let line = &mut self.busy[p.line as usize];
            let at = line.partition_point(|b| (b.start, b.end) <= (busy.start, busy.end));
            line.insert(at, busy);
            taken.push((p.line, busy));
        }
        taken
    }

    pub(super) fn release(&mut self, taken: &[(u32, Busy)]) {
        for (line, busy) in taken.iter().rev() {
            let list = &mut self.busy[*line as usize];
            let same = |b: &Busy| (b.start, b.end, b.owner) == (busy.start, busy.end, busy.owner);
            if let Some(at) = list.iter().position(same) {
                list.remove(at);
            }
        }
    }

    /// Finishes of several lots that are placed one after another, all kept until the end.
    pub(super) fn finishes(&mut self, lots: &[Job]) -> Option<Vec<Minute>> {
        let mut taken = Vec::new();
        let mut ends = Vec::new();
        for lot in lots {
            let compiled = self.compile(lot);
            let placed = self.place(lot, &compiled, &Relaxed::default());
            ends.extend(placed.last().map(|p| p.end));
            taken.extend(self.occupy(&placed));
        }
        self.release(&taken);
        (ends.len() == lots.len()).then_some(ends)
    }

    /// What can be delivered when: by policy in two parts, the first as much as is on time.
    pub(super) fn quantities(&mut self, job: &Job, finish: Option<Minute>) -> Vec<(Minute, Qty)> {
        let Some(finish) = finish else {
            return Vec::new();
        };
        let whole = sorted(job).last().map(|o| o.left()).unwrap_or_default();
        if job.policy == DeliveryPolicy::All || finish <= job.due || !whole.is_positive() {
            return vec![(finish, whole)];
        }
        let split = job.policy == DeliveryPolicy::Split;
        match self.largest_part(job, whole) {
            Some((at, part)) if split => {
                let rest = Micro(whole.0 - part.0);
                let lots = [part_of(job, part), part_of(job, rest)];
                match self.finishes(&lots).as_deref() {
                    Some([_, last]) => vec![(at, part), (*last, rest)],
                    _ => vec![(finish, whole)],
                }
            }
            Some((at, part)) => vec![(at, part)],
            None if split => vec![(finish, whole)],
            None => Vec::new(),
        }
    }

    /// The most whole pieces that are finished by the due minute.
    fn largest_part(&mut self, job: &Job, whole: Qty) -> Option<(Minute, Qty)> {
        let (mut low, mut high) = (0, whole.0 / MICRO);
        let mut best = None;
        while low < high {
            let pieces = low + (high - low + 1) / 2;
            let part = part_of(job, Micro::whole(pieces));
            let compiled = self.compile(&part);
            let end = self
                .place(&part, &compiled, &Relaxed::default())
                .last()
                .map(|p| p.end);
            match end {
                Some(at) if at <= job.due => {
                    best = Some((at, Micro::whole(pieces)));
                    low = pieces;
                }
                _ => high = pieces - 1,
            }
        }
        best
    }
}

/// The order with only so many pieces left to make.
pub(super) fn part_of(job: &Job, pieces: Qty) -> Job {
    let mut part = job.clone();
    for o in &mut part.operations {
        let left = o.left().min(pieces);
        // Times per lot belong to the whole lot and shrink with it.
        for way in &mut o.ways {
            if let Way::Centre {
                minutes_per_lot, ..
            } = way
            {
                *minutes_per_lot = minutes_per_lot.times(left.over(o.qty));
            }
        }
        o.qty = Micro(o.done.0 + left.0);
    }
    part
}

pub(super) fn sorted(job: &Job) -> Vec<&Operation> {
    let mut routing: Vec<&Operation> = job.operations.iter().collect();
    routing.sort_by_key(|o| o.seq);
    routing
}
