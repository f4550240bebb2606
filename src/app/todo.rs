//! The list of the morning of a file and its plan, for the screens and the command line.

use std::collections::BTreeMap;

use super::outlook::Outlook;
use crate::domain::moment::Moment;
use crate::domain::rule::attention;
use crate::domain::rule::today::{self, Given, Risk, Today};
use crate::domain::world::World;

/// What the day holds.
#[must_use]
pub fn agenda(world: &World, outlook: &Outlook, now: Moment) -> Today {
    let mut causes = attention::all(world, now.date());
    attention::escalate(&mut causes, world, now);
    let risks = risks(outlook);
    let given = Given {
        risks: &risks,
        chases: &outlook.chases,
    };
    today::list(world, causes, &given, now.date())
}

/// What the plan says of each order; an order that it gives no chance has none here.
fn risks(outlook: &Outlook) -> BTreeMap<i64, Risk> {
    let of = |c: &super::outlook::Chance| Risk {
        percent: 100 - c.percent,
        due: c.due,
        late_days: c.late_days,
    };
    let chances = outlook.chances.iter();
    chances.map(|(id, c)| (*id, of(c))).collect()
}
