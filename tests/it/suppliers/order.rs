//! The chase list against brute force: the losses of every possible arrival, added up in floats
//! from the deliveries themselves.

use std::collections::BTreeMap;

use gendan::domain::quantity::{MICRO, Micro, Qty};
use gendan::domain::rule::chase::{self, Allotment};
use gendan::domain::rule::supplier::{Slips, deliveries};
use gendan::domain::world::World;
use proptest::prelude::*;

use super::{Line, TODAY, came, day, world};

/// Weight of a delivery `age` days ago, as the manual has it: half a year after a year.
fn weight(age: i64) -> f64 {
    let (whole, rest) = (age / 365, age % 365);
    0.5_f64.powi(i32::try_from(whole).unwrap()) * (1.0 - rest as f64 / 730.0)
}

type Shares = BTreeMap<i64, f64>;

/// Own observations filled up to five, at least by one, from a group.
fn filled(own: &Shares, group: &Shares) -> Shares {
    let n: f64 = own.values().sum();
    let rest = (5.0 - n).max(1.0);
    let mut out = Shares::new();
    for (days, w) in own {
        *out.entry(*days).or_default() += w / (n + rest);
    }
    for (days, share) in group {
        *out.entry(*days).or_default() += share * rest / (n + rest);
    }
    out
}

/// The odds of a first word, straight from the lines.
fn odds(lines: &[Line], supplier: i64, item: i64) -> Shares {
    let seen = |of: &dyn Fn(&Line) -> bool| {
        let mut out = Shares::new();
        for line in lines.iter().filter(|l| of(l) && !l.words.is_empty()) {
            let promised = line.words[0].1;
            match line.receipts.first() {
                Some((came, ..)) => {
                    *out.entry(came - promised).or_default() += weight(TODAY - came);
                }
                None if promised < TODAY => *out.entry(TODAY - promised).or_default() += 1.0,
                None => {}
            }
        }
        out
    };
    let assumed: Shares = [(0, 0.9), (3, 0.025), (7, 0.025), (14, 0.025), (30, 0.025)].into();
    let mut out = filled(&seen(&|_| true), &assumed);
    let family = item % 2;
    let levels: [&dyn Fn(&Line) -> bool; 3] = [
        &|l| l.item % 2 == family,
        &|l| l.supplier == supplier,
        &|l| l.supplier == supplier && l.item % 2 == family,
    ];
    for level in levels {
        let own = seen(level);
        if !own.is_empty() {
            out = filled(&own, &out);
        }
    }
    out
}

/// The expected loss of an open line: every arrival from today on, its chance, its days, its stakes.
fn brute(lines: &[Line], line: &Line, stakes: f64) -> f64 {
    let promised = line.words[0].1;
    let needed = line.needed.unwrap();
    let odds = odds(lines, line.supplier, line.item);
    let possible = odds.iter().filter(|(slip, _)| promised + *slip >= TODAY);
    let all: f64 = possible.clone().map(|p| p.1).sum();
    if all < 1e-9 {
        return f64::NAN; // Later than ever seen: `waiting` tries that.
    }
    let late = possible.map(|(slip, p)| p / all * (promised + slip - needed).max(0) as f64);
    late.sum::<f64>() * stakes
}

fn line() -> impl Strategy<Value = Line> {
    (1..=4_i64, 1..=4_i64, 700..950_i64, -3..25_i64).prop_map(|(s, i, promised, slip)| {
        let slip = slip.min(TODAY - promised);
        came(s, i, promised, if slip > 12 { 0 } else { slip })
    })
}

fn open() -> impl Strategy<Value = (Line, Vec<(i64, i64)>)> {
    let one = (1..=4_i64, 1..=4_i64, -10..20_i64, -10..20_i64);
    let stakes = prop::collection::vec((1..=4_i64, 1..=100_i64), 0..4);
    (one, stakes).prop_map(|((supplier, item, said, needed), stakes)| {
        let line = Line {
            needed: Some(TODAY + needed),
            receipts: vec![],
            ..came(supplier, item, TODAY + said, 0)
        };
        (line, stakes)
    })
}

/// Production orders 1 to 4, each for the order of its number.
fn with_production(world: &mut World) {
    use gendan::domain::order::OrderLine;
    use gendan::domain::production::ProductionOrder;
    use gendan::domain::world::Rows;
    let line = |id| OrderLine {
        id,
        order_id: id,
        ..OrderLine::default()
    };
    let made = |id| ProductionOrder {
        id,
        no: format!("MO-{id}"),
        order_line_id: Some(id),
        ..ProductionOrder::default()
    };
    world.order_lines = Rows::new((1..=4).map(line).collect());
    world.production_orders = Rows::new((1..=4).map(made).collect());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 80, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_chase_list_stands_in_the_order_of_brute_force(
        past in prop::collection::vec(line(), 0..60),
        open in prop::collection::vec(open(), 2..15),
    ) {
        let mut lines = past;
        let first = lines.len();
        lines.extend(open.iter().map(|o| o.0.clone()));
        let mut allotted = Vec::new();
        for (at, (_, stakes)) in open.iter().enumerate() {
            let mut shares: BTreeMap<i64, i64> = BTreeMap::new();
            for (made, percent) in stakes {
                shares.insert(*made, *percent);
            }
            allotted.extend(shares.iter().map(|(made, percent)| Allotment {
                purchase_id: i64::try_from(first + at).unwrap() + 1,
                production_order_id: *made,
                qty: Qty::whole(*percent),
                share: Micro(*percent * MICRO / 100),
            }));
        }
        let mut world = world(&lines);
        with_production(&mut world);
        let told = deliveries(&world, day(TODAY));
        let slips = Slips::fit(told.iter(), day(TODAY));
        let list = chase::list(&world, &slips, &allotted, day(TODAY));
        prop_assert_eq!(list.len(), open.len());
        let mut last = f64::INFINITY;
        for found in &list {
            let mine = allotted.iter().filter(|a| a.purchase_id == found.purchase_id);
            // Order n weighs n, its customer nothing more.
            let stakes: f64 = mine
                .map(|a| a.production_order_id as f64 * a.share.0 as f64 / MICRO as f64)
                .sum();
            let at = usize::try_from(found.purchase_id).unwrap() - 1;
            let loss = brute(&lines, &lines[at], stakes);
            let shown = found.loss.0 as f64 / MICRO as f64;
            if loss.is_nan() {
                last = last.min(shown + 0.01);
                continue;
            }
            prop_assert!((loss - shown).abs() < 0.01, "{} {} {:?}", loss, shown, found);
            prop_assert!(loss <= last + 0.01, "{} after {}", loss, last);
            last = loss;
        }
    }
}
