//! What happened to an order and when, from the rows that have dates of their own.
//!
//! The journal adds what has no such date, and who entered the rest; both are put together where
//! they are told. What one deed wrote into two rows is told once: the promise that a decision made,
//! the date that came out of a chase.

use chrono::{NaiveDate, NaiveTime};

use super::production;
use crate::domain::codes::{DecisionKind, Stage, Subject, Verdict};
use crate::domain::moment::Moment;
use crate::domain::order::Order;
use crate::domain::world::World;

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// The order came in.
    Received,
    DocumentCame,
    QueryRaised,
    QueryAnswered,
    RoundOpened,
    DepartmentAnswered,
    Decided,
    /// A date was promised to the customer.
    Promised,
    Amended,
    AmendmentSeen,
    SampleSent,
    SampleJudged,
    MilestoneDone,
    Bought,
    DepositPaid,
    SupplierPromised,
    /// Goods arrived, were inspected or went back.
    Goods,
    PlanAccepted,
    Released,
    /// A day's figures of an operation.
    Produced,
    Inspected,
    PaperDone,
    Shipped,
    ExceptionRaised,
    Contained,
    ExceptionDecided,
    MeasuresDone,
    Verified,
    ExceptionClosed,
    Chased,
    HandedOver,
}

impl What {
    /// The stage it belongs to; a chase to that of what it is about.
    #[must_use]
    pub const fn stage(self) -> Stage {
        match self {
            Self::Received
            | Self::DocumentCame
            | Self::QueryRaised
            | Self::QueryAnswered
            | Self::Promised
            | Self::Amended
            | Self::AmendmentSeen
            | Self::SampleSent
            | Self::SampleJudged
            | Self::MilestoneDone
            | Self::Chased => Stage::Intake,
            Self::RoundOpened | Self::DepartmentAnswered | Self::Decided => Stage::Capacity,
            Self::PlanAccepted | Self::Released => Stage::Schedule,
            Self::Bought | Self::DepositPaid | Self::SupplierPromised | Self::Goods => {
                Stage::Materials
            }
            Self::Produced
            | Self::Inspected
            | Self::PaperDone
            | Self::Shipped
            | Self::HandedOver => Stage::Progress,
            Self::ExceptionRaised
            | Self::Contained
            | Self::ExceptionDecided
            | Self::MeasuresDone
            | Self::Verified
            | Self::ExceptionClosed => Stage::Exceptions,
        }
    }
}

/// One event of an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    pub on: NaiveDate,
    /// `None`: only the day is known.
    pub time: Option<NaiveTime>,
    pub what: What,
    pub stage: Stage,
    /// Empty where the row does not say.
    pub who: String,
    /// The row that says it.
    pub table: &'static str,
    pub row: i64,
}

/// Everything with a date of its own that belongs to an order, oldest first.
#[must_use]
pub fn of_order(world: &World, order: &Order) -> Vec<Event> {
    let mut list = List(Vec::new());
    intake(world, order, &mut list);
    review(world, order, &mut list);
    changes(world, order, &mut list);
    materials(world, order, &mut list);
    work(world, order, &mut list);
    leaving(world, order, &mut list);
    exceptions(world, order, &mut list);
    chases(world, order, &mut list);
    sort(&mut list.0);
    list.0
}

/// Oldest first; of one day those without a time first, as the enumeration of [`What`] runs.
pub fn sort(list: &mut [Event]) {
    list.sort_by_key(|e| (e.on, e.time, e.what, e.row));
}

struct List(Vec<Event>);

