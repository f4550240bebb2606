//! Answers that production or the ship waits for: samples, queries, decisions.

use chrono::{Days, NaiveDate};

use super::Chain;
use crate::app::outlook::ChanceOf;
use crate::domain::codes::{ProductionState, SampleKind};
use crate::domain::document::Sample;
use crate::domain::exception::Exception;
use crate::domain::order::Order;
use crate::domain::production::Operation;
use crate::domain::rule::odds::Odds;
use crate::domain::rule::sample::{self, Standing};
use crate::domain::rule::{chase, production};
use crate::domain::world::World;
use crate::plan::forecast::Link;

/// Days that a new round of a rejected sample takes before it is sent.
const REMAKE_DAYS: u64 = 7;

impl Chain<'_> {
    /// Answers that a production order waits for before its first operation.
    pub(super) fn approvals_of(&mut self, made: i64, first: &Operation) -> Vec<(usize, Link)> {
        let world = self.world;
        let Some(made) = world.production_orders.get(made) else {
            return Vec::new();
        };
        let begun = production::done(world, first).is_positive();
        let mut after = Vec::new();
        for (order, ..) in production::owners(world, made) {
            if made.state == ProductionState::Proposed {
                after.extend(self.samples(order, false));
                after.extend(self.queries(order));
            }
            if !begun {
                after.extend(self.decisions(order));
            }
        }
        after.into_iter().map(|n| (n, Link::End(0))).collect()
    }

    fn approval(
        &mut self,
        of: ChanceOf,
        base: NaiveDate,
        usual: &Odds,
        planned: NaiveDate,
    ) -> usize {
        if let Some(at) = self.approvals.get(&of) {
            return *at;
        }
        let odds = chase::arrival(usual, base, self.today);
        let at = self.comes(of, base, odds, planned.max(self.today));
        self.approvals.insert(of, at);
        at
    }

    pub(super) fn samples(&mut self, order: &Order, shipment: bool) -> Vec<usize> {
        let usual = self.usual.sample.clone();
        let mut out = Vec::new();
        for s in self.world.samples.of(order.id) {
            let is_shipment = s.kind == SampleKind::Shipment;
            if is_shipment != shipment {
                continue;
            }
            let Some(base) = sent(self.world, s, self.today) else {
                continue;
            };
            // The best that can be had is a verdict on the day.
            out.push(self.approval(ChanceOf::Sample(s.id), base, &usual, base));
        }
        out
    }

    fn queries(&mut self, order: &Order) -> Vec<usize> {
        let usual = self.usual.query.clone();
        let open = self.world.queries.of(order.id);
        let open = open.filter(|q| q.answered_on.is_none());
        let mut out = Vec::new();
        for q in open {
            let planned = q.due.unwrap_or(self.today);
            out.push(self.approval(ChanceOf::Query(q.id), q.raised_on, &usual, planned));
        }
        out
    }

    fn decisions(&mut self, order: &Order) -> Vec<usize> {
        let usual = self.usual.decision.clone();
        let waits = |e: &&Exception| {
            e.order_id == Some(order.id)
                && e.closed_on.is_none()
                && e.decided_on.is_none()
                && !e.decision_needed.is_empty()
        };
        let mut out = Vec::new();
        for e in self.world.exceptions.iter().filter(waits) {
            let planned = e.decide_by.unwrap_or(self.today);
            let base = e.reported_at.date();
            out.push(self.approval(ChanceOf::Exception(e.id), base, &usual, planned));
        }
        out
    }
}

/// The day from which a customer's answer to a sample is counted; `None` where none is waited for.
fn sent(world: &World, s: &Sample, today: NaiveDate) -> Option<NaiveDate> {
    match sample::standing(world, s, today) {
        Standing::Approved | Standing::Replaced => None,
        Standing::Waiting(_) => s.sent_on,
        Standing::ToSend(_) => Some(s.due.map_or(today, |due| due.max(today))),
        Standing::Again => today.checked_add_days(Days::new(REMAKE_DAYS)),
    }
}
