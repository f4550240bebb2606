//! Forms of milestones: one node, new or changed.

use super::super::form::{Form, FormKind, Values};
use super::options;
use crate::command::milestone::SaveMilestone;
use crate::command::{Command, Refusal};
use crate::domain::codes::Department;
use crate::domain::document::Milestone;
use crate::domain::rule::milestone::source::Source;
use crate::panel::Cx;
use crate::text::{milestone as said, words as w};

pub(super) fn new(cx: &Cx<'_>, order: i64) -> Option<Form> {
    let order = cx.world.orders.get(order)?;
    let row = Milestone {
        order_id: order.id,
        ..Milestone::default()
    };
    let title = w::FORM_NEW_MILESTONE.fill(cx.lang, &[&order.no]);
    Some(fields(
        Form::new(FormKind::NewMilestone, order.id, title),
        cx,
        &row,
    ))
}

pub(super) fn edit(cx: &Cx<'_>, id: i64) -> Option<Form> {
    let row = cx.world.milestones.get(id)?;
    let title = w::FORM_MILESTONE.fill(cx.lang, &[&row.name]);
    let form = fields(Form::new(FormKind::Milestone, id, title), cx, row);
    Some(form.hide("revision", row.revision.to_string()))
}

fn fields(form: Form, cx: &Cx<'_>, row: &Milestone) -> Form {
    let others = cx
        .world
        .milestones
        .of(row.order_id)
        .filter(|m| m.id != row.id);
    let delivery = (String::new(), cx.say(w::DELIVERY).to_owned());
    let before = std::iter::once(delivery).chain(others.map(|m| (m.code.clone(), m.name.clone())));
    let by_hand = (String::new(), cx.say(w::BY_HAND).to_owned());
    let all = Source::all().into_iter();
    let sources = all.map(|s| (s.clone(), said::source(&s, cx.lang)));
    form.date("actual", w::DONE_ON, row.actual)
        .hint(w::HINT_DATE)
        .date("revised", w::REVISED, row.revised)
        .hint(w::HINT_DATE)
        .text("revised_reason", w::REASON, row.revised_reason.as_str())
        .text("name", w::NODE, row.name.as_str())
        .required()
        .choice(
            "owner",
            w::DEPARTMENT,
            options(Department::ALL, Department::code, cx.lang),
            row.owner.code(),
        )
        .choice("before", w::BEFORE, before.collect(), &row.before)
        .whole("days", w::DAYS_BEFORE, Some(row.days))
        .date("planned", w::PLANNED, row.planned)
        .choice(
            "source",
            w::DONE_BY,
            std::iter::once(by_hand).chain(sources).collect(),
            &row.source,
        )
}

pub(super) fn save(form: &Form, v: &Values<'_>, cx: &Cx<'_>) -> Result<Command, Refusal> {
    let old = (form.kind == FormKind::Milestone)
        .then(|| cx.world.milestones.get(form.subject))
        .flatten();
    let mut row = old.cloned().unwrap_or(Milestone {
        order_id: form.subject,
        ..Milestone::default()
    });
    row.revision = v.text("revision").parse().unwrap_or(row.revision);
    row.actual = v.date("actual")?;
    row.revised = v.date("revised")?;
    row.revised_reason = v.text("revised_reason");
    row.name = v.text("name");
    row.owner = v.code("owner", Department::of)?;
    row.before = v.text("before");
    row.days = v.whole("days")?.unwrap_or(0);
    row.planned = v.date("planned")?;
    row.source = v.text("source");
    Ok(Command::SaveMilestone(Box::new(SaveMilestone {
        milestone: row,
    })))
}
