//! What binds an operation to its place, in words.

use super::word::{Lang, Word, word};
use crate::app::outlook::Bound;

const MATERIAL: Word = word("等物料 {0}", "waits for material {0}");
const CAPACITY: Word = word("等设备 {0}", "line busy: {0}");
const PREDECESSOR: Word = word("等前道 {0}", "after {0}");
const CALENDAR: Word = word("停工 {0}", "closed {0}");
const RELEASE: Word = word("可开工 {0}", "may start {0}");

/// Why an operation is where it is.
#[must_use]
pub fn because(bound: Bound, by: &str, lang: Lang) -> String {
    let held = match (bound, by) {
        (Bound::Pin, "running") => Some(word("正在做", "in work now")),
        (Bound::Pin, "frozen") => Some(word("近期不动", "too near to move")),
        (Bound::Pin, _) => Some(word("已锁定", "pinned")),
        _ => None,
    };
    if let Some(held) = held {
        return held.text(lang).to_owned();
    }
    let sentence = match bound {
        Bound::Material => MATERIAL,
        Bound::Capacity => CAPACITY,
        Bound::Predecessor => PREDECESSOR,
        Bound::Calendar => CALENDAR,
        Bound::Pin | Bound::Release => RELEASE,
    };
    sentence.fill(lang, &[by]).trim_end().to_owned()
}
