//! The order review form (订单评审表): the order line by line in the headings of the shop's form,
//! the departments' answers of the last two rounds, both verdicts, what binds the date, decisions.

pub(super) mod lines;

use chrono::NaiveDate;
use lines::{lines, steps};

use super::paper::{Cell, Column, Layout, Paper, Table, Tone, Value};
use super::{Lacks, Scope};
use crate::app::belief;
use crate::app::outlook::Link;
use crate::domain::codes::Department;
use crate::domain::order::{Order, OrderLine};
use crate::domain::review::{Answer, ReviewRound};
use crate::domain::rule::order_class::{self as class, Step};
use crate::domain::rule::{commitment, delivery, review as rule};
use crate::text::{
    Label, Word, bound, intake, order_class as c, report as r, review as said, words as w,
};

pub(super) fn make(s: &Scope<'_>) -> Result<Paper, Lacks> {
    let order = s.order.ok_or(Lacks::Order)?;
    let round = rule::round(s.world, order);
    let before = round.and_then(|r| rule::before(s.world, r));
    let mut tables = vec![lines(s, order), verdicts(s, order, round)];
    if let Some(round) = round {
        tables.push(answers(s, round, before));
        tables.push(snapshots(s, round, before));
    }
    let chain = s.outlook.promises.get(&order.id);
    let chain = chain.map(|p| p.chain.as_slice()).unwrap_or_default();
    if !chain.is_empty() {
        tables.push(binding(s, chain));
    }
    let decisions = decisions(s, order);
    if !decisions.rows.is_empty() {
        tables.push(decisions);
    }
    Ok(Paper {
        title: s.say(r::ORDER_REVIEW),
        head: head(s, order, round),
        tables,
        foot: foot(s, order, round),
        layout: Layout::Page,
    })
}

pub(super) fn text(value: Option<impl Into<String>>) -> Cell {
    Cell::text(value.map(Into::into).unwrap_or_default())
}

fn head(s: &Scope<'_>, order: &Order, round: Option<&ReviewRound>) -> Vec<(String, String)> {
    let day = |d: Option<NaiveDate>| d.map(|d| d.to_string()).unwrap_or_default();
    let customer = s.world.customers.find(order.customer_id);
    let wish = delivery::requested(s.world, order);
    let mut head = vec![
        (s.say(r::MADE_ON), s.today.to_string()),
        (s.say(w::ORDER_NO), order.no.clone()),
        (
            s.say(w::CUSTOMER),
            customer.map_or("", |c| c.name.as_str()).to_owned(),
        ),
        (s.say(w::CUSTOMER_PO), order.customer_po.clone()),
        (s.say(c::ORDER_DATE), day(class::ordered_on(order))),
        (
            s.say(w::QTY),
            delivery::order_qty(s.world, order).ordered.text(),
        ),
        (s.say(w::REQUESTED_DATE), day(wish)),
        (s.say(c::URGENCY), urgency(s, order, wish)),
        (s.say(w::STATE), s.say(order.state.word())),
    ];
    if let Some(round) = round {
        let took = took(s, round);
        head.push((s.say(intake::ROUND), round.no.to_string()));
        head.push((s.say(said::OPENED_ON), round.opened_on.to_string()));
        head.push((s.say(said::REVIEW_DAYS), took.to_string()));
    }
    if let Some(decided) = rule::decision(s.world, order) {
        head.push((s.say(w::DECISION), said::decision(decided, s.lang)));
    }
    head
}

/// Days from the first question of a round to its last answer, or to today while one is open.
fn took(s: &Scope<'_>, round: &ReviewRound) -> i64 {
    let answered = s.world.answers.of(round.id).map(|a| a.answered_on);
    let mut last = Some(round.opened_on);
    for day in answered {
        last = last.and_then(|last| day.map(|d| d.max(last)));
    }
    (last.unwrap_or(s.today) - round.opened_on)
        .num_days()
        .max(0)
}

pub(super) fn urgency(s: &Scope<'_>, order: &Order, due: Option<NaiveDate>) -> String {
    let from = class::ordered_on(order).unwrap_or(s.today);
    let found = due.map(|due| class::urgency(from, due));
    found
        .map(|u| format!("{}{}", class::circled(u.number()), u.word().text(s.lang)))
        .unwrap_or_default()
}

fn columns(s: &Scope<'_>, of: &[(Word, u16)]) -> Vec<Column> {
    of.iter()
        .map(|(word, wide)| s.column(*word, *wide))
        .collect()
}

