//! Exceptions: what went wrong, who decides what by when, and what was learned.

mod learned;

use super::build::{code, customer, day, dim, due, fact, qty_or_blank, text};
use super::{
    Cell, Column, Content, Cx, Detail, Listing, Panel, Part, PartKind, Reply, Row, Spot, Width,
    column,
};
use crate::app::action::Action;
use crate::command::Command;
use crate::domain::codes::{Severity, Stage, Subject};
use crate::domain::exception::Exception;
use crate::domain::rule::failure;
use crate::overlay::form::FormKind;
use crate::overlay::forms::followup::chase_about;
use crate::text::{Label, message, standing, words as w};
use crate::theme::Role;

/// The Exceptions panel.
#[derive(Debug, Clone, Copy)]
pub struct Exceptions;

const COLUMNS: &[Column] = &[
    column(w::NO, Width::Fixed(8), 0),
    column(w::SEVERITY, Width::Fixed(9), 1),
    column(w::WHAT, Width::Fill(3), 0),
    column(w::ORDER_NO, Width::Fixed(10), 2),
    column(w::CUSTOMER, Width::Fill(1), 5),
    column(w::RESPONSIBLE, Width::Fixed(11), 3),
    column(w::STATE, Width::Fixed(10), 0),
    column(w::DECIDE_BY, Width::Fixed(11), 1),
    column(w::REPORTED_ON, Width::Fixed(11), 4),
];

impl Panel for Exceptions {
    fn stage(&self) -> Stage {
        Stage::Exceptions
    }

    fn list(&self, cx: &Cx<'_>) -> Listing {
        let mut list: Vec<&Exception> = cx.world.exceptions.iter().collect();
        list.sort_by_key(|e| {
            (
                e.closed_on.is_some(),
                e.severity,
                e.decide_by.or(e.act_by),
                std::cmp::Reverse(e.id),
            )
        });
        let rows = list.into_iter().map(|e| row(cx, e)).collect();
        Listing {
            columns: COLUMNS,
            rows,
            empty: Some(w::EMPTY_EXCEPTIONS),
        }
    }

    fn detail(&self, cx: &Cx<'_>, id: i64) -> Detail {
        let Some(e) = cx.world.exceptions.get(id) else {
            return Detail::default();
        };
        let order = cx.world.orders.find(e.order_id);
        let mut head = vec![
            fact(w::NO, Cell::new(e.no.clone(), Role::Title), cx.lang),
            fact(
                w::STATE,
                standing::exception(failure::standing(e), cx.lang),
                cx.lang,
            ),
            fact(w::SEVERITY, severity(cx, e.severity), cx.lang),
            fact(w::WHAT, text(e.what.clone()), cx.lang),
        ];
        if let Some(order) = order {
            head.push(fact(w::ORDER_NO, text(order.no.clone()), cx.lang));
            head.push(fact(w::CUSTOMER, customer(cx, order), cx.lang));
        }
        Detail {
            head,
            parts: vec![story(cx, e), learned::lessons(cx, e)],
        }
    }

