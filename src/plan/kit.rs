//! Kits: how many sets of a production order can be built now, when it is complete, and what blocks.
//!
//! Stock and open orders go to the production orders in the same order as in the explosion, nobody
//! skipped; nothing that is only planned counts. Unlike there the safety stock may be used: it lies
//! in the house. Phantoms are looked through.

// Positions come from `Network`, for lists of the same length.
#![allow(clippy::indexing_slicing)]

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::domain::quantity::{MICRO, Qty, Rate};
use crate::plan::explode::load::Loaded;
use crate::plan::explode::net::Ranks;
use crate::plan::explode::network::Network;
use crate::plan::explode::release::LeadTimes;
use crate::plan::explode::{Input, Production, Source, Supply};

mod supply;

use supply::{Covers, Order, Use, allocate, is_stock, uses};

/// The kit of one production order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KitLine {
    pub production: i64,
    pub item: i64,
    /// What is still to be built, in units of the product.
    pub needed_sets: Qty,
    /// What can be built now from what is issued or allocated in stock.
    pub buildable_sets: Qty,
    /// Components that are complete now, and all components.
    pub items_complete: usize,
    pub items: usize,
    /// When stock and open orders make it complete; `None` where they never do.
    pub ready: Option<NaiveDate>,
    /// The same, if everything missing is ordered today; `None` where the customer has to send it.
    pub possible: Option<NaiveDate>,
    /// Items that are not complete now, the scarcest first.
    pub blocking: Vec<i64>,
    pub components: Vec<KitComponent>,
    pub operations: Vec<KitOperation>,
    /// How the buildable sets grow as open orders come in.
    pub steps: Vec<KitStep>,
    /// What each blocking item would bring if it alone were there.
    pub gains: Vec<KitGain>,
}

impl KitLine {
    /// The share of components that are complete now; one where there are none.
    #[must_use]
    pub fn item_rate(&self) -> Rate {
        let count = |n: usize| Qty::whole(i64::try_from(n).unwrap_or(i64::MAX / MICRO));
        if self.items == 0 {
            return Rate::ONE;
        }
        count(self.items_complete).over(count(self.items))
    }
}

/// One component of a kit, by BOM line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KitComponent {
    pub item: i64,
    pub operation: Option<i64>,
    /// For all needed sets, wastage included.
    pub needed: Qty,
    pub issued: Qty,
    /// Allocated to it from stock.
    pub allocated: Qty,
    /// Allocated to it from open orders; `None` where no date was promised.
    pub coming: Vec<(Supply, Option<NaiveDate>, Qty)>,
    /// Neither there nor on order.
    pub uncovered: Qty,
    /// Sets it would allow now if all else were there.
    pub sets: Qty,
    /// When its allocation is complete; `None` where it never is.
    pub ready: Option<NaiveDate>,
}

/// The kit of one operation: what must be there for it to begin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KitOperation {
    /// `None` gathers components without an operation: they are needed at the first.
    pub seq: Option<i64>,
    pub buildable_sets: Qty,
    pub ready: Option<NaiveDate>,
    pub blocking: Vec<i64>,
}

/// The buildable sets from one day on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KitStep {
    pub date: NaiveDate,
    pub buildable_sets: Qty,
    /// What comes on that day.
    pub items: Vec<i64>,
}

/// "If this item arrives by then, so many more sets."
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KitGain {
    pub item: i64,
    pub by: Option<NaiveDate>,
    pub more_sets: Qty,
}

