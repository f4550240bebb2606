//! What can be done in the Materials panel.

use chrono::Days;

use super::subject::Subject;
use super::*;
use crate::domain::codes::Subject as About;
use crate::overlay::form::Form;
use crate::overlay::forms::followup::chase_about;
use crate::overlay::pages::{Line, Page};
use crate::text::message;

pub(super) const ON_PURCHASE: &[Action] = &[
    Action::Promise,
    Action::Receive,
    Action::Chase,
    Action::CopyMessage,
    Action::ChangePurchase,
    Action::InspectHeld,
    Action::SendBack,
    Action::Snooze,
    Action::ClosePurchase,
    Action::Deposit,
    Action::Give,
    Action::ImportSheet,
    Action::RaiseException,
];
pub(super) const ON_ITEM: &[Action] = &[
    Action::Buy,
    Action::Give,
    Action::CountStock,
    Action::Substitute,
    Action::Promise,
    Action::Receive,
    Action::OrderList,
    Action::ImportSheet,
];
pub(super) const ON_SUPPLIER: &[Action] = &[Action::OrderList, Action::Buy, Action::ImportSheet];
pub(super) const ON_RESERVED: &[Action] = &[Action::DropReservation, Action::Give];
pub(super) const ON_ROW: &[Action] = &[
    Action::Buy,
    Action::OrderList,
    Action::Promise,
    Action::Receive,
    Action::Chase,
    Action::Give,
    Action::CountStock,
    Action::ImportSheet,
    Action::RaiseException,
];

/// The item that is meant: that of the selected row of a part.
pub(super) fn item_at(cx: &Cx<'_>, spot: &Spot) -> Option<i64> {
    match spot.part {
        PartKind::Parts => Some(spot.part_row),
        PartKind::Kit => kit_part::item_at(cx, spot.row, spot.part_row),
        PartKind::Requirements => needs::of_row(spot.part_row).map(|(item, _)| item),
        PartKind::Advice => reserved::item_at(cx, spot.part_row),
        PartKind::Reserved => cx.world.reservations.get(spot.part_row).map(|r| r.item_id),
        PartKind::Purchases => cx.world.purchases.get(spot.part_row).map(|p| p.item_id),
        _ => None,
    }
    .filter(|id| cx.world.items.get(*id).is_some())
}

/// The purchase line that is meant: the selected one, or the first that is still open.
fn purchase_at<'a>(cx: &Cx<'a>, spot: &Spot) -> Option<&'a Purchase> {
    match spot.part {
        PartKind::Purchases if spot.part_row > 0 => return cx.world.purchases.get(spot.part_row),
        PartKind::Chases | PartKind::Suppliers => return chases::chosen(cx, spot),
        PartKind::Advice => {
            let id = reserved::purchase_at(cx, spot.part_row);
            return cx.world.purchases.find(id);
        }
        _ => {}
    }
    let subject = Subject::of(cx, spot.row)?;
    let item = item_at(cx, spot);
    let mut open: Vec<&Purchase> = match item {
        Some(item) => cx
            .world
            .purchases
            .iter()
            .filter(|p| p.item_id == item)
            .collect(),
        None => purchases_part::lines(cx, subject),
    };
    open.retain(|p| purchase::arrival(cx.world, p).open.is_positive());
    open.sort_by_cached_key(|p| (purchase::expected(cx.world, p, cx.today()), p.id));
    open.first().copied()
}

pub(super) fn act(cx: &Cx<'_>, action: Action, spot: &Spot) -> Reply {
    if let Some(reply) = chases::act(cx, action, spot) {
        return reply;
    }
    match (action, spot.part) {
        (Action::Open, PartKind::Parts | PartKind::Requirements | PartKind::Kit) => {
            return explain(cx, spot);
        }
        (Action::Open | Action::OrderList, PartKind::ToOrder) => return list_of(cx, spot),
        (Action::OrderList, _) => return super::super::open(cx, FormKind::OrderList, 0),
        (Action::Open | Action::DropReservation, PartKind::Reserved) => return release(cx, spot),
        (Action::DropReservation, _) => return Reply::Refuse(m::SELECT_RESERVATION),
        (Action::ImportSheet, _) => return Reply::Import,
        (Action::Buy, _) => return buy(cx, spot),
        (Action::Give, _) => return give(cx, spot),
        (Action::CountStock, _) => return on_item(cx, spot, FormKind::Count),
        (Action::Substitute, _) => return on_item(cx, spot, FormKind::Substitute),
        _ => {}
    }
    let order = Materials.order_of(cx, spot.row);
    let Some(line) = purchase_at(cx, spot) else {
        return match action {
            Action::RaiseException => {
                let made = cx.world.production_orders.get(spot.row);
                super::super::raise(cx, Stage::Materials, order, |f| match made {
                    Some(made) => super::super::about_made(cx, made, None, f),
                    None => f,
                })
            }
            Action::Promise
            | Action::Receive
            | Action::Chase
            | Action::CopyMessage
            | Action::ChangePurchase
            | Action::InspectHeld
            | Action::SendBack
            | Action::Deposit
            | Action::ClosePurchase => Reply::Refuse(w::NO_PURCHASE),
            _ => Reply::Pass,
        };
    };
    on_purchase(cx, action, spot, line, line.order_id.or(order))
}

