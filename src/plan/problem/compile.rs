//! Production orders and operations as numbered tables.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::quantity::{MICRO, Qty};
use crate::plan::finding::{DATE_REACH, Fault, Finding, Place, WORK_MAX};
use crate::plan::input::{
    DAY, Job, Minute, Operation, OperationState, PlanInput, Release, Use, Way,
};
use crate::plan::problem::fixed::place_fixed;
use crate::plan::problem::resources::Resources;
use crate::plan::problem::times::Times;
use crate::plan::problem::{JobSlot, NONE, OpSlot, Problem, ReadyBy, WaySlot};

/// Weights above this are scaled down, so that sums of weight × minutes stay exact.
const WEIGHT_MAX: i64 = 1_000_000;

pub(super) fn compile(input: &PlanInput) -> Problem {
    let mut resources = Resources::new(input);
    let principles = input.options.principles;
    let mut builder = Builder::new(input, &mut resources);
    let mut seen = BTreeSet::new();
    for (at, job) in input.jobs.iter().enumerate() {
        if seen.insert(job.id.as_str()) {
            builder.add_job(u32::try_from(at).unwrap_or(NONE), job);
        } else {
            builder.find(Place::Job(job.id.clone()), Fault::CodeTwice);
        }
    }
    let unit = builder.scale_weights();
    let Builder {
        jobs,
        ops,
        ways,
        mut findings,
        ..
    } = builder;
    findings.extend(resources.findings.iter().cloned());
    let options = &input.options;
    let stable_until = match options.stable_days {
        0 => Minute::MAX,
        days => input.now.saturating_add(days.saturating_mul(DAY)),
    };
    let mut problem = Problem {
        timelines: resources.timelines.clone(),
        banks: resources.banks.clone(),
        lines: resources.lines.clone(),
        jobs,
        ops,
        ways,
        findings,
        move_price: if input.accepted.is_empty() {
            0
        } else {
            options.price_of_move_minutes.clamp(0, WORK_MAX) * unit
        },
        stable_until,
        balance: principles.capacity_balance == Use::On,
        flow: principles.process_flow == Use::On,
    };
    place_fixed(input, &resources, &mut problem);
    set_limits(&mut problem);
    problem.findings.sort();
    problem.findings.dedup();
    problem
}

/// Sets what each operation should be finished by.
fn set_limits(problem: &mut Problem) {
    for n in 0..problem.ops.len() {
        let Some(op) = problem.ops.get(n) else { return };
        let limit = match problem.ops.get(op.after as usize) {
            None => problem.jobs.get(op.job as usize).map(|j| j.due),
            // What is handed over in parts may go on beside the pinned one.
            Some(after) if !op.overlaps => after.fixed.map(|f| f.start - op.wait),
            Some(_) => None,
        };
        if let Some(op) = problem.ops.get_mut(n) {
            op.limit = limit.unwrap_or(Minute::MAX);
        }
    }
}

/// One order compiled alone, on lines that exist already.
#[derive(Debug, Default)]
pub(crate) struct Compiled {
    pub(crate) ops: Vec<OpSlot>,
    pub(crate) ways: Vec<WaySlot>,
    pub(crate) findings: Vec<Finding>,
}

/// Compiles one order against lines that exist; no operations where it cannot be planned.
pub(crate) fn compile_one<'a>(
    input: &'a PlanInput,
    resources: &mut Resources<'a>,
    job: &Job,
) -> Compiled {
    let mut builder = Builder::new(input, resources);
    builder.add_job(0, job);
    Compiled {
        ops: builder.ops,
        ways: builder.ways,
        findings: builder.findings,
    }
}

struct Builder<'a, 'r> {
    input: &'a PlanInput,
    resources: &'r mut Resources<'a>,
    jobs: Vec<JobSlot>,
    ops: Vec<OpSlot>,
    ways: Vec<WaySlot>,
    findings: Vec<Finding>,
}

impl<'a, 'r> Builder<'a, 'r> {
    fn new(input: &'a PlanInput, resources: &'r mut Resources<'a>) -> Self {
        Self {
            input,
            resources,
            jobs: Vec::new(),
            ops: Vec::new(),
            ways: Vec::new(),
            findings: Vec::new(),
        }
    }

    fn find(&mut self, on: Place, fault: Fault) {
        self.findings.push(Finding { on, fault });
    }

