//! Sets the needs of one item against what is there and what is coming.
//!
//! Pins first (reservations, orders bought or made for one need), then stock and open orders in the
//! allocation order, nobody skipped. What stays open goes on to lot sizing (`lotting`).
// Every position used below was handed out by this file for lists of the same length.
#![allow(clippy::indexing_slicing)]

use std::cmp::Reverse;
use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};

use super::input::{Allocation, Item, Need, Settings};
use super::outcome::{For, Origin, ParentLot, Supply};
use crate::domain::quantity::{Micro, Qty};

/// Whose need a line is: the rank of an independent need (0 goes first), or one of the two below.
pub(in crate::plan) type Rank = u32;
/// Nobody's: a parent lot's own surplus.
pub(in crate::plan) const SURPLUS: Rank = Rank::MAX - 1;
/// The safety stock's.
pub(in crate::plan) const SAFETY: Rank = Rank::MAX;

/// The independent needs in the order they are served.
#[derive(Debug, Clone, Default)]
pub(in crate::plan) struct Ranks {
    ids: Vec<i64>,
    by_id: BTreeMap<i64, Rank>,
}

impl Ranks {
    /// Ranks by weight, then order date, then id.
    pub(in crate::plan) fn new(needs: &[Need]) -> Self {
        let mut order: Vec<&Need> = needs.iter().collect();
        order.sort_by_key(|n| (Reverse(n.weight), n.order_date, n.id));
        let ids: Vec<i64> = order.iter().map(|n| n.id).collect();
        let by_id = ids.iter().copied().zip(0..SURPLUS).collect();
        Self { ids, by_id }
    }

    pub(in crate::plan) fn rank(&self, need: i64) -> Option<Rank> {
        self.by_id.get(&need).copied()
    }

    pub(in crate::plan) fn who(&self, rank: Rank) -> For {
        match rank {
            SAFETY => For::SafetyStock,
            SURPLUS => For::Surplus,
            _ => self
                .ids
                .get(rank as usize)
                .map_or(For::Surplus, |id| For::Need(*id)),
        }
    }
}

/// One reason for a gross need and for whom it is.
#[derive(Debug, Clone)]
pub(in crate::plan) struct Demand {
    pub(in crate::plan) date: NaiveDate,
    pub(in crate::plan) qty: Qty,
    pub(in crate::plan) origin: Origin,
    /// Sums to `qty`.
    pub(in crate::plan) shares: Vec<(Rank, Qty)>,
}

/// One share of one demand: what is netted.
#[derive(Debug, Clone)]
pub(in crate::plan) struct Line {
    pub(in crate::plan) date: NaiveDate,
    pub(in crate::plan) rank: Rank,
    pub(in crate::plan) demand: usize,
    pub(in crate::plan) qty: Qty,
    /// Not covered so far.
    pub(in crate::plan) open: Qty,
    pub(in crate::plan) from_substitute: Qty,
    pub(in crate::plan) from_surplus: Qty,
    /// What had to be planned for it.
    pub(in crate::plan) net: Qty,
}

/// A cover of one line.
#[derive(Debug, Clone, Copy)]
pub(in crate::plan) struct Take {
    pub(in crate::plan) line: usize,
    pub(in crate::plan) from: Supply,
    pub(in crate::plan) qty: Qty,
}

/// An open order and what is left of it.
#[derive(Debug, Clone)]
pub(in crate::plan) struct Coming {
    pub(in crate::plan) supply: Supply,
    pub(in crate::plan) label: String,
    /// As promised; an overdue one is counted on today.
    pub(in crate::plan) expected: Option<NaiveDate>,
    pub(in crate::plan) date: Option<NaiveDate>,
    pub(in crate::plan) qty: Qty,
    pub(in crate::plan) left: Qty,
    /// The needs it was bought or made for, each with the most that is kept for it.
    pub(in crate::plan) pins: Vec<(Rank, Qty)>,
}

/// A reservation with its holder looked up.
#[derive(Debug, Clone, Copy)]
pub(in crate::plan) struct Pinned {
    pub(in crate::plan) id: i64,
    pub(in crate::plan) left: Qty,
    /// The purchase it is a part of; `None` is the stock.
    pub(in crate::plan) purchase: Option<i64>,
    pub(in crate::plan) to: PinTo,
}

#[derive(Debug, Clone, Copy)]
pub(in crate::plan) enum PinTo {
    Rank(Rank),
    Production(i64),
}

