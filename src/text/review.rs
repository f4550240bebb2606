//! Words of the joint review: what the program believes and from what, questions to departments,
//! snapshots, verdicts.

use chrono::NaiveDate;

use super::label::Label;
use super::word::{Lang, Word, word};
use super::{bound, format, words as w};
use crate::app::belief::{Basis, Belief, Cover};
use crate::domain::codes::Department;
use crate::domain::order::Order;
use crate::domain::review::Answer;
use crate::domain::rule::review::{Finding, Snapshot};
use crate::domain::rule::{delivery, review as rule};
use crate::domain::world::World;

pub const PART_ROUNDS: Word = word("两轮对比", "Rounds");
pub const EMPTY_ROUNDS: Word = word(
    "还没有评审：按 a 请各部门评审。",
    "No review yet: press a to ask the departments.",
);
pub const WHAT: Word = word("项目", "What");
pub const THIS_ROUND: Word = word("本轮", "This round");
pub const ROUND_BEFORE: Word = word("上一轮", "Round before");
pub const DIFFERS: Word = word("变化", "Differs");
pub const ROUND_NO: Word = word("第 {0} 轮", "Round {0}");
pub const OPENED: Word = word("第 {0} 轮 {1}", "round {0}, {1}");
pub const CARRIED: Word = word("沿用", "carried");
pub const SILENT: Word = word("未答", "silent");
pub const NOT_ASKED: Word = word("未问", "not asked");

pub const BY_DAYS: Word = word("按天数", "By days");
pub const BY_PLANNER: Word = word("按排程", "By planner");
pub const NAMED: Word = word("部门日期", "Named");
pub const PASSES_ON: Word = word("{0} 通过", "{0} passes");
pub const LATE_ON: Word = word("{0} 重审，迟 {1} 天", "{0} re-review, {1} days late");
pub const REFUSED: Word = word("{0} 个部门说不行", "{0} said no");
pub const COUNTER_OFFER: Word = word("另议", "Counter-offer");
pub const COUNTER_WAITS: Word = word(
    "{0}（{1} 提出，等客户答复）",
    "{0} (offered {1}, customer to answer)",
);

pub const FORM_ASK: Word = word("发评审 · {0}", "Ask for review · {0}");
pub const WHICH_ROUND: Word = word("评审轮次", "Round");
pub const SAME_ROUND: Word = word("本轮加问", "this round, further");
pub const NEW_ROUND: Word = word("开新一轮", "a new round");
pub const ASK: Word = word("问", "ask");
pub const DO_NOT_ASK: Word = word("不问", "no");
pub const CARRY: Word = word("沿用上轮答复", "carry the last answer");
pub const ALREADY: Word = word("已问", "asked already");
pub const HINT_BEYOND: Word = word(
    "晚于客户要求，或早于评审结果时填",
    "where later than asked, or earlier than reviewed",
);
pub const REVIEWED_DATE: Word = word("评审交期", "Reviewed date");
pub const LATE_DAYS: Word = word("差天", "Days late");
pub const REVIEW_DAYS: Word = word("评审历时", "Review took");
pub const OPENED_ON: Word = word("发出", "Opened");

const STOCK: Word = word("库存够", "free stock covers all materials");
const SHORT: Word = word("库存不够：{0}", "free stock is short of: {0}");
const SHORT_OF: Word = word("{0} 缺 {1} {2}", "{0}: {1} {2}");
const MATERIAL: Word = word("算料：最后到 {0}", "netting: {0} comes last");
const MATERIAL_THERE: Word = word("算料：现有的就够", "netting: what is there will do");
const ROUTING: Word = word(
    "工艺路线 {0} 个工作日，折成日历日",
    "routing: {0} working days, as calendar days",
);
const PLANNER: Word = word("排程最早交期", "the planner's earliest date");
const PLANNER_BOUND: Word = word("排程最早交期，{0}", "the planner's earliest date; {0}");
const PAPERS: Word = word(
    "登记的资料一致，没有给技术部的未答疑问",
    "the papers on file agree, no query to Technical is open",
);
const QUERIES: Word = word("疑问单未答：{0}", "open queries: {0}");
const LAST_ROUND: Word = word("第 {0} 轮的答复 {1}", "answer of round {0}, {1}");
const AND_NOW: Word = word("{0}；现在算得 {1}", "{0}; computed now: {1}");