    fn add_job(&mut self, source: u32, job: &Job) {
        let (ops_before, ways_before) = (self.ops.len(), self.ways.len());
        if !self.dates_are_near(job) || !self.add_operations(job) {
            self.ops.truncate(ops_before);
            self.ways.truncate(ways_before);
            return;
        }
        let done_at = job
            .operations
            .iter()
            .map(|o| match o.state {
                OperationState::Done { finished } => finished,
                _ => self.input.now,
            })
            .max()
            .unwrap_or(self.input.now);
        if job.weight.0 < 0 {
            self.find(Place::Job(job.id.clone()), Fault::NegativeWeight);
        }
        let principles = self.input.options.principles;
        self.jobs.push(JobSlot {
            source,
            weight: match principles.customer_class {
                Use::On => job.weight.0.max(0),
                Use::Off => MICRO,
            },
            due: match principles.delivery_date {
                Use::On => job.due,
                Use::Off => self.input.now,
            },
            first_op: number(ops_before),
            op_count: number(self.ops.len() - ops_before),
            done_at,
        });
    }

    fn dates_are_near(&mut self, job: &Job) -> bool {
        let now = self.input.now;
        let own = [job.release, job.due];
        let materials = job
            .operations
            .iter()
            .filter_map(|o| o.material.as_ref().map(|m| m.ready));
        let decided = job.operations.iter().filter_map(|o| match &o.state {
            OperationState::Done { finished: at } | OperationState::Running { started: at, .. } => {
                Some(*at)
            }
            OperationState::Open => o.pin.as_ref().and_then(|p| p.start),
        });
        let far = own
            .into_iter()
            .chain(materials)
            .chain(decided)
            .find(|t| t.saturating_sub(now).saturating_abs() > DATE_REACH);
        if let Some(t) = far {
            self.find(Place::Job(job.id.clone()), Fault::DateOutOfRange(t));
        }
        far.is_none()
    }

    /// Adds what is left to do; false where some operation can be done nowhere.
    fn add_operations(&mut self, job: &Job) -> bool {
        if job.operations.is_empty() {
            self.find(Place::Job(job.id.clone()), Fault::NoOperations);
            return false;
        }
        let mut routing: Vec<(usize, &Operation)> = job.operations.iter().enumerate().collect();
        routing.sort_by_key(|(at, o)| (o.seq, *at));
        let plain = self.input.options.principles.time_factors == Use::Off;
        let mut ready = Earliest::of_job(self.input.now, job);
        let mut before = NONE;
        let mut handed: Qty = Qty::ZERO;
        let mut fine = true;
        for (at, operation) in routing {
            let place = Place::Operation {
                job: job.id.clone(),
                seq: operation.seq,
            };
            if let OperationState::Done { finished } = operation.state {
                let wait = operation.wait_after_minutes.clamp(0, WORK_MAX);
                ready.raise(finished.saturating_add(wait), ReadyBy::Done);
                continue;
            }
            if operation.qty.0 > 0 && operation.left().0 == 0 {
                continue;
            }
            if let Some(material) = &operation.material {
                ready.raise(material.ready, ReadyBy::Material);
            }
            let first_way = number(self.ways.len());
            fine &= self.add_ways(operation, handed, &place);
            handed = match operation.transfer_qty {
                t if plain || t.0 <= 0 || t.0 >= operation.left().0 => Qty::ZERO,
                t => t,
            };
            let op = number(self.ops.len());
            if let Some(last) = self.ops.last_mut().filter(|_| before != NONE) {
                last.after = op;
            }
            self.ops.push(OpSlot {
                job: number(self.jobs.len()),
                source: number(at),
                before,
                after: NONE,
                ready: ready.at,
                ready_by: ready.by,
                wait: if plain {
                    0
                } else {
                    operation.wait_after_minutes.clamp(0, WORK_MAX)
                },
                first_way,
                way_count: number(self.ways.len()) - first_way,
                family: self.resources.family(&job.family),
                only_line: NONE,
                fixed: None,
                limit: Minute::MAX,
                overlaps: handed.0 > 0,
                accepted_line: NONE,
                accepted_start: None,
            });
            before = op;
            // Later operations are held by their predecessor; only what is new holds them too.
            ready = Earliest::now(self.input.now);
        }
        fine
    }

