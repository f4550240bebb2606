//! Schedule: production orders and their operations on lines, computed and accepted.

mod acts;
mod compare;
mod gantt;
mod gate;
mod operations;

use acts::{cancel, choose, hold, merge, operation_of, pin, release, switch};
use compare::{accept, against, baselines_part, compare_part};
pub use compare::{accepted_plan, broken_promises};
use gantt::gantt;
use gate::{gate, quantities};
use operations::operations;

use super::build::{customer, day, dim, due, fact, late, order_head, product, qty, text, word};
use super::{
    At, Cell, Column, Content, Cx, Detail, Listing, Long, Panel, Part, PartKind, Parts, Reply, Row,
    Spot, Width, column, each, number,
};
use crate::app::action::Action;
use crate::command::Command;
use crate::command::production::{ProductionStep, Release, SetProduction};
use crate::command::schedule::AcceptPlan;
use crate::domain::codes::{OrderState, ProductionState, Stage, Subject};
use crate::domain::production::{Operation, ProductionOrder};
use crate::domain::rule::{delivery, number as number_rule, production};
use crate::overlay::form::FormKind;
use crate::overlay::forms::followup::chase_about;
use crate::text::{bound, message, planning, show, standing, words as w};
use crate::theme::Role;

/// The Schedule panel. A row is a production order; an accepted order without one stands in the
/// list too, with the negative of its id, so that it cannot be forgotten.
#[derive(Debug, Clone, Copy)]
pub struct Schedule;

const COLUMNS: &[Column] = &[
    column(w::PRODUCTION_NO, Width::Fixed(9), 0),
    column(w::ORDER_NO, Width::Fixed(10), 1),
    column(w::CUSTOMER, Width::Fill(1), 5),
    column(w::PRODUCT, Width::Fill(2), 4),
    number(w::QTY, 9, 4),
    column(w::STATE, Width::Fixed(10), 0),
    column(w::LINE_IN, Width::Fixed(11), 3),
    column(w::LINE_OUT, Width::Fixed(11), 0),
    column(w::DUE, Width::Fixed(11), 2),
    number(w::LATE, 8, 0),
];

const FINDINGS: &[Column] = &[column(w::PART_FINDINGS, Width::Fill(1), 0)];

impl Panel for Schedule {
    fn stage(&self) -> Stage {
        Stage::Schedule
    }

    fn list(&self, cx: &Cx<'_>) -> Long {
        let orders = cx.world.orders.iter();
        let mut ids: Vec<i64> = orders
            .filter(|o| waits_to_be_made(cx, o))
            .map(|o| -o.id)
            .collect();
        let mut made: Vec<&ProductionOrder> = cx.world.production_orders.iter().collect();
        made.retain(|p| p.state != ProductionState::Cancelled);
        made.sort_by_cached_key(|p| place_in_list(cx, p));
        ids.extend(made.into_iter().map(|p| p.id));
        Long {
            columns: COLUMNS,
            ids,
            empty: Some(w::EMPTY_SCHEDULE),
        }
    }

    fn rows(&self, cx: &Cx<'_>, ids: &[i64]) -> Vec<Row> {
        each(ids, |id| match id {
            ..0 => cx.world.orders.get(-id).map(|o| order_row(cx, o)),
            _ => cx.world.production_orders.get(id).map(|p| row(cx, p)),
        })
    }

    fn detail(&self, cx: &Cx<'_>, id: i64) -> Detail {
        if let Some(order) = cx.world.orders.get(-id) {
            return Detail {
                head: order_head(cx, order),
                parts: std::iter::once(gantt(cx, 0)).chain(findings(cx)).collect(),
            };
        }
        let Some(made) = cx.world.production_orders.get(id) else {
            return Detail::default();
        };
        let mut parts = Parts::new(cx)
            .add(operations(cx, made))
            .add(gate(cx, made))
            .dear(PartKind::Gantt, w::PART_GANTT, || gantt(cx, id))
            .dear_list(PartKind::Compare, planning::PART_COMPARE, |rows| {
                compare_part(cx, rows)
            })
            .dear(PartKind::Baselines, planning::PART_BASELINES, || {
                baselines_part(cx)
            })
            .done();
        parts.extend(findings(cx));
        Detail {
            head: head(cx, made),
            parts,
        }
    }

