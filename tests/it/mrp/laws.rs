//! Laws of netting and pegging on made-up factories, against a count that knows totals only.

use std::collections::BTreeMap;

use gendan::domain::quantity::Qty;
use gendan::plan::explode::{
    BomLine, Explosion, For, Input, Item, Need, Origin, Production, Purchase, Source, Stage,
    Substitute, Supply, WastageRule, explode,
};
use proptest::prelude::*;

use super::{day, q};

pub(super) const ITEMS: i64 = 6;

/// Whole-number building blocks of a factory.
#[derive(Debug, Clone)]
pub(super) struct Made {
    stock: Vec<(i64, i64, i64)>,
    lead: Vec<u32>,
    lots: Vec<(i64, i64, i64, u32)>,
    bom: Vec<(i64, i64, i64, i64)>,
    needs: Vec<(i64, i64, u64, i64)>,
    purchases: Vec<(i64, i64, u64)>,
    productions: Vec<(i64, i64, u64)>,
}

pub(super) fn made() -> impl Strategy<Value = Made> {
    let n = usize::try_from(ITEMS).unwrap();
    (
        proptest::collection::vec((0..30_i64, 0..6_i64, 0..8_i64), n),
        proptest::collection::vec(0..5_u32, n),
        proptest::collection::vec((0..20_i64, 0..8_i64, 0..40_i64, 0..6_u32), n),
        proptest::collection::vec((1..=ITEMS, 1..=ITEMS, 1..4_i64, 0..3_i64), 0..9),
        proptest::collection::vec((1..=ITEMS, 0..40_i64, 0..25_u64, 1..4_i64), 0..8),
        proptest::collection::vec((1..=ITEMS, 1..30_i64, 0..25_u64), 0..5),
        proptest::collection::vec((1..=ITEMS, 1..20_i64, 0..25_u64), 0..3),
    )
        .prop_map(
            |(stock, lead, lots, bom, needs, purchases, productions)| Made {
                stock,
                lead,
                lots,
                bom,
                needs,
                purchases,
                productions,
            },
        )
}

impl Made {
    /// A factory without lot rules; every BOM line goes from a lower to a higher id.
    fn plain(&self) -> Input {
        let mut input = Input::new(day(3));
        for line in &self.bom {
            let (parent, component) = (line.0.min(line.1), line.0.max(line.1));
            let twice = input
                .bom
                .iter()
                .any(|b| b.parent == parent && b.component == component);
            if parent != component && !twice {
                let mut bom = BomLine::new(parent, component, Qty::whole(line.2));
                bom.fixed = Qty::whole(line.3);
                input.bom.push(bom);
            }
        }
        for (n, id) in (1..=ITEMS).enumerate() {
            let made = input.bom.iter().any(|b| b.parent == id);
            let source = if made { Source::Make } else { Source::Buy };
            let mut item = Item::new(id, &format!("I{id}"), source);
            let (on_hand, on_hold, safety) = self.stock[n];
            item.on_hand = Qty::whole(on_hand);
            item.on_hold = Qty::whole(on_hold);
            item.safety_stock = Qty::whole(safety);
            item.lead_days = self.lead[n];
            input.items.push(item);
        }
        for (id, (item, qty, due, weight)) in (1..).zip(&self.needs) {
            input.needs.push(Need {
                id,
                item: *item,
                qty: Qty::whole(*qty),
                date: day(*due),
                weight: *weight,
                order_date: day(0),
                order: format!("SO-{id}"),
                line: 1,
            });
        }
        for (id, (item, qty, due)) in (1..).zip(&self.purchases) {
            input.purchases.push(Purchase {
                id,
                label: format!("PO-{id}"),
                item: *item,
                qty_open: Qty::whole(*qty),
                expected: Some(day(*due)),
                need: (id % 2 == 0).then_some(id),
            });
        }
        for (id, (item, qty, due)) in (1..).zip(&self.productions) {
            input.productions.push(Production {
                id,
                label: format!("MO-{id}"),
                item: *item,
                qty_open: Qty::whole(*qty),
                start: day(due.saturating_sub(2)),
                due: day(*due),
                need: None,
                also: Vec::new(),
                stage: Stage::Waiting,
                issued: Vec::new(),
                operation_starts: Vec::new(),
            });
        }
        input
    }