/// The name of a material with what is missing of it.
fn missing(world: &World, cover: &Cover, lang: Lang) -> String {
    let item = world.items.get(cover.item_id);
    let name = item.map_or("", |i| i.name.as_str());
    let unit = item.map_or("", |i| i.unit.as_str());
    SHORT_OF.fill(lang, &[name, &format::qty(cover.missing()), unit])
}

/// What free stock does not cover, as one line.
#[must_use]
pub fn short(world: &World, belief: &Belief, lang: Lang) -> String {
    let list: Vec<String> = belief
        .short
        .iter()
        .map(|c| missing(world, c, lang))
        .collect();
    if list.is_empty() {
        return String::new();
    }
    SHORT.fill(
        lang,
        &[&list.join(if lang == Lang::Zh { "，" } else { ", " })],
    )
}

/// What a belief rests on.
#[must_use]
pub fn basis(world: &World, belief: &Belief, lang: Lang) -> String {
    let one = |b: &Basis| match b {
        Basis::Stock => STOCK.text(lang).to_owned(),
        Basis::Short => short(world, belief, lang),
        Basis::Material(by) if by.is_empty() => MATERIAL_THERE.text(lang).to_owned(),
        Basis::Material(by) => MATERIAL.fill(lang, &[by]),
        Basis::Routing(n) => ROUTING.fill(lang, &[&n.to_string()]),
        Basis::Planner(None) => PLANNER.text(lang).to_owned(),
        Basis::Planner(Some((kind, by))) => {
            PLANNER_BOUND.fill(lang, &[&bound::because(*kind, by, lang)])
        }
        Basis::PapersClear => PAPERS.text(lang).to_owned(),
        Basis::Queries(list) => QUERIES.fill(lang, &[&list.join(" ")]),
    };
    let said: Vec<String> = belief.basis.iter().map(one).collect();
    said.join(if lang == Lang::Zh { "；" } else { "; " })
}

/// Where a value that is taken from the round before comes from, and what the program says now.
#[must_use]
pub fn from_round(no: i64, on: NaiveDate, now: &str, lang: Lang) -> String {
    let said = LAST_ROUND.fill(lang, &[&no.to_string(), &on.to_string()]);
    if now.is_empty() {
        said
    } else {
        AND_NOW.fill(lang, &[&said, now])
    }
}

/// The words of a yes, no or nothing.
#[must_use]
pub const fn satisfied(said: Option<bool>) -> Word {
    match said {
        Some(true) => w::YES,
        Some(false) => w::NO_ANSWER,
        None => w::UNSAID,
    }
}

/// An answer in one line: yes or no, date, days, risk, what is done about it.
#[must_use]
pub fn answer(answer: Option<&Answer>, lang: Lang) -> String {
    let Some(a) = answer else {
        return NOT_ASKED.text(lang).to_owned();
    };
    if a.answered_on.is_none() {
        return SILENT.text(lang).to_owned();
    }
    let mut parts = vec![satisfied(a.satisfied).text(lang).to_owned()];
    parts.extend(a.date.map(|d| d.to_string()));
    parts.extend(a.days.map(|n| format::days(n, lang)));
    let texts = [&a.risk, &a.countermeasure];
    parts.extend(
        texts
            .into_iter()
            .filter(|t| !t.is_empty())
            .map(|t| t.replace('\n', " ")),
    );
    if a.carried {
        parts.push(CARRIED.text(lang).to_owned());
    }
    parts.join(" · ")
}

