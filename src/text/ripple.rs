//! What an amendment changes and touches, in words.

use super::label::Label;
use super::word::{Lang, Word, word};
use super::words as w;
use crate::domain::codes::PointKind;
use crate::domain::rule::amend::{Cut, Difference};
use crate::domain::world::World;
use crate::plan::ripple::{Aspect, Kind, Object, Touch};

/// Objects of one kind that are named; the rest is counted.
const NAMED_MAX: usize = 200;

const FROM_TO: Word = word("{0} → {1}", "{0} → {1}");
const MORE: Word = word("…还有 {0} 项", "… and {0} more");
const CUT: Word = word(
    "生产单 {0} 减到 {1}（原 {2}）",
    "production order {0} down to {1} (was {2})",
);
const CUT_ALL: Word = word(
    "生产单 {0} 取消（{1}）",
    "production order {0} cancelled ({1})",
);
const CHANGES: Word = word("改动", "Changes");
const FOLLOWS: Word = word("随之调整", "Follows");
const WHOLE: Word = word("订单", "Order");
const LINE_NO: Word = word("第 {0} 行", "Line {0}");
const NONE: Word = word("没有牵连", "nothing else is touched");

/// The heading of a kind.
#[must_use]
pub const fn kind(kind: Kind) -> Word {
    match kind {
        Kind::ProductionOrder => word("生产单", "Production orders"),
        Kind::Operation => word("工序", "Operations"),
        Kind::Purchase => word("采购行", "Purchase lines"),
        Kind::Requirement => word("待购物料", "To be bought"),
        Kind::Milestone => word("节点", "Milestones"),
        Kind::Shipment => word("出货", "Shipments"),
        Kind::Document => word("单据", "Documents"),
        Kind::Answer => word("评审答复", "Review answers"),
        Kind::ReviewPoint => word("审单", "Review points"),
        Kind::Promise => word("待定订单的最早交期", "Dates of open orders"),
    }
}

const fn aspect(aspect: Aspect) -> Word {
    match aspect {
        Aspect::Qty => w::QTY,
        Aspect::Due => w::DUE,
        Aspect::Start => word("开始", "start"),
        Aspect::Finish => word("结束", "finish"),
        Aspect::Line => word("生产线", "line"),
        Aspect::LateDays => word("迟天", "days late"),
        Aspect::Needed => word("用到", "needed"),
        Aspect::NeededBy => word("最早需要", "needed by"),
        Aspect::ReleaseBy => word("最晚下单", "order by"),
        Aspect::Latest => word("最晚", "latest"),
        Aspect::Beyond => word("超出未出数", "beyond what is open"),
        Aspect::Agrees => word("与订单一致", "agrees with the order"),
        Aspect::Asked => word("所问内容", "what was asked"),
        Aspect::Date => word("日期", "date"),
    }
}

/// A difference of a production order: its number with the word for what of it.
fn production_field(name: &str, lang: Lang) -> String {
    let made = name
        .strip_prefix(crate::domain::rule::amend::OF_PRODUCTION)
        .and_then(|rest| rest.rsplit_once(' '));
    match made {
        Some((no, what)) => format!("{no} {}", production_aspect(what, lang)),
        None => name.to_owned(),
    }
}

/// What of a production order changes.
#[must_use]
pub fn production_aspect(what: &str, lang: Lang) -> &str {
    match what {
        "qty" => w::QTY.text(lang),
        "start" => w::LINE_IN.text(lang),
        "finish" => w::LINE_OUT.text(lang),
        other => other,
    }
}

/// The column of an order or line in words.
#[must_use]
pub fn field(name: &str, lang: Lang) -> String {
    let known = match name {
        "customer_po" => w::CUSTOMER_PO,
        "currency" => w::CURRENCY,
        "price_terms" => w::PRICE_TERMS,
        "payment_terms" => w::PAYMENT_TERMS,
        "delivery_method" => w::DELIVERY_METHOD,
        "packaging" => w::PACKAGING,
        "ship_to" => w::SHIP_TO,
        "item_code" => w::ITEM,
        "name" => w::NAME,
        "spec" => w::SPEC,
        "qty" => w::QTY,
        "cancelled_qty" => w::CANCELLED_QTY,
        "unit" => w::UNIT,
        "unit_price" => w::UNIT_PRICE,
        "over_pct" | "under_pct" => w::TOLERANCE,
        "requested_date" => w::REQUESTED_DATE,
        "promised_date" => w::PROMISED_DATE,
        "sizes" => w::SIZE_RUN,
        "schedule" => w::PART_DELIVERIES,
        _ => return production_field(name, lang),
    };
    known.text(lang).to_owned()
}

