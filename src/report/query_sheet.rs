//! The query sheet (疑问单): what was asked of whom, what is open and since when.

use super::paper::{Alarm, Cell, Column, Layout, Paper, Table, Tone, Value};
use super::{Lacks, Scope};
use crate::domain::codes::Department;
use crate::domain::document::Query;
use crate::domain::rule::query::{self, Age};
use crate::text::{Label, intake as said, report as r, words as w};

pub(super) fn make(s: &Scope<'_>) -> Result<Paper, Lacks> {
    let mut list: Vec<&Query> = match s.order {
        Some(order) => s.world.queries.of(order.id).collect(),
        None => s.world.queries.iter().collect(),
    };
    // Of all orders the open ones, and what was asked in the period where one is given.
    let period = s.from.is_some() || s.to.is_some();
    list.retain(|q| {
        s.holds(q.raised_on) && (s.order.is_some() || period || q.answered_on.is_none())
    });
    if list.is_empty() {
        return Err(Lacks::Rows);
    }
    list.sort_by_key(|q| (q.answered_on.is_some(), q.department, q.due, q.id));
    let mut head = vec![(s.say(r::MADE_ON), s.today.to_string())];
    if let Some(order) = s.order {
        head.push((s.say(w::ORDER_NO), order.no.clone()));
        let customer = s.world.customers.find(order.customer_id);
        let name = customer.map_or("", |c| c.name.as_str());
        head.push((s.say(w::CUSTOMER), name.to_owned()));
        head.push((s.say(w::CUSTOMER_PO), order.customer_po.clone()));
    }
    let rows = list.iter().map(|q| row(s, q)).collect();
    Ok(Paper {
        title: s.say(r::QUERY_SHEET),
        head,
        tables: vec![
            Table {
                title: String::new(),
                columns: columns(s),
                rows,
            },
            ages(s, &list),
        ],
        foot: vec![s.say(r::PLEASE_ANSWER)],
        layout: Layout::Page,
    })
}

fn columns(s: &Scope<'_>) -> Vec<Column> {
    vec![
        s.column(w::QUERY_NO, 9),
        s.column(w::ORDER_NO, 11),
        s.column(w::DEPARTMENT, 10),
        s.column(w::TOPIC, 14),
        s.column(w::QUESTION, 40),
        s.column(r::ASKED_ON, 11),
        s.column(w::DUE, 11),
        s.column(r::AGE, 6),
        s.column(said::REMINDERS, 6),
        s.column(w::ANSWER, 40),
        s.column(w::ANSWERED_BY, 10),
        s.column(r::ANSWERED_ON, 11),
        s.column(w::EFFECT, 20),
    ]
}

fn row(s: &Scope<'_>, q: &Query) -> Vec<Cell> {
    let order = s.world.orders.get(q.order_id);
    let open = q.answered_on.is_none();
    let late = open && q.due.is_some_and(|due| due < s.today);
    let due = Cell::date(q.due);
    vec![
        Cell::text(q.no.clone()),
        Cell::text(order.map_or("", |o| o.no.as_str())),
        Cell::text(q.department.word().text(s.lang)),
        Cell::text(q.topic.clone()),
        Cell::text(q.question.clone()),
        Cell::date(Some(q.raised_on)),
        if late { due.tone(Tone::Bad) } else { due },
        Cell::of(Value::Whole(query::age(q, s.today))),
        Cell::of(Value::Whole(query::reminders(s.world, q))),
        Cell::text(q.answer.clone()),
        Cell::text(q.answered_by.clone()),
        Cell::date(q.answered_on),
        Cell::text(said::effect(s.world, q, s.lang)),
    ]
}

/// How long the departments take: open, overdue, the oldest, days to answer.
fn ages(s: &Scope<'_>, list: &[&Query]) -> Table {
    let ages = query::ages(list.iter().copied(), s.today);
    let row = |(department, age): (Department, Age)| {
        let count = |n: usize| Cell::of(Value::Whole(i64::try_from(n).unwrap_or(i64::MAX)));
        vec![
            Cell::text(department.word().text(s.lang)),
            count(age.asked),
            count(age.open),
            count(age.overdue),
            Cell::of(Value::Whole(age.oldest)),
            match age.mean_days {
                Some(days) => Cell::of(Value::Qty(days)),
                None => Cell::text(""),
            },
        ]
    };
    Table {
        title: s.say(r::BY_DEPARTMENT),
        columns: vec![
            s.column(w::DEPARTMENT, 10),
            s.column(r::ASKED, 8),
            s.column(r::OPEN, 8),
            s.column(r::OVERDUE, 8).alarm(Alarm::AboveZero),
            s.column(r::OLDEST, 8),
            s.column(r::MEAN_DAYS, 10),
        ],
        rows: ages.into_iter().map(row).collect(),
    }
}
