//! Lot sizes for one item with a set-up cost and a holding cost: four textbook rules.
//!
//! All comparisons are made on whole numbers (cross-multiplied), so a tie is a tie. Holding is paid
//! at the end of a period on what is left. Used to judge how large a lot is worth its set-up.

use crate::domain::quantity::{MICRO, Micro, Money, Qty};

/// How periods are joined into one lot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Method {
    /// Silver and Meal: as long as the cost per period does not rise.
    SilverMeal,
    /// As long as the cost per unit does not rise.
    LeastUnitCost,
    /// Until the holding cost comes closest to the set-up cost.
    PartPeriod,
    /// Wagner and Whitin: the least cost of all.
    WagnerWhitin,
}

/// Lots by period and what they cost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LotPlan {
    /// One entry per period; zero where nothing is ordered.
    pub orders: Vec<Qty>,
    /// Set-ups and holding, rounded to a millionth.
    pub cost: Money,
}

/// Most periods that are looked at; more demand than that is not known.
pub const PERIODS_MAX: usize = 1_000;

/// Sizes lots for `demand` per period; `holding` is per unit and period.
///
/// Negative numbers count as zero. Periods beyond [`PERIODS_MAX`] are ordered one by one.
#[must_use]
pub fn size(demand: &[Qty], setup: Money, holding: Money, method: Method) -> LotPlan {
    let costs = Costs {
        demand: demand.iter().map(|d| i128::from(d.0.max(0))).collect(),
        setup: i128::from(setup.0.max(0)) * i128::from(MICRO),
        holding: i128::from(holding.0.max(0)),
    };
    let starts = match method {
        Method::SilverMeal => costs.join(|at| at.cost_falls_per(|span| span.periods)),
        Method::LeastUnitCost => costs.join(|at| at.cost_falls_per(|span| span.units)),
        Method::PartPeriod => costs.join(|at| at.holding_nears_setup(costs.setup)),
        Method::WagnerWhitin => costs.optimum(),
    };
    costs.plan(&starts)
}

/// Demand in millionths, costs in millionths of millionths.
struct Costs {
    demand: Vec<i128>,
    setup: i128,
    holding: i128,
}

/// A lot that covers some periods.
#[derive(Debug, Clone, Copy)]
struct Span {
    periods: i128,
    units: i128,
    cost: i128,
    holding: i128,
}

/// A lot and the same lot with one period more.
struct Step {
    now: Span,
    next: Span,
}

impl Step {
    /// Whether the cost per measure does not rise with the next period.
    fn cost_falls_per(&self, measure: impl Fn(&Span) -> i128) -> bool {
        let (a, b) = (measure(&self.now), measure(&self.next));
        // cost(next) / b <= cost(now) / a, without dividing.
        match (self.next.cost.checked_mul(a), self.now.cost.checked_mul(b)) {
            (Some(next), Some(now)) => next <= now,
            _ => false,
        }
    }

    /// Whether the next period brings the holding cost nearer to the set-up cost.
    const fn holding_nears_setup(&self, setup: i128) -> bool {
        (self.next.holding - setup).abs() < (self.now.holding - setup).abs()
    }
}

impl Costs {
    /// Joins periods greedily as long as `longer` says so; returns the periods where lots start.
    fn join(&self, longer: impl Fn(&Step) -> bool) -> Vec<usize> {
        let mut starts = Vec::new();
        let mut current: Option<Span> = None;
        for (at, units) in self.demand.iter().enumerate() {
            let next = current
                .filter(|span| span.periods < PERIODS_MAX as i128)
                .map(|span| (span, self.longer(span, *units)));
            match next {
                Some((now, next)) if *units == 0 || longer(&Step { now, next }) => {
                    current = Some(next);
                }
                _ if *units == 0 => {}
                _ => {
                    starts.push(at);
                    current = Some(Span {
                        periods: 1,
                        units: *units,
                        cost: self.setup,
                        holding: 0,
                    });
                }
            }
        }
        starts
    }

    fn longer(&self, span: Span, units: i128) -> Span {
        let holding = self
            .holding
            .saturating_mul(units)
            .saturating_mul(span.periods);
        Span {
            periods: span.periods + 1,
            units: span.units + units,
            cost: span.cost.saturating_add(holding),
            holding: span.holding.saturating_add(holding),
        }
    }

