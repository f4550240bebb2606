//! Progress: daily figures of every operation, forecast against plan, inspection, shipment.

mod chance;
mod curves;
mod figures;
mod inspecting;
mod operations;
mod shipping;

use super::build::{
    customer, day, dim, due, fact, late, order_head, percent, product, qty, qty_or_blank, state,
    text,
};
use super::{
    Cell, Column, Cx, Detail, Long, Panel, PartKind, Parts, Reply, Row, Spot, Width, column, each,
    number,
};
use chrono::NaiveDate;

use crate::app::action::Action;
use crate::command::Command;
use crate::command::orders::{OrderStep, SetOrder};
use crate::domain::codes::{OrderState, Stage, Subject};
use crate::domain::order::Order;
use crate::domain::production::ProductionOrder;
use crate::domain::quantity::Qty;
use crate::domain::rule::{delivery, production};
use crate::overlay::form::FormKind;
use crate::overlay::forms::followup::chase_about;
use crate::text::{message, progress as t, words as w};
use crate::theme::Role;

/// The Progress panel.
#[derive(Debug, Clone, Copy)]
pub struct Progress;

const COLUMNS: &[Column] = &[
    column(w::ORDER_NO, Width::Fixed(10), 0),
    column(w::CUSTOMER, Width::Fill(2), 2),
    column(w::PRODUCT, Width::Fill(2), 4),
    number(w::QTY, 9, 3),
    number(w::MADE, 6, 0),
    number(w::SHIPPED, 9, 3),
    column(w::DUE, Width::Fixed(11), 0),
    column(w::FORECAST, Width::Fixed(11), 1),
    number(w::LATE, 8, 0),
    number(crate::text::chance::CHANCE, 7, 0),
    column(w::LAST_NEWS, Width::Fixed(11), 5),
    column(t::LAST_14_DAYS, Width::Fixed(14), 6),
    column(w::STATE, Width::Fixed(8), 7),
];

impl Panel for Progress {
    fn stage(&self) -> Stage {
        Stage::Progress
    }

    fn list(&self, cx: &Cx<'_>) -> Long {
        let mut orders: Vec<&Order> = cx
            .world
            .orders
            .iter()
            .filter(|o| matches!(o.state, OrderState::Accepted | OrderState::Closed))
            .collect();
        orders.sort_by_cached_key(|o| {
            (
                !delivery::is_live(o),
                delivery::is_shipped(cx.world, o),
                delivery::due(cx.world, o),
                o.id,
            )
        });
        Long {
            columns: COLUMNS,
            ids: orders.into_iter().map(|o| o.id).collect(),
            empty: Some(w::EMPTY_PROGRESS),
        }
    }

    fn rows(&self, cx: &Cx<'_>, ids: &[i64]) -> Vec<Row> {
        each(ids, |id| cx.world.orders.get(id).map(|o| row(cx, o)))
    }

    fn detail(&self, cx: &Cx<'_>, id: i64) -> Detail {
        let Some(order) = cx.world.orders.get(id) else {
            return Detail::default();
        };
        let parts = Parts::new(cx)
            .add(operations::part(cx, order))
            .dear(PartKind::Curve, t::PART_CURVE, || curves::part(cx, order))
            .add(figures::part(cx, order))
            .add(shipping::shipments(cx, order))
            .add(shipping::cartons(cx, order))
            .add(shipping::papers(cx, order))
            .add(inspecting::part(cx, order))
            .add(chance::part(cx, order))
            .done();
        let mut head = order_head(cx, order);
        head.extend(chance::fact(cx, order));
        let watch = curves::watch(cx, order);
        if !watch.is_empty() {
            let said = Cell::new(watch.join(cx.say(t::AND)), Role::Warn);
            head.push(fact(t::WATCH, said, cx.lang));
        }
        Detail { head, parts }
    }

