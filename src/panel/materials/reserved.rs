//! What was set aside by hand, and what the materials advise.

use super::*;
use crate::app::outlook::{Message, Supply};
use crate::domain::purchase::Reservation;

const RESERVED: &[Column] = &[
    column(w::MATERIAL, Width::Fixed(11), 0),
    column(w::NAME, Width::Fill(2), 1),
    column(m::KEPT_OF, Width::Fixed(12), 0),
    column(m::KEPT_FOR, Width::Fixed(12), 0),
    number(w::QTY, 10, 0),
    column(m::MADE_ON, Width::Fixed(11), 0),
    column(w::REASON, Width::Fill(2), 2),
];

const ADVICE: &[Column] = &[
    column(w::MATERIAL, Width::Fixed(11), 0),
    column(m::ADVICE, Width::Fill(1), 0),
];

pub(super) fn reserved(cx: &Cx<'_>) -> Part {
    let rows: Vec<Row> = cx.world.reservations.iter().map(|r| row(cx, r)).collect();
    Part {
        kind: PartKind::Reserved,
        title: m::PART_RESERVED,
        count: (!rows.is_empty()).then_some(rows.len()),
        content: Content::List(Listing {
            columns: RESERVED,
            rows,
            empty: Some(m::EMPTY_RESERVED),
        }),
    }
}

fn row(cx: &Cx<'_>, kept: &Reservation) -> Row {
    let item = cx.world.items.get(kept.item_id);
    let of = match cx.world.purchases.find(kept.purchase_id) {
        Some(line) => text(format!("{}/{}", line.no, line.line)),
        None => word(m::STOCK_PART, Role::Base, cx.lang),
    };
    let made = cx.world.production_orders.find(kept.production_order_id);
    let whom = match (made, kept.order_line_id) {
        (Some(made), _) => made.no.clone(),
        (None, Some(line)) => crate::text::need::order_line(cx.world, line),
        (None, None) => String::new(),
    };
    Row {
        id: kept.id,
        cells: vec![
            text(item.map(|i| i.code.clone()).unwrap_or_default()),
            text(item.map(|i| i.name.clone()).unwrap_or_default()),
            of,
            text(whom),
            qty(kept.qty),
            day(Some(kept.made_on), cx),
            dim(kept.reason.clone()),
        ],
    }
}

/// What should be done about open orders and stock, the most pressing first.
pub(super) fn advice(cx: &Cx<'_>) -> Part {
    let mut said: Vec<(usize, &Message)> =
        cx.outlook.explosion.messages.iter().enumerate().collect();
    said.sort_by_key(|(at, message)| (rank(message), *at));
    let ids = said
        .iter()
        .filter_map(|(at, _)| i64::try_from(at + 1).ok())
        .collect();
    Part {
        kind: PartKind::Advice,
        title: m::PART_ADVICE,
        count: (!said.is_empty()).then_some(said.len()),
        content: Content::Long(super::super::Long {
            columns: ADVICE,
            ids,
            empty: Some(m::EMPTY_ADVICE),
        }),
    }
}

const fn rank(message: &Message) -> u8 {
    match message {
        Message::Overdue { .. } => 0,
        Message::PastDueRelease { .. } => 1,
        Message::Expedite { .. } => 2,
        Message::CustomerShort { .. } => 3,
        Message::BelowSafety { .. } => 4,
        Message::Cancel { .. } => 5,
        Message::Defer { .. } => 6,
        Message::ReservationUnused { .. } => 7,
    }
}

fn message<'a>(cx: &Cx<'a>, row: i64) -> Option<&'a Message> {
    let at = usize::try_from(row).ok()?.checked_sub(1)?;
    cx.outlook.explosion.messages.get(at)
}

pub(super) fn cells(cx: &Cx<'_>, row: i64) -> Vec<Cell> {
    let Some(message) = message(cx, row) else {
        return Vec::new();
    };
    let code = cx
        .world
        .items
        .get(message.item())
        .map_or("", |i| i.code.as_str());
    let role = match rank(message) {
        0 | 1 => Role::Bad,
        2..=4 => Role::Warn,
        _ => Role::Base,
    };
    vec![text(code), Cell::new(message.say(code, cx.lang), role)]
}

/// The item that a piece of advice is about.
pub(super) fn item_at(cx: &Cx<'_>, row: i64) -> Option<i64> {
    message(cx, row).map(Message::item)
}

/// The purchase line that a piece of advice is about.
pub(super) fn purchase_at(cx: &Cx<'_>, row: i64) -> Option<i64> {
    let supply = match message(cx, row)? {
        Message::Expedite { supply, .. }
        | Message::Defer { supply, .. }
        | Message::Cancel { supply, .. }
        | Message::Overdue { supply, .. } => *supply,
        _ => return None,
    };
    match supply {
        Supply::Purchase(id) => Some(id),
        _ => None,
    }
}
