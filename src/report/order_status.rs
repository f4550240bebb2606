//! Order status (订单进度表): every order that is still followed up, where it is, when it comes.

use chrono::NaiveDate;

use super::paper::{Alarm, Cell, Column, Layout, Paper, Table, Tone, Value};
use super::{Lacks, Scope};
use crate::domain::codes::{OrderState, ProductionState, Stage};
use crate::domain::order::Order;
use crate::domain::quantity::Rate;
use crate::domain::rule::{delivery, production};
use crate::text::{Label, report as r, status as t, words as w};

pub(super) fn make(s: &Scope<'_>) -> Result<Paper, Lacks> {
    let live = |o: &&Order| {
        let due = delivery::due(s.world, o);
        let asked = s.order.is_some_and(|one| one.id == o.id);
        let period = s.from.is_some() || s.to.is_some();
        let follows = delivery::is_live(o) && !delivery::is_shipped(s.world, o);
        let in_period = due.map_or(!period, |day| s.holds(day));
        asked || s.order.is_none() && (follows || period) && in_period
    };
    let mut orders: Vec<&Order> = s.world.orders.iter().filter(live).collect();
    if orders.is_empty() {
        return Err(Lacks::Rows);
    }
    orders.sort_by_key(|o| (delivery::due(s.world, o).unwrap_or(NaiveDate::MAX), o.id));
    let rows: Vec<Vec<Cell>> = orders.iter().map(|o| row(s, o)).collect();
    Ok(Paper {
        title: s.say(t::ORDER_STATUS),
        head: vec![
            (s.say(r::MADE_ON), s.today.to_string()),
            (s.say(r::ORDERS), orders.len().to_string()),
        ],
        tables: vec![Table {
            title: String::new(),
            columns: columns(s),
            rows,
        }],
        foot: vec![s.say(t::FORECAST_BASIS)],
        layout: Layout::Pages,
    })
}

fn columns(s: &Scope<'_>) -> Vec<Column> {
    vec![
        s.column(w::ORDER_NO, 11).key(),
        s.column(w::CUSTOMER, 18),
        s.column(w::CUSTOMER_PO, 14),
        s.column(w::PRODUCT, 24),
        s.column(w::QTY, 9),
        s.column(w::UNIT, 6),
        s.column(w::STAGE, 9),
        s.column(w::STATE, 9),
        s.column(w::KIT_RATE, 8).alarm(Alarm::BelowWhole),
        s.column(w::MADE, 8),
        s.column(w::SHIPPED, 9),
        s.column(w::REQUESTED_DATE, 11),
        s.column(w::PROMISED_DATE, 11),
        s.column(w::FORECAST, 11),
        s.column(w::LATE_DAYS, 6).alarm(Alarm::AboveZero),
        s.column(w::LAST_NEWS, 11),
        s.column(t::OPEN_QUERIES, 8).alarm(Alarm::AboveZero),
        s.column(t::OPEN_EXCEPTIONS, 8).alarm(Alarm::AboveZero),
        s.column(w::REMARKS, 24),
    ]
}

