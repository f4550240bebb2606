//! Forms of the capacity review: a department's answer, the decision.

use super::super::form::{Form, FormKind, Values};
use super::options;
use crate::command::capacity::{Decide, RecordAnswer};
use crate::command::{Command, Refusal};
use crate::domain::codes::DecisionKind;
use crate::domain::rule::delivery;
use crate::panel::Cx;
use crate::text::{Label, words as w};

pub(super) fn answer(cx: &Cx<'_>, id: i64) -> Option<Form> {
    let answer = cx.world.answers.get(id)?;
    let round = cx.world.review_rounds.get(answer.round_id)?;
    let order = cx.world.orders.get(round.order_id)?;
    let department = answer.department.word().text(cx.lang);
    let title = w::FORM_ANSWER.fill(cx.lang, &[department, &order.no]);
    let said = match answer.satisfied {
        Some(true) => "yes",
        Some(false) => "no",
        None => "unsaid",
    };
    let choice = |code: &str, word: crate::text::Word| (code.to_owned(), cx.say(word).to_owned());
    let options = vec![
        choice("yes", w::YES),
        choice("no", w::NO),
        choice("unsaid", w::UNSAID),
    ];
    let said = if answer.answered_on.is_none() {
        "yes"
    } else {
        said
    };
    let form = Form::new(FormKind::Answer, id, title)
        .choice("satisfied", w::CAN_DO, options, said)
        .date("date", w::CAN_DATE, answer.date)
        .hint(w::HINT_DATE)
        .whole("days", w::CAN_DAYS, answer.days)
        .note("risk", w::RISK, answer.risk.as_str())
        .note(
            "countermeasure",
            w::COUNTERMEASURE,
            answer.countermeasure.as_str(),
        );
    Some(form)
}

pub(super) fn save_answer(form: &Form, v: &Values<'_>) -> Result<Command, Refusal> {
    let satisfied = match v.text("satisfied").as_str() {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    };
    Ok(Command::RecordAnswer(Box::new(RecordAnswer {
        answer_id: form.subject,
        date: v.date("date")?,
        days: v.whole("days")?,
        satisfied,
        risk: v.text("risk"),
        countermeasure: v.text("countermeasure"),
    })))
}

pub(super) fn decide(cx: &Cx<'_>, order: i64) -> Option<Form> {
    let order = cx.world.orders.get(order)?;
    let kinds = options(DecisionKind::ALL, DecisionKind::code, cx.lang);
    let form = Form::new(
        FormKind::Decide,
        order.id,
        w::FORM_DECIDE.fill(cx.lang, &[&order.no]),
    )
    .choice("kind", w::DECISION, kinds, DecisionKind::Accept.code())
    .date(
        "date",
        w::PROMISED_DATE,
        delivery::requested(cx.world, order),
    )
    .hint(w::HINT_DATE)
    .note("reason", w::REASON, "")
    .text("authority", w::AUTHORITY, "")
    .hint(w::HINT_AUTHORITY);
    Some(form)
}

pub(super) fn save_decision(form: &Form, v: &Values<'_>) -> Result<Command, Refusal> {
    Ok(Command::Decide(Box::new(Decide {
        order_id: form.subject,
        kind: v.code("kind", DecisionKind::of)?,
        date: v.date("date")?,
        reason: v.text("reason"),
        authority: v.text("authority"),
    })))
}
