//! From a finished search to dates with reasons: what binds each start, by how much, and slack.
//!
//! Every start is the latest of a few candidates; the reason is the latest one, and the margin is
//! what would be won without it. Closed time is the reason only where no other candidate alone
//! would win anything. Late orders keep their own finish as the limit of float.
// Indices are numbers of `Problem`, and all tables here have its lengths.
#![allow(clippy::indexing_slicing)]

mod orders;
mod slack;

pub(crate) use slack::Slack;

use crate::plan::finding::{Fault, Finding, Place};
use crate::plan::input::{Minute, Operation, OperationState, PlanInput, Release, Way};
use crate::plan::outcome::{By, Hold, PlanOutcome, Principle, Why, WhyKind};
use crate::plan::problem::{NONE, Problem, ReadyBy};
use crate::plan::sequence::state::{Kind, State};

/// Builds the outcome of a plan.
pub(crate) fn outcome(input: &PlanInput, p: &Problem, state: &State<'_>) -> PlanOutcome {
    let explainer = Explainer { input, p, state };
    let slack = Slack::of(state);
    let mut findings = p.findings.clone();
    explainer.check_dates(&mut findings);
    findings.sort();
    findings.dedup();
    let orders = orders::orders(&explainer, &slack);
    let totals = orders::totals(&explainer, &orders);
    PlanOutcome {
        now: input.now,
        orders,
        totals,
        findings,
    }
}

/// Reads reasons from a timed plan.
pub(crate) struct Explainer<'a> {
    pub(crate) input: &'a PlanInput,
    pub(crate) p: &'a Problem,
    pub(crate) state: &'a State<'a>,
}

/// A reason with its weight.
pub(crate) struct Reason {
    pub(crate) why: Why,
    pub(crate) margin: Minute,
    pub(crate) decided: Option<Principle>,
}

/// A candidate for the start of an operation.
struct Candidate {
    at: Minute,
    why: Why,
    /// The operation that causes it.
    op: u32,
}

