//! What needs the merchandiser: due, broken, waiting or promised, from all stages.
//!
//! Every cause by itself; [`super::today`] makes the list of the morning of them, one line a thing.

mod failures;
mod followed;
mod goods;
mod orders;
mod papers;
mod shipping;

use std::panic::resume_unwind;
use std::thread;

use chrono::NaiveDate;

use super::escalation::{self, Rules};
use super::silence::Silence;
use super::{delivery, failure};
use crate::domain::codes::{DocumentKind, OrderState, Stage, Subject};
use crate::domain::moment::Moment;
use crate::domain::order::Order;
use crate::domain::quantity::Micro;
use crate::domain::world::World;

/// Days ahead in which an unshipped order counts as due.
pub const DUE_SOON_DAYS: i64 = 3;
/// Live orders from which on most of them are looked at beside the rest.
const BESIDE_MIN: usize = 200;
/// The most days late that are counted.
const DAYS_MAX: i64 = 365;

/// What kind of thing the day holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// It is late, or will be.
    Broken,
    /// We said that we would do it by now.
    Promised,
    /// It has to be done by us.
    Due,
    /// Somebody owes us: an answer, a date, a verdict, a decision, news.
    Waiting,
}

impl Kind {
    pub const ALL: &'static [Self] = &[Self::Broken, Self::Promised, Self::Due, Self::Waiting];

    /// The code in lists.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Broken => "broken",
            Self::Promised => "promised",
            Self::Due => "due",
            Self::Waiting => "waiting",
        }
    }
}

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
    /// Nothing was heard for longer than usual, in working days.
    NoNews(Silence),
    ToShip,
    OrderLate,
    /// The chance in per cent that an order misses its date.
    AtRisk(i64),
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
    /// We said that we would come back to it on a day.
    FollowUp,
    /// Somebody said that he would have it by a day.
    SaidBy,
}

impl Reason {
    /// The code in lists, and in what is remembered of a thing that was put off.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::PointsOpen(_) => "points_open",
            Self::DocumentMissing(_) => "document_missing",
            Self::NoWrittenConfirmation => "no_written_confirmation",
            Self::QueryOverdue => "query_overdue",
            Self::QueryWaiting => "query_waiting",
            Self::NotAcknowledged => "not_acknowledged",
            Self::SampleDue => "sample_due",
            Self::SampleWaiting => "sample_waiting",
            Self::SampleRejected => "sample_rejected",
            Self::LessonsOpen(_) => "lessons_open",
            Self::NotAuthorised => "not_authorised",
            Self::MilestoneLate => "milestone_late",
            Self::MilestoneDue => "milestone_due",
            Self::ReviewToStart => "review_to_start",
            Self::AnswerSilent => "answer_silent",
            Self::DecisionDue => "decision_due",
            Self::ProductionToMake => "production_to_make",
            Self::ProductionToRelease => "production_to_release",
            Self::NotScheduled => "not_scheduled",
            Self::PurchaseOverdue => "purchase_overdue",
            Self::PurchaseTooLate => "purchase_too_late",
            Self::NoPromise => "no_promise",
            Self::NoNews(_) => "no_news",
            Self::ToShip => "to_ship",
            Self::OrderLate => "order_late",
            Self::AtRisk(_) => "at_risk",
            Self::OrderDueSoon => "order_due_soon",
            Self::ToClose => "to_close",
            Self::ExceptionDecision => "exception_decision",
            Self::ExceptionOpen => "exception_open",
            Self::ExceptionEscalate(_) => "exception_escalate",
            Self::ExceptionUnowned => "exception_unowned",
            Self::ActionOverdue => "action_overdue",
            Self::CounterWaiting => "counter_waiting",
            Self::FollowUp => "follow_up",
            Self::SaidBy => "said_by",
            Self::InspectionDue => "inspection_due",
            Self::InspectionFailed => "inspection_failed",
            Self::PaperDue => "paper_due",
            Self::ShipmentDue => "shipment_due",
        }
    }

    /// What kind of thing it is, so many days after its day.
    #[must_use]
    pub const fn kind(self, days: i64) -> Kind {
        match self {
            Self::QueryOverdue
            | Self::QueryWaiting
            | Self::AnswerSilent
            | Self::SampleWaiting
            | Self::CounterWaiting
            | Self::NotAcknowledged
            | Self::NotAuthorised
            | Self::NoWrittenConfirmation
            | Self::NoPromise
            | Self::ExceptionDecision
            | Self::SaidBy => Kind::Waiting,
            // Twice as long as usual is no longer a mere wait.
            Self::NoNews(s) if s.days > 2 * s.usual => Kind::Broken,
            Self::NoNews(_) => Kind::Waiting,
            Self::FollowUp => Kind::Promised,
            Self::PurchaseOverdue
            | Self::PurchaseTooLate
            | Self::OrderLate
            | Self::AtRisk(_)
            | Self::SampleRejected
            | Self::MilestoneLate
            | Self::ExceptionOpen
            | Self::ExceptionEscalate(_)
            | Self::ActionOverdue
            | Self::InspectionFailed
            | Self::ShipmentDue => Kind::Broken,
            _ if days > 0 => Kind::Broken,
            _ => Kind::Due,
        }
    }

    /// Whether all that can be done about it is to ask somebody.
    #[must_use]
    pub const fn is_asking(self) -> bool {
        matches!(
            self,
            Self::QueryOverdue
                | Self::QueryWaiting
                | Self::AnswerSilent
                | Self::SampleWaiting
                | Self::CounterWaiting
                | Self::NotAcknowledged
                | Self::NotAuthorised
                | Self::NoWrittenConfirmation
                | Self::DocumentMissing(_)
                | Self::PurchaseOverdue
                | Self::PurchaseTooLate
                | Self::NoPromise
                | Self::NoNews(_)
                | Self::MilestoneLate
                | Self::MilestoneDue
                | Self::ExceptionDecision
                | Self::ActionOverdue
        )
    }
}

