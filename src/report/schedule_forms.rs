//! A shop's scheduling forms: what is to be scheduled in all, and for each operation what waits,
//! what has its place, what is left, with the table of how far each has come.
//!
//! The headings are those of the forms a finishing shop works with; every value is derived.

use chrono::NaiveDate;

use super::order_review::lines::{project, remarks, steps};
use super::order_review::{text, urgency};
use super::paper::{Cell, Column, Layout, Paper, Table, Tone, Value, keyed};
use super::{Lacks, Scope};
use crate::domain::codes::{OrderState, ProductionState};
use crate::domain::order::{Order, OrderLine};
use crate::domain::production::{Operation, ProductionOrder};
use crate::domain::quantity::Qty;
use crate::domain::rule::order_class::{self as class, Step};
use crate::domain::rule::{delivery, production};
use crate::text::{Label, Word, order_class as c, production as p, words as w};

/// One operation of one order line, over all its production orders.
struct Stand<'a> {
    order: &'a Order,
    line: &'a OrderLine,
    name: String,
    /// Ordered, or in production where that is more.
    total: Qty,
    /// Of production orders whose operation has a place in the accepted plan.
    scheduled: Qty,
    done: Qty,
    /// What the next operation has made of it, or has been shipped: at least that was handed on.
    handed_on: Qty,
    /// Of the accepted plan, else of the computed one.
    starts: Option<NaiveDate>,
    ends: Option<NaiveDate>,
    /// Of the accepted plan alone.
    placed_from: Option<NaiveDate>,
    placed_to: Option<NaiveDate>,
    /// When the plan would begin with what has no place yet.
    rest_from: Option<NaiveDate>,
    /// The latest day it may start.
    wanted: Option<NaiveDate>,
}

impl Stand<'_> {
    fn rest(&self) -> Qty {
        (self.total - self.scheduled).floor_zero()
    }

    fn is_closed(&self) -> bool {
        self.done >= self.total
    }
}

pub(super) fn make(s: &Scope<'_>) -> Result<Paper, Lacks> {
    let stands = stands(s);
    let waiting: Vec<(&Order, &OrderLine)> = lines(s)
        .into_iter()
        .filter(|(_, line)| production::both(s.world, line).open.is_positive())
        .collect();
    if stands.is_empty() && waiting.is_empty() {
        return Err(Lacks::Rows);
    }
    let of = |keep: fn(&&Stand<'_>) -> bool| stands.iter().filter(keep);
    let none = |st: &&Stand<'_>| st.scheduled.is_zero() && !st.is_closed();
    let placed = |st: &&Stand<'_>| st.scheduled.is_positive() && !st.is_closed();
    let rest = |st: &&Stand<'_>| st.scheduled.is_positive() && st.rest().is_positive();
    let tables = vec![
        status(s, &stands),
        in_all(s, &waiting),
        operations(s, p::OPERATION_WAITS, Kind::Waits, of(none)),
        operations(s, p::OPERATION_PLACED, Kind::Placed, of(placed)),
        operations(s, p::OPERATION_REST, Kind::Rest, of(rest)),
    ];
    Ok(Paper {
        title: s.say(p::SCHEDULE_FORMS),
        head: vec![(s.say(p::SHEET_OF), s.today.to_string())],
        tables,
        foot: vec![s.say(p::FORMS_NOTE)],
        layout: Layout::Pages,
    })
}

/// Lines of accepted orders that are still to be shipped.
fn lines<'a>(s: &Scope<'a>) -> Vec<(&'a Order, &'a OrderLine)> {
    let orders =
        s.world.orders.iter().filter(|o| {
            o.state == OrderState::Accepted && s.order.is_none_or(|one| one.id == o.id)
        });
    orders
        .flat_map(|o| s.world.order_lines.of(o.id).map(move |l| (o, l)))
        .filter(|(_, l)| delivery::line_qty(s.world, l).open.is_positive())
        .collect()
}

