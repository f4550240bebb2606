//! Why something needs attention, and what to do next, in words.

use super::label::Label;
use super::word::{Lang, Word, word};
use crate::domain::codes::{
    Department, DocumentKind, InspectionKind, PaperKind, SampleKind, Subject,
};
use crate::domain::rule::attention::{Attention, Reason};

const fn words(reason: Reason) -> (Word, Word) {
    match reason {
        Reason::PointsOpen(_) => (
            word("{0} 个审单点未过", "review points open: {0}"),
            word("到接单逐点审单", "review them in Intake"),
        ),
        Reason::DocumentMissing(_) => (
            word("缺 {0}", "missing: {0}"),
            word("索取后登记单据", "ask for it, then file it"),
        ),
        Reason::NoWrittenConfirmation => (
            word(
                "电话单未书面确认 {0}",
                "phone order not confirmed in writing {0}",
            ),
            word("请客户发书面订单", "ask the customer for a written order"),
        ),
        Reason::QueryOverdue => (
            word("疑问单超期未答：{0}", "query overdue: {0}"),
            word("催部门答复", "chase the department"),
        ),
        Reason::QueryWaiting => (
            word("疑问单待答复：{0}", "query waiting: {0}"),
            word("等部门答复", "wait for the answer"),
        ),
        Reason::NotAcknowledged => (
            word("{0}还不知道订单更改", "amendment not yet seen by {0}"),
            word(
                "发更改通知，登记已知",
                "send the change notice, record that it was seen",
            ),
        ),
        Reason::SampleDue => (
            word("该寄样品：{0}", "sample to be sent: {0}"),
            word("寄出后登记快递", "send it, record the courier"),
        ),
        Reason::SampleWaiting => (
            word("样品等客户结论：{0}", "no verdict on sample: {0}"),
            word("催客户确认", "ask the customer for the verdict"),
        ),
        Reason::SampleRejected => (
            word("样品不通过：{0}", "sample rejected: {0}"),
            word("打下一轮样", "make the next round"),
        ),
        Reason::LessonsOpen(_) => (
            word("{0} 条经验待确认", "lessons to heed: {0}"),
            word(
                "到接单的经验逐条确认或放过",
                "tick or let pass each in Intake",
            ),
        ),
        Reason::NotAuthorised => (
            word("承诺 {0} 未经批准", "promise of {0} not allowed yet"),
            word(
                "请上级决定，登记批准人",
                "get the decision, record who allowed it",
            ),
        ),
        Reason::MilestoneLate => (
            word("节点过期：{0}", "milestone overdue: {0}"),
            word(
                "问责任部门，改期写原因",
                "ask its department; revise it with the reason",
            ),
        ),
        Reason::MilestoneDue => (
            word("今天的节点：{0}", "milestone due today: {0}"),
            word("确认今天完成", "make sure it is done today"),
        ),
        Reason::ReviewToStart => (
            word("待发评审", "review not started"),
            word("到评审发给各部门", "ask the departments in Capacity"),
        ),
        Reason::AnswerSilent => (
            word("{0}未答复评审", "{0} has not answered"),
            word("催部门答复", "chase the department"),
        ),
        Reason::DecisionDue => (
            word("评审已齐，待结论", "all answered: decide"),
            word("接单、另议或谢绝", "accept, counter-offer or decline"),
        ),
        Reason::CounterWaiting => (
            word("另议 {0}，客户未答复", "offered {0}: no answer yet"),
            word(
                "问客户；同意即接单",
                "ask the customer; accept once they agree",
            ),
        ),
        Reason::ProductionToMake => (
            word("待开生产单", "make a production order"),
            word("到排期开生产单", "make it in Schedule"),
        ),
        Reason::ProductionToRelease => (
            word("{0} 待下达", "{0} not released"),
            word("到排期下达", "release it in Schedule"),
        ),
        Reason::NotScheduled => (
            word("{0} 没有采用的排期", "{0} has no accepted plan"),
            word("到排期采用排期", "accept the plan in Schedule"),
        ),
        Reason::PurchaseOverdue => (
            word("到料超期：{0}", "material overdue: {0}"),
            word("跟催供应商", "chase the supplier"),
        ),
        Reason::PurchaseTooLate => (
            word("回复交期太晚：{0}", "promised too late: {0}"),
            word("要求提前，或改排期", "ask for an earlier date, or replan"),
        ),
        Reason::NoPromise => (
            word("供应商未回复交期：{0}", "no date from {0}"),
            word("要求回复交期", "ask for a date"),
        ),
        Reason::NoNews(_) => (
            word(
                "{0} {1} 天没消息，平常 {2} 天",
                "{0}: no news for {1} days, usual {2}",
            ),
            word("去问一声，记下答复", "ask, and log the answer"),
        ),
        Reason::AtRisk(_) => (
            word("{1}% 可能误 {0}", "{1}% chance of missing {0}"),
            word(
                "看进度里什么最拖后腿",
                "see in Progress what holds it up most",
            ),
        ),
        Reason::FollowUp => (
            word("今天该跟进：{0}", "to come back to: {0}"),
            word("跟进后记一次跟催", "do it, then log a chase"),
        ),
        Reason::SaidBy => (
            word("对方说好的日子到了：{0}", "their day has come: {0}"),
            word("问结果，记下答复", "ask for it, log the answer"),
        ),
        Reason::ToShip => (
            word("已做完，待出货", "finished: ship it"),
            word("验货、订舱、出货", "inspect, book, ship"),
        ),
        Reason::OrderLate => (
            word("交期已过未出货", "past due, not shipped"),
            word("查进度，告知客户", "check progress, tell the customer"),
        ),
        Reason::OrderDueSoon => (
            word("交期临近", "due soon"),
            word("查进度", "check progress"),
        ),
        Reason::ToClose => (
            word("已出齐，待结单", "shipped: close it"),
            word("到进度结单", "close it in Progress"),
        ),
        Reason::ExceptionDecision => (
            word("异常 {0} 待决定", "exception {0} needs a decision"),
            word("催决定人", "chase whoever decides"),
        ),
        Reason::InspectionDue => (
            word("该做{0}验货", "{0} inspection is due"),
            word("到进度登记结果", "record its result in Progress"),
        ),
        Reason::InspectionFailed => (
            word(
                "{0}验货不合格，要再验",
                "{0} inspection failed: inspect again",
            ),
            word("返工后排下一轮", "rework, then plan the next round"),
        ),
        Reason::PaperDue => (
            word("单证到期：{0}", "paper due: {0}"),
            word(
                "做好后登记日期和号码",
                "make it, then record day and number",
            ),
        ),
        Reason::ShipmentDue => (
            word("{0} 计划日已过未出", "{0}: planned day passed, not shipped"),
            word("出货，或改计划", "ship it, or change the plan"),
        ),
        Reason::ExceptionOpen => (
            word("异常 {0} 未关闭", "exception {0} is open"),
            word("处理后关闭", "act on it, then close it"),
        ),
        Reason::ExceptionEscalate(_) => (
            word("异常上报 {0}", "escalate exception {0}"),
            word(
                "复制消息发给该级，再登记上报",
                "copy the message for that level, then record it",
            ),
        ),
        Reason::ExceptionUnowned => (
            word("异常 {0} 没有责任人", "nobody answers for exception {0}"),
            word("定责任人和期限", "name an owner and a day"),
        ),
        Reason::ActionOverdue => (
            word("异常 {0} 的措施过期未完成", "an action on {0} is overdue"),
            word("催责任人", "chase its owner"),
        ),
    }
}

