//! The computed plan beside the accepted one and what was promised.

use super::*;

/// One production order by the accepted plan, the computed one and the promises.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compared {
    pub production_order_id: i64,
    pub no: String,
    pub order_id: Option<i64>,
    pub requested: Option<NaiveDate>,
    /// The first date that was promised to the customer.
    pub first_promise: Option<NaiveDate>,
    pub latest_promise: Option<NaiveDate>,
    /// End by the accepted plan; none where some of it has no place there.
    pub accepted: Option<NaiveDate>,
    pub computed: NaiveDate,
    /// Days the computed end is later than the accepted one.
    pub days: i64,
    pub late_days: i64,
}

impl Compared {
    /// Whether the computed plan misses the latest promise.
    #[must_use]
    pub fn misses(&self) -> bool {
        self.latest_promise.is_some_and(|p| self.computed > p)
    }

    /// Whether it misses it, and the accepted plan did not, or less so.
    #[must_use]
    pub fn breaks(&self) -> bool {
        self.misses() && self.accepted.is_none_or(|was| self.computed > was)
    }

    /// Whether there is nothing to say: the same as accepted, and in time.
    #[must_use]
    pub fn is_calm(&self) -> bool {
        self.accepted == Some(self.computed) && !self.misses()
    }
}

/// Every production order that is planned.
#[must_use]
pub fn compared(world: &World, outlook: &Outlook) -> Vec<Compared> {
    let row = |made: &ProductionOrder| {
        let finish = outlook.finishes.get(&made.id)?;
        let owner = production::owner(world, made);
        let line = owner.map(|(_, line)| line);
        let first = line.and_then(|l| world.commitments.of(l.id).next().map(|c| c.date));
        let latest = line.and_then(|l| l.promised_date);
        let accepted = accepted_end(world, made);
        let computed = finish.ends.date();
        Some(Compared {
            production_order_id: made.id,
            no: made.no.clone(),
            order_id: owner.map(|(order, _)| order.id),
            requested: line.and_then(|l| l.requested_date),
            first_promise: first.or(latest),
            latest_promise: latest.or(first),
            accepted,
            computed,
            days: accepted.map_or(0, |a| (computed - a).num_days()),
            late_days: finish.late_days,
        })
    };
    world.production_orders.iter().filter_map(row).collect()
}

/// The day the accepted plan ends a production order; none where some of it has no place yet.
fn accepted_end(world: &World, made: &ProductionOrder) -> Option<NaiveDate> {
    let mut last = None;
    for operation in world.operations.of(made.id) {
        if production::left(world, made, operation).is_positive() {
            last = last.max(Some(operation.ends?));
        }
    }
    last.map(|at| at.date())
}
