//! Words of on-time chances: headings, what may hold an order up, who owns it.

use super::label::Label;
use super::word::{Lang, Word, word};
use crate::app::outlook::{Chance, ChanceOf};
use crate::domain::codes::{Department, Stage};
use crate::domain::world::World;
use crate::text::chasing::line_name;

pub const CHANCE: Word = word("把握", "Chance");
pub const PART_CHANCE: Word = word("把握", "Chance");
pub const WHAT: Word = word("卡在哪里", "What may hold it up");
pub const GAIN: Word = word("把握+", "Gain");
pub const SOONER: Word = word("早几天", "Sooner");
pub const P50: Word = word("五成日", "P50");
pub const P80: Word = word("八成日", "P80");
pub const OWNER: Word = word("谁负责", "Owner");
pub const EMPTY_CHANCE: Word = word(
    "没有不确定的事，或还没算好；有交期和进度后这里列出最该盯的事。",
    "Nothing is uncertain, or it is still being computed; what to fix first stands here.",
);
pub const LATE_RISK: Word = word("交期风险表", "Late-risk list");
pub const LATE_NOW: Word = word("已迟天数", "Days late now");
pub const EXPECTED_LATE: Word = word("预计迟天数", "Expected days late");
pub const WEIGHT: Word = word("权重", "Weight");
pub const LOSS: Word = word("预计损失", "Expected loss");
pub const FIX_FIRST: Word = word("先解决", "Fix first");
pub const CHANCE_PERCENT: Word = word("把握 %", "Chance %");
pub const RISK_FOOT: Word = word(
    "按预计损失排列：各种结果的迟交天数按可能相加 × 订单权重。五成日、八成日：五成、八成把握出货的日期。",
    "Ordered by expected loss: days late over all outcomes, by their chance × weight of the order. P50, P80: the days by which it has left with half, and four fifths, of the chance.",
);
const MOST_BY: Word = word("{0}%，先抓：{1}（{2}）", "{0} %, most by: {1} ({2})");
const PLAN_LATE: Word = word("{0}%，排期本身已迟", "{0} %, the plan itself is late");
const DAYS_SOONER: Word = word("早 {0} 天", "{0} d sooner");

/// What may hold an order up: `拉链 从 永兴 PO-0210/1`.
#[must_use]
pub fn what(world: &World, of: ChanceOf, lang: Lang) -> String {
    let item = |id: i64| world.items.get(id).map_or("", |i| i.name.as_str());
    let from = |id: Option<i64>| world.suppliers.find(id).map_or("", |s| s.name.as_str());
    match of {
        ChanceOf::Purchase(id) => {
            let Some(line) = world.purchases.get(id) else {
                return String::new();
            };
            let args = [item(line.item_id), from(line.supplier_id), &line_name(line)];
            word("{0} 从 {1} {2}", "{0} from {1} {2}").fill(lang, &args)
        }
        ChanceOf::Unordered { item_id, .. } => {
            word("{0} 还没下采购单", "{0}, not ordered yet").fill(lang, &[item(item_id)])
        }
        ChanceOf::Operation(id) => {
            let operation = world.operations.get(id);
            let made = operation.and_then(|o| world.production_orders.get(o.production_order_id));
            let name = operation.map_or("", |o| o.name.as_str());
            format!("{name} {}", made.map_or("", |m| m.no.as_str()))
        }
        ChanceOf::NotBegun(line) => {
            let no = world.order_lines.get(line).map_or(0, |l| l.no);
            word("第 {0} 行还没开生产单", "line {0}, not in production yet")
                .fill(lang, &[&no.to_string()])
        }
        ChanceOf::Sample(id) => {
            let kind = world.samples.get(id).map(|s| s.kind.word().text(lang));
            word("{0}的批复", "verdict on {0}").fill(lang, &[kind.unwrap_or_default()])
        }
        ChanceOf::Query(id) => {
            let no = world.queries.get(id).map_or("", |q| q.no.as_str());
            word("疑问单 {0} 的答复", "answer to {0}").fill(lang, &[no])
        }
        ChanceOf::Exception(id) => {
            let no = world.exceptions.get(id).map_or("", |e| e.no.as_str());
            word("异常 {0} 的决定", "decision on {0}").fill(lang, &[no])
        }
        ChanceOf::Milestone(id) => {
            let name = world.milestones.get(id).map_or("", |m| m.name.as_str());
            word("节点 {0}", "milestone {0}").fill(lang, &[name])
        }
        ChanceOf::Shipping(_) => word("完工到出货", "from the last piece to the ship")
            .text(lang)
            .to_owned(),
    }
}

