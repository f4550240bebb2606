//! The sample factory: right in itself, alive at every stage, the same after a round.

use std::collections::BTreeMap;

use gendan::domain::codes::{Channel, CustomerClass, OrderState, ProductionState};
use gendan::domain::moment::Moment;
use gendan::domain::quantity::Qty;
use gendan::domain::schema::TABLES;
use gendan::domain::world::World;
use gendan::store::Store;
use gendan::text::Did;
use gendan::transfer::sample::sample;

use super::{bring, export, round, store};

fn factory(at: &str) -> Store {
    let mut store = store();
    bring(&mut store, &sample(Moment::parse(at).unwrap()));
    store
}

#[test]
fn the_sample_makes_the_round_with_its_journal() {
    let mut store = factory("2026-11-23T08:00");
    // Work goes on in it, is taken back and done again, so that the journal holds every kind.
    super::change_something(&mut store);
    store.undo().unwrap();
    store.redo().unwrap();
    let (text, other) = round(&store);
    assert!(text.contains("\"kind\": \"redo\"") && text.contains("\"undone\": true"));
    assert_eq!(
        other.journal(None, 999).unwrap().len(),
        store.journal(None, 999).unwrap().len()
    );
    assert_eq!(export(&other), text);
}

#[test]
fn the_sample_is_right_on_any_day_of_the_year() {
    for at in [
        "2026-11-22T06:00",
        "2027-02-10T12:00",
        "2026-10-03T23:59",
        "2027-06-30T08:00",
    ] {
        factory(at);
    }
}

/// Good pieces of each operation of a production order, by sequence.
fn done(world: &World, no: &str) -> Vec<(i64, Qty)> {
    let made = world.production_orders.iter().find(|p| p.no == no).unwrap();
    let good = |operation: i64| -> Qty {
        let figures = || world.progress.of(operation);
        let live = figures().filter(|p| !figures().any(|q| q.corrects == Some(p.id)));
        live.map(|p| p.good).sum()
    };
    let mut done: Vec<(i64, Qty)> = world
        .operations
        .of(made.id)
        .map(|o| (o.seq, o.opening_qty + good(o.id)))
        .collect();
    done.sort_unstable();
    done
}

#[test]
fn the_figures_of_the_sample_hold_together() {
    let store = factory("2026-11-23T08:00");
    let world = store.world().unwrap();
    let differing: Vec<&str> = world
        .order_lines
        .iter()
        .filter(|l| l.amount != l.unit_price.map(|price| l.qty.times(price).round_to(2)))
        .map(|l| world.orders.get(l.order_id).unwrap().no.as_str())
        .collect();
    assert_eq!(
        differing,
        ["SO-0110"],
        "the one amount that is meant to be wrong"
    );
    for line in &world.order_lines {
        let sizes: Vec<Qty> = world.line_sizes.of(line.id).map(|s| s.qty).collect();
        assert!(sizes.is_empty() || sizes.iter().copied().sum::<Qty>() == line.qty);
    }
    for made in &world.production_orders {
        let done = done(&world, &made.no);
        let falling = done.windows(2).all(|pair| pair[0].1 >= pair[1].1);
        assert!(falling && done[0].1 <= made.qty, "{} {done:?}", made.no);
        let placed = world.operations.of(made.id).filter(|o| o.starts.is_some());
        let placed: Vec<_> = placed.collect();
        assert!(placed.iter().all(|o| o.starts < o.ends));
        assert!(
            placed
                .windows(2)
                .all(|p| p[0].starts <= p[1].starts && p[0].ends <= p[1].ends)
        );
    }
    for shipment in &world.shipments {
        let sent: Qty = world.shipment_lines.of(shipment.id).map(|l| l.qty).sum();
        let packed: Qty = world
            .cartons
            .of(shipment.id)
            .map(|c| Qty::whole(c.cartons).times(c.per_carton))
            .sum();
        assert_eq!(sent, packed, "{}", shipment.no);
    }
    assert_eq!(done(&world, "MO-0103").last().unwrap().1, Qty::whole(2400));
}

#[test]
fn the_sample_has_something_in_every_stage() {
    let store = factory("2026-11-23T08:00");
    let world = store.world().unwrap();
    let today = store.clock().today();
    let file = gendan::transfer::json::parse(&export(&store)).unwrap();
    let names = TABLES.iter().map(|t| t.name);
    let empty: Vec<&str> = names.filter(|name| file.len_of(name) == 0).collect();
    assert_eq!(
        empty,
        [
            "schedule_line",
            "production_order_line",
            "reservation",
            "source_file",
            "heading_map",
            "setting"
        ]
    );
    let classes: Vec<CustomerClass> = world.customers.iter().map(|c| c.class).collect();
    assert_eq!(classes, CustomerClass::ALL);
    let mut states: BTreeMap<OrderState, usize> = BTreeMap::new();
    for order in &world.orders {
        *states.entry(order.state).or_default() += 1;
    }
    assert_eq!(states[&OrderState::Open], 5);
    assert_eq!(states[&OrderState::Accepted], 7);
    assert_eq!(states[&OrderState::Closed], 1);
    assert!(world.orders.iter().any(|o| o.on_hold));
    assert!(
        world
            .orders
            .iter()
            .any(|o| o.channel == Channel::Phone && world.documents.of(o.id).count() == 0)
    );
    assert!(
        world
            .queries
            .iter()
            .any(|q| q.answered_on.is_none() && q.due < Some(today))
    );
    assert!(world.answers.iter().any(|a| a.answered_on.is_none()));
    assert!(
        world
            .production_orders
            .iter()
            .any(|p| p.state == ProductionState::Proposed)
    );
    let late = |p: i64| world.promises.of(p).map(|p| p.date).max() < Some(today);
    assert!(
        world
            .purchases
            .iter()
            .any(|p| world.receipts.of(p.id).count() == 0 && late(p.id))
    );
    assert!(world.receipts.iter().any(|r| r.rejected.is_positive()));
    assert!(
        world
            .exceptions
            .iter()
            .any(|e| e.closed_on.is_none() && e.decide_by == Some(today))
    );
    assert!(
        world
            .exceptions
            .iter()
            .any(|e| e.closed_on.is_some() && world.lessons.of(e.id).count() == 1)
    );
    let diary = store.journal(None, 99).unwrap();
    assert!(diary.iter().all(|line| line.did != Did::Unknown));
}
