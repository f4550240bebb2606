//! What the keys of the Schedule panel do.

use super::*;

pub(super) fn release(cx: &Cx<'_>, made: &ProductionOrder) -> Reply {
    if made.state != ProductionState::Proposed {
        return Reply::Refuse(crate::text::say::ALREADY_RELEASED);
    }
    let clear = production::owner(cx.world, made)
        .is_none_or(|(order, _)| intake::obstacles(cx.world, order, cx.today()).is_empty());
    if clear {
        let (production_order_id, override_reason) = (made.id, String::new());
        return Reply::Run(Command::Release(Release {
            production_order_id,
            override_reason,
        }));
    }
    crate::panel::open(cx, FormKind::Release, made.id)
}

pub(super) fn pin(cx: &Cx<'_>, spot: &Spot) -> Reply {
    let first = || cx.world.operations.of(spot.row).next();
    let chosen = cx
        .world
        .operations
        .get(spot.part_row)
        .filter(|_| spot.part == PartKind::Operations);
    match chosen.or_else(first) {
        Some(o) => Reply::Run(Command::PinOperation {
            operation_id: o.id,
            pinned: !o.pinned,
        }),
        None => Reply::Refuse(w::SELECT_FIRST),
    }
}

/// Asks before the computed plan becomes the accepted one, and says how much it moves.
pub(super) fn accept(cx: &Cx<'_>) -> Reply {
    if cx.outlook.stands_on.is_none() {
        return Reply::Refuse(w::PLAN_NOT_READY);
    }
    let mut placements = Vec::new();
    for (operation_id, place) in &cx.outlook.places {
        let Some(operation) = cx.world.operations.get(*operation_id) else {
            continue;
        };
        if cx.outlook.moves(operation) {
            let (operation_id, line_id) = (*operation_id, place.line_id);
            placements.push(Placement {
                operation_id,
                line_id,
                starts: place.starts,
                ends: place.ends,
            });
        }
    }
    if placements.is_empty() {
        return Reply::Refuse(w::PLAN_SAME);
    }
    let late = cx
        .outlook
        .finishes
        .values()
        .filter(|f| f.late_days > 0)
        .count();
    let question =
        w::ASK_ACCEPT_PLAN.fill(cx.lang, &[&placements.len().to_string(), &late.to_string()]);
    Reply::Confirm {
        question,
        command: Command::AcceptPlan(AcceptPlan {
            placements,
            note: String::new(),
        }),
    }
}
