//! Inspections of an order: terms, limits, counts, rounds.

use crate::app::action::Action;
use crate::command::Command;
use crate::domain::codes::InspectionResult;
use crate::domain::order::Order;
use crate::domain::progress::Inspection;
use crate::domain::rule::inspection as rule;
use crate::overlay::form::FormKind;
use crate::panel::build::{code, day, due, qty, text};
use crate::panel::{
    Cell, Column, Content, Cx, Listing, Part, PartKind, Reply, Row, Spot, Width, column, number,
};
use crate::text::{Label, shipping as words, words as w};
use crate::theme::Role;

const INSPECTIONS: &[Column] = &[
    column(w::KIND, Width::Fixed(7), 0),
    number(words::ROUND, 5, 4),
    column(w::DATE, Width::Fixed(11), 0),
    number(words::LOT, 7, 2),
    column(words::LEVEL, Width::Fixed(8), 6),
    column(words::AQL, Width::Fixed(8), 5),
    number(w::SAMPLE_SIZE, 6, 1),
    column(words::LIMITS, Width::Fixed(24), 3),
    number(w::CRITICAL, 8, 1),
    number(w::MAJOR, 5, 1),
    number(w::MINOR, 5, 1),
    column(w::RESULT, Width::Fixed(8), 0),
    column(words::DEFECTS, Width::Fill(1), 2),
    column(w::NOTE, Width::Fill(1), 4),
];

pub(super) const ACTIONS: &[Action] = &[
    Action::Inspect,
    Action::PlanInspection,
    Action::Sampling,
    Action::Correct,
    Action::Drop,
    Action::Ship,
];

pub(super) fn part(cx: &Cx<'_>, order: &Order) -> Part {
    let rows = cx.world.inspections.of(order.id).map(|i| row(cx, i));
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

fn row(cx: &Cx<'_>, i: &Inspection) -> Row {
    let role = match i.result {
        InspectionResult::Passed => Role::Ok,
        InspectionResult::Failed => Role::Bad,
        InspectionResult::Pending => Role::Warn,
    };
    let whole = |n: i64| match i.done_on {
        Some(_) => text(n.to_string()),
        None => text(""),
    };
    let note: Vec<&str> = [i.override_reason.as_str(), i.note.as_str()]
        .into_iter()
        .filter(|t| !t.is_empty())
        .collect();
    let date = match i.done_on {
        Some(_) => day(i.done_on, cx),
        None => due(i.planned, cx),
    };
    // A verdict that is not what the counts give is marked.
    let overridden = !i.override_reason.is_empty();
    let mark = if overridden { "*" } else { "" };
    Row {
        id: i.id,
        cells: vec![
            code(i.kind, cx.lang),
            text(rule::round(cx.world, i).to_string()),
            date,
            qty(i.lot),
            text(i.level.clone()),
            text(i.aql.clone()),
            text(i.sample.to_string()),
            text(words::limits(&rule::limits_of(i))),
            whole(i.critical),
            whole(i.major),
            whole(i.minor),
            Cell::new(format!("{}{mark}", i.result.word().text(cx.lang)), role),
            text(i.defects.clone()),
            text(note.join(" / ")),
        ],
    }
}

/// Whether a failed inspection still has to be done again.
fn to_repeat(cx: &Cx<'_>, i: &Inspection) -> bool {
    i.result == InspectionResult::Failed && rule::next(cx.world, i).is_none()
}

/// The form that an inspection asks for next: its result, or the next round where it failed.
fn form_of(cx: &Cx<'_>, i: &Inspection) -> Option<FormKind> {
    if i.result == InspectionResult::Pending {
        return Some(FormKind::Inspection);
    }
    to_repeat(cx, i).then_some(FormKind::ReInspect)
}

pub(super) fn act(cx: &Cx<'_>, action: Action, order: &Order, spot: &Spot) -> Option<Reply> {
    let here = spot.part == PartKind::Inspections;
    let chosen = cx.world.inspections.get(spot.part_row).filter(|_| here);
    let open = |kind, id| Some(crate::panel::open(cx, kind, id));
    match action {
        Action::PlanInspection => open(FormKind::PlanInspection, order.id),
        Action::Inspect | Action::Open if here && chosen.is_some() => {
            let i = chosen?;
            match form_of(cx, i) {
                Some(kind) => open(kind, i.id),
                None if action == Action::Open => open(FormKind::Inspection, i.id),
                None => open(FormKind::Inspect, order.id),
            }
        }
        Action::Inspect => {
            // The one that waits, else the one that failed, else a new one.
            let mut all: Vec<&Inspection> = cx.world.inspections.of(order.id).collect();
            all.sort_by_key(|i| (i.result != InspectionResult::Pending, i.planned, i.id));
            let next = all
                .into_iter()
                .find_map(|i| form_of(cx, i).map(|kind| (kind, i.id)));
            match next {
                Some((kind, id)) => open(kind, id),
                None => open(FormKind::Inspect, order.id),
            }
        }
        Action::Open if here => open(FormKind::Inspect, order.id),
        Action::Correct if here => Some(match chosen {
            Some(i) => crate::panel::open(cx, FormKind::Inspection, i.id),
            None => Reply::Refuse(words::SELECT_INSPECTION),
        }),
        Action::Drop if here => Some(match chosen {
            Some(i) => Reply::Run(Command::DropInspection {
                inspection_id: i.id,
            }),
            None => Reply::Refuse(words::SELECT_INSPECTION),
        }),
        _ => None,
    }
}
