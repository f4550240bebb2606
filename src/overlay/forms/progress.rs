//! Forms of progress: a day's figures, a correction.

use super::super::form::{Form, FormKind, Values};
use crate::command::progress::{Figures, ReportProgress};
use crate::command::{Command, Refusal};
use crate::domain::rule::production;
use crate::panel::Cx;
use crate::text::words as w;

pub(super) fn report(cx: &Cx<'_>, operation: i64) -> Option<Form> {
    let operation = cx.world.operations.get(operation)?;
    let made = cx
        .world
        .production_orders
        .get(operation.production_order_id)?;
    let left = production::left(cx.world, made, operation);
    let title = w::FORM_REPORT.fill(cx.lang, &[&made.no, &operation.name, &left.text()]);
    let form = Form::new(FormKind::Report, operation.id, title)
        .amount("good", w::GOOD, None)
        .amount("defect", w::DEFECT, None)
        .amount("rework", w::REWORK, None)
        .amount("scrap", w::SCRAP, None)
        .date("date", w::DATE, Some(cx.today()))
        .required()
        .note("note", w::NOTE, "");
    Some(form)
}

pub(super) fn correct(cx: &Cx<'_>, figure: i64) -> Option<Form> {
    let old = cx.world.progress.get(figure)?;
    let operation = cx.world.operations.get(old.operation_id)?;
    let made = cx
        .world
        .production_orders
        .get(operation.production_order_id)?;
    let title = w::FORM_CORRECT.fill(cx.lang, &[&made.no, &operation.name, &old.date.to_string()]);
    let form = Form::new(FormKind::Correct, figure, title)
        .amount("good", w::GOOD, Some(old.good))
        .amount("defect", w::DEFECT, Some(old.defect))
        .amount("rework", w::REWORK, Some(old.rework))
        .amount("scrap", w::SCRAP, Some(old.scrap))
        .date("date", w::DATE, Some(old.date))
        .required()
        .note("note", w::NOTE, "");
    Some(form)
}

pub(super) fn save_report(form: &Form, v: &Values<'_>, cx: &Cx<'_>) -> Result<Command, Refusal> {
    let corrects = (form.kind == FormKind::Correct).then_some(form.subject);
    let operation_id = corrects
        .and_then(|id| cx.world.progress.get(id))
        .map_or(form.subject, |p| p.operation_id);
    let figures = Figures {
        operation_id,
        good: v.amount_or_zero("good")?,
        defect: v.amount_or_zero("defect")?,
        rework: v.amount_or_zero("rework")?,
        scrap: v.amount_or_zero("scrap")?,
        shift: corrects
            .and_then(|id| cx.world.progress.get(id))
            .map_or_else(String::new, |p| p.shift.clone()),
        note: v.text("note"),
        corrects,
    };
    Ok(Command::ReportProgress(ReportProgress {
        date: v.needed_date("date")?,
        figures: vec![figures],
    }))
}
