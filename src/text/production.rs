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

pub const SCHEDULE_SHEET: Word = word("排期表", "Schedule");
pub const SCHEDULE_FORMS: Word = word("排产表", "Scheduling forms");
pub const PRODUCTION_NOTICE: Word = word("生产通知单", "Production notice");
pub const SHEET_OF: Word = word("日期", "As of");
pub const SHEET_SPAN: Word = word("期间", "Period");
pub const SHEET_MARKS: Word = word("记号", "Marks");
pub const SHEET_LEGEND: Word = word(
    "排 = 在做，迟 = 会迟，· = 休息，▼ = 今天",
    "P = planned, L = will be late, · = closed, ▼ = today",
);
pub const SHEET_CUT: Word = word("只画 53 周；最晚到", "53 weeks are drawn; the last is");
pub const SHEET_BASIS: Word = word(
    "依据：采用 = 已采用的排期，算出 = 还没有采用，按现有数据算出。",
    "Basis: accepted = of the accepted plan; computed = not accepted yet, computed from the data as they are.",
);
pub const OPERATION_LINE: Word = word("工序/线", "Operation/line");
pub const LATEST_START: Word = word("最晚开工", "Latest start");
pub const FLOAT_DAYS: Word = word("浮时", "Float");
pub const LOAD_PERCENT: Word = word("负荷%", "Load %");
pub const BASIS: Word = word("依据", "Basis");
pub const ACCEPTED: Word = word("采用", "accepted");
pub const COMPUTED: Word = word("算出", "computed");
pub const BAR: Word = word("排", "P");
pub const BAR_LATE: Word = word("迟", "L");

pub const STATUS_TABLE: Word = word("订单排产状态表", "State of scheduling");
pub const ALL_WAITS: Word = word("总待排明细", "To be scheduled in all");
pub const OPERATION_WAITS: Word = word("工序待排", "Operations waiting");
pub const OPERATION_PLACED: Word = word("工序已排", "Operations scheduled");
pub const OPERATION_REST: Word = word("工序余排", "Operations left over");
pub const NUMBER: Word = word("序号", "No.");
pub const ORDER_QTY: Word = word("订单数量", "Order quantity");
pub const ORDER_DUE: Word = word("订单交期", "Order due");
pub const WANTED_ON: Word = word("要求生产日期", "Wanted on");
pub const PLACED_ON: Word = word("排产日期", "Scheduled on");
pub const LAST_PLACED_ON: Word = word("上次排产日期", "Last scheduled on");
pub const REST_PLANNED: Word = word("余排计划日期", "Rest planned on");
pub const LOT_QTY: Word = word("排产数量", "Quantity scheduled");
pub const REVIEWED_MARK: Word = word("评审", "Review");
pub const PLANNED_FROM: Word = word("计划生产日期", "Planned from");
pub const PLANNED_TO: Word = word("计划完成日期", "Planned to");
pub const TOTAL_TO_PLACE: Word = word("总待排产", "To schedule");
pub const PLACED: Word = word("已排产", "Scheduled");
pub const NOT_PLACED: Word = word("余排产", "Left over");
pub const WORKED: Word = word("已加工", "Processed");
pub const HANDED_ON: Word = word("转移", "Handed on");
pub const SHARE: Word = word("占比%", "Share");
pub const FORM_STATE: Word = word("状态", "State");
pub const FORM_OPEN: Word = word("生产中", "in production");
pub const FORM_CLOSED: Word = word("结案", "closed");
pub const FORMS_NOTE: Word = word(
    "已排产 = 采用的排期里有位置的；转移 = 下道工序已做的，末道为已出货；要求生产日期 = 最晚开工。",
    "Scheduled = with a place in the accepted plan; handed on = made by the next operation, shipped at the last; wanted on = latest start.",
);

pub const THE_ORDERS: Word = word("生产单", "Production orders");
pub const OF_THIS_ORDER: Word = word("本订单", "Of this order");
pub const TOTAL: Word = word("合计", "Total");
pub const WORK_CENTRE: Word = word("工作中心", "Work centre");
pub const LEFT: Word = word("未做", "Left");
pub const STANDARD_MINUTES: Word = word("标准工时", "Std minutes");
pub const MATERIAL_CODE: Word = word("料号", "Material");
pub const PER_PIECE: Word = word("单耗", "Per piece");
pub const WASTAGE: Word = word("损耗率", "Wastage");
pub const KIT_STATE: Word = word("齐套", "Kit");
pub const KIT_TAKEN: Word = word("已领用", "taken");
pub const KIT_THERE: Word = word("已齐", "there");
pub const KIT_COMING: Word = word("在途", "coming");
pub const KIT_NOT_ORDERED: Word = word("没有订", "not on order");
pub const FACTS: Word = word("要点", "What the papers say");
pub const VALUE: Word = word("内容", "Value");
pub const BY_PAPER: Word = word("依据单据", "By");
pub const FACT_OPEN: Word = word("待澄清", "to be cleared");
pub const PAPERS: Word = word("单据和样品", "Papers and samples");
pub const STILL_OPEN: Word = word("尚缺事项", "Still missing");
pub const SIGN_ISSUED: Word = word("跟单：", "Issued by:");
pub const SIGN_PRODUCTION: Word = word("生产部：", "Production:");
pub const SIGN_WAREHOUSE: Word = word("货仓：", "Warehouse:");
pub const SIGN_QC: Word = word("品管部：", "QC:");

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