    /// The same with lot rules, wastage, part quantities and a substitute.
    pub(super) fn rich(&self) -> Input {
        let mut input = self.plain();
        for (item, (moq, multiple, most, group)) in input.items.iter_mut().zip(&self.lots) {
            item.moq = Qty::whole(*moq);
            item.multiple = Qty::whole(*multiple);
            item.max_lot = Qty::whole(*most);
            item.group_days = *group;
            item.assembly_wastage = q("0.02");
            if item.id == ITEMS {
                let ratio = q("1.5");
                let item_id = ITEMS - 1;
                item.substitutes = vec![Substitute {
                    item: item_id,
                    ratio,
                }];
            }
        }
        for (n, line) in input.bom.iter_mut().enumerate() {
            line.wastage = q("0.035");
            if n % 2 == 0 {
                line.wastage_rule = WastageRule::Divide;
            }
        }
        input
    }
}

fn total_planned(plan: &Explosion, item: i64) -> Qty {
    let lots = plan.lots.iter().filter(|l| l.item == item);
    lots.map(|l| l.qty).sum()
}

/// Checks everything that must hold whatever the lot rules are.
pub(super) fn check_books(input: &Input, plan: &Explosion) {
    let mut used: BTreeMap<(i64, Supply), Qty> = BTreeMap::new();
    for row in &plan.rows {
        let covers: Qty = row.covers.iter().map(|c| c.qty).sum();
        let parts: Qty = row.parts.iter().map(|p| p.qty).sum();
        let pegs: Qty = row.pegs.iter().map(|p| p.qty).sum();
        let said =
            row.from_stock + row.from_on_order + row.from_substitute + row.from_surplus + row.net;
        assert_eq!(row.gross, said, "{row:?}");
        assert_eq!(
            (row.gross, row.gross, row.gross),
            (parts, pegs, covers),
            "{row:?}"
        );
        for cover in &row.covers {
            *used.entry((row.item, cover.from)).or_default() += cover.qty;
        }
    }
    for lot in &plan.lots {
        let pegs: Qty = lot.pegs.iter().map(|p| p.qty).sum();
        assert_eq!(pegs, lot.qty, "{lot:?}");
        let used = used.get(&(lot.item, Supply::Lot(lot.number)));
        let surplus: Qty = lot
            .pegs
            .iter()
            .filter(|p| p.to == For::Surplus)
            .map(|p| p.qty)
            .sum();
        let used = used.copied().unwrap_or_default();
        // A surplus peg is either nobody's or that of a parent's own surplus.
        assert!(lot.qty - used <= surplus && used <= lot.qty, "{lot:?}");
    }
    for item in &input.items {
        let stock = used.get(&(item.id, Supply::Stock)).copied();
        let free = (item.on_hand - item.on_hold - item.safety_stock).floor_zero();
        let lent: Qty = input
            .items
            .iter()
            .flat_map(|other| other.substitutes.iter().map(move |s| (other.id, s)))
            .filter(|(_, s)| s.item == item.id)
            .map(|(other, s)| {
                let lent = used.get(&(other, Supply::Substitute(item.id))).copied();
                lent.unwrap_or_default().times(s.ratio)
            })
            .sum();
        assert!(stock.unwrap_or_default() + lent <= free, "{item:?}");
    }
    for p in &input.purchases {
        let used = used.get(&(p.item, Supply::Purchase(p.id))).copied();
        assert!(used.unwrap_or_default() <= p.qty_open, "{p:?}");
    }
    for need in &input.needs {
        let rows = plan.rows.iter().filter(|r| r.item == need.item);
        let parts = rows.flat_map(|r| &r.parts);
        let asked: Qty = parts
            .filter(|p| p.origin == Origin::Need(need.id))
            .map(|p| p.qty)
            .sum();
        assert_eq!(asked, need.qty, "{need:?}");
    }
    check_both_ways(input, plan);
    check_explosion(input, plan);
}

