//! What is there, what is coming and what can be bought or made, while demands take from it.

use std::collections::BTreeMap;

use super::profile::Profile;
use super::{Dated, Item, Make, Purchase, Question, Shortage, Source, Task, Why};
use crate::domain::quantity::{MICRO, Micro, Qty};

/// Deepest product structure that is followed; deeper is a loop.
const DEPTH_MAX: u32 = 60;

/// Supplies and capacity that are left. Cheap to copy, so that a try can be taken back.
#[derive(Debug, Clone)]
pub(super) struct State<'q> {
    now: i64,
    open_orders_first: bool,
    items: BTreeMap<i64, &'q Item>,
    /// What is left, by item and time.
    pool: BTreeMap<(i64, i64), Qty>,
    lines: BTreeMap<i64, (Profile, Qty)>,
    purchases: Vec<Purchase>,
    depth: u32,
}

impl<'q> State<'q> {
    /// Loads stock and receipts and takes the confirmed issues off them, the earliest supplies first.
    pub(super) fn new(question: &'q Question) -> Self {
        let mut pool: BTreeMap<(i64, i64), Qty> = BTreeMap::new();
        for item in &question.items {
            pool.insert((item.id, question.now), item.on_hand.floor_zero());
        }
        for receipt in &question.receipts {
            let at = receipt.at.max(question.now);
            *pool.entry((receipt.item, at)).or_default() += receipt.qty;
        }
        for issue in &question.issues {
            let mut rest = issue.qty;
            for (_, left) in pool.range_mut((issue.item, i64::MIN)..=(issue.item, i64::MAX)) {
                let qty = rest.min(*left);
                *left -= qty;
                rest -= qty;
            }
        }
        let line = |r: &super::Resource| {
            let profile = Profile::new(question.now, &r.steps);
            (r.id, (profile, r.efficiency))
        };
        Self {
            now: question.now,
            open_orders_first: question.open_orders_first,
            items: question.items.iter().map(|i| (i.id, i)).collect(),
            pool,
            lines: question.resources.iter().map(line).collect(),
            purchases: Vec::new(),
            depth: 0,
        }
    }

    /// Proposed purchases by arrival.
    pub(super) fn purchases(self) -> Vec<Purchase> {
        let mut purchases = self.purchases;
        purchases.sort_by_key(|p| (p.arrive, p.item, p.order));
        purchases
    }

    /// The times at which confirmed issues exceed confirmed supplies.
    pub(super) fn shortages(&self, question: &Question) -> Vec<Shortage> {
        let mut found = Vec::new();
        for item in &question.items {
            let mut changes: BTreeMap<i64, Qty> = BTreeMap::new();
            let mut change = |d: &Dated, sign: i64| {
                if d.item == item.id {
                    *changes.entry(d.at.max(self.now)).or_default() += Micro(d.qty.0 * sign);
                }
            };
            question.receipts.iter().for_each(|d| change(d, 1));
            question.issues.iter().for_each(|d| change(d, -1));
            let mut balance = item.on_hand;
            let mut open: Option<Shortage> = None;
            for (at, qty) in changes {
                balance += qty;
                if balance.is_negative() {
                    let shortage = open.get_or_insert(Shortage {
                        item: item.id,
                        qty: Qty::ZERO,
                        from: at,
                        to: None,
                    });
                    shortage.qty = shortage.qty.max(-balance);
                } else if let Some(mut over) = open.take() {
                    over.to = Some(at);
                    found.push(over);
                }
            }
            found.extend(open);
        }
        found
    }

    /// Takes up to `qty` that is there by `limit`, the latest supplies first; returns how much.
    pub(super) fn by(&mut self, item: i64, qty: Qty, limit: i64, why: &mut Vec<Why>) -> Qty {
        let mut rest = qty;
        for (_, left) in self.pool.range_mut((item, i64::MIN)..=(item, limit)).rev() {
            let take = rest.min(*left);
            *left -= take;
            rest -= take;
        }
        if rest.is_positive() && self.depth < DEPTH_MAX {
            self.depth += 1;
            rest -= self.replenish_by(item, rest, limit, why);
            self.depth -= 1;
        }
        qty - rest
    }

    fn replenish_by(&mut self, item: i64, qty: Qty, limit: i64, why: &mut Vec<Why>) -> Qty {
        match self.items.get(&item).map(|i| &i.source) {
            None | Some(Source::None) => {
                why.push(Why::Material(item));
                Qty::ZERO
            }
            // The open order is used instead, although it comes later.
            Some(Source::Buy { .. }) if self.open_orders_first && self.has_later(item, limit) => {
                why.push(Why::Material(item));
                Qty::ZERO
            }
            Some(Source::Buy {
                lead,
                least,
                multiple,
            }) => {
                if self.now.saturating_add(*lead) > limit {
                    why.push(Why::SupplierLeadTime(item));
                    return Qty::ZERO;
                }
                self.buy(
                    item,
                    qty,
                    (*least, *multiple),
                    limit.saturating_sub(*lead),
                    limit,
                );
                qty
            }
            Some(Source::Make(make)) => self.most_by(item, make, qty, limit, why),
            Some(Source::Tasks(tasks)) => {
                let (minutes, chain) = critical(tasks);
                if self.now.saturating_add(minutes) <= limit {
                    return qty;
                }
                why.extend(chain.into_iter().map(Why::TaskTime));
                Qty::ZERO
            }
        }
    }

