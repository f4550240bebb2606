//! Findings of the deep check, losses of a salvage: what, where, and what to do.

use super::safe;
use super::word::{Lang, Word, word};
use crate::domain::rule::audit::{Fault, Finding, Remedy};
use crate::store::salvage::Why;

/// What a finding says.
#[must_use]
pub fn what(finding: &Finding, lang: Lang) -> String {
    let filled =
        fault(finding.fault).fill(lang, &[&finding.found, &finding.expected, &finding.field]);
    safe::shown(&filled).into_owned()
}

/// Where it is: the kind of row, its number in the file, its own name, the column.
#[must_use]
pub fn place(finding: &Finding, lang: Lang) -> String {
    if finding.table.is_empty() {
        return FILE.text(lang).to_owned();
    }
    let mut said = table(&finding.table, lang);
    if finding.row != 0 {
        said.push_str(&format!(" #{}", finding.row));
    }
    if !finding.name.is_empty() {
        said.push_str(&format!(" {}", finding.name));
    }
    if !finding.field.is_empty() {
        said.push_str(&format!(" · {}", finding.field));
    }
    safe::shown(&said).into_owned()
}

/// What to do about it.
#[must_use]
pub fn advice(remedy: Remedy, lang: Lang) -> &'static str {
    match remedy {
        Remedy::Salvage => word(
            "文件本身坏了：先用 gendan salvage 坏文件 -o 新文件 抢救出能读的，或用 gendan restore 恢复最近的备份。",
            "The file itself is damaged: carry what can be read over with gendan salvage DAMAGED -o NEW, or put the latest copy back with gendan restore.",
        ),
        Remedy::Restore => word(
            "内容被绕过程序改动过：用 gendan restore 恢复最近的备份，再补录之后的更改。",
            "The contents were changed past the program: put the latest copy back with gendan restore and enter again what came after.",
        ),
        Remedy::SetRight => word(
            "数据自相矛盾：在屏幕上改正所指的内容，或撤销造成它的更改。",
            "The data contradict themselves: set right what is named, on the screen, or undo the change that did it.",
        ),
        Remedy::CopyFile => word(
            "从备份或原来的电脑把这个文件复制回同一位置。",
            "Copy this file back to the same place from a backup or the other computer.",
        ),
    }
    .text(lang)
}

const FILE: Word = word("整个文件", "the file as a whole");

/// The heading of the page, and what it says where nothing is wrong.
pub const TITLE: Word = word("数据文件检查", "Check of the data file");
pub const ALL_WELL: Word = word("检查完毕，没有问题。", "Checked; all is well.");
/// How many findings there are.
pub const COUNT: Word = word("发现 {0} 个问题。", "{0} problems found.");
/// While it runs.
pub const CHECKING: Word = word("正在检查数据文件…", "Checking the data file…");
pub const FAILED: Word = word("检查没有做完：{0}", "The check did not finish: {0}");
/// Headings of the list.
pub const HEADINGS: [Word; 3] = [
    word("在哪里", "where"),
    word("是什么", "what"),
    word("怎么办", "what to do"),
];

/// What is lost, and why.
#[must_use]
pub fn loss(why: Why, what: &str, lang: Lang) -> String {
    let said = match why {
        Why::Unread => word("读不出来{0}", "cannot be read{0}"),
        Why::Refused => word("内容不成样子：{0}", "holds what no row can: {0}"),
        Why::Reference => word(
            "所指的行丢了，整行没有写入：{0}",
            "what it refers to is lost, so it was left out: {0}",
        ),
        Why::Differs => word(
            "表和履历不一样，取了表里的：{0}",
            "table and journal differ, the table's was taken: {0}",
        ),
    };
    said.fill(lang, &[what])
}

/// A row that came back from the journal.
#[must_use]
pub fn rebuilt(perhaps_old: bool, name: &str, lang: Lang) -> String {
    let said = if perhaps_old {
        word(
            "按履历补回，可能不是最新：{0}",
            "made again from the journal, perhaps not its latest state: {0}",
        )
    } else {
        word("按履历补回：{0}", "made again from the journal: {0}")
    };
    said.fill(lang, &[name])
}

/// Headings of the list of losses.
pub const LOSS_HEADINGS: [Word; 3] = [
    word("表", "table"),
    word("行号", "rows"),
    word("情况", "what"),
];

