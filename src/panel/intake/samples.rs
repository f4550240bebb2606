//! The samples of an order: what is to be sent, what waits for the customer, what was approved.

use super::*;
use crate::domain::codes::Verdict;
use crate::domain::document::Sample;
use crate::domain::rule::sample::{self, Standing};
use crate::text::Label;
use crate::text::intake as said;

const SAMPLES: &[Column] = &[
    column(w::KIND, Width::Fixed(14), 0),
    number(said::ROUND, 5, 0),
    column(w::DUE, Width::Fixed(11), 3),
    column(said::SENT_ON, Width::Fixed(11), 1),
    column(w::STATE, Width::Fixed(26), 0),
    column(said::COURIER, Width::Fixed(14), 4),
    column(said::COMMENTS, Width::Fill(1), 1),
];

pub(super) fn samples(cx: &Cx<'_>, order: &Order) -> Part {
    let mut list: Vec<&Sample> = cx.world.samples.of(order.id).collect();
    list.sort_by_key(|s| (s.kind, s.round));
    let standing = |s: &Sample| sample::standing(cx.world, s, cx.today());
    let open = list.iter().filter(|s| sample::is_open(standing(s))).count();
    let rows = list.iter().map(|s| row(cx, s, standing(s))).collect();
    part(
        PartKind::Samples,
        said::PART_SAMPLES,
        open,
        SAMPLES,
        rows,
        said::EMPTY_SAMPLES,
    )
}

fn row(cx: &Cx<'_>, s: &Sample, standing: Standing) -> Row {
    let to_send = matches!(standing, Standing::ToSend(_));
    Row {
        id: s.id,
        cells: vec![
            code(s.kind, cx.lang),
            text(s.round.to_string()),
            if to_send {
                due(s.due, cx)
            } else {
                day(s.due, cx)
            },
            day(s.sent_on, cx),
            state(cx, s, standing),
            dim(s.courier.clone()),
            text(s.comments.clone()),
        ],
    }
}

fn state(cx: &Cx<'_>, s: &Sample, standing: Standing) -> Cell {
    let days = |word: crate::text::Word, n: i64| word.fill(cx.lang, &[&n.to_string()]);
    match standing {
        Standing::ToSend(Some(late)) if late > 0 => {
            Cell::new(days(said::LATE_TO_SEND, late), Role::Bad)
        }
        Standing::ToSend(_) => {
            let on = s.due.map(|_| day(s.due, cx).text).unwrap_or_default();
            let said = format!("{} {on}", cx.say(said::TO_SEND));
            Cell::new(said.trim_end(), Role::Warn)
        }
        Standing::Waiting(n) if n > sample::ANSWER_DAYS => {
            Cell::new(days(said::NO_VERDICT, n), Role::Bad)
        }
        Standing::Waiting(n) => Cell::new(days(said::NO_VERDICT, n), Role::Warn),
        Standing::Approved => {
            let mark = if s.verdict == Verdict::Approved {
                "✓"
            } else {
                "✓*"
            };
            let on = day(s.verdict_on, cx).text;
            Cell::new(
                format!("{mark} {} {on}", s.verdict.word().text(cx.lang)),
                Role::Ok,
            )
        }
        Standing::Again => Cell::new(cx.say(said::REJECTED_AGAIN), Role::Bad),
        Standing::Replaced => dim(s.verdict.word().text(cx.lang)),
    }
}

/// What can be done with samples.
pub(super) fn act(cx: &Cx<'_>, action: Action, order: &Order, spot: &Spot) -> Option<Reply> {
    if spot.part != PartKind::Samples {
        return None;
    }
    Some(match action {
        Action::AddLine => crate::panel::open(cx, FormKind::NewSample, order.id),
        Action::Open if spot.part_row == 0 => crate::panel::open(cx, FormKind::NewSample, order.id),
        Action::EditOrder | Action::Open => crate::panel::open(cx, FormKind::Sample, spot.part_row),
        Action::Chase if spot.part_row > 0 => Reply::Form(Box::new(chase_about(
            cx,
            Subject::Sample,
            spot.part_row,
            Some(order.id),
        ))),
        _ => return None,
    })
}