    fn has_later(&self, item: i64, limit: i64) -> bool {
        let later = (item, limit.saturating_add(1))..=(item, i64::MAX);
        self.pool.range(later).any(|(_, left)| left.is_positive())
    }

    fn buy(&mut self, item: i64, qty: Qty, sizes: (Qty, Qty), order: i64, arrive: i64) {
        let lot = qty.max(sizes.0).ceil_to(sizes.1);
        self.purchases.push(Purchase {
            item,
            order,
            arrive,
            qty: lot,
        });
        *self.pool.entry((item, arrive)).or_default() += lot - qty;
    }

    /// Makes as much of `qty` as one lot can bring by `limit`.
    fn most_by(&mut self, item: i64, make: &Make, qty: Qty, limit: i64, why: &mut Vec<Why>) -> Qty {
        let before = self.clone();
        if self.make_by(item, make, qty, limit, why) {
            return qty;
        }
        // Fewer runs need less time and material, so the most that fit are found by halving.
        let step = make.run_multiple.0.max(1);
        let (mut low, mut high) = (0, (runs(make, qty).0 - 1) / step);
        while low < high {
            self.clone_from(&before);
            let mid = low + (high - low + 1) / 2;
            let part = Micro(mid * step).times(make.output);
            if self.make_by(item, make, part, limit, &mut Vec::new()) {
                low = mid;
            } else {
                high = mid - 1;
            }
        }
        *self = before;
        let part = Micro(low * step).times(make.output).min(qty);
        if part.is_positive() {
            self.make_by(item, make, part, limit, &mut Vec::new());
        }
        part
    }

    /// Makes all of `qty` by `limit`, as late as possible; where it cannot, the state is of no use.
    fn make_by(
        &mut self,
        item: i64,
        make: &Make,
        qty: Qty,
        limit: i64,
        why: &mut Vec<Why>,
    ) -> bool {
        let runs = runs(make, qty);
        let minutes = self.minutes(make, runs);
        let free = limit.checked_sub(minutes);
        let placed = match make.resource.and_then(|id| self.lines.get(&id)) {
            Some((profile, _)) => profile.latest(limit, minutes),
            None => free,
        };
        let Some(start) = placed.filter(|start| *start >= self.now) else {
            match make.resource {
                Some(resource) if free.is_some_and(|start| start >= self.now) => {
                    why.push(Why::Capacity(resource));
                }
                _ => why.push(Why::LeadTime(item)),
            }
            return false;
        };
        for (component, per) in &make.components {
            let need = per.times(runs);
            if self.by(*component, need, start, why) < need {
                why.push(Why::LeadTime(item));
                return false;
            }
        }
        self.give(item, make, runs, qty, start, start.saturating_add(minutes));
        true
    }

    /// Books the line and puts what is made beyond `qty` into the pool.
    fn give(&mut self, item: i64, make: &Make, runs: Qty, qty: Qty, start: i64, end: i64) {
        if let Some((profile, _)) = make.resource.and_then(|id| self.lines.get_mut(&id)) {
            profile.take(start, end);
        }
        let surplus = runs.times(make.output) - qty;
        *self.pool.entry((item, end)).or_default() += surplus.floor_zero();
    }

    fn minutes(&self, make: &Make, runs: Qty) -> i64 {
        let work =
            i128::from(make.fixed) * i128::from(MICRO) + i128::from(runs.times(make.per_run).0);
        let line = make.resource.and_then(|id| self.lines.get(&id));
        let efficiency = line.map_or(MICRO, |(_, e)| e.0.max(1));
        let minutes = (work + i128::from(efficiency) - 1) / i128::from(efficiency);
        i64::try_from(minutes).unwrap_or(i64::MAX)
    }

