//! The milestone calendar (节点表): orders down, milestones across with their days; then each with
//! its latest, planned and expected day and the room that is left.

use chrono::NaiveDate;

use super::order_status::products;
use super::paper::{Alarm, Cell, Column, Layout, Paper, Table, Tone};
use super::{Lacks, Scope};
use crate::domain::order::Order;
use crate::domain::rule::delivery;
use crate::domain::rule::milestone::{self, Standing};
use crate::text::{Label, report as r, status as t, words as w};

/// Milestones that get a column of the calendar; the others stand in the list below it.
const NODES_MAX: usize = 24;

pub(super) fn make(s: &Scope<'_>) -> Result<Paper, Lacks> {
    let mut orders: Vec<(&Order, Vec<Standing<'_>>)> = Vec::new();
    for order in &s.world.orders {
        let asked = s
            .order
            .map_or(delivery::is_live(order), |one| one.id == order.id);
        // A network that is broken has no days; the panel says why.
        let list = milestone::standing(s.world, order, s.today).unwrap_or_default();
        let mine = |n: &Standing<'_>| match n.actual.or(n.expected) {
            Some(day) => s.holds(day),
            None => s.from.is_none() && s.to.is_none(),
        };
        let list: Vec<Standing<'_>> = list.into_iter().filter(mine).collect();
        if asked && !list.is_empty() {
            orders.push((order, list));
        }
    }
    if orders.is_empty() {
        return Err(Lacks::Rows);
    }
    orders.sort_by_key(|(o, _)| (delivery::due(s.world, o).unwrap_or(NaiveDate::MAX), o.id));
    let mut head = vec![(s.say(r::MADE_ON), s.today.to_string())];
    head.extend(s.order.map(|o| (s.say(w::ORDER_NO), o.no.clone())));
    Ok(Paper {
        title: s.say(t::MILESTONES),
        head,
        tables: vec![calendar(s, &orders), list(s, &orders)],
        foot: vec![s.say(t::NODE_LEGEND)],
        layout: Layout::Pages,
    })
}

fn calendar(s: &Scope<'_>, orders: &[(&Order, Vec<Standing<'_>>)]) -> Table {
    let mut names: Vec<(i64, &str)> = Vec::new();
    for (_, list) in orders {
        for node in list {
            match names.iter_mut().find(|(_, name)| *name == node.row.name) {
                Some(known) => known.0 = known.0.min(node.row.seq),
                None => names.push((node.row.seq, &node.row.name)),
            }
        }
    }
    names.sort_by_key(|(seq, _)| *seq);
    names.truncate(NODES_MAX);
    let mut columns = vec![
        s.column(w::ORDER_NO, 11).key(),
        s.column(w::CUSTOMER, 16),
        s.column(w::PRODUCT, 20),
        s.column(w::DUE, 11),
    ];
    columns.extend(names.iter().map(|(_, name)| Column::new(*name, 11)));
    let row = |(order, list): &(&Order, Vec<Standing<'_>>)| {
        let customer = s.world.customers.find(order.customer_id);
        let mut cells = vec![
            Cell::text(order.no.clone()),
            Cell::text(customer.map_or("", |c| c.name.as_str())),
            Cell::text(products(s, order)),
            Cell::date(delivery::due(s.world, order)),
        ];
        cells.extend(names.iter().map(|(_, name)| {
            let node = list.iter().find(|n| n.row.name == *name);
            node.map_or_else(|| Cell::date(None), day)
        }));
        cells
    };
    Table {
        title: s.say(t::NODE_CALENDAR),
        columns,
        rows: orders.iter().map(row).collect(),
    }
}

fn day(node: &Standing<'_>) -> Cell {
    let cell = Cell::date(node.actual.or(node.expected));
    match node.float {
        _ if node.actual.is_some() => cell.tone(Tone::Good),
        Some(room) if room < 0 => cell.tone(Tone::Bad),
        _ => cell,
    }
}

fn list(s: &Scope<'_>, orders: &[(&Order, Vec<Standing<'_>>)]) -> Table {
    let mut rows = Vec::new();
    for (order, list) in orders {
        for node in list {
            let m = node.row;
            let open = node.actual.is_none();
            let name = Cell::text(m.name.clone());
            rows.push(vec![
                Cell::text(order.no.clone()),
                if node.tightest {
                    name.tone(Tone::Warn)
                } else {
                    name
                },
                Cell::text(s.say(m.owner.word())),
                Cell::date(node.latest),
                Cell::date(m.planned),
                Cell::date(m.revised),
                Cell::date(node.expected.filter(|_| open)),
                Cell::date(node.actual),
                Cell::whole(node.late_days.filter(|days| *days > 0)),
                Cell::whole(node.float.filter(|_| open)),
                Cell::text(m.revised_reason.clone()),
            ]);
        }
    }
    Table {
        title: s.say(t::NODES),
        columns: vec![
            s.column(w::ORDER_NO, 11).key(),
            s.column(w::NODE, 18).key(),
            s.column(w::DEPARTMENT, 10),
            s.column(w::LATEST, 11),
            s.column(w::PLANNED, 11),
            s.column(w::REVISED, 11),
            s.column(t::EXPECTED, 11),
            s.column(w::DONE_ON, 11),
            s.column(w::LATE_DAYS, 6).alarm(Alarm::AboveZero),
            s.column(w::FLOAT, 6).alarm(Alarm::BelowZero),
            s.column(w::REASON, 20),
        ],
        rows,
    }
}
