//! An exception told from report to lesson, and the lessons around it.

use crate::domain::exception::Exception;
use crate::domain::rule::{escalation, failure};
use crate::overlay::pages::{Line, Page};
use crate::panel::build::{code, day, fact, qty_or_blank, text};
use crate::panel::{Cell, Content, Cx, Part, PartKind};
use crate::text::{Word, failure as said, words as w};
use crate::theme::Role;

/// The story as a part; a small screen shows its beginning.
pub(super) fn story(cx: &Cx<'_>, e: &Exception) -> Part {
    Part {
        kind: PartKind::Story,
        title: w::PART_STORY,
        count: None,
        content: Content::Facts(facts(cx, e)),
    }
}

/// The whole story, to be read on a page of its own.
pub(super) fn page(cx: &Cx<'_>, e: &Exception) -> Page {
    let line = |(left, cell): (String, Cell)| Line {
        left,
        text: cell.text,
        role: cell.role,
    };
    let lines = facts(cx, e).into_iter().map(line).collect();
    Page::new(format!("{} {}", e.no, e.what), lines)
}

/// What happened, when, where, who, why, how, how much; then everything done about it.
fn facts(cx: &Cx<'_>, e: &Exception) -> Vec<(String, Cell)> {
    let t = |label: Word, value: &str| fact(label, text(value.to_owned()), cx.lang);
    let d = |label: Word, date: Option<chrono::NaiveDate>| {
        let cell = date.map_or_else(|| text(""), |date| day(Some(date), cx));
        fact(label, cell, cx.lang)
    };
    let at = |m: crate::domain::moment::Moment| m.text().replace('T', " ");
    let further = failure::orders(cx.world, e);
    let further: Vec<&str> = further.iter().skip(1).map(|o| o.no.as_str()).collect();
    let mut facts = vec![
        t(
            w::REPORTED_BY,
            &format!("{} {}", e.reported_by, at(e.reported_at)),
        ),
        t(
            said::HAPPENED_AT,
            &e.happened_at.map(at).unwrap_or_default(),
        ),
        fact(w::STAGE, code(e.stage, cx.lang), cx.lang),
        t(said::PLACE, &e.place),
        t(said::FIRST_GUESS, &e.why),
        t(said::HOW, &e.how),
        fact(w::QTY, qty_or_blank(e.quantity), cx.lang),
        t(w::ORDER_NO, &further.join(" ")),
        fact(w::RESPONSIBLE, code(e.department, cx.lang), cx.lang),
        t(w::CONTAINMENT, &e.containment),
        t(w::ANALYSIS, &e.analysis),
        t(w::DECISION_NEEDED, &e.decision_needed),
        t(w::DECIDE_BY_WHO, &e.decide_by_who),
        d(w::DECIDE_BY, e.decide_by),
        default_action(cx, e),
        t(w::DECISION, &e.decision),
        t(w::DECIDED_BY, &e.decided_by),
        t(said::AUTHORITY, &e.authority),
        d(w::DECIDED_ON, e.decided_on),
        t(w::CORRECTIVE, &e.corrective),
        t(w::OWNER, &e.owner),
        d(w::ACT_BY, e.act_by),
        d(w::ACTED_ON, e.acted_on),
        t(said::ESCALATION, &escalated(e)),
        t(said::TOLD, &told(cx, e)),
        t(w::PREVENTIVE, &e.preventive),
        t(said::DIFFICULTY, &e.difficulty),
        t(w::SOLUTION, &e.solution),
        t(said::VERIFICATION, &e.verification),
        d(w::CLOSED_ON, e.closed_on),
    ];
    if let Some(cause) = e.cause {
        facts.push(fact(w::CAUSE, code(cause, cx.lang), cx.lang));
        let side = if failure::is_ours(cause) {
            said::OURS
        } else {
            said::OUTSIDE
        };
        facts.push(t(said::ROOT_CAUSE, cx.say(side)));
    }
    if let Some(factor) = e.factor {
        facts.push(fact(said::FACTOR, code(factor, cx.lang), cx.lang));
    }
    if let Some(into) = cx.world.exceptions.find(e.merged_into) {
        facts.insert(0, t(said::MERGED_INTO, &into.no));
    }
    let same = cx.world.exceptions.iter();
    let same = same.filter(|x| x.merged_into == Some(e.id));
    let same: Vec<&str> = same.map(|x| x.no.as_str()).collect();
    facts.push(t(said::WITH_IT, &same.join(" ")));
    facts.splice(1..1, super::learned::before(cx, e));
    facts.retain(|(_, cell)| !cell.text.is_empty());
    facts
}

/// What happens where nobody decides in time; once the day has passed it stands out.
fn default_action(cx: &Cx<'_>, e: &Exception) -> (String, Cell) {
    let passed = e.decided_on.is_none() && e.decide_by.is_some_and(|d| d < cx.today());
    let role = if passed { Role::Bad } else { Role::Base };
    fact(
        said::DEFAULT_ACTION,
        Cell::new(e.default_action.clone(), role),
        cx.lang,
    )
}

fn escalated(e: &Exception) -> String {
    match e.escalated_at {
        Some(at) => {
            let at = at.text().replace('T', " ");
            format!("L{} {} {at}", e.escalated_level, e.escalated_to)
        }
        None => String::new(),
    }
}

fn told(cx: &Cx<'_>, e: &Exception) -> String {
    match e.told_on {
        Some(on) => format!("{} {}", day(Some(on), cx).text, e.told.replace('\n', " ")),
        None => String::new(),
    }
}

/// What about a way out needs a superior, by its date or that of the plan.
pub(super) fn beyond(
    cx: &Cx<'_>,
    e: &Exception,
    option: &crate::domain::exception::ExceptionOption,
) -> String {
    let by_plan = cx.outlook.impacts.get(&e.id);
    let by_plan = by_plan
        .and_then(|i| i.options.get(&option.id))
        .map(|o| o.date);
    said::needs(&escalation::needs(cx.world, e, option, by_plan), cx.lang)
}
