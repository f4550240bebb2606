//! What needs the merchandiser: due, broken or waiting, from all stages, worst first.
//!
//! The stage bar's counts and the Today list are both made from this one list.

mod papers;
mod shipping;

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::escalation::{self, Rules};
use super::{chase, delivery, failure, production, purchase, review};
use crate::domain::codes::{DocumentKind, OrderState, ProductionState, Stage, Subject};
use crate::domain::moment::Moment;
use crate::domain::order::Order;
use crate::domain::quantity::Micro;
use crate::domain::world::World;

/// Working days without a figure after which a running production order counts as silent.
pub const SILENT_DAYS: i64 = 2;
/// Days ahead in which an unshipped order counts as due.
pub const DUE_SOON_DAYS: i64 = 3;

/// Why something needs attention.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    PointsOpen(usize),
    DocumentMissing(DocumentKind),
    NoWrittenConfirmation,
    QueryOverdue,
    QueryWaiting,
    NotAcknowledged,
    SampleDue,
    SampleWaiting,
    SampleRejected,
    LessonsOpen(usize),
    NotAuthorised,
    MilestoneLate,
    MilestoneDue,
    ReviewToStart,
    AnswerSilent,
    DecisionDue,
    ProductionToMake,
    ProductionToRelease,
    NotScheduled,
    PurchaseOverdue,
    PurchaseTooLate,
    NoPromise,
    NoNews,
    ToShip,
    OrderLate,
    OrderDueSoon,
    ToClose,
    ExceptionDecision,
    ExceptionOpen,
    /// An exception has to go to that level.
    ExceptionEscalate(i64),
    /// Nobody answers for an exception.
    ExceptionUnowned,
    /// An action is past its day.
    ActionOverdue,
    CounterWaiting,
    InspectionDue,
    InspectionFailed,
    PaperDue,
    ShipmentDue,
}

/// One thing that needs attention.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attention {
    pub stage: Stage,
    pub reason: Reason,
    pub order_id: Option<i64>,
    pub subject: Subject,
    pub subject_id: i64,
    /// Who or what it is about, as text: a supplier, a department's code, a number.
    pub about: String,
    /// Days late; negative while there is still time.
    pub days: i64,
    /// Weight × (days late + 1) at least; larger is worse.
    pub loss: Micro,
}

/// Everything that needs attention, worst first; ties by stage and id.
///
/// What is snoozed beyond `today` is left out.
#[must_use]
pub fn list(world: &World, today: NaiveDate) -> Vec<Attention> {
    let mut found = Finder {
        world,
        today,
        list: Vec::new(),
    };
    for order in world.orders.iter().filter(|o| delivery::is_live(o)) {
        found.order(order);
    }
    found.purchases();
    found.exceptions();
    let mut list = found.list;
    list.retain(|a| !is_snoozed(world, a.subject, a.subject_id, today));
    list.sort_by(|a, b| {
        b.loss
            .cmp(&a.loss)
            .then(a.stage.cmp(&b.stage))
            .then(a.subject_id.cmp(&b.subject_id))
            .then(a.reason.cmp(&b.reason))
    });
    list
}

/// Puts purchase lines in the order of the chase list: by its expected loss, one day of one order
/// added like everywhere here; those that had better wait come last.
pub fn weigh(list: &mut [Attention], chases: &[chase::Line]) {
    let by_line: BTreeMap<i64, &chase::Line> = chases.iter().map(|l| (l.purchase_id, l)).collect();
    for a in list.iter_mut().filter(|a| a.subject == Subject::Purchase) {
        if let Some(line) = by_line.get(&a.subject_id) {
            a.loss = match line.hold {
                None => line.loss + Micro::ONE,
                Some(_) => Micro::ZERO,
            };
        }
    }
    // Stable: lines of the same loss stay as they were.
    list.sort_by_key(|a| std::cmp::Reverse(a.loss));
}

