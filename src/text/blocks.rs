//! Words of capacity blocks: others' orders, downtime, overtime.

use super::word::{Word, word};

pub const LINE_ELSEWHERE: Word = word(
    "这条线不属于该工作中心。",
    "This line belongs to another work centre.",
);
pub const NO_DAYS: Word = word(
    "这段日期里没有工作日；如果是休息日，请写起止时间。",
    "No day in this range is a working day; for a day off, give the times.",
);
pub const TOO_MANY_DAYS: Word = word(
    "一次最多 366 天，请分几次登记。",
    "That is more than 366 days; enter it in parts.",
);
pub const ENDS_BEFORE: Word = word("结束要晚于开始。", "It has to end after it starts.");
pub const OVERTIME_NEEDS_TIME: Word = word(
    "加班要写每天几分钟，或者起止时间。",
    "Overtime needs minutes a day, or the times.",
);
pub const NOT_A_TIME: Word = word("时间请写成 18:00 这样。", "Write the time like 18:00.");
pub const BOTH_TIMES: Word = word("起止时间要么都写，要么都不写。", "Give both times or none.");