fn verdicts(s: &Scope<'_>, order: &Order, round: Option<&ReviewRound>) -> Table {
    let wish = delivery::requested(s.world, order);
    let mut rows = Vec::new();
    let mut add = |what: Word, start: Option<NaiveDate>, date: Option<NaiveDate>, late: i64| {
        let (word, tone) = match date {
            None => (w::UNSAID, Tone::Plain),
            Some(_) if late > 0 => (r::TO_RE_REVIEW, Tone::Bad),
            Some(_) => (w::PASSES, Tone::Good),
        };
        rows.push(vec![
            Cell::text(s.say(what)),
            Cell::date(start),
            Cell::date(date),
            Cell::of(Value::Whole(late)),
            Cell::text(s.say(word)).tone(tone),
        ]);
    };
    let late = |date: Option<NaiveDate>| {
        let days = date.zip(wish).map(|(d, w)| (d - w).num_days());
        days.unwrap_or(0).max(0)
    };
    let found = round.and_then(|r| rule::finding(s.world, order, r));
    let days = found.and_then(|f| f.days);
    add(
        said::BY_DAYS,
        days.map(|v| v.start),
        days.map(|v| v.reviewed),
        days.map_or(0, |v| v.late_days),
    );
    if let Some(named) = found.and_then(|f| f.named) {
        add(said::NAMED, None, Some(named), late(Some(named)));
    }
    if let Some(promise) = s.outlook.promises.get(&order.id) {
        let start = promise.chain.iter().map(|l| l.from.date()).min();
        add(said::BY_PLANNER, start, promise.date, late(promise.date));
    }
    let refused = found.map_or(0, |f| f.refusals);
    if refused > 0 {
        let text = said::REFUSED.fill(s.lang, &[&refused.to_string()]);
        rows.push(vec![
            Cell::text(s.say(w::VERDICT)),
            Cell::date(None),
            Cell::date(None),
            Cell::text(""),
            Cell::text(text).tone(Tone::Bad),
        ]);
    }
    Table {
        title: s.say(r::VERDICTS),
        columns: columns(
            s,
            &[
                (intake::SOURCE, 14),
                (c::PLANNED_START, 12),
                (said::REVIEWED_DATE, 12),
                (said::LATE_DAYS, 8),
                (w::VERDICT, 20),
            ],
        ),
        rows,
    }
}

fn answers(s: &Scope<'_>, round: &ReviewRound, before: Option<&ReviewRound>) -> Table {
    let all = rule::ASKED.iter().chain(rule::FURTHER);
    let row = |d: &Department| {
        let is = rule::answer_in(s.world, round, *d);
        let was = before.and_then(|r| rule::answer_in(s.world, r, *d));
        if is.is_none() && was.is_none() {
            return None;
        }
        Some(answer_row(s, *d, is, before.map(|_| was)))
    };
    Table {
        title: s.say(r::ANSWERS),
        columns: columns(
            s,
            &[
                (w::DEPARTMENT, 10),
                (w::ANSWER, 14),
                (w::CAN_DATE, 11),
                (w::CAN_DAYS, 6),
                (w::RISK, 30),
                (w::COUNTERMEASURE, 30),
                (r::ASKED_ON, 11),
                (r::ANSWERED_ON, 11),
                (said::ROUND_BEFORE, 40),
                (said::DIFFERS, 8),
            ],
        ),
        rows: all.filter_map(row).collect(),
    }
}

/// A department's row; `before` is what it said in the round before, where there was one.
fn answer_row(
    s: &Scope<'_>,
    department: Department,
    is: Option<&Answer>,
    before: Option<Option<&Answer>>,
) -> Vec<Cell> {
    let (word, tone) = match is {
        None => (s.say(said::NOT_ASKED), Tone::Plain),
        Some(a) => match (rule::silent_days(a, s.today), a.satisfied) {
            (Some(days), _) => (
                w::SILENT_DAYS.fill(s.lang, &[&days.to_string()]),
                Tone::Warn,
            ),
            (_, Some(false)) => (s.say(w::NO_ANSWER), Tone::Bad),
            (_, given) => (s.say(said::satisfied(given)), Tone::Plain),
        },
    };
    let carried = is.is_some_and(|a| a.carried);
    let word = if carried {
        format!("{word} · {}", said::CARRIED.text(s.lang))
    } else {
        word
    };
    let days = is.and_then(|a| a.days);
    let was = before.map(|was| said::answer(was, s.lang));
    let differs = before.is_some_and(|was| !rule::says_same(was, is));
    vec![
        Cell::text(department.word().text(s.lang)),
        Cell::text(word).tone(tone),
        Cell::date(is.and_then(|a| a.date)),
        days.map_or_else(|| Cell::text(""), |n| Cell::of(Value::Whole(n))),
        text(is.map(|a| a.risk.clone())),
        text(is.map(|a| a.countermeasure.clone())),
        Cell::date(is.map(|a| a.asked_on)),
        Cell::date(is.and_then(|a| a.answered_on)),
        text(was),
        Cell::text(if differs { "≠" } else { "" }).tone(Tone::Warn),
    ]
}

