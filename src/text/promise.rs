//! Words of the earliest date: what binds it and what would help.

use super::word::{Lang, Word, word};

pub const LASTS: Word = word("历时", "Lasts");
pub const BINDS: Word = word("最早可交，卡在：", "Earliest date, bound by:");
pub const THEN_BINDS: Word = word("解决后，再卡在：", "With that lifted, bound by:");
pub const ONLY_WORK: Word = word("只剩加工时间", "only the work itself");
pub const WORKS: Word = word("加工", "work");
pub const MATERIAL_READY: Word = word("物料 {0} 齐（{1}）", "material complete {0} ({1})");
pub const MATERIAL_UNKNOWN: Word = word("客供料到料日未知", "the customer's material has no date");
pub const PART_GOES: Word = word("可先交 {0}", "{0} can go");
pub const PART_LEVERS: Word = word("提前办法", "Levers");
pub const LEVER: Word = word("办法", "What would help");
pub const DATE_WITH: Word = word("可到", "Date then");
pub const DAYS_GAINED: Word = word("提前天", "Days");
pub const MEETS: Word = word("赶上", "In time");
pub const COST: Word = word("费用", "Cost");
pub const NO_LEVERS: Word = word(
    "没有办法能再提前：只剩加工时间，或还算不出日期。",
    "Nothing would bring it forward: only work is left, or there is no date yet.",
);
pub const PARTS_ASK: Word = word(
    "分批交：先交 {0}（{1}），其余 {2}（{3}）？",
    "Deliver in parts: {0} on {1}, the other {2} on {3}?",
);
pub const TOPIC: Word = word("提前交期", "Earlier delivery");
pub const ASK: Word = word(
    "订单 {0}：能否{1}？这样可提前 {2} 天，到 {3}。",
    "Order {0}: can this be done: {1}? It would gain {2} days, to {3}.",
);

/// Calendar time in days and hours, short enough for a column.
#[must_use]
pub fn lasts(minutes: i64, lang: Lang) -> String {
    let (days, hours) = (minutes / 1_440, minutes % 1_440 / 60);
    match (days, hours) {
        (0, 0) => word("{0} 分", "{0} min").fill(lang, &[&minutes.to_string()]),
        (0, h) => word("{0} 时", "{0} h").fill(lang, &[&h.to_string()]),
        (d, 0) => word("{0} 天", "{0} d").fill(lang, &[&d.to_string()]),
        (d, h) => {
            word("{0} 天 {1} 时", "{0} d {1} h").fill(lang, &[&d.to_string(), &h.to_string()])
        }
    }
}
