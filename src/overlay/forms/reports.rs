//! The form that writes a report to a file, and hands it to somebody.

use super::super::form::{Form, FormKind};
use crate::domain::codes::{OrderState, Stage};
use crate::domain::followup::Handover;
use crate::domain::order::Order;
use crate::panel::{Cx, PartKind, Spot};
use crate::report::{Name, deliver, since};
use crate::text::{handing as words, report};

/// The file that is proposed for a report.
fn file(cx: &Cx<'_>, name: Name, about: &str) -> String {
    let file = format!("{}-{about}-{}.xlsx", cx.say(name.word()), cx.today());
    file.replace("--", "-").replace([' ', '/'], "-")
}

/// The folder and the name of a path as typed.
fn split(path: &str) -> (&str, &str) {
    path.rfind('/')
        .map_or(("", path), |at| path.split_at(at + 1))
}

/// Another report proposes another file, unless one was typed; the title says when it was last
/// handed over.
pub(super) fn complete(form: &mut Form, field: &str, cx: &Cx<'_>) {
    if !matches!(field, "report" | "order" | "handed_to") {
        return;
    }
    let value = |key: &str| form.value(key).trim().to_owned();
    let (name, about, typed) = (Name::of(&value("report")), value("order"), value("file"));
    let handed_to = value("handed_to");
    let (folder, base) = split(&typed);
    let own = form.hidden.get("proposed").is_some_and(|p| p == base);
    if let (Some(name), true) = (name, own) {
        let proposed = file(cx, name, &about);
        let path = format!("{folder}{proposed}");
        if let Some(slot) = form.fields.iter_mut().find(|f| f.key == "file") {
            slot.value = path;
        }
        form.hidden.insert("proposed".to_owned(), proposed);
    }
    form.title = title(cx, name, &about, &handed_to);
}

/// Says when the report was last handed over, and to whom.
fn title(cx: &Cx<'_>, name: Option<Name>, about: &str, to: &str) -> String {
    let last = name.and_then(|name| last(cx, name, about, to));
    last.map_or_else(
        || cx.say(words::FORM).to_owned(),
        |h| {
            let day = h.at.date().to_string();
            words::FORM_LAST.fill(cx.lang, &[&day, &h.handed_to])
        },
    )
}

fn last<'a>(cx: &Cx<'a>, name: Name, about: &str, to: &str) -> Option<&'a Handover> {
    let order = cx.world.orders.iter().find(|o| o.no == about);
    let exception = cx.world.exceptions.iter().find(|e| e.no == about);
    match exception.filter(|_| order.is_none() && name == Name::Exception) {
        Some(e) => since::last(cx.world, &deliver::kept_as(name, Some(e)), e.order_id, to),
        None => since::last(cx.world, name.code(), order.map(|o| o.id), to),
    }
}

/// The form about an order, on the report that its state calls for.
pub(super) fn write(cx: &Cx<'_>, order: i64) -> Form {
    let order = cx.world.orders.get(order);
    let about = order.map_or("", |o| o.no.as_str());
    form(cx, order, about, by_state(cx, order), "")
}

/// The form on the report that belongs to a panel and its part, its file in a folder.
pub(super) fn write_at(cx: &Cx<'_>, order: i64, stage: Stage, spot: &Spot, folder: &str) -> Form {
    let order = cx.world.orders.get(order);
    let name = proposed(cx, order, stage, spot.part);
    let exception = cx.world.exceptions.get(spot.row);
    let about = match exception.filter(|_| stage == Stage::Exceptions) {
        Some(e) => e.no.as_str(),
        None => order.map_or("", |o| o.no.as_str()),
    };
    form(cx, order, about, name, folder)
}