/// One item while it is netted.
#[derive(Debug, Clone)]
pub(in crate::plan) struct Desk<'a> {
    pub(in crate::plan) node: usize,
    pub(in crate::plan) item: &'a Item,
    pub(in crate::plan) demands: Vec<Demand>,
    /// By date, then rank.
    pub(in crate::plan) lines: Vec<Line>,
    pub(in crate::plan) takes: Vec<Take>,
    /// By date; without a date last.
    pub(in crate::plan) comings: Vec<Coming>,
    pub(in crate::plan) reserved: Vec<Pinned>,
    /// What is kept back of the stock.
    pub(in crate::plan) safety: Qty,
    /// Stock above the safety stock that nobody has taken.
    pub(in crate::plan) free: Qty,
    /// How far the stock lies below the safety stock.
    pub(in crate::plan) below_safety: Qty,
}

impl<'a> Desk<'a> {
    pub(in crate::plan) fn open(
        node: usize,
        item: &'a Item,
        demands: Vec<Demand>,
        mut comings: Vec<Coming>,
        reserved: Vec<Pinned>,
    ) -> Self {
        comings.sort_by_key(|c| (c.date.is_none(), c.date, c.supply));
        let mut desk = Self {
            node,
            item,
            demands,
            lines: Vec::new(),
            takes: Vec::new(),
            comings,
            reserved,
            safety: item.safety_stock.floor_zero(),
            free: Qty::ZERO,
            below_safety: Qty::ZERO,
        };
        for (at, demand) in desk.demands.iter().enumerate() {
            for (rank, qty) in demand.shares.iter().filter(|(_, qty)| qty.is_positive()) {
                desk.lines.push(line(demand.date, *rank, at, *qty));
            }
        }
        desk.lines.sort_by_key(|l| (l.date, l.rank, l.demand));
        desk
    }

    /// Nets everything but substitutes and lots.
    pub(in crate::plan) fn net(&mut self, settings: &Settings) {
        self.pin_stock();
        self.pin_reserved_orders();
        self.pin_orders();
        self.add_safety();
        let mut turns: Vec<usize> = (0..self.lines.len()).collect();
        // The safety stock is a wish: it takes open orders only after every real need.
        match settings.allocation {
            Allocation::ByDate => turns.sort_by_key(|n| self.lines[*n].rank == SAFETY),
            Allocation::ByPriority => turns.sort_by_key(|n| {
                let l = &self.lines[*n];
                (l.rank, l.date, l.demand)
            }),
        }
        for at in &turns {
            let from_stock = self.free.min(self.lines[*at].open);
            self.free -= from_stock;
            self.take(*at, Supply::Stock, from_stock);
        }
        let mut first = 0;
        for at in turns {
            while self.comings.get(first).is_some_and(|c| c.left.is_zero()) {
                first += 1;
            }
            let latest = settings.late_days_max.map(|days| {
                let date = self.lines[at].date;
                date.checked_add_days(Days::new(days.into()))
                    .unwrap_or(date)
            });
            for n in first..self.comings.len() {
                let open = self.lines[at].open;
                let in_time = latest.is_none_or(|l| self.comings[n].date.is_some_and(|d| d <= l));
                if !open.is_positive() || !in_time {
                    break;
                }
                self.take_coming(at, n, open);
            }
        }
    }

    /// Covers `qty` of a line.
    pub(in crate::plan) fn take(&mut self, line: usize, from: Supply, qty: Qty) {
        if qty.is_positive() {
            self.lines[line].open -= qty;
            self.takes.push(Take { line, from, qty });
        }
    }

    fn take_coming(&mut self, line: usize, coming: usize, wanted: Qty) {
        let qty = self.comings[coming].left.min(wanted);
        self.comings[coming].left -= qty;
        self.take(line, self.comings[coming].supply, qty);
    }

    /// Serves reservations from the stock that is really there, safety stock included.
    fn pin_stock(&mut self) {
        let there = self.item.on_hand - self.item.on_hold.floor_zero();
        let mut left = there.floor_zero();
        for n in 0..self.reserved.len() {
            let (id, to) = (self.reserved[n].id, self.reserved[n].to);
            if self.reserved[n].purchase.is_some() {
                continue;
            }
            for at in 0..self.lines.len() {
                let wanted = self.lines[at].open.min(self.reserved[n].left).min(left);
                if wanted.is_positive() && self.is_for(at, to) {
                    self.reserved[n].left -= wanted;
                    left -= wanted;
                    self.take(at, Supply::Reserved(id), wanted);
                }
            }
        }
        let used = there.floor_zero() - left;
        let above = there - used - self.safety;
        self.free = above.floor_zero();
        self.below_safety = (-above).floor_zero();
    }

