//! Today: everything due, broken or waiting, from all stages, worst first; and what was done.

use super::build::{customer, dim, fact, late, order_head, text};
use super::{
    Cell, Column, Content, Cx, Detail, Listing, Panel, Part, PartKind, Reply, Row, Spot, Width,
    column, number,
};
use crate::app::action::Action;
use crate::domain::codes::{Stage, Subject};
use crate::domain::rule::attention::{Attention, Reason};
use crate::domain::rule::chase::Hold;
use crate::overlay::form::FormKind;
use crate::overlay::forms::followup::chase_about;
use crate::text::{Label, chasing, message, reason, words as w};
use crate::theme::Role;

/// The Today view.
#[derive(Debug, Clone, Copy)]
pub struct Today;

const COLUMNS: &[Column] = &[
    column(w::STAGE, Width::Fixed(10), 3),
    column(w::WHAT_TO_DO, Width::Fill(3), 0),
    column(w::ORDER_NO, Width::Fixed(10), 0),
    column(w::CUSTOMER, Width::Fill(1), 2),
    number(w::LATE, 9, 1),
];

/// A number that stays the same for the same thing while the list around it changes.
fn row_id(a: &Attention) -> i64 {
    let reason = match a.reason {
        Reason::DocumentMissing(kind) => 100 + kind as i64,
        other => i64::from(reason::rank(other)),
    };
    (a.subject_id * 100 + a.subject as i64) * 1_000 + reason + 1
}

/// The attention of a row of the Today list.
fn of_row<'a>(cx: &Cx<'a>, row: i64) -> Option<&'a Attention> {
    cx.attention.iter().find(|a| row_id(a) == row)
}

/// Why a purchase line had better not be chased now.
fn held(cx: &Cx<'_>, a: &Attention) -> Option<Hold> {
    let mut lines = cx.outlook.chases.iter();
    let line = lines.find(|l| a.subject == Subject::Purchase && l.purchase_id == a.subject_id)?;
    line.hold
}

impl Panel for Today {
    fn stage(&self) -> Stage {
        Stage::Today
    }

    fn list(&self, cx: &Cx<'_>) -> Listing {
        let row = |a: &Attention| {
            let order = cx.world.orders.find(a.order_id);
            let role = if a.days > 0 { Role::Bad } else { Role::Base };
            Row {
                id: row_id(a),
                cells: vec![
                    dim(a.stage.word().text(cx.lang)),
                    Cell::new(reason::sentence(a, cx.lang), role),
                    text(order.map(|o| o.no.clone()).unwrap_or_default()),
                    order.map_or_else(|| dim(""), |o| customer(cx, o)),
                    late(a.days, cx.lang),
                ],
            }
        };
        Listing {
            columns: COLUMNS,
            rows: cx.attention.iter().map(row).collect(),
            empty: Some(w::EMPTY_TODAY),
        }
    }

    fn detail(&self, cx: &Cx<'_>, row: i64) -> Detail {
        let Some(a) = of_row(cx, row) else {
            return Detail::default();
        };
        let mut head = vec![
            fact(
                w::WHAT_TO_DO,
                Cell::new(reason::sentence(a, cx.lang), Role::Title),
                cx.lang,
            ),
            fact(
                w::NEXT_STEP,
                text(reason::advice(a.reason, cx.lang)),
                cx.lang,
            ),
        ];
        if let Some(hold) = held(cx, a) {
            let said = chasing::hold(cx.world, hold, cx.today(), cx.lang);
            head.push(fact(
                chasing::HELD_BACK,
                Cell::new(said, Role::Warn),
                cx.lang,
            ));
        }
        if let Some(order) = cx.world.orders.find(a.order_id) {
            head.extend(order_head(cx, order));
        }
        let done: Vec<Row> = cx
            .journal
            .iter()
            .map(|line| super::build::journal_row(line, cx))
            .collect();
        let part = Part {
            kind: PartKind::Done,
            title: w::PART_DONE,
            count: None,
            content: Content::List(Listing {
                columns: super::build::JOURNAL,
                rows: done,
                empty: Some(w::EMPTY_DONE),
            }),
        };
        Detail {
            head,
            parts: vec![part],
        }
    }

    fn actions(&self, _: &Spot) -> &'static [Action] {
        &[
            Action::Open,
            Action::Chase,
            Action::CopyMessage,
            Action::Snooze,
            Action::RaiseException,
            Action::Summary,
        ]
    }

    fn act(&self, cx: &Cx<'_>, action: Action, spot: &Spot) -> Reply {
        let Some(a) = of_row(cx, spot.row) else {
            return Reply::Pass;
        };
        match action {
            Action::Open => Reply::Go(a.stage, a.order_id),
            Action::Chase => Reply::Form(Box::new(chase_about(
                cx,
                a.subject,
                a.subject_id,
                a.order_id,
            ))),
            Action::CopyMessage => {
                let asked = super::capacity::asks(cx, a);
                Reply::Copy(asked.unwrap_or_else(|| message::chase(cx.world, a, cx.lang)))
            }
            Action::RaiseException => raise(cx, a),
            Action::Snooze => super::form(cx, FormKind::Snooze, a.subject_id, |f| {
                f.hide("subject", a.subject.code())
            }),
            _ => Reply::Pass,
        }
    }

    fn order_of(&self, cx: &Cx<'_>, row: i64) -> Option<i64> {
        of_row(cx, row).and_then(|a| a.order_id)
    }
}

/// An exception about what needs attention, with its reason as the first words.
fn raise(cx: &Cx<'_>, a: &Attention) -> Reply {
    let stage = match a.stage {
        Stage::Today | Stage::Exceptions => Stage::Progress,
        stage => stage,
    };
    let purchase = cx.world.purchases.get(a.subject_id);
    let purchase = purchase.filter(|_| a.subject == Subject::Purchase);
    let made = cx.world.production_orders.get(a.subject_id);
    let made = made.filter(|_| a.subject == Subject::ProductionOrder);
    super::raise(cx, stage, a.order_id, |f| {
        let f = match (purchase, made) {
            (Some(line), _) => super::materials::about_purchase(cx, line, f),
            (_, Some(made)) => super::about_made(cx, made, None, f),
            _ => f,
        };
        if f.value("what").is_empty() && a.subject != Subject::Exception {
            f.with("what", reason::sentence(a, cx.lang))
        } else {
            f
        }
    })
}

/// The attention that a subject has first, for chasing it from another panel.
#[must_use]
pub fn attention_of<'a>(cx: &Cx<'a>, subject: Subject, id: i64) -> Option<&'a Attention> {
    cx.attention
        .iter()
        .find(|a| a.subject == subject && a.subject_id == id)
}
