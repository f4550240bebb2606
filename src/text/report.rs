//! Words of the reports.

use super::word::{Word, word};

pub const QUERY_SHEET: Word = word("疑问单", "Query sheet");
pub const CHANGE_NOTICE: Word = word("更改通知单", "Change notice");
pub const ORDERS: Word = word("订单数", "Orders");
pub const ORDER_REVIEW: Word = word("订单评审表", "Order review form");
pub const VERDICTS: Word = word("评审结论", "Verdicts");
pub const TO_RE_REVIEW: Word = word("需再评审", "to be re-reviewed");
pub const ANSWERS: Word = word("各部门答复", "Departments' answers");
pub const STOOD_ON: Word = word("评审依据", "What the rounds stood on");
pub const NOW: Word = word("现在", "Now");
pub const BINDING: Word = word("交期由什么决定", "What binds the date");
pub const REQUIREMENTS: Word = word("物料需求表", "Material requirements");
pub const TRACKING: Word = word("物料跟踪表", "Material tracking");
pub const KITS: Word = word("齐套表", "Kit status");
pub const KIT_PARTS: Word = word("各生产单的物料", "Materials of each production order");
pub const PLANNED_START: Word = word("上线", "Line-in");
pub const PURCHASE_NO: Word = word("采购单号", "Purchase no.");
pub const PURCHASE_LINE: Word = word("行号", "Line no.");
pub const NAME_SPEC: Word = word("品名规格", "Name & spec");
pub const ORDERED_QTY: Word = word("采购数量", "Ordered");
pub const ORDERED_ON: Word = word("采购日期", "Ordered on");
pub const ARRIVED_ON: Word = word("到货日期", "Arrived on");
pub const CHASES: Word = word("跟催次数", "Chases");
pub const LAST_CHASE: Word = word("最后跟催", "Last chase");
pub const FEEDBACK: Word = word("供应商反馈", "Supplier's answer");
pub const NEXT_CHASE: Word = word("下次跟催", "Next chase");
pub const MADE_ON: Word = word("日期", "Date");
pub const ASKED_ON: Word = word("提出", "Asked on");
pub const ANSWERED_ON: Word = word("答复日", "Answered on");
pub const AGE: Word = word("天数", "Days");
pub const BY_DEPARTMENT: Word = word("各部门答复情况", "By department");
pub const ASKED: Word = word("提出", "Asked");
pub const OPEN: Word = word("未答", "Open");
pub const OVERDUE: Word = word("超期", "Overdue");
pub const OLDEST: Word = word("最久", "Oldest");
pub const MEAN_DAYS: Word = word("平均天数", "Mean days");
pub const PLEASE_ANSWER: Word = word(
    "请在期限前书面答复跟单员。",
    "Please answer the merchandiser in writing by the date given.",
);
pub const WHOLE_ORDER: Word = word("整单", "order");
pub const FIELD: Word = word("项目", "Field");
pub const WAS: Word = word("原来", "Was");
pub const IS: Word = word("改为", "Is now");
pub const WHAT_CHANGES: Word = word("更改内容", "What changes");
pub const TO_KNOW: Word = word("须知部门", "To be known by");
pub const STOP_USING: Word = word(
    "收到后请停用旧资料，按本单执行。",
    "Stop using earlier papers; this notice holds from now on.",
);
pub const SIGN_HERE: Word = word("签收：", "Received by:");
pub const MADE: Word = word("已写好“{0}”。", "“{0}” is written.");
pub const NEEDS_ORDER: Word = word(
    "“{0}”要指明订单（--order）。",
    "“{0}” is about one order: name it (--order).",
);
pub const NOTHING: Word = word("“{0}”没有内容可写。", "There is nothing to write in “{0}”.");
pub const UNKNOWN: Word = word(
    "没有报表“{0}”；有：{1}",
    "There is no report “{0}”; there are: {1}",
);
pub const BAD_FILE: Word = word(
    "文件名要以 .xlsx .csv .md 或 .html 结尾。",
    "The file's name has to end in .xlsx, .csv, .md or .html.",
);
pub const NO_PARTNER: Word = word(
    "没有供应商或客户“{0}”：请写代码或全名。",
    "There is no supplier or customer “{0}”: give its code or full name.",
);
pub const PARTNER: Word = word("供应商/客户", "Supplier / customer");
pub const HINT_PARTNER: Word = word("索赔用，空着：全部", "for a claim; empty: all");
pub const FORM: Word = word("写报表", "Write a report");
pub const WHICH: Word = word("报表", "Report");
pub const FILE: Word = word("写到", "To file");
pub const HINT_FILE: Word = word("结尾 .xlsx .csv .md .html", "ends in .xlsx .csv .md .html");
pub const ABOUT: Word = word("订单", "Order");
pub const ALL_ORDERS: Word = word("空着：全部", "empty: all of them");
