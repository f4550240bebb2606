//! What needs attention in Intake: points, papers, queries, amendments, milestones, approvals.

use super::{Finder, Reason};
use crate::domain::codes::{Department, OrderState, Stage, Subject};
use crate::domain::order::Order;
use crate::domain::rule::{commitment, delivery, intake, lesson, milestone, sample};

impl Finder<'_> {
    pub(super) fn intake(&mut self, order: &Order) {
        let (world, today) = (self.world, self.today);
        let on = (Subject::Order, order.id);
        if delivery::is_shipped(world, order) {
            return;
        }
        let open = intake::unsettled(world, order, today).count();
        if open > 0 {
            self.push(
                Stage::Intake,
                Reason::PointsOpen(open),
                Some(order),
                on,
                "",
                0,
            );
        }
        for kind in intake::missing_documents(world, order) {
            self.push(
                Stage::Intake,
                Reason::DocumentMissing(kind),
                Some(order),
                on,
                kind.code(),
                0,
            );
        }
        if intake::needs_written_confirmation(world, order) {
            let since = order
                .received_at
                .map_or(0, |at| (today - at.date()).num_days());
            self.push(
                Stage::Intake,
                Reason::NoWrittenConfirmation,
                Some(order),
                on,
                &order.received_from,
                since,
            );
        }
        for query in intake::open_queries(world, order) {
            let days = self.late(query.due);
            let reason = if days > 0 {
                Reason::QueryOverdue
            } else {
                Reason::QueryWaiting
            };
            let on = (Subject::Query, query.id);
            self.push(
                Stage::Intake,
                reason,
                Some(order),
                on,
                query.department.code(),
                days,
            );
            if query.department == Department::Sales {
                self.promised();
            }
        }
    }

    /// Departments that have not yet seen an amendment.
    pub(super) fn amendments(&mut self, order: &Order) {
        for a in self.world.amendments.of(order.id) {
            for ask in self
                .world
                .acknowledgements
                .of(a.id)
                .filter(|k| k.seen_on.is_none())
            {
                let days = (self.today - ask.asked_on).num_days();
                let on = (Subject::Order, order.id);
                let about = ask.department.code();
                self.push(
                    Stage::Intake,
                    Reason::NotAcknowledged,
                    Some(order),
                    on,
                    about,
                    days,
                );
                self.about_row(ask.id);
            }
        }
    }

    /// Samples that somebody waits for, lessons not heeded yet, promises nobody allowed yet.
    pub(super) fn approvals(&mut self, order: &Order) {
        let (world, today) = (self.world, self.today);
        if !delivery::is_shipped(world, order) {
            for s in world.samples.of(order.id) {
                let (reason, days) = match sample::standing(world, s, today) {
                    sample::Standing::ToSend(Some(days)) if days >= 0 => (Reason::SampleDue, days),
                    sample::Standing::Waiting(days) if days > sample::ANSWER_DAYS => {
                        (Reason::SampleWaiting, days - sample::ANSWER_DAYS)
                    }
                    sample::Standing::Again => (Reason::SampleRejected, 0),
                    _ => continue,
                };
                let on = (Subject::Sample, s.id);
                self.push(Stage::Intake, reason, Some(order), on, s.kind.code(), days);
            }
        }
        let on = (Subject::Order, order.id);
        if order.state == OrderState::Open {
            let lessons = lesson::at_entry(world, order);
            let open = lessons.iter().filter(|k| k.used.is_none()).count();
            if open > 0 {
                let reason = Reason::LessonsOpen(open);
                self.push(Stage::Intake, reason, Some(order), on, "", 0);
            }
        }
        let waiting = commitment::unauthorised(world, order);
        if let Some((_, oldest)) = waiting.iter().min_by_key(|(_, c)| c.made_on) {
            let days = (today - oldest.made_on).num_days();
            let about = oldest.date.to_string();
            self.push(
                Stage::Intake,
                Reason::NotAuthorised,
                Some(order),
                on,
                &about,
                days,
            );
            self.about_row(oldest.id);
        }
    }

    /// Milestones that are due or past and that no other line speaks of.
    pub(super) fn milestones(&mut self, order: &Order) {
        let list = milestone::standing(self.world, order, self.today).unwrap_or_default();
        for s in list.iter().filter(|s| s.actual.is_none()) {
            let Some(day) = s.row.revised.or(s.row.planned).or(s.latest) else {
                continue;
            };
            let days = (self.today - day).num_days();
            if days < 0 {
                continue;
            }
            let reason = if days > 0 {
                Reason::MilestoneLate
            } else {
                Reason::MilestoneDue
            };
            let on = (Subject::Milestone, s.row.id);
            self.push(Stage::Intake, reason, Some(order), on, &s.row.name, days);
            if s.row.owner == Department::Sales {
                self.promised();
            }
        }
    }
}
