//! Words about the shelf, where ended orders rest.

use super::word::{Word, word};

pub const NOT_ON_SHELF: Word = word("这张订单不在架上。", "This order is not on the shelf.");
pub const NOTHING_RESTS: Word = word(
    "没有可以上架的：{0} 以前结束、没有未了事项的订单都已上架。",
    "Nothing to shelve: every order that ended before {0} with nothing open is there.",
);
pub const SHELVED: Word = word(
    "{0} 张订单、{1} 行采购已上架；它们仍可查找、报表、导出。",
    "{0} orders and {1} purchase lines are on the shelf; they are still found, reported and exported.",
);
pub const TAKEN_DOWN: Word = word("订单 {0} 已取回。", "Order {0} is back from the shelf.");
pub const NO_SUCH: Word = word("没有订单“{0}”。", "There is no order “{0}”.");
pub const ON_SHELF: Word = word("架上 {0}", "on the shelf {0}");
pub const ASK_TAKE_DOWN: Word = word(
    "订单 {0} 自 {1} 起在架上。取回？ Enter 取回 · Esc 否",
    "Order {0} has been on the shelf since {1}. Take it down? Enter: yes · Esc: no",
);