    fn actions(&self, spot: &Spot) -> &'static [Action] {
        use Action as A;
        match spot.part {
            PartKind::Gantt => &[
                A::Open,
                A::SwitchView,
                A::ZoomIn,
                A::ZoomOut,
                A::ToToday,
                A::MoveOperation,
                A::Pin,
                A::AcceptPlan,
                A::Release,
            ],
            PartKind::Operations => &[
                A::MoveOperation,
                A::Pin,
                A::AcceptPlan,
                A::Release,
                A::HoldProduction,
                A::PlanRules,
                A::RuleEffects,
            ],
            PartKind::Compare | PartKind::Baselines => {
                &[A::AcceptPlan, A::Replan, A::PlanRules, A::RuleEffects]
            }
            _ => &[
                A::MakeProduction,
                A::AcceptPlan,
                A::Release,
                A::SplitProduction,
                A::MergeProduction,
                A::ResizeProduction,
                A::HoldProduction,
                A::CancelProduction,
                A::MoveOperation,
                A::Replan,
                A::PlanRules,
                A::RuleEffects,
                A::Chase,
                A::RaiseException,
            ],
        }
    }

    fn act(&self, cx: &Cx<'_>, action: Action, spot: &Spot) -> Reply {
        match action {
            Action::Replan => return Reply::Replan,
            Action::AcceptPlan => return accept(cx),
            Action::PlanRules => return super::open(cx, FormKind::PlanRules, 0),
            Action::RuleEffects => return Reply::Principles,
            Action::Open if spot.part == PartKind::Baselines => {
                let sheet = against(cx, spot.part_row);
                return sheet.map_or(Reply::Pass, |s| Reply::Sheet(Box::new(s)));
            }
            Action::SwitchView => return switch(cx),
            Action::Open if spot.part == PartKind::Gantt => return choose(cx, spot),
            Action::Pin if spot.part == PartKind::Gantt => return pin(cx, spot),
            _ => {}
        }
        let spot = &about(cx, spot);
        if spot.row < 0 {
            return match action {
                Action::Open | Action::MakeProduction => Reply::Run(Command::MakeProduction {
                    order_id: -spot.row,
                }),
                Action::RaiseException => super::raise(cx, Stage::Schedule, Some(-spot.row), |f| f),
                _ => Reply::Pass,
            };
        }
        let Some(made) = cx.world.production_orders.get(spot.row) else {
            return Reply::Pass;
        };
        let owner = production::owner(cx.world, made).map(|(order, _)| order.id);
        match action {
            Action::MakeProduction => match owner {
                Some(order_id) => Reply::Run(Command::MakeProduction { order_id }),
                None => Reply::Refuse(w::SELECT_FIRST),
            },
            Action::Open if spot.part == PartKind::Operations => pin(cx, spot),
            Action::Pin => pin(cx, spot),
            Action::MoveOperation => match operation_of(cx, spot) {
                Some(id) => Reply::Move(id),
                None => Reply::Refuse(w::SELECT_FIRST),
            },
            Action::Open if spot.part == PartKind::Gate => gate::open(cx, made, spot.part_row),
            Action::Open if made.state == ProductionState::Proposed => release(cx, made),
            Action::Release => release(cx, made),
            Action::SplitProduction => super::open(cx, FormKind::SplitProduction, made.id),
            Action::MergeProduction => merge(cx, made),
            Action::ResizeProduction => super::open(cx, FormKind::ResizeProduction, made.id),
            Action::HoldProduction => hold(made),
            Action::CancelProduction => cancel(cx, made),
            Action::Chase => Reply::Form(Box::new(chase_about(
                cx,
                Subject::ProductionOrder,
                made.id,
                owner,
            ))),
            Action::CopyMessage => Reply::Copy(acts::told(cx, made, spot)),
            Action::RaiseException => super::raise(cx, Stage::Schedule, owner, |f| {
                super::about_made(cx, made, operation_of(cx, spot), f)
            }),
            _ => Reply::Pass,
        }
    }

    fn caption(&self, cx: &Cx<'_>, spot: &Spot) -> Vec<(String, Cell)> {
        gantt::caption(cx, spot.at)
    }

    fn row_of(&self, cx: &Cx<'_>, order: i64, _: Option<&[i64]>) -> Option<i64> {
        let order = cx.world.orders.get(order)?;
        if waits_to_be_made(cx, order) {
            return Some(-order.id);
        }
        let listed = |p: &&ProductionOrder| p.state != ProductionState::Cancelled;
        let mut made: Vec<&ProductionOrder> = production::of_order(cx.world, order)
            .filter(listed)
            .collect();
        made.sort_by_key(|p| place_in_list(cx, p));
        made.first().map(|p| p.id)
    }

    fn order_of(&self, cx: &Cx<'_>, row: i64) -> Option<i64> {
        if row < 0 {
            return Some(-row);
        }
        let made = cx.world.production_orders.get(row)?;
        production::owner(cx.world, made).map(|(order, _)| order.id)
    }
}

/// The spot with the production order of the bar under the cursor in place of the list's.
fn about(cx: &Cx<'_>, spot: &Spot) -> Spot {
    let operation = match spot.at {
        Some(At::Operation(id)) => cx.world.operations.get(id),
        _ => None,
    };
    let row = operation.map_or(spot.row, |o| o.production_order_id);
    Spot { row, ..*spot }
}