/// One kit line per open production order, by id.
#[must_use]
pub fn kits(input: &Input) -> Vec<KitLine> {
    let network = Network::new(input);
    let ranks = Ranks::new(&input.needs);
    let mut ignored = Vec::new();
    let lead = LeadTimes::new(input, &mut ignored);
    let loaded = Loaded::new(input, &network, &ranks, &mut ignored);
    let possible = possible_dates(&network, &lead);
    let mut productions: Vec<&Production> = input.productions.iter().collect();
    productions.sort_by_key(|p| p.id);
    let mut orders: Vec<Order> = Vec::new();
    for production in productions.into_iter().filter(|p| p.qty_open.is_positive()) {
        if let Some(node) = network.position(production.item) {
            let uses = uses(input, &network, node, production);
            orders.push(Order {
                production,
                node,
                uses,
            });
        }
    }
    let covers = allocate(input, &network, &ranks, &orders, loaded);
    orders
        .into_iter()
        .map(|order| order.line(input, &network, &covers, &possible))
        .collect()
}

impl Order<'_> {
    fn line(
        &self,
        input: &Input,
        network: &Network,
        covers: &Covers,
        possible: &[Option<NaiveDate>],
    ) -> KitLine {
        let production = self.production;
        let mut components = Vec::new();
        for (at, used) in self.uses.iter().enumerate() {
            let list = covers.get(&(production.id, at)).map_or(&[][..], |l| l);
            components.push(self.component(input, network, used, list));
        }
        let step = network.items[self.node].unit_step;
        let floor = |n: usize, have: Qty| self.uses[n].sets(have, production, step);
        let now: Vec<Qty> = components.iter().map(|c| c.issued + c.allocated).collect();
        let sets: Vec<Qty> = now
            .iter()
            .enumerate()
            .map(|(n, have)| floor(n, *have))
            .collect();
        for (component, sets) in components.iter_mut().zip(&sets) {
            component.sets = *sets;
        }
        let needed = production.qty_open;
        let buildable = least(sets.iter().copied(), needed);
        let ways = self.uses.iter().zip(&components).map(|(used, c)| {
            if c.uncovered.is_positive() || (c.ready.is_none() && !is_complete(c)) {
                possible[used.node].map(|date| date.max(latest_coming(c).unwrap_or(date)))
            } else {
                c.ready
            }
        });
        KitLine {
            production: production.id,
            item: production.item,
            needed_sets: needed,
            buildable_sets: buildable,
            items_complete: components.iter().filter(|c| is_complete(c)).count(),
            items: components.len(),
            ready: latest(components.iter().map(|c| c.ready), input.today),
            possible: latest(ways, input.today),
            blocking: blocking(components.iter()),
            operations: operations(&components, needed, input.today),
            steps: steps(&components, buildable, floor),
            gains: gains(&components, buildable, needed),
            components,
        }
    }

    fn component(
        &self,
        input: &Input,
        network: &Network,
        used: &Use,
        covers: &[(Supply, Option<NaiveDate>, Qty)],
    ) -> KitComponent {
        let (stock, coming): (Vec<_>, Vec<_>) = covers
            .iter()
            .copied()
            .partition(|(supply, _, _)| is_stock(*supply));
        let allocated: Qty = stock.iter().map(|(_, _, qty)| *qty).sum();
        let ordered: Qty = coming.iter().map(|(_, _, qty)| *qty).sum();
        let uncovered = used.needed - used.issued - allocated - ordered;
        let ready = if uncovered.is_positive() {
            None
        } else {
            latest(coming.iter().map(|(_, date, _)| *date), input.today)
        };
        KitComponent {
            item: network.items[used.node].id,
            operation: used.operation,
            needed: used.needed,
            issued: used.issued,
            allocated,
            coming,
            uncovered,
            sets: Qty::ZERO,
            ready,
        }
    }
}

fn is_complete(component: &KitComponent) -> bool {
    component.issued + component.allocated >= component.needed
}

fn latest_coming(component: &KitComponent) -> Option<NaiveDate> {
    component
        .coming
        .iter()
        .filter_map(|(_, date, _)| *date)
        .max()
}

/// The latest of the dates, at least `today`; `None` where one of them is unknown.
fn latest(dates: impl Iterator<Item = Option<NaiveDate>>, today: NaiveDate) -> Option<NaiveDate> {
    let mut latest = today;
    for date in dates {
        latest = latest.max(date?);
    }
    Some(latest)
}

