//! Words of the reports on production days, orders, milestones and exceptions.

use super::word::{Word, word};

pub const DAILY_PROGRESS: Word = word("生产进度日报", "Daily progress");
pub const ORDER_STATUS: Word = word("订单进度表", "Order status");
pub const MILESTONES: Word = word("节点表", "Milestone calendar");
pub const EXCEPTION: Word = word("异常处理单", "Exception report");
pub const EXCEPTIONS: Word = word("异常一览", "Exceptions");
pub const PERIOD: Word = word("期间", "Period");
pub const PLANNED_OUTPUT: Word = word("计划产量", "Planned output");
pub const ACTUAL_OUTPUT: Word = word("实际产量", "Actual output");
pub const CUMULATIVE: Word = word("累计合格", "Good in all");
pub const BY_DAY: Word = word("每日完工（末道工序）", "Finished by day (last operation)");
pub const SILENT: Word = word("几天没报", "Days silent");
pub const DAILY_BASIS: Word = word(
    "计划产量按采用的排期（没有则按算出的）在开工时间内均摊；日产为最近几个报工日的速度。",
    "Planned output is spread evenly over the working time of the accepted plan, else of the computed one; the rate is that of the last reported days.",
);
pub const OPEN_QUERIES: Word = word("未答疑问", "Open queries");
pub const OPEN_EXCEPTIONS: Word = word("未关异常", "Open exceptions");
pub const SHIPPED_ALL: Word = word("已出齐", "shipped");
pub const FORECAST_BASIS: Word = word(
    "预计完成取自当前排期；迟天按交期（已承诺的按承诺）计。",
    "The forecast is that of the present plan; days late count from the promise, else from the date asked for.",
);
pub const NODES: Word = word("节点明细", "Milestones in full");
pub const NODE_CALENDAR: Word = word("节点日历", "Calendar");
pub const NODE_LEGEND: Word = word(
    "绿：已完成的日期；红：按预计会误交期；其余为预计日期。",
    "Green: done on; red: expected too late for the delivery; else: expected on.",
);
pub const EXPECTED: Word = word("预计", "Expected");
pub const ASPECT: Word = word("项目", "Aspect");
pub const WHAT: Word = word("何事", "What");
pub const WHERE: Word = word("何处", "Where");
pub const WHEN: Word = word("何时", "When");
pub const WHO: Word = word("报告人/部门", "Reported by");
pub const WHY: Word = word("为何（初步）", "Why (first guess)");
pub const HOW: Word = word("环节", "Stage");
pub const HOW_MUCH: Word = word("数量", "How many");
pub const STORY: Word = word("经过（5W2H）", "What happened (5W2H)");
pub const HIT: Word = word("影响的订单", "Orders hit");
pub const IMPACT: Word = word("影响", "Impact");
pub const OPTIONS: Word = word("可选办法", "Options");
pub const OPTION: Word = word("办法", "Option");
pub const COST: Word = word("费用", "Cost");
pub const CHOSEN: Word = word("选用", "Chosen");
pub const ACTIONS: Word = word("决定与措施", "Decision and actions");
pub const STEP: Word = word("步骤", "Step");
pub const BY_WHOM: Word = word("责任人", "Owner");
pub const UNTIL: Word = word("计划完成", "Due");
pub const DONE: Word = word("实际完成", "Done");
pub const VERIFIED: Word = word("验证", "Verified");
pub const CONCLUSION: Word = word("结论", "Conclusion");
pub const LONG_TERM: Word = word("长期措施", "Long-term action");
pub const BY_CAUSE: Word = word("按原因归类", "By cause");
pub const COUNT: Word = word("件数", "Count");
pub const SHARE_SO_FAR: Word = word("累计占比", "Share so far");
pub const CAUSE_UNKNOWN: Word = word("未定", "not known yet");
pub const HIT_SAID: Word = word("{0} 张订单，最迟 {1} 天", "{0} orders, up to {1} days late");
pub const SIGN_DECIDED: Word = word("决定人：", "Decided by:");
pub const SIGN_RESPONSIBLE: Word = word("责任部门：", "Responsible:");
pub const PERIOD_TURNED: Word = word("止日在起日之前。", "That is before the first day.");