impl Explainer<'_> {
    pub(crate) fn operation(&self, op: u32) -> Option<&Operation> {
        let o = &self.p.ops[op as usize];
        let job = &self.input.jobs[self.p.jobs[o.job as usize].source as usize];
        job.operations.get(o.source as usize)
    }

    fn by_operation(&self, op: u32) -> By {
        let o = &self.p.ops[op as usize];
        let job = &self.input.jobs[self.p.jobs[o.job as usize].source as usize];
        By::Operation {
            job: job.id.clone(),
            seq: self.operation(op).map_or(0, |x| x.seq),
        }
    }

    pub(crate) fn hold(&self, op: u32) -> Hold {
        let Some(operation) = self.operation(op) else {
            return Hold::Free;
        };
        if self.p.ops[op as usize].fixed.is_none() {
            Hold::Free
        } else if matches!(operation.state, OperationState::Running { .. }) {
            Hold::Running
        } else if operation.pin.as_ref().is_some_and(|x| x.start.is_some()) {
            Hold::Pinned
        } else {
            Hold::Frozen
        }
    }

    /// Codes of the work centre or supplier, and of the line.
    pub(crate) fn place(&self, op: u32) -> (String, String) {
        let line = self.state.nodes[op as usize].line;
        let slot = &self.p.lines[line as usize];
        let bank = &self.p.banks[slot.bank as usize];
        if let Some(centre) = self.input.centres.get(bank.centre as usize) {
            let code = centre.lines.get(slot.line as usize).map(|l| l.code.clone());
            return (centre.code.clone(), code.unwrap_or_default());
        }
        let source = self.p.way_on(op, line).source as usize;
        match self.operation(op).and_then(|o| o.ways.get(source)) {
            Some(Way::Outside { supplier, .. }) => (supplier.clone(), String::new()),
            _ => (String::new(), String::new()),
        }
    }

    /// Why an operation starts when it does.
    pub(crate) fn reason(&self, op: u32) -> Reason {
        let by = match self.hold(op) {
            Hold::Free => return self.free_reason(op),
            Hold::Pinned => By::Pin,
            Hold::Running => By::Running,
            Hold::Frozen => By::Frozen,
        };
        Reason {
            why: Why {
                kind: WhyKind::Pin,
                by,
            },
            margin: 0,
            decided: None,
        }
    }

    fn free_reason(&self, op: u32) -> Reason {
        let node = &self.state.nodes[op as usize];
        let mut candidates = vec![self.outside_candidate(op)];
        candidates.extend(self.routing_candidate(op, self.changed_work(op)));
        candidates.extend(self.line_candidate(op));
        // The latest binds; among equals the one named first here.
        let top = (0..candidates.len())
            .rev()
            .max_by_key(|c| candidates[*c].at)
            .unwrap_or(0);
        let second = candidates
            .iter()
            .enumerate()
            .filter(|(c, _)| *c != top)
            .map(|(_, c)| c.at)
            .max()
            .unwrap_or(self.input.now)
            .max(self.p.ops[op as usize].ready.min(self.input.now));
        let top = candidates.swap_remove(top);
        let timeline = self.p.timeline_of(node.line);
        let without = timeline.next_open(second).min(node.start);
        if without == node.start && node.start > top.at {
            let since = timeline.last_close(node.start - 1);
            return Reason {
                why: Why {
                    kind: WhyKind::Calendar,
                    by: By::Calendar(self.calendar_of(node.line)),
                },
                margin: node.start - since.max(second),
                decided: Some(Principle::DepartmentFactors),
            };
        }
        let decided = self.decided(op, &top);
        Reason {
            why: top.why,
            margin: node.start - without,
            decided,
        }
    }

    fn changed_work(&self, op: u32) -> Minute {
        let node = &self.state.nodes[op as usize];
        self.p
            .timeline_of(node.line)
            .open_between(node.start, node.end)
    }

    /// What lies outside the plan: now, a release, material, work that is done.
    fn outside_candidate(&self, op: u32) -> Candidate {
        let o = &self.p.ops[op as usize];
        let job = &self.input.jobs[self.p.jobs[o.job as usize].source as usize];
        let material = self.operation(op).and_then(|x| x.material.as_ref());
        let held = self.state.nodes[op as usize].ready;
        let (kind, by) = match o.ready_by {
            _ if held > o.ready => (WhyKind::Release, By::NotEarlier),
            ReadyBy::Now | ReadyBy::Pin => (WhyKind::Release, By::Now),
            ReadyBy::Done => (WhyKind::Predecessor, By::Now),
            ReadyBy::Material => match (material.filter(|m| m.ready == o.ready), &job.release_by) {
                (Some(m), _) => (
                    WhyKind::Material,
                    By::Material {
                        item: m.item.clone(),
                        reference: m.reference.clone(),
                    },
                ),
                (None, Release::Material { item, reference }) => (
                    WhyKind::Material,
                    By::Material {
                        item: item.clone(),
                        reference: reference.clone(),
                    },
                ),
                _ => (WhyKind::Material, By::Now),
            },
            ReadyBy::Release => match &job.release_by {
                Release::NotBefore { reference } => {
                    (WhyKind::Release, By::Reference(reference.clone()))
                }
                _ => (WhyKind::Release, By::Reference(String::new())),
            },
        };
        Candidate {
            at: held,
            why: Why { kind, by },
            op: NONE,
        }
    }

    fn routing_candidate(&self, op: u32, work: Minute) -> Option<Candidate> {
        let o = &self.p.ops[op as usize];
        if o.before == NONE {
            return None;
        }
        let node = &self.state.nodes[op as usize];
        Some(Candidate {
            at: self.state.handed_by_routing(op, node.line, work),
            why: Why {
                kind: WhyKind::Predecessor,
                by: self.by_operation(o.before),
            },
            op: o.before,
        })
    }

    /// What held the line last: the operation before it, or a pinned one.
    fn line_candidate(&self, op: u32) -> Option<Candidate> {
        let node = &self.state.nodes[op as usize];
        if self.p.bank_of(node.line).infinite {
            return None;
        }
        let reserved = self.p.lines[node.line as usize]
            .reserved
            .iter()
            .filter(|r| r.end <= node.start)
            .map(|r| (r.end, r.op));
        let prev =
            (node.prev != NONE).then(|| (self.state.nodes[node.prev as usize].end, node.prev));
        let (at, cause) = reserved.chain(prev).max()?;
        Some(Candidate {
            at,
            why: Why {
                kind: WhyKind::Capacity,
                by: self.by_operation(cause),
            },
            op: cause,
        })
    }

    pub(crate) fn calendar_of(&self, line: u32) -> String {
        let slot = &self.p.lines[line as usize];
        let bank = &self.p.banks[slot.bank as usize];
        self.input
            .centres
            .get(bank.centre as usize)
            .map(|centre| {
                let own = centre.lines.get(slot.line as usize);
                own.and_then(|l| l.calendar.clone())
                    .unwrap_or_else(|| centre.calendar.clone())
            })
            .unwrap_or_default()
    }

    /// The principle behind a place, told from the two orders that met there.
    fn decided(&self, op: u32, top: &Candidate) -> Option<Principle> {
        match top.why.kind {
            WhyKind::Capacity => {
                let other = &self.state.nodes[top.op as usize];
                if other.kind == Kind::Fixed {
                    return None;
                }
                let mine = &self.p.jobs[self.p.ops[op as usize].job as usize];
                let theirs = &self.p.jobs[other.job as usize];
                let node = &self.state.nodes[op as usize];
                let ready = self.state.handed_at(op, node.line, node.work);
                if other.start < ready {
                    // It was on the line before this one could start: the choice was the line.
                    Some(Principle::CapacityBalance)
                } else if theirs.weight > mine.weight {
                    Some(Principle::CustomerClass)
                } else if theirs.due < mine.due {
                    Some(Principle::DeliveryDate)
                } else {
                    Some(Principle::ProcessFlow)
                }
            }
            WhyKind::Predecessor if top.op != NONE => {
                let before = &self.p.ops[top.op as usize];
                if before.wait > 0 || before.overlaps {
                    Some(Principle::TimeFactors)
                } else {
                    Some(Principle::ProcessFlow)
                }
            }
            WhyKind::Material => Some(Principle::TimeFactors),
            _ => None,
        }
    }

    /// Pins before their predecessor, and operations beyond the calendars.
    fn check_dates(&self, findings: &mut Vec<Finding>) {
        for op in 0..self.p.op_count() as u32 {
            let node = &self.state.nodes[op as usize];
            let on = || match self.by_operation(op) {
                By::Operation { job, seq } => Place::Operation { job, seq },
                _ => Place::Job(String::new()),
            };
            if node.end > self.p.timeline_of(node.line).horizon() {
                findings.push(Finding {
                    on: on(),
                    fault: Fault::BeyondHorizon,
                });
            }
            if node.kind == Kind::Fixed && node.before != NONE {
                let work = self.changed_work(op);
                let ready = self.state.handed_by_routing(op, node.line, work);
                if ready > node.start && self.hold(op) != Hold::Running {
                    findings.push(Finding {
                        on: on(),
                        fault: Fault::PinBeforePredecessor { ready },
                    });
                }
            }
        }
    }
}