fn stands<'a>(s: &Scope<'a>) -> Vec<Stand<'a>> {
    let mut out = Vec::new();
    for (order, line) in lines(s) {
        let made: Vec<(&ProductionOrder, Qty)> = production::of_line(s.world, line)
            .filter(|(made, _)| made.state != ProductionState::Cancelled)
            .collect();
        let mut seqs: Vec<(i64, String)> = Vec::new();
        for (one, _) in &made {
            for o in s.world.operations.of(one.id) {
                if !seqs.iter().any(|(seq, _)| *seq == o.seq) {
                    seqs.push((o.seq, o.name.clone()));
                }
            }
        }
        seqs.sort();
        for (at, (seq, name)) in seqs.iter().enumerate() {
            let next = seqs.get(at + 1).map(|(seq, _)| *seq);
            out.push(stand(s, (order, line), &made, (*seq, next), name));
        }
    }
    out
}

/// What of an operation's good pieces is this line's: its own part of the production order.
fn part(made: &ProductionOrder, share: Qty, pieces: Qty) -> Qty {
    if made.qty.is_positive() && share < made.qty {
        pieces.times(share).over(made.qty)
    } else {
        pieces
    }
}

fn stand<'a>(
    s: &Scope<'a>,
    (order, line): (&'a Order, &'a OrderLine),
    made: &[(&ProductionOrder, Qty)],
    (seq, next): (i64, Option<i64>),
    name: &str,
) -> Stand<'a> {
    let both = production::both(s.world, line);
    let mut st = Stand {
        order,
        line,
        name: name.to_owned(),
        total: both.ordered.max(both.in_production),
        scheduled: Qty::ZERO,
        done: Qty::ZERO,
        handed_on: Qty::ZERO,
        starts: None,
        ends: None,
        placed_from: None,
        placed_to: None,
        rest_from: None,
        wanted: None,
    };
    let earlier = |a: Option<NaiveDate>, b: Option<NaiveDate>| match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    };
    for (one, share) in made {
        let of = |seq: i64| s.world.operations.of(one.id).find(move |o| o.seq == seq);
        let Some(operation) = of(seq) else { continue };
        let done = |o: &Operation| part(one, *share, production::done(s.world, o));
        st.done += done(operation);
        st.handed_on += next.and_then(of).map_or(Qty::ZERO, done);
        let place = s.outlook.places.get(&operation.id);
        let day = |at: crate::domain::moment::Moment| at.date();
        let begins = operation
            .starts
            .or_else(|| place.map(|p| p.starts))
            .map(day);
        let ends = operation.ends.or_else(|| place.map(|p| p.ends)).map(day);
        if operation.starts.is_some() || done(operation).is_positive() {
            st.scheduled += *share;
            st.placed_from = earlier(st.placed_from, operation.starts.map(day));
            st.placed_to = st.placed_to.max(operation.ends.map(day));
        } else {
            st.rest_from = earlier(st.rest_from, begins);
        }
        st.starts = earlier(st.starts, begins);
        st.ends = st.ends.max(ends);
        st.wanted = earlier(st.wanted, place.map(|p| day(p.latest_start)));
    }
    if next.is_none() {
        st.handed_on = delivery::line_qty(s.world, line).shipped;
    }
    st
}

fn number(at: usize) -> Cell {
    Cell::of(Value::Whole(i64::try_from(at + 1).unwrap_or(0)))
}

const BASIC: &[(Word, u16)] = &[
    (c::PROJECT_NO, 14),
    (w::CUSTOMER, 16),
    (c::MODEL, 24),
    (c::MATERIAL_NO, 16),
    (c::LENGTH, 9),
    (p::ORDER_QTY, 9),
    (c::SURFACE, 10),
    (c::ORDER_DATE, 11),
    (p::ORDER_DUE, 11),
];

/// Who, what, how many, when.
fn basic(s: &Scope<'_>, order: &Order, line: &OrderLine) -> Vec<Cell> {
    let customer = s.world.customers.find(order.customer_id);
    vec![
        Cell::text(project(order, line)),
        Cell::text(customer.map_or("", |c| c.name.as_str())),
        Cell::text(format!("{} {}", line.name, line.spec).trim()),
        Cell::text(line.item_code.clone()),
        text(class::length(s.world, order, line)),
        Cell::of(Value::Qty(delivery::line_qty(s.world, line).ordered)),
        text(class::surface(s.world, order, line)),
        Cell::date(class::ordered_on(order)),
        Cell::date(line.requested_date),
    ]
}