/// What both rounds stood on, and what it is now.
fn snapshots(s: &Scope<'_>, round: &ReviewRound, before: Option<&ReviewRound>) -> Table {
    let figures = |r: &ReviewRound| said::snapshot(&rule::Snapshot::read(&r.snapshot), s.lang);
    let was = before.map(figures);
    let order = s.world.orders.get(round.order_id);
    let now = order.map(|o| belief::snapshot(s.world, s.outlook, o));
    let now = now.map(|n| said::snapshot(&n, s.lang)).unwrap_or_default();
    let rows = figures(round)
        .into_iter()
        .enumerate()
        .map(|(at, (label, is))| {
            let was = was.as_ref().and_then(|list| list.get(at));
            let now = now.get(at).map(|(_, v)| v.clone()).unwrap_or_default();
            let tone = if now == is { Tone::Plain } else { Tone::Warn };
            vec![
                Cell::text(label),
                text(was.map(|(_, value)| value.clone())),
                Cell::text(is),
                Cell::text(now).tone(tone),
            ]
        });
    Table {
        title: s.say(r::STOOD_ON),
        columns: columns(
            s,
            &[
                (said::WHAT, 16),
                (said::ROUND_BEFORE, 24),
                (said::THIS_ROUND, 24),
                (r::NOW, 24),
            ],
        ),
        rows: rows.collect(),
    }
}

fn binding(s: &Scope<'_>, chain: &[Link]) -> Table {
    let row = |l: &Link| {
        vec![
            Cell::text(l.what.clone()),
            Cell::text(l.from.text()),
            Cell::text(l.to.text()),
            Cell::text(bound::because(l.bound, &l.by, s.lang)),
        ]
    };
    Table {
        title: s.say(r::BINDING),
        columns: columns(
            s,
            &[(w::STEP, 20), (w::FROM, 18), (w::TO, 18), (w::WHY, 36)],
        ),
        rows: chain.iter().map(row).collect(),
    }
}

/// Every decision with the round it ended, and whose word is still wanted for what was promised.
fn decisions(s: &Scope<'_>, order: &Order) -> Table {
    let waits: Vec<NaiveDate> = commitment::unauthorised(s.world, order)
        .into_iter()
        .map(|(_, c)| c.date)
        .collect();
    let row = |d: &crate::domain::review::Decision| {
        let wanted = d.date.is_some_and(|date| waits.contains(&date));
        let authority = if wanted && d.authority.is_empty() {
            Cell::text(s.say(intake::NO_AUTHORITY)).tone(Tone::Warn)
        } else {
            Cell::text(d.authority.clone())
        };
        vec![
            Cell::date(Some(d.decided_on)),
            Cell::text(d.kind.word().text(s.lang)),
            Cell::date(d.date),
            authority,
            Cell::text(d.reason.clone()),
            match d.round {
                0 => Cell::text(""),
                no => Cell::of(Value::Whole(no)),
            },
        ]
    };
    Table {
        title: s.say(w::DECISION),
        columns: columns(
            s,
            &[
                (r::MADE_ON, 11),
                (w::DECISION, 12),
                (w::PROMISED_DATE, 11),
                (w::AUTHORITY, 20),
                (w::REASON, 40),
                (intake::ROUND, 6),
            ],
        ),
        rows: s.world.decisions.of(order.id).map(row).collect(),
    }
}

/// What the circled numbers mean, and a line for each department to sign on.
fn foot(s: &Scope<'_>, order: &Order, round: Option<&ReviewRound>) -> Vec<String> {
    let mut marks: Vec<String> = Vec::new();
    for line in s.world.order_lines.of(order.id) {
        for step in steps(s, line) {
            let legend = if step.mark.ends_with(step.name.trim()) {
                step.mark
            } else {
                format!("{}{}", step.mark, step.name.trim())
            };
            if !marks.contains(&legend) {
                marks.push(legend);
            }
        }
    }
    let mut foot = Vec::new();
    if !marks.is_empty() {
        foot.push(format!("{}: {}", s.say(c::PROCESS_FLOW), marks.join(" ")));
    }
    let asked = round.map(|r| rule::answers(s.world, r)).unwrap_or_default();
    let sign = asked
        .iter()
        .map(|a| format!("{}: ________", a.department.word().text(s.lang)));
    let sign: Vec<String> = sign.collect();
    if !sign.is_empty() {
        foot.push(sign.join("    "));
    }
    foot
}
