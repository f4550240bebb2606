//! Words of samples, lessons at entry and promises to the customer.

use super::word::{Lang, Word, word};
use crate::domain::document::Query;
use crate::domain::rule::lesson::Why;
use crate::domain::rule::query::{self, Effect};
use crate::domain::world::World;

pub const PART_SAMPLES: Word = word("样品", "Samples");
pub const EMPTY_SAMPLES: Word = word(
    "还没有样品：按 l 登记要做的第一轮。",
    "No sample yet: press l to record the first round.",
);
pub const ROUND: Word = word("轮", "Round");
pub const SENT_ON: Word = word("寄出", "Sent");
pub const COURIER: Word = word("快递", "Courier");
pub const COMMENTS: Word = word("客户意见", "Comments");
pub const VERDICT: Word = word("结论", "Verdict");
pub const VERDICT_ON: Word = word("确认日期", "Verdict on");
pub const HINT_VERDICT_ON: Word = word("空着：有结论即今天", "empty: today, once there is one");
pub const HINT_COURIER: Word = word("如 顺丰 SF123", "such as DHL 123456");
pub const TO_SEND: Word = word("待寄", "to be sent");
pub const LATE_TO_SEND: Word = word("该寄未寄 {0} 天", "{0} days late to send");
pub const NO_VERDICT: Word = word("等结论 {0} 天", "no verdict for {0} days");
pub const REJECTED_AGAIN: Word = word("不通过，要再打一轮", "rejected: another round");
pub const FORM_NEW_SAMPLE: Word = word("登记样品 · {0}", "A sample of {0}");
pub const FORM_SAMPLE: Word = word("样品 · {0}", "Sample of {0}");

pub const EMPTY_LESSONS_HERE: Word = word(
    "没有相关的经验；关闭异常时写下教训，以后会在这里提示",
    "No lesson concerns this order; what you write when closing an exception shows here later",
);
pub const BECAUSE: Word = word("因为同", "Same");
pub const TICKED: Word = word("用过", "Used");
pub const HELD: Word = word("防住", "Held");
pub const AGAIN: Word = word("又犯", "Again");
pub const LESSON_OPEN: Word = word("待确认", "open");
pub const LESSON_TICKED: Word = word("✓ 已做到", "✓ heeded");
pub const LESSON_HELD: Word = word("✓ 防住了", "✓ held");
pub const LESSON_REPEATED: Word = word("又发生了", "again");
pub const LESSON_PASSED: Word = word("放过", "let pass");
pub const FORM_WAIVE_LESSON: Word = word("放过一条经验 · {0}", "Let a lesson pass · {0}");

pub const REMINDERS: Word = word("催过", "Asked");
pub const WAIT_DAYS: Word = word("天数", "Days");
pub const NO_EFFECT: Word = word("无", "none");
pub const SETTLES: Word = word("确定要点：{0}", "settles the fact: {0}");
pub const CORRECTS: Word = word("单据要更正：{0}", "corrects the document: {0}");
pub const SOURCE: Word = word("依据", "Source");
pub const OLD_VERSION: Word = word("旧版 {0}", "old: {0}");
pub const FORM_EXPECTED: Word = word("“{0}”类产品应有的单据", "Papers that “{0}” needs");
pub const ANY_FAMILY: Word = word("未分类", "any product");
pub const NEEDED: Word = word("要", "needed");
pub const NOT_NEEDED: Word = word("不要", "not needed");

pub const PART_COMMITMENTS: Word = word("承诺", "Promises");
pub const EMPTY_COMMITMENTS: Word = word(
    "还没有对客户的承诺；接单时记下，或按 l 登记",
    "Nothing was promised yet; accepting the order records it, or l",
);
pub const MADE_ON: Word = word("说于", "Said on");
pub const MADE_BY: Word = word("谁说", "Said by");
pub const SAID_BY: Word = word("方式", "Way");
pub const NO_AUTHORITY: Word = word("待批准", "not allowed yet");
pub const ALL_LINES: Word = word("全部行", "all lines");
pub const FOR_LINES: Word = word("哪一行", "Lines");
pub const FORM_COMMIT: Word = word("向客户承诺交期 · {0}", "Promise a date · {0}");
pub const FORM_AUTHORISE: Word = word("谁批准承诺 {0}", "Who allows the promise of {0}");
pub const HINT_NEW_DATE: Word = word("改变原承诺时填", "where an earlier promise changes");
pub const HINT_WHO_ALLOWED: Word = word("谁、何时、怎么说的", "who, when, in what words");
pub const PROMISE_STANDS: Word = word(
    "说过的承诺不能改；按 l 登记新的。",
    "What was promised stays; press l to record another promise.",
);

/// What a lesson has in common with an order.
#[must_use]
pub const fn why(why: Why) -> Word {
    match why {
        Why::Customer => word("客户", "customer"),
        Why::Family => word("品类", "family"),
        Why::Material => word("材料", "material"),
        Why::Supplier => word("供应商", "supplier"),
        Why::Words => word("标签", "tag"),
    }
}

/// What an answer does beside answering, in words.
#[must_use]
pub fn effect(world: &World, of: &Query, lang: Lang) -> String {
    let effect = query::effect(&of.effect);
    match effect {
        Effect::None => String::new(),
        Effect::Settles(name) => SETTLES.fill(lang, &[name]),
        Effect::Corrects(..) => {
            let document = query::corrected(world, of.order_id, &effect);
            CORRECTS.fill(lang, &[document.map_or("?", |d| d.title.as_str())])
        }
        Effect::Words(words) => words.to_owned(),
    }
}
