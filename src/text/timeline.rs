//! The story of an order: its events and what was done about it, in words.

mod said;

use chrono::{NaiveDate, NaiveTime};

use super::did::Did;
use super::word::{Lang, Word, word};
use super::{chasing, diary};
use crate::domain::codes::Stage;
use crate::domain::order::Order;
use crate::domain::past::Deed;
use crate::domain::rule::timeline::{self, Event, What};
use crate::domain::world::World;

pub const TIMELINE: Word = word("履历", "Timeline");
pub const OF_ORDER: Word = word("履历 {0}", "Timeline of {0}");
pub const EVIDENCE: Word = word("凭据", "Evidence");
pub const WHAT: Word = word("发生了什么", "What happened");
pub const ALL_STAGES: Word = word("全部环节", "all stages");
pub const EMPTY: Word = word(
    "这张订单还没有记下任何事。",
    "Nothing is recorded about this order yet.",
);
pub const NO_HIT: Word = word(
    "没有符合筛选的事：按 Esc 清除筛选，← → 换环节。",
    "Nothing matches: Esc clears the filter, ← → change the stage.",
);
pub const KEYS: Word = word(
    "Enter 到凭据  ← → 环节  / 筛选  o 先新/先旧  Esc 返回",
    "Enter evidence  ← → stage  / filter  o newest/oldest first  Esc back",
);
pub const NEWEST: Word = word("先新", "newest first");
pub const OLDEST: Word = word("先旧", "oldest first");
pub const NO_PLACE: Word = word(
    "这件事只在记录里，没有可打开的凭据。",
    "Only the journal tells of this; there is nothing to open.",
);
pub const FILE_MARK: Word = word("附件", "file");

const UNDONE: Word = word("{0}（已撤销）", "{0} (undone)");
/// A line of the story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    pub on: NaiveDate,
    /// `None`: only the day is known.
    pub time: Option<NaiveTime>,
    pub stage: Stage,
    pub who: String,
    pub text: String,
    /// The row that shows it; an empty table: the journal alone.
    pub table: String,
    pub row: i64,
    /// What can be shown: the name of a file, a delivery note, a bill of lading.
    pub evidence: String,
    /// Whether a file is kept.
    pub file: bool,
    /// Whether it was taken back.
    pub undone: bool,
}

impl Told {
    /// Day and time, as far as they are known: `2026-11-23 08:30`.
    #[must_use]
    pub fn at(&self) -> String {
        match self.time {
            Some(time) => format!("{} {}", self.on, time.format("%H:%M")),
            None => self.on.to_string(),
        }
    }
}

/// The story of an order, oldest first: what happened, and what else was done about it.
///
/// A deed whose rows tell of an event is not told again: it says who entered the event and, on the
/// same day, when.
#[must_use]
pub fn story(world: &World, deeds: &[Deed], order: &Order, lang: Lang) -> Vec<Told> {
    let mut events = timeline::of_order(world, order);
    let mut rest: Vec<&Deed> = Vec::new();
    for deed in deeds {
        let mut merged = false;
        for at in told_by(world, &events, deed) {
            let Some(event) = events.get_mut(at) else {
                continue;
            };
            merged = true;
            if event.who.is_empty() {
                event.who.clone_from(&deed.who);
            }
            if event.time.is_none() && deed.at.date() == event.on {
                event.time = Some(deed.at.0.time());
            }
        }
        if !merged {
            rest.push(deed);
        }
    }
    timeline::sort(&mut events);
    let mut told: Vec<Told> = events.iter().map(|e| of_event(world, e, lang)).collect();
    told.extend(rest.into_iter().map(|d| of_deed(world, order, d, lang)));
    // Events come first among those of one moment, so that “received” stands before “changed”.
    told.sort_by_key(|t| (t.on, t.time));
    told
}

/// The places of the events that a deed entered: by the rows it wrote; where it came with a file,
/// the nearest events up to a week before it that bear the names it gives.
fn told_by(world: &World, events: &[Event], deed: &Deed) -> Vec<usize> {
    let tells = tells(Did::of(&deed.code));
    if deed.undone || tells.is_empty() {
        return Vec::new();
    }
    let candidates = events.iter().enumerate();
    let candidates = candidates.filter(|(_, e)| tells.contains(&e.what));
    let written = |e: &Event| deed.rows.iter().any(|(t, id)| t == e.table && *id == e.row);
    if !deed.rows.is_empty() {
        let found = candidates.filter(|(_, e)| written(e));
        return found.map(|(at, _)| at).collect();
    }
    let named = |e: &Event| {
        let names = names(world, e);
        let is = |name: &String, arg: &String| arg == name || arg.starts_with(&format!("{name} "));
        !names.is_empty() && names.iter().all(|n| deed.args.iter().any(|a| is(n, a)))
    };
    let age = |e: &Event| (deed.at.date() - e.on).num_days();
    let found: Vec<(usize, i64)> = candidates
        .filter(|(_, e)| (0..=ENTERED_WITHIN).contains(&age(e)) && named(e))
        .map(|(at, e)| (at, age(e)))
        .collect();
    let least = found.iter().map(|(_, age)| *age).min();
    let nearest = found.into_iter().filter(|(_, age)| Some(*age) == least);
    nearest.map(|(at, _)| at).collect()
}

