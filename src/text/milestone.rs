//! Milestones in words: what does a node, and why a network has no dates.

use super::label::Label;
use super::word::{Lang, Word, word};
use crate::domain::rule::milestone::Broken;
use crate::domain::rule::milestone::source::Source;

const ACCEPTED: Word = word("接单", "order accepted");
const MATERIALS_IN: Word = word("物料到齐", "materials in");
const RELEASED: Word = word("下达生产单", "production released");
const STARTED: Word = word("首次报工", "first figure reported");
const FINISHED: Word = word("生产单完工", "production finished");
const SHIPPED: Word = word("全部出货", "all shipped");
const DOCUMENT: Word = word("收到{0}", "{0} received");
const SAMPLE: Word = word("{0}批核", "{0} approved");
const INSPECTION: Word = word("{0}合格", "{0} passed");
const UNKNOWN: Word = word(
    "节点 {0} 排在 {1} 之前，但没有这个节点。",
    "Milestone {0} comes before {1}, which is not there.",
);
const LOOP: Word = word(
    "节点 {0} 绕回自己；换一个“在…之前”。",
    "Milestone {0} comes before itself; choose another one under Before.",
);
const NO_DAY: Word = word(
    "节点 {0} 在日历上找不到日子；检查天数和日历。",
    "There is no day for milestone {0}; check its days and calendar.",
);

/// What does a node, in words; empty where it is typed by hand.
#[must_use]
pub fn source(text: &str, lang: Lang) -> String {
    let plain = |word: Word| word.text(lang).to_owned();
    match Source::parse(text) {
        None => String::new(),
        Some(Source::Accepted) => plain(ACCEPTED),
        Some(Source::MaterialsIn) => plain(MATERIALS_IN),
        Some(Source::ProductionReleased) => plain(RELEASED),
        Some(Source::ProductionStarted) => plain(STARTED),
        Some(Source::ProductionFinished) => plain(FINISHED),
        Some(Source::Shipped) => plain(SHIPPED),
        Some(Source::Document(kind)) => DOCUMENT.fill(lang, &[kind.word().text(lang)]),
        Some(Source::Sample(kind)) => SAMPLE.fill(lang, &[kind.word().text(lang)]),
        Some(Source::Inspection(kind)) => INSPECTION.fill(lang, &[kind.word().text(lang)]),
    }
}

/// Why a network has no dates.
#[must_use]
pub fn broken(broken: &Broken, lang: Lang) -> String {
    match broken {
        Broken::Unknown { code, before } => UNKNOWN.fill(lang, &[code, before]),
        Broken::Loop { code } => LOOP.fill(lang, &[code]),
        Broken::NoDay { code } => NO_DAY.fill(lang, &[code]),
    }
}
