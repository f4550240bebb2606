//! Reports that were handed over: to whom, when, what they held.

use super::{Done, Refusal, required, write};
use crate::domain::followup::Handover;
use crate::domain::world::World;
use crate::store::{Deed, Store};
use crate::text::Did;

/// Remembers that a report was handed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandOver {
    /// The row as it is to be kept; its moment is set here.
    pub handover: Handover,
    /// What the report is called by the user.
    pub title: String,
}

pub(super) fn hand_over(store: &mut Store, world: &World, c: &HandOver) -> Result<Done, Refusal> {
    required("handed_to", &c.handover.handed_to)?;
    let order = world.orders.find(c.handover.order_id);
    let order_no = order.map_or("", |o| o.no.as_str());
    let at = store.clock().now();
    let deed = Deed::new(Did::ReportHanded, &[&c.title, &c.handover.handed_to]).about(order_no);
    // The user stays where he is.
    write(store, deed, None, |tx| {
        tx.insert(&Handover {
            id: 0,
            revision: 0,
            at,
            ..c.handover.clone()
        })?;
        Ok(())
    })
}
