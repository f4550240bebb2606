//! Sentences of refusals and notes.

use super::word::{Word, word};

pub const SUPPLIER: Word = word("供应商", "supplier");
pub const MATERIAL: Word = word("料号", "material");
pub const CUSTOMER: Word = word("客户", "customer");
pub const ALREADY_ON_HOLD: Word = word("订单已经暂停。", "The order is on hold already.");
pub const NOTHING_TO_AMEND: Word = word("没有改动。", "Nothing is changed.");
pub const AMEND_INSTEAD: Word = word(
    "订单已接单，这样的改动要走订单更改：在接单面板按 e。",
    "The order is accepted; such a change is an amendment: press e in Intake.",
);
pub const FACT_TWICE: Word = word(
    "同一份单据里这个要点出现两次；只留一行。",
    "This fact stands there twice in one paper; keep one row.",
);
pub const ALIAS_TWICE: Word = word(
    "这个名称出现两次；只留一行。",
    "This name stands there twice; keep one row.",
);
pub const HAS_MILESTONES: Word = word(
    "这张订单已有节点；逐个修改，或先撤销。",
    "The order has milestones already; change them one by one, or undo.",
);
pub const NO_MILESTONES: Word = word("这张订单还没有节点。", "The order has no milestones yet.");
pub const NO_DELIVERY_DATE: Word = word(
    "没有交期，排不出节点；先填要求交期。",
    "Without a delivery date there are no milestones; enter the requested date first.",
);
pub const SIZE_TWICE: Word = word(
    "同一颜色、尺码出现两次；合并成一格。",
    "This colour and size stand there twice; put them into one cell.",
);
pub const TABLE_FULL: Word = word(
    "表格满了：最多 500 行，每格 120 字。",
    "The table is full: at most 500 rows and 120 characters a cell.",
);
pub const DATE_OF_LINE: Word = word(
    "同一货号的下一个颜色只填颜色和数量；交期、单价另起一行写货号。",
    "A further colour has only colour and quantities; for another date or price give the article again.",
);
pub const NO_LINES: Word = word("至少要有一行产品。", "There has to be at least one line.");
pub const PART_DELIVERY: Word = word(
    "看不懂；交期写成 12-20，分批写成 300@12-20 180@1-10。",
    "Not a date; give 12-20, or part deliveries as 300@12-20 180@1-10.",
);
pub const SHIPPED_CANNOT_CANCEL: Word = word(
    "已有出货，不能取消；请取消未出数量。",
    "Part of it has shipped, so it cannot be cancelled; cancel the open quantity instead.",
);
pub const ONLY_ACCEPTED_CLOSES: Word = word(
    "只有已接单的订单才能结单。",
    "Only an accepted order can be closed.",
);
pub const ORDER_IS_OPEN: Word = word(
    "订单没有结束，不用重新打开。",
    "The order is open; there is nothing to reopen.",
);
pub const REVIEW_ONLY_OPEN: Word = word(
    "订单已有评审结论；要改请先撤销。",
    "The order has been decided already; undo that first to change it.",
);
pub const ROUND_STILL_OPEN: Word = word(
    "本轮还有部门没有答复。",
    "Departments have not answered this round yet.",
);
pub const ROUND_HAS_ENDED: Word = word(
    "这一轮已结束；按 a 开新一轮再问。",
    "That round has ended; a opens a new one.",
);
pub const NOBODY_TO_ASK: Word = word(
    "没有要问的部门；至少选一个“问”。",
    "Nobody is left to be asked; choose “ask” for one department at least.",
);
pub const ACCEPT_FIRST: Word = word(
    "订单还没有接单；请先在评审面板作出结论（2）。",
    "The order is not accepted yet; decide it in the Capacity panel first (2).",
);
pub const ALL_IN_PRODUCTION: Word = word(
    "全部数量已开生产单。",
    "All of it is in production orders already.",
);
pub const NO_KNOWN_ITEM: Word = word(
    "订单里没有已知的自制产品；请先导入产品资料（gendan import），或按日期跟进。",
    "No line names a product that is known and made here; import items first (gendan import), or follow it by dates.",
);
pub const SAMPLE_TWICE: Word = word(
    "这种样品的这一轮已经有了。",
    "There is a sample of this kind and round already.",
);
pub const VERDICT_MISSING: Word = word(
    "填了确认日期，请选结论。",
    "There is a day of the verdict: choose the verdict.",
);
pub const VERDICT_EARLY: Word = word(
    "结论不能早于寄出。",
    "The verdict cannot be earlier than the day it was sent.",
);
pub const ORDER_HAS_ENDED: Word = word(
    "订单已结束，不能再承诺。",
    "The order has ended; nothing can be promised.",
);
pub const NO_CHANGE: Word = word("没有要保存的。", "There is nothing to save.");
pub const NO_SUCH_ORDER: Word = word("没有这张订单。", "There is no such order.");
pub const NOTHING_TO_REPORT: Word = word("没有可写的内容。", "There is nothing to write in it.");
pub const STILL_COMPUTING: Word = word(
    "把握还在计算，请稍候再写。",
    "The chances are still being computed; write it in a moment.",
);
pub const NEEDS_NO_AUTHORITY: Word =
    word("这个承诺不缺批准。", "This promise needs nobody's word.");
