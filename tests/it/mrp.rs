//! The material explosion and lot sizing against worked cases, and laws on made-up data.
//!
//! The cases lie in the folder that `GENDAN_CASES` names; without it they are skipped, and say so.

use std::collections::BTreeMap;
use std::path::PathBuf;

use chrono::{Days, NaiveDate};
use gendan::domain::quantity::Qty;
use gendan::plan::explode::lot::{self, Method};
use gendan::plan::explode::{
    BomLine, Explosion, For, Input, Item, Need, Origin, Production, Purchase, Source, Stage,
    Supply, explode,
};
use serde_json::Value;

mod deliveries;
mod events;
mod flow;
mod kits;
mod laws;

/// Period 0 of a case.
fn day(period: u64) -> NaiveDate {
    let zero: NaiveDate = "2026-01-05".parse().unwrap();
    zero.checked_add_days(Days::new(period)).unwrap()
}

fn q(text: &str) -> Qty {
    text.parse().unwrap()
}

#[allow(clippy::print_stdout)]
fn cases(start: &str) -> Vec<(String, Value)> {
    let Ok(root) = std::env::var("GENDAN_CASES") else {
        println!("skipped: GENDAN_CASES is not set, so the {start}* cases cannot be read");
        return Vec::new();
    };
    let folder = PathBuf::from(root).join("cases/mrp");
    let mut found: Vec<(String, Value)> = std::fs::read_dir(&folder)
        .unwrap_or_else(|e| panic!("{}: {e}", folder.display()))
        .map(|entry| entry.unwrap().path())
        .filter_map(|path| {
            let name = path.file_name()?.to_str()?.to_owned();
            let wanted = name.starts_with(start) && name.ends_with(".json");
            let text = wanted.then(|| std::fs::read_to_string(&path).unwrap())?;
            Some((name, serde_json::from_str(&text).unwrap()))
        })
        .collect();
    found.sort_by(|a, b| a.0.cmp(&b.0));
    assert!(!found.is_empty(), "no {start}* in {}", folder.display());
    found
}

fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value.get(key).and_then(Value::as_array).map_or(&[], |l| l)
}

fn qty(value: &Value, key: &str) -> Qty {
    match value.get(key) {
        Some(number) => q(&number.to_string()),
        None => Qty::ZERO,
    }
}

fn period(value: &Value, key: &str) -> NaiveDate {
    day(value[key]
        .as_u64()
        .unwrap_or_else(|| panic!("{key}: {value}")))
}

/// Ids of a case's items and demands by their names.
struct Names {
    items: BTreeMap<String, i64>,
    needs: BTreeMap<String, i64>,
}

impl Names {
    fn of(list: &[Value]) -> BTreeMap<String, i64> {
        (1..)
            .zip(list)
            .map(|(n, v)| (v["id"].as_str().unwrap().to_owned(), n))
            .collect()
    }

    fn item(&self, value: &Value, key: &str) -> i64 {
        self.items[value[key].as_str().unwrap()]
    }
}

fn read_item(value: &Value, id: i64, made: bool) -> Item {
    let known = [
        "id",
        "onhand",
        "lead_time",
        "safety_stock",
        "min_qty",
        "max_qty",
        "multiple",
        "group_days",
        "policy",
        "foq",
        "poq",
        "phantom",
    ];
    for key in value.as_object().unwrap().keys() {
        assert!(known.contains(&key.as_str()), "unknown item field {key}");
    }
    let source = if value["phantom"] == true {
        Source::Phantom
    } else if made {
        Source::Make
    } else {
        Source::Buy
    };
    let mut item = Item::new(id, value["id"].as_str().unwrap(), source);
    item.on_hand = qty(value, "onhand");
    item.safety_stock = qty(value, "safety_stock");
    item.lead_days = u32::try_from(value["lead_time"].as_u64().unwrap_or(0)).unwrap();
    item.moq = qty(value, "min_qty");
    item.max_lot = qty(value, "max_qty");
    item.multiple = qty(value, "multiple");
    let mut days = value["group_days"].as_u64();
    match value["policy"].as_str() {
        None | Some("L4L") => {}
        Some("FOQ") => {
            let fixed = qty(value, "foq");
            (item.moq, item.multiple, item.max_lot) = (fixed, fixed, fixed);
        }
        Some("POQ") => days = value["poq"].as_u64(),
        Some(other) => panic!("unknown policy {other}"),
    }
    item.group_days = u32::try_from(days.unwrap_or(0)).unwrap();
    item
}

