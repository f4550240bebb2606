//! Exceptions: what went wrong, what it costs, who decides what by when, and what was learned.

mod learned;
mod parts;
mod story;

use super::build::{code, customer, day, dim, due, fact, text};
use super::{
    Cell, Column, Cx, Detail, Listing, Long, Panel, PartKind, Parts, Reply, Row, Spot, Width,
    column, each, exceptions_ledger, form,
};
use crate::app::action::Action;
use crate::command::Command;
use crate::command::remedies::Piece;
use crate::domain::codes::{Severity, Stage, Subject};
use crate::domain::exception::Exception;
use crate::domain::rule::escalation::{self, Due, Rules};
use crate::domain::rule::{failure, production};
use crate::overlay::form::FormKind;
use crate::overlay::forms::escalation::expected;
use crate::overlay::forms::followup::chase_about;
use crate::text::{Label, failure as said, message, say, standing, words as w};
use crate::theme::Role;

/// The Exceptions panel.
#[derive(Debug, Clone, Copy)]
pub struct Exceptions;

const COLUMNS: &[Column] = &[
    column(w::NO, Width::Fixed(8), 0),
    column(w::SEVERITY, Width::Fixed(9), 2),
    column(w::WHAT, Width::Fill(16), 0),
    column(w::ORDER_NO, Width::Fixed(10), 4),
    column(w::CUSTOMER, Width::Fill(1), 7),
    column(said::IMPACT, Width::Fixed(8), 3),
    column(w::RESPONSIBLE, Width::Fixed(11), 5),
    column(w::STATE, Width::Fixed(10), 0),
    column(said::LEVEL, Width::Fixed(6), 0),
    column(w::DECIDE_BY, Width::Fixed(11), 1),
    column(w::REPORTED_ON, Width::Fixed(11), 6),
];

impl Panel for Exceptions {
    fn stage(&self) -> Stage {
        Stage::Exceptions
    }

    fn list(&self, cx: &Cx<'_>) -> Long {
        let mut list: Vec<&Exception> = cx.world.exceptions.iter().collect();
        list.sort_by_cached_key(|e| {
            (
                e.closed_on.is_some(),
                e.severity,
                e.decide_by.or(e.act_by),
                std::cmp::Reverse(e.id),
            )
        });
        Long {
            columns: COLUMNS,
            ids: list.into_iter().map(|e| e.id).collect(),
            empty: Some(w::EMPTY_EXCEPTIONS),
        }
    }

    fn rows(&self, cx: &Cx<'_>, ids: &[i64]) -> Vec<Row> {
        let rules = Rules::of(cx.world);
        let calendar = cx.world.factory_calendar();
        each(ids, |id| {
            let e = cx.world.exceptions.get(id)?;
            let due = escalation::due_by(&rules, &calendar, e, cx.now);
            Some(row(cx, e, due))
        })
    }

    fn detail(&self, cx: &Cx<'_>, id: i64) -> Detail {
        let Some(e) = cx.world.exceptions.get(id) else {
            return Detail::default();
        };
        Detail {
            head: head(cx, e),
            parts: Parts::new(cx)
                .add(story::story(cx, e))
                .add(parts::impact(cx, e))
                .add(parts::options(cx, e))
                .add(parts::actions(cx, e))
                .add(parts::effects(cx, e))
                .add(parts::evidence(cx, e))
                .add(learned::lessons(cx, e))
                .dear(PartKind::Ledger, exceptions_ledger::TITLE, || {
                    exceptions_ledger::part(cx, e.order_id)
                })
                .done(),
        }
    }

