//! What the accepted orders leave over of each material, for an order that is still open.
//!
//! Netting has given stock and open purchases to the accepted orders first; an open order may count
//! on the rest only. What that does not cover is ordered today and comes by its lead time.

use super::*;

use crate::domain::item::Item;

/// Levels of a product that are looked down; deeper ones count as a loop in the data.
const LEVELS_MAX: usize = 32;

/// Material that no accepted order needs.
#[derive(Debug, Clone, Default)]
pub(super) struct Spare {
    stock: BTreeMap<i64, Qty>,
    /// Open purchases with a date, by date.
    coming: BTreeMap<i64, Vec<(NaiveDate, Qty)>>,
    /// What netting has given to each order line, by its id.
    given: BTreeMap<i64, Vec<Given>>,
}

/// A quantity of an item that netting has given away; its day where it is still on the way.
#[derive(Debug, Clone, Copy)]
struct Given {
    item: i64,
    coming: Option<NaiveDate>,
    qty: Qty,
}

/// When a material is there, and which one decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Ready {
    pub(super) date: NaiveDate,
    pub(super) item: i64,
}

impl Spare {
    /// Stock above the safety stock and purchases, less what the explosion has given away.
    pub(super) fn new(needed: &explode::Input, explosion: &Explosion) -> Self {
        let mut spare = Self::default();
        let mut open: BTreeMap<i64, Qty> = needed
            .purchases
            .iter()
            .map(|p| (p.id, p.qty_open))
            .collect();
        let expected: BTreeMap<i64, Option<NaiveDate>> = needed
            .purchases
            .iter()
            .map(|p| (p.id, p.expected))
            .collect();
        for item in &needed.items {
            let free = (item.on_hand - item.on_hold - item.safety_stock).floor_zero();
            spare.stock.insert(item.id, free);
        }
        for row in &explosion.rows {
            for cover in &row.covers {
                let (left, qty) = match cover.from {
                    explode::Supply::Stock | explode::Supply::Reserved(_) => {
                        (spare.stock.get_mut(&row.item), cover.qty)
                    }
                    explode::Supply::Purchase(id) => (open.get_mut(&id), cover.qty),
                    explode::Supply::Substitute(item) => {
                        let ratio = needed.items.iter().find(|i| i.id == row.item);
                        let ratio = ratio
                            .and_then(|i| i.substitutes.iter().find(|s| s.item == item))
                            .map_or(Rate::ONE, |s| s.ratio);
                        (spare.stock.get_mut(&item), cover.qty.times(ratio))
                    }
                    explode::Supply::Production(_) | explode::Supply::Lot(_) => continue,
                };
                if let Some(left) = left {
                    *left = (*left - qty).floor_zero();
                }
                if let explode::For::Need(line) = cover.to {
                    let (item, coming) = match cover.from {
                        explode::Supply::Substitute(item) => (item, None),
                        explode::Supply::Purchase(id) => {
                            (row.item, expected.get(&id).copied().flatten())
                        }
                        _ => (row.item, None),
                    };
                    let given = Given { item, coming, qty };
                    spare.given.entry(line).or_default().push(given);
                }
            }
        }
        for purchase in &needed.purchases {
            let left = open.get(&purchase.id).copied().unwrap_or_default();
            if let Some(date) = purchase.expected.filter(|_| left.is_positive()) {
                spare
                    .coming
                    .entry(purchase.item)
                    .or_default()
                    .push((date, left));
            }
        }
        for list in spare.coming.values_mut() {
            list.sort_unstable();
        }
        spare
    }

    /// What one order may draw on: the rest, and what netting has given to its own lines if it is
    /// accepted already, since it need not wait for itself.
    pub(super) fn drawn_by(&self, lines: impl Iterator<Item = i64>) -> Draw<'_> {
        let own = lines.filter_map(|id| self.given.get(&id)).flatten();
        Draw {
            spare: self,
            own: own.copied().collect(),
            left: BTreeMap::new(),
        }
    }
}

