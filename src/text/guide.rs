//! The words of the tour, of the box after a first key, and of the help of a field.

use super::word::{Word, word};

/// The steps of the tour: a heading, and a text whose marks are keys.
pub const STEPS: [(Word, Word); 6] = [
    (
        word("一屏看全", "One screen for everything"),
        word(
            "最上面一行是今日和六个环节，数字是要处理的件数，! 表示已经迟了。按 {0} 到 {1} 切换，功能键 F8、F2 到 F7 也行。",
            "The top line has Today and the six stages; the numbers are things to do, ! means late. {0} to {1} go there, and so do F8 and F2 to F7.",
        ),
    ),
    (
        word("列表和明细", "A list and its details"),
        word(
            "上面是列表，下面是选中那一行的明细。{0} {1} 选行，{2} 到下一块，Esc 回列表。窗口小时一次显示一块。标题旁有 › 时，{3} 看右边的列。",
            "Above is a list, below are the details of the selected row. {0} {1} select, {2} goes to the next part, Esc back to the list. A small window shows one of them at a time. Where › stands in the heading, {3} shows further columns.",
        ),
    ),
    (
        word("能做什么", "What can be done"),
        word(
            "{0} 列出对这一行能做的事，{1} 做最常做的那件。下面两行是常用的键。",
            "{0} lists what can be done with this row, {1} does what is mostly done. The two lines below show the usual keys.",
        ),
    ),
    (
        word("找得到", "Finding things"),
        word(
            "{0} 找任何命令，{1} 找订单，{2} 筛选列表：中文、英文、拼音首字母都行。输入法开着也能用，全角键当半角键。",
            "{0} finds any command, {1} an order, {2} filters the list: Chinese, English or pinyin initials. An input method may stay on, full-width keys mean their narrow ones.",
        ),
    ),
    (
        word("放心改", "Nothing is lost"),
        word(
            "每次更改即时保存，{0} 撤销、{1} 重做，隔天也行。没填完的表单留成草稿，下次还在。",
            "Every change is saved at once; {0} takes it back, {1} brings it again, days later too. A form that was not finished is kept as a draft.",
        ),
    ),
    (
        word("随时求助", "Help at hand"),
        word(
            "{0} 说明眼前这一块的键；在表单里说明这一项怎么填。{1} 换语言，{2} 换配色。{3} 可再看这个导览。",
            "{0} explains the part at hand, in a form the field. {1} changes the language, {2} the colours. {3} shows this tour again.",
        ),
    ),
];

pub const TOUR: Word = word("导览", "Tour");
pub const TOUR_KEYS: Word = word(
    "Enter 下一步  ← 上一步  Esc 结束，不再出现",
    "Enter next  ← back  Esc end it for good",
);
pub const PREFIX: Word = word("{0} 之后按", "After {0}");
pub const PREFIX_KEYS: Word = word("Esc 算了", "Esc never mind");
pub const HERE: Word = word("这一块：{0}", "This part: {0}");
pub const KEYS_HERE: Word = word("这里的键", "Keys here");
pub const THEMES: Word = word("换配色", "Choose the colours");
pub const THEME_NOW: Word = word("现在用", "in use");
pub const THEME_SET: Word = word(
    "配色：{0}。要长期用，在设置里写 theme = \"{0}\"。",
    "Colours: {0}. To keep them, write theme = \"{0}\" in the settings.",
);
pub const NO_ROW_HOLDS: Word = word(
    "没有含“{0}”的行。Esc 清除筛选。",
    "No row holds “{0}”. Esc clears the filter.",
);
pub const BURST: Word = word(
    "一下子来了 {0} 个键，像是粘贴，没有执行；先打开表单或筛选再粘贴。",
    "{0} keys came at once, which looks like a paste; nothing was done. Open a form or the filter first.",
);

pub const FIELD: Word = word("这一项", "This field");
pub const REQUIRED: Word = word("必填", "must be filled");
pub const WRONG_NOW: Word = word("不对", "wrong");
pub const HOW: Word = word("怎么填", "how");
pub const HINT: Word = word("说明", "meaning");
pub const CHOICES: Word = word("可选", "choices");
pub const KNOWN: Word = word("已知", "known");
pub const KNOWN_COUNT: Word = word(
    "{0} 个已知的值，输入几个字或拼音首字母就列出，→ 补全",
    "{0} known values; a few letters or pinyin initials list them, → completes",
);
pub const TAKES_TEXT: Word = word("一行文字", "text of one line");
pub const TAKES_NOTE: Word = word(
    "可以多行，Ctrl-J 换行",
    "may have several lines, Ctrl-J breaks one",
);
pub const TAKES_AMOUNT: Word = word(
    "数字，最多六位小数；全角数字和千位逗号也行",
    "a number with at most six decimals; full-width digits and thousands commas too",
);
pub const TAKES_WHOLE: Word = word("整数", "a whole number");
pub const TAKES_DATE: Word = word(
    "日期：2026-12-01、12-1、+7（七天后）、下周三 都行",
    "a date: 2026-12-01, 12-1, +7 (in seven days), next wed",
);
pub const TAKES_DAY: Word = word(
    "日期，同其他日期；← → 前后一天",
    "a date as elsewhere; ← → a day back or on",
);
pub const TAKES_CHOICE: Word = word("← → 选一个", "← → choose one");
pub const EVERYWHERE_KEYS: Word = word(
    "↑↓ 上下  PgUp/PgDn 翻页  Enter 选定  Esc 返回",
    "↑↓ up and down  PgUp/PgDn a page  Enter choose  Esc back",
);
pub const PICKER_KEYS: Word = word(
    "文字 缩小列表  ↑↓ 选  Enter 选定  Esc 返回",
    "text narrows the list  ↑↓ select  Enter choose  Esc back",
);
pub const QUESTION_KEYS: Word = word("Enter 是  Esc 否", "Enter yes  Esc no");