/// What it is about, in the user's language: codes become words, names stay.
fn about(a: &Attention, lang: Lang) -> String {
    if let Reason::PointsOpen(n) | Reason::LessonsOpen(n) = a.reason {
        return n.to_string();
    }
    if let Reason::ExceptionEscalate(level) = a.reason {
        return format!("{} → L{level}", a.about);
    }
    if let Some(kind) =
        DocumentKind::of(&a.about).filter(|_| matches!(a.reason, Reason::DocumentMissing(_)))
    {
        return kind.word().text(lang).to_owned();
    }
    if let Some(kind) = SampleKind::of(&a.about).filter(|_| a.subject == Subject::Sample) {
        return kind.word().text(lang).to_owned();
    }
    if let (Reason::InspectionDue | Reason::InspectionFailed, Some(kind)) =
        (a.reason, InspectionKind::of(&a.about))
    {
        return kind.word().text(lang).to_owned();
    }
    if let (Reason::PaperDue, Some(kind)) = (a.reason, PaperKind::of(&a.about)) {
        return kind.word().text(lang).to_owned();
    }
    if let (Reason::AtRisk(_), Some((_, day))) = (a.reason, a.about.split_once('-')) {
        return day.to_owned();
    }
    let department = matches!(
        a.reason,
        Reason::QueryOverdue
            | Reason::QueryWaiting
            | Reason::AnswerSilent
            | Reason::NotAcknowledged
            | Reason::NoNews(_)
    );
    match Department::of(&a.about).filter(|_| department) {
        Some(department) => department.word().text(lang).to_owned(),
        None => a.about.clone(),
    }
}

/// The reason as a sentence.
#[must_use]
pub fn sentence(a: &Attention, lang: Lang) -> String {
    let (first, second) = match a.reason {
        Reason::NoNews(silence) => (silence.days.to_string(), silence.usual.to_string()),
        Reason::AtRisk(percent) => (percent.to_string(), String::new()),
        _ => Default::default(),
    };
    words(a.reason)
        .0
        .fill(lang, &[&about(a, lang), &first, &second])
        .trim_start_matches([':', ' '])
        .trim_end()
        .trim_end_matches(['：', ':'])
        .to_owned()
}

/// What to do next.
#[must_use]
pub const fn advice(reason: Reason, lang: Lang) -> &'static str {
    next_step(reason).text(lang)
}

/// What to do next, in both languages.
#[must_use]
pub const fn next_step(reason: Reason) -> Word {
    words(reason).1
}
