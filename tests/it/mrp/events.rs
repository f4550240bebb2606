//! The laws of netting while things happen: receipts, rejections, holds, verdicts, returns,
//! amendments, reservations and transfers, mixed at random.

use std::collections::BTreeMap;

use gendan::domain::quantity::Qty;
use gendan::plan::explode::{For, Holder, Input, Reservation, Supply, explode};
use gendan::plan::kit::kits;
use gendan::plan::reallocate::{self, Cannot, Gift};
use proptest::prelude::*;

use super::day;
use super::laws::{ITEMS, check_books, made};

/// What happens: a kind, and numbers to choose by.
type Event = (u8, usize, i64, usize);

fn item_at(input: &mut Input, id: i64) -> &mut gendan::plan::explode::Item {
    input.items.iter_mut().find(|i| i.id == id).unwrap()
}

fn happen(input: &mut Input, (kind, which, n, other): Event) {
    let some = |len: usize| (len > 0).then(|| which % len.max(1));
    let qty = Qty::whole(n);
    match kind {
        // Goods come: accepted, rejected (still open), or on hold.
        0..=2 => {
            let Some(at) = some(input.purchases.len()) else {
                return;
            };
            let came = qty.min(input.purchases[at].qty_open);
            let id = input.purchases[at].item;
            if kind != 1 {
                input.purchases[at].qty_open -= came;
                item_at(input, id).on_hand += came;
            }
            if kind == 2 {
                item_at(input, id).on_hold += came;
            }
        }
        // A verdict on held goods: they are free, or gone and to be replaced.
        3 | 4 => {
            let id = 1 + i64::try_from(which).unwrap() % ITEMS;
            let item = item_at(input, id);
            let held = qty.min(item.on_hold).min(item.on_hand);
            item.on_hold -= held;
            if kind == 4 {
                item.on_hand -= held;
                let line = input.purchases.iter_mut().find(|p| p.item == id);
                line.into_iter().for_each(|p| p.qty_open += held);
            }
        }
        5 => {
            let Some(at) = some(input.needs.len()) else {
                return;
            };
            input.needs[at].qty = qty;
            input.needs[at].date = day(u64::try_from(other % 30).unwrap());
        }
        6 => {
            let Some(at) = some(input.purchases.len()) else {
                return;
            };
            input.purchases[at].qty_open = qty;
            input.purchases[at].expected = Some(day(u64::try_from(other % 30).unwrap()));
        }
        7 => reserve(input, which, qty, other),
        _ => transfer(input, which, qty, other),
    }
}

fn holder(input: &Input, at: usize) -> Option<Holder> {
    let made = input.productions.iter().map(|p| Holder::Production(p.id));
    let all: Vec<Holder> = made
        .chain(input.needs.iter().map(|n| Holder::Need(n.id)))
        .collect();
    all.get(at % all.len().max(1)).copied()
}

fn reserve(input: &mut Input, which: usize, qty: Qty, other: usize) {
    let Some(holder) = holder(input, other) else {
        return;
    };
    let purchase = input.purchases.get(which % 9).map(|p| (p.id, p.item));
    input.reservations.push(Reservation {
        id: i64::try_from(input.reservations.len()).unwrap() + 1,
        item: purchase.map_or(1 + i64::try_from(which).unwrap() % ITEMS, |p| p.1),
        qty,
        purchase: purchase.map(|p| p.0),
        holder,
    });
}

