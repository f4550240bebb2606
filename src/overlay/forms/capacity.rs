//! Forms of the capacity review: asking departments, a department's answer, the decision.

use super::super::editor::basis_key;
use super::super::form::{FieldKind, Form, FormKind, Values};
use super::options;
use crate::app::belief::{self, Belief};
use crate::command::capacity::{Ask, Decide, RecordAnswer};
use crate::command::{Command, Refusal};
use crate::domain::codes::{DecisionKind, Department};
use crate::domain::order::Order;
use crate::domain::review::Answer;
use crate::domain::rule::{delivery, review as rule};
use crate::panel::Cx;
use crate::text::{Label, review as said, words as w};

type Options = Vec<(String, String)>;

/// Departments in the order in which they are asked.
fn departments() -> impl Iterator<Item = Department> {
    rule::ASKED.iter().chain(rule::FURTHER).copied()
}

/// Whom to ask, and which answers of the last round still hold.
pub(super) fn ask(cx: &Cx<'_>, order: i64) -> Option<Form> {
    let order = cx.world.orders.get(order)?;
    let choice = |code: &str, word: crate::text::Word| (code.to_owned(), cx.say(word).to_owned());
    let rounds = vec![
        choice("same", said::SAME_ROUND),
        choice("new", said::NEW_ROUND),
    ];
    let open = rule::is_open(cx.world, order);
    let title = said::FORM_ASK.fill(cx.lang, &[&order.no]);
    let mut form = Form::new(FormKind::Ask, order.id, title);
    if open {
        let now = rule::Snapshot::of(cx.world, order);
        let round = rule::round(cx.world, order)?;
        let other = rule::Snapshot::read(&round.snapshot).differs(&now);
        let first = if other { "new" } else { "same" };
        form = form.choice("round", said::WHICH_ROUND, rounds, first);
    }
    let new = form.value("round") != "same";
    for (department, options, value) in choices(cx, order, new) {
        form = form.choice(department.code(), department.word(), options, value);
    }
    Some(form)
}

/// The choices of every department. A round in which nobody is asked is none: where every answer
/// holds, whoever opens a new round wants them all again.
fn choices(cx: &Cx<'_>, order: &Order, new: bool) -> Vec<(Department, Options, &'static str)> {
    let one = |d| {
        let (options, value) = asking(cx, order, d, new);
        (d, options, value)
    };
    let mut all: Vec<_> = departments().map(one).collect();
    if new && !all.iter().any(|(_, _, value)| *value == "ask") {
        for (_, _, value) in all.iter_mut().filter(|(_, _, value)| *value == "carry") {
            *value = "ask";
        }
    }
    all
}

/// What can be done about a department, and what is proposed: an answer that said yes and is no
/// later than the wish holds on, everybody else who was asked is asked again.
fn asking(
    cx: &Cx<'_>,
    order: &Order,
    department: Department,
    new: bool,
) -> (Options, &'static str) {
    let choice = |code: &str, word: crate::text::Word| (code.to_owned(), cx.say(word).to_owned());
    let last = rule::round(cx.world, order);
    let answer = last.and_then(|r| rule::answer_in(cx.world, r, department));
    if !new {
        return match answer {
            Some(_) => (vec![choice("asked", said::ALREADY)], "asked"),
            None => (
                vec![choice("no", said::DO_NOT_ASK), choice("ask", said::ASK)],
                "no",
            ),
        };
    }
    let mut options = vec![choice("ask", said::ASK), choice("no", said::DO_NOT_ASK)];
    let Some(answer) = answer else {
        let always = last.is_none() && rule::ASKED.contains(&department);
        return (options, if always { "ask" } else { "no" });
    };
    let answered = answer.answered_on.is_some();
    if answered {
        options.push(choice("carry", said::CARRY));
    }
    let wish = delivery::requested(cx.world, order);
    let in_time = answer
        .date
        .zip(wish)
        .is_none_or(|(date, wish)| date <= wish);
    let holds = answered && answer.satisfied == Some(true) && in_time;
    // Dates of material and production stand on quantities; they are asked again where these moved.
    let now = rule::Snapshot::of(cx.world, order);
    let moved = last.is_some_and(|r| rule::Snapshot::read(&r.snapshot).differs(&now));
    (options, if holds && !moved { "carry" } else { "ask" })
}

