//! Ended orders go on the shelf, and come back from it.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{Done, Refusal, put_setting, write};
use crate::domain::order::Order;
use crate::domain::purchase::Purchase;
use crate::domain::rule::{number, shelf};
use crate::domain::world::World;
use crate::store::{Deed, Store, Tx};
use crate::text::{Did, shelf as words};

/// Puts on the shelf what ended, and to which nothing has happened since a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shelve {
    pub before: NaiveDate,
}

pub(super) fn shelve(store: &mut Store, world: &World, c: Shelve) -> Result<Done, Refusal> {
    let resting = shelf::resting(world, c.before);
    let counts = [resting.orders.len(), resting.purchases.len()].map(|n| n.to_string());
    let deed = Deed::new(Did::Shelved, &[&counts[0], &counts[1]]);
    let numbers = highest(world, &resting);
    write(store, deed, None, |tx| {
        for (id, day) in &resting.orders {
            let order: Order = tx.get(*id)?;
            tx.update(&Order {
                shelf_day: Some(*day),
                ..order
            })?;
        }
        for (id, day) in &resting.purchases {
            let line: Purchase = tx.get(*id)?;
            tx.update(&Purchase {
                shelf_day: Some(*day),
                ..line
            })?;
        }
        for (prefix, no) in numbers {
            put_setting(tx, world, format!("{}{prefix}", shelf::LAST_NUMBER), no)?;
        }
        Ok(())
    })
}

/// The highest numbers that go out of sight, by prefix, as far as no higher one is known.
fn highest(world: &World, resting: &shelf::Resting) -> BTreeMap<&'static str, String> {
    let mut gone: BTreeMap<&'static str, Vec<&str>> = BTreeMap::new();
    for (id, _) in &resting.orders {
        let Some(order) = world.orders.get(*id) else {
            continue;
        };
        gone.entry(number::ORDER).or_default().push(&order.no);
        let queries = world.queries.of(order.id).map(|q| q.no.as_str());
        gone.entry(number::QUERY).or_default().extend(queries);
        let shipments = world.shipments.of(order.id).map(|s| s.no.as_str());
        gone.entry(number::SHIPMENT).or_default().extend(shipments);
        let lines = world.order_lines.of(order.id);
        let made = lines
            .flat_map(|l| world.production_orders.of(l.id))
            .map(|m| m.no.as_str());
        gone.entry(number::PRODUCTION_ORDER)
            .or_default()
            .extend(made);
    }
    let bought = resting.purchases.iter();
    let bought = bought.filter_map(|(id, _)| Some(world.purchases.get(*id)?.no.as_str()));
    gone.entry(number::PURCHASE).or_default().extend(bought);
    let last = |prefix, numbers: Vec<&str>| {
        let all = numbers.into_iter().chain(shelf::last_numbers(world));
        number::highest(prefix, all)
    };
    gone.into_iter()
        .filter_map(|(prefix, numbers)| Some((prefix, last(prefix, numbers)?)))
        .collect()
}

/// Takes an order down from the shelf, with the purchase lines that were for it.
pub(super) fn take_down(store: &mut Store, order_id: i64) -> Result<Done, Refusal> {
    let order: Order = store.row(order_id)?;
    if order.shelf_day.is_none() {
        return Err(Refusal::not(words::NOT_ON_SHELF));
    }
    let deed = Deed::new(Did::TakenDown, &[&order.no]).about(&order.no);
    write(store, deed, Some(order_id), |tx: &mut Tx<'_>| {
        tx.update(&Order {
            shelf_day: None,
            ..order
        })?;
        for line in tx.among::<Purchase>("order_id", order_id)? {
            let shelf_day = None;
            tx.update(&Purchase { shelf_day, ..line })?;
        }
        Ok(())
    })
}
