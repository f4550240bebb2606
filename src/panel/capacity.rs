//! Capacity review: can we make it, by when, and what each department says.

use super::build::{
    code, customer, day, dim, due, fact, order_head, product, qty, state, text, word,
};
use super::{
    Cell, Column, Content, Cx, Detail, Heat, Listing, Panel, Part, PartKind, Reply, Row, Spot,
    Width, column, number,
};
use crate::app::action::Action;
use crate::command::Command;
use crate::domain::codes::{OrderState, Stage, Subject};
use crate::domain::order::Order;
use crate::domain::rule::{delivery, review};
use crate::overlay::form::FormKind;
use crate::overlay::forms::followup::chase_about;
use crate::text::{bound, message, show, words as w};
use crate::theme::Role;

/// The Capacity panel.
#[derive(Debug, Clone, Copy)]
pub struct Capacity;

/// Weeks shown in the load picture.
const WEEKS_MAX: usize = 10;

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

const ANSWERS: &[Column] = &[
    column(w::DEPARTMENT, Width::Fixed(10), 0),
    column(w::ANSWER, Width::Fixed(10), 0),
    column(w::CAN_DATE, Width::Fixed(11), 0),
    number(w::CAN_DAYS, 5, 1),
    column(w::RISK, Width::Fill(1), 2),
    column(w::COUNTERMEASURE, Width::Fill(1), 3),
];

const CHAIN: &[Column] = &[
    column(w::STEP, Width::Fill(2), 0),
    column(w::FROM, Width::Fixed(12), 1),
    column(w::TO, Width::Fixed(12), 0),
    column(w::WHY, Width::Fill(2), 0),
];

impl Panel for Capacity {
    fn stage(&self) -> Stage {
        Stage::Capacity
    }

    fn list(&self, cx: &Cx<'_>) -> Listing {
        let mut orders: Vec<&Order> = cx
            .world
            .orders
            .iter()
            .filter(|o| delivery::is_live(o))
            .collect();
        orders.retain(|o| o.state == OrderState::Open || review::round(cx.world, o).is_some());
        orders.sort_by_key(|o| {
            (
                o.state != OrderState::Open,
                delivery::requested(cx.world, o),
                o.id,
            )
        });
        let rows = orders.into_iter().map(|o| row(cx, o)).collect();
        Listing {
            columns: COLUMNS,
            rows,
            empty: Some(w::EMPTY_CAPACITY),
        }
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
        if let Some(verdict) = review::verdict(cx.world, order) {
            let (text, role) = if verdict.passes() {
                (w::PASSES.text(cx.lang).to_owned(), Role::Ok)
            } else {
                (
                    w::RE_REVIEW.fill(cx.lang, &[&verdict.late_days.to_string()]),
                    Role::Bad,
                )
            };
            head.push(fact(w::VERDICT, Cell::new(text, role), cx.lang));
        }
        Detail {
            head,
            parts: vec![answers(cx, order), chain(cx, order), load(cx)],
        }
    }

