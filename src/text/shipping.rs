//! Words of inspection, shipment, packing and export papers.

mod rules;

use super::label::Label;
use super::word::{Lang, Word, word};
use crate::domain::codes::PaperKind;
use crate::domain::rule::inspection::{Class, Limit};
use crate::domain::rule::shipment::Step;
use crate::domain::rule::shipment::papers::{Anchor, PaperRule, Payment, Terms, Transport};

pub use rules::{broken, check, finding};

// Inspection
pub const LOT: Word = word("批量", "Lot");
pub const LOT_OF: Word = word("验哪一批", "Lot of");
pub const LEVEL: Word = word("检验水平", "Level");
pub const AQL: Word = word("AQL", "AQL");
pub const AQL_CRITICAL: Word = word("致命 AQL", "AQL critical");
pub const AQL_MAJOR: Word = word("严重 AQL", "AQL major");
pub const AQL_MINOR: Word = word("轻微 AQL", "AQL minor");
pub const NONE_ALLOWED: Word = word("0（一个也不许）", "0 (none allowed)");
pub const NOT_COUNTED: Word = word("不计", "not counted");
pub const PLANNED_ON: Word = word("计划日", "Planned");
pub const DONE_ON: Word = word("验货日", "Inspected on");
pub const ROUND: Word = word("轮次", "Round");
pub const LIMITS: Word = word("抽样/Ac/Re", "n Ac/Re");
pub const FOUND: Word = word("致命/严重/轻微", "Crit/maj/min");
pub const DEFECTS: Word = word("缺陷", "Defects");
pub const VERDICT: Word = word("结论", "Verdict");
pub const COMPUTED: Word = word("按数判定", "by the counts");
pub const WHY_OTHER: Word = word("改判理由", "Why another");
pub const FORM_PLAN_INSPECTION: Word = word("排验货 · {0}", "Plan an inspection · {0}");
pub const FORM_RE_INSPECT: Word = word("返工后再验 · {0}", "Inspect again · {0}");
pub const FORM_RESULT: Word = word("验货结果 · {0}", "Inspection result · {0}");
pub const WHOLE_ORDER: Word = word("整单未出数", "what is open of the order");
pub const BAD_AQL: Word = word(
    "没有这样的 AQL；写成 2.5/4.0（严重/轻微）或 0/2.5/4.0。",
    "No such AQL; write 2.5/4.0 (major/minor) or 0/2.5/4.0.",
);
pub const BAD_LEVEL: Word = word(
    "没有这样的检验水平；有 I II III 和 S-1 到 S-4。",
    "No such level; there are I, II, III and S-1 to S-4.",
);
pub const SAMPLE_BEYOND_LOT: Word = word(
    "抽检数不能多于批量。",
    "The sample cannot be more than the lot.",
);
pub const DONE_BEFORE: Word = word(
    "已经有下一轮验货，请改最后一轮。",
    "It has been inspected again; change the last round.",
);
pub const NOT_FAILED: Word = word(
    "只有不合格的验货才再验。",
    "Only an inspection that failed is done again.",
);
pub const SAY_WHY: Word = word(
    "结论与按数判定不同，请写改判理由。",
    "The verdict differs from what the counts give; say why.",
);
pub const DONE_STAYS: Word = word(
    "已做的验货不能删；可以更正，或按 u 撤销。",
    "An inspection that was done stays; correct it, or undo with u.",
);
pub const SELECT_INSPECTION: Word = word(
    "先在“验货”里选一行。",
    "Select a row under Inspections first.",
);

// The sampling helper
pub const SAMPLING: Word = word(
    "抽样方案 · ISO 2859-1 一次正常检验",
    "Sampling · ISO 2859-1 single, normal",
);
pub const SAMPLING_KEYS: Word = word(
    "数字 批量  ↑↓ 水平  ←→ AQL  Esc 返回",
    "digits lot  ↑↓ level  ←→ AQL  Esc back",
);
pub const LETTER: Word = word("字码", "Letter");
pub const SAMPLING_LINE: Word = word(
    "批量 {0}，水平 {1}，AQL {2}：字码 {3}，抽 {4} 件，{5} 件及以下收，{6} 件及以上拒。",
    "Lot {0}, level {1}, AQL {2}: letter {3}, sample {4}; accept up to {5}, reject from {6}.",
);
pub const SAMPLING_ARROW: Word = word(
    "箭头指到字码 {0} 的方案，抽样数也随它。",
    "An arrow leads to the plan of letter {0}, whose sample size applies.",
);
pub const SAMPLING_ALL: Word = word(
    "样本不少于批量：全检。",
    "The sample is as large as the lot: inspect all of it.",
);
pub const SAMPLING_EMPTY: Word = word("输入批量。", "Type the lot.");

