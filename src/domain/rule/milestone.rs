//! Milestones of an order (time and action, 节点): latest dates backward from the delivery, what
//! was done, what is expected, how much room is left.
//!
//! A node lies so many working days of its calendar before another node or the delivery: with the
//! delivery on Thursday and two days of a Monday-to-Friday week it is Tuesday. What is done follows
//! from facts of other stages where the node names one; a day typed by hand counts before it.

pub mod buffer;
pub mod source;
pub mod template;

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use super::delivery;
use crate::domain::calendar::Calendar;
use crate::domain::document::Milestone;
use crate::domain::order::Order;
use crate::domain::world::World;

/// The calendar code that counts every day.
pub const EVERY_DAY: &str = "all";

/// A node of the network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Node<'a> {
    pub code: &'a str,
    /// Code of the node it comes before; empty for the delivery.
    pub before: &'a str,
    pub days: i64,
    /// Code of its calendar.
    pub calendar: &'a str,
}

/// Why a network has no dates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Broken {
    /// A node comes before one that is not there.
    Unknown { code: String, before: String },
    /// A node comes before itself, through others or not.
    Loop { code: String },
    /// The calendar has no working day for it, or the days are negative.
    NoDay { code: String },
}

/// The latest day of every node, backward from the delivery.
///
/// # Errors
/// Where the network is broken; the first node by code order that is concerned.
pub fn backward(
    delivery: NaiveDate,
    nodes: &[Node<'_>],
    calendar: &dyn Fn(&str) -> Arc<Calendar>,
) -> Result<BTreeMap<String, NaiveDate>, Broken> {
    let by_code: BTreeMap<&str, &Node<'_>> = nodes.iter().map(|n| (n.code, n)).collect();
    let mut calendars: BTreeMap<&str, Arc<Calendar>> = BTreeMap::new();
    let mut latest: BTreeMap<String, NaiveDate> = BTreeMap::new();
    for node in by_code.values() {
        // The chain from this node to what is known already, or to the delivery.
        let mut chain = vec![*node];
        let mut end = delivery;
        while let Some(last) = chain.last().copied() {
            if last.before.is_empty() {
                break;
            }
            if let Some(known) = latest.get(last.before) {
                end = *known;
                break;
            }
            let Some(next) = by_code.get(last.before) else {
                let (code, before) = (last.code.to_owned(), last.before.to_owned());
                return Err(Broken::Unknown { code, before });
            };
            if chain.iter().any(|n| n.code == next.code) {
                let code = node.code.to_owned();
                return Err(Broken::Loop { code });
            }
            chain.push(next);
        }
        while let Some(node) = chain.pop() {
            let days = calendars
                .entry(node.calendar)
                .or_insert_with(|| calendar(node.calendar));
            let back = i32::try_from(node.days).ok().filter(|n| *n >= 0);
            let day = back.and_then(|n| days.add_days(end, -n));
            end = day.ok_or_else(|| Broken::NoDay {
                code: node.code.to_owned(),
            })?;
            latest.insert(node.code.to_owned(), end);
        }
    }
    Ok(latest)
}

/// Where a milestone stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing<'a> {
    pub row: &'a Milestone,
    /// The last day on which the delivery can still be kept; `None` without a delivery date.
    pub latest: Option<NaiveDate>,
    /// The day it was done.
    pub actual: Option<NaiveDate>,
    /// Whether that follows from another stage rather than being typed.
    pub derived: bool,
    /// The day it is expected: done, else revised or planned, not before what comes before it,
    /// not before today.
    pub expected: Option<NaiveDate>,
    /// Calendar days that the actual or expected day lies after the planned one.
    pub late_days: Option<i64>,
    /// Working days from the expected to the latest day; negative where the delivery is lost.
    pub float: Option<i64>,
    /// Whether it is open and no other open one has less room.
    pub tightest: bool,
}

/// The milestones of an order by latest day, with what follows.
///
/// # Errors
/// Where their network is broken.
pub fn standing<'a>(
    world: &'a World,
    order: &Order,
    today: NaiveDate,
) -> Result<Vec<Standing<'a>>, Broken> {
    let rows: Vec<&Milestone> = world.milestones.of(order.id).collect();
    let nodes: Vec<Node<'_>> = rows.iter().map(|m| node(m)).collect();
    let calendar = |code: &str| calendar_of(world, code);
    let delivery = delivery::due(world, order);
    // Without a delivery the network is checked all the same, against any day.
    let dates = backward(delivery.unwrap_or(today), &nodes, &calendar)?;
    let latest = |m: &Milestone| delivery.and_then(|_| dates.get(&m.code).copied());
    let mut order_of_work = rows.clone();
    order_of_work.sort_by_key(|m| (dates.get(&m.code).copied(), m.seq));
    let mut expected: BTreeMap<&str, NaiveDate> = BTreeMap::new();
    let mut out: Vec<Standing<'a>> = Vec::new();
    for m in order_of_work {
        let found = source::done_on(world, order, &m.source);
        let actual = m.actual.or(found);
        let days = calendar_of(world, &m.calendar);
        let ready = rows.iter().filter(|p| p.before == m.code).filter_map(|p| {
            let before = expected.get(p.code.as_str())?;
            let calendar = calendar_of(world, &p.calendar);
            calendar.add_days(*before, i32::try_from(p.days).ok()?)
        });
        let wish = m.revised.or(m.planned).or_else(|| latest(m));
        let open = wish.into_iter().chain(ready).chain(Some(today)).max();
        let expects = actual.or(open.filter(|_| wish.is_some()));
        if let Some(day) = expects {
            expected.insert(&m.code, day);
        }
        let plan = m.planned.or_else(|| latest(m));
        out.push(Standing {
            row: m,
            latest: latest(m),
            actual,
            derived: m.actual.is_none() && found.is_some(),
            expected: expects,
            late_days: expects.zip(plan).map(|(e, p)| (e - p).num_days()),
            float: expects
                .zip(latest(m))
                .map(|(e, l)| i64::from(days.days_between(e, l))),
            tightest: false,
        });
    }
    let least = out
        .iter()
        .filter(|s| s.actual.is_none())
        .filter_map(|s| s.float)
        .min();
    for s in &mut out {
        s.tightest = s.actual.is_none() && s.float.is_some() && s.float == least;
    }
    Ok(out)
}

/// The network's view of a milestone.
#[must_use]
pub fn node(m: &Milestone) -> Node<'_> {
    Node {
        code: &m.code,
        before: &m.before,
        days: m.days,
        calendar: &m.calendar,
    }
}

/// The calendar of a code: every day, one of the file's, else the factory's.
#[must_use]
pub fn calendar_of(world: &World, code: &str) -> Arc<Calendar> {
    if code == EVERY_DAY {
        return Arc::new(Calendar::always(EVERY_DAY));
    }
    let own = world.calendars.iter().find(|c| c.code == code);
    world.calendar_or_own(own.map(|c| c.id))
}

/// Checks the network that an order would have with a node changed or added.
///
/// # Errors
/// Where it would be broken.
pub fn check(world: &World, order_id: i64, changed: &Milestone) -> Result<(), Broken> {
    let others = world.milestones.of(order_id).filter(|m| m.id != changed.id);
    let nodes: Vec<Node<'_>> = others.map(node).chain(Some(node(changed))).collect();
    let any_day = NaiveDate::from_ymd_opt(2026, 1, 5).unwrap_or_default();
    backward(any_day, &nodes, &|code| calendar_of(world, code)).map(|_| ())
}

#[cfg(test)]
mod tests;
