//! What the keys of the Schedule panel do.

use super::*;
use crate::app::agenda::Entry;

pub(super) fn release(cx: &Cx<'_>, made: &ProductionOrder) -> Reply {
    if made.state != ProductionState::Proposed {
        return Reply::Refuse(crate::text::say::ALREADY_RELEASED);
    }
    if crate::app::gate::gate(cx.world, cx.outlook, made, cx.today()).is_empty() {
        return Reply::Run(Command::Release(Release {
            production_order_id: made.id,
            override_reason: String::new(),
            short: Vec::new(),
        }));
    }
    crate::panel::open(cx, FormKind::Release, made.id)
}

/// Offers what can be merged with it, or says what would have to be alike.
pub(super) fn merge(cx: &Cx<'_>, made: &ProductionOrder) -> Reply {
    if production::partners(cx.world, made).next().is_none() {
        return Reply::Refuse(crate::text::say::NOTHING_TO_MERGE);
    }
    crate::panel::open(cx, FormKind::MergeProduction, made.id)
}

pub(super) fn hold(made: &ProductionOrder) -> Reply {
    let to = if made.on_hold {
        ProductionStep::Resume
    } else {
        ProductionStep::Hold
    };
    Reply::Run(Command::SetProduction(SetProduction {
        production_order_id: made.id,
        to,
    }))
}

pub(super) fn cancel(cx: &Cx<'_>, made: &ProductionOrder) -> Reply {
    Reply::Confirm {
        question: w::ASK_CANCEL_PRODUCTION.fill(cx.lang, &[&made.no]),
        command: Command::SetProduction(SetProduction {
            production_order_id: made.id,
            to: ProductionStep::Cancel,
        }),
    }
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

/// The schedule of the next two weeks as a message: of the selected operation's line, else of the
/// order.
pub(super) fn told(cx: &Cx<'_>, made: &ProductionOrder, spot: &Spot) -> String {
    let tell = |about: &str, chosen: &dyn Fn(&Entry<'_>) -> bool| {
        message::schedule(cx.world, cx.outlook, about, cx.today(), cx.lang, chosen)
    };
    let operation = cx
        .world
        .operations
        .get(spot.part_row)
        .filter(|_| spot.part == PartKind::Operations);
    let line = operation.and_then(|o| {
        let place = cx.outlook.places.get(&o.id).and_then(|p| p.line_id);
        cx.world.lines.find(o.line_id.or(place))
    });
    if let Some(line) = line {
        return tell(&line.code, &|e| e.line_id == Some(line.id));
    }
    match production::owner(cx.world, made) {
        Some((order, _)) => {
            let ours: Vec<i64> = production::of_order(cx.world, order)
                .map(|m| m.id)
                .collect();
            tell(&order.no, &|e| ours.contains(&e.made.id))
        }
        None => tell(&made.no, &|e| e.made.id == made.id),
    }
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
