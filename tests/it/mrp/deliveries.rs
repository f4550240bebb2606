//! Deliveries within stock, suppliers and capacity, against worked cases.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;
use gendan::domain::quantity::Qty;
use gendan::plan::constrained::{
    Answer, Dated, Demand, Item, Make, Question, Resource, Source, Task, Why, plan,
};
use proptest::prelude::*;
use serde_json::Value;

use super::{cases, list, q, qty};

fn minute(text: &str) -> i64 {
    let time = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M").unwrap();
    time.and_utc().timestamp() / 60
}

fn at(value: &Value, key: &str) -> i64 {
    minute(
        value[key]
            .as_str()
            .unwrap_or_else(|| panic!("{key}: {value}")),
    )
}

fn minutes(value: &Value, key: &str) -> i64 {
    value[key].as_i64().unwrap_or(0)
}

/// Numbers for the names of a case: items, resources, tasks, demands and groups share one list.
#[derive(Default)]
struct Ids(BTreeMap<String, i64>);

impl Ids {
    fn of(&mut self, name: &str) -> i64 {
        let next = i64::try_from(self.0.len()).unwrap();
        *self.0.entry(name.to_owned()).or_insert(next)
    }

    fn field(&mut self, value: &Value, key: &str) -> i64 {
        self.of(value[key]
            .as_str()
            .unwrap_or_else(|| panic!("{key}: {value}")))
    }
}

fn source(case: &Value, name: &str, ids: &mut Ids) -> Source {
    let is = |v: &&Value| v["item"] == name;
    if case["routing"]["item"] == name {
        let tasks = list(&case["routing"], "tasks").iter().map(|task| Task {
            id: ids.field(task, "id"),
            minutes: minutes(task, "dur_min"),
            after: list(task, "after")
                .iter()
                .map(|after| match after.as_str() {
                    Some(name) => (ids.of(name), 0),
                    None => (ids.field(after, "task"), minutes(after, "wait_min")),
                })
                .collect(),
        });
        return Source::Tasks(tasks.collect());
    }
    if let Some(make) = list(case, "make").iter().find(is) {
        return Source::Make(Make {
            fixed: minutes(make, "fixed_min"),
            per_run: qty(make, "per_unit_min"),
            output: qty(make, "output_qty").max(if make.get("output_qty").is_none() {
                Qty::ONE
            } else {
                Qty::ZERO
            }),
            run_multiple: qty(make, "size_multiple"),
            components: list(make, "components")
                .iter()
                .map(|c| (ids.field(c, "item"), qty(c, "qty")))
                .collect(),
            resource: make["resource"].as_str().map(|name| ids.of(name)),
        });
    }
    match list(case, "suppliers").iter().find(is) {
        Some(supplier) => Source::Buy {
            lead: minutes(supplier, "lead_time_min"),
            least: qty(supplier, "min_qty"),
            multiple: qty(supplier, "multiple"),
        },
        None => Source::None,
    }
}

fn dated(case: &Value, key: &str, ids: &mut Ids) -> Vec<Dated> {
    list(case, key)
        .iter()
        .map(|v| Dated {
            item: ids.field(v, "item"),
            at: at(v, "date"),
            qty: qty(v, "qty"),
        })
        .collect()
}

fn question(case: &Value, ids: &mut Ids) -> Question {
    let now = at(case, "now");
    let demands = list(case, "demands").iter().map(|v| {
        assert!(v.get("consume_fixed").is_none(), "consume_fixed: {v}");
        Demand {
            id: ids.field(v, "id"),
            item: ids.field(v, "item"),
            qty: qty(v, "qty"),
            due: at(v, "due"),
            priority: v["priority"].as_i64().unwrap(),
            delivery: minutes(v, "delivery_min"),
            min_shipment: qty(v, "min_shipment"),
            max_lateness: v["max_lateness_min"].as_i64(),
            consume: v.get("consume_qty").map_or(Qty::ONE, |n| q(&n.to_string())),
            group: v["group"].as_str().map(|name| ids.of(name)),
        }
    });
    let demands = demands.collect();
    let resources = list(case, "resources").iter().map(|v| Resource {
        id: ids.field(v, "id"),
        steps: match v["capacity"].as_i64() {
            Some(lines) => vec![(now, lines)],
            None => list(v, "capacity_steps")
                .iter()
                .map(|s| (at(s, "start"), s["value"].as_i64().unwrap()))
                .collect(),
        },
        efficiency: v
            .get("efficiency_pct")
            .map_or(Qty::ONE, |n| q(&n.to_string()).over(Qty::whole(100))),
    });
    let resources = resources.collect();
    let items = list(case, "items").iter().map(|v| Item {
        id: ids.field(v, "id"),
        on_hand: qty(v, "onhand"),
        source: source(case, v["id"].as_str().unwrap(), ids),
    });
    let items = items.collect();
    Question {
        now,
        open_orders_first: case["options"]["use_open_orders_first"] == true,
        items,
        receipts: dated(case, "supply", ids),
        issues: dated(case, "consume", ids),
        resources,
        demands,
    }
}

