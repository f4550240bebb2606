//! The work summary (工作总结) of a period: under each heading its text, its numbers beside those of
//! the period before, and the rows behind them.

use chrono::Datelike;

use super::paper::{Cell, Layout, Paper, Table, Value};
use super::{Lacks, Scope};
use crate::domain::rule::summary::{self, Amount, Case, Figure, Period, Section};
use crate::text::{report as r, summary as t};

/// Rows that are named beside a number.
const NAMED_MAX: usize = 20;

pub(super) fn make(s: &Scope<'_>) -> Result<Paper, Lacks> {
    let year = Period::year(s.from.or(s.to).unwrap_or(s.today).year());
    let period = year.and_then(|y| Period::between(s.from.unwrap_or(y.from), s.to.unwrap_or(y.to)));
    let period = period.ok_or(Lacks::Rows)?;
    let sections = summary::sections(s.world, s.today, period);
    let named = |p: Period| t::period(p, s.lang);
    let mut head = vec![
        (s.say(r::MADE_ON), s.today.to_string()),
        (s.say(t::PERIOD), named(period)),
    ];
    if let Some(before) = period.moved(-1) {
        head.push((s.say(t::BEFORE), named(before)));
    }
    let tables = sections.iter().flat_map(|x| tables(s, period, x));
    Ok(Paper {
        title: s.say(t::SUMMARY),
        layout: Layout::Page,
        head,
        tables: tables.collect(),
        foot: vec![s.say(t::FOOT)],
    })
}

fn tables(s: &Scope<'_>, period: Period, section: &Section) -> [Table; 2] {
    let own = summary::written(s.world, period, section.heading);
    let text = own.map_or_else(|| t::draft(s.world, section, s.lang), str::to_owned);
    let heading = s.say(t::heading(section.heading));
    let cases = [
        (t::WORST, &section.worst),
        (t::BEST, &section.best),
        (t::LESSONS_USED, &section.used),
        (t::LESSONS_REPEATED, &section.repeated),
    ];
    let mut rows: Vec<Vec<Cell>> = section.figures.iter().map(|f| figure(s, f)).collect();
    for (word, cases) in cases {
        if !cases.is_empty() {
            let said = Cell::text(behind(s, cases));
            rows.push(vec![
                Cell::text(s.say(word)),
                Cell::text(""),
                Cell::text(""),
                Cell::text(""),
                said,
            ]);
        }
    }
    [
        Table {
            title: heading,
            columns: vec![s.column(t::TEXT, 100)],
            rows: text.lines().map(|line| vec![Cell::text(line)]).collect(),
        },
        Table {
            title: String::new(),
            columns: vec![
                s.column(t::ITEM, 34).key(),
                s.column(t::NOW, 10),
                s.column(t::OF, 12),
                s.column(t::BEFORE, 10),
                s.column(t::ROWS, 60),
            ],
            rows,
        },
    ]
}

fn figure(s: &Scope<'_>, f: &Figure) -> Vec<Cell> {
    let value = |amount: Amount| {
        let value = amount.value();
        value.map_or_else(|| Cell::text("—"), |v| Cell::of(Value::Qty(v)))
    };
    let name = s.say(t::number(f.number).1);
    let (name, of) = match f.amount {
        Amount::Share { part, whole } => (format!("{name} %"), format!("{part}/{whole}")),
        _ => (name, String::new()),
    };
    vec![
        Cell::text(name),
        value(f.amount),
        Cell::text(of),
        value(f.before),
        Cell::text(behind(s, &f.rows)),
    ]
}

fn behind(s: &Scope<'_>, cases: &[Case]) -> String {
    let first = cases.get(..NAMED_MAX).unwrap_or(cases);
    let said = t::cases(s.world, first, s.lang);
    match cases.len().saturating_sub(NAMED_MAX) {
        0 => said,
        more => format!("{said} +{more}"),
    }
}
