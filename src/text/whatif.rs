//! Words of the what-if copies.

use super::word::{Word, word};

pub const TITLE: Word = word(
    "假设（试算，不写入文件）",
    "What-if (tried in memory, not in the file)",
);
pub const START: Word = word("新开一份假设", "Start another what-if");
pub const OPEN: Word = word(
    "打开假设 {0}（{1} 项更改）",
    "Open what-if {0} ({1} changes)",
);
pub const OPENED: Word = word(
    "假设 {0}：现在的更改只在内存里，W 采用、比较或丢弃。",
    "What-if {0}: changes stay in memory; W takes over, compares or throws away.",
);
pub const LEAVE: Word = word(
    "回到真实数据（保留假设 {0}）",
    "Back to the real data (what-if {0} is kept)",
);
pub const LEFT: Word = word("已回到真实数据。", "Back on the real data.");
pub const TAKE_OVER: Word = word(
    "采用假设 {0}：把 {1} 项更改写入文件",
    "Take over what-if {0}: make its {1} changes in the file",
);
pub const TAKEN: Word = word(
    "已采用 {0} 项更改（u 逐项撤销）",
    "Took over {0} changes (u undoes them one by one)",
);
pub const TAKEN_PARTLY: Word = word(
    "采用了 {1} 项中的 {0} 项，下一项被拒绝：{2}",
    "Took over {0} of {1} changes; the next was refused: {2}",
);
pub const FILE_MOVED_ON: Word = word(
    "文件在此期间有别的更改，不能直接采用；请新开一份假设再试。",
    "The file has been changed since, so this cannot be taken over; start a new what-if.",
);
pub const COMPARE: Word = word(
    "比较：真实与各假设",
    "Compare the real data with each what-if",
);
pub const DROP: Word = word(
    "丢弃假设 {0}（{1} 项更改）",
    "Throw away what-if {0} ({1} changes)",
);
pub const DROPPED: Word = word("假设 {0} 已丢弃。", "What-if {0} is thrown away.");
pub const TOO_MANY: Word = word(
    "最多同时保留 {0} 份假设；请先丢弃一份。",
    "At most {0} what-ifs are kept; throw one away first.",
);
pub const FILE: Word = word("真实", "Real");
pub const COPY: Word = word("假设 {0}", "What-if {0}");
pub const COPY_A: Word = word("假设 A", "What-if A");
pub const COPY_B: Word = word("假设 B", "What-if B");
pub const COPY_C: Word = word("假设 C", "What-if C");
pub const COPY_D: Word = word("假设 D", "What-if D");
pub const MARK: Word = word("假设 {0} · {1} 项 · W", "what-if {0} · {1} changes · W");
pub const TOTALS: Word = word(
    "{0}：{1} 张生产单，{2} 张迟，共迟 {3} 天",
    "{0}: {1} production orders, {2} late, {3} late days in all",
);
pub const ALL_THE_SAME: Word = word(
    "完工日都一样。",
    "Every production order finishes on the same day.",
);
