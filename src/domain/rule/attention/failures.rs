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
            let waiting = failure::waits(world, e);
            let reason = if waiting {
                Reason::ExceptionDecision
            } else {
                Reason::ExceptionOpen
            };
            self.push(Stage::Exceptions, reason, order, on, &e.no, days);
            let actions = world.exception_actions.of(e.id);
            let owned = !e.owner.is_empty() || actions.into_iter().any(|a| !a.owner.is_empty());
            if !waiting && !owned {
                let since = (self.today - e.reported_at.date()).num_days();
                let reason = Reason::ExceptionUnowned;
                self.push(Stage::Exceptions, reason, order, on, &e.no, since);
            }
        }
        // Prevention goes on after an exception is closed.
        for e in world.exceptions.iter().filter(|e| e.merged_into.is_none()) {
            let order = world.orders.find(e.order_id);
            let latest = failure::overdue(world, e, self.today)
                .filter_map(|a| a.due)
                .min();
            if let Some(due) = latest {
                let days = (self.today - due).num_days();
                let on = (Subject::Exception, e.id);
                let reason = Reason::ActionOverdue;
                self.push(Stage::Exceptions, reason, order, on, &e.no, days);
            }
        }
    }
}
