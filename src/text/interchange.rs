//! What is said about an interchange file that cannot be taken in: what is wrong, and what would
//! be right. `{0}` and on are filled with what was found or what is allowed.

use super::word::{Word, word};

pub const AT: Word = word("{0}：{1}", "{0}: {1}");
pub const AT_VALUE: Word = word("{0}：{2}（现为 {1}）", "{0}: {2} (found {1})");
pub const WHOLE_FILE: Word = word("整个文件", "the file");
pub const MORE: Word = word(
    "错误太多，只列出前 {0} 条",
    "too many errors; only the first {0} are listed",
);

pub const SYNTAX: Word = word(
    "第 {0} 行第 {1} 列不是正确的 JSON；请检查引号、逗号和括号",
    "not valid JSON at line {0}, column {1}; check quotes, commas and brackets",
);
pub const TOO_BIG: Word = word(
    "文件超过 {0} MB；请分成几个文件",
    "the file is larger than {0} MB; split it into several",
);
pub const TOO_MANY_ROWS: Word = word(
    "文件超过 {0} 条记录；请分成几个文件",
    "the file has more than {0} rows; split it into several",
);
pub const FORMAT: Word = word(
    "不是本程序的数据文件；应写 \"format\": \"gendan/1\"",
    "not a data file of this program; it must say \"format\": \"gendan/1\"",
);
pub const UNKNOWN_KEY: Word = word(
    "没有这个键；可用的键：{0}",
    "there is no such key; allowed here: {0}",
);
pub const KEY_TWICE: Word = word(
    "同一个键写了两次；只留一个",
    "the key stands twice; keep one",
);
pub const MISSING: Word = word("缺少这一项；请补上", "it is missing; add it");
pub const EMPTY: Word = word("不能为空；请填写", "it is empty; fill it in");
pub const WANT_OBJECT: Word = word("应为对象 {…}", "it must be an object {…}");
pub const WANT_LIST: Word = word("应为列表 […]", "it must be a list […]");
pub const WANT_TEXT: Word = word("应为文字，写在引号里", "it must be text in quotes");
pub const WANT_FLAG: Word = word("应为 true 或 false", "it must be true or false");
pub const WANT_AMOUNT: Word = word(
    "不是数字；应为最多六位小数的数字，如 12.5",
    "not a number; write a number with at most six decimals, such as 12.5",
);
pub const WANT_WHOLE: Word = word("应为整数，如 12", "it must be a whole number, such as 12");
pub const WANT_VALUE: Word = word(
    "不能为 null；请填写",
    "null is not allowed here; give a value",
);
pub const TOO_FINE: Word = word(
    "小数超过六位；最多六位小数",
    "more than six decimals; at most six are kept",
);
pub const TOO_LARGE: Word = word(
    "数字太大；最大为 1000000000",
    "the number is too large; at most 1000000000",
);
pub const BELOW: Word = word("数字太小；不能小于 {0}", "too small; at least {0}");
pub const NOT_ABOVE: Word = word("数字太小；必须大于 {0}", "too small; must be more than {0}");
pub const ABOVE: Word = word(
    "数字太大；不能大于 {0}（3% 写 0.03）",
    "too large; at most {0} (write 3 % as 0.03)",
);
pub const TOO_LONG: Word = word(
    "文字太长；最多 {0} 个字",
    "the text is too long; at most {0} characters",
);
pub const WANT_DATE: Word = word(
    "不是日期；应写成 2026-11-23 的样子",
    "not a date; write it like 2026-11-23",
);
pub const WANT_MOMENT: Word = word(
    "不是时刻；应写成 2026-11-23T08:00 的样子",
    "not a date and time; write it like 2026-11-23T08:00",
);
pub const WANT_STAMP: Word = word(
    "不是时刻；应写成 2026-11-23T08:00:00.000Z 的样子",
    "not an instant; write it like 2026-11-23T08:00:00.000Z",
);
pub const WANT_SHIFTS: Word = word(
    "不是班次；应写成 [\"08:00-12:00\", \"13:30-17:30\"]，按先后排列，不重叠",
    "not shifts; write [\"08:00-12:00\", \"13:30-17:30\"], in order, without overlap",
);
pub const WANT_CODE: Word = word("没有这个代码；可用：{0}", "no such code; one of: {0}");
pub const UNKNOWN_ROW: Word = word(
    "找不到这一条；请先在文件里写明，或改正编号",
    "there is no such row; put it in the file or correct the reference",
);
pub const ROW_TWICE: Word = word(
    "文件里有两条相同编号；只留一条",
    "two rows of the file have this key; keep one",
);
pub const DIFFERS: Word = word(
    "已有同编号的记录，内容不同；请改用新编号，或在程序里修改",
    "it exists already and differs; use another number, or change it in the program",
);
pub const PO_TAKEN: Word = word(
    "客户单号已用在订单 {0} 上；请核对是否重复下单",
    "order {0} has this customer PO already; check whether it is the same order",
);
pub const STILL_USED: Word = word(
    "列表中少了仍在使用的一条；请加回列表",
    "the list leaves out a row that is still in use; put it back",
);
pub const EARLY_END: Word = word(
    "结束早于开始；请改正其中一个",
    "it ends before it starts; correct one of them",
);
