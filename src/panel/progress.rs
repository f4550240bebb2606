//! Progress: daily figures of every operation, forecast against plan, inspection, shipment.

mod figures;
mod inspecting;
mod operations;
mod shipping;

use super::build::{
    customer, day, dim, due, late, order_head, percent, product, qty, qty_or_blank, state, text,
};
use super::{
    Column, Cx, Detail, Listing, Panel, PartKind, Reply, Row, Spot, Width, column, number,
};
use crate::app::action::Action;
use crate::command::Command;
use crate::command::orders::{OrderStep, SetOrder};
use crate::domain::codes::{OrderState, Stage, Subject};
use crate::domain::order::Order;
use crate::domain::quantity::{Qty, Rate};
use crate::domain::rule::{delivery, production};
use crate::overlay::form::FormKind;
use crate::overlay::forms::followup::chase_about;
use crate::text::{message, words as w};
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
    column(w::LAST_NEWS, Width::Fixed(11), 5),
    column(w::STATE, Width::Fixed(8), 6),
];

impl Panel for Progress {
    fn stage(&self) -> Stage {
        Stage::Progress
    }

    fn list(&self, cx: &Cx<'_>) -> Listing {
        let mut orders: Vec<&Order> = cx
            .world
            .orders
            .iter()
            .filter(|o| matches!(o.state, OrderState::Accepted | OrderState::Closed))
            .collect();
        orders.sort_by_key(|o| {
            (
                !delivery::is_live(o),
                delivery::is_shipped(cx.world, o),
                delivery::due(cx.world, o),
                o.id,
            )
        });
        let rows = orders.into_iter().map(|o| row(cx, o)).collect();
        Listing {
            columns: COLUMNS,
            rows,
            empty: Some(w::EMPTY_PROGRESS),
        }
    }

    fn detail(&self, cx: &Cx<'_>, id: i64) -> Detail {
        let Some(order) = cx.world.orders.get(id) else {
            return Detail::default();
        };
        let parts = vec![
            operations::part(cx, order),
            figures::part(cx, order),
            shipping::shipments(cx, order),
            shipping::cartons(cx, order),
            shipping::papers(cx, order),
            inspecting::part(cx, order),
        ];
        Detail {
            head: order_head(cx, order),
            parts,
        }
    }

    fn actions(&self, spot: &Spot) -> &'static [Action] {
        use Action as A;
        if let Some(actions) = shipping::actions(spot.part) {
            return actions;
        }
        match spot.part {
            PartKind::Figures => &[A::Correct, A::Report],
            PartKind::Operations => &[A::Report, A::Chase, A::CopyMessage, A::RaiseException],
            _ => &[
                A::Report,
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
            Action::RaiseException => super::raise(cx, Stage::Progress, Some(order.id), |f| f),
            _ => Reply::Pass,
        }
    }

    fn order_of(&self, _: &Cx<'_>, row: i64) -> Option<i64> {
        (row != 0).then_some(row)
    }
}

/// Share of an order's production that is done; nothing where it has no production order.
fn made_share(cx: &Cx<'_>, order: &Order) -> Option<Rate> {
    let made: Vec<_> = production::of_order(cx.world, order)
        .filter(|p| p.state != crate::domain::codes::ProductionState::Cancelled)
        .collect();
    let all: Qty = made.iter().map(|p| p.qty).sum();
    let done: Qty = made
        .iter()
        .map(|p| p.qty.times(production::progress(cx.world, p)))
        .sum();
    (!made.is_empty()).then(|| delivery::share(done, all))
}

fn row(cx: &Cx<'_>, order: &Order) -> Row {
    let q = delivery::order_qty(cx.world, order);
    let live = delivery::is_live(order) && q.open.is_positive();
    let by = delivery::due(cx.world, order);
    let finishes =
        || production::of_order(cx.world, order).filter_map(|p| cx.outlook.finishes.get(&p.id));
    let forecast = finishes().map(|f| f.ends.date()).max();
    let days = match (live, forecast, by) {
        (true, Some(f), Some(by)) => (f.max(cx.today()) - by).num_days(),
        (true, None, Some(by)) => (cx.today() - by).num_days(),
        _ => 0,
    };
    let news = production::of_order(cx.world, order)
        .filter_map(|p| production::last_report(cx.world, p))
        .max();
    let mut cells = vec![
        text(order.no.clone()),
        customer(cx, order),
        product(cx, order),
        qty(q.ordered),
        made_share(cx, order).map_or_else(|| dim("—"), percent),
        qty_or_blank(q.shipped),
        if live { due(by, cx) } else { day(by, cx) },
        if live { day(forecast, cx) } else { dim("") },
        late(days, cx.lang),
        day(news, cx),
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
