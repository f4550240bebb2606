//! The text of a period's summary.

use super::{Done, Refusal, put_setting, write};
use crate::domain::rule::summary::{Heading, Period, setting_key};
use crate::domain::world::World;
use crate::store::{Deed, Store};
use crate::text::Did;

/// Writes the text of a heading; empty: back to what the numbers say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WriteSummary {
    pub period: Period,
    pub heading: Heading,
    pub text: String,
}

pub(super) fn save(store: &mut Store, world: &World, c: &WriteSummary) -> Result<Done, Refusal> {
    let deed = Deed::new(Did::SummaryWritten, &[&c.period.code(), c.heading.code()]);
    let key = setting_key(c.period, c.heading);
    write(store, deed, None, |tx| {
        put_setting(tx, world, key, c.text.trim().to_owned())
    })
}
