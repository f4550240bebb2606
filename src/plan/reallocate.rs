//! Who becomes short when stock, or a part of an open purchase, is given to somebody by hand.
//!
//! Pure: nets the facts twice, as they are and as they would be, and compares what every holder
//! gets. A holder is a production order, or an order line that has none yet.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::explode::{self, For, Holder, Input, Reservation, Supply};
use super::kit;
use crate::domain::quantity::Qty;

/// Most rounds in which holders who would lose are given what they have: more than holders of one
/// item that can lose one after the other.
const ROUNDS: usize = 200;

/// What a holder gets of one item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Held {
    pub need: Qty,
    /// From stock now.
    pub stock: Qty,
    /// From open purchases and production orders.
    pub coming: Qty,
    /// When the last of it comes; `None` where something has no date, or nothing comes.
    pub date: Option<NaiveDate>,
}

impl Held {
    /// Neither there nor on order.
    #[must_use]
    pub fn short(&self) -> Qty {
        (self.need - self.stock - self.coming).floor_zero()
    }
}

/// How a holder stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Standing {
    /// Buildable and needed sets of a production order.
    pub sets: Option<(Qty, Qty)>,
    pub ready: Option<NaiveDate>,
    pub items: BTreeMap<i64, Held>,
}

/// How a holder stood and would stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shift {
    pub holder: Holder,
    pub before: Standing,
    pub after: Standing,
}

impl Shift {
    /// Whether the holder gets less, or later, than before.
    #[must_use]
    pub fn loses(&self) -> bool {
        let fewer = match (self.before.sets, self.after.sets) {
            (Some((before, _)), Some((after, _))) => after < before,
            _ => false,
        };
        let later = match (self.before.ready, self.after.ready) {
            (Some(before), Some(after)) => after > before,
            (Some(_), None) => true,
            _ => false,
        };
        let shorter = self.items().any(|(_, before, after)| {
            after.short() > before.short()
                || (after.stock < before.stock && after.need > after.stock)
        });
        fewer || later || shorter
    }

    /// The items of which the holder gets something else than before.
    pub fn items(&self) -> impl Iterator<Item = (i64, Held, Held)> {
        let ids: BTreeSet<i64> = self
            .before
            .items
            .keys()
            .chain(self.after.items.keys())
            .copied()
            .collect();
        ids.into_iter().filter_map(|id| {
            let of = |s: &Standing| s.items.get(&id).copied().unwrap_or_default();
            let (before, after) = (of(&self.before), of(&self.after));
            (before != after).then_some((id, before, after))
        })
    }
}

/// The needs that production orders stand for.
fn made(input: &Input) -> BTreeSet<i64> {
    let orders = input.productions.iter();
    let needs = orders.flat_map(|p| p.need.into_iter().chain(p.also.iter().map(|a| a.0)));
    needs.collect()
}

/// How all holders stand.
#[must_use]
pub fn standings(input: &Input) -> BTreeMap<Holder, Standing> {
    let mut out: BTreeMap<Holder, Standing> = BTreeMap::new();
    for line in kit::kits(input) {
        let standing = out.entry(Holder::Production(line.production)).or_default();
        standing.sets = Some((line.buildable_sets, line.needed_sets));
        standing.ready = line.ready;
        for part in &line.components {
            let held = standing.items.entry(part.item).or_default();
            held.need += part.needed - part.issued;
            held.stock += part.allocated;
            held.coming += part.coming.iter().map(|(_, _, qty)| *qty).sum();
            held.date = held.date.max(part.ready);
        }
    }
    // An order line with a production order of its own stands there already.
    let made = made(input);
    for row in explode::explode(input).rows {
        for cover in &row.covers {
            let For::Need(need) = cover.to else { continue };
            if made.contains(&need) {
                continue;
            }
            let standing = out.entry(Holder::Need(need)).or_default();
            let held = standing.items.entry(row.item).or_default();
            held.need += cover.qty;
            match cover.from {
                Supply::Stock | Supply::Reserved(_) | Supply::Substitute(_) => {
                    held.stock += cover.qty
                }
                Supply::Purchase(_) | Supply::Production(_) => held.coming += cover.qty,
                Supply::Lot(_) => {}
            }
        }
    }
    out
}

/// Everybody who stands otherwise in `after` than in `before`: those who lose first.
#[must_use]
pub fn shifts(
    before: &BTreeMap<Holder, Standing>,
    after: &BTreeMap<Holder, Standing>,
) -> Vec<Shift> {
    let holders: BTreeSet<Holder> = before.keys().chain(after.keys()).copied().collect();
    let one = |holder: Holder| {
        let of = |all: &BTreeMap<Holder, Standing>| all.get(&holder).cloned().unwrap_or_default();
        let shift = Shift {
            holder,
            before: of(before),
            after: of(after),
        };
        (shift.before != shift.after).then_some(shift)
    };
    let mut out: Vec<Shift> = holders.into_iter().filter_map(one).collect();
    out.sort_by_key(|s| (!s.loses(), s.holder));
    out
}

/// What is to be given by hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gift {
    pub item: i64,
    /// A part of this purchase; `None`: of the stock.
    pub purchase: Option<i64>,
    /// Who is to lose it; `None`: whoever comes last.
    pub from: Option<Holder>,
    pub to: Holder,
    pub qty: Qty,
}

/// Why something cannot be given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cannot {
    /// The receiver does not need so much more.
    NeedsOnly(Qty),
    /// The giver has only so much of it.
    HasOnly(Qty),
    /// There is only so much of it at all.
    ThereIsOnly(Qty),
}

