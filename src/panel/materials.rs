//! Materials: the kit line of every production order, what is needed, on order, promised, received.

mod chases;
mod purchases_part;
mod suppliers;

use super::build::{
    code, customer, day, dim, due, fact, late, percent, qty, qty_or_blank, text, word,
};
use purchases_part::{history, purchases};

use super::{
    Cell, Column, Content, Cx, Detail, Listing, Panel, Part, PartKind, Reply, Row, Spot, Width,
    column, number,
};

use crate::app::action::Action;

use crate::command::Command;

use crate::domain::codes::{Stage, Subject};

use crate::domain::production::ProductionOrder;

use crate::domain::purchase::Purchase;

use crate::domain::quantity::Qty;

use crate::domain::rule::{production, purchase};

use crate::overlay::form::FormKind;

use crate::overlay::forms::followup::chase_about;

use crate::text::{format, message, show, words as w};

use crate::theme::Role;

/// The Materials panel. A row is a production order that still needs parts; the last row, with the
/// id [`ALL`], holds all purchase lines.
#[derive(Debug, Clone, Copy)]
pub struct Materials;

/// The row of all purchases and requirements.
pub const ALL: i64 = -1;

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

const PARTS: &[Column] = &[
    column(w::MATERIAL, Width::Fixed(12), 1),
    column(w::NAME, Width::Fill(2), 0),
    number(w::NEED, 10, 0),
    number(w::STOCK, 10, 2),
    number(w::COVERED, 10, 1),
    number(w::ON_ORDER, 10, 0),
    column(w::ARRIVES, Width::Fixed(11), 0),
    number(w::GAP, 10, 0),
    column(w::UNIT, Width::Fixed(4), 3),
    column(w::ORDER_BY, Width::Fixed(11), 1),
];

const PURCHASES: &[Column] = &[
    column(w::PURCHASE_NO, Width::Fixed(10), 0),
    column(w::NAME, Width::Fill(2), 0),
    column(w::SUPPLIER, Width::Fill(1), 2),
    number(w::QTY, 10, 1),
    number(w::RECEIVED, 10, 1),
    number(w::SHORT, 10, 0),
    column(w::REQUIRED_DATE, Width::Fixed(11), 2),
    column(w::FIRST_PROMISE, Width::Fixed(11), 4),
    column(w::LATEST_PROMISE, Width::Fixed(11), 0),
    number(w::LATE, 8, 0),
    number(w::CHASES, 4, 3),
];

const HISTORY: &[Column] = &[
    column(w::DATE, Width::Fixed(11), 0),
    column(w::WHAT, Width::Fixed(14), 0),
    column(w::QTY, Width::Fixed(20), 0),
    column(w::NOTE, Width::Fill(1), 1),
];

impl Panel for Materials {
    fn stage(&self) -> Stage {
        Stage::Materials
    }

    fn list(&self, cx: &Cx<'_>) -> Listing {
        let live = |p: &&ProductionOrder| production::is_live(production::standing(cx.world, p));
        let mut made: Vec<&ProductionOrder> =
            cx.world.production_orders.iter().filter(live).collect();
        made.sort_by_key(|p| (cx.outlook.finishes.get(&p.id).map(|f| f.starts), p.id));
        let mut rows: Vec<Row> = made.into_iter().map(|p| row(cx, p)).collect();
        if !cx.world.purchases.is_empty() || !cx.outlook.requirements.is_empty() {
            rows.push(all_row(cx));
        }
        Listing {
            columns: COLUMNS,
            rows,
            empty: Some(w::EMPTY_MATERIALS),
        }
    }

    fn detail(&self, cx: &Cx<'_>, id: i64) -> Detail {
        if id == ALL {
            let open = cx
                .world
                .purchases
                .iter()
                .filter(|p| purchase::arrival(cx.world, p).open.is_positive())
                .count();
            let head = vec![fact(w::OPEN_PURCHASES, text(open.to_string()), cx.lang)];
            let parts = vec![
                requirements(cx),
                purchases(cx, |_| true),
                chases::chases(cx, None),
                suppliers::suppliers(cx),
                history(cx, |_| true),
            ];
            return Detail { head, parts };
        }
        let Some(made) = cx.world.production_orders.get(id) else {
            return Detail::default();
        };
        let items: Vec<i64> = cx
            .outlook
            .kits
            .get(&id)
            .map(|k| k.parts.iter().map(|p| p.item_id).collect())
            .unwrap_or_default();
        let order = production::owner(cx.world, made).map(|(o, _)| o.id);
        let mine =
            |p: &Purchase| items.contains(&p.item_id) || (order.is_some() && p.order_id == order);
        Detail {
            head: head(cx, made),
            parts: vec![
                parts(cx, made),
                purchases(cx, mine),
                chases::chases(cx, Some(id)),
                history(cx, mine),
            ],
        }
    }

