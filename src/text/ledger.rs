//! Words of the late-days ledger: who is charged, why, by which row.

use chrono::{Datelike, NaiveDate};

use super::label::Label;
use super::word::{Lang, Word, word};
use super::{format, words};
use crate::domain::codes::CauseClass;
use crate::domain::rule::ledger::pareto::{By, Month};
use crate::domain::rule::ledger::{Charge, Evidence, Whose, Why};
use crate::domain::world::World;

pub const LEDGER: Word = word("延误天数账", "Late-days ledger");
pub const PART: Word = word("延误账", "Ledger");
pub const CHARGED_TO: Word = word("归于", "Charged to");
pub const WHY: Word = word("为什么", "Why");
pub const EVIDENCE: Word = word("凭据", "Evidence");
pub const DAYS: Word = word("天", "Days");
pub const DAY_RANGE: Word = word("哪几天", "Which days");
pub const EXCEPTIONS: Word = word("异常数", "Exc.");
pub const ORDERS: Word = word("订单", "Orders");
pub const SHARE: Word = word("占比", "Share");
pub const CUMULATIVE: Word = word("累计", "Cum.");
pub const ABSORBED: Word = word("余量吸收", "Absorbed");
pub const PARETO: Word = word("柏拉图", "Pareto");
pub const BAR: Word = word("多少", "How much");
pub const MONTH: Word = word("月份", "Month");
pub const MOST: Word = word("主要归于", "Mostly");
pub const AGREED: Word = word("最初约定", "First agreed");
pub const ENDED: Word = word("出齐/预计", "Shipped / expected");
pub const LATE_DAYS: Word = word("迟交天数", "Days late");
pub const UNEXPLAINED: Word = word("未说明", "not explained");
pub const NOT_KNOWN: Word = word("没有记录说明", "no record says why");
pub const BY_CAUSE: Word = word("按原因", "by cause");
pub const BY_SUPPLIER: Word = word("按供应商", "by supplier");
pub const BY_DEPARTMENT: Word = word("按部门", "by department");
pub const BY_MONTH: Word = word("按月份", "by month");
pub const EMPTY_PART: Word = word(
    "这张订单没有迟：没有要归的天数。",
    "This order is not late: there are no days to charge.",
);
pub const EMPTY_PAGE: Word = word(
    "这段时间没有迟交的天数，也没有异常。",
    "No late days and no exceptions in this period.",
);
pub const EMPTY_BY_MONTH: Word = word("这段时间没有迟交的天数。", "No late days in this period.");
pub const EMPTY_ORDERS: Word = word(
    "只有异常，没有归到天数。",
    "Exceptions only; no days are charged here.",
);
pub const HEAD: Word = word(
    "{0} · {1}：{2} 张订单共迟 {3} 天",
    "{0} · {1}: {2} orders, {3} late days",
);
pub const HEAD_ORDERS: Word = word("{0} · {1}：{2} 天", "{0} · {1}: {2} days");
pub const HEAD_ORDER: Word = word(
    "{0}：约定 {1}，{2} {3}，迟 {4} 天；计划余量吸收了 {5} 天",
    "{0}: agreed {1}, {2} {3}, {4} days late; the plan's room absorbed {5}",
);
pub const SHIPPED: Word = word("出齐", "shipped");
pub const EXPECTED: Word = word("预计", "expected");
pub const TREND: Word = word("每月：{0} {1} {2}", "by month: {0} {1} {2}");
pub const KEYS: Word = word(
    "← → 换图  p 期间  Enter 看明细",
    "← → other chart  p period  Enter details",
);
pub const KEYS_ORDERS: Word = word("Enter 看这张订单的天数", "Enter the days of this order");
pub const KEYS_DAYS: Word = word("Enter 到凭据", "Enter go to the evidence");
pub const OPEN: Word = word("打开", "open");
pub const NO_EVIDENCE: Word = word("这几天没有凭据可看。", "Nothing is known about these days.");
pub const ALL_TIME: Word = word("全部时间", "all time");
pub const THIS_YEAR: Word = word("今年", "this year");
pub const LAST_12: Word = word("近12个月", "last 12 months");
pub const LAST_3: Word = word("近3个月", "last 3 months");
pub const THIS_MONTH: Word = word("本月", "this month");
pub const LAST_MONTH: Word = word("上月", "last month");
pub const RULE: Word = word(
    "每张订单从最初约定日到出齐日的每一个日历天只归一方：等待优先于做得久，先后相叠的归最后结束的一方；从出齐日往回数，计划余量先被最早的延误用掉。",
    "Each calendar day from the first agreed date to the day of shipment is charged to one side only: a wait before work that took longer, of those that overlap the one that ended last; counted backward from the shipment, so that the room in the plan goes to the earliest delay.",
);

