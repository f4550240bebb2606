//! Where the plan puts each operation, and when each production order is finished.

use super::*;
use crate::plan::outcome::By;

/// The line of a centre by their codes; for more than a few, [`Ids`].
pub(super) fn line_id(world: &World, centre: &str, line: &str) -> Option<i64> {
    let centre = world.work_centres.iter().find(|c| c.code == centre)?;
    let mut lines = world.lines.of(centre.id);
    lines.find(|l| l.code == line).map(|l| l.id)
}

/// Ids of the file by the codes that the planner uses.
pub(super) struct Ids<'a> {
    made: BTreeMap<&'a str, &'a ProductionOrder>,
    /// By production order and place in the routing.
    operations: BTreeMap<(i64, i64), &'a crate::domain::production::Operation>,
    pub centres: BTreeMap<&'a str, i64>,
    /// By work centre and line.
    lines: BTreeMap<(i64, &'a str), i64>,
}

impl<'a> Ids<'a> {
    pub(super) fn new(world: &'a World) -> Self {
        let operation =
            |o: &'a crate::domain::production::Operation| ((o.production_order_id, o.seq), o);
        Self {
            made: world
                .production_orders
                .iter()
                .map(|p| (p.no.as_str(), p))
                .collect(),
            // Of two with one number the first counts.
            operations: world.operations.iter().rev().map(operation).collect(),
            centres: world
                .work_centres
                .iter()
                .rev()
                .map(|c| (c.code.as_str(), c.id))
                .collect(),
            lines: world
                .lines
                .iter()
                .rev()
                .map(|l| ((l.work_centre_id, l.code.as_str()), l.id))
                .collect(),
        }
    }

    pub(super) fn operation(&self, made: &str, seq: i64) -> Option<i64> {
        let made = self.made.get(made)?;
        self.operations.get(&(made.id, seq)).map(|o| o.id)
    }

    fn line(&self, centre: &str, line: &str) -> Option<i64> {
        let centre = self.centres.get(centre)?;
        self.lines.get(&(*centre, line)).copied()
    }
}

pub(super) fn places(world: &World, plan: &PlanOutcome, out: &mut Outlook) {
    let ids = Ids::new(world);
    // The last operation of each production order, from which its chain is followed back.
    let mut lasts = BTreeMap::new();
    let (mut finishes, mut places) = (BTreeMap::new(), BTreeMap::new());
    for order in &plan.orders {
        let Some(made) = ids.made.get(order.id.as_str()) else {
            continue;
        };
        let owner = production::owner(world, made);
        finishes.insert(
            made.id,
            Finish {
                starts: moment(order.start),
                ends: moment(order.finish),
                due: production::due(world, made),
                late_days: if owner.is_some() { order.late_days } else { 0 },
            },
        );
        for o in &order.operations {
            let Some(operation) = ids.operations.get(&(made.id, o.seq)) else {
                continue;
            };
            if production::left(world, made, operation).is_zero() {
                continue;
            }
            let waits_for = match &o.why.by {
                By::Operation { job, seq } => ids.operation(job, *seq),
                _ => None,
            };
            lasts.insert(made.id, operation.id);
            places.insert(
                operation.id,
                Place {
                    production_order_id: made.id,
                    work_centre_id: operation.work_centre_id,
                    line_id: ids.line(&o.work_centre, &o.line),
                    starts: moment(o.start),
                    ends: moment(o.end),
                    bound: bound(o.why.kind),
                    by: o.why.by.code(),
                    waits_for,
                    work_minutes: o.work_minutes,
                    changeover_minutes: o.changeover_minutes,
                    float_minutes: o.float_minutes,
                    latest_start: moment(o.latest_start),
                    latest_finish: moment(o.latest_finish),
                    hold: o.hold,
                    decided: o.decided,
                    critical: false,
                },
            );
        }
    }
    mark_critical(&lasts, &mut places);
    (out.places, out.finishes) = (packed(places), packed(finishes));
}

/// Marks the operations that lie on the chain which binds the finish of their own order.
///
/// The chain may lead through operations of other orders. What waits for what is a forest: an
/// operation lies on the chain of another where it is above it, which a walk over the forest
/// tells for all of them at once by the times of entering and leaving. Pins of the user may bind
/// each other in a ring; what hangs on one has no root and is not marked.
fn mark_critical(lasts: &BTreeMap<i64, i64>, places: &mut BTreeMap<i64, Place>) {
    let mut waiting: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
    let mut stack = Vec::new();
    for (id, place) in &*places {
        match place.waits_for.filter(|w| places.contains_key(w)) {
            Some(before) => waiting.entry(before).or_default().push(*id),
            None => stack.push((*id, false)),
        }
    }
    let mut walk: BTreeMap<i64, (usize, usize)> = BTreeMap::new();
    let mut steps = 0;
    while let Some((id, left)) = stack.pop() {
        if left {
            if let Some(times) = walk.get_mut(&id) {
                times.1 = steps;
            }
            continue;
        }
        walk.insert(id, (steps, steps));
        steps += 1;
        stack.push((id, true));
        let after = waiting.get(&id).into_iter().flatten();
        stack.extend(after.map(|id| (*id, false)));
    }
    for (id, place) in places {
        let last = lasts.get(&place.production_order_id);
        let last = last.and_then(|last| walk.get(last));
        place.critical = walk
            .get(id)
            .zip(last)
            .is_some_and(|(own, last)| own.0 <= last.0 && last.1 <= own.1);
    }
}
