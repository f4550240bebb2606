//! Finite-capacity scheduling: a plan by rules at once, then improved for as long as is allowed.
//!
//! A [`Planner`] compiles its input once and always holds a whole plan that is never worse than
//! the best rule. Improvement can be stopped at any moment. With a limit in moves the same input
//! gives the same plan byte for byte; with a watch that reads a clock it gives the best it can.

mod anneal;
mod dispatch;
mod improve;
mod moves;
mod order;
mod rules;
mod settle;
mod single;
pub(crate) mod state;
mod timing;

use crate::plan::explain;
use crate::plan::input::PlanInput;
use crate::plan::outcome::PlanOutcome;
use crate::plan::problem::{NONE, OpSlot, Problem};
use crate::plan::sequence::dispatch::Rule;
use crate::plan::sequence::improve::improve;
use crate::plan::sequence::rules::{Best, by_rule, first_plan, portfolio};
use crate::plan::sequence::settle::{even_lines, hold_back};
use crate::plan::sequence::state::{Layout, State};

/// What the watch is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Moves tried so far in this stage; times the watch was asked in the rule stage.
    pub moves: u64,
    /// Weighted late minutes of the best plan, in the planner's own unit of weight.
    pub cost: i64,
}

/// What the watch answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signal {
    /// Go on; so many millionths of the allowed time have passed.
    Go { ppm: u32 },
    /// Keep the best plan and stop.
    Stop,
}

/// How long improvement goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effort {
    /// So many moves; repeatable.
    Moves(u64),
    /// Until the watch says stop; its share of time passed sets the pace.
    Watch,
}

/// A plain way of ranking orders, to show what it costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ranking {
    /// Earliest due date first.
    DateOnly,
    /// Customer class first, then date.
    ClassFirst,
    /// Weight, work and urgency together.
    Balanced,
}

impl Ranking {
    const fn rule(self) -> Rule {
        match self {
            Self::DateOnly => Rule::Due,
            Self::ClassFirst => Rule::ClassThenDue,
            Self::Balanced => Rule::Urgency(2.0),
        }
    }
}

/// Asked at least every 64 placements or moves.
pub type Watch<'w> = dyn FnMut(Progress) -> Signal + 'w;

/// One planning run; see the module header.
pub struct Planner<'i> {
    pub(crate) input: &'i PlanInput,
    pub(crate) problem: Problem,
    best: Best,
}

impl<'i> Planner<'i> {
    /// Compiles the input and makes the first full plan by two rules.
    #[must_use]
    pub fn new(input: &'i PlanInput) -> Self {
        let problem = Problem::new(input);
        let best = first_plan(&problem);
        let mut planner = Self {
            input,
            problem,
            best,
        };
        planner.offer_accepted();
        planner
    }

    /// Keeps the sequences of the accepted plan and only times them again.
    ///
    /// Operations that were not in it are placed by the first rules.
    #[must_use]
    pub fn keeping(input: &'i PlanInput) -> Self {
        let problem = Problem::new(input);
        let placed = |o: &OpSlot| o.fixed.is_some() || o.accepted_line != NONE;
        let otherwise = if problem.ops.iter().all(placed) {
            in_routing_order(&problem)
        } else {
            first_plan(&problem).layout
        };
        let layout = accepted_layout(&problem, &otherwise);
        let cost = State::new(&problem, &layout).cost;
        Self {
            input,
            problem,
            best: Best { cost, layout },
        }
    }

    /// Takes the sequences of the accepted plan where they are better than what is held.
    fn offer_accepted(&mut self) {
        if self.input.accepted.is_empty() {
            return;
        }
        let layout = accepted_layout(&self.problem, &self.best.layout);
        let state = State::new(&self.problem, &layout);
        if state.cost <= self.best.cost {
            self.best = Best {
                cost: state.cost,
                layout,
            };
        }
    }

    /// Runs all rules and learns waiting times; the watch may stop it at any moment.
    pub fn rules(&mut self, watch: &mut Watch<'_>) {
        let mut asked = 0;
        let mut best = Best {
            cost: self.best.cost,
            layout: self.best.layout.clone(),
        };
        portfolio(&self.problem, &mut best, &mut |cost| {
            asked += 1;
            watch(Progress { moves: asked, cost }) != Signal::Stop
        });
        self.best = best;
    }

