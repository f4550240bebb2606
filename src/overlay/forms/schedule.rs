//! The form that releases a production order in spite of what is missing.

use super::super::form::{Form, FormKind, Values};
use crate::command::Command;
use crate::command::schedule::Release;
use crate::domain::rule::{intake, production};
use crate::panel::Cx;
use crate::text::{refusal, words as w};

pub(super) fn release(cx: &Cx<'_>, id: i64) -> Option<Form> {
    let made = cx.world.production_orders.get(id)?;
    let obstacles = production::owner(cx.world, made).map_or_else(Vec::new, |(order, _)| {
        intake::obstacles(cx.world, order, cx.today())
    });
    let missing = refusal::obstacles(&obstacles, cx.lang);
    let title = w::FORM_RELEASE.fill(cx.lang, &[&made.no, &missing]);
    let form =
        Form::new(FormKind::Release, id, title).note("override_reason", w::OVERRIDE_REASON, "");
    Some(if obstacles.is_empty() {
        form
    } else {
        form.required()
    })
}

pub(super) fn save(form: &Form, v: &Values<'_>) -> Command {
    let override_reason = v.text("override_reason");
    Command::Release(Release {
        production_order_id: form.subject,
        override_reason,
    })
}