// Shipments
pub const STEP: Word = word("步骤", "Step");
pub const STEP_SHIP: Word = word("现在出货", "ship now");
pub const STEP_PLAN: Word = word("先排计划", "plan only");
pub const WHAT: Word = word("做什么", "What");
pub const DATE: Word = word("日期", "Date");
pub const QUANTITIES: Word = word("数量", "Quantities");
pub const LINE_OPEN: Word = word("未出", "Open");
pub const LINE: Word = word("行", "Line");
pub const BOOKING: Word = word("订舱号", "Booking");
pub const VESSEL: Word = word("船名/航班", "Vessel/flight");
pub const CUT_OFF: Word = word("截关", "Cut-off");
pub const CUT_OFF_DAY: Word = word("截关日", "Cut-off day");
pub const CUT_OFF_TIME: Word = word("截关时间", "Cut-off time");
pub const HINT_TIME: Word = word("如 17:00", "such as 17:00");
pub const CARTONS: Word = word("箱数", "Cartons");
pub const VOLUME: Word = word("体积 m³", "Volume m³");
pub const GROSS: Word = word("毛重 kg", "Gross kg");
pub const NET: Word = word("净重 kg", "Net kg");
pub const PAPERS: Word = word("单证", "Papers");
pub const FORM_BOOK: Word = word("订舱 · {0}", "Book · {0}");
pub const FORM_SHIPMENT: Word = word("更改出货 · {0}", "Change shipment · {0}");
pub const FORM_SHIP_PLANNED: Word = word("出货 · {0}", "Ship · {0}");
pub const FORM_CANCEL_SHIPMENT: Word = word("取消出货 · {0}", "Cancel shipment · {0}");
pub const SELECT_SHIPMENT: Word = word(
    "这张订单没有待出的出货：按 h 安排。",
    "No shipment of this order still has to leave: plan one with h.",
);
pub const HAS_LEFT: Word = word(
    "货已出，不能再改数量或取消；按 u 可撤销。",
    "It has left; quantities stay, and it cannot be cancelled. Undo with u.",
);
pub const IS_CANCELLED: Word = word("这次出货已取消。", "This shipment is cancelled.");
pub const CUT_OFF_AFTER: Word = word(
    "截关晚于计划出货日；改其中一个。",
    "The cut-off lies after the planned day; change one of them.",
);
pub const UNKNOWN_LINE: Word = word(
    "订单没有这一行；数量只填在已有的行里。",
    "The order has no such line; fill quantities into the lines that are there.",
);
pub const NOTHING_BOOKED: Word = word(
    "订舱号和船名至少填一个。",
    "Give the booking number or the vessel.",
);

// Packing
pub const PART_CARTONS: Word = word("装箱", "Cartons");
pub const PART_PAPERS: Word = word("单证", "Papers");
pub const EMPTY_CARTONS: Word = word(
    "还没有装箱：先安排出货（h），再按 l 装箱。",
    "Nothing is packed: plan a shipment (h), then press l.",
);
pub const EMPTY_PAPERS: Word = word(
    "还没有单证清单：先安排出货（h），再按 d 列出。",
    "No papers yet: plan a shipment (h), then press d to list them.",
);
pub const CARTON_NOS: Word = word("箱号", "Carton no.");
pub const PER_CARTON: Word = word("每箱", "Each");
pub const PIECES: Word = word("件数", "Pieces");
pub const BOX: Word = word("外箱 mm", "Carton mm");
pub const HINT_BOX: Word = word(
    "长×宽×高，如 600x400x350",
    "length × width × height, as 600x400x350",
);
pub const PIECE_KG: Word = word("每件净重 kg", "Net kg a piece");
pub const TARE_KG: Word = word("空箱重 kg", "Empty carton kg");
pub const REST: Word = word("尾箱", "Rest");
pub const REST_OWN: Word = word("各色码自成尾箱", "a carton for each");
pub const REST_MIXED: Word = word("尾数混装", "mixed cartons");
pub const FORM_PACK: Word = word("装箱 · {0}", "Pack · {0}");
pub const FORM_CARTON: Word = word("更正装箱 · {0}", "Change cartons · {0}");
pub const FIRST_NO: Word = word("起始箱号", "First no.");
pub const TOTAL: Word = word("合计", "Total");
pub const SELECT_CARTONS: Word = word("先在“装箱”里选一行。", "Select a row under Cartons first.");
pub const BAD_BOX: Word = word(
    "外箱写成 600x400x350（毫米）。",
    "Give the carton as 600x400x350 (millimetres).",
);
pub const ALL_PACKED: Word = word("都已装箱。", "All of it is packed.");
pub const TOO_MANY_CARTONS: Word = word(
    "箱数太多（最多 100,000 箱、500 行）；把每箱数量改大。",
    "Too many cartons (at most 100,000 in 500 rows); put more into each.",
);
pub const PACKED_DIFFERS: Word = word(
    "第 {0} 行装 {1}，出货 {2}",
    "line {0}: {1} packed, {2} shipped",
);
pub const SIZE_DIFFERS: Word = word("应装 {0}", "should be {0}");