    /// The cheapest starts, by dynamic programming over the last lot; the later start where two tie.
    ///
    /// Source: Wagner and Whitin, Management Science 5 (1958).
    fn optimum(&self) -> Vec<usize> {
        // best.get(n): least cost of the first n periods, and where their last lot starts.
        let mut best: Vec<(i128, Option<usize>)> = vec![(0, None)];
        for upto in 1..=self.demand.len() {
            let mut least: Option<(i128, Option<usize>)> = None;
            let (mut units, mut holding) = (0_i128, 0_i128);
            for first in (upto.saturating_sub(PERIODS_MAX)..upto).rev() {
                // Everything already in the lot is held one period longer.
                holding = holding.saturating_add(self.holding.saturating_mul(units));
                units += self.demand.get(first).copied().unwrap_or(0);
                let before = best.get(first).map_or(0, |(cost, _)| *cost);
                let (own, start) = if units > 0 {
                    (self.setup.saturating_add(holding), Some(first))
                } else {
                    (0, None)
                };
                let cost = before.saturating_add(own);
                if least.is_none_or(|(known, _)| cost < known) {
                    least = Some((cost, start));
                }
            }
            best.push(least.unwrap_or((0, None)));
        }
        self.trace(&best)
    }

    /// Walks the best last lots back to the first period.
    fn trace(&self, best: &[(i128, Option<usize>)]) -> Vec<usize> {
        let mut starts = Vec::new();
        let mut upto = self.demand.len();
        while upto > 0 {
            match best.get(upto).and_then(|(_, start)| *start) {
                Some(start) => {
                    starts.push(start);
                    upto = start;
                }
                // A period without demand is its own, empty lot.
                None => upto -= 1,
            }
        }
        starts.reverse();
        starts
    }

    fn plan(&self, starts: &[usize]) -> LotPlan {
        let mut orders: Vec<i128> = vec![0; self.demand.len()];
        let mut cost: i128 = 0;
        let mut lot: Option<usize> = None;
        for (at, units) in self.demand.iter().enumerate() {
            if starts.contains(&at) {
                lot = Some(at);
                cost = cost.saturating_add(self.setup);
            }
            let first = lot.unwrap_or(at);
            if let Some(order) = orders.get_mut(first) {
                *order += units;
            }
            let held = i128::try_from(at - first).unwrap_or(0);
            let holding = self.holding.saturating_mul(*units).saturating_mul(held);
            cost = cost.saturating_add(holding);
        }
        let micro = i128::from(MICRO);
        LotPlan {
            orders: orders.into_iter().map(narrow).collect(),
            cost: narrow((cost + micro / 2) / micro),
        }
    }
}

fn narrow(value: i128) -> Micro {
    Micro(i64::try_from(value).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn orders(demand: &[i64], setup: i64, holding: i64, method: Method) -> (Vec<i64>, i64) {
        let demand: Vec<Qty> = demand.iter().copied().map(Qty::whole).collect();
        let plan = size(&demand, Qty::whole(setup), Qty::whole(holding), method);
        let whole = |q: &Qty| q.0 / MICRO;
        (plan.orders.iter().map(whole).collect(), whole(&plan.cost))
    }

    /// The least cost over every way to cut the periods into lots.
    fn brute(demand: &[i64], setup: i64, holding: i64) -> i64 {
        let n = demand.len();
        (0..1_u32 << n)
            .filter_map(|cuts| {
                let (mut cost, mut first) = (0, None);
                for (at, units) in demand.iter().enumerate() {
                    if cuts & (1 << at) != 0 {
                        first = Some(at);
                        cost += setup;
                    }
                    if *units > 0 {
                        cost += holding * units * i64::try_from(at - first?).ok()?;
                    }
                }
                Some(cost)
            })
            .min()
            .unwrap()
    }

    #[test]
    fn the_optimum_equals_every_way_tried() {
        let mut seed = 7_u64;
        for _ in 0..300 {
            let mut next = || {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                i64::try_from(seed >> 40).unwrap()
            };
            let n = 1 + next() % 8;
            let demand: Vec<i64> = (0..n).map(|_| (next() % 60 - 10).max(0)).collect();
            let (setup, holding) = (next() % 90, next() % 4);
            let best = brute(&demand, setup, holding);
            let all: i64 = demand.iter().sum();
            for method in [
                Method::WagnerWhitin,
                Method::SilverMeal,
                Method::LeastUnitCost,
                Method::PartPeriod,
            ] {
                let (lots, cost) = orders(&demand, setup, holding, method);
                assert_eq!(lots.iter().sum::<i64>(), all, "{demand:?} {method:?}");
                assert!(cost >= best, "{demand:?} {method:?}");
                if method == Method::WagnerWhitin {
                    assert_eq!(cost, best, "{demand:?} {setup} {holding}");
                }
            }
        }
    }

    #[test]
    fn periods_without_demand_start_no_lot() {
        for method in [
            Method::SilverMeal,
            Method::LeastUnitCost,
            Method::PartPeriod,
            Method::WagnerWhitin,
        ] {
            assert_eq!(orders(&[0, 5, 0], 10, 1, method), (vec![0, 5, 0], 10));
            assert_eq!(orders(&[0, 0], 10, 1, method), (vec![0, 0], 0));
            assert_eq!(orders(&[], 10, 1, method), (vec![], 0));
        }
    }
}
