//! Forms of progress: a day's figures, a correction, an inspection, a shipment.

use super::super::form::{Form, FormKind, Values};
use super::options;
use crate::command::progress::{Figures, Inspect, ReportProgress, Ship};
use crate::command::{Command, Problem, Refusal};
use crate::domain::codes::{InspectionKind, InspectionResult};
use crate::domain::rule::{delivery, production};
use crate::panel::Cx;
use crate::text::words as w;

/// The most lines of an order that one shipment form shows.
const SHIP_LINES_MAX: usize = 12;

const QTY_KEYS: [&str; SHIP_LINES_MAX] = [
    "qty", "qty2", "qty3", "qty4", "qty5", "qty6", "qty7", "qty8", "qty9", "qty10", "qty11",
    "qty12",
];

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

pub(super) fn inspect(cx: &Cx<'_>, order: i64) -> Option<Form> {
    let order = cx.world.orders.get(order)?;
    let kinds = options(InspectionKind::ALL, InspectionKind::code, cx.lang);
    let results = options(InspectionResult::ALL, InspectionResult::code, cx.lang);
    let form = Form::new(
        FormKind::Inspect,
        order.id,
        w::FORM_INSPECT.fill(cx.lang, &[&order.no]),
    )
    .choice("kind", w::KIND, kinds, InspectionKind::Final.code())
    .date("date", w::DATE, Some(cx.today()))
    .required()
    .whole("sample", w::SAMPLE_SIZE, None)
    .required()
    .whole("critical", w::CRITICAL, None)
    .whole("major", w::MAJOR, None)
    .whole("minor", w::MINOR, None)
    .choice(
        "result",
        w::RESULT,
        results,
        InspectionResult::Passed.code(),
    )
    .note("note", w::NOTE, "");
    Some(form)
}

pub(super) fn save_inspection(form: &Form, v: &Values<'_>) -> Result<Command, Refusal> {
    let whole = |key| Ok::<_, Refusal>(v.whole(key)?.unwrap_or(0));
    Ok(Command::Inspect(Box::new(Inspect {
        order_id: form.subject,
        kind: v.code("kind", InspectionKind::of)?,
        date: v.needed_date("date")?,
        sample: whole("sample")?,
        critical: whole("critical")?,
        major: whole("major")?,
        minor: whole("minor")?,
        result: v.code("result", InspectionResult::of)?,
        note: v.text("note"),
    })))
}

pub(super) fn ship(cx: &Cx<'_>, order: i64) -> Option<Form> {
    let order = cx.world.orders.get(order)?;
    let mut form = Form::new(
        FormKind::Ship,
        order.id,
        w::FORM_SHIP.fill(cx.lang, &[&order.no]),
    )
    .date("date", w::SHIPPED_ON, Some(cx.today()))
    .required();
    for (key, line) in QTY_KEYS.iter().zip(cx.world.order_lines.of(order.id)) {
        let open = delivery::line_qty(cx.world, line).open;
        form = form.amount(key, w::SHIP_QTY, Some(open));
        if let Some(field) = form.fields.last_mut() {
            field.known = vec![format!("{} {}", line.no, line.name)];
        }
    }
    let form = form
        .text("method", w::DELIVERY_METHOD, order.delivery_method.as_str())
        .text("bl_no", w::BL_NO, "")
        .note("note", w::NOTE, "");
    Some(form)
}

pub(super) fn save_shipment(form: &Form, v: &Values<'_>, cx: &Cx<'_>) -> Result<Command, Refusal> {
    let order = form.subject;
    if cx.world.order_lines.of(order).count() > SHIP_LINES_MAX {
        return Err(Refusal::whole(Problem::Not(
            crate::text::say::TOO_MANY_LINES,
        )));
    }
    let mut lines = Vec::new();
    for (key, line) in QTY_KEYS.iter().zip(cx.world.order_lines.of(order)) {
        lines.push((line.id, v.amount_or_zero(key)?));
    }
    Ok(Command::Ship(Box::new(Ship {
        order_id: order,
        date: v.needed_date("date")?,
        lines,
        method: v.text("method"),
        bl_no: v.text("bl_no"),
        note: v.text("note"),
    })))
}
