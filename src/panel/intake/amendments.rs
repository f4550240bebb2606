//! Amendments of an order: what changed and why, which departments have seen it.

use super::*;
use crate::domain::order::Amendment;
use crate::domain::rule::amend;
use crate::text::ripple;

const AMENDMENTS: &[Column] = &[
    number(w::REVISION_NO, 4, 0),
    column(w::DEPARTMENT, Width::Fixed(10), 0),
    column(w::STATE, Width::Fixed(16), 0),
    column(w::WHAT_CHANGED, Width::Fill(3), 0),
    column(w::REASON, Width::Fill(1), 2),
];

/// A row a department; an amendment that nobody has to see has a row of its own with a negative id.
pub(super) fn amendments(cx: &Cx<'_>, order: &Order) -> Part {
    let mut rows = Vec::new();
    let mut open = 0;
    for a in cx.world.amendments.of(order.id).rev() {
        let mut any = false;
        for seen in cx.world.acknowledgements.of(a.id) {
            let state = match seen.seen_on {
                Some(on) => {
                    let said = format!("✓ {} {}", seen.seen_by, day(Some(on), cx).text);
                    Cell::new(said, Role::Ok)
                }
                None => {
                    open += 1;
                    let days = (cx.today() - seen.asked_on).num_days();
                    let said = w::WAITING_DAYS.fill(cx.lang, &[&days.to_string()]);
                    Cell::new(said, if days > 1 { Role::Bad } else { Role::Warn })
                }
            };
            rows.push(row(
                cx,
                a,
                seen.id,
                code(seen.department, cx.lang),
                state,
                any,
            ));
            any = true;
        }
        if !any {
            rows.push(row(cx, a, -a.id, dim("—"), dim(""), false));
        }
    }
    part(
        PartKind::Amendments,
        w::PART_AMENDMENTS,
        open,
        AMENDMENTS,
        rows,
        w::EMPTY_AMENDMENTS,
    )
}

fn row(cx: &Cx<'_>, a: &Amendment, id: i64, who: Cell, state: Cell, again: bool) -> Row {
    let changes: Vec<String> = amend::read(&a.text)
        .iter()
        .map(|d| ripple::difference(d, cx.lang))
        .collect();
    let said = if again {
        dim("″")
    } else {
        text(changes.join("; "))
    };
    let reason = if again {
        dim("")
    } else {
        dim(a.reason.clone())
    };
    Row {
        id,
        cells: vec![text(a.no.to_string()), who, state, said, reason],
    }
}

/// What can be done with amendments.
pub(super) fn act(cx: &Cx<'_>, action: Action, order: &Order, spot: &Spot) -> Option<Reply> {
    let here = spot.part == PartKind::Amendments;
    let amended = order.state == OrderState::Accepted;
    Some(match action {
        Action::Acknowledge | Action::Open if here && spot.part_row > 0 => {
            crate::panel::open(cx, FormKind::Acknowledge, spot.part_row)
        }
        Action::Acknowledge => {
            let waiting = cx
                .world
                .amendments
                .of(order.id)
                .flat_map(|a| cx.world.acknowledgements.of(a.id))
                .find(|a| a.seen_on.is_none());
            match waiting {
                Some(a) => crate::panel::open(cx, FormKind::Acknowledge, a.id),
                None => Reply::Refuse(w::EMPTY_AMENDMENTS),
            }
        }
        // A line of an accepted order is changed and added by amendment.
        Action::AddLine if amended && spot.part != PartKind::Milestones => {
            crate::panel::open(cx, FormKind::Amend, order.id)
        }
        Action::EditOrder | Action::Open if amended && spot.part == PartKind::Lines => {
            crate::panel::open(cx, FormKind::Amend, order.id)
        }
        _ => return None,
    })
}