// Papers
pub const PAPER: Word = word("单证", "Paper");
pub const DUE_BY: Word = word("最迟", "Due");
pub const PAPER_DONE: Word = word("完成日", "Done on");
pub const NUMBER: Word = word("号码", "Number");
pub const MAKER: Word = word("由谁做", "Who");
pub const RULE: Word = word("规则", "Rule");
pub const FORM_PAPER: Word = word("单证 · {0} · {1}", "Paper · {0} · {1}");
pub const FORM_NEW_PAPER: Word = word("加一份单证 · {0}", "Another paper · {0}");
pub const FORM_PAPER_DAYS: Word = word("单证期限（天）", "Days for the papers");
pub const HINT_DUE: Word = word("空着：按规则倒推", "empty: counted by the rule");
pub const SELECT_PAPER: Word = word("先在“单证”里选一行。", "Select a row under Papers first.");
pub const ALL_LISTED: Word = word(
    "要的单证都已列出；加别的按 D。",
    "All papers it needs are listed; add another with D.",
);
pub const PAPER_IS_DONE: Word = word("单证已完成，不能去掉。", "The paper is done and stays.");

// Letter of credit
pub const FORM_CREDIT: Word = word("信用证条款 · {0}", "Letter of credit · {0}");
pub const CREDIT_NO: Word = word("信用证号", "L/C no.");
pub const CREDIT_AMOUNT: Word = word("金额", "Amount");
pub const CREDIT_ABOUT: Word = word("有“约”字", "Says “about”");
pub const CREDIT_TOLERANCE: Word = word("写明溢短 %", "Tolerance %");
pub const CREDIT_UNITS: Word = word("数量按件计", "In units");
pub const CREDIT_PARTIAL: Word = word("分批装运", "Partials");
pub const CREDIT_LATEST: Word = word("最迟装运", "Latest shipment");
pub const CREDIT_EXPIRY: Word = word("到期日", "Expiry");
pub const CREDIT_DAYS: Word = word("交单天数", "Present in");
pub const HINT_DAYS: Word = word(
    "空着：21 天（UCP 600 第 14 条 c）",
    "empty: 21 (UCP 600 art. 14 c)",
);
pub const EXPIRES_BEFORE: Word = word(
    "到期日早于最迟装运日。",
    "It expires before the latest shipment.",
);
pub const YES: Word = word("是", "yes");
pub const NO: Word = word("否", "no");
pub const ALLOWED: Word = word("允许", "allowed");
pub const BARRED: Word = word("不允许", "not allowed");

// Reports
pub const INSPECTION_PLAN: Word = word("验货计划", "Inspection plan");
pub const SHIPPING_PLAN: Word = word("出货计划与单证清单", "Shipping plan and papers");
pub const PACKING_LIST: Word = word("装箱单", "Packing list");
pub const PLANNED_PART: Word = word("待验", "To inspect");
pub const DONE_PART: Word = word("已验", "Inspected");
pub const RULES_PART: Word = word("出货条件", "Rules");
pub const DAYS_LEFT: Word = word("还剩天数", "Days left");
pub const GROSS_ALL: Word = word("毛重合计", "Gross, all");
pub const NET_ALL: Word = word("净重合计", "Net, all");
pub const ORDERED: Word = word("订单数", "Ordered");
pub const ELSEWHERE: Word = word("其他出货", "In others");
pub const WANTED: Word = word("应装", "Wanted");
pub const BY_SIZE: Word = word("按颜色、尺码", "By colour and size");
pub const KEPT: Word = word("符合", "kept");
pub const BROKEN: Word = word("不符", "broken");

