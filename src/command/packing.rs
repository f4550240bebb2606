//! Cartons and export papers of a shipment.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{Done, Problem, Refusal, found, not_ahead, positive, put_setting, write};
use crate::domain::codes::{Department, PaperKind};
use crate::domain::order::Order;
use crate::domain::progress::{Carton, ExportPaper, Shipment};
use crate::domain::rule::shipment::packing::{self, CARTONS_MAX, ROWS_MAX};
use crate::domain::rule::shipment::papers;
use crate::domain::world::World;
use crate::store::{Deed, Store};
use crate::text::{Did, shipping as words};

/// Adds cartons to a shipment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackCartons {
    pub shipment_id: i64,
    pub rows: Vec<Carton>,
}

/// Records a paper of a shipment: done, its number, another day or owner; or adds one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavePaper {
    pub shipment_id: i64,
    /// None: another one.
    pub paper_id: Option<i64>,
    pub kind: PaperKind,
    pub owner: Department,
    /// None: by the rule.
    pub due: Option<NaiveDate>,
    pub done_on: Option<NaiveDate>,
    pub number: String,
    pub note: String,
}

/// A shipment that was not cancelled, with its order: papers come after it has left too.
fn alive(world: &World, id: i64) -> Result<(&Shipment, &Order), Refusal> {
    let s = found(world.shipments.get(id), id)?;
    if s.cancelled_on.is_some() {
        return Err(Refusal::not(words::IS_CANCELLED));
    }
    Ok((s, found(world.orders.get(s.order_id), s.order_id)?))
}

fn sound(c: &Carton) -> Result<(), Refusal> {
    positive("per_carton", c.per_carton)?;
    let most = CARTONS_MAX;
    let within = |n: i64, least: i64| (least..=most).contains(&n);
    for (field, n, least) in [
        ("cartons", c.cartons, 1),
        ("first_no", c.first_no, 1),
        ("box", c.length_mm, 0),
        ("box", c.width_mm, 0),
        ("box", c.height_mm, 0),
    ] {
        if !within(n, least) {
            return Err(Refusal::at(field, Problem::NotWhole { least, most }));
        }
    }
    for (field, kg) in [("gross", c.gross_kg), ("net", c.net_kg)] {
        if kg.is_negative() {
            return Err(Refusal::at(field, Problem::NotPositive));
        }
    }
    Ok(())
}

/// What is in the cartons is of the order that the shipment is of.
fn of_order(world: &World, order: &Order, c: &Carton) -> Result<(), Refusal> {
    if let Some(id) = c.order_line_id {
        let line = world.order_lines.get(id);
        found(line.filter(|l| l.order_id == order.id), id)?;
    }
    Ok(())
}

pub(super) fn pack(store: &mut Store, world: &World, c: &PackCartons) -> Result<Done, Refusal> {
    let (s, order) = alive(world, c.shipment_id)?;
    if c.rows.is_empty() {
        return Err(Refusal::not(words::ALL_PACKED));
    }
    let all = world.cartons.of(s.id).chain(&c.rows);
    let cartons: i64 = all.clone().map(|c| c.cartons).sum();
    if cartons > CARTONS_MAX || all.count() > ROWS_MAX {
        return Err(Refusal::at(
            "per_carton",
            Problem::Not(words::TOO_MANY_CARTONS),
        ));
    }
    for row in &c.rows {
        sound(row)?;
        of_order(world, order, row)?;
    }
    let n = packing::totals(c.rows.iter()).cartons.to_string();
    let deed = Deed::new(Did::CartonsPacked, &[&s.no, &n]).about(&order.no);
    write(store, deed, Some(order.id), |tx| {
        for row in &c.rows {
            tx.insert(&Carton {
                shipment_id: s.id,
                ..row.clone()
            })?;
        }
        Ok(())
    })
}

