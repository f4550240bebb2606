//! Words of daily figures, their forecasts and curves.

use super::word::{Lang, Word, word};
use super::{format, refusal, show};
use crate::domain::quantity::Qty;
use crate::domain::rule::figures::Doubt;
use crate::domain::rule::silence::Silence;
use chrono::NaiveDate;

pub const WIP_BEFORE: Word = word("待做", "Queue");
pub const EARLY_LATE: Word = word("范围", "Range");
pub const LAST_14_DAYS: Word = word("近14天", "14 days");
pub const WATCH: Word = word("注意", "Watch");
pub const AND: Word = word("；", "; ");
pub const FORM_DAY: Word = word("报工表", "Daily figures");
pub const HINT_DAY: Word = word(
    "←→ 换日，也可直接输入；中午前先给上一个工作日，之后给今天",
    "←→ another day, or type it; before noon it starts with the last working day, then with today",
);
pub const DAY_BEFORE: Word = word("前日", "Prev.");
pub const NOTE_OF_ALL: Word = word("共同备注", "Note for all");
pub const HINT_NOTE_OF_ALL: Word = word(
    "给没有自己备注的行；可空着",
    "for rows without a note of their own; may stay empty",
);
pub const SHEET_KEYS: Word = word(
    "Enter 下一行合格数  方向键 任意格  PgUp/PgDn 前后一天  Ctrl-S 保存",
    "Enter next row  arrows any cell  PgUp/PgDn another day  Ctrl-S save",
);
pub const NOTHING_OPEN: Word = word(
    "这个部门这一天没有要报工的工序。",
    "Nothing is open in this department on that day.",
);
pub const NO_FIGURES: Word = word("还没有填数字。", "No figure was typed yet.");
pub const PART_CURVE: Word = word("曲线", "Curve");
pub const NO_CURVE: Word = word(
    "还没有生产单，画不出曲线。在排期里按 n 开生产单。",
    "There is no production order to draw. In Schedule, n makes one.",
);
pub const LEGEND: Word = word(
    "密点 计划 实线 实际 疏点 预计 x 完成",
    "dotted plan  solid actual  sparse forecast  x finish",
);
pub const WHOLE_ORDER: Word = word(
    "整单 {0}（各工序平均）",
    "Order {0} (mean of its operations)",
);
pub const OF_OPERATION: Word = word("{0} {1} {2}", "{0} {1} {2}");
pub const PLAN_NOW: Word = word("应做", "Planned");
pub const ACTUAL_NOW: Word = word("实做", "Made");
pub const BEHIND: Word = word("差", "Behind");
pub const AHEAD: Word = word("超前", "Ahead");
pub const LAST_RATE: Word = word("近日日产", "Last days");
pub const CARRIED: Word = word("按此推算", "Carried on");
pub const NEEDED: Word = word("需日产", "Needed");
pub const NEEDED_BY: Word = word("要在", "Needed by");
const RANGE: Word = word("{0}（{1} ～ {2}）", "{0} ({1} to {2})");
const SILENT: Word = word(
    "{0} 已 {1} 天没有报工（平常 {2} 天）",
    "{0}: no news for {1} days, usual {2}",
);
const HOLDS_UP: Word = word(
    "{0} 压着 {1}（够做 {2} 天），{3} 跑在前面",
    "{0} holds up: {1} wait before it, {2} days of its work; {3} runs ahead",
);
const HOLDS_UP_IDLE: Word = word(
    "{0} 没有产出，前面压着 {1}，{2} 跑在前面",
    "{0} makes nothing while {1} wait before it; {2} runs ahead",
);

/// The forecast with its range.
#[must_use]
pub fn range(
    day: NaiveDate,
    (early, late): (NaiveDate, NaiveDate),
    today: NaiveDate,
    lang: Lang,
) -> String {
    let said = |d| show::day(d, today, lang);
    if early == late {
        return said(day);
    }
    RANGE.fill(lang, &[&said(day), &said(early), &said(late)])
}

/// `11-30~12-05`: the ends of a range, short enough for a column.
#[must_use]
pub fn ends((early, late): (NaiveDate, NaiveDate)) -> String {
    format!("{}~{}", early.format("%m-%d"), late.format("%m-%d"))
}

/// `车缝 已 4 天没有报工（平常 1 天）`.
#[must_use]
pub fn silent(name: &str, silence: Silence, lang: Lang) -> String {
    let (days, usual) = (silence.days.to_string(), silence.usual.to_string());
    SILENT.fill(lang, &[name, &days, &usual])
}

/// Which operation holds up and which runs ahead.
#[must_use]
pub fn imbalance(slow: &str, ahead: &str, queue: Qty, days: Option<i64>, lang: Lang) -> String {
    let queue = format::qty(queue);
    match days {
        Some(days) => HOLDS_UP.fill(lang, &[slow, &queue, &days.to_string(), ahead]),
        None => HOLDS_UP_IDLE.fill(lang, &[slow, &queue, ahead]),
    }
}

/// Why a figure can hardly be right, and what to do.
#[must_use]
pub fn doubt(doubt: &Doubt, unit: &str, lang: Lang) -> String {
    let why = doubt_alone(doubt, unit, lang);
    refusal::WITH_NOTE.fill(lang, &[&why])
}

/// Why a figure can hardly be right.
#[must_use]
pub fn doubt_alone(doubt: &Doubt, unit: &str, lang: Lang) -> String {
    let qty = |q: &Qty| format!("{} {unit}", format::qty(*q)).trim_end().to_owned();
    match doubt {
        Doubt::Cancelled => word("生产单已取消", "The production order was cancelled")
            .text(lang)
            .to_owned(),
        Doubt::OnHold => word("订单或生产单暂停中", "The order is on hold")
            .text(lang)
            .to_owned(),
        Doubt::Closed => word("订单已结束", "The order has ended")
            .text(lang)
            .to_owned(),
        Doubt::MoreThanBefore { passed } => word(
            "前道只转来 {0}",
            "The operation before has passed on only {0}",
        )
        .fill(lang, &[&qty(passed)]),
        Doubt::MoreThanOrdered { most } => word(
            "超过订单数量连溢装，最多还有 {0}",
            "More than ordered with its tolerance: {0} are left",
        )
        .fill(lang, &[&qty(most)]),
        Doubt::LessThanAfter { after } => {
            word("后道已做了 {0}", "The operation after has made {0} already")
                .fill(lang, &[&qty(after)])
        }
    }
}
