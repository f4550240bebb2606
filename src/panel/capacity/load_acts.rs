//! What the keys do in the load map, the overload list and the list of blocks.

use super::load::{cell_at, fills};
use super::*;
use crate::domain::moment::Moment;
use crate::overlay::form::Form;
use crate::overlay::forms::remedies::{place, written};
use crate::panel::picture::{LoadBy, View};
use crate::text::picture as p;

/// The keys of the load; `None` where the panel's own meaning holds.
pub(super) fn act(cx: &Cx<'_>, action: Action, spot: &Spot) -> Option<Reply> {
    Some(match (action, spot.part) {
        (Action::SwitchView, _) => Reply::Look(View {
            load_by: match cx.view.load_by {
                LoadBy::Week => LoadBy::Day,
                LoadBy::Day => LoadBy::Week,
            },
            ..cx.view
        }),
        (Action::SwitchLoad, _) => Reply::Look(View {
            load: cx.view.load.next(),
            ..cx.view
        }),
        (Action::Open, PartKind::Load | PartKind::Overloads) => {
            let (centre, from) = cell_at(cx, spot)?;
            match fills(cx, spot.row, centre, from) {
                Some(picker) => Reply::Pick(Box::new(picker)),
                None => Reply::Refuse(p::CELL_EMPTY),
            }
        }
        (Action::Open, PartKind::Blocks) if spot.part_row > 0 => {
            crate::panel::open(cx, FormKind::Block, spot.part_row)
        }
        (Action::Open | Action::BlockCapacity, PartKind::Blocks) | (Action::BlockCapacity, _) => {
            block(cx, spot)
        }
        (Action::UnblockCapacity, PartKind::Blocks) if spot.part_row > 0 => {
            Reply::Run(Command::RemoveBlock {
                block_id: spot.part_row,
            })
        }
        (Action::UnblockCapacity, _) => Reply::Refuse(p::NOTHING_TO_DROP),
        _ => return None,
    })
}

/// The form of a new block, about the cell under the cursor.
fn block(cx: &Cx<'_>, spot: &Spot) -> Reply {
    let cell = cell_at(cx, spot);
    let first = cx.world.work_centres.iter().find(|c| !c.infinite);
    let Some(centre) = cell.map(|(centre, _)| centre).or(first.map(|c| c.id)) else {
        return Reply::Refuse(p::NO_CENTRE);
    };
    super::super::form(cx, FormKind::NewBlock, centre, |form| match cell {
        Some((_, from)) => {
            let from = from.max(cx.today()).to_string();
            form.with("from", from.clone()).with("to", from)
        }
        None => form,
    })
}

/// An exception form about the work centre and the day, or the first day of the week, under the
/// cursor.
pub(super) fn about_cell(cx: &Cx<'_>, spot: &Spot, form: Form) -> Form {
    let Some((centre, from)) = cell_at(cx, spot) else {
        return form;
    };
    let name = cx
        .world
        .work_centres
        .get(centre)
        .map_or("", |c| c.name.as_str());
    let from = Moment::start_of(from).max(cx.now);
    form.with("where", place(Some(centre), None))
        .with("from", written(Some(from)))
        .with("place", name)
}
