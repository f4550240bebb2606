//! Words of exceptions: effects, ways out, actions, evidence, escalation, impact, messages.

mod messages;

use super::format;
use super::label::Label;
use super::show;
use super::word::{Lang, Word, word};
use crate::app::impact::Impact;
use crate::domain::exception::{Exception, ExceptionEffect};
use crate::domain::exception_codes::{ActionKind, CauseFactor, EffectKind, OptionKind};
use crate::domain::rule::escalation::{Due, Need, Rules};
use crate::domain::world::World;

pub use messages::{customer_message, escalation_message, late_goods, late_made};

pub const NEEDS_SUPERIOR: Word = word(
    "这个方案超出自己的权限，要由上级决定；请写上级的名字。",
    "This is beyond your own authority; name the superior who decides.",
);
pub const STILL_WAITS: Word = word(
    "还在等决定，不能关闭；先按“决定”录入。",
    "A decision is outstanding; record it before closing.",
);
pub const ACTIONS_OPEN: Word = word(
    "还有纠正措施没完成，不能关闭。",
    "A corrective action is not done yet; it cannot be closed.",
);
pub const MERGE_ITSELF: Word = word("不能并入自己。", "It cannot be merged into itself.");
pub const NOTHING_TO_MERGE: Word = word(
    "没有别的未关闭异常可以并入。",
    "There is no other open exception to merge it into.",
);
pub const LINE_ELSEWHERE: Word = word(
    "这条线不做这道工序。",
    "This line does not do that operation.",
);
pub const ENDS_BEFORE: Word = word("结束要晚于开始。", "It has to end after it starts.");
pub const TOO_LONG: Word = word(
    "最多一年，请分几次登记。",
    "A year at most; enter it in parts.",
);
pub const MORE_THAN_OPEN: Word = word("比未到的还多。", "That is more than is still open.");
pub const MORE_THAN_DONE: Word = word(
    "比这道工序已报的合格数还多。",
    "That is more than was reported good at this operation.",
);
pub const NOT_A_MOMENT: Word = word(
    "写日期和时间，如 11-25 14:00、+1 8:00、14:00。",
    "Give day and time, such as 11-25 14:00, +1 8:00 or 14:00.",
);
pub const NO_SUCH_PURCHASE: Word = word(
    "没有这张采购行；写采购单号/行号，如 PO-0210/1。",
    "There is no such purchase line; write number and line, such as PO-0210/1.",
);
pub const NO_SUCH_OPERATION: Word = word(
    "没有这道工序；写生产单号/工序号，如 MO-0102/20。",
    "There is no such operation; write production order and sequence, such as MO-0102/20.",
);
pub const NO_SUCH_ORDER: Word = word(
    "没有这张订单或生产单。",
    "There is no such order or production order.",
);
pub const SELECT_PIECE: Word = word(
    "先在方案、措施、事实或证据里选一行。",
    "Select a row of options, actions, facts or evidence first.",
);
pub const NO_ORDER: Word = word(
    "这个异常没有关联订单。",
    "No order hangs on this exception.",
);
pub const ASK_DROP: Word = word("删除“{0}”？", "Drop “{0}”?");

pub const PART_IMPACT: Word = word("影响", "Impact");
pub const PART_OPTIONS: Word = word("方案", "Options");
pub const PART_ACTIONS: Word = word("措施", "Actions");
pub const PART_EFFECTS: Word = word("事实", "Facts");
pub const PART_EVIDENCE: Word = word("证据", "Evidence");
pub const EMPTY_IMPACT: Word = word(
    "没有计算出影响：按 i 登记停机、迟料、缺数、报废、暂停等事实。",
    "No order moves: press i to enter an outage, a late purchase, lost pieces or a hold.",
);
pub const EMPTY_OPTIONS: Word = word(
    "还没有方案：按 o 加一个。",
    "No way out yet: press o to add one.",
);
pub const EMPTY_ACTIONS: Word = word(
    "还没有措施：按 a 加一条。",
    "No action yet: press a to add one.",
);
pub const EMPTY_EFFECTS: Word = word(
    "还没有登记事实：按 i 登记，排期就会算进去。",
    "Nothing is entered: press i, and the plan counts with it.",
);
pub const EMPTY_EVIDENCE: Word = word(
    "还没有证据：按 n 归档文件或记事。",
    "No evidence yet: press n to file a paper or a note.",
);