/// What the needs ask for downwards is what rows and lots say upwards.
fn check_both_ways(input: &Input, plan: &Explosion) {
    let to_need = |to: For| matches!(to, For::Need(_));
    let rows = plan.rows.iter().flat_map(|row| &row.pegs);
    let up: Qty = rows.filter(|p| to_need(p.to)).map(|p| p.qty).sum();
    let needs = || input.needs.iter().map(|need| need.id);
    let down: Qty = needs()
        .flat_map(|id| plan.of_need(id))
        .map(|(_, qty)| qty)
        .sum();
    assert_eq!(up, down);
    let covers = plan.rows.iter().flat_map(|row| &row.covers);
    let used: Qty = covers
        .filter(|c| to_need(c.to) && matches!(c.from, Supply::Lot(_)))
        .map(|c| c.qty)
        .sum();
    let lots: Qty = needs()
        .flat_map(|id| plan.lots_of_need(id))
        .map(|(_, qty)| qty)
        .sum();
    assert_eq!(used, lots);
}

/// Every started lot asks for each of its components exactly once, with the line's arithmetic.
fn check_explosion(input: &Input, plan: &Explosion) {
    use gendan::plan::explode::ParentLot;
    let mut asked: BTreeMap<(ParentLot, i64), Qty> = BTreeMap::new();
    for row in &plan.rows {
        for part in &row.parts {
            if let Origin::Parent(from) = &part.origin {
                *asked.entry((from.lot, row.item)).or_default() += part.qty;
            }
        }
    }
    let planned = plan
        .lots
        .iter()
        .map(|l| (ParentLot::Planned(l.number), l.item, l.start_qty));
    let wastage = |id: i64| {
        input
            .items
            .iter()
            .find(|i| i.id == id)
            .unwrap()
            .assembly_wastage
    };
    let open = input.productions.iter().map(|p| {
        let start = p.qty_open.times(Qty::ONE + wastage(p.item));
        (ParentLot::Production(p.id), p.item, start)
    });
    for (lot, item, start) in planned.chain(open) {
        for line in input.bom.iter().filter(|b| b.parent == item) {
            let exact = match line.wastage_rule {
                WastageRule::Multiply => {
                    start.decimal() * line.per.decimal() * (Qty::ONE + line.wastage).decimal()
                }
                WastageRule::Divide => {
                    start.decimal() * line.per.decimal() / (Qty::ONE - line.wastage).decimal()
                }
            };
            let exact = exact + line.fixed.decimal();
            let got = asked.remove(&(lot, line.component)).unwrap().decimal();
            let above = got - exact;
            assert!(
                !above.is_sign_negative() || above.is_zero(),
                "{line:?} {got} {exact}"
            );
            assert!(above < q("0.000001").decimal(), "{line:?} {got} {exact}");
        }
    }
    assert_eq!(asked, BTreeMap::new(), "components nobody takes");
}

