//! Accepted plans as they followed each other: what each of them moved, and how calm they are.
//!
//! A plan stores only the operations it placed anew; what stood before it stays until a later plan
//! moves it. Where an operation stood under a plan is therefore its latest row up to that plan.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::domain::moment::Moment;
use crate::domain::production::{Plan, PlanRow};
use crate::domain::quantity::{Micro, Rate};
use crate::domain::world::World;

/// Where a plan has an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spot {
    pub line_id: Option<i64>,
    pub starts: Moment,
    pub ends: Moment,
}

/// One accepted plan against the one before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Baseline {
    pub plan_id: i64,
    /// Operations that stood somewhere before it and still do.
    pub known: usize,
    /// Of those, how many changed their start day or their line.
    pub moved: usize,
    /// Operations placed for the first time.
    pub placed: usize,
    /// Production orders that end on a later, and on an earlier, day.
    pub later: usize,
    pub earlier: usize,
    /// Share of known operations that kept start day and line; one where there were none.
    pub stability: Rate,
}

/// Where every operation stood once a plan was accepted; plan 0 is before the first.
#[must_use]
pub fn places_at(world: &World, plan_id: i64) -> BTreeMap<i64, Spot> {
    let mut places = BTreeMap::new();
    // Rows are in order of id, so later plans overwrite earlier ones.
    for row in world.plan_rows.iter().filter(|r| r.plan_id <= plan_id) {
        places.insert(row.operation_id, spot(row));
    }
    places
}

const fn spot(row: &PlanRow) -> Spot {
    Spot {
        line_id: row.line_id,
        starts: row.starts,
        ends: row.ends,
    }
}

/// Every accepted plan against the one before it, newest first.
#[must_use]
pub fn history(world: &World) -> Vec<Baseline> {
    let mut before: BTreeMap<i64, Spot> = BTreeMap::new();
    let mut all: Vec<Baseline> = Vec::new();
    for plan in &world.plans {
        let mut after = before.clone();
        after.extend(
            world
                .plan_rows
                .of(plan.id)
                .map(|row| (row.operation_id, spot(row))),
        );
        all.push(compare(world, plan, &before, &after));
        before = after;
    }
    all.reverse();
    all
}

fn compare(
    world: &World,
    plan: &Plan,
    before: &BTreeMap<i64, Spot>,
    after: &BTreeMap<i64, Spot>,
) -> Baseline {
    let mut found = Baseline {
        plan_id: plan.id,
        known: 0,
        moved: 0,
        placed: 0,
        later: 0,
        earlier: 0,
        stability: Rate::ONE,
    };
    for (operation, is) in after {
        match before.get(operation) {
            None => found.placed += 1,
            Some(was) => {
                found.known += 1;
                let same = was.line_id == is.line_id && was.starts.date() == is.starts.date();
                found.moved += usize::from(!same);
            }
        }
    }
    if found.known > 0 {
        let count = |n: usize| Micro::whole(i64::try_from(n).unwrap_or(i64::MAX / 1_000_000));
        found.stability = count(found.known - found.moved).over(count(found.known));
    }
    let (old, new) = (finishes(world, before), finishes(world, after));
    for (made, is) in &new {
        match old.get(made) {
            Some(was) if is > was => found.later += 1,
            Some(was) if is < was => found.earlier += 1,
            _ => {}
        }
    }
    found
}

/// The day on which each production order ends by some places.
#[must_use]
pub fn finishes(world: &World, places: &BTreeMap<i64, Spot>) -> BTreeMap<i64, NaiveDate> {
    let mut ends: BTreeMap<i64, NaiveDate> = BTreeMap::new();
    for (operation, spot) in places {
        if let Some(operation) = world.operations.get(*operation) {
            let end = ends
                .entry(operation.production_order_id)
                .or_insert(spot.ends.date());
            *end = (*end).max(spot.ends.date());
        }
    }
    ends
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::production::Operation;
    use crate::domain::world::Rows;

    fn at(text: &str) -> Moment {
        Moment::parse(text).unwrap()
    }

    fn row(id: i64, plan_id: i64, operation_id: i64, line: i64, day: &str) -> PlanRow {
        PlanRow {
            id,
            plan_id,
            operation_id,
            line_id: Some(line),
            starts: at(&format!("{day}T08:00")),
            ends: at(&format!("{day}T12:00")),
            ..PlanRow::default()
        }
    }

    #[test]
    fn a_plan_is_compared_with_all_that_stood_before_it() {
        let operation = |id, made| Operation {
            id,
            production_order_id: made,
            ..Operation::default()
        };
        let world = World {
            operations: Rows::new(vec![operation(1, 1), operation(2, 1), operation(3, 2)]),
            plans: Rows::new(
                (1..=3)
                    .map(|id| Plan {
                        id,
                        ..Plan::default()
                    })
                    .collect(),
            ),
            plan_rows: Rows::new(vec![
                row(1, 1, 1, 7, "2026-12-01"),
                row(2, 1, 2, 7, "2026-12-02"),
                // Same day on the same line, later in the day: not a move.
                row(3, 2, 1, 7, "2026-12-01"),
                row(4, 2, 3, 8, "2026-12-03"),
                // Another line, and another day.
                row(5, 3, 3, 9, "2026-12-03"),
                row(6, 3, 2, 7, "2026-12-04"),
            ]),
            ..World::default()
        };
        let all = history(&world);
        let said: Vec<_> = all
            .iter()
            .map(|b| (b.plan_id, b.known, b.moved, b.placed, b.later, b.earlier))
            .collect();
        assert_eq!(
            said,
            [(3, 3, 2, 0, 1, 0), (2, 2, 0, 1, 0, 0), (1, 0, 0, 2, 0, 0)]
        );
        assert_eq!(all[1].stability, Rate::ONE);
        assert_eq!(all[0].stability.text(), "0.333333");
        assert_eq!(places_at(&world, 1).len(), 2);
        assert_eq!(places_at(&world, 2)[&3].line_id, Some(8));
    }
}
