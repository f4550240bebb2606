//! The exception report (异常处理单): one exception in full, or what there is in a list with the
//! causes counted.

mod overview;

use super::order_status::{forecast, late_days};
use super::paper::{Alarm, Cell, Layout, Paper, Table, Tone, Value};
use super::{Lacks, Scope};
use crate::domain::codes::Severity;
use crate::domain::exception::Exception;
use crate::domain::order::Order;
use crate::domain::rule::{delivery, failure};
use crate::text::{
    Label, Word, failure as failure_words, report as r, standing, status as t, words as w,
};

pub(super) fn make(s: &Scope<'_>, one: Option<&Exception>) -> Result<Paper, Lacks> {
    if let Some(one) = one {
        return Ok(form(s, one));
    }
    let mine = |e: &&Exception| {
        s.order
            .is_none_or(|o| hits(s, e).iter().any(|x| x.id == o.id))
    };
    let list: Vec<&Exception> = s
        .world
        .exceptions
        .iter()
        .filter(mine)
        .filter(|e| s.holds(e.reported_at.date()))
        .collect();
    match list.as_slice() {
        [] => Err(Lacks::Rows),
        [one] if s.order.is_some() => Ok(form(s, one)),
        _ => Ok(overview::overview(s, list)),
    }
}

/// The orders that an exception hits: its own, those that were named, those that it moves.
fn hits<'a>(s: &Scope<'a>, e: &Exception) -> Vec<&'a Order> {
    let mut orders = failure::orders(s.world, e);
    for hit in s.outlook.impacts.get(&e.id).iter().flat_map(|i| &i.orders) {
        if !orders.iter().any(|o| o.id == hit.order_id) {
            orders.extend(s.world.orders.get(hit.order_id));
        }
    }
    orders
}

fn severity(s: &Scope<'_>, e: &Exception) -> Cell {
    let cell = Cell::text(s.say(e.severity.word()));
    match e.severity {
        Severity::Critical => cell.tone(Tone::Bad),
        Severity::Major => cell.tone(Tone::Warn),
        Severity::Minor => cell,
    }
}

fn reporter(s: &Scope<'_>, e: &Exception) -> String {
    let department = s.say(e.department.word());
    if e.reported_by.is_empty() {
        department
    } else {
        format!("{} / {department}", e.reported_by)
    }
}

fn state(s: &Scope<'_>, e: &Exception) -> String {
    standing::exception(failure::standing(s.world, e), s.lang).text
}

fn form(s: &Scope<'_>, e: &Exception) -> Paper {
    let mut tables = vec![story(s, e), orders(s, e), options(s, e), actions(s, e)];
    tables.extend(lessons(s, e));
    tables.retain(|table| !table.rows.is_empty());
    let order = s.world.orders.find(e.order_id);
    let customer = order.and_then(|o| s.world.customers.find(o.customer_id));
    let purchase = s.world.purchases.find(e.purchase_id);
    let made = s.world.production_orders.find(e.production_order_id);
    let head = [
        (r::MADE_ON, s.today.to_string()),
        (w::NO, e.no.clone()),
        (w::SEVERITY, s.say(e.severity.word())),
        (w::STATE, state(s, e)),
        (w::ORDER_NO, order.map_or("", |o| o.no.as_str()).to_owned()),
        (
            w::CUSTOMER,
            customer.map_or("", |c| c.name.as_str()).to_owned(),
        ),
        (
            w::PRODUCTION_NO,
            made.map_or("", |m| m.no.as_str()).to_owned(),
        ),
        (
            w::PURCHASE_NO,
            purchase
                .map(|p| format!("{}/{}", p.no, p.line))
                .unwrap_or_default(),
        ),
        (w::RESPONSIBLE, s.say(e.department.word())),
    ];
    let signs = [t::SIGN_RESPONSIBLE, t::SIGN_DECIDED, r::SIGN_HERE];
    Paper {
        title: s.say(t::EXCEPTION),
        head: head
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(label, value)| (s.say(label), value))
            .collect(),
        tables,
        foot: vec![signs.map(|word| s.say(word)).join("　　　　")],
        layout: Layout::Page,
    }
}

fn story(s: &Scope<'_>, e: &Exception) -> Table {
    let quantity = (!e.quantity.is_zero()).then_some(e.quantity);
    let text = |word: Word, value: &str| vec![Cell::text(s.say(word)), Cell::text(value)];
    let rows = vec![
        text(t::WHAT, &e.what),
        text(t::WHERE, &e.place),
        vec![
            Cell::text(s.say(t::WHEN)),
            Cell::of(Value::Moment(Some(e.reported_at))),
        ],
        text(t::WHO, &reporter(s, e)),
        text(t::WHY, &e.why),
        text(t::HOW, s.say(e.stage.word()).as_str()),
        vec![Cell::text(s.say(t::HOW_MUCH)), Cell::qty(quantity)],
        text(t::IMPACT, &impact(s, e)),
        text(w::CONTAINMENT, &e.containment),
        text(w::ANALYSIS, &e.analysis),
        text(
            w::CAUSE,
            &e.cause.map(|c| s.say(c.word())).unwrap_or_default(),
        ),
    ];
    Table {
        title: s.say(t::STORY),
        columns: vec![s.column(t::ASPECT, 16).key(), s.column(w::VALUE, 60)],
        rows,
    }
}

