//! What a row of the panel is about: a production order, an order, or everything.

use std::collections::{BTreeMap, BTreeSet};

use super::*;
use crate::domain::codes::OrderState;
use crate::domain::order::Order;
use crate::domain::rule::delivery;

/// The row of all requirements and purchases.
pub const ALL: i64 = -1;
/// Rows of orders lie above those of production orders.
const ORDERS: i64 = 1 << 40;

/// What a row is about.
#[derive(Clone, Copy)]
pub(super) enum Subject<'a> {
    All,
    Made(&'a ProductionOrder),
    Order(&'a Order),
}

impl<'a> Subject<'a> {
    pub(super) fn of(cx: &Cx<'a>, row: i64) -> Option<Self> {
        if row == ALL {
            return Some(Self::All);
        }
        if row >= ORDERS {
            return cx.world.orders.get(row - ORDERS).map(Self::Order);
        }
        cx.world.production_orders.get(row).map(Self::Made)
    }

    pub(super) fn order(self, cx: &Cx<'a>) -> Option<&'a Order> {
        match self {
            Self::All => None,
            Self::Made(made) => production::owner(cx.world, made).map(|(order, _)| order),
            Self::Order(order) => Some(order),
        }
    }

    /// The needs it is about: order lines by id; empty where it is about everything.
    pub(super) fn needs(self, cx: &Cx<'a>) -> BTreeSet<i64> {
        match self {
            Self::All => BTreeSet::new(),
            Self::Made(made) => {
                let others = cx.world.production_order_lines.of(made.id);
                let others = others.map(|share| share.order_line_id);
                made.order_line_id.into_iter().chain(others).collect()
            }
            Self::Order(order) => cx.world.order_lines.of(order.id).map(|l| l.id).collect(),
        }
    }
}

/// The row of an order, where it has one of its own.
pub(super) const fn order_row(order: i64) -> i64 {
    ORDERS + order
}

fn live(cx: &Cx<'_>, made: &ProductionOrder) -> bool {
    production::is_live(production::standing(cx.world, made))
}

/// Whether an order has a row of its own: it is open, something of it is known to be needed, and
/// not exactly one production order stands for it.
pub(super) fn has_row(cx: &Cx<'_>, order: &Order) -> bool {
    if order.state != OrderState::Accepted || order.on_hold {
        return false;
    }
    let lines = || {
        cx.world
            .order_lines
            .of(order.id)
            .filter(|l| l.item_id.is_some())
    };
    let open =
        |l: &&crate::domain::order::OrderLine| delivery::line_qty(cx.world, l).open.is_positive();
    let made = production::of_order(cx.world, order)
        .filter(|p| live(cx, p))
        .count();
    let rest = |l: &crate::domain::order::OrderLine| {
        let open = delivery::line_qty(cx.world, l).ordered;
        production::in_production(cx.world, l) < open
    };
    lines().any(|l| open(&l)) && (made != 1 || lines().any(rest))
}

/// The rows of the panel by id, in their order.
pub(super) fn ids(cx: &Cx<'_>) -> Vec<i64> {
    let mut made: Vec<&ProductionOrder> = cx
        .world
        .production_orders
        .iter()
        .filter(|p| live(cx, p))
        .collect();
    made.sort_by_key(|p| (cx.outlook.finishes.get(&p.id).map(|f| f.starts), p.id));
    let mut ids: Vec<i64> = made.into_iter().map(|p| p.id).collect();
    let orders = cx.world.orders.iter().filter(|o| has_row(cx, o));
    ids.extend(orders.map(|o| order_row(o.id)));
    if !cx.world.purchases.is_empty() || !cx.outlook.requirements.is_empty() {
        ids.push(ALL);
    }
    ids
}

/// Those rows.
pub(super) fn rows(cx: &Cx<'_>, ids: &[i64]) -> Vec<Row> {
    let gaps = std::cell::LazyCell::new(|| gaps(cx));
    each(ids, |id| {
        Some(match Subject::of(cx, id)? {
            Subject::All => all_row(cx),
            Subject::Made(made) => made_row(cx, made),
            Subject::Order(order) => order_line_row(cx, order, &gaps),
        })
    })
}

/// By order: the items that nothing there or on order covers, the first of them, and the latest day
/// to order all of them in time.
fn gaps(cx: &Cx<'_>) -> BTreeMap<i64, (BTreeSet<i64>, Option<chrono::NaiveDate>)> {
    let mut out: BTreeMap<i64, (BTreeSet<i64>, Option<chrono::NaiveDate>)> = BTreeMap::new();
    for need in cx
        .outlook
        .requirements
        .iter()
        .filter(|r| !r.make && r.net.is_positive())
    {
        for peg in &need.pegs {
            let Some(order) = peg.order_id else { continue };
            let (items, first) = out.entry(order).or_default();
            items.insert(need.item_id);
            if need.qty_planned.is_positive() {
                *first = Some(first.map_or(need.release_date, |f| f.min(need.release_date)));
            }
        }
    }
    out
}

fn made_row(cx: &Cx<'_>, made: &ProductionOrder) -> Row {
    let owner = production::owner(cx.world, made);
    let item = cx.world.items.find(made.item_id);
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
    let blocking = kit.and_then(|k| k.blocking.first());
    let blocking = blocking.map(|id| item_name(cx, *id)).unwrap_or_default();
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
            text(item.map(|i| i.name.clone()).unwrap_or_default()),
            qty_or_blank(kit.map_or(Qty::ZERO, |k| k.needed_sets)),
            buildable,
            kit.map_or_else(|| dim("—"), |k| percent(k.item_rate)),
            ready,
            Cell::new(blocking, Role::Warn),
        ],
    }
}

