//! What is said of an exception: to a superior, to the customer, and of what is late.

use chrono::NaiveDate;

use super::{level, minutes};
use crate::app::impact::Impact;
use crate::domain::exception::Exception;
use crate::domain::order::Order;
use crate::domain::purchase::Purchase;
use crate::domain::quantity::Qty;
use crate::domain::rule::escalation::{Due, Rules};
use crate::domain::rule::{delivery, failure};
use crate::domain::world::World;
use crate::text::chasing;
use crate::text::format;
use crate::text::label::Label;
use crate::text::word::{Lang, word};

/// What is said to whoever an exception is escalated to, ready to send.
#[must_use]
pub fn escalation_message(
    world: &World,
    e: &Exception,
    due: Due,
    impact: Option<&Impact>,
    lang: Lang,
) -> String {
    let rules = Rules::of(world);
    let name = rules.name(due.level);
    let name = if name.is_empty() {
        level(due.level, &rules)
    } else {
        name.to_owned()
    };
    let order = world.orders.find(e.order_id).map_or("", |o| o.no.as_str());
    let mut out = word(
        "{0}：{1}异常 {2}{3}，{4}。已过 {5} 工时，按规定上报。",
        "{0}: {1} exception {2}{3}: {4} Open for {5} of working time, so it comes to you.",
    )
    .fill(
        lang,
        &[
            &name,
            e.severity.word().text(lang),
            &e.no,
            &about(order, lang),
            e.what.trim_end_matches(['。', '.']),
            &minutes(due.open_minutes, lang),
        ],
    );
    if let Some(found) = impact {
        let said = super::impact(found, lang);
        out.push_str(&word("影响：{0}。", " Impact: {0}.").fill(lang, &[&said]));
    }
    if !e.decision_needed.is_empty() {
        let by = e.decide_by.map(|d| d.to_string()).unwrap_or_default();
        out.push_str(
            &word("请决定：{0}（{1} 前）。", " Please decide: {0} (by {1}).")
                .fill(lang, &[&e.decision_needed, &by]),
        );
    }
    for (n, option) in (1..).zip(world.exception_options.of(e.id)) {
        let date = option.date.map(|d| d.to_string()).unwrap_or_default();
        let cost = option.cost.map(format::qty).unwrap_or_default();
        out.push_str(
            &word(
                "\n{0}. {1} {2} 费用 {3} {4}",
                "\n{0}. {1} {2}, cost {3} {4}",
            )
            .fill(
                lang,
                &[&n.to_string(), &option.text, &date, &cost, &option.risk],
            ),
        );
    }
    out
}

/// A purchase line that is late, in words.
#[must_use]
pub fn late_goods(world: &World, line: &Purchase, days: i64, open: Qty, lang: Lang) -> String {
    let item = world
        .items
        .get(line.item_id)
        .map_or("", |i| i.name.as_str());
    let open = format!("{} {}", format::qty(open), line.unit);
    word(
        "采购 {0} {1} 迟 {2} 天，欠 {3}",
        "Purchase {0}, {1}, {2} days late; {3} open",
    )
    .fill(
        lang,
        &[
            &chasing::line_name(line),
            item,
            &days.to_string(),
            open.trim(),
        ],
    )
}

/// A production order that will be late, in words.
#[must_use]
pub fn late_made(no: &str, days: i64, lang: Lang) -> String {
    word(
        "生产单 {0} 会迟 {1} 天",
        "Production order {0} will be {1} days late",
    )
    .fill(lang, &[no, &days.to_string()])
}

fn about(order: &str, lang: Lang) -> String {
    if order.is_empty() {
        String::new()
    } else {
        word("（订单 {0}）", " (order {0})").fill(lang, &[order])
    }
}

/// What a customer is told about his order: the new date, and why.
#[must_use]
pub fn customer_message(
    world: &World,
    e: &Exception,
    order: &Order,
    date: Option<NaiveDate>,
    lang: Lang,
) -> String {
    let po = if order.customer_po.is_empty() {
        &order.no
    } else {
        &order.customer_po
    };
    let due = delivery::due(world, order);
    let day = |d: Option<NaiveDate>| d.map(|d| d.to_string()).unwrap_or_default();
    let done = if e.decision.is_empty() {
        failure::chosen(world, e).map_or(e.containment.as_str(), |o| o.text.as_str())
    } else {
        e.decision.as_str()
    };
    let what = e.what.trim_end_matches(['。', '.']);
    let mut out = match date.filter(|d| Some(*d) > due) {
        Some(date) => word(
            "您好，订单 {0}：{1}。原交期 {2}，现预计 {3}。",
            "About your order {0}: {1}. Instead of {2} we now expect {3}.",
        )
        .fill(lang, &[po, what, &day(due), &date.to_string()]),
        None => word(
            "您好，订单 {0}：{1}。交期 {2} 不变。",
            "About your order {0}: {1}. The delivery date {2} stays.",
        )
        .fill(lang, &[po, what, &day(due)]),
    };
    if !done.is_empty() {
        let done = done.trim_end_matches(['。', '.']);
        out.push_str(&word("措施：{0}。", " What we do: {0}.").fill(lang, &[done]));
    }
    out
}
