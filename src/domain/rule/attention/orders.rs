//! What needs attention of an order on its way: review, production, progress, delivery.

use super::{DUE_SOON_DAYS, Finder, Reason};
use crate::domain::codes::{ProductionState, Stage, Subject};
use crate::domain::order::Order;
use crate::domain::rule::{delivery, production, review};

impl Finder<'_> {
    pub(super) fn capacity(&mut self, order: &Order) {
        let on = (Subject::Order, order.id);
        let open = review::is_open(self.world, order);
        if let (false, Some(offer)) = (open, review::counter_offer(self.world, order)) {
            let days = (self.today - offer.decided_on).num_days();
            let date = offer.date.map(|d| d.to_string()).unwrap_or_default();
            let reason = Reason::CounterWaiting;
            self.push(Stage::Capacity, reason, Some(order), on, &date, days);
            return;
        }
        if !open {
            let since = order
                .received_at
                .map_or(0, |at| (self.today - at.date()).num_days());
            self.push(
                Stage::Capacity,
                Reason::ReviewToStart,
                Some(order),
                on,
                "",
                since,
            );
            return;
        }
        let mut silent = 0;
        for answer in review::silent(self.world, order) {
            silent += 1;
            let days = (self.today - answer.asked_on).num_days();
            let on = (Subject::Answer, answer.id);
            self.push(
                Stage::Capacity,
                Reason::AnswerSilent,
                Some(order),
                on,
                answer.department.code(),
                days,
            );
        }
        if silent == 0 {
            self.push(Stage::Capacity, Reason::DecisionDue, Some(order), on, "", 0);
        }
    }

    pub(super) fn schedule(&mut self, order: &Order) {
        let world = self.world;
        let open: Vec<_> = world
            .order_lines
            .of(order.id)
            .filter(|l| delivery::line_qty(world, l).open.is_positive())
            .collect();
        if open
            .iter()
            .any(|l| l.item_id.is_some() && production::in_production(world, l).is_zero())
        {
            let on = (Subject::Order, order.id);
            self.push(
                Stage::Schedule,
                Reason::ProductionToMake,
                Some(order),
                on,
                "",
                0,
            );
        }
        for made in production::of_order(world, order) {
            let on = (Subject::ProductionOrder, made.id);
            if made.on_hold {
                continue;
            }
            if made.state == ProductionState::Proposed {
                self.push(
                    Stage::Schedule,
                    Reason::ProductionToRelease,
                    Some(order),
                    on,
                    &made.no,
                    0,
                );
            }
            let standing = production::standing(world, made);
            let unplaced = world.operations.of(made.id).any(|o| o.starts.is_none());
            if production::is_live(standing) && unplaced {
                self.push(
                    Stage::Schedule,
                    Reason::NotScheduled,
                    Some(order),
                    on,
                    &made.no,
                    0,
                );
            }
        }
    }

    pub(super) fn progress(&mut self, order: &Order) {
        let world = self.world;
        let on = (Subject::Order, order.id);
        if delivery::is_shipped(world, order) {
            self.push(Stage::Progress, Reason::ToClose, Some(order), on, "", 0);
            return;
        }
        let late = self.late(delivery::due(world, order));
        let mut made = production::of_order(world, order)
            .filter(|p| p.state == ProductionState::Released)
            .peekable();
        let finished = made.peek().is_some()
            && made
                .clone()
                .all(|p| production::standing(world, p) == production::Standing::Finished);
        if finished {
            self.push(
                Stage::Progress,
                Reason::ToShip,
                Some(order),
                on,
                "",
                late.max(0),
            );
        } else if late > 0 {
            self.push(
                Stage::Progress,
                Reason::OrderLate,
                Some(order),
                on,
                "",
                late,
            );
        } else if late >= -DUE_SOON_DAYS && delivery::due(world, order).is_some() {
            self.push(
                Stage::Progress,
                Reason::OrderDueSoon,
                Some(order),
                on,
                "",
                late,
            );
        }
    }
}
