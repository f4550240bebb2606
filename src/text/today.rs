//! Words of Today and of the silence detector.

use super::chasing;
use super::label::Label;
use super::reason;
use super::word::{Lang, Word, word};
use crate::domain::codes::{CustomerClass, DocumentKind};
use crate::domain::rule::attention::{Attention, Kind, Reason};
use crate::domain::rule::news::{Learnt, Partner};
use crate::domain::rule::today::{Line, MORNING};
use crate::domain::world::World;
use chrono::NaiveDate;

pub const KIND: Word = word("类别", "Kind");
pub const WHY_HERE: Word = word("为什么在这", "Why here");
pub const LOSS: Word = word("预计损失", "Loss");
pub const PART_REASONS: Word = word("缘由", "Reasons");
pub const PART_SNOOZED: Word = word("已推迟", "Snoozed");
pub const PART_HELD: Word = word("暂不催", "Held back");
pub const PART_DONE: Word = word("今天做的", "Done today");
pub const PART_SILENCE: Word = word("消息", "News");
pub const EMPTY_REASONS: Word = word("没有事项。", "Nothing.");
pub const EMPTY_SNOOZED: Word = word("没有推迟的事。", "Nothing is put off.");
pub const EMPTY_HELD: Word = word("没有暂不催的事。", "Nothing is held back.");
pub const EMPTY_DONE: Word = word("今天还没有记录。", "Nothing was done yet today.");
pub const EMPTY_SILENCE: Word = word("没有在等消息的事。", "No news is waited for.");
pub const MORNING_ONLY: Word = word(
    "最要紧的 9 件，另 {1} 件（f 全看）",
    "the nine worst; {1} more (f shows them)",
);
pub const AFTER_NINE: Word = word(
    "共 {0} 件，前 9 件之后还有 {1} 件",
    "{0} in all, {1} after the first nine",
);
pub const IN_ALL: Word = word("共 {0} 件", "{0} in all");
pub const LIST: Word = word("今日", "Today");
pub const HELD_BECAUSE: Word = word("暂不催因为", "Held because");
pub const PUT_OFF_REASON: Word = word("推迟理由", "Why put off");
pub const THING: Word = word("对象", "Thing");
pub const CHASES: Word = word("跟催", "Chases");
pub const ANSWERS: Word = word("答复", "Answers");
pub const FIGURES: Word = word("报数", "Figures");
pub const REPORTS: Word = word("报表", "Reports");
pub const OTHER: Word = word("其他", "Other");
pub const LAST: Word = word("最后一件", "Last");
pub const ALL_THINGS: Word = word("合计", "All");
pub const PARTNER: Word = word("对方", "Partner");
pub const LAST_NEWS: Word = word("最后消息", "Last news");
pub const SILENT: Word = word("几天没消息", "Silent");
pub const USUAL: Word = word("平常", "Usual");
pub const LEARNT: Word = word("平常是怎么来的", "Learnt from");
pub const NOT_SNOOZED: Word = word(
    "只有“已推迟”里的事可以叫回；Tab 到那里。",
    "Only what is under Snoozed can be brought back; go there with Tab.",
);
pub const NO_ONE_STEP: Word = word("没有一步能了结：{0}。", "No single step settles it: {0}.");

/// The kind of a line.
#[must_use]
pub const fn kind(kind: Kind) -> Word {
    match kind {
        Kind::Broken => word("误期", "broken"),
        Kind::Promised => word("承诺", "promised"),
        Kind::Due => word("到期", "due"),
        Kind::Waiting => word("等待", "waiting"),
    }
}

/// Where a usual interval comes from.
#[must_use]
pub const fn learnt(learnt: Learnt) -> Word {
    match learnt {
        Learnt::Own => word("它自己", "itself"),
        Learnt::Partner => word("这一方", "this partner"),
        Learnt::Kind => word("同类各方", "all of its kind"),
        Learnt::Nothing => word("默认值，记录太少", "default: too few news"),
    }
}

