//! How likely each order is on time, by timing the plan again under what has happened before.
//!
//! Durations are drawn from how long work really took at the same work centre, few observations
//! mixed with those of the whole factory; material from its supplier's odds, which
//! `domain::rule::supplier` gathers. Draws hang
//! on the order and the operation, not on their place in the plan, so that two plans are compared
//! under the same luck. Floats stay inside; answers are whole.
#![allow(clippy::indexing_slicing)]

use std::collections::BTreeMap;

use crate::domain::quantity::{MICRO, Micro, Rate};
use crate::domain::rule::odds::Odds;
use crate::plan::input::{DAY, Job, Minute, PlanInput, Release};
use crate::plan::outcome::PlanOutcome;
use crate::plan::problem::{Problem, ReadyBy};
use crate::plan::promise::accepted;
use crate::plan::random::Random;
use crate::plan::sequence::state::{Layout, State};
use crate::plan::sequence::{Planner, Progress, Signal, Watch};

/// Observations of the whole factory that weigh as much as this many of one's own.
const PRIOR: f64 = 10.0;
/// Runs after which the width is looked at.
const BATCH: usize = 100;
/// Half width of the chance, in parts of one, at which more runs would not help the reader.
const HALF_WIDTH: f64 = 0.02;
/// How long work may take at most against its plan; a typing error must not bend a forecast.
const RATIO_MAX: i64 = 10 * MICRO;
/// How late material may come at most, for the same reason.
const DELAY_DAYS_MAX: i64 = 366;

/// What is known about how plans and promises turned out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Risk {
    /// Actual over planned time of finished operations, by work centre or outside supplier.
    pub ratios: BTreeMap<String, Vec<Rate>>,
    /// Days by which a supplier's deliveries slip.
    pub slips: BTreeMap<String, Odds>,
    /// Supplier of each material reference of the input.
    pub supplier_of: BTreeMap<String, String>,
}

/// Chances of all orders.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Chances {
    pub orders: Vec<OrderChance>,
    /// Runs made.
    pub runs: usize,
}

/// What may become of one order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderChance {
    pub id: String,
    /// Share of runs in which it was on time.
    pub on_time: Rate,
    /// Finish that half, and four fifths, of the runs kept.
    pub p50: Minute,
    pub p80: Minute,
    /// What its finish hangs on most; none where nothing varied.
    pub driver: Option<Driver>,
}

/// Something uncertain that an order hangs on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Driver {
    Operation { seq: i64, work_centre: String },
    Supplier { supplier: String, reference: String },
}

/// Times the plan up to `runs_max` times under drawn luck.
///
/// `outcome` is a plan of `input`. Stops early when every chance is known to two points, or when
/// the watch says so; what was run until then is the answer.
pub fn chances(
    input: &PlanInput,
    outcome: &PlanOutcome,
    risk: &Risk,
    runs_max: usize,
    watch: &mut Watch<'_>,
) -> Chances {
    let mut with = input.clone();
    with.accepted = accepted(outcome);
    for centre in &mut with.centres {
        // Frozen days are about moving work, not about how long it takes.
        centre.frozen_days = 0;
    }
    let planner = Planner::keeping(&with);
    let mut runs = Runs::new(&with, risk, &planner.problem, planner.layout());
    for run in 0..runs_max {
        runs.once(run);
        let progress = Progress {
            moves: run as u64 + 1,
            cost: 0,
        };
        let wide = (run + 1) % BATCH != 0 || runs.half_width() > HALF_WIDTH;
        if watch(progress) == Signal::Stop || !wide {
            break;
        }
    }
    runs.answer()
}

/// Sums for a correlation.
#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    x: f64,
    xx: f64,
    xy: f64,
}

struct Runs<'a> {
    input: &'a PlanInput,
    risk: &'a Risk,
    base: &'a Problem,
    drawn: Problem,
    layout: &'a Layout,
    all_ratios: Vec<Rate>,
    /// Finish of every order in every run.
    finishes: Vec<Vec<Minute>>,
    on_time: Vec<usize>,
    by_op: Vec<Sums>,
    by_material: Vec<Sums>,
    count: usize,
}

impl<'a> Runs<'a> {
    fn new(input: &'a PlanInput, risk: &'a Risk, base: &'a Problem, layout: &'a Layout) -> Self {
        Self {
            input,
            risk,
            base,
            drawn: base.clone(),
            layout,
            all_ratios: risk.ratios.values().flatten().copied().collect(),
            finishes: vec![Vec::new(); base.jobs.len()],
            on_time: vec![0; base.jobs.len()],
            by_op: vec![Sums::default(); base.ops.len()],
            by_material: vec![Sums::default(); base.ops.len()],
            count: 0,
        }
    }