fn read_case(case: &Value) -> (Input, Names) {
    let names = Names {
        items: Names::of(list(case, "items")),
        needs: Names::of(list(case, "demands")),
    };
    let mut input = Input::new(day(0));
    for line in list(case, "bom") {
        let (parent, component) = (names.item(line, "parent"), names.item(line, "component"));
        let mut bom = BomLine::new(parent, component, qty(line, "qty"));
        bom.wastage = qty(line, "scrap_pct").over(Qty::whole(100));
        input.bom.push(bom);
    }
    for value in list(case, "items") {
        let id = names.item(value, "id");
        let made = input.bom.iter().any(|line| line.parent == id);
        input.items.push(read_item(value, id, made));
    }
    for (id, value) in (1..).zip(list(case, "supplies")) {
        input.purchases.push(Purchase {
            id,
            label: format!("PO-{id}"),
            item: names.item(value, "item"),
            qty_open: qty(value, "qty"),
            expected: Some(period(value, "due")),
            need: None,
        });
    }
    for (id, value) in (1..).zip(list(case, "production")) {
        input.productions.push(Production {
            id,
            label: format!("MO-{id}"),
            item: names.item(value, "item"),
            qty_open: qty(value, "qty"),
            start: period(value, "start"),
            due: period(value, "due"),
            need: None,
            also: Vec::new(),
            stage: Stage::Waiting,
            issued: Vec::new(),
            operation_starts: Vec::new(),
        });
    }
    for value in list(case, "demands") {
        let code = value["id"].as_str().unwrap();
        input.needs.push(Need {
            id: names.needs[code],
            item: names.item(value, "item"),
            qty: qty(value, "qty"),
            date: period(value, "due"),
            weight: 1,
            order_date: day(0),
            order: code.to_owned(),
            line: 1,
        });
    }
    (input, names)
}

/// What of the item's rows for one need is covered neither by stock nor by open orders.
fn net_of(plan: &Explosion, item: i64, need: i64) -> Qty {
    let rows = || plan.rows.iter().filter(|row| row.item == item);
    let of = |to: For| to == For::Need(need);
    let gross: Qty = rows()
        .flat_map(|row| &row.pegs)
        .filter(|peg| of(peg.to))
        .map(|peg| peg.qty)
        .sum();
    let covered: Qty = rows()
        .flat_map(|row| &row.covers)
        .filter(|cover| of(cover.to) && !matches!(cover.from, Supply::Lot(_)))
        .map(|cover| cover.qty)
        .sum();
    gross - covered
}

/// Stock at the end of each period: what was there, what has come, what was planned, what was used.
fn projected(input: &Input, plan: &Explosion, item: i64, periods: u64) -> Vec<Qty> {
    let stock = input.items.iter().find(|i| i.id == item).unwrap();
    (1..=periods)
        .map(|n| {
            let end = day(n);
            let come = input.purchases.iter().filter(|p| p.item == item);
            let come: Qty = come
                .filter(|p| p.expected.unwrap() <= end)
                .map(|p| p.qty_open)
                .sum();
            let lots = plan.lots.iter().filter(|l| l.item == item && l.due <= end);
            let rows = plan.rows.iter();
            let used: Qty = rows
                .filter(|r| r.item == item && r.need_date <= end)
                .map(|r| r.gross)
                .sum();
            stock.on_hand + come + lots.map(|l| l.qty).sum() - used
        })
        .collect()
}

fn check_planned(expect: &Value, names: &Names, plan: &Explosion, name: &str) {
    let mut wanted: BTreeMap<i64, Vec<&Value>> = BTreeMap::new();
    for value in list(expect, "planned") {
        wanted
            .entry(names.item(value, "item"))
            .or_default()
            .push(value);
    }
    for (item, wanted) in wanted {
        let lots: Vec<_> = plan.lots.iter().filter(|l| l.item == item).collect();
        assert_eq!(lots.len(), wanted.len(), "{name}: lots {lots:?}");
        for (lot, value) in lots.iter().zip(wanted) {
            assert_eq!(lot.qty, qty(value, "qty"), "{name}: {value}");
            assert_eq!(lot.due, period(value, "due"), "{name}: {value}");
            if value.get("release").is_some() {
                assert_eq!(lot.release, period(value, "release"), "{name}: {value}");
            }
        }
    }
}

