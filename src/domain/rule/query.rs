//! Queries (疑问单): how old they are, how often they were asked again, what they settle.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::domain::codes::{Department, DocumentKind, Subject};
use crate::domain::document::{Document, Query};
use crate::domain::quantity::Micro;
use crate::domain::world::World;

/// Days from asking to the answer, or to today.
#[must_use]
pub fn age(query: &Query, today: NaiveDate) -> i64 {
    (query.answered_on.unwrap_or(today) - query.raised_on).num_days()
}

/// How often it was asked again: the chases about it.
#[must_use]
pub fn reminders(world: &World, query: &Query) -> i64 {
    let about = world.chases.of(query.id);
    let count = about.filter(|c| c.subject == Subject::Query).count();
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// How a department deals with queries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Age {
    pub asked: usize,
    pub open: usize,
    /// Open beyond the day on which the answer was due.
    pub overdue: usize,
    /// Days of the oldest open one; zero where none is.
    pub oldest: i64,
    /// Mean days to the answer, one decimal; none where nothing was answered.
    pub mean_days: Option<Micro>,
}

/// How each department that was asked deals with its queries.
#[must_use]
pub fn ages<'a>(
    list: impl Iterator<Item = &'a Query>,
    today: NaiveDate,
) -> BTreeMap<Department, Age> {
    let mut out: BTreeMap<Department, (Age, i64, i64)> = BTreeMap::new();
    for q in list {
        let (age_of, days, answered) = out.entry(q.department).or_default();
        age_of.asked += 1;
        if q.answered_on.is_some() {
            *days += age(q, today);
            *answered += 1;
            continue;
        }
        age_of.open += 1;
        age_of.overdue += usize::from(q.due.is_some_and(|due| due < today));
        age_of.oldest = age_of.oldest.max(age(q, today));
    }
    let mean = |(mut one, days, answered): (Age, i64, i64)| {
        let share = (answered > 0).then(|| Micro::whole(days).over(Micro::whole(answered)));
        one.mean_days = share.map(|m| m.round_to(1));
        one
    };
    out.into_iter().map(|(d, a)| (d, mean(a))).collect()
}

/// What an answer does beside answering.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect<'a> {
    None,
    /// Settles the fact of that name.
    Settles(&'a str),
    /// Shows that a version of a document is wrong: it is in question until a new one is filed.
    Corrects(DocumentKind, i64),
    /// As somebody wrote it.
    Words(&'a str),
}

/// The document that an effect is about.
#[must_use]
pub fn corrected<'a>(world: &'a World, order_id: i64, effect: &Effect<'_>) -> Option<&'a Document> {
    let Effect::Corrects(kind, version) = effect else {
        return None;
    };
    let mut filed = world.documents.of(order_id);
    filed.find(|d| d.kind == *kind && d.version == *version)
}

/// How the effect on a document is kept.
#[must_use]
pub fn corrects(document: &Document) -> String {
    format!("document:{}:{}", document.kind.code(), document.version)
}

/// Reads an effect as it is kept: `fact:NAME`, `document:KIND:VERSION`, or words.
#[must_use]
pub fn effect(text: &str) -> Effect<'_> {
    if text.trim().is_empty() {
        return Effect::None;
    }
    if let Some(name) = text.strip_prefix("fact:") {
        return Effect::Settles(name);
    }
    let document = text.strip_prefix("document:").and_then(|rest| {
        let (kind, version) = rest.split_once(':')?;
        Some((DocumentKind::of(kind)?, version.parse().ok()?))
    });
    match document {
        Some((kind, version)) => Effect::Corrects(kind, version),
        None => Effect::Words(text),
    }
}
