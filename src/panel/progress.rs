//! Progress: daily figures of every operation, forecast against plan, inspection, shipment.

use super::build::{
    code, customer, day, dim, due, late, order_head, percent, product, qty, qty_or_blank, state,
    text,
};
use super::{
    Cell, Column, Content, Cx, Detail, Listing, Panel, Part, PartKind, Reply, Row, Spot, Width,
    column, number,
};
use crate::app::action::Action;
use crate::command::Command;
use crate::command::orders::{OrderStep, SetOrder};
use crate::domain::codes::{InspectionResult, OrderState, Stage, Subject};
use crate::domain::order::Order;
use crate::domain::quantity::{Qty, Rate};
use crate::domain::rule::{delivery, production};
use crate::overlay::form::FormKind;
use crate::overlay::forms::followup::chase_about;
use crate::text::{Label, message, words as w};
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

const OPERATIONS: &[Column] = &[
    column(w::PRODUCTION_NO, Width::Fixed(9), 2),
    number(w::SEQ, 4, 3),
    column(w::OPERATION, Width::Fill(1), 0),
    number(w::QTY, 9, 2),
    number(w::DONE, 9, 0),
    number(w::LEFT, 9, 0),
    number(w::MADE, 6, 1),
    number(w::YESTERDAY, 8, 3),
    number(w::RATE, 8, 1),
    number(w::RATE_NEEDED, 9, 2),
    column(w::LINE_OUT, Width::Fixed(11), 2),
];

const FIGURES: &[Column] = &[
    column(w::DATE, Width::Fixed(11), 0),
    column(w::PRODUCTION_NO, Width::Fixed(9), 2),
    column(w::OPERATION, Width::Fill(1), 0),
    number(w::GOOD, 8, 0),
    number(w::DEFECT, 6, 1),
    number(w::REWORK, 6, 2),
    number(w::SCRAP, 6, 1),
    column(w::NOTE, Width::Fill(1), 3),
];

const SHIPMENTS: &[Column] = &[
    column(w::SHIPMENT_NO, Width::Fixed(9), 0),
    column(w::SHIPPED_ON, Width::Fixed(11), 0),
    number(w::QTY, 10, 0),
    column(w::DELIVERY_METHOD, Width::Fill(1), 1),
    column(w::BL_NO, Width::Fill(1), 2),
    column(w::NOTE, Width::Fill(1), 3),
];

const INSPECTIONS: &[Column] = &[
    column(w::KIND, Width::Fixed(9), 0),
    column(w::DATE, Width::Fixed(11), 0),
    number(w::SAMPLE_SIZE, 8, 1),
    number(w::CRITICAL, 6, 1),
    number(w::MAJOR, 6, 1),
    number(w::MINOR, 6, 1),
    column(w::RESULT, Width::Fixed(8), 0),
    column(w::NOTE, Width::Fill(1), 2),
];

