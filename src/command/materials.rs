//! Materials: purchase lines, suppliers' promises, receipts, stock counts.

use chrono::NaiveDate;

use super::{Done, Problem, Refusal, found, not_ahead, positive, required, write};
use crate::domain::codes::Firmness;
use crate::domain::item::Item;
use crate::domain::purchase::{self, Promise, Purchase};
use crate::domain::quantity::Qty;
use crate::domain::rule::{number, purchase as rule};
use crate::domain::world::World;
use crate::store::{Deed, Store};
use crate::text::{Did, say};

/// Places a purchase line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlacePurchase {
    /// Code of the item.
    pub item: String,
    /// Code or name of the supplier; empty takes the item's own.
    pub supplier: String,
    pub order_id: Option<i64>,
    pub qty: Qty,
    pub unit_price: Option<Qty>,
    pub required_date: Option<NaiveDate>,
    pub note: String,
}

/// Records a date that the supplier gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordPromise {
    pub purchase_id: i64,
    pub date: NaiveDate,
    /// Zero: all that is open.
    pub qty: Qty,
    pub said_by: String,
    pub firmness: Firmness,
    pub note: String,
}

/// Records goods that arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receive {
    pub purchase_id: i64,
    pub date: NaiveDate,
    pub accepted: Qty,
    pub rejected: Qty,
    pub held: Qty,
    pub document: String,
    pub note: String,
}

/// Records what the warehouse counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountStock {
    pub item_id: i64,
    pub on_hand: Qty,
    pub on_hold: Qty,
}

pub(super) fn place(store: &mut Store, world: &World, c: &PlacePurchase) -> Result<Done, Refusal> {
    let code = c.item.trim();
    required("item", code)?;
    let item = world.items.iter().find(|i| i.code == code);
    let item = item.ok_or_else(|| {
        Refusal::at(
            "item",
            Problem::UnknownItem {
                code: code.to_owned(),
            },
        )
    })?;
    positive("qty", c.qty)?;
    let today = store.clock().today();
    if let Some(date) = c.required_date
        && date < today
    {
        return Err(Refusal::at(
            "required_date",
            Problem::DatePast { date, today },
        ));
    }
    let supplier_id = supplier(world, item, &c.supplier)?;
    let order = world.orders.find(c.order_id);
    let no = number::next(
        number::PURCHASE,
        world.purchases.iter().map(|p| p.no.as_str()),
    );
    let deed = Deed::new(Did::Purchased, &[&no]).about(order.map_or("", |o| o.no.as_str()));
    write(store, deed, c.order_id, |tx| {
        tx.insert(&Purchase {
            no,
            item_id: item.id,
            supplier_id,
            order_id: c.order_id,
            qty: c.qty,
            unit: item.unit.clone(),
            unit_price: c.unit_price,
            ordered_on: Some(today),
            required_date: c.required_date,
            note: c.note.clone(),
            ..Purchase::default()
        })?;
        Ok(())
    })
}

fn supplier(world: &World, item: &Item, named: &str) -> Result<Option<i64>, Refusal> {
    let named = named.trim();
    if named.is_empty() {
        return Ok(item.supplier_id);
    }
    match world
        .suppliers
        .iter()
        .find(|s| s.code == named || s.name == named)
    {
        Some(known) => Ok(Some(known.id)),
        None => Err(Refusal::at(
            "supplier",
            Problem::Unknown {
                what: say::SUPPLIER,
                name: named.to_owned(),
            },
        )),
    }
}

/// The journal's name of a purchase line and of the order it is for.
fn deed(world: &World, did: Did, line: &Purchase, more: &[&str]) -> Deed {
    let name = format!("{}/{}", line.no, line.line);
    let mut args = vec![name.as_str()];
    args.extend(more);
    Deed::new(did, &args).about(
        world
            .orders
            .find(line.order_id)
            .map_or("", |o| o.no.as_str()),
    )
}

