//! The forms of the program: how each opens on what is known, and the command its values make.
//!
//! One file per stage. A form that is opened again from a draft starts the same way and takes the
//! draft's values.

mod approvals;
mod blocks;
mod capacity;
mod day_figures;
mod entry;
pub(crate) mod escalation;
mod exceptions;
mod facts;
pub(crate) mod followup;
mod inspection;
mod intake;
mod lessons;
mod lines;
mod materials;
mod milestones;
mod orders;
mod planning;
mod progress;
pub(crate) mod remedies;
mod reports;
pub(crate) mod schedule;
mod shipping;
mod stock;
mod summary;

pub use summary::subject as summary_subject;

pub use day_figures::{REASON_COLUMN, step_day};

use super::form::{Form, FormKind, Values};
use crate::command::{Command, Refusal};
use crate::domain::codes::Stage;
use crate::panel::{Cx, Spot};
use crate::text::{Label, Lang};
use crate::widget::grid::{Grid, Notes};

/// Opens a form on its subject; `None` where the subject is gone.
#[must_use]
pub fn open(kind: FormKind, subject: i64, cx: &Cx<'_>) -> Option<Form> {
    use FormKind as K;
    match kind {
        K::NewOrder => Some(entry::new(cx, subject)),
        K::EditOrder | K::Amend => entry::edit(cx, subject),
        K::Acknowledge => orders::seen(cx, subject),
        K::NewLine => orders::new_line(cx, subject),
        K::EditLine => orders::edit_line(cx, subject),
        K::Hold | K::Cancel | K::CloseOrder => orders::step(cx, kind, subject),
        K::WaivePoint => intake::waive(cx, subject),
        K::Document => intake::document(cx, subject),
        K::Query => intake::query(cx, subject),
        K::QueryAnswer => intake::answer(cx, subject),
        K::Facts => facts::facts(cx, subject, &[]),
        K::Aliases => Some(facts::aliases(cx)),
        K::Milestone => milestones::edit(cx, subject),
        K::NewMilestone => milestones::new(cx, subject),
        K::NewSample => approvals::new_sample(cx, subject),
        K::Sample => approvals::edit_sample(cx, subject),
        K::WaiveLesson => approvals::waive_lesson(cx, subject),
        K::NewLesson => Some(lessons::new(cx, subject)),
        K::Lesson => lessons::edit(cx, subject),
        K::RetireLesson => lessons::retire(cx, subject),
        K::Commit => approvals::commit(cx, subject),
        K::Authorise => approvals::authorise(cx, subject),
        K::Expected => intake::expected(cx, subject),
        K::WriteReport => Some(reports::write(cx, subject)),
        K::Ask => capacity::ask(cx, subject),
        K::Answer => capacity::answer(cx, subject),
        K::Decide => capacity::decide(cx, subject),
        K::Rush => planning::rush(cx, subject),
        K::PlanRules => Some(planning::rules(cx)),
        K::AcceptPlan => planning::accept_plan(cx),
        K::NewBlock => blocks::new(cx, subject),
        K::Block => blocks::edit(cx, subject),
        K::Release => schedule::release(cx, subject),
        K::SplitProduction => schedule::split(cx, subject),
        K::MergeProduction => schedule::merge(cx, subject),
        K::ResizeProduction => schedule::resize(cx, subject),
        K::Buy => materials::buy(cx, subject),
        K::Promise => materials::promise(cx, subject),
        K::Receive => materials::receive(cx, subject),
        K::Count => stock::count(cx, subject),
        K::OrderList => Some(stock::order_list(cx, subject)),
        K::ChangePurchase => materials::change(cx, subject),
        K::InspectHeld => stock::inspect(cx, subject),
        K::SendBack => stock::send_back(cx, subject),
        K::Give => Some(stock::give(cx, subject)),
        K::Substitute => stock::substitute(cx, subject),
        K::Report => progress::report(cx, subject),
        K::DayFigures => Some(day_figures::open(cx)),
        K::Correct => progress::correct(cx, subject),
        K::PlanInspection => inspection::plan(cx, subject),
        K::Inspect => inspection::inspect(cx, subject),
        K::Inspection => inspection::edit(cx, subject),
        K::ReInspect => inspection::again(cx, subject),
        K::Ship => shipping::ship(cx, subject),
        K::ShipPlanned => shipping::ship_planned(cx, subject),
        K::Shipment => shipping::edit(cx, subject),
        K::Book => shipping::book(cx, subject),
        K::CancelShipment => shipping::cancel(cx, subject),
        K::Pack => shipping::pack(cx, subject),
        K::Carton => shipping::carton(cx, subject),
        K::Paper => shipping::paper(cx, subject),
        K::NewPaper => shipping::new_paper(cx, subject),
        K::PaperDays => Some(shipping::paper_days(cx)),
        K::Credit => shipping::credit(cx, subject),
        K::Exception => exceptions::raise(cx, subject),
        K::WorkException => exceptions::work(cx, subject),
        K::DecideException => exceptions::decide(cx, subject),
        K::CloseException => exceptions::close(cx, subject),
        K::NewWayOut => remedies::new_option(cx, subject),
        K::WayOut => remedies::edit_option(cx, subject),
        K::NewEffect => remedies::new_effect(cx, subject),
        K::Effect => remedies::edit_effect(cx, subject),
        K::NewAction => remedies::new_action(cx, subject),
        K::Action => remedies::edit_action(cx, subject),
        K::NewEvidence => remedies::new_evidence(cx, subject),
        K::Evidence => remedies::edit_evidence(cx, subject),
        K::Escalate => escalation::escalate(cx, subject),
        K::TellCustomer => escalation::tell(cx, subject),
        K::MergeException => escalation::merge(cx, subject),
        K::EscalationRules => Some(escalation::rules(cx)),
        K::Chase => Some(followup::chase(cx, subject)),
        K::Deposit => followup::deposit(cx, subject),
        K::Snooze => Some(followup::snooze(cx, subject)),
        K::SummaryText => summary::text(cx, subject),
        K::SummaryPeriod => Some(summary::period(cx)),
    }
}

