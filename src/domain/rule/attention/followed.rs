//! What needs attention because of what was said: silence, days to come back to a thing, others' word.

use super::{Finder, Reason};
use crate::domain::codes::{Stage, Subject};
use crate::domain::followup::Chase;
use crate::domain::order::Order;
use crate::domain::rule::news::{self, Learnt, Partner};
use crate::domain::rule::{delivery, production, purchase, review, sample};

impl<'a> Finder<'a> {
    /// Whoever has been silent for longer than usual.
    pub(super) fn silences(&mut self) {
        let world = self.world;
        for n in news::list(world, self.today) {
            if !n.silence.is_long() {
                continue;
            }
            let line = world.purchases.get(n.subject_id);
            let says = line.filter(|_| n.subject == Subject::Purchase);
            let says = says.and_then(|l| purchase::promises(world, l).1);
            // A supplier of whom nothing is known may be silent until the day he named.
            if n.learnt == Learnt::Nothing && says.is_some_and(|p| p.date >= self.today) {
                continue;
            }
            let about = match (n.partner, n.subject) {
                (_, Subject::ProductionOrder) => {
                    let made = world.production_orders.get(n.subject_id);
                    made.map(|m| m.no.clone())
                }
                (Partner::Department(d), _) => Some(d.code().to_owned()),
                (Partner::Supplier(id), _) => world.suppliers.get(id).map(|s| s.name.clone()),
                (Partner::Customer(id), _) => world.customers.get(id).map(|c| c.name.clone()),
            };
            let order = world.orders.find(n.order_id);
            let over = i64::from(n.silence.days - n.silence.usual);
            let on = (n.subject, n.subject_id);
            let about = about.unwrap_or_default();
            self.push(n.stage, Reason::NoNews(n.silence), order, on, &about, over);
        }
    }

    /// Days on which we wanted to come back to a thing, or by which somebody wanted to have it.
    pub(super) fn follow_ups(&mut self) {
        let world = self.world;
        for chase in &world.chases {
            let later =
                |c: &Chase| c.subject == chase.subject && (c.at, c.id) > (chase.at, chase.id);
            if world.chases.of(chase.subject_id).any(later) {
                continue;
            }
            // A supplier's day is a promise and is looked after as one.
            let theirs = chase
                .new_date
                .filter(|_| chase.subject != Subject::Purchase);
            let (reason, day) = match (chase.next_on, theirs) {
                (Some(day), _) => (Reason::FollowUp, day),
                (None, Some(day)) => (Reason::SaidBy, day),
                (None, None) => continue,
            };
            let days = (self.today - day).num_days();
            if days < 0 {
                continue;
            }
            let Some((stage, order)) = self.open_thing(chase) else {
                continue;
            };
            let on = (chase.subject, chase.subject_id);
            let about = if chase.answer.is_empty() {
                day.to_string()
            } else {
                chase.answer.clone()
            };
            self.push(stage, reason, order, on, &about, days);
        }
    }

    /// The stage and the order of a chased thing; none where it is over or on hold.
    fn open_thing(&self, chase: &Chase) -> Option<(Stage, Option<&'a Order>)> {
        let (world, id) = (self.world, chase.subject_id);
        let (stage, order, open) = match chase.subject {
            Subject::Order => {
                let order = world.orders.get(id)?;
                let stage = match order.state {
                    crate::domain::codes::OrderState::Accepted => Stage::Progress,
                    _ => Stage::Intake,
                };
                (stage, Some(order.id), true)
            }
            Subject::Purchase => {
                let line = world.purchases.get(id)?;
                let open = purchase::arrival(world, line).open.is_positive();
                (Stage::Materials, line.order_id, open)
            }
            Subject::Query => {
                let q = world.queries.get(id)?;
                (Stage::Intake, Some(q.order_id), q.answered_on.is_none())
            }
            Subject::Answer => {
                let a = world.answers.get(id)?;
                let round = world.review_rounds.get(a.round_id)?;
                let order = world.orders.get(round.order_id)?;
                let open = review::silent(world, order).any(|s| s.id == a.id);
                (Stage::Capacity, Some(order.id), open)
            }
            Subject::Document => {
                let d = world.documents.get(id)?;
                (Stage::Intake, Some(d.order_id), true)
            }
            Subject::Sample => {
                let s = world.samples.get(id)?;
                let open = sample::is_open(sample::standing(world, s, self.today));
                (Stage::Intake, Some(s.order_id), open)
            }
            Subject::Exception => {
                let e = world.exceptions.get(id)?;
                (Stage::Exceptions, e.order_id, e.closed_on.is_none())
            }
            Subject::ProductionOrder => {
                let made = world.production_orders.get(id)?;
                let stands = production::standing(world, made);
                let order = production::owner(world, made).map(|(order, _)| order.id);
                (Stage::Progress, order, production::is_live(stands))
            }
            Subject::Shipment => {
                let s = world.shipments.get(id)?;
                (Stage::Progress, Some(s.order_id), s.shipped_on.is_none())
            }
            Subject::Milestone => {
                let m = world.milestones.get(id)?;
                (Stage::Intake, Some(m.order_id), m.actual.is_none())
            }
        };
        let order = world.orders.find(order);
        let followed = order.is_none_or(|o| delivery::is_live(o) && !o.on_hold);
        (open && (followed || chase.subject == Subject::Exception)).then_some((stage, order))
    }
}
