//! The last two rounds of the review side by side.

use super::*;
use crate::domain::review::ReviewRound;
use crate::text::{Label, review as said};

const ROUNDS: &[Column] = &[
    column(said::WHAT, Width::Fixed(14), 0),
    column(said::ROUND_BEFORE, Width::Fill(1), 0),
    column(said::THIS_ROUND, Width::Fill(1), 0),
    column(said::DIFFERS, Width::Fixed(7), 0),
];

/// A line of the comparison.
struct Compared {
    label: String,
    was: String,
    is: String,
    differs: bool,
}

impl Compared {
    /// Two texts that differ where they are not the same.
    fn texts(label: impl Into<String>, was: Option<String>, is: Option<String>) -> Self {
        let (was, is) = (was.unwrap_or_default(), is.unwrap_or_default());
        Self {
            label: label.into(),
            differs: was != is,
            was,
            is,
        }
    }
}

/// What each department said, what the rounds came to, and what they stood on; differences marked.
pub(super) fn rounds(cx: &Cx<'_>, order: &Order) -> Part {
    let now = review::round(cx.world, order);
    let before = now.and_then(|r| review::before(cx.world, r));
    let mut list = Vec::new();
    if let Some(now) = now {
        list.push(opened(cx, now, before));
        list.extend(departments(cx, now, before));
        list.extend(outcome(cx, order, now, before));
        list.extend(stood_on(cx, now, before));
    }
    let row = |(c, id): (Compared, i64)| {
        // One round alone differs from nothing.
        let other = c.differs && before.is_some();
        let role = if other { Role::Warn } else { Role::Base };
        Row {
            id,
            cells: vec![
                text(c.label),
                text(c.was),
                Cell::new(c.is, role),
                Cell::new(if other { "≠" } else { "" }, role),
            ],
        }
    };
    Part {
        kind: PartKind::Rounds,
        title: said::PART_ROUNDS,
        count: None,
        content: Content::List(Listing {
            columns: ROUNDS,
            rows: list.into_iter().zip(1..).map(row).collect(),
            empty: Some(said::EMPTY_ROUNDS),
        }),
    }
}

/// When the rounds were opened; that they differ in it says nothing.
fn opened(cx: &Cx<'_>, now: &ReviewRound, before: Option<&ReviewRound>) -> Compared {
    let head = |r: &ReviewRound| {
        let args = [r.no.to_string(), r.opened_on.to_string()];
        said::OPENED.fill(cx.lang, &[&args[0], &args[1]])
    };
    Compared {
        differs: false,
        ..Compared::texts(cx.say(said::OPENED_ON), before.map(head), Some(head(now)))
    }
}

fn departments(cx: &Cx<'_>, now: &ReviewRound, before: Option<&ReviewRound>) -> Vec<Compared> {
    let all = review::ASKED.iter().chain(review::FURTHER);
    let one = |d: &crate::domain::codes::Department| {
        let is = review::answer_in(cx.world, now, *d);
        let was = before.and_then(|r| review::answer_in(cx.world, r, *d));
        is.or(was)?;
        Some(Compared {
            label: d.word().text(cx.lang).to_owned(),
            was: before.map_or_else(String::new, |_| said::answer(was, cx.lang)),
            is: said::answer(is, cx.lang),
            differs: !review::says_same(was, is),
        })
    };
    all.filter_map(one).collect()
}

/// The verdicts of both rounds and the decisions that ended them.
fn outcome(
    cx: &Cx<'_>,
    order: &Order,
    now: &ReviewRound,
    before: Option<&ReviewRound>,
) -> [Compared; 2] {
    let found = |r: &ReviewRound| {
        let found = review::finding(cx.world, order, r)?;
        Some(said::finding(&found, cx.lang))
    };
    let ended = |r: &ReviewRound| {
        let ended = review::ended(cx.world, r)?;
        Some(said::decision(ended, cx.lang))
    };
    [
        Compared::texts(cx.say(w::VERDICT), before.and_then(found), found(now)),
        Compared::texts(cx.say(w::DECISION), before.and_then(ended), ended(now)),
    ]
}

/// The figures that the rounds stood on, those that either of them knew.
fn stood_on(cx: &Cx<'_>, now: &ReviewRound, before: Option<&ReviewRound>) -> Vec<Compared> {
    let figures = |r: &ReviewRound| {
        let stood = review::Snapshot::read(&r.snapshot);
        said::snapshot(&stood, cx.lang)
    };
    let was = before.map(figures).unwrap_or_default();
    let one = |(at, (label, is)): (usize, (&'static str, String))| {
        let was = was.get(at).map(|(_, value)| value.clone());
        Compared::texts(label, was, Some(is))
    };
    let all = figures(now).into_iter().enumerate().map(one);
    all.filter(|c| !c.was.is_empty() || !c.is.is_empty())
        .collect()
}
