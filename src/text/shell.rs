//! The words of the shell: notes, questions, titles of lists and pages.

use super::word::{Word, word};

pub const DRAFTS_FOUND: Word = word(
    "上次没有保存的表单：选一张继续，或 Esc 以后再说",
    "Forms not saved last time: choose one to go on, or Esc for later",
);
pub const DRAFT_BACK: Word = word(
    "已取回上次没有保存的内容。",
    "What was typed before and not saved is back.",
);
pub const DRAFT_GONE: Word = word(
    "这张草稿的对象已经不在了。",
    "What this draft was about is no longer there.",
);
pub const DRAFT_KEPT: Word = word(
    "已存为草稿，再打开这张表单时取回。",
    "Kept as a draft; it comes back when the form is opened again.",
);
pub const DRAFT_DROPPED: Word = word(
    "已放弃没有保存的内容。",
    "What was not saved has been dropped.",
);
pub const ASK_LEAVE: Word = word(
    "没有保存。Enter 存为草稿并离开 · d 放弃 · Esc 继续填写",
    "Not saved. Enter: keep as draft and leave · d: drop · Esc: go on",
);
pub const ASK_QUIT: Word = word(
    "退出跟单？数据都已保存。 Enter 退出 · Esc 留下",
    "Leave Gendan? Everything is saved. Enter: leave · Esc: stay",
);
pub const ASK_QUIT_FORM: Word = word(
    "退出跟单？没有保存的表单存为草稿。 Enter 退出 · Esc 留下",
    "Leave Gendan? The form not saved is kept as a draft. Enter: leave · Esc: stay",
);
pub const ASK_YES_NO: Word = word("Enter 是 · Esc 否", "Enter: yes · Esc: no");
pub const COPIED: Word = word("已复制，可粘贴发送：{0}", "Copied, ready to paste: {0}");
pub const COPY_FAILED: Word = word("复制不了：{0}", "Cannot copy: {0}");
pub const REPLANNING: Word = word("正在重新计算排期……", "Computing the plan again …");
pub const FORM_CHOICE: Word = word("←→ 选择", "←→ to choose");
pub const FORM_COMPLETES: Word = word("→ 补全：{0}", "→ completes: {0}");
pub const FORM_FROM: Word = word("原文：“{0}”", "from the words “{0}”");
pub const FORM_BASIS: Word = word("依据：{0}", "from: {0}");
pub const FORM_KEYS: Word = word(
    "Enter 下一项  Ctrl-S 保存  PgUp/PgDn 上/下一张  Esc 离开",
    "Enter next  Ctrl-S save  PgUp/PgDn record  Esc leave",
);
pub const FORM_NOTE: Word = word("Ctrl-J 换行", "Ctrl-J for a new line");
pub const FORM_TABLE: Word = word(
    "Enter 下一格  Tab/方向键 任意格  Ctrl-D 删行  可从表格粘贴",
    "Enter next cell  Tab/arrows any cell  Ctrl-D delete row  paste from a sheet",
);
pub const RIPPLE_OF: Word = word(
    "订单 {0} 的更改牵连 {1} 项",
    "Amending {0} touches {1} things",
);
pub const SAVE_AMENDMENT: Word = word("保存更改", "save the amendment");
pub const NO_FILE_KEPT: Word = word(
    "这份单据没有存文件，也没有备注",
    "this document has no file and no note",
);
pub const NO_NEXT_RECORD: Word = word("那边没有了", "There is no further one that way");
pub const NOTHING_CHANGED: Word = word("没有改动。", "Nothing changed.");
pub const DONE_UNDO: Word = word("已完成：{0}（u 撤销）", "Done: {0} (u undoes it)");
pub const UNDONE: Word = word("已撤销：{0}（U 重做）", "Undone: {0} (U redoes it)");
pub const REDONE: Word = word("已重做：{0}", "Redone: {0}");
pub const NOTHING_TO_UNDO: Word = word("没有可撤销的更改。", "There is nothing to undo.");
pub const NOTHING_TO_REDO: Word = word("没有可重做的更改。", "There is nothing to redo.");
pub const PASTE_TOO_LONG: Word = word(
    "粘贴的内容太长（{0} 个字），没有采用。",
    "The paste is too long ({0} characters); it was not taken.",
);
pub const PASTE_NOWHERE: Word = word(
    "这里不能粘贴；先打开表单或筛选。",
    "Nothing to paste into here; open a form or the filter first.",
);
pub const UNKNOWN_KEY: Word = word(
    "这个键在这里没有作用；F1 看按键，空格列出操作。",
    "That key does nothing here; F1 lists keys, Space lists actions.",
);
pub const NOT_HERE: Word = word(
    "对这一行做不了；空格列出能做的事。",
    "That cannot be done with this row; Space lists what can.",
);
pub const HELP: Word = word("按键", "Keys");
pub const HELP_PICTURE: Word = word("图中", "In this picture");
pub const HELP_EVERYWHERE: Word = word("到处可用", "Everywhere");
pub const PALETTE: Word = word(
    "命令：输入名称或拼音首字母",
    "Commands: type a name or pinyin initials",
);
pub const MENU: Word = word("这一行能做的事", "What can be done here");
pub const JUMP: Word = word(
    "跳到订单：单号、客户、产品或拼音首字母",
    "Go to order: number, customer, product, pinyin initials",
);
pub const FILTER: Word = word("筛选", "Filter");
pub const TOO_SMALL: Word = word(
    "窗口太小，请放大到 60×16 以上；放大后接着用。",
    "The window is too small: 60×16 at least; everything goes on once it is larger.",
);
pub const PLAN_PENDING: Word = word("排期计算中", "planning …");
pub const PLAN_MOVED: Word = word(
    "重排：{0} 张生产单变晚，{1} 张变早（见 3 排期·对比）",
    "Planned again: {0} production orders later, {1} sooner (see 3 Schedule, Compare)",
);
pub const PLAN_AGAIN: Word = word("重排中", "planning …");
pub const PLAN_BY_RULES: Word = word("排期 {0} #{1} 按规则", "plan {0} #{1} by rules");
pub const PLAN_IMPROVED: Word = word("排期 {0} #{1}", "plan {0} #{1}");
pub const READ_ONLY: Word = word("只读", "read-only");
pub const DEMO: Word = word("示例工厂", "demo");
pub const MORE: Word = word("更多", "more");
pub const PLAN_FAILED: Word = word(
    "排期计算出错，已写入日志；其余功能不受影响。",
    "Planning failed and was reported; everything else works.",
);

/// A stage's name in four cells at most, for narrow screens.
#[must_use]
pub const fn short_stage(
    stage: crate::domain::codes::Stage,
    lang: super::word::Lang,
) -> &'static str {
    use crate::domain::codes::Stage as S;
    match stage {
        S::Today => word("今日", "Day"),
        S::Intake => word("接单", "Intk"),
        S::Capacity => word("评审", "Cap"),
        S::Schedule => word("排期", "Plan"),
        S::Materials => word("物料", "Mat"),
        S::Progress => word("进度", "Prog"),
        S::Exceptions => word("异常", "Exc"),
    }
    .text(lang)
}
