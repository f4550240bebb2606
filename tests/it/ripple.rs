//! What an amendment touches: against a comparison of everything before and after.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};
use gendan::app::outlook::Outlook;
use gendan::domain::moment::Moment;
use gendan::domain::quantity::{Micro, Qty};
use gendan::domain::rule::amend::{self, RevisedLine};
use gendan::domain::rule::consistency::{alias::Aliases, value};
use gendan::domain::rule::{delivery, intake, milestone};
use gendan::domain::world::World;
use gendan::plan::explode::{self, Supply};
use gendan::plan::ripple::{Kind, Object, Side, ripple};
use gendan::plan::{gather, supply};
use gendan::transfer::json;
use serde_json::{Value, json};

use crate::plan::made::Dice;
use crate::support::clock;

const NOW: &str = "2026-11-23T08:00";
const ORDERS: i64 = 200;
const AMENDMENTS: i64 = 1_000;

fn day(n: i64) -> String {
    let first = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
    (first + Days::new(u64::try_from(n).unwrap())).to_string()
}

/// A factory with 200 orders: products of two materials, production orders, purchases, papers,
/// milestones, shipments, review rounds.
fn factory(seed: u64) -> World {
    bring(&factory_file(seed, ORDERS)).1.world().unwrap()
}

/// An interchange file brought into a new file in a folder of its own.
pub(crate) fn bring(file: &str) -> (tempfile::TempDir, gendan::store::Store) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    let mut store =
        gendan::store::Store::open(&path, gendan::store::Access::Write, clock(NOW), "li").unwrap();
    json::bring(&mut store, &json::parse(file).unwrap(), "").unwrap();
    (folder, store)
}

