//! How long to anneal how hot: paces the search over the time that is allowed.
//!
//! A short cold run measures how many moves the time will hold; the more moves an operation will
//! get, the hotter the main run starts. Where no share of time is known the runs grow until they
//! are stopped.

use crate::plan::problem::Problem;
use crate::plan::random::Random;
use crate::plan::sequence::anneal::{Heat, anneal};
use crate::plan::sequence::rules::Best;
use crate::plan::sequence::single::Single;
use crate::plan::sequence::state::State;
use crate::plan::sequence::{Effort, Progress, Signal, Watch};

/// Share of the time that the first, cold run takes.
const MEASURE_SHARE: f64 = 0.03;
/// Moves after which a watch that tells no share of time is taken to know none.
const UNKNOWN_AFTER: u64 = 20_000;
/// Moves of the first run where the end is unknown.
const FIRST_RUN: u64 = 100_000;

/// Bounds of the start temperature, in units of the mean cost of a late order.
const HEAT_MIN: f64 = 0.01;
const HEAT_MAX: f64 = 1.8;
/// Operations from which on the bound falls with their number.
const HEAT_OPS: f64 = 100.0;
/// Start temperature for each move that an operation gets, and how far a run cools.
const HEAT_PER_MOVE: f64 = 0.0045;
const HEAT_COOL: f64 = 0.1;
/// What the second of two runs on a large plan starts with, of the first.
const SECOND_HEAT: f64 = 0.3;
/// Moves per operation that a run should have, and how many runs there are at most.
const PER_OP_OF_RUN: f64 = 400.0;
const RUNS_MAX: f64 = 6.0;

/// Runs on a plain sequence, their start temperature and how far they cool.
const SINGLE_RUNS: f64 = 6.0;
const SINGLE_HEAT: f64 = 0.1;
const SINGLE_COOL: f64 = 0.01;
/// How much hotter every second of them starts, to leave what the others are stuck in.
const SINGLE_HOTTER: f64 = 6.0;

/// Improves `best` in place; returns the moves tried.
pub(crate) fn improve(p: &Problem, best: &mut Best, effort: Effort, watch: &mut Watch<'_>) -> u64 {
    let mut clock = Clock {
        effort,
        watch,
        moves: 0,
        stopped: false,
    };
    if let Some(mut single) = Single::of(p, &best.layout) {
        improve_single(&mut single, &mut clock);
        if single.best_cost < best.cost {
            best.layout = single.layout();
            best.cost = single.best_cost;
        }
        return clock.moves;
    }
    let mut state = State::new(p, &best.layout);
    let cold = Heat {
        start: 0.03,
        end: 0.01,
        seed: 1,
    };
    let mut share = 0.0;
    run(&mut state, best, cold, &mut clock, &mut |moves, at| {
        share = at;
        let known = at >= MEASURE_SHARE;
        (!known && (at > 0.0 || moves < UNKNOWN_AFTER)).then_some(at / MEASURE_SHARE)
    });
    if share > 0.0 {
        let per_op = clock.moves as f64 / share / p.op_count().max(1) as f64;
        cycles(&mut state, best, &mut clock, per_op, share);
    } else {
        grow(&mut state, best, &mut clock);
    }
    clock.moves
}

/// Start and end temperature for so many moves per operation.
///
/// The constants come from trials on job shops, flexible shops and factories of 60 to 1000 orders.
fn heat_for(per_op: f64, ops: usize, seed: u64) -> Heat {
    // In a large plan one move touches a small part, and little heat goes far.
    let size = (HEAT_OPS / ops.max(1) as f64).sqrt().min(1.0);
    let start = (HEAT_PER_MOVE * per_op).clamp(HEAT_MIN, HEAT_MAX * size);
    Heat {
        start,
        end: start * HEAT_COOL * size.max(0.3),
        seed,
    }
}