/// Days after an event within which it is taken to have been entered.
const ENTERED_WITHIN: i64 = 7;

/// The names by which the journal speaks of an event; all of them have to be there.
fn names(world: &World, event: &Event) -> Vec<String> {
    use crate::command::followup::subject_name;
    let id = event.row;
    let bought = |id: i64| world.purchases.get(id).map(chasing::line_name);
    let one = |name: Option<String>| name.into_iter().collect::<Vec<String>>();
    let made = |id: i64| world.production_orders.get(id).map(|m| m.no.clone());
    match event.what {
        What::Received => one(world.orders.get(id).map(|o| o.no.clone())),
        What::DocumentCame => one(world.documents.get(id).map(|d| d.kind.code().to_owned())),
        What::QueryRaised | What::QueryAnswered => one(world.queries.get(id).map(|q| q.no.clone())),
        What::RoundOpened => one(world.review_rounds.get(id).map(|r| r.no.to_string())),
        What::DepartmentAnswered => one(world
            .answers
            .get(id)
            .map(|a| a.department.code().to_owned())),
        What::Decided => one(world.decisions.get(id).map(|d| d.kind.code().to_owned())),
        What::Promised => one(world.commitments.get(id).map(|c| c.date.to_string())),
        What::Amended => one(world.amendments.get(id).map(|a| a.no.to_string())),
        What::AmendmentSeen => one(world
            .acknowledgements
            .get(id)
            .map(|k| k.department.code().to_owned())),
        What::SampleSent | What::SampleJudged => world.samples.get(id).map_or_else(Vec::new, |s| {
            vec![s.kind.code().to_owned(), s.round.to_string()]
        }),
        What::MilestoneDone => one(world.milestones.get(id).map(|m| m.name.clone())),
        What::Bought => one(world.purchases.get(id).map(|p| p.no.clone())),
        What::DepositPaid => one(bought(id)),
        What::SupplierPromised => one(world.promises.get(id).and_then(|p| bought(p.purchase_id))),
        What::Goods => one(world.receipts.get(id).and_then(|r| bought(r.purchase_id))),
        What::PlanAccepted => Vec::new(),
        What::Released => one(made(id)),
        What::Produced => {
            let operation = world.progress.get(id).map(|f| f.operation_id);
            let operation = world.operations.find(operation);
            one(operation.and_then(|o| made(o.production_order_id)))
        }
        What::Inspected => one(world.inspections.get(id).map(|i| i.kind.code().to_owned())),
        What::PaperDone => one(world
            .export_papers
            .get(id)
            .map(|p| p.kind.code().to_owned())),
        What::Shipped => one(world.shipments.get(id).map(|s| s.no.clone())),
        What::ExceptionRaised
        | What::Contained
        | What::ExceptionDecided
        | What::MeasuresDone
        | What::Verified
        | What::ExceptionClosed => one(world.exceptions.get(id).map(|e| e.no.clone())),
        What::Chased => one(world
            .chases
            .get(id)
            .map(|c| subject_name(world, c.subject, c.subject_id))),
        What::HandedOver => one(world.handovers.get(id).map(|h| h.report.clone())),
    }
}

