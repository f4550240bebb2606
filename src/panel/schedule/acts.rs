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

/// The operation that is meant: the one selected, or the first that still has something to do.
pub(super) fn operation_of(cx: &Cx<'_>, spot: &Spot) -> Option<i64> {
    let chosen = cx
        .world
        .operations
        .get(spot.part_row)
        .filter(|_| spot.part == PartKind::Operations);
    let made = cx.world.production_orders.get(spot.row)?;
    let first = || {
        let left = |o: &&Operation| production::left(cx.world, made, o).is_positive();
        cx.world.operations.of(made.id).find(left)
    };
    chosen.or_else(first).map(|o| o.id)
}