    fn actions(&self, _: &Spot) -> &'static [Action] {
        use Action as A;
        &[
            A::WorkException,
            A::DecideException,
            A::CloseException,
            A::RaiseException,
            A::ReopenException,
            A::Chase,
            A::CopyMessage,
            A::Lessons,
        ]
    }

    fn act(&self, cx: &Cx<'_>, action: Action, spot: &Spot) -> Reply {
        let Some(e) = cx.world.exceptions.get(spot.row) else {
            return if action == Action::RaiseException {
                super::raise(cx, Stage::Progress, None, |f| f)
            } else {
                Reply::Pass
            };
        };
        match action {
            Action::Open => match failure::standing(e) {
                failure::Standing::Waiting => super::open(cx, FormKind::DecideException, e.id),
                failure::Standing::Closed => Reply::Refuse(crate::text::say::EXCEPTION_IS_CLOSED),
                _ => super::open(cx, FormKind::WorkException, e.id),
            },
            Action::WorkException => super::open(cx, FormKind::WorkException, e.id),
            Action::DecideException => super::open(cx, FormKind::DecideException, e.id),
            Action::CloseException => super::open(cx, FormKind::CloseException, e.id),
            Action::ReopenException => Reply::Run(Command::ReopenException { exception_id: e.id }),
            Action::RaiseException => super::raise(cx, e.stage, e.order_id, |f| f),
            Action::Chase => Reply::Form(Box::new(chase_about(
                cx,
                Subject::Exception,
                e.id,
                e.order_id,
            ))),
            Action::CopyMessage => Reply::Copy(message::exception(cx.world, e, cx.lang)),
            _ => Reply::Pass,
        }
    }

    fn order_of(&self, cx: &Cx<'_>, row: i64) -> Option<i64> {
        cx.world.exceptions.get(row).and_then(|e| e.order_id)
    }
}

fn severity(cx: &Cx<'_>, severity: Severity) -> Cell {
    let role = match severity {
        Severity::Critical => Role::Bad,
        Severity::Major => Role::Warn,
        Severity::Minor => Role::Base,
    };
    Cell::new(severity.word().text(cx.lang), role).by((severity as i64).to_string())
}

fn row(cx: &Cx<'_>, e: &Exception) -> Row {
    let order = cx.world.orders.find(e.order_id);
    let by = e.decide_by.or(e.act_by);
    let closed = e.closed_on.is_some();
    let mut cells = vec![
        text(e.no.clone()),
        severity(cx, e.severity),
        text(e.what.clone()),
        text(order.map(|o| o.no.clone()).unwrap_or_default()),
        order.map_or_else(|| dim(""), |o| customer(cx, o)),
        code(e.department, cx.lang),
        standing::exception(failure::standing(e), cx.lang),
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

fn story(cx: &Cx<'_>, e: &Exception) -> Part {
    let t = |label, value: &str| fact(label, text(value.to_owned()), cx.lang);
    let d = |label, date: Option<chrono::NaiveDate>| {
        let cell = date.map_or_else(|| text(""), |date| day(Some(date), cx));
        fact(label, cell, cx.lang)
    };
    let mut facts = vec![
        t(
            w::REPORTED_BY,
            &format!(
                "{} {}",
                e.reported_by,
                e.reported_at.text().replace('T', " ")
            ),
        ),
        fact(w::STAGE, code(e.stage, cx.lang), cx.lang),
        fact(w::RESPONSIBLE, code(e.department, cx.lang), cx.lang),
        fact(w::QTY, qty_or_blank(e.quantity), cx.lang),
        t(w::CONTAINMENT, &e.containment),
        t(w::ANALYSIS, &e.analysis),
        t(w::DECISION_NEEDED, &e.decision_needed),
        t(w::DECIDE_BY_WHO, &e.decide_by_who),
        d(w::DECIDE_BY, e.decide_by),
        t(w::DECISION, &e.decision),
        t(w::DECIDED_BY, &e.decided_by),
        d(w::DECIDED_ON, e.decided_on),
        t(w::CORRECTIVE, &e.corrective),
        t(w::OWNER, &e.owner),
        d(w::ACT_BY, e.act_by),
        d(w::ACTED_ON, e.acted_on),
        t(w::PREVENTIVE, &e.preventive),
        t(w::SOLUTION, &e.solution),
        d(w::CLOSED_ON, e.closed_on),
    ];
    if let Some(cause) = e.cause {
        facts.push(fact(w::CAUSE, code(cause, cx.lang), cx.lang));
    }
    facts.splice(1..1, learned::before(cx, e));
    facts.retain(|(_, cell)| !cell.text.is_empty());
    Part {
        kind: PartKind::Story,
        title: w::PART_STORY,
        count: None,
        content: Content::Facts(facts),
    }
}
