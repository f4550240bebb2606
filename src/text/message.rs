//! Messages ready to send to a supplier, a department or a customer: copied, pasted, sent.

use super::label::Label;
use super::word::{Lang, word};
use super::{format, reason};
use crate::app::agenda;
use crate::app::outlook::Outlook;
use crate::domain::codes::Subject;
use crate::domain::exception::Exception;
use crate::domain::order::Order;
use crate::domain::production::ProductionOrder;
use crate::domain::purchase::Purchase;
use crate::domain::rule::attention::Attention;
use crate::domain::rule::{delivery, failure, production, purchase as arrivals};
use crate::domain::world::World;
use chrono::{Days, NaiveDate};

/// A message about whatever needs attention.
#[must_use]
pub fn chase(world: &World, a: &Attention, lang: Lang) -> String {
    match a.subject {
        Subject::Purchase => world
            .purchases
            .get(a.subject_id)
            .map(|p| purchase(world, p, lang)),
        Subject::Query => world.queries.get(a.subject_id).map(|q| {
            let order = world.orders.get(q.order_id).map_or("", |o| o.no.as_str());
            word(
                "{0}：订单 {1} 的疑问单 {2}：{3} 请尽快答复。",
                "{0}: query {2} on order {1}: {3} Please answer as soon as you can.",
            )
            .fill(
                lang,
                &[q.department.word().text(lang), order, &q.no, &q.question],
            )
        }),
        Subject::Exception => world
            .exceptions
            .get(a.subject_id)
            .map(|e| exception(world, e, lang)),
        Subject::ProductionOrder => world
            .production_orders
            .get(a.subject_id)
            .map(|p| production(world, p, lang)),
        _ => None,
    }
    .or_else(|| {
        let order = world.orders.find(a.order_id)?;
        Some(format!("{} · {}", order.no, reason::sentence(a, lang)))
    })
    .unwrap_or_default()
}

/// Asks a supplier for the goods, or for a date.
#[must_use]
pub fn purchase(world: &World, line: &Purchase, lang: Lang) -> String {
    let supplier = world
        .suppliers
        .find(line.supplier_id)
        .map_or("", |s| s.name.as_str());
    let item = world
        .items
        .get(line.item_id)
        .map_or("", |i| i.name.as_str());
    let open = format!(
        "{} {}",
        format::qty(arrivals::arrival(world, line).open),
        line.unit
    );
    let needed = line
        .required_date
        .map(|d| d.to_string())
        .unwrap_or_default();
    match arrivals::promises(world, line).1 {
        Some(promise) => word(
            "{0}：采购单 {1} {2} 还欠 {3}，贵司回复 {4} 交货，我们 {5} 要用。请确认能否按期，今天回复，谢谢！",
            "{0}: on our purchase {1}, {2}, {3} are still open. You promised {4}; we need them by {5}. Please confirm today. Thank you!",
        )
        .fill(lang, &[supplier, &line.no, item, &open, &promise.date.to_string(), &needed]),
        None => word(
            "{0}：采购单 {1} {2} {3}，我们 {4} 要用，请今天回复交期，谢谢！",
            "{0}: for our purchase {1}, {2}, {3}, needed by {4}, please give us a delivery date today. Thank you!",
        )
        .fill(lang, &[supplier, &line.no, item, &open, &needed]),
    }
}

/// Tells how an order stands.
#[must_use]
pub fn order(world: &World, order: &Order, lang: Lang) -> String {
    let q = delivery::order_qty(world, order);
    let po = if order.customer_po.is_empty() {
        &order.no
    } else {
        &order.customer_po
    };
    let promised = delivery::due(world, order)
        .map(|d| d.to_string())
        .unwrap_or_default();
    word(
        "订单 {0}：共 {1}，已出 {2}，未出 {3}，交期 {4}。",
        "Order {0}: {1} in all, {2} shipped, {3} open, due {4}.",
    )
    .fill(
        lang,
        &[
            po,
            &format::qty(q.ordered),
            &format::qty(q.shipped),
            &format::qty(q.open),
            &promised,
        ],
    )
}

/// Asks the workshop about a production order.
#[must_use]
pub fn production(world: &World, made: &ProductionOrder, lang: Lang) -> String {
    let item = world
        .items
        .find(made.item_id)
        .map_or("", |i| i.name.as_str());
    let left = world
        .operations
        .of(made.id)
        .map(|o| format!("{} {}", o.name, production::left(world, made, o)));
    word(
        "生产单 {0} {1} 共 {2}，还剩：{3}。请报今天的数。",
        "Production order {0}, {1}, {2} in all; left: {3}. Please give today's figures.",
    )
    .fill(
        lang,
        &[
            &made.no,
            item,
            &format::qty(made.qty),
            &left.collect::<Vec<_>>().join(", "),
        ],
    )
}

/// Days of the schedule that a message tells of.
pub const SCHEDULE_DAYS: u64 = 14;

/// Tells a department or a customer what is made when: the chosen operations of the next two weeks,
/// by production order.
#[must_use]
pub fn schedule(
    world: &World,
    outlook: &Outlook,
    about: &str,
    today: NaiveDate,
    lang: Lang,
    chosen: impl Fn(&agenda::Entry<'_>) -> bool,
) -> String {
    let last = today.checked_add_days(Days::new(SCHEDULE_DAYS - 1));
    let last = last.unwrap_or(today);
    let day = |d: NaiveDate| d.format("%m-%d").to_string();
    let mut out = word("{0} 排期 {1} 至 {2}：", "Schedule of {0}, {1} to {2}:")
        .fill(lang, &[about, &day(today), &day(last)]);
    let mut list = agenda::entries(world, outlook);
    list.retain(|e| chosen(e) && e.last_day() >= today && e.starts.date() <= last);
    list.sort_by_key(|e| (e.made.no.clone(), e.operation.seq));
    if list.is_empty() {
        out.push_str(word("没有安排。", " nothing is planned.").text(lang));
    }
    let mut shown = 0;
    for e in &list {
        if shown != e.made.id {
            shown = e.made.id;
            let item = world.items.find(e.made.item_id);
            let late = if e.late_days > 0 {
                word("，会迟 {0} 天", ", {0} days late").fill(lang, &[&e.late_days.to_string()])
            } else {
                String::new()
            };
            out.push_str(&format!(
                "\n{} {} {}{late}",
                e.made.no,
                item.map_or("", |i| i.name.as_str()),
                format::qty(e.made.qty),
            ));
        }
        let basis = if e.accepted {
            ""
        } else {
            word("（未采用）", " (not accepted)").text(lang)
        };
        out.push_str(&format!(
            "\n- {} {}: {} → {}{basis}",
            e.operation.name,
            e.place(world),
            day(e.starts.date()),
            day(e.last_day()),
        ));
    }
    out
}

/// Tells what went wrong and what has to be decided.
#[must_use]
pub fn exception(world: &World, e: &Exception, lang: Lang) -> String {
    let order = world.orders.find(e.order_id).map_or("", |o| o.no.as_str());
    let by = e.decide_by.map(|d| d.to_string()).unwrap_or_default();
    let standing = super::standing::exception(failure::standing(world, e), lang).text;
    word(
        "异常 {0}（订单 {1}，{2}）：{3} 临时措施：{4} 待决定：{5}，{6} 前。",
        "Exception {0} (order {1}, {2}): {3} Containment: {4} To decide: {5}, by {6}.",
    )
    .fill(
        lang,
        &[
            &e.no,
            order,
            &standing,
            &e.what,
            &e.containment,
            &e.decision_needed,
            &by,
        ],
    )
}
