//! Today: everything due, broken, waiting or promised, from all stages, one line a thing, worst
//! expected loss first; what is kept out of it for now; what was done today; who is silent.

mod acts;
mod parts;

use super::build::{dim, fact, order_head, sort_key, text};
use super::{
    Cell, Column, Cx, Detail, Long, Panel, PartKind, Parts, Reply, Row, Spot, Width, column, each,
};
use crate::app::action::Action;
use crate::domain::codes::{Stage, Subject};
use crate::domain::rule::attention::Kind;
use crate::domain::rule::today::{Line, MORNING};
use crate::text::{reason, today as t, words as w};
use crate::theme::Role;

/// The Today view.
#[derive(Debug, Clone, Copy)]
pub struct Today;

const COLUMNS: &[Column] = &[
    column(t::KIND, Width::Fixed(8), 1),
    column(w::ORDER_NO, Width::Fixed(10), 0),
    column(w::WHAT_TO_DO, Width::Fill(5), 0),
    column(t::WHY_HERE, Width::Fill(4), 2),
];

/// A number that stays the same for the same thing while the list around it changes.
fn row_id(line: &Line) -> i64 {
    let (subject, id) = line.subject();
    thing_row(subject, id)
}

/// The line of a row, wherever it stands.
fn of_row<'a>(cx: &Cx<'a>, row: i64) -> Option<&'a Line> {
    cx.agenda.lines().find(|line| row_id(line) == row)
}

/// The line that a spot is on: that of the list, or of the part where that has the keys.
fn line_at<'a>(cx: &Cx<'a>, spot: &Spot) -> Option<&'a Line> {
    let row = match spot.part {
        PartKind::Snoozed | PartKind::HeldBack => spot.part_row,
        _ => spot.row,
    };
    of_row(cx, row)
}

/// How a kind of line is shown.
const fn role(kind: Kind) -> Role {
    match kind {
        Kind::Broken => Role::Bad,
        Kind::Promised => Role::Warn,
        Kind::Due | Kind::Waiting => Role::Base,
    }
}

/// The number of a line's order; where it has none, the name of the thing.
fn number(cx: &Cx<'_>, line: &Line) -> String {
    let order = cx.world.orders.find(line.lead.order_id);
    order.map_or_else(
        || {
            let (subject, id) = line.subject();
            crate::text::chasing::subject(cx.world, subject, id, cx.lang)
        },
        |o| o.no.clone(),
    )
}

fn row(cx: &Cx<'_>, line: &Line) -> Row {
    let kind = line.lead.kind;
    let why = t::why(cx.world, line, cx.today(), cx.lang);
    Row {
        id: row_id(line),
        cells: vec![
            Cell::new(t::kind(kind).text(cx.lang), role(kind)).by((kind as i64).to_string()),
            text(number(cx, line)),
            Cell::new(t::what(line, cx.lang), role(kind)),
            dim(why).by(sort_key(-line.loss.0)),
        ],
    }
}

impl Panel for Today {
    fn stage(&self) -> Stage {
        Stage::Today
    }

    fn list(&self, cx: &Cx<'_>) -> Long {
        let shown = if cx.view.morning { MORNING } else { usize::MAX };
        let open = cx.agenda.open.iter().take(shown);
        Long {
            columns: COLUMNS,
            ids: open.map(row_id).collect(),
            empty: Some(w::EMPTY_TODAY),
        }
    }

    fn rows(&self, cx: &Cx<'_>, ids: &[i64]) -> Vec<Row> {
        // Those that are asked for mostly stand together: the next is looked for after the last.
        let mut lines = cx.agenda.open.iter().cycle();
        let all = cx.agenda.open.len();
        each(ids, |id| {
            let line = lines.by_ref().take(all).find(|l| row_id(l) == id)?;
            Some(row(cx, line))
        })
    }

    fn detail(&self, cx: &Cx<'_>, row: i64) -> Detail {
        let line = of_row(cx, row);
        let mut head = Vec::new();
        if let Some(line) = line {
            let all = t::how_many(cx.agenda.open.len(), cx.view.morning, cx.lang);
            let next = reason::advice(line.lead.reason, cx.lang);
            let what = Cell::new(t::what(line, cx.lang), Role::Title);
            head.push(fact(w::WHAT_TO_DO, what, cx.lang));
            head.push(fact(t::LIST, text(all), cx.lang));
            head.push(fact(w::NEXT_STEP, text(next), cx.lang));
            let why = t::why(cx.world, line, cx.today(), cx.lang);
            head.push(fact(t::WHY_HERE, text(why), cx.lang));
            if let Some(order) = cx.world.orders.find(line.lead.order_id) {
                head.extend(order_head(cx, order));
            }
        }
        let parts = Parts::new(cx)
            .add(parts::reasons(cx, line))
            .add(parts::held(cx))
            .add(parts::snoozed(cx))
            .dear(PartKind::Done, t::PART_DONE, || parts::done(cx))
            .dear(PartKind::Silence, t::PART_SILENCE, || parts::silence(cx))
            .done();
        Detail { head, parts }
    }

    fn actions(&self, spot: &Spot) -> &'static [Action] {
        use Action as A;
        match spot.part {
            PartKind::Snoozed => &[A::Open, A::Wake, A::Chase, A::CopyMessage, A::Snooze],
            PartKind::Done => &[A::Undo],
            PartKind::Silence => &[A::Open, A::Chase],
            _ => &[
                A::Open,
                A::Chase,
                A::CopyMessage,
                A::Snooze,
                A::Settle,
                A::Morning,
                A::RaiseException,
                A::Summary,
            ],
        }
    }

    fn act(&self, cx: &Cx<'_>, action: Action, spot: &Spot) -> Reply {
        acts::act(cx, action, spot)
    }

    fn order_of(&self, cx: &Cx<'_>, row: i64) -> Option<i64> {
        of_row(cx, row).and_then(|line| line.lead.order_id)
    }
}

/// The number of a thing's row, in the list and in the parts.
fn thing_row(subject: Subject, id: i64) -> i64 {
    id * 100 + subject as i64 + 1
}
