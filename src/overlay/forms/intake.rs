//! Forms of intake: letting a point pass, filing a document, asking and answering a query.

use super::super::form::{Form, FormKind, Values};
use super::options;
use crate::command::intake::{AnswerQuery, FileDocument, RaiseQuery, ReviewPoint};
use crate::command::{Command, Refusal};
use crate::domain::codes::{Department, DocumentKind, PointKind, PointResult};
use crate::domain::rule::intake;
use crate::panel::Cx;
use crate::text::words as w;

/// Days within which a query should be answered.
const QUERY_DAYS: i64 = 2;

pub(super) fn waive(cx: &Cx<'_>, order: i64) -> Option<Form> {
    let order = cx.world.orders.get(order)?;
    let open = intake::points(cx.world, order, cx.today())
        .into_iter()
        .find(|p| !p.is_settled());
    let points = options(PointKind::ALL, PointKind::code, cx.lang);
    let point = open.map_or(PointKind::NameSpec, |p| p.kind);
    let form = Form::new(
        FormKind::WaivePoint,
        order.id,
        w::FORM_WAIVE.fill(cx.lang, &[&order.no]),
    );
    Some(
        form.choice("point", w::POINT, points, point.code())
            .note("reason", w::REASON, "")
            .required(),
    )
}

pub(super) fn save_point(form: &Form, v: &Values<'_>) -> Result<Command, Refusal> {
    let point = v.code("point", PointKind::of)?;
    let (order_id, result, reason) = (form.subject, PointResult::Waived, v.text("reason"));
    Ok(Command::ReviewPoint(ReviewPoint {
        order_id,
        point,
        result,
        reason,
    }))
}

pub(super) fn document(cx: &Cx<'_>, order: i64) -> Option<Form> {
    let order = cx.world.orders.get(order)?;
    let missing = intake::missing_documents(cx.world, order);
    let kind = missing.first().copied().unwrap_or_default();
    let form = Form::new(
        FormKind::Document,
        order.id,
        w::FORM_DOCUMENT.fill(cx.lang, &[&order.no]),
    );
    let form = form
        .choice(
            "kind",
            w::KIND,
            options(DocumentKind::ALL, DocumentKind::code, cx.lang),
            kind.code(),
        )
        .text("title", w::TITLE, "")
        .date("date", w::RECEIVED_ON, Some(cx.today()))
        .required()
        .text("path", w::FILE, "")
        .hint(w::HINT_PATH)
        .note("note", w::NOTE, "");
    Some(form)
}

pub(super) fn save_document(form: &Form, v: &Values<'_>, cx: &Cx<'_>) -> Result<Command, Refusal> {
    let kind = v.code("kind", DocumentKind::of)?;
    let typed = v.text("title");
    let blank = typed.is_empty() && v.text("path").is_empty();
    // A tick on the checklist is worth filing even where nothing else is typed.
    let title = if blank {
        crate::text::Label::word(kind).text(cx.lang).to_owned()
    } else {
        typed
    };
    Ok(Command::FileDocument(Box::new(FileDocument {
        order_id: form.subject,
        kind,
        title,
        date: v.needed_date("date")?,
        note: v.text("note"),
        path: v.text("path"),
    })))
}

pub(super) fn query(cx: &Cx<'_>, order: i64) -> Option<Form> {
    let order = cx.world.orders.get(order)?;
    let departments = options(Department::ALL, Department::code, cx.lang);
    let due = cx.today() + chrono::Duration::days(QUERY_DAYS);
    let form = Form::new(
        FormKind::Query,
        order.id,
        w::FORM_QUERY.fill(cx.lang, &[&order.no]),
    );
    let form = form
        .choice(
            "department",
            w::DEPARTMENT,
            departments,
            Department::Technical.code(),
        )
        .text("topic", w::TOPIC, "")
        .note("question", w::QUESTION, "")
        .required()
        .date("due", w::DUE, Some(due));
    Some(form)
}

pub(super) fn save_query(form: &Form, v: &Values<'_>) -> Result<Command, Refusal> {
    Ok(Command::RaiseQuery(RaiseQuery {
        order_id: form.subject,
        department: v.code("department", Department::of)?,
        topic: v.text("topic"),
        question: v.text("question"),
        due: v.date("due")?,
    }))
}

pub(super) fn answer(cx: &Cx<'_>, query: i64) -> Option<Form> {
    let query = cx.world.queries.get(query)?;
    let title = w::FORM_QUERY_ANSWER.fill(cx.lang, &[&query.no, &query.question]);
    let form = Form::new(FormKind::QueryAnswer, query.id, title);
    let form = form
        .note("answer", w::ANSWER, query.answer.as_str())
        .required()
        .text("by", w::ANSWERED_BY, query.answered_by.as_str())
        .text("effect", w::EFFECT, query.effect.as_str())
        .hint(w::HINT_EFFECT);
    Some(form)
}

pub(super) fn save_answer(form: &Form, v: &Values<'_>) -> Command {
    let (answer, by, effect) = (v.text("answer"), v.text("by"), v.text("effect"));
    Command::AnswerQuery(AnswerQuery {
        query_id: form.subject,
        answer,
        by,
        effect,
    })
}
