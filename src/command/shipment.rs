//! Shipments: planned, booked, shipped, cancelled; what a letter of credit says.

use chrono::NaiveDate;

use super::{Done, Problem, Refusal, found, not_ahead, positive, required, write};
use crate::domain::codes::OrderState;
use crate::domain::item::Item;
use crate::domain::moment::Moment;
use crate::domain::order::Order;
use crate::domain::progress::{Credit, Shipment, ShipmentLine};
use crate::domain::quantity::Qty;
use crate::domain::rule::shelf::last_numbers;
use crate::domain::rule::shipment::{self as rule, Check, Wish};
use crate::domain::rule::{delivery, number};
use crate::domain::world::World;
use crate::store::{Deed, Store, Tx};
use crate::text::{Did, say, shipping as words};

/// Plans a shipment, or changes one; of one that has left only what came to be known after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SaveShipment {
    /// None: a new one.
    pub shipment_id: Option<i64>,
    pub order_id: i64,
    pub planned: NaiveDate,
    /// Order line and quantity.
    pub lines: Vec<(i64, Qty)>,
    pub method: String,
    pub vessel: String,
    pub bl_no: String,
    pub note: String,
}

/// Ships quantities of an order's lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ship {
    /// The planned shipment that leaves; none: it was not planned.
    pub shipment_id: Option<i64>,
    pub order_id: i64,
    pub date: NaiveDate,
    /// Order line and quantity.
    pub lines: Vec<(i64, Qty)>,
    pub method: String,
    pub bl_no: String,
    /// Needed where a rule is broken.
    pub note: String,
}

/// Books space for a planned shipment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Book {
    pub shipment_id: i64,
    pub booking_no: String,
    pub vessel: String,
    pub cut_off: Option<Moment>,
    pub planned: NaiveDate,
    pub method: String,
}

/// Cancels a planned shipment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CancelShipment {
    pub shipment_id: i64,
    pub reason: String,
}

/// The shipment of an id that still has to leave, with its order.
pub(super) fn pending(world: &World, id: i64) -> Result<(&Shipment, &Order), Refusal> {
    let s = found(world.shipments.get(id), id)?;
    if s.cancelled_on.is_some() {
        return Err(Refusal::not(words::IS_CANCELLED));
    }
    if s.shipped_on.is_some() {
        return Err(Refusal::not(words::HAS_LEFT));
    }
    Ok((s, found(world.orders.get(s.order_id), s.order_id)?))
}

/// Lines with a quantity; each has to be a line of the order.
fn wanted(world: &World, order: &Order, lines: &[(i64, Qty)]) -> Result<Vec<(i64, Qty)>, Refusal> {
    if order.state != OrderState::Accepted {
        return Err(Refusal::not(say::ACCEPT_FIRST));
    }
    let lines: Vec<(i64, Qty)> = lines.iter().filter(|l| !l.1.is_zero()).copied().collect();
    if lines.is_empty() {
        return Err(Refusal::at("lines", Problem::NotPositive));
    }
    for (id, qty) in &lines {
        positive("lines", *qty)?;
        let line = found(world.order_lines.get(*id), *id)?;
        if line.order_id != order.id {
            return Err(Refusal::at("lines", Problem::Not(words::UNKNOWN_LINE)));
        }
    }
    Ok(lines)
}

/// What breaks a rule needs a note.
fn needs_note(broken: Vec<Check>, note: &str) -> Result<(), Refusal> {
    if broken.is_empty() || !note.trim().is_empty() {
        return Ok(());
    }
    Err(Refusal::whole(Problem::Rules(broken)))
}

/// Lines of which all planned shipments together would take more than their tolerance.
fn over_planned(world: &World, old: Option<&Shipment>, lines: &[(i64, Qty)]) -> Vec<Check> {
    let over = |(id, qty): &(i64, Qty)| {
        let line = world.order_lines.get(*id)?;
        let so_far = delivery::line_qty(world, line);
        let others = rule::planned(world, line, old.map(|s| s.id));
        let (_, most) = rule::band(line, so_far.ordered);
        let after = so_far.shipped + others + *qty;
        let line = line.no;
        (others.is_positive() && after > most).then_some(Check::Most { line, after, most })
    };
    lines.iter().filter_map(over).collect()
}

