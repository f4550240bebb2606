//! What sheets say of purchases and stock: suppliers' promises, receipts, counts, purchase lines that
//! were placed. A file is one change: all of it or nothing, and one step of undo.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::orders::{keep_mapping, keep_source};
use super::{Done, Problem, Refusal, found, not_ahead, positive, required, write};
use crate::domain::codes::Firmness;
use crate::domain::followup::{HeadingMap, SourceFile};
use crate::domain::item::Item;
use crate::domain::purchase::{Promise, Purchase, Receipt};
use crate::domain::quantity::Qty;
use crate::domain::rule::purchase as rule;
use crate::domain::world::World;
use crate::store::{Deed, Store, Tx};
use crate::text::{Did, say};

/// Rows of a file that is kept as evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Take<T> {
    /// The file, already kept by content.
    pub source: SourceFile,
    /// What the user said about the file's headings, kept for the next file from there.
    pub mapping: Option<HeadingMap>,
    pub rows: Vec<T>,
}

/// A date from a supplier's confirmation; never changes an earlier one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakePromise {
    pub purchase_id: i64,
    pub date: NaiveDate,
    /// Zero: all that is open.
    pub qty: Qty,
    pub said_on: NaiveDate,
    pub said_by: String,
    /// The file and its row, and the supplier's words.
    pub note: String,
}

/// A receipt of the warehouse.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakeReceipt {
    pub purchase_id: i64,
    pub date: NaiveDate,
    pub accepted: Qty,
    pub rejected: Qty,
    pub held: Qty,
    pub document: String,
    /// Why more came than was ordered, where it did.
    pub reason: String,
    /// The file and its row.
    pub from: String,
}

/// What was counted of an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakeCount {
    pub item_id: i64,
    pub on_hand: Qty,
    pub on_hold: Qty,
}

/// A purchase line that was placed elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakePurchase {
    pub purchase: Purchase,
    /// The supplier's first date, where the sheet has it.
    pub promised: Option<NaiveDate>,
    pub said_on: NaiveDate,
    /// The file and its row.
    pub from: String,
}