fn on_purchase(
    cx: &Cx<'_>,
    action: Action,
    spot: &Spot,
    line: &Purchase,
    order: Option<i64>,
) -> Reply {
    let arrival = purchase::arrival(cx.world, line);
    let open = |kind| super::super::open(cx, kind, line.id);
    match action {
        Action::Open if spot.part == PartKind::Advice => open(FormKind::Promise),
        Action::Open if spot.part != PartKind::Purchases => Reply::Pass,
        Action::Open | Action::Receive => open(FormKind::Receive),
        Action::Promise => open(FormKind::Promise),
        Action::ChangePurchase => open(FormKind::ChangePurchase),
        Action::Deposit => open(FormKind::Deposit),
        Action::InspectHeld if arrival.held.is_zero() => Reply::Refuse(m::NOTHING_HELD),
        Action::InspectHeld => open(FormKind::InspectHeld),
        Action::SendBack if (arrival.accepted + arrival.rejected).is_zero() => {
            Reply::Refuse(m::NOTHING_CAME)
        }
        Action::SendBack => open(FormKind::SendBack),
        Action::ClosePurchase => Reply::Confirm {
            question: w::ASK_CLOSE_PURCHASE.fill(cx.lang, &[&line.no]),
            command: Command::ClosePurchase {
                purchase_id: line.id,
            },
        },
        Action::Chase => Reply::Form(Box::new(chase_about(cx, About::Purchase, line.id, order))),
        Action::CopyMessage => Reply::Copy(message::purchase(cx.world, line, cx.lang)),
        Action::Snooze => super::super::form(cx, FormKind::Snooze, line.id, |f| {
            f.hide("subject", About::Purchase.code())
        }),
        Action::RaiseException => {
            super::super::raise(cx, Stage::Materials, order, |f| about_purchase(cx, line, f))
        }
        _ => Reply::Pass,
    }
}

/// An exception about a purchase line: who, how many, and how late it is.
pub(in crate::panel) fn about_purchase(cx: &Cx<'_>, line: &Purchase, form: Form) -> Form {
    let arrival = purchase::arrival(cx.world, line);
    let late = purchase::overdue_days(cx.world, line, cx.today());
    let late = late.or_else(|| purchase::too_late_days(cx.world, line));
    let supplier = cx.world.suppliers.find(line.supplier_id);
    let form = form
        .hide("purchase_id", line.id.to_string())
        .with("purchase", crate::text::chasing::line_name(line))
        .with("department", "purchasing")
        .with("cause", "supplier")
        .with("place", supplier.map_or("", |s| s.name.as_str()))
        .with("quantity", arrival.open.text())
        .with("lost", arrival.open.text());
    match late {
        Some(days) => form.with(
            "what",
            crate::text::failure::late_goods(cx.world, line, days, arrival.open, cx.lang),
        ),
        None => form,
    }
}

fn on_item(cx: &Cx<'_>, spot: &Spot, kind: FormKind) -> Reply {
    let item = item_at(cx, spot).or_else(|| purchase_at(cx, spot).map(|p| p.item_id));
    match item {
        Some(item) => super::super::open(cx, kind, item),
        None => Reply::Refuse(w::SELECT_PART),
    }
}

/// Where every number of a material comes from.
fn explain(cx: &Cx<'_>, spot: &Spot) -> Reply {
    let (item, date) = match spot.part {
        PartKind::Requirements => match needs::of_row(spot.part_row) {
            Some((item, date)) => (Some(item), Some(date)),
            None => (None, None),
        },
        _ => (item_at(cx, spot), None),
    };
    let Some(item) = item.and_then(|id| cx.world.items.get(id)) else {
        return Reply::Refuse(w::SELECT_PART);
    };
    let said = crate::text::need::explain(cx.world, cx.outlook, item.id, date, cx.today(), cx.lang);
    let line = |s: crate::text::need::Said| Line {
        left: s.left,
        text: s.text,
        role: s.role,
    };
    let title = format!("{} {}", item.code, item.name);
    Reply::Page(Box::new(Page::new(
        title,
        said.into_iter().map(line).collect(),
    )))
}

