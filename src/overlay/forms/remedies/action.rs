//! The form of an action: who does what until when, and whether it held.

use super::{revision, title};
use crate::command::remedies::Remedy;
use crate::command::{Command, Refusal};
use crate::domain::exception::ExceptionAction;
use crate::domain::exception_codes::ActionKind;
use crate::overlay::form::{Form, FormKind, Values};
use crate::overlay::forms::options;
use crate::panel::Cx;
use crate::text::{failure as said, words as w};

fn action_fields(form: Form, cx: &Cx<'_>, row: &ExceptionAction) -> Form {
    let kinds = options(ActionKind::ALL, ActionKind::code, cx.lang);
    form.note("text", said::TEXT, row.text.as_str())
        .required()
        .choice("kind", said::KIND, kinds, row.kind.code())
        .text("owner", w::OWNER, row.owner.as_str())
        .date("due", said::DUE, row.due)
        .hint(w::HINT_DATE)
        .date("done_on", said::DONE_ON, row.done_on)
        .hint(w::HINT_DATE)
        .date("verified_on", said::VERIFIED_ON, row.verified_on)
        .hint(w::HINT_DATE)
        .note("result", said::RESULT, row.result.as_str())
}

pub(in crate::overlay::forms) fn new_action(cx: &Cx<'_>, exception: i64) -> Option<Form> {
    let e = cx.world.exceptions.get(exception)?;
    let row = ExceptionAction {
        owner: e.owner.clone(),
        due: e.act_by,
        ..ExceptionAction::default()
    };
    let form = Form::new(FormKind::NewAction, e.id, title(cx, said::FORM_ACTION, e));
    Some(action_fields(form, cx, &row))
}

pub(in crate::overlay::forms) fn edit_action(cx: &Cx<'_>, id: i64) -> Option<Form> {
    let row = cx.world.exception_actions.get(id)?;
    let e = cx.world.exceptions.get(row.exception_id)?;
    let form = Form::new(FormKind::Action, id, title(cx, said::FORM_ACTION, e));
    let form = action_fields(form, cx, row);
    Some(form.hide("revision", row.revision.to_string()))
}

pub(in crate::overlay::forms) fn save_action(
    form: &Form,
    v: &Values<'_>,
    cx: &Cx<'_>,
) -> Result<Command, Refusal> {
    let old = (form.kind == FormKind::Action).then(|| cx.world.exception_actions.get(form.subject));
    let mut row = old.flatten().cloned().unwrap_or(ExceptionAction {
        exception_id: form.subject,
        ..ExceptionAction::default()
    });
    if row.id != 0 {
        row.revision = revision(v);
    }
    row.kind = v.code("kind", ActionKind::of)?;
    row.text = v.text("text");
    row.owner = v.text("owner");
    row.due = v.date("due")?;
    row.done_on = v.date("done_on")?;
    row.verified_on = v.date("verified_on")?;
    row.result = v.text("result");
    Ok(Command::SaveRemedy(Box::new(Remedy::Action(row))))
}
