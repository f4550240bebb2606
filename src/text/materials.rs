//! Words of the Materials panel, its forms and pages.

use super::word::{Word, word};
use crate::domain::item::Item;
use crate::domain::quantity::Qty;

// Columns and labels
pub const NEED_DATE: Word = word("需求日", "Needed");
pub const GROSS: Word = word("毛需求", "Gross");
pub const NET: Word = word("净需求", "Net");
pub const LOT_RULE: Word = word("批量规则", "Lot rule");
pub const PLANNED: Word = word("计划量", "Planned");
pub const RELEASE_BY: Word = word("下单日", "Release");
pub const SOURCE: Word = word("来源", "Source");
pub const FOR_ORDERS: Word = word("订单", "For orders");
pub const MINE: Word = word("本单在途", "Mine coming");
pub const MORE_SETS: Word = word("多做套数", "More sets");
pub const IF_COMES: Word = word("若到料", "If it comes");
pub const SETS: Word = word("可做套数", "Sets");
pub const WHAT_COMES: Word = word("物料", "Materials");
pub const DUE_NOW: Word = word("今天该下", "Due now");
pub const DUE_WEEK: Word = word("7天内", "7 days");
pub const DUE_ALL: Word = word("全部", "All");
pub const FIRST_NEEDED: Word = word("最早需求", "First needed");
pub const ADVICE: Word = word("建议", "Advice");
pub const KEPT_OF: Word = word("从", "Of");
pub const KEPT_FOR: Word = word("给", "For");
pub const MADE_ON: Word = word("日期", "Made on");
pub const STOCK_PART: Word = word("库存", "stock");
pub const RETURNED: Word = word("已退", "Sent back");
pub const TO_RETURN: Word = word("待退", "To send back");
pub const CREDITED: Word = word("不补", "Credited");
pub const PRICE: Word = word("单价", "Price");
pub const TOLERANCE: Word = word("溢短", "Tolerance");
pub const NO_SUPPLIER: Word = word("（未定供应商）", "(no supplier)");

// Parts
pub const PART_REQUIREMENTS: Word = word("需求", "Requirements");
pub const PART_KIT: Word = word("齐套", "Kit");
pub const PART_TO_ORDER: Word = word("待下单", "To order");
pub const PART_ADVICE: Word = word("建议", "Advice");
pub const PART_RESERVED: Word = word("预留", "Reserved");
pub const EMPTY_REQUIREMENTS: Word = word("没有物料需求。", "Nothing is needed.");
pub const EMPTY_KIT: Word = word("物料已齐套。", "The kit is complete.");
pub const EMPTY_TO_ORDER: Word = word("没有要下单的物料。", "Nothing has to be ordered.");
pub const EMPTY_ADVICE: Word = word("没有建议。", "No advice.");
pub const EMPTY_RESERVED: Word = word(
    "没有预留：在物料上按 m 调给别的生产单。",
    "Nothing is reserved: press m on a material to give it to somebody.",
);
pub const WHOLE_ORDER: Word = word("整单", "all of it");

// Kit lines
pub const KIT_NOW: Word = word("现在", "Now");
pub const KIT_STEP: Word = word("到料", "Arrives");
pub const KIT_GAIN: Word = word("若到", "If it comes");
pub const KIT_OPERATION: Word = word("工序 {0}", "Operation {0}");
pub const FIRST_OPERATION: Word = word("首道工序", "First operation");
pub const NO_DATE: Word = word("无交期", "no date");

// Forms
pub const FORM_ORDER_LIST: Word = word("给供应商下单", "Order from a supplier");
pub const FORM_CHANGE: Word = word("更改采购 {0}", "Change purchase {0}");
pub const FORM_INSPECT: Word = word("检验待检品 {0}", "Inspect held goods {0}");
pub const FORM_SEND_BACK: Word = word("退货 {0}", "Send back {0}");
pub const FORM_GIVE: Word = word("调料：把物料给别的生产单", "Give material to somebody else");
pub const FORM_SUBSTITUTE: Word = word("{0} 的替代料", "Substitute of {0}");
pub const DUE_BY: Word = word("下单日到", "Release up to");
pub const GIVE_OF: Word = word("从哪里", "Of");
pub const GIVE_FROM: Word = word("从谁手里", "Taken from");
pub const GIVE_TO: Word = word("给谁", "Given to");
pub const HINT_OF: Word = word(
    "空着：库存；或采购单号/行",
    "empty: stock; or a purchase number/line",
);
pub const HINT_UNIT: Word = word("空着：物料的单位", "empty: the item's own");
pub const HINT_FROM: Word = word(
    "空着：排在最后的；或生产单号",
    "empty: whoever comes last; or a production order",
);
pub const HINT_TO: Word = word("生产单号，或订单号/行", "a production order, or order/line");
pub const OVER: Word = word("溢装 %", "Over %");
pub const UNDER: Word = word("短装 %", "Under %");
pub const FROM_STOCK: Word = word("从库存退", "From stock");
pub const FROM_REJECTED: Word = word("退拒收品", "Rejected before");
pub const REPLACED: Word = word("供应商", "The supplier");
pub const WILL_REPLACE: Word = word("补货", "sends others");
pub const WILL_CREDIT: Word = word("不补，抵扣", "credits it");
pub const SUBSTITUTE: Word = word("替代料号", "Substitute");
pub const FACTOR: Word = word("1 个单位要用", "For one unit");
pub const APPROVED_BY: Word = word("批准人", "Approved by");
pub const HINT_APPROVED: Word = word("空着：未批准，不使用", "empty: not approved, so not used");