/// Marks the exceptions that have to go to a higher level by now, at the head of the list by the
/// weight of their severity.
pub fn escalate(list: &mut [Attention], world: &World, now: Moment) {
    if world.exceptions.iter().all(|e| e.closed_on.is_some()) {
        return;
    }
    let rules = Rules::of(world);
    let calendar = world.factory_calendar();
    for a in list.iter_mut() {
        let mine = matches!(a.reason, Reason::ExceptionDecision | Reason::ExceptionOpen);
        let Some(e) = world.exceptions.get(a.subject_id).filter(|_| mine) else {
            continue;
        };
        let due = escalation::due_by(&rules, &calendar, e, now).filter(|d| d.waits);
        if let Some(due) = due {
            a.reason = Reason::ExceptionEscalate(due.level);
            // A level stands for a day more that nobody with the power to decide has had it.
            a.loss = a.loss.times(Micro::whole(due.level + 1));
        }
    }
    list.sort_by_key(|a| std::cmp::Reverse(a.loss));
}

fn is_snoozed(world: &World, subject: Subject, id: i64, today: NaiveDate) -> bool {
    world
        .snoozes
        .of(id)
        .any(|s| s.subject == subject && s.until > today)
}

struct Finder<'a> {
    world: &'a World,
    today: NaiveDate,
    list: Vec<Attention>,
}

impl Finder<'_> {
    fn push(
        &mut self,
        stage: Stage,
        reason: Reason,
        order: Option<&Order>,
        on: (Subject, i64),
        about: &str,
        days: i64,
    ) {
        let weight = order.map_or(Micro::ONE, |o| delivery::weight(self.world, o));
        let urgency = Micro::whole((days + 1).clamp(1, 365));
        self.list.push(Attention {
            stage,
            reason,
            order_id: order.map(|o| o.id),
            subject: on.0,
            subject_id: on.1,
            about: about.to_owned(),
            days,
            loss: weight.times(urgency),
        });
    }

    fn late(&self, due: Option<NaiveDate>) -> i64 {
        due.map_or(0, |due| (self.today - due).num_days())
    }

    fn order(&mut self, order: &Order) {
        if order.on_hold {
            return;
        }
        self.intake(order);
        self.milestones(order);
        self.amendments(order);
        self.approvals(order);
        self.shipments(order);
        match order.state {
            OrderState::Open => self.capacity(order),
            OrderState::Accepted => {
                self.schedule(order);
                self.progress(order);
                self.inspections(order);
            }
            _ => {}
        }
    }

    fn capacity(&mut self, order: &Order) {
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

    fn schedule(&mut self, order: &Order) {
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

    fn progress(&mut self, order: &Order) {
        let (world, today) = (self.world, self.today);
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
        for made in
            made.filter(|p| production::standing(world, p) == production::Standing::InProgress)
        {
            let silent = production::last_report(world, made).map_or(0, |d| (today - d).num_days());
            if silent > SILENT_DAYS {
                let on = (Subject::ProductionOrder, made.id);
                self.push(
                    Stage::Progress,
                    Reason::NoNews,
                    Some(order),
                    on,
                    &made.no,
                    silent - SILENT_DAYS,
                );
            }
        }
    }

    fn purchases(&mut self) {
        let world = self.world;
        for line in &world.purchases {
            if !purchase::arrival(world, line).open.is_positive() {
                continue;
            }
            let order = world
                .orders
                .find(line.order_id)
                .filter(|o| delivery::is_live(o) && !o.on_hold);
            if line.order_id.is_some() && order.is_none() {
                continue;
            }
            let supplier = world
                .suppliers
                .find(line.supplier_id)
                .map_or("", |s| s.name.as_str());
            let on = (Subject::Purchase, line.id);
            if let Some(days) = purchase::overdue_days(world, line, self.today) {
                self.push(
                    Stage::Materials,
                    Reason::PurchaseOverdue,
                    order,
                    on,
                    supplier,
                    days,
                );
            } else if let Some(days) = purchase::too_late_days(world, line) {
                self.push(
                    Stage::Materials,
                    Reason::PurchaseTooLate,
                    order,
                    on,
                    supplier,
                    days,
                );
            } else if purchase::promises(world, line).1.is_none() {
                self.push(Stage::Materials, Reason::NoPromise, order, on, supplier, 0);
            }
        }
    }

    fn exceptions(&mut self) {
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
            if let Some(last) = self.list.last_mut() {
                last.loss = last.loss.times(failure::severity_weight(e.severity));
            }
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

/// How many things need attention in a stage, and whether any of them is late.
#[must_use]
pub fn count(list: &[Attention], stage: Stage) -> (usize, bool) {
    let mine = list
        .iter()
        .filter(|a| stage == Stage::Today || a.stage == stage);
    (mine.clone().count(), mine.clone().any(|a| a.days > 0))
}
