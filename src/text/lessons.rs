//! Words of the lessons base, of repetitions and of the buffers they ask for.

use super::intake::why;
use super::word::{Lang, Word, word};
use crate::domain::exception::LessonUse;
use crate::domain::rule::lesson::base::Before;
use crate::domain::rule::milestone::buffer::Proposal;
use crate::domain::world::World;

pub const TITLE: Word = word("经验库", "Lessons base");
pub const TITLE_EXCEPTION: Word = word("经验库 · 与 {0} 相似", "Lessons base · like {0}");
pub const TITLE_ORDER: Word = word("经验库 · 与 {0} 有关", "Lessons base · about {0}");
pub const SEARCH: Word = word("查找", "Search");
pub const SEARCH_HINT: Word = word(
    "/ 输入文字、拼音、首字母，或描述现象",
    "/ type words, pinyin, or what happened",
);
pub const EMPTY: Word = word(
    "还没有经验：按 n 写一条，或关闭异常时写下教训。",
    "No lesson yet: n writes one, or write it when an exception is closed.",
);
pub const NOTHING_LIKE_IT: Word = word(
    "没有相符或相似的经验。",
    "No lesson says this or is like it.",
);
pub const TAGS: Word = word("标签", "Tags");
pub const FAMILY: Word = word("品类", "Family");
pub const PREVENTION: Word = word("预防", "Prevention");
pub const HEEDED: Word = word("用过", "Used");
pub const HELD: Word = word("防住", "Held");
pub const RATE: Word = word("有效", "Works");
pub const REPEATED: Word = word("又犯", "Again");
pub const ALIKE: Word = word("相似", "Alike");
pub const FROM: Word = word("来自", "From");
pub const LAST_USED: Word = word("最近用", "Last used");
pub const RETIRED: Word = word("停用 {0}：{1}", "retired {0}: {1}");
pub const TIED_TO: Word = word("针对", "About");
pub const SORTED_BY: Word = word("按{0}", "by {0}");
pub const BY_LIKENESS: Word = word("相似", "likeness");
pub const BY_USE: Word = word("用过", "use");
pub const BY_SUCCESS: Word = word("有效", "success");
pub const BY_HAND: Word = word("手工录入", "entered by hand");
pub const SUCCESS: Word = word("{0}/{1} 防住，{2}%", "{0} of {1} held, {2}%");
pub const TOO_FEW: Word = word("{0}/{1} 防住", "{0} of {1} held");
pub const SUCCEEDED: Word = word("成效", "Success");
pub const CAME_BACK: Word = word("又犯的异常", "Came back as");
pub const USES: Word = word("用在", "Used at");
pub const KEYS: Word = word(
    "Enter 来源异常  n 新  e 改  m 合并  X 停用  s 排序  Tab 用在  h 有用吗  Esc 返回",
    "Enter go  n new  e edit  m merge  X retire  s sort  Tab h helped  Esc back",
);
pub const KEYS_TYPING: Word = word(
    "↑↓ 选  Enter 定  Esc 清除",
    "↑↓ choose  Enter done  Esc clear",
);
pub const MARKED: Word = word(
    "并入哪一条？到那一条上按 m；Esc 算了",
    "Merge it into which? Press m there; Esc gives up",
);
pub const ASK_MERGE: Word = word(
    "把“{0}”并入“{1}”？用过的 {2} 次移过去，前一条停用保留。",
    "Merge “{0}” into “{1}”? Its {2} uses move there; the first is kept as retired.",
);
pub const NO_EXCEPTION: Word = word(
    "这条经验是手工录入的，没有来源异常。",
    "This lesson was entered by hand; no exception stands behind it.",
);
pub const NO_USE: Word = word("这条经验还没有用过。", "This lesson was not used yet.");
pub const NOT_USED_HERE: Word = word(
    "先按 o 做到它，再说有没有用。",
    "Heed it first (o), then say whether it helped.",
);
pub const FORM_NEW_LESSON: Word = word("写一条经验", "A new lesson");
pub const FORM_LESSON: Word = word("经验 · {0}", "Lesson · {0}");
pub const FORM_RETIRE: Word = word("停用经验 · {0}", "Retire the lesson · {0}");
pub const HINT_PREVENTION: Word = word("下次接单时要做到什么", "what to do at the next order");
pub const HINT_TAGS: Word = word("用空格隔开", "parted by blanks");
pub const HINT_TIED: Word = word(
    "客户、品类、物料、供应商都空着：按标签提示",
    "all four empty: found by its tags",
);
pub const HELPED: Word = word("✓ 有用", "✓ helped");
pub const NOT_HELPED: Word = word("✗ 没用", "✗ no help");
pub const LIKE: Word = word("像 {0}%", "alike {0}%");
pub const BEFORE: Word = word("以前发生过", "Happened before");
const BEFORE_SAID: Word = word("以前发生过：{0}", "Happened before: {0}");
const SAME_PLACE: Word = word("同环节同部门", "same stage and department");
const ON_ORDER: Word = word("{0}（{1}）", "{0} on {1}");
const TAUGHT: Word = word("经验“{0}”", "lesson “{0}”");
const WAS_HEEDED: Word = word("本单已做到", "heeded at this order");
const WAS_PASSED: Word = word("本单放过：{0}", "let pass at this order: {0}");
const NOT_SEEN: Word = word("本单没提示过", "not seen at this order");

