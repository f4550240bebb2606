//! What happens to goods after they came: the verdict on held ones, what goes back.

use chrono::NaiveDate;

use super::materials::deed;
use super::{Done, Problem, Refusal, found, not_ahead, positive, write};
use crate::domain::codes::ReceiptKind;
use crate::domain::item::Item;
use crate::domain::purchase::{Purchase, Receipt};
use crate::domain::quantity::Qty;
use crate::domain::rule::purchase as rule;
use crate::domain::world::World;
use crate::store::{Store, Tx};
use crate::text::{Did, materials as words};

/// Records the verdict of the incoming inspection on held goods.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InspectHeld {
    pub purchase_id: i64,
    pub date: NaiveDate,
    pub accepted: Qty,
    pub rejected: Qty,
    pub document: String,
    pub note: String,
}

/// Sends goods back to the supplier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SendBack {
    pub purchase_id: i64,
    pub date: NaiveDate,
    /// Found bad after they had been accepted.
    pub from_stock: Qty,
    /// Rejected before.
    pub from_rejected: Qty,
    /// The supplier sends others; else the quantity is credited.
    pub replaced: bool,
    pub document: String,
    pub note: String,
}

pub(super) fn inspect(store: &mut Store, world: &World, c: &InspectHeld) -> Result<Done, Refusal> {
    let line = found(world.purchases.get(c.purchase_id), c.purchase_id)?;
    not_ahead("date", c.date, store.clock().today())?;
    not_negative(&[("accepted", c.accepted), ("rejected", c.rejected)])?;
    positive("accepted", c.accepted + c.rejected)?;
    let held = rule::arrival(world, line).held;
    if c.accepted + c.rejected > held {
        let unit = line.unit.clone();
        return Err(Refusal::at(
            "accepted",
            Problem::MoreThanHeld { held, unit },
        ));
    }
    let args = [&*c.accepted.text(), &*c.rejected.text()];
    let deed = deed(world, Did::HeldInspected, line, &args);
    write(store, deed, line.order_id, |tx| {
        tx.insert(&Receipt {
            purchase_id: line.id,
            date: c.date,
            kind: ReceiptKind::Inspection,
            accepted: c.accepted,
            rejected: c.rejected,
            document: c.document.clone(),
            note: c.note.clone(),
            ..Receipt::default()
        })?;
        let own = |qty| rule::in_item_unit(world, line, qty);
        // What was rejected leaves the stock; it stands apart and goes back.
        let (out, released) = (own(c.rejected), own(c.accepted + c.rejected));
        move_stock(tx, line, -out, -released)
    })
}

pub(super) fn send_back(store: &mut Store, world: &World, c: &SendBack) -> Result<Done, Refusal> {
    let line = found(world.purchases.get(c.purchase_id), c.purchase_id)?;
    not_ahead("date", c.date, store.clock().today())?;
    not_negative(&[
        ("from_stock", c.from_stock),
        ("from_rejected", c.from_rejected),
    ])?;
    let all = c.from_stock + c.from_rejected;
    positive("from_rejected", all)?;
    let arrival = rule::arrival(world, line);
    let unit = || line.unit.clone();
    if c.from_rejected > arrival.to_return() {
        let most = arrival.to_return();
        let problem = Problem::MoreThanThere { most, unit: unit() };
        return Err(Refusal::at("from_rejected", problem));
    }
    if c.from_stock > arrival.accepted {
        let most = arrival.accepted.floor_zero();
        let problem = Problem::MoreThanThere { most, unit: unit() };
        return Err(Refusal::at("from_stock", problem));
    }
    if c.from_stock.is_positive() && c.note.trim().is_empty() {
        return Err(Refusal::at("note", Problem::Not(words::WHY_BACK)));
    }
    let deed = deed(world, Did::GoodsReturned, line, &[&all.text()]);
    write(store, deed, line.order_id, |tx| {
        tx.insert(&Receipt {
            purchase_id: line.id,
            date: c.date,
            kind: ReceiptKind::Return,
            accepted: c.from_stock,
            rejected: c.from_rejected,
            credited: if c.replaced { Qty::ZERO } else { all },
            document: c.document.clone(),
            note: c.note.clone(),
            ..Receipt::default()
        })?;
        let out = rule::in_item_unit(world, line, c.from_stock);
        move_stock(tx, line, -out, Qty::ZERO)
    })
}

fn not_negative(fields: &[(&'static str, Qty)]) -> Result<(), Refusal> {
    let bad = fields.iter().find(|(_, qty)| qty.is_negative());
    bad.map_or(Ok(()), |(field, _)| {
        Err(Refusal::at(field, Problem::NotPositive))
    })
}

/// Changes the stock of a line's item, and how much of it is on hold.
pub(super) fn move_stock(
    tx: &mut Tx<'_>,
    line: &Purchase,
    on_hand: Qty,
    on_hold: Qty,
) -> Result<(), Refusal> {
    let item: Item = tx.get(line.item_id)?;
    let (on_hand, on_hold) = (
        item.on_hand + on_hand,
        (item.on_hold + on_hold).floor_zero(),
    );
    Ok(tx.update(&Item {
        on_hand,
        on_hold,
        ..item
    })?)
}
