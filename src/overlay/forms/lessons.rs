//! Forms of the lessons base: a lesson, new or changed; why one is retired.

use std::collections::BTreeSet;

use super::super::form::{Form, FormKind, Values};
use crate::command::lessons::{RetireLesson, SaveLesson};
use crate::command::{Command, Problem, Refusal};
use crate::domain::exception::Lesson;
use crate::domain::rule::lesson::base::Traits;
use crate::domain::rule::lesson::tags;
use crate::panel::Cx;
use crate::text::{lessons as said, say, words as w};

/// Opens about an exception, or about nothing where it is zero.
pub(super) fn new(cx: &Cx<'_>, exception: i64) -> Form {
    let about = cx.world.exceptions.get(exception);
    let traits = about.map(|e| Traits::of(cx.world, e)).unwrap_or_default();
    let row = Lesson {
        exception_id: about.map(|e| e.id),
        symptom: about.map(|e| e.what.clone()).unwrap_or_default(),
        solution: about.map(|e| e.solution.clone()).unwrap_or_default(),
        customer_id: traits.customer_id,
        family: traits.family,
        item_id: traits.item_id,
        supplier_id: traits.supplier_id,
        ..Lesson::default()
    };
    let title = said::FORM_NEW_LESSON.text(cx.lang);
    fields(Form::new(FormKind::NewLesson, exception, title), cx, &row)
}

pub(super) fn edit(cx: &Cx<'_>, id: i64) -> Option<Form> {
    let row = cx.world.lessons.get(id)?;
    let title = said::FORM_LESSON.fill(cx.lang, &[&row.symptom]);
    let form = fields(Form::new(FormKind::Lesson, id, title), cx, row);
    Some(form.hide("revision", row.revision.to_string()))
}

fn fields(form: Form, cx: &Cx<'_>, row: &Lesson) -> Form {
    let world = cx.world;
    let all_tags: BTreeSet<&str> = world.lessons.iter().flat_map(tags).collect();
    let families: BTreeSet<&str> = world.items.iter().map(|i| i.family.as_str()).collect();
    let owned = |all: BTreeSet<&str>| {
        let filled = all.into_iter().filter(|text| !text.is_empty());
        filled.map(str::to_owned).collect::<Vec<_>>()
    };
    let customer = world.customers.find(row.customer_id);
    let supplier = world.suppliers.find(row.supplier_id);
    let item = world.items.find(row.item_id);
    form.note("symptom", w::SYMPTOM, row.symptom.as_str())
        .required()
        .note("solution", w::SOLUTION, row.solution.as_str())
        .note("prevention", said::PREVENTION, row.prevention.as_str())
        .hint(said::HINT_PREVENTION)
        .required()
        .text("tags", said::TAGS, row.tags.as_str())
        .hint(said::HINT_TAGS)
        .known_words(owned(all_tags))
        .text(
            "customer",
            w::CUSTOMER,
            customer.map_or("", |c| c.name.as_str()),
        )
        .hint(said::HINT_TIED)
        .known(world.customers.iter().map(|c| c.name.clone()).collect())
        .text("family", said::FAMILY, row.family.as_str())
        .known(owned(families))
        .text("item", w::MATERIAL, item.map_or("", |i| i.code.as_str()))
        .known(world.items.iter().map(|i| i.code.clone()).collect())
        .text(
            "supplier",
            w::SUPPLIER,
            supplier.map_or("", |s| s.name.as_str()),
        )
        .known(world.suppliers.iter().map(|s| s.name.clone()).collect())
}

pub(super) fn save(form: &Form, v: &Values<'_>, cx: &Cx<'_>) -> Result<Command, Refusal> {
    let world = cx.world;
    let old = (form.kind == FormKind::Lesson).then(|| world.lessons.get(form.subject));
    let mut row = old.flatten().cloned().unwrap_or_else(|| Lesson {
        exception_id: world.exceptions.get(form.subject).map(|e| e.id),
        ..Lesson::default()
    });
    row.revision = v.text("revision").parse().unwrap_or(row.revision);
    row.symptom = v.text("symptom");
    row.solution = v.text("solution");
    row.prevention = v.text("prevention");
    row.tags = v.text("tags");
    row.family = v.text("family");
    let named = |key: &'static str, what, find: &dyn Fn(&str) -> Option<i64>| {
        let name = v.text(key);
        match find(&name) {
            _ if name.is_empty() => Ok(None),
            Some(id) => Ok(Some(id)),
            None => Err(Refusal::at(key, Problem::Unknown { what, name })),
        }
    };
    row.customer_id = named("customer", say::CUSTOMER, &|name| {
        let mut all = world.customers.iter();
        all.find(|c| c.name == name || c.code == name).map(|c| c.id)
    })?;
    row.item_id = named("item", say::MATERIAL, &|name| {
        world.items.iter().find(|i| i.code == name).map(|i| i.id)
    })?;
    row.supplier_id = named("supplier", say::SUPPLIER, &|name| {
        let mut all = world.suppliers.iter();
        all.find(|s| s.name == name || s.code == name).map(|s| s.id)
    })?;
    Ok(Command::SaveLesson(Box::new(SaveLesson { lesson: row })))
}

pub(super) fn retire(cx: &Cx<'_>, id: i64) -> Option<Form> {
    let row = cx.world.lessons.get(id)?;
    let title = said::FORM_RETIRE.fill(cx.lang, &[&row.symptom]);
    Some(
        Form::new(FormKind::RetireLesson, id, title)
            .text("reason", w::REASON, "")
            .required(),
    )
}

pub(super) fn save_retired(form: &Form, v: &Values<'_>) -> Command {
    Command::RetireLesson(RetireLesson {
        lesson_id: form.subject,
        retired: true,
        reason: v.text("reason"),
    })
}