/// Whether something of an accepted order has no production order yet.
fn waits_to_be_made(cx: &Cx<'_>, order: &crate::domain::order::Order) -> bool {
    let to_make = |l: &crate::domain::order::OrderLine| {
        l.item_id.is_some()
            && delivery::line_qty(cx.world, l).open.is_positive()
            && production::in_production(cx.world, l).is_zero()
    };
    order.state == OrderState::Accepted
        && !order.on_hold
        && cx.world.order_lines.of(order.id).any(to_make)
}

/// The order of the list: what is finished last, then by the computed start.
fn place_in_list(
    cx: &Cx<'_>,
    made: &ProductionOrder,
) -> (bool, Option<crate::domain::moment::Moment>, i64) {
    let finished = production::standing(cx.world, made) == production::Standing::Finished;
    let starts = cx.outlook.finishes.get(&made.id).map(|f| f.starts);
    (finished, starts, made.id)
}

fn order_row(cx: &Cx<'_>, order: &crate::domain::order::Order) -> Row {
    Row {
        id: -order.id,
        cells: vec![
            dim("—"),
            text(order.no.clone()),
            customer(cx, order),
            product(cx, order),
            qty(delivery::order_qty(cx.world, order).open),
            word(w::TO_MAKE, Role::Warn, cx.lang),
            dim("—"),
            dim("—"),
            due(delivery::due(cx.world, order), cx),
            dim(""),
        ],
    }
}

fn row(cx: &Cx<'_>, made: &ProductionOrder) -> Row {
    let owner = production::owner(cx.world, made);
    let item = cx
        .world
        .items
        .find(made.item_id)
        .map(|i| i.name.clone())
        .unwrap_or_default();
    let stands = production::standing(cx.world, made);
    let finish = cx.outlook.finishes.get(&made.id);
    let finished = stands == production::Standing::Finished;
    let by = production::due(cx.world, made);
    Row {
        id: made.id,
        cells: vec![
            text(made.no.clone()),
            text(gate::orders(cx, made)),
            owner.map_or_else(|| dim(""), |(o, _)| customer(cx, o)),
            text(item),
            qty(made.qty),
            standing::production(stands, cx.lang),
            day(finish.map(|f| f.starts.date()), cx),
            day(finish.map(|f| f.ends.date()), cx),
            if finished { day(by, cx) } else { due(by, cx) },
            if finished {
                dim("")
            } else {
                late(finish.map_or(0, |f| f.late_days), cx.lang)
            },
        ],
    }
}

fn head(cx: &Cx<'_>, made: &ProductionOrder) -> Vec<(String, Cell)> {
    let mut head = vec![
        fact(
            w::PRODUCTION_NO,
            Cell::new(made.no.clone(), Role::Title),
            cx.lang,
        ),
        fact(
            w::STATE,
            standing::production(production::standing(cx.world, made), cx.lang),
            cx.lang,
        ),
        fact(w::QTY, qty(made.qty), cx.lang),
    ];
    if let Some((order, line)) = production::owner(cx.world, made) {
        head.push(fact(
            w::ORDER_NO,
            text(format!("{} / {}", order.no, line.no)),
            cx.lang,
        ));
        head.push(fact(w::CUSTOMER, customer(cx, order), cx.lang));
        head.extend(quantities(cx, made, line));
        head.push(fact(
            w::DUE,
            due(production::due(cx.world, made), cx),
            cx.lang,
        ));
    }
    if let Some(kit) = cx.outlook.kits.get(&made.id) {
        head.push(fact(w::KIT_READY, day(kit.ready, cx), cx.lang));
    }
    if !made.override_reason.is_empty() {
        head.push(fact(
            w::OVERRIDE_REASON,
            Cell::new(made.override_reason.clone(), Role::Warn),
            cx.lang,
        ));
    }
    head
}

/// What in the data the planner could not use, where there is anything.
fn findings(cx: &Cx<'_>) -> Option<Part> {
    let said = |f: &crate::app::outlook::Finding| match cx.lang {
        crate::text::Lang::Zh => f.text_zh.clone(),
        crate::text::Lang::En => f.text_en.clone(),
    };
    let rows: Vec<Row> = cx
        .outlook
        .findings
        .iter()
        .zip(1..)
        .map(|(f, id)| Row {
            id,
            cells: vec![Cell::new(said(f), Role::Warn)],
        })
        .collect();
    let count = (!rows.is_empty()).then_some(rows.len())?;
    let list = Listing {
        columns: FINDINGS,
        rows,
        empty: None,
    };
    Some(Part {
        kind: PartKind::Findings,
        title: w::PART_FINDINGS,
        count: Some(count),
        content: Content::List(list),
    })
}
