//! What needs attention of exceptions.

use super::{Finder, Reason};
use crate::domain::codes::{Stage, Subject};
use crate::domain::rule::failure;

impl Finder<'_> {
    pub(super) fn exceptions(&mut self) {
        let world = self.world;
        for e in world.exceptions.iter().filter(|e| e.closed_on.is_none()) {
            let order = world.orders.find(e.order_id);
            let on = (Subject::Exception, e.id);
            let days = self.late(e.decide_by.or(e.act_by));
            let waiting = failure::standing(e) == failure::Standing::Waiting;
            let reason = if waiting {
                Reason::ExceptionDecision
            } else {
                Reason::ExceptionOpen
            };
            self.push(Stage::Exceptions, reason, order, on, &e.no, days);
        }
    }
}