pub const EFFECT: Word = word("对计划的影响", "Effect on the plan");
pub const NO_EFFECT: Word = word("无", "none");
pub const WHERE: Word = word("哪里停", "Where");
pub const FROM: Word = word("从", "From");
pub const UNTIL: Word = word("到", "Until");
pub const HINT_MOMENT: Word = word("如 11-25 14:00、+1", "e.g. 11-25 14:00, +1");
pub const PERCENT: Word = word("缺员 %", "Missing %");
pub const PURCHASE_LINE: Word = word("采购行", "Purchase line");
pub const OPERATION: Word = word("工序", "Operation");
pub const HINT_OPERATION: Word = word("如 MO-0102/20", "e.g. MO-0102/20");
pub const HELD: Word = word("暂停哪张单", "What is held");
pub const NEW_DAY: Word = word("到哪天", "Until the day");
pub const LOST_QTY: Word = word("少/坏数量", "Lost or short");
pub const HAPPENED_AT: Word = word("发生时间", "When it happened");
pub const WHO: Word = word("谁报告", "Who reports");
pub const PLACE: Word = word("地点", "Where");
pub const FIRST_GUESS: Word = word("初步原因", "Why (first guess)");
pub const HOW: Word = word("经过", "How");
pub const UNKNOWN_CAUSE: Word = word("未定", "not known yet");
pub const FACTOR: Word = word("人机料法环测", "Factor");
pub const DEFAULT_ACTION: Word = word("逾期没人定则", "If nobody decides");
pub const AUTHORITY: Word = word("依据/授权", "Authority");
pub const HINT_AUTHORITY: Word = word("谁、怎么说的", "whose word, and how it was said");
pub const DIFFICULTY: Word = word("难点", "Difficulty");
pub const VERIFICATION: Word = word("验证", "Verification");
pub const TAGS: Word = word("标签", "Tags");
pub const HINT_TAGS: Word = word("用空格隔开", "parted by blanks");
pub const OPTION: Word = word("方案", "Way out");
pub const BY_WORDS: Word = word("按下面写的", "as written below");
pub const CARRY_OUT: Word = word("同时落实", "Carry it out");
pub const YES: Word = word("是", "yes");
pub const NO: Word = word("否", "no");
pub const KIND: Word = word("类别", "Kind");
pub const TEXT: Word = word("内容", "What");
pub const DONE_BY: Word = word("可交日", "Date");
pub const BY_PLAN: Word = word("按计划", "By the plan");
pub const LATE_SUM: Word = word("总迟天", "Late days");
pub const COST: Word = word("费用", "Cost");
pub const RISK: Word = word("风险", "Risk");
pub const CHOSEN: Word = word("选用", "Chosen");
pub const SUPERIOR: Word = word("须上级", "Superior");
pub const TO_LINE: Word = word("换到哪条线", "To the line");
pub const MADE: Word = word("生产单", "Production order");
pub const FIRST_PART: Word = word("先交数量", "First part");
pub const ARRIVES: Word = word("加急到料日", "Arrives");
pub const CONCESSION: Word = word("特采", "Concession");
pub const LOWER_PRICE: Word = word("降价", "Lower price");
pub const DUE: Word = word("期限", "Due");
pub const DONE_ON: Word = word("完成日", "Done on");
pub const VERIFIED_ON: Word = word("验证日", "Verified on");
pub const RESULT: Word = word("结果", "Result");
pub const DATE: Word = word("日期", "Date");
pub const FILE: Word = word("文件", "File");
pub const BEFORE: Word = word("没有它", "Without");
pub const AFTER: Word = word("现在", "As it is");
pub const DAYS: Word = word("天", "Days");
pub const LATE_BEFORE: Word = word("原迟", "Was late");
pub const LATE_AFTER: Word = word("现迟", "Late");
pub const SETS_OR_SUM: Word = word("金额/套数", "Amount / sets");
pub const BY_HAND: Word = word("人工关联", "entered by hand");
pub const SHORT: Word = word("缺 {0}", "short of {0}");
pub const COMPUTING: Word = word("计算中…", "computing…");
pub const IMPACT: Word = word("影响", "Impact");
pub const IMPACT_DAYS: Word = word("影响天数", "Days it costs");
pub const LEVEL: Word = word("升级", "Level");
pub const ESCALATION: Word = word("升级", "Escalation");
pub const TOLD: Word = word("告知客户", "Customer told");
pub const OURS: Word = word("我方", "ours");
pub const OUTSIDE: Word = word("外部", "external");
pub const ROOT_CAUSE: Word = word("原因归属", "Lies with");
pub const MERGED_INTO: Word = word("并入", "Merged into");
pub const WITH_IT: Word = word("并入的异常", "Same thing");
pub const TELL_WORDS: Word = word("告知内容", "What was said");
pub const ON: Word = word("告知日", "On");
pub const INTO: Word = word("并入哪个", "Into");
pub const TO_WHOM: Word = word("上报给", "To whom");
pub const FORM_OPTION: Word = word("异常 {0} 的方案", "Way out of {0}");
pub const FORM_EFFECT: Word = word(
    "异常 {0} 对计划的影响",
    "What exception {0} does to the plan",
);
pub const FORM_ACTION: Word = word("异常 {0} 的措施", "Action on {0}");
pub const FORM_EVIDENCE: Word = word("异常 {0} 的证据", "Evidence on {0}");
pub const FORM_ESCALATE: Word = word("异常 {0} 上报", "Escalate {0}");
pub const FORM_TELL: Word = word("异常 {0} 告知客户", "Tell the customer about {0}");
pub const FORM_MERGE: Word = word("异常 {0} 并入同一件事", "Merge {0} into another");
pub const FORM_RULES: Word = word("异常升级规则与权限", "Escalation and authority");
pub const CRITICAL_AFTER: Word = word("严重：超过（工作分钟）", "Critical: after minutes");
pub const CRITICAL_LEVEL: Word = word("严重：升到第几级", "Critical: to level");
pub const MAJOR_AFTER: Word = word("重大：超过（工作分钟）", "Major: after minutes");
pub const MAJOR_LEVEL: Word = word("重大：升到第几级", "Major: to level");
pub const MINOR_AFTER: Word = word("一般：超过（工作分钟）", "Minor: after minutes");
pub const MINOR_LEVEL: Word = word("一般：升到第几级", "Minor: to level");
pub const LEVEL_1: Word = word("第 1 级是谁", "Level 1 is");
pub const LEVEL_2: Word = word("第 2 级是谁", "Level 2 is");
pub const LEVEL_3: Word = word("第 3 级是谁", "Level 3 is");
pub const COST_LIMIT: Word = word("自己能定的费用", "Cost I may decide");
pub const HINT_LIMIT: Word = word("超过要上级定", "more needs a superior");

