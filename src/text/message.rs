//! Messages ready to send to a supplier, a department or a customer: copied, pasted, sent.

use super::label::Label;
use super::word::{Lang, word};
use super::{format, reason};
use crate::domain::codes::Subject;
use crate::domain::exception::Exception;
use crate::domain::order::Order;
use crate::domain::production::ProductionOrder;
use crate::domain::purchase::Purchase;
use crate::domain::rule::attention::Attention;
use crate::domain::rule::{delivery, failure, production, purchase as arrivals};
use crate::domain::world::World;

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

/// Tells what went wrong and what has to be decided.
#[must_use]
pub fn exception(world: &World, e: &Exception, lang: Lang) -> String {
    let order = world.orders.find(e.order_id).map_or("", |o| o.no.as_str());
    let by = e.decide_by.map(|d| d.to_string()).unwrap_or_default();
    let standing = super::standing::exception(failure::standing(e), lang).text;
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