fn check_why(expect: &Value, answer: &Answer, ids: &mut Ids, name: &str) {
    for line in list(expect, "why") {
        let on = ids.field(line, "on");
        let demand = ids.field(line, "demand");
        let given: Vec<&Why> = answer
            .why
            .iter()
            .filter(|w| w.0 == demand)
            .map(|w| &w.1)
            .collect();
        let fits = |why: &&&Why| match line["constraint"].as_str().unwrap() {
            "lead_time" => ***why == Why::LeadTime(on) || ***why == Why::TaskTime(on),
            "supplier_lead_time" => ***why == Why::SupplierLeadTime(on),
            "capacity" => ***why == Why::Capacity(on),
            "material" => ***why == Why::Material(on),
            "ships_with" => ***why == Why::ShipsWith(on),
            other => panic!("{name}: unknown constraint {other}"),
        };
        assert!(
            given.iter().any(|w| fits(&w)),
            "{name}: {line} not in {given:?}"
        );
    }
}

/// Quantity delivered by a time.
fn delivered(answer: &Answer, demand: i64, by: i64) -> Qty {
    let deliveries = answer.deliveries.iter();
    deliveries
        .filter(|d| d.demand == demand && d.at <= by)
        .map(|d| d.qty)
        .sum()
}

fn check_deliveries(expect: &Value, answer: &Answer, ids: &mut Ids, name: &str) {
    let wanted: Vec<(i64, i64, Qty)> = list(expect, "deliveries")
        .iter()
        .map(|v| (ids.field(v, "demand"), at(v, "date"), qty(v, "qty")))
        .collect();
    if expect["mode"] == "exact" {
        let given: Vec<_> = answer
            .deliveries
            .iter()
            .map(|d| (d.demand, d.at, d.qty))
            .collect();
        assert_eq!(given, wanted, "{name}");
        return;
    }
    assert_eq!(expect["mode"], "not_worse", "{name}");
    let mut sums: BTreeMap<i64, Qty> = BTreeMap::new();
    for (demand, date, qty) in wanted {
        let sum = sums.entry(demand).or_default();
        *sum += qty;
        assert!(
            delivered(answer, demand, date) >= *sum,
            "{name}: {answer:?}"
        );
    }
}

fn check_case(name: &str, case: &Value) {
    let mut ids = Ids::default();
    let question = question(case, &mut ids);
    let answer = plan(&question);
    let expect = &case["expect"];
    for key in expect.as_object().unwrap().keys() {
        match key.as_str() {
            "mode" | "note" => {}
            "deliveries" => check_deliveries(expect, &answer, &mut ids, name),
            "short" => {
                let wanted: Vec<_> = list(expect, key)
                    .iter()
                    .map(|v| (ids.field(v, "demand"), qty(v, "qty")))
                    .collect();
                assert_eq!(answer.short, wanted, "{name}");
            }
            "cumulative" => {
                for v in list(expect, key) {
                    let demand = ids.field(v, "demand");
                    let given = delivered(&answer, demand, at(v, "by"));
                    assert_eq!(given, qty(v, "qty"), "{name}: {v}");
                }
            }
            "purchases" => {
                for v in list(expect, key) {
                    let item = ids.field(v, "item");
                    let found = answer.purchases.iter().any(|p| {
                        (p.item, p.order, p.arrive, p.qty)
                            == (item, at(v, "order"), at(v, "arrive"), qty(v, "qty"))
                    });
                    assert!(found, "{name}: {v} not in {:?}", answer.purchases);
                }
            }
            "shortage" => {
                let given = answer
                    .shortages
                    .iter()
                    .map(|s| (s.item, s.qty, s.from, s.to));
                let wanted = list(expect, key).iter().map(|v| {
                    let to = Some(at(v, "to"));
                    (ids.field(v, "item"), qty(v, "qty"), at(v, "from"), to)
                });
                assert_eq!(
                    given.collect::<Vec<_>>(),
                    wanted.collect::<Vec<_>>(),
                    "{name}"
                );
            }
            "why" => check_why(expect, &answer, &mut ids, name),
            other => panic!("{name}: no check for the expectation {other}"),
        }
    }
}

