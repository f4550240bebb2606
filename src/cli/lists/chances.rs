//! `list chances`, `list summary`: how likely orders are on time, and the numbers of a period.

use super::*;
use crate::app::outlook::ChanceOf;
use crate::domain::rule::summary::{self, Amount, Case, CaseOf, Figure, Period};
use crate::text::{chance as c, summary as s};

pub(super) fn chances(setting: &Setting, l: &Loaded, order: Option<i64>) -> Rows {
    let rows = l.outlook.chances.iter();
    let rows = rows.filter(|(id, _)| mine(order, Some(**id)));
    let row = |(id, chance): (&i64, &crate::app::outlook::Chance)| {
        let first = chance.first();
        let said = |of: ChanceOf| Value::from(c::what(&l.world, of, setting.lang));
        vec![
            order_no(&l.world, Some(*id)),
            date(Some(chance.due)),
            Value::from(chance.percent),
            date(Some(chance.p50)),
            date(Some(chance.p80)),
            first.map_or(Value::Null, |i| said(i.of)),
            Value::from(first.map_or(0, |i| i.gain)),
            Value::from(first.map_or(0, |i| i.days)),
            Value::from(chance.late_days.text()),
            Value::from(chance.exact),
        ]
    };
    let names = [
        "order",
        "due",
        "chance",
        "p50",
        "p80",
        "item",
        "gain",
        "days_sooner",
        "expected_late_days",
        "exact",
    ];
    named(&names, rows.map(row).collect())
}

/// The numbers of a period with those of the period before and the rows behind them.
pub(super) fn summary(setting: &Setting, l: &Loaded, period: Period) -> Rows {
    let value = |amount: Amount| {
        let value = amount.value();
        value.map_or(Value::Null, |v| Value::from(v.text()))
    };
    let case = |case: &Case| {
        json!({ "of": s::case_no(&l.world, case.of), "kind": s::case_kind(case.of),
            "order": order_no(&l.world, order_of(l, case.of)), "days": case.days })
    };
    let mut rows = Vec::new();
    for section in summary::sections(&l.world, setting.clock.today(), period) {
        let row = |f: &Figure| {
            let (part, whole) = match f.amount {
                Amount::Share { part, whole } => (Value::from(part), Value::from(whole)),
                _ => (Value::Null, Value::Null),
            };
            vec![
                Value::from(section.heading.code()),
                Value::from(s::number_code(f.number)),
                value(f.amount),
                value(f.before),
                part,
                whole,
                Value::from(f.rows.iter().map(case).collect::<Vec<_>>()),
            ]
        };
        rows.extend(section.figures.iter().map(row));
    }
    let names = [
        "heading", "number", "value", "before", "part", "whole", "rows",
    ];
    named(&names, rows)
}

fn order_of(l: &Loaded, of: CaseOf) -> Option<i64> {
    crate::text::summary::order_of(&l.world, of)
}