const REVIEWED: &[(Word, u16)] = &[
    (c::REVIEW_RESULT, 11),
    (c::PROCESS_FLOW, 28),
    (c::PROCESS_NOTES, 24),
];

/// The date it was reviewed for and the way it takes.
fn reviewed(s: &Scope<'_>, order: &Order, line: &OrderLine, steps: &[Step]) -> Vec<Cell> {
    let late = line
        .promised_date
        .zip(line.requested_date)
        .is_some_and(|(promised, wanted)| promised > wanted);
    let tone = if late { Tone::Bad } else { Tone::Plain };
    vec![
        Cell::date(line.promised_date).tone(tone),
        Cell::text(class::flow(steps)),
        text(class::said(s.world, order, class::PROCESS)),
    ]
}

const RESOURCES: &[(Word, u16)] = &[
    (c::TOOLING, 10),
    (c::DAY_CAPACITY, 9),
    (c::BOTTLENECK, 12),
    (c::MATERIAL_STATE, 9),
    (c::SIZE_CLASS, 10),
    (c::URGENCY, 12),
    (w::REMARKS, 24),
];

fn resources(s: &Scope<'_>, order: &Order, line: &OrderLine, steps: &[Step]) -> Vec<Cell> {
    let tooling = class::said(s.world, order, class::TOOLING);
    let tooling = tooling.map(|t| class::tooling(&t).map_or(t, |known| s.say(known.word())));
    let slow = class::bottlenecks(steps);
    let slow: Vec<&str> = slow.iter().map(|s| s.mark.as_str()).collect();
    let capacity = class::capacity(steps);
    vec![
        text(tooling),
        capacity.map_or_else(|| Cell::text(""), |n| Cell::of(Value::Qty(n))),
        Cell::text(slow.join("、")),
        material(s, line),
        Cell::text(s.say(class::size(s.world, line).word())),
        Cell::text(urgency(s, order, line.requested_date)),
        Cell::text(remarks(order, line)),
    ]
}

/// Whether the kits of the line's production orders are there when they start.
fn material(s: &Scope<'_>, line: &OrderLine) -> Cell {
    let states = production::of_line(s.world, line).filter_map(|(made, _)| {
        let kit = s.outlook.kits.get(&made.id)?;
        let start = s.outlook.finishes.get(&made.id).map(|f| f.starts.date());
        Some(match kit.ready {
            Some(ready) => class::material_state(ready, start, s.today),
            None => class::MaterialState::Waiting,
        })
    });
    match states.max() {
        Some(class::MaterialState::Waiting) => {
            Cell::text(s.say(class::MaterialState::Waiting.word())).tone(Tone::Warn)
        }
        Some(ready) => Cell::text(s.say(ready.word())),
        None => Cell::text(""),
    }
}

fn columns(s: &Scope<'_>, parts: &[&[(Word, u16)]]) -> Vec<Column> {
    let all = parts.iter().flat_map(|part| part.iter());
    all.map(|(word, wide)| s.column(*word, *wide)).collect()
}

/// 总待排明细: lines of which something is in no production order yet.
fn in_all(s: &Scope<'_>, waiting: &[(&Order, &OrderLine)]) -> Table {
    let row = |(at, (order, line)): (usize, &(&Order, &OrderLine))| {
        let steps = steps(s, line);
        let mut cells = vec![number(at)];
        cells.extend(basic(s, order, line));
        cells.extend(reviewed(s, order, line, &steps));
        cells.extend(resources(s, order, line, &steps));
        cells
    };
    Table {
        title: s.say(p::ALL_WAITS),
        columns: keyed(
            columns(s, &[&[(p::NUMBER, 5)], BASIC, REVIEWED, RESOURCES]),
            &[1],
        ),
        rows: waiting.iter().enumerate().map(row).collect(),
    }
}

/// The three lists of operations differ in their dates alone.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Waits,
    Placed,
    Rest,
}

