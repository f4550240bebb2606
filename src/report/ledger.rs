//! The late-days ledger (延误天数账): the days of every late order, and what costs most.

use super::paper::{Cell, Layout, Paper, Table, Tone, Value};
use super::{Lacks, Scope};
use crate::app::ledger;
use crate::domain::quantity::Rate;
use crate::domain::rule::ledger::pareto::{self, By, Period};
use crate::domain::rule::ledger::{Ledger, Whose};
use crate::text::{claim as c, format, ledger as said, report as r, words as w};

pub(super) fn make(s: &Scope<'_>) -> Result<Paper, Lacks> {
    let mut ledgers = ledger::all(s.world, s.outlook, s.today);
    ledgers.retain(|l| s.order.is_none_or(|o| o.id == l.order_id));
    let period = Period {
        from: s.from,
        to: s.to,
    };
    let days: i64 = pareto::charges(&ledgers, &period)
        .map(|(_, c)| c.days())
        .sum();
    let mut tables: Vec<Table> = vec![orders(s, &ledgers, period), charged(s, &ledgers, period)];
    if s.order.is_none() {
        tables.extend(By::ALL.iter().map(|by| bars(s, &ledgers, *by, period)));
    }
    tables.push(months(s, &ledgers, period));
    tables.retain(|t| !t.rows.is_empty());
    if tables.is_empty() {
        return Err(Lacks::Rows);
    }
    let mut head = vec![
        (s.say(r::MADE_ON), s.today.to_string()),
        (s.say(said::LATE_DAYS), days.to_string()),
    ];
    for (label, day) in [(c::FROM, s.from), (c::TO, s.to)] {
        head.extend(day.map(|d| (s.say(label), d.to_string())));
    }
    Ok(Paper {
        title: s.say(said::LEDGER),
        layout: Layout::Pages,
        head,
        tables,
        foot: vec![s.say(said::RULE)],
    })
}

fn whole(n: i64) -> Cell {
    Cell::of(Value::Whole(n))
}

/// Late orders with what of their lateness falls into the period.
fn orders(s: &Scope<'_>, ledgers: &[Ledger], period: Period) -> Table {
    let row = |l: &Ledger| {
        let within = |c: &crate::domain::rule::ledger::Charge| c.within(period.from, period.to);
        let days: i64 = l.charges.iter().filter_map(within).map(|c| c.days()).sum();
        let order = s.world.orders.get(l.order_id).filter(|_| days > 0)?;
        let customer = s.world.customers.find(order.customer_id);
        let ends = Cell::date(Some(l.late.ends));
        Some(vec![
            Cell::text(order.no.clone()),
            Cell::text(customer.map_or("", |c| c.name.as_str())),
            Cell::date(Some(l.late.agreed)),
            if l.late.shipped {
                ends
            } else {
                ends.tone(Tone::Warn)
            },
            whole(l.late.days()),
            whole(days),
            whole(l.absorbed),
        ])
    };
    Table {
        title: s.say(said::ORDERS),
        columns: vec![
            s.column(w::ORDER_NO, 12).key(),
            s.column(w::CUSTOMER, 24),
            s.column(said::AGREED, 12),
            s.column(said::ENDED, 14),
            s.column(said::LATE_DAYS, 10),
            s.column(said::DAYS, 8),
            s.column(said::ABSORBED, 10),
        ],
        rows: ledgers.iter().filter_map(row).collect(),
    }
}

/// Every charged stretch of days.
pub(super) fn charged(s: &Scope<'_>, ledgers: &[Ledger], period: Period) -> Table {
    let rows = pareto::charges(ledgers, &period).map(|(order, charge)| {
        let who = Cell::text(said::who(s.world, order, charge.whose, s.lang));
        vec![
            Cell::text(s.world.orders.get(order).map_or("", |o| o.no.as_str())),
            Cell::date(Some(charge.from)),
            Cell::date(Some(charge.last())),
            whole(charge.days()),
            Cell::text(said::class(charge.whose, s.lang)),
            if charge.whose == Whose::Unexplained {
                who.tone(Tone::Warn)
            } else {
                who
            },
            Cell::text(said::sentence(s.world, &charge, s.today, s.lang)),
            Cell::text(said::evidence(s.world, charge.evidence, s.lang)),
        ]
    });
    Table {
        title: s.say(c::CHARGED),
        columns: vec![
            s.column(w::ORDER_NO, 12).key(),
            s.column(c::FROM, 11).key(),
            s.column(c::TO, 11),
            s.column(said::DAYS, 6),
            s.column(said::CHARGED_TO, 12),
            s.column(c::ABOUT, 20),
            s.column(said::WHY, 44).key(),
            s.column(said::EVIDENCE, 18),
        ],
        rows: rows.collect(),
    }
}

fn bars(s: &Scope<'_>, ledgers: &[Ledger], by: By, period: Period) -> Table {
    let percent = |share: Rate| Cell::text(format::percent(share));
    let count = |n: usize| whole(i64::try_from(n).unwrap_or(i64::MAX));
    let bars = pareto::bars(s.world, ledgers, by, period);
    let row = |b: &pareto::Bar| {
        vec![
            Cell::text(said::bar(s.world, b.whose, by, s.lang)),
            whole(b.days),
            percent(b.share),
            percent(b.cumulative),
            count(b.orders.len()),
            count(b.exceptions),
        ]
    };
    Table {
        title: format!("{} {}", s.say(said::PARETO), s.say(said::by(by))),
        columns: vec![
            s.column(said::CHARGED_TO, 24),
            s.column(said::DAYS, 8).bars(),
            s.column(said::SHARE, 8),
            s.column(said::CUMULATIVE, 8),
            s.column(said::ORDERS, 8),
            s.column(said::EXCEPTIONS, 8),
        ],
        rows: bars.iter().map(row).collect(),
    }
}

fn months(s: &Scope<'_>, ledgers: &[Ledger], period: Period) -> Table {
    let row = |m: &pareto::Month| {
        vec![
            Cell::text(m.first.format("%Y-%m").to_string()),
            whole(m.days),
            Cell::text(said::mostly(m, s.lang)),
        ]
    };
    Table {
        title: s.say(said::BY_MONTH),
        columns: vec![
            s.column(said::MONTH, 10),
            s.column(said::DAYS, 8).bars(),
            s.column(said::MOST, 60),
        ],
        rows: pareto::trend(ledgers, period).iter().map(row).collect(),
    }
}
