//! Milestones of an order: made from the family's template, changed, kept as the family's own.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::{Done, Problem, Refusal, found, not_ahead, required, write};
use crate::domain::codes::Department;
use crate::domain::document::Milestone;
use crate::domain::order::Order;
use crate::domain::rule::delivery;
use crate::domain::rule::milestone::{self, buffer::BUFFER_MAX, source, template};
use crate::domain::world::World;
use crate::store::{Deed, Store};
use crate::text::{Did, Lang, say};

/// Makes the milestones of an order from its family's template, planned at their latest days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MakeMilestones {
    pub order_id: i64,
    /// In which language the nodes are named.
    pub lang: Lang,
}

/// Saves a milestone, new or changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SaveMilestone {
    /// As read and edited; an id of zero is a new one.
    pub milestone: Milestone,
}

/// Keeps an order's milestones as the template of its family.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SaveTemplate {
    pub order_id: i64,
}

/// Gives a node days of its own, because it was late at earlier orders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddMargin {
    pub milestone_id: i64,
    /// Working days, from one to [`BUFFER_MAX`].
    pub days: i64,
    pub reason: String,
}

pub(super) fn make(store: &mut Store, world: &World, c: &MakeMilestones) -> Result<Done, Refusal> {
    let order = found(world.orders.get(c.order_id), c.order_id)?;
    if world.milestones.of(order.id).next().is_some() {
        return Err(Refusal::not(say::HAS_MILESTONES));
    }
    let delivery = delivery::due(world, order).ok_or(Refusal::not(say::NO_DELIVERY_DATE))?;
    let nodes = template::nodes(world, &template::family(world, order));
    let mut rows: Vec<Milestone> = Vec::new();
    for (seq, node) in (1..).zip(&nodes) {
        rows.push(Milestone {
            order_id: order.id,
            seq,
            code: node.code.clone(),
            name: match c.lang {
                Lang::Zh => node.zh.clone(),
                Lang::En => node.en.clone(),
            },
            owner: Department::of(&node.owner).unwrap_or_default(),
            before: node.before.clone(),
            days: node.days,
            buffer: node.buffer,
            calendar: node.calendar.clone(),
            source: node.source.clone(),
            critical: node.critical,
            ..Milestone::default()
        });
    }
    let network: Vec<milestone::Node<'_>> = rows.iter().map(milestone::node).collect();
    let calendar = |code: &str| milestone::calendar_of(world, code);
    let latest = milestone::backward(delivery, &network, &calendar)
        .map_err(|broken| Refusal::whole(Problem::Network(broken)))?;
    let deed = Deed::new(Did::MilestonesMade, &[&order.no]).about(&order.no);
    write(store, deed, Some(order.id), |tx| {
        for row in &rows {
            tx.insert(&Milestone {
                planned: latest.get(&row.code).copied(),
                ..row.clone()
            })?;
        }
        Ok(())
    })
}

pub(super) fn save(store: &mut Store, world: &World, c: &SaveMilestone) -> Result<Done, Refusal> {
    let mut row = c.milestone.clone();
    let order = found(world.orders.get(row.order_id), row.order_id)?;
    required("name", &row.name)?;
    let old = world.milestones.get(row.id);
    if row.revised.is_some() && row.revised != old.and_then(|o| o.revised) {
        required("revised_reason", &row.revised_reason)?;
    }
    if let Some(actual) = row.actual {
        not_ahead("actual", actual, store.clock().today())?;
    }
    if row.id == 0 {
        let others = || world.milestones.of(order.id);
        row.seq = others().map(|m| m.seq).max().unwrap_or(0) + 1;
        let code = |n: i64| format!("own_{n}");
        let free = |n: &i64| !others().any(|m| m.code == code(*n));
        row.code = (row.seq..).find(free).map(code).unwrap_or_default();
    }
    milestone::check(world, order.id, &row)
        .map_err(|broken| Refusal::at("before", Problem::Network(broken)))?;
    let deed = Deed::new(Did::MilestoneChanged, &[&row.name]).about(&order.no);
    write(store, deed, Some(order.id), |tx| {
        if row.id == 0 {
            tx.insert(&row)?;
        } else {
            tx.update(&row)?;
        }
        Ok(())
    })
}