// Refusals
pub const WHY_BACK: Word = word(
    "收下后又退，请在备注里写明原因。",
    "These had been accepted: say in the note what is wrong with them.",
);
pub const SAME_KEEPER: Word = word(
    "给的和拿的是同一张单。",
    "That is the one it is taken from.",
);
pub const OTHER_ITEM: Word = word(
    "这一采购行不是这种物料。",
    "That purchase line is for another material.",
);
pub const KEEPER_ENDED: Word = word(
    "这张生产单已完成或取消。",
    "That production order is finished or cancelled.",
);
pub const SAME_ITEM: Word = word(
    "不能用自己替代自己。",
    "An item cannot stand in for itself.",
);
pub const UNKNOWN_UNIT: Word = word(
    "没有这个单位的换算；请用物料的单位，或先导入换算。",
    "There is no factor for this unit; use the item's own, or import one first.",
);
pub const BAD_TOLERANCE: Word = word(
    "溢短装要在 0 到 100 之间。",
    "A tolerance lies between 0 and 100.",
);
pub const NOTHING_TO_ORDER: Word = word(
    "到这一天没有要向这家下单的物料。",
    "Nothing has to be ordered from them up to that day.",
);
pub const NO_SUCH_KEEPER: Word = word(
    "没有这张生产单，也没有这张订单的这一行；订单有几行时写成 单号/行。",
    "There is no such production order or order line; where an order has several lines, give order/line.",
);
pub const NO_SUCH_LINE: Word = word("没有这一采购行。", "There is no such purchase line.");
pub const SELECT_SUPPLIER: Word = word("先选一家供应商。", "Select a supplier first.");
pub const SELECT_RESERVATION: Word = word("先选一条预留。", "Select a reservation first.");
pub const NOTHING_HELD: Word = word(
    "这一行没有待检品。",
    "Nothing of this line waits for inspection.",
);
pub const NOTHING_CAME: Word = word("这一行还没有收过货。", "Nothing of this line has come yet.");
pub const NOT_COMPUTED: Word = word(
    "还在计算，请稍候。",
    "It is still being computed; one moment.",
);
pub const ASK_DROP: Word = word("取消预留：{0}？", "Release this reservation: {0}?");

// Pages
pub const DO_PLACE: Word = word("下单", "place it");
pub const DO_GIVE: Word = word("照此调料", "do it");
pub const DO_COUNT: Word = word("照此更新库存", "take over the count");
pub const LIST_TITLE: Word = word("给 {0} 下单：{1} 行", "Order from {0} ({1})");
pub const LIST_SUM: Word = word("合计 {0}", "Sum {0}");
pub const LIST_UNPRICED: Word = word("{0} 行没有单价", "{0} lines without a price");
pub const LIST_LINE: Word = word(
    "{0} {1}  要 {2} 到  单价 {3}  金额 {4}",
    "{0} {1}  needed {2}  price {3}  amount {4}",
);
pub const LIST_LATE: Word = word("晚 {0} 个工作日", "{0} working days late");
pub const GIVE_TITLE: Word = word("调料：{0}", "Give: {0}");
pub const GIVE_SAID: Word = word("{0} {1} {2}：{3} → {4}", "{0} {1} {2}: {3} → {4}");
pub const LAST_IN_LINE: Word = word("排在最后的", "whoever comes last");
pub const BECOMES_SHORT: Word = word("谁会缺料", "Who becomes short");
pub const NOBODY_SHORT: Word = word("没有人因此缺料。", "Nobody becomes short.");
pub const OTHERS: Word = word("其他变化", "What else changes");
pub const BOTH_KITS: Word = word("双方的齐套", "Both kits");
pub const KEEPS: Word = word("留给 {0} 的不动：{1}", "{0} is left what it has: {1}");
pub const SHIFT_SETS: Word = word("可做 {0} → {1} / {2} 套", "sets {0} → {1} of {2}");
pub const SHIFT_READY: Word = word("齐套日 {0} → {1}", "kit ready {0} → {1}");
pub const SHIFT_ITEM: Word = word(
    "{0}：库存 {1} → {2}，在途 {3} → {4}，缺 {5} → {6}",
    "{0}: stock {1} → {2}, coming {3} → {4}, short {5} → {6}",
);
pub const COUNT_TITLE: Word = word("盘点：{0}", "Stock count: {0}");
pub const COUNT_ROW: Word = word("{0} → {1}（{2}）", "{0} → {1} ({2})");
pub const COUNT_BOOK: Word = word("现有", "On hand");
pub const COUNT_HOLD: Word = word("冻结", "On hold");

/// What a count changed, without words: code, on hand before and after, the difference, and the
/// same of what is on hold where it changed.
#[must_use]
pub fn counted(item: &Item, on_hand: Qty, on_hold: Qty) -> String {
    let change =
        |old: Qty, new: Qty| format!("{} → {} ({})", old.text(), new.text(), signed(new - old));
    let mut said = format!("{} {}", item.code, change(item.on_hand, on_hand));
    if item.on_hold != on_hold {
        said = format!("{said}; ⏸ {}", change(item.on_hold, on_hold));
    }
    said
}

/// A difference with its sign.
#[must_use]
pub fn signed(qty: Qty) -> String {
    if qty.is_positive() {
        format!("+{}", super::format::qty(qty))
    } else {
        super::format::qty(qty)
    }
}