fn form(cx: &Cx<'_>, order: Option<&Order>, about: &str, name: Name, folder: &str) -> Form {
    let names = Name::ALL.iter();
    let names = names.map(|n| (n.code().to_owned(), cx.say(n.word()).to_owned()));
    let proposed = file(cx, name, about);
    Form::new(
        FormKind::WriteReport,
        order.map_or(0, |o| o.id),
        title(cx, Some(name), about, ""),
    )
    .choice("report", report::WHICH, names.collect(), name.code())
    .text("order", words::ABOUT, about)
    .hint(report::ALL_ORDERS)
    .text("partner", report::PARTNER, "")
    .hint(report::HINT_PARTNER)
    .only("report", &["claim"])
    .date("from", crate::text::words::FROM, None)
    .hint(words::PERIOD_HINT)
    .date("to", crate::text::words::TO, None)
    .text("handed_to", words::HANDED_TO, "")
    .hint(words::HINT_HANDED)
    .known(receivers(cx))
    .text("file", report::FILE, format!("{folder}{proposed}"))
    .hint(report::HINT_FILE)
    .required()
    .hide("proposed", proposed)
}

/// Everybody who was handed something, then the departments.
fn receivers(cx: &Cx<'_>) -> Vec<String> {
    use crate::domain::codes::Department;
    use crate::text::Label;
    let mut all: Vec<String> = Vec::new();
    let earlier = cx.world.handovers.iter().rev().map(|h| h.handed_to.clone());
    let departments = Department::ALL.iter().map(|d| cx.say(d.word()).to_owned());
    for who in earlier.chain(departments) {
        if !all.contains(&who) {
            all.push(who);
        }
    }
    all
}

/// The change notice where the order has an amendment that somebody has not seen yet, the review
/// form while it is in review, else the query sheet.
fn by_state(cx: &Cx<'_>, order: Option<&Order>) -> Name {
    let world = cx.world;
    let unseen = order.is_some_and(|o| {
        let mut made = world.amendments.of(o.id);
        made.any(|a| {
            let mut seen = world.acknowledgements.of(a.id);
            seen.any(|k| k.seen_on.is_none())
        })
    });
    let reviewed = order.is_some_and(|o| {
        o.state == OrderState::Open && world.review_rounds.of(o.id).next().is_some()
    });
    if reviewed {
        Name::OrderReview
    } else if unseen {
        Name::ChangeNotice
    } else {
        Name::QuerySheet
    }
}

/// The report that belongs to a panel and its part.
fn proposed(cx: &Cx<'_>, order: Option<&Order>, stage: Stage, part: PartKind) -> Name {
    use PartKind as P;
    match (stage, part) {
        (Stage::Intake, P::Milestones) => Name::Milestones,
        (Stage::Intake, P::Amendments) => Name::ChangeNotice,
        (Stage::Intake, P::Queries | P::Facts) => Name::QuerySheet,
        (Stage::Intake, _) => by_state(cx, order),
        (Stage::Capacity, _) => Name::OrderReview,
        (Stage::Schedule, P::Operations | P::Gate) => Name::ProductionNotice,
        (Stage::Schedule, _) => Name::Schedule,
        (Stage::Materials, P::Chases) => Name::ChaseList,
        (Stage::Materials, P::Purchases | P::Promises | P::Receipts | P::History) => Name::Tracking,
        (Stage::Materials, P::Requirements | P::ToOrder | P::Advice) => Name::Requirements,
        (Stage::Materials, P::Suppliers) => Name::Suppliers,
        (Stage::Materials, _) => Name::Kits,
        (Stage::Progress, P::Operations | P::Figures) => Name::DailyProgress,
        (Stage::Progress, P::Inspections) => Name::InspectionPlan,
        (Stage::Progress, P::Shipments | P::Papers) => Name::ShippingPlan,
        (Stage::Progress, P::Cartons) => Name::PackingList,
        (Stage::Progress, P::Chance) => Name::LateRisk,
        (Stage::Exceptions, P::Ledger) => Name::Ledger,
        (Stage::Exceptions, _) => Name::Exception,
        (Stage::Progress | Stage::Today, _) => Name::OrderStatus,
    }
}
