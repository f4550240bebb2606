//! Plans are checked by rules that know nothing of the search, and against brute force.

mod bad_data;
mod cases;
mod checker;
#[path = "../benches/instances.rs"]
mod instances;
mod keeping;
pub(crate) mod made;
mod promising;
mod small;

use gendan::plan::impact::{impact, ripple};
use gendan::plan::outcome::PlanOutcome;
use gendan::plan::promise::accepted;
use gendan::plan::sequence::{Effort, Planner, Signal};
use proptest::prelude::*;

use checker::check;
use made::factory;

const GO: Signal = Signal::Go { ppm: 0 };

fn improved(input: &gendan::plan::input::PlanInput, moves: u64) -> PlanOutcome {
    let mut planner = Planner::new(input);
    planner.rules(&mut |_| GO);
    planner.improve(Effort::Moves(moves), &mut |_| GO);
    planner.outcome()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_plan_obeys_the_shop_floor(seed in 0_u64..100_000) {
        let input = factory(seed, 8);
        check(&input, &Planner::new(&input).outcome());
        check(&input, &improved(&input, 600));
    }

    #[test]
    fn improvement_never_makes_a_plan_worse_and_can_stop_anywhere(seed in 0_u64..100_000, stop in 1_u64..40) {
        let input = factory(seed, 10);
        let mut planner = Planner::new(&input);
        let first = planner.cost();
        let mut asked = 0;
        planner.rules(&mut |_| {
            asked += 1;
            if asked > stop { Signal::Stop } else { GO }
        });
        prop_assert!(asked <= stop + 1 && planner.cost() <= first);
        let mut looks = 0;
        planner.improve(Effort::Moves(5_000), &mut |_| {
            looks += 1;
            if looks > stop { Signal::Stop } else { GO }
        });
        prop_assert!(planner.cost() <= first);
        check(&input, &planner.outcome());
    }

    #[test]
    fn the_same_input_gives_the_same_plan(seed in 0_u64..100_000) {
        let input = factory(seed, 8);
        prop_assert_eq!(improved(&input, 400), improved(&input, 400));
    }

    #[test]
    fn keeping_the_accepted_plan_changes_nothing(seed in 0_u64..100_000) {
        let input = factory(seed, 8);
        let plan = improved(&input, 400);
        let (again, difference) = ripple(&input, &plan);
        prop_assert_eq!(&difference.orders, &vec![], "seed {}", seed);
        prop_assert_eq!(impact(&plan, &again), difference);
        let mut kept = input.clone();
        kept.accepted = accepted(&plan);
        prop_assert!(Planner::new(&kept).cost() <= Planner::keeping(&kept).cost());
    }
}
