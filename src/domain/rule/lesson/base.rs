//! The lessons base: every lesson and exception ready to be likened, and how often the thing that a
//! lesson tells of came back.

use std::collections::{BTreeMap, BTreeSet};

use super::likeness::{Index, SAME, fold};
use crate::domain::codes::{Department, Stage};
use crate::domain::exception::{Exception, Lesson, LessonUse};
use crate::domain::order::Order;
use crate::domain::rule::milestone::template;
use crate::domain::world::World;

/// Likeness from which two descriptions tell of the same thing, in thousandths.
pub const ALIKE: u32 = 500;
/// What each thing in common adds to a likeness.
const COMMON: u32 = 50;
/// Earlier cases that are named of one exception.
const BEFORE_MAX: usize = 5;
/// Pieces of an order's words that are likened to lessons.
const PIECES_MAX: usize = 40;

/// What a text of the index is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Text {
    /// What a lesson is about.
    Symptom(i64),
    /// What else a lesson says.
    Words(i64),
    Exception(i64),
}

impl Text {
    const fn symptom(self) -> Option<i64> {
        match self {
            Self::Symptom(id) => Some(id),
            _ => None,
        }
    }

    const fn lesson(self) -> Option<i64> {
        match self {
            Self::Symptom(id) | Self::Words(id) => Some(id),
            Self::Exception(_) => None,
        }
    }

    const fn exception(self) -> Option<i64> {
        match self {
            Self::Exception(id) => Some(id),
            _ => None,
        }
    }
}

/// The texts of all lessons and exceptions, likened once for all.
#[derive(Debug, Clone, Default)]
pub struct Base {
    index: Index,
    texts: Vec<Text>,
    symptoms: BTreeMap<i64, usize>,
    exceptions: BTreeMap<i64, usize>,
}

/// What something is about beside its words.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Traits {
    pub customer_id: Option<i64>,
    pub family: String,
    pub item_id: Option<i64>,
    pub supplier_id: Option<i64>,
}

impl Traits {
    /// Those of an exception: its order's and its purchase's.
    #[must_use]
    pub fn of(world: &World, e: &Exception) -> Self {
        let order = world.orders.find(e.order_id);
        let bought = world.purchases.find(e.purchase_id);
        Self {
            customer_id: order.and_then(|o| o.customer_id),
            family: order.map_or_else(String::new, |o| template::family(world, o)),
            item_id: bought.map(|p| p.item_id),
            supplier_id: bought.and_then(|p| p.supplier_id),
        }
    }

    /// Those a lesson names.
    #[must_use]
    pub fn taught(lesson: &Lesson) -> Self {
        Self {
            customer_id: lesson.customer_id,
            family: lesson.family.clone(),
            item_id: lesson.item_id,
            supplier_id: lesson.supplier_id,
        }
    }

    /// How many of them two have in common.
    #[must_use]
    pub fn common(&self, other: &Self) -> u32 {
        let same = |a: Option<i64>, b: Option<i64>| u32::from(a.is_some() && a == b);
        same(self.customer_id, other.customer_id)
            + same(self.item_id, other.item_id)
            + same(self.supplier_id, other.supplier_id)
            + u32::from(!self.family.is_empty() && self.family == other.family)
    }
}

impl Base {
    /// Reads the texts of all lessons and exceptions.
    #[must_use]
    pub fn of(world: &World) -> Self {
        let mut texts = Vec::new();
        let mut words: Vec<String> = Vec::new();
        for lesson in &world.lessons {
            texts.push(Text::Symptom(lesson.id));
            words.push(lesson.symptom.clone());
            let rest = [&lesson.prevention, &lesson.solution, &lesson.tags];
            for more in rest.into_iter().filter(|more| !more.is_empty()) {
                texts.push(Text::Words(lesson.id));
                words.push(more.clone());
            }
        }
        for exception in &world.exceptions {
            texts.push(Text::Exception(exception.id));
            words.push(exception.what.clone());
        }
        let places = |id: fn(Text) -> Option<i64>| {
            let all = texts.iter().enumerate();
            all.filter_map(|(at, text)| Some((id(*text)?, at)))
                .collect()
        };
        Self {
            index: Index::new(words.iter().map(String::as_str)),
            symptoms: places(Text::symptom),
            exceptions: places(Text::exception),
            texts,
        }
    }

