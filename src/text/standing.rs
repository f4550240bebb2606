//! Derived states in words, with their weight.

use super::word::{Lang, word};
use crate::domain::rule::{failure, production};
use crate::panel::Cell;
use crate::theme::Role;

/// Where a production order stands.
#[must_use]
pub fn production(standing: production::Standing, lang: Lang) -> Cell {
    use production::Standing as S;
    let (text, role) = match standing {
        S::Proposed => (word("待下达", "proposed"), Role::Warn),
        S::Released => (word("已下达", "released"), Role::Base),
        S::InProgress => (word("生产中", "in work"), Role::Accent),
        S::Finished => (word("已完成", "finished"), Role::Ok),
        S::OnHold => (word("暂停", "on hold"), Role::Warn),
        S::Cancelled => (word("已取消", "cancelled"), Role::Dim),
    };
    Cell::new(text.text(lang), role).by((standing as i64).to_string())
}

/// Where an exception stands.
#[must_use]
pub fn exception(standing: failure::Standing, lang: Lang) -> Cell {
    use failure::Standing as S;
    let (text, role) = match standing {
        S::Reported => (word("已报告", "reported"), Role::Bad),
        S::Contained => (word("已控制", "contained"), Role::Warn),
        S::Analysed => (word("已分析", "analysed"), Role::Warn),
        S::Waiting => (word("待决定", "undecided"), Role::Bad),
        S::Acting => (word("处理中", "acting"), Role::Accent),
        S::Verifying => (word("待验证", "verifying"), Role::Accent),
        S::Closed => (word("已关闭", "closed"), Role::Dim),
        S::Merged => (word("已并案", "merged"), Role::Dim),
    };
    Cell::new(text.text(lang), role).by((standing as i64).to_string())
}