    fn actions(&self, spot: &Spot) -> &'static [Action] {
        use Action as A;
        match spot.part {
            PartKind::Impact => &[
                A::Open,
                A::EnterEffect,
                A::TellCustomer,
                A::PromiseDate,
                A::CopyMessage,
            ],
            PartKind::Options => &[A::Open, A::AddOption, A::DropPiece, A::DecideException],
            PartKind::Actions => &[A::Open, A::AddAction, A::DropPiece, A::CloseException],
            PartKind::Effects => &[A::Open, A::EnterEffect, A::DropPiece],
            PartKind::Evidence => &[A::Open, A::FileEvidence, A::DropPiece],
            PartKind::Story => &[
                A::Open,
                A::WorkException,
                A::DecideException,
                A::CloseException,
            ],
            _ => &[
                A::WorkException,
                A::DecideException,
                A::CloseException,
                A::RaiseException,
                A::EnterEffect,
                A::AddOption,
                A::AddAction,
                A::Escalate,
                A::TellCustomer,
                A::PromiseDate,
                A::FileEvidence,
                A::MergeException,
                A::ReopenException,
                A::EscalationRules,
                A::Chase,
                A::CopyMessage,
                A::Lessons,
                A::Ledger,
            ],
        }
    }

    fn act(&self, cx: &Cx<'_>, action: Action, spot: &Spot) -> Reply {
        if action == Action::Ledger {
            return Reply::Ledger;
        }
        if action == Action::EscalationRules {
            return super::open(cx, FormKind::EscalationRules, 0);
        }
        let Some(e) = cx.world.exceptions.get(spot.row) else {
            return if action == Action::RaiseException {
                super::raise(cx, Stage::Progress, None, |f| f)
            } else {
                Reply::Pass
            };
        };
        match action {
            Action::Open if spot.part == PartKind::Ledger => {
                exceptions_ledger::open(cx, e.order_id, spot.part_row)
            }
            Action::Open => enter(cx, e, spot),
            Action::RaiseException => super::raise(cx, e.stage, e.order_id, |f| f),
            Action::Chase => Reply::Form(Box::new(chase_about(
                cx,
                Subject::Exception,
                e.id,
                e.order_id,
            ))),
            Action::CopyMessage => Reply::Copy(message_of(cx, e, spot)),
            Action::PromiseDate => promise(cx, e, spot),
            Action::ReopenException => Reply::Run(Command::ReopenException { exception_id: e.id }),
            Action::DropPiece => drop_piece(cx, spot),
            Action::TellCustomer if failure::orders(cx.world, e).is_empty() => {
                Reply::Refuse(said::NO_ORDER)
            }
            Action::TellCustomer => super::open(cx, FormKind::TellCustomer, e.id),
            Action::FileEvidence => super::open(cx, FormKind::NewEvidence, e.id),
            Action::AddAction => super::open(cx, FormKind::NewAction, e.id),
            _ => on_open(cx, action, e),
        }
    }

    fn order_of(&self, cx: &Cx<'_>, row: i64) -> Option<i64> {
        cx.world.exceptions.get(row).and_then(|e| e.order_id)
    }
}

/// What can be done with an exception only while it is open.
fn on_open(cx: &Cx<'_>, action: Action, e: &Exception) -> Reply {
    let kind = match action {
        Action::WorkException => FormKind::WorkException,
        Action::DecideException => FormKind::DecideException,
        Action::CloseException => FormKind::CloseException,
        Action::EnterEffect => FormKind::NewEffect,
        Action::AddOption => FormKind::NewWayOut,
        Action::Escalate => FormKind::Escalate,
        Action::MergeException => FormKind::MergeException,
        _ => return Reply::Pass,
    };
    if e.closed_on.is_some() {
        return Reply::Refuse(say::EXCEPTION_IS_CLOSED);
    }
    if action == Action::CloseException && failure::waits(cx.world, e) {
        return Reply::Refuse(said::STILL_WAITS);
    }
    if action == Action::CloseException && failure::to_do(cx.world, e).next().is_some() {
        return Reply::Refuse(said::ACTIONS_OPEN);
    }
    match super::open(cx, kind, e.id) {
        Reply::Refuse(_) if action == Action::MergeException => {
            Reply::Refuse(said::NOTHING_TO_MERGE)
        }
        reply => reply,
    }
}

/// `Enter`: what the row is mostly for.
fn enter(cx: &Cx<'_>, e: &Exception, spot: &Spot) -> Reply {
    let some = spot.part_row > 0;
    match spot.part {
        PartKind::Story => return Reply::Page(Box::new(story::page(cx, e))),
        PartKind::Impact => return go(cx, spot),
        PartKind::Options if some => return super::open(cx, FormKind::WayOut, spot.part_row),
        PartKind::Options => return on_open(cx, Action::AddOption, e),
        PartKind::Actions if some => return super::open(cx, FormKind::Action, spot.part_row),
        PartKind::Actions => return super::open(cx, FormKind::NewAction, e.id),
        PartKind::Effects if some => return super::open(cx, FormKind::Effect, spot.part_row),
        PartKind::Effects => return on_open(cx, Action::EnterEffect, e),
        PartKind::Evidence if some => {
            let kept = cx.world.exception_evidence.get(spot.part_row);
            let shown = kept.is_some_and(|k| !k.file_hash.is_empty());
            return if shown {
                Reply::ShowEvidence(spot.part_row)
            } else {
                super::open(cx, FormKind::Evidence, spot.part_row)
            };
        }
        PartKind::Evidence => return super::open(cx, FormKind::NewEvidence, e.id),
        _ => {}
    }
    match failure::standing(cx.world, e) {
        failure::Standing::Waiting => super::open(cx, FormKind::DecideException, e.id),
        failure::Standing::Closed => Reply::Refuse(say::EXCEPTION_IS_CLOSED),
        failure::Standing::Merged => match e.merged_into {
            Some(into) => Reply::Select(into),
            None => Reply::Pass,
        },
        _ => super::open(cx, FormKind::WorkException, e.id),
    }
}

