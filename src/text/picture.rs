//! Words of the pictures: the Gantt chart and the load map.

use super::word::{Lang, Word, word};

pub const PART_OVERLOADS: Word = word("超负荷", "Overloads");
pub const PART_BLOCKS: Word = word("占用与加班", "Blocks");

pub const BAR_WHY: Word = word("原因", "Why");
pub const BAR_FLOAT: Word = word("浮时", "Float");
pub const BAR_LATEST: Word = word("最晚开工", "Latest start");
pub const BAR_DECIDED: Word = word("依据", "Decided by");
pub const BAR_WORK: Word = word("工时", "Work");
pub const BAR_TIME: Word = word("时间", "When");
pub const BAR_LATE: Word = word("迟", "Late");
pub const BAR_CLOSED: Word = word("休息", "Closed");
pub const BAR_NONE: Word = word("这一行没有工序", "no work in this row");
pub const BAR_MARKS: Word = word("标记", "Marks");
pub const MARKS: Word = word(
    "* 锁定  # 所选单的关键路径  L 迟",
    "* pinned  # critical path of the selected order  L late",
);
pub const CRITICAL: Word = word("在关键路径上", "on the critical path");
pub const DAY_OFF: Word = word("休息日", "day off");

pub const LOAD_PLANNED: Word = word("计划", "Planned");
pub const LOAD_WANTED: Word = word("需求", "Wanted");
pub const LOAD_ORDER: Word = word("本单", "This order");
pub const LOAD_BLOCKED: Word = word("占用停机", "Blocked");
pub const LOAD_OVERTIME: Word = word("加班", "Overtime");
pub const LOAD_OF: Word = word("{0}%（{1}/{2} 分钟）", "{0}% ({1}/{2} min)");
pub const LOAD_SHORT: Word = word("{0}%（{1} 分钟）", "{0}% ({1} min)");
pub const MINUTES: Word = word("{0} 分钟", "{0} min");
pub const WEEK_OF: Word = word("{0} 起一周", "week of {0}");

pub const SHOWS_WITH: Word = word(
    "计划+本单：排期把活放在哪里，加上本单会占的",
    "Planned with this order: where the plan puts the work, and what this order would add",
);
pub const SHOWS_PLANNED: Word = word(
    "计划：排期把活放在哪里；放不下的往后排，所以不超过 100%",
    "Planned: where the plan puts the work; what does not fit stands later, so never above 100%",
);
pub const SHOWS_WANTED: Word = word(
    "需求：要全部按期，活该在哪里做；超过 100% 就会迟",
    "Wanted: where the work must be done for all to be in time; above 100% orders are late",
);
pub const SHOWS: Word = word("看什么", "Shown");

pub const PERIOD: Word = word("时段", "Period");
pub const OVER_BY: Word = word("超出分钟", "Over, min");
pub const FILLED_BY: Word = word("主要占用", "Filled by");
pub const EMPTY_OVERLOADS: Word = word(
    "没有哪个工作中心接近或超过能力。",
    "No work centre is near or over its capacity.",
);
pub const EMPTY_BLOCKS: Word = word(
    "没有占用或加班。按 b 登记他人占用、停机、加班。",
    "No blocks: press b to enter others' orders, downtime or overtime.",
);
pub const CELL_EMPTY: Word = word("这里没有活。", "Nothing is done here.");
pub const CELL_TITLE: Word = word(
    "{0} {1}：计划 {2}%，需求 {3}%",
    "{0} {1}: planned {2}%, wanted {3}%",
);
pub const CELL_USED: Word = word("计划 {0} 分 {1}%", "planned {0} min {1}%");
pub const CELL_WANTED: Word = word("需求 {0} 分", "wanted {0} min");
pub const CELL_THIS: Word = word("本单 {0}", "this order {0}");
pub const BLOCK_ALL_DAY: Word = word("全天", "all of it");
pub const BLOCK_LINE_ALL: Word = word("整个中心", "whole centre");

pub const FORM_BLOCK: Word = word("占用、停机、加班", "Others' orders, downtime, overtime");
pub const PLACE: Word = word("哪里", "Where");
pub const KIND: Word = word("种类", "Kind");
pub const FROM_DAY: Word = word("从", "From");
pub const TO_DAY: Word = word("到", "To");
pub const FROM_TIME: Word = word("开始时间", "From time");
pub const TO_TIME: Word = word("结束时间", "To time");
pub const MINUTES_A_DAY: Word = word("每天分钟", "Minutes a day");
pub const HINT_TIME: Word = word(
    "如 18:00；不写就是整天",
    "such as 18:00; empty is the whole day",
);
pub const HINT_MINUTES: Word = word(
    "每个工作日；加班接在下班之后，每条线都加；占用由各线合计",
    "on each working day; overtime follows the last shift on every line; the rest is shared by all lines",
);
pub const NOTHING_TO_DROP: Word = word(
    "先在“占用与加班”里选一行。",
    "Select a row of Blocks first.",
);
pub const NO_CENTRE: Word = word(
    "还没有工作中心；用导入建立。",
    "There is no work centre yet; import some.",
);

/// A length of time in the two largest units: `2 天 3 小时`, `40 分钟`.
#[must_use]
pub fn length(minutes: i64, lang: Lang) -> String {
    let n = minutes.abs();
    let (days, hours, rest) = (n / 1_440, n % 1_440 / 60, n % 60);
    let text = match (days, hours) {
        (0, 0) => word("{0} 分钟", "{0} min").fill(lang, &[&rest.to_string()]),
        (0, _) => word("{0} 小时 {1} 分", "{0} h {1} min")
            .fill(lang, &[&hours.to_string(), &rest.to_string()]),
        _ => word("{0} 天 {1} 小时", "{0} d {1} h")
            .fill(lang, &[&days.to_string(), &hours.to_string()]),
    };
    if minutes < 0 {
        format!("-{text}")
    } else {
        text
    }
}

/// Working time, in hours because a working day has not twenty-four: `3 小时 20 分`.
#[must_use]
pub fn work(minutes: i64, lang: Lang) -> String {
    let (hours, rest) = (minutes / 60, minutes % 60);
    word("{0} 小时 {1} 分", "{0} h {1} min").fill(lang, &[&hours.to_string(), &rest.to_string()])
}