    fn actions(&self, spot: &Spot) -> &'static [Action] {
        use Action as A;
        if let Some(actions) = shipping::actions(spot.part) {
            return actions;
        }
        match spot.part {
            PartKind::Figures => &[A::Correct, A::DayFigures, A::Report, A::ImportFigures],
            PartKind::Operations | PartKind::Curve => &[
                A::Report,
                A::DayFigures,
                A::Chase,
                A::CopyMessage,
                A::RaiseException,
            ],
            _ => &[
                A::DayFigures,
                A::Report,
                A::ImportFigures,
                A::Inspect,
                A::PlanInspection,
                A::Ship,
                A::Book,
                A::Pack,
                A::Papers,
                A::CloseOrder,
                A::ReopenOrder,
                A::Chase,
                A::CopyMessage,
                A::RaiseException,
            ],
        }
    }

    fn act(&self, cx: &Cx<'_>, action: Action, spot: &Spot) -> Reply {
        match action {
            Action::DayFigures => return super::open(cx, FormKind::DayFigures, 0),
            Action::ImportFigures => return Reply::Import,
            _ => {}
        }
        let Some(order) = cx.world.orders.get(spot.row) else {
            return Reply::Pass;
        };
        if let Some(reply) = shipping::act(cx, action, order, spot) {
            return reply;
        }
        match action {
            Action::Report => operations::report(cx, order, spot),
            Action::Open | Action::Correct if spot.part == PartKind::Figures => {
                figures::correct(cx, spot)
            }
            Action::Open if matches!(spot.part, PartKind::Operations | PartKind::List) => {
                operations::report(cx, order, spot)
            }
            Action::Open if spot.part == PartKind::Chance => chance::open(cx, order, spot),
            Action::Correct => Reply::Refuse(w::SELECT_FIGURE),
            Action::CloseOrder if delivery::is_shipped(cx.world, order) => {
                let command = SetOrder {
                    order_id: order.id,
                    to: OrderStep::Close,
                    reason: String::new(),
                };
                Reply::Confirm {
                    question: w::ASK_CLOSE_ORDER.fill(cx.lang, &[&order.no]),
                    command: Command::SetOrder(command),
                }
            }
            Action::CloseOrder => super::open(cx, FormKind::CloseOrder, order.id),
            Action::ReopenOrder => {
                let (order_id, to) = (order.id, OrderStep::Reopen);
                Reply::Run(Command::SetOrder(SetOrder {
                    order_id,
                    to,
                    reason: String::new(),
                }))
            }
            Action::Chase => Reply::Form(Box::new(chase_about(
                cx,
                Subject::Order,
                order.id,
                Some(order.id),
            ))),
            Action::CopyMessage => Reply::Copy(message::order(cx.world, order, cx.lang)),
            Action::RaiseException => super::raise(cx, Stage::Progress, Some(order.id), |f| {
                let chosen = (spot.part == PartKind::Operations).then_some(spot.part_row);
                let made = cx.world.operations.find(chosen);
                let made = made.map(|o| o.production_order_id);
                match cx.world.production_orders.find(made) {
                    Some(made) => super::about_made(cx, made, chosen, f),
                    None => f,
                }
            }),
            _ => Reply::Pass,
        }
    }

    fn order_of(&self, _: &Cx<'_>, row: i64) -> Option<i64> {
        (row != 0).then_some(row)
    }
}

/// When an order is finished at the reported rates, and between which days; by the plan where
/// nothing was reported.
fn forecast(cx: &Cx<'_>, made: &[&ProductionOrder]) -> Option<(NaiveDate, (NaiveDate, NaiveDate))> {
    let mut ends: Option<(NaiveDate, (NaiveDate, NaiveDate))> = None;
    for made in made {
        let told = cx.outlook.finishings.get(&made.id);
        let told = told.map(|f| (f.day, (f.early, f.late)));
        let planned = || {
            let day = cx.outlook.finishes.get(&made.id)?.ends.date();
            Some((day, (day, day)))
        };
        let Some((day, (early, late))) = told.or_else(planned) else {
            continue;
        };
        let (x, (y, z)) = ends.unwrap_or((day, (early, late)));
        ends = Some((day.max(x), (early.max(y), late.max(z))));
    }
    ends
}

fn row(cx: &Cx<'_>, order: &Order) -> Row {
    let q = delivery::order_qty(cx.world, order);
    let live = delivery::is_live(order) && q.open.is_positive();
    let by = delivery::due(cx.world, order);
    let made = operations::made(cx, order);
    let forecast = forecast(cx, &made).map(|(day, _)| day);
    let days = match (live, forecast, by) {
        (true, Some(f), Some(by)) => (f.max(cx.today()) - by).num_days(),
        (true, None, Some(by)) => (cx.today() - by).num_days(),
        _ => 0,
    };
    let mut cells = vec![
        text(order.no.clone()),
        customer(cx, order),
        product(cx, order),
        qty(q.ordered),
        production::share_made(cx.world, order).map_or_else(|| dim("—"), percent),
        qty_or_blank(q.shipped),
        if live { due(by, cx) } else { day(by, cx) },
        if live { day(forecast, cx) } else { dim("") },
        late(days, cx.lang),
        if live {
            chance::cell(cx, order)
        } else {
            dim("")
        },
        news(cx, &made),
        last_days(cx, &made),
        state(cx, order),
    ];
    if !delivery::is_live(order) {
        cells.iter_mut().for_each(|cell| cell.role = Role::Dim);
    }
    Row {
        id: order.id,
        cells,
    }
}

/// The last day with a figure; a warning where an operation is silent for longer than usual.
fn news(cx: &Cx<'_>, made: &[&ProductionOrder]) -> Cell {
    let last = made
        .iter()
        .filter_map(|p| production::last_report(cx.world, p));
    let last = last.max();
    let mut cell = day(last, cx);
    let silent = |id: i64| cx.outlook.paces.get(&id).is_some_and(|p| p.is_silent());
    if operations::all(cx, made).any(|(_, o)| silent(o.id)) {
        cell.role = Role::Warn;
    }
    cell
}

/// Good pieces of all operations in the last days.
fn last_days(cx: &Cx<'_>, made: &[&ProductionOrder]) -> Cell {
    let mut sums: Vec<Qty> = Vec::new();
    for (_, operation) in operations::all(cx, made) {
        let Some(pace) = cx.outlook.paces.get(&operation.id) else {
            continue;
        };
        let days = pace.last_days();
        sums.resize(days.len(), Qty::ZERO);
        for (sum, day) in sums.iter_mut().zip(days) {
            *sum += day;
        }
    }
    operations::spark(cx, &sums)
}