/// The other round has other choices.
pub(super) fn complete(form: &mut Form, field: &str, cx: &Cx<'_>) {
    if field != "round" {
        return;
    }
    let Some(order) = cx.world.orders.get(form.subject) else {
        return;
    };
    let new = form.value("round") != "same";
    for (department, options, value) in choices(cx, order, new) {
        let mut fields = form.fields.iter_mut();
        let Some(field) = fields.find(|f| f.key == department.code()) else {
            continue;
        };
        let known = options.iter().any(|(code, _)| *code == field.value);
        let was = std::mem::replace(&mut field.kind, FieldKind::Choice(options));
        if !known || was != field.kind {
            value.clone_into(&mut field.value);
        }
    }
}

pub(super) fn save_ask(form: &Form, v: &Values<'_>, cx: &Cx<'_>) -> Result<Command, Refusal> {
    let chosen = |code: &str| {
        let picked = |d: &Department| v.text(d.code()) == code;
        departments().filter(picked).collect::<Vec<_>>()
    };
    let order = cx.world.orders.get(form.subject);
    let snapshot = order.map(|o| belief::snapshot(cx.world, cx.outlook, o));
    Ok(Command::AskDepartments(Box::new(Ask {
        order_id: form.subject,
        departments: chosen("ask"),
        new_round: v.text("round") != "same",
        carry: chosen("carry"),
        snapshot: snapshot.unwrap_or_default(),
    })))
}

/// What an answer's form starts with, and what each value rests on.
struct Start {
    date: Option<chrono::NaiveDate>,
    days: Option<i64>,
    satisfied: Option<bool>,
    risk: String,
    countermeasure: String,
    basis: Vec<(&'static str, String)>,
}

/// The answer itself where one was given, else that of the round before, else what the program
/// knows; values that the first has not got are taken from the next.
fn start(cx: &Cx<'_>, order: &Order, answer: &Answer) -> Start {
    let mut start = Start {
        date: answer.date,
        days: answer.days,
        satisfied: answer.satisfied,
        risk: answer.risk.clone(),
        countermeasure: answer.countermeasure.clone(),
        basis: Vec::new(),
    };
    if answer.answered_on.is_some() {
        return start;
    }
    let known = belief::belief(cx.world, cx.outlook, order, answer.department, cx.today());
    let basis = said::basis(cx.world, &known, cx.lang);
    let before = cx
        .world
        .review_rounds
        .get(answer.round_id)
        .and_then(|r| rule::before(cx.world, r));
    let last = before.and_then(|r| {
        let last = rule::answer_in(cx.world, r, answer.department)?;
        Some((r.no, last, last.answered_on?))
    });
    if let Some((no, last, on)) = last {
        let day = |d: Option<chrono::NaiveDate>| d.map(|d| d.to_string()).unwrap_or_default();
        let whole = |n: Option<i64>| n.map(|n| n.to_string()).unwrap_or_default();
        let from = |now: String, same: bool| {
            let now = if same { "" } else { now.as_str() };
            said::from_round(no, on, now, cx.lang)
        };
        start.date = last.date;
        start.days = last.days;
        start.satisfied = last.satisfied;
        start.risk.clone_from(&last.risk);
        start.countermeasure.clone_from(&last.countermeasure);
        let filled = [
            (
                "date",
                last.date.is_some(),
                from(day(known.date), known.date == last.date),
            ),
            (
                "days",
                last.days.is_some(),
                from(whole(known.days), known.days == last.days),
            ),
            (
                "satisfied",
                last.satisfied.is_some(),
                from(String::new(), true),
            ),
            ("risk", !last.risk.is_empty(), from(String::new(), true)),
            (
                "countermeasure",
                !last.countermeasure.is_empty(),
                from(String::new(), true),
            ),
        ];
        let filled = filled.into_iter().filter(|(_, is, _)| *is);
        start.basis.extend(filled.map(|(key, _, text)| (key, text)));
    }
    take(cx, &mut start, &known, &basis);
    start
}

/// Fills what is still open from what the program knows.
fn take(cx: &Cx<'_>, start: &mut Start, known: &Belief, basis: &str) {
    let mut rests = |key: &'static str| {
        if !basis.is_empty() {
            start.basis.push((key, basis.to_owned()));
        }
    };
    if start.date.is_none() && known.date.is_some() {
        start.date = known.date;
        rests("date");
    }
    if start.days.is_none() && known.days.is_some() {
        start.days = known.days;
        rests("days");
    }
    if start.satisfied.is_none() && known.satisfied.is_some() {
        start.satisfied = known.satisfied;
        rests("satisfied");
    }
    if start.risk.is_empty() && !known.short.is_empty() {
        start.risk = said::short(cx.world, known, cx.lang);
        rests("risk");
    }
}