fn order_line_row(
    cx: &Cx<'_>,
    order: &Order,
    gaps: &BTreeMap<i64, (BTreeSet<i64>, Option<chrono::NaiveDate>)>,
) -> Row {
    let open = delivery::order_qty(cx.world, order).open;
    let gap = gaps.get(&order.id);
    let short = gap.and_then(|(items, _)| items.first());
    let ready = match gap {
        Some((items, _)) if !items.is_empty() => word(w::NOT_ORDERED, Role::Bad, cx.lang),
        _ => word(w::COVERED, Role::Ok, cx.lang),
    };
    Row {
        id: order_row(order.id),
        cells: vec![
            word(m::WHOLE_ORDER, Role::Dim, cx.lang),
            text(order.no.clone()),
            customer(cx, order),
            super::super::build::product(cx, order),
            qty_or_blank(open),
            dim("—"),
            dim("—"),
            ready,
            Cell::new(
                short.map(|id| item_name(cx, *id)).unwrap_or_default(),
                Role::Warn,
            ),
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

/// The row in a few facts.
pub(super) fn head(cx: &Cx<'_>, subject: Subject<'_>) -> Vec<(String, Cell)> {
    match subject {
        Subject::All => all_head(cx),
        Subject::Made(made) => made_head(cx, made),
        Subject::Order(order) => super::super::build::order_head(cx, order),
    }
}

fn all_head(cx: &Cx<'_>) -> Vec<(String, Cell)> {
    let open = |p: &&Purchase| purchase::arrival(cx.world, p).open.is_positive();
    let open = cx.world.purchases.iter().filter(open).count();
    let planned = cx.outlook.requirements.iter();
    let planned = planned
        .filter(|r| !r.make && r.qty_planned.is_positive())
        .count();
    vec![
        fact(w::OPEN_PURCHASES, text(format::count(open)), cx.lang),
        fact(m::PART_TO_ORDER, text(format::count(planned)), cx.lang),
    ]
}

fn made_head(cx: &Cx<'_>, made: &ProductionOrder) -> Vec<(String, Cell)> {
    let no = Cell::new(made.no.clone(), Role::Title);
    let mut head = vec![fact(w::PRODUCTION_NO, no, cx.lang)];
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
        let names = Cell::new(names.join(", "), Role::Warn);
        head.push(fact(w::BLOCKING, names, cx.lang));
    }
    head
}