fn row(s: &Scope<'_>, order: &Order) -> Vec<Cell> {
    let world = s.world;
    let customer = world.customers.find(order.customer_id);
    let qty = delivery::order_qty(world, order);
    let unit = world
        .order_lines
        .of(order.id)
        .next()
        .map(|l| l.unit.as_str());
    let queries = world.queries.of(order.id);
    let queries = queries.filter(|q| q.answered_on.is_none()).count();
    let exceptions = world.exceptions.iter().filter(|e| {
        let also = || {
            world
                .exception_orders
                .of(e.id)
                .any(|x| x.order_id == order.id)
        };
        e.closed_on.is_none() && (e.order_id == Some(order.id) || also())
    });
    let news = production::of_order(world, order).filter_map(|p| production::last_report(world, p));
    let count = |n: usize| Cell::of(Value::Whole(i64::try_from(n).unwrap_or(i64::MAX)));
    let state = if order.on_hold {
        Cell::text(s.say(w::ON_HOLD_STATE)).tone(Tone::Warn)
    } else {
        Cell::text(s.say(order.state.word()))
    };
    let stage = stage(s, order).map_or_else(|| s.say(t::SHIPPED_ALL), |at| s.say(at.word()));
    vec![
        Cell::text(order.no.clone()),
        Cell::text(customer.map_or("", |c| c.name.as_str())),
        Cell::text(order.customer_po.clone()),
        Cell::text(products(s, order)),
        Cell::of(Value::Qty(qty.ordered)),
        Cell::text(unit.unwrap_or("")),
        Cell::text(stage),
        state,
        Cell::percent(kit_rate(s, order)),
        Cell::percent(production::share_made(world, order)),
        Cell::of(Value::Qty(qty.shipped)),
        Cell::date(delivery::requested(world, order)),
        Cell::date(delivery::promised(world, order)),
        Cell::date(forecast(s, order)),
        Cell::whole(late_days(s, order)),
        Cell::date(news.max()),
        count(queries),
        count(exceptions.count()),
        Cell::text(order.remarks.clone()),
    ]
}

/// The products of an order by name, each once.
pub(super) fn products(s: &Scope<'_>, order: &Order) -> String {
    let mut names: Vec<&str> = Vec::new();
    for line in s.world.order_lines.of(order.id) {
        let name = if line.name.is_empty() {
            line.item_code.as_str()
        } else {
            line.name.as_str()
        };
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.join(", ")
}

/// Where the order is; none: it has been shipped in full.
fn stage(s: &Scope<'_>, order: &Order) -> Option<Stage> {
    let world = s.world;
    if order.state == OrderState::Open {
        let asked = world.review_rounds.of(order.id).next().is_some();
        return Some(if asked {
            Stage::Capacity
        } else {
            Stage::Intake
        });
    }
    if delivery::is_shipped(world, order) {
        return None;
    }
    let made: Vec<_> = production::of_order(world, order)
        .filter(|m| m.state != ProductionState::Cancelled)
        .collect();
    let released = made.iter().any(|m| m.state == ProductionState::Released);
    let begun = made.iter().any(|m| production::is_begun(world, m));
    let short = kit_rate(s, order).is_some_and(|rate| rate < Rate::ONE);
    Some(if made.is_empty() {
        Stage::Schedule
    } else if begun {
        Stage::Progress
    } else if short {
        Stage::Materials
    } else if released {
        Stage::Progress
    } else {
        Stage::Schedule
    })
}

/// The lowest share of materials that are there, of the production orders still to be made.
fn kit_rate(s: &Scope<'_>, order: &Order) -> Option<Rate> {
    let made = production::of_order(s.world, order);
    let kits = made.filter_map(|m| s.outlook.kits.get(&m.id));
    kits.map(|kit| kit.item_rate).min()
}

/// When the plan has the last of it finished; of an order in review, when it could be.
pub(super) fn forecast(s: &Scope<'_>, order: &Order) -> Option<NaiveDate> {
    if !delivery::is_live(order) || delivery::is_shipped(s.world, order) {
        return None;
    }
    let made = production::of_order(s.world, order);
    let ends = made.filter_map(|p| s.outlook.finishes.get(&p.id));
    let planned = ends.map(|f| f.ends.date()).max();
    planned
        .map(|day| day.max(s.today))
        .or_else(|| s.outlook.promises.get(&order.id).and_then(|p| p.date))
}

/// Days that it will be late, or is already; none where that cannot be told.
pub(super) fn late_days(s: &Scope<'_>, order: &Order) -> Option<i64> {
    let due = delivery::due(s.world, order)?;
    if !delivery::is_live(order) || delivery::is_shipped(s.world, order) {
        return None;
    }
    let by = forecast(s, order).unwrap_or(s.today).max(s.today);
    Some((by - due).num_days().max(0))
}