/// Main runs where the end is known, each from the best plan so far.
fn cycles(
    state: &mut State<'_>,
    best: &mut Best,
    clock: &mut Clock<'_, '_>,
    per_op: f64,
    from: f64,
) {
    let ops = state.nodes.len();
    // A large plan gets a second, cooler run, because one that ran too hot ends anywhere.
    let least = if ops as f64 > HEAT_OPS * 5.0 {
        2.0
    } else {
        1.0
    };
    let count = (per_op / PER_OP_OF_RUN).clamp(least, RUNS_MAX).floor();
    let width = (1.0 - from) / count;
    let mut begin = from;
    let mut seed = 2;
    while !clock.stopped && best.cost > 0 && begin < 1.0 {
        state.load(&best.layout);
        let before = clock.moves;
        let mut heat = heat_for(per_op * width, ops, seed);
        if least > 1.0 && seed % 2 == 1 {
            heat.start = (heat.start * SECOND_HEAT).max(heat.end);
        }
        run(state, best, heat, clock, &mut |_, at| {
            (at < begin + width).then_some((at - begin) / width)
        });
        if clock.moves == before {
            // Nothing can be moved: every late order is bound by something outside the plan.
            return;
        }
        begin += width;
        seed += 1;
    }
}

/// Ever longer runs where no end is known.
fn grow(state: &mut State<'_>, best: &mut Best, clock: &mut Clock<'_, '_>) {
    let ops = state.nodes.len().max(1) as f64;
    let mut length = FIRST_RUN;
    let mut seed = 2;
    while !clock.stopped && best.cost > 0 {
        state.load(&best.layout);
        let before = clock.moves;
        let heat = heat_for(length as f64 / ops, state.nodes.len(), seed);
        run(state, best, heat, clock, &mut |moves, _| {
            (moves < length).then_some(moves as f64 / length as f64)
        });
        if clock.moves == before {
            // Nothing can be moved: every late order is bound by something outside the plan.
            return;
        }
        length = length.saturating_mul(2);
        seed += 1;
    }
}

/// One run of annealing; `pace` gets moves of the run and share of time, and gives its progress.
fn run(
    state: &mut State<'_>,
    best: &mut Best,
    heat: Heat,
    clock: &mut Clock<'_, '_>,
    pace: &mut dyn FnMut(u64, f64) -> Option<f64>,
) {
    let before = clock.moves;
    let known = best.cost;
    let found = anneal(state, heat, &mut |moves, cost| {
        let share = clock.look(before + moves, cost.min(known))?;
        pace(moves, share)
    });
    clock.moves = before + found.moves;
    if found.cost < best.cost {
        best.cost = found.cost;
        best.layout = found.best;
    }
}

/// Asks the watch and counts moves.
struct Clock<'w, 'f> {
    effort: Effort,
    watch: &'w mut Watch<'f>,
    moves: u64,
    stopped: bool,
}

impl Clock<'_, '_> {
    /// Share of the effort that is spent; `None` to stop.
    fn look(&mut self, moves: u64, cost: i64) -> Option<f64> {
        let share = match ((self.watch)(Progress { moves, cost }), self.effort) {
            (Signal::Stop, _) => None,
            (Signal::Go { .. }, Effort::Moves(most)) if moves >= most => None,
            (Signal::Go { .. }, Effort::Moves(most)) => Some(moves as f64 / most as f64),
            (Signal::Go { ppm }, Effort::Watch) => Some(f64::from(ppm) / 1e6),
        };
        self.stopped |= share.is_none();
        share
    }
}

/// A plain sequence: six runs, each from the best; without a known end, ever longer ones.
fn improve_single(single: &mut Single<'_>, clock: &mut Clock<'_, '_>) {
    let mut random = Random::new(1);
    let unit = single.cost_per_late();
    let cold = unit * SINGLE_HEAT * SINGLE_COOL;
    let mut round = 0.0;
    let mut length = FIRST_RUN;
    while !clock.stopped && single.best_cost > 0 {
        single.rewind();
        let hotter = if round % 2.0 > 0.5 {
            SINGLE_HOTTER
        } else {
            1.0
        };
        let heat = (unit * SINGLE_HEAT * hotter, cold);
        let begin = clock.moves;
        let from = round / SINGLE_RUNS;
        single.anneal(&mut random, heat, &mut |moves, cost| {
            clock.moves += u64::from(moves);
            let share = clock.look(clock.moves, cost)?;
            let at = if share > 0.0 {
                (share - from) * SINGLE_RUNS
            } else {
                (clock.moves - begin) as f64 / length as f64
            };
            (at < 1.0).then_some(at)
        });
        round += 1.0;
        length = length.saturating_mul(2);
        if clock.moves == begin {
            // Fewer than two orders: there is nothing to exchange.
            return;
        }
    }
}
