//! The joint review: what the departments were asked and answered, and the decision.

use super::*;
use crate::app::belief;
use crate::command::capacity::Ask;
use crate::domain::codes::Department;
use crate::text::review as review_words;

const ANSWERS: &[Column] = &[
    column(w::DEPARTMENT, Width::Fixed(10), 0),
    column(w::ANSWER, Width::Fixed(12), 0),
    column(w::CAN_DATE, Width::Fixed(11), 0),
    number(w::CAN_DAYS, 5, 1),
    column(w::RISK, Width::Fill(1), 2),
    column(w::COUNTERMEASURE, Width::Fill(1), 3),
];

pub(super) fn answers(cx: &Cx<'_>, order: &Order) -> Part {
    let round = review::round(cx.world, order);
    let list = round.map(|r| review::answers(cx.world, r));
    let list = list.unwrap_or_default();
    let silent = list.iter().filter(|a| a.answered_on.is_none()).count();
    let rows = list.into_iter().map(|a| {
        let said = match (review::silent_days(a, cx.today()), a.satisfied) {
            (Some(days), _) => {
                let role = if days > 1 { Role::Bad } else { Role::Warn };
                Cell::new(w::SILENT_DAYS.fill(cx.lang, &[&days.to_string()]), role)
            }
            (_, Some(true)) => word(w::YES, Role::Ok, cx.lang),
            (_, Some(false)) => word(w::NO_ANSWER, Role::Bad, cx.lang),
            _ => word(w::SAID, Role::Base, cx.lang),
        };
        let said = match a.answered_on {
            Some(_) if a.carried => {
                let text = cx.say(review_words::CARRIED);
                Cell::new(format!("{} {text}", said.text), said.role)
            }
            _ => said,
        };
        Row {
            id: a.id,
            cells: vec![
                code(a.department, cx.lang),
                said,
                day(a.date, cx),
                text(a.days.map(|d| d.to_string()).unwrap_or_default()),
                text(a.risk.clone()),
                text(a.countermeasure.clone()),
            ],
        }
    });
    let list = Listing {
        columns: ANSWERS,
        rows: rows.collect(),
        empty: Some(w::EMPTY_ANSWERS),
    };
    Part {
        kind: PartKind::Answers,
        title: w::PART_ANSWERS,
        count: Some(silent),
        content: Content::List(list),
    }
}

/// The answer that is meant: the selected one, or the first that is silent.
pub(super) fn silent_answer(cx: &Cx<'_>, order: &Order, spot: &Spot) -> Option<i64> {
    let chosen = (spot.part == PartKind::Answers && spot.part_row > 0).then_some(spot.part_row);
    chosen.or_else(|| review::silent(cx.world, order).next().map(|a| a.id))
}

pub(super) fn record(cx: &Cx<'_>, order: &Order, spot: &Spot) -> Reply {
    match silent_answer(cx, order, spot) {
        Some(id) => crate::panel::open(cx, FormKind::Answer, id),
        None => Reply::Refuse(w::ASK_FIRST),
    }
}

pub(super) fn decide(cx: &Cx<'_>, order: &Order) -> Reply {
    if order.state != OrderState::Open {
        return Reply::Refuse(crate::text::say::REVIEW_ONLY_OPEN);
    }
    crate::panel::open(cx, FormKind::Decide, order.id)
}

/// The first round goes to the departments that are always asked; later it is a choice.
pub(super) fn ask(cx: &Cx<'_>, order: &Order) -> Reply {
    if order.state != OrderState::Open {
        return Reply::Refuse(crate::text::say::REVIEW_ONLY_OPEN);
    }
    if review::round(cx.world, order).is_some() {
        return crate::panel::open(cx, FormKind::Ask, order.id);
    }
    let snapshot = belief::snapshot(cx.world, cx.outlook, order);
    let first = Ask::first(order.id, snapshot);
    Reply::Run(Command::AskDepartments(Box::new(first)))
}

/// The question to one department.
pub(super) fn asks(cx: &Cx<'_>, order: &Order, d: Department) -> String {
    let known = belief::belief(cx.world, cx.outlook, order, d, cx.today());
    review_words::question(cx.world, order, d, &known, cx.lang)
}

/// The question to the department of the selected row, or to all whose answer is wanted.
pub(super) fn question(cx: &Cx<'_>, order: &Order, spot: &Spot) -> String {
    let known = |d: Department| belief::belief(cx.world, cx.outlook, order, d, cx.today());
    let chosen = cx.world.answers.get(spot.part_row);
    if let (PartKind::Answers, Some(answer)) = (spot.part, chosen) {
        return asks(cx, order, answer.department);
    }
    let silent = review::silent(cx.world, order).map(|a| a.department);
    let mut to: Vec<Department> = silent.collect();
    if to.is_empty() {
        let round = review::round(cx.world, order);
        let asked = round.map(|r| review::answers(cx.world, r));
        to = asked.map_or_else(
            || review::ASKED.to_vec(),
            |list| list.iter().map(|a| a.department).collect(),
        );
    }
    let beliefs: Vec<_> = to.into_iter().map(|d| (d, known(d))).collect();
    review_words::question_to_all(cx.world, order, &beliefs, cx.lang)
}

/// What the review, the planner and the last offer say, for the head of the detail.
pub(super) fn head(cx: &Cx<'_>, order: &Order) -> Vec<(String, Cell)> {
    let mut facts = Vec::new();
    let role = |bad: bool| if bad { Role::Bad } else { Role::Ok };
    if let Some(found) = review::verdict(cx.world, order) {
        if let Some(v) = found.days {
            let text = review_words::verdict(v.reviewed, v.late_days, cx.lang);
            let cell = Cell::new(text, role(!v.passes()));
            facts.push(fact(review_words::BY_DAYS, cell, cx.lang));
        }
        let text = review_words::finding(&found, cx.lang);
        let cell = Cell::new(text, role(!found.passes()));
        facts.push(fact(review_words::THIS_ROUND, cell, cx.lang));
    }
    let planner = cx.outlook.promises.get(&order.id).and_then(|p| p.date);
    if let (Some(date), true) = (planner, review::round(cx.world, order).is_some()) {
        let wish = delivery::requested(cx.world, order);
        let late = wish.map_or(0, |wish| (date - wish).num_days().max(0));
        let text = review_words::verdict(date, late, cx.lang);
        let cell = Cell::new(text, role(late > 0));
        facts.push(fact(review_words::BY_PLANNER, cell, cx.lang));
    }
    if let Some(offer) = review::counter_offer(cx.world, order) {
        let date = offer.date.map(|d| d.to_string()).unwrap_or_default();
        let text =
            review_words::COUNTER_WAITS.fill(cx.lang, &[&date, &offer.decided_on.to_string()]);
        let cell = Cell::new(text, Role::Warn);
        facts.push(fact(review_words::COUNTER_OFFER, cell, cx.lang));
    }
    facts
}
