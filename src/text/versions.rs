//! Words of two sessions at the same row: what the other one did, both versions, what is chosen.

use super::word::{Word, word};

pub const TITLE: Word = word("别处也改过：{0}", "Changed elsewhere too: {0}");
pub const THEY_DID: Word = word("别处 {0} 保存：{1}", "Elsewhere, {0}: {1}");
pub const MERGED: Word = word(
    "只有一边改过的已合并（* 为保存的一边），可再换；Enter 保存。",
    "What only one side changed is merged (* is what is saved); it can be turned round. Enter saves.",
);
pub const CHOOSE: Word = word(
    "{0} 项两边都改过（?）：选定后保存。其余已合并。",
    "{0} changed on both sides (?): choose, then save. The rest is merged.",
);
pub const UNDECIDED: Word = word(
    "还有 {0} 项没有选：←别处的 →我的，t 全用别处的，m 全用我的。",
    "{0} still to choose: ← theirs, → mine, t all theirs, m all mine.",
);
pub const FIELD: Word = word("项目", "Field");
pub const WAS: Word = word("打开时", "When opened");
pub const THEIRS: Word = word("别处的", "Theirs");
pub const MINE: Word = word("我的", "Mine");
pub const EMPTY: Word = word("（空）", "(empty)");
pub const ROWS: Word = word("{0} 行", "{0} rows");
pub const SAVE: Word = word("保存", "save");
pub const KEYS: Word = word(
    "←别处的 →我的 t/m 全用别处的/我的",
    "← theirs → mine t/m all theirs/mine",
);
pub const BACK: Word = word(
    "已合并到新内容上，你填的都在；还没有保存。",
    "Your form now stands on the new version; all you typed is here. Not saved yet.",
);
pub const NOTICED: Word = word(
    "这一行刚在别处改过，保存时会让你比较：{0}",
    "This was just changed elsewhere; saving will show both: {0}",
);
pub const NEWS: Word = word("别处刚保存：{0}", "Saved elsewhere: {0}");
pub const LOOK_FIRST: Word = word(
    "没有撤销：别处刚做了“{0}”。看过后再按一次，撤销的就是它。",
    "Not undone: elsewhere somebody just did “{0}”. Press again after a look; that is what it takes back.",
);
/// A cell of a table: name of the table, row, heading.
pub const CELL: Word = word("{0} {1} · {2}", "{0} {1} · {2}");