    fn is_for(&self, line: usize, to: PinTo) -> bool {
        let line = &self.lines[line];
        match to {
            PinTo::Rank(rank) => line.rank == rank,
            PinTo::Production(id) => match &self.demands[line.demand].origin {
                Origin::Parent(parent) => parent.lot == ParentLot::Production(id),
                Origin::Need(_) | Origin::SafetyStock => false,
            },
        }
    }

    /// Gives reserved parts of open purchases to those they are reserved for.
    fn pin_reserved_orders(&mut self) {
        for n in 0..self.reserved.len() {
            let (purchase, to) = (self.reserved[n].purchase, self.reserved[n].to);
            let from = |c: &Coming| purchase.map(Supply::Purchase) == Some(c.supply);
            let Some(coming) = self.comings.iter().position(from) else {
                continue;
            };
            for at in 0..self.lines.len() {
                let wanted = self.lines[at].open.min(self.reserved[n].left);
                if wanted.is_positive() && self.is_for(at, to) {
                    let before = self.comings[coming].left;
                    self.take_coming(at, coming, wanted);
                    self.reserved[n].left -= before - self.comings[coming].left;
                }
            }
        }
    }

    /// Gives orders that were bought or made for one need to that need.
    fn pin_orders(&mut self) {
        if self.comings.iter().all(|c| c.pins.is_empty()) {
            return;
        }
        let mut lines_of: BTreeMap<Rank, Vec<usize>> = BTreeMap::new();
        for (at, line) in self.lines.iter().enumerate() {
            lines_of.entry(line.rank).or_default().push(at);
        }
        for n in 0..self.comings.len() {
            for (rank, most) in self.comings[n].pins.clone() {
                let mut kept = most;
                for at in lines_of.get(&rank).into_iter().flatten() {
                    let wanted = self.lines[*at].open.min(kept);
                    let before = self.comings[n].left;
                    self.take_coming(*at, n, wanted);
                    kept -= before - self.comings[n].left;
                }
            }
        }
    }

    /// What is missing of the safety stock joins the first need, once.
    fn add_safety(&mut self) {
        let Some(date) = self.lines.first().map(|l| l.date) else {
            return;
        };
        if !self.below_safety.is_positive() {
            return;
        }
        let demand = self.demands.len();
        self.demands.push(Demand {
            date,
            qty: self.below_safety,
            origin: Origin::SafetyStock,
            shares: vec![(SAFETY, self.below_safety)],
        });
        self.lines
            .push(line(date, SAFETY, demand, self.below_safety));
        // Lines are named by position from here on, so their order must not change any more:
        // takes made so far are moved with their lines.
        let mut order: Vec<usize> = (0..self.lines.len()).collect();
        order.sort_by_key(|n| {
            let l = &self.lines[*n];
            (l.date, l.rank, l.demand)
        });
        let mut moved = vec![0; order.len()];
        for (to, from) in order.iter().enumerate() {
            moved[*from] = to;
        }
        self.lines = order.iter().map(|n| self.lines[*n].clone()).collect();
        for take in &mut self.takes {
            take.line = moved[take.line];
        }
    }
}

fn line(date: NaiveDate, rank: Rank, demand: usize, qty: Qty) -> Line {
    Line {
        date,
        rank,
        demand,
        qty,
        open: qty,
        from_substitute: Qty::ZERO,
        from_surplus: Qty::ZERO,
        net: Qty::ZERO,
    }
}

/// Covers what is still open on one desk with the free stock of another; `ratio` units of `other`
/// replace one unit.
pub(in crate::plan) fn stand_in(desk: &mut Desk, other: &mut Desk, ratio: Qty) {
    for at in 0..desk.lines.len() {
        let possible = Micro(
            i64::try_from(
                i128::from(other.free.0) * i128::from(Qty::ONE.0) / i128::from(ratio.0.max(1)),
            )
            .unwrap_or(i64::MAX),
        );
        let qty = desk.lines[at].open.min(possible);
        // The safety stock of one material is not built up from another.
        if !qty.is_positive() || desk.lines[at].rank == SAFETY {
            continue;
        }
        let micro = i128::from(Qty::ONE.0);
        let used = (i128::from(qty.0) * i128::from(ratio.0) + micro - 1) / micro;
        other.free -= Micro(i64::try_from(used).unwrap_or(i64::MAX)).min(other.free);
        desk.lines[at].from_substitute += qty;
        desk.take(at, Supply::Substitute(other.item.id), qty);
    }
}