/// What is left of one item.
#[derive(Debug, Clone, Default)]
struct Left {
    stock: Qty,
    coming: Vec<(NaiveDate, Qty)>,
}

/// One order's draw on what is spare; only the items it touches are written down.
#[derive(Debug, Clone)]
pub(super) struct Draw<'a> {
    spare: &'a Spare,
    own: Vec<Given>,
    left: BTreeMap<i64, Left>,
}

impl Draw<'_> {
    fn left(&mut self, item: i64) -> &mut Left {
        let (spare, own) = (self.spare, &self.own);
        self.left.entry(item).or_insert_with(|| {
            let mut left = Left {
                stock: spare.stock.get(&item).copied().unwrap_or_default(),
                coming: spare.coming.get(&item).cloned().unwrap_or_default(),
            };
            for given in own.iter().filter(|g| g.item == item) {
                match given.coming {
                    None => left.stock += given.qty,
                    Some(date) => left.coming.push((date, given.qty)),
                }
            }
            left.coming.sort_unstable();
            left
        })
    }

    /// Takes what one BOM line of a lot needs; answers when it is all there.
    ///
    /// `None` where only the customer could send it.
    pub(super) fn take(
        &mut self,
        world: &World,
        item: &Item,
        qty: Qty,
        today: NaiveDate,
        level: usize,
    ) -> Option<Ready> {
        let now = Ready {
            date: today,
            item: item.id,
        };
        let mut left = qty;
        if !item.phantom {
            left = take(&mut self.left(item.id).stock, left);
        }
        if left.is_zero() {
            return Some(now);
        }
        let (arrives, still) = self.arrivals(item.id, left);
        let lead = self.lead(world, item, left, today, level);
        let ready = match (still.is_zero(), lead) {
            // What is on the way anyway need not be waited for where ordering anew is quicker.
            (true, Some(lead)) if arrives <= lead.date => Ready {
                date: arrives,
                ..now
            },
            (true, None) => Ready {
                date: arrives,
                ..now
            },
            (_, lead) => return lead,
        };
        self.use_arrivals(item.id, left);
        Some(ready)
    }

    /// When so much of what is on the way is there, and how much it does not cover.
    fn arrivals(&mut self, item: i64, qty: Qty) -> (NaiveDate, Qty) {
        let mut left = qty;
        let mut date = NaiveDate::MIN;
        for (day, coming) in &self.left(item).coming {
            if left.is_zero() {
                break;
            }
            if coming.is_positive() {
                date = *day;
            }
            left = (left - *coming).floor_zero();
        }
        (date, left)
    }

    fn use_arrivals(&mut self, item: i64, qty: Qty) {
        let mut left = qty;
        for (_, coming) in &mut self.left(item).coming {
            left = take(coming, left);
        }
    }

    /// When so much would be there if it were ordered, or begun, today.
    fn lead(
        &mut self,
        world: &World,
        item: &Item,
        qty: Qty,
        today: NaiveDate,
        level: usize,
    ) -> Option<Ready> {
        let mut ready = Ready {
            date: today,
            item: item.id,
        };
        if item.customer_supplied && !item.phantom {
            return None;
        }
        if (item.make || item.phantom) && level < LEVELS_MAX {
            for line in world.bom_lines.of(item.id) {
                let part = world.items.get(line.component_id)?;
                let need = supply::component_need(world, item, line, qty);
                let below = self.take(world, part, need, today, level + 1)?;
                if below.date > ready.date {
                    ready = below;
                }
            }
        }
        if !item.phantom {
            let supplier = world.suppliers.find(item.supplier_id);
            let calendar = supplier.filter(|_| !item.make).and_then(|s| s.calendar_id);
            let days = i32::try_from(item.lead_days).unwrap_or(0).min(3_650);
            let calendar = world.calendar_or_own(calendar);
            ready.date = calendar.add_days(ready.date, days).unwrap_or(ready.date);
        }
        Some(ready)
    }
}

/// Takes what is there; returns what is still missing.
fn take(from: &mut Qty, qty: Qty) -> Qty {
    let taken = qty.min(*from);
    *from -= taken;
    qty - taken
}
