//! Stock: counts, what is set aside for whom, what may stand in for what.

use super::{Done, Problem, Refusal, found, positive, required, write};
use crate::domain::item::{Item, Substitute};
use crate::domain::production::ProductionOrder;
use crate::domain::purchase::Reservation;
use crate::domain::quantity::Qty;
use crate::domain::rule::production;
use crate::domain::world::World;
use crate::store::{Deed, Store, Tx};
use crate::text::{Did, materials as words, say};

/// Records what the warehouse counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountStock {
    pub item_id: i64,
    pub on_hand: Qty,
    pub on_hold: Qty,
}

/// For whom something is set aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Keeper {
    Production(i64),
    /// An order line that has no production order yet.
    OrderLine(i64),
}

/// Gives stock, or a part of an open purchase line, to somebody by hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reallocate {
    pub item_id: i64,
    /// A part of what comes on this line; none: of the stock.
    pub purchase_id: Option<i64>,
    /// Who loses it; none: whoever comes last.
    pub from: Option<Keeper>,
    pub to: Keeper,
    pub qty: Qty,
    /// What has to be left to whom, so that nobody else loses; computed before it is shown.
    pub keep: Vec<(Keeper, Qty)>,
    pub reason: String,
}

/// Lets an item stand in for another, once somebody has approved it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SaveSubstitute {
    pub item_id: i64,
    /// Code of the item that stands in.
    pub substitute: String,
    /// How much of it replaces one unit.
    pub factor: Qty,
    /// Empty: not approved, so it is not used yet.
    pub approved_by: String,
}

pub(super) fn count(store: &mut Store, world: &World, c: &CountStock) -> Result<Done, Refusal> {
    let item = found(world.items.get(c.item_id), c.item_id)?;
    if c.on_hand.is_negative() {
        return Err(Refusal::at("on_hand", Problem::NotPositive));
    }
    if c.on_hold.is_negative() || c.on_hold > c.on_hand {
        return Err(Refusal::at("on_hold", Problem::Not(say::HOLD_WITHIN_STOCK)));
    }
    let said = words::counted(item, c.on_hand, c.on_hold);
    write(store, Deed::new(Did::StockCounted, &[&said]), None, |tx| {
        Ok(tx.update(&Item {
            on_hand: c.on_hand,
            on_hold: c.on_hold,
            ..item.clone()
        })?)
    })
}

pub(super) fn reallocate(
    store: &mut Store,
    world: &World,
    c: &Reallocate,
) -> Result<Done, Refusal> {
    let item = found(world.items.get(c.item_id), c.item_id)?;
    positive("qty", c.qty)?;
    if c.from == Some(c.to) {
        return Err(Refusal::at("to", Problem::Not(words::SAME_KEEPER)));
    }
    if let Some(id) = c.purchase_id {
        let line = found(world.purchases.get(id), id)?;
        if line.item_id != c.item_id {
            return Err(Refusal::at("of", Problem::Not(words::OTHER_ITEM)));
        }
    }
    let name = keeper_name(world, c.to)?;
    let order_id = order_of(world, c.to);
    let order = world.orders.find(order_id).map_or("", |o| o.no.as_str());
    let args = [&*item.code, &*c.qty.text(), &*name];
    let deed = Deed::new(Did::Reallocated, &args).about(order);
    let today = store.clock().today();
    write(store, deed, order_id, |tx| {
        let rows: Vec<Reservation> = tx.all()?;
        let mut rows: Vec<Reservation> = rows
            .into_iter()
            .filter(|r| r.item_id == c.item_id && r.purchase_id == c.purchase_id)
            .collect();
        let mut want: Vec<(Keeper, Qty)> = Vec::new();
        let has = |keeper: Keeper| {
            rows.iter()
                .filter(|r| keeper_of(r) == Some(keeper))
                .map(|r| r.qty)
                .sum::<Qty>()
        };
        for (keeper, qty) in &c.keep {
            let kept = if *keeper == c.to {
                Qty::ZERO
            } else {
                has(*keeper)
            };
            want.push((*keeper, (*qty).max(kept)));
        }
        let own = c
            .keep
            .iter()
            .find(|(keeper, _)| *keeper == c.to)
            .map_or(Qty::ZERO, |k| k.1);
        let total = own.max(has(c.to)) + c.qty;
        want.retain(|(keeper, _)| *keeper != c.to);
        want.push((c.to, total));
        if let Some(from) = c.from {
            want.push((from, (has(from) - c.qty).floor_zero()));
        }
        for (keeper, qty) in want {
            set(tx, &mut rows, c, keeper, qty, today)?;
        }
        Ok(())
    })
}

