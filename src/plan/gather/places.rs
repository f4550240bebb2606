//! Where the plan puts each operation, and when each production order is finished.

use super::*;

/// The line of a centre by their codes.
pub(super) fn line_id(world: &World, centre: &str, line: &str) -> Option<i64> {
    let centre = world.work_centres.iter().find(|c| c.code == centre)?;
    world
        .lines
        .of(centre.id)
        .find(|l| l.code == line)
        .map(|l| l.id)
}

pub(super) fn places(world: &World, plan: &PlanOutcome, out: &mut Outlook) {
    let by_no: BTreeMap<&str, &ProductionOrder> = world
        .production_orders
        .iter()
        .map(|p| (p.no.as_str(), p))
        .collect();
    for order in &plan.orders {
        let Some(made) = by_no.get(order.id.as_str()) else {
            continue;
        };
        let owner = production::owner(world, made);
        out.finishes.insert(
            made.id,
            Finish {
                starts: moment(order.start),
                ends: moment(order.finish),
                due: production::due(world, made),
                late_days: if owner.is_some() { order.late_days } else { 0 },
            },
        );
        for o in &order.operations {
            let Some(operation) = world.operations.of(made.id).find(|op| op.seq == o.seq) else {
                continue;
            };
            if production::left(world, made, operation).is_zero() {
                continue;
            }
            out.places.insert(
                operation.id,
                Place {
                    production_order_id: made.id,
                    work_centre_id: operation.work_centre_id,
                    line_id: line_id(world, &o.work_centre, &o.line),
                    starts: moment(o.start),
                    ends: moment(o.end),
                    bound: bound(o.why.kind),
                    by: o.why.by.code(),
                    float_minutes: o.float_minutes,
                    latest_start: moment(o.latest_start),
                },
            );
        }
    }
}
