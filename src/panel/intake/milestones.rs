//! The milestones of an order: latest, planned, done or expected, how much room is left.

use super::*;
use crate::command::milestone::{AddMargin, MakeMilestones, SaveTemplate};
use crate::domain::rule::milestone;
use crate::domain::rule::milestone::buffer::{self, Proposal};
use crate::text::lessons as base;

const MILESTONES: &[Column] = &[
    column(w::NODE, Width::Fill(2), 0),
    column(w::DEPARTMENT, Width::Fixed(9), 2),
    column(w::LATEST, Width::Fixed(11), 1),
    column(w::PLANNED, Width::Fixed(11), 3),
    column(w::DONE_OR_EXPECTED, Width::Fixed(13), 0),
    number(w::LATE_DAYS, 5, 1),
    number(w::FLOAT, 5, 0),
    number(base::BUFFER, 5, 2),
    column(w::REASON, Width::Fill(1), 4),
];

pub(super) fn milestones(cx: &Cx<'_>, order: &Order) -> Part {
    let standing = milestone::standing(cx.world, order, cx.today());
    let list = match standing {
        Ok(list) => list,
        Err(broken) => {
            let said = crate::text::milestone::broken(&broken, cx.lang);
            let mut part = part(
                PartKind::Milestones,
                w::PART_MILESTONES,
                0,
                MILESTONES,
                Vec::new(),
                w::EMPTY_MILESTONES,
            );
            part.content = Content::Facts(vec![fact(w::NODE, Cell::new(said, Role::Bad), cx.lang)]);
            return part;
        }
    };
    let open = list.iter().filter(|s| s.actual.is_none()).count();
    let proposed = buffer::proposals(cx.world, order, cx.today());
    let rows = list
        .iter()
        .map(|s| row(cx, s, proposed.get(&s.row.id)))
        .collect();
    part(
        PartKind::Milestones,
        w::PART_MILESTONES,
        open,
        MILESTONES,
        rows,
        w::EMPTY_MILESTONES,
    )
}

fn row(cx: &Cx<'_>, s: &milestone::Standing<'_>, proposed: Option<&Proposal<'_>>) -> Row {
    let m = s.row;
    let mark = if s.tightest { "! " } else { "" };
    let name = Cell::new(
        format!("{mark}{}", m.name),
        if s.tightest { Role::Warn } else { Role::Base },
    );
    let done = match (s.actual, s.expected) {
        (Some(day), _) => {
            let mark = if s.derived { "✓" } else { "✓*" };
            Cell::new(
                format!("{mark} {}", super::day(Some(day), cx).text),
                Role::Ok,
            )
        }
        (None, Some(day)) => {
            let lost = s.float.is_some_and(|f| f < 0);
            let role = if lost { Role::Bad } else { Role::Base };
            Cell::new(format!("≈ {}", super::day(Some(day), cx).text), role)
        }
        (None, None) => dim("—"),
    };
    let late = match s.late_days {
        Some(days) if days > 0 => Cell::new(days.to_string(), Role::Bad),
        _ => dim(""),
    };
    let float = match s.float.filter(|_| s.actual.is_none()) {
        Some(days) if days < 0 => Cell::new(days.to_string(), Role::Bad),
        Some(days) => text(days.to_string()),
        None => dim(""),
    };
    // What is proposed stands with a question mark until it is taken.
    let (days_kept, reason) = match proposed {
        Some(p) => (
            Cell::new(format!("+{}?", p.extra), Role::Warn),
            Cell::new(base::buffer_reason(p, cx.lang), Role::Warn),
        ),
        None if m.buffer > 0 => (text(m.buffer.to_string()), dim(m.revised_reason.clone())),
        None => (dim(""), dim(m.revised_reason.clone())),
    };
    Row {
        id: m.id,
        cells: vec![
            name,
            code(m.owner, cx.lang),
            day(s.latest, cx),
            day(m.revised.or(m.planned), cx),
            done,
            late,
            float,
            days_kept,
            reason,
        ],
    }
}

/// What can be done with milestones.
pub(super) fn act(cx: &Cx<'_>, action: Action, order: &Order, spot: &Spot) -> Option<Reply> {
    let here = spot.part == PartKind::Milestones;
    Some(match action {
        Action::MakeMilestones => Reply::Run(Command::MakeMilestones(MakeMilestones {
            order_id: order.id,
            lang: cx.lang,
        })),
        Action::SaveTemplate if spot.part != PartKind::Documents => Reply::Confirm {
            question: w::ASK_TEMPLATE.fill(
                cx.lang,
                &[&milestone::template::family(cx.world, order), &order.no],
            ),
            command: Command::SaveTemplate(SaveTemplate { order_id: order.id }),
        },
        Action::AddMargin if here => add_buffer(cx, order, spot.part_row),
        Action::AddLine if here => crate::panel::open(cx, FormKind::NewMilestone, order.id),
        Action::EditOrder | Action::Open if here => {
            crate::panel::open(cx, FormKind::Milestone, spot.part_row)
        }
        Action::Chase if here && spot.part_row > 0 => Reply::Form(Box::new(chase_about(
            cx,
            Subject::Milestone,
            spot.part_row,
            Some(order.id),
        ))),
        _ => return None,
    })
}

/// Asks whether the node gets the days that are proposed, with the reason.
fn add_buffer(cx: &Cx<'_>, order: &Order, id: i64) -> Reply {
    let proposed = buffer::proposals(cx.world, order, cx.today());
    let Some((m, proposal)) = cx.world.milestones.get(id).zip(proposed.get(&id)) else {
        return Reply::Refuse(base::NO_BUFFER);
    };
    let reason = base::buffer_reason(proposal, cx.lang);
    let days = proposal.extra.to_string();
    Reply::Confirm {
        question: base::ASK_BUFFER.fill(cx.lang, &[&m.name, &days, &reason]),
        command: Command::AddMargin(AddMargin {
            milestone_id: id,
            days: proposal.extra,
            reason,
        }),
    }
}
