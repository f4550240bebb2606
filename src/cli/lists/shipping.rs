//! `list inspections`, `list cartons`, `list papers`, `list aql`.

use clap::Args;

use super::*;
use crate::domain::order::Order;
use crate::domain::quantity::Micro;
use crate::domain::rule::aql::{self, Aql, Level};
use crate::domain::rule::inspection::{self, Class};
use crate::domain::rule::shipment::{packing, papers};
use crate::text::{Label, shipping as words};

/// What `list aql` is asked.
#[derive(Debug, Clone, Args)]
pub(in crate::cli) struct Lot {
    /// The lot of `aql`, in pieces
    #[arg(long, value_name = "N")]
    lot: Option<i64>,
    /// The level of `aql`: I, II, III, S-1 .. S-4; all of them where it is not given
    #[arg(long, value_name = "L")]
    level: Option<String>,
    /// The AQL of `aql`, such as 2.5; all of them where it is not given
    #[arg(long, value_name = "A")]
    aql: Option<String>,
}

const NO_LOT: Word = word(
    "请用 --lot 给出批量（1 以上的整数）。",
    "Give the lot with --lot, a whole number from 1.",
);

/// The plans of a lot.
pub(super) fn aql(setting: &Setting, asked: &Lot) -> Result<Rows, Failure> {
    let refuse = |why: Word| Failure(why.text(setting.lang).to_owned());
    let lot = asked
        .lot
        .filter(|n| *n >= 1)
        .ok_or_else(|| refuse(NO_LOT))?;
    let levels = match &asked.level {
        None => Level::ALL.to_vec(),
        Some(text) => vec![Level::of(text).ok_or_else(|| refuse(words::BAD_LEVEL))?],
    };
    let aqls: Vec<Aql> = match &asked.aql {
        None => Aql::all().collect(),
        Some(text) => vec![Aql::of(text).ok_or_else(|| refuse(words::BAD_AQL))?],
    };
    let mut rows = Vec::new();
    for level in levels {
        for aql in &aqls {
            let Some(p) = aql::plan(lot, level, *aql) else {
                continue;
            };
            rows.push(vec![
                Value::from(lot),
                Value::from(level.code()),
                Value::from(aql.code()),
                Value::from(p.code_letter.to_string()),
                Value::from(p.plan_letter.to_string()),
                Value::from(p.n),
                Value::from(p.inspect_all),
                Value::from(p.ac),
                Value::from(p.re),
            ]);
        }
    }
    let names = [
        "lot",
        "level",
        "aql",
        "code_letter",
        "plan_letter",
        "n",
        "inspect_all",
        "ac",
        "re",
    ];
    Ok(named(&names, rows))
}

fn orders(l: &Loaded, order: Option<i64>) -> impl Iterator<Item = &Order> {
    l.world
        .orders
        .iter()
        .filter(move |o| order.is_none_or(|id| id == o.id))
}

