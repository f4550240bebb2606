//! The joint capacity review: rounds, the four departments' answers, the verdict.

use chrono::{Days, NaiveDate};

use super::delivery;
use crate::domain::codes::Department;
use crate::domain::order::Order;
use crate::domain::review::{Answer, Decision, ReviewRound};
use crate::domain::world::World;

/// The departments whose answers a review needs.
pub const ASKED: &[Department] = &[
    Department::Technical,
    Department::Purchasing,
    Department::Warehouse,
    Department::Production,
];

/// The round that is open or was last.
#[must_use]
pub fn round<'a>(world: &'a World, order: &Order) -> Option<&'a ReviewRound> {
    world.review_rounds.of(order.id).max_by_key(|r| r.no)
}

/// A department's answer in the latest round.
#[must_use]
pub fn answer<'a>(world: &'a World, order: &Order, department: Department) -> Option<&'a Answer> {
    let round = round(world, order)?;
    world
        .answers
        .of(round.id)
        .find(|a| a.department == department)
}

/// The latest decision.
#[must_use]
pub fn decision<'a>(world: &'a World, order: &Order) -> Option<&'a Decision> {
    world.decisions.of(order.id).next_back()
}

/// Departments that were asked and have not answered, with the day they were asked.
pub fn silent<'a>(world: &'a World, order: &Order) -> impl Iterator<Item = &'a Answer> {
    let round = round(world, order).map(|r| r.id);
    round
        .into_iter()
        .flat_map(|id| world.answers.of(id))
        .filter(|a| a.answered_on.is_none())
}

/// Whether a review round waits for answers or for the decision.
#[must_use]
pub fn is_open(world: &World, order: &Order) -> bool {
    round(world, order).is_some_and(|round| {
        let decided = decision(world, order);
        decided.is_none_or(|d| d.decided_on < round.opened_on)
    })
}

/// The outcome of the plain-days rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verdict {
    /// First day of production.
    pub start: NaiveDate,
    /// Last day of production, the reviewed delivery date.
    pub reviewed: NaiveDate,
    /// Days after the requested date; zero where it passes.
    pub late_days: i64,
}

impl Verdict {
    #[must_use]
    pub const fn passes(&self) -> bool {
        self.late_days == 0
    }
}

/// The plain-days rule of a machining plant's order review, in calendar days.
///
/// Production may start the day after the last department's assessment if all material is ready,
/// else on the material date; the reviewed date is the start plus the days of the operations; it
/// passes where that is not after the requested date.
#[must_use]
pub fn plain_days(
    operation_days: i64,
    last_assessment: NaiveDate,
    material: Option<NaiveDate>,
    requested: NaiveDate,
) -> Option<Verdict> {
    let next = last_assessment.checked_add_days(Days::new(1))?;
    let start = material.map_or(next, |m| m.max(next));
    let reviewed = start.checked_add_days(Days::new(u64::try_from(operation_days).ok()?))?;
    let late_days = (reviewed - requested).num_days().max(0);
    Some(Verdict {
        start,
        reviewed,
        late_days,
    })
}

/// The verdict on the latest round once every department has answered.
#[must_use]
pub fn verdict(world: &World, order: &Order) -> Option<Verdict> {
    let round = round(world, order)?;
    let mut days = 0;
    let mut last = round.opened_on;
    let mut material = None;
    for answer in world.answers.of(round.id) {
        last = last.max(answer.answered_on?);
        days += answer.days.unwrap_or(0);
        if matches!(
            answer.department,
            Department::Purchasing | Department::Warehouse
        ) {
            material = material.max(answer.date);
        }
    }
    let by_days = plain_days(days, last, material, delivery::requested(world, order)?)?;
    // A department that names a later day outright is taken at its word.
    let named = world
        .answers
        .of(round.id)
        .filter(|a| a.department == Department::Production)
        .filter_map(|a| a.date);
    let reviewed = named
        .max()
        .map_or(by_days.reviewed, |d| d.max(by_days.reviewed));
    let requested = delivery::requested(world, order)?;
    Some(Verdict {
        reviewed,
        late_days: (reviewed - requested).num_days().max(0),
        ..by_days
    })
}
