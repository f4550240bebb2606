//! What is known of an exception from before: earlier cases of the same thing, and the lessons that
//! are to the point.

use super::*;
use crate::domain::rule::lesson::base;
use crate::panel::{Content, Part, number};
use crate::text::lessons as said;

/// Likeness from which a lesson is to the point, in thousandths.
const TO_THE_POINT: u32 = 200;
/// Lessons that are shown of one exception.
const SHOWN_MAX: usize = 50;

const LESSONS: &[Column] = &[
    column(w::SYMPTOM, Width::Fill(1), 0),
    number(said::ALIKE, 5, 0),
    column(w::SOLUTION, Width::Fill(1), 1),
    column(w::LESSON, Width::Fill(1), 0),
];

/// The earlier cases of the same thing, a fact each.
pub(super) fn before(cx: &Cx<'_>, e: &Exception) -> Vec<(String, Cell)> {
    let cases = base::before(cx.world, cx.base(), e);
    let case = |before: &base::Before<'_>| {
        let said = said::before(cx.world, before, cx.lang);
        fact(said::BEFORE, Cell::new(said, Role::Warn), cx.lang)
    };
    cases.iter().map(case).collect()
}

/// What was learned from this exception, then the lessons that are like it, most alike first.
pub(super) fn lessons(cx: &Cx<'_>, e: &Exception) -> Part {
    let alike = base::about_exception(cx.world, cx.base(), e);
    let likeness = |id: i64| alike.get(&id).copied().unwrap_or(0);
    let own = |l: &crate::domain::exception::Lesson| l.exception_id == Some(e.id);
    let mut list: Vec<_> = cx.world.lessons.iter().collect();
    list.retain(|l| l.retired_on.is_none() && (own(l) || likeness(l.id) >= TO_THE_POINT));
    list.sort_by_key(|l| (!own(l), std::cmp::Reverse(likeness(l.id)), l.id));
    list.truncate(SHOWN_MAX);
    let row = |l: &&crate::domain::exception::Lesson| Row {
        id: l.id,
        cells: vec![
            text(l.symptom.clone()),
            dim(said::percent(likeness(l.id))),
            text(l.solution.clone()),
            text(l.prevention.clone()),
        ],
    };
    let rows: Vec<Row> = list.iter().map(row).collect();
    Part {
        kind: PartKind::Lessons,
        title: w::PART_LESSONS,
        count: Some(rows.len()),
        content: Content::List(Listing {
            columns: LESSONS,
            rows,
            empty: Some(w::EMPTY_LESSONS),
        }),
    }
}