/// A difference as a sentence: `line 1 quantity 1000 → 800`.
#[must_use]
pub fn difference(d: &Difference, lang: Lang) -> String {
    let place = if d.line == 0 {
        String::new()
    } else {
        format!("{} ", LINE_NO.fill(lang, &[&d.line.to_string()]))
    };
    let blank = |text: &str| {
        if text.is_empty() {
            "—".to_owned()
        } else {
            text.to_owned()
        }
    };
    let change = FROM_TO.fill(lang, &[&blank(&d.old), &blank(&d.new)]);
    format!("{place}{}: {change}", field(&d.field, lang))
}

/// What an object is called.
#[must_use]
pub fn name(before: &World, after: &World, object: Object, lang: Lang) -> String {
    let id = object.id;
    let found: Option<String> = match object.kind {
        Kind::ProductionOrder => after.production_orders.get(id).map(|p| p.no.clone()),
        Kind::Operation => after.operations.get(id).map(|o| {
            let made = after.production_orders.get(o.production_order_id);
            format!(
                "{} {} {}",
                made.map_or("", |p| p.no.as_str()),
                o.seq,
                o.name
            )
        }),
        Kind::Purchase => before
            .purchases
            .get(id)
            .map(|p| format!("{}-{}", p.no, p.line)),
        Kind::Requirement => after.items.get(id).map(|i| {
            let day = object.day.map(|d| d.to_string()).unwrap_or_default();
            format!("{} {day}", i.code)
        }),
        Kind::Milestone => before.milestones.get(id).map(|m| m.name.clone()),
        Kind::Shipment => before.shipments.get(id).map(|s| s.no.clone()),
        Kind::Document => before.documents.get(id).map(|d| d.title.clone()),
        Kind::Answer => before
            .answers
            .get(id)
            .map(|a| a.department.word().text(lang).to_owned()),
        Kind::ReviewPoint => usize::try_from(id - 1)
            .ok()
            .and_then(|at| PointKind::ALL.get(at))
            .map(|p| p.word().text(lang).to_owned()),
        Kind::Promise => after.orders.get(id).map(|o| o.no.clone()),
    };
    found.unwrap_or_default()
}

/// What of an object changes.
#[must_use]
pub fn changes(touch: &Touch, lang: Lang) -> String {
    let one = |(what, old, new): &(Aspect, String, String)| {
        let blank = |t: &str| {
            if t.is_empty() {
                "—".to_owned()
            } else {
                t.replace('T', " ")
            }
        };
        let change = FROM_TO.fill(lang, &[&blank(old), &blank(new)]);
        format!("{} {change}", aspect(*what).text(lang))
    };
    touch.changes.iter().map(one).collect::<Vec<_>>().join("; ")
}

/// The whole page: what changes, what follows by itself, what is touched; a warning is marked.
#[must_use]
pub fn page(
    before: &World,
    after: &World,
    differences: &[Difference],
    cuts: &[Cut],
    touches: &[Touch],
    lang: Lang,
) -> Vec<(String, String, bool)> {
    let mut out = Vec::new();
    for (at, d) in differences.iter().enumerate() {
        let left = if at == 0 { CHANGES.text(lang) } else { "" };
        out.push((left.to_owned(), difference(d, lang), false));
    }
    for (at, cut) in cuts.iter().enumerate() {
        let left = if at == 0 { FOLLOWS.text(lang) } else { "" };
        let no = before.production_orders.get(cut.production_order_id);
        let no = no.map_or("", |p| p.no.as_str());
        let text = if cut.to.is_zero() {
            CUT_ALL.fill(lang, &[no, &cut.from.text()])
        } else {
            CUT.fill(lang, &[no, &cut.to.text(), &cut.from.text()])
        };
        out.push((left.to_owned(), text, true));
    }
    if touches.is_empty() {
        out.push((
            WHOLE.text(lang).to_owned(),
            NONE.text(lang).to_owned(),
            false,
        ));
    }
    let mut kinds: Vec<Kind> = touches.iter().map(|t| t.object.kind).collect();
    kinds.dedup();
    for one in kinds {
        let of: Vec<&Touch> = touches.iter().filter(|t| t.object.kind == one).collect();
        let head = format!("{} {}", kind(one).text(lang), of.len());
        for (at, touch) in of.iter().take(NAMED_MAX).enumerate() {
            let left = if at == 0 { head.as_str() } else { "" };
            let text = format!(
                "{}  {}",
                name(before, after, touch.object, lang),
                changes(touch, lang)
            );
            let late = |(what, old, new): &(Aspect, String, String)| {
                let days = |text: &str| text.parse::<i64>().unwrap_or(0);
                *what == Aspect::LateDays && days(new) > days(old).max(0)
            };
            out.push((left.to_owned(), text, touch.changes.iter().any(late)));
        }
        if of.len() > NAMED_MAX {
            let more = (of.len() - NAMED_MAX).to_string();
            out.push((String::new(), MORE.fill(lang, &[&more]), false));
        }
    }
    out
}
