//! The list of the morning of a file and its plan, for the screens and the command line.

use std::collections::BTreeMap;

use super::outlook::Outlook;
use crate::domain::moment::Moment;
use crate::domain::rule::attention;
use crate::domain::rule::today::{self, Given, Today};
use crate::domain::world::World;

/// What the day holds.
#[must_use]
pub fn agenda(world: &World, outlook: &Outlook, now: Moment) -> Today {
    let causes = attention::all(world, now.date());
    let risks = BTreeMap::new();
    let given = Given {
        risks: &risks,
        chases: &outlook.chases,
    };
    today::list(world, causes, &given, now.date())
}