impl List {
    fn on(
        &mut self,
        day: Option<NaiveDate>,
        what: What,
        who: &str,
        (table, row): (&'static str, i64),
    ) {
        if let Some(on) = day {
            self.0.push(Event {
                on,
                time: None,
                what,
                stage: what.stage(),
                who: who.to_owned(),
                table,
                row,
            });
        }
    }

    fn at(&mut self, at: Option<Moment>, what: What, who: &str, row: (&'static str, i64)) {
        self.on(at.map(Moment::date), what, who, row);
        if let (Some(at), Some(event)) = (at, self.0.last_mut()) {
            event.time = Some(at.0.time());
        }
    }
}

fn intake(world: &World, order: &Order, list: &mut List) {
    let from = ("orders", order.id);
    list.at(
        order.received_at,
        What::Received,
        &order.received_from,
        from,
    );
    for d in world.documents.of(order.id) {
        list.on(d.date, What::DocumentCame, "", ("document", d.id));
    }
    for q in world.queries.of(order.id) {
        let row = ("query", q.id);
        list.on(Some(q.raised_on), What::QueryRaised, "", row);
        list.on(q.answered_on, What::QueryAnswered, &q.answered_by, row);
    }
    for s in world.samples.of(order.id) {
        let row = ("sample", s.id);
        list.on(s.sent_on, What::SampleSent, "", row);
        let judged = s.verdict_on.filter(|_| s.verdict != Verdict::Waiting);
        list.on(judged, What::SampleJudged, "", row);
    }
    for m in world.milestones.of(order.id) {
        list.on(m.actual, What::MilestoneDone, "", ("milestone", m.id));
    }
    for h in world.handovers.of(order.id) {
        list.at(Some(h.at), What::HandedOver, "", ("handover", h.id));
    }
}

fn review(world: &World, order: &Order, list: &mut List) {
    for round in world.review_rounds.of(order.id) {
        let row = ("review_round", round.id);
        list.on(Some(round.opened_on), What::RoundOpened, "", row);
        for a in world.answers.of(round.id).filter(|a| !a.carried) {
            list.on(
                a.answered_on,
                What::DepartmentAnswered,
                "",
                ("answer", a.id),
            );
        }
    }
    for d in world.decisions.of(order.id) {
        let row = ("decision", d.id);
        list.on(Some(d.decided_on), What::Decided, &d.authority, row);
    }
}

fn changes(world: &World, order: &Order, list: &mut List) {
    // A decision that accepts says the date itself.
    let decided = |on: NaiveDate, date: NaiveDate| {
        let mut all = world.decisions.of(order.id);
        all.any(|d| d.kind == DecisionKind::Accept && d.decided_on == on && d.date == Some(date))
    };
    let mut said: Vec<(NaiveDate, NaiveDate)> = Vec::new();
    for line in world.order_lines.of(order.id) {
        for c in world.commitments.of(line.id) {
            // Several lines promised for one day are one promise.
            if decided(c.made_on, c.date) || said.contains(&(c.made_on, c.date)) {
                continue;
            }
            said.push((c.made_on, c.date));
            let row = ("commitment", c.id);
            list.on(Some(c.made_on), What::Promised, &c.made_by, row);
        }
    }
    for a in world.amendments.of(order.id) {
        list.on(Some(a.made_on), What::Amended, "", ("amendment", a.id));
        for k in world.acknowledgements.of(a.id) {
            let row = ("acknowledgement", k.id);
            list.on(k.seen_on, What::AmendmentSeen, &k.seen_by, row);
        }
    }
}

fn materials(world: &World, order: &Order, list: &mut List) {
    let mine = world.purchases.iter();
    for p in mine.filter(|p| p.order_id == Some(order.id)) {
        let row = ("purchase", p.id);
        list.on(p.ordered_on, What::Bought, "", row);
        list.on(p.deposit_paid_on, What::DepositPaid, "", row);
        let chased = |said: &crate::domain::purchase::Promise| {
            let about = world.chases.of(p.id);
            let mut about = about.filter(|c| c.subject == Subject::Purchase);
            about.any(|c| c.at.date() == said.said_on && c.new_date == Some(said.date))
        };
        for said in world.promises.of(p.id).filter(|s| !chased(s)) {
            let row = ("promise", said.id);
            list.on(
                Some(said.said_on),
                What::SupplierPromised,
                &said.said_by,
                row,
            );
        }
        for r in world.receipts.of(p.id) {
            list.on(Some(r.date), What::Goods, "", ("receipt", r.id));
        }
    }
}

fn work(world: &World, order: &Order, list: &mut List) {
    let mut plans = std::collections::BTreeSet::new();
    for made in production::of_order(world, order) {
        let row = ("production_order", made.id);
        list.on(made.released_on, What::Released, "", row);
        for o in world.operations.of(made.id) {
            for f in production::figures(world, o.id) {
                list.on(Some(f.date), What::Produced, "", ("progress", f.id));
            }
            plans.insert(o.id);
        }
    }
    for plan in &world.plans {
        let mut rows = world.plan_rows.of(plan.id);
        if rows.any(|r| plans.contains(&r.operation_id)) {
            let row = ("plan", plan.id);
            list.at(
                Some(plan.accepted_at),
                What::PlanAccepted,
                &plan.accepted_by,
                row,
            );
        }
    }
}

fn leaving(world: &World, order: &Order, list: &mut List) {
    for i in world.inspections.of(order.id) {
        list.on(i.done_on, What::Inspected, "", ("inspection", i.id));
    }
    for s in world.shipments.of(order.id) {
        list.on(s.shipped_on, What::Shipped, "", ("shipment", s.id));
        for p in world.export_papers.of(s.id) {
            list.on(p.done_on, What::PaperDone, "", ("export_paper", p.id));
        }
    }
}

fn exceptions(world: &World, order: &Order, list: &mut List) {
    for e in &world.exceptions {
        let further = || {
            world
                .exception_orders
                .of(e.id)
                .any(|o| o.order_id == order.id)
        };
        if e.order_id != Some(order.id) && !further() {
            continue;
        }
        let row = ("exception", e.id);
        list.at(
            Some(e.reported_at),
            What::ExceptionRaised,
            &e.reported_by,
            row,
        );
        list.at(e.contained_at, What::Contained, "", row);
        list.on(e.decided_on, What::ExceptionDecided, &e.decided_by, row);
        list.on(e.acted_on, What::MeasuresDone, &e.owner, row);
        list.on(e.verified_on, What::Verified, "", row);
        list.on(e.closed_on, What::ExceptionClosed, "", row);
    }
}

fn chases(world: &World, order: &Order, list: &mut List) {
    for c in &world.chases {
        let bought = || {
            let p = world.purchases.get(c.subject_id);
            c.subject == Subject::Purchase && p.and_then(|p| p.order_id) == Some(order.id)
        };
        if c.order_id != Some(order.id) && !bought() {
            continue;
        }
        list.at(Some(c.at), What::Chased, "", ("chase", c.id));
        if let Some(event) = list.0.last_mut() {
            event.stage = stage_of(c.subject);
        }
    }
}

/// The stage in which a subject is worked on.
#[must_use]
pub const fn stage_of(subject: Subject) -> Stage {
    match subject {
        Subject::Purchase => Stage::Materials,
        Subject::Answer => Stage::Capacity,
        Subject::ProductionOrder | Subject::Shipment => Stage::Progress,
        Subject::Exception => Stage::Exceptions,
        Subject::Order
        | Subject::Query
        | Subject::Document
        | Subject::Sample
        | Subject::Milestone => Stage::Intake,
    }
}
