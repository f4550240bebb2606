//! What binds a promised date, and what would bind it next.
#![allow(clippy::indexing_slicing)]

use crate::plan::input::{Job, Minute, Release, Span, Way};
use crate::plan::outcome::{By, Why, WhyKind};
use crate::plan::problem::compile::Compiled;
use crate::plan::problem::{NONE, ReadyBy};
use crate::plan::promise::{Book, Placed, Relaxed};

/// Chains shown for one promise: the binding one and the next two.
const CHAINS_MAX: usize = 3;

/// One way through the order, from now to its finish.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chain {
    pub finish: Minute,
    /// The wait that costs most; none where only work is left.
    pub binding: Option<Why>,
    /// Code of the centre at which the binding wait happens.
    pub at_centre: String,
    pub links: Vec<ChainLink>,
}

/// A stretch of the chain; the stretches follow each other without holes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChainLink {
    pub seq: i64,
    pub work_centre: String,
    pub span: Span,
    /// What is waited for; `None` while work is done.
    pub waits_for: Option<Why>,
}

impl Book<'_> {
    /// The binding chain and the next ones, each with the binding wait of the one before lifted.
    pub(super) fn chains(&self, job: &Job, compiled: &Compiled, quiet: &[Placed]) -> Vec<Chain> {
        let mut relaxed = Relaxed::default();
        let mut placed = quiet.to_vec();
        let mut chains: Vec<Chain> = Vec::new();
        while chains.len() < CHAINS_MAX {
            let Some(last) = placed.last() else { break };
            let links = self.links(job, compiled, &placed);
            let binding = links
                .iter()
                .filter(|l| liftable(l.waits_for.as_ref()))
                .max_by_key(|l| l.span.end - l.span.start)
                .cloned();
            chains.push(Chain {
                finish: last.end,
                binding: binding.as_ref().and_then(|b| b.waits_for.clone()),
                at_centre: binding
                    .as_ref()
                    .map_or_else(String::new, |b| b.work_centre.clone()),
                links,
            });
            let Some(link) = binding else { break };
            self.lift(&mut relaxed, &link);
            placed = self.place(job, compiled, &relaxed);
            // With the wait lifted an earlier line may be chosen that serves the next operation
            // worse; nothing is gained then.
            let gains = |l: &Placed| l.end <= chains.last().map_or(Minute::MAX, |c| c.finish);
            if !placed.last().is_some_and(gains) {
                break;
            }
        }
        chains
    }

    pub(super) fn lift(&self, relaxed: &mut Relaxed, link: &ChainLink) {
        match link.waits_for.as_ref().map(|w| w.kind) {
            Some(WhyKind::Material) => relaxed.material = true,
            Some(WhyKind::Release) => relaxed.release = true,
            Some(WhyKind::Capacity) => {
                let at = self
                    .input
                    .centres
                    .iter()
                    .position(|c| c.code == link.work_centre);
                relaxed
                    .centres
                    .extend(at.and_then(|n| u32::try_from(n).ok()));
            }
            _ => {}
        }
    }

    fn links(&self, job: &Job, compiled: &Compiled, placed: &[Placed]) -> Vec<ChainLink> {
        let mut links = Vec::new();
        let mut cursor = self.input.now;
        for p in placed {
            let seq = self.operation(job, compiled, p.op).map_or(0, |o| o.seq);
            let work_centre = self.centre_code(job, compiled, p);
            let mut push = |to: Minute, waits_for: Option<Why>| {
                if to > cursor {
                    links.push(ChainLink {
                        seq,
                        work_centre: work_centre.clone(),
                        span: Span {
                            start: cursor,
                            end: to,
                        },
                        waits_for,
                    });
                    cursor = to;
                }
            };
            push(p.ready.min(p.start), Some(self.base_why(job, compiled, p)));
            if p.after_end > p.ready {
                push(p.start, Some(self.why(job, compiled, p)));
            }
            let closed = Why {
                kind: WhyKind::Calendar,
                by: By::Calendar(String::new()),
            };
            push(p.start, Some(closed));
            push(p.end, None);
        }
        links
    }

    /// What binds the start of a placed operation.
    pub(super) fn why(&self, job: &Job, compiled: &Compiled, p: &Placed) -> Why {
        if p.after != NONE && p.after_end > p.ready {
            return Why {
                kind: WhyKind::Capacity,
                by: self.owner(p.after),
            };
        }
        self.base_why(job, compiled, p)
    }

    /// What lets a placed operation start but for its line.
    fn base_why(&self, job: &Job, compiled: &Compiled, p: &Placed) -> Why {
        let slot = &compiled.ops[p.op as usize];
        let by_outside = slot.before == NONE || p.ready <= slot.ready;
        let (kind, by) = match slot.ready_by {
            _ if !by_outside => (
                WhyKind::Predecessor,
                By::Operation {
                    job: job.id.clone(),
                    seq: self
                        .operation(job, compiled, slot.before)
                        .map_or(0, |o| o.seq),
                },
            ),
            ReadyBy::Material => {
                let own = self
                    .operation(job, compiled, p.op)
                    .and_then(|o| o.material.clone())
                    .filter(|m| m.ready == slot.ready)
                    .map(|m| (m.item, m.reference));
                let (item, reference) = match (own, &job.release_by) {
                    (Some(own), _) => own,
                    (None, Release::Material { item, reference }) => {
                        (item.clone(), reference.clone())
                    }
                    _ => Default::default(),
                };
                (WhyKind::Material, By::Material { item, reference })
            }
            ReadyBy::Release => match &job.release_by {
                Release::NotBefore { reference } => {
                    (WhyKind::Release, By::Reference(reference.clone()))
                }
                _ => (WhyKind::Release, By::Reference(String::new())),
            },
            ReadyBy::Done => (WhyKind::Predecessor, By::Now),
            ReadyBy::Now | ReadyBy::Pin => (WhyKind::Release, By::Now),
        };
        Why { kind, by }
    }

    /// Code of the centre, or of the supplier.
    pub(super) fn centre_code(&self, job: &Job, compiled: &Compiled, p: &Placed) -> String {
        let slot = &self.resources.lines[p.line as usize];
        let bank = &self.resources.banks[slot.bank as usize];
        if let Some(centre) = self.input.centres.get(bank.centre as usize) {
            return centre.code.clone();
        }
        let op = &compiled.ops[p.op as usize];
        let ways = &compiled.ways[op.first_way as usize..(op.first_way + op.way_count) as usize];
        let source = ways.iter().find(|w| w.bank == slot.bank).map(|w| w.source);
        let operation = self.operation(job, compiled, p.op);
        let way = operation.and_then(|o| o.ways.get(source? as usize));
        match way {
            Some(Way::Outside { supplier, .. }) => supplier.clone(),
            _ => String::new(),
        }
    }
}

/// Whether a wait could be shortened by somebody's decision.
fn liftable(why: Option<&Why>) -> bool {
    why.is_some_and(|w| {
        matches!(w.kind, WhyKind::Material | WhyKind::Capacity)
            || (w.kind == WhyKind::Release && w.by != By::Now)
    })
}
