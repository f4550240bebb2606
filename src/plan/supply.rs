//! From the rows of the file to the explosion's input: what is there, what is coming, who needs it.
//!
//! Parts that a production order has built in already are no need of it any more: pieces that are
//! past the operation which takes a part count as issued.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};

use super::explode::{self, amount};
use crate::domain::codes::{OrderState, WastageRule};
use crate::domain::item::{BomLine, Item};
use crate::domain::order::{Order, OrderLine};
use crate::domain::production::{Operation, ProductionOrder};
use crate::domain::quantity::Qty;
use crate::domain::rule::{delivery, production, purchase};
use crate::domain::world::World;

/// Days from today to a date nobody has named.
pub(super) const NO_DATE_DAYS: u64 = 90;
/// Units that come in whole pieces only.
const WHOLE_UNITS: &[&str] = &[
    "pcs", "pc", "set", "sets", "pair", "pairs", "件", "个", "只", "套", "条", "双", "EA",
];

/// Production orders that still need parts or time.
pub(super) fn live(world: &World) -> impl Iterator<Item = &ProductionOrder> {
    world
        .production_orders
        .iter()
        .filter(|made| production::is_live(production::standing(world, made)))
}

/// When a production order has to be finished: the earliest date of its lines, or a date far enough
/// away.
pub(super) fn due_of(world: &World, made: &ProductionOrder, today: NaiveDate) -> NaiveDate {
    production::due(world, made)
        .or_else(|| today.checked_add_days(Days::new(NO_DATE_DAYS)))
        .unwrap_or(today)
}

/// Everything the explosion needs to know.
#[must_use]
pub fn input(world: &World, today: NaiveDate) -> explode::Input {
    let mut needs = Vec::new();
    let orders = world
        .orders
        .iter()
        .filter(|o| o.state == OrderState::Accepted && !o.on_hold);
    for order in orders {
        needs.extend(
            world
                .order_lines
                .of(order.id)
                .filter_map(|line| need(world, order, line, today)),
        );
    }
    let asked: BTreeSet<i64> = needs.iter().map(|n| n.id).collect();
    explode::Input {
        today,
        settings: explode::Settings::default(),
        calendars: world.all_calendars(),
        items: world.items.iter().map(|i| item(world, i)).collect(),
        bom: world.bom_lines.iter().map(bom_line).collect(),
        purchases: world
            .purchases
            .iter()
            .filter_map(|p| coming(world, p, today))
            .collect(),
        productions: live(world)
            .map(|made| open_production(world, made, today, &asked))
            .collect(),
        reservations: reservations(world, &asked),
        needs,
    }
}

/// What was set aside by hand. A part of a purchase line that has come already lies in the stock,
/// so the reservation follows it there.
fn reservations(world: &World, asked: &BTreeSet<i64>) -> Vec<explode::Reservation> {
    let mut arrived: BTreeMap<i64, Qty> = BTreeMap::new();
    let mut out = Vec::new();
    for kept in &world.reservations {
        let holder = match (kept.production_order_id, kept.order_line_id) {
            (Some(id), _) => explode::Holder::Production(id),
            (None, Some(id)) if asked.contains(&id) => explode::Holder::Need(id),
            _ => continue,
        };
        let part = |purchase, qty| explode::Reservation {
            id: kept.id,
            item: kept.item_id,
            qty,
            purchase,
            holder,
        };
        let Some(line) = world.purchases.find(kept.purchase_id) else {
            out.push(part(None, kept.qty));
            continue;
        };
        let came = arrived.entry(line.id).or_insert_with(|| {
            let accepted = purchase::arrival(world, line).accepted.floor_zero();
            purchase::in_item_unit(world, line, accepted)
        });
        let here = kept.qty.min(*came);
        *came -= here;
        out.extend(here.is_positive().then(|| part(None, here)));
        let rest = kept.qty - here;
        out.extend(rest.is_positive().then(|| part(Some(line.id), rest)));
    }
    out
}

fn item(world: &World, item: &Item) -> explode::Item {
    let source = match (item.phantom, item.customer_supplied, item.make) {
        (true, ..) => explode::Source::Phantom,
        (_, true, _) => explode::Source::Customer,
        (.., true) => explode::Source::Make,
        _ => explode::Source::Buy,
    };
    let supplier = world.suppliers.find(item.supplier_id);
    let calendar = if item.make {
        None
    } else {
        supplier.and_then(|s| s.calendar_id)
    };
    let substitutes = world
        .substitutes
        .of(item.id)
        .filter(|s| !s.approved_by.is_empty());
    explode::Item {
        on_hand: item.on_hand.floor_zero(),
        on_hold: item.on_hold,
        safety_stock: item.safety_stock,
        lead_days: u32::try_from(item.lead_days).unwrap_or(0),
        calendar: Some(world.calendar_or_own(calendar).code.clone()),
        moq: item.moq,
        multiple: item.multiple,
        max_lot: item.max_lot,
        group_days: u32::try_from(item.group_days).unwrap_or(0),
        assembly_wastage: item.assembly_wastage,
        unit_step: if WHOLE_UNITS.contains(&item.unit.as_str()) {
            Qty::ONE
        } else {
            Qty::ZERO
        },
        substitutes: substitutes
            .map(|s| explode::Substitute {
                item: s.substitute_id,
                ratio: s.factor,
            })
            .collect(),
        ..explode::Item::new(item.id, &item.code, source)
    }
}

