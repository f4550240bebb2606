//! Plans by rules: several rankings, each tried, and waiting times learnt from plan to plan.
//!
//! Apparent tardiness cost looks ahead by the waiting expected at later operations. That waiting
//! is taken from the plan just made and the rule is run again (lead-time iteration, Vepsalainen
//! and Morton 1988); on factories this is the cheapest large gain there is.

use crate::plan::problem::Problem;
use crate::plan::sequence::dispatch::{Dispatcher, Rule};
use crate::plan::sequence::state::{Layout, State};

/// Look-ahead values that are tried.
const LOOK_AHEAD: [f64; 4] = [2.0, 1.0, 0.5, 4.0];
/// Rounds of lead-time iteration.
const ROUNDS: usize = 8;

/// The best plan so far.
pub(crate) struct Best {
    pub(crate) cost: i64,
    pub(crate) layout: Layout,
}

/// One ranking, once, without learning.
pub(crate) fn by_rule(p: &Problem, rule: Rule) -> Best {
    let mut state = State::empty(p);
    Dispatcher::new(p).run(&mut state, rule, &mut || true);
    Best {
        cost: state.cost,
        layout: state.layout(),
    }
}

/// The first full plan: the better of due date and urgency.
pub(crate) fn first_plan(p: &Problem) -> Best {
    let mut state = State::empty(p);
    let mut dispatcher = Dispatcher::new(p);
    dispatcher.run(&mut state, Rule::Due, &mut || true);
    let mut best = Best {
        cost: state.cost,
        layout: state.layout(),
    };
    dispatcher.run(&mut state, Rule::Urgency(2.0), &mut || true);
    keep_better(&mut best, &state);
    best
}

/// Betters `best` by the other rankings and by lead-time iteration.
///
/// `go_on` hears the best cost often and may stop everything; `best` is then what was found so far.
pub(crate) fn portfolio(p: &Problem, best: &mut Best, go_on: &mut dyn FnMut(i64) -> bool) {
    let mut state = State::empty(p);
    let mut dispatcher = Dispatcher::new(p);
    let mut plain = vec![Rule::Modified, Rule::Expected(1.0)];
    plain.extend(LOOK_AHEAD.iter().skip(1).map(|k| Rule::Urgency(*k)));
    for rule in plain {
        let cost = best.cost;
        if cost == 0 || !dispatcher.run(&mut state, rule, &mut || go_on(cost)) {
            return;
        }
        keep_better(best, &state);
    }
    if p.flow {
        learn(&mut dispatcher, &mut state, best, go_on);
    }
}

/// Lead-time iteration over all look-ahead values.
fn learn<'p>(
    dispatcher: &mut Dispatcher<'p>,
    state: &mut State<'p>,
    best: &mut Best,
    go_on: &mut dyn FnMut(i64) -> bool,
) {
    for k in LOOK_AHEAD {
        dispatcher.queue.fill(0);
        for _ in 0..ROUNDS {
            let cost = best.cost;
            if cost == 0 || !dispatcher.run(state, Rule::Urgency(k), &mut || go_on(cost)) {
                return;
            }
            keep_better(best, state);
            for (queue, waited) in dispatcher.queue.iter_mut().zip(&dispatcher.waited) {
                *queue = i64::midpoint(*queue, *waited);
            }
        }
    }
}

fn keep_better(best: &mut Best, state: &State<'_>) {
    if state.cost < best.cost {
        best.cost = state.cost;
        best.layout = state.layout();
    }
}