/// Changes a row of the packing list.
pub(super) fn change(store: &mut Store, world: &World, c: &Carton) -> Result<Done, Refusal> {
    let old = found(world.cartons.get(c.id), c.id)?;
    let (s, order) = alive(world, old.shipment_id)?;
    sound(c)?;
    of_order(world, order, c)?;
    let deed = Deed::new(Did::CartonsChanged, &[&s.no]).about(&order.no);
    write(store, deed, Some(order.id), |tx| Ok(tx.update(c)?))
}

/// Takes a row off the packing list.
pub(super) fn drop_cartons(store: &mut Store, world: &World, id: i64) -> Result<Done, Refusal> {
    let old = found(world.cartons.get(id), id)?;
    let (s, order) = alive(world, old.shipment_id)?;
    let deed = Deed::new(Did::CartonsChanged, &[&s.no]).about(&order.no);
    write(store, deed, Some(order.id), |tx| {
        Ok(tx.delete::<Carton>(old.id)?)
    })
}

/// Lists the papers that a shipment needs and has not yet.
pub(super) fn make_papers(store: &mut Store, world: &World, id: i64) -> Result<Done, Refusal> {
    let (s, order) = alive(world, id)?;
    let kinds = papers::missing(world, order, s);
    if kinds.is_empty() {
        return Err(Refusal::not(words::ALL_LISTED));
    }
    let n = kinds.len().to_string();
    let deed = Deed::new(Did::PapersListed, &[&s.no, &n]).about(&order.no);
    write(store, deed, Some(order.id), |tx| {
        for kind in kinds {
            tx.insert(&ExportPaper {
                shipment_id: s.id,
                kind,
                owner: papers::owner(kind),
                ..ExportPaper::default()
            })?;
        }
        Ok(())
    })
}

pub(super) fn paper(store: &mut Store, world: &World, c: &SavePaper) -> Result<Done, Refusal> {
    let (s, order) = alive(world, c.shipment_id)?;
    if let Some(day) = c.done_on {
        not_ahead("done_on", day, store.clock().today())?;
    }
    if c.kind == PaperKind::Other && c.note.trim().is_empty() {
        return Err(Refusal::at("note", Problem::Required));
    }
    let old = match c.paper_id {
        None => None,
        Some(id) => Some(found(world.export_papers.get(id), id)?),
    };
    let row = ExportPaper {
        shipment_id: s.id,
        kind: c.kind,
        owner: c.owner,
        due: c.due,
        done_on: c.done_on,
        number: c.number.clone(),
        note: c.note.clone(),
        ..old.cloned().unwrap_or_default()
    };
    let did = if c.done_on.is_some() {
        Did::PaperDone
    } else {
        Did::PaperChanged
    };
    let deed = Deed::new(did, &[c.kind.code()]).about(&order.no);
    write(store, deed, Some(order.id), |tx| {
        match old {
            Some(_) => tx.update(&row)?,
            None => {
                tx.insert(&row)?;
            }
        }
        Ok(())
    })
}

/// Takes a paper off the list that is not needed.
pub(super) fn drop_paper(store: &mut Store, world: &World, id: i64) -> Result<Done, Refusal> {
    let old = found(world.export_papers.get(id), id)?;
    let (_, order) = alive(world, old.shipment_id)?;
    if old.done_on.is_some() {
        return Err(Refusal::not(words::PAPER_IS_DONE));
    }
    let deed = Deed::new(Did::PaperDropped, &[old.kind.code()]).about(&order.no);
    write(store, deed, Some(order.id), |tx| {
        Ok(tx.delete::<ExportPaper>(old.id)?)
    })
}

/// Sets how many days before or after each kind of paper is due.
pub(super) fn days(
    store: &mut Store,
    world: &World,
    days: &BTreeMap<PaperKind, i64>,
) -> Result<Done, Refusal> {
    for (kind, days) in days {
        if !(0..=papers::DAYS_MAX).contains(days) {
            let most = papers::DAYS_MAX;
            return Err(Refusal::at(
                kind.code(),
                Problem::NotWhole { least: 0, most },
            ));
        }
    }
    let deed = Deed::new(Did::SettingChanged, &[papers::KEY]);
    write(store, deed, None, |tx| {
        put_setting(tx, world, papers::KEY.to_owned(), papers::days_text(days))
    })
}
