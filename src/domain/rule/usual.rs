//! What things usually take here, learned from the file: answers to samples and queries, decisions,
//! the way from the last piece to the ship, work against its plan.
//!
//! Where little has happened yet a plain assumption fills up what is missing to five observations
//! and weighs one beyond ([`Odds::shrunk`]); work of a department is mixed with that of the whole
//! factory, which weighs ten observations.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::odds::Odds;
use super::{delivery, production};
use crate::domain::document::Sample;
use crate::domain::production::Operation;
use crate::domain::quantity::MICRO;
use crate::domain::world::World;

/// Calendar days from sending a sample to its verdict, before anything was seen; in hundredths.
pub const SAMPLE_DAYS: &[(i64, i64)] = &[(3, 25), (5, 40), (7, 20), (10, 15)];
/// From raising a query to its answer.
pub const QUERY_DAYS: &[(i64, i64)] = &[(1, 40), (2, 30), (3, 15), (5, 15)];
/// From reporting an exception to the decision it needs.
pub const DECISION_DAYS: &[(i64, i64)] = &[(0, 40), (1, 30), (2, 20), (4, 10)];
/// From the last reported piece to the shipped date.
pub const SHIPPING_DAYS: &[(i64, i64)] = &[(0, 60), (1, 25), (2, 10), (4, 5)];
/// Working days that work took, in per cent of its plan.
pub const WORK_PERCENT: &[(i64, i64)] = &[(90, 10), (100, 50), (110, 20), (125, 12), (150, 8)];

/// Observations of the factory that weigh as much as a department's own.
const PRIOR: i64 = 10;
/// Longer than that is a typing error, or another story.
const DAYS_MAX: i64 = 120;
/// Work takes from a half to three times its plan; what lies outside is a typing error.
const PERCENT: std::ops::RangeInclusive<i64> = 50..=300;

/// What things usually take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Usual {
    pub sample: Odds,
    pub query: Odds,
    pub decision: Odds,
    pub shipping: Odds,
    /// Of the whole factory, in per cent of the plan.
    pub work: Odds,
    by_centre: BTreeMap<i64, BTreeMap<i64, i64>>,
}

impl Usual {
    /// What the file tells up to a day.
    #[must_use]
    pub fn of(world: &World, today: NaiveDate) -> Self {
        let known = |days: &mut dyn Iterator<Item = (NaiveDate, NaiveDate)>, assumed| {
            let days = days.filter(|(_, to)| *to <= today);
            filled(days.map(|(from, to)| (to - from).num_days()), assumed)
        };
        let mut by_centre: BTreeMap<i64, BTreeMap<i64, i64>> = BTreeMap::new();
        for operation in &world.operations {
            if let Some((centre, percent)) = took(world, operation) {
                let own = by_centre.entry(centre).or_default();
                *own.entry(percent).or_default() += MICRO;
            }
        }
        let mut all: BTreeMap<i64, i64> = BTreeMap::new();
        for (percent, weight) in by_centre.values().flatten() {
            *all.entry(*percent).or_default() += weight;
        }
        let sample = |s: &Sample| s.sent_on.zip(s.verdict_on);
        Self {
            sample: known(&mut world.samples.iter().filter_map(sample), SAMPLE_DAYS),
            query: known(
                &mut world
                    .queries
                    .iter()
                    .filter_map(|q| Some((q.raised_on, q.answered_on?))),
                QUERY_DAYS,
            ),
            decision: known(
                &mut world
                    .exceptions
                    .iter()
                    .filter_map(|e| Some((e.reported_at.date(), e.decided_on?))),
                DECISION_DAYS,
            ),
            shipping: known(&mut shipped(world), SHIPPING_DAYS),
            work: Odds::shrunk(&all, &assumed(WORK_PERCENT)),
            by_centre,
        }
    }

    /// How long work of a work centre takes, in per cent of its plan.
    #[must_use]
    pub fn work_of(&self, centre: Option<i64>) -> Odds {
        let Some(own) = centre.and_then(|id| self.by_centre.get(&id)) else {
            return self.work.clone();
        };
        let own = own.iter().map(|(percent, weight)| (*percent, *weight));
        let all = self.work.parts();
        let all = all.map(|(percent, share)| (percent, share.0 * PRIOR));
        Odds::of(own.chain(all)).unwrap_or_else(|| self.work.clone())
    }
}

fn assumed(parts: &[(i64, i64)]) -> Odds {
    Odds::of(parts.iter().copied()).unwrap_or_else(|| Odds::sure(0))
}

fn filled(days: impl Iterator<Item = i64>, parts: &[(i64, i64)]) -> Odds {
    let mut seen: BTreeMap<i64, i64> = BTreeMap::new();
    for days in days.filter(|d| (0..=DAYS_MAX).contains(d)) {
        *seen.entry(days).or_default() += MICRO;
    }
    Odds::shrunk(&seen, &assumed(parts))
}

/// From the last piece that was reported for an order's shipment to its leaving.
fn shipped(world: &World) -> impl Iterator<Item = (NaiveDate, NaiveDate)> {
    world.shipments.iter().filter_map(|s| {
        let left = s.shipped_on?;
        let order = world.orders.get(s.order_id)?;
        if !delivery::is_shipped(world, order) {
            return None;
        }
        let made = production::of_order(world, order);
        let last = made
            .filter_map(|m| production::last_report(world, m))
            .max()?;
        Some((last.min(left), left))
    })
}

/// Work centre and per cent of the planned working days that a finished operation took.
fn took(world: &World, operation: &Operation) -> Option<(i64, i64)> {
    let made = world.production_orders.get(operation.production_order_id)?;
    if production::left(world, made, operation).is_positive() || operation.opening_qty.is_positive()
    {
        return None;
    }
    let (starts, ends) = (operation.starts?.date(), operation.ends?.date());
    let days = || production::figures(world, operation.id).map(|p| p.date);
    let (first, last) = (days().min()?, days().max()?);
    let centre = operation.work_centre_id?;
    let calendar = world.work_centres.get(centre).and_then(|c| c.calendar_id);
    let calendar = world.calendar_or_own(calendar);
    // Both ends count.
    let between = |from, to| i64::from(calendar.days_between(from, to)) + 1;
    let percent = between(first, last) * 100 / between(starts, ends).max(1);
    let fifth = (percent.clamp(*PERCENT.start(), *PERCENT.end()) + 2) / 5 * 5;
    Some((centre, fifth))
}
