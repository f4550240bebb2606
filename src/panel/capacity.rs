//! Capacity review: can we make it, by when, and what each department says.

mod answers;
mod levers;
mod load;
mod load_acts;
mod promise;
mod rounds;

use answers::{answers, decide, record, silent_answer};
use levers::{levers, take};
use load::{blocks, load, overloads};
use promise::chain;

use super::build::{
    code, customer, day, dim, due, fact, order_head, product, qty, state, text, word,
};
use super::{
    Cell, Column, Content, Cx, Detail, Listing, Long, Panel, Part, PartKind, Parts, Reply, Row,
    Spot, Width, column, each, number,
};
use crate::app::action::Action;
use crate::command::Command;
use crate::domain::codes::{OrderState, Stage, Subject};
use crate::domain::order::Order;
use crate::domain::rule::attention::Attention;
use crate::domain::rule::{delivery, review};
use crate::overlay::form::FormKind;
use crate::overlay::forms::followup::chase_about;
use crate::text::{bound, picture, show, words as w};
use crate::theme::Role;

/// The question to a silent department, for the list of all that needs attention.
pub(super) fn asks(cx: &Cx<'_>, a: &Attention) -> Option<String> {
    let answer = cx.world.answers.get(a.subject_id);
    let answer = answer.filter(|_| a.subject == Subject::Answer)?;
    let order = cx.world.orders.find(a.order_id)?;
    Some(answers::asks(cx, order, answer.department))
}

/// The Capacity panel.
#[derive(Debug, Clone, Copy)]
pub struct Capacity;

const COLUMNS: &[Column] = &[
    column(w::ORDER_NO, Width::Fixed(10), 0),
    column(w::CUSTOMER, Width::Fill(2), 1),
    column(w::PRODUCT, Width::Fill(2), 2),
    number(w::QTY, 9, 4),
    column(w::REQUESTED_DATE, Width::Fixed(11), 0),
    column(w::EARLIEST, Width::Fixed(11), 0),
    number(w::ANSWERED, 6, 1),
    column(w::STATE, Width::Fixed(8), 3),
];

impl Panel for Capacity {
    fn stage(&self) -> Stage {
        Stage::Capacity
    }

    fn list(&self, cx: &Cx<'_>) -> Long {
        let mut orders: Vec<&Order> = cx
            .world
            .orders
            .iter()
            .filter(|o| delivery::is_live(o))
            .collect();
        orders.retain(|o| o.state == OrderState::Open || review::round(cx.world, o).is_some());
        orders.sort_by_cached_key(|o| {
            (
                o.state != OrderState::Open,
                delivery::requested(cx.world, o),
                o.id,
            )
        });
        Long {
            columns: COLUMNS,
            ids: orders.into_iter().map(|o| o.id).collect(),
            empty: Some(w::EMPTY_CAPACITY),
        }
    }

    fn rows(&self, cx: &Cx<'_>, ids: &[i64]) -> Vec<Row> {
        each(ids, |id| cx.world.orders.get(id).map(|o| row(cx, o)))
    }

    fn detail(&self, cx: &Cx<'_>, id: i64) -> Detail {
        let Some(order) = cx.world.orders.get(id) else {
            return Detail::default();
        };
        let mut head = order_head(cx, order);
        if let Some(promise) = cx.outlook.promises.get(&id) {
            head.push(fact(
                w::EARLIEST,
                earliest(cx, order, promise.date),
                cx.lang,
            ));
            head.push(fact(w::UNLIMITED, day(promise.unlimited, cx), cx.lang));
        }
        // What the review comes to stands right after the number, where a small screen shows it.
        head.splice(1..1, answers::head(cx, order));
        Detail {
            head,
            parts: Parts::new(cx)
                .add(answers(cx, order))
                .add(rounds::rounds(cx, order))
                .add(chain(cx, order))
                .add(levers(cx, order))
                .dear(PartKind::Load, w::PART_LOAD, || load(cx, id))
                .dear(PartKind::Overloads, picture::PART_OVERLOADS, || {
                    overloads(cx)
                })
                .add(blocks(cx))
                .done(),
        }
    }