    /// Likeness of what a lesson is about and an exception, in thousandths.
    #[must_use]
    pub fn likeness(&self, lesson: i64, exception: i64) -> u32 {
        let places = self
            .symptoms
            .get(&lesson)
            .zip(self.exceptions.get(&exception));
        places.map_or(0, |(a, b)| self.index.between(*a, *b))
    }

    fn found(
        &self,
        found: &BTreeMap<usize, u32>,
        id: fn(Text) -> Option<i64>,
    ) -> BTreeMap<i64, u32> {
        let mut best: BTreeMap<i64, u32> = BTreeMap::new();
        for (at, likeness) in found {
            if let Some(id) = self.texts.get(*at).copied().and_then(id) {
                let most = best.entry(id).or_default();
                *most = (*likeness).max(*most);
            }
        }
        best
    }

    /// The lessons that say something like a text, by id, with the likeness of what is most alike.
    #[must_use]
    pub fn lessons(&self, text: &str, least: u32) -> BTreeMap<i64, u32> {
        self.found(&self.index.alike(text, least), Text::lesson)
    }

    /// The lessons about something like a text, by what they are about alone.
    #[must_use]
    pub fn symptoms(&self, text: &str, least: u32) -> BTreeMap<i64, u32> {
        self.found(&self.index.alike(text, least), Text::symptom)
    }

    /// The exceptions like a text.
    #[must_use]
    pub fn exceptions(&self, text: &str, least: u32) -> BTreeMap<i64, u32> {
        self.found(&self.index.alike(text, least), Text::exception)
    }
}

/// How much each lesson is to the point of an exception, by id: likeness of the words, and more for
/// each thing in common and each of its tags that the exception names.
#[must_use]
pub fn about_exception(world: &World, base: &Base, e: &Exception) -> BTreeMap<i64, u32> {
    let own = Traits::of(world, e);
    let words = fold(&e.what);
    let mut found = base.lessons(&e.what, 1);
    for lesson in &world.lessons {
        let named = super::tags(lesson).filter(|tag| words.contains(&fold(tag)));
        let named = u32::try_from(named.count()).unwrap_or(0);
        let more = (own.common(&Traits::taught(lesson)) + named) * COMMON;
        if more > 0 {
            let likeness = found.entry(lesson.id).or_default();
            *likeness = (*likeness + more).min(SAME);
        }
    }
    found
}

/// An earlier case of the same thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Before<'a> {
    /// None where only a lesson tells of it.
    pub exception: Option<&'a Exception>,
    /// What was learned from it.
    pub lesson: Option<&'a Lesson>,
    /// Of the words, in thousandths; zero where it is told in other words.
    pub likeness: u32,
    /// What was said about the lesson at the order of the new exception.
    pub used: Option<&'a LessonUse>,
}

/// The earlier cases of the same thing as an exception, most alike first: told alike, or of the
/// same stage and department with a customer, family, material or supplier in common.
#[must_use]
pub fn before<'a>(world: &'a World, base: &Base, e: &Exception) -> Vec<Before<'a>> {
    let own = Traits::of(world, e);
    let same_place = |old: &&Exception| {
        (old.stage, old.department) == (e.stage, e.department)
            && own.common(&Traits::of(world, old)) > 0
    };
    let mut alike = base.exceptions(&e.what, ALIKE);
    for old in world.exceptions.iter().filter(|old| old.id < e.id) {
        if !alike.contains_key(&old.id) && same_place(&old) {
            alike.insert(old.id, 0);
        }
    }
    // One that became part of another is told of there.
    let alone = |id: i64| {
        world
            .exceptions
            .get(id)
            .is_some_and(|x| x.merged_into.is_none())
    };
    alike.retain(|id, _| *id < e.id && alone(*id));
    let mut told = base.symptoms(&e.what, ALIKE);
    told.retain(|id, _| world.lessons.get(*id).is_some_and(|l| !is_own(l, e)));
    let use_at = |lesson: &Lesson| {
        let mut uses = world.lesson_uses.of(lesson.id);
        uses.find(|u| Some(u.order_id) == e.order_id)
    };
    let mut found: Vec<Before<'a>> = Vec::new();
    for (id, likeness) in alike {
        let lesson = world.lessons.of(id).find(|l| l.retired_on.is_none());
        if let Some(lesson) = lesson {
            told.remove(&lesson.id);
        }
        found.push(Before {
            exception: world.exceptions.get(id),
            lesson,
            likeness,
            used: lesson.and_then(use_at),
        });
    }
    for (id, likeness) in told {
        let lesson = world.lessons.get(id).filter(|l| l.retired_on.is_none());
        let Some(lesson) = lesson else { continue };
        found.push(Before {
            exception: world.exceptions.find(lesson.exception_id),
            lesson: Some(lesson),
            likeness,
            used: use_at(lesson),
        });
    }
    found.sort_by_key(|b| {
        (
            std::cmp::Reverse((b.likeness, b.lesson.is_some())),
            std::cmp::Reverse(b.exception.map(|old| old.id)),
            b.lesson.map(|l| l.id),
        )
    });
    found.truncate(BEFORE_MAX);
    found
}

