//! Forms of exceptions: raising, working on, deciding, closing.

use super::super::form::{Form, FormKind, Values};
use super::{options, remedies};
use crate::command::exceptions::{Close, DecideOn, Raise, Work};
use crate::command::{Command, Refusal};
use crate::domain::codes::{CauseClass, Department, Severity, Stage};
use crate::domain::exception::{Exception, ExceptionEffect};
use crate::domain::exception_codes::{CauseFactor, EffectKind, OptionKind};
use crate::panel::Cx;
use crate::text::{Lang, failure as said, show, words as w};

/// The cause classes with one for not known.
fn causes(lang: Lang) -> Vec<(String, String)> {
    let none = (String::new(), said::UNKNOWN_CAUSE.text(lang).to_owned());
    let all = options(CauseClass::ALL, CauseClass::code, lang);
    std::iter::once(none).chain(all).collect()
}

/// Opens about an order, or about nothing where `order` is zero; the panel adds what else it knows.
pub(super) fn raise(cx: &Cx<'_>, order: i64) -> Option<Form> {
    let order = cx.world.orders.get(order);
    let no = order.map(|o| o.no.clone()).unwrap_or_default();
    let form = Form::new(
        FormKind::Exception,
        order.map_or(0, |o| o.id),
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
    );
    let effect = ExceptionEffect {
        order_id: order.map(|o| o.id),
        ..ExceptionEffect::default()
    };
    let form = remedies::effect_fields(form, cx, &effect, true)
        .amount("quantity", w::QTY, None)
        .note("containment", w::CONTAINMENT, "")
        .choice("cause", w::CAUSE, causes(cx.lang), "")
        .text("happened_at", said::HAPPENED_AT, "")
        .hint(said::HINT_MOMENT)
        .text("place", said::PLACE, "")
        .text("reported_by", said::WHO, "")
        .text("why", said::FIRST_GUESS, "")
        .note("how", said::HOW, "")
        .choice(
            "stage",
            w::STAGE,
            options(Stage::ALL, Stage::code, cx.lang),
            Stage::Progress.code(),
        )
        .hide("production_order", "")
        .hide("purchase_id", "");
    Some(form)
}

pub(super) fn save_new(form: &Form, v: &Values<'_>, cx: &Cx<'_>) -> Result<Command, Refusal> {
    let kind = EffectKind::of(&v.text("effect"));
    let effect = kind.map(|kind| remedies::effect(kind, v, cx)).transpose()?;
    let purchase = v.text("purchase_id").parse().ok();
    Ok(Command::RaiseException(Box::new(Raise {
        order_id: (form.subject != 0).then_some(form.subject),
        production_order_id: v.text("production_order").parse().ok(),
        purchase_id: purchase.or(effect.as_ref().and_then(|e| e.purchase_id)),
        stage: v.code("stage", Stage::of)?,
        what: v.text("what"),
        reported_by: v.text("reported_by"),
        happened_at: remedies::moment(v, "happened_at", cx, false)?,
        place: v.text("place"),
        why: v.text("why"),
        how: v.text("how"),
        quantity: v.amount_or_zero("quantity")?,
        severity: v.code("severity", Severity::of)?,
        department: v.code("department", Department::of)?,
        cause: CauseClass::of(&v.text("cause")),
        containment: v.text("containment"),
        effect,
    })))
}

pub(super) fn work(cx: &Cx<'_>, id: i64) -> Option<Form> {
    let e = cx.world.exceptions.get(id)?;
    let departments = options(Department::ALL, Department::code, cx.lang);
    let severities = options(Severity::ALL, Severity::code, cx.lang);
    let cause = e.cause.map_or("", CauseClass::code);
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
    .text(
        "default_action",
        said::DEFAULT_ACTION,
        e.default_action.as_str(),
    )
    .text("owner", w::OWNER, e.owner.as_str())
    .date("act_by", w::ACT_BY, e.act_by)
    .note("corrective", w::CORRECTIVE, e.corrective.as_str())
    .date("acted_on", w::ACTED_ON, e.acted_on)
    .choice("severity", w::SEVERITY, severities, e.severity.code())
    .choice(
        "department",
        w::RESPONSIBLE,
        departments,
        e.department.code(),
    )
    .choice("cause", w::CAUSE, causes(cx.lang), cause)
    .note("what", w::WHAT, e.what.as_str())
    .required()
    .text("place", said::PLACE, e.place.as_str())
    .text("why", said::FIRST_GUESS, e.why.as_str())
    .note("how", said::HOW, e.how.as_str())
    .amount(
        "quantity",
        w::QTY,
        e.quantity.is_positive().then_some(e.quantity),
    );
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
        default_action: v.text("default_action"),
        corrective: v.text("corrective"),
        owner: v.text("owner"),
        act_by: v.date("act_by")?,
        acted_on: v.date("acted_on")?,
        severity: v.code("severity", Severity::of)?,
        department: v.code("department", Department::of)?,
        cause: CauseClass::of(&v.text("cause")),
        what: v.text("what"),
        place: v.text("place"),
        why: v.text("why"),
        how: v.text("how"),
        quantity: v.amount_or_zero("quantity")?,
    })))
}

/// The ways out to choose from, each with its date and cost; none of them is a decision in words.
fn ways_out(cx: &Cx<'_>, e: &Exception) -> Vec<(String, String)> {
    let order = cx.world.orders.find(e.order_id);
    let currency = order.map_or("", |o| o.currency.as_str());
    let mut list = vec![(String::new(), cx.say(said::BY_WORDS).to_owned())];
    for o in cx.world.exception_options.of(e.id) {
        let date = o.date.or_else(|| by_plan(cx, e.id, o.id));
        let mut name = o.text.clone();
        if let Some(date) = date {
            name.push_str(&format!(" · {}", date.format("%m-%d")));
        }
        if let Some(cost) = o.cost {
            name.push_str(&format!(" · {}", show::money(cost, currency)));
        }
        list.push((o.id.to_string(), name));
    }
    list
}