    /// Adds the banks an operation may use; false and a finding where there is none.
    fn add_ways(&mut self, operation: &Operation, handed: Qty, place: &Place) -> bool {
        let ways_before = self.ways.len();
        let mut too_long = false;
        for (source, way) in operation.ways.iter().enumerate() {
            let source = number(source);
            match way {
                Way::Outside { days, calendar, .. } => {
                    let bank = self.resources.outside_bank(calendar.as_deref(), place);
                    let work = days.saturating_mul(DAY).max(1);
                    too_long |= work > WORK_MAX;
                    self.push_way(
                        ways_before,
                        WaySlot {
                            bank,
                            source,
                            work,
                            first: work,
                            last: work,
                        },
                    );
                }
                Way::Centre { centre, .. } => {
                    let Some(banks) = self.resources.of_centre.get(centre.as_str()).cloned() else {
                        self.find(place.clone(), Fault::NoSuchCentre(centre.clone()));
                        continue;
                    };
                    for bank in banks {
                        let speed = self.resources.speeds.get(bank as usize).copied();
                        let times = Times::of(operation, way, handed, speed.unwrap_or(MICRO));
                        too_long |= times.work > WORK_MAX;
                        self.push_way(
                            ways_before,
                            WaySlot {
                                bank,
                                source,
                                work: times.work,
                                first: times.first,
                                last: times.last,
                            },
                        );
                    }
                }
            }
        }
        if has_negative(operation) {
            self.find(place.clone(), Fault::NegativeAmount);
        }
        if too_long {
            self.find(place.clone(), Fault::WorkTooLong);
        } else if self.ways.len() == ways_before {
            self.find(place.clone(), Fault::NoWay);
        }
        !too_long && self.ways.len() > ways_before
    }

    /// Keeps one way per bank, the shortest.
    fn push_way(&mut self, from: usize, way: WaySlot) {
        match self.ways.iter_mut().skip(from).find(|w| w.bank == way.bank) {
            Some(known) if known.work <= way.work => {}
            Some(known) => *known = way,
            None => self.ways.push(way),
        }
    }

    /// Brings weights to small whole numbers; returns what weight one has become.
    fn scale_weights(&mut self) -> i64 {
        let by = self
            .jobs
            .iter()
            .fold(MICRO, |by, job| greatest_common(by, job.weight));
        let top = self.jobs.iter().map(|j| j.weight / by).max().unwrap_or(0);
        let by = by.saturating_mul(1 + top / WEIGHT_MAX);
        for job in &mut self.jobs {
            job.weight /= by;
        }
        (MICRO / by).max(1)
    }
}

/// An earliest start and its reason.
struct Earliest {
    at: Minute,
    by: ReadyBy,
}

impl Earliest {
    const fn now(now: Minute) -> Self {
        Self {
            at: now,
            by: ReadyBy::Now,
        }
    }

    fn of_job(now: Minute, job: &Job) -> Self {
        let by = match job.release_by {
            Release::Free | Release::NotBefore { .. } => ReadyBy::Release,
            Release::Material { .. } => ReadyBy::Material,
        };
        let mut earliest = Self::now(now);
        earliest.raise(job.release, by);
        earliest
    }

    fn raise(&mut self, at: Minute, by: ReadyBy) {
        if at > self.at {
            self.at = at;
            self.by = by;
        }
    }
}

fn has_negative(operation: &Operation) -> bool {
    let times = operation.ways.iter().any(|w| match w {
        Way::Centre {
            setup_minutes,
            minutes_per_unit,
            minutes_per_lot,
            ..
        } => setup_minutes.0 < 0 || minutes_per_unit.0 < 0 || minutes_per_lot.0 < 0,
        Way::Outside { days, .. } => *days < 0,
    });
    times
        || operation.qty.0 < 0
        || operation.done.0 < 0
        || operation.transfer_qty.0 < 0
        || operation.wait_after_minutes < 0
}

fn greatest_common(a: i64, b: i64) -> i64 {
    if b == 0 { a } else { greatest_common(b, a % b) }
}

pub(super) fn number(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(NONE)
}

/// Operations of each planned order by (order, sequence number).
pub(super) fn op_index(input: &PlanInput, problem: &Problem) -> BTreeMap<(String, i64), u32> {
    let mut index = BTreeMap::new();
    for (n, op) in problem.ops.iter().enumerate() {
        let source = problem
            .jobs
            .get(op.job as usize)
            .and_then(|j| input.jobs.get(j.source as usize));
        let Some(job) = source else { continue };
        if let Some(operation) = job.operations.get(op.source as usize) {
            index.insert((job.id.clone(), operation.seq), number(n));
        }
    }
    index
}
