//! The lessons base as it is looked through: found by words, pinyin and likeness, with how often
//! each lesson was used and held. Made once for the data as they are, then asked key by key.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::domain::exception::Lesson;
use crate::domain::rule::lesson::base::{self, Base};
use crate::domain::rule::lesson::likeness::fold;
use crate::domain::rule::lesson::{self, Tally};
use crate::domain::world::World;
use crate::text::search::corpus::Corpus;

/// Likeness from which a lesson is shown for a text that it does not hold, in thousandths.
const SHOWN_FROM: u32 = 200;

/// How often a lesson was used, and what came of it.
#[derive(Debug, Clone, Default)]
pub struct Figures {
    pub tally: Tally,
    /// Later exceptions that tell of the same thing, by id.
    pub came_back: Vec<i64>,
    pub last_used: Option<NaiveDate>,
}

/// What the lessons are sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum By {
    #[default]
    Likeness,
    Use,
    Success,
}

impl By {
    /// The next way of sorting.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::Likeness => Self::Use,
            Self::Use => Self::Success,
            Self::Success => Self::Likeness,
        }
    }
}

/// What the lessons are likened to where nothing is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum About {
    #[default]
    Nothing,
    Exception(i64),
    Order(i64),
}

/// A lesson that was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    pub lesson_id: i64,
    /// Whether it holds every word that was typed, as it is or in pinyin.
    pub says_it: bool,
    /// In thousandths.
    pub likeness: u32,
}

#[derive(Debug, Clone)]
struct Entry {
    id: i64,
    retired: bool,
    figures: Figures,
}

/// All lessons, ready to be looked through.
#[derive(Debug, Clone, Default)]
pub struct Learned {
    entries: Vec<Entry>,
    corpus: Corpus,
    about: BTreeMap<i64, u32>,
    /// The last words and who holds them: who holds more words is among them.
    last: (String, Vec<usize>),
}

impl Learned {
    /// Reads the lessons, likened to an exception or an order where one is given.
    #[must_use]
    pub fn of(world: &World, base: &Base, about: About) -> Self {
        let mut came_back = base::repetitions(world, base);
        let entry = |lesson: &Lesson| Entry {
            id: lesson.id,
            retired: lesson.retired_on.is_some(),
            figures: Figures {
                tally: lesson::tally(world, base, lesson),
                came_back: came_back
                    .remove(&lesson.id)
                    .map(|ids| ids.into_iter().collect())
                    .unwrap_or_default(),
                last_used: world
                    .lesson_uses
                    .of(lesson.id)
                    .filter(|u| u.ticked)
                    .filter_map(|u| u.used_on)
                    .max(),
            },
        };
        let entries = world.lessons.iter().map(entry).collect();
        let texts: Vec<String> = world.lessons.iter().map(|l| words(world, l)).collect();
        let about = match about {
            About::Nothing => BTreeMap::new(),
            About::Exception(id) => world
                .exceptions
                .get(id)
                .map(|e| base::about_exception(world, base, e))
                .unwrap_or_default(),
            About::Order(id) => world
                .orders
                .get(id)
                .map(|order| base::about_order(world, base, order))
                .unwrap_or_default(),
        };
        Self {
            entries,
            corpus: Corpus::new(texts.iter().map(String::as_str)),
            about,
            last: (String::new(), Vec::new()),
        }
    }

    /// How often a lesson was used, and what came of it.
    #[must_use]
    pub fn figures(&self, lesson: i64) -> Option<&Figures> {
        self.entry(lesson).map(|e| &e.figures)
    }

    fn entry(&self, lesson: i64) -> Option<&Entry> {
        let at = self.entries.binary_search_by_key(&lesson, |e| e.id).ok()?;
        self.entries.get(at)
    }

    /// The lessons that hold what is typed or are like it, best first; all of them where nothing is
    /// typed. Those that are retired come last.
    #[must_use]
    pub fn find(&mut self, base: &Base, typed: &str, by: By) -> Vec<Hit> {
        let query = fold(typed);
        let query = query.trim();
        let mut hits = if query.is_empty() {
            let hit = |e: &Entry| Hit {
                lesson_id: e.id,
                says_it: false,
                likeness: self.about.get(&e.id).copied().unwrap_or(0),
            };
            self.entries.iter().map(hit).collect()
        } else {
            self.search(base, query)
        };
        let key = |hit: &Hit| {
            let entry = self.entry(hit.lesson_id);
            let retired = entry.is_some_and(|e| e.retired);
            let tally = entry.map(|e| e.figures.tally).unwrap_or_default();
            let used = match by {
                By::Likeness => 0,
                By::Use => tally.ticked,
                // Too few cases say less than any share.
                By::Success => tally.rate().map_or(0, |rate| rate + 1),
            };
            (
                retired,
                Reverse(used),
                !hit.says_it,
                Reverse(hit.likeness),
                Reverse(tally.ticked),
                Reverse(hit.lesson_id),
            )
        };
        hits.sort_by_cached_key(key);
        hits
    }

    fn search(&mut self, base: &Base, query: &str) -> Vec<Hit> {
        let more = !self.last.0.is_empty() && query.starts_with(&self.last.0);
        let among = more.then_some(self.last.1.as_slice());
        let holders = self.corpus.find(query, among);
        let mut found = base.lessons(query, SHOWN_FROM);
        let mut hits: Vec<Hit> = Vec::new();
        for at in &holders {
            if let Some(entry) = self.entries.get(*at) {
                hits.push(Hit {
                    lesson_id: entry.id,
                    says_it: true,
                    likeness: found.remove(&entry.id).unwrap_or(0),
                });
            }
        }
        hits.extend(found.into_iter().map(|(lesson_id, likeness)| Hit {
            lesson_id,
            says_it: false,
            likeness,
        }));
        self.last = (query.to_owned(), holders);
        hits
    }
}

/// Everything that is searched of a lesson, folded.
fn words(world: &World, lesson: &Lesson) -> String {
    let customer = world.customers.find(lesson.customer_id);
    let supplier = world.suppliers.find(lesson.supplier_id);
    let item = world.items.find(lesson.item_id);
    let from = world.exceptions.find(lesson.exception_id);
    let parts = [
        lesson.symptom.as_str(),
        &lesson.prevention,
        &lesson.solution,
        &lesson.tags,
        &lesson.family,
        customer.map_or("", |c| &c.name),
        supplier.map_or("", |s| &s.name),
        item.map_or("", |i| &i.code),
        from.map_or("", |e| &e.no),
    ];
    fold(&parts.join("\n"))
}