const OURSELVES: Word = word("我方跟单", "ourselves");
const EXTERNAL: Word = word("外部", "external");
const NO_SUPPLIER: Word = word("未写供应商", "supplier not named");
const NOT_YET: Word = word("至今未有", "not yet");

const EXCEPTION_SAID: Word = word("{0} {1}", "{0} {1}");
const SAMPLE_LATE: Word = word(
    "{0}第 {1} 轮应 {2} 寄，寄出 {3}",
    "{0} round {1} was to be sent {2}, sent {3}",
);
const VERDICT_LATE: Word = word(
    "{0}第 {1} 轮 {2} 寄出，客户批复 {3}",
    "{0} round {1} sent {2}, verdict {3}",
);
const SAMPLE_AGAIN: Word = word(
    "{0}第 {1} 轮被退，重做",
    "{0} round {1} rejected, made again",
);
const CHANGED: Word = word(
    "接单后更改第 {0} 次：{1}",
    "revision {0} after acceptance: {1}",
);
const ORDER_HELD: Word = word("订单暂停", "order on hold");
const ANSWER_LATE: Word = word("{0} 应 {1} 答复，答复 {2}", "{0} due {1}, answered {2}");
const ASKED_LATE: Word = word(
    "{0} 接单后 {1} 才提出",
    "{0} asked only after acceptance, {1}",
);
const BOUGHT_LATE: Word = word(
    "{0} {1} 下单 {2}，赶不上 {3} 的需要",
    "{0} {1} ordered {2}, too late for {3}",
);
const DELIVERY_LATE: Word = word(
    "{0} {1} 应 {2} 到，到齐 {3}",
    "{0} {1} needed {2}, complete {3}",
);
const CHASED_LATE: Word = word(
    "{0} {1} 没有按约定的日子再催",
    "{0} {1} was not chased on the day agreed",
);
const PRODUCTION_HELD: Word = word("生产单 {0} 暂停", "{0} on hold");
const RELEASED_LATE: Word = word(
    "{0} 排 {1} 上线，下达 {2}",
    "{0} planned to start {1}, released {2}",
);
const STARTED_LATE: Word = word("{0} {1} 晚于排期开工", "{0} {1} started later than planned");
const NOT_BOUGHT: Word = word(
    "{0} {1} 等料，还没有采购",
    "{0} {1} waits for material not on order",
);
const TOOK_LONGER: Word = word("{0} {1} 做得比排期久", "{0} {1} took longer than planned");
const MILESTONE_LATE: Word = word(
    "节点“{0}”应 {1}，完成 {2}",
    "milestone “{0}” due {1}, done {2}",
);

/// The name of a chart.
#[must_use]
pub const fn by(by: By) -> Word {
    match by {
        By::Cause => BY_CAUSE,
        By::Supplier => BY_SUPPLIER,
        By::Department => BY_DEPARTMENT,
    }
}

/// The class of cause: customer, supplier, department, ourselves, external, not explained.
#[must_use]
pub fn class(whose: Whose, lang: Lang) -> String {
    let found = whose.class().map_or(UNEXPLAINED, CauseClass::word);
    found.text(lang).to_owned()
}

/// The code of the class of cause.
#[must_use]
pub fn code(whose: Whose) -> &'static str {
    whose.class().map_or("unexplained", CauseClass::code)
}