/// Writes the quantities of a shipment, those that are gone too.
fn put_lines(
    tx: &mut Tx<'_>,
    world: &World,
    shipment_id: i64,
    lines: &[(i64, Qty)],
) -> Result<(), Refusal> {
    let old: Vec<&ShipmentLine> = world.shipment_lines.of(shipment_id).collect();
    for row in &old {
        if !lines.iter().any(|(id, _)| *id == row.order_line_id) {
            tx.delete::<ShipmentLine>(row.id)?;
        }
    }
    for (order_line_id, qty) in lines {
        match old.iter().find(|row| row.order_line_id == *order_line_id) {
            Some(row) => tx.update(&ShipmentLine {
                qty: *qty,
                ..(*row).clone()
            })?,
            None => {
                tx.insert(&ShipmentLine {
                    shipment_id,
                    order_line_id: *order_line_id,
                    qty: *qty,
                    ..ShipmentLine::default()
                })?;
            }
        }
    }
    Ok(())
}

fn next_no(world: &World) -> String {
    let taken = world.shipments.iter().map(|s| s.no.as_str());
    number::next(number::SHIPMENT, taken.chain(last_numbers(world)))
}

pub(super) fn save(store: &mut Store, world: &World, c: &SaveShipment) -> Result<Done, Refusal> {
    let order = found(world.orders.get(c.order_id), c.order_id)?;
    let old = match c.shipment_id {
        None => None,
        Some(id) => {
            let known = world.shipments.get(id);
            // A shipment keeps its order: papers, cartons and inspections stand on it.
            Some(found(known.filter(|s| s.order_id == order.id), id)?)
        }
    };
    if let Some(old) = old {
        if old.cancelled_on.is_some() {
            return Err(Refusal::not(words::IS_CANCELLED));
        }
        if old.shipped_on.is_some() {
            return after(store, order, old, c);
        }
    }
    let lines = wanted(world, order, &c.lines)?;
    let wish = Wish {
        shipment: old,
        lines: &lines,
        day: c.planned,
    };
    let mut broken = rule::broken(rule::check(world, order, &wish));
    // What is done between planning and leaving is no fault of the plan.
    broken.retain(|b| {
        !matches!(
            b,
            Check::Inspection(_) | Check::PapersOpen(_) | Check::Packed { .. }
        )
    });
    broken.extend(over_planned(world, old, &lines));
    needs_note(broken, &c.note)?;
    if old
        .and_then(|s| s.cut_off)
        .is_some_and(|at| at.date() > c.planned)
    {
        return Err(Refusal::at("date", Problem::Not(words::CUT_OFF_AFTER)));
    }
    let row = Shipment {
        no: old.map_or_else(|| next_no(world), |s| s.no.clone()),
        order_id: order.id,
        planned: Some(c.planned),
        method: c.method.clone(),
        vessel: c.vessel.clone(),
        bl_no: c.bl_no.clone(),
        note: c.note.clone(),
        ..old.cloned().unwrap_or_default()
    };
    let did = if old.is_some() {
        Did::ShipmentChanged
    } else {
        Did::ShipmentPlanned
    };
    let deed = Deed::new(did, &[&row.no]).about(&order.no);
    write(store, deed, Some(order.id), |tx| {
        let id = match old {
            Some(old) => {
                tx.update(&row)?;
                old.id
            }
            None => tx.insert(&row)?,
        };
        put_lines(tx, world, id, &lines)
    })
}

/// What may change of a shipment that has left: how it went, the number of its bill of lading.
fn after(
    store: &mut Store,
    order: &Order,
    old: &Shipment,
    c: &SaveShipment,
) -> Result<Done, Refusal> {
    let deed = Deed::new(Did::ShipmentChanged, &[&old.no]).about(&order.no);
    let row = Shipment {
        method: c.method.clone(),
        vessel: c.vessel.clone(),
        bl_no: c.bl_no.clone(),
        note: c.note.clone(),
        ..old.clone()
    };
    write(store, deed, Some(order.id), |tx| Ok(tx.update(&row)?))
}

