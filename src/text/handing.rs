//! Words about handing reports over: what changed since, how far the writing is.

use super::word::{Word, word};

pub const SINCE: Word = word("{0} 交出后的变化", "Changed since {0}");
pub const NEW: Word = word("新", "new");
pub const CHANGED: Word = word("{0}：{1} → {2}", "{0}: {1} → {2}");
pub const AND_MORE: Word = word("还有 {0} 处", "{0} more");
pub const HEAD_CHANGED: Word = word("{0}（原 {1}）", "{0} (was {1})");
pub const GONE: Word = word("{0} 交出后不再有的", "Gone since {0}");
pub const GONE_TABLE: Word = word("表", "Table");
pub const GONE_ROW: Word = word("行", "Row");
pub const HANDED_TO: Word = word("交给", "Handed to");
pub const HINT_HANDED: Word = word("空着：只写文件", "empty: only the file");
pub const PERIOD_HINT: Word = word("可空", "may be empty");
pub const FORM: Word = word("写报表", "Write a report");
pub const FORM_LAST: Word = word(
    "写报表 · 上次 {0} 交{1}",
    "Write a report · last {0} to {1}",
);
pub const ABOUT: Word = word("订单/编号", "Order or no.");
pub const FIRST_TIME: Word = word("已交{0}（第一次）", "handed to {0} for the first time");
pub const NONE_CHANGED: Word = word(
    "已交{0}；{1} 以来没有变化",
    "handed to {0}; nothing has changed since {1}",
);
pub const COUNTS: Word = word(
    "已交{0}；{1} 以来新 {2} 行，变 {3} 行，少 {4} 行",
    "handed to {0}; since {1}: {2} new, {3} changed, {4} gone",
);
pub const NOT_COMPARED: Word = word(
    "已交{0}；{1} 那次语言不同或太长，没有比较",
    "handed to {0}; not compared with {1}: another language, or too long",
);
pub const TOO_LONG: Word = word(
    "内容太长没有留底，下次不能标变化",
    "too long to be kept, so next time nothing can be marked",
);
pub const EXISTS: Word = word(
    "已有这个文件；再按一次 Ctrl-S 就覆盖它",
    "this file is there already; Ctrl-S once more writes over it",
);
pub const NO_FOLDER: Word = word("没有文件夹“{0}”", "there is no folder “{0}”");
pub const IS_FOLDER: Word = word("“{0}”是文件夹", "“{0}” is a folder");
pub const WRITING: Word = word("正在写“{0}”…", "Writing “{0}” …");
pub const KEYS_WRITING: Word = word("Esc 停止", "Esc stops it");
pub const STOPPED: Word = word("已停止，没有写文件。", "Stopped; no file was written.");
pub const ROWS: Word = word("{0} / {1} 行", "{0} of {1} rows");
pub const PLANNING: Word = word("正在算排期…", "Computing the plan …");
pub const NOT_RECORDED: Word = word(
    "文件写好了，但没有记下交给谁：{0}",
    "the file is written, but the hand-over was not recorded: {0}",
);
pub const FAILED: Word = word("写不出来。", "It could not be made.");