/// The interchange file of a factory with so many orders.
pub(crate) fn factory_file(seed: u64, count: i64) -> String {
    let mut dice = Dice::new(seed);
    let week = json!({ "mon": ["08:00-12:00", "13:30-17:30"], "tue": ["08:00-12:00", "13:30-17:30"],
        "wed": ["08:00-12:00", "13:30-17:30"], "thu": ["08:00-12:00", "13:30-17:30"], "fri": ["08:00-12:00", "13:30-17:30"] });
    let mut items = Vec::new();
    for m in 0..6 {
        items.push(json!({ "code": format!("M{m}"), "unit": "pcs", "on_hand": (dice.below(40) * 50).to_string(),
            "lead_days": 3 + m, "moq": (dice.below(3) * 200).to_string(), "multiple": "10", "supplier": "S1" }));
    }
    for p in 0..5 {
        items.push(json!({ "code": format!("P{p}"), "name": format!("Product {p}"), "unit": "pcs", "make": true, "family": "shirt",
            "on_hand": (dice.below(3) * 20).to_string(), "lead_days": 2,
            "bom": [{ "item": format!("M{p}"), "qty": "2", "wastage": "0.03" }, { "item": "M5", "qty": "1" }],
            "routing": [{ "seq": 10, "name": "cut", "work_centre": "W0", "setup_minutes": "10", "minutes_per_unit": "0.2" },
                        { "seq": 20, "name": "sew", "work_centre": "W1", "setup_minutes": "15", "minutes_per_unit": "0.5" }] }));
    }
    let (mut orders, mut made, mut papers, mut facts) = (vec![], vec![], vec![], vec![]);
    let (mut shipments, mut milestones, mut rounds, mut decisions) =
        (vec![], vec![], vec![], vec![]);
    for n in 1..=count {
        let no = format!("SO-{n:04}");
        let accepted = dice.below(10) > 0;
        let lines = 1 + dice.below(2);
        let mut rows = Vec::new();
        for line in 1..=lines {
            let qty = 10 * (1 + dice.below(30));
            let item = format!("P{}", dice.below(5));
            rows.push(json!({ "no": line, "item": item, "qty": qty.to_string(), "unit": "pcs", "unit_price": "2.5",
                "requested_date": day(5 + dice.below(60)) }));
            if accepted && dice.below(3) == 0 {
                let done = if dice.below(4) == 0 { "5" } else { "0" };
                made.push(json!({ "no": format!("MO-{n:04}-{line}"), "order": no, "line": line, "qty": qty.to_string(), "state": "released",
                    "operations": [{ "seq": 10, "done_qty": done }, { "seq": 20 }] }));
            }
        }
        let total: i64 = rows
            .iter()
            .map(|r| r["qty"].as_str().unwrap().parse::<i64>().unwrap())
            .sum();
        if dice.below(3) == 0 {
            papers.push(json!({ "ref": n, "order": no, "kind": "customer_order_sheet", "title": "sheet", "date": day(0) }));
            facts.push(json!({ "order": no, "document": n, "key": "数量", "value": total.to_string(), "unit": "件" }));
            facts.push(json!({ "order": no, "document": n, "key": "delivery date", "value": rows[0]["requested_date"] }));
        }
        if dice.below(5) == 0 {
            let qty = rows[0]["qty"].as_str().unwrap();
            shipments.push(json!({ "no": format!("SH-{n:04}"), "order": no, "planned": day(40), "lines": [{ "line": 1, "qty": qty }] }));
        }
        if dice.below(3) == 0 {
            milestones.push(json!({ "order": no, "seq": 1, "code": "ship", "name": "ship", "owner": "shipping", "days": 1 }));
            milestones.push(json!({ "order": no, "seq": 2, "code": "materials", "name": "materials in", "owner": "purchasing", "before": "ship", "days": 8 }));
        }
        if accepted {
            decisions.push(json!({ "order": no, "kind": "accept", "decided_on": "2026-11-20" }));
        } else if dice.below(2) == 0 {
            rounds.push(json!({ "order": no, "round": 1, "opened_on": "2026-11-20",
                "answers": [{ "department": "technical", "asked_on": "2026-11-20" }, { "department": "purchasing", "asked_on": "2026-11-20" }] }));
        }
        let state = if accepted { "accepted" } else { "open" };
        orders.push(json!({ "no": no, "customer": "C1", "customer_po": format!("PO{n}"), "currency": "USD", "state": state, "lines": rows }));
    }
    let bought: Vec<Value> = (0..40)
        .map(|n| json!({ "no": format!("PO-{n:03}"), "line": 1, "item": format!("M{}", n % 6), "supplier": "S1",
            "qty": (100 * (1 + dice.below(40))).to_string(), "unit": "pcs", "ordered_on": "2026-11-16",
            "promises": [{ "date": day(3 + dice.below(30)), "said_on": "2026-11-16" }] }))
        .collect();
    let file = json!({ "format": "gendan/1", "calendars": [{ "code": "DAY", "week": week }],
        "customers": [{ "code": "C1", "name": "One", "class": "A" }], "suppliers": [{ "code": "S1", "name": "Mill", "lead_days": 7 }],
        "work_centres": [
            { "code": "W0", "calendar": "DAY", "lines": [{ "code": "L1" }, { "code": "L2" }] },
            { "code": "W1", "calendar": "DAY", "lines": [{ "code": "L1" }, { "code": "L2" }, { "code": "L3" }] }],
        "items": items, "orders": orders, "production_orders": made, "purchases": bought, "documents": papers, "facts": facts,
        "shipments": shipments, "milestones": milestones, "answers": rounds, "decisions": decisions });
    file.to_string()
}

fn outlook(world: &World) -> Outlook {
    let now = Moment::parse(NOW).unwrap();
    gather::sketch(world, now)
}

/// A random change of an order: quantity, date, article, a line cancelled, left out or added.
fn amendment(world: &World, dice: &mut Dice) -> (i64, Vec<RevisedLine>) {
    let at = usize::try_from(dice.below(ORDERS)).unwrap();
    let order = world.orders.iter().nth(at).unwrap();
    let mut lines = amend::lines_of(world, order);
    let n = usize::try_from(dice.below(lines.len() as i64)).unwrap();
    let line = &mut lines[n].line;
    let today = Moment::parse(NOW).unwrap().date();
    match dice.below(7) {
        0 => line.qty = Qty::whole(10 * (1 + dice.below(40))),
        1 => line.qty = line.qty.over(Micro::whole(2)).round_to(0),
        2 => {
            line.requested_date =
                Some(today + Days::new(u64::try_from(3 + dice.below(70)).unwrap()))
        }
        3 => {
            let item = world
                .items
                .iter()
                .filter(|i| i.make)
                .nth(dice.below(5) as usize)
                .unwrap();
            (line.item_id, line.item_code) = (Some(item.id), item.code.clone());
        }
        4 => line.cancelled_qty = line.qty,
        5 => line.unit_price = Some(Micro::whole(3)),
        _ => {
            let new = gendan::domain::order::OrderLine {
                id: 0,
                no: 9,
                ..line.clone()
            };
            lines.push(RevisedLine {
                line: new,
                ..RevisedLine::default()
            });
        }
    }
    (order.id, lines)
}

