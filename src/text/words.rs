//! The words of the screens: labels, headings, hints, questions, empty states.

use super::word::{Word, word};

pub const ACCEPTED: Word = word("合格", "Accepted");
pub const ACTED_ON: Word = word("完成日", "Done on");
pub const ACT_BY: Word = word("完成期限", "Act by");
pub const AGREES: Word = word("一致", "Agrees");
pub const ALIASES: Word = word("别名", "Aliases");
pub const ALL: Word = word("全部", "All");
pub const ALL_PURCHASES: Word = word("全部采购", "All purchases");
pub const AMEND_REASON: Word = word("更改理由", "Reason for the change");
pub const AMOUNT: Word = word("金额", "Amount");
pub const ANALYSIS: Word = word("根本原因", "Root cause");
pub const ANSWER: Word = word("答复", "Answer");
pub const ANSWERED: Word = word("答复数", "Answ.");
pub const ANSWERED_BY: Word = word("答复人", "Answered by");
pub const ARRIVES: Word = word("到料日", "Arrives");
pub const ASK_ACCEPT_PLAN: Word = word(
    "采用排期？改动 {0} 道工序，{1} 张生产单会迟。",
    "Accept the plan? It moves {0} operations; {1} production orders will be late.",
);
pub const ASK_CANCEL_PRODUCTION: Word = word("取消生产单 {0}？", "Cancel production order {0}?");
pub const ASK_CLOSE_ORDER: Word = word(
    "订单 {0} 已出齐，结单？",
    "Order {0} has shipped in full. Close it?",
);
pub const ASK_CLOSE_PURCHASE: Word = word(
    "采购单 {0} 结案，余数不再来？",
    "Close purchase {0}? Nothing more will come.",
);
pub const ASK_FIRST: Word = word(
    "还没有发评审；先按“发评审”。",
    "The departments have not been asked yet; ask them first.",
);
pub const ASK_POINT_OK: Word = word(
    "“{0}”按规则有问题，仍然审过？",
    "A rule found something at “{0}”. Pass it all the same?",
);
pub const ASK_TEMPLATE: Word = word(
    "把 {1} 的节点存成“{0}”类产品的模板？",
    "Keep the milestones of {1} as the template of family “{0}”?",
);
pub const AUTHORITY: Word = word("批准人", "Allowed by");
pub const BEFORE: Word = word("在…之前", "Before");
pub const BLOCKING: Word = word("卡在", "Held up by");
pub const BL_NO: Word = word("提单号", "B/L no.");
pub const BUILDABLE: Word = word("可做套数", "Sets now");
pub const BUILDABLE_OF_NEEDED: Word = word("可做/需要套数", "Sets now / needed");
pub const BY_HAND: Word = word("手工填写", "typed by hand");
pub const CANCELLED_QTY: Word = word("取消数量", "Cancelled");
pub const CANNOT_COMPARE: Word = word(
    "无法比较：缺单位，或一方说得更多",
    "cannot be compared: a unit is missing, or one says more",
);
pub const CAN_DATE: Word = word("可行日", "By date");
pub const CAN_DAYS: Word = word("天", "Days");
pub const CAN_DO: Word = word("能满足", "Can do");
pub const CAUSE: Word = word("原因归类", "Cause class");
pub const CHANNEL: Word = word("来单方式", "Channel");
pub const CHASES: Word = word("催", "Ch.");
pub const CHASE_ROW: Word = word("跟催", "Chased");
pub const CLOSED_ON: Word = word("关闭日", "Closed on");
pub const COLOUR: Word = word("颜色", "Colour");
pub const COMPLETE: Word = word("齐套", "Complete");
pub const CONFLICT: Word = word("矛盾", "Conflict");
pub const CONTAINMENT: Word = word("临时措施", "Containment");
pub const CORRECTION_HOLDS: Word = word("更正资料为准：{0}", "correction: {0}");
pub const CORRECTIVE: Word = word("纠正措施", "Corrective action");
pub const COUNTERMEASURE: Word = word("对策", "Countermeasure");
pub const COVERED: Word = word("已分配", "Allocated");
pub const CRITICAL: Word = word("致命", "Critical");
pub const CRITICAL_FACT: Word = word("关键", "Crit.");
pub const CURRENCY: Word = word("币种", "Currency");
pub const CUSTOMER: Word = word("客户", "Customer");
pub const CUSTOMER_PO: Word = word("客户单号", "Customer PO");
pub const DATE: Word = word("日期", "Date");
pub const DAYS_BEFORE: Word = word("提前工作日", "Working days before");
pub const DAYS_MOVED: Word = word("{0} 天", "{0} d");
pub const DECIDED_BY: Word = word("决定人", "Decided by");
pub const DECIDED_ON: Word = word("决定日", "Decided on");
pub const DECIDE_BY: Word = word("决定期限", "Decide by");
pub const DECIDE_BY_WHO: Word = word("由谁决定", "Who decides");
pub const DECISION: Word = word("决定", "Decision");
pub const DECISION_NEEDED: Word = word("待决定事项", "Decision needed");
pub const DEFECT: Word = word("不良", "Defect");
pub const DELIVERY: Word = word("交货", "the delivery");
pub const DELIVERY_METHOD: Word = word("交货方式", "Delivery method");
pub const DELIVERY_NOTE: Word = word("送货单号", "Delivery note");
pub const DEPARTMENT: Word = word("部门", "Department");
pub const DONE: Word = word("已完成", "Done");
pub const DONE_BY: Word = word("由…完成", "Done by");
pub const DONE_ON: Word = word("完成日期", "Done on");
pub const DONE_OR_EXPECTED: Word = word("完成/预计", "Done/expected");
pub const DONE_WHAT: Word = word("做了什么", "What was done");
pub const DUE: Word = word("交期", "Due");
pub const EARLIEST: Word = word("最早可交", "Earliest");
pub const EFFECT: Word = word("结果", "Effect");
pub const EMPTY_AMENDMENTS: Word = word("没有更改过。", "Never amended.");
pub const EMPTY_ANSWERS: Word = word(
    "还没有发评审：按 a 请四个部门答复。",
    "Nobody has been asked yet: press a to ask the four departments.",
);
pub const EMPTY_CAPACITY: Word = word(
    "没有要评审的订单。新订单审单后会出现在这里。",
    "No order to review. New orders appear here.",
);
pub const EMPTY_CHAIN: Word = word(
    "产品没有工艺路线，算不出最早交期；按各部门答复的日期评审。",
    "The product has no routing, so no date can be computed; go by the departments' dates.",
);
pub const EMPTY_DOCUMENTS: Word = word(
    "没有单据：按 d 登记。",
    "No documents: press d to file one.",
);
pub const EMPTY_DONE: Word = word("还没有记录。", "Nothing yet.");
pub const EMPTY_EXCEPTIONS: Word = word(
    "没有异常。在任何面板按 x 登记。",
    "No exceptions. Press x in any panel to raise one.",
);
pub const EMPTY_FACTS: Word = word(
    "还没有要点：在单据上按 f 登记。",
    "No facts yet: press f on a document to enter them.",
);
pub const EMPTY_FIGURES: Word = word(
    "还没有报工：按 n 填报工表。",
    "No figures yet: press n for the day's sheet.",
);
pub const EMPTY_HISTORY: Word = word(
    "还没有交期、到货或跟催记录。",
    "No promise, receipt or chase yet.",
);
pub const EMPTY_INSPECTIONS: Word = word("还没有验货：按 v 登记。", "No inspection yet: press v.");
pub const EMPTY_INTAKE: Word = word(
    "还没有订单：按 n 录入，或按 i 从文件导入。",
    "No orders yet: press n to enter one, or i to import a file.",
);
pub const EMPTY_LESSONS: Word = word(
    "还没有相关经验；关闭异常时写下来。",
    "No lesson yet; write one when you close an exception.",
);
pub const EMPTY_LINES: Word = word(
    "没有产品行：按 l 加一行。",
    "No product lines: press l to add one.",
);
pub const EMPTY_MATERIALS: Word = word(
    "没有待料的生产单；开生产单后这里显示齐套。",
    "No production order waits for materials; make one to see its kit.",
);
pub const EMPTY_MILESTONES: Word = word(
    "还没有节点：按 m 从交期倒排。",
    "No milestones yet: press m to set them backward from the delivery.",
);
pub const EMPTY_NOT_MADE: Word = word(
    "还没有生产单：到排期（3）开生产单。",
    "No production order yet: make one in Schedule (3).",
);
pub const EMPTY_OPERATIONS: Word = word("产品没有工艺路线。", "The product has no routing.");
pub const EMPTY_PARTS: Word = word("没有物料需求。", "Nothing is needed.");
pub const EMPTY_POINTS: Word = word("没有审单内容。", "Nothing to review.");
pub const EMPTY_PROGRESS: Word = word(
    "没有已接单的订单；先在评审（2）接单。",
    "No accepted order; accept one in Capacity (2) first.",
);
pub const EMPTY_PURCHASES: Word = word(
    "没有采购：在物料上按 b 下单。",
    "Nothing on order: press b on a part to buy it.",
);
pub const EMPTY_QUERIES: Word = word("没有疑问：按 a 提出。", "No queries: press a to ask one.");
pub const EMPTY_SCHEDULE: Word = word(
    "没有要排的订单。产品在主数据里的订单，接单后按 n 开生产单；别的订单在接单里按 m 用节点跟。",
    "Nothing to schedule. Accept an order of a product in the master data, then press n; others are followed by milestones: m in Intake.",
);
pub const EMPTY_SHIPMENTS: Word = word("还没有出货：按 h 登记。", "Nothing shipped yet: press h.");
pub const EMPTY_TODAY: Word = word(
    "今天没有要处理的事。按 1 看订单，在那里按 n 录新单。",
    "Nothing needs you today. Press 1 for orders, and n there for a new one.",
);
pub const ENDS: Word = word("结束", "Ends");
pub const FACT: Word = word("要点", "Fact");
pub const FACTS: Word = word("要点", "Facts");
pub const FACTS_FOUND: Word = word(
    "文件里认出 {0} 个要点，核对后保存",
    "{0} facts found in the file; check and save",
);
pub const FIGURE_REPLACED: Word = word("这条已被更正。", "This figure has been corrected already.");
pub const FILE: Word = word("文件", "File");
pub const FINDING: Word = word("规则或理由", "Rule or reason");
pub const FIRMNESS: Word = word("可靠程度", "Firmness");
pub const FIRST_PROMISE: Word = word("首次回复", "First said");
pub const FLOAT: Word = word("浮时", "Float");
pub const FORECAST: Word = word("预计完成", "Forecast");
pub const FORM_ALIASES: Word = word("别名", "Aliases");
pub const FORM_AMEND: Word = word("更改订单 {0}（已接单）", "Amend order {0} (accepted)");
pub const FORM_ANSWER: Word = word("{0}答复评审 · {1}", "{0} answers · {1}");
pub const FORM_BUY: Word = word("下采购单", "Place a purchase line");
pub const FORM_CANCEL: Word = word("取消订单 {0}", "Cancel order {0}");
pub const FORM_CHASE: Word = word("跟催", "Chase");
pub const FORM_CHASE_ABOUT: Word = word("跟催 {0}", "Chase {0}");
pub const FORM_CLOSE: Word = word("关闭异常 {0} · {1}", "Close exception {0} · {1}");
pub const FORM_CLOSE_ORDER: Word = word("订单 {0} 结单", "Close order {0}");
pub const FORM_CORRECT: Word = word("更正报工 {0} {1} · {2}", "Correct {0} {1} · {2}");
pub const FORM_COUNT: Word = word("库存 {0} {1}", "Stock of {0} {1}");
pub const FORM_DECIDE: Word = word("评审结论 · {0}", "Decide the review · {0}");
pub const FORM_DECIDE_EXCEPTION: Word = word("异常 {0} 的决定 · {1}", "Decide exception {0} · {1}");
pub const FORM_DOCUMENT: Word = word("登记单据 · {0}", "File a document · {0}");
pub const FORM_EDIT_LINE: Word = word("修改 {0} 第 {1} 行", "Edit {0} line {1}");
pub const FORM_EDIT_ORDER: Word = word("修改订单 {0}", "Edit order {0}");
pub const FORM_EXCEPTION: Word = word("登记异常 {0}", "Raise an exception {0}");
pub const FORM_FACTS: Word = word("单据要点 · {0}", "What the document says · {0}");
pub const FORM_HOLD: Word = word("暂停订单 {0}", "Hold order {0}");
pub const FORM_INSPECT: Word = word("登记验货 · {0}", "Enter an inspection · {0}");
pub const FORM_MILESTONE: Word = word("节点：{0}", "Milestone: {0}");
pub const FORM_NEW_LINE: Word = word("{0} 加一行", "Add a line to {0}");
pub const FORM_NEW_MILESTONE: Word = word("加节点 · {0}", "Add a milestone to {0}");
pub const FORM_NEW_ORDER: Word = word("录入新订单", "Enter a new order");
pub const FORM_PROMISE: Word = word("供应商回复交期 · {0}", "Supplier's date · {0}");
pub const FORM_QUERY: Word = word("疑问单 · {0}", "Query · {0}");
pub const FORM_QUERY_ANSWER: Word = word("答复 {0} · {1}", "Answer {0} · {1}");
pub const FORM_RECEIVE: Word = word("收货 · {0}", "Goods received · {0}");
pub const FORM_RELEASE: Word = word("下达 {0} · {1}", "Release {0} · {1}");
pub const FORM_REPEAT: Word = word("返单：照 {0}", "Repeat order, like {0}");
pub const FORM_REPORT: Word = word("报工 {0} {1}，还剩 {2}", "Report {0} {1}, {2} left");
pub const FORM_SEEN: Word = word("更改第 {0} 次 · {1} 已知", "Revision {0} · {1} has seen it");
pub const FORM_SHIP: Word = word("出货 · {0}", "Ship · {0}");
pub const FORM_SNOOZE: Word = word("推迟提醒", "Snooze");
pub const FORM_WAIVE: Word = word("放行审单点 · {0}", "Waive a review point · {0}");
pub const FORM_WORK: Word = word("处理异常 {0} · {1}", "Work on {0} · {1}");
pub const FOR_ORDER: Word = word("用于订单", "For order");
pub const FOUND_AT: Word = word("出处", "Found at");
pub const FROM: Word = word("从", "From");
pub const GAP: Word = word("欠缺", "Gap");
pub const GOOD: Word = word("合格", "Good");
pub const HELD: Word = word("待检", "On hold");
pub const HELD_SHORT: Word = word("待检", "hold ");
pub const HINT_ALIASES: Word = word("如：黑色 → BLACK", "name, then what it means");
pub const HINT_ALL_OPEN: Word = word("空着：全部欠数", "empty: all that is open");
pub const HINT_AMEND: Word = word(
    "改数量、价格、交期、条款时必填",
    "needed where quantities, prices, dates or terms change",
);
pub const HINT_AMOUNT: Word = word("空着：数量×单价", "empty: quantity × price");
pub const HINT_AUTHORITY: Word = word("晚于客户要求时填", "where later than asked");
pub const HINT_AUTO_NO: Word = word("空着：自动编号", "empty: next number");
pub const HINT_DATE: Word = word("如 +7、12-1、下周三", "e.g. +7, 12-1, next wed");
pub const HINT_DATE_OF_LINES: Word = word(
    "各行的交期，如 +30、12-20",
    "for all lines, e.g. +30, 12-20",
);
pub const HINT_EFFECT: Word = word("如：尺寸改为 50mm", "e.g. length is 50 mm");
pub const HINT_FACTS: Word = word("如：颜色、黑色", "e.g. colour, black");
pub const HINT_LESSON: Word = word("以后同类订单会提示", "shown at later orders");
pub const HINT_PATH: Word = word("文件路径，可空", "path, may be empty");
pub const HINT_PERCENT: Word = word("百分比，如 3", "per cent, e.g. 3");
pub const HINT_SIZE_RUN: Word = word(
    "如 S M L XL；没有就空着",
    "e.g. S M L XL; empty without sizes",
);
pub const HINT_TOTAL_QTY: Word = word("客户写的总数，用来核对", "as the customer states it");
pub const HOW: Word = word("方式", "How");
pub const ITEM: Word = word("货号", "Article no.");
pub const KIND: Word = word("种类", "Kind");
pub const KIT_RATE: Word = word("齐套率", "Kit");
pub const KIT_READY: Word = word("齐套日", "Kit ready");
pub const LAST_NEWS: Word = word("最近报工", "Last news");
pub const LATE: Word = word("迟", "Late");
pub const LATEST: Word = word("最晚", "Latest");
pub const LATEST_PROMISE: Word = word("最新交期", "Latest said");
pub const LATE_DAYS: Word = word("迟天", "Late");
pub const LEFT: Word = word("还剩", "Left");
pub const LESSON: Word = word("教训", "Lesson");
pub const LINE: Word = word("线", "Line");
pub const WORK_CENTRE: Word = word("工作中心", "Work centre");
pub const LINE_IN: Word = word("上线", "Line-in");
pub const LINE_OUT: Word = word("下线", "Line-out");
pub const MADE: Word = word("完成", "Made");
pub const MAJOR: Word = word("严重", "Major");
pub const MATERIAL: Word = word("料号", "Material");
pub const MEANS: Word = word("意思是", "Means");
pub const MINOR: Word = word("轻微", "Minor");
pub const MISSING: Word = word("缺", "Missing");
pub const MOVED: Word = word("变动", "Moved");
pub const NAME: Word = word("品名", "Name");
pub const NEED: Word = word("需要", "Need");
pub const NEEDED_SETS: Word = word("需要套数", "Sets");
pub const NEW_DATE: Word = word("新日期", "New date");
pub const NEW_PLACE: Word = word("新排", "new");
pub const NEXT_ON: Word = word("下次跟催", "Next chase");
pub const NEXT_STEP: Word = word("下一步", "Next step");
pub const LINE_MARK: Word = word("行", "#");
pub const NO: Word = word("编号", "No.");
pub const NODE: Word = word("节点", "Milestone");
pub const NOTE: Word = word("备注", "Note");
pub const NOTHING_TO_REPORT: Word = word(
    "没有可报工的工序；先下达生产单。",
    "No operation to report on; release a production order first.",
);
pub const NOT_ORDERED: Word = word("没有采购", "not ordered");
pub const NOT_SAID_IN: Word = word("{0} 没写", "not said in {0}");
pub const NO_ANSWER: Word = word("不能", "no");
pub const NO_DOCUMENT: Word = word(
    "没有已收的单据可确认。",
    "There is no received document to confirm.",
);
pub const NO_PURCHASE: Word = word(
    "没有未到的采购；按 b 下采购单。",
    "Nothing is on order here; press b to buy.",
);
pub const NO_QUERY: Word = word("没有未答复的疑问。", "There is no open query.");
pub const ON_HAND: Word = word("现有库存", "On hand");
pub const ON_HOLD: Word = word("冻结/待检", "On hold");
pub const ON_HOLD_STATE: Word = word("暂停", "On hold");
pub const ON_ORDER: Word = word("在途", "On order");
pub const OPEN_POINTS: Word = word("待审", "Open");
pub const OPEN_PURCHASES: Word = word("未到采购行", "Open purchase lines");
pub const OPERATION: Word = word("工序", "Operation");
pub const ORDERED: Word = word("订单数量", "Ordered");
pub const ORDER_BY: Word = word("最晚下单", "Order by");
pub const ORDER_NO: Word = word("订单号", "Order");
pub const OVERRIDE_REASON: Word = word("强行下达理由", "Reason to release anyway");
pub const OWNER: Word = word("责任人", "Owner");
pub const PACKAGING: Word = word("包装", "Packaging");
pub const PAPER_SAYS: Word = word("各单据写的", "What the documents say");
pub const PART_AMENDMENTS: Word = word("更改", "Changes");
pub const PART_ANSWERS: Word = word("部门答复", "Answers");
pub const PART_DELIVERIES: Word = word("分批", "Part deliveries");
pub const PART_DOCUMENTS: Word = word("单据", "Documents");
pub const PART_DONE: Word = word("最近操作", "Recently done");
pub const PART_FACTS: Word = word("一致性", "Facts");
pub const PART_FIGURES: Word = word("报工", "Figures");
pub const PART_GANTT: Word = word("甘特图", "Gantt");
pub const PART_HISTORY: Word = word("交期与到货记录", "History");
pub const PART_INSPECTIONS: Word = word("验货", "Inspections");
pub const PART_LESSONS: Word = word("经验", "Lessons");
pub const PART_LINES: Word = word("产品行", "Lines");
pub const PART_LOAD: Word = word("负荷", "Load");
pub const PART_MILESTONES: Word = word("节点", "Milestones");
pub const PART_OPERATIONS: Word = word("工序", "Operations");
pub const PART_PARTS: Word = word("物料", "Parts");
pub const PART_POINTS: Word = word("审单", "Points");
pub const PART_PROMISE: Word = word("最早交期", "Promise");
pub const PART_PURCHASES: Word = word("采购", "Purchases");
pub const PART_QUERIES: Word = word("疑问单", "Queries");
pub const PART_REQUIREMENTS: Word = word("需求", "Requirements");
pub const PART_SHIPMENTS: Word = word("出货", "Shipments");
pub const PART_STORY: Word = word("经过", "Story");
pub const PART_WORDS: Word = word("来源与条款", "Terms");
pub const PASSES: Word = word("通过", "passes");
pub const PAYMENT_TERMS: Word = word("付款方式", "Payment terms");
pub const PLANNED: Word = word("计划", "Planned");
pub const PLAN_NOT_READY: Word = word(
    "排期还在计算，请稍候。",
    "The plan is still being computed.",
);
pub const PLAN_SAME: Word = word(
    "算出的排期与采用的相同。",
    "The computed plan is the accepted one.",
);
pub const POINT: Word = word("审单点", "Review point");
pub const POINTS_ALL_SETTLED: Word = word("九点都已审完。", "All nine points are settled.");
pub const PREVENTIVE: Word = word("预防措施", "Preventive action");
pub const PRICE_TERMS: Word = word("单价条款", "Price terms");
pub const PRODUCT: Word = word("产品", "Product");
pub const PRODUCTION_NO: Word = word("生产单", "Prod. no.");
pub const PROMISED_DATE: Word = word("承诺交期", "Promised date");
pub const PROMISE_ROW: Word = word("回复交期", "Promised");
pub const PURCHASE_NO: Word = word("采购单号", "Purchase");
pub const QTY: Word = word("数量", "Quantity");
pub const QUERY_NO: Word = word("编号", "No.");
pub const QUESTION: Word = word("问题", "Question");
pub const QUOTED: Word = word("{0} 写“{1}”", "{0} says “{1}”");
pub const RATE: Word = word("日产", "Per day");
pub const RATE_NEEDED: Word = word("需日产", "Need/day");
pub const REASON: Word = word("理由", "Reason");
pub const RECEIPT_ROW: Word = word("到货", "Received");
pub const RECEIVED: Word = word("实收", "Received");
pub const RECEIVED_AT: Word = word("收到时间", "Received at");
pub const RECEIVED_FROM: Word = word("来单人", "From");
pub const RECEIVED_ON: Word = word("收到日期", "Received on");
pub const REJECTED: Word = word("拒收", "Rejected");
pub const REJECTED_SHORT: Word = word("拒收", "rejected ");
pub const REMARKS: Word = word("备注", "Remarks");
pub const REPLACED: Word = word("已更正", "corrected");
pub const REPORTED_BY: Word = word("报告人", "Reported by");
pub const REPORTED_ON: Word = word("报告日", "Reported");
pub const REQUESTED_DATE: Word = word("要求交期", "Requested");
pub const REQUIRED_DATE: Word = word("要求到料日", "Required");
pub const RESPONSIBLE: Word = word("责任部门", "Responsible");
pub const RESULT: Word = word("结果", "Result");
pub const REVISED: Word = word("改期到", "Revised to");
pub const REVISION_NO: Word = word("第几次", "Rev.");
pub const REWORK: Word = word("返工", "Rework");
pub const RE_REVIEW: Word = word("需再评审，迟 {0} 天", "to be re-reviewed, {0} days late");
pub const RISK: Word = word("风险", "Risk");
pub const SAID: Word = word("已答", "said");
pub const SAID_BY: Word = word("答复人", "Said by");
pub const SAMPLE_SIZE: Word = word("抽检数", "Sample");
pub const SCRAP: Word = word("报废", "Scrap");
pub const SEEN: Word = word("已知", "seen");
pub const SEEN_BY: Word = word("谁", "By whom");
pub const SEEN_ON: Word = word("哪天", "On");
pub const SELECT_FIGURE: Word = word(
    "先选中一条报工再更正。",
    "Select a figure first (Tab to Figures).",
);
pub const SELECT_FIRST: Word = word("先选中一行。", "Select a row first.");
pub const SELECT_PART: Word = word("先选中一种物料。", "Select a part first.");
pub const SEQ: Word = word("序", "Seq");
pub const SETTLED: Word = word("已答", "Settled");
pub const SETTLED_BY: Word = word("{0} 答：{1}", "{0}: {1}");
pub const SEVERITY: Word = word("等级", "Severity");
pub const SHIPMENT_NO: Word = word("出货单", "Shipment");
pub const SHIPPED: Word = word("已出", "Shipped");
pub const SHIPPED_ON: Word = word("出货日", "Shipped on");
pub const SHIP_QTY: Word = word("出货数量", "Quantity");
pub const SHIP_TO: Word = word("送货地址", "Ship to");
pub const SHORT: Word = word("欠数", "Short");
pub const SILENT_DAYS: Word = word("未答 {0}天", "silent {0}d");
pub const SIZES_SUM: Word = word(
    "尺码合计 {0}，数量写的是 {1}",
    "The sizes add up to {0}, the quantity says {1}",
);
pub const SIZE_RUN: Word = word("尺码", "Sizes");
pub const SOLUTION: Word = word("解决办法", "What worked");
pub const SOURCE_FILE: Word = word("来源文件", "Source file");
pub const SPEC: Word = word("规格", "Spec");
pub const STAGE: Word = word("环节", "Stage");
pub const STARTS: Word = word("开始", "Starts");
pub const STATE: Word = word("状态", "State");
pub const STEP: Word = word("环节", "Step");
pub const STOCK: Word = word("可用库存", "Stock");
pub const SUPPLIER: Word = word("供应商", "Supplier");
pub const SYMPTOM: Word = word("现象", "Symptom");
pub const TIME: Word = word("时间", "Time");
pub const TITLE: Word = word("标题", "Title");
pub const TO: Word = word("到", "To");
pub const TOLERANCE: Word = word("溢短装%", "More or less %");
pub const TOPIC: Word = word("关于", "About");
pub const TOTAL_QTY: Word = word("总数（核对）", "Total (check)");
pub const TOTAL_ROW: Word = word("合计", "Total");
pub const TO_BE_ASKED: Word = word("（待问）", "(to be asked)");
pub const TO_MAKE: Word = word("待开单", "to make");
pub const UNCLEAR: Word = word("不清", "Unclear");
pub const UNIT: Word = word("单位", "Unit");
pub const UNIT_PRICE: Word = word("单价", "Unit price");
pub const UNLIMITED: Word = word("不限产能", "Free capacity");
pub const UNSAID: Word = word("没说", "not said");
pub const UNTIL: Word = word("推迟到", "Until");
pub const VALUE: Word = word("内容", "Value");
pub const VERDICT: Word = word("评审", "Verdict");
pub const VERSION: Word = word("版", "Ver.");
pub const WAITING: Word = word("待答复", "waiting");
pub const WAITING_DAYS: Word = word("等 {0} 天", "waiting {0} days");
pub const WHAT: Word = word("现象", "What happened");
pub const WHAT_CHANGED: Word = word("改了什么", "What changed");
pub const WHAT_TO_DO: Word = word("事项", "What");
pub const WHICH_HOLDS: Word = word("{0}：{1}。以哪个为准？", "{0}: {1}. Which one holds?");
pub const WHO: Word = word("谁", "Who");
pub const WHY: Word = word("原因", "Why");
pub const WORDS: Word = word("原话", "Words");
pub const YES: Word = word("能", "yes");
pub const YESTERDAY: Word = word("昨日", "Yest.");
pub const EMPTY_LOAD: Word = word(
    "还没有工作中心；用 gendan import 导入。",
    "No work centres yet; bring them in with gendan import.",
);
pub const PART_FINDINGS: Word = word("数据问题", "Problems in the data");
pub const NO_LINE_TO_MOVE: Word = word(
    "这道工序没有生产线可移（外发或没有线）。",
    "This operation has no line to move on (outside work, or no line).",
);
