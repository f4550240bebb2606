//! Words of the planner: findings, reasons and principles.

use crate::plan::finding::{Fault, Finding, Place};
use crate::plan::input::instant_of;
use crate::plan::outcome::{Hold, Principle, WhyKind};
use crate::text::{Lang, Word, word};

pub const ON_CALENDAR: Word = word("日历 {0}", "Calendar {0}");
pub const ON_CENTRE: Word = word("工作中心 {0}", "Work centre {0}");
pub const ON_LINE: Word = word("生产线 {0}/{1}", "Line {0}/{1}");
pub const ON_JOB: Word = word("生产单 {0}", "Production order {0}");
pub const ON_OPERATION: Word = word("生产单 {0} 工序 {1}", "Production order {0}, operation {1}");
pub const FINDING: Word = word("{0}：{1}", "{0}: {1}");

pub const CODE_TWICE: Word = word(
    "编号重复，只用第一个；请改编号",
    "its code is used twice and only the first counts; change the code",
);
pub const NO_SUCH_CALENDAR: Word = word(
    "没有日历“{0}”，暂按全天开工；请补日历",
    "there is no calendar \"{0}\", so it counts as always open; add the calendar",
);
pub const NEVER_OPEN: Word = word(
    "日历上没有工作时间，不排产；请补班次",
    "its calendar has no working time, so it is left out; add shifts",
);
pub const NO_SPEED: Word = word(
    "人数×效率不大于零，不排产；请填人数和效率",
    "operators × efficiency is not above zero, so it is left out; enter both",
);
pub const NO_USABLE_LINE: Word = word(
    "没有可用的生产线；请补生产线",
    "it has no usable line; add a line",
);
pub const NO_SUCH_CENTRE: Word = word(
    "没有工作中心“{0}”；请改工艺路线",
    "there is no work centre \"{0}\"; correct the routing",
);
pub const NO_SUCH_LINE: Word = word(
    "没有生产线“{0}”，按任意线排；请改指定",
    "there is no line \"{0}\", so any line is used; correct it",
);
pub const NO_WAY: Word = word(
    "没有地方能做这道工序，此单未排；请改工艺路线或补生产线",
    "it can be done nowhere, so its order is not planned; correct the routing or add a line",
);
pub const NO_OPERATIONS: Word = word(
    "没有工序，未排；请填工艺路线",
    "it has no operations, so it is not planned; enter a routing",
);
pub const DATE_OUT_OF_RANGE: Word = word(
    "日期 {0} 离今天太远，未排；请改日期",
    "the date {0} is too far from today, so it is not planned; correct the date",
);
pub const NEGATIVE_WEIGHT: Word = word(
    "权重为负，按零算；请改权重",
    "its weight is negative and counts as zero; correct it",
);
pub const NEGATIVE_AMOUNT: Word = word(
    "数量或时间为负，按零算；请改",
    "a quantity or time is negative and counts as zero; correct it",
);
pub const WORK_TOO_LONG: Word = word(
    "工时超过十年，此单未排；请核对数量和工时",
    "it would take more than ten years, so its order is not planned; check quantity and times",
);
pub const PINS_OVERLAP: Word = word(
    "与 {0} 同时占用一条线，两者都不动；请移开一个",
    "it holds its line at the same time as {0} and both stay; move one",
);
pub const PIN_BEFORE_PREDECESSOR: Word = word(
    "固定的开始早于前道，最早 {0}；请改固定时间",
    "it is pinned before the operation it follows is ready at {0}; move the pin",
);
pub const BEYOND_HORIZON: Word = word(
    "超出日历范围；请延长日历或加产能",
    "it ends after the last day of the calendars; extend them or add capacity",
);

pub const WHY_MATERIAL: Word = word("等物料", "material");
pub const WHY_CAPACITY: Word = word("等产能", "capacity");
pub const WHY_PREDECESSOR: Word = word("等前道", "predecessor");
pub const WHY_CALENDAR: Word = word("不上班", "calendar");
pub const WHY_PIN: Word = word("已固定", "pinned");
pub const WHY_RELEASE: Word = word("等下达", "release");

