//! The shipping plan and papers (出货计划/单证清单): what leaves when, and which papers are due.

use super::paper::{Cell, Layout, Paper, Table, Tone, Value};
use super::{Lacks, Scope};
use crate::domain::order::Order;
use crate::domain::progress::{ExportPaper, Shipment};
use crate::domain::quantity::{Micro, Qty};
use crate::domain::rule::shipment::{self as rule, Step, Wish, packing, papers};
use crate::text::{Label, report as r, shipping as words, words as w};

pub(super) fn make(s: &Scope<'_>) -> Result<Paper, Lacks> {
    let day = |x: &Shipment| x.shipped_on.or(x.planned);
    let mine = |x: &&Shipment| {
        x.cancelled_on.is_none()
            && s.order.is_none_or(|o| o.id == x.order_id)
            && day(x).is_none_or(|day| s.holds(day))
    };
    let mut all: Vec<&Shipment> = s.world.shipments.iter().filter(mine).collect();
    if all.is_empty() {
        return Err(Lacks::Rows);
    }
    all.sort_by_key(|x| (x.shipped_on.is_some(), day(x), x.id));
    let waiting = all.iter().filter(|x| rule::is_pending(x)).count();
    let mut head = vec![(s.say(r::MADE_ON), s.today.to_string())];
    if let Some(order) = s.order {
        head.push((s.say(w::ORDER_NO), order.no.clone()));
    }
    head.push((s.say(words::SHIPPING_PLAN), all.len().to_string()));
    head.push((
        Step::Planned.word().text(s.lang).to_owned(),
        waiting.to_string(),
    ));
    let mut tables = vec![shipments(s, &all)];
    let papers = papers(s, &all);
    if !papers.rows.is_empty() {
        tables.push(papers);
    }
    let rules = rules(s, &all);
    if !rules.rows.is_empty() {
        tables.push(rules);
    }
    Ok(Paper {
        title: s.say(words::SHIPPING_PLAN),
        layout: Layout::Pages,
        head,
        tables,
        foot: Vec::new(),
    })
}

fn shipments(s: &Scope<'_>, all: &[&Shipment]) -> Table {
    let row = |x: &&Shipment| {
        let world = s.world;
        let order = world.orders.get(x.order_id);
        let customer = order.and_then(|o| world.customers.find(o.customer_id));
        let t = packing::totals(world.cartons.of(x.id));
        let step = rule::step(world, x);
        let planned = Cell::date(x.planned);
        let late = rule::is_pending(x) && x.planned.is_some_and(|day| day < s.today);
        let cut_off = x
            .cut_off
            .map_or_else(String::new, |at| at.0.format("%Y-%m-%d %H:%M").to_string());
        let terms = order.map_or_else(String::new, |o| {
            words::terms(papers::Terms::of(o).by(&x.method), s.lang)
        });
        vec![
            Cell::text(x.no.clone()),
            Cell::text(order.map_or("", |o| o.no.as_str())),
            Cell::text(customer.map_or("", |c| c.name.as_str())),
            Cell::text(order.map_or("", |o| o.customer_po.as_str())),
            Cell::text(step.word().text(s.lang)).tone(if step == Step::Shipped {
                Tone::Good
            } else {
                Tone::Plain
            }),
            if late {
                planned.tone(Tone::Bad)
            } else {
                planned
            },
            Cell::date(x.shipped_on),
            Cell::of(Value::Qty(rule::total(world, x))),
            Cell::of(Value::Whole(t.cartons)),
            Cell::of(Value::Qty(t.volume.round_to(3))),
            Cell::of(Value::Qty(t.gross_kg)),
            Cell::of(Value::Qty(t.net_kg)),
            Cell::text(x.booking_no.clone()),
            Cell::text(x.vessel.clone()),
            Cell::text(cut_off),
            Cell::text(x.bl_no.clone()),
            Cell::text(terms),
            Cell::text(x.note.clone()),
        ]
    };
    Table {
        title: s.say(w::PART_SHIPMENTS),
        columns: vec![
            s.column(w::SHIPMENT_NO, 10).key(),
            s.column(w::ORDER_NO, 12),
            s.column(w::CUSTOMER, 18),
            s.column(w::CUSTOMER_PO, 14),
            s.column(words::STEP, 10),
            s.column(words::PLANNED_ON, 11),
            s.column(w::SHIPPED_ON, 11),
            s.column(w::QTY, 10),
            s.column(words::CARTONS, 8),
            s.column(words::VOLUME, 10),
            s.column(words::GROSS, 10),
            s.column(words::NET, 10),
            s.column(words::BOOKING, 14),
            s.column(words::VESSEL, 18),
            s.column(words::CUT_OFF, 16),
            s.column(w::BL_NO, 14),
            s.column(w::PRICE_TERMS, 30),
            s.column(w::NOTE, 20),
        ],
        rows: all.iter().map(row).collect(),
    }
}

