//! Buffers that earlier lateness asks for: where exceptions made the same node late again and again
//! at orders of the same family, customer or supplier, it gets days of its own at the next one.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};

use super::{calendar_of, source, template};
use crate::domain::document::Milestone;
use crate::domain::exception::Exception;
use crate::domain::order::Order;
use crate::domain::rule::lesson::{self, Why};
use crate::domain::world::World;

/// Orders at which a node was late before a buffer is proposed.
pub const REPEATEDLY: usize = 3;
/// The most working days that are proposed.
pub const BUFFER_MAX: i64 = 10;
/// How far back exceptions count, in days.
const LOOK_BACK_DAYS: u64 = 365;
/// Orders with exceptions that are looked at, the latest first.
const ORDERS_MAX: usize = 60;

/// A node that was late at an earlier order, after an exception of its stage or department.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slip<'a> {
    pub order: &'a Order,
    pub exception: &'a Exception,
    /// Working days from the planned to the actual day.
    pub days: i64,
}

/// Days that a node had better get.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal<'a> {
    /// What the late orders have in common with this one.
    pub because: Why,
    pub slips: Vec<Slip<'a>>,
    /// Working days to add to those it has already.
    pub extra: i64,
}

/// The median of the slips, rounded up between two, and at most [`BUFFER_MAX`]; none where there are
/// fewer than [`REPEATEDLY`].
#[must_use]
pub fn days(slips: &[i64]) -> Option<i64> {
    if slips.len() < REPEATEDLY {
        return None;
    }
    let mut sorted = slips.to_vec();
    sorted.sort_unstable();
    let upper = sorted.get(sorted.len() / 2)?;
    let lower = sorted.get((sorted.len() - 1) / 2)?;
    Some((lower + upper + 1) / 2).map(|median| median.min(BUFFER_MAX))
}

/// What is proposed for the open nodes of an order, by the id of the milestone.
#[must_use]
pub fn proposals<'a>(
    world: &'a World,
    order: &Order,
    today: NaiveDate,
) -> BTreeMap<i64, Proposal<'a>> {
    let open: Vec<&Milestone> = world
        .milestones
        .of(order.id)
        .filter(|m| m.actual.is_none() && source::done_on(world, order, &m.source).is_none())
        .collect();
    if open.is_empty() {
        return BTreeMap::new();
    }
    let cases = cases(world, order, today);
    let mut found = BTreeMap::new();
    for m in open {
        let mut by_reason: BTreeMap<Why, Vec<Slip<'a>>> = BTreeMap::new();
        for (old, exceptions) in &cases {
            for (why, slip) in slips(world, old, exceptions, m) {
                by_reason.entry(why).or_default().push(slip);
            }
        }
        let proposal = by_reason.into_iter().filter_map(|(because, slips)| {
            let lengths: Vec<i64> = slips.iter().map(|s| s.days).collect();
            let extra = days(&lengths)? - m.buffer;
            (extra > 0).then_some(Proposal {
                because,
                slips,
                extra,
            })
        });
        // Most cases speak loudest; among as many the first reason.
        let best = proposal.min_by_key(|p| (std::cmp::Reverse(p.slips.len()), p.because));
        if let Some(best) = best {
            found.insert(m.id, best);
        }
    }
    found
}

type Cases<'a> = Vec<(&'a Order, Vec<(&'a Exception, BTreeSet<Why>)>)>;

/// The other orders that had exceptions and have something in common with this one, the latest
/// first.
fn cases<'a>(world: &'a World, order: &Order, today: NaiveDate) -> Cases<'a> {
    let since = today
        .checked_sub_days(Days::new(LOOK_BACK_DAYS))
        .unwrap_or(today);
    let family = template::family(world, order);
    let suppliers = lesson::suppliers(world, order);
    let mut by_order: BTreeMap<i64, Vec<(&'a Exception, BTreeSet<Why>)>> = BTreeMap::new();
    let recent = world.exceptions.iter().rev();
    for e in recent.filter(|e| e.reported_at.date() >= since) {
        let further = world.exception_orders.of(e.id).map(|l| l.order_id);
        let hit: BTreeSet<i64> = e.order_id.into_iter().chain(further).collect();
        let bought = world.purchases.find(e.purchase_id);
        let supplier = bought.and_then(|p| p.supplier_id);
        for old in hit.into_iter().filter(|id| *id != order.id) {
            let Some(old) = world.orders.get(old) else {
                continue;
            };
            let mut why = BTreeSet::new();
            if old.customer_id.is_some() && old.customer_id == order.customer_id {
                why.insert(Why::Customer);
            }
            if !family.is_empty() && template::family(world, old) == family {
                why.insert(Why::Family);
            }
            if supplier.is_some_and(|s| suppliers.contains(&s)) {
                why.insert(Why::Supplier);
            }
            if !why.is_empty() {
                by_order.entry(old.id).or_default().push((e, why));
            }
        }
    }
    let latest = by_order.into_iter().rev().take(ORDERS_MAX);
    latest
        .filter_map(|(id, list)| Some((world.orders.get(id)?, list)))
        .collect()
}

/// The slip of the node at an earlier order, once for each reason it counts for.
fn slips<'a>(
    world: &'a World,
    old: &'a Order,
    exceptions: &[(&'a Exception, BTreeSet<Why>)],
    node: &Milestone,
) -> Vec<(Why, Slip<'a>)> {
    let Some(m) = world.milestones.of(old.id).find(|m| m.code == node.code) else {
        return Vec::new();
    };
    let stage = source::stage(&m.source);
    let of_node = |e: &Exception| e.department == m.owner || Some(e.stage) == stage;
    let Some(planned) = m
        .planned
        .filter(|_| exceptions.iter().any(|(e, _)| of_node(e)))
    else {
        return Vec::new();
    };
    let Some(actual) = m.actual.or_else(|| source::done_on(world, old, &m.source)) else {
        return Vec::new();
    };
    let days = i64::from(calendar_of(world, &m.calendar).days_between(planned, actual));
    let mut found: BTreeMap<Why, Slip<'a>> = BTreeMap::new();
    for (e, why) in exceptions {
        if days <= 0 || !of_node(e) || e.reported_at.date() > actual {
            continue;
        }
        for why in why {
            found.entry(*why).or_insert(Slip {
                order: old,
                exception: e,
                days,
            });
        }
    }
    found.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_buffer_is_the_median_of_three_slips_or_more_and_bounded() {
        assert_eq!(days(&[]), None);
        assert_eq!(days(&[4, 9]), None);
        assert_eq!(days(&[7, 4, 5]), Some(5));
        assert_eq!(days(&[1, 2, 5, 9]), Some(4), "between 2 and 5, rounded up");
        assert_eq!(days(&[30, 40, 12]), Some(BUFFER_MAX));
    }
}