impl Label for EffectKind {
    fn word(self) -> Word {
        match self {
            Self::Outage => word("停机/停线", "line stands still"),
            Self::Absence => word("缺员", "operators missing"),
            Self::Delay => word("来料推迟", "purchase comes later"),
            Self::Shortage => word("来料短少", "purchase brings less"),
            Self::Loss => word("报废/丢失，要重做", "pieces lost, to be made again"),
            Self::Rework => word("返工", "rework"),
            Self::Hold => word("暂停到某天", "on hold until a day"),
        }
    }
}

impl Label for CauseFactor {
    fn word(self) -> Word {
        match self {
            Self::People => word("人", "People"),
            Self::Machine => word("机", "Machine"),
            Self::Material => word("料", "Material"),
            Self::Method => word("法", "Method"),
            Self::Environment => word("环", "Environment"),
            Self::Measurement => word("测", "Measurement"),
        }
    }
}

impl Label for OptionKind {
    fn word(self) -> Word {
        match self {
            Self::Words => word("其他（写明）", "in words"),
            Self::Overtime => word("加班", "overtime"),
            Self::OtherLine => word("换线", "another line"),
            Self::Parts => word("分批出货", "part delivery"),
            Self::Expedite => word("催料加急", "expedite a purchase"),
        }
    }
}

impl Label for ActionKind {
    fn word(self) -> Word {
        match self {
            Self::Corrective => word("纠正", "Corrective"),
            Self::Preventive => word("预防", "Preventive"),
        }
    }
}

/// Why a way out needs a superior, in words.
#[must_use]
pub fn need(need: Need, lang: Lang) -> String {
    match need {
        Need::LaterPromise(day) => word("晚于承诺 {0}", "later than promised {0}")
            .fill(lang, &[&day.format("%m-%d").to_string()]),
        Need::LowerPrice => LOWER_PRICE.text(lang).to_owned(),
        Need::Concession => CONCESSION.text(lang).to_owned(),
        Need::Cost(limit) => {
            word("费用超过 {0}", "costs more than {0}").fill(lang, &[&format::qty(limit)])
        }
    }
}