/// One thing that needs attention.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attention {
    pub stage: Stage,
    pub reason: Reason,
    pub kind: Kind,
    pub order_id: Option<i64>,
    /// What is chased and put off.
    pub subject: Subject,
    pub subject_id: i64,
    /// The row that it is about where that is none of the subject's table: an acknowledgement, a
    /// promise; else the subject's.
    pub row: i64,
    /// Who or what it is about, as text: a supplier, a department's code, a number.
    pub about: String,
    /// Days late; negative while there is still time.
    pub days: i64,
    /// Weight of the order; of an exception times that of its severity.
    pub weight: Micro,
    /// Weighted days, see [`super::today`]; larger is worse.
    pub loss: Micro,
}

impl Attention {
    /// The days it will be late if nothing is done about it today; none while there is time.
    #[must_use]
    pub fn days_at_stake(&self) -> Micro {
        Micro::whole((self.days + 1).clamp(0, DAYS_MAX))
    }
}

/// Everything that needs attention, what was put off too, in no order.
#[must_use]
pub fn all(world: &World, today: NaiveDate) -> Vec<Attention> {
    let live: Vec<&Order> = world
        .orders
        .iter()
        .filter(|o| delivery::is_live(o))
        .collect();
    let of = |orders: &[&Order], rest: bool| {
        let mut found = Finder {
            world,
            today,
            list: Vec::new(),
        };
        orders.iter().for_each(|order| found.order(order));
        if rest {
            found.purchases();
            found.exceptions();
            found.silences();
            found.follow_ups();
        }
        found.list
    };
    if live.len() < BESIDE_MIN {
        return of(&live, true);
    }
    // Each order by itself, so half of the work is done beside, for the rest has the other things to
    // look at: every saved change waits for this.
    let (first, last) = live.split_at(live.len() * 2 / 3);
    thread::scope(|scope| {
        let beside = thread::Builder::new().spawn_scoped(scope, || of(first, false));
        let mut rest = of(last, true);
        let mut all = match beside.map(thread::ScopedJoinHandle::join) {
            Ok(Ok(found)) => found,
            Ok(Err(panic)) => resume_unwind(panic),
            // The system has no thread to give.
            Err(_) => of(first, false),
        };
        all.append(&mut rest);
        all
    })
}

/// Worst first; ties by stage, subject and reason.
pub fn sort(list: &mut [Attention]) {
    list.sort_by(|a, b| {
        let of = |a: &Attention| (a.stage, a.subject, a.subject_id, a.kind, a.reason, a.row);
        b.loss.cmp(&a.loss).then(of(a).cmp(&of(b)))
    });
}

/// What a thing needs attention for, as it is remembered when it is put off: reasons in order of
/// their codes, those of an exception with its severity.
///
/// That nothing was heard of it is left out: who puts a thing off knows that.
#[must_use]
pub fn marks<'a>(world: &World, causes: impl Iterator<Item = &'a Attention>) -> Vec<String> {
    let told = causes.filter(|a| !matches!(a.reason, Reason::NoNews(_) | Reason::AtRisk(_)));
    let mut out: Vec<String> = told.map(|a| mark(world, a)).collect();
    out.sort();
    out.dedup();
    out
}

fn mark(world: &World, a: &Attention) -> String {
    let exception = world.exceptions.get(a.subject_id);
    let level = match a.reason {
        Reason::ExceptionEscalate(level) => level.to_string(),
        _ => String::new(),
    };
    match exception.filter(|_| a.subject == Subject::Exception) {
        Some(e) => format!("{}{level}:{}", a.reason.code(), e.severity.code()),
        None => a.reason.code().to_owned(),
    }
}

/// Marks the exceptions that have to go to a higher level by now.
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
            a.kind = a.reason.kind(a.days);
            // A level stands for a day more that nobody with the power to decide has had it.
            a.weight = a.weight.times(Micro::whole(due.level + 1));
            a.loss = a.weight.times(a.days_at_stake());
        }
    }
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
        let mut weight = order.map_or(Micro::ONE, |o| delivery::weight(self.world, o));
        if on.0 == Subject::Exception
            && let Some(e) = self.world.exceptions.get(on.1)
        {
            weight = weight.times(failure::severity_weight(e.severity));
        }
        let mut a = Attention {
            stage,
            reason,
            kind: reason.kind(days),
            order_id: order.map(|o| o.id),
            subject: on.0,
            subject_id: on.1,
            row: on.1,
            about: about.to_owned(),
            days,
            weight,
            loss: Micro::ZERO,
        };
        a.loss = weight.times(a.days_at_stake());
        self.list.push(a);
    }

    /// Says which row the last cause is about.
    fn about_row(&mut self, row: i64) {
        if let Some(last) = self.list.last_mut() {
            last.row = row;
        }
    }

    /// The last cause is something that we said we would do, once its day has come.
    fn promised(&mut self) {
        if let Some(last) = self.list.last_mut()
            && last.days >= 0
        {
            last.kind = Kind::Promised;
        }
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
}