/// To the order or the kit of a row of the impact.
fn go(cx: &Cx<'_>, spot: &Spot) -> Reply {
    if let Some(made) = parts::kit_of(spot.part_row) {
        let made = cx.world.production_orders.get(made);
        let owner = made.and_then(|p| production::owner(cx.world, p));
        return Reply::Go(Stage::Materials, owner.map(|(o, _)| o.id));
    }
    match cx.world.orders.get(spot.part_row) {
        Some(order) => Reply::Go(Stage::Progress, Some(order.id)),
        None => Reply::Pass,
    }
}

fn drop_piece(cx: &Cx<'_>, spot: &Spot) -> Reply {
    let id = spot.part_row;
    let world = cx.world;
    let found = match spot.part {
        PartKind::Options => {
            let row = world.exception_options.get(id);
            row.map(|r| (Piece::Option(id), r.text.clone()))
        }
        PartKind::Effects => {
            let row = world.exception_effects.get(id);
            row.map(|r| (Piece::Effect(id), said::effect(world, r)))
        }
        PartKind::Actions => {
            let row = world.exception_actions.get(id);
            row.map(|r| (Piece::Action(id), r.text.clone()))
        }
        PartKind::Evidence => {
            let row = world.exception_evidence.get(id);
            row.map(|r| (Piece::Evidence(id), r.title.clone()))
        }
        _ => None,
    };
    match found {
        Some((piece, name)) => Reply::Confirm {
            question: said::ASK_DROP.fill(cx.lang, &[&name]),
            command: Command::DropRemedy(piece),
        },
        None => Reply::Refuse(said::SELECT_PIECE),
    }
}

/// The promise to the customer whose order the row is about, on the date by the plan.
fn promise(cx: &Cx<'_>, e: &Exception, spot: &Spot) -> Reply {
    let order = order_at(cx, e, spot).and_then(|id| cx.world.orders.get(id));
    let Some(order) = order else {
        return Reply::Refuse(said::NO_ORDER);
    };
    let date = expected(cx, order).filter(|d| *d > cx.today());
    form(cx, FormKind::Commit, order.id, |form| {
        let form = form.with("reason", format!("{} {}", e.no, e.what));
        match date {
            Some(date) => form.with("date", date.to_string()),
            None => form,
        }
        .with("authority", e.decided_by.as_str())
    })
}

/// The order of the selected row of the impact, else the exception's own.
fn order_at(cx: &Cx<'_>, e: &Exception, spot: &Spot) -> Option<i64> {
    let row = (spot.part == PartKind::Impact && spot.part_row > 0).then_some(spot.part_row);
    let row = row.filter(|id| parts::kit_of(*id).is_none());
    row.or_else(|| failure::orders(cx.world, e).first().map(|o| o.id))
}

/// To the customer from the impact, to whoever it has to be escalated to, else to whoever decides.
fn message_of(cx: &Cx<'_>, e: &Exception, spot: &Spot) -> String {
    if spot.part == PartKind::Impact
        && let Some(order) = order_at(cx, e, spot).and_then(|id| cx.world.orders.get(id))
    {
        return said::customer_message(cx.world, e, order, expected(cx, order), cx.lang);
    }
    let impact = cx.outlook.impacts.get(&e.id);
    match escalation::due(cx.world, e, cx.now).filter(|d| d.waits) {
        Some(due) => said::escalation_message(cx.world, e, due, impact, cx.lang),
        None => message::exception(cx.world, e, cx.lang),
    }
}

