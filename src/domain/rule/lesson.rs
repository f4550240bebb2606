//! Lessons at entry: what earlier exceptions taught about the same customer, product family,
//! material or supplier, and whether heeding it kept the thing from happening again.

use std::collections::{BTreeMap, BTreeSet};

use super::consistency::alias::fold;
use super::delivery;
use crate::domain::exception::{Exception, Lesson, LessonUse};
use crate::domain::order::Order;
use crate::domain::world::World;

/// Likeness of two descriptions from which they tell of the same thing; of 0 to 1.
const ALIKE: f64 = 0.5;

/// What a lesson has in common with an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    Customer,
    Family,
    Material,
    Supplier,
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

/// A lesson that concerns an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known<'a> {
    pub lesson: &'a Lesson,
    pub why: Vec<Why>,
    /// What was said about it at this order; none: still open.
    pub used: Option<&'a LessonUse>,
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
            let why = about.common(lesson);
            let used = world.lesson_uses.of(lesson.id);
            let used = used.into_iter().find(|u| u.order_id == order.id);
            (!why.is_empty() || used.is_some()).then_some(Known { lesson, why, used })
        })
        .collect();
    list.sort_by_key(|k| {
        (
            k.used.is_some(),
            std::cmp::Reverse(k.why.len()),
            k.lesson.id,
        )
    });
    list
}

/// How often a lesson was heeded, and what came of it.
#[must_use]
pub fn tally(world: &World, lesson: &Lesson) -> Tally {
    let mut tally = Tally::default();
    for used in world.lesson_uses.of(lesson.id).filter(|u| u.ticked) {
        tally.ticked += 1;
        match outcome(world, lesson, used) {
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
pub fn outcome(world: &World, lesson: &Lesson, used: &LessonUse) -> Option<bool> {
    if used.helped.is_some() {
        return used.helped;
    }
    let order = world.orders.get(used.order_id)?;
    if repeats(world, lesson, order).next().is_some() {
        return Some(false);
    }
    let ended = !delivery::is_live(order) || delivery::is_shipped(world, order);
    ended.then_some(true)
}

/// The exceptions of an order that tell of the same thing as a lesson: from the same stage with the
/// same department responsible, or described alike.
pub fn repeats<'a>(
    world: &'a World,
    lesson: &'a Lesson,
    order: &'a Order,
) -> impl Iterator<Item = &'a Exception> {
    let first = origin(world, lesson);
    let hits = move |e: &&Exception| {
        let linked = || {
            let mut more = world.exception_orders.of(e.id);
            more.any(|l| l.order_id == order.id)
        };
        (e.order_id == Some(order.id) || linked()) && Some(e.id) != lesson.exception_id
    };
    let same = move |e: &&Exception| {
        first.is_some_and(|f| f.stage == e.stage && f.department == e.department)
            || likeness(&lesson.symptom, &e.what) >= ALIKE
    };
    world.exceptions.iter().filter(hits).filter(same)
}

fn origin<'a>(world: &'a World, lesson: &Lesson) -> Option<&'a Exception> {
    world.exceptions.find(lesson.exception_id)
}

/// Likeness of two texts: the Sørensen–Dice coefficient of their pairs of neighbouring characters,
/// width, case and blanks aside.
#[must_use]
pub fn likeness(a: &str, b: &str) -> f64 {
    let pairs = |text: &str| {
        let folded = fold(text);
        let chars: Vec<char> = folded.chars().filter(|c| c.is_alphanumeric()).collect();
        let mut counts: BTreeMap<(char, char), usize> = BTreeMap::new();
        for (first, second) in chars.iter().zip(chars.iter().skip(1)) {
            *counts.entry((*first, *second)).or_default() += 1;
        }
        counts
    };
    let (a, b) = (pairs(a), pairs(b));
    let both: usize = a
        .iter()
        .map(|(pair, n)| (*n).min(b.get(pair).copied().unwrap_or(0)))
        .sum();
    let all: usize = a.values().sum::<usize>() + b.values().sum::<usize>();
    if all == 0 {
        return 0.0;
    }
    #[allow(clippy::cast_precision_loss)]
    let share = 2.0 * both as f64 / all as f64;
    share
}

/// What an order is about: its customer, families, all items down to the materials, suppliers.
struct About {
    customer: Option<i64>,
    families: BTreeSet<String>,
    items: BTreeSet<i64>,
    suppliers: BTreeSet<i64>,
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
        Self {
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
        why
    }
}
