//! The form that writes a report to a file.

use super::super::form::{Form, FormKind};
use crate::domain::codes::OrderState;
use crate::panel::Cx;
use crate::report::Name;
use crate::text::report as words;

/// The file that is proposed for a report.
fn file(cx: &Cx<'_>, name: Name, order: &str) -> String {
    let file = format!("{}-{order}-{}.xlsx", cx.say(name.word()), cx.today());
    file.replace("--", "-").replace(' ', "-")
}

/// Another report proposes another file, unless one was typed.
pub(super) fn complete(form: &mut Form, field: &str, cx: &Cx<'_>) {
    if !matches!(field, "report" | "order") {
        return;
    }
    let value = |key: &str| {
        let found = form.fields.iter().find(|f| f.key == key);
        found.map(|f| f.value.clone()).unwrap_or_default()
    };
    let (name, order, typed) = (Name::of(&value("report")), value("order"), value("file"));
    let own = cx
        .world
        .orders
        .get(form.subject)
        .map_or("", |o| o.no.as_str());
    let proposed = Name::ALL
        .iter()
        .flat_map(|n| [order.as_str(), own, ""].map(|no| file(cx, *n, no)));
    let untouched = proposed.into_iter().any(|p| p == typed);
    if let (Some(name), true) = (name, untouched)
        && let Some(slot) = form.fields.iter_mut().find(|f| f.key == "file")
    {
        slot.value = file(cx, name, &order);
    }
}

/// Proposes the query sheet, the change notice where the order has an amendment that somebody has
/// not seen yet, or the review form while the order is in review.
pub(super) fn write(cx: &Cx<'_>, order: i64) -> Form {
    let names = Name::ALL.iter();
    let names = names.map(|n| (n.code().to_owned(), cx.say(n.word()).to_owned()));
    let order = cx.world.orders.get(order);
    let unseen = order.is_some_and(|o| {
        let mut made = cx.world.amendments.of(o.id);
        made.any(|a| {
            cx.world
                .acknowledgements
                .of(a.id)
                .any(|k| k.seen_on.is_none())
        })
    });
    let reviewed = order.is_some_and(|o| {
        o.state == OrderState::Open && cx.world.review_rounds.of(o.id).next().is_some()
    });
    let first = if reviewed {
        Name::OrderReview
    } else if unseen {
        Name::ChangeNotice
    } else {
        Name::QuerySheet
    };
    let no = order.map_or("", |o| o.no.as_str());
    let file = file(cx, first, no);
    Form::new(
        FormKind::WriteReport,
        order.map_or(0, |o| o.id),
        cx.say(words::FORM),
    )
    .choice("report", words::WHICH, names.collect(), first.code())
    .text("order", words::ABOUT, no)
    .hint(words::ALL_ORDERS)
    .text("partner", words::PARTNER, "")
    .hint(words::HINT_PARTNER)
    .text("file", words::FILE, file)
    .hint(words::HINT_FILE)
    .required()
}