pub const LESSON_WAS_LET_PASS: Word = word(
    "这张订单放过了这条经验，谈不上有没有用。",
    "The lesson was let pass at that order; it cannot have helped.",
);
pub const LESSON_IS_THERE: Word = word(
    "已经有一条同样的经验。",
    "A lesson with these words is there already.",
);
pub const LESSON_IS_THE_SAME: Word = word(
    "要并入另一条经验，先在那一条上按 m。",
    "Choose another lesson to merge it with.",
);
pub const LESSON_IS_RETIRED: Word = word(
    "停用的经验不能合并；先按 X 恢复。",
    "A retired lesson cannot be merged; X proposes it again.",
);
pub const NO_LESSON_OPEN: Word = word("没有待确认的经验。", "No lesson is open here.");
pub const ALREADY_RELEASED: Word = word(
    "生产单已下达。",
    "The production order is released already.",
);
pub const IN_PROGRESS_CANNOT_CANCEL: Word = word(
    "已经开工，不能取消；可以暂停。",
    "Work has begun, so it cannot be cancelled; put it on hold instead.",
);
pub const IS_CANCELLED: Word = word("生产单已取消。", "The production order is cancelled.");
pub const TWO_LOTS: Word = word(
    "至少要分两批：写批数，或各批数量如 300 200 100。",
    "There have to be two lots at least: give their number, or quantities such as 300 200 100.",
);
pub const TOO_MANY_LOTS: Word = word("最多分 50 批。", "At most 50 lots.");
pub const NO_ROWS_TO_SPLIT: Word = word(
    "订单行没有这样的颜色、尺码行；请按批数或数量分。",
    "The order line has no such rows of colours and sizes; split by number or by quantities.",
);
pub const ONE_ORDER_ONLY: Word = word(
    "这张生产单只为一个订单行，不用按订单分。",
    "It is made for one order line only; there is nothing to part by orders.",
);
pub const NOTHING_TO_MERGE: Word = word(
    "没有可合并的生产单：要同一产品、同样的工序、同一状态、都没开工。",
    "There is nothing to merge it with: the same item with the same operations and state, none begun.",
);
pub const BEGUN_CANNOT_RESIZE: Word = word(
    "已经开工，不能直接改数量；请分批，或走订单更改。",
    "Work has begun, so the quantity stays; split it, or amend the order.",
);
pub const NOTHING_TO_PLAN: Word = word("没有可排的工序。", "There is nothing to schedule.");
pub const PIN_NEEDS_PLACE: Word = word(
    "还没有排期，不能锁定；先采用排期。",
    "It has no place to be pinned to; accept a plan first.",
);
pub const ALREADY_CLOSED: Word = word("已经结案。", "It is closed already.");
pub const HOLD_WITHIN_STOCK: Word = word(
    "冻结数量不能多于现有库存。",
    "The quantity on hold cannot be more than what is on hand.",
);
pub const RELEASE_FIRST: Word = word(
    "生产单没有下达或已暂停，不能报工。",
    "The production order is not released or is on hold; nothing can be reported.",
);
pub const EXCEPTION_IS_CLOSED: Word = word(
    "异常已关闭；请先重新打开。",
    "The exception is closed; reopen it first.",
);
pub const EXCEPTION_IS_OPEN: Word = word("异常没有关闭。", "The exception is open.");
pub const TOO_MANY_LINES: Word = word(
    "行数太多，一张表放不下；请分几次出货。",
    "There are too many lines for one form; ship in parts.",
);
pub const LINE_OF_OTHER_CENTRE: Word = word(
    "这条线不属于该工序的工作中心；请选同一工作中心的线。",
    "That line belongs to another work centre; choose one of the operation's own.",
);
pub const OPERATION_DONE: Word = word(
    "这道工序已做完，不能再移。",
    "That operation is done and cannot be moved.",
);
pub const START_IS_PAST: Word = word(
    "开始时间已过；请选现在之后的时间。",
    "That start has passed; choose one from now on.",
);
pub const PARTS_DO_NOT_ADD_UP: Word = word(
    "各批数量相加不等于未出数量；请改数量。",
    "The parts do not add up to what is open; correct the quantities.",
);
pub const BEFORE_RUSH_DATE: Word = word(
    "早于插单算出的日期；请填那天或之后。",
    "That is before the date computed for the rush; enter that day or a later one.",
);
pub const OPERATION_RUNNING: Word = word(
    "这道工序已开工，不能再移；可以分批后移余下的。",
    "That operation has begun and cannot be moved; split the production order and move the rest.",
);
