//! What the components of production orders need, and what stock and open orders give them.
// Positions come from `Network`, for lists of the same length.
#![allow(clippy::indexing_slicing)]

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::domain::quantity::{Micro, Qty};
use crate::plan::explode::amount::{component_need, start_qty};
use crate::plan::explode::load::Loaded;
use crate::plan::explode::net::{Demand, Desk, Rank, Ranks, SURPLUS};
use crate::plan::explode::network::Network;
use crate::plan::explode::{
    BomLine, Input, Item, Origin, ParentLot, ParentUse, Production, Source, Stage, Supply,
};

/// What covers the components, by production order and component, in date order.
pub(super) type Covers = BTreeMap<(i64, usize), Vec<(Supply, Option<NaiveDate>, Qty)>>;

pub(super) struct Order<'a> {
    pub(super) production: &'a Production,
    pub(super) node: usize,
    pub(super) uses: Vec<Use<'a>>,
}

/// One component of one order, with the way down to it (through phantoms).
pub(super) struct Use<'a> {
    pub(super) node: usize,
    pub(super) path: Vec<(&'a Item, &'a BomLine)>,
    pub(super) operation: Option<i64>,
    pub(super) date: NaiveDate,
    pub(super) needed: Qty,
    pub(super) issued: Qty,
}

impl Use<'_> {
    /// The component's need for `sets` of the product.
    fn need(&self, sets: Qty, stage: Stage) -> Qty {
        self.path.iter().fold(sets, |qty, (item, line)| {
            component_need(start_qty(item, qty), line, stage).0
        })
    }

    /// The most sets, in whole steps, whose need does not exceed `have`.
    pub(super) fn sets(&self, have: Qty, production: &Production, step: Qty) -> Qty {
        if have >= self.needed {
            return production.qty_open;
        }
        let step = step.0.max(1);
        let (mut low, mut high) = (0, production.qty_open.0 / step);
        while low < high {
            let mid = low + (high - low + 1) / 2;
            if self.need(Micro(mid * step), production.stage) <= have {
                low = mid;
            } else {
                high = mid - 1;
            }
        }
        Micro(low * step)
    }

    /// What the component asks of stock and open orders.
    fn demand(&self, production: &Production, rank: Rank) -> Option<Demand> {
        let (item, line) = self.path.last()?;
        let qty = self.needed - self.issued;
        let origin = Origin::Parent(ParentUse {
            parent: item.id,
            lot: ParentLot::Production(production.id),
            start_qty: production.qty_open,
            per: line.per,
            fixed: line.fixed,
            wastage: line.wastage,
            wastage_rule: line.wastage_rule,
            issued: self.issued,
            operation: self.operation,
        });
        qty.is_positive().then(|| Demand {
            date: self.date,
            qty,
            origin,
            shares: vec![(rank, qty)],
        })
    }
}

/// The components of a production order, phantoms blown through, with what was issued.
pub(super) fn uses<'a>(
    input: &Input,
    network: &Network<'a>,
    node: usize,
    production: &Production,
) -> Vec<Use<'a>> {
    let mut issued: BTreeMap<i64, Qty> = BTreeMap::new();
    for issue in &production.issued {
        *issued.entry(issue.item).or_default() += issue.qty.floor_zero();
    }
    let mut found = Vec::new();
    let mut open: Vec<(usize, Vec<(&Item, &BomLine)>)> = vec![(node, Vec::new())];
    while let Some((parent, path)) = open.pop() {
        for (line, child) in &network.children[parent] {
            let mut path = path.clone();
            path.push((network.items[parent], line));
            if network.items[*child].source == Source::Phantom {
                open.push((*child, path));
                continue;
            }
            let operation = path.first().and_then(|(_, line)| line.operation);
            let mut used = Use {
                node: *child,
                path,
                operation,
                date: take_date(input, production, operation),
                needed: Qty::ZERO,
                issued: Qty::ZERO,
            };
            used.needed = used.need(production.qty_open, production.stage);
            if used.needed.is_positive() {
                found.push(used);
            }
        }
    }
    found.sort_by_key(|u| (u.operation, u.node));
    for used in &mut found {
        let code = network.items[used.node].id;
        if let Some(left) = issued.get_mut(&code) {
            used.issued = used.needed.min(*left);
            *left -= used.issued;
        }
    }
    found
}

fn take_date(input: &Input, production: &Production, operation: Option<i64>) -> NaiveDate {
    let own = operation.and_then(|seq| {
        let mut starts = production.operation_starts.iter();
        starts.find(|start| start.seq == seq)
    });
    own.map_or(production.start, |start| start.date)
        .max(input.today)
}

/// Nets every component like the explosion does, but with the safety stock in reach.
pub(super) fn allocate(
    input: &Input,
    network: &Network,
    ranks: &Ranks,
    orders: &[Order],
    mut loaded: Loaded,
) -> Covers {
    // Whose component each demand is, by item and place in its list.
    let mut owners: BTreeMap<(usize, usize), (i64, usize)> = BTreeMap::new();
    for order in orders {
        let rank = order.production.need.and_then(|id| ranks.rank(id));
        for (at, used) in order.uses.iter().enumerate() {
            if let Some(demand) = used.demand(order.production, rank.unwrap_or(SURPLUS)) {
                let list = &mut loaded.demands[used.node];
                owners.insert((used.node, list.len()), (order.production.id, at));
                list.push(demand);
            }
        }
    }
    let mut covers = Covers::new();
    for (node, item) in network.items.iter().enumerate() {
        let mut desk = Desk::open(
            node,
            item,
            std::mem::take(&mut loaded.demands[node]),
            std::mem::take(&mut loaded.comings[node]),
            std::mem::take(&mut loaded.reserved[node]),
        );
        desk.safety = Qty::ZERO;
        desk.net(&input.settings);
        let dates: BTreeMap<Supply, Option<NaiveDate>> =
            desk.comings.iter().map(|c| (c.supply, c.date)).collect();
        for take in &desk.takes {
            let demand = desk.lines[take.line].demand;
            if let Some(owner) = owners.get(&(node, demand)) {
                let date = dates.get(&take.from).copied().flatten();
                let list = covers.entry(*owner).or_default();
                list.push((take.from, date, take.qty));
            }
        }
    }
    for list in covers.values_mut() {
        list.sort_by_key(|(supply, date, _)| (!is_stock(*supply), date.is_none(), *date, *supply));
    }
    covers
}

pub(super) const fn is_stock(supply: Supply) -> bool {
    matches!(supply, Supply::Stock | Supply::Reserved(_))
}