/// What an exception costs, with a mark while that is being computed again.
fn impact_cell(cx: &Cx<'_>, e: &Exception) -> Cell {
    let current = cx.outlook.impacts_current;
    match cx.outlook.impacts.get(&e.id) {
        Some(found) => {
            let mut text = said::impact(found, cx.lang);
            if !current {
                text = format!("{text} ({})", cx.say(said::COMPUTING));
            }
            let bad = found.made_late() > 0;
            Cell::new(text, if bad { Role::Bad } else { Role::Base })
        }
        None if current => dim(""),
        None => dim(cx.say(said::COMPUTING)),
    }
}

fn head(cx: &Cx<'_>, e: &Exception) -> Vec<(String, Cell)> {
    let state = standing::exception(failure::standing(cx.world, e), cx.lang);
    let mut head = vec![
        fact(w::NO, Cell::new(e.no.clone(), Role::Title), cx.lang),
        fact(w::STATE, state, cx.lang),
        fact(w::SEVERITY, severity(cx, e.severity), cx.lang),
    ];
    if let Some(due) = escalation::due(cx.world, e, cx.now) {
        let rules = Rules::of(cx.world);
        let role = if due.waits { Role::Bad } else { Role::Base };
        let text = said::escalation(due, e, &rules, cx.lang);
        head.push(fact(said::ESCALATION, Cell::new(text, role), cx.lang));
    }
    if e.closed_on.is_none() {
        let cell = impact_cell(cx, e);
        if !cell.text.is_empty() {
            head.push(fact(said::IMPACT, cell, cx.lang));
        }
        let needs = failure::superior(cx.world, e);
        if !needs.is_empty() && e.decided_on.is_none() {
            let text = said::needs(&needs, cx.lang);
            head.push(fact(said::SUPERIOR, Cell::new(text, Role::Bad), cx.lang));
        }
    }
    head.push(fact(w::WHAT, text(e.what.clone()), cx.lang));
    if let Some(order) = cx.world.orders.find(e.order_id) {
        head.push(fact(w::ORDER_NO, text(order.no.clone()), cx.lang));
        head.push(fact(w::CUSTOMER, customer(cx, order), cx.lang));
    }
    head
}

fn severity(cx: &Cx<'_>, severity: Severity) -> Cell {
    let role = match severity {
        Severity::Critical => Role::Bad,
        Severity::Major => Role::Warn,
        Severity::Minor => Role::Base,
    };
    Cell::new(severity.word().text(cx.lang), role).by((severity as i64).to_string())
}

/// Orders hit and the days of the worst, short.
fn cost(cx: &Cx<'_>, e: &Exception) -> Cell {
    let Some(found) = cx
        .outlook
        .impacts
        .get(&e.id)
        .filter(|_| e.closed_on.is_none())
    else {
        return dim("");
    };
    let count = found.orders.len();
    let days = found.worst_days();
    let role = if found.made_late() > 0 {
        Role::Bad
    } else {
        Role::Base
    };
    let text = if count == 0 {
        String::new()
    } else {
        format!("{count} / {days:+}")
    };
    Cell::new(text, role).by(super::build::sort_key(-found.late_days()))
}

fn level(e: &Exception, due: Option<Due>) -> Cell {
    match due {
        Some(due) if due.waits => {
            Cell::new(format!("L{}!", due.level), Role::Bad).by(super::build::sort_key(-due.level))
        }
        Some(_) if e.escalated_level > 0 => dim(format!("L{}", e.escalated_level)),
        _ => dim(""),
    }
}

fn row(cx: &Cx<'_>, e: &Exception, escalates: Option<Due>) -> Row {
    let order = cx.world.orders.find(e.order_id);
    let by = e.decide_by.or(e.act_by);
    let closed = e.closed_on.is_some();
    let mut cells = vec![
        text(e.no.clone()),
        severity(cx, e.severity),
        text(e.what.clone()),
        text(order.map(|o| o.no.clone()).unwrap_or_default()),
        order.map_or_else(|| dim(""), |o| customer(cx, o)),
        cost(cx, e),
        code(e.department, cx.lang),
        standing::exception(failure::standing(cx.world, e), cx.lang),
        level(e, escalates),
        if closed {
            day(e.closed_on, cx)
        } else {
            due(by, cx)
        },
        day(Some(e.reported_at.date()), cx),
    ];
    if closed {
        cells.iter_mut().for_each(|cell| cell.role = Role::Dim);
    }
    Row { id: e.id, cells }
}
