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

/// The operation that a key is about: under the cursor, selected in its list, or the first.
fn operation<'a>(cx: &Cx<'a>, spot: &Spot) -> Option<&'a Operation> {
    let operations = &cx.world.operations;
    match (spot.at, spot.part) {
        (Some(At::Operation(id)), _) => operations.get(id),
        (_, PartKind::Operations) => operations
            .get(spot.part_row)
            .or_else(|| operations.of(spot.row).next()),
        _ => operations.of(spot.row).next(),
    }
}

pub(super) fn pin(cx: &Cx<'_>, spot: &Spot) -> Reply {
    match operation(cx, spot) {
        Some(o) => Reply::Run(Command::PinOperation {
            operation_id: o.id,
            pinned: !o.pinned,
        }),
        None => Reply::Refuse(w::SELECT_FIRST),
    }
}

/// The operation that is meant: the one selected, or the first that still has something to do.
pub(super) fn operation_of(cx: &Cx<'_>, spot: &Spot) -> Option<i64> {
    let chosen = match (spot.at, spot.part) {
        (Some(At::Operation(id)), _) => cx.world.operations.get(id),
        (_, PartKind::Operations) => cx.world.operations.get(spot.part_row),
        _ => None,
    };
    let made = cx.world.production_orders.get(spot.row)?;
    let first = || {
        let left = |o: &&Operation| production::left(cx.world, made, o).is_positive();
        cx.world.operations.of(made.id).find(left)
    };
    chosen.or_else(first).map(|o| o.id)
}

/// Looks at the Gantt chart in the next way.
pub(super) fn switch(cx: &Cx<'_>) -> Reply {
    Reply::Look(crate::panel::View {
        gantt: cx.view.gantt.next(),
        ..cx.view
    })
}

/// Selects the production order of the bar under the cursor.
pub(super) fn choose(cx: &Cx<'_>, spot: &Spot) -> Reply {
    match (spot.at, operation(cx, spot)) {
        (Some(_), Some(o)) => Reply::Select(o.production_order_id),
        _ => Reply::Refuse(w::SELECT_FIRST),
    }
}