/// All needs as a list.
#[must_use]
pub fn needs(list: &[Need], lang: Lang) -> String {
    let words: Vec<String> = list.iter().map(|n| need(*n, lang)).collect();
    words.join(word("、", ", ").text(lang))
}

/// The level and who stands there: `L2 王经理`.
#[must_use]
pub fn level(level: i64, rules: &Rules) -> String {
    format!("L{level} {}", rules.name(level))
        .trim_end()
        .to_owned()
}

/// Minutes as hours and minutes.
#[must_use]
pub fn minutes(minutes: i64, lang: Lang) -> String {
    let (h, m) = (minutes / 60, minutes % 60);
    word("{0} 小时 {1} 分", "{0} h {1} min").fill(lang, &[&h.to_string(), &m.to_string()])
}

/// Where an exception stands with escalation.
#[must_use]
pub fn escalation(due: Due, e: &Exception, rules: &Rules, lang: Lang) -> String {
    let open = minutes(due.open_minutes, lang);
    if due.waits {
        return word(
            "应上报 {0}（已 {1} 工时）",
            "due at {0} (open {1} of working time)",
        )
        .fill(lang, &[&level(due.level, rules), &open]);
    }
    if e.escalated_level > 0 {
        let to = format!("L{} {}", e.escalated_level, e.escalated_to);
        return word("已上报 {0}", "with {0}").fill(lang, &[&to]);
    }
    let rule = rules.rule(e.severity);
    if rule.level == 0 {
        return word("不升级", "stays").text(lang).to_owned();
    }
    let left = minutes((rule.after_minutes - due.open_minutes).max(0), lang);
    word("{0} 后上报 {1}", "in {0} to {1}").fill(lang, &[&left, &level(rule.level, rules)])
}

/// What an exception costs, in one line.
#[must_use]
pub fn impact(found: &Impact, lang: Lang) -> String {
    if found.orders.is_empty() && found.kits.is_empty() {
        return word("没有订单受影响", "no order moves")
            .text(lang)
            .to_owned();
    }
    let mut parts = vec![
        word("{0} 张单，最多 {1} 天", "{0} orders, up to {1} days").fill(
            lang,
            &[
                &found.orders.len().to_string(),
                &format!("{:+}", found.worst_days()),
            ],
        ),
    ];
    if found.made_late() > 0 {
        parts.push(
            word("{0} 张更迟", "{0} later than due").fill(lang, &[&found.made_late().to_string()]),
        );
    }
    if !found.kits.is_empty() {
        parts.push(
            word("{0} 张缺料", "{0} kits short").fill(lang, &[&found.kits.len().to_string()]),
        );
    }
    for (currency, sum) in &found.money {
        parts.push(show::money(*sum, currency));
    }
    parts.join(" · ")
}

/// An effect in words.
#[must_use]
pub fn effect(world: &World, e: &ExceptionEffect) -> String {
    let place = || {
        let centre = world.work_centres.find(e.work_centre_id);
        let line = world.lines.find(e.line_id).map(|l| l.code.as_str());
        let centre = centre.map_or("", |c| c.name.as_str());
        format!("{centre} {}", line.unwrap_or_default())
            .trim_end()
            .to_owned()
    };
    let at = |m: Option<crate::domain::moment::Moment>| {
        m.map(|m| m.0.format("%m-%d %H:%M").to_string())
            .unwrap_or_default()
    };
    let made = || {
        let made = world.production_orders.find(e.production_order_id);
        made.map_or(String::new(), |p| p.no.clone())
    };
    let purchase = || {
        let line = world.purchases.find(e.purchase_id);
        line.map_or(String::new(), super::chasing::line_name)
    };
    let day = e.date.map(|d| d.to_string()).unwrap_or_default();
    let qty = format::qty(e.qty);
    match e.kind {
        EffectKind::Outage => format!("{} {} → {}", place(), at(e.starts), at(e.ends)),
        EffectKind::Absence => {
            let share = format::percent(e.share);
            format!("{} −{share} {} → {}", place(), at(e.starts), at(e.ends))
        }
        EffectKind::Delay => format!("{} → {day}", purchase()),
        EffectKind::Shortage => format!("{} −{qty}", purchase()),
        EffectKind::Loss | EffectKind::Rework => format!("{}/{} {qty}", made(), e.seq),
        EffectKind::Hold => {
            let order = world.orders.find(e.order_id).map(|o| o.no.clone());
            format!("{} → {day}", order.unwrap_or_else(made))
        }
    }
}
