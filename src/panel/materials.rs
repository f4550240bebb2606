//! Materials: the kit line of every production order, what is needed, on order, promised, received.

mod acts;
mod chases;
mod kit_part;
mod mine;
mod needs;
mod purchases_part;
mod reserved;
mod subject;
mod suppliers;
mod to_order;

use super::build::{
    code, customer, day, dim, due, fact, late, percent, qty, qty_or_blank, text, word,
};
use super::{
    Cell, Column, Content, Cx, Detail, Listing, Long, Panel, Part, PartKind, Reply, Row, Spot,
    Width, column, each, number,
};
use crate::app::action::Action;
use crate::command::Command;
use crate::domain::codes::Stage;
use crate::domain::production::ProductionOrder;
use crate::domain::purchase::Purchase;
use crate::domain::quantity::Qty;
use crate::domain::rule::{production, purchase};
use crate::overlay::form::FormKind;
use crate::text::{format, materials as m, show, words as w};
use crate::theme::Role;
pub(super) use acts::about_purchase;
pub use subject::ALL;
use subject::Subject;

/// The Materials panel. A row is a production order that still needs parts, an order whose needs no
/// single production order stands for, or, last, everything (with the id [`ALL`]).
#[derive(Debug, Clone, Copy)]
pub struct Materials;

const COLUMNS: &[Column] = &[
    column(w::PRODUCTION_NO, Width::Fixed(9), 0),
    column(w::ORDER_NO, Width::Fixed(10), 1),
    column(w::CUSTOMER, Width::Fill(1), 4),
    column(w::PRODUCT, Width::Fill(2), 2),
    number(w::NEEDED_SETS, 9, 3),
    number(w::BUILDABLE, 9, 0),
    number(w::KIT_RATE, 7, 3),
    column(w::KIT_READY, Width::Fixed(11), 0),
    column(w::BLOCKING, Width::Fill(1), 0),
];

impl Panel for Materials {
    fn stage(&self) -> Stage {
        Stage::Materials
    }

    fn list(&self, cx: &Cx<'_>) -> Long {
        Long {
            columns: COLUMNS,
            ids: subject::ids(cx),
            empty: Some(w::EMPTY_MATERIALS),
        }
    }

    fn rows(&self, cx: &Cx<'_>, ids: &[i64]) -> Vec<Row> {
        subject::rows(cx, ids)
    }

    fn detail(&self, cx: &Cx<'_>, id: i64) -> Detail {
        let Some(subject) = Subject::of(cx, id) else {
            return Detail::default();
        };
        let lines = purchases_part::lines(cx, subject);
        let purchases = purchases_part::purchases(cx, &lines);
        let history = purchases_part::history(cx, &lines);
        let requirements = needs::part(cx, subject);
        let parts = match subject {
            Subject::All => vec![
                requirements,
                to_order::part(cx),
                purchases,
                chases::chases(cx, None),
                suppliers::suppliers(cx),
                reserved::advice(cx),
                reserved::reserved(cx),
                history,
            ],
            Subject::Made(made) => vec![
                mine::part(cx, subject),
                kit_part::part(cx, made),
                purchases,
                chases::chases(cx, Some(made.id)),
                requirements,
                history,
            ],
            Subject::Order(_) => vec![mine::part(cx, subject), purchases, requirements, history],
        };
        Detail {
            head: subject::head(cx, subject),
            parts,
        }
    }

    fn cells(&self, cx: &Cx<'_>, part: PartKind, row: i64) -> Vec<Cell> {
        match part {
            PartKind::Requirements => needs::cells(cx, row),
            PartKind::Purchases => purchases_part::cells(cx, row),
            PartKind::History => purchases_part::history_cells(cx, row),
            PartKind::Chases => chases::cells(cx, row),
            PartKind::Suppliers => suppliers::cells(cx, row),
            PartKind::Advice => reserved::cells(cx, row),
            _ => Vec::new(),
        }
    }

    fn actions(&self, spot: &Spot) -> &'static [Action] {
        match spot.part {
            PartKind::Purchases | PartKind::Advice => acts::ON_PURCHASE,
            PartKind::Parts | PartKind::Kit | PartKind::Requirements => acts::ON_ITEM,
            PartKind::ToOrder => acts::ON_SUPPLIER,
            PartKind::Chases | PartKind::Suppliers => chases::ACTIONS,
            PartKind::Reserved => acts::ON_RESERVED,
            _ => acts::ON_ROW,
        }
    }

    fn act(&self, cx: &Cx<'_>, action: Action, spot: &Spot) -> Reply {
        acts::act(cx, action, spot)
    }

    fn order_of(&self, cx: &Cx<'_>, row: i64) -> Option<i64> {
        Subject::of(cx, row)?.order(cx).map(|order| order.id)
    }

    fn row_of(&self, cx: &Cx<'_>, order: i64, _: Option<&[i64]>) -> Option<i64> {
        let order = cx.world.orders.get(order)?;
        if subject::has_row(cx, order) {
            return Some(subject::order_row(order.id));
        }
        let live = |p: &&ProductionOrder| production::is_live(production::standing(cx.world, p));
        let mut made: Vec<_> = production::of_order(cx.world, order).filter(live).collect();
        made.sort_by_key(|p| (cx.outlook.finishes.get(&p.id).map(|f| f.starts), p.id));
        made.first().map(|p| p.id)
    }
}

fn item_name(cx: &Cx<'_>, id: i64) -> String {
    cx.world
        .items
        .get(id)
        .map(|i| i.name.clone())
        .unwrap_or_default()
}