pub(super) fn promise(
    store: &mut Store,
    world: &World,
    c: &RecordPromise,
) -> Result<Done, Refusal> {
    let line = found(world.purchases.get(c.purchase_id), c.purchase_id)?;
    let today = store.clock().today();
    if c.date < today {
        return Err(Refusal::at(
            "date",
            Problem::DatePast {
                date: c.date,
                today,
            },
        ));
    }
    if c.qty.is_negative() {
        return Err(Refusal::at("qty", Problem::NotPositive));
    }
    let deed = deed(world, Did::SupplierPromised, line, &[&c.date.to_string()]);
    write(store, deed, line.order_id, |tx| {
        tx.insert(&Promise {
            purchase_id: line.id,
            date: c.date,
            qty: c.qty,
            said_on: today,
            said_by: c.said_by.clone(),
            firmness: c.firmness,
            note: c.note.clone(),
            ..Promise::default()
        })?;
        Ok(())
    })
}

pub(super) fn receive(store: &mut Store, world: &World, c: &Receive) -> Result<Done, Refusal> {
    let line = found(world.purchases.get(c.purchase_id), c.purchase_id)?;
    not_ahead("date", c.date, store.clock().today())?;
    for (field, qty) in [
        ("accepted", c.accepted),
        ("rejected", c.rejected),
        ("held", c.held),
    ] {
        if qty.is_negative() {
            return Err(Refusal::at(field, Problem::NotPositive));
        }
    }
    positive("accepted", c.accepted + c.rejected + c.held)?;
    let most = line.qty + line.qty.times(line.over_pct);
    let already = rule::arrival(world, line);
    if already.accepted + already.held + c.accepted + c.held > most && c.note.trim().is_empty() {
        let problem = Problem::MoreThanOrdered {
            most,
            unit: line.unit.clone(),
        };
        return Err(Refusal::at("accepted", problem));
    }
    let deed = deed(world, Did::GoodsReceived, line, &[&c.accepted.text()]);
    write(store, deed, line.order_id, |tx| {
        tx.insert(&purchase::Receipt {
            purchase_id: line.id,
            date: c.date,
            accepted: c.accepted,
            rejected: c.rejected,
            held: c.held,
            document: c.document.clone(),
            note: c.note.clone(),
            ..purchase::Receipt::default()
        })?;
        // Rejected goods stand apart and go back; they never were stock.
        let item: Item = tx.get(line.item_id)?;
        let on_hand = item.on_hand + c.accepted + c.held;
        let on_hold = item.on_hold + c.held;
        Ok(tx.update(&Item {
            on_hand,
            on_hold,
            ..item
        })?)
    })
}

pub(super) fn close(store: &mut Store, world: &World, purchase_id: i64) -> Result<Done, Refusal> {
    let line = found(world.purchases.get(purchase_id), purchase_id)?;
    if line.closed {
        return Err(Refusal::not(say::ALREADY_CLOSED));
    }
    let deed = deed(world, Did::PurchaseClosed, line, &[]);
    write(store, deed, line.order_id, |tx| {
        Ok(tx.update(&Purchase {
            closed: true,
            ..line.clone()
        })?)
    })
}

pub(super) fn count(store: &mut Store, world: &World, c: &CountStock) -> Result<Done, Refusal> {
    let item = found(world.items.get(c.item_id), c.item_id)?;
    if c.on_hand.is_negative() {
        return Err(Refusal::at("on_hand", Problem::NotPositive));
    }
    if c.on_hold.is_negative() || c.on_hold > c.on_hand {
        return Err(Refusal::at("on_hold", Problem::Not(say::HOLD_WITHIN_STOCK)));
    }
    let (on_hand, on_hold) = (c.on_hand, c.on_hold);
    write(
        store,
        Deed::new(Did::StockCounted, &[&item.code]),
        None,
        |tx| {
            Ok(tx.update(&Item {
                on_hand,
                on_hold,
                ..item.clone()
            })?)
        },
    )
}