/// The command that a form's values make.
pub(super) fn command(form: &Form, values: &Values<'_>, cx: &Cx<'_>) -> Result<Command, Refusal> {
    use FormKind as K;
    match form.kind {
        K::NewOrder | K::EditOrder | K::Amend => entry::save(form, values, cx),
        K::Acknowledge => orders::save_seen(form, values),
        K::NewLine | K::EditLine => orders::save_line(form, values, cx),
        K::Hold | K::Cancel | K::CloseOrder => Ok(orders::set(form, values)),
        K::WaivePoint => intake::save_point(form, values),
        K::Document => intake::save_document(form, values, cx),
        K::Query => intake::save_query(form, values),
        K::QueryAnswer => Ok(intake::save_answer(form, values)),
        K::Facts | K::Aliases => facts::save(form, cx),
        K::Milestone | K::NewMilestone => milestones::save(form, values, cx),
        K::NewSample | K::Sample => approvals::save_sample(form, values, cx),
        K::WaiveLesson => Ok(approvals::save_waiver(form, values)),
        K::NewLesson | K::Lesson => lessons::save(form, values, cx),
        K::RetireLesson => Ok(lessons::save_retired(form, values)),
        K::Commit => approvals::save_commit(form, values),
        K::Authorise => Ok(approvals::save_authority(form, values)),
        K::Expected => Ok(intake::save_expected(form, values)),
        // The app writes the file itself; nothing of the data changes.
        K::WriteReport => Err(Refusal::not(crate::text::say::NO_CHANGE)),
        K::Ask => capacity::save_ask(form, values, cx),
        K::Answer => capacity::save_answer(form, values),
        K::Decide => capacity::save_decision(form, values, cx),
        K::Rush => planning::save_rush(form, values, cx),
        K::PlanRules => planning::save_rules(values),
        K::AcceptPlan => planning::save_plan(values, cx),
        K::NewBlock | K::Block => blocks::save(form, values, cx),
        K::Release => Ok(schedule::save(form, values)),
        K::SplitProduction => schedule::save_split(form, values, cx),
        K::MergeProduction => Ok(schedule::save_merge(form)),
        K::ResizeProduction => schedule::save_resize(form, values),
        K::Buy => materials::save_buy(form, values),
        K::Promise => materials::save_promise(form, values),
        K::Receive => materials::save_receipt(form, values),
        K::Count => stock::save_count(form, values),
        // The app shows the list first; nothing of the data changes before it is confirmed.
        K::OrderList => Err(Refusal::not(crate::text::say::NO_CHANGE)),
        K::ChangePurchase => materials::save_change(form, values),
        K::InspectHeld => stock::save_inspection(form, values),
        K::SendBack => stock::save_return(form, values),
        K::Give => stock::save_give(values, cx),
        K::Substitute => stock::save_substitute(form, values),
        K::Report | K::Correct => progress::save_report(form, values, cx),
        K::DayFigures => day_figures::save(form, values, cx),
        K::PlanInspection | K::Inspect | K::Inspection | K::ReInspect => {
            inspection::save(form, values, cx)
        }
        K::Ship | K::ShipPlanned | K::Shipment => shipping::save_shipment(form, values, cx),
        K::Book => shipping::save_booking(form, values),
        K::CancelShipment => Ok(shipping::save_cancel(form, values)),
        K::Pack => shipping::save_pack(form, values, cx),
        K::Carton => shipping::save_carton(form, values, cx),
        K::Paper | K::NewPaper => shipping::save_paper(form, values, cx),
        K::PaperDays => shipping::save_paper_days(values),
        K::Credit => shipping::save_credit(form, values),
        K::Exception => exceptions::save_new(form, values, cx),
        K::WorkException => exceptions::save_work(form, values),
        K::DecideException => exceptions::save_decision(form, values, cx),
        K::CloseException => exceptions::save_close(form, values),
        K::NewWayOut | K::WayOut => remedies::save_option(form, values, cx),
        K::NewEffect | K::Effect => remedies::save_effect(form, values, cx),
        K::NewAction | K::Action => remedies::save_action(form, values, cx),
        K::NewEvidence | K::Evidence => remedies::save_evidence(form, values, cx),
        K::Escalate => escalation::save_escalate(form, values),
        K::TellCustomer => escalation::save_tell(form, values),
        K::MergeException => escalation::save_merge(form, values),
        K::EscalationRules => escalation::save_rules(values),
        K::Chase => followup::save_chase(form, values),
        K::Deposit => followup::save_deposit(form, values),
        K::Snooze => followup::save_snooze(form, values),
        K::SummaryText => summary::save_text(form, values, cx),
        // The app turns to the period; nothing of the data changes.
        K::SummaryPeriod => Err(Refusal::not(crate::text::say::NO_CHANGE)),
    }
}

