//! Shipments and inspections of an order.

use crate::domain::codes::InspectionResult;
use crate::domain::order::Order;
use crate::domain::quantity::Qty;
use crate::panel::build::{code, day, qty, text};
use crate::panel::{
    Cell, Column, Content, Cx, Listing, Part, PartKind, Row, Width, column, number,
};
use crate::text::{Label, words as w};
use crate::theme::Role;

const SHIPMENTS: &[Column] = &[
    column(w::SHIPMENT_NO, Width::Fixed(9), 0),
    column(w::SHIPPED_ON, Width::Fixed(11), 0),
    number(w::QTY, 10, 0),
    column(w::DELIVERY_METHOD, Width::Fill(1), 1),
    column(w::BL_NO, Width::Fill(1), 2),
    column(w::NOTE, Width::Fill(1), 3),
];

const INSPECTIONS: &[Column] = &[
    column(w::KIND, Width::Fixed(9), 0),
    column(w::DATE, Width::Fixed(11), 0),
    number(w::SAMPLE_SIZE, 8, 1),
    number(w::CRITICAL, 6, 1),
    number(w::MAJOR, 6, 1),
    number(w::MINOR, 6, 1),
    column(w::RESULT, Width::Fixed(8), 0),
    column(w::NOTE, Width::Fill(1), 2),
];

pub(super) fn shipments(cx: &Cx<'_>, order: &Order) -> Part {
    let rows = cx.world.shipments.of(order.id).map(|s| {
        let sum: Qty = cx.world.shipment_lines.of(s.id).map(|l| l.qty).sum();
        Row {
            id: s.id,
            cells: vec![
                text(s.no.clone()),
                day(s.shipped_on.or(s.planned), cx),
                qty(sum),
                text(s.method.clone()),
                text(s.bl_no.clone()),
                text(s.note.clone()),
            ],
        }
    });
    let list = Listing {
        columns: SHIPMENTS,
        rows: rows.collect(),
        empty: Some(w::EMPTY_SHIPMENTS),
    };
    Part {
        kind: PartKind::Shipments,
        title: w::PART_SHIPMENTS,
        count: None,
        content: Content::List(list),
    }
}

pub(super) fn inspections(cx: &Cx<'_>, order: &Order) -> Part {
    let whole = |n: i64| text(n.to_string());
    let rows = cx.world.inspections.of(order.id).map(|i| {
        let role = match i.result {
            InspectionResult::Passed => Role::Ok,
            InspectionResult::Failed => Role::Bad,
            InspectionResult::Pending => Role::Warn,
        };
        Row {
            id: i.id,
            cells: vec![
                code(i.kind, cx.lang),
                day(i.done_on.or(i.planned), cx),
                whole(i.sample),
                whole(i.critical),
                whole(i.major),
                whole(i.minor),
                Cell::new(i.result.word().text(cx.lang), role),
                text(i.note.clone()),
            ],
        }
    });
    let list = Listing {
        columns: INSPECTIONS,
        rows: rows.collect(),
        empty: Some(w::EMPTY_INSPECTIONS),
    };
    Part {
        kind: PartKind::Inspections,
        title: w::PART_INSPECTIONS,
        count: None,
        content: Content::List(list),
    }
}