pub(super) fn answer(cx: &Cx<'_>, id: i64) -> Option<Form> {
    let answer = cx.world.answers.get(id)?;
    let round = cx.world.review_rounds.get(answer.round_id)?;
    let order = cx.world.orders.get(round.order_id)?;
    let department = answer.department.word().text(cx.lang);
    let title = w::FORM_ANSWER.fill(cx.lang, &[department, &order.no]);
    let start = start(cx, order, answer);
    let choice = |code: &str, word: crate::text::Word| (code.to_owned(), cx.say(word).to_owned());
    let options = vec![
        choice("yes", w::YES),
        choice("no", w::NO_ANSWER),
        choice("unsaid", w::UNSAID),
    ];
    let said = match (start.satisfied, answer.answered_on) {
        // Most answers are a yes, which is one key less to press.
        (Some(true), _) | (None, None) => "yes",
        (Some(false), _) => "no",
        (None, Some(_)) => "unsaid",
    };
    let form = Form::new(FormKind::Answer, id, title)
        .choice("satisfied", w::CAN_DO, options, said)
        .date("date", w::CAN_DATE, start.date)
        .hint(w::HINT_DATE)
        .whole("days", w::CAN_DAYS, start.days)
        .note("risk", w::RISK, start.risk)
        .note("countermeasure", w::COUNTERMEASURE, start.countermeasure);
    let hide = |form: Form, (key, basis): (&str, String)| form.hide(&basis_key(key), basis);
    Some(start.basis.into_iter().fold(form, hide))
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

/// The decision: a date that was offered is accepted, else the latest of the wish and what review
/// and planner found.
pub(super) fn decide(cx: &Cx<'_>, order: i64) -> Option<Form> {
    let order = cx.world.orders.get(order)?;
    let kinds = options(DecisionKind::ALL, DecisionKind::code, cx.lang);
    let wish = delivery::requested(cx.world, order);
    let planner = cx.outlook.promises.get(&order.id).and_then(|p| p.date);
    let found = rule::verdict(cx.world, order);
    let reviewed = found.and_then(|f| f.reviewed);
    let offered = rule::counter_offer(cx.world, order);
    let mut basis = Vec::new();
    basis.extend(offered.map(|d| {
        let date = d.date.map(|d| d.to_string()).unwrap_or_default();
        said::COUNTER_WAITS.fill(cx.lang, &[&date, &d.decided_on.to_string()])
    }));
    let of = |word: crate::text::Word, text: String| format!("{} {text}", cx.say(word));
    basis.extend(found.map(|f| of(w::VERDICT, said::finding(&f, cx.lang))));
    let late = planner
        .zip(wish)
        .map_or(0, |(p, w)| (p - w).num_days().max(0));
    basis.extend(planner.map(|p| of(said::BY_PLANNER, said::verdict(p, late, cx.lang))));
    let date = offered
        .and_then(|d| d.date)
        .or_else(|| wish.max(reviewed).max(planner));
    let mut form = Form::new(
        FormKind::Decide,
        order.id,
        w::FORM_DECIDE.fill(cx.lang, &[&order.no]),
    )
    .choice("kind", w::DECISION, kinds, DecisionKind::Accept.code())
    .date("date", w::PROMISED_DATE, date)
    .hint(w::HINT_DATE)
    .note("reason", w::REASON, "")
    .text("authority", w::AUTHORITY, "")
    .hint(said::HINT_BEYOND);
    if !basis.is_empty() {
        form = form.hide(&basis_key("date"), basis.join(" · "));
    }
    Some(form)
}

pub(super) fn save_decision(form: &Form, v: &Values<'_>, cx: &Cx<'_>) -> Result<Command, Refusal> {
    Ok(Command::Decide(Box::new(Decide {
        order_id: form.subject,
        kind: v.code("kind", DecisionKind::of)?,
        date: v.date("date")?,
        reason: v.text("reason"),
        authority: v.text("authority"),
        planner: cx.outlook.promises.get(&form.subject).and_then(|p| p.date),
    })))
}