/// A transfer that is possible comes out as meant: the receiver has more, nobody but the giver less.
fn transfer(input: &mut Input, which: usize, qty: Qty, other: usize) {
    let (Some(to), from) = (holder(input, other), holder(input, which)) else {
        return;
    };
    let gift = Gift {
        item: 1 + i64::try_from(which).unwrap() % ITEMS,
        purchase: None,
        from: from.filter(|from| *from != to && !other.is_multiple_of(3)),
        to,
        qty,
    };
    let before = reallocate::standings(input);
    let given = match reallocate::give(input, &gift) {
        Ok(given) => given,
        Err(Cannot::NeedsOnly(most) | Cannot::HasOnly(most) | Cannot::ThereIsOnly(most)) => {
            assert!(most < qty);
            return;
        }
    };
    let mut total: BTreeMap<Holder, Qty> = BTreeMap::new();
    let mine = |r: &Reservation| r.item == gift.item && r.purchase.is_none();
    for kept in input.reservations.iter().filter(|r| mine(r)) {
        *total.entry(kept.holder).or_default() += kept.qty;
    }
    reallocate::settle(&mut total, &gift, &given.keep.iter().copied().collect());
    input.reservations.retain(|r| !mine(r));
    let first = input.reservations.iter().map(|r| r.id).max().unwrap_or(0);
    for (id, (holder, qty)) in (first + 1..).zip(total) {
        input.reservations.push(Reservation {
            id,
            item: gift.item,
            qty,
            purchase: None,
            holder,
        });
    }
    let after = reallocate::standings(input);
    let stock = |all: &BTreeMap<Holder, reallocate::Standing>, holder: Holder| {
        let held = all.get(&holder).and_then(|s| s.items.get(&gift.item));
        held.map_or(Qty::ZERO, |h| h.stock)
    };
    let shown = given.shifts.iter().find(|s| s.holder == to);
    if let Some(shown) = shown {
        assert_eq!(&shown.after, &after[&to], "what was shown is what came out");
    }
    if let Holder::Production(_) = to {
        assert_eq!(stock(&after, to), stock(&before, to) + qty, "{gift:?}");
    }
    for holder in before.keys().filter(|h| **h != to) {
        if let (Some(from), Holder::Production(_)) = (gift.from, holder)
            && *holder != from
        {
            assert!(
                stock(&after, *holder) >= stock(&before, *holder),
                "{holder:?} {gift:?}"
            );
        }
    }
}

/// Reservations: never more than reserved, only for the holder, never more than is there.
fn check_reserved(input: &Input) {
    let plan = explode(input);
    let mut used: BTreeMap<i64, Qty> = BTreeMap::new();
    let mut stock: BTreeMap<i64, Qty> = BTreeMap::new();
    for row in &plan.rows {
        for cover in &row.covers {
            if matches!(cover.from, Supply::Stock | Supply::Reserved(_)) {
                *stock.entry(row.item).or_default() += cover.qty;
            }
            let Supply::Reserved(id) = cover.from else {
                continue;
            };
            let kept = input.reservations.iter().find(|r| r.id == id).unwrap();
            *used.entry(id).or_default() += cover.qty;
            assert_eq!(kept.item, row.item);
            if let Holder::Need(need) = kept.holder {
                assert_eq!(cover.to, For::Need(need));
            }
        }
    }
    for kept in &input.reservations {
        assert!(used.get(&kept.id).copied().unwrap_or_default() <= kept.qty);
    }
    let mut given: BTreeMap<i64, Qty> = BTreeMap::new();
    let mut coming: BTreeMap<Supply, Qty> = BTreeMap::new();
    for line in kits(input) {
        assert!(line.buildable_sets <= line.needed_sets);
        for part in &line.components {
            let parts = part.coming.iter().map(|(_, _, qty)| *qty).sum::<Qty>();
            assert_eq!(
                part.needed - part.issued,
                part.allocated + parts + part.uncovered
            );
            *given.entry(part.item).or_default() += part.allocated;
            for (from, _, qty) in &part.coming {
                *coming.entry(*from).or_default() += *qty;
            }
        }
        for gain in &line.gains {
            assert!(line.buildable_sets + gain.more_sets <= line.needed_sets);
        }
    }
    for item in &input.items {
        let there = (item.on_hand - item.on_hold).floor_zero();
        for used in [&stock, &given] {
            assert!(
                used.get(&item.id).copied().unwrap_or_default() <= there,
                "{item:?}"
            );
        }
    }
    for line in &input.purchases {
        let used = coming
            .get(&Supply::Purchase(line.id))
            .copied()
            .unwrap_or_default();
        assert!(used <= line.qty_open, "{line:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_books_balance_whatever_happens(
        made in made(),
        events in proptest::collection::vec((0..10_u8, 0..60_usize, 1..25_i64, 0..60_usize), 1..14),
    ) {
        let mut input = made.rich();
        for event in events {
            happen(&mut input, event);
            check_books(&input, &explode(&input));
            check_reserved(&input);
        }
    }
}