    fn once(&mut self, run: usize) {
        let mut ratios = vec![0.0; self.base.ops.len()];
        let mut delays = vec![0.0; self.base.ops.len()];
        for op in 0..self.base.ops.len() {
            self.draw(run, op, &mut ratios, &mut delays);
        }
        let state = State::new(&self.drawn, self.layout);
        for (j, slot) in self.base.jobs.iter().enumerate() {
            let ops = slot.first_op as usize..(slot.first_op + slot.op_count) as usize;
            let last = ops.clone().map(|op| state.nodes[op].end).max();
            let finish = last.unwrap_or(slot.done_at);
            let due = self.input.jobs[slot.source as usize].due;
            self.on_time[j] += usize::from(finish <= due);
            self.finishes[j].push(finish);
            let y = (finish - self.input.now) as f64;
            for op in ops {
                for (sums, x) in [
                    (&mut self.by_op[op], ratios[op]),
                    (&mut self.by_material[op], delays[op]),
                ] {
                    sums.x += x;
                    sums.xx += x * x;
                    sums.xy += x * y;
                }
            }
        }
        self.count += 1;
    }

    /// Draws duration and material of one operation into the copied tables.
    fn draw(&mut self, run: usize, op: usize, ratios: &mut [f64], delays: &mut [f64]) {
        let o = &self.base.ops[op];
        let job = &self.input.jobs[self.base.jobs[o.job as usize].source as usize];
        let seq = job.operations.get(o.source as usize).map_or(0, |x| x.seq);
        let mut random = Random::new(seed(&job.id, seq, run));
        // A duration never drawn below is still drawn, so that the next draw stays the same.
        let line = self.layout.line_of[op];
        let ratio = self.ratio(&self.place_of(op, line, job), &mut random);
        ratios[op] = ratio.0 as f64;
        for way in o.first_way..o.first_way + o.way_count {
            let base = self.base.ways[way as usize];
            let way = &mut self.drawn.ways[way as usize];
            let scale = |minutes: Minute| {
                let scaled = i128::from(minutes) * i128::from(ratio.0) / i128::from(MICRO);
                Minute::try_from(scaled).unwrap_or(minutes).max(1)
            };
            way.work = scale(base.work);
            way.first = scale(base.first);
            way.last = scale(base.last);
        }
        let reference = reference_of(job, o.source as usize, o.ready)
            .filter(|_| o.ready_by == ReadyBy::Material);
        let delay = reference.map_or(0, |r| self.delay(r, &mut random));
        delays[op] = delay as f64;
        self.drawn.ops[op].ready = o.ready + delay;
        if let Some(fixed) = o.fixed {
            // What runs takes longer or shorter too; where it started stays.
            let from = fixed.start.max(self.input.now);
            let open = self
                .base
                .timeline_of(fixed.line)
                .open_between(from, fixed.end);
            let scaled = i128::from(open) * i128::from(ratio.0) / i128::from(MICRO);
            let work = Minute::try_from(scaled).unwrap_or(open);
            let end = self.base.timeline_of(fixed.line).advance(from, work);
            if let Some(f) = &mut self.drawn.ops[op].fixed {
                f.end = end;
            }
            let reserved = &mut self.drawn.lines[fixed.line as usize].reserved;
            for r in reserved.iter_mut().filter(|r| r.op as usize == op) {
                r.end = end;
            }
        }
    }

    fn place_of(&self, op: usize, line: u32, job: &Job) -> String {
        let slot = self.base.lines.get(line as usize);
        let bank = slot.and_then(|l| self.base.banks.get(l.bank as usize));
        let centre = bank.and_then(|b| self.input.centres.get(b.centre as usize));
        if let Some(centre) = centre {
            return centre.code.clone();
        }
        let source = self.base.ops[op].source as usize;
        let outside = job.operations.get(source).and_then(|o| {
            o.ways.iter().find_map(|w| match w {
                crate::plan::input::Way::Outside { supplier, .. } => Some(supplier.clone()),
                crate::plan::input::Way::Centre { .. } => None,
            })
        });
        outside.unwrap_or_default()
    }

    fn ratio(&self, place: &str, random: &mut Random) -> Rate {
        let own: &[Rate] = self.risk.ratios.get(place).map_or(&[], Vec::as_slice);
        let trust = own.len() as f64 / (own.len() as f64 + PRIOR);
        let from = if random.unit() < trust {
            own
        } else {
            &self.all_ratios
        };
        let drawn = from.get(random.below(from.len())).copied();
        drawn
            .unwrap_or(Micro::ONE)
            .clamp(Micro(1), Micro(RATIO_MAX))
    }

