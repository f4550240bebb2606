//! What costs most: late days and exceptions by cause, supplier or department, and month by month.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use chrono::{Datelike, Months, NaiveDate};

use super::{Charge, Ledger, Whose};
use crate::domain::codes::CauseClass;
use crate::domain::exception::Exception;
use crate::domain::quantity::{Micro, Rate};
use crate::domain::world::World;

/// Months that a trend shows at most.
const MONTHS_MAX: usize = 120;

/// By what the days are summed up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum By {
    #[default]
    Cause,
    Supplier,
    Department,
}

impl By {
    pub const ALL: &'static [Self] = &[Self::Cause, Self::Supplier, Self::Department];
}

/// A period, both ends included; nothing given: all there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Period {
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
}

impl Period {
    #[must_use]
    pub fn holds(&self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| day >= from) && self.to.is_none_or(|to| day <= to)
    }
}

/// One bar of a Pareto chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    /// Of a cause, suppliers and departments are one each.
    pub whose: Whose,
    pub days: i64,
    pub exceptions: usize,
    /// Orders with their days, most first.
    pub orders: Vec<(i64, i64)>,
    /// Of all days; zero where there are none.
    pub share: Rate,
    /// The shares up to this bar.
    pub cumulative: Rate,
}

/// What a charge or an exception is counted under; `None`: not in this chart.
#[must_use]
pub fn key(whose: Whose, by: By) -> Option<Whose> {
    match (by, whose) {
        (By::Cause, Whose::Supplier(_)) => Some(Whose::Supplier(None)),
        (By::Cause, Whose::Department(_)) => Some(Whose::Department(
            crate::domain::codes::Department::default(),
        )),
        (By::Cause, other) => Some(other),
        (By::Supplier, Whose::Supplier(_)) | (By::Department, Whose::Department(_)) => Some(whose),
        _ => None,
    }
}

/// Whose an exception is; not explained while no cause has been entered.
fn whose_exception(world: &World, e: &Exception, by: By) -> Whose {
    let supplier = world
        .purchases
        .find(e.purchase_id)
        .and_then(|p| p.supplier_id);
    match (by, e.cause) {
        // By department the one that answers for it counts, whatever the cause turns out to be.
        (By::Department, _) | (_, Some(CauseClass::Department)) => Whose::Department(e.department),
        (_, Some(CauseClass::Customer)) => Whose::Customer,
        (_, Some(CauseClass::Supplier)) => Whose::Supplier(supplier),
        (_, Some(CauseClass::Ourselves)) => Whose::Ourselves,
        (_, Some(CauseClass::External)) => Whose::External,
        (By::Supplier, None) if supplier.is_some() => Whose::Supplier(supplier),
        (_, None) => Whose::Unexplained,
    }
}

/// The charges of a period with their orders.
pub fn charges<'a>(
    ledgers: &'a [Ledger],
    period: &'a Period,
) -> impl Iterator<Item = (i64, Charge)> + 'a {
    ledgers.iter().flat_map(move |l| {
        let within = |c: &Charge| c.within(period.from, period.to);
        l.charges
            .iter()
            .filter_map(within)
            .map(move |c| (l.order_id, c))
    })
}

/// The bars of a Pareto chart, longest first; equal ones by exceptions, then by kind.
#[must_use]
pub fn bars(world: &World, ledgers: &[Ledger], by: By, period: Period) -> Vec<Bar> {
    let mut days: BTreeMap<Whose, BTreeMap<i64, i64>> = BTreeMap::new();
    let mut counts: BTreeMap<Whose, usize> = BTreeMap::new();
    for (order, charge) in charges(ledgers, &period) {
        if let Some(key) = key(charge.whose, by) {
            *days.entry(key).or_default().entry(order).or_default() += charge.days();
        }
    }
    for e in world.exceptions.iter().filter(|e| e.merged_into.is_none()) {
        if period.holds(e.reported_at.date())
            && let Some(key) = key(whose_exception(world, e, by), by)
        {
            *counts.entry(key).or_default() += 1;
            days.entry(key).or_default();
        }
    }
    let mut bars: Vec<Bar> = days
        .into_iter()
        .map(|(whose, orders)| {
            let mut orders: Vec<(i64, i64)> = orders.into_iter().collect();
            orders.sort_by_key(|(id, days)| (Reverse(*days), *id));
            Bar {
                whose,
                days: orders.iter().map(|(_, days)| days).sum(),
                exceptions: counts.get(&whose).copied().unwrap_or(0),
                orders,
                share: Rate::ZERO,
                cumulative: Rate::ZERO,
            }
        })
        .collect();
    bars.sort_by_key(|b| (Reverse(b.days), Reverse(b.exceptions), b.whose));
    let all: i64 = bars.iter().map(|b| b.days).sum();
    let mut sum = 0;
    for bar in &mut bars {
        sum += bar.days;
        bar.share = part(bar.days, all);
        bar.cumulative = part(sum, all);
    }
    bars
}

fn part(days: i64, all: i64) -> Rate {
    if all == 0 {
        return Rate::ZERO;
    }
    Micro::whole(days).over(Micro::whole(all))
}

/// The late days of one month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Month {
    /// Its first day.
    pub first: NaiveDate,
    pub days: i64,
    /// Days by cause, in the order of [`Whose`].
    pub by: BTreeMap<Whose, i64>,
}

/// Month by month without gaps, the days as they were lost; at most ten years, the latest.
#[must_use]
pub fn trend(ledgers: &[Ledger], period: Period) -> Vec<Month> {
    let mut months: BTreeMap<NaiveDate, BTreeMap<Whose, i64>> = BTreeMap::new();
    for (_, charge) in charges(ledgers, &period) {
        let mut from = charge.from;
        while from < charge.to {
            let first = first_of(from);
            let next = first
                .checked_add_months(Months::new(1))
                .unwrap_or(charge.to);
            let to = next.min(charge.to);
            let key = key(charge.whose, By::Cause).unwrap_or(charge.whose);
            *months.entry(first).or_default().entry(key).or_default() += (to - from).num_days();
            // Where the calendar ends there is no next month.
            from = if to > from { to } else { charge.to };
        }
    }
    let (Some(first), Some(last)) = (
        months.keys().next().copied(),
        months.keys().next_back().copied(),
    ) else {
        return Vec::new();
    };
    let mut out: Vec<Month> = Vec::new();
    let mut at = Some(last);
    while let Some(day) = at.filter(|day| *day >= first && out.len() < MONTHS_MAX) {
        let by = months.remove(&day).unwrap_or_default();
        out.push(Month {
            first: day,
            days: by.values().sum(),
            by,
        });
        at = day.checked_sub_months(Months::new(1));
    }
    out.reverse();
    out
}

/// The first day of the month of a day.
#[must_use]
pub fn first_of(day: NaiveDate) -> NaiveDate {
    day.with_day(1).unwrap_or(day)
}
