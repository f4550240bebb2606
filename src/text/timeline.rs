//! The story of an order: its events and what was done about it, in words.

use chrono::{NaiveDate, NaiveTime};

use super::did::Did;
use super::label::Label;
use super::word::{Lang, Word, word};
use super::{chasing, diary, format};
use crate::domain::codes::{ReceiptKind, Stage, Subject};
use crate::domain::order::Order;
use crate::domain::past::Deed;
use crate::domain::purchase::Receipt;
use crate::domain::quantity::Qty;
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
const RECEIVED: Word = word("收到订单：{0} {1}", "Order received: {0} {1}");
const DOCUMENT: Word = word(
    "收到单据：{0} 第 {1} 版 {2}",
    "Document received: {0} version {1} {2}",
);
const QUERY: Word = word("提出疑问单 {0}（{1}）：{2}", "Query {0} to {1}: {2}");
const QUERY_ANSWER: Word = word("{0} 答复：{1}", "{0} answered: {1}");
const ROUND: Word = word("请各部门评审，第 {0} 轮", "Departments asked, round {0}");
const SAID_YES: Word = word("能满足", "can do");
const SAID_NO: Word = word("不能", "cannot");
const DEPARTMENT_SAID: Word = word("{0}评审答复：{1}", "{0} answered the review: {1}");
const DECIDED: Word = word("评审结论：{0} {1} {2}", "Review decided: {0} {1} {2}");
const PROMISED: Word = word(
    "向客户承诺 {0}：{1}",
    "Promised to the customer for {0}: {1}",
);
const AMENDED: Word = word("更改第 {0} 次：{1}", "Revision {0}: {1}");
const SEEN: Word = word("{1}已知更改第 {0} 次", "{1} has seen revision {0}");
const SENT: Word = word("寄出{0}第 {1} 轮 {2}", "{0} round {1} sent {2}");
const JUDGED: Word = word("{0}第 {1} 轮：{2} {3}", "{0} round {1}: {2} {3}");
const MILESTONE: Word = word("节点完成：{0}", "Milestone done: {0}");
const BOUGHT: Word = word("采购 {0} {1} {2}（{3}）", "Bought {0} {1} {2} ({3})");
const DEPOSIT: Word = word("{0} 定金已付", "{0}: deposit paid");
const SUPPLIER_SAID: Word = word(
    "{0} {1} 供应商回复 {2} {3}",
    "{0} {1}: supplier promises {2} {3}",
);
const ARRIVED: Word = word("{0} {1} 到货：合格 {2}", "{0} {1} arrived: {2} accepted");
const HELD_INSPECTED: Word = word(
    "{0} {1} 待检品检验：合格 {2}",
    "{0} {1} inspected: {2} accepted",
);
const RETURNED: Word = word("{0} {1} 退货 {2}", "{0} {1}: {2} sent back");
const REJECTED: Word = word("，拒收 {0}", ", {0} rejected");
const HELD: Word = word("，待检 {0}", ", {0} on hold");
const PLAN: Word = word("采用排期 {0}", "Plan accepted {0}");
const RELEASED: Word = word("下达生产单 {0}", "Production order {0} released");
const PRODUCED: Word = word("{0} {1}：合格 {2}", "{0} {1}: {2} good");
const BAD: Word = word("，不良 {0}", ", {0} bad");
const INSPECTED: Word = word("{0}：{1}", "{0} inspection: {1}");
const PAPER: Word = word("单证办好：{0} {1}", "Export paper done: {0} {1}");
const SHIPPED: Word = word("出货 {0}：{1} {2}", "Shipped {0}: {1} {2}");
const RAISED: Word = word("异常 {0}：{1}", "Exception {0}: {1}");
const CONTAINED: Word = word("异常 {0} 临时措施：{1}", "Exception {0} contained: {1}");
const EXCEPTION_DECIDED: Word = word("异常 {0} 决定：{1}", "Exception {0} decided: {1}");
const ACTED: Word = word(
    "异常 {0} 纠正措施完成：{1}",
    "Exception {0} measures done: {1}",
);
const VERIFIED: Word = word("异常 {0} 已验证", "Exception {0} verified");
const CLOSED: Word = word("异常 {0} 关闭：{1}", "Exception {0} closed: {1}");
const CHASED: Word = word("跟催 {0}（{1}）：{2} {3}", "Chased {0} ({1}): {2} {3}");
const NEW_DATE: Word = word("→ {0}", "→ {0}");
const HANDED: Word = word("交出报表 {0}", "Report handed over: {0}");
const HANDED_TO: Word = word("交出报表 {0}，给 {1}", "Report handed over: {0}, to {1}");

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
    let (evidence, file) = evidence(world, event);
    let text = sentence(world, event, lang).unwrap_or_default();
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