/// The events that a deed may be the entry of.
const fn tells(did: Did) -> &'static [What] {
    match did {
        Did::OrderEntered | Did::OrdersImported => &[What::Received, What::DocumentCame],
        Did::DocumentFiled => &[What::DocumentCame],
        Did::QueryRaised => &[What::QueryRaised],
        Did::QueryAnswered => &[What::QueryAnswered],
        Did::SampleRecorded => &[What::SampleSent, What::SampleJudged],
        Did::MilestoneChanged => &[What::MilestoneDone],
        Did::CommitmentMade => &[What::Promised],
        Did::OrderAmended => &[What::Amended, What::DocumentCame],
        Did::AmendmentSeen => &[What::AmendmentSeen],
        Did::AnswersAsked => &[What::RoundOpened],
        Did::AnswerRecorded => &[What::DepartmentAnswered],
        Did::ReviewDecided => &[What::Decided, What::Promised],
        Did::PlanAccepted => &[What::PlanAccepted],
        Did::ProductionReleased => &[What::Released],
        Did::ProgressReported | Did::ProgressCorrected => &[What::Produced],
        Did::Purchased | Did::ListPurchased | Did::PurchasesTaken => &[What::Bought],
        Did::DepositRecorded => &[What::DepositPaid],
        Did::SupplierPromised | Did::PromisesTaken => &[What::SupplierPromised],
        Did::Chased => &[What::Chased, What::SupplierPromised],
        Did::GoodsReceived | Did::HeldInspected | Did::GoodsReturned | Did::ReceiptsTaken => {
            &[What::Goods]
        }
        Did::Inspected => &[What::Inspected],
        Did::Shipped => &[What::Shipped],
        Did::PaperDone => &[What::PaperDone],
        Did::ExceptionRaised => &[What::ExceptionRaised, What::Contained],
        Did::ExceptionChanged => &[What::Contained, What::MeasuresDone, What::Verified],
        Did::ExceptionDecided => &[What::ExceptionDecided],
        Did::ExceptionClosed => &[What::Verified, What::ExceptionClosed],
        Did::ReportHanded => &[What::HandedOver],
        _ => &[],
    }
}

/// The stage of a deed that no event tells of.
fn stage(deed: &Deed) -> Stage {
    match Did::of(&deed.code) {
        Did::AnswersAsked | Did::AnswerRecorded | Did::ReviewDecided | Did::RushAccepted => {
            Stage::Capacity
        }
        Did::ProductionMade
        | Did::ProductionReleased
        | Did::ProductionHeld
        | Did::ProductionResumed
        | Did::ProductionCancelled
        | Did::ProductionSplit
        | Did::ProductionMerged
        | Did::ProductionResized
        | Did::PlanAccepted
        | Did::OperationPinned
        | Did::OperationUnpinned
        | Did::OperationMoved
        | Did::PartsPlanned => Stage::Schedule,
        Did::Purchased
        | Did::ListPurchased
        | Did::PurchaseChanged
        | Did::SupplierPromised
        | Did::GoodsReceived
        | Did::HeldInspected
        | Did::GoodsReturned
        | Did::PurchaseClosed
        | Did::Reallocated
        | Did::ReservationDropped
        | Did::PromisesTaken
        | Did::ReceiptsTaken
        | Did::PurchasesTaken
        | Did::DepositRecorded => Stage::Materials,
        Did::ProgressReported
        | Did::ProgressCorrected
        | Did::Inspected
        | Did::ShipmentPlanned
        | Did::Shipped
        | Did::PaperDone
        | Did::OrderClosed
        | Did::ReportHanded => Stage::Progress,
        Did::ExceptionRaised
        | Did::ExceptionChanged
        | Did::ExceptionDecided
        | Did::ExceptionClosed
        | Did::ExceptionReopened => Stage::Exceptions,
        _ => Stage::Intake,
    }
}

fn of_deed(world: &World, order: &Order, deed: &Deed, lang: Lang) -> Told {
    let said = diary::deed(Did::of(&deed.code), &deed.args, lang);
    // Of the rows it wrote the most telling one: not the order, where there is another.
    let there = |(table, _): &&(String, i64)| table != "orders" && table != "order_line";
    let row = deed.rows.iter().find(there);
    let row = row.filter(|_| !deed.undone).cloned();
    let (table, row) = row.unwrap_or_else(|| ("orders".to_owned(), order.id));
    let kept = world.documents.get(row).filter(|_| table == "document");
    let kept = kept.filter(|d| !d.file_hash.is_empty());
    Told {
        on: deed.at.date(),
        time: Some(deed.at.0.time()),
        stage: stage(deed),
        who: deed.who.clone(),
        text: if deed.undone {
            UNDONE.fill(lang, &[&said])
        } else {
            said
        },
        table,
        row,
        evidence: kept.map(|d| d.file_name.clone()).unwrap_or_default(),
        file: kept.is_some(),
        undone: deed.undone,
    }
}

fn of_event(world: &World, event: &Event, lang: Lang) -> Told {
    let (evidence, file) = said::evidence(world, event);
    let text = said::sentence(world, event, lang).unwrap_or_default();
    Told {
        on: event.on,
        time: event.time,
        stage: event.stage,
        who: event.who.clone(),
        text: text.split_whitespace().collect::<Vec<_>>().join(" "),
        table: event.table.to_owned(),
        row: event.row,
        evidence,
        file,
        undone: false,
    }
}