fn fault(fault: Fault) -> Word {
    match fault {
        Fault::Sqlite => word("文件结构损坏：{0}", "the structure is damaged: {0}"),
        Fault::Dangling => word(
            "所指的行不存在（{0}）",
            "refers to a row that is not there ({0})",
        ),
        Fault::Unreadable => word("读不出来：{0}", "cannot be read: {0}"),
        Fault::RowLost => word(
            "履历里有这一行，表里没有",
            "the journal has this row, the table has not",
        ),
        Fault::RowUnknown => word(
            "表里有这一行，履历里没有",
            "the table has this row, but no change made it",
        ),
        Fault::ValueDiffers => word(
            "现在是 {0}，履历最后写的是 {1}",
            "it is {0}, the journal wrote {1} last",
        ),
        Fault::RevisionDiffers => word(
            "版本号是 {0}，按履历应是 {1}",
            "its revision is {0}, by the journal {1}",
        ),
        Fault::JournalUnreadable => word(
            "履历第 {0} 次更改有读不出的行",
            "a line of change {0} in the journal cannot be read",
        ),
        Fault::JournalBroken => word(
            "履历第 {0} 次更改接不上之前的内容",
            "change {0} in the journal does not follow from what was before",
        ),
        Fault::ChainBroken => word(
            "撤销和被撤销的更改对不上",
            "an undo and what it took back do not name each other",
        ),
        Fault::NumberReused => word(
            "编号计数是 {0}，已用到 {1}；号码会重复",
            "numbers are counted up to {0}, but {1} is in use; one could be given twice",
        ),
        Fault::SubjectGone => word(
            "所跟催或推迟的内容不存在（{0}）",
            "what it is about is not there ({0})",
        ),
        Fault::FileLost => word("归档的文件不见了：{0}", "the filed document is gone: {0}"),
        Fault::FileChanged => word(
            "归档的文件内容变了：{0}",
            "the filed document was changed: {0}",
        ),
        Fault::OtherOrder => word(
            "属于订单 {0}，应属于 {1}",
            "belongs to order {0}, but should to {1}",
        ),
        Fault::OtherOperation => word(
            "更正的是别的工序的数字",
            "corrects a figure of another operation",
        ),
        Fault::Circle => word(
            "互相指来指去，没有头",
            "the rows refer to each other in a circle",
        ),
        Fault::InspectedMore => word(
            "检验的比待检的多 {1}",
            "{1} more were inspected than were held",
        ),
        Fault::ReturnedMore => word("退回的比有的多 {1}", "{1} more went back than there were"),
        Fault::SharesMore => word(
            "各订单的份额合计 {0}，生产单只有 {1}",
            "the shares add up to {0}, the production order makes {1}",
        ),
        Fault::Negative => word("数量 {0} 小于零", "the quantity {0} is less than nothing"),
        Fault::ShippedAndCancelled => word(
            "出货单既已出货又已取消",
            "the shipment left and was cancelled",
        ),
        Fault::CancelledShipped => word(
            "订单 {0} 已取消，却有货出了",
            "order {0} is cancelled, yet goods left",
        ),
        Fault::MadeUnreleased => word("没有下达，却有报工", "has figures, but was not released"),
        Fault::ReleasedNoDay => word("已下达，却没有下达日期", "was released, but on no day"),
    }
}

/// The rows of a table, as people call them; its own name where they have none.
#[must_use]
pub fn table(name: &str, lang: Lang) -> String {
    TABLES
        .iter()
        .find(|(table, _)| *table == name)
        .map_or_else(|| name.to_owned(), |(_, word)| word.text(lang).to_owned())
}

#[rustfmt::skip]
const TABLES: &[(&str, Word)] = &[
    ("customer", word("客户", "customer")),
    ("supplier", word("供应商", "supplier")),
    ("calendar", word("日历", "calendar")),
    ("calendar_day", word("日历的一天", "calendar day")),
    ("work_centre", word("工作中心", "work centre")),
    ("line", word("生产线", "line")),
    ("capacity_block", word("产能占用", "capacity block")),
    ("item", word("物品", "item")),
    ("bom_line", word("用料", "bill of material line")),
    ("routing_step", word("工艺工序", "routing step")),
    ("substitute", word("替代料", "substitute")),
    ("unit_factor", word("单位换算", "unit factor")),
    ("orders", word("订单", "order")),
    ("order_line", word("订单行", "order line")),
    ("schedule_line", word("分批交货", "part delivery")),
    ("line_size", word("颜色尺码", "colour and size")),
    ("commitment", word("承诺", "promise to the customer")),
    ("amendment", word("订单更改", "amendment")),
    ("acknowledgement", word("更改知会", "acknowledgement")),
    ("review_point", word("审单点", "review point")),
    ("review_round", word("评审轮次", "review round")),
    ("answer", word("部门答复", "department's answer")),
    ("decision", word("评审结论", "decision")),
    ("document", word("单据", "document")),
    ("fact", word("要点", "fact")),
    ("alias", word("别名", "alias")),
    ("query", word("疑问单", "query")),
    ("sample", word("样品", "sample")),
    ("milestone", word("节点", "milestone")),
    ("production_order", word("生产单", "production order")),
    ("production_order_line", word("合并生产的份额", "share of a production order")),
    ("operation", word("工序", "operation")),
    ("plan", word("计划", "plan")),
    ("plan_row", word("计划行", "plan row")),
    ("purchase", word("采购行", "purchase line")),
    ("promise", word("供应商答复", "supplier's promise")),
    ("receipt", word("收货", "receipt")),
    ("reservation", word("预留", "reservation")),
    ("progress", word("报工", "progress figure")),
    ("inspection", word("验货", "inspection")),
    ("shipment", word("出货", "shipment")),
    ("shipment_line", word("出货行", "shipment line")),
    ("carton", word("装箱", "cartons")),
    ("credit", word("信用证", "letter of credit")),
    ("export_paper", word("单证", "export paper")),
    ("exception", word("异常", "exception")),
    ("exception_option", word("异常方案", "way out")),
    ("exception_effect", word("异常影响", "effect of an exception")),
    ("exception_action", word("异常措施", "action")),
    ("exception_evidence", word("异常证据", "evidence")),
    ("exception_order", word("受影响的订单", "order that is hit")),
    ("lesson", word("经验", "lesson")),
    ("lesson_use", word("经验的使用", "use of a lesson")),
    ("chase", word("跟催", "chase")),
    ("snooze", word("推迟", "snooze")),
    ("handover", word("交出的报表", "report handed over")),
    ("source_file", word("来源文件", "source file")),
    ("heading_map", word("表头对应", "heading map")),
    ("setting", word("设置", "setting")),
    ("change", word("履历", "journal")),
    ("change_row", word("履历的内容", "values of the journal")),
    ("baseline", word("履历的起点", "start of the journal")),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_has_a_name() {
        for table in crate::domain::schema::TABLES {
            assert!(
                TABLES.iter().any(|(name, _)| *name == table.name),
                "{}",
                table.name
            );
        }
    }
}