/// Everything that is compared, from one world.
struct Everything<'a> {
    world: &'a World,
    outlook: Outlook,
    explosion: explode::Explosion,
    /// Of each open purchase: how much is used, needed first.
    used: std::collections::BTreeMap<i64, (Qty, Option<NaiveDate>)>,
}

fn everything(world: &World) -> Everything<'_> {
    let today = Moment::parse(NOW).unwrap().date();
    let explosion = explode::explode(&supply::input(world, today));
    let mut used = std::collections::BTreeMap::new();
    for row in &explosion.rows {
        for cover in row
            .covers
            .iter()
            .filter(|c| matches!(c.from, Supply::Purchase(_)))
        {
            let Supply::Purchase(id) = cover.from else {
                unreachable!()
            };
            let (qty, first): &mut (Qty, Option<NaiveDate>) = used.entry(id).or_default();
            *qty += cover.qty;
            *first = Some(first.unwrap_or(row.need_date).min(row.need_date));
        }
    }
    Everything {
        world,
        outlook: outlook(world),
        explosion,
        used,
    }
}

/// All objects that differ, compared one kind after the other on the raw rows.
fn brute(a: &Everything<'_>, b: &Everything<'_>, order: i64) -> BTreeSet<Object> {
    let today = Moment::parse(NOW).unwrap().date();
    let mut out = BTreeSet::new();
    let mut hit = |kind: Kind, id: i64, day: Option<NaiveDate>, differs: bool| {
        if differs {
            out.insert(Object { kind, id, day });
        }
    };
    let live = |w: &World, id: i64| {
        let p = w.production_orders.get(id).unwrap();
        let standing = gendan::domain::rule::production::standing(w, p);
        gendan::domain::rule::production::is_live(standing).then_some(p.qty)
    };
    for p in a.world.production_orders.iter() {
        let plan = a.outlook.finishes.get(&p.id) != b.outlook.finishes.get(&p.id);
        hit(
            Kind::ProductionOrder,
            p.id,
            None,
            plan || live(a.world, p.id) != live(b.world, p.id),
        );
    }
    for o in a.world.operations.iter() {
        let at = |e: &Everything<'_>| {
            e.outlook
                .places
                .get(&o.id)
                .map(|p| (p.starts, p.ends, p.line_id))
        };
        hit(Kind::Operation, o.id, None, at(a) != at(b));
    }
    for p in a.world.purchases.iter() {
        hit(
            Kind::Purchase,
            p.id,
            None,
            a.used.get(&p.id) != b.used.get(&p.id),
        );
    }
    let bought = |e: &Everything<'_>| -> BTreeSet<(i64, NaiveDate, Qty, NaiveDate)> {
        let list = e
            .outlook
            .requirements
            .iter()
            .filter(|r| !r.make && r.qty_planned.is_positive());
        list.map(|r| (r.item_id, r.need_date, r.qty_planned, r.release_date))
            .collect()
    };
    for (item, need, _, _) in bought(a).symmetric_difference(&bought(b)) {
        hit(Kind::Requirement, *item, Some(*need), true);
    }
    let (was, is) = (
        a.world.orders.get(order).unwrap(),
        b.world.orders.get(order).unwrap(),
    );
    let due = (delivery::due(a.world, was), delivery::due(b.world, is));
    let nodes: Vec<_> = a.world.milestones.of(order).collect();
    let back = |due: Option<NaiveDate>| {
        let network: Vec<_> = nodes.iter().map(|m| milestone::node(m)).collect();
        due.map(|d| {
            milestone::backward(d, &network, &|c| milestone::calendar_of(a.world, c)).unwrap()
        })
    };
    let (early, late) = (back(due.0), back(due.1));
    for m in &nodes {
        let latest = |dates: &Option<std::collections::BTreeMap<String, NaiveDate>>| {
            dates.as_ref().map(|d| d[&m.code])
        };
        hit(Kind::Milestone, m.id, None, latest(&early) != latest(&late));
    }
    for s in a.world.shipments.of(order) {
        let beyond = |w: &World| -> Vec<Qty> {
            let lines = w.shipment_lines.of(s.id);
            lines
                .map(|l| {
                    let open = w
                        .order_lines
                        .get(l.order_line_id)
                        .map_or(Qty::ZERO, |line| delivery::line_qty(w, line).open);
                    (l.qty - open).floor_zero()
                })
                .collect()
        };
        hit(
            Kind::Shipment,
            s.id,
            None,
            due.0 != due.1 || beyond(a.world) != beyond(b.world),
        );
    }
    let aliases = Aliases::new(std::iter::empty());
    for d in a.world.documents.of(order) {
        let says = |w: &World| {
            let o = w.orders.get(order).unwrap();
            let unit = w
                .order_lines
                .of(order)
                .next()
                .map(|l| l.unit.clone())
                .unwrap_or_default();
            let facts = w.facts.of(order).filter(|f| f.document_id == d.id);
            facts
                .map(|f| {
                    let wanted = if f.key == "数量" {
                        format!("{} {unit}", delivery::order_qty(w, o).ordered.text())
                    } else {
                        delivery::requested(w, o)
                            .map(|d| d.to_string())
                            .unwrap_or_default()
                    };
                    value::compare(&format!("{} {}", f.value, f.unit), &wanted, &aliases)
                        == value::Comparison::Same
                })
                .collect::<Vec<_>>()
        };
        hit(Kind::Document, d.id, None, says(a.world) != says(b.world));
    }
    let asked = |w: &World| {
        let lines = w.order_lines.of(order);
        lines
            .map(|l| (l.item_code.clone(), l.qty, l.requested_date))
            .collect::<Vec<_>>()
    };
    for round in a.world.review_rounds.of(order) {
        for answer in a.world.answers.of(round.id) {
            hit(
                Kind::Answer,
                answer.id,
                None,
                asked(a.world) != asked(b.world),
            );
        }
    }
    let points = (
        intake::points(a.world, was, today),
        intake::points(b.world, is, today),
    );
    for (at, (p, q)) in points.0.iter().zip(&points.1).enumerate() {
        hit(Kind::ReviewPoint, at as i64 + 1, None, p.value != q.value);
    }
    for o in a.world.orders.iter() {
        let date = |e: &Everything<'_>| e.outlook.promises.get(&o.id).map(|p| p.date);
        hit(Kind::Promise, o.id, None, date(a) != date(b));
    }
    out
}