/// Who is charged, by name where there is one; the customer's is that of the order.
#[must_use]
pub fn who(world: &World, order: i64, whose: Whose, lang: Lang) -> String {
    match whose {
        Whose::Customer => {
            let order = world.orders.get(order).and_then(|o| o.customer_id);
            let found = world.customers.find(order);
            found.map_or_else(|| class(whose, lang), |c| c.name.clone())
        }
        Whose::Supplier(id) => match world.suppliers.find(id) {
            Some(found) => found.name.clone(),
            None => NO_SUPPLIER.text(lang).to_owned(),
        },
        Whose::Department(department) => department.word().text(lang).to_owned(),
        Whose::Ourselves => OURSELVES.text(lang).to_owned(),
        Whose::External => EXTERNAL.text(lang).to_owned(),
        Whose::Unexplained => UNEXPLAINED.text(lang).to_owned(),
    }
}

/// The name of a bar: the class of cause, or the supplier or department.
#[must_use]
pub fn bar(world: &World, whose: Whose, by: By, lang: Lang) -> String {
    match by {
        By::Cause => class(whose, lang),
        _ => who(world, 0, whose, lang),
    }
}

/// The days of a charge, both ends included: `10-03 … 10-07`; the year stands once where it is
/// that of both.
#[must_use]
pub fn days(charge: &Charge, today: NaiveDate) -> String {
    let (from, last) = (charge.from, charge.last());
    if from == last {
        return short(from, today);
    }
    let end = if from.year() == last.year() {
        format::date_narrow(last)
    } else {
        short(last, today)
    };
    format!("{} … {end}", short(from, today))
}

/// `10-03`; `25-10-03` in another year.
fn short(day: NaiveDate, today: NaiveDate) -> String {
    if day.year() == today.year() {
        format::date_narrow(day)
    } else {
        day.format("%y-%m-%d").to_string()
    }
}

/// The row that shows a charge, by the name it has on the screens.
#[must_use]
pub fn evidence(world: &World, evidence: Evidence, lang: Lang) -> String {
    let found = match evidence {
        Evidence::Nothing => None,
        Evidence::Order(id) => world.orders.get(id).map(|o| o.no.clone()),
        Evidence::Exception(id) => world.exceptions.get(id).map(|e| e.no.clone()),
        Evidence::Sample(id) => world
            .samples
            .get(id)
            .map(|s| format!("{} {}", s.kind.word().text(lang), s.round)),
        Evidence::Amendment(id) => world
            .amendments
            .get(id)
            .map(|a| format!("{} {}", words::PART_AMENDMENTS.text(lang), a.no)),
        Evidence::Query(id) => world.queries.get(id).map(|q| q.no.clone()),
        Evidence::Purchase(id) => world.purchases.get(id).map(super::chasing::line_name),
        Evidence::ProductionOrder(id) => world.production_orders.get(id).map(|m| m.no.clone()),
        Evidence::Operation(id) => world.operations.get(id).map(|o| {
            let made = world.production_orders.get(o.production_order_id);
            format!("{} {}", made.map_or("", |m| m.no.as_str()), o.name)
        }),
        Evidence::Milestone(id) => world.milestones.get(id).map(|m| m.name.clone()),
    };
    found.unwrap_or_default()
}

/// The causes of a month with their days, most days first.
#[must_use]
pub fn mostly(month: &Month, lang: Lang) -> String {
    let mut causes: Vec<(i64, Whose)> = month.by.iter().map(|(w, days)| (*days, *w)).collect();
    causes.sort_by_key(|(days, whose)| (std::cmp::Reverse(*days), *whose));
    let said = |(days, whose): &(i64, Whose)| format!("{} {days}", class(*whose, lang));
    let list: Vec<String> = causes.iter().map(said).collect();
    list.join(" · ")
}

/// Why days are charged, in a sentence with its dates.
#[must_use]
pub fn sentence(world: &World, charge: &Charge, today: NaiveDate, lang: Lang) -> String {
    let day = |day: Option<NaiveDate>| match day {
        Some(day) => short(day, today),
        None => NOT_YET.text(lang).to_owned(),
    };
    said(world, charge, lang, &day).unwrap_or_else(|| NOT_KNOWN.text(lang).to_owned())
}

