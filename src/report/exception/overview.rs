//! Exceptions in a list, and their causes counted.

use std::collections::BTreeMap;

use super::{impact, reporter, severity, state};
use crate::domain::codes::CauseClass;
use crate::domain::exception::Exception;
use crate::domain::quantity::{Qty, Rate};
use crate::report::Scope;
use crate::report::paper::{Cell, Layout, Paper, Table, Tone, Value};
use crate::text::{Label, report as r, status as t, words as w};

pub(super) fn overview(s: &Scope<'_>, mut list: Vec<&Exception>) -> Paper {
    list.sort_by_key(|e| {
        let by = e.decide_by.or(e.act_by);
        (
            e.closed_on.is_some(),
            e.severity,
            by,
            std::cmp::Reverse(e.id),
        )
    });
    let mut head = vec![(s.say(r::MADE_ON), s.today.to_string())];
    head.extend(s.order.map(|o| (s.say(w::ORDER_NO), o.no.clone())));
    Paper {
        title: s.say(t::EXCEPTIONS),
        head,
        tables: vec![
            Table {
                title: String::new(),
                columns: vec![
                    s.column(w::NO, 9).key(),
                    s.column(w::DATE, 11),
                    s.column(t::WHO, 14),
                    s.column(w::ORDER_NO, 11),
                    s.column(w::WHAT, 30),
                    s.column(w::QTY, 9),
                    s.column(t::IMPACT, 20),
                    s.column(w::SEVERITY, 8),
                    s.column(w::RESPONSIBLE, 10),
                    s.column(w::WHY, 24),
                    s.column(w::CONTAINMENT, 24),
                    s.column(t::LONG_TERM, 24),
                    s.column(t::BY_WHOM, 10),
                    s.column(t::UNTIL, 11),
                    s.column(t::DONE, 11),
                    s.column(t::VERIFIED, 11),
                    s.column(t::CONCLUSION, 20),
                ],
                rows: list.iter().map(|e| row(s, e)).collect(),
            },
            causes(s, &list),
        ],
        foot: Vec::new(),
        layout: Layout::Pages,
    }
}

fn row(s: &Scope<'_>, e: &Exception) -> Vec<Cell> {
    let order = s.world.orders.find(e.order_id);
    let quantity = (!e.quantity.is_zero()).then_some(e.quantity);
    let overdue = e.closed_on.is_none() && e.act_by.is_some_and(|day| day < s.today);
    let until = Cell::date(e.act_by.or(e.decide_by));
    let long_term = [e.corrective.as_str(), e.preventive.as_str()];
    let long_term: Vec<&str> = long_term.into_iter().filter(|x| !x.is_empty()).collect();
    vec![
        Cell::text(e.no.clone()),
        Cell::date(Some(e.reported_at.date())),
        Cell::text(reporter(s, e)),
        Cell::text(order.map_or("", |o| o.no.as_str())),
        Cell::text(e.what.clone()),
        Cell::qty(quantity),
        Cell::text(impact(s, e)),
        severity(s, e),
        Cell::text(s.say(e.department.word())),
        Cell::text(
            if e.analysis.is_empty() {
                &e.why
            } else {
                &e.analysis
            }
            .clone(),
        ),
        Cell::text(e.containment.clone()),
        Cell::text(long_term.join(" / ")),
        Cell::text(e.owner.clone()),
        if overdue {
            until.tone(Tone::Bad)
        } else {
            until
        },
        Cell::date(e.acted_on),
        Cell::date(e.verified_on),
        Cell::text(if e.solution.is_empty() {
            state(s, e)
        } else {
            e.solution.clone()
        }),
    ]
}

/// The causes, most frequent first, with the share of all that they make together (Pareto).
fn causes(s: &Scope<'_>, list: &[&Exception]) -> Table {
    let mut counts: BTreeMap<Option<&'static str>, (Option<CauseClass>, i64)> = BTreeMap::new();
    for e in list {
        let count = counts.entry(e.cause.map(CauseClass::code));
        count.or_insert((e.cause, 0)).1 += 1;
    }
    let mut counts: Vec<(Option<CauseClass>, i64)> = counts.into_values().collect();
    counts.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    let all: i64 = counts.iter().map(|(_, n)| n).sum();
    let mut so_far = 0;
    let rows = counts.into_iter().map(|(cause, n)| {
        so_far += n;
        let share: Rate = Qty::whole(so_far).over(Qty::whole(all));
        let name = cause.map_or_else(|| s.say(t::CAUSE_UNKNOWN), |c| s.say(c.word()));
        vec![
            Cell::text(name),
            Cell::of(Value::Whole(n)),
            Cell::percent(Some(share)),
        ]
    });
    Table {
        title: s.say(t::BY_CAUSE),
        columns: vec![
            s.column(w::CAUSE, 14).key(),
            s.column(t::COUNT, 8).bars(),
            s.column(t::SHARE_SO_FAR, 9),
        ],
        rows: rows.collect(),
    }
}