/// What can be shown of an event, and whether it is a file.
fn evidence(world: &World, event: &Event) -> (String, bool) {
    let note = |text: Option<String>| (text.unwrap_or_default(), false);
    match event.what {
        What::DocumentCame => match world.documents.get(event.row) {
            Some(d) if !d.file_hash.is_empty() => (d.file_name.clone(), true),
            other => note(other.map(|d| d.title.clone())),
        },
        What::Received => note(world.orders.get(event.row).map(|o| o.customer_po.clone())),
        What::SampleSent => note(world.samples.get(event.row).map(|s| s.courier.clone())),
        What::Goods => note(world.receipts.get(event.row).map(|r| r.document.clone())),
        What::Shipped => note(world.shipments.get(event.row).map(|s| s.bl_no.clone())),
        What::PaperDone => note(world.export_papers.get(event.row).map(|p| p.number.clone())),
        _ => (String::new(), false),
    }
}

fn sentence(world: &World, event: &Event, lang: Lang) -> Option<String> {
    match event.what {
        What::Received
        | What::DocumentCame
        | What::QueryRaised
        | What::QueryAnswered
        | What::SampleSent
        | What::SampleJudged
        | What::MilestoneDone
        | What::HandedOver => intake(world, event, lang),
        What::RoundOpened
        | What::DepartmentAnswered
        | What::Decided
        | What::Promised
        | What::Amended
        | What::AmendmentSeen => agreed(world, event, lang),
        What::Bought | What::DepositPaid | What::SupplierPromised | What::Goods | What::Chased => {
            materials(world, event, lang)
        }
        What::PlanAccepted
        | What::Released
        | What::Produced
        | What::Inspected
        | What::PaperDone
        | What::Shipped => work(world, event, lang),
        What::ExceptionRaised
        | What::Contained
        | What::ExceptionDecided
        | What::MeasuresDone
        | What::Verified
        | What::ExceptionClosed => exception(world, event, lang),
    }
}

fn intake(world: &World, event: &Event, lang: Lang) -> Option<String> {
    let id = event.row;
    Some(match event.what {
        What::Received => {
            let o = world.orders.get(id)?;
            RECEIVED.fill(lang, &[o.channel.word().text(lang), &o.words])
        }
        What::DocumentCame => {
            let d = world.documents.get(id)?;
            let (kind, version) = (d.kind.word().text(lang), d.version.to_string());
            DOCUMENT.fill(lang, &[kind, &version, &d.title])
        }
        What::QueryRaised => {
            let q = world.queries.get(id)?;
            QUERY.fill(lang, &[&q.no, q.department.word().text(lang), &q.question])
        }
        What::QueryAnswered => {
            let q = world.queries.get(id)?;
            QUERY_ANSWER.fill(lang, &[&q.no, &q.answer])
        }
        What::SampleSent | What::SampleJudged => {
            let s = world.samples.get(id)?;
            let (kind, round) = (s.kind.word().text(lang), s.round.to_string());
            if event.what == What::SampleSent {
                SENT.fill(lang, &[kind, &round, &s.courier])
            } else {
                JUDGED.fill(
                    lang,
                    &[kind, &round, s.verdict.word().text(lang), &s.comments],
                )
            }
        }
        What::MilestoneDone => MILESTONE.fill(lang, &[&world.milestones.get(id)?.name]),
        _ => {
            let h = world.handovers.get(id)?;
            let word = if h.handed_to.is_empty() {
                HANDED
            } else {
                HANDED_TO
            };
            word.fill(lang, &[&h.report, &h.handed_to])
        }
    })
}

fn agreed(world: &World, event: &Event, lang: Lang) -> Option<String> {
    let id = event.row;
    let date = |day: Option<NaiveDate>| day.map(|d| d.to_string()).unwrap_or_default();
    Some(match event.what {
        What::RoundOpened => ROUND.fill(lang, &[&world.review_rounds.get(id)?.no.to_string()]),
        What::DepartmentAnswered => {
            let a = world.answers.get(id)?;
            let days = a.days.map(|n| format::days(n, lang));
            let yes = a.satisfied.map(|yes| if yes { SAID_YES } else { SAID_NO });
            let parts = [
                yes.map(|w| w.text(lang).to_owned()),
                a.date.map(|d| d.to_string()),
                days,
                Some(a.risk.clone()),
                Some(a.countermeasure.clone()),
            ];
            let said: Vec<String> = parts.into_iter().flatten().collect();
            let department = a.department.word().text(lang);
            DEPARTMENT_SAID.fill(lang, &[department, &said.join(" ")])
        }
        What::Decided => {
            let d = world.decisions.get(id)?;
            DECIDED.fill(lang, &[d.kind.word().text(lang), &date(d.date), &d.reason])
        }
        What::Promised => {
            let c = world.commitments.get(id)?;
            let words = if c.words.is_empty() {
                &c.reason
            } else {
                &c.words
            };
            PROMISED.fill(lang, &[&c.date.to_string(), words])
        }
        What::Amended => {
            let a = world.amendments.get(id)?;
            AMENDED.fill(lang, &[&a.no.to_string(), &a.reason])
        }
        _ => {
            let k = world.acknowledgements.get(id)?;
            let a = world.amendments.get(k.amendment_id)?;
            SEEN.fill(lang, &[&a.no.to_string(), k.department.word().text(lang)])
        }
    })
}

