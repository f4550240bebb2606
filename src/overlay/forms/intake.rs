//! Forms of intake: letting a point pass, filing a document, asking and answering a query.

use super::super::form::{Form, FormKind, Values};
use super::options;
use crate::command::intake::{AnswerQuery, FileDocument, RaiseQuery, ReviewPoint, SaveExpected};
use crate::command::{Command, Refusal};
use crate::domain::codes::{Department, DocumentKind, DocumentState, PointKind, PointResult};
use crate::domain::document::Query;
use crate::domain::rule::intake;
use crate::domain::rule::milestone::template;
use crate::domain::rule::query::corrects;
use crate::panel::Cx;
use crate::text::{intake as said, words as w};

/// Days within which a query should be answered.
const QUERY_DAYS: i64 = 2;

pub(super) fn waive(cx: &Cx<'_>, order: i64) -> Option<Form> {
    let order = cx.world.orders.get(order)?;
    let open = intake::unsettled(cx.world, order, cx.today()).next();
    let points = options(PointKind::ALL, PointKind::code, cx.lang);
    let point = open.unwrap_or(PointKind::NameSpec);
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
    let (effects, usual) = effects(cx, query);
    let form = form
        .note("answer", w::ANSWER, query.answer.as_str())
        .required()
        .text("by", w::ANSWERED_BY, query.answered_by.as_str())
        .choice("effect", w::EFFECT, effects, &usual);
    Some(form)
}

/// What an answer may do beside answering: settle a fact of the order, show that a document is
/// wrong; and what it most likely does.
fn effects(cx: &Cx<'_>, query: &Query) -> (Vec<(String, String)>, String) {
    let mut list = vec![(String::new(), cx.say(said::NO_EFFECT).to_owned())];
    let mut names: Vec<&str> = Vec::new();
    for document in cx.world.documents.of(query.order_id) {
        for fact in cx.world.facts.of(document.id) {
            if !names.contains(&fact.key.as_str()) {
                names.push(&fact.key);
            }
        }
    }
    let mut usual = query.effect.clone();
    for name in names {
        let effect = format!("fact:{name}");
        if usual.is_empty() && name == query.topic {
            usual.clone_from(&effect);
        }
        list.push((effect, said::SETTLES.fill(cx.lang, &[name])));
    }
    let live = cx.world.documents.of(query.order_id);
    for d in live.filter(|d| d.state != DocumentState::Superseded) {
        let effect = corrects(d);
        list.push((effect, said::CORRECTS.fill(cx.lang, &[&d.title])));
    }
    if !list.iter().any(|(effect, _)| *effect == usual) {
        // What an earlier answer said in its own words stays.
        list.push((usual.clone(), usual.clone()));
    }
    (list, usual)
}

/// Which papers the product family of an order needs.
pub(super) fn expected(cx: &Cx<'_>, order: i64) -> Option<Form> {
    let order = cx.world.orders.get(order)?;
    let family = template::family(cx.world, order);
    let name = if family.is_empty() {
        cx.say(said::ANY_FAMILY)
    } else {
        family.as_str()
    };
    let title = said::FORM_EXPECTED.fill(cx.lang, &[name]);
    let needed = intake::expected(cx.world, order);
    let choices = || {
        [("1", said::NEEDED), ("", said::NOT_NEEDED)]
            .map(|(code, word)| (code.to_owned(), cx.say(word).to_owned()))
            .to_vec()
    };
    let kinds = DocumentKind::ALL
        .iter()
        .filter(|k| **k != DocumentKind::Other);
    let form = Form::new(FormKind::Expected, order.id, title);
    Some(kinds.fold(form, |form, kind| {
        let now = if needed.contains(kind) { "1" } else { "" };
        form.choice(kind.code(), crate::text::Label::word(*kind), choices(), now)
    }))
}

pub(super) fn save_expected(form: &Form, v: &Values<'_>) -> Command {
    let kinds = DocumentKind::ALL.iter().copied();
    let needed = kinds.filter(|k| *k != DocumentKind::Other && v.text(k.code()) == "1");
    Command::SaveExpected(SaveExpected {
        order_id: form.subject,
        kinds: needed.collect(),
    })
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
