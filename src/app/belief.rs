//! What the program knows to the question that a department is asked in the joint review.
//!
//! Only what it can stand for: where it knows nothing, nothing is said. Each value names what it
//! rests on, and stays the department's to change.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::outlook::{Bound, Outlook};
use crate::domain::codes::Department;
use crate::domain::order::Order;
use crate::domain::quantity::Qty;
use crate::domain::rule::order_class::{self, MaterialState};
use crate::domain::rule::review::Snapshot;
use crate::domain::rule::{consistency, delivery, purchase};
use crate::domain::world::World;
use crate::plan::supply;

/// What a value rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Basis {
    /// Free stock covers every material.
    Stock,
    /// Free stock does not cover all of them.
    Short,
    /// The date on which the last material can be there; its name, empty where stock does it.
    Material(String),
    /// So many working days of the routing.
    Routing(i64),
    /// The planner's earliest date, and what binds it last.
    Planner(Option<(Bound, String)>),
    /// Nothing is left to be asked of the papers.
    PapersClear,
    /// Questions to the technical department that are open, by number.
    Queries(Vec<String>),
}

/// What the program would answer in a department's place.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Belief {
    pub date: Option<NaiveDate>,
    pub days: Option<i64>,
    pub satisfied: Option<bool>,
    /// Materials that free stock does not cover.
    pub short: Vec<Cover>,
    pub basis: Vec<Basis>,
}

/// How far free stock covers a material of an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cover {
    pub item_id: i64,
    pub need: Qty,
    /// On hand less what is on hold and what is allotted to production orders.
    pub free: Qty,
}

impl Cover {
    /// What is missing; zero where stock does it.
    #[must_use]
    pub fn missing(&self) -> Qty {
        (self.need - self.free).floor_zero()
    }
}

/// What the planner makes of an order, as a round is to remember it.
#[must_use]
pub fn snapshot(world: &World, outlook: &Outlook, order: &Order) -> Snapshot {
    let promise = outlook.promises.get(&order.id);
    Snapshot {
        planner: promise.and_then(|p| p.date),
        unlimited: promise.and_then(|p| p.unlimited),
        material: promise.and_then(|p| p.material_ready),
        material_by: promise.map(|p| p.material_by.clone()).unwrap_or_default(),
        operation_days: promise.map(|p| p.operation_days),
        ..Snapshot::of(world, order)
    }
}

/// What each material of an order needs and what free stock covers, by item; parts of parts are
/// not looked into, since they are made when they are needed.
#[must_use]
pub fn cover(world: &World, outlook: &Outlook, order: &Order) -> Vec<Cover> {
    let mut needs: BTreeMap<i64, Qty> = BTreeMap::new();
    for line in world.order_lines.of(order.id) {
        let Some(item) = world.items.find(line.item_id) else {
            continue;
        };
        let qty = delivery::line_qty(world, line).open;
        if !qty.is_positive() {
            continue;
        }
        for part in world.bom_lines.of(item.id) {
            *needs.entry(part.component_id).or_default() +=
                supply::component_need(world, item, part, qty);
        }
    }
    let mut taken: BTreeMap<i64, Qty> = BTreeMap::new();
    for part in outlook.kits.values().flat_map(|kit| &kit.parts) {
        *taken.entry(part.item_id).or_default() += part.covered;
    }
    let one = |(item_id, need): (i64, Qty)| {
        let item = world.items.get(item_id)?;
        let taken = taken.get(&item_id).copied().unwrap_or_default();
        let free = (purchase::usable(item) - taken).floor_zero();
        Some(Cover {
            item_id,
            need,
            free,
        })
    };
    needs.into_iter().filter_map(one).collect()
}

/// What the program would answer in a department's place.
#[must_use]
pub fn belief(
    world: &World,
    outlook: &Outlook,
    order: &Order,
    department: Department,
    today: NaiveDate,
) -> Belief {
    let wish = delivery::requested(world, order);
    match department {
        Department::Technical => technical(world, outlook, order, today),
        Department::Purchasing => purchasing(world, outlook, order, wish),
        Department::Warehouse => warehouse(world, outlook, order),
        Department::Production => production(outlook, order, wish),
        Department::Sales | Department::Qc | Department::Shipping | Department::Finance => {
            Belief::default()
        }
    }
}