#[test]
fn every_delivery_case_gives_its_dates_and_reasons() {
    for (name, case) in cases("plan-") {
        // Cases about calendars alone ask for no delivery.
        if !list(&case, "demands").is_empty() {
            check_case(&name, &case);
        }
    }
}

#[test]
fn what_may_be_a_little_late_comes_as_soon_as_it_can() {
    // Four lie there, three come at 30, five at 200; an hour late is allowed.
    let wanted = vec![(3, 12, 25, 1, 0, false)];
    let answer = plan(&shop(&[0, 0, 4], &[(3, 30, 3), (3, 200, 5)], &wanted));
    let given: Vec<_> = answer.deliveries.iter().map(|d| (d.at, d.qty)).collect();
    assert_eq!(given, [(25, q("4")), (50, q("3"))]);
    assert_eq!(answer.short, [(0, q("5"))]);
    assert_eq!(answer.why, [(0, Why::Material(3))]);
}

/// Demands as (item, quantity, due, priority, least shipment, may be late).
type Wanted = Vec<(i64, i64, i64, i64, i64, bool)>;

/// Three items: 1 is made of two of 2 on one line, 2 is bought, 3 has only stock and receipts.
fn shop(stock: &[i64], receipts: &[(i64, i64, i64)], wanted: &Wanted) -> Question {
    let sources = [
        Source::Make(Make {
            fixed: 10,
            per_run: Qty::whole(5),
            output: Qty::ONE,
            run_multiple: Qty::ONE,
            components: vec![(2, Qty::whole(2))],
            resource: Some(9),
        }),
        Source::Buy {
            lead: 200,
            least: Qty::whole(15),
            multiple: Qty::ZERO,
        },
        Source::None,
    ];
    Question {
        now: 0,
        items: (1..)
            .zip(stock.iter().zip(sources))
            .map(|(id, (on_hand, source))| Item {
                id,
                on_hand: Qty::whole(*on_hand),
                source,
            })
            .collect(),
        receipts: receipts
            .iter()
            .map(|(item, at, qty)| Dated {
                item: *item,
                at: *at,
                qty: Qty::whole(*qty),
            })
            .collect(),
        resources: vec![Resource {
            id: 9,
            steps: vec![(0, 1), (300, 0), (350, 2)],
            efficiency: q("0.9"),
        }],
        demands: (0..)
            .zip(wanted)
            .map(|(id, (item, qty, due, priority, least, late))| Demand {
                id,
                item: *item,
                qty: Qty::whole(*qty),
                due: *due,
                priority: *priority,
                delivery: 20,
                min_shipment: Qty::whole((*least).min(*qty)),
                max_lateness: (!late).then_some(60),
                consume: Qty::ONE,
                group: None,
            })
            .collect(),
        ..Question::default()
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn deliveries_lose_and_invent_nothing(
        stock in proptest::collection::vec(0..20_i64, 3),
        receipts in proptest::collection::vec((1..=3_i64, 0..400_i64, 1..20_i64), 0..4),
        wanted in proptest::collection::vec(
            (1..=3_i64, 1..25_i64, 0..500_i64, 1..4_i64, 0..6_i64, any::<bool>()), 0..6),
    ) {
        let question = shop(&stock, &receipts, &wanted);
        let answer = plan(&question);
        for demand in &question.demands {
            let given = delivered(&answer, demand.id, i64::MAX);
            let short = answer.short.iter().find(|(id, _)| *id == demand.id).map_or(Qty::ZERO, |s| s.1);
            prop_assert_eq!(given + short, demand.qty);
            for delivery in answer.deliveries.iter().filter(|d| d.demand == demand.id) {
                prop_assert!(delivery.at >= demand.due.min(demand.delivery));
                prop_assert!(delivery.qty >= demand.min_shipment);
                if let Some(late) = demand.max_lateness {
                    prop_assert!(delivery.at <= demand.due + late);
                }
            }
            if short.is_positive() || answer.deliveries.iter().any(|d| d.demand == demand.id && d.at > demand.due) {
                prop_assert!(answer.why.iter().any(|(id, _)| *id == demand.id), "{:?}", demand);
            }
        }
        // Of item 3 no more goes out by any time than has come in by then.
        for at in 0..600 {
            let come: i64 = stock[2]
                + receipts.iter().filter(|r| r.0 == 3 && r.1 <= at).map(|r| r.2).sum::<i64>();
            let gone: Qty = answer.deliveries.iter()
                .filter(|d| question.demands[usize::try_from(d.demand).unwrap()].item == 3)
                .filter(|d| d.at - 20 <= at)
                .map(|d| d.qty)
                .sum();
            prop_assert!(gone <= Qty::whole(come), "at {}: {} of {}", at, gone, come);
        }
    }
}
