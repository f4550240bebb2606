//! Do the papers of an order agree? Facts by document, side by side, with what to make of them.
//!
//! A later correction notice (更正资料) holds over every earlier paper that states the same fact;
//! superseded versions do not count. What remains is compared pair by pair (see [`value`]): one real
//! difference is a conflict, one comparison that cannot be made leaves the fact unclear, a paper
//! that has facts but not this one misses it.

pub mod alias;
pub mod value;

use std::collections::BTreeMap;

use super::query::{self, Effect};
use crate::domain::codes::{DocumentKind, DocumentState};
use crate::domain::document::{Document, Fact, Query};
use crate::domain::order::Order;
use crate::domain::world::World;
use alias::Aliases;
use value::Comparison;

/// Facts on which production cannot start while papers contradict each other.
pub const CRITICAL: [&str; 6] = [
    "colour",
    "size",
    "composition",
    "weight",
    "measurements",
    "quantity",
];

/// What is to be made of a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// Two papers say different things.
    Conflict,
    /// Two values cannot be compared.
    Unclear,
    /// A paper that should say it does not.
    Missing,
    /// All papers that say it say the same.
    Agree,
}

/// A fact with the papers that state it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactRow<'a> {
    /// The compared name of the fact.
    pub key: String,
    /// As the papers name it, the first one's name.
    pub name: String,
    pub outcome: Outcome,
    pub critical: bool,
    /// Each paper's statement, in the order of the documents.
    pub stated: Vec<&'a Fact>,
    /// Papers that state other facts but not this one.
    pub missing: Vec<&'a Document>,
    /// The two statements that differ or cannot be compared.
    pub between: Option<(&'a Fact, &'a Fact)>,
    /// The correction that holds over earlier papers.
    pub holds: Option<&'a Fact>,
    /// The answered query that settled it.
    pub settled: Option<&'a Query>,
}

impl FactRow<'_> {
    /// Whether somebody still has to act on it.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        !matches!(self.outcome, Outcome::Agree) && self.settled.is_none()
    }

    /// Whether it blocks the release to production.
    #[must_use]
    pub const fn blocks(&self) -> bool {
        self.critical && matches!(self.outcome, Outcome::Conflict) && self.settled.is_none()
    }
}

/// The papers of an order that count: the newest versions, oldest paper first.
pub fn papers<'a>(world: &'a World, order: &Order) -> impl Iterator<Item = &'a Document> + Clone {
    world
        .documents
        .of(order.id)
        .filter(|d| d.state != DocumentState::Superseded)
}

/// All facts of an order: what needs a person first, then by name.
#[must_use]
pub fn board<'a>(world: &'a World, order: &Order) -> Vec<FactRow<'a>> {
    let aliases = Aliases::new(world.aliases.iter());
    let papers: Vec<&Document> = papers(world, order).collect();
    let mut keys: BTreeMap<String, Vec<&Fact>> = BTreeMap::new();
    for paper in &papers {
        for fact in world
            .facts
            .of(order.id)
            .filter(|f| f.document_id == paper.id)
        {
            keys.entry(aliases.key(&fact.key)).or_default().push(fact);
        }
    }
    let speaks = |d: &Document| world.facts.of(order.id).any(|f| f.document_id == d.id);
    // A correction or a mail speaks of what it changes, so nothing is missing there.
    let complete = |d: &&Document| {
        !matches!(
            d.kind,
            DocumentKind::CorrectionNotice | DocumentKind::Mail | DocumentKind::ApprovalComments
        ) && speaks(d)
    };
    let expected: Vec<&Document> = papers.iter().copied().filter(complete).collect();
    let mut rows: Vec<FactRow<'a>> = keys
        .into_iter()
        .map(|(key, stated)| row(world, order, &aliases, key, stated, &papers, &expected))
        .collect();
    rows.sort_by(|a, b| {
        let rank = |r: &FactRow<'_>| (!r.is_open(), r.outcome, !r.critical);
        rank(a).cmp(&rank(b)).then_with(|| a.key.cmp(&b.key))
    });
    rows
}

fn row<'a>(
    world: &'a World,
    order: &Order,
    aliases: &Aliases,
    key: String,
    stated: Vec<&'a Fact>,
    papers: &[&'a Document],
    expected: &[&'a Document],
) -> FactRow<'a> {
    let paper = |f: &Fact| papers.iter().copied().find(|d| d.id == f.document_id);
    let is_correction =
        |f: &&&Fact| paper(f).is_some_and(|d| d.kind == DocumentKind::CorrectionNotice);
    let age = |f: &Fact| paper(f).map(|d| (d.date, d.id));
    let holds = stated
        .iter()
        .filter(is_correction)
        .max_by_key(|f| age(f))
        .copied();
    // What a correction replaces is history; what came after it has to agree with it.
    let counts: Vec<&'a Fact> = stated
        .iter()
        .copied()
        .filter(|f| holds.is_none_or(|h| f.id == h.id || age(f) > age(h)))
        .collect();
    let mut outcome = Outcome::Agree;
    let mut between = None;
    for (at, a) in counts.iter().enumerate() {
        for b in counts.iter().skip(at + 1) {
            let found = match value::compare(&whole(a), &whole(b), aliases) {
                Comparison::Same => continue,
                Comparison::Different => Outcome::Conflict,
                Comparison::Unclear => Outcome::Unclear,
            };
            if found < outcome {
                (outcome, between) = (found, Some((*a, *b)));
            }
        }
    }
    let says = |d: &&&Document| stated.iter().any(|f| f.document_id == d.id);
    let missing: Vec<&Document> = expected.iter().filter(|d| !says(d)).copied().collect();
    if outcome == Outcome::Agree && !missing.is_empty() && holds.is_none() {
        outcome = Outcome::Missing;
    }
    let asked = world.queries.of(order.id).rev();
    let settles = |q: &&Query| {
        let named = match query::effect(&q.effect) {
            Effect::Settles(name) => aliases.key(name) == key,
            _ => false,
        };
        named || aliases.key(&q.topic) == key
    };
    let mut answered = asked.filter(|q| q.answered_on.is_some() && settles(q));
    let name = stated
        .first()
        .map_or_else(|| key.clone(), |f| f.key.clone());
    FactRow {
        critical: stated.iter().any(|f| f.critical) || CRITICAL.contains(&key.as_str()),
        name,
        outcome,
        missing,
        between,
        holds,
        settled: answered.next(),
        stated,
        key,
    }
}

/// A fact's value with its unit.
#[must_use]
pub fn whole(fact: &Fact) -> String {
    format!("{} {}", fact.value, fact.unit).trim().to_owned()
}

/// Facts whose contradiction blocks the release of an order.
#[must_use]
pub fn blocking<'a>(world: &'a World, order: &Order) -> Vec<FactRow<'a>> {
    let mut rows = board(world, order);
    rows.retain(FactRow::blocks);
    rows
}

/// The department that a fact is asked of: what the thing is, technical; what was agreed, sales.
#[must_use]
pub fn asks(key: &str) -> crate::domain::codes::Department {
    use crate::domain::codes::Department;
    match key {
        "quantity" | "delivery date" | "price" | "packing" | "label" | "carton" => {
            Department::Sales
        }
        _ => Department::Technical,
    }
}

/// The title of a paper, or its kind's code where it has none.
#[must_use]
pub fn paper_of<'a>(world: &'a World, fact: &Fact) -> Option<&'a Document> {
    world.documents.get(fact.document_id)
}
