//! `list requirements`, `list purchases`, `list kits`: what is needed, on order, and there.

use serde_json::{Value, json};

use super::{Loaded, Rows, Setting, date, item_code, mine, named, order_no};
use crate::domain::rule::{production, purchase};

pub(super) fn requirements(l: &Loaded, order: Option<i64>) -> Rows {
    let ours = |r: &&crate::app::outlook::Requirement| {
        order.is_none() || r.pegs.iter().any(|p| p.order_id == order)
    };
    let behind = |r: &crate::app::outlook::Requirement| {
        l.outlook
            .requirement(r.item_id, r.need_date)
            .map(|(_, row)| row)
    };
    let row = |r: &crate::app::outlook::Requirement| {
        let peg = |p: &crate::app::outlook::Peg| json!({ "order": order_no(&l.world, p.order_id), "line": p.line_no, "qty": p.qty.text() });
        vec![
            item_code(&l.world, r.item_id),
            Value::from(r.need_date.to_string()),
            Value::from(r.gross.text()),
            Value::from(r.from_stock.text()),
            Value::from(r.from_on_order.text()),
            Value::from(r.net.text()),
            Value::from(if r.make { "make" } else { "buy" }),
            Value::from(r.qty_planned.text()),
            Value::from(r.release_date.to_string()),
            Value::from(r.rule.clone()),
            Value::from(r.pegs.iter().map(peg).collect::<Vec<_>>()),
            Value::from(behind(r).map_or(String::new(), |row| row.surplus.text())),
            Value::from(behind(r).map_or(String::new(), |row| row.shortage.text())),
            Value::from(behind(r).map_or(0, |row| row.late_days)),
        ]
    };
    let rows = l
        .outlook
        .requirements
        .iter()
        .filter(ours)
        .map(row)
        .collect();
    let names = [
        "item",
        "need_date",
        "gross",
        "from_stock",
        "from_on_order",
        "net",
        "buy_or_make",
        "qty_planned",
        "release_date",
        "rule",
        "pegs",
        "surplus",
        "shortage",
        "late_days",
    ];
    named(&names, rows)
}

pub(super) fn purchases(setting: &Setting, l: &Loaded, order: Option<i64>) -> Rows {
    let today = setting.clock.today();
    let row = |p: &crate::domain::purchase::Purchase| {
        let arrival = purchase::arrival(&l.world, p);
        let (first, latest) = purchase::promises(&l.world, p);
        let supplier = l
            .world
            .suppliers
            .find(p.supplier_id)
            .map(|s| s.code.clone());
        vec![
            Value::from(p.no.clone()),
            Value::from(p.line),
            item_code(&l.world, p.item_id),
            supplier.map_or(Value::Null, Value::from),
            order_no(&l.world, p.order_id),
            Value::from(p.qty.text()),
            Value::from(arrival.accepted.text()),
            Value::from(arrival.rejected.text()),
            Value::from(arrival.open.text()),
            date(p.required_date),
            date(first.map(|x| x.date)),
            date(latest.map(|x| x.date)),
            Value::from(purchase::overdue_days(&l.world, p, today).unwrap_or(0)),
            Value::from(arrival.held.text()),
            Value::from(arrival.to_return().text()),
            Value::from(p.unit.clone()),
            p.unit_price
                .map_or(Value::Null, |price| Value::from(price.text())),
        ]
    };
    let rows = l
        .world
        .purchases
        .iter()
        .filter(|p| mine(order, p.order_id))
        .map(row)
        .collect();
    let names = [
        "no",
        "line",
        "item",
        "supplier",
        "order",
        "qty",
        "accepted",
        "rejected",
        "open",
        "required_date",
        "first_promise",
        "latest_promise",
        "overdue_days",
        "held",
        "to_return",
        "unit",
        "unit_price",
    ];
    named(&names, rows)
}

pub(super) fn kits(l: &Loaded, order: Option<i64>) -> Rows {
    let mut rows = Vec::new();
    let gain = |g: &crate::app::outlook::KitGain| json!({ "item": item_code(&l.world, g.item), "by": date(g.by), "more_sets": g.more_sets.text() });
    for (id, kit) in l.outlook.kits.iter() {
        let Some(made) = l.world.production_orders.get(*id) else {
            continue;
        };
        if !mine(order, production::owner(&l.world, made).map(|(o, _)| o.id)) {
            continue;
        }
        rows.push(vec![
            Value::from(made.no.clone()),
            Value::from(kit.needed_sets.text()),
            Value::from(kit.buildable_sets.text()),
            Value::from(kit.item_rate.text()),
            date(kit.ready),
            Value::from(
                kit.blocking
                    .iter()
                    .map(|i| item_code(&l.world, *i))
                    .collect::<Vec<_>>(),
            ),
            Value::from(kit.gains.iter().map(gain).collect::<Vec<_>>()),
        ]);
    }
    named(
        &[
            "production_order",
            "needed_sets",
            "buildable_sets",
            "item_rate",
            "kit_ready_date",
            "blocking",
            "gains",
        ],
        rows,
    )
}