/// Sets what is reserved for one keeper: one row holds it, others of the same kind go.
fn set(
    tx: &mut Tx<'_>,
    rows: &mut Vec<Reservation>,
    c: &Reallocate,
    keeper: Keeper,
    qty: Qty,
    today: chrono::NaiveDate,
) -> Result<(), Refusal> {
    let (own, others): (Vec<_>, Vec<_>) = std::mem::take(rows)
        .into_iter()
        .partition(|r| keeper_of(r) == Some(keeper));
    *rows = others;
    let mut own = own.into_iter();
    let first = own.next();
    for more in own {
        tx.delete::<Reservation>(more.id)?;
    }
    match first {
        Some(row) if qty.is_zero() => tx.delete::<Reservation>(row.id)?,
        Some(row) if row.qty != qty => tx.update(&Reservation {
            qty,
            reason: c.reason.clone(),
            ..row
        })?,
        Some(_) => {}
        None if qty.is_zero() => {}
        None => {
            let (production_order_id, order_line_id) = match keeper {
                Keeper::Production(id) => (Some(id), None),
                Keeper::OrderLine(id) => (None, Some(id)),
            };
            tx.insert(&Reservation {
                item_id: c.item_id,
                purchase_id: c.purchase_id,
                production_order_id,
                order_line_id,
                qty,
                made_on: today,
                reason: c.reason.clone(),
                ..Reservation::default()
            })?;
        }
    }
    Ok(())
}

/// For whom a reservation is.
#[must_use]
pub fn keeper_of(row: &Reservation) -> Option<Keeper> {
    let made = row.production_order_id.map(Keeper::Production);
    made.or_else(|| row.order_line_id.map(Keeper::OrderLine))
}

fn keeper_name(world: &World, keeper: Keeper) -> Result<String, Refusal> {
    match keeper {
        Keeper::Production(id) => {
            let made: &ProductionOrder = found(world.production_orders.get(id), id)?;
            if !production::is_live(production::standing(world, made)) {
                return Err(Refusal::at("to", Problem::Not(words::KEEPER_ENDED)));
            }
            Ok(made.no.clone())
        }
        Keeper::OrderLine(id) => {
            let line = found(world.order_lines.get(id), id)?;
            let order = found(world.orders.get(line.order_id), line.order_id)?;
            Ok(format!("{}/{}", order.no, line.no))
        }
    }
}

/// The order that somebody's materials are for.
fn order_of(world: &World, keeper: Keeper) -> Option<i64> {
    match keeper {
        Keeper::Production(id) => {
            let made = world.production_orders.get(id)?;
            production::owner(world, made).map(|(order, _)| order.id)
        }
        Keeper::OrderLine(id) => world.order_lines.get(id).map(|l| l.order_id),
    }
}

pub(super) fn drop_reservation(store: &mut Store, world: &World, id: i64) -> Result<Done, Refusal> {
    let row = found(world.reservations.get(id), id)?;
    let code = world.items.get(row.item_id).map_or("", |i| i.code.as_str());
    let order = keeper_of(row).and_then(|k| order_of(world, k));
    let no = world.orders.find(order).map_or("", |o| o.no.as_str());
    let args = [code, &*row.qty.text()];
    let deed = Deed::new(Did::ReservationDropped, &args).about(no);
    write(store, deed, order, |tx| {
        Ok(tx.delete::<Reservation>(row.id)?)
    })
}

pub(super) fn save_substitute(
    store: &mut Store,
    world: &World,
    c: &SaveSubstitute,
) -> Result<Done, Refusal> {
    let item = found(world.items.get(c.item_id), c.item_id)?;
    let code = c.substitute.trim();
    required("substitute", code)?;
    let other = world.items.iter().find(|i| i.code == code);
    let other = other.ok_or_else(|| {
        let code = code.to_owned();
        Refusal::at("substitute", Problem::UnknownItem { code })
    })?;
    if other.id == item.id {
        return Err(Refusal::at("substitute", Problem::Not(words::SAME_ITEM)));
    }
    positive("factor", c.factor)?;
    let approved_by = c.approved_by.trim().to_owned();
    let deed = Deed::new(Did::SubstituteSet, &[&item.code, &other.code]);
    let mut known = world.substitutes.of(item.id);
    let old = known.find(|s| s.substitute_id == other.id).cloned();
    write(store, deed, None, |tx| {
        match old {
            Some(old) => tx.update(&Substitute {
                factor: c.factor,
                approved_by,
                ..old
            })?,
            None => {
                tx.insert(&Substitute {
                    item_id: item.id,
                    substitute_id: other.id,
                    factor: c.factor,
                    approved_by,
                    ..Substitute::default()
                })?;
            }
        }
        Ok(())
    })
}