fn qty(qty: Qty) -> String {
    format::qty(qty)
}

fn materials(world: &World, event: &Event, lang: Lang) -> Option<String> {
    let id = event.row;
    let name = |purchase: i64| {
        let p = world.purchases.get(purchase)?;
        let item = world.items.get(p.item_id).map_or("", |i| i.name.as_str());
        Some((chasing::line_name(p), item.to_owned(), p))
    };
    Some(match event.what {
        What::Bought => {
            let (no, item, p) = name(id)?;
            let supplier = world.suppliers.find(p.supplier_id);
            let supplier = supplier.map_or("", |s| s.name.as_str());
            let amount = format!("{} {}", qty(p.qty), p.unit);
            BOUGHT.fill(lang, &[&no, &item, &amount, supplier])
        }
        What::DepositPaid => DEPOSIT.fill(lang, &[&name(id)?.0]),
        What::SupplierPromised => {
            let said = world.promises.get(id)?;
            let (no, item, _) = name(said.purchase_id)?;
            SUPPLIER_SAID.fill(lang, &[&no, &item, &said.date.to_string(), &said.note])
        }
        What::Goods => {
            let r = world.receipts.get(id)?;
            let (no, item, _) = name(r.purchase_id)?;
            goods(r, &no, &item, lang)
        }
        _ => {
            let c = world.chases.get(id)?;
            let about = match c.subject {
                Subject::Purchase => name(c.subject_id).map(|(no, item, _)| format!("{no} {item}")),
                _ => None,
            };
            let about = about.unwrap_or_else(|| c.subject.word().text(lang).to_owned());
            let date = c.new_date.map(|d| NEW_DATE.fill(lang, &[&d.to_string()]));
            let answer = if c.answer.is_empty() {
                c.result.word().text(lang)
            } else {
                &c.answer
            };
            let date = date.unwrap_or_default();
            CHASED.fill(lang, &[&about, c.how.word().text(lang), answer, &date])
        }
    })
}

fn goods(r: &Receipt, no: &str, item: &str, lang: Lang) -> String {
    let word = match r.kind {
        ReceiptKind::Arrival => ARRIVED,
        ReceiptKind::Inspection => HELD_INSPECTED,
        ReceiptKind::Return => {
            return RETURNED.fill(lang, &[no, item, &qty(r.accepted + r.rejected)]);
        }
    };
    let mut said = word.fill(lang, &[no, item, &qty(r.accepted)]);
    if r.rejected.is_positive() {
        said.push_str(&REJECTED.fill(lang, &[&qty(r.rejected)]));
    }
    if r.held.is_positive() {
        said.push_str(&HELD.fill(lang, &[&qty(r.held)]));
    }
    said
}

fn work(world: &World, event: &Event, lang: Lang) -> Option<String> {
    let id = event.row;
    Some(match event.what {
        What::PlanAccepted => PLAN.fill(lang, &[&world.plans.get(id)?.note]),
        What::Released => RELEASED.fill(lang, &[&world.production_orders.get(id)?.no]),
        What::Produced => {
            let f = world.progress.get(id)?;
            let o = world.operations.get(f.operation_id)?;
            let made = world.production_orders.get(o.production_order_id)?;
            let mut said = PRODUCED.fill(lang, &[&made.no, &o.name, &qty(f.good)]);
            let bad = f.defect + f.rework + f.scrap;
            if bad.is_positive() {
                said.push_str(&BAD.fill(lang, &[&qty(bad)]));
            }
            said
        }
        What::Inspected => {
            let i = world.inspections.get(id)?;
            INSPECTED.fill(
                lang,
                &[i.kind.word().text(lang), i.result.word().text(lang)],
            )
        }
        What::PaperDone => {
            let p = world.export_papers.get(id)?;
            PAPER.fill(lang, &[p.kind.word().text(lang), &p.number])
        }
        _ => {
            let s = world.shipments.get(id)?;
            let all: Qty = world.shipment_lines.of(id).map(|l| l.qty).sum();
            SHIPPED.fill(lang, &[&s.no, &qty(all), &s.method])
        }
    })
}

fn exception(world: &World, event: &Event, lang: Lang) -> Option<String> {
    let e = world.exceptions.get(event.row)?;
    let (word, text) = match event.what {
        What::ExceptionRaised => (RAISED, &e.what),
        What::Contained => (CONTAINED, &e.containment),
        What::ExceptionDecided => (EXCEPTION_DECIDED, &e.decision),
        What::MeasuresDone => (ACTED, &e.corrective),
        What::Verified => return Some(VERIFIED.fill(lang, &[&e.no])),
        _ => (CLOSED, &e.solution),
    };
    Some(word.fill(lang, &[&e.no, text]))
}