    fn actions(&self, spot: &Spot) -> &'static [Action] {
        use Action as A;
        match spot.part {
            PartKind::Load => &[
                A::Open,
                A::SwitchLoad,
                A::SwitchView,
                A::BlockCapacity,
                A::ToToday,
                A::Decide,
                A::AskDepartments,
            ],
            PartKind::Overloads => &[A::Open, A::SwitchView, A::BlockCapacity, A::Decide],
            PartKind::Blocks => &[A::Open, A::BlockCapacity, A::UnblockCapacity],
            PartKind::Answers => &[
                A::RecordAnswer,
                A::Chase,
                A::CopyMessage,
                A::AskDepartments,
                A::Decide,
            ],
            PartKind::Promise | PartKind::Levers => &[
                A::Open,
                A::Rush,
                A::Decide,
                A::CopyMessage,
                A::AskDepartments,
            ],
            _ => &[
                A::AskDepartments,
                A::RecordAnswer,
                A::Decide,
                A::Rush,
                A::BlockCapacity,
                A::Chase,
                A::CopyMessage,
                A::RaiseException,
            ],
        }
    }

    fn act(&self, cx: &Cx<'_>, action: Action, spot: &Spot) -> Reply {
        if let Some(reply) = load_acts::act(cx, action, spot) {
            return reply;
        }
        let Some(order) = cx.world.orders.get(spot.row) else {
            return Reply::Pass;
        };
        match action {
            Action::AskDepartments => answers::ask(cx, order),
            Action::RecordAnswer => record(cx, order, spot),
            Action::Rush if order.state == OrderState::Open => Reply::Rush(order.id),
            Action::Rush => Reply::Refuse(crate::text::say::REVIEW_ONLY_OPEN),
            Action::Open if spot.part == PartKind::Levers => take(cx, order, spot),
            Action::Open if order.state == OrderState::Open => {
                match review::silent(cx.world, order).next() {
                    _ if spot.part == PartKind::Answers => record(cx, order, spot),
                    Some(_) => record(cx, order, spot),
                    None if review::is_open(cx.world, order) => decide(cx, order),
                    None if review::counter_offer(cx.world, order).is_some() => decide(cx, order),
                    None => answers::ask(cx, order),
                }
            }
            Action::Decide => decide(cx, order),
            Action::Chase => match silent_answer(cx, order, spot) {
                Some(id) => Reply::Form(Box::new(chase_about(
                    cx,
                    Subject::Answer,
                    id,
                    Some(order.id),
                ))),
                None => Reply::Form(Box::new(chase_about(
                    cx,
                    Subject::Order,
                    order.id,
                    Some(order.id),
                ))),
            },
            Action::CopyMessage => Reply::Copy(answers::question(cx, order, spot)),
            Action::RaiseException => super::raise(cx, Stage::Capacity, Some(order.id), |f| {
                load_acts::about_cell(cx, spot, f)
            }),
            _ => Reply::Pass,
        }
    }

    fn caption(&self, cx: &Cx<'_>, spot: &Spot) -> Vec<(String, Cell)> {
        load::caption(cx, spot)
    }

    fn order_of(&self, _: &Cx<'_>, row: i64) -> Option<i64> {
        (row != 0).then_some(row)
    }
}

fn row(cx: &Cx<'_>, order: &Order) -> Row {
    let open = order.state == OrderState::Open;
    let round = review::round(cx.world, order);
    let asked = round.map_or(0, |r| cx.world.answers.of(r.id).count());
    let answered = asked - review::silent(cx.world, order).count();
    let answers = match (open, asked) {
        (_, 0) => dim("—"),
        _ if answered == asked => Cell::new(format!("{answered}/{asked}"), Role::Ok),
        _ => Cell::new(format!("{answered}/{asked}"), Role::Warn),
    };
    let promise = cx.outlook.promises.get(&order.id).and_then(|p| p.date);
    let wish = delivery::requested(cx.world, order);
    Row {
        id: order.id,
        cells: vec![
            text(order.no.clone()),
            customer(cx, order),
            product(cx, order),
            qty(delivery::order_qty(cx.world, order).ordered),
            if open { due(wish, cx) } else { day(wish, cx) },
            if open {
                earliest(cx, order, promise)
            } else {
                dim("")
            },
            answers,
            state(cx, order),
        ],
    }
}

/// The earliest date, bad where it lies after the wish.
fn earliest(cx: &Cx<'_>, order: &Order, date: Option<chrono::NaiveDate>) -> Cell {
    let mut cell = day(date, cx);
    if let (Some(date), Some(wish)) = (date, delivery::requested(cx.world, order)) {
        cell.role = if date > wish { Role::Bad } else { Role::Ok };
        if date > wish {
            cell.text.push('!');
        }
    }
    cell
}