fn said(
    world: &World,
    charge: &Charge,
    lang: Lang,
    day: &dyn Fn(Option<NaiveDate>) -> String,
) -> Option<String> {
    let fill = |word: Word, args: &[&str]| Some(word.fill(lang, args));
    match charge.evidence {
        Evidence::Nothing => None,
        Evidence::Order(_) => fill(ORDER_HELD, &[]),
        Evidence::Exception(id) => {
            let e = world.exceptions.get(id)?;
            fill(EXCEPTION_SAID, &[&e.no, &e.what])
        }
        Evidence::Sample(id) => {
            let s = world.samples.get(id)?;
            let (kind, round) = (s.kind.word().text(lang), s.round.to_string());
            match charge.why {
                Why::SampleAgain => fill(SAMPLE_AGAIN, &[kind, &round]),
                Why::SampleLate => fill(SAMPLE_LATE, &[kind, &round, &day(s.due), &day(s.sent_on)]),
                _ => fill(
                    VERDICT_LATE,
                    &[kind, &round, &day(s.sent_on), &day(s.verdict_on)],
                ),
            }
        }
        Evidence::Amendment(id) => {
            let a = world.amendments.get(id)?;
            fill(CHANGED, &[&a.no.to_string(), &a.reason])
        }
        Evidence::Query(id) => {
            let q = world.queries.get(id)?;
            match charge.why {
                Why::AskedLate => fill(ASKED_LATE, &[&q.no, &day(Some(q.raised_on))]),
                _ => fill(ANSWER_LATE, &[&q.no, &day(q.due), &day(q.answered_on)]),
            }
        }
        Evidence::Purchase(id) => purchase(world, id, charge.why, lang, day),
        Evidence::ProductionOrder(id) => {
            let m = world.production_orders.get(id)?;
            let starts = world.operations.of(id).filter_map(|o| {
                let mut placed = world.plan_rows.iter().filter(|r| r.operation_id == o.id);
                placed.next().map(|r| r.starts.date())
            });
            match charge.why {
                Why::ProductionHeld => fill(PRODUCTION_HELD, &[&m.no]),
                _ => fill(
                    RELEASED_LATE,
                    &[&m.no, &day(starts.min()), &day(m.released_on)],
                ),
            }
        }
        Evidence::Operation(id) => {
            let o = world.operations.get(id)?;
            let no = &world.production_orders.get(o.production_order_id)?.no;
            match charge.why {
                Why::NotBought => fill(NOT_BOUGHT, &[no, &o.name]),
                Why::StartedLate => fill(STARTED_LATE, &[no, &o.name]),
                _ => fill(TOOK_LONGER, &[no, &o.name]),
            }
        }
        Evidence::Milestone(id) => {
            let m = world.milestones.get(id)?;
            let order = world.orders.get(m.order_id)?;
            let source = crate::domain::rule::milestone::source::done_on(world, order, &m.source);
            fill(
                MILESTONE_LATE,
                &[&m.name, &day(m.planned), &day(m.actual.or(source))],
            )
        }
    }
}

fn purchase(
    world: &World,
    id: i64,
    why: Why,
    lang: Lang,
    day: &dyn Fn(Option<NaiveDate>) -> String,
) -> Option<String> {
    use crate::domain::rule::{ledger, purchase};
    let p = world.purchases.get(id)?;
    let name = super::chasing::line_name(p);
    let item = world.items.get(p.item_id).map_or("", |i| i.name.as_str());
    let need = p
        .required_date
        .or(purchase::promises(world, p).0.map(|p| p.date));
    let there = ledger::there_on(world, p);
    Some(match why {
        Why::BoughtLate => BOUGHT_LATE.fill(lang, &[&name, item, &day(p.ordered_on), &day(need)]),
        Why::ChasedLate => CHASED_LATE.fill(lang, &[&name, item]),
        _ => DELIVERY_LATE.fill(lang, &[&name, item, &day(need), &day(there)]),
    })
}
