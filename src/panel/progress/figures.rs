//! The daily figures of an order, corrected ones included.

use crate::domain::order::Order;
use crate::domain::rule::production;
use crate::overlay::form::FormKind;
use crate::panel::build::{day, qty, qty_or_blank, text};
use crate::panel::{
    Column, Content, Cx, Listing, Part, PartKind, Reply, Row, Spot, Width, column, number,
};
use crate::text::words as w;
use crate::theme::Role;

const FIGURES: &[Column] = &[
    column(w::DATE, Width::Fixed(11), 0),
    column(w::PRODUCTION_NO, Width::Fixed(9), 2),
    column(w::OPERATION, Width::Fill(1), 0),
    number(w::GOOD, 8, 0),
    number(w::DEFECT, 6, 1),
    number(w::REWORK, 6, 2),
    number(w::SCRAP, 6, 1),
    column(w::NOTE, Width::Fill(1), 3),
];

pub(super) fn part(cx: &Cx<'_>, order: &Order) -> Part {
    let mut list = Vec::new();
    for made in production::of_order(cx.world, order) {
        for operation in cx.world.operations.of(made.id) {
            list.extend(
                cx.world
                    .progress
                    .of(operation.id)
                    .map(|p| (made, operation, p)),
            );
        }
    }
    list.sort_by_key(|(_, operation, p)| (std::cmp::Reverse(p.date), operation.seq, p.id));
    let rows = list.into_iter().map(|(made, operation, p)| {
        let replaced = cx
            .world
            .progress
            .of(operation.id)
            .any(|other| other.corrects == Some(p.id));
        let note = if replaced {
            w::REPLACED.text(cx.lang).to_owned()
        } else {
            p.note.clone()
        };
        let mut cells = vec![
            day(Some(p.date), cx),
            text(made.no.clone()),
            text(operation.name.clone()),
            qty(p.good),
            qty_or_blank(p.defect),
            qty_or_blank(p.rework),
            qty_or_blank(p.scrap),
            text(note),
        ];
        if replaced {
            cells.iter_mut().for_each(|cell| cell.role = Role::Dim);
        }
        Row { id: p.id, cells }
    });
    let list = Listing {
        columns: FIGURES,
        rows: rows.collect(),
        empty: Some(w::EMPTY_FIGURES),
    };
    Part {
        kind: PartKind::Figures,
        title: w::PART_FIGURES,
        count: None,
        content: Content::List(list),
    }
}

pub(super) fn correct(cx: &Cx<'_>, spot: &Spot) -> Reply {
    let replaced = cx
        .world
        .progress
        .iter()
        .any(|p| p.corrects == Some(spot.part_row));
    if replaced {
        Reply::Refuse(w::FIGURE_REPLACED)
    } else {
        crate::panel::open(cx, FormKind::Correct, spot.part_row)
    }
}
