//! The change notice (更改通知单): what the latest amendment of an order changes, for whom.

use super::paper::{Cell, Layout, Paper, Table, Tone};
use super::{Lacks, Scope};
use crate::domain::order::Amendment;
use crate::domain::rule::amend;
use crate::text::{Label, production as p, report as r, ripple, words as w};

pub(super) fn make(s: &Scope<'_>) -> Result<Paper, Lacks> {
    let order = s.order.ok_or(Lacks::Order)?;
    let made = s.world.amendments.of(order.id);
    let mut made: Vec<&Amendment> = made.filter(|a| s.holds(a.made_on)).collect();
    made.sort_by_key(|a| a.no);
    let latest = made.last().ok_or(Lacks::Rows)?;
    let customer = s.world.customers.find(order.customer_id);
    let head = vec![
        (s.say(w::ORDER_NO), order.no.clone()),
        (
            s.say(w::CUSTOMER),
            customer.map_or("", |c| c.name.as_str()).to_owned(),
        ),
        (s.say(w::CUSTOMER_PO), order.customer_po.clone()),
        (s.say(w::REVISION_NO), latest.no.to_string()),
        (s.say(r::MADE_ON), latest.made_on.to_string()),
        (s.say(w::REASON), latest.reason.clone()),
    ];
    let mut tables = vec![changes(s, latest)];
    let made = production_orders(s, latest);
    if !made.rows.is_empty() {
        tables.push(made);
    }
    let seen = seen(s, latest);
    if !seen.rows.is_empty() {
        tables.push(seen);
    }
    let foot = [r::STOP_USING, r::SIGN_HERE];
    Ok(Paper {
        title: s.say(r::CHANGE_NOTICE),
        head,
        tables,
        foot: foot.map(|word| s.say(word)).to_vec(),
        layout: Layout::Page,
    })
}

fn changes(s: &Scope<'_>, a: &Amendment) -> Table {
    let row = |d: &amend::Difference| {
        let line = if d.line == 0 {
            s.say(r::WHOLE_ORDER)
        } else {
            d.line.to_string()
        };
        vec![
            Cell::text(line),
            Cell::text(ripple::field(&d.field, s.lang)),
            Cell::text(d.old.clone()),
            Cell::text(d.new.clone()).tone(Tone::Warn),
        ]
    };
    let read = amend::read(&a.text);
    let own = read.iter().filter(|d| amend::production_of(d).is_none());
    let mut rows: Vec<Vec<Cell>> = own.map(row).collect();
    if rows.is_empty() {
        // One that came with other words than the program's own is shown as it was written.
        let blank = || Cell::text("");
        let words = Cell::text(a.text.clone()).tone(Tone::Warn);
        rows.push(vec![
            Cell::text(s.say(r::WHOLE_ORDER)),
            blank(),
            blank(),
            words,
        ]);
    }
    Table {
        title: s.say(r::WHAT_CHANGES),
        columns: vec![
            s.column(w::LINE_MARK, 8).key(),
            s.column(r::FIELD, 16).key(),
            s.column(r::WAS, 32),
            s.column(r::IS, 32),
        ],
        rows,
    }
}

/// The production orders that follow, each with what it was and is now.
fn production_orders(s: &Scope<'_>, a: &Amendment) -> Table {
    let row = |d: &amend::Difference| {
        let (no, what) = amend::production_of(d)?;
        let tone = if d.new == "0" { Tone::Bad } else { Tone::Warn };
        Some(vec![
            Cell::text(no),
            Cell::text(ripple::production_aspect(what, s.lang)),
            Cell::text(d.old.clone()),
            Cell::text(d.new.clone()).tone(tone),
        ])
    };
    Table {
        title: s.say(p::THE_ORDERS),
        columns: vec![
            s.column(w::PRODUCTION_NO, 10).key(),
            s.column(r::FIELD, 16).key(),
            s.column(r::WAS, 32),
            s.column(r::IS, 32),
        ],
        rows: amend::read(&a.text).iter().filter_map(row).collect(),
    }
}

fn seen(s: &Scope<'_>, a: &Amendment) -> Table {
    let rows = s.world.acknowledgements.of(a.id).map(|k| {
        vec![
            Cell::text(k.department.word().text(s.lang)),
            Cell::date(Some(k.asked_on)),
            Cell::text(k.seen_by.clone()),
            Cell::date(k.seen_on),
        ]
    });
    Table {
        title: s.say(r::TO_KNOW),
        columns: vec![
            s.column(w::DEPARTMENT, 12),
            s.column(r::ASKED_ON, 12),
            s.column(w::SEEN_BY, 16),
            s.column(w::SEEN_ON, 12),
        ],
        rows: rows.collect(),
    }
}