pub(super) fn inspections(l: &Loaded, order: Option<i64>) -> Rows {
    let mut rows = Vec::new();
    for order in orders(l, order) {
        for i in l.world.inspections.of(order.id) {
            let limits = inspection::limits_of(i);
            let made = l.world.production_orders.find(i.production_order_id);
            let shipment = l.world.shipments.find(i.shipment_id);
            let mut row = vec![
                Value::from(order.no.clone()),
                made.map_or(Value::Null, |p| Value::from(p.no.clone())),
                shipment.map_or(Value::Null, |s| Value::from(s.no.clone())),
                Value::from(i.kind.code()),
                Value::from(inspection::round(&l.world, i)),
                date(i.planned),
                date(i.done_on),
                Value::from(i.lot.text()),
                Value::from(i.level.clone()),
                Value::from(i.aql.clone()),
                Value::from(i.sample),
            ];
            for class in Class::ALL {
                let limit = limits.iter().find(|l| l.class == class);
                row.push(limit.map_or(Value::Null, |l| Value::from(l.n)));
                row.push(limit.map_or(Value::Null, |l| Value::from(l.ac)));
                row.push(limit.map_or(Value::Null, |l| Value::from(l.re)));
                row.push(Value::from(class.found(i)));
            }
            row.extend([
                Value::from(i.result.code()),
                Value::from(inspection::verdict(i).code()),
                Value::from(i.override_reason.clone()),
                Value::from(i.defects.clone()),
                Value::from(i.note.clone()),
            ]);
            rows.push(row);
        }
    }
    let names = [
        "order",
        "production_order",
        "shipment",
        "kind",
        "round",
        "planned",
        "done_on",
        "lot",
        "level",
        "aql",
        "sample",
        "critical_n",
        "critical_ac",
        "critical_re",
        "critical",
        "major_n",
        "major_ac",
        "major_re",
        "major",
        "minor_n",
        "minor_ac",
        "minor_re",
        "minor",
        "result",
        "by_counts",
        "override_reason",
        "defects",
        "note",
    ];
    named(&names, rows)
}

pub(super) fn cartons(l: &Loaded, order: Option<i64>) -> Rows {
    let mut rows = Vec::new();
    for order in orders(l, order) {
        for s in l.world.shipments.of(order.id) {
            for c in l.world.cartons.of(s.id) {
                let line = l.world.order_lines.find(c.order_line_id);
                rows.push(vec![
                    Value::from(order.no.clone()),
                    Value::from(s.no.clone()),
                    line.map_or(Value::Null, |line| Value::from(line.no)),
                    Value::from(c.colour.clone()),
                    Value::from(c.size.clone()),
                    Value::from(c.first_no),
                    Value::from(packing::last_no(c)),
                    Value::from(c.per_carton.text()),
                    Value::from(c.cartons),
                    Value::from(c.per_carton.times(Micro::whole(c.cartons)).text()),
                    Value::from(c.length_mm),
                    Value::from(c.width_mm),
                    Value::from(c.height_mm),
                    Value::from(c.gross_kg.text()),
                    Value::from(c.net_kg.text()),
                ]);
            }
        }
    }
    let names = [
        "order",
        "shipment",
        "line",
        "colour",
        "size",
        "first_no",
        "last_no",
        "per_carton",
        "cartons",
        "pieces",
        "length_mm",
        "width_mm",
        "height_mm",
        "gross_kg",
        "net_kg",
    ];
    named(&names, rows)
}

pub(super) fn papers(setting: &Setting, l: &Loaded, order: Option<i64>) -> Rows {
    let mut rows = Vec::new();
    let today = setting.clock.today();
    for order in orders(l, order) {
        for s in l.world.shipments.of(order.id) {
            for p in l.world.export_papers.of(s.id) {
                let due = papers::due(&l.world, s, p);
                let late = match (p.done_on, due) {
                    (None, Some(due)) => (today - due).num_days().max(0),
                    _ => 0,
                };
                let rule = papers::rule_of(&l.world, p.kind);
                let rule = rule.filter(|_| p.due.is_none());
                rows.push(vec![
                    Value::from(order.no.clone()),
                    Value::from(s.no.clone()),
                    Value::from(p.kind.code()),
                    Value::from(p.kind.word().text(setting.lang)),
                    Value::from(p.owner.code()),
                    date(due),
                    date(p.done_on),
                    Value::from(late),
                    Value::from(p.number.clone()),
                    rule.map_or(Value::Null, |r| {
                        Value::from(words::paper_rule(r, setting.lang))
                    }),
                    Value::from(p.note.clone()),
                ]);
            }
        }
    }
    let names = [
        "order",
        "shipment",
        "kind",
        "paper",
        "owner",
        "due",
        "done_on",
        "late_days",
        "number",
        "rule",
        "note",
    ];
    named(&names, rows)
}
