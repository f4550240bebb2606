//! Small shops, where every plan can be tried, and stored instances with known best values.

use std::path::Path;

use gendan::domain::calendar::Calendar;
use gendan::domain::quantity::Micro;
use gendan::plan::input::{Job, Line, Operation, PlanInput, Way, WorkCentre};
use gendan::plan::outcome::PlanOutcome;
use gendan::plan::sequence::{Effort, Planner, Ranking};
use proptest::prelude::*;

use super::GO;
use super::checker::check;
use super::instances::{Instance, input, read_folder};
use super::made::Dice;

/// Two or three orders of two or three operations on two centres, one with two lines.
fn small(seed: u64) -> PlanInput {
    let mut dice = Dice::new(seed);
    let line = |code: &str| Line {
        code: code.into(),
        operators: 1,
        efficiency: Micro::ONE,
        ..Line::default()
    };
    let centre = |code: &str, lines: Vec<Line>| WorkCentre {
        code: code.into(),
        calendar: "A".into(),
        lines,
        ..WorkCentre::default()
    };
    let jobs = 2 + dice.below(2);
    let steps = if jobs == 3 { 2 } else { 2 + dice.below(2) };
    PlanInput {
        calendars: vec![Calendar::always("A")],
        centres: vec![
            centre("X", vec![line("X1")]),
            centre("Y", vec![line("Y1"), line("Y2")]),
        ],
        jobs: (0..jobs)
            .map(|j| Job {
                id: format!("J{j}"),
                weight: Micro::whole(1 + dice.below(4)),
                release: dice.below(10),
                due: 5 + dice.below(30),
                operations: (0..steps)
                    .map(|k| Operation {
                        seq: k,
                        ways: vec![Way::Centre {
                            centre: if dice.below(3) == 0 { "Y" } else { "X" }.into(),
                            setup_minutes: Micro::ZERO,
                            minutes_per_unit: Micro::ZERO,
                            minutes_per_lot: Micro::whole(1 + dice.below(15)),
                        }],
                        ..Operation::default()
                    })
                    .collect(),
                ..Job::default()
            })
            .collect(),
        ..PlanInput::default()
    }
}

/// The least weighted lateness over every order of starts and every line.
fn try_all(input: &PlanInput, next: &mut [usize], ready: &mut [i64], free: &mut [i64; 3]) -> i64 {
    let mut best = i64::MAX;
    let mut left = false;
    for j in 0..input.jobs.len() {
        let Some(operation) = input.jobs[j].operations.get(next[j]) else {
            continue;
        };
        left = true;
        let Way::Centre {
            centre,
            minutes_per_lot,
            ..
        } = &operation.ways[0]
        else {
            unreachable!()
        };
        let lines = if centre == "X" { 0..1 } else { 1..3 };
        for line in lines {
            let (was_ready, was_free) = (ready[j], free[line]);
            let end = was_ready.max(was_free) + minutes_per_lot.0 / 1_000_000;
            (ready[j], free[line]) = (end, end);
            next[j] += 1;
            best = best.min(try_all(input, next, ready, free));
            next[j] -= 1;
            (ready[j], free[line]) = (was_ready, was_free);
        }
    }
    if left {
        return best;
    }
    let late = |j: usize| (ready[j] - input.jobs[j].due).max(0);
    (0..input.jobs.len())
        .map(|j| input.jobs[j].weight.0 / 1_000_000 * late(j))
        .sum()
}

fn late_minutes(outcome: &PlanOutcome) -> i64 {
    outcome.totals.weighted_late_minutes.0 / 1_000_000
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn small_shops_are_planned_as_well_as_by_trying_everything(seed in 0_u64..1_000_000) {
        let input = small(seed);
        let mut ready: Vec<i64> = input.jobs.iter().map(|j| j.release).collect();
        let best = try_all(&input, &mut vec![0; input.jobs.len()], &mut ready, &mut [0; 3]);
        let mut planner = Planner::new(&input);
        planner.rules(&mut |_| GO);
        planner.improve(Effort::Moves(6_000), &mut |_| GO);
        let outcome = planner.outcome();
        check(&input, &outcome);
        prop_assert_eq!(late_minutes(&outcome), best, "seed {}", seed);
    }
}

/// Weighted lateness of a plan from its finishes and the instance alone.
fn evaluate(instance: &Instance, outcome: &PlanOutcome) -> i64 {
    let origin = super::instances::origin(instance);
    instance
        .jobs
        .iter()
        .zip(&outcome.orders)
        .map(|(job, order)| job.w * (order.finish - origin - job.d).max(0))
        .sum()
}

#[test]
#[allow(clippy::print_stderr)] // A skipped test says so.
fn stored_instances_are_planned_by_the_rules_of_the_shop_and_never_below_a_proved_optimum() {
    let Ok(cases) = std::env::var("GENDAN_CASES") else {
        eprintln!("skipped: GENDAN_CASES is not set");
        return;
    };
    let all = read_folder(&Path::new(&cases).join("cases/planning"));
    let small = all.iter().filter(|i| {
        let ops: usize = i.jobs.iter().map(|j| j.ops.len()).sum();
        ops <= 120 && !i.name.starts_with('P')
    });
    let mut tried = 0;
    for instance in small.step_by(5) {
        let data = input(instance);
        let mut planner = Planner::new(&data);
        planner.rules(&mut |_| GO);
        let ruled = planner.cost();
        let plain = [Ranking::DateOnly, Ranking::Balanced].map(|r| planner.cost_of(r));
        assert!(plain.iter().all(|c| ruled <= *c), "{}", instance.name);
        planner.improve(Effort::Moves(3_000), &mut |_| GO);
        let outcome = planner.outcome();
        check(&data, &outcome);
        let value = evaluate(instance, &outcome);
        assert_eq!(value, planner.cost(), "{}", instance.name);
        assert!(value <= ruled, "{}", instance.name);
        if instance.best.status == "optimal" {
            assert!(value >= instance.best.value, "{}", instance.name);
        }
        tried += 1;
    }
    assert!(tried > 40, "{tried}");
}
