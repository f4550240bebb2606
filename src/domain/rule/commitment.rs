//! Promises to the customer: the latest of each line counts; what is beyond the merchandiser's own
//! authority stays marked until somebody's decision is filed.

use chrono::NaiveDate;

use crate::domain::order::{Commitment, Order, OrderLine};
use crate::domain::world::World;

/// Whether a date is beyond the merchandiser's own authority: later than the customer asked for.
#[must_use]
pub fn needs_authority(line: &OrderLine, date: NaiveDate) -> bool {
    line.requested_date.is_some_and(|wish| date > wish)
}

/// All promises of an order with their lines, the latest first.
#[must_use]
pub fn of_order<'a>(world: &'a World, order: &Order) -> Vec<(&'a OrderLine, &'a Commitment)> {
    let mut list: Vec<(&OrderLine, &Commitment)> = world
        .order_lines
        .of(order.id)
        .flat_map(|line| world.commitments.of(line.id).map(move |c| (line, c)))
        .collect();
    list.sort_by_key(|(line, c)| (std::cmp::Reverse((c.made_on, c.id)), line.no));
    list
}

/// The promise of a line that holds now.
#[must_use]
pub fn latest(world: &World, line_id: i64) -> Option<&Commitment> {
    world
        .commitments
        .of(line_id)
        .max_by_key(|c| (c.made_on, c.id))
}

/// Promises that hold now and wait for somebody's decision.
#[must_use]
pub fn unauthorised<'a>(world: &'a World, order: &Order) -> Vec<(&'a OrderLine, &'a Commitment)> {
    let lines = world.order_lines.of(order.id);
    lines
        .filter_map(|line| Some((line, latest(world, line.id)?)))
        .filter(|(_, c)| c.needs_authority)
        .collect()
}