/// Who has it in hand.
#[must_use]
pub fn owner(world: &World, of: ChanceOf, lang: Lang) -> String {
    let department = |d: Department| d.word().text(lang).to_owned();
    match of {
        ChanceOf::Purchase(id) => {
            let line = world.purchases.get(id);
            let supplier = world.suppliers.find(line.and_then(|p| p.supplier_id));
            let named = supplier.filter(|s| !s.contact.is_empty());
            named.map_or_else(
                || department(Department::Purchasing),
                |s| format!("{} {}", s.name, s.contact),
            )
        }
        ChanceOf::Unordered { .. } => department(Department::Purchasing),
        ChanceOf::Operation(id) => {
            let centre = world.operations.get(id).and_then(|o| o.work_centre_id);
            let centre = world.work_centres.find(centre);
            centre.map_or_else(|| department(Department::Production), |c| c.name.clone())
        }
        ChanceOf::NotBegun(_) => department(Department::Production),
        ChanceOf::Sample(id) => {
            let order = world
                .samples
                .get(id)
                .and_then(|s| world.orders.get(s.order_id));
            let customer = world.customers.find(order.and_then(|o| o.customer_id));
            customer.map_or_else(|| department(Department::Sales), |c| c.name.clone())
        }
        ChanceOf::Query(id) => world
            .queries
            .get(id)
            .map_or_else(String::new, |q| department(q.department)),
        ChanceOf::Exception(id) => {
            let e = world.exceptions.get(id);
            let who = e.map(|e| e.decide_by_who.clone()).unwrap_or_default();
            match e {
                Some(e) if who.is_empty() => department(e.department),
                _ => who,
            }
        }
        ChanceOf::Milestone(id) => world
            .milestones
            .get(id)
            .map_or_else(String::new, |m| department(m.owner)),
        ChanceOf::Shipping(_) => department(Department::Shipping),
    }
}

/// Where it is worked on.
#[must_use]
pub const fn stage(of: ChanceOf) -> Stage {
    match of {
        ChanceOf::Purchase(_) | ChanceOf::Unordered { .. } => Stage::Materials,
        ChanceOf::Operation(_) | ChanceOf::NotBegun(_) => Stage::Schedule,
        ChanceOf::Sample(_) | ChanceOf::Query(_) | ChanceOf::Milestone(_) => Stage::Intake,
        ChanceOf::Exception(_) => Stage::Exceptions,
        ChanceOf::Shipping(_) => Stage::Progress,
    }
}

/// `68 %, most by: 拉链 from 永兴 (+21)`.
#[must_use]
pub fn sentence(world: &World, chance: &Chance, lang: Lang) -> String {
    let percent = chance.percent.to_string();
    let Some(first) = chance.first() else {
        if chance.percent == 0 {
            return PLAN_LATE.fill(lang, &[&percent]);
        }
        return word("{0}%", "{0} %").fill(lang, &[&percent]);
    };
    let brings = if first.gain > 0 {
        format!("+{}", first.gain)
    } else {
        DAYS_SOONER.fill(lang, &[&first.days.to_string()])
    };
    MOST_BY.fill(lang, &[&percent, &what(world, first.of, lang), &brings])
}