/// The facts of a document, with those found in its file: name, value, place.
#[must_use]
pub fn facts_of(cx: &Cx<'_>, document: i64, found: &[(String, String, String)]) -> Option<Form> {
    facts::facts(cx, document, found)
}

/// The form that writes the report belonging to a panel and its part, its file in that folder.
#[must_use]
pub fn report_at(cx: &Cx<'_>, order: i64, stage: Stage, spot: &Spot, folder: &str) -> Form {
    reports::write_at(cx, order, stage, spot, folder)
}

/// Fills in what follows from the field, or the cell of a table, that is being left.
pub fn complete(form: &mut Form, field: &str, cell: Option<(usize, &str)>, cx: &Cx<'_>) {
    if matches!(
        form.kind,
        FormKind::NewOrder | FormKind::EditOrder | FormKind::Amend
    ) {
        entry::complete(form, field, cell, cx);
    } else if form.kind == FormKind::Buy {
        materials::complete(form, field, cx);
    } else if form.kind == FormKind::WriteReport {
        reports::complete(form, field, cx);
    } else if form.kind == FormKind::DayFigures {
        day_figures::complete(form, cx);
    } else if form.kind == FormKind::Escalate {
        escalation::complete(form, field, cx);
    } else if form.kind == FormKind::Ask {
        capacity::complete(form, field, cx);
    } else if matches!(
        form.kind,
        FormKind::PlanInspection | FormKind::Inspect | FormKind::Inspection | FormKind::ReInspect
    ) {
        inspection::complete(form, field, cx);
    }
}

/// What cannot be in a field that is being left, where that is said at once.
#[must_use]
pub fn objection(form: &Form, field: &str, cx: &Cx<'_>) -> Option<Refusal> {
    (form.kind == FormKind::DayFigures && field == "date")
        .then(|| day_figures::wrong_day(form, cx))
        .flatten()
}

/// What follows from the cells of a form's table.
#[must_use]
pub fn table_notes(form: &Form, grid: &Grid, lang: Lang) -> Notes {
    match form.kind {
        FormKind::DayFigures => day_figures::notes(form, grid, lang),
        _ => lines::notes(grid, lang),
    }
}

/// Whether the cell that has the keys can hardly be right and has no reason yet.
#[must_use]
pub fn asks_reason(form: &Form, grid: &Grid) -> bool {
    form.kind == FormKind::DayFigures && day_figures::asks_reason(form, grid)
}

/// The values of a fixed list with their words.
fn options<T: Label + 'static>(
    all: &[T],
    code: fn(T) -> &'static str,
    lang: Lang,
) -> Vec<(String, String)> {
    all.iter()
        .map(|v| (code(*v).to_owned(), v.word().text(lang).to_owned()))
        .collect()
}
