//! Production orders: making, parting, merging, releasing, holding.

use super::{Done, Problem, Refusal, found, positive, write};
use crate::domain::codes::{OrderState, ProductionState};
use crate::domain::item::RoutingStep;
use crate::domain::production::{Operation, ProductionOrder, ProductionOrderLine};
use crate::domain::quantity::Qty;
use crate::domain::rule::intake::Obstacle;
use crate::domain::rule::lots::{self, Lot};
use crate::domain::rule::shelf::last_numbers;
use crate::domain::rule::{delivery, gate, number, production};
use crate::domain::world::World;
use crate::store::{Deed, Store, Tx};
use crate::text::{Did, say};

/// Parts a production order into lots; the first stays what it is, what is done stays with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Split {
    pub production_order_id: i64,
    pub lots: Vec<Lot>,
}

/// Puts production orders together; this one stays, the others are cancelled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merge {
    pub production_order_id: i64,
    /// Ids of the others.
    pub with: Vec<i64>,
}

/// Changes the quantity of a production order that nobody has begun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resize {
    pub production_order_id: i64,
    pub qty: Qty,
}

/// Releases a production order to the factory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Release {
    pub production_order_id: i64,
    /// Why it is released in spite of what is missing.
    pub override_reason: String,
    /// Materials that were shown as missing, by item: the plan knows them, the rows do not.
    pub short: Vec<i64>,
}

/// Holds, resumes or cancels a production order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetProduction {
    pub production_order_id: i64,
    pub to: ProductionStep,
}

/// A decision about a production order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProductionStep {
    Hold,
    Resume,
    Cancel,
}

pub(super) fn make(store: &mut Store, world: &World, order_id: i64) -> Result<Done, Refusal> {
    let order = found(world.orders.get(order_id), order_id)?;
    if order.state != OrderState::Accepted {
        return Err(Refusal::not(say::ACCEPT_FIRST));
    }
    let mut numbers: Vec<String> = world
        .production_orders
        .iter()
        .map(|p| p.no.clone())
        .chain(last_numbers(world).map(str::to_owned))
        .collect();
    let mut ready = Vec::new();
    for line in world.order_lines.of(order.id) {
        let open = (delivery::line_qty(world, line).open - production::in_production(world, line))
            .floor_zero();
        let Some(item) = world.items.find(line.item_id) else {
            continue;
        };
        if open.is_positive() && item.make {
            let no = number::next(number::PRODUCTION_ORDER, numbers.iter().map(String::as_str));
            numbers.push(no.clone());
            let made = ProductionOrder {
                no,
                order_line_id: Some(line.id),
                item_id: Some(item.id),
                qty: open,
                ..ProductionOrder::default()
            };
            ready.push((made, item.id));
        }
    }
    if ready.is_empty() {
        let known = world
            .order_lines
            .of(order.id)
            .any(|l| world.items.find(l.item_id).is_some_and(|i| i.make));
        return Err(Refusal::not(if known {
            say::ALL_IN_PRODUCTION
        } else {
            say::NO_KNOWN_ITEM
        }));
    }
    let list = ready
        .iter()
        .map(|(p, _)| p.no.as_str())
        .collect::<Vec<_>>()
        .join(", ");
    let deed = Deed::new(Did::ProductionMade, &[&list]).about(&order.no);
    write(store, deed, Some(order.id), |tx| {
        for (made, item) in &ready {
            make_in(tx, world, made, *item)?;
        }
        Ok(())
    })
}

/// Writes a production order with the operations of its item's routing; returns its id.
pub(super) fn make_in(
    tx: &mut Tx<'_>,
    world: &World,
    made: &ProductionOrder,
    item: i64,
) -> Result<i64, Refusal> {
    let production_order_id = tx.insert(made)?;
    for step in world.routing_steps.of(item) {
        tx.insert(&of_step(production_order_id, step))?;
    }
    Ok(production_order_id)
}

fn of_step(production_order_id: i64, step: &RoutingStep) -> Operation {
    Operation {
        production_order_id,
        seq: step.seq,
        name: step.name.clone(),
        work_centre_id: Some(step.work_centre_id),
        setup_minutes: step.setup_minutes,
        minutes_per_unit: step.minutes_per_unit,
        wait_minutes: step.wait_minutes,
        transfer_qty: step.transfer_qty,
        outsource_days: step.outsource_days,
        ..Operation::default()
    }
}

pub(super) fn release(store: &mut Store, world: &World, c: &Release) -> Result<Done, Refusal> {
    let made = found(
        world.production_orders.get(c.production_order_id),
        c.production_order_id,
    )?;
    if made.state != ProductionState::Proposed {
        return Err(Refusal::not(say::ALREADY_RELEASED));
    }
    let owner = production::owner(world, made);
    let papers = gate::papers(world, made, store.clock().today());
    let mut obstacles = gate::counted(papers.iter().map(|item| &item.missing));
    if !c.short.is_empty() {
        obstacles.push(Obstacle::MaterialsShort(c.short.len()));
    }
    if !obstacles.is_empty() && c.override_reason.trim().is_empty() {
        let problem = Problem::Obstacles(obstacles);
        return Err(Refusal::at("override_reason", problem));
    }
    let order_no = owner.map_or("", |(order, _)| order.no.as_str());
    let deed = Deed::new(Did::ProductionReleased, &[&made.no]).about(order_no);
    let released = ProductionOrder {
        state: ProductionState::Released,
        released_on: Some(store.clock().today()),
        override_reason: c.override_reason.trim().to_owned(),
        ..made.clone()
    };
    write(store, deed, owner.map(|(order, _)| order.id), |tx| {
        Ok(tx.update(&released)?)
    })
}