    fn actions(&self, spot: &Spot) -> &'static [Action] {
        use Action as A;
        match spot.part {
            PartKind::Purchases => &[
                A::Promise,
                A::Receive,
                A::Chase,
                A::CopyMessage,
                A::Snooze,
                A::ClosePurchase,
                A::Deposit,
                A::RaiseException,
            ],
            PartKind::Chases | PartKind::Suppliers => chases::ACTIONS,
            PartKind::Parts => &[A::Buy, A::CountStock, A::Promise, A::Receive],
            _ => &[
                A::Buy,
                A::Promise,
                A::Receive,
                A::Chase,
                A::CountStock,
                A::RaiseException,
            ],
        }
    }

    fn act(&self, cx: &Cx<'_>, action: Action, spot: &Spot) -> Reply {
        if let Some(reply) = chases::act(cx, action, spot) {
            return reply;
        }
        match action {
            Action::Buy => return buy(cx, spot),
            Action::Open if spot.part == PartKind::Parts => return buy(cx, spot),
            Action::CountStock => return count(cx, spot),
            _ => {}
        }
        let order = self.order_of(cx, spot.row);
        let line = selected_purchase(cx, spot);
        match (action, line) {
            (Action::Open | Action::Receive, Some(p))
                if action == Action::Receive || spot.part == PartKind::Purchases =>
            {
                super::open(cx, FormKind::Receive, p.id)
            }
            (Action::Deposit, Some(p)) => super::open(cx, FormKind::Deposit, p.id),
            (Action::Promise, Some(p)) => super::open(cx, FormKind::Promise, p.id),
            (Action::ClosePurchase, Some(p)) => Reply::Confirm {
                question: w::ASK_CLOSE_PURCHASE.fill(cx.lang, &[&p.no]),
                command: Command::ClosePurchase { purchase_id: p.id },
            },
            (Action::Chase, Some(p)) => Reply::Form(Box::new(chase_about(
                cx,
                Subject::Purchase,
                p.id,
                p.order_id.or(order),
            ))),
            (Action::CopyMessage, Some(p)) => Reply::Copy(message::purchase(cx.world, p, cx.lang)),
            (Action::Snooze, Some(p)) => super::form(cx, FormKind::Snooze, p.id, |f| {
                f.hide("subject", Subject::Purchase.code())
            }),
            (Action::RaiseException, Some(p)) => {
                super::raise(cx, Stage::Materials, p.order_id.or(order), |f| {
                    f.hide("purchase", p.id.to_string())
                        .with("department", "purchasing")
                })
            }
            (Action::RaiseException, None) => super::raise(cx, Stage::Materials, order, |f| f),
            (
                Action::Promise
                | Action::Receive
                | Action::Chase
                | Action::CopyMessage
                | Action::ClosePurchase
                | Action::Deposit,
                None,
            ) => Reply::Refuse(w::NO_PURCHASE),
            _ => Reply::Pass,
        }
    }

    fn order_of(&self, cx: &Cx<'_>, row: i64) -> Option<i64> {
        let made = cx.world.production_orders.get(row)?;
        production::owner(cx.world, made).map(|(order, _)| order.id)
    }
}

fn item_name(cx: &Cx<'_>, id: i64) -> String {
    cx.world
        .items
        .get(id)
        .map(|i| i.name.clone())
        .unwrap_or_default()
}

fn row(cx: &Cx<'_>, made: &ProductionOrder) -> Row {
    let owner = production::owner(cx.world, made);
    let item = cx
        .world
        .items
        .find(made.item_id)
        .map(|i| i.name.clone())
        .unwrap_or_default();
    let kit = cx.outlook.kits.get(&made.id);
    let full = kit.is_some_and(|k| k.buildable_sets >= k.needed_sets);
    let buildable = match kit {
        Some(k) => {
            let mut cell = qty(k.buildable_sets);
            cell.role = if full { Role::Ok } else { Role::Bad };
            cell
        }
        None => dim("—"),
    };
    let blocking = kit
        .and_then(|k| k.blocking.first())
        .map(|id| item_name(cx, *id))
        .unwrap_or_default();
    let ready = match kit {
        Some(k) if !full && k.ready.is_none() => word(w::NOT_ORDERED, Role::Bad, cx.lang),
        Some(_) if full => word(w::COMPLETE, Role::Ok, cx.lang),
        Some(k) => day(k.ready, cx),
        None => dim("—"),
    };
    Row {
        id: made.id,
        cells: vec![
            text(made.no.clone()),
            text(owner.map(|(o, _)| o.no.clone()).unwrap_or_default()),
            owner.map_or_else(|| dim(""), |(o, _)| customer(cx, o)),
            text(item),
            qty_or_blank(kit.map_or(Qty::ZERO, |k| k.needed_sets)),
            buildable,
            kit.map_or_else(|| dim("—"), |k| percent(k.item_rate)),
            ready,
            Cell::new(blocking, Role::Warn),
        ],
    }
}