/// The days of the routing; yes where no question to the department is open.
fn technical(world: &World, outlook: &Outlook, order: &Order, today: NaiveDate) -> Belief {
    let open = world
        .queries
        .of(order.id)
        .filter(|q| q.answered_on.is_none() && q.department == Department::Technical);
    let open: Vec<String> = open.map(|q| q.no.clone()).collect();
    let clear = open.is_empty() && consistency::blocking(world, order).is_empty();
    let mut found = Belief::default();
    if !open.is_empty() {
        found.basis.push(Basis::Queries(open));
    } else if clear && consistency::papers(world, order).next().is_some() {
        found.satisfied = Some(true);
        found.basis.push(Basis::PapersClear);
    }
    if let Some(promise) = outlook.promises.get(&order.id) {
        // The plain-days rule counts calendar days, so closed days are put in.
        let start = promise
            .material_ready
            .map_or(today, |ready| ready.max(today));
        let end = after(world, start, promise.operation_days);
        found.days = end.map(|end| (end - start).num_days());
        found.basis.push(Basis::Routing(promise.operation_days));
    }
    found
}

/// The day so many working days of the factory after another.
fn after(world: &World, day: NaiveDate, days: i64) -> Option<NaiveDate> {
    let days = i32::try_from(days).ok()?;
    world.factory_calendar().add_days(day, days)
}

/// When the last material can be there; yes where the days of the routing still fit after it.
fn purchasing(world: &World, outlook: &Outlook, order: &Order, wish: Option<NaiveDate>) -> Belief {
    let Some(promise) = outlook.promises.get(&order.id) else {
        return Belief::default();
    };
    let Some(ready) = promise.material_ready else {
        return Belief::default();
    };
    let through = after(world, ready, promise.operation_days);
    Belief {
        date: Some(ready),
        satisfied: through.zip(wish).map(|(through, wish)| through <= wish),
        basis: vec![Basis::Material(promise.material_by.clone())],
        ..Belief::default()
    }
}

/// What free stock covers; what it does not is purchasing's to bring, so it is a risk and no "no".
fn warehouse(world: &World, outlook: &Outlook, order: &Order) -> Belief {
    let cover = cover(world, outlook, order);
    if cover.is_empty() {
        return Belief::default();
    }
    let short: Vec<Cover> = cover
        .into_iter()
        .filter(|c| c.missing().is_positive())
        .collect();
    let basis = if short.is_empty() {
        Basis::Stock
    } else {
        Basis::Short
    };
    Belief {
        satisfied: Some(true),
        short,
        basis: vec![basis],
        ..Belief::default()
    }
}

/// The planner's earliest date against the wish.
fn production(outlook: &Outlook, order: &Order, wish: Option<NaiveDate>) -> Belief {
    let Some(promise) = outlook.promises.get(&order.id) else {
        return Belief::default();
    };
    let Some(date) = promise.date else {
        return Belief::default();
    };
    let binding = promise.chains.first().and_then(|c| c.binding.clone());
    Belief {
        date: Some(date),
        satisfied: wish.map(|wish| date <= wish),
        basis: vec![Basis::Planner(binding)],
        ..Belief::default()
    }
}

/// Whether materials hold an order up: by the kits of its production orders, else by when netting
/// could have all of them; none where nothing is known of its materials.
#[must_use]
pub fn material_state(
    world: &World,
    outlook: &Outlook,
    order: &Order,
    today: NaiveDate,
) -> Option<MaterialState> {
    let made = crate::domain::rule::production::of_order(world, order);
    let mut found: Option<MaterialState> = None;
    for made in made {
        let Some(kit) = outlook.kits.get(&made.id).filter(|k| !k.parts.is_empty()) else {
            continue;
        };
        let start = outlook.finishes.get(&made.id).map(|f| f.starts.date());
        let state = kit.ready.map_or(MaterialState::Waiting, |ready| {
            order_class::material_state(ready, start, today)
        });
        found = found.max(Some(state));
    }
    found.or_else(|| {
        let ready = outlook.promises.get(&order.id)?.material_ready?;
        Some(order_class::material_state(ready, None, today))
    })
}
