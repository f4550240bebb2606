//! What the user accepted moves only where it pays; ripples on top of a plan.

use gendan::domain::quantity::Micro;
use gendan::plan::finding::Fault;
use gendan::plan::impact::{impact, ripple};
use gendan::plan::input::{DAY, PlanInput, Span};
use gendan::plan::load::{Period, load};
use gendan::plan::outcome::{Hold, PlanOutcome};
use gendan::plan::promise::accepted;
use gendan::plan::sequence::{Effort, Planner};
use proptest::prelude::*;

use super::GO;
use super::checker::check;
use super::made::{NOW, factory};

fn improved(input: &PlanInput, moves: u64) -> PlanOutcome {
    let mut planner = Planner::new(input);
    planner.improve(Effort::Moves(moves), &mut |_| GO);
    planner.outcome()
}

fn late(outcome: &PlanOutcome) -> i64 {
    outcome.totals.weighted_late_minutes.0
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 50, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn frozen_days_keep_the_accepted_plan_where_it_is(seed in 0_u64..100_000) {
        let mut input = factory(seed, 8);
        let plan = improved(&input, 300);
        input.accepted = accepted(&plan);
        for centre in &mut input.centres {
            centre.frozen_days = 2;
        }
        let frozen = improved(&input, 300);
        check(&input, &frozen);
        for (was, is) in plan.orders.iter().zip(&frozen.orders) {
            for (was, is) in was.operations.iter().zip(&is.operations) {
                // Work outside has no frozen days of its own.
                let inside = NOW <= was.start && was.start < NOW + 2 * DAY && !was.line.is_empty();
                prop_assert!(!inside || (was.start, &was.line) == (is.start, &is.line), "seed {} {:?}", seed, is);
                prop_assert!(is.hold != Hold::Free || is.start >= NOW);
            }
        }
    }

    #[test]
    fn a_high_price_keeps_days_and_no_price_never_plans_later(seed in 0_u64..100_000) {
        let mut input = factory(seed, 8);
        let plan = Planner::new(&input).outcome();
        input.accepted = accepted(&plan);
        input.jobs[0].weight = Micro::whole(50);
        input.options.price_of_move_minutes = 0;
        let free = improved(&input, 2_000);
        input.options.price_of_move_minutes = 1_000_000;
        let calm = improved(&input, 2_000);
        check(&input, &calm);
        prop_assert_eq!(impact(&plan, &calm).orders.iter().flat_map(|o| &o.operations)
            .filter(|o| o.start_before.div_euclid(DAY) != o.start_after.div_euclid(DAY)).count(), 0);
        let kept = Planner::keeping(&input).outcome();
        // A pin against its routing costs in the search what no date shows.
        let odd = |f: &gendan::plan::finding::Finding| matches!(f.fault, Fault::PinBeforePredecessor { .. });
        prop_assume!(!free.findings.iter().chain(&kept.findings).any(odd));
        prop_assert!(late(&free) <= late(&kept));
    }

    #[test]
    fn holding_back_makes_nobody_later_and_nothing_starts_long_before_it_must(seed in 0_u64..100_000) {
        let mut input = factory(seed, 8);
        let soon = improved(&input, 300);
        input.options.early_days = Some(1);
        let held = improved(&input, 300);
        check(&input, &held);
        prop_assert!(late(&held) <= late(&soon));
        for (soon, held) in soon.orders.iter().zip(&held.orders) {
            prop_assert!(held.start >= soon.start, "seed {} {}", seed, soon.id);
            prop_assert!(held.late_minutes <= soon.late_minutes, "seed {} {}", seed, soon.id);
        }
    }

    #[test]
    fn a_broken_line_ripples_only_forward(seed in 0_u64..100_000) {
        let input = factory(seed, 8);
        let plan = improved(&input, 300);
        let mut broken = input.clone();
        broken.centres[0].lines[0].closed.push(Span { start: NOW, end: NOW + 2 * DAY });
        let (after, difference) = ripple(&broken, &plan);
        check(&broken, &after);
        prop_assert_eq!(difference.weighted_late_days_after, after.totals.weighted_late_days);
        for o in &difference.orders {
            prop_assert_eq!(o.minutes, o.finish_after - o.finish_before);
            prop_assert_eq!(o.because.is_empty(), o.minutes <= 0);
        }
    }

    #[test]
    fn load_counts_every_minute_once(seed in 0_u64..100_000) {
        let input = factory(seed, 8);
        let plan = improved(&input, 300);
        let day = gendan::plan::input::day_of(NOW - 2 * DAY);
        let weeks = load(&input, &plan, Period::Week, day, 60);
        let days = load(&input, &plan, Period::Day, day, 380);
        for (weekly, daily) in weeks.iter().zip(&days) {
            let work = |from: i64| -> i64 { plan.orders.iter().flat_map(|o| &o.operations)
                .filter(|o| o.work_centre == weekly.work_centre && o.start >= from)
                .map(|o| o.work_minutes).sum() };
            // What a running operation did before now is no load any more.
            let (ahead, all) = (work(NOW), work(i64::MIN));
            for list in [weekly, daily] {
                let used: i64 = list.periods.iter().map(|p| p.used).sum();
                prop_assert!((ahead..=all).contains(&used), "seed {} {}", seed, list.work_centre);
                for p in &list.periods {
                    prop_assert_eq!(p.by.iter().map(|b| b.2).sum::<i64>(), p.used);
                }
            }
        }
    }
}
