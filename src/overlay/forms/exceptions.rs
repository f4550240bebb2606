//! Forms of exceptions: raising, working on, deciding, closing.

use super::super::form::{Form, FormKind, Values};
use super::options;
use crate::command::exceptions::{Close, DecideOn, Raise, Work};
use crate::command::{Command, Refusal};
use crate::domain::codes::{CauseClass, Department, Severity, Stage};
use crate::panel::Cx;
use crate::text::words as w;

/// Opens about an order, or about nothing where `order` is zero; the panel adds what else it knows.
pub(super) fn raise(cx: &Cx<'_>, order: i64) -> Option<Form> {
    let no = cx
        .world
        .orders
        .get(order)
        .map(|o| o.no.clone())
        .unwrap_or_default();
    let form = Form::new(
        FormKind::Exception,
        order,
        w::FORM_EXCEPTION.fill(cx.lang, &[&no]),
    )
    .note("what", w::WHAT, "")
    .required()
    .choice(
        "severity",
        w::SEVERITY,
        options(Severity::ALL, Severity::code, cx.lang),
        Severity::Major.code(),
    )
    .choice(
        "department",
        w::RESPONSIBLE,
        options(Department::ALL, Department::code, cx.lang),
        Department::Production.code(),
    )
    .amount("quantity", w::QTY, None)
    .note("containment", w::CONTAINMENT, "")
    .choice(
        "stage",
        w::STAGE,
        options(Stage::ALL, Stage::code, cx.lang),
        Stage::Progress.code(),
    );
    Some(form)
}

pub(super) fn save_new(form: &Form, v: &Values<'_>) -> Result<Command, Refusal> {
    Ok(Command::RaiseException(Box::new(Raise {
        order_id: (form.subject != 0).then_some(form.subject),
        production_order_id: v.text("production_order").parse().ok(),
        purchase_id: v.text("purchase").parse().ok(),
        stage: v.code("stage", Stage::of)?,
        what: v.text("what"),
        quantity: v.amount_or_zero("quantity")?,
        severity: v.code("severity", Severity::of)?,
        department: v.code("department", Department::of)?,
        containment: v.text("containment"),
    })))
}

pub(super) fn work(cx: &Cx<'_>, id: i64) -> Option<Form> {
    let e = cx.world.exceptions.get(id)?;
    let form = Form::new(
        FormKind::WorkException,
        id,
        w::FORM_WORK.fill(cx.lang, &[&e.no, &e.what]),
    )
    .note("containment", w::CONTAINMENT, e.containment.as_str())
    .note("analysis", w::ANALYSIS, e.analysis.as_str())
    .note(
        "decision_needed",
        w::DECISION_NEEDED,
        e.decision_needed.as_str(),
    )
    .text("decide_by_who", w::DECIDE_BY_WHO, e.decide_by_who.as_str())
    .date("decide_by", w::DECIDE_BY, e.decide_by)
    .hint(w::HINT_DATE)
    .note("corrective", w::CORRECTIVE, e.corrective.as_str())
    .text("owner", w::OWNER, e.owner.as_str())
    .date("act_by", w::ACT_BY, e.act_by)
    .date("acted_on", w::ACTED_ON, e.acted_on);
    Some(form)
}

pub(super) fn save_work(form: &Form, v: &Values<'_>) -> Result<Command, Refusal> {
    Ok(Command::WorkException(Box::new(Work {
        exception_id: form.subject,
        containment: v.text("containment"),
        analysis: v.text("analysis"),
        decision_needed: v.text("decision_needed"),
        decide_by_who: v.text("decide_by_who"),
        decide_by: v.date("decide_by")?,
        corrective: v.text("corrective"),
        owner: v.text("owner"),
        act_by: v.date("act_by")?,
        acted_on: v.date("acted_on")?,
    })))
}

pub(super) fn decide(cx: &Cx<'_>, id: i64) -> Option<Form> {
    let e = cx.world.exceptions.get(id)?;
    let title = w::FORM_DECIDE_EXCEPTION.fill(cx.lang, &[&e.no, &e.decision_needed]);
    let form = Form::new(FormKind::DecideException, id, title)
        .note("decision", w::DECISION, e.decision.as_str())
        .required()
        .text("by", w::DECIDED_BY, e.decide_by_who.as_str())
        .required()
        .date("act_by", w::ACT_BY, e.act_by)
        .hint(w::HINT_DATE);
    Some(form)
}

pub(super) fn save_decision(form: &Form, v: &Values<'_>) -> Result<Command, Refusal> {
    let (decision, by, act_by) = (v.text("decision"), v.text("by"), v.date("act_by")?);
    Ok(Command::DecideException(DecideOn {
        exception_id: form.subject,
        decision,
        by,
        act_by,
    }))
}

pub(super) fn close(cx: &Cx<'_>, id: i64) -> Option<Form> {
    let e = cx.world.exceptions.get(id)?;
    let causes = options(CauseClass::ALL, CauseClass::code, cx.lang);
    let cause = e.cause.unwrap_or(CauseClass::Department);
    let form = Form::new(
        FormKind::CloseException,
        id,
        w::FORM_CLOSE.fill(cx.lang, &[&e.no, &e.what]),
    )
    .choice("cause", w::CAUSE, causes, cause.code())
    .note("analysis", w::ANALYSIS, e.analysis.as_str())
    .required()
    .note(
        "solution",
        w::SOLUTION,
        if e.solution.is_empty() {
            e.decision.as_str()
        } else {
            e.solution.as_str()
        },
    )
    .required()
    .note("preventive", w::PREVENTIVE, e.preventive.as_str())
    .note("lesson", w::LESSON, "")
    .hint(w::HINT_LESSON);
    Some(form)
}

pub(super) fn save_close(form: &Form, v: &Values<'_>) -> Result<Command, Refusal> {
    Ok(Command::CloseException(Box::new(Close {
        exception_id: form.subject,
        cause: v.code("cause", CauseClass::of)?,
        analysis: v.text("analysis"),
        solution: v.text("solution"),
        preventive: v.text("preventive"),
        lesson: v.text("lesson"),
    })))
}
