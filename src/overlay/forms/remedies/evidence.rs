//! The form of a piece of evidence, with its file.

use super::{revision, title};
use crate::command::remedies::Remedy;
use crate::command::{Command, Refusal};
use crate::domain::exception::ExceptionEvidence;
use crate::overlay::form::{Form, FormKind, Values};
use crate::panel::Cx;
use crate::text::{failure as said, words as w};

fn evidence_fields(form: Form, row: &ExceptionEvidence) -> Form {
    form.text("path", said::FILE, "")
        .hint(w::HINT_PATH)
        .text("title", w::TITLE, row.title.as_str())
        .date("date", said::DATE, row.date)
        .hint(w::HINT_DATE)
        .note("note", w::NOTE, row.note.as_str())
}

pub(in crate::overlay::forms) fn new_evidence(cx: &Cx<'_>, exception: i64) -> Option<Form> {
    let e = cx.world.exceptions.get(exception)?;
    let row = ExceptionEvidence {
        date: Some(cx.today()),
        ..ExceptionEvidence::default()
    };
    let form = Form::new(
        FormKind::NewEvidence,
        e.id,
        title(cx, said::FORM_EVIDENCE, e),
    );
    Some(evidence_fields(form, &row))
}

pub(in crate::overlay::forms) fn edit_evidence(cx: &Cx<'_>, id: i64) -> Option<Form> {
    let row = cx.world.exception_evidence.get(id)?;
    let e = cx.world.exceptions.get(row.exception_id)?;
    let form = Form::new(FormKind::Evidence, id, title(cx, said::FORM_EVIDENCE, e));
    Some(evidence_fields(form, row).hide("revision", row.revision.to_string()))
}

pub(in crate::overlay::forms) fn save_evidence(
    form: &Form,
    v: &Values<'_>,
    cx: &Cx<'_>,
) -> Result<Command, Refusal> {
    let edits = form.kind == FormKind::Evidence;
    let old = edits.then(|| cx.world.exception_evidence.get(form.subject));
    let mut row = old.flatten().cloned().unwrap_or(ExceptionEvidence {
        exception_id: form.subject,
        ..ExceptionEvidence::default()
    });
    if row.id != 0 {
        row.revision = revision(v);
    }
    row.title = v.text("title");
    row.date = v.date("date")?;
    row.note = v.text("note");
    let remedy = Remedy::Evidence(row, v.text("path"));
    Ok(Command::SaveRemedy(Box::new(remedy)))
}