impl Label for Step {
    fn word(self) -> Word {
        match self {
            Self::Planned => word("已计划", "Planned"),
            Self::Booked => word("已订舱", "Booked"),
            Self::Papers => word("单证齐", "Papers ready"),
            Self::Shipped => word("已出货", "Shipped"),
            Self::Cancelled => word("已取消", "Cancelled"),
        }
    }
}

impl Label for Class {
    fn word(self) -> Word {
        match self {
            Self::Critical => super::words::CRITICAL,
            Self::Major => super::words::MAJOR,
            Self::Minor => super::words::MINOR,
        }
    }
}

/// `125 0/1 · 7/8 · 10/11`: sample, Ac and Re of the classes that count, worst first; each with its
/// own sample where they differ.
#[must_use]
pub fn limits(list: &[Limit]) -> String {
    if let [first, rest @ ..] = list
        && rest.iter().all(|l| l.n == first.n)
    {
        let pairs: Vec<String> = list.iter().map(|l| format!("{}/{}", l.ac, l.re)).collect();
        return format!("{} {}", first.n, pairs.join(" · "));
    }
    let one = |l: &Limit| format!("{} {}/{}", l.n, l.ac, l.re);
    list.iter().map(one).collect::<Vec<_>>().join(" · ")
}

/// `致命 0/1 · 严重 7/8`, with the sample where it differs from class to class.
#[must_use]
pub fn limits_named(list: &[Limit], lang: Lang) -> String {
    let one = |l: &Limit| {
        let name = l.class.word().text(lang);
        format!("{name} {} {}/{}", l.n, l.ac, l.re)
    };
    list.iter().map(one).collect::<Vec<_>>().join(" · ")
}

/// From which day a paper's days count.
#[must_use]
pub const fn anchor(anchor: Anchor) -> Word {
    match anchor {
        Anchor::CutOff => word("截关前工作日", "working days before the cut-off"),
        Anchor::Shipped => word("出货后工作日", "working days after shipping"),
        Anchor::Presentation => word(
            "最迟交单日前工作日",
            "working days before the last day to present",
        ),
    }
}

/// When a kind of paper is due, in words.
#[must_use]
pub fn paper_rule(rule: PaperRule, lang: Lang) -> String {
    let said = match rule.anchor {
        Anchor::CutOff => word("截关前 {0} 个工作日", "{0} working days before the cut-off"),
        Anchor::Shipped => word("出货后 {0} 个工作日", "{0} working days after shipping"),
        Anchor::Presentation => word(
            "最迟交单日前 {0} 个工作日（UCP 600 第 14 条 c）",
            "{0} working days before the last day to present (UCP 600 art. 14 c)",
        ),
    };
    said.fill(lang, &[&rule.days.to_string()])
}

/// What the papers follow from, in words.
#[must_use]
pub fn terms(terms: Terms, lang: Lang) -> String {
    let trade = terms.incoterm.map_or_else(
        || {
            word(
                "没有贸易术语：按内销",
                "no trade term: a sale within the country",
            )
            .text(lang)
            .to_owned()
        },
        |i| format!("{} (Incoterms 2020)", i.code()),
    );
    let payment = match terms.payment {
        Payment::Credit => word("信用证", "letter of credit"),
        Payment::Collection => word("托收", "collection"),
        Payment::Open => word("汇付", "transfer"),
    };
    let transport = match terms.transport {
        Transport::Sea => word("海运", "by sea"),
        Transport::Air => word("空运", "by air"),
        Transport::Other => word("陆运或快递", "by land or courier"),
    };
    format!(
        "{trade} · {} · {}",
        payment.text(lang),
        transport.text(lang)
    )
}

/// A paper's name: its kind, or its note where it is none of the known ones.
#[must_use]
pub fn paper_name(kind: PaperKind, note: &str, lang: Lang) -> String {
    if kind == PaperKind::Other && !note.is_empty() {
        note.to_owned()
    } else {
        kind.word().text(lang).to_owned()
    }
}