fn least(sets: impl Iterator<Item = Qty>, needed: Qty) -> Qty {
    sets.fold(needed, Ord::min)
}

/// Items that are not complete, the scarcest first, each once.
fn blocking<'c>(components: impl Iterator<Item = &'c KitComponent>) -> Vec<i64> {
    let mut open: Vec<&KitComponent> = components.filter(|c| !is_complete(c)).collect();
    open.sort_by_key(|c| (c.sets, c.item));
    let mut seen = BTreeSet::new();
    open.iter()
        .map(|c| c.item)
        .filter(|item| seen.insert(*item))
        .collect()
}

fn operations(components: &[KitComponent], needed: Qty, today: NaiveDate) -> Vec<KitOperation> {
    let mut by_seq: BTreeMap<Option<i64>, Vec<&KitComponent>> = BTreeMap::new();
    for component in components {
        by_seq
            .entry(component.operation)
            .or_default()
            .push(component);
    }
    by_seq
        .into_iter()
        .map(|(seq, list)| KitOperation {
            seq,
            buildable_sets: least(list.iter().map(|c| c.sets), needed),
            ready: latest(list.iter().map(|c| c.ready), today),
            blocking: blocking(list.into_iter()),
        })
        .collect()
}

/// Walks through the arrivals in date order; a day on which nothing more can be built is left out.
fn steps(components: &[KitComponent], now: Qty, sets: impl Fn(usize, Qty) -> Qty) -> Vec<KitStep> {
    let mut arrivals: BTreeMap<NaiveDate, Vec<(usize, Qty)>> = BTreeMap::new();
    for (at, component) in components.iter().enumerate() {
        for (_, date, qty) in &component.coming {
            if let Some(date) = date {
                arrivals.entry(*date).or_default().push((at, *qty));
            }
        }
    }
    let mut have: Vec<Qty> = components.iter().map(|c| c.issued + c.allocated).collect();
    let mut allows: Vec<Qty> = components.iter().map(|c| c.sets).collect();
    let mut reached = now;
    let mut steps = Vec::new();
    for (date, list) in arrivals {
        for (at, qty) in &list {
            have[*at] += *qty;
            allows[*at] = sets(*at, have[*at]);
        }
        let buildable_sets = allows.iter().copied().min().unwrap_or(reached);
        if buildable_sets > reached {
            reached = buildable_sets;
            let items: BTreeSet<i64> = list.iter().map(|(at, _)| components[*at].item).collect();
            steps.push(KitStep {
                date,
                buildable_sets,
                items: items.into_iter().collect(),
            });
        }
    }
    steps
}

fn gains(components: &[KitComponent], now: Qty, needed: Qty) -> Vec<KitGain> {
    blocking(components.iter())
        .into_iter()
        .map(|item| {
            let others = components.iter().filter(|c| c.item != item);
            let own = components.iter().filter(|c| c.item == item);
            let dates: Option<Vec<NaiveDate>> = own.map(|c| c.ready).collect();
            KitGain {
                item,
                by: dates.and_then(|dates| dates.into_iter().max()),
                more_sets: least(others.map(|c| c.sets), needed) - now,
            }
        })
        .collect()
}

/// The day each item can be there if it is ordered today and nothing of its own materials is.
fn possible_dates(network: &Network, lead: &LeadTimes) -> Vec<Option<NaiveDate>> {
    let mut dates: Vec<Option<NaiveDate>> = vec![None; network.items.len()];
    for node in network.order.iter().rev().flatten() {
        let item = network.items[*node];
        let mut parts = network.children[*node]
            .iter()
            .map(|(_, child)| dates[*child]);
        dates[*node] = match item.source {
            Source::Customer => None,
            Source::Buy => Some(lead.after(item, lead.today())),
            Source::Make | Source::Phantom => {
                latest(&mut parts, lead.today()).map(|from| lead.after(item, from))
            }
        };
    }
    dates
}
