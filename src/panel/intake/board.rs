//! The consistency board: facts down, papers side by side.

use super::*;
use crate::domain::document::{Document, Fact};
use crate::domain::rule::consistency::{self, FactRow, Outcome};

const BOARD: &[Column] = &[
    column(w::FACT, Width::Fixed(13), 0),
    column(w::RESULT, Width::Fixed(9), 0),
    column(w::PAPER_SAYS, Width::Fill(3), 0),
    column(w::REASON, Width::Fill(2), 1),
];

/// Ids of facts on the board are their first statement's.
fn id(row: &FactRow<'_>) -> i64 {
    row.stated.first().map_or(0, |f| f.id)
}

pub(super) fn board(cx: &Cx<'_>, order: &Order) -> Part {
    let list = consistency::board(cx.world, order);
    let open = list.iter().filter(|r| r.is_open()).count();
    let rows = list.iter().map(|r| row(cx, r)).collect();
    part(
        PartKind::Facts,
        w::PART_FACTS,
        open,
        BOARD,
        rows,
        w::EMPTY_FACTS,
    )
}

fn paper(cx: &Cx<'_>, d: &Document) -> String {
    crate::text::Label::word(d.kind).text(cx.lang).to_owned()
}

/// A statement with the paper that makes it.
fn says(cx: &Cx<'_>, fact: &Fact) -> String {
    let by = consistency::paper_of(cx.world, fact).map(|d| paper(cx, d));
    format!("{}: {}", by.unwrap_or_default(), consistency::whole(fact))
}

fn row(cx: &Cx<'_>, r: &FactRow<'_>) -> Row {
    let (mark, said, role) = match (r.settled, r.outcome) {
        (Some(_), Outcome::Conflict | Outcome::Unclear) => ("✓", w::SETTLED, Role::Ok),
        (_, Outcome::Conflict) => ("≠", w::CONFLICT, Role::Bad),
        (_, Outcome::Unclear) => ("?", w::UNCLEAR, Role::Warn),
        (_, Outcome::Missing) => ("∅", w::MISSING, Role::Warn),
        (_, Outcome::Agree) => ("✓", w::AGREES, Role::Ok),
    };
    let stated: Vec<String> = r.stated.iter().map(|f| says(cx, f)).collect();
    let star = if r.critical { "*" } else { "" };
    Row {
        id: id(r),
        cells: vec![
            text(format!("{}{star}", r.name)),
            Cell::new(format!("{mark} {}", cx.say(said)), role),
            text(stated.join("  |  ")),
            dim(why(cx, r)),
        ],
    }
}

/// Why a fact stands as it does: which paper holds, what is missing where, which answer settled it.
fn why(cx: &Cx<'_>, r: &FactRow<'_>) -> String {
    if let Some(holds) = r.holds {
        return w::CORRECTION_HOLDS.fill(cx.lang, &[&consistency::whole(holds)]);
    }
    if let Some(query) = r.settled {
        return w::SETTLED_BY.fill(cx.lang, &[&query.no, &query.answer]);
    }
    let missing: Vec<String> = r.missing.iter().map(|d| paper(cx, d)).collect();
    if !missing.is_empty() {
        return w::NOT_SAID_IN.fill(cx.lang, &[&missing.join("、")]);
    }
    match r.outcome {
        Outcome::Unclear => cx.say(w::CANNOT_COMPARE).to_owned(),
        _ => String::new(),
    }
}

/// What can be done on the board and with the papers.
pub(super) fn act(cx: &Cx<'_>, action: Action, order: &Order, spot: &Spot) -> Option<Reply> {
    let on_board = spot.part == PartKind::Facts;
    Some(match action {
        Action::EnterFacts => match document(cx, order, spot) {
            Some(document) => Reply::Facts(document),
            None => Reply::Refuse(w::NO_DOCUMENT),
        },
        Action::Aliases => crate::panel::open(cx, FormKind::Aliases, 0),
        Action::Open if on_board => Reply::Facts(document(cx, order, spot)?),
        Action::EditOrder if on_board => Reply::Facts(document(cx, order, spot)?),
        Action::AskQuery if on_board => ask(cx, order, spot.part_row),
        _ => return None,
    })
}

/// The document that is meant: the selected one, that of the selected fact, else the first.
fn document(cx: &Cx<'_>, order: &Order, spot: &Spot) -> Option<i64> {
    let papers = || consistency::papers(cx.world, order);
    match spot.part {
        PartKind::Documents if spot.part_row > 0 => Some(spot.part_row),
        PartKind::Facts if spot.part_row > 0 => {
            cx.world.facts.get(spot.part_row).map(|f| f.document_id)
        }
        _ => papers().next().map(|d| d.id),
    }
}

/// The query about a fact, with what each paper says word for word.
fn ask(cx: &Cx<'_>, order: &Order, fact: i64) -> Reply {
    let list = consistency::board(cx.world, order);
    let Some(r) = list.iter().find(|r| id(r) == fact) else {
        return Reply::Refuse(w::SELECT_FIRST);
    };
    let quoted = |f: &Fact| {
        let d = consistency::paper_of(cx.world, f);
        let version = d.map(|d| format!(" v{}", d.version)).unwrap_or_default();
        let by = d.map(|d| paper(cx, d)).unwrap_or_default();
        w::QUOTED.fill(
            cx.lang,
            &[&format!("{by}{version}"), &consistency::whole(f)],
        )
    };
    let said: Vec<String> = match r.between {
        Some((a, b)) => vec![quoted(a), quoted(b)],
        None => r.stated.iter().map(|f| quoted(f)).collect(),
    };
    let missing: Vec<String> = r.missing.iter().map(|d| paper(cx, d)).collect();
    let mut question = w::WHICH_HOLDS.fill(cx.lang, &[&r.name, &said.join("; ")]);
    if !missing.is_empty() {
        question = format!(
            "{question} {}",
            w::NOT_SAID_IN.fill(cx.lang, &[&missing.join("、")])
        );
    }
    super::super::form(cx, FormKind::Query, order.id, |form| {
        form.with("topic", r.name.clone())
            .with("department", consistency::asks(&r.key).code())
            .with("question", question)
    })
}