fn bom_line(line: &BomLine) -> explode::BomLine {
    explode::BomLine {
        parent: line.item_id,
        component: line.component_id,
        per: line.qty,
        fixed: line.fixed,
        wastage: line.wastage,
        wastage_rule: match line.wastage_rule {
            WastageRule::Multiply => explode::WastageRule::Multiply,
            WastageRule::Divide => explode::WastageRule::Divide,
        },
        operation: line.operation,
    }
}

/// An order line's need of its product, named by the line's id.
fn need(world: &World, order: &Order, line: &OrderLine, today: NaiveDate) -> Option<explode::Need> {
    let open = delivery::line_qty(world, line).open;
    open.is_positive().then_some(())?;
    Some(explode::Need {
        id: line.id,
        item: line.item_id?,
        qty: open,
        date: delivery::line_due(line).unwrap_or(today).max(today),
        weight: delivery::weight(world, order).0,
        order_date: order.received_at.map_or(today, |at| at.date()),
        order: order.no.clone(),
        line: line.no,
    })
}

fn coming(
    world: &World,
    line: &crate::domain::purchase::Purchase,
    today: NaiveDate,
) -> Option<explode::Purchase> {
    let qty_open = purchase::arrival(world, line).open;
    qty_open.is_positive().then(|| explode::Purchase {
        id: line.id,
        label: format!("{}/{}", line.no, line.line),
        item: line.item_id,
        qty_open: purchase::in_item_unit(world, line, qty_open),
        expected: purchase::expected(world, line, today),
        need: None,
    })
}

/// Pieces of a production order that have not come through its last operation.
fn unfinished(world: &World, made: &ProductionOrder) -> Qty {
    let last = world.operations.of(made.id).max_by_key(|o| o.seq);
    last.map_or(made.qty, |o| production::left(world, made, o))
}

fn open_production(
    world: &World,
    made: &ProductionOrder,
    today: NaiveDate,
    asked: &BTreeSet<i64>,
) -> explode::Production {
    let open = unfinished(world, made);
    let due = due_of(world, made, today).max(today);
    let first = world.operations.of(made.id).min_by_key(|o| o.seq);
    let start = |o: Option<&Operation>| {
        o.and_then(|o| o.starts)
            .map_or(today, |at| at.date().max(today))
    };
    let begun = world
        .operations
        .of(made.id)
        .any(|o| production::done(world, o).is_positive());
    explode::Production {
        id: made.id,
        label: made.no.clone(),
        item: made.item_id.unwrap_or_default(),
        qty_open: open,
        start: start(first),
        due,
        need: made.order_line_id.filter(|id| asked.contains(id)),
        also: world
            .production_order_lines
            .of(made.id)
            .filter(|share| asked.contains(&share.order_line_id))
            .map(|share| (share.order_line_id, share.qty))
            .collect(),
        stage: if begun {
            explode::Stage::Running
        } else {
            explode::Stage::Waiting
        },
        issued: issued(world, made, open),
        operation_starts: world
            .operations
            .of(made.id)
            .map(|o| explode::OperationStart {
                seq: o.seq,
                date: start(Some(o)),
            })
            .collect(),
    }
}

/// What pieces on their way through the operations have taken already.
fn issued(world: &World, made: &ProductionOrder, open: Qty) -> Vec<explode::Issued> {
    let Some(item) = world.items.find(made.item_id) else {
        return Vec::new();
    };
    let parent = self::item(world, item);
    let first = world.operations.of(made.id).map(|o| o.seq).min();
    let mut taken: BTreeMap<i64, Qty> = BTreeMap::new();
    for line in world.bom_lines.of(item.id) {
        let at = line.operation.or(first);
        let operation = world.operations.of(made.id).find(|o| Some(o.seq) == at);
        let left = operation
            .map_or(open, |o| production::without_parts(world, made, o))
            .min(open);
        let need = |qty: Qty| {
            amount::component_need(
                amount::start_qty(&parent, qty),
                &bom_line(line),
                explode::Stage::Running,
            )
            .0
        };
        let qty = (need(open) - need(left)).floor_zero();
        if qty.is_positive() {
            *taken.entry(line.component_id).or_default() += qty;
        }
    }
    taken
        .into_iter()
        .map(|(item, qty)| explode::Issued { item, qty })
        .collect()
}

/// What one line of a product's bill needs for `qty` pieces, wastage included.
#[must_use]
pub fn component_need(world: &World, parent: &Item, line: &BomLine, qty: Qty) -> Qty {
    let start = amount::start_qty(&item(world, parent), qty);
    amount::component_need(start, &bom_line(line), explode::Stage::Waiting).0
}
