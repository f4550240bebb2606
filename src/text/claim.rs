//! Words of the claim sheet.

use super::word::{Word, word};

pub const CLAIM: Word = word("索赔证据", "Claim evidence");
pub const ABOUT: Word = word("对方", "Claim against");
pub const CONTACT: Word = word("联系人", "Contact");
pub const ORDERS: Word = word("涉及订单", "Orders");
pub const DAYS: Word = word("归于对方的天数", "Days charged");
pub const AGREED: Word = word("约定", "What was agreed");
pub const CAME: Word = word("实际", "What came");
pub const CHASES: Word = word("跟催与答复", "Chases and answers");
pub const EXCEPTIONS: Word = word("异常", "Exceptions");
pub const CHARGED: Word = word("天数怎么算", "How the days are counted");
pub const DOCUMENTS: Word = word("文件", "Documents");
pub const ON: Word = word("日期", "On");
pub const ABOUT_WHAT: Word = word("事项", "About");
pub const WHO: Word = word("谁说的", "Who");
pub const FOR_DAY: Word = word("约定日", "For");
pub const WORDS: Word = word("原话", "Words");
pub const QTY: Word = word("数量", "Quantity");
pub const GOOD: Word = word("合格", "Accepted");
pub const BAD: Word = word("拒收", "Rejected");
pub const PAPER: Word = word("单据", "Document");
pub const LATE: Word = word("晚几天", "Days late");
pub const HOW: Word = word("方式", "How");
pub const RESULT: Word = word("结果", "Result");
pub const ANSWER: Word = word("答复", "Answer");
pub const NEW_DAY: Word = word("新日期", "New date");
pub const CAUSE: Word = word("原因", "Cause");
pub const DECISION: Word = word("决定", "Decision");
pub const WHAT: Word = word("现象", "What happened");
pub const FROM: Word = word("从", "From");
pub const TO: Word = word("到", "To");
pub const KIND: Word = word("种类", "Kind");
pub const TITLE: Word = word("标题", "Title");
pub const FILE: Word = word("文件名", "File");
pub const HASH: Word = word("内容校验（SHA-256）", "Content (SHA-256)");
pub const ORDERED: Word = word("下单 {0}", "ordered {0}");
pub const NEEDED: Word = word("要求到料", "needed");
pub const FIRST_SAID: Word = word("首次回复", "first promise");
pub const SAID_AGAIN: Word = word("再次回复", "promised again");
pub const ARRIVED: Word = word("到货", "arrived");
pub const INSPECTED: Word = word("待检品检验", "inspected");
pub const RETURNED: Word = word("退货", "sent back");
pub const SAMPLE_SENT: Word = word("寄出{0}第 {1} 轮", "{0} round {1} sent");
pub const VERDICT_BY: Word = word("通常 {0} 天内批复", "verdict usual within {0} days");
pub const ASKED: Word = word("要求交期", "requested date");
pub const PROMISED: Word = word("我方承诺", "our promise");
pub const CHANGED: Word = word("更改第 {0} 次", "revision {0}");
pub const STILL_OPEN: Word = word("尚未到齐", "not complete yet");
pub const PLEASE: Word = word(
    "请对照附件核实，并书面答复处理意见。",
    "Please check this against the enclosed documents and answer in writing.",
);