/// Days whose figures make the current rate.
const RATE_DAYS: usize = 3;

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
            operations(cx, order),
            figures(cx, order),
            shipments(cx, order),
            inspections(cx, order),
        ];
        Detail {
            head: order_head(cx, order),
            parts,
        }
    }

    fn actions(&self, spot: &Spot) -> &'static [Action] {
        use Action as A;
        match spot.part {
            PartKind::Figures => &[A::Correct, A::Report],
            PartKind::Operations => &[A::Report, A::Chase, A::CopyMessage, A::RaiseException],
            _ => &[
                A::Report,
                A::Inspect,
                A::Ship,
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
        match action {
            Action::Report => report(cx, order, spot),
            Action::Open | Action::Correct if spot.part == PartKind::Figures => correct(cx, spot),
            Action::Open if matches!(spot.part, PartKind::Operations | PartKind::List) => {
                report(cx, order, spot)
            }
            Action::Open if spot.part == PartKind::Shipments => {
                super::open(cx, FormKind::Ship, order.id)
            }
            Action::Open if spot.part == PartKind::Inspections => {
                super::open(cx, FormKind::Inspect, order.id)
            }
            Action::Correct => Reply::Refuse(w::SELECT_FIGURE),
            Action::Inspect => super::open(cx, FormKind::Inspect, order.id),
            Action::Ship => super::open(cx, FormKind::Ship, order.id),
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

/// Good pieces per day over the last days that had any.
#[must_use]
pub fn rate(world: &crate::domain::world::World, operation: i64) -> Qty {
    let mut days: std::collections::BTreeMap<chrono::NaiveDate, Qty> =
        std::collections::BTreeMap::new();
    for figure in production::figures(world, operation) {
        *days.entry(figure.date).or_default() += figure.good;
    }
    let last: Vec<Qty> = days.into_values().rev().take(RATE_DAYS).collect();
    let count = i64::try_from(last.len()).unwrap_or(1);
    last.into_iter().sum::<Qty>().over(Qty::whole(count))
}

fn operations(cx: &Cx<'_>, order: &Order) -> Part {
    let calendar = cx.world.factory_calendar();
    let mut rows = Vec::new();
    for made in production::of_order(cx.world, order) {
        if made.state == crate::domain::codes::ProductionState::Cancelled {
            continue;
        }
        for operation in cx.world.operations.of(made.id) {
            let done = production::done(cx.world, operation);
            let left = production::left(cx.world, made, operation);
            let ends = operation
                .ends
                .or_else(|| cx.outlook.places.get(&operation.id).map(|p| p.ends));
            let rate = rate(cx.world, operation.id);
            let days = ends.map_or(0, |e| {
                i64::from(calendar.days_between(cx.today(), e.date()))
            });
            let needed = if left.is_zero() {
                Qty::ZERO
            } else {
                left.over(Qty::whole(days.max(1))).round_to(0)
            };
            let yesterday = cx.today().pred_opt();
            let last: Qty = production::figures(cx.world, operation.id)
                .filter(|p| Some(p.date) == yesterday)
                .map(|p| p.good)
                .sum();
            let mut needed_cell = qty_or_blank(needed);
            if needed > rate && !rate.is_zero() {
                needed_cell.role = Role::Bad;
            }
            rows.push(Row {
                id: operation.id,
                cells: vec![
                    text(made.no.clone()),
                    text(operation.seq.to_string()),
                    text(operation.name.clone()),
                    qty(made.qty),
                    qty(done),
                    qty_or_blank(left),
                    percent(delivery::share(done.min(made.qty), made.qty)),
                    qty_or_blank(last),
                    qty_or_blank(rate.round_to(0)),
                    needed_cell,
                    day(ends.map(|e| e.date()), cx),
                ],
            });
        }
    }
    let list = Listing {
        columns: OPERATIONS,
        rows,
        empty: Some(w::EMPTY_NOT_MADE),
    };
    Part {
        kind: PartKind::Operations,
        title: w::PART_OPERATIONS,
        count: None,
        content: Content::List(list),
    }
}

fn figures(cx: &Cx<'_>, order: &Order) -> Part {
    let mut list = Vec::new();
    for made in production::of_order(cx.world, order) {
        for operation in cx.world.operations.of(made.id) {
            list.extend(
                cx.world
                    .progress
                    .of(operation.id)
                    .map(|p| (made, operation, p)),
            );
        }
    }
    list.sort_by_key(|(_, operation, p)| (std::cmp::Reverse(p.date), operation.seq, p.id));
    let rows = list.into_iter().map(|(made, operation, p)| {
        let replaced = cx
            .world
            .progress
            .of(operation.id)
            .any(|other| other.corrects == Some(p.id));
        let note = if replaced {
            w::REPLACED.text(cx.lang).to_owned()
        } else {
            p.note.clone()
        };
        let mut cells = vec![
            day(Some(p.date), cx),
            text(made.no.clone()),
            text(operation.name.clone()),
            qty(p.good),
            qty_or_blank(p.defect),
            qty_or_blank(p.rework),
            qty_or_blank(p.scrap),
            text(note),
        ];
        if replaced {
            cells.iter_mut().for_each(|cell| cell.role = Role::Dim);
        }
        Row { id: p.id, cells }
    });
    let list = Listing {
        columns: FIGURES,
        rows: rows.collect(),
        empty: Some(w::EMPTY_FIGURES),
    };
    Part {
        kind: PartKind::Figures,
        title: w::PART_FIGURES,
        count: None,
        content: Content::List(list),
    }
}

fn shipments(cx: &Cx<'_>, order: &Order) -> Part {
    let rows = cx.world.shipments.of(order.id).map(|s| {
        let sum: Qty = cx.world.shipment_lines.of(s.id).map(|l| l.qty).sum();
        Row {
            id: s.id,
            cells: vec![
                text(s.no.clone()),
                day(s.shipped_on.or(s.planned), cx),
                qty(sum),
                text(s.method.clone()),
                text(s.bl_no.clone()),
                text(s.note.clone()),
            ],
        }
    });
    let list = Listing {
        columns: SHIPMENTS,
        rows: rows.collect(),
        empty: Some(w::EMPTY_SHIPMENTS),
    };
    Part {
        kind: PartKind::Shipments,
        title: w::PART_SHIPMENTS,
        count: None,
        content: Content::List(list),
    }
}

fn inspections(cx: &Cx<'_>, order: &Order) -> Part {
    let whole = |n: i64| text(n.to_string());
    let rows = cx.world.inspections.of(order.id).map(|i| {
        let role = match i.result {
            InspectionResult::Passed => Role::Ok,
            InspectionResult::Failed => Role::Bad,
            InspectionResult::Pending => Role::Warn,
        };
        Row {
            id: i.id,
            cells: vec![
                code(i.kind, cx.lang),
                day(i.done_on.or(i.planned), cx),
                whole(i.sample),
                whole(i.critical),
                whole(i.major),
                whole(i.minor),
                Cell::new(i.result.word().text(cx.lang), role),
                text(i.note.clone()),
            ],
        }
    });
    let list = Listing {
        columns: INSPECTIONS,
        rows: rows.collect(),
        empty: Some(w::EMPTY_INSPECTIONS),
    };
    Part {
        kind: PartKind::Inspections,
        title: w::PART_INSPECTIONS,
        count: None,
        content: Content::List(list),
    }
}

/// The report form on the selected operation, or on the first that is not done.
fn report(cx: &Cx<'_>, order: &Order, spot: &Spot) -> Reply {
    let chosen = (spot.part == PartKind::Operations && spot.part_row > 0).then_some(spot.part_row);
    let next = || {
        production::of_order(cx.world, order).find_map(|made| {
            let left = |o: &&crate::domain::production::Operation| {
                production::left(cx.world, made, o).is_positive()
            };
            cx.world.operations.of(made.id).find(left).map(|o| o.id)
        })
    };
    match chosen.or_else(next) {
        Some(operation) => super::open(cx, FormKind::Report, operation),
        None => Reply::Refuse(w::NOTHING_TO_REPORT),
    }
}

fn correct(cx: &Cx<'_>, spot: &Spot) -> Reply {
    let replaced = cx
        .world
        .progress
        .iter()
        .any(|p| p.corrects == Some(spot.part_row));
    if replaced {
        Reply::Refuse(w::FIGURE_REPLACED)
    } else {
        super::open(cx, FormKind::Correct, spot.part_row)
    }
}