fn impact(s: &Scope<'_>, e: &Exception) -> String {
    let hit = hits(s, e);
    let most = hit
        .iter()
        .filter_map(|o| late_days(s, o))
        .max()
        .unwrap_or(0);
    if hit.is_empty() {
        String::new()
    } else {
        t::HIT_SAID.fill(s.lang, &[&hit.len().to_string(), &most.to_string()])
    }
}

fn orders(s: &Scope<'_>, e: &Exception) -> Table {
    let impact = s.outlook.impacts.get(&e.id);
    let cost = |o: &Order| {
        let hit = impact.and_then(|i| i.orders.iter().find(|hit| hit.order_id == o.id));
        hit.map(|hit| hit.days)
    };
    let row = |o: &&Order| {
        let customer = s.world.customers.find(o.customer_id);
        vec![
            Cell::text(o.no.clone()),
            Cell::text(customer.map_or("", |c| c.name.as_str())),
            Cell::of(Value::Qty(delivery::order_qty(s.world, o).open)),
            Cell::date(delivery::due(s.world, o)),
            Cell::date(forecast(s, o)),
            Cell::whole(late_days(s, o)),
            Cell::whole(cost(o)),
        ]
    };
    Table {
        title: s.say(t::HIT),
        columns: vec![
            s.column(w::ORDER_NO, 11).key(),
            s.column(w::CUSTOMER, 20),
            s.column(w::QTY, 10),
            s.column(w::DUE, 11),
            s.column(w::FORECAST, 11),
            s.column(w::LATE_DAYS, 6).alarm(Alarm::AboveZero),
            s.column(failure_words::IMPACT_DAYS, 8)
                .alarm(Alarm::AboveZero),
        ],
        rows: hits(s, e).iter().map(row).collect(),
    }
}

fn options(s: &Scope<'_>, e: &Exception) -> Table {
    let rows = s
        .world
        .exception_options
        .of(e.id)
        .enumerate()
        .map(|(at, o)| {
            let chosen = Cell::text(if o.chosen { "√" } else { "" });
            vec![
                Cell::of(Value::Whole(i64::try_from(at + 1).unwrap_or(0))),
                Cell::text(o.text.clone()),
                Cell::date(o.date),
                o.cost
                    .map_or_else(|| Cell::text(""), |c| Cell::of(Value::Money(c))),
                Cell::text(o.risk.clone()),
                if o.chosen {
                    chosen.tone(Tone::Good)
                } else {
                    chosen
                },
            ]
        });
    Table {
        title: s.say(t::OPTIONS),
        columns: vec![
            s.column(w::LINE_MARK, 5).key(),
            s.column(t::OPTION, 40),
            s.column(w::DATE, 11),
            s.column(t::COST, 10),
            s.column(w::RISK, 24),
            s.column(t::CHOSEN, 6),
        ],
        rows: rows.collect(),
    }
}

/// What was to be decided and done, by whom, until when, and whether it is.
fn actions(s: &Scope<'_>, e: &Exception) -> Table {
    let row = |step: Word, what: &str, who: &str, until, done| {
        let known = !what.is_empty() || !who.is_empty();
        known.then(|| {
            vec![
                Cell::text(s.say(step)),
                Cell::text(what),
                Cell::text(who),
                Cell::date(until),
                Cell::date(done),
            ]
        })
    };
    let contained = e.contained_at.map(|at| at.date());
    let who = if e.decided_by.is_empty() {
        &e.decide_by_who
    } else {
        &e.decided_by
    };
    let rows = [
        row(w::CONTAINMENT, &e.containment, "", None, contained),
        row(
            w::DECISION_NEEDED,
            &e.decision_needed,
            &e.decide_by_who,
            e.decide_by,
            None,
        ),
        row(w::DECISION, &e.decision, who, e.decide_by, e.decided_on),
        row(w::CORRECTIVE, &e.corrective, &e.owner, e.act_by, e.acted_on),
        row(
            w::PREVENTIVE,
            &e.preventive,
            &e.owner,
            e.act_by,
            e.verified_on,
        ),
        row(w::SOLUTION, &e.solution, "", None, e.closed_on),
    ];
    let taken = s.world.exception_actions.of(e.id);
    let taken = taken.map(|a| row(a.kind.word(), &a.text, &a.owner, a.due, a.done_on));
    let rows = rows.into_iter().chain(taken);
    Table {
        title: s.say(t::ACTIONS),
        columns: vec![
            s.column(t::STEP, 14).key(),
            s.column(w::VALUE, 50).key(),
            s.column(t::BY_WHOM, 14),
            s.column(t::UNTIL, 11),
            s.column(t::DONE, 11),
        ],
        rows: rows.flatten().collect(),
    }
}

fn lessons(s: &Scope<'_>, e: &Exception) -> Option<Table> {
    let own = s.world.lessons.of(e.id);
    let own = own.filter(|l| l.exception_id == Some(e.id));
    let rows: Vec<Vec<Cell>> = own
        .map(|l| {
            vec![
                Cell::text(l.symptom.clone()),
                Cell::text(l.solution.clone()),
                Cell::text(l.prevention.clone()),
            ]
        })
        .collect();
    (!rows.is_empty()).then(|| Table {
        title: s.say(w::PART_LESSONS),
        columns: vec![
            s.column(w::SYMPTOM, 30).key(),
            s.column(w::SOLUTION, 30),
            s.column(w::LESSON, 30),
        ],
        rows,
    })
}
