//! What a change would move, in words.

use super::word::{Lang, Word, word};
use crate::app::outlook::{RushedOrder, Weighed};
use crate::domain::world::World;
use crate::text::{format, show};

pub const COMPUTING: Word = word("计算中…", "computing …");
pub const FAILED: Word = word(
    "算不出来，已写入日志；可按 Esc 返回再试。",
    "This could not be computed and was reported; Esc goes back.",
);
pub const NOT_YET: Word = word("还在计算，请稍候。", "Still computing; a moment, please.");
pub const TAKE: Word = word("采用", "take it");
pub const DECIDE_RUSH: Word = word("接下插单…", "accept the rush …");
pub const MOVE_KEYS: Word = word(
    "←→ 早/晚一天  , . 一小时  ↑↓ 换线",
    "←→ a day  , . an hour  ↑↓ another line",
);
pub const BACK: Word = word("Esc 返回", "Esc back");
pub const TITLE: Word = word("如果：{0}", "If: {0}");
pub const NOTHING_MOVES: Word = word("其他生产单都不动。", "No other production order moves.");
pub const TOTALS: Word = word(
    "会迟 {0} → {1} 张，加权迟延 {2} → {3} 天；{4} 张生产单、{5} 道工序变动。",
    "Late: {0} → {1}; weighted late days {2} → {3}; {4} production orders and {5} operations move.",
);
pub const PROMISE_MOVES: Word = word("{0} 最早交期 {1} → {2}", "{0}: earliest date {1} → {2}");
pub const RUSH_TITLE: Word = word("插单 {0}：谁要让", "Rush order {0}: who makes way");
pub const RUSH_DATES: Word = word(
    "插单可 {0} 交；不动别人 {1}；客户要求 {2}。",
    "As a rush by {0}; without touching others by {1}; the customer asks for {2}.",
);
pub const RUSH_COST: Word = word(
    "{0} 张生产单变晚，其中 {1} 张因此迟交或更迟。未保存；接下后才生效。",
    "{0} production orders get later, {1} of them late or later than they were. Nothing is saved until it is accepted.",
);
pub const RUSH_FREE: Word = word("没有生产单变晚。", "No production order gets later.");
pub const RUSH_NONE: Word = word(
    "这张订单没有工艺路线，无法试排。",
    "No line of this order has a routing, so it cannot be pushed in.",
);
pub const RUSH_STALE: Word = word(
    "数据已变，请重新试排插单。",
    "The data have changed since; push the rush order in again.",
);
pub const KEPT: Word = word(
    "按现有顺序重新计时；采用后可在后台再改进。",
    "The sequences are kept and timed again; improvement goes on behind it.",
);
pub const NOW_AT: Word = word("{0}：{1} {2} – {3}", "{0}: {1} {2} – {3}");

pub const FINISH_BEFORE: Word = word("原完成", "Was ready");
pub const FINISH_AFTER: Word = word("现完成", "Ready");
pub const CHANGE_DAYS: Word = word("差天", "Days");
pub const LATE_BEFORE: Word = word("原迟", "Late was");
pub const LATE_AFTER: Word = word("现迟", "Late");
pub const WEIGHT: Word = word("权重", "Weight");

/// The sums of a change in one sentence.
#[must_use]
pub fn totals(w: &Weighed, lang: Lang) -> String {
    TOTALS.fill(
        lang,
        &[
            &w.late_before.to_string(),
            &w.late_after.to_string(),
            &w.weighted_before.text(),
            &w.weighted_after.text(),
            &w.orders.len().to_string(),
            &w.moved_operations.to_string(),
        ],
    )
}

/// The open orders whose earliest date changes, a sentence each.
#[must_use]
pub fn promises(world: &World, w: &Weighed, lang: Lang) -> Vec<(String, bool)> {
    let date = |d: Option<chrono::NaiveDate>| d.map_or_else(|| "—".to_owned(), format::date_iso);
    w.promises
        .iter()
        .filter_map(|(id, was, is)| {
            let order = world.orders.get(*id)?;
            let said = PROMISE_MOVES.fill(lang, &[&order.no, &date(*was), &date(*is)]);
            Some((said, is > was))
        })
        .collect()
}

/// What a rush order brings and costs.
#[must_use]
pub fn rush(found: &RushedOrder, asked: Option<chrono::NaiveDate>, lang: Lang) -> Vec<String> {
    let date = |d: Option<chrono::NaiveDate>| d.map_or_else(|| "—".to_owned(), format::date_iso);
    let dates = RUSH_DATES.fill(
        lang,
        &[&date(Some(found.date)), &date(found.quiet), &date(asked)],
    );
    let cost = if found.victims.is_empty() {
        RUSH_FREE.text(lang).to_owned()
    } else {
        let late = found.made_late().to_string();
        RUSH_COST.fill(lang, &[&found.victims.len().to_string(), &late])
    };
    vec![dates, cost]
}

/// Days between two moments, with their sign; nothing where the day is the same.
#[must_use]
pub fn days(
    before: Option<crate::domain::moment::Moment>,
    after: Option<crate::domain::moment::Moment>,
) -> i64 {
    before
        .zip(after)
        .map_or(0, |(b, a)| (a.date() - b.date()).num_days())
}

/// Late days as they were and are.
#[must_use]
pub fn late(days: i64, lang: Lang) -> String {
    if days > 0 {
        show::late(days, lang)
    } else {
        String::new()
    }
}