fn papers(s: &Scope<'_>, all: &[&Shipment]) -> Table {
    let world = s.world;
    let mut rows = Vec::new();
    for x in all {
        let mut own: Vec<&ExportPaper> = world.export_papers.of(x.id).collect();
        own.sort_by_key(|p| (papers::due(world, x, p), p.id));
        for p in own {
            let due = papers::due(world, x, p);
            let left = due.map(|due| (due - s.today).num_days());
            let open = p.done_on.is_none();
            let tone = match left {
                _ if !open => Tone::Good,
                Some(..0) => Tone::Bad,
                Some(0..=1) => Tone::Warn,
                _ => Tone::Plain,
            };
            let rule = papers::rule_of(world, p.kind).filter(|_| p.due.is_none());
            rows.push(vec![
                Cell::text(x.no.clone()),
                Cell::text(words::paper_name(p.kind, &p.note, s.lang)),
                Cell::text(p.owner.word().text(s.lang)),
                Cell::date(due).tone(tone),
                match left.filter(|_| open) {
                    Some(days) => Cell::of(Value::Whole(days)).tone(tone),
                    None => Cell::text(""),
                },
                Cell::date(p.done_on),
                Cell::text(p.number.clone()),
                Cell::text(rule.map_or_else(String::new, |r| words::paper_rule(r, s.lang))),
                Cell::text(p.note.clone()),
            ]);
        }
    }
    Table {
        title: s.say(words::PAPERS),
        columns: vec![
            s.column(w::SHIPMENT_NO, 10).key(),
            s.column(words::PAPER, 18).key(),
            s.column(words::MAKER, 10),
            s.column(words::DUE_BY, 11),
            s.column(words::DAYS_LEFT, 8),
            s.column(words::PAPER_DONE, 11),
            s.column(words::NUMBER, 16),
            s.column(words::RULE, 34).key(),
            s.column(w::NOTE, 20),
        ],
        rows,
    }
}

/// What each planned shipment is held against.
fn rules(s: &Scope<'_>, all: &[&Shipment]) -> Table {
    let mut rows = Vec::new();
    for x in all.iter().filter(|x| rule::is_pending(x)) {
        let order: Option<&Order> = s.world.orders.get(x.order_id);
        let Some(order) = order else { continue };
        let own = s.world.shipment_lines.of(x.id);
        let lines: Vec<(i64, Qty)> = own.map(|l| (l.order_line_id, l.qty)).collect();
        let wish = Wish {
            shipment: Some(x),
            lines: &lines,
            day: x.planned.unwrap_or(s.today).max(s.today),
        };
        for f in rule::check(s.world, order, &wish) {
            let (word, tone) = if f.holds {
                (words::KEPT, Tone::Good)
            } else {
                (words::BROKEN, Tone::Bad)
            };
            rows.push(vec![
                Cell::text(x.no.clone()),
                Cell::text(s.say(word)).tone(tone),
                Cell::text(words::check(&f.check, s.lang)),
            ]);
        }
    }
    Table {
        title: s.say(words::RULES_PART),
        columns: vec![
            s.column(w::SHIPMENT_NO, 10).key(),
            s.column(w::RESULT, 8),
            s.column(words::RULE, 70),
        ],
        rows,
    }
}

/// Kilograms or cubic metres of one row times its cartons.
pub(super) fn times(one: Micro, cartons: i64) -> Micro {
    one.times(Micro::whole(cartons))
}
