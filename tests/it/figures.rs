//! Daily figures: the sheet of a department, figures that cannot be, corrections, reports that are
//! brought in, and what follows for rate, curve, queue and silence.

mod flow;
mod pace;
#[path = "figures/report.rs"]
mod reports;

use std::fmt::Write as _;

use gendan::domain::progress::Progress;
use gendan::domain::rule::production;
use gendan::domain::world::World;
use gendan::store::{Access, Store};
use gendan::text::Lang;
use gendan::transfer::json;

use crate::support::{MONDAY, User, clock};

/// A factory with so many released production orders of 100 pieces, three operations each, the last
/// one of the quality department; `figures` are rows of the list `progress`.
fn factory(orders: usize, figures: &str) -> String {
    let (mut all, mut made) = (String::new(), String::new());
    for n in 1..=orders {
        let part = if n > 1 { "," } else { "" };
        write!(
            all,
            r#"{part}{{ "no": "SO-{n:03}", "customer": "C", "state": "accepted", "lines": [{{ "no": 1,
            "item": "P", "item_code": "P", "name": "Shirt", "unit": "pcs", "qty": "100", "over_pct": "0.05",
            "requested_date": "2026-12-{:02}" }}] }}"#,
            9 + n
        )
        .unwrap();
        write!(
            made,
            r#"{part}{{ "no": "MO-{n:03}", "order": "SO-{n:03}", "line": 1, "item": "P", "qty": "100", "state": "released" }}"#
        )
        .unwrap();
    }
    format!(
        r#"{{ "format": "gendan/1", "customers": [{{ "code": "C", "name": "C", "class": "A" }}],
        "work_centres": [
          {{ "code": "CUT", "name": "Cut", "department": "production", "lines": [{{ "code": "C1", "operators": 1, "efficiency": "1" }}] }},
          {{ "code": "SEW", "name": "Sew", "department": "production", "lines": [{{ "code": "S1", "operators": 9, "efficiency": "1" }}] }},
          {{ "code": "CHK", "name": "Check", "department": "qc", "lines": [{{ "code": "K1", "operators": 9, "efficiency": "1" }}] }}],
        "items": [{{ "code": "P", "name": "Shirt", "unit": "pcs", "make": true, "routing": [
          {{ "seq": 10, "name": "裁剪 Cutting", "work_centre": "CUT", "minutes_per_unit": "2" }},
          {{ "seq": 20, "name": "车缝 Sewing", "work_centre": "SEW", "minutes_per_unit": "20" }},
          {{ "seq": 30, "name": "查货 Check", "work_centre": "CHK", "minutes_per_unit": "3" }}] }}],
        "orders": [{all}], "production_orders": [{made}], "progress": [{figures}] }}"#
    )
}

fn user(lang: Lang, orders: usize, figures: &str) -> User {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    let mut store = Store::open(&path, Access::Write, clock(MONDAY), "li").unwrap();
    let file = json::parse(&factory(orders, figures)).unwrap();
    json::bring(&mut store, &file, "").unwrap();
    User::on(store, folder, lang)
}

/// `MO-001 20 2026-11-21 35+1`: production order, operation, day, good and defect of the figures
/// that count.
fn told(world: &World) -> Vec<String> {
    let mut out = Vec::new();
    for made in &world.production_orders {
        for o in world.operations.of(made.id) {
            let said =
                |p: &Progress| format!("{} {} {} {}+{}", made.no, o.seq, p.date, p.good, p.defect);
            out.extend(production::figures(world, o.id).map(said));
        }
    }
    out.sort();
    out
}
