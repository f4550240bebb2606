//! An order that is still open, as if it were made: its routing, its parts from what is left over.

use super::spare::{Draw, Spare};
use super::*;

/// One line of an open order as a job, with what is known of its materials.
#[derive(Debug, Clone)]
pub(super) struct Trial {
    pub(super) line_id: i64,
    pub(super) job: Job,
    /// When all material can be there; `None` where only the customer could tell.
    pub(super) material: Option<NaiveDate>,
    /// The material that decides, where one has to be waited for.
    pub(super) material_by: Option<i64>,
}

/// The lines of an order that have a routing, in their order; each leaves less for the next.
pub(super) fn trials(world: &World, order: &Order, spare: &Spare, now: Moment) -> Vec<Trial> {
    let mut spare = spare.drawn_by(world.order_lines.of(order.id).map(|l| l.id));
    world
        .order_lines
        .of(order.id)
        .filter_map(|line| trial(world, order, line, &mut spare, now))
        .collect()
}

fn trial(
    world: &World,
    order: &Order,
    line: &OrderLine,
    spare: &mut Draw<'_>,
    now: Moment,
) -> Option<Trial> {
    let item = world.items.find(line.item_id)?;
    let today = now.date();
    let first = world.routing_steps.of(item.id).map(|s| s.seq).min()?;
    let qty = delivery::line_qty(world, line).open;
    if !qty.is_positive() {
        return None;
    }
    // When the parts of each operation are there, and which of them is the last.
    let mut ready: BTreeMap<i64, (NaiveDate, i64)> = BTreeMap::new();
    let mut material = Some(today);
    for bom in world.bom_lines.of(item.id) {
        let Some(part) = world.items.get(bom.component_id) else {
            continue;
        };
        let need = supply::component_need(world, item, bom, qty);
        let at = spare.take(world, part, need, today, 0);
        material = material
            .zip(at.as_ref().map(|r| r.date))
            .map(|(a, b)| a.max(b));
        if let Some(at) = at.filter(|at| at.date > today) {
            let slot = ready
                .entry(bom.operation.unwrap_or(first))
                .or_insert((at.date, at.item));
            *slot = (*slot).max((at.date, at.item));
        }
    }
    let due =
        delivery::line_due(line).or_else(|| today.checked_add_days(Days::new(NO_DATE_DAYS)))?;
    let step = |s: &crate::domain::item::RoutingStep| step(world, s, qty, ready.get(&s.seq));
    let job = Job {
        id: format!("{}/{}", order.no, line.no),
        order: order.no.clone(),
        item: item.code.clone(),
        family: item.family.clone(),
        weight: delivery::weight(world, order),
        release: minute_of(now.0),
        due: due_minute(due),
        operations: world.routing_steps.of(item.id).map(step).collect(),
        policy: jobs::policy(order),
        ..Job::default()
    };
    Some(Trial {
        line_id: line.id,
        job,
        material,
        material_by: ready.values().max().map(|(_, item)| *item),
    })
}

fn step(
    world: &World,
    s: &crate::domain::item::RoutingStep,
    qty: Qty,
    ready: Option<&(NaiveDate, i64)>,
) -> Operation {
    let centre = world.work_centres.get(s.work_centre_id);
    let code = centre.map(|c| c.code.clone()).unwrap_or_default();
    let way = match s.outsource_days {
        Some(days) => Way::Outside {
            supplier: code,
            days,
            calendar: None,
        },
        None => Way::Centre {
            centre: code,
            setup_minutes: s.setup_minutes,
            minutes_per_unit: s.minutes_per_unit,
            minutes_per_lot: Micro::ZERO,
        },
    };
    Operation {
        seq: s.seq,
        name: s.name.clone(),
        ways: vec![way],
        qty,
        wait_after_minutes: s.wait_minutes.0 / Micro::ONE.0,
        transfer_qty: s.transfer_qty,
        // Parts that arrive on a day can be used the next morning.
        material: ready.map(|(date, item)| Material {
            ready: due_minute(*date),
            item: world
                .items
                .get(*item)
                .map_or_else(String::new, |i| i.name.clone()),
            reference: date.to_string(),
        }),
        ..Operation::default()
    }
}
