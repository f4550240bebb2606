//! How long the material explosion and the kits take for a year's worth of orders.
//!
//! 1,000 orders, each for a product of its own: three levels, four sub-assemblies, 20 materials
//! out of a pool of 2,000 with stock, open purchases, wastage, lot rules and working calendars.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::hint::black_box;
use std::time::Instant;

use chrono::{Days, NaiveDate};
use gendan::domain::calendar::Calendar;
use gendan::domain::quantity::{Micro, Qty};
use gendan::plan::explode::{
    BomLine, Explosion, Input, Item, Need, Production, Purchase, Source, Stage, explode,
};
use gendan::plan::kit::kits;

const ORDERS: i64 = 1_000;
const PARTS: i64 = 4;
const MATERIALS_PER_PART: i64 = 5;
const POOL: i64 = 2_000;
const ROUNDS: usize = 21;

/// Numbers that look random and are the same in every run.
struct Draw(u64);

impl Draw {
    fn below(&mut self, limit: i64) -> i64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        i64::try_from(self.0 >> 33).unwrap() % limit
    }
}

fn factory() -> Input {
    let mut draw = Draw(20_261_123);
    let today: NaiveDate = "2026-11-23".parse().unwrap();
    let day = |draw: &mut Draw, from: i64, span: i64| {
        let n = u64::try_from(from + draw.below(span)).unwrap();
        today.checked_add_days(Days::new(n)).unwrap()
    };
    let mut input = Input::new(today);
    let mut week = Calendar::always("DAY");
    for weekend in week.week.iter_mut().skip(5) {
        weekend.clear();
    }
    input.calendars.push(week);
    for n in 0..POOL {
        let mut item = Item::new(1_000_000 + n, &format!("M{n}"), Source::Buy);
        item.on_hand = Qty::whole(draw.below(400));
        item.safety_stock = Qty::whole(draw.below(30));
        item.lead_days = u32::try_from(3 + draw.below(25)).unwrap();
        item.calendar = Some("DAY".to_owned());
        item.moq = Qty::whole(draw.below(3) * 100);
        item.multiple = Qty::whole(draw.below(3) * 10);
        item.group_days = u32::try_from(draw.below(3) * 7).unwrap();
        input.items.push(item);
        for k in 0..draw.below(3) {
            input.purchases.push(Purchase {
                id: n * 10 + k,
                label: format!("PO-{n}-{k}"),
                item: 1_000_000 + n,
                qty_open: Qty::whole(50 + draw.below(900)),
                expected: Some(day(&mut draw, 0, 60)),
                need: None,
            });
        }
    }
    for order in 0..ORDERS {
        let product = order * 10;
        for part in 0..=PARTS {
            let id = product + part;
            let mut item = Item::new(id, &format!("P{id}"), Source::Make);
            item.lead_days = 3;
            item.calendar = Some("DAY".to_owned());
            item.unit_step = Qty::ONE;
            input.items.push(item);
            if part == 0 {
                continue;
            }
            input.bom.push(BomLine::new(product, id, Qty::ONE));
            for _ in 0..MATERIALS_PER_PART {
                let material = 1_000_000 + draw.below(POOL);
                let mut line = BomLine::new(id, material, Micro(1 + draw.below(3_000_000)));
                line.wastage = Micro(draw.below(80_000));
                input.bom.push(line);
            }
        }
        let due = day(&mut draw, 10, 120);
        input.needs.push(Need {
            id: order,
            item: product,
            qty: Qty::whole(50 + draw.below(500)),
            date: due,
            weight: 1 + draw.below(4),
            order_date: today,
            order: format!("SO-{order}"),
            line: 1,
        });
    }
    input
}

/// The same with a production order for every sub-assembly.
fn with_productions(mut input: Input) -> Input {
    for need in &input.needs {
        for part in 1..=PARTS {
            input.productions.push(Production {
                id: need.item + part,
                label: format!("MO-{}", need.item + part),
                item: need.item + part,
                qty_open: need.qty,
                start: need.date,
                due: need.date,
                need: Some(need.id),
                also: Vec::new(),
                stage: Stage::Waiting,
                issued: Vec::new(),
                operation_starts: Vec::new(),
            });
        }
    }
    input
}

/// Times `run` until its answer is there; throwing the answer away is not counted.
fn measure<T>(name: &str, run: impl Fn() -> T, count: impl Fn(&T) -> usize) {
    let mut times: Vec<_> = (0..ROUNDS)
        .map(|_| {
            let start = Instant::now();
            let answer = black_box(run());
            (start.elapsed(), count(&answer))
        })
        .collect();
    times.sort_unstable();
    if let (Some((median, count)), Some((worst, _))) = (times.get(ROUNDS / 2), times.last()) {
        println!("{name}: median {median:.1?}, worst {worst:.1?}, {count} rows");
    }
}

fn main() {
    let plain = factory();
    let full = with_productions(plain.clone());
    let rows = |plan: &Explosion| plan.rows.len();
    let name = "explode 1,000 orders x 3 levels x 20 materials";
    measure(name, || explode(&plain), rows);
    let name = "the same with 4,000 open production orders";
    measure(name, || explode(&full), rows);
    measure("kits of 4,000 production orders", || kits(&full), Vec::len);
}
