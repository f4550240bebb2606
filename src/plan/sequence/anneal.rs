//! Improvement by annealing: worse plans are accepted ever more rarely, the best one is kept.
//!
//! Stops at any time with a plan not worse than its start. Chance comes from a fixed seed, so the
//! same start and the same number of moves give the same plan.

use crate::plan::random::Random;
use crate::plan::sequence::moves::Moves;
use crate::plan::sequence::state::{Layout, State};

/// Moves between two looks at the watch.
const LOOK_EVERY: u64 = 64;
/// Moves after which the topological order is sorted again.
const SORT_EVERY: u64 = 20_000;

/// Temperatures, in units of the mean weighted lateness per order.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Heat {
    pub(crate) start: f64,
    pub(crate) end: f64,
    pub(crate) seed: u64,
}

/// What a run of annealing found.
pub(crate) struct Annealed {
    pub(crate) best: Layout,
    pub(crate) cost: i64,
    pub(crate) moves: u64,
}

/// Anneals until `watch` gives `None`; it is told moves and best cost and gives the share done.
pub(crate) fn anneal(
    state: &mut State<'_>,
    heat: Heat,
    watch: &mut dyn FnMut(u64, i64) -> Option<f64>,
) -> Annealed {
    let mut run = Run::new(state, heat);
    while let Some(share) = watch(run.moves, run.best_cost) {
        if run.best_cost == 0 || run.candidates.is_empty() {
            break;
        }
        run.warm(heat, share);
        for _ in 0..LOOK_EVERY {
            run.step(state);
        }
        if run.moves % SORT_EVERY < LOOK_EVERY {
            state.sort_order();
        }
    }
    if run.best_is_here {
        run.best = state.layout();
    }
    Annealed {
        best: run.best,
        cost: run.best_cost,
        moves: run.moves,
    }
}

struct Run {
    random: Random,
    candidates: Moves,
    /// Accepted moves since the candidates were gathered.
    stale: u32,
    refresh_every: u32,
    unit: f64,
    temperature: f64,
    best: Layout,
    best_cost: i64,
    /// The present plan is the best one, and not saved yet.
    best_is_here: bool,
    moves: u64,
}

impl Run {
    fn new(state: &State<'_>, heat: Heat) -> Self {
        let late = state.late_operations().max(1);
        let mut candidates = Moves::new(state);
        candidates.refresh(state);
        Self {
            random: Random::new(heat.seed),
            candidates,
            stale: 0,
            refresh_every: u32::try_from(state.nodes.len() / 100).unwrap_or(1).max(1),
            unit: state.cost as f64 / late as f64,
            temperature: 0.0,
            best: state.layout(),
            best_cost: state.cost,
            best_is_here: true,
            moves: 0,
        }
    }

    fn warm(&mut self, heat: Heat, share: f64) {
        let ratio = heat.end / heat.start;
        self.temperature = self.unit * heat.start * ratio.powf(share.clamp(0.0, 1.0));
    }

    fn step(&mut self, state: &mut State<'_>) {
        self.moves += 1;
        let Some(step) = self.candidates.draw(state, &mut self.random) else {
            return;
        };
        let before = state.cost;
        if !state.apply(step.steps()) {
            return;
        }
        let worse = state.cost - before;
        if worse > 0 {
            let limit = -self.temperature * self.random.unit().max(1e-300).ln();
            if worse as f64 > limit {
                state.undo();
                return;
            }
            if self.best_is_here {
                // Saved only now that it is left: most best plans are bettered at once.
                state.undo();
                self.best = state.layout();
                self.best_is_here = false;
                state.apply(step.steps());
            }
        }
        if state.cost < self.best_cost {
            self.best_cost = state.cost;
            self.best_is_here = true;
        }
        self.stale += 1;
        if self.stale >= self.refresh_every {
            self.stale = 0;
            self.candidates.refresh(state);
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use super::*;
    use crate::domain::calendar::Calendar;
    use crate::domain::quantity::Micro;
    use crate::plan::input::{Job, Line, Operation, PlanInput, Way, WorkCentre};
    use crate::plan::problem::Problem;
    use crate::plan::sequence::rules::first_plan;

    /// Jobs of three operations over three centres of one or two lines, from a seed.
    fn shop(seed: u64, jobs: usize) -> PlanInput {
        let mut r = Random::new(seed);
        let centres = (0..3)
            .map(|c| WorkCentre {
                code: format!("C{c}"),
                calendar: "A".into(),
                lines: (0..1 + c % 2)
                    .map(|l| Line {
                        code: format!("L{l}"),
                        operators: 1,
                        efficiency: Micro::ONE,
                        ..Line::default()
                    })
                    .collect(),
                ..WorkCentre::default()
            })
            .collect();
        let jobs = (0..jobs)
            .map(|j| Job {
                id: format!("J{j:03}"),
                weight: Micro::whole(1 + r.below(4) as i64),
                release: r.below(30) as i64,
                due: 20 + r.below(80) as i64,
                operations: (0..3)
                    .map(|k| Operation {
                        seq: k,
                        ways: vec![Way::Centre {
                            centre: format!("C{}", r.below(3)),
                            setup_minutes: Micro::ZERO,
                            minutes_per_unit: Micro::ZERO,
                            minutes_per_lot: Micro::whole(1 + r.below(20) as i64),
                        }],
                        ..Operation::default()
                    })
                    .collect(),
                ..Job::default()
            })
            .collect();
        PlanInput {
            calendars: vec![Calendar::always("A")],
            centres,
            jobs,
            ..PlanInput::default()
        }
    }

    #[test]
    fn timing_what_changed_equals_timing_everything() {
        for seed in 1..20 {
            let input = shop(seed, 12);
            let p = Problem::new(&input);
            let best = first_plan(&p);
            let mut state = State::new(&p, &best.layout);
            let mut moves = Moves::new(&state);
            let mut random = Random::new(seed);
            for n in 0..2_000 {
                moves.refresh(&state);
                if moves.is_empty() {
                    break;
                }
                let Some(step) = moves.draw(&state, &mut random) else {
                    continue;
                };
                let (before, layout) = (state.cost, state.layout());
                if !state.apply(step.steps()) {
                    assert_eq!(state.layout(), layout);
                    continue;
                }
                let fresh = State::new(&p, &state.layout());
                assert_eq!(fresh.cost, state.cost, "seed {seed} move {n} {step:?}");
                if n % 3 == 0 {
                    state.undo();
                    assert_eq!((state.cost, state.layout()), (before, layout));
                }
            }
        }
    }
}