/// Who is heard of.
#[must_use]
pub fn partner(world: &World, partner: Partner, lang: Lang) -> String {
    let known = match partner {
        Partner::Department(d) => Some(d.word().text(lang).to_owned()),
        Partner::Supplier(id) => world.suppliers.get(id).map(|s| s.name.clone()),
        Partner::Customer(id) => world.customers.get(id).map(|c| c.name.clone()),
    };
    known.unwrap_or_default()
}

/// What a line is about: the leading reason, small points of a sort as one, how many more there are.
#[must_use]
pub fn what(line: &Line, lang: Lang) -> String {
    let missing = line
        .causes()
        .filter(|a| matches!(a.reason, Reason::DocumentMissing(_)))
        .count();
    let same = |a: &&Attention| a.reason.code() == line.lead.reason.code();
    let alike = line.causes().filter(same).count();
    let mut said = match line.lead.reason {
        Reason::DocumentMissing(kind) if missing > 1 => {
            let first: &DocumentKind = &kind;
            word("缺 {0} 份单据：{1} 等", "{0} documents missing: {1}, ..")
                .fill(lang, &[&missing.to_string(), first.word().text(lang)])
        }
        _ if alike > 1 => format!("{} ×{alike}", reason::sentence(&line.lead, lang)),
        _ => reason::sentence(&line.lead, lang),
    };
    let more = line.also.len() + 1 - alike;
    if more > 0 {
        said.push_str(&format!(" +{more}"));
    }
    said
}

/// Why a line stands where it does: `12 days late, class A, 68% chance of missing 12-20`.
#[must_use]
pub fn why(world: &World, line: &Line, today: NaiveDate, lang: Lang) -> String {
    let mut parts = Vec::new();
    let days = line.days();
    if days > 0 {
        parts.push(word("迟 {0} 天", "{0} d late").fill(lang, &[&days.to_string()]));
    } else if line.lead.kind == Kind::Due && line.lead.days == 0 {
        parts.push(word("今天", "today").text(lang).to_owned());
    }
    let order = world.orders.find(line.lead.order_id);
    let customer = order.and_then(|o| world.customers.find(o.customer_id));
    if let Some(customer) = customer {
        parts.push(class(customer.class).text(lang).to_owned());
    }
    let shown = matches!(line.lead.reason, Reason::AtRisk(_));
    if let Some(risk) = line.risk.filter(|r| r.percent > 0 && !shown) {
        let day = chasing::near(risk.due, today);
        let percent = risk.percent.to_string();
        parts.push(
            word("{0}% 可能误 {1}", "{0}% chance of missing {1}").fill(lang, &[&percent, &day]),
        );
    }
    let shown = matches!(line.lead.reason, Reason::NoNews(_));
    if let Some(s) = line.silence().filter(|_| !shown) {
        let (days, usual) = (s.days.to_string(), s.usual.to_string());
        parts.push(
            word(
                "{0} 天没消息，平常 {1} 天",
                "no news for {0} days, usual {1}",
            )
            .fill(lang, &[&days, &usual]),
        );
    }
    parts.join(word("，", ", ").text(lang))
}

const fn class(class: CustomerClass) -> Word {
    match class {
        CustomerClass::A => word("A 类客户", "class A"),
        CustomerClass::B => word("B 类客户", "class B"),
        CustomerClass::C => word("C 类客户", "class C"),
    }
}

/// How many lines there are, and how many of them do not fit a morning.
#[must_use]
pub fn how_many(all: usize, morning: bool, lang: Lang) -> String {
    let more = all.saturating_sub(MORNING);
    let said = match (more, morning) {
        (0, _) => IN_ALL,
        (_, true) => MORNING_ONLY,
        (_, false) => AFTER_NINE,
    };
    said.fill(lang, &[&all.to_string(), &more.to_string()])
}