pub const DELIVERY_DATE: Word = word("交期优先", "delivery date first");
pub const CUSTOMER_CLASS: Word = word("客户等级", "customer class");
pub const CAPACITY_BALANCE: Word = word("产能均衡", "capacity balance");
pub const PROCESS_FLOW: Word = word("工艺流程", "process flow");
pub const DEPARTMENT_FACTORS: Word = word("部门因素", "department factors");
pub const TIME_FACTORS: Word = word("时间因素", "time factors");

pub const HOLD_FREE: Word = word("可移动", "free");
pub const HOLD_PINNED: Word = word("固定", "pinned");
pub const HOLD_RUNNING: Word = word("生产中", "running");
pub const HOLD_FROZEN: Word = word("冻结", "frozen");

pub const RULES: Word = word("排期原则", "Planning rules");
pub const LATE_ORDERS: Word = word("迟单", "Late");
pub const WEIGHTED_DAYS: Word = word("加权迟天", "Wtd days");
pub const CHANGEOVERS: Word = word("换线", "Chg.");
pub const GAIN: Word = word("变早", "Sooner");
pub const LOSE: Word = word("变晚", "Later");
pub const EFFECTS: Word = word(
    "六条排期原则各起多大作用",
    "What each of the six principles does",
);
pub const EFFECTS_SAID: Word = word(
    "同样的生产单按规则重排，只改一条；迟延都按本厂权重计算。按 f 修改原则。",
    "The same orders planned by rules with one of them turned round; lateness by the factory's own weights. f changes the rules.",
);
pub const AS_SET: Word = word("现行原则", "as they are set");
pub const WITHOUT: Word = word("不用：{0}", "without: {0}");
pub const WITH: Word = word("加上：{0}", "with: {0}");
pub const BY_DATE_ONLY: Word = word("只按交期", "by date only");
pub const BY_CLASS_FIRST: Word = word("先客户等级，再交期", "class first, then date");
pub const BY_URGENCY: Word = word("权重、工时、急缓一起", "weight, work and urgency together");

pub const PART_COMPARE: Word = word("对比", "Compare");
pub const PART_BASELINES: Word = word("历次排期", "Baselines");
pub const FIRST_PROMISE: Word = word("首次承诺", "First prom.");
pub const LATEST_PROMISE: Word = word("现承诺", "Promised");
pub const ACCEPTED_END: Word = word("采用完工", "Accepted");
pub const COMPUTED_END: Word = word("现算完工", "Computed");
pub const PLACED: Word = word("新排", "New");
pub const MOVED_COUNT: Word = word("改动", "Moved");
pub const STABILITY: Word = word("稳定", "Stable");
pub const SAME_AS_ACCEPTED: Word = word(
    "与采用的排期一样，也都赶得上承诺。",
    "The same as the accepted plan, and every promise is kept.",
);
pub const NO_BASELINES: Word = word(
    "还没有采用过排期：按 a。",
    "No plan has been accepted yet: press a.",
);
pub const AGAINST: Word = word(
    "{0} {1} 采用的排期，与现算的比",
    "The plan accepted {0} by {1}, against the computed one",
);
pub const NOTHING_OF_IT_LEFT: Word = word("这份排期里的都已做完。", "All of that plan is done.");
pub const ACCEPT_TITLE: Word = word("采用算出的排期", "Accept the computed plan");
pub const BREAKS: Word = word(
    "{0} 张生产单超出承诺交期，采用时要写原因。",
    "{0} production orders miss their promise; a reason will be asked for.",
);
pub const ON: Word = word("用", "on");
pub const OFF: Word = word("不用", "off");
pub const WEIGHT_A: Word = word("A 类客户权重", "Weight of class A");
pub const WEIGHT_B: Word = word("B 类客户权重", "Weight of class B");
pub const WEIGHT_C: Word = word("C 类客户权重", "Weight of class C");
pub const MOVE_MINUTES: Word = word("改动代价(分钟)", "Price of a move, minutes");
pub const HINT_MOVE: Word = word(
    "每道工序改换开工日，相当于权重 1 的订单迟这么多分钟；越大排期越稳",
    "each operation that changes its start day costs as much as an order of weight 1 being so many minutes late; more is calmer",
);
pub const EARLY_DAYS: Word = word("最多提前天数", "Days early at most");
pub const HINT_EARLY: Word = word(
    "最多比必须开工的日子早几天；空白：越早越好",
    "how many days before they must orders may start; empty: as soon as possible",
);
pub const FROZEN_DAYS: Word = word("近期不动天数", "Frozen days");
pub const HINT_FROZEN: Word = word(
    "今后几天内已采用的工序不再移动",
    "operations of the accepted plan within so many days stay where they are",
);
pub const OVERTIME_HOUR: Word = word("加班每人每小时", "Overtime, a person's hour");
pub const HINT_OVERTIME: Word = word(
    "本厂货币；用来算加班要花多少钱，空白：不知道",
    "in the factory's money; prices the overtime lever; empty: not known",
);
pub const FORM_ACCEPT: Word = word(
    "采用排期：{0} 张订单超出承诺交期，请写原因",
    "Accept the plan: {0} orders miss their promise; say why",
);
pub const FORM_RUSH: Word = word(
    "接下插单 {0}（{1} 张生产单因此迟）",
    "Accept {0} as a rush ({1} production orders become late)",
);

