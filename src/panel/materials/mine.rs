//! What is on order for me, and when: all items of a production order or of an order on one screen.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::subject::Subject;
use super::*;
use crate::app::outlook::{For, Supply};
use crate::domain::order::Order;

const COLUMNS: &[Column] = &[
    column(w::MATERIAL, Width::Fixed(11), 1),
    column(w::NAME, Width::Fill(2), 0),
    number(w::NEED, 9, 0),
    number(w::STOCK, 9, 0),
    number(w::COVERED, 9, 2),
    number(m::MINE, 9, 0),
    column(w::ARRIVES, Width::Fixed(10), 0),
    number(w::GAP, 9, 0),
    column(w::UNIT, Width::Fixed(4), 4),
    column(w::ORDER_BY, Width::Fixed(10), 0),
    number(m::MORE_SETS, 9, 3),
];

/// What one item of the subject stands at.
#[derive(Debug, Clone, Default)]
struct Mine {
    need: Qty,
    covered: Qty,
    coming: Qty,
    /// Last day of what is coming; `None`: some of it has no date, or nothing comes.
    arrives: Option<NaiveDate>,
    gap: Qty,
    order_by: Option<NaiveDate>,
    more_sets: Qty,
}

pub(super) fn part(cx: &Cx<'_>, subject: Subject<'_>) -> Part {
    let items = match subject {
        Subject::Made(made) => of_made(cx, made),
        Subject::Order(order) => of_order(cx, order, &subject.needs(cx)),
        Subject::All => BTreeMap::new(),
    };
    let short = items.values().filter(|i| i.gap.is_positive()).count();
    let mut items: Vec<(i64, Mine)> = items.into_iter().collect();
    // What nobody has ordered first, then what comes last.
    items.sort_by_key(|(id, i)| {
        let waits = i.covered < i.need;
        (
            !i.gap.is_positive(),
            !waits,
            i.order_by,
            std::cmp::Reverse(i.arrives),
            *id,
        )
    });
    let rows = items.iter().map(|(id, i)| row(cx, *id, i)).collect();
    Part {
        kind: PartKind::Parts,
        title: w::PART_PARTS,
        count: Some(short),
        content: Content::List(Listing {
            columns: COLUMNS,
            rows,
            empty: Some(w::EMPTY_PARTS),
        }),
    }
}

fn of_made(cx: &Cx<'_>, made: &ProductionOrder) -> BTreeMap<i64, Mine> {
    let mut out: BTreeMap<i64, Mine> = BTreeMap::new();
    let Some(kit) = cx.outlook.kits.get(&made.id) else {
        return out;
    };
    let order = production::owner(cx.world, made).map(|(o, _)| o.id);
    for part in &kit.parts {
        let mine = out.entry(part.item_id).or_default();
        mine.need += part.need;
        mine.covered += part.covered;
        mine.coming += part.on_order();
        mine.gap += part.uncovered.floor_zero();
        mine.arrives = mine
            .arrives
            .max(arrives(part.coming.iter().map(|(_, date, _)| *date)));
    }
    for (item, mine) in &mut out {
        if mine.gap.is_positive() {
            mine.order_by = order_by(cx, *item, order);
        }
        let gain = kit.gains.iter().find(|g| g.item == *item);
        mine.more_sets = gain.map_or(Qty::ZERO, |g| g.more_sets);
    }
    out
}

/// The last of the days on which something comes; `None` where one of them is unknown.
fn arrives(dates: impl Iterator<Item = Option<NaiveDate>>) -> Option<NaiveDate> {
    let mut last = None;
    for date in dates {
        last = last.max(Some(date?));
    }
    last
}

/// When an item has to be ordered at the latest for an order; for anybody, where none is known.
fn order_by(cx: &Cx<'_>, item: i64, order: Option<i64>) -> Option<NaiveDate> {
    let planned = cx
        .outlook
        .of_item(item)
        .iter()
        .filter(|r| r.qty_planned.is_positive());
    let mine = planned.filter(|r| order.is_none() || r.pegs.iter().any(|p| p.order_id == order));
    mine.map(|r| r.release_date)
        .min()
        .or_else(|| cx.outlook.order_by(item))
}

/// All items at every level under the lines of an order, apart from what is ordered itself.
fn of_order(cx: &Cx<'_>, order: &Order, needs: &BTreeSet<i64>) -> BTreeMap<i64, Mine> {
    let products: BTreeSet<i64> = cx
        .world
        .order_lines
        .of(order.id)
        .filter_map(|l| l.item_id)
        .collect();
    let mut out: BTreeMap<i64, Mine> = BTreeMap::new();
    let mine = |to: For| matches!(to, For::Need(id) if needs.contains(&id));
    let rows = cx
        .outlook
        .explosion
        .rows
        .iter()
        .filter(|r| !products.contains(&r.item));
    for row in rows.filter(|r| r.pegs.iter().any(|p| mine(p.to))) {
        let entry = out.entry(row.item).or_default();
        entry.need += row.pegs.iter().filter(|p| mine(p.to)).map(|p| p.qty).sum();
        for cover in row.covers.iter().filter(|c| mine(c.to)) {
            match cover.from {
                Supply::Stock | Supply::Reserved(_) | Supply::Substitute(_) => {
                    entry.covered += cover.qty
                }
                Supply::Purchase(id) => {
                    entry.coming += cover.qty;
                    let line = cx.world.purchases.get(id);
                    let date = line.and_then(|l| purchase::expected(cx.world, l, cx.today()));
                    entry.arrives = entry.arrives.max(date);
                }
                Supply::Production(_) => entry.coming += cover.qty,
                Supply::Lot(_) => {}
            }
        }
        if row.qty_planned.is_positive() {
            let by = row.release_date;
            entry.order_by = match (entry.order_by, by) {
                (Some(a), Some(b)) => Some(a.min(b)),
                (a, b) => a.or(b),
            };
        }
    }
    for (item, mine) in &mut out {
        mine.gap = (mine.need - mine.covered - mine.coming).floor_zero();
        if mine.gap.is_positive() {
            mine.order_by = mine.order_by.or_else(|| cx.outlook.order_by(*item));
        } else {
            mine.order_by = None;
        }
    }
    out
}

fn row(cx: &Cx<'_>, id: i64, mine: &Mine) -> Row {
    let item = cx.world.items.get(id);
    let mut gap = qty_or_blank(mine.gap);
    gap.role = Role::Bad;
    let customers = item.is_some_and(|i| i.customer_supplied);
    let by = if customers && mine.gap.is_positive() {
        word(
            crate::text::explosion::CUSTOMER_SUPPLIED,
            Role::Warn,
            cx.lang,
        )
    } else if mine.order_by.is_some() {
        due(mine.order_by, cx)
    } else {
        dim("")
    };
    let arrives = if mine.coming.is_positive() {
        match mine.arrives {
            Some(date) => day(Some(date), cx),
            None => word(m::NO_DATE, Role::Warn, cx.lang),
        }
    } else {
        dim("")
    };
    Row {
        id,
        cells: vec![
            text(item.map(|i| i.code.clone()).unwrap_or_default()),
            text(item.map(|i| i.name.clone()).unwrap_or_default()),
            qty(mine.need),
            qty(item.map_or(Qty::ZERO, purchase::usable)),
            qty_or_blank(mine.covered),
            qty_or_blank(mine.coming),
            arrives,
            gap,
            dim(item.map(|i| i.unit.clone()).unwrap_or_default()),
            by,
            qty_or_blank(mine.more_sets),
        ],
    }
}
