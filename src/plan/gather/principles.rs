//! What each of the six principles does to the plan: the same orders planned with it and without.

use super::*;

use crate::app::outlook::PrincipleEffect;
use crate::domain::rule::planning::Principle;
use crate::plan::impact::impact;
use crate::plan::input::Use;
use crate::plan::outcome::Totals;
use crate::plan::sequence::Ranking;

/// The plan with the factory's rules, with each principle turned round, and by plain rankings.
///
/// All by rules alone, so that what differs comes from the principle and not from luck. Lateness is
/// always measured with the factory's own weights and due dates.
#[must_use]
pub fn principles(world: &World, now: Moment) -> Vec<PrincipleEffect> {
    let kits = kit::kits(&supply::input(world, now.date()));
    let mut own = input(world, now, &kits);
    own.accepted = Vec::new();
    let planner = by_rules(&own);
    let base = planner.outcome();
    let measured = |other: &PlanOutcome| measure(&own, other);
    let effect = |principle, ranking, on, other: &PlanOutcome| {
        let difference = impact(&base, other);
        let totals = measured(other);
        PrincipleEffect {
            principle,
            ranking,
            on,
            late: totals.late,
            weighted_late_days: totals.weighted_late_days,
            changeovers: other.totals.changeovers,
            gain: difference.orders.iter().filter(|o| o.minutes < 0).count(),
            lose: difference.orders.iter().filter(|o| o.minutes > 0).count(),
        }
    };
    let mut all = vec![effect(None, None, true, &base)];
    for principle in Principle::ALL {
        let mut other = own.clone();
        let slot = slot(&mut other, *principle);
        let was_on = *slot == Use::On;
        *slot = if was_on { Use::Off } else { Use::On };
        let outcome = by_rules(&other).outcome();
        all.push(effect(Some(*principle), None, !was_on, &outcome));
    }
    for ranking in [Ranking::DateOnly, Ranking::ClassFirst, Ranking::Balanced] {
        let outcome = planner.outcome_of(ranking);
        all.push(effect(None, Some(ranking), true, &outcome));
    }
    all
}

fn by_rules(input: &PlanInput) -> Planner<'_> {
    let mut planner = Planner::new(input);
    planner.rules(&mut |_| Signal::Go { ppm: 0 });
    planner
}

fn slot(input: &mut PlanInput, principle: Principle) -> &mut Use {
    let used = &mut input.options.principles;
    match principle {
        Principle::DeliveryDate => &mut used.delivery_date,
        Principle::CustomerClass => &mut used.customer_class,
        Principle::CapacityBalance => &mut used.capacity_balance,
        Principle::ProcessFlow => &mut used.process_flow,
        Principle::DepartmentFactors => &mut used.department_factors,
        Principle::TimeFactors => &mut used.time_factors,
    }
}

/// Lateness of a plan by the weights and due dates of `own`, whatever it was planned with.
fn measure(own: &PlanInput, plan: &PlanOutcome) -> Totals {
    let jobs: BTreeMap<&str, &Job> = own.jobs.iter().map(|j| (j.id.as_str(), j)).collect();
    let mut totals = Totals::default();
    for order in &plan.orders {
        let Some(job) = jobs.get(order.id.as_str()) else {
            continue;
        };
        let late = (order.finish - job.due).max(0);
        let days = (late + crate::plan::input::DAY - 1) / crate::plan::input::DAY;
        if days > 0 {
            totals.late += 1;
            totals.weighted_late_days += job.weight.times(Micro::whole(days));
        }
    }
    totals
}