pub(super) fn set(store: &mut Store, world: &World, c: &SetProduction) -> Result<Done, Refusal> {
    let made = found(
        world.production_orders.get(c.production_order_id),
        c.production_order_id,
    )?;
    let mut to = made.clone();
    let did = match c.to {
        ProductionStep::Hold => {
            to.on_hold = true;
            Did::ProductionHeld
        }
        ProductionStep::Resume => {
            to.on_hold = false;
            Did::ProductionResumed
        }
        ProductionStep::Cancel => {
            if production::standing(world, made) == production::Standing::InProgress {
                return Err(Refusal::not(say::IN_PROGRESS_CANNOT_CANCEL));
            }
            to.state = ProductionState::Cancelled;
            Did::ProductionCancelled
        }
    };
    let owner = production::owner(world, made);
    let deed = Deed::new(did, &[&made.no]).about(owner.map_or("", |(o, _)| o.no.as_str()));
    write(store, deed, owner.map(|(o, _)| o.id), |tx| {
        Ok(tx.update(&to)?)
    })
}

/// What a split needs to be true.
fn check_lots(world: &World, made: &ProductionOrder, lots: &[Lot]) -> Result<(), Refusal> {
    if made.state == ProductionState::Cancelled {
        return Err(Refusal::not(say::IS_CANCELLED));
    }
    if lots.len() < 2 {
        return Err(Refusal::at("lots", Problem::Not(say::TWO_LOTS)));
    }
    if lots.len() > lots::LOTS_MAX {
        return Err(Refusal::at("lots", Problem::Not(say::TOO_MANY_LOTS)));
    }
    for lot in lots {
        positive("lots", lot.qty)?;
    }
    let sum: Qty = lots.iter().map(|lot| lot.qty).sum();
    if sum != made.qty {
        let (lots, whole) = (sum.text(), made.qty.text());
        let problem = if sum > made.qty {
            Problem::LotsBeyond { lots, whole }
        } else {
            Problem::LotsDiffer { lots, whole }
        };
        return Err(Refusal::at("lots", problem));
    }
    let done = production::most_done(world, made);
    if lots.first().is_some_and(|lot| lot.qty < done) {
        let done = done.text();
        return Err(Refusal::at("lots", Problem::FirstLotLess { done }));
    }
    Ok(())
}

pub(super) fn split(store: &mut Store, world: &World, c: &Split) -> Result<Done, Refusal> {
    let id = c.production_order_id;
    let made = found(world.production_orders.get(id), id)?;
    check_lots(world, made, &c.lots)?;
    let quantities: Vec<Qty> = c.lots.iter().map(|lot| lot.qty).collect();
    let shared = lots::share_out(&production::shares(world, made), &quantities);
    let mut numbers: Vec<String> = world
        .production_orders
        .iter()
        .map(|p| p.no.clone())
        .chain(last_numbers(world).map(str::to_owned))
        .collect();
    let said: Vec<String> = quantities.iter().map(|q| q.text()).collect();
    let owner = production::owner(world, made);
    let deed = Deed::new(Did::ProductionSplit, &[&made.no, &said.join(" + ")])
        .about(owner.map_or("", |(o, _)| o.no.as_str()));
    write(store, deed, owner.map(|(o, _)| o.id), |tx| {
        for share in world.production_order_lines.of(made.id) {
            tx.delete::<ProductionOrderLine>(share.id)?;
        }
        for (at, (lot, shares)) in c.lots.iter().zip(&shared).enumerate() {
            let note = match (made.note.as_str(), lot.note.as_str()) {
                (note, "") => note.to_owned(),
                ("", note) => note.to_owned(),
                (old, new) => format!("{old}\n{new}"),
            };
            let part = ProductionOrder {
                order_line_id: own_line(shares),
                qty: lot.qty,
                note,
                ..made.clone()
            };
            let part_id = if at == 0 {
                tx.update(&part)?;
                made.id
            } else {
                let no = number::next(number::PRODUCTION_ORDER, numbers.iter().map(String::as_str));
                numbers.push(no.clone());
                let (id, revision) = (0, 0);
                let part_id = tx.insert(&ProductionOrder {
                    id,
                    revision,
                    no,
                    ..part
                })?;
                copy_operations(tx, world, made, part_id)?;
                part_id
            };
            share(tx, part_id, shares)?;
        }
        Ok(())
    })
}

