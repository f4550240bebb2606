//! `list chases`, `list suppliers`: whom to chase for what, and how they kept their word.

use super::*;
use crate::domain::followup::Handover;
use crate::domain::rule::chase::Line;
use crate::domain::rule::supplier::Record;
use crate::text::chasing;

pub(super) fn chases(setting: &Setting, l: &Loaded, order: Option<i64>) -> Rows {
    let waits = |line: &&Line| {
        let bought = l.world.purchases.get(line.purchase_id);
        mine(order, bought.and_then(|p| p.order_id))
            || line.waiting.iter().any(|w| w.order_id == order)
    };
    let row = |line: &Line| {
        let bought = l.world.purchases.get(line.purchase_id);
        let (orders, sets) = chasing::blocks(&l.world, &l.outlook, line);
        let today = setting.clock.today();
        let held = line
            .hold
            .map(|h| chasing::hold(&l.world, h, today, setting.lang));
        vec![
            bought.map_or(Value::Null, |p| Value::from(chasing::line_name(p))),
            supplier(l, line.supplier_id),
            bought.map_or(Value::Null, |p| item_code(&l.world, p.item_id)),
            Value::from(line.open.text()),
            date(line.needed),
            date(line.says),
            date(Some(line.p50)),
            date(Some(line.p80)),
            Value::from(line.chance.text()),
            Value::from(line.late_days.text()),
            Value::from(orders),
            Value::from(sets.text()),
            Value::from(line.loss.text()),
            date(line.asked),
            date(line.next),
            held.map_or(Value::Null, Value::from),
        ]
    };
    let rows = l.outlook.chases.iter().filter(waits).map(row).collect();
    let names = [
        "purchase",
        "supplier",
        "item",
        "open",
        "needed",
        "says",
        "p50",
        "p80",
        "late_chance",
        "late_days",
        "blocks",
        "sets",
        "expected_loss",
        "asked",
        "next",
        "wait_because",
    ];
    named(&names, rows)
}

fn supplier(l: &Loaded, id: Option<i64>) -> Value {
    let known = l.world.suppliers.find(id);
    known.map_or(Value::Null, |s| Value::from(s.code.clone()))
}

pub(super) fn suppliers(l: &Loaded) -> Rows {
    let row = |r: &Record| {
        let known = l.world.suppliers.get(r.supplier_id);
        let share =
            |s: Option<crate::domain::quantity::Rate>| s.map_or(Value::Null, |s| s.text().into());
        vec![
            supplier(l, Some(r.supplier_id)),
            known.map_or(Value::Null, |s| Value::from(s.name.clone())),
            Value::from(r.samples),
            Value::from(r.first.p50),
            Value::from(r.first.p80),
            Value::from(r.last.p50),
            Value::from(r.last.p80),
            share(r.on_time_rate()),
            Value::from(r.missing),
            share(r.quality),
            Value::from(r.open),
        ]
    };
    let rows = l.outlook.suppliers.iter().map(row).collect();
    let names = [
        "supplier",
        "name",
        "samples",
        "first_p50",
        "first_p80",
        "last_p50",
        "last_p80",
        "on_time_rate",
        "missing",
        "quality",
        "open",
    ];
    named(&names, rows)
}

/// Reports handed over, the latest first; what they held stays in the file.
pub(super) fn handovers(l: &Loaded, order: Option<i64>) -> Rows {
    let mut list: Vec<&Handover> = l.world.handovers.iter().collect();
    list.retain(|h| mine(order, h.order_id));
    list.sort_by_key(|h| std::cmp::Reverse((h.at, h.id)));
    let row = |h: &&Handover| {
        vec![
            Value::from(h.at.text()),
            Value::from(h.report.clone()),
            order_no(&l.world, h.order_id),
            Value::from(h.handed_to.clone()),
            Value::from(h.content.len()),
        ]
    };
    let rows = list.iter().map(row).collect();
    named(&["at", "report", "order", "handed_to", "bytes_kept"], rows)
}
