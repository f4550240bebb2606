//! Lessons at entry: what earlier exceptions taught, to be heeded or let pass at this order.

use super::*;
use crate::command::lessons::{JudgeLesson, UseLesson};
use crate::domain::rule::lesson::{self, Known};
use crate::overlay::lessons::{next_word, outcome};
use crate::text::{intake as said, lessons as base};

const LESSONS: &[Column] = &[
    column(w::STATE, Width::Fixed(10), 0),
    column(w::LESSON, Width::Fill(9), 0),
    column(w::SYMPTOM, Width::Fill(3), 2),
    column(said::BECAUSE, Width::Fixed(16), 1),
    number(base::ALIKE, 5, 2),
    number(said::TICKED, 4, 3),
    number(said::HELD, 4, 3),
    number(base::RATE, 5, 4),
    number(said::AGAIN, 5, 3),
];

pub(super) fn lessons(cx: &Cx<'_>, order: &Order) -> Part {
    let list = lesson::ranked(cx.world, cx.base(), order);
    let open = list.iter().filter(|k| k.used.is_none()).count();
    let rows = list.iter().map(|k| row(cx, k)).collect();
    part(
        PartKind::Lessons,
        w::PART_LESSONS,
        open,
        LESSONS,
        rows,
        said::EMPTY_LESSONS_HERE,
    )
}

fn row(cx: &Cx<'_>, k: &Known<'_>) -> Row {
    let state = match k.used {
        None => Cell::new(cx.say(said::LESSON_OPEN), Role::Warn),
        Some(used) => outcome(cx, k.lesson, used),
    };
    let again = match k.tally.repeated {
        0 => text("0"),
        n => Cell::new(n.to_string(), Role::Bad),
    };
    let why: Vec<&str> = k
        .why
        .iter()
        .map(|why| said::why(*why).text(cx.lang))
        .collect();
    let taught = match k.used.filter(|u| !u.ticked) {
        Some(used) => format!("{} ({})", k.lesson.prevention, used.reason),
        None => k.lesson.prevention.clone(),
    };
    let rate = k.tally.rate();
    Row {
        id: k.lesson.id,
        cells: vec![
            state,
            text(taught),
            dim(k.lesson.symptom.clone()),
            dim(why.join(" ")),
            match k.likeness {
                0 => dim(""),
                n => dim(base::percent(n)),
            },
            text(k.tally.ticked.to_string()),
            text(k.tally.held.to_string()),
            rate.map_or_else(|| dim("—"), |rate| text(format!("{rate}%"))),
            again,
        ],
    }
}

/// What can be done with lessons.
pub(super) fn act(cx: &Cx<'_>, action: Action, order: &Order, spot: &Spot) -> Option<Reply> {
    if spot.part != PartKind::Lessons || spot.part_row <= 0 {
        return None;
    }
    Some(match action {
        Action::PointOk | Action::Open => Reply::Run(Command::UseLesson(UseLesson {
            lesson_id: spot.part_row,
            order_id: order.id,
            ticked: true,
            reason: String::new(),
        })),
        Action::PointWaive => crate::panel::form(cx, FormKind::WaiveLesson, order.id, |f| {
            f.with("lesson", spot.part_row.to_string())
        }),
        Action::LessonHelped => judge(cx, order, spot.part_row),
        _ => return None,
    })
}

/// Helped, did not, not said: one after another.
fn judge(cx: &Cx<'_>, order: &Order, lesson: i64) -> Reply {
    let mut uses = cx.world.lesson_uses.of(lesson);
    match uses.find(|u| u.order_id == order.id) {
        Some(used) => Reply::Run(Command::JudgeLesson(JudgeLesson {
            use_id: used.id,
            helped: next_word(used),
        })),
        None => Reply::Refuse(base::NOT_USED_HERE),
    }
}