    /// Improves the plan; returns the number of moves tried.
    pub fn improve(&mut self, effort: Effort, watch: &mut Watch<'_>) -> u64 {
        let moves = improve(&self.problem, &mut self.best, effort, watch);
        if self.problem.balance {
            let mut state = State::new(&self.problem, &self.best.layout);
            even_lines(&mut state);
            self.best = Best {
                cost: state.cost,
                layout: state.layout(),
            };
        }
        moves
    }

    /// Weighted late minutes of the plan held, in the planner's own unit of weight.
    #[must_use]
    pub const fn cost(&self) -> i64 {
        self.best.cost
    }

    /// The whole plan by one plain ranking, to stand beside the one held.
    #[must_use]
    pub fn outcome_of(&self, ranking: Ranking) -> PlanOutcome {
        let layout = by_rule(&self.problem, ranking.rule()).layout;
        let state = State::new(&self.problem, &layout);
        explain::outcome(self.input, &self.problem, &state)
    }

    /// Plans by one plain ranking only, without keeping it; returns its cost.
    #[must_use]
    pub fn cost_of(&self, ranking: Ranking) -> i64 {
        by_rule(&self.problem, ranking.rule()).cost
    }

    /// The plan held, with its reasons.
    #[must_use]
    pub fn outcome(&self) -> PlanOutcome {
        let mut state = State::new(&self.problem, &self.best.layout);
        if let Some(days) = self.input.options.early_days {
            hold_back(&mut state, days.max(0));
        }
        explain::outcome(self.input, &self.problem, &state)
    }
}

/// The accepted sequences; operations without a place go last.
pub(crate) fn kept_layout(p: &Problem) -> Layout {
    let mut layout = in_routing_order(p);
    let mut keyed: Vec<(i64, u32)> = Vec::new();
    let mut floor = vec![i64::MIN; p.op_count()];
    for &op in &layout.order {
        let Some(slot) = p.ops.get(op as usize) else {
            continue;
        };
        let least = floor.get(slot.before as usize).copied().unwrap_or(i64::MIN);
        let at = slot.accepted_start.unwrap_or(i64::MAX).max(least);
        if let Some(f) = floor.get_mut(op as usize) {
            *f = at;
        }
        keyed.push((at, op));
    }
    keyed.sort_unstable();
    layout.order = keyed.into_iter().map(|k| k.1).collect();
    layout
}

/// Every operation on its accepted or first line, order after order.
fn in_routing_order(p: &Problem) -> Layout {
    let line_of = p.ops.iter().enumerate().map(|(op, o)| {
        let first = || {
            let way = u32::try_from(op).ok().and_then(|n| p.ways_of(n).first());
            way.map_or(0, |w| p.lines_of_bank(w.bank).start)
        };
        match (o.only_line, o.accepted_line) {
            (NONE, NONE) => first(),
            (NONE, line) | (line, _) => line,
        }
    });
    Layout {
        line_of: line_of.collect(),
        order: (0..)
            .zip(&p.ops)
            .filter(|(_, o)| o.fixed.is_none())
            .map(|(op, _)| op)
            .collect(),
    }
}

/// The accepted lines and order of starts; operations without one follow `otherwise`.
fn accepted_layout(p: &Problem, otherwise: &Layout) -> Layout {
    let place = |op: u32| {
        let o = p.ops.get(op as usize)?;
        let usable = o.only_line == NONE || o.only_line == o.accepted_line;
        (o.accepted_line != NONE && usable).then_some(o.accepted_line)
    };
    let line_of = otherwise
        .line_of
        .iter()
        .enumerate()
        .map(|(op, line)| u32::try_from(op).ok().and_then(place).unwrap_or(*line))
        .collect();
    let start_of = |op: u32| p.ops.get(op as usize).and_then(|o| o.accepted_start);
    let reference = State::new(p, otherwise);
    let mut keyed: Vec<(i64, usize, u32)> = Vec::new();
    // No operation may come before the one it follows; pins have no place in the order.
    let mut floor = vec![i64::MIN; p.op_count()];
    for (n, &op) in otherwise.order.iter().enumerate() {
        let planned = reference.nodes.get(op as usize).map_or(0, |x| x.start);
        let before = p.ops.get(op as usize).map_or(NONE, |o| o.before);
        let least = floor.get(before as usize).copied().unwrap_or(i64::MIN);
        let at = start_of(op).unwrap_or(planned).max(least);
        if let Some(f) = floor.get_mut(op as usize) {
            *f = at;
        }
        keyed.push((at, n, op));
    }
    keyed.sort_unstable();
    Layout {
        line_of,
        order: keyed.into_iter().map(|k| k.2).collect(),
    }
}