pub(super) fn save_template(
    store: &mut Store,
    world: &World,
    c: &SaveTemplate,
) -> Result<Done, Refusal> {
    let order = found(world.orders.get(c.order_id), c.order_id)?;
    let rows: Vec<&Milestone> = world.milestones.of(order.id).collect();
    if rows.is_empty() {
        return Err(Refusal::not(say::NO_MILESTONES));
    }
    let family = template::family(world, order);
    let key = template::setting(&family);
    let value = template::text(&rows);
    let deed = Deed::new(Did::SettingChanged, &[&key]).about(&order.no);
    write(store, deed, Some(order.id), |tx| {
        super::put_setting(tx, world, key, value)
    })
}

/// The node and what is open before it move to their new latest days; a day before today is today.
pub(super) fn add_buffer(store: &mut Store, world: &World, c: &AddMargin) -> Result<Done, Refusal> {
    let old = found(world.milestones.get(c.milestone_id), c.milestone_id)?;
    let order = found(world.orders.get(old.order_id), old.order_id)?;
    if !(1..=BUFFER_MAX).contains(&c.days) {
        return Err(Refusal::at("days", Problem::NotPositive));
    }
    required("reason", &c.reason)?;
    let row = Milestone {
        days: old.days + c.days,
        buffer: old.buffer + c.days,
        ..old.clone()
    };
    milestone::check(world, order.id, &row)
        .map_err(|broken| Refusal::whole(Problem::Network(broken)))?;
    let rows: Vec<Milestone> = world
        .milestones
        .of(order.id)
        .map(|m| if m.id == row.id { &row } else { m })
        .cloned()
        .collect();
    let moved = moved_by(world, order, &rows, &row, store.clock().today(), &c.reason)?;
    let deed = Deed::new(Did::BufferAdded, &[&row.name, &c.days.to_string()]).about(&order.no);
    write(store, deed, Some(order.id), |tx| {
        for row in &moved {
            tx.update(row)?;
        }
        Ok(())
    })
}

/// The node with more days and every open one before it, each not later than its latest day.
fn moved_by(
    world: &World,
    order: &Order,
    rows: &[Milestone],
    node: &Milestone,
    today: NaiveDate,
    reason: &str,
) -> Result<Vec<Milestone>, Refusal> {
    let network: Vec<milestone::Node<'_>> = rows.iter().map(milestone::node).collect();
    let calendar = |code: &str| milestone::calendar_of(world, code);
    let latest = match delivery::due(world, order) {
        Some(due) => milestone::backward(due, &network, &calendar)
            .map_err(|broken| Refusal::whole(Problem::Network(broken)))?,
        None => BTreeMap::new(),
    };
    let mut before: BTreeSet<&str> = BTreeSet::from([node.code.as_str()]);
    // The network has no loop, so each pass adds a node or is the last.
    while let Some(more) = rows
        .iter()
        .find(|m| before.contains(m.before.as_str()) && !before.contains(m.code.as_str()))
    {
        before.insert(&more.code);
    }
    let moved = rows.iter().filter(|m| before.contains(m.code.as_str()));
    let moved = moved.filter_map(|m| {
        let done = m.actual.is_some() || source::done_on(world, order, &m.source).is_some();
        let wish = m.revised.or(m.planned);
        let day = latest.get(&m.code).map(|day| (*day).max(today));
        match day.filter(|day| !done && wish.is_some_and(|wish| *day < wish)) {
            Some(day) => Some(Milestone {
                revised: Some(day),
                revised_reason: reason.to_owned(),
                ..m.clone()
            }),
            None => (m.id == node.id).then(|| m.clone()),
        }
    });
    Ok(moved.collect())
}