fn list_of(cx: &Cx<'_>, spot: &Spot) -> Reply {
    let by = cx.today().checked_add_days(Days::new(to_order::AHEAD));
    let supplier = (spot.part_row > 0).then_some(spot.part_row);
    match by {
        Some(by) if supplier.is_some() || spot.part_row == to_order::NOBODY => Reply::OrderList {
            supplier_id: supplier,
            by,
        },
        _ => Reply::Refuse(m::SELECT_SUPPLIER),
    }
}

fn release(cx: &Cx<'_>, spot: &Spot) -> Reply {
    let Some(kept) = cx.world.reservations.get(spot.part_row) else {
        return Reply::Refuse(m::SELECT_RESERVATION);
    };
    let name = format!("{} {}", item_name(cx, kept.item_id), format::qty(kept.qty));
    Reply::Confirm {
        question: m::ASK_DROP.fill(cx.lang, &[&name]),
        command: Command::DropReservation {
            reservation_id: kept.id,
        },
    }
}

/// The form that gives material to somebody, on the selected item and for the selected order.
fn give(cx: &Cx<'_>, spot: &Spot) -> Reply {
    let subject = Subject::of(cx, spot.row);
    let to = match subject {
        Some(Subject::Made(made)) => made.no.clone(),
        Some(Subject::Order(order)) => order.no.clone(),
        _ => String::new(),
    };
    let kit = cx.outlook.kits.get(&spot.row);
    let item = item_at(cx, spot).or_else(|| kit.and_then(|k| k.blocking.first().copied()));
    let of = match spot.part {
        PartKind::Purchases => cx.world.purchases.get(spot.part_row),
        _ => None,
    };
    let of = of
        .map(|p| format!("{}/{}", p.no, p.line))
        .unwrap_or_default();
    let short = kit.and_then(|k| k.parts.iter().find(|p| Some(p.item_id) == item));
    let short = short
        .map(|p| p.need - p.covered)
        .filter(|q| q.is_positive());
    super::super::form(cx, FormKind::Give, item.unwrap_or(0), |form| {
        let form = form.with("to", to).with("of", of);
        match short {
            Some(qty) => form.with("qty", qty.text()),
            None => form,
        }
    })
}

/// The purchase form on the selected part, or on the first that nothing on order covers.
fn buy(cx: &Cx<'_>, spot: &Spot) -> Reply {
    let kit = cx.outlook.kits.get(&spot.row);
    let uncovered = || {
        let parts = kit.map(|k| k.parts.as_slice()).unwrap_or_default();
        parts
            .iter()
            .find(|p| p.covered < p.need && p.ready.is_none())
            .map(|p| p.item_id)
    };
    let planned = || {
        let mut needs = cx.outlook.requirements.iter();
        needs
            .find(|r| !r.make && r.qty_planned.is_positive())
            .map(|r| r.item_id)
    };
    let item = item_at(cx, spot)
        .or_else(uncovered)
        .or_else(|| if spot.row == ALL { planned() } else { None })
        .unwrap_or(0);
    let mine = || {
        cx.outlook
            .of_item(item)
            .iter()
            .filter(|r| r.qty_planned.is_positive())
    };
    let day = match spot.part {
        PartKind::Requirements => needs::of_row(spot.part_row).map(|(_, date)| date),
        _ => None,
    };
    // On one day's requirement its own lot is meant; else all that is planned of the item.
    let own = |r: &&crate::app::outlook::Requirement| day.is_none_or(|d| r.need_date == d);
    let amount: Qty = mine().filter(own).map(|r| r.qty_planned).sum();
    let needed = mine().filter(own).map(|r| r.need_date).min();
    let needed = needed.filter(|d| *d >= cx.today());
    let order = Materials
        .order_of(cx, spot.row)
        .and_then(|id| cx.world.orders.get(id));
    super::super::form(cx, FormKind::Buy, item, |form| {
        let form = if amount.is_positive() {
            form.with("qty", amount.text())
        } else {
            form
        };
        let form = match needed {
            Some(date) => form.with("required_date", date.to_string()),
            None => form,
        };
        match order {
            Some(order) => form.with("order", order.no.clone()),
            None => form,
        }
    })
}
