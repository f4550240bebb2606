//! Materials: purchase lines, suppliers' promises, receipts.

use chrono::NaiveDate;

use super::goods::move_stock;
use super::{Done, Problem, Refusal, found, not_ahead, positive, required, write};
use crate::domain::codes::Firmness;
use crate::domain::item::Item;
use crate::domain::purchase::{self, Promise, Purchase};
use crate::domain::quantity::Qty;
use crate::domain::rule::shelf::last_numbers;
use crate::domain::rule::{number, purchase as rule};
use crate::domain::world::World;
use crate::store::{Deed, Store};
use crate::text::{Did, materials as words, say};

/// Places a purchase line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlacePurchase {
    /// Code of the item.
    pub item: String,
    /// Code or name of the supplier; empty takes the item's own.
    pub supplier: String,
    pub order_id: Option<i64>,
    pub qty: Qty,
    /// Unit of quantity and price; empty: the item's own.
    pub unit: String,
    pub unit_price: Option<Qty>,
    pub required_date: Option<NaiveDate>,
    pub over_pct: Qty,
    pub under_pct: Qty,
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

/// Places all lines for one supplier under one purchase number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceList {
    pub supplier_id: Option<i64>,
    pub lines: Vec<ListLine>,
    pub note: String,
}

/// A line of [`PlaceList`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListLine {
    pub item_id: i64,
    pub order_id: Option<i64>,
    pub qty: Qty,
    pub unit: String,
    pub unit_price: Option<Qty>,
    pub required_date: Option<NaiveDate>,
}

/// Changes what was ordered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangePurchase {
    pub purchase_id: i64,
    /// Code or name; empty: none is known.
    pub supplier: String,
    pub qty: Qty,
    pub unit_price: Option<Qty>,
    pub required_date: Option<NaiveDate>,
    pub over_pct: Qty,
    pub under_pct: Qty,
    pub note: String,
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
    let unit = unit(world, item, &c.unit)?;
    shares(c.over_pct, c.under_pct)?;
    let order = world.orders.find(c.order_id);
    let no = number::next(
        number::PURCHASE,
        world
            .purchases
            .iter()
            .map(|p| p.no.as_str())
            .chain(last_numbers(world)),
    );
    let deed = Deed::new(Did::Purchased, &[&no]).about(order.map_or("", |o| o.no.as_str()));
    write(store, deed, c.order_id, |tx| {
        tx.insert(&Purchase {
            no,
            item_id: item.id,
            supplier_id,
            order_id: c.order_id,
            qty: c.qty,
            unit,
            unit_price: c.unit_price,
            ordered_on: Some(today),
            required_date: c.required_date,
            over_pct: c.over_pct,
            under_pct: c.under_pct,
            note: c.note.clone(),
            ..Purchase::default()
        })?;
        Ok(())
    })
}

/// The unit a line is bought in: the item's own, or one that the file knows the factor of.
fn unit(world: &World, item: &Item, named: &str) -> Result<String, Refusal> {
    let named = named.trim();
    let known = named == item.unit || world.unit_factors.of(item.id).any(|f| f.unit == named);
    match named {
        "" => Ok(item.unit.clone()),
        _ if known => Ok(named.to_owned()),
        _ => Err(Refusal::at("unit", Problem::Not(words::UNKNOWN_UNIT))),
    }
}

fn shares(over: Qty, under: Qty) -> Result<(), Refusal> {
    for (field, share) in [("over_pct", over), ("under_pct", under)] {
        if share.is_negative() || share > Qty::ONE {
            return Err(Refusal::at(field, Problem::Not(words::BAD_TOLERANCE)));
        }
    }
    Ok(())
}

pub(super) fn place_list(store: &mut Store, world: &World, c: &PlaceList) -> Result<Done, Refusal> {
    if c.lines.is_empty() {
        return Err(Refusal::not(words::NOTHING_TO_ORDER));
    }
    let today = store.clock().today();
    let no = number::next(
        number::PURCHASE,
        world
            .purchases
            .iter()
            .map(|p| p.no.as_str())
            .chain(last_numbers(world)),
    );
    let supplier = world.suppliers.find(c.supplier_id);
    let name = supplier.map_or("—", |s| s.name.as_str());
    let args = [&*no, name, &*c.lines.len().to_string()];
    let deed = Deed::new(Did::ListPurchased, &args);
    write(store, deed, None, |tx| {
        for (line, wanted) in (1..).zip(&c.lines) {
            positive("qty", wanted.qty)?;
            tx.insert(&Purchase {
                no: no.clone(),
                line,
                item_id: wanted.item_id,
                supplier_id: c.supplier_id,
                order_id: wanted.order_id,
                qty: wanted.qty,
                unit: wanted.unit.clone(),
                unit_price: wanted.unit_price,
                ordered_on: Some(today),
                required_date: wanted.required_date,
                note: c.note.clone(),
                ..Purchase::default()
            })?;
        }
        Ok(())
    })
}

pub(super) fn change(
    store: &mut Store,
    world: &World,
    c: &ChangePurchase,
) -> Result<Done, Refusal> {
    let line = found(world.purchases.get(c.purchase_id), c.purchase_id)?;
    if line.closed {
        return Err(Refusal::not(say::ALREADY_CLOSED));
    }
    let item = found(world.items.get(line.item_id), line.item_id)?;
    positive("qty", c.qty)?;
    let came = rule::arrival(world, line).settled();
    if c.qty < came {
        let unit = line.unit.clone();
        return Err(Refusal::at("qty", Problem::LessThanCame { came, unit }));
    }
    let today = store.clock().today();
    if let Some(date) = c
        .required_date
        .filter(|d| *d < today && line.required_date != Some(*d))
    {
        return Err(Refusal::at(
            "required_date",
            Problem::DatePast { date, today },
        ));
    }
    shares(c.over_pct, c.under_pct)?;
    let supplier_id = match c.supplier.trim() {
        "" => None,
        named => supplier(world, item, named)?,
    };
    let deed = deed(world, Did::PurchaseChanged, line, &[]);
    write(store, deed, line.order_id, |tx| {
        Ok(tx.update(&Purchase {
            supplier_id,
            qty: c.qty,
            unit_price: c.unit_price,
            required_date: c.required_date,
            over_pct: c.over_pct,
            under_pct: c.under_pct,
            note: c.note.clone(),
            ..line.clone()
        })?)
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
pub(super) fn deed(world: &World, did: Did, line: &Purchase, more: &[&str]) -> Deed {
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
    if already.settled() + c.accepted + c.held > most && c.note.trim().is_empty() {
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
        let own = |qty| rule::in_item_unit(world, line, qty);
        move_stock(tx, line, own(c.accepted + c.held), own(c.held))
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