/// Names a plan with one rule turned round.
#[must_use]
pub fn effect_name(e: &crate::app::outlook::PrincipleEffect, lang: Lang) -> String {
    use crate::plan::sequence::Ranking;
    match (e.principle, e.ranking) {
        (Some(p), _) => {
            let name = rule(p).text(lang);
            if e.on { WITH } else { WITHOUT }.fill(lang, &[name])
        }
        (None, Some(Ranking::DateOnly)) => BY_DATE_ONLY.text(lang).to_owned(),
        (None, Some(Ranking::ClassFirst)) => BY_CLASS_FIRST.text(lang).to_owned(),
        (None, Some(Ranking::Balanced)) => BY_URGENCY.text(lang).to_owned(),
        (None, None) => AS_SET.text(lang).to_owned(),
    }
}

/// The word for a principle of the settings.
#[must_use]
pub const fn rule(principle: crate::domain::rule::planning::Principle) -> Word {
    use crate::domain::rule::planning::Principle as P;
    match principle {
        P::DeliveryDate => DELIVERY_DATE,
        P::CustomerClass => CUSTOMER_CLASS,
        P::CapacityBalance => CAPACITY_BALANCE,
        P::ProcessFlow => PROCESS_FLOW,
        P::DepartmentFactors => DEPARTMENT_FACTORS,
        P::TimeFactors => TIME_FACTORS,
    }
}

/// Says a finding: the object, what is wrong, what to do.
#[must_use]
pub fn finding(finding: &Finding, lang: Lang) -> String {
    let on = match &finding.on {
        Place::Calendar(code) => ON_CALENDAR.fill(lang, &[code]),
        Place::Centre(code) => ON_CENTRE.fill(lang, &[code]),
        Place::Line { centre, line } => ON_LINE.fill(lang, &[centre, line]),
        Place::Job(id) => ON_JOB.fill(lang, &[id]),
        Place::Operation { job, seq } => ON_OPERATION.fill(lang, &[job, &seq.to_string()]),
    };
    let time = |minute: i64| instant_of(minute).format("%Y-%m-%d %H:%M").to_string();
    let what = match &finding.fault {
        Fault::CodeTwice => CODE_TWICE.fill(lang, &[]),
        Fault::NoSuchCalendar(code) => NO_SUCH_CALENDAR.fill(lang, &[code]),
        Fault::NeverOpen => NEVER_OPEN.fill(lang, &[]),
        Fault::NoSpeed => NO_SPEED.fill(lang, &[]),
        Fault::NoUsableLine => NO_USABLE_LINE.fill(lang, &[]),
        Fault::NoSuchCentre(code) => NO_SUCH_CENTRE.fill(lang, &[code]),
        Fault::NoSuchLine(code) => NO_SUCH_LINE.fill(lang, &[code]),
        Fault::NoWay => NO_WAY.fill(lang, &[]),
        Fault::NoOperations => NO_OPERATIONS.fill(lang, &[]),
        Fault::DateOutOfRange(at) => DATE_OUT_OF_RANGE.fill(lang, &[&time(*at)]),
        Fault::NegativeWeight => NEGATIVE_WEIGHT.fill(lang, &[]),
        Fault::NegativeAmount => NEGATIVE_AMOUNT.fill(lang, &[]),
        Fault::WorkTooLong => WORK_TOO_LONG.fill(lang, &[]),
        Fault::PinsOverlap { with } => PINS_OVERLAP.fill(lang, &[with]),
        Fault::PinBeforePredecessor { ready } => {
            PIN_BEFORE_PREDECESSOR.fill(lang, &[&time(*ready)])
        }
        Fault::BeyondHorizon => BEYOND_HORIZON.fill(lang, &[]),
    };
    FINDING.fill(lang, &[&on, &what])
}

