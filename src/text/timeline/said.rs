//! The sentences of events, and what can be shown of them.

use chrono::NaiveDate;

use crate::domain::codes::{ReceiptKind, Subject};
use crate::domain::purchase::Receipt;
use crate::domain::quantity::Qty;
use crate::domain::rule::timeline::{Event, What};
use crate::domain::world::World;
use crate::text::label::Label;
use crate::text::word::{Lang, Word, word};
use crate::text::{chasing, format};

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

/// What can be shown of an event, and whether it is a file.
pub(super) fn evidence(world: &World, event: &Event) -> (String, bool) {
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

/// What happened, in a sentence; none where its row is gone.
pub(super) fn sentence(world: &World, event: &Event, lang: Lang) -> Option<String> {
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