pub(super) fn ship(store: &mut Store, world: &World, c: &Ship) -> Result<Done, Refusal> {
    let order = found(world.orders.get(c.order_id), c.order_id)?;
    let old = match c.shipment_id {
        None => None,
        Some(id) => {
            let known = pending(world, id)?.0;
            Some(found(Some(known).filter(|s| s.order_id == order.id), id)?)
        }
    };
    let lines = wanted(world, order, &c.lines)?;
    not_ahead("date", c.date, store.clock().today())?;
    if order.on_hold {
        required("note", &c.note)?;
    }
    let wish = Wish {
        shipment: old,
        lines: &lines,
        day: c.date,
    };
    needs_note(rule::broken(rule::check(world, order, &wish)), &c.note)?;
    let row = Shipment {
        no: old.map_or_else(|| next_no(world), |s| s.no.clone()),
        order_id: order.id,
        shipped_on: Some(c.date),
        method: c.method.clone(),
        bl_no: c.bl_no.clone(),
        note: c.note.clone(),
        ..old.cloned().unwrap_or_default()
    };
    let deed = Deed::new(Did::Shipped, &[&row.no]).about(&order.no);
    write(store, deed, Some(order.id), |tx| {
        let id = match old {
            Some(old) => {
                tx.update(&row)?;
                old.id
            }
            None => tx.insert(&row)?,
        };
        put_lines(tx, world, id, &lines)?;
        for (order_line_id, qty) in &lines {
            let line = world.order_lines.get(*order_line_id);
            if let Some(id) = line.and_then(|l| l.item_id) {
                let item: Item = tx.get(id)?;
                let on_hand = item.on_hand - *qty;
                tx.update(&Item { on_hand, ..item })?;
            }
        }
        Ok(())
    })
}

pub(super) fn book(store: &mut Store, world: &World, c: &Book) -> Result<Done, Refusal> {
    let (s, order) = pending(world, c.shipment_id)?;
    if c.booking_no.trim().is_empty() && c.vessel.trim().is_empty() {
        return Err(Refusal::at(
            "booking_no",
            Problem::Not(words::NOTHING_BOOKED),
        ));
    }
    if c.cut_off.is_some_and(|at| at.date() > c.planned) {
        return Err(Refusal::at("cut_off", Problem::Not(words::CUT_OFF_AFTER)));
    }
    let deed = Deed::new(Did::ShipmentBooked, &[&s.no]).about(&order.no);
    let row = Shipment {
        booking_no: c.booking_no.clone(),
        vessel: c.vessel.clone(),
        cut_off: c.cut_off,
        planned: Some(c.planned),
        method: c.method.clone(),
        ..s.clone()
    };
    write(store, deed, Some(order.id), |tx| Ok(tx.update(&row)?))
}

pub(super) fn cancel(
    store: &mut Store,
    world: &World,
    c: &CancelShipment,
) -> Result<Done, Refusal> {
    let (s, order) = pending(world, c.shipment_id)?;
    required("reason", &c.reason)?;
    let deed = Deed::new(Did::ShipmentCancelled, &[&s.no]).about(&order.no);
    let note = [s.note.as_str(), c.reason.trim()];
    let note: Vec<&str> = note.into_iter().filter(|t| !t.is_empty()).collect();
    let row = Shipment {
        cancelled_on: Some(store.clock().today()),
        note: note.join(" / "),
        ..s.clone()
    };
    write(store, deed, Some(order.id), |tx| Ok(tx.update(&row)?))
}

/// Records what a letter of credit says.
pub(super) fn credit(store: &mut Store, world: &World, c: &Credit) -> Result<Done, Refusal> {
    let order = found(world.orders.get(c.order_id), c.order_id)?;
    if c.amount.is_some_and(|a| !a.is_positive()) {
        return Err(Refusal::at("amount", Problem::NotPositive));
    }
    if let (Some(latest), Some(expiry)) = (c.latest_shipment, c.expiry)
        && expiry < latest
    {
        return Err(Refusal::at("expiry", Problem::Not(words::EXPIRES_BEFORE)));
    }
    let old = world.credits.of(order.id).next_back();
    let deed = Deed::new(Did::CreditSet, &[&order.no]).about(&order.no);
    write(store, deed, Some(order.id), |tx| {
        match old {
            Some(old) => tx.update(&Credit {
                id: old.id,
                revision: old.revision,
                ..c.clone()
            })?,
            None => {
                tx.insert(c)?;
            }
        }
        Ok(())
    })
}