/// The word for a kind of reason.
#[must_use]
pub const fn why(kind: WhyKind) -> Word {
    match kind {
        WhyKind::Material => WHY_MATERIAL,
        WhyKind::Capacity => WHY_CAPACITY,
        WhyKind::Predecessor => WHY_PREDECESSOR,
        WhyKind::Calendar => WHY_CALENDAR,
        WhyKind::Pin => WHY_PIN,
        WhyKind::Release => WHY_RELEASE,
    }
}

/// The word for a principle.
#[must_use]
pub const fn principle(principle: Principle) -> Word {
    match principle {
        Principle::DeliveryDate => DELIVERY_DATE,
        Principle::CustomerClass => CUSTOMER_CLASS,
        Principle::CapacityBalance => CAPACITY_BALANCE,
        Principle::ProcessFlow => PROCESS_FLOW,
        Principle::DepartmentFactors => DEPARTMENT_FACTORS,
        Principle::TimeFactors => TIME_FACTORS,
    }
}

/// The word for what keeps an operation in its place.
#[must_use]
pub const fn hold(hold: Hold) -> Word {
    match hold {
        Hold::Free => HOLD_FREE,
        Hold::Pinned => HOLD_PINNED,
        Hold::Running => HOLD_RUNNING,
        Hold::Frozen => HOLD_FROZEN,
    }
}

/// A lever in words.
#[must_use]
pub fn lever(kind: &crate::plan::promise::LeverKind, lang: Lang) -> String {
    use crate::plan::promise::LeverKind as L;
    let say = |sentence: Word, args: &[&str]| sentence.fill(lang, args);
    match kind {
        L::Overtime {
            centre,
            minutes_a_day,
            ..
        } => say(
            word(
                "{0} 每天加班 {1} 分钟",
                "{1} minutes of overtime a day at {0}",
            ),
            &[centre, &minutes_a_day.to_string()],
        ),
        L::Split { lots } => say(
            word("分 {0} 批做", "make it in {0} lots"),
            &[&lots.to_string()],
        ),
        L::AnotherLine { centre } => say(
            word("{0} 加一条线或外发", "another line, or outside, for {0}"),
            &[centre],
        ),
        L::Unpin => say(word("不锁定生产线", "leave the pinned line"), &[]),
        L::EarlierMaterial { item, wanted } => say(
            word("物料 {0} 提前到 {1}", "material {0} by {1}"),
            &[item, &instant_of(*wanted).date().to_string()],
        ),
        L::EarlierRelease { reference } => {
            say(word("{0} 马上确认", "{0} confirmed at once"), &[reference])
        }
        L::PartDelivery { pieces } => say(word("先交 {0}", "{0} first"), &[&pieces.text()]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_names_the_object_and_what_to_do() {
        let f = Finding {
            on: Place::Operation {
                job: "MO-1".into(),
                seq: 20,
            },
            fault: Fault::NoSuchCentre("SEW".into()),
        };
        assert_eq!(
            finding(&f, Lang::En),
            "Production order MO-1, operation 20: there is no work centre \"SEW\"; correct the routing"
        );
        assert_eq!(
            finding(&f, Lang::Zh),
            "生产单 MO-1 工序 20：没有工作中心“SEW”；请改工艺路线"
        );
    }
}