fn operations<'a>(
    s: &Scope<'_>,
    title: Word,
    kind: Kind,
    stands: impl Iterator<Item = &'a Stand<'a>>,
) -> Table {
    let dates: &[(Word, u16)] = match kind {
        Kind::Waits => &[(p::WANTED_ON, 11), (p::LOT_QTY, 9)],
        Kind::Placed => &[(p::PLACED_ON, 11), (p::WANTED_ON, 11), (p::LOT_QTY, 9)],
        Kind::Rest => &[
            (p::LAST_PLACED_ON, 11),
            (p::REST_PLANNED, 11),
            (p::WANTED_ON, 11),
            (p::LOT_QTY, 9),
        ],
    };
    let row = |(at, st): (usize, &Stand<'_>)| {
        let steps = steps(s, st.line);
        let mut cells = vec![number(at), Cell::text(st.name.clone())];
        cells.extend(basic(s, st.order, st.line));
        cells.extend(reviewed(s, st.order, st.line, &steps));
        let qty = match kind {
            Kind::Waits => st.total,
            Kind::Placed => st.scheduled,
            Kind::Rest => st.rest(),
        };
        if kind != Kind::Waits {
            cells.push(Cell::date(st.placed_from));
        }
        if kind == Kind::Rest {
            cells.push(Cell::date(st.rest_from));
        }
        cells.push(Cell::date(st.wanted));
        cells.push(Cell::of(Value::Qty(qty)));
        cells.extend(resources(s, st.order, st.line, &steps));
        cells
    };
    let head: &[(Word, u16)] = &[(p::NUMBER, 5), (w::OPERATION, 10)];
    Table {
        title: s.say(title),
        columns: keyed(
            columns(s, &[head, BASIC, REVIEWED, dates, RESOURCES]),
            &[1, 2],
        ),
        rows: stands.enumerate().map(row).collect(),
    }
}

/// 订单排产状态表: how far each operation of each order is scheduled, made and handed on.
fn status(s: &Scope<'_>, stands: &[Stand<'_>]) -> Table {
    let share = |qty: Qty, whole: Qty| {
        let rate = delivery::share(qty, whole);
        Cell::percent(Some(rate))
    };
    let row = |(at, st): (usize, &Stand<'_>)| {
        let mut cells = vec![number(at), Cell::text(st.name.clone())];
        cells.extend(basic(s, st.order, st.line));
        cells.push(passed(st.line));
        cells.push(Cell::date(st.starts));
        cells.push(Cell::date(st.ends));
        cells.push(Cell::of(Value::Qty(st.total)));
        for qty in [st.scheduled, st.rest(), st.done, st.handed_on] {
            cells.push(Cell::of(Value::Qty(qty)));
            cells.push(share(qty, st.total));
        }
        let (state, tone) = if st.is_closed() {
            (p::FORM_CLOSED, Tone::Good)
        } else {
            (p::FORM_OPEN, Tone::Plain)
        };
        cells.push(Cell::text(s.say(state)).tone(tone));
        cells.push(Cell::text(s.say(class::size(s.world, st.line).word())));
        cells.push(Cell::text(urgency(s, st.order, st.line.requested_date)));
        cells
    };
    let head: &[(Word, u16)] = &[(p::NUMBER, 5), (w::OPERATION, 10)];
    let rest: &[(Word, u16)] = &[
        (p::REVIEWED_MARK, 6),
        (p::PLANNED_FROM, 11),
        (p::PLANNED_TO, 11),
        (p::TOTAL_TO_PLACE, 9),
        (p::PLACED, 9),
        (p::SHARE, 7),
        (p::NOT_PLACED, 9),
        (p::SHARE, 7),
        (p::WORKED, 9),
        (p::SHARE, 7),
        (p::HANDED_ON, 9),
        (p::SHARE, 7),
        (p::FORM_STATE, 8),
        (c::SIZE_CLASS, 10),
        (c::URGENCY, 12),
    ];
    Table {
        title: s.say(p::STATUS_TABLE),
        columns: keyed(columns(s, &[head, BASIC, rest]), &[1, 2]),
        rows: stands.iter().enumerate().map(row).collect(),
    }
}

/// √ where the line was accepted for the date the customer asked for, × where for a later one.
fn passed(line: &OrderLine) -> Cell {
    match line.promised_date.zip(line.requested_date) {
        Some((promised, wanted)) if promised > wanted => Cell::text("×").tone(Tone::Bad),
        Some(_) => Cell::text("√").tone(Tone::Good),
        None => Cell::text(""),
    }
}
