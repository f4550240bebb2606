//! What the papers of an order say, fact by fact, and the names that mean the same.

use super::{Done, Problem, Refusal, found, write};
use crate::domain::document::{Alias, Fact};
use crate::domain::rule::consistency::alias::{Aliases, fold};
use crate::domain::world::World;
use crate::store::{Deed, Store};
use crate::text::{Did, say};

/// Facts of a document that are kept.
pub const FACTS_MAX: usize = 200;

/// A fact as a paper states it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Stated {
    /// Row of the table it was typed into, from zero.
    pub row: usize,
    pub key: String,
    pub value: String,
    pub unit: String,
    pub critical: bool,
}

/// Makes the facts of a document exactly these.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SaveFacts {
    pub document_id: i64,
    pub facts: Vec<Stated>,
}

/// Makes the user's aliases exactly these: kind, name, what it means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SaveAliases {
    pub aliases: Vec<(String, String, String)>,
}

fn in_row(row: usize, column: &str, problem: Problem) -> Refusal {
    let (column, problem) = (column.to_owned(), Box::new(problem));
    Refusal::at(
        "facts",
        Problem::InRow {
            row,
            column,
            problem,
        },
    )
}

pub(super) fn save(store: &mut Store, world: &World, c: &SaveFacts) -> Result<Done, Refusal> {
    let document = found(world.documents.get(c.document_id), c.document_id)?;
    let order = found(world.orders.get(document.order_id), document.order_id)?;
    if c.facts.len() > FACTS_MAX {
        return Err(Refusal::at("facts", Problem::Not(say::TABLE_FULL)));
    }
    let aliases = Aliases::new(world.aliases.iter());
    for (at, fact) in c.facts.iter().enumerate() {
        for (column, text) in [("key", &fact.key), ("value", &fact.value)] {
            if text.trim().is_empty() {
                return Err(in_row(fact.row, column, Problem::Required));
            }
        }
        let key = aliases.key(&fact.key);
        let twice = |other: &Stated| aliases.key(&other.key) == key;
        if c.facts.iter().skip(at + 1).any(twice) {
            return Err(in_row(fact.row, "key", Problem::Not(say::FACT_TWICE)));
        }
    }
    let old: Vec<Fact> = world
        .facts
        .of(order.id)
        .filter(|f| f.document_id == document.id)
        .cloned()
        .collect();
    let deed = Deed::new(Did::FactEntered, &[&document.title]).about(&order.no);
    write(store, deed, Some(order.id), |tx| {
        let stays = |f: &Fact| c.facts.iter().any(|s| s.key.trim() == f.key);
        for gone in old.iter().filter(|f| !stays(f)) {
            tx.delete::<Fact>(gone.id)?;
        }
        for fact in &c.facts {
            let known = old.iter().find(|f| f.key == fact.key.trim());
            let new = Fact {
                order_id: order.id,
                document_id: document.id,
                key: fact.key.trim().to_owned(),
                value: fact.value.trim().to_owned(),
                unit: fact.unit.trim().to_owned(),
                critical: fact.critical,
                ..known.cloned().unwrap_or_default()
            };
            match known {
                Some(_) => tx.update(&new)?,
                None => {
                    tx.insert(&new)?;
                }
            }
        }
        Ok(())
    })
}

pub(super) fn save_aliases(
    store: &mut Store,
    world: &World,
    c: &SaveAliases,
) -> Result<Done, Refusal> {
    let mut wanted: Vec<Alias> = Vec::new();
    for (row, (kind, name, canonical)) in c.aliases.iter().enumerate() {
        for (column, text) in [("name", name), ("canonical", canonical)] {
            if text.trim().is_empty() {
                return Err(in_row(row, column, Problem::Required));
            }
        }
        let kind = match kind.trim() {
            "" => "word",
            kind => kind,
        };
        if wanted
            .iter()
            .any(|a| a.kind == kind && fold(&a.name) == fold(name))
        {
            return Err(in_row(row, "name", Problem::Not(say::ALIAS_TWICE)));
        }
        wanted.push(Alias {
            kind: kind.to_owned(),
            name: name.trim().to_owned(),
            canonical: canonical.trim().to_owned(),
            ..Alias::default()
        });
    }
    let count = wanted.len().to_string();
    let deed = Deed::new(Did::SettingChanged, &[&format!("aliases: {count}")]);
    write(store, deed, None, |tx| {
        let same = |a: &Alias, b: &Alias| (&a.kind, &a.name) == (&b.kind, &b.name);
        for old in world.aliases.iter() {
            if !wanted.iter().any(|w| same(w, old)) {
                tx.delete::<Alias>(old.id)?;
            }
        }
        for alias in &wanted {
            match world.aliases.iter().find(|old| same(alias, old)) {
                Some(old) => tx.update(&Alias {
                    canonical: alias.canonical.clone(),
                    ..old.clone()
                })?,
                None => {
                    tx.insert(alias)?;
                }
            }
        }
        Ok(())
    })
}