/// A reviewed date against the wish, as a verdict.
#[must_use]
pub fn verdict(date: NaiveDate, late_days: i64, lang: Lang) -> String {
    if late_days > 0 {
        LATE_ON.fill(lang, &[&date.to_string(), &late_days.to_string()])
    } else {
        PASSES_ON.fill(lang, &[&date.to_string()])
    }
}

/// What a round comes to, in one line.
#[must_use]
pub fn finding(found: &Finding, lang: Lang) -> String {
    let mut parts = Vec::new();
    parts.extend(found.reviewed.map(|d| verdict(d, found.late_days, lang)));
    if found.refusals > 0 {
        parts.push(REFUSED.fill(lang, &[&found.refusals.to_string()]));
    }
    parts.join(" · ")
}

/// A decision in one line: what, for when, by whose word, why.
#[must_use]
pub fn decision(d: &crate::domain::review::Decision, lang: Lang) -> String {
    let mut parts = vec![d.kind.word().text(lang).to_owned()];
    parts.extend(d.date.map(|d| d.to_string()));
    let texts = [&d.authority, &d.reason].into_iter();
    parts.extend(
        texts
            .filter(|t| !t.is_empty())
            .map(|t| t.replace('\n', " ")),
    );
    parts.join(" · ")
}

/// The figures of a snapshot with their names, those that are known.
#[must_use]
pub fn snapshot(s: &Snapshot, lang: Lang) -> Vec<(&'static str, String)> {
    let day = |d: Option<NaiveDate>| d.map(|d| d.to_string()).unwrap_or_default();
    let material = format!("{} {}", day(s.material), s.material_by);
    vec![
        (w::QTY.text(lang), format::qty(s.qty)),
        (w::REQUESTED_DATE.text(lang), day(s.requested)),
        (w::EARLIEST.text(lang), day(s.planner)),
        (w::UNLIMITED.text(lang), day(s.unlimited)),
        (MATERIAL_READY.text(lang), material.trim().to_owned()),
        (
            OPERATION_DAYS.text(lang),
            s.operation_days.map(|n| n.to_string()).unwrap_or_default(),
        ),
    ]
}
pub const MATERIAL_READY: Word = word("物料到齐", "Material ready");
pub const OPERATION_DAYS: Word = word("工艺天数", "Routing days");

const QUESTION: Word = word(
    "{0}：请评审订单 {1}（{2}）：{3}，客户要求 {4} 交货。",
    "{0}: please review order {1} ({2}): {3}, wanted by {4}.",
);
const ASK_TECHNICAL: Word = word(
    "资料、工艺是否清楚，有无问题？需要几天？",
    "Are papers and process clear? How many days does it take?",
);
const ASK_PURCHASING: Word = word(
    "物料最迟哪天到齐？",
    "By which day can all materials be here?",
);
const ASK_WAREHOUSE: Word = word(
    "库存够不够，缺什么？",
    "Does stock do, and what is missing?",
);
const ASK_PRODUCTION: Word = word(
    "哪天能完成，或需要几天？",
    "By which day, or in how many days, can it be done?",
);
const ASK_QC: Word = word(
    "检验要几天，有何要求？",
    "How many days for inspection, and what does it need?",
);
const ASK_FINANCE: Word = word(
    "付款条件、信用额度能否接受？",
    "Are payment terms and credit acceptable?",
);
const ASK_SALES: Word = word(
    "价格、交期客户是否确认？",
    "Has the customer confirmed price and date?",
);
const ASK_SHIPPING: Word = word(
    "能否赶上船期，订舱要几天？",
    "Can it make a vessel, and how many days for booking?",
);
const BELIEF: Word = word("我们算得：{0}（{1}）。", "We make it: {0} ({1}).");
const BELIEF_BARE: Word = word("我们所知：{0}。", "What we know: {0}.");
const PLEASE: Word = word(
    "能否满足？有何风险，怎么应对？请今天回复。",
    "Can you do it? What are the risks, and what is done about them? Please answer today.",
);
const LAST_SAID: Word = word("上一轮贵部答复：{0}。", "Last time you said: {0}.");