fn check_case(name: &str, case: &Value) {
    let (input, names) = read_case(case);
    let plan = explode(&input);
    assert_eq!(plan.findings, [], "{name}");
    let total = |item: i64| -> Qty {
        let lots = plan.lots.iter().filter(|l| l.item == item);
        lots.map(|l| l.qty).sum()
    };
    let expect = &case["expect"];
    for (key, value) in expect.as_object().unwrap() {
        match key.as_str() {
            "planned" => check_planned(expect, &names, &plan, name),
            "total_planned" => {
                for (code, wanted) in value.as_object().unwrap() {
                    let wanted = q(&wanted.to_string());
                    assert_eq!(total(names.items[code]), wanted, "{name}: {code}");
                }
            }
            "net" => {
                for line in list(expect, "net") {
                    let need = names.needs[line["demand"].as_str().unwrap()];
                    let net = net_of(&plan, names.item(line, "item"), need);
                    assert_eq!(net, qty(line, "qty"), "{name}: {line}");
                }
            }
            "projected_onhand" => {
                let wanted: Vec<Qty> = list(expect, key)
                    .iter()
                    .map(|v| q(&v.to_string()))
                    .collect();
                let periods = u64::try_from(wanted.len()).unwrap();
                let only = input.items[0].id;
                assert_eq!(projected(&input, &plan, only, periods), wanted, "{name}");
            }
            "low_level_code" => {
                for (code, wanted) in value.as_object().unwrap() {
                    let id = names.items[code];
                    let found = plan.levels.iter().find(|(item, _)| *item == id).unwrap();
                    assert_eq!(u64::from(found.1), wanted.as_u64().unwrap(), "{name}");
                }
            }
            "gross" => {
                for line in list(expect, "gross") {
                    let (item, date) = (names.item(line, "item"), period(line, "due"));
                    let mut rows = plan.rows.iter();
                    let row = rows.find(|r| r.item == item && r.need_date == date);
                    assert_eq!(row.unwrap().gross, qty(line, "qty"), "{name}: {line}");
                }
            }
            "pegging" => {
                for line in list(expect, "pegging") {
                    check_pegging(&plan, &names, line, name);
                }
            }
            other => panic!("{name}: no check for the expectation {other}"),
        }
    }
}

fn check_pegging(plan: &Explosion, names: &Names, line: &Value, name: &str) {
    let (item, date) = (names.item(line, "item"), period(line, "due"));
    let parent = names.item(line, "parent");
    let rows = plan.rows.iter();
    let parts = rows
        .filter(|r| r.item == item && r.need_date == date)
        .flat_map(|r| &r.parts);
    let from_parent: Qty = parts
        .filter(|p| matches!(&p.origin, Origin::Parent(from) if from.parent == parent))
        .map(|p| p.qty)
        .sum();
    assert_eq!(from_parent, qty(line, "qty"), "{name}: {line}");
}

#[test]
fn every_explosion_case_gives_its_numbers() {
    for (name, case) in cases("mrp-") {
        check_case(&name, &case);
    }
}

#[test]
fn every_lot_size_case_gives_its_orders_and_cost() {
    for (name, case) in cases("lot-") {
        let demand: Vec<Qty> = list(&case, "demand")
            .iter()
            .map(|v| q(&v.to_string()))
            .collect();
        for (method, wanted) in case["expect"].as_object().unwrap() {
            let rule = match method.as_str() {
                "SM" => Method::SilverMeal,
                "LUC" => Method::LeastUnitCost,
                "PPB" => Method::PartPeriod,
                "WW" => Method::WagnerWhitin,
                other => panic!("{name}: unknown rule {other}"),
            };
            let (setup, holding) = (qty(&case, "setup_cost"), qty(&case, "holding_cost"));
            let plan = lot::size(&demand, setup, holding, rule);
            let orders: Vec<Qty> = list(wanted, "orders")
                .iter()
                .map(|v| q(&v.to_string()))
                .collect();
            assert_eq!(plan.orders, orders, "{name} {method}");
            assert_eq!(plan.cost, qty(wanted, "cost"), "{name} {method}");
        }
    }
}