/// Writes the rows of a file under one deed that counts them and names it.
pub(super) fn take<T>(
    store: &mut Store,
    world: &World,
    did: Did,
    c: &Take<T>,
    rows: impl FnOnce(&mut Tx<'_>) -> Result<(), Refusal>,
) -> Result<Done, Refusal> {
    let deed = Deed::new(did, &[&c.source.name, &c.rows.len().to_string()]);
    write(store, deed, None, |tx| {
        if !c.rows.is_empty() {
            keep_source(tx, world, &c.source)?;
            keep_mapping(tx, world, c.mapping.as_ref())?;
        }
        rows(tx)
    })
}

pub(super) fn promises(
    store: &mut Store,
    world: &World,
    c: &Take<TakePromise>,
) -> Result<Done, Refusal> {
    let today = store.clock().today();
    for row in &c.rows {
        found(world.purchases.get(row.purchase_id), row.purchase_id)?;
        not_ahead("said_on", row.said_on, today)?;
        if row.qty.is_negative() {
            return Err(Refusal::at("qty", Problem::NotPositive));
        }
    }
    take(store, world, Did::PromisesTaken, c, |tx| {
        for row in &c.rows {
            tx.insert(&Promise {
                purchase_id: row.purchase_id,
                date: row.date,
                qty: row.qty,
                said_on: row.said_on,
                said_by: row.said_by.clone(),
                firmness: Firmness::Written,
                note: row.note.clone(),
                ..Promise::default()
            })?;
        }
        Ok(())
    })
}

pub(super) fn receipts(
    store: &mut Store,
    world: &World,
    c: &Take<TakeReceipt>,
) -> Result<Done, Refusal> {
    let today = store.clock().today();
    let mut came: BTreeMap<i64, Qty> = BTreeMap::new();
    let mut stock: BTreeMap<i64, (Qty, Qty)> = BTreeMap::new();
    for row in &c.rows {
        let line = found(world.purchases.get(row.purchase_id), row.purchase_id)?;
        not_ahead("date", row.date, today)?;
        if [row.accepted, row.rejected, row.held]
            .iter()
            .any(|q| q.is_negative())
        {
            return Err(Refusal::at("accepted", Problem::NotPositive));
        }
        positive("accepted", row.accepted + row.rejected + row.held)?;
        let sum = came.entry(line.id).or_insert_with(|| {
            let known = rule::arrival(world, line);
            known.settled()
        });
        *sum += row.accepted + row.held;
        let most = most(line);
        if *sum > most && row.reason.trim().is_empty() {
            let unit = line.unit.clone();
            return Err(Refusal::at(
                "accepted",
                Problem::MoreThanOrdered { most, unit },
            ));
        }
        // Rejected goods stand apart and go back; they never were stock.
        let (on_hand, on_hold) = stock.entry(line.item_id).or_default();
        let own = |qty| rule::in_item_unit(world, line, qty);
        *on_hand += own(row.accepted + row.held);
        *on_hold += own(row.held);
    }
    take(store, world, Did::ReceiptsTaken, c, |tx| {
        for row in &c.rows {
            let note = format!("{} {}", row.from, row.reason);
            tx.insert(&Receipt {
                purchase_id: row.purchase_id,
                date: row.date,
                accepted: row.accepted,
                rejected: row.rejected,
                held: row.held,
                document: row.document.clone(),
                note: note.trim().to_owned(),
                ..Receipt::default()
            })?;
        }
        for (id, (more, held)) in &stock {
            let item: Item = tx.get(*id)?;
            tx.update(&Item {
                on_hand: item.on_hand + *more,
                on_hold: item.on_hold + *held,
                ..item
            })?;
        }
        Ok(())
    })
}

/// What may come of a purchase line at most: ordered with its tolerance.
#[must_use]
pub fn most(line: &Purchase) -> Qty {
    line.qty + line.qty.times(line.over_pct)
}

pub(super) fn counts(
    store: &mut Store,
    world: &World,
    c: &Take<TakeCount>,
) -> Result<Done, Refusal> {
    for row in &c.rows {
        found(world.items.get(row.item_id), row.item_id)?;
        if row.on_hand.is_negative() {
            return Err(Refusal::at("on_hand", Problem::NotPositive));
        }
        if row.on_hold.is_negative() || row.on_hold > row.on_hand {
            return Err(Refusal::at("on_hold", Problem::Not(say::HOLD_WITHIN_STOCK)));
        }
    }
    take(store, world, Did::CountsTaken, c, |tx| {
        for row in &c.rows {
            let item = found(world.items.get(row.item_id), row.item_id)?;
            tx.update(&Item {
                on_hand: row.on_hand,
                on_hold: row.on_hold,
                ..item.clone()
            })?;
        }
        Ok(())
    })
}

pub(super) fn purchases(
    store: &mut Store,
    world: &World,
    c: &Take<TakePurchase>,
) -> Result<Done, Refusal> {
    let today = store.clock().today();
    for row in &c.rows {
        let line = &row.purchase;
        required("no", &line.no)?;
        positive("qty", line.qty)?;
        found(world.items.get(line.item_id), line.item_id)?;
        not_ahead("ordered_on", line.ordered_on.unwrap_or(today), today)?;
        let taken = |p: &&Purchase| p.no == line.no && p.line == line.line;
        if world.purchases.iter().any(|p| taken(&p)) {
            let no = format!("{}/{}", line.no, line.line);
            return Err(Refusal::whole(Problem::DuplicateNo { no }));
        }
    }
    take(store, world, Did::PurchasesTaken, c, |tx| {
        for row in &c.rows {
            let purchase_id = tx.insert(&row.purchase)?;
            if let Some(date) = row.promised {
                tx.insert(&Promise {
                    purchase_id,
                    date,
                    said_on: row.said_on,
                    firmness: Firmness::Written,
                    note: row.from.clone(),
                    ..Promise::default()
                })?;
            }
        }
        Ok(())
    })
}
