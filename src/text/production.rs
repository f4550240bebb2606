//! Words of production orders: the release gate, lots, both quantities.

use super::label::Label;
use super::show;
use super::word::{Lang, Word, word};
use crate::domain::codes::Stage;
use crate::domain::rule::gate::{Item, Missing};
use crate::domain::rule::production::Both;
use crate::domain::world::World;
use chrono::NaiveDate;

pub const PART_GATE: Word = word("下达条件", "Release gate");
pub const GATE_CLEAR: Word = word(
    "条件齐备，可以下达（l）。",
    "Nothing is missing: it can be released (l).",
);
pub const GATE_PASSED: Word = word("已下达", "Released");
pub const MISSING: Word = word("缺什么", "Missing");
pub const TO_DO: Word = word("怎么办", "What to do");
pub const IN_PRODUCTION: Word = word("已开生产单", "In production");
pub const OPEN: Word = word("未开", "Open");
pub const OVER: Word = word("超产 {0}", "{0} too many");
pub const UNDER: Word = word("少开 {0}", "{0} too few");
pub const ALSO_FOR: Word = word("合并", "Merged for");
pub const FORM_SPLIT: Word = word("分批 · {0} 共 {1}", "Split {0}, {1} in all");
pub const FORM_SPLIT_BEGUN: Word = word(
    "分批 · {0} 共 {1}，已做 {2} 留在第一批",
    "Split {0}, {1} in all; {2} done stay in the first lot",
);
pub const HOW: Word = word("怎么分", "How");
pub const HOW_TYPED: Word = word("按数量", "by quantities");
pub const HOW_EQUAL: Word = word("平均", "equal lots");
pub const HOW_COLOURS: Word = word("按颜色", "by colours");
pub const HOW_SIZES: Word = word("按颜色和尺码", "by colours and sizes");
pub const HOW_LINES: Word = word("按订单", "by orders");
pub const LOTS: Word = word("各批数量", "Lots");
pub const LOTS_HINT: Word = word(
    "如 300 200 100；余下的自成一批。平均分时写批数",
    "300 200 100; what is left is one more lot. For equal lots their number",
);
pub const FORM_MERGE: Word = word("合并进 {0}", "Merge into {0}");
pub const FORM_RESIZE: Word = word(
    "改数量 · {0}（订单 {1}，已开 {2}）",
    "Quantity of {0} (ordered {1}, in production {2})",
);
pub const YES: Word = word("并入", "merge");
pub const NO: Word = word("不并", "leave");

/// What is missing, and what to do about it.
#[must_use]
pub fn missing(world: &World, item: &Item, today: NaiveDate, lang: Lang) -> (String, String) {
    let (what, todo) = match &item.missing {
        Missing::NotAccepted => (
            word("订单未接单", "the order is not accepted")
                .text(lang)
                .to_owned(),
            word("到评审面板作结论（2，d）", "decide it in Capacity (2, d)"),
        ),
        Missing::OnHold => (
            super::words::ON_HOLD_STATE.text(lang).to_owned(),
            word("到接单面板恢复（1，h）", "resume it in Intake (1, h)"),
        ),
        Missing::Point(kind) => (
            word("审单点未过：{0}", "review point open: {0}").fill(lang, &[kind.word().text(lang)]),
            word(
                "对资料后审过或放行（1，o/w）",
                "compare it, then pass or waive it (1, o/w)",
            ),
        ),
        Missing::Document(kind) => (
            word("缺单据：{0}", "paper missing: {0}").fill(lang, &[kind.word().text(lang)]),
            word(
                "向业务或技术部要来登记（1，d）",
                "get it and file it (1, d)",
            ),
        ),
        Missing::WrittenConfirmation => (
            word("没有书面确认", "no written confirmation")
                .text(lang)
                .to_owned(),
            word(
                "请客户发订单并登记（1，d）",
                "ask for the order in writing and file it (1, d)",
            ),
        ),
        Missing::Query(id) => (query(world, *id, lang), ask()),
        Missing::Conflict(key) => (
            word("单据矛盾：{0}", "papers contradict each other: {0}").fill(lang, &[key]),
            word(
                "提疑问单，答复后才放行（1，a）",
                "ask, and settle it by the answer (1, a)",
            ),
        ),
        Missing::Approval(kind) => (
            word("样品未批：{0}", "not approved: {0}").fill(lang, &[kind.word().text(lang)]),
            word(
                "催客户确认，登记结论（1，e）",
                "chase the customer, enter the verdict (1, e)",
            ),
        ),
        Missing::Material {
            item_id,
            short,
            ready,
            needed,
        } => {
            let name = world.items.get(*item_id).map_or("", |i| i.name.as_str());
            let day = |d: Option<NaiveDate>| {
                d.map_or_else(|| "—".to_owned(), |d| show::day(d, today, lang))
            };
            let said = match ready {
                Some(_) => word(
                    "缺料：{0} 差 {1}，{2} 到，{3} 要用",
                    "short: {0}, {1}; comes {2}, needed {3}",
                ),
                None => word(
                    "缺料：{0} 差 {1}，没有订；{3} 要用",
                    "short: {0}, {1}; not on order, needed {3}",
                ),
            };
            let todo = match ready {
                Some(_) => word(
                    "催供应商，或改排（4，c）",
                    "chase the supplier, or move the start (4, c)",
                ),
                None => word("下采购单（4，b）", "buy it (4, b)"),
            };
            (
                said.fill(lang, &[name, &short.text(), &day(*ready), &day(*needed)]),
                todo,
            )
        }
    };
    let order = world.orders.find(item.order_id).map(|o| o.no.as_str());
    let what = order.map_or_else(|| what.clone(), |no| format!("{no} {what}"));
    (what, todo.text(lang).to_owned())
}

const fn ask() -> Word {
    word(
        "催答复，登记（1，r）",
        "chase the answer and enter it (1, r)",
    )
}

fn query(world: &World, id: i64, lang: Lang) -> String {
    let Some(q) = world.queries.get(id) else {
        return String::new();
    };
    let department = q.department.word().text(lang);
    word("疑问单未答：{0} {1}", "query open: {0}, {1}").fill(lang, &[&q.no, department])
}

/// Where something missing is dealt with.
#[must_use]
pub const fn place(missing: &Missing) -> Stage {
    match missing {
        Missing::NotAccepted => Stage::Capacity,
        Missing::Material { .. } => Stage::Materials,
        _ => Stage::Intake,
    }
}

/// Over- or under-production in words; empty where it is as it should be.
#[must_use]
pub fn marked(both: &Both, lang: Lang) -> String {
    if both.over.is_positive() {
        OVER.fill(lang, &[&super::format::qty(both.over)])
    } else if both.under.is_positive() {
        UNDER.fill(lang, &[&super::format::qty(both.under)])
    } else {
        String::new()
    }
}