/// What a gift comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// What holders have to be left, beside the gift itself, so that it comes out as meant.
    pub keep: Vec<(Holder, Qty)>,
    pub shifts: Vec<Shift>,
}

/// What a gift comes to: who has to be left what, and how everybody stands then.
///
/// The receiver keeps what it has and gets `qty` more. With a named giver everybody else is left
/// what they have, so that nobody but the giver loses.
///
/// # Errors
/// Where the giver has not so much, the receiver does not need it, or it is not there.
pub fn give(input: &Input, gift: &Gift) -> Result<Given, Cannot> {
    let before = standings(input);
    let pool = pool(input, gift);
    let have = |pool: &BTreeMap<Holder, Qty>, holder: Holder| {
        pool.get(&holder).copied().unwrap_or_default()
    };
    let own = have(&pool, gift.to);
    let held = before
        .get(&gift.to)
        .and_then(|s| s.items.get(&gift.item))
        .copied()
        .unwrap_or_default();
    let wants = match gift.purchase {
        None => held.need - held.stock,
        Some(_) => held.need - held.stock - own,
    };
    if gift.qty > wants {
        return Err(Cannot::NeedsOnly(wants.floor_zero()));
    }
    if let Some(from) = gift.from.filter(|from| gift.qty > have(&pool, *from)) {
        return Err(Cannot::HasOnly(have(&pool, from)));
    }
    let there = there(input, gift);
    if own + gift.qty > there {
        return Err(Cannot::ThereIsOnly((there - own).floor_zero()));
    }
    let mut keep: BTreeMap<Holder, Qty> = BTreeMap::new();
    if own.is_positive() {
        keep.insert(gift.to, own);
    }
    let mut changed = with(input, gift, &keep);
    for _ in 0..ROUNDS {
        let now = self::pool(&changed, gift);
        let loser = pool.iter().find(|(holder, had)| {
            gift.from.is_some_and(|from| from != **holder)
                && **holder != gift.to
                && have(&now, **holder) < **had
        });
        let Some((loser, had)) = loser else { break };
        if keep.insert(*loser, *had) == Some(*had) {
            break;
        }
        changed = with(input, gift, &keep);
    }
    Ok(Given {
        keep: keep.into_iter().collect(),
        shifts: shifts(&before, &standings(&changed)),
    })
}

/// How much there is of what the gift is a part of.
fn there(input: &Input, gift: &Gift) -> Qty {
    match gift.purchase {
        Some(id) => {
            let line = input.purchases.iter().find(|p| p.id == id);
            line.map_or(Qty::ZERO, |p| p.qty_open)
        }
        None => {
            let item = input.items.iter().find(|i| i.id == gift.item);
            item.map_or(Qty::ZERO, |i| {
                (i.on_hand - i.on_hold.floor_zero()).floor_zero()
            })
        }
    }
}

/// What every holder gets of the stock, or of the purchase, that the gift is a part of.
fn pool(input: &Input, gift: &Gift) -> BTreeMap<Holder, Qty> {
    let mine = |from: Supply| match gift.purchase {
        Some(id) => from == Supply::Purchase(id),
        None => matches!(from, Supply::Stock | Supply::Reserved(_)),
    };
    let mut out: BTreeMap<Holder, Qty> = BTreeMap::new();
    for line in kit::kits(input) {
        for part in line.components.iter().filter(|c| c.item == gift.item) {
            let qty = match gift.purchase {
                None => part.allocated,
                Some(_) => {
                    let own = part.coming.iter().filter(|(from, _, _)| mine(*from));
                    own.map(|(_, _, qty)| *qty).sum()
                }
            };
            *out.entry(Holder::Production(line.production)).or_default() += qty;
        }
    }
    let made = made(input);
    let rows = explode::explode(input).rows;
    for cover in rows
        .iter()
        .filter(|r| r.item == gift.item)
        .flat_map(|r| &r.covers)
    {
        if let For::Need(need) = cover.to
            && mine(cover.from)
            && !made.contains(&need)
        {
            *out.entry(Holder::Need(need)).or_default() += cover.qty;
        }
    }
    out
}

/// The facts with the gift made.
fn with(input: &Input, gift: &Gift, keep: &BTreeMap<Holder, Qty>) -> Input {
    let mut out = input.clone();
    let mut total: BTreeMap<Holder, Qty> = BTreeMap::new();
    let mine = |r: &Reservation| r.item == gift.item && r.purchase == gift.purchase;
    for reservation in out.reservations.iter().filter(|r| mine(r)) {
        *total.entry(reservation.holder).or_default() += reservation.qty;
    }
    settle(&mut total, gift, keep);
    out.reservations.retain(|r| !mine(r));
    let first = out.reservations.iter().map(|r| r.id).max().unwrap_or(0);
    for (id, (holder, qty)) in (first + 1..).zip(total) {
        out.reservations.push(Reservation {
            id,
            item: gift.item,
            qty,
            purchase: gift.purchase,
            holder,
        });
    }
    out
}

/// What each holder has reserved after a gift: at least what it has to be left; the giver's falls
/// and the receiver's grows by the gift.
pub fn settle(total: &mut BTreeMap<Holder, Qty>, gift: &Gift, keep: &BTreeMap<Holder, Qty>) {
    for (holder, qty) in keep {
        let kept = total.entry(*holder).or_default();
        *kept = (*kept).max(*qty);
    }
    *total.entry(gift.to).or_default() += gift.qty;
    if let Some(kept) = gift.from.and_then(|from| total.get_mut(&from)) {
        *kept = (*kept - gift.qty).floor_zero();
    }
    total.retain(|_, qty| qty.is_positive());
}