fn by_plan(cx: &Cx<'_>, exception: i64, option: i64) -> Option<chrono::NaiveDate> {
    let found = cx.outlook.impacts.get(&exception)?;
    found.options.get(&option).map(|o| o.date)
}

pub(super) fn decide(cx: &Cx<'_>, id: i64) -> Option<Form> {
    let e = cx.world.exceptions.get(id)?;
    let title = w::FORM_DECIDE_EXCEPTION.fill(cx.lang, &[&e.no, &e.decision_needed]);
    let mut all = cx.world.exception_options.of(id);
    let chosen = all.clone().find(|o| o.chosen).map(|o| o.id.to_string());
    let overdue = e.decide_by.is_some_and(|d| d < cx.today());
    // Where nobody decided in time, what was to happen then stands there to be confirmed.
    let words = if e.decision.is_empty() && overdue {
        &e.default_action
    } else {
        &e.decision
    };
    let by = if e.decided_by.is_empty() {
        &e.decide_by_who
    } else {
        &e.decided_by
    };
    let form = Form::new(FormKind::DecideException, id, title);
    let form = if all.clone().next().is_some() {
        form.choice(
            "option",
            said::OPTION,
            ways_out(cx, e),
            &chosen.unwrap_or_default(),
        )
    } else {
        form
    };
    let form = form
        .note("decision", w::DECISION, words.as_str())
        .text("by", w::DECIDED_BY, by.as_str())
        .required()
        .text("authority", said::AUTHORITY, e.authority.as_str())
        .hint(said::HINT_AUTHORITY)
        .date("act_by", w::ACT_BY, e.act_by)
        .hint(w::HINT_DATE);
    let doable = |k: OptionKind| matches!(k, OptionKind::Overtime | OptionKind::OtherLine);
    Some(if all.any(|o| doable(o.kind)) {
        form.choice("carry_out", said::CARRY_OUT, yes_no(cx.lang), "1")
    } else {
        form
    })
}

/// Yes and no, as a choice.
pub(super) fn yes_no(lang: Lang) -> Vec<(String, String)> {
    let pair = |code: &str, word: crate::text::Word| (code.to_owned(), word.text(lang).to_owned());
    vec![pair("1", said::YES), pair("", said::NO)]
}

pub(super) fn save_decision(form: &Form, v: &Values<'_>, cx: &Cx<'_>) -> Result<Command, Refusal> {
    let option_id = v.text("option").parse().ok();
    Ok(Command::DecideException(DecideOn {
        exception_id: form.subject,
        option_id,
        decision: v.text("decision"),
        by: v.text("by"),
        authority: v.text("authority"),
        act_by: v.date("act_by")?,
        by_plan: option_id.and_then(|id| by_plan(cx, form.subject, id)),
        carry_out: v.text("carry_out") == "1",
    }))
}

pub(super) fn close(cx: &Cx<'_>, id: i64) -> Option<Form> {
    let e = cx.world.exceptions.get(id)?;
    let causes = options(CauseClass::ALL, CauseClass::code, cx.lang);
    let cause = e.cause.unwrap_or(CauseClass::Department);
    let none = (String::new(), cx.say(said::UNKNOWN_CAUSE).to_owned());
    let factors = options(CauseFactor::ALL, CauseFactor::code, cx.lang);
    let factors = std::iter::once(none).chain(factors).collect();
    let solution = if e.solution.is_empty() {
        &e.decision
    } else {
        &e.solution
    };
    let actions = cx.world.exception_actions.of(id);
    let seen = actions.filter(|a| a.verified_on.is_some());
    let seen: Vec<&str> = seen.map(|a| a.result.as_str()).collect();
    let verification = if e.verification.is_empty() {
        seen.join(" ").trim().to_owned()
    } else {
        e.verification.clone()
    };
    let form = Form::new(
        FormKind::CloseException,
        id,
        w::FORM_CLOSE.fill(cx.lang, &[&e.no, &e.what]),
    )
    .choice("cause", w::CAUSE, causes, cause.code())
    .choice(
        "factor",
        said::FACTOR,
        factors,
        e.factor.map_or("", CauseFactor::code),
    )
    .note("analysis", w::ANALYSIS, e.analysis.as_str())
    .required()
    .note("difficulty", said::DIFFICULTY, e.difficulty.as_str())
    .note("solution", w::SOLUTION, solution.as_str())
    .required()
    .note("preventive", w::PREVENTIVE, e.preventive.as_str())
    .note("verification", said::VERIFICATION, verification)
    .note("lesson", w::LESSON, "")
    .hint(w::HINT_LESSON)
    .text("tags", said::TAGS, "")
    .hint(said::HINT_TAGS);
    Some(form)
}

pub(super) fn save_close(form: &Form, v: &Values<'_>) -> Result<Command, Refusal> {
    Ok(Command::CloseException(Box::new(Close {
        exception_id: form.subject,
        cause: v.code("cause", CauseClass::of)?,
        factor: CauseFactor::of(&v.text("factor")),
        analysis: v.text("analysis"),
        difficulty: v.text("difficulty"),
        solution: v.text("solution"),
        preventive: v.text("preventive"),
        verification: v.text("verification"),
        lesson: v.text("lesson"),
        tags: v.text("tags"),
    })))
}
