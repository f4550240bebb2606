//! Forms of the schedule as a whole: the planning rules, a plan that breaks promises, a rush order.

use super::super::form::{Form, FormKind, Values};
use crate::command::rush::{AcceptRush, RushPlacement};
use crate::command::schedule::Placement;
use crate::command::{Command, Problem, Refusal};
use crate::domain::rule::planning::{PlanSettings, Principle};
use crate::panel::{Cx, schedule};
use crate::text::{planning, say, weighed, words as w};

pub(super) fn rules(cx: &Cx<'_>) -> Form {
    let own = PlanSettings::of(cx.world);
    let onoff = |on: bool| if on { "on" } else { "off" };
    let options = || {
        vec![
            ("on".to_owned(), cx.say(planning::ON).to_owned()),
            ("off".to_owned(), cx.say(planning::OFF).to_owned()),
        ]
    };
    let mut form = Form::new(FormKind::PlanRules, 0, cx.say(planning::RULES));
    for principle in Principle::ALL {
        let word = planning::rule(*principle);
        form = form.choice(
            principle.code(),
            word,
            options(),
            onoff(own.uses(*principle)),
        );
    }
    let [a, b, c] = own.weights;
    form.amount("weight_a", planning::WEIGHT_A, Some(a))
        .amount("weight_b", planning::WEIGHT_B, Some(b))
        .amount("weight_c", planning::WEIGHT_C, Some(c))
        .whole(
            "move_minutes",
            planning::MOVE_MINUTES,
            Some(own.move_minutes),
        )
        .hint(planning::HINT_MOVE)
        .whole("early_days", planning::EARLY_DAYS, own.early_days)
        .hint(planning::HINT_EARLY)
        .whole("frozen_days", planning::FROZEN_DAYS, Some(own.frozen_days))
        .hint(planning::HINT_FROZEN)
        .amount("overtime_hour", planning::OVERTIME_HOUR, own.overtime_hour)
        .hint(planning::HINT_OVERTIME)
}

pub(super) fn save_rules(v: &Values<'_>) -> Result<Command, Refusal> {
    let off = Principle::ALL.iter().copied();
    let usual = PlanSettings::default();
    let [a, b, c] = usual.weights;
    Ok(Command::SetPlanRules(Box::new(PlanSettings {
        off: off.filter(|p| v.text(p.code()) == "off").collect(),
        weights: [
            v.amount("weight_a")?.unwrap_or(a),
            v.amount("weight_b")?.unwrap_or(b),
            v.amount("weight_c")?.unwrap_or(c),
        ],
        move_minutes: v.whole("move_minutes")?.unwrap_or(usual.move_minutes),
        early_days: v.whole("early_days")?,
        frozen_days: v.whole("frozen_days")?.unwrap_or(0),
        overtime_hour: v.amount("overtime_hour")?,
    })))
}

/// The reason for a plan that breaks promises.
pub(super) fn accept_plan(cx: &Cx<'_>) -> Option<Form> {
    schedule::accepted_plan(cx)?;
    let broken = schedule::broken_promises(cx);
    let title = planning::FORM_ACCEPT.fill(cx.lang, &[&broken.to_string()]);
    let form = Form::new(FormKind::AcceptPlan, 0, title).note("note", w::REASON, "");
    Some(if broken > 0 { form.required() } else { form })
}

pub(super) fn save_plan(v: &Values<'_>, cx: &Cx<'_>) -> Result<Command, Refusal> {
    let mut plan = schedule::accepted_plan(cx).ok_or_else(|| Refusal::not(say::NOTHING_TO_PLAN))?;
    plan.note = v.text("note");
    Ok(Command::AcceptPlan(plan))
}

pub(super) fn rush(cx: &Cx<'_>, order: i64) -> Option<Form> {
    let order = cx.world.orders.get(order)?;
    let found = cx.rush.filter(|r| r.order_id == order.id);
    let late = found.map_or(0, |r| r.made_late());
    let title = planning::FORM_RUSH.fill(cx.lang, &[&order.no, &late.to_string()]);
    let form = Form::new(FormKind::Rush, order.id, title)
        .date("date", w::PROMISED_DATE, found.map(|r| r.date))
        .required()
        .hint(w::HINT_DATE)
        .note("reason", w::REASON, "")
        .required()
        .text("authority", w::AUTHORITY, "")
        .hint(w::HINT_AUTHORITY);
    Some(if late > 0 { form.required() } else { form })
}

pub(super) fn save_rush(form: &Form, v: &Values<'_>, cx: &Cx<'_>) -> Result<Command, Refusal> {
    let stale = || Refusal::not(weighed::RUSH_STALE);
    let found = cx
        .rush
        .filter(|r| r.order_id == form.subject && r.stands_on == cx.outlook.stands_on)
        .ok_or_else(stale)?;
    let date = v.needed_date("date")?;
    if date < found.date {
        // A day before the computed one would be a promise that the plan itself breaks.
        return Err(Refusal::at("date", Problem::Not(say::BEFORE_RUSH_DATE)));
    }
    Ok(Command::AcceptRush(Box::new(AcceptRush {
        order_id: form.subject,
        date,
        reason: v.text("reason"),
        authority: v.text("authority"),
        made_late: found.made_late(),
        own: found
            .own
            .iter()
            .map(|p| RushPlacement {
                order_line_id: p.order_line_id,
                seq: p.seq,
                line_id: p.line_id,
                starts: p.starts,
                ends: p.ends,
            })
            .collect(),
        others: found
            .places
            .iter()
            .map(|(operation_id, line_id, starts, ends)| Placement {
                operation_id: *operation_id,
                line_id: *line_id,
                starts: *starts,
                ends: *ends,
            })
            .collect(),
    })))
}