/// The line that a production order is for first; none where part of it is for stock.
fn own_line(shares: &[(Option<i64>, Qty)]) -> Option<i64> {
    let stock = shares.iter().any(|(line, _)| line.is_none());
    shares
        .first()
        .filter(|_| !stock)
        .and_then(|(line, _)| *line)
}

/// Writes for which further lines a production order is made.
fn share(tx: &mut Tx<'_>, made: i64, shares: &[(Option<i64>, Qty)]) -> Result<(), Refusal> {
    let own = own_line(shares);
    for (line, qty) in shares {
        if let Some(order_line_id) = line.filter(|_| *line != own) {
            tx.insert(&ProductionOrderLine {
                production_order_id: made,
                order_line_id,
                qty: *qty,
                ..ProductionOrderLine::default()
            })?;
        }
    }
    Ok(())
}

/// Gives a new lot the operations of the one it came from. A pin keeps it on its line; when it
/// runs there is for the plan to say, as two lots cannot both be at the same hour.
fn copy_operations(
    tx: &mut Tx<'_>,
    world: &World,
    from: &ProductionOrder,
    to: i64,
) -> Result<(), Refusal> {
    for operation in world.operations.of(from.id) {
        let kept = operation.pinned && operation.line_id.is_some();
        tx.insert(&Operation {
            production_order_id: to,
            line_id: operation.line_id.filter(|_| kept),
            pinned: kept,
            ..production::plain(operation)
        })?;
    }
    Ok(())
}

pub(super) fn merge(store: &mut Store, world: &World, c: &Merge) -> Result<Done, Refusal> {
    let id = c.production_order_id;
    let kept = found(world.production_orders.get(id), id)?;
    let mut others: Vec<&ProductionOrder> = Vec::new();
    for with in &c.with {
        let other = found(world.production_orders.get(*with), *with)?;
        if !production::partners(world, kept).any(|p| p.id == other.id) {
            let no = other.no.clone();
            return Err(Refusal::at("with", Problem::NoPartner { no }));
        }
        if !others.iter().any(|o| o.id == other.id) {
            others.push(other);
        }
    }
    if others.is_empty() {
        return Err(Refusal::at("with", Problem::Required));
    }
    // The line that is due first is its own line; of two shares of one line one is made.
    let mut shares: Vec<(Option<i64>, Qty)> = Vec::new();
    for (line, qty) in std::iter::once(kept)
        .chain(others.iter().copied())
        .flat_map(|p| production::shares(world, p))
    {
        match shares.iter_mut().find(|(id, _)| *id == line) {
            Some((_, sum)) => *sum += qty,
            None => shares.push((line, qty)),
        }
    }
    let due = |line: Option<i64>| world.order_lines.find(line).and_then(delivery::line_due);
    shares.sort_by_key(|(line, _)| (due(*line).is_none(), due(*line), *line));
    let merged = ProductionOrder {
        order_line_id: own_line(&shares),
        qty: shares.iter().map(|(_, qty)| *qty).sum(),
        ..kept.clone()
    };
    let list: Vec<&str> = others.iter().map(|p| p.no.as_str()).collect();
    let owner = production::owner(world, kept);
    let deed = Deed::new(Did::ProductionMerged, &[&kept.no, &list.join(", ")])
        .about(owner.map_or("", |(o, _)| o.no.as_str()));
    write(store, deed, owner.map(|(o, _)| o.id), |tx| {
        for share in world.production_order_lines.of(kept.id) {
            tx.delete::<ProductionOrderLine>(share.id)?;
        }
        tx.update(&merged)?;
        share(tx, kept.id, &shares)?;
        for other in &others {
            // Its number stays taken, and the note says where its pieces are made.
            tx.update(&ProductionOrder {
                state: ProductionState::Cancelled,
                note: format!("{}\n→ {}", other.note, kept.no).trim().to_owned(),
                ..(*other).clone()
            })?;
        }
        Ok(())
    })
}

pub(super) fn resize(store: &mut Store, world: &World, c: &Resize) -> Result<Done, Refusal> {
    let id = c.production_order_id;
    let made = found(world.production_orders.get(id), id)?;
    positive("qty", c.qty)?;
    if made.state == ProductionState::Cancelled {
        return Err(Refusal::not(say::IS_CANCELLED));
    }
    if production::is_begun(world, made) {
        return Err(Refusal::at("qty", Problem::Not(say::BEGUN_CANNOT_RESIZE)));
    }
    let others: Qty = world
        .production_order_lines
        .of(made.id)
        .map(|share| share.qty)
        .sum();
    if c.qty < others {
        let least = others.text();
        return Err(Refusal::at("qty", Problem::BelowShares { least }));
    }
    let owner = production::owner(world, made);
    let deed = Deed::new(
        Did::ProductionResized,
        &[&made.no, &made.qty.text(), &c.qty.text()],
    )
    .about(owner.map_or("", |(o, _)| o.no.as_str()));
    let resized = ProductionOrder {
        qty: c.qty,
        ..made.clone()
    };
    write(store, deed, owner.map(|(o, _)| o.id), |tx| {
        Ok(tx.update(&resized)?)
    })
}
