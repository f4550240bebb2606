//! The lessons base with its counts; a filter ranks it by likeness.

use super::*;
use crate::app::learned::{About, By, Learned};
use crate::domain::rule::lesson::base::Base;

const NAMES: [&str; 18] = [
    "symptom",
    "solution",
    "prevention",
    "tags",
    "customer",
    "family",
    "item",
    "supplier",
    "exception",
    "order",
    "heeded",
    "held",
    "repeated_when_heeded",
    "success_pct",
    "repeated",
    "last_used",
    "retired_on",
    "alike_pct",
];

/// All lessons, or those that hold a text or are like it, best first. A share of success stands only
/// where there are cases enough.
pub(super) fn lessons(world: &World, filter: Option<&str>) -> Rows {
    let base = Base::of(world);
    let mut learned = Learned::of(world, &base, About::Nothing);
    let asked = filter.filter(|text| !text.trim().is_empty());
    let mut rows = Vec::new();
    for hit in learned.find(&base, asked.unwrap_or(""), By::Likeness) {
        let Some(lesson) = world.lessons.get(hit.lesson_id) else {
            continue;
        };
        let figures = learned.figures(lesson.id).cloned().unwrap_or_default();
        let named = |text: Option<&str>| text.map_or(Value::Null, Value::from);
        let customer = world.customers.find(lesson.customer_id);
        let supplier = world.suppliers.find(lesson.supplier_id);
        let item = world.items.find(lesson.item_id);
        let from = world.exceptions.find(lesson.exception_id);
        let came_back: Vec<Value> = figures
            .came_back
            .iter()
            .filter_map(|id| world.exceptions.get(*id))
            .map(|e| Value::from(e.no.as_str()))
            .collect();
        rows.push(vec![
            Value::from(lesson.symptom.as_str()),
            Value::from(lesson.solution.as_str()),
            Value::from(lesson.prevention.as_str()),
            Value::from(lesson.tags.as_str()),
            named(customer.map(|c| c.code.as_str())),
            Value::from(lesson.family.as_str()),
            named(item.map(|i| i.code.as_str())),
            named(supplier.map(|s| s.code.as_str())),
            named(from.map(|e| e.no.as_str())),
            order_no(world, from.and_then(|e| e.order_id)),
            Value::from(figures.tally.ticked),
            Value::from(figures.tally.held),
            Value::from(figures.tally.repeated),
            figures.tally.rate().map_or(Value::Null, Value::from),
            Value::from(came_back),
            date(figures.last_used),
            date(lesson.retired_on),
            asked.map_or(Value::Null, |_| Value::from((hit.likeness + 5) / 10)),
        ]);
    }
    named(&NAMES, rows)
}