fn all_row(cx: &Cx<'_>) -> Row {
    let mut cells = vec![dim(""); COLUMNS.len()];
    if let Some(cell) = cells.first_mut() {
        *cell = word(w::ALL, Role::Accent, cx.lang);
    }
    if let Some(cell) = cells.get_mut(3) {
        *cell = word(w::ALL_PURCHASES, Role::Accent, cx.lang);
    }
    Row { id: ALL, cells }
}

fn head(cx: &Cx<'_>, made: &ProductionOrder) -> Vec<(String, Cell)> {
    let mut head = vec![fact(
        w::PRODUCTION_NO,
        Cell::new(made.no.clone(), Role::Title),
        cx.lang,
    )];
    if let Some((order, _)) = production::owner(cx.world, made) {
        head.push(fact(w::ORDER_NO, text(order.no.clone()), cx.lang));
        head.push(fact(w::CUSTOMER, customer(cx, order), cx.lang));
    }
    let Some(kit) = cx.outlook.kits.get(&made.id) else {
        return head;
    };
    let sets = format!(
        "{} / {}",
        format::qty(kit.buildable_sets),
        format::qty(kit.needed_sets)
    );
    head.push(fact(w::BUILDABLE_OF_NEEDED, text(sets), cx.lang));
    head.push(fact(w::KIT_RATE, percent(kit.item_rate), cx.lang));
    head.push(fact(w::KIT_READY, day(kit.ready, cx), cx.lang));
    let names: Vec<String> = kit.blocking.iter().map(|id| item_name(cx, *id)).collect();
    if !names.is_empty() {
        head.push(fact(
            w::BLOCKING,
            Cell::new(names.join(", "), Role::Warn),
            cx.lang,
        ));
    }
    head
}

/// What is on order of an item and the first date on which some of it is expected.
fn on_order(cx: &Cx<'_>, item: i64) -> (Qty, Option<chrono::NaiveDate>) {
    let lines = cx.world.purchases.iter().filter(|p| p.item_id == item);
    lines.fold((Qty::ZERO, None), |(sum, first), line| {
        let open = purchase::arrival(cx.world, line).open;
        if !open.is_positive() {
            return (sum, first);
        }
        let date = purchase::expected(cx.world, line, cx.today());
        let first = match (first, date) {
            (Some(a), Some(b)) => Some(std::cmp::min::<chrono::NaiveDate>(a, b)),
            (a, b) => a.or(b),
        };
        (sum + open, first)
    })
}

/// When an item has to be ordered at the latest, by the requirements.
fn order_by(cx: &Cx<'_>, item: i64) -> Option<chrono::NaiveDate> {
    let planned =
        |r: &&crate::app::outlook::Requirement| r.item_id == item && r.qty_planned.is_positive();
    cx.outlook
        .requirements
        .iter()
        .filter(planned)
        .map(|r| r.release_date)
        .min()
}

fn part_row(cx: &Cx<'_>, item_id: i64, need: Qty, covered: Option<Qty>, gap: Qty) -> Row {
    let item = cx.world.items.get(item_id);
    let (ordered, arrives) = on_order(cx, item_id);
    let mut gap_cell = qty_or_blank(gap);
    gap_cell.role = Role::Bad;
    Row {
        id: item_id,
        cells: vec![
            text(item.map(|i| i.code.clone()).unwrap_or_default()),
            text(item.map(|i| i.name.clone()).unwrap_or_default()),
            qty(need),
            qty(item.map_or(Qty::ZERO, purchase::usable)),
            covered.map_or_else(|| dim(""), qty),
            qty_or_blank(ordered),
            day(arrives, cx),
            gap_cell,
            dim(item.map(|i| i.unit.clone()).unwrap_or_default()),
            due(order_by(cx, item_id), cx),
        ],
    }
}