    /// Minutes a material comes after its promised date.
    fn delay(&self, reference: &str, random: &mut Random) -> Minute {
        // Drawn where nothing is known too, so that the draws after it stay the same.
        let at = Micro((random.unit() * MICRO as f64) as i64);
        let supplier = self.risk.supplier_of.get(reference);
        let odds = supplier.and_then(|s| self.risk.slips.get(s));
        odds.map_or(0, |odds| odds.drawn(at).clamp(0, DELAY_DAYS_MAX) * DAY)
    }

    /// The widest half width over all orders (normal approximation, 95 %).
    fn half_width(&self) -> f64 {
        let n = self.count.max(1) as f64;
        self.on_time
            .iter()
            .map(|hits| *hits as f64 / n)
            .map(|p| 1.96 * (p * (1.0 - p) / n).sqrt())
            .fold(0.0, f64::max)
    }

    fn answer(mut self) -> Chances {
        let count = self.count.max(1);
        let orders = (0..self.base.jobs.len())
            .map(|j| {
                let driver = self.driver(j);
                let finishes = &mut self.finishes[j];
                finishes.sort_unstable();
                let slot = &self.base.jobs[j];
                let kept = |percent: usize| {
                    let at = (finishes.len() * percent).div_ceil(100).saturating_sub(1);
                    finishes.get(at).copied().unwrap_or(slot.done_at)
                };
                OrderChance {
                    id: self.input.jobs[slot.source as usize].id.clone(),
                    on_time: Micro((self.on_time[j] as i64) * MICRO / count as i64),
                    p50: kept(50),
                    p80: kept(80),
                    driver,
                }
            })
            .collect();
        Chances {
            orders,
            runs: self.count,
        }
    }

    /// The draw that goes most with the finish of an order.
    fn driver(&self, j: usize) -> Option<Driver> {
        let slot = &self.base.jobs[j];
        let job = &self.input.jobs[slot.source as usize];
        let n = self.count as f64;
        let ys: Vec<f64> = self.finishes[j]
            .iter()
            .map(|f| (f - self.input.now) as f64)
            .collect();
        let y: f64 = ys.iter().sum();
        let spread_y = ys.iter().map(|v| v * v).sum::<f64>() - y * y / n;
        let together = |s: &Sums| {
            let spread_x = s.xx - s.x * s.x / n;
            let bottom = (spread_x * spread_y).sqrt();
            if bottom > 1e-6 {
                (s.xy - s.x * y / n) / bottom
            } else {
                0.0
            }
        };
        let mut best: Option<(f64, Driver)> = None;
        for op in slot.first_op as usize..(slot.first_op + slot.op_count) as usize {
            let o = &self.base.ops[op];
            let Some(source) = job.operations.get(o.source as usize) else {
                continue;
            };
            let mut offer = |r: f64, driver: Driver| {
                // Weaker than a tenth is noise of the runs.
                if r > best.as_ref().map_or(0.1, |b| b.0) {
                    best = Some((r, driver));
                }
            };
            offer(
                together(&self.by_op[op]),
                Driver::Operation {
                    seq: source.seq,
                    work_centre: self.place_of(op, self.layout.line_of[op], job),
                },
            );
            if let Some(reference) = reference_of(job, o.source as usize, o.ready) {
                let supplier = self.risk.supplier_of.get(reference);
                offer(
                    together(&self.by_material[op]),
                    Driver::Supplier {
                        supplier: supplier.cloned().unwrap_or_default(),
                        reference: reference.to_owned(),
                    },
                );
            }
        }
        best.map(|b| b.1)
    }
}

/// The document by which the material comes that holds an operation until `ready`.
fn reference_of(job: &Job, source: usize, ready: Minute) -> Option<&str> {
    let own = job.operations.get(source).and_then(|o| o.material.as_ref());
    if let Some(m) = own.filter(|m| m.ready == ready) {
        return Some(&m.reference);
    }
    match &job.release_by {
        Release::Material { reference, .. } if job.release == ready => Some(reference),
        _ => None,
    }
}

/// A seed that hangs on the operation and the run alone (FNV-1a over its name).
fn seed(id: &str, seq: i64, run: usize) -> u64 {
    let bytes = id.bytes().chain(seq.to_le_bytes()).chain(run.to_le_bytes());
    let hash = bytes.fold(0xCBF2_9CE4_8422_2325_u64, |h, b| {
        (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01B3)
    });
    hash ^ (hash >> 29)
}