pub const BUFFER: Word = word("余量", "Buffer");
pub const NO_BUFFER: Word = word(
    "这个节点没有要加的余量。",
    "No more days are proposed for this milestone.",
);
pub const ASK_BUFFER: Word = word(
    "给“{0}”加 {1} 天余量？{2}。",
    "Give “{0}” {1} more days? {2}.",
);
pub const BUFFER_REASON: Word = word(
    "同{0}的 {1} 张单迟了 {2} 天（{3}）",
    "late by {2} d at {1} orders of the same {0} ({3})",
);

/// A likeness in thousandths as per cent.
#[must_use]
pub fn percent(likeness: u32) -> String {
    format!("{}%", (likeness + 5) / 10)
}

/// Why days are proposed for a node.
#[must_use]
pub fn buffer_reason(proposal: &Proposal<'_>, lang: Lang) -> String {
    let days: Vec<String> = proposal.slips.iter().map(|s| s.days.to_string()).collect();
    let orders: Vec<&str> = proposal.slips.iter().map(|s| s.order.no.as_str()).collect();
    let (dot, comma) = match lang {
        Lang::Zh => ("、", "、"),
        Lang::En => (", ", ", "),
    };
    BUFFER_REASON.fill(
        lang,
        &[
            why(proposal.because).text(lang),
            &orders.len().to_string(),
            &days.join(dot),
            &orders.join(comma),
        ],
    )
}

/// An earlier case of the same thing, in short: which, where, how alike, what was done about its
/// lesson at this order.
#[must_use]
pub fn before(world: &World, before: &Before<'_>, lang: Lang) -> String {
    let mut parts: Vec<String> = Vec::new();
    if let Some(e) = before.exception {
        let order = world.orders.find(e.order_id);
        parts.push(order.map_or_else(
            || e.no.clone(),
            |order| ON_ORDER.fill(lang, &[&e.no, &order.no]),
        ));
    }
    parts.push(match before.likeness {
        0 => SAME_PLACE.text(lang).to_owned(),
        n => LIKE.fill(lang, &[&((n + 5) / 10).to_string()]),
    });
    if let Some(lesson) = before.lesson {
        parts.push(TAUGHT.fill(lang, &[&lesson.prevention.replace('\n', " ")]));
        parts.push(match before.used {
            Some(used) => use_in_words(used, lang),
            None => NOT_SEEN.text(lang).to_owned(),
        });
    }
    parts.join(match lang {
        Lang::Zh => "，",
        Lang::En => ", ",
    })
}

fn use_in_words(used: &LessonUse, lang: Lang) -> String {
    if used.ticked {
        WAS_HEEDED.text(lang).to_owned()
    } else {
        WAS_PASSED.fill(lang, &[&used.reason])
    }
}

/// Said at once where a new exception is not the first of its kind.
#[must_use]
pub fn before_said(world: &World, first: &Before<'_>, lang: Lang) -> String {
    BEFORE_SAID.fill(lang, &[&before(world, first, lang)])
}

/// How often a lesson held, with a share where there are enough cases.
#[must_use]
pub fn success(tally: &crate::domain::rule::lesson::Tally, lang: Lang) -> String {
    let ended = (tally.held + tally.repeated).to_string();
    let held = tally.held.to_string();
    match tally.rate() {
        Some(rate) => SUCCESS.fill(lang, &[&held, &ended, &rate.to_string()]),
        None => TOO_FEW.fill(lang, &[&held, &ended]),
    }
}