const fn side<'a>(e: &'a Everything<'a>) -> Side<'a> {
    Side {
        world: e.world,
        outlook: &e.outlook,
        explosion: &e.explosion,
    }
}

/// Random changes on the factory of a seed: half of them all in the long form of the tests.
fn half(seed: u64) {
    let count = match std::env::var("GENDAN_FAULTS") {
        Ok(v) if v == "full" => AMENDMENTS / 2,
        _ => AMENDMENTS / 10,
    };
    let world = factory(seed);
    let before = everything(&world);
    let mut dice = Dice::new(seed + 100);
    let now = Moment::parse(NOW).unwrap();
    let (mut kinds, mut touched) = (BTreeSet::new(), 0);
    for n in 0..count {
        let (id, lines) = amendment(&world, &mut dice);
        let order = world.orders.get(id).unwrap();
        let cuts = amend::cuts(&world, order, &lines);
        let changed = amend::after(&world, order, &lines, &cuts);
        let after = everything(&changed);
        let named = ripple(side(&before), side(&after), id, now);
        let named: BTreeSet<Object> = named.iter().map(|t| t.object).collect();
        let wanted = brute(&before, &after, id);
        let missed: Vec<_> = wanted.difference(&named).collect();
        let invented: Vec<_> = named.difference(&wanted).collect();
        assert!(
            missed.is_empty() && invented.is_empty(),
            "amendment {n} of {}: missed {missed:?}, invented {invented:?}",
            order.no
        );
        kinds.extend(named.iter().map(|o| o.kind));
        touched += named.len();
    }
    println!(
        "{count} amendments of {ORDERS} orders touch {touched} objects of {} kinds, each one named",
        kinds.len()
    );
    assert!(kinds.len() >= 9, "{kinds:?}");
}

#[test]
fn random_amendments_name_what_a_full_comparison_finds() {
    half(7);
}

#[test]
fn other_random_amendments_do_too() {
    half(11);
}