    fn actions(&self, spot: &Spot) -> &'static [Action] {
        use Action as A;
        match spot.part {
            PartKind::Answers => &[
                A::RecordAnswer,
                A::Chase,
                A::CopyMessage,
                A::AskDepartments,
                A::Decide,
            ],
            _ => &[
                A::AskDepartments,
                A::RecordAnswer,
                A::Decide,
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
            Action::AskDepartments => Reply::Run(Command::AskDepartments { order_id: order.id }),
            Action::RecordAnswer => record(cx, order, spot),
            Action::Open if order.state == OrderState::Open => {
                match review::silent(cx.world, order).next() {
                    _ if spot.part == PartKind::Answers => record(cx, order, spot),
                    Some(_) => record(cx, order, spot),
                    None if review::is_open(cx.world, order) => decide(cx, order),
                    None => Reply::Run(Command::AskDepartments { order_id: order.id }),
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
            Action::CopyMessage => Reply::Copy(message::review(cx.world, order, cx.lang)),
            Action::RaiseException => super::raise(cx, Stage::Capacity, Some(order.id), |f| f),
            _ => Reply::Pass,
        }
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

fn answers(cx: &Cx<'_>, order: &Order) -> Part {
    let round = review::round(cx.world, order);
    let list = round
        .map(|r| cx.world.answers.of(r.id).collect::<Vec<_>>())
        .unwrap_or_default();
    let silent = list.iter().filter(|a| a.answered_on.is_none()).count();
    let rows = list.into_iter().map(|a| {
        let said = match (a.answered_on, a.satisfied) {
            (None, _) => {
                let days = (cx.today() - a.asked_on).num_days();
                let role = if days > 1 { Role::Bad } else { Role::Warn };
                Cell::new(w::SILENT_DAYS.fill(cx.lang, &[&days.to_string()]), role)
            }
            (_, Some(true)) => word(w::YES, Role::Ok, cx.lang),
            (_, Some(false)) => word(w::NO_ANSWER, Role::Bad, cx.lang),
            _ => word(w::SAID, Role::Base, cx.lang),
        };
        Row {
            id: a.id,
            cells: vec![
                code(a.department, cx.lang),
                said,
                day(a.date, cx),
                text(a.days.map(|d| d.to_string()).unwrap_or_default()),
                text(a.risk.clone()),
                text(a.countermeasure.clone()),
            ],
        }
    });
    let list = Listing {
        columns: ANSWERS,
        rows: rows.collect(),
        empty: Some(w::EMPTY_ANSWERS),
    };
    Part {
        kind: PartKind::Answers,
        title: w::PART_ANSWERS,
        count: Some(silent),
        content: Content::List(list),
    }
}

fn chain(cx: &Cx<'_>, order: &Order) -> Part {
    let links = cx
        .outlook
        .promises
        .get(&order.id)
        .map(|p| p.chain.as_slice())
        .unwrap_or_default();
    let rows = links.iter().zip(1..).map(|(link, id)| Row {
        id,
        cells: vec![
            text(link.what.clone()),
            text(show::moment(link.from, cx.today())),
            text(show::moment(link.to, cx.today())),
            Cell::new(bound::because(link.bound, &link.by, cx.lang), Role::Dim),
        ],
    });
    let list = Listing {
        columns: CHAIN,
        rows: rows.collect(),
        empty: Some(w::EMPTY_CHAIN),
    };
    Part {
        kind: PartKind::Promise,
        title: w::PART_PROMISE,
        count: None,
        content: Content::List(list),
    }
}

fn load(cx: &Cx<'_>) -> Part {
    let mut weeks: Vec<_> = cx.outlook.loads.iter().map(|l| l.week).collect();
    weeks.sort();
    weeks.dedup();
    weeks.truncate(WEEKS_MAX);
    let columns = weeks
        .iter()
        .map(|d| d.format("%m-%d").to_string())
        .collect();
    let rows = cx
        .world
        .work_centres
        .iter()
        .filter(|c| !c.infinite)
        .map(|centre| {
            let percent = |week: &chrono::NaiveDate| {
                let found = cx
                    .outlook
                    .loads
                    .iter()
                    .find(|l| l.work_centre_id == centre.id && l.week == *week);
                found.map_or(0, super::super::app::outlook::Load::percent)
            };
            (centre.name.clone(), weeks.iter().map(percent).collect())
        });
    let heat = Heat {
        columns,
        rows: rows.collect(),
    };
    Part {
        kind: PartKind::Load,
        title: w::PART_LOAD,
        count: None,
        content: Content::Heat(heat),
    }
}

/// The answer that is meant: the selected one, or the first that is silent.
fn silent_answer(cx: &Cx<'_>, order: &Order, spot: &Spot) -> Option<i64> {
    let chosen = (spot.part == PartKind::Answers && spot.part_row > 0).then_some(spot.part_row);
    chosen.or_else(|| review::silent(cx.world, order).next().map(|a| a.id))
}

fn record(cx: &Cx<'_>, order: &Order, spot: &Spot) -> Reply {
    match silent_answer(cx, order, spot) {
        Some(id) => super::open(cx, FormKind::Answer, id),
        None => Reply::Refuse(w::ASK_FIRST),
    }
}

fn decide(cx: &Cx<'_>, order: &Order) -> Reply {
    if order.state != OrderState::Open {
        return Reply::Refuse(crate::text::say::REVIEW_ONLY_OPEN);
    }
    let promise = cx.outlook.promises.get(&order.id).and_then(|p| p.date);
    let wish = delivery::requested(cx.world, order);
    super::form(cx, FormKind::Decide, order.id, |form| {
        match promise.max(wish) {
            Some(date) => form.with("date", date.to_string()),
            None => form,
        }
    })
}