/// Totals only: what has to be planned of each item, parents first, dates forgotten.
fn brute_totals(input: &Input) -> BTreeMap<i64, Qty> {
    let mut gross: BTreeMap<i64, Qty> = BTreeMap::new();
    for need in &input.needs {
        *gross.entry(need.item).or_default() += need.qty;
    }
    let mut planned = BTreeMap::new();
    for item in &input.items {
        let asked = gross.get(&item.id).copied().unwrap_or_default();
        let bought = input.purchases.iter().filter(|p| p.item == item.id);
        let open = input.productions.iter().filter(|p| p.item == item.id);
        let coming: Qty = bought
            .map(|p| p.qty_open)
            .chain(open.clone().map(|p| p.qty_open))
            .sum();
        let missing = asked + item.safety_stock - (item.on_hand - item.on_hold) - coming;
        let plan = if asked.is_zero() {
            Qty::ZERO
        } else {
            missing.floor_zero()
        };
        planned.insert(item.id, plan);
        for line in input.bom.iter().filter(|b| b.parent == item.id) {
            let started = plan + open.clone().map(|p| p.qty_open).sum();
            *gross.entry(line.component).or_default() += started.times(line.per);
        }
    }
    planned
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn lot_for_lot_plans_exactly_what_a_count_of_totals_asks(made in made()) {
        let mut input = made.plain();
        // Fixed quantities depend on the number of lots, which a count of totals does not know.
        input.bom.iter_mut().for_each(|line| line.fixed = Qty::ZERO);
        let plan = explode(&input);
        prop_assert_eq!(&plan.findings, &vec![]);
        for (item, wanted) in brute_totals(&input) {
            prop_assert_eq!(total_planned(&plan, item), wanted, "item {}", item);
        }
        check_books(&input, &plan);
    }

    #[test]
    fn books_balance_and_lot_rules_hold_with_every_rule_on(made in made()) {
        let input = made.rich();
        let plan = explode(&input);
        check_books(&input, &plan);
        for lot in &plan.lots {
            let item = input.items.iter().find(|i| i.id == lot.item).unwrap();
            prop_assert!(lot.qty >= item.moq);
            let grain = item.multiple.0.max(1);
            prop_assert_eq!(lot.qty.0 % grain, 0);
            let least = item.moq.ceil_to(item.multiple);
            let most = item.max_lot.0 / grain * grain;
            if most >= least.0.max(1) {
                prop_assert!(lot.qty.0 <= most, "{:?} {:?}", lot, item);
            }
            prop_assert!(lot.release >= input.today && lot.release <= lot.due.max(input.today));
            prop_assert!(lot.arrives >= lot.due);
        }
    }

    #[test]
    fn planned_and_expedited_supply_covers_every_day(made in made()) {
        let input = made.rich();
        let plan = explode(&input);
        for item in &input.items {
            let mut lots: Vec<_> = plan.lots.iter().filter(|l| l.item == item.id).collect();
            lots.sort_by_key(|l| l.due);
            let mut planned = Qty::ZERO;
            let mut wanted = Qty::ZERO;
            for row in plan.rows.iter().filter(|r| r.item == item.id) {
                planned += lots.iter().filter(|l| l.due == row.need_date).map(|l| l.qty).sum();
                wanted += row.net + row.from_surplus;
                prop_assert!(planned >= wanted, "{:?}", row);
                prop_assert_eq!(row.surplus, planned - wanted);
            }
        }
    }

    #[test]
    fn more_stock_never_plans_more(made in made(), item in 1..=ITEMS, more in 1..50_i64) {
        let mut input = made.plain();
        input.bom.iter_mut().for_each(|line| line.fixed = Qty::ZERO);
        let before = explode(&input);
        let at = usize::try_from(item - 1).unwrap();
        input.items[at].on_hand += Qty::whole(more);
        let after = explode(&input);
        for item in 1..=ITEMS {
            prop_assert!(total_planned(&after, item) <= total_planned(&before, item));
        }
    }

    #[test]
    fn no_need_plans_nothing(made in made()) {
        let mut input = made.rich();
        input.needs.clear();
        input.productions.clear();
        let plan = explode(&input);
        prop_assert_eq!((plan.rows, plan.lots), (vec![], vec![]));
    }

    #[test]
    fn the_order_of_the_lists_does_not_matter(made in made()) {
        let input = made.rich();
        let mut turned = input.clone();
        turned.items.reverse();
        turned.bom.reverse();
        turned.needs.reverse();
        turned.purchases.reverse();
        turned.productions.reverse();
        prop_assert_eq!(explode(&input), explode(&turned));
    }
}