fn parts(cx: &Cx<'_>, made: &ProductionOrder) -> Part {
    let kit = cx.outlook.kits.get(&made.id);
    let list = kit.map(|k| k.parts.as_slice()).unwrap_or_default();
    let rows: Vec<Row> = list
        .iter()
        .map(|part| {
            let missing = (part.need - part.covered).floor_zero();
            let gap = if part.ready.is_some() {
                Qty::ZERO
            } else {
                missing
            };
            part_row(cx, part.item_id, part.need, Some(part.covered), gap)
        })
        .collect();
    let short = list.iter().filter(|p| p.covered < p.need).count();
    let list = Listing {
        columns: PARTS,
        rows,
        empty: Some(w::EMPTY_PARTS),
    };
    Part {
        kind: PartKind::Parts,
        title: w::PART_PARTS,
        count: Some(short),
        content: Content::List(list),
    }
}

/// All items that have to be bought, whatever for.
fn requirements(cx: &Cx<'_>) -> Part {
    let mut items: Vec<i64> = cx
        .outlook
        .requirements
        .iter()
        .filter(|r| !r.make)
        .map(|r| r.item_id)
        .collect();
    items.sort_unstable();
    items.dedup();
    let rows: Vec<Row> = items
        .into_iter()
        .map(|item| {
            let mine = || {
                cx.outlook
                    .requirements
                    .iter()
                    .filter(move |r| r.item_id == item)
            };
            let need = mine().map(|r| r.gross).sum();
            let gap = mine().map(|r| r.qty_planned).sum();
            part_row(cx, item, need, None, gap)
        })
        .collect();
    let short = cx
        .outlook
        .requirements
        .iter()
        .filter(|r| !r.make && r.qty_planned.is_positive())
        .count();
    let list = Listing {
        columns: PARTS,
        rows,
        empty: Some(w::EMPTY_PARTS),
    };
    Part {
        kind: PartKind::Parts,
        title: w::PART_REQUIREMENTS,
        count: Some(short),
        content: Content::List(list),
    }
}

/// The purchase line that is meant: the selected one, or the first that is still open.
fn selected_purchase<'a>(cx: &Cx<'a>, spot: &Spot) -> Option<&'a Purchase> {
    if spot.part == PartKind::Purchases && spot.part_row > 0 {
        return cx.world.purchases.get(spot.part_row);
    }
    if let Some(line) = chases::chosen(cx, spot) {
        return Some(line);
    }
    let order = Materials.order_of(cx, spot.row);
    let items: Vec<i64> = match (spot.part, cx.outlook.kits.get(&spot.row)) {
        (PartKind::Parts, _) if spot.part_row > 0 => vec![spot.part_row],
        (_, Some(kit)) => kit.parts.iter().map(|p| p.item_id).collect(),
        _ => Vec::new(),
    };
    let mut open: Vec<&Purchase> = cx
        .world
        .purchases
        .iter()
        .filter(|p| purchase::arrival(cx.world, p).open.is_positive())
        .filter(|p| {
            spot.row == ALL
                || items.contains(&p.item_id)
                || (order.is_some() && p.order_id == order)
        })
        .collect();
    open.sort_by_key(|p| (purchase::expected(cx.world, p, cx.today()), p.id));
    open.first().copied()
}

/// The purchase form on the selected part, or on the first that nothing on order covers.
fn buy(cx: &Cx<'_>, spot: &Spot) -> Reply {
    let kit = cx.outlook.kits.get(&spot.row);
    let chosen = (spot.part == PartKind::Parts && spot.part_row > 0).then_some(spot.part_row);
    let uncovered = || {
        kit.and_then(|k| {
            k.parts
                .iter()
                .find(|p| p.covered < p.need && p.ready.is_none())
        })
        .map(|p| p.item_id)
    };
    let planned = || {
        cx.outlook
            .requirements
            .iter()
            .find(|r| !r.make && r.qty_planned.is_positive())
            .map(|r| r.item_id)
    };
    let item = chosen
        .or_else(uncovered)
        .or_else(|| if spot.row == ALL { planned() } else { None })
        .unwrap_or(0);
    let mine = || {
        cx.outlook
            .requirements
            .iter()
            .filter(|r| r.item_id == item && r.qty_planned.is_positive())
    };
    let amount: Qty = mine().map(|r| r.qty_planned).sum();
    let needed = mine()
        .map(|r| r.need_date)
        .min()
        .filter(|d| *d >= cx.today());
    let order = Materials
        .order_of(cx, spot.row)
        .and_then(|id| cx.world.orders.get(id));
    super::form(cx, FormKind::Buy, item, |form| {
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

fn count(cx: &Cx<'_>, spot: &Spot) -> Reply {
    let part = (spot.part == PartKind::Parts && spot.part_row > 0).then_some(spot.part_row);
    let bought = selected_purchase(cx, spot).map(|p| p.item_id);
    match part.or(bought) {
        Some(item) => super::open(cx, FormKind::Count, item),
        None => Reply::Refuse(w::SELECT_PART),
    }
}
