//! What would bring an open order's date forward, and taking one of it.

use super::*;

use crate::app::outlook::{Lever, LeverKind};
use crate::command::blocks::SaveBlock;
use crate::command::rush::PlanParts;
use crate::domain::codes::{BlockKind, Department};
use crate::text::{planning, promise as said};

const LEVERS: &[Column] = &[
    column(said::LEVER, Width::Fill(1), 0),
    column(said::DATE_WITH, Width::Fixed(11), 0),
    number(said::DAYS_GAINED, 6, 0),
    column(said::MEETS, Width::Fixed(7), 1),
    number(said::COST, 9, 2),
];

pub(super) fn levers(cx: &Cx<'_>, order: &Order) -> Part {
    let found = cx.outlook.promises.get(&order.id);
    let all = found.map(|p| p.levers.as_slice()).unwrap_or_default();
    let row = |(lever, id): (&Lever, i64)| Row {
        id,
        cells: vec![
            text(planning::lever(&lever.kind, cx.lang)),
            day(Some(lever.date), cx),
            Cell::new(lever.days_gained.to_string(), Role::Ok),
            if lever.meets_due {
                word(w::YES, Role::Ok, cx.lang)
            } else {
                dim("—")
            },
            lever
                .cost
                .map_or_else(|| dim("—"), |cost| super::super::build::money(cost, "")),
        ],
    };
    let list = Listing {
        columns: LEVERS,
        rows: all.iter().zip(1..).map(row).collect(),
        empty: Some(said::NO_LEVERS),
    };
    Part {
        kind: PartKind::Levers,
        title: said::PART_LEVERS,
        count: (!all.is_empty()).then_some(all.len()),
        content: Content::List(list),
    }
}

/// Takes the selected lever: what the program can enter itself is weighed, the rest is asked of the
/// department that can do it.
pub(super) fn take(cx: &Cx<'_>, order: &Order, spot: &Spot) -> Reply {
    let found = cx.outlook.promises.get(&order.id);
    let at = usize::try_from(spot.part_row - 1).ok();
    let Some(lever) = found.zip(at).and_then(|(p, at)| p.levers.get(at)) else {
        return Reply::Refuse(w::SELECT_FIRST);
    };
    match &lever.kind {
        LeverKind::Overtime { centre, .. } => {
            let Some(centre) = cx.world.work_centres.iter().find(|c| c.code == *centre) else {
                return Reply::Refuse(w::SELECT_FIRST);
            };
            Reply::Weigh(Box::new(Command::SaveBlock(Box::new(SaveBlock {
                work_centre_id: centre.id,
                kind: BlockKind::Overtime,
                spans: lever.extra_time(),
                note: order.no.clone(),
                ..SaveBlock::default()
            }))))
        }
        LeverKind::PartDelivery { pieces } => {
            let Some(line) = cx.world.order_lines.get(lever.line_id) else {
                return Reply::Refuse(w::SELECT_FIRST);
            };
            let open = delivery::line_qty(cx.world, line).open;
            let rest = open - *pieces;
            let last = found.and_then(|p| p.date).unwrap_or(lever.date);
            let parts = vec![(*pieces, lever.date), (rest, last)];
            let list = said::PARTS_ASK.fill(
                cx.lang,
                &[
                    &crate::text::format::qty(*pieces),
                    &show::day(lever.date, cx.today(), cx.lang),
                    &crate::text::format::qty(rest),
                    &show::day(last, cx.today(), cx.lang),
                ],
            );
            Reply::Confirm {
                question: list,
                command: Command::PlanParts(PlanParts {
                    order_line_id: line.id,
                    parts,
                }),
            }
        }
        LeverKind::EarlierMaterial { .. } => ask(cx, order, lever, Department::Purchasing),
        LeverKind::EarlierRelease { .. } => ask(cx, order, lever, Department::Technical),
        LeverKind::Split { .. } | LeverKind::AnotherLine { .. } | LeverKind::Unpin => {
            ask(cx, order, lever, Department::Production)
        }
    }
}

/// A query to the department that can do it, with what it would bring.
fn ask(cx: &Cx<'_>, order: &Order, lever: &Lever, department: Department) -> Reply {
    let what = planning::lever(&lever.kind, cx.lang);
    let date = show::day(lever.date, cx.today(), cx.lang);
    let days = lever.days_gained.to_string();
    let question = said::ASK.fill(cx.lang, &[&order.no, &what, &days, &date]);
    crate::panel::form(cx, FormKind::Query, order.id, |form| {
        form.with("department", department.code())
            .with("topic", said::TOPIC.text(cx.lang))
            .with("question", question)
    })
}
