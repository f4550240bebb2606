//! What a rule found at a review point, in words.

use super::word::{Lang, word};
use crate::domain::rule::intake::Finding;

/// The rule and what it found.
#[must_use]
pub fn rule(finding: Finding, lang: Lang) -> String {
    let at = |sentence: super::Word, line: i64| sentence.fill(lang, &[&line.to_string()]);
    match finding {
        Finding::Present => word("请与客户资料核对", "compare with the customer's papers")
            .text(lang)
            .to_owned(),
        Finding::Missing => word("没有填写", "nothing is entered").text(lang).to_owned(),
        Finding::AmountAgrees => word("规则：数量×单价＝金额", "rule: quantity × price = amount")
            .text(lang)
            .to_owned(),
        Finding::AmountDiffers { line } => at(
            word(
                "规则：第 {0} 行数量×单价≠金额",
                "rule: line {0}: quantity × price ≠ amount",
            ),
            line,
        ),
        Finding::QuantityWrong { line } => at(
            word(
                "规则：第 {0} 行数量为零或尺码合计不符",
                "rule: line {0}: zero, or sizes do not add up",
            ),
            line,
        ),
        Finding::DateAhead => word("规则：交期在今天之后", "rule: the date lies ahead")
            .text(lang)
            .to_owned(),
        Finding::DatePast { line } => at(
            word(
                "规则：第 {0} 行交期已过",
                "rule: line {0}: the date has passed",
            ),
            line,
        ),
    }
}