    /// Takes `qty` as early as possible: portions by time, less than `qty` where there is no more.
    pub(super) fn soon(&mut self, item: i64, qty: Qty, why: &mut Vec<Why>) -> Vec<(i64, Qty)> {
        let mut portions = Vec::new();
        let mut rest = qty;
        while rest.is_positive() {
            let next = self.next_in_pool(item);
            let before = self.clone();
            let mut reasons = Vec::new();
            self.depth += 1;
            let made = match next {
                // What lies there now cannot be beaten; open orders may go first by choice.
                Some(at) if at <= self.now || self.open_orders_first => None,
                _ if self.depth > DEPTH_MAX => None,
                _ => self.replenish_soon(item, rest, &mut reasons),
            };
            self.depth = before.depth;
            match (next, made) {
                (next, Some(at)) if next.is_none_or(|next| at < next) => {
                    why.append(&mut reasons);
                    portions.push((at, rest));
                    return portions;
                }
                (Some(at), _) => {
                    *self = before;
                    let left = self.pool.entry((item, at)).or_default();
                    let take = rest.min(*left);
                    *left -= take;
                    rest -= take;
                    if at > self.now {
                        why.push(Why::Material(item));
                    }
                    portions.push((at, take));
                }
                (None, _) => {
                    *self = before;
                    why.append(&mut reasons);
                    why.push(Why::Material(item));
                    return portions;
                }
            }
        }
        portions
    }

    fn next_in_pool(&self, item: i64) -> Option<i64> {
        let mut lots = self.pool.range((item, i64::MIN)..=(item, i64::MAX));
        let first = lots.find(|(_, left)| left.is_positive());
        first.map(|((_, at), _)| *at)
    }

    /// Buys or makes all of `qty` as early as possible; returns when it is there.
    fn replenish_soon(&mut self, item: i64, qty: Qty, why: &mut Vec<Why>) -> Option<i64> {
        match self.items.get(&item).map(|i| &i.source)? {
            Source::None => None,
            Source::Buy {
                lead,
                least,
                multiple,
            } => {
                why.push(Why::SupplierLeadTime(item));
                let arrive = self.now.saturating_add(*lead);
                self.buy(item, qty, (*least, *multiple), self.now, arrive);
                Some(arrive)
            }
            Source::Make(make) => self.make_soon(item, make, qty, why),
            Source::Tasks(tasks) => {
                let (minutes, chain) = critical(tasks);
                why.extend(chain.into_iter().map(Why::TaskTime));
                Some(self.now.saturating_add(minutes))
            }
        }
    }

    fn make_soon(&mut self, item: i64, make: &Make, qty: Qty, why: &mut Vec<Why>) -> Option<i64> {
        let runs = runs(make, qty);
        let mut ready = self.now;
        let mut slowest = Vec::new();
        for (component, per) in &make.components {
            let need = per.times(runs);
            let mut reasons = Vec::new();
            let portions = self.soon(*component, need, &mut reasons);
            let got: Qty = portions.iter().map(|(_, qty)| *qty).sum();
            if got < need {
                why.append(&mut reasons);
                return None;
            }
            let at = portions.iter().map(|(at, _)| *at).max().unwrap_or(self.now);
            if at > ready {
                ready = at;
                slowest = reasons;
            }
        }
        let minutes = self.minutes(make, runs);
        let start = match make.resource.and_then(|id| self.lines.get(&id)) {
            Some((profile, _)) => profile.earliest(ready, minutes),
            None => Some(ready),
        };
        let late_line = make.resource.filter(|_| start != Some(ready));
        match late_line {
            Some(resource) => why.push(Why::Capacity(resource)),
            None => why.append(&mut slowest),
        }
        why.push(Why::LeadTime(item));
        let start = start?;
        self.give(item, make, runs, qty, start, start.saturating_add(minutes));
        Some(start.saturating_add(minutes))
    }
}

/// Runs that give at least `qty`, in whole multiples.
fn runs(make: &Make, qty: Qty) -> Qty {
    let output = i128::from(make.output.0.max(1));
    let exact = (i128::from(qty.0) * i128::from(MICRO) + output - 1) / output;
    Micro(i64::try_from(exact).unwrap_or(i64::MAX)).ceil_to(make.run_multiple)
}

/// The longest way through the tasks: its minutes, and its tasks from the last to the first.
///
/// A task whose predecessors are missing or wait for each other counts as free to start.
fn critical(tasks: &[Task]) -> (i64, Vec<i64>) {
    let mut ends: BTreeMap<i64, (i64, Option<i64>)> = BTreeMap::new();
    // Each round settles at least one more level; a loop cannot settle and is cut after that.
    for _ in 0..tasks.len() {
        for task in tasks {
            let before = task
                .after
                .iter()
                .filter_map(|(id, wait)| Some((ends.get(id)?.0.saturating_add(*wait), *id)))
                .max();
            let start = before.map_or(0, |(at, _)| at);
            ends.insert(
                task.id,
                (start.saturating_add(task.minutes), before.map(|(_, id)| id)),
            );
        }
    }
    let last = ends.iter().max_by_key(|(id, (end, _))| (*end, -**id));
    let minutes = last.map_or(0, |(_, (end, _))| *end);
    let mut chain = Vec::new();
    let mut at = last.map(|(id, _)| *id);
    while let Some(id) = at.filter(|id| !chain.contains(id)) {
        chain.push(id);
        at = ends.get(&id).and_then(|(_, before)| *before);
    }
    (minutes, chain)
}
