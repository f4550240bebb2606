//! Lessons at entry: what earlier exceptions taught about the same customer, product family,
//! material or supplier, and whether heeding it kept the thing from happening again.

pub mod base;
pub mod likeness;

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::delivery;
use crate::domain::exception::{Exception, Lesson, LessonUse};
use crate::domain::order::Order;
use crate::domain::world::World;
use base::{ALIKE, Base, pieces};
use likeness::fold;

/// Ended uses from which a share of success says anything.
pub const RATED_FROM: usize = 3;
/// What each thing in common with an order is worth, against one per cent of likeness.
const PER_COMMON: u32 = 100;
/// What a lesson that always held is worth.
const ALWAYS_HELD: u32 = 50;

/// What a lesson has in common with an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    Customer,
    Family,
    Material,
    Supplier,
    /// A tag of a lesson that is tied to nothing else stands in the order's words.
    Words,
}

/// How often a lesson was heeded, and what came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    pub ticked: usize,
    /// Orders that ended without the thing happening again.
    pub held: usize,
    /// Orders on which it happened all the same.
    pub repeated: usize,
}

impl Tally {
    /// Share of the ended uses that held, in per cent; none where there are too few to say.
    #[must_use]
    pub fn rate(&self) -> Option<usize> {
        let ended = self.held + self.repeated;
        (ended >= RATED_FROM).then(|| (self.held * 100).checked_div(ended))?
    }
}

/// A lesson that concerns an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known<'a> {
    pub lesson: &'a Lesson,
    pub why: Vec<Why>,
    /// What was said about it at this order; none: still open.
    pub used: Option<&'a LessonUse>,
    /// How much the order's products and remarks sound like it, in thousandths.
    pub likeness: u32,
    pub tally: Tally,
}

/// The lessons that concern an order, those still open first, then those with most in common.
#[must_use]
pub fn at_entry<'a>(world: &'a World, order: &Order) -> Vec<Known<'a>> {
    let about = About::new(world, order);
    let mut list: Vec<Known<'_>> = world
        .lessons
        .iter()
        .filter(|l| origin(world, l).is_none_or(|e| e.order_id != Some(order.id)))
        .filter_map(|lesson| {
            let used = world.lesson_uses.of(lesson.id);
            let used = used.into_iter().find(|u| u.order_id == order.id);
            // What was retired is not proposed; what was said about it before stays.
            let proposed = lesson.retired_on.is_none();
            let why = if proposed || used.is_some() {
                about.common(lesson)
            } else {
                Vec::new()
            };
            (!why.is_empty() || used.is_some()).then_some(Known {
                lesson,
                why,
                used,
                likeness: 0,
                tally: Tally::default(),
            })
        })
        .collect();
    list.sort_by_key(|k| (k.used.is_some(), Reverse(k.why.len()), k.lesson.id));
    list
}

/// As [`at_entry`], with what speaks for each: things in common, likeness of the order's words, and
/// success so far. One thing in common outweighs any likeness, a lesson that always held (of three
/// uses at least) is worth half a thing in common.
#[must_use]
pub fn ranked<'a>(world: &'a World, base: &Base, order: &Order) -> Vec<Known<'a>> {
    let mut list = at_entry(world, order);
    if list.is_empty() {
        return list;
    }
    let alike = base::sounding_like(world, base, order);
    for known in &mut list {
        known.likeness = alike.get(&known.lesson.id).copied().unwrap_or(0);
        known.tally = tally(world, base, known.lesson);
    }
    let worth = |k: &Known<'_>| {
        let common = u32::try_from(k.why.len()).unwrap_or(0) * PER_COMMON;
        let rate = k.tally.rate().and_then(|rate| u32::try_from(rate).ok());
        common + k.likeness / 10 + rate.map_or(0, |rate| rate * ALWAYS_HELD / 100)
    };
    list.sort_by_key(|k| (k.used.is_some(), Reverse(worth(k)), k.lesson.id));
    list
}

/// How often a lesson was heeded, and what came of it.
#[must_use]
pub fn tally(world: &World, base: &Base, lesson: &Lesson) -> Tally {
    let mut tally = Tally::default();
    for used in world.lesson_uses.of(lesson.id).filter(|u| u.ticked) {
        tally.ticked += 1;
        match outcome(world, base, lesson, used) {
            Some(true) => tally.held += 1,
            Some(false) => tally.repeated += 1,
            None => {}
        }
    }
    tally
}