const fn asked(department: Department) -> Word {
    match department {
        Department::Technical => ASK_TECHNICAL,
        Department::Purchasing => ASK_PURCHASING,
        Department::Warehouse => ASK_WAREHOUSE,
        Department::Production => ASK_PRODUCTION,
        Department::Qc => ASK_QC,
        Department::Finance => ASK_FINANCE,
        Department::Sales => ASK_SALES,
        Department::Shipping => ASK_SHIPPING,
    }
}

/// What an order is about: its products with their quantities.
fn goods(world: &World, order: &Order) -> String {
    let line = |l: &crate::domain::order::OrderLine| {
        let name = if l.name.is_empty() {
            &l.item_code
        } else {
            &l.name
        };
        let qty = (l.qty - l.cancelled_qty).floor_zero();
        format!("{name} {} {}", format::qty(qty), l.unit)
            .trim()
            .to_owned()
    };
    let lines: Vec<String> = world.order_lines.of(order.id).map(line).collect();
    lines.join(", ")
}

fn head(world: &World, order: &Order, to: &str, lang: Lang) -> String {
    let customer = world.customers.find(order.customer_id);
    let name = customer.map_or("", |c| c.name.as_str());
    let wish = delivery::requested(world, order)
        .map(|d| d.to_string())
        .unwrap_or_default();
    QUESTION.fill(lang, &[to, &order.no, name, &goods(world, order), &wish])
}

/// What the program believes, in one sentence; empty where it knows nothing.
#[must_use]
pub fn believed(world: &World, belief: &Belief, lang: Lang) -> String {
    let from = basis(world, belief, lang);
    let mut parts: Vec<String> = Vec::new();
    parts.extend(belief.date.map(|d| d.to_string()));
    parts.extend(belief.days.map(|n| format::days(n, lang)));
    match (parts.is_empty(), from.is_empty()) {
        (_, true) => String::new(),
        (true, _) => BELIEF_BARE.fill(lang, &[&from]),
        _ => BELIEF.fill(lang, &[&parts.join(", "), &from]),
    }
}

/// The question to one department: what is asked, quantity, wish, what the program believes.
#[must_use]
pub fn question(
    world: &World,
    order: &Order,
    department: Department,
    belief: &Belief,
    lang: Lang,
) -> String {
    let mut lines = vec![head(world, order, department.word().text(lang), lang)];
    lines.push(asked(department).text(lang).to_owned());
    lines.push(believed(world, belief, lang));
    let last = rule::round(world, order).and_then(|r| rule::before(world, r));
    let said = last
        .and_then(|r| rule::answer_in(world, r, department))
        .filter(|a| a.answered_on.is_some());
    lines.extend(said.map(|a| LAST_SAID.fill(lang, &[&answer(Some(a), lang)])));
    lines.push(PLEASE.text(lang).to_owned());
    lines.retain(|line| !line.is_empty());
    lines.join("\n")
}

/// The question to all departments of a round that are silent, or that would be asked.
#[must_use]
pub fn question_to_all(
    world: &World,
    order: &Order,
    beliefs: &[(Department, Belief)],
    lang: Lang,
) -> String {
    let names: Vec<&str> = beliefs.iter().map(|(d, _)| d.word().text(lang)).collect();
    let mut lines = vec![head(world, order, &names.join("/"), lang)];
    for (department, belief) in beliefs {
        let asks = asked(*department).text(lang);
        let knows = believed(world, belief, lang);
        let line = format!("{} — {asks} {knows}", department.word().text(lang));
        lines.push(line.trim().to_owned());
    }
    lines.push(PLEASE.text(lang).to_owned());
    lines.join("\n")
}
