//! Words of the material explosion: lot rules, what to do about orders, what is wrong with the data.

use super::{Word, word};

pub const LOT_FOR_LOT: Word = word("按需", "lot for lot");
pub const GROUPED: Word = word("合并", "grouped");
pub const UNIT_STEP: Word = word("取整", "whole units");
pub const MOQ: Word = word("起订量", "minimum lot");
pub const MULTIPLE: Word = word("倍数", "multiple");
pub const MAX_LOT: Word = word("分批", "split by largest lot");
pub const PHANTOM: Word = word("虚拟件", "phantom");
pub const CUSTOMER_SUPPLIED: Word = word("客供", "customer-supplied");

pub const BUY: Word = word("采购", "buy");
pub const MAKE: Word = word("自制", "make");

pub const NO_DATE: Word = word("未定交期", "no date");
pub const EXPEDITE: Word = word(
    "{0} {1}：{2} 须提前到 {4}（现为 {3}）",
    "{0} {1}: {2} is needed by {4} (now {3})",
);
pub const DEFER: Word = word(
    "{0} {1}：{2} 可由 {3} 推迟到 {4}",
    "{0} {1}: {2} can move from {3} to {4}",
);
pub const CANCEL: Word = word(
    "{0} {1}：未到 {3} 中有 {2} 无人需要，可取消",
    "{0} {1}: {2} of the open {3} is not needed; cancel it",
);
pub const OVERDUE: Word = word(
    "{0} {1}：应于 {2} 到货，已逾期 {3} 天",
    "{0} {1}: was due on {2}, {3} days ago",
);
pub const PAST_DUE_RELEASE: Word = word(
    "{0}：本应在 {1} 下单，已晚 {2} 个工作日，现在就下",
    "{0}: should have been released on {1}, {2} working days ago; release it now",
);
pub const CUSTOMER_SHORT: Word = word(
    "{0}：客户还须在 {1} 前送来 {2}",
    "{0}: the customer still has to send {2} by {1}",
);
pub const BELOW_SAFETY: Word = word(
    "{0}：库存低于安全库存，差 {1}",
    "{0}: stock is {1} below the safety stock",
);
pub const RESERVATION_UNUSED: Word = word(
    "{0}：预留 {1} 中有 {2} 用不上",
    "{0}: {2} of reservation {1} is not used",
);

pub const LOOP: Word = word(
    "物料清单自己套自己：{0}；已断开最后一行，请改正",
    "The bill of materials contains itself: {0}; its last line was left out, correct it",
);
pub const NEED_WITHOUT_ITEM: Word = word(
    "订单 {0} 第 {1} 行的物料（编号 {2}）不存在，请补录或改正",
    "Order {0} line {1} asks for an item ({2}) that does not exist; add it or correct the line",
);
pub const MISSING_COMPONENT: Word = word(
    "{0} 的物料清单用到不存在的物料（编号 {1}），请补录或改正",
    "The bill of {0} uses an item ({1}) that does not exist; add it or correct the line",
);
pub const MISSING_PARENT: Word = word(
    "有物料清单属于不存在的物料（编号 {0}，组件 {1}），请改正",
    "A bill line belongs to an item ({0}, component {1}) that does not exist; correct it",
);
pub const SUPPLY_WITHOUT_ITEM: Word = word(
    "{0} 的物料（编号 {1}）不存在，未计入",
    "{0} is for an item ({1}) that does not exist; it was not counted",
);
pub const NO_BOM: Word = word(
    "{0} 为自制件，但没有物料清单；请录入，或改为采购件",
    "{0} is made but has no bill of materials; enter one, or make it a bought item",
);
pub const MISSING_CALENDAR: Word = word(
    "{0} 的日历 {1} 不存在，交期按自然日算；请改正",
    "Calendar {1} of {0} does not exist, every day was counted; correct it",
);
pub const CLOSED_CALENDAR: Word = word(
    "{0} 的日历 {1} 没有工作日，交期按自然日算；请改正",
    "Calendar {1} of {0} has no working day, every day was counted; correct it",
);
pub const BAD_WASTAGE: Word = word(
    "{0} 用 {1} 的损耗率不合理，按无损耗算；请改正",
    "The wastage of {1} in {0} makes no sense and was taken as none; correct it",
);
pub const NEGATIVE_QTY: Word = word(
    "{0} 有负的数量，按零算；请改正",
    "{0} has a negative quantity, taken as zero; correct it",
);
pub const LOT_RULES_CONFLICT: Word = word(
    "{0} 的最大批量小于起订量或倍数，未用最大批量；请改正",
    "The largest lot of {0} is below its minimum or multiple and was left out; correct it",
);
pub const TOO_MANY_LOTS: Word = word(
    "{0} 的最大批量太小，一天要分 {1} 批以上；余量并入最后一批",
    "The largest lot of {0} is so small that one day needs over {1} lots; the last takes the rest",
);
pub const LEAD_TOO_LONG: Word = word(
    "{0} 的提前期超过 {1} 天，按 {1} 天算",
    "The lead time of {0} is over {1} days; {1} were used",
);
pub const BAD_SUBSTITUTE: Word = word(
    "{0} 的替代料 {1} 不能用（不存在、比例为零或在其结构内），未计入",
    "Substitute {1} of {0} cannot be used (missing, without ratio, or in its own structure); left out",
);
pub const TOO_LARGE: Word = word(
    "{0} 用 {1} 的数量大得不合理，已截断；请查单位用量",
    "The need of {0} for {1} is unreasonably large and was cut; check the quantity per unit",
);
