//! Forms of export papers and of the days they are due.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::command::packing::SavePaper;
use crate::command::{Command, Refusal, found};
use crate::domain::codes::{Department, PaperKind};
use crate::domain::rule::shipment::papers;
use crate::overlay::form::{Form, FormKind, Values};
use crate::overlay::forms::options;
use crate::panel::Cx;
use crate::text::{Label, shipping as words, words as w};

pub(in crate::overlay::forms) fn paper(cx: &Cx<'_>, id: i64) -> Option<Form> {
    let p = cx.world.export_papers.get(id)?;
    let s = cx.world.shipments.get(p.shipment_id)?;
    let name = words::paper_name(p.kind, &p.note, cx.lang);
    let title = words::FORM_PAPER.fill(cx.lang, &[&s.no, &name]);
    let form = Form::new(FormKind::Paper, id, title)
        .date("done_on", words::PAPER_DONE, p.done_on.or(Some(cx.today())))
        .text("number", words::NUMBER, p.number.as_str());
    Some(rest_of_paper(cx, form, p.due, p.owner, &p.note))
}

pub(in crate::overlay::forms) fn new_paper(cx: &Cx<'_>, shipment: i64) -> Option<Form> {
    let s = cx.world.shipments.get(shipment)?;
    let title = words::FORM_NEW_PAPER.fill(cx.lang, &[&s.no]);
    let kinds = options(PaperKind::ALL, PaperKind::code, cx.lang);
    let form = Form::new(FormKind::NewPaper, shipment, title)
        .choice("kind", words::PAPER, kinds, PaperKind::Other.code())
        .date("done_on", words::PAPER_DONE, None)
        .text("number", words::NUMBER, "");
    Some(rest_of_paper(cx, form, None, Department::Shipping, ""))
}

fn rest_of_paper(
    cx: &Cx<'_>,
    form: Form,
    due: Option<NaiveDate>,
    owner: Department,
    note: &str,
) -> Form {
    let owners = options(Department::ALL, Department::code, cx.lang);
    form.date("due", words::DUE_BY, due)
        .hint(words::HINT_DUE)
        .choice("owner", words::MAKER, owners, owner.code())
        .note("note", w::NOTE, note)
}

pub(in crate::overlay::forms) fn save_paper(
    form: &Form,
    v: &Values<'_>,
    cx: &Cx<'_>,
) -> Result<Command, Refusal> {
    let old = match form.kind {
        FormKind::Paper => Some(found(
            cx.world.export_papers.get(form.subject),
            form.subject,
        )?),
        _ => None,
    };
    let kind = match old {
        Some(p) => p.kind,
        None => v.code("kind", PaperKind::of)?,
    };
    Ok(Command::SavePaper(Box::new(SavePaper {
        shipment_id: old.map_or(form.subject, |p| p.shipment_id),
        paper_id: old.map(|p| p.id),
        kind,
        owner: v.code("owner", Department::of)?,
        due: v.date("due")?,
        done_on: v.date("done_on")?,
        number: v.text("number"),
        note: v.text("note"),
    })))
}

/// How many days before or after each kind of paper is due.
pub(in crate::overlay::forms) fn paper_days(cx: &Cx<'_>) -> Form {
    let mut form = Form::new(FormKind::PaperDays, 0, cx.say(words::FORM_PAPER_DAYS));
    for rule in papers::RULES {
        let rule = papers::rule_of(cx.world, rule.kind).unwrap_or(rule);
        let label = Label::word(rule.kind);
        form = form
            .whole(rule.kind.code(), label, Some(rule.days))
            .required()
            .hint(words::anchor(rule.anchor));
    }
    form
}

pub(in crate::overlay::forms) fn save_paper_days(v: &Values<'_>) -> Result<Command, Refusal> {
    let mut days = BTreeMap::new();
    for rule in papers::RULES {
        days.insert(rule.kind, v.whole(rule.kind.code())?.unwrap_or(rule.days));
    }
    Ok(Command::SavePaperDays(days))
}
