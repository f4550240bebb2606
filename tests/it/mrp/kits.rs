//! Kits of production orders.

use std::collections::BTreeMap;

use gendan::domain::quantity::Qty;
use gendan::plan::explode::{BomLine, Input, Issued, Item, Source, Stage};
use gendan::plan::kit::{KitLine, KitStep, kits};
use proptest::prelude::*;

use super::flow::{buy, factory, need, production};
use super::{day, q};

/// Ten A from two B and one C each; C is taken at operation 20.
fn shirts() -> Input {
    let mut input = factory(&[(1, 2, "2"), (1, 3, "1")]);
    input.bom[0].operation = Some(10);
    input.bom[1].operation = Some(20);
    input.items[0].unit_step = Qty::ONE;
    input.items[1].on_hand = Qty::whole(13);
    input.items[2].lead_days = 4;
    production(&mut input, 1, 10, 14, 25);
    buy(&mut input, 2, 5, 12);
    buy(&mut input, 2, 9, 16);
    buy(&mut input, 3, 7, 18);
    input
}

fn only(input: &Input) -> KitLine {
    let mut lines = kits(input);
    assert_eq!(lines.len(), 1);
    lines.remove(0)
}

#[test]
fn sets_follow_the_scarcest_item_and_grow_with_each_arrival() {
    let mut input = shirts();
    input.productions[0].issued = vec![Issued {
        item: 3,
        qty: Qty::whole(3),
    }];
    let kit = only(&input);
    assert_eq!((kit.needed_sets, kit.buildable_sets), (q("10"), q("3")));
    assert_eq!((kit.items_complete, kit.items), (0, 2));
    assert_eq!(kit.item_rate(), Qty::ZERO);
    assert_eq!(kit.blocking, [3, 2]);
    assert_eq!(kit.ready, Some(day(18)));
    let wanted = [KitStep {
        date: day(18),
        buildable_sets: q("10"),
        items: vec![3],
    }];
    assert_eq!(kit.steps, wanted);
    let gains: Vec<_> = kit
        .gains
        .iter()
        .map(|g| (g.item, g.by, g.more_sets))
        .collect();
    assert_eq!(
        gains,
        [(3, Some(day(18)), q("3")), (2, Some(day(16)), q("0"))]
    );
}

#[test]
fn an_operation_can_start_while_a_later_one_still_waits() {
    let kit = only(&shirts());
    let seen: Vec<_> = kit
        .operations
        .iter()
        .map(|o| (o.seq, o.buildable_sets, o.ready, o.blocking.as_slice()))
        .collect();
    let wanted: [(_, _, _, &[i64]); 2] = [
        (Some(10), q("6"), Some(day(16)), &[2]),
        (Some(20), q("0"), None, &[3]),
    ];
    assert_eq!(seen, wanted);
    // Three C are neither there nor on order: ordered today they come in four days.
    assert_eq!((kit.ready, kit.possible), (None, Some(day(18))));
    assert_eq!(kit.components[1].uncovered, q("3"));
}

#[test]
fn the_order_that_starts_first_takes_the_stock_unless_priority_rules() {
    let mut input = shirts();
    input.purchases.clear();
    input.items[2].on_hand = Qty::whole(100);
    production(&mut input, 1, 10, 12, 20);
    need(&mut input, 1, 10, 25, 9);
    input.productions[0].need = Some(1);
    let sets = |input: &Input| -> Vec<Qty> {
        let lines = kits(input);
        lines.iter().map(|k| k.buildable_sets).collect()
    };
    assert_eq!(sets(&input), [q("0"), q("6")]);
    input.settings.allocation = gendan::plan::explode::Allocation::ByPriority;
    assert_eq!(sets(&input), [q("6"), q("0")]);
}

#[test]
fn the_safety_stock_may_be_built_in() {
    let mut input = shirts();
    input.items[1].safety_stock = Qty::whole(13);
    let kit = only(&input);
    assert_eq!(kit.components[0].allocated, q("13"));
}

#[test]
fn what_the_customer_must_send_leaves_no_possible_date() {
    let mut input = shirts();
    input.items[2].source = Source::Customer;
    assert_eq!(only(&input).possible, None);
}

/// One product of three parts with whole numbers, and what there is of them.
type Made = (i64, Vec<(i64, i64, i64, i64)>);

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn buildable_sets_are_the_most_that_can_be_built(
        (sets, parts) in (1..20_i64, proptest::collection::vec((1..4_i64, 0..4_i64, 0..50_i64, 0..9_i64), 3))
            .prop_map(|made: Made| made)
    ) {
        let mut input = Input::new(day(10));
        input.items.push(Item::new(1, "A", Source::Make));
        input.items[0].unit_step = Qty::ONE;
        for (id, (per, fixed, stock, _)) in (2..).zip(&parts) {
            let mut item = Item::new(id, &format!("P{id}"), Source::Buy);
            item.on_hand = Qty::whole(*stock);
            input.items.push(item);
            let mut line = BomLine::new(1, id, Qty::whole(*per));
            line.fixed = Qty::whole(*fixed);
            line.wastage = q("0.05");
            input.bom.push(line);
        }
        production(&mut input, 1, sets, 12, 20);
        production(&mut input, 1, sets, 13, 20);
        input.productions[1].stage = Stage::Running;
        input.productions[0].issued =
            (2..).zip(&parts).map(|(item, p)| Issued { item, qty: Qty::whole(p.3) }).collect();
        let lines = kits(&input);
        let mut given: BTreeMap<i64, Qty> = BTreeMap::new();
        for (kit, stage) in lines.iter().zip([Stage::Waiting, Stage::Running]) {
            let fits = |n: i64| kit.components.iter().all(|c| {
                let part = parts[usize::try_from(c.item - 2).unwrap()];
                let fixed = if stage == Stage::Waiting { part.1 } else { 0 };
                let have = (c.issued + c.allocated).0;
                n == 0 || n * part.0 * 1_050_000 + fixed * 1_000_000 <= have
            });
            let most = (0..=sets).rev().find(|n| fits(*n)).unwrap();
            prop_assert_eq!(kit.buildable_sets, Qty::whole(most));
            for c in &kit.components {
                *given.entry(c.item).or_default() += c.allocated;
                prop_assert!(c.issued + c.allocated <= c.needed);
            }
        }
        for (id, (_, _, stock, _)) in (2..).zip(&parts) {
            prop_assert!(given.get(&id).copied().unwrap_or_default() <= Qty::whole(*stock));
        }
    }
}
