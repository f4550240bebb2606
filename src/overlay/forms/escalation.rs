//! Forms around an exception: bringing it to a level, telling the customer, merging duplicates,
//! and the rules of escalation.

use super::super::form::{Form, FormKind, Values};
use crate::command::exceptions::{Escalate, Tell};
use crate::command::{Command, Problem, Refusal};
use crate::domain::rule::escalation::{self, LEVELS, Rule, Rules};
use crate::domain::rule::failure;
use crate::panel::Cx;
use crate::text::{failure as said, words as w};

pub(super) fn escalate(cx: &Cx<'_>, id: i64) -> Option<Form> {
    let e = cx.world.exceptions.get(id)?;
    let rules = Rules::of(cx.world);
    let due = escalation::due(cx.world, e, cx.now)?;
    // A level that is not due yet may be asked for early: the next one up.
    let usual = if due.waits {
        due.level
    } else {
        (e.escalated_level + 1).min(i64::try_from(LEVELS).unwrap_or(1))
    };
    let levels = (1..=i64::try_from(LEVELS).unwrap_or(1))
        .map(|n| (n.to_string(), said::level(n, &rules)))
        .collect();
    let title = said::FORM_ESCALATE.fill(cx.lang, &[&e.no]);
    Some(
        Form::new(FormKind::Escalate, id, title)
            .choice("level", said::LEVEL, levels, &usual.to_string())
            .text("to", said::TO_WHOM, rules.name(usual))
            .required(),
    )
}

/// Another level proposes its own name, unless one was typed.
pub(super) fn complete(form: &mut Form, field: &str, cx: &Cx<'_>) {
    if field != "level" {
        return;
    }
    let rules = Rules::of(cx.world);
    let level: i64 = form.value("level").parse().unwrap_or(0);
    let typed = form.value("to");
    let known = typed.is_empty() || rules.names.iter().any(|n| n == typed);
    if let (true, Some(to)) = (known, form.fields.iter_mut().find(|f| f.key == "to")) {
        rules.name(level).clone_into(&mut to.value);
    }
}

pub(super) fn save_escalate(form: &Form, v: &Values<'_>) -> Result<Command, Refusal> {
    Ok(Command::Escalate(Escalate {
        exception_id: form.subject,
        level: v.whole("level")?.unwrap_or(0),
        to: v.text("to"),
    }))
}

/// The date of an order by the plan as it stands.
pub(crate) fn expected(
    cx: &Cx<'_>,
    order: &crate::domain::order::Order,
) -> Option<chrono::NaiveDate> {
    let made = crate::domain::rule::production::of_order(cx.world, order);
    let ends = made.filter_map(|p| cx.outlook.finishes.get(&p.id));
    ends.map(|f| f.ends.date()).max()
}

pub(super) fn tell(cx: &Cx<'_>, id: i64) -> Option<Form> {
    let e = cx.world.exceptions.get(id)?;
    let order = failure::orders(cx.world, e).first().copied();
    let words = order.map_or_else(String::new, |o| {
        said::customer_message(cx.world, e, o, expected(cx, o), cx.lang)
    });
    let title = said::FORM_TELL.fill(cx.lang, &[&e.no]);
    Some(
        Form::new(FormKind::TellCustomer, id, title)
            .note("words", said::TELL_WORDS, words)
            .required()
            .date("on", said::ON, Some(cx.today()))
            .hint(w::HINT_DATE)
            .required(),
    )
}

pub(super) fn save_tell(form: &Form, v: &Values<'_>) -> Result<Command, Refusal> {
    Ok(Command::TellCustomer(Tell {
        exception_id: form.subject,
        on: v.needed_date("on")?,
        words: v.text("words"),
    }))
}

/// None where there is nothing to merge it into.
pub(super) fn merge(cx: &Cx<'_>, id: i64) -> Option<Form> {
    let e = cx.world.exceptions.get(id)?;
    let other = |x: &&crate::domain::exception::Exception| x.id != id && x.closed_on.is_none();
    let mut others: Vec<_> = cx.world.exceptions.iter().filter(other).collect();
    // What is about the same thing comes first.
    let alike = |x: &crate::domain::exception::Exception| {
        let same = |a: Option<i64>, b: Option<i64>| a.is_some() && a == b;
        same(x.purchase_id, e.purchase_id)
            || same(x.production_order_id, e.production_order_id)
            || same(x.order_id, e.order_id)
    };
    others.sort_by_key(|x| (!alike(x), x.id));
    let first = others.first()?.id.to_string();
    let list = others
        .iter()
        .map(|x| (x.id.to_string(), format!("{} · {}", x.no, x.what)))
        .collect();
    let title = said::FORM_MERGE.fill(cx.lang, &[&e.no]);
    Some(Form::new(FormKind::MergeException, id, title).choice("into", said::INTO, list, &first))
}

pub(super) fn save_merge(form: &Form, v: &Values<'_>) -> Result<Command, Refusal> {
    let into = v.text("into").parse().ok();
    Ok(Command::MergeException {
        exception_id: form.subject,
        into: into.ok_or_else(|| Refusal::at("into", Problem::Required))?,
    })
}

pub(super) fn rules(cx: &Cx<'_>) -> Form {
    let rules = Rules::of(cx.world);
    let [critical, major, minor] = rules.rules;
    let [first, second, third] = &rules.names;
    let limit = rules.cost_limit;
    Form::new(FormKind::EscalationRules, 0, cx.say(said::FORM_RULES))
        .whole(
            "critical_after",
            said::CRITICAL_AFTER,
            Some(critical.after_minutes),
        )
        .whole("critical_level", said::CRITICAL_LEVEL, Some(critical.level))
        .whole("major_after", said::MAJOR_AFTER, Some(major.after_minutes))
        .whole("major_level", said::MAJOR_LEVEL, Some(major.level))
        .whole("minor_after", said::MINOR_AFTER, Some(minor.after_minutes))
        .whole("minor_level", said::MINOR_LEVEL, Some(minor.level))
        .text("level_1", said::LEVEL_1, first.as_str())
        .text("level_2", said::LEVEL_2, second.as_str())
        .text("level_3", said::LEVEL_3, third.as_str())
        .amount("cost_limit", said::COST_LIMIT, Some(limit))
        .hint(said::HINT_LIMIT)
}

pub(super) fn save_rules(v: &Values<'_>) -> Result<Command, Refusal> {
    let most = i64::try_from(LEVELS).unwrap_or(i64::MAX);
    let rule = |after: &'static str, level: &'static str| {
        let to = v.whole(level)?.unwrap_or(0);
        if to > most {
            return Err(Refusal::at(level, Problem::NotWhole { least: 0, most }));
        }
        Ok(Rule {
            after_minutes: v.whole(after)?.unwrap_or(0),
            level: to,
        })
    };
    Ok(Command::SetEscalation(Box::new(Rules {
        rules: [
            rule("critical_after", "critical_level")?,
            rule("major_after", "major_level")?,
            rule("minor_after", "minor_level")?,
        ],
        names: ["level_1", "level_2", "level_3"].map(|key| v.text(key)),
        cost_limit: v.amount_or_zero("cost_limit")?.floor_zero(),
    })))
}
