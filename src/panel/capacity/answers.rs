//! The joint review: what the departments were asked and answered, and the decision.

use super::*;

const ANSWERS: &[Column] = &[
    column(w::DEPARTMENT, Width::Fixed(10), 0),
    column(w::ANSWER, Width::Fixed(10), 0),
    column(w::CAN_DATE, Width::Fixed(11), 0),
    number(w::CAN_DAYS, 5, 1),
    column(w::RISK, Width::Fill(1), 2),
    column(w::COUNTERMEASURE, Width::Fill(1), 3),
];

pub(super) fn answers(cx: &Cx<'_>, order: &Order) -> Part {
    let round = review::round(cx.world, order);
    let list = round
        .map(|r| cx.world.answers.of(r.id).collect::<Vec<_>>())
        .unwrap_or_default();
    let silent = list.iter().filter(|a| a.answered_on.is_none()).count();
    let rows = list.into_iter().map(|a| {
        let said = match (a.answered_on, a.satisfied) {
            (None, _) => {
                let days = (cx.today() - a.asked_on).num_days();
                let role = if days > 1 { Role::Bad } else { Role::Warn };
                Cell::new(w::SILENT_DAYS.fill(cx.lang, &[&days.to_string()]), role)
            }
            (_, Some(true)) => word(w::YES, Role::Ok, cx.lang),
            (_, Some(false)) => word(w::NO_ANSWER, Role::Bad, cx.lang),
            _ => word(w::SAID, Role::Base, cx.lang),
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
    let promise = cx.outlook.promises.get(&order.id).and_then(|p| p.date);
    let wish = delivery::requested(cx.world, order);
    crate::panel::form(cx, FormKind::Decide, order.id, |form| {
        match promise.max(wish) {
            Some(date) => form.with("date", date.to_string()),
            None => form,
        }
    })
}