/// Whether a lesson was learned from that exception, or from one that came after it.
fn is_own(lesson: &Lesson, e: &Exception) -> bool {
    lesson.exception_id.is_some_and(|id| id >= e.id)
}

/// The exceptions in which what a lesson tells of came back, by lesson: later than the one it was
/// learned from, told alike, or of the same stage and department with something in common.
#[must_use]
pub fn repetitions(world: &World, base: &Base) -> BTreeMap<i64, BTreeSet<i64>> {
    let mut by_place: BTreeMap<(Stage, Department), Vec<(&Lesson, Traits)>> = BTreeMap::new();
    for lesson in &world.lessons {
        if let Some(first) = world.exceptions.find(lesson.exception_id) {
            let place = by_place.entry((first.stage, first.department)).or_default();
            place.push((lesson, Traits::taught(lesson)));
        }
    }
    let mut found: BTreeMap<i64, BTreeSet<i64>> = BTreeMap::new();
    for (at, text) in base.texts.iter().enumerate() {
        let Text::Exception(id) = *text else { continue };
        let e = world.exceptions.get(id);
        let Some(e) = e.filter(|e| e.merged_into.is_none()) else {
            continue;
        };
        for other in base.index.alike_to(at, ALIKE).into_keys() {
            let Some(Text::Symptom(lesson)) = base.texts.get(other).copied() else {
                continue;
            };
            if world.lessons.get(lesson).is_some_and(|l| !is_own(l, e)) {
                found.entry(lesson).or_default().insert(id);
            }
        }
        let own = Traits::of(world, e);
        let placed = by_place.get(&(e.stage, e.department));
        for (lesson, taught) in placed.into_iter().flatten() {
            if !is_own(lesson, e) && own.common(taught) > 0 {
                found.entry(lesson.id).or_default().insert(id);
            }
        }
    }
    found
}

/// How much the words of an order sound like each lesson, by id, in thousandths.
#[must_use]
pub fn sounding_like(world: &World, base: &Base, order: &Order) -> BTreeMap<i64, u32> {
    let mut alike: BTreeMap<i64, u32> = BTreeMap::new();
    for piece in pieces(world, order) {
        for (id, likeness) in base.lessons(&piece, 1) {
            let most = alike.entry(id).or_default();
            *most = likeness.max(*most);
        }
    }
    alike
}

/// The lessons that matter to an order, by id: likeness of its words, and more for each thing in
/// common.
#[must_use]
pub fn about_order(world: &World, base: &Base, order: &Order) -> BTreeMap<i64, u32> {
    let mut alike = sounding_like(world, base, order);
    for known in super::at_entry(world, order) {
        let common = u32::try_from(known.why.len()).unwrap_or(0) * COMMON;
        let likeness = alike.entry(known.lesson.id).or_default();
        *likeness = (*likeness + common).min(SAME);
    }
    alike
}

/// What an order says of itself, piece by piece: its products, words and remarks.
#[must_use]
pub fn pieces(world: &World, order: &Order) -> Vec<String> {
    let own = [&order.remarks, &order.packaging, &order.words];
    let lines = world.order_lines.of(order.id);
    let lines = lines.flat_map(|l| [&l.name, &l.spec, &l.note]);
    let ends = ['\n', '。', '；', ';', '，', ','];
    own.into_iter()
        .chain(lines)
        .flat_map(|text| text.split(ends))
        .map(str::trim)
        .filter(|piece| !piece.is_empty())
        .take(PIECES_MAX)
        .map(str::to_owned)
        .collect()
}
