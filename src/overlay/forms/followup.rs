//! Forms of follow-up: a chase with its answer, putting a thing off. The panel names the subject.

use super::super::form::{Form, FormKind, Values};
use super::options;
use crate::command::followup::{LogChase, PutOff, RecordDeposit};
use crate::command::{Command, Refusal};
use crate::domain::codes::{ChaseHow, ChaseResult, Subject};
use crate::panel::Cx;
use crate::text::{chasing, words as w};

pub(super) fn chase(cx: &Cx<'_>, subject: i64) -> Form {
    let hows = options(ChaseHow::ALL, ChaseHow::code, cx.lang);
    let results = options(ChaseResult::ALL, ChaseResult::code, cx.lang);
    Form::new(FormKind::Chase, subject, cx.say(w::FORM_CHASE))
        .choice("result", w::RESULT, results, ChaseResult::Accepted.code())
        .note("answer", w::ANSWER, "")
        .date("new_date", w::NEW_DATE, None)
        .hint(w::HINT_DATE)
        .amount("qty", w::QTY, None)
        .hint(chasing::HINT_PARTIAL)
        .choice("how", w::HOW, hows, ChaseHow::Chat.code())
        .date("next_on", w::NEXT_ON, None)
        .hide("subject", Subject::Order.code())
        .hide("order", "")
}

/// The chase form about a subject.
#[must_use]
pub(crate) fn chase_about(cx: &Cx<'_>, subject: Subject, id: i64, order: Option<i64>) -> Form {
    let mut form = chase(cx, id);
    if subject != Subject::Purchase {
        // Only goods come in parts.
        form.fields.retain(|field| field.key != "qty");
    }
    form.title = w::FORM_CHASE_ABOUT.fill(
        cx.lang,
        &[&chasing::subject(cx.world, subject, id, cx.lang)],
    );
    form.hide("subject", subject.code())
        .hide("order", order.map(|o| o.to_string()).unwrap_or_default())
}

pub(super) fn save_chase(form: &Form, v: &Values<'_>) -> Result<Command, Refusal> {
    Ok(Command::Chase(LogChase {
        subject: v.code("subject", Subject::of)?,
        subject_id: form.subject,
        order_id: v.text("order").parse().ok(),
        how: v.code("how", ChaseHow::of)?,
        result: v.code("result", ChaseResult::of)?,
        answer: v.text("answer"),
        new_date: v.date("new_date")?,
        qty: v.amount_or_zero("qty")?,
        next_on: v.date("next_on")?,
    }))
}

/// The deposit that the supplier of a purchase line wants.
pub(super) fn deposit(cx: &Cx<'_>, purchase: i64) -> Option<Form> {
    let line = cx.world.purchases.get(purchase)?;
    let title = chasing::FORM_DEPOSIT.fill(cx.lang, &[&chasing::line_name(line)]);
    let form = Form::new(FormKind::Deposit, purchase, title)
        .date("due", chasing::DEPOSIT_DUE, line.deposit_due)
        .hint(w::HINT_DATE)
        .date("paid_on", chasing::DEPOSIT_PAID, line.deposit_paid_on)
        .hint(w::HINT_DATE);
    Some(form)
}

pub(super) fn save_deposit(form: &Form, v: &Values<'_>) -> Result<Command, Refusal> {
    Ok(Command::RecordDeposit(RecordDeposit {
        purchase_id: form.subject,
        due: v.date("due")?,
        paid_on: v.date("paid_on")?,
    }))
}

pub(super) fn snooze(cx: &Cx<'_>, subject: i64) -> Form {
    let tomorrow = cx.today().succ_opt();
    Form::new(FormKind::Snooze, subject, cx.say(w::FORM_SNOOZE))
        .date("until", w::UNTIL, tomorrow)
        .required()
        .hint(w::HINT_DATE)
        .text("reason", w::REASON, "")
        .hide("subject", Subject::Order.code())
}

pub(super) fn save_snooze(form: &Form, v: &Values<'_>) -> Result<Command, Refusal> {
    let (subject, until) = (v.code("subject", Subject::of)?, v.needed_date("until")?);
    Ok(Command::Snooze(PutOff {
        subject,
        subject_id: form.subject,
        until,
        reason: v.text("reason"),
    }))
}
