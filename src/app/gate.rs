//! The materials of the release gate: what is not there when its operation starts.
//!
//! Stands on the computed plan and on what was allotted to the production order.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::app::outlook::{KitPart, Outlook};
use crate::domain::production::{Operation, ProductionOrder};
use crate::domain::rule::gate::{self, Item, Missing};
use crate::domain::world::World;

/// Everything that is missing before a production order may be released: papers, then materials.
#[must_use]
pub fn gate(
    world: &World,
    outlook: &Outlook,
    made: &ProductionOrder,
    today: NaiveDate,
) -> Vec<Item> {
    let mut list = gate::papers(world, made, today);
    list.extend(materials(world, outlook, made));
    list
}

/// Materials that are not there in full the day before their operation starts.
///
/// The start is that of the accepted plan, else the computed one. A material that nothing on order
/// covers is missing whatever the start.
#[must_use]
pub fn materials(world: &World, outlook: &Outlook, made: &ProductionOrder) -> Vec<Item> {
    let Some(kit) = outlook.kits.get(&made.id) else {
        return Vec::new();
    };
    let starts = starts(world, outlook, made);
    let first = starts.values().flatten().min().copied();
    let item = |part: &KitPart| {
        let needed = taken_at(world, made, part.item_id)
            .and_then(|seq| starts.get(&seq).copied().flatten())
            .or(first);
        Item {
            order_id: None,
            missing: Missing::Material {
                item_id: part.item_id,
                short: (part.need - part.covered).floor_zero(),
                ready: part.ready,
                needed,
            },
        }
    };
    let late = |item: &Item| match item.missing {
        Missing::Material {
            short,
            ready,
            needed,
            ..
        } => short.is_positive() && ready.is_none_or(|at| needed.is_some_and(|by| at >= by)),
        _ => false,
    };
    kit.parts.iter().map(item).filter(late).collect()
}

/// When each operation starts, by its sequence.
fn starts(
    world: &World,
    outlook: &Outlook,
    made: &ProductionOrder,
) -> BTreeMap<i64, Option<NaiveDate>> {
    let start = |o: &Operation| {
        let computed = outlook.places.get(&o.id).map(|place| place.starts);
        (o.seq, o.starts.or(computed).map(|at| at.date()))
    };
    world.operations.of(made.id).map(start).collect()
}

/// The operation that takes a material, where the bill says it.
fn taken_at(world: &World, made: &ProductionOrder, component: i64) -> Option<i64> {
    let lines = world.bom_lines.of(made.item_id?);
    let mine = lines.filter(|line| line.component_id == component);
    mine.filter_map(|line| line.operation).min()
}