/// Whether a lesson that was ticked at an order kept the thing from happening there; none while
/// the order is under way. What a person said of it goes before the rule.
#[must_use]
pub fn outcome(world: &World, base: &Base, lesson: &Lesson, used: &LessonUse) -> Option<bool> {
    if used.helped.is_some() {
        return used.helped;
    }
    let order = world.orders.get(used.order_id)?;
    if repeats(world, base, lesson, order).next().is_some() {
        return Some(false);
    }
    let ended = !delivery::is_live(order) || delivery::is_shipped(world, order);
    ended.then_some(true)
}

/// The exceptions of an order that tell of the same thing as a lesson: from the same stage with the
/// same department responsible, or described alike.
pub fn repeats<'a>(
    world: &'a World,
    base: &'a Base,
    lesson: &'a Lesson,
    order: &'a Order,
) -> impl Iterator<Item = &'a Exception> {
    let first = origin(world, lesson);
    let linked = world.exception_orders.iter();
    let linked = linked
        .filter(|l| l.order_id == order.id)
        .filter_map(|l| world.exceptions.get(l.exception_id))
        .filter(|e| e.order_id != Some(order.id));
    let same = move |e: &&Exception| {
        first.is_some_and(|f| f.stage == e.stage && f.department == e.department)
            || base.likeness(lesson.id, e.id) >= ALIKE
    };
    world
        .exceptions
        .of(order.id)
        .chain(linked)
        .filter(|e| Some(e.id) != lesson.exception_id)
        .filter(same)
}

fn origin<'a>(world: &'a World, lesson: &Lesson) -> Option<&'a Exception> {
    world.exceptions.find(lesson.exception_id)
}

/// The tags of a lesson: words parted by blanks or commas.
pub fn tags(lesson: &Lesson) -> impl Iterator<Item = &str> {
    let parts = |c: char| c.is_whitespace() || matches!(c, ',' | '，' | '、' | ';' | '；');
    lesson.tags.split(parts).filter(|tag| !tag.is_empty())
}

/// The suppliers of what an order is made of, and of what was bought for it.
#[must_use]
pub fn suppliers(world: &World, order: &Order) -> BTreeSet<i64> {
    About::new(world, order).suppliers
}

/// What an order is about: its customer, families, all items down to the materials, suppliers.
struct About {
    customer: Option<i64>,
    families: BTreeSet<String>,
    items: BTreeSet<i64>,
    suppliers: BTreeSet<i64>,
    /// Folded; empty where no lesson is found by its tags.
    words: String,
}

/// Whether a lesson is tied to no customer, family, material or supplier.
const fn is_general(lesson: &Lesson) -> bool {
    lesson.customer_id.is_none()
        && lesson.family.is_empty()
        && lesson.item_id.is_none()
        && lesson.supplier_id.is_none()
}

impl About {
    fn new(world: &World, order: &Order) -> Self {
        let mut open: Vec<i64> = world
            .order_lines
            .of(order.id)
            .filter_map(|l| l.item_id)
            .collect();
        let mut items = BTreeSet::new();
        while let Some(item) = open.pop() {
            if items.insert(item) {
                open.extend(world.bom_lines.of(item).map(|b| b.component_id));
            }
        }
        let known = || items.iter().filter_map(|id| world.items.get(*id));
        let families = known().map(|i| i.family.clone());
        let bought = world.purchases.iter();
        let bought = bought.filter(|p| p.order_id == Some(order.id));
        let suppliers = known()
            .filter_map(|i| i.supplier_id)
            .chain(bought.filter_map(|p| p.supplier_id));
        let general = world.lessons.iter().any(is_general);
        let words = if general {
            fold(&pieces(world, order).join("\n"))
        } else {
            String::new()
        };
        Self {
            words,
            customer: order.customer_id,
            families: families.filter(|f| !f.is_empty()).collect(),
            suppliers: suppliers.collect(),
            items,
        }
    }

    fn common(&self, lesson: &Lesson) -> Vec<Why> {
        let mut why = Vec::new();
        if lesson.customer_id.is_some() && lesson.customer_id == self.customer {
            why.push(Why::Customer);
        }
        if self.families.contains(&lesson.family) {
            why.push(Why::Family);
        }
        if lesson.item_id.is_some_and(|i| self.items.contains(&i)) {
            why.push(Why::Material);
        }
        if lesson
            .supplier_id
            .is_some_and(|s| self.suppliers.contains(&s))
        {
            why.push(Why::Supplier);
        }
        if is_general(lesson) && tags(lesson).any(|tag| self.words.contains(&fold(tag))) {
            why.push(Why::Words);
        }
        why
    }
}
