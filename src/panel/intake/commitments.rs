//! What the customer was promised: date, channel, words, and whose word stands behind it.

use super::*;
use crate::domain::rule::commitment;
use crate::text::intake as said;

const COMMITMENTS: &[Column] = &[
    column(w::PROMISED_DATE, Width::Fixed(13), 0),
    number(w::LINE_MARK, 3, 1),
    column(said::MADE_ON, Width::Fixed(11), 2),
    column(said::MADE_BY, Width::Fixed(8), 4),
    column(said::SAID_BY, Width::Fixed(7), 3),
    column(w::AUTHORITY, Width::Fixed(12), 0),
    column(w::WORDS, Width::Fill(2), 1),
    column(w::REASON, Width::Fill(1), 2),
];

pub(super) fn commitments(cx: &Cx<'_>, order: &Order) -> Part {
    let open = commitment::unauthorised(cx.world, order).len();
    let list = commitment::of_order(cx.world, order);
    let rows = list.iter().map(|(line, c)| {
        let holds = commitment::latest(cx.world, line.id).is_some_and(|l| l.id == c.id);
        let authority = if c.needs_authority {
            let role = if holds { Role::Bad } else { Role::Dim };
            Cell::new(cx.say(said::NO_AUTHORITY), role)
        } else {
            text(c.authority.clone())
        };
        let mut cells = vec![
            day(Some(c.date), cx),
            text(line.no.to_string()),
            day(Some(c.made_on), cx),
            text(c.made_by.clone()),
            code(c.channel, cx.lang),
            authority,
            text(c.words.clone()),
            text(c.reason.clone()),
        ];
        if !holds {
            // A promise that another one followed.
            cells.iter_mut().for_each(|cell| cell.role = Role::Dim);
        }
        Row { id: c.id, cells }
    });
    part(
        PartKind::Commitments,
        said::PART_COMMITMENTS,
        open,
        COMMITMENTS,
        rows.collect(),
        said::EMPTY_COMMITMENTS,
    )
}

/// What can be done with promises.
pub(super) fn act(cx: &Cx<'_>, action: Action, order: &Order, spot: &Spot) -> Option<Reply> {
    if spot.part != PartKind::Commitments {
        return None;
    }
    let open = cx
        .world
        .commitments
        .get(spot.part_row)
        .is_some_and(|c| c.needs_authority);
    Some(match action {
        Action::AddLine => crate::panel::open(cx, FormKind::Commit, order.id),
        Action::Open if spot.part_row == 0 => crate::panel::open(cx, FormKind::Commit, order.id),
        Action::EditOrder | Action::Open if open => {
            crate::panel::open(cx, FormKind::Authorise, spot.part_row)
        }
        Action::EditOrder | Action::Open => Reply::Refuse(said::PROMISE_STANDS),
        _ => return None,
    })
}
