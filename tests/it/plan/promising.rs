//! Promises: into the gaps, with others making way, and what would help.

use gendan::plan::input::{Job, OperationState, PlanInput};
use gendan::plan::outcome::PlanOutcome;
use gendan::plan::promise::{Book, rush};
use gendan::plan::sequence::{Effort, Planner};
use proptest::prelude::*;

use super::GO;
use super::checker::check;
use super::made::factory;

/// A plan of all orders but the last, and that order, not started and not pinned.
fn plan_and_one_more(seed: u64) -> (PlanInput, PlanOutcome, Job) {
    let mut input = factory(seed, 9);
    let mut job = input.jobs.pop().unwrap();
    for o in &mut job.operations {
        o.pin = None;
        o.state = OperationState::Open;
    }
    let mut planner = Planner::new(&input);
    planner.improve(Effort::Moves(300), &mut |_| GO);
    let outcome = planner.outcome();
    (input, outcome, job)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_promise_touches_nobody_and_its_chain_has_no_hole(seed in 0_u64..100_000) {
        let (input, plan, job) = plan_and_one_more(seed);
        let promise = Book::new(&input, &plan).promise_with_levers(&job);
        let finish = promise.finish.unwrap();
        for o in promise.operations.iter().filter(|o| !o.line.is_empty()) {
            let same = plan.orders.iter().flat_map(|p| &p.operations)
                .filter(|p| (&p.work_centre, &p.line) == (&o.work_centre, &o.line));
            for p in same {
                prop_assert!(p.end <= o.start || o.end <= p.start, "seed {} {:?} {:?}", seed, o, p);
            }
        }
        prop_assert!(promise.unlimited.unwrap() <= finish);
        for chain in &promise.chains {
            let mut at = input.now;
            for link in &chain.links {
                prop_assert_eq!(link.span.start, at);
                at = link.span.end;
            }
            prop_assert_eq!(at, chain.finish);
        }
        prop_assert!(promise.chains.windows(2).all(|c| c[1].finish <= c[0].finish));
        prop_assert!(promise.levers.iter().all(|l| l.finish < finish && l.minutes_gained == finish - l.finish));
        let pieces: i64 = promise.quantity_by_date.iter().map(|q| q.1.0).sum();
        prop_assert_eq!(pieces, job.operations.last().unwrap().left().0);
    }

    #[test]
    fn earlier_material_never_makes_a_promise_later(seed in 0_u64..100_000) {
        let (input, plan, job) = plan_and_one_more(seed);
        let mut book = Book::new(&input, &plan);
        let mut sooner = job.clone();
        sooner.release -= 600;
        for m in sooner.operations.iter_mut().filter_map(|o| o.material.as_mut()) {
            m.ready -= 600;
        }
        let (late, soon) = (book.promise(&job), book.promise(&sooner));
        prop_assert!(soon.finish <= late.finish, "seed {}", seed);
    }

    #[test]
    fn a_rush_is_a_whole_plan_and_names_everybody_it_delays(seed in 0_u64..100_000) {
        let (input, plan, job) = plan_and_one_more(seed);
        let rushed = rush(&input, &plan, &job);
        let mut with = input.clone();
        with.jobs.push(job.clone());
        check(&with, &rushed.outcome);
        let later = plan.orders.iter().filter(|o| {
            rushed.outcome.order(&o.id).is_some_and(|n| n.finish > o.finish)
        });
        prop_assert_eq!(rushed.victims.len(), later.count());
        prop_assert_eq!(rushed.finish, rushed.outcome.order(&job.id).map(|o| o.finish));
    }
}
