//! Kit status (齐套表): per production order what can be built now, when it is complete, what holds
//! it up; then every material of it.

use super::paper::{Alarm, Cell, Layout, Paper, Table, Tone};
use super::requirements::amount;
use super::{Lacks, Scope};
use crate::app::outlook::Kit;
use crate::domain::production::ProductionOrder;
use crate::domain::rule::production;
use crate::text::{materials as m, report as r, words as w};

pub(super) fn make(s: &Scope<'_>) -> Result<Paper, Lacks> {
    let order = s.order.map(|o| o.id);
    let mut kits: Vec<(&ProductionOrder, &Kit)> = s
        .outlook
        .kits
        .iter()
        .filter_map(|(id, kit)| Some((s.world.production_orders.get(*id)?, kit)))
        .collect();
    kits.retain(|(made, kit)| {
        let own = production::owner(s.world, made).map(|(o, _)| o.id);
        (order.is_none() || own == order) && kit.ready.is_none_or(|d| s.holds(d))
    });
    if kits.is_empty() {
        return Err(Lacks::Rows);
    }
    let start = |made: &ProductionOrder| s.outlook.finishes.get(&made.id).map(|f| f.starts);
    kits.sort_by_key(|(made, _)| (start(made), made.id));
    let mut head = vec![(s.say(r::MADE_ON), s.today.to_string())];
    head.extend(s.order.map(|o| (s.say(w::ORDER_NO), o.no.clone())));
    Ok(Paper {
        title: s.say(r::KITS),
        head,
        tables: vec![lines(s, &kits), parts(s, &kits)],
        foot: Vec::new(),
        layout: Layout::Pages,
    })
}

fn lines(s: &Scope<'_>, kits: &[(&ProductionOrder, &Kit)]) -> Table {
    let name = |id: i64| s.world.items.get(id).map_or("", |i| i.name.as_str());
    let row = |(made, kit): &(&ProductionOrder, &Kit)| {
        let owner = production::owner(s.world, made).map(|(o, _)| o);
        let customer = owner.and_then(|o| s.world.customers.find(o.customer_id));
        let blocking: Vec<&str> = kit.blocking.iter().map(|id| name(*id)).collect();
        let full = kit.buildable_sets >= kit.needed_sets;
        let sets = amount(kit.buildable_sets);
        vec![
            Cell::text(made.no.clone()),
            Cell::text(owner.map_or("", |o| o.no.as_str())),
            Cell::text(customer.map_or("", |c| c.name.as_str())),
            Cell::text(made.item_id.map_or("", name)),
            amount(kit.needed_sets),
            sets.tone(if full { Tone::Good } else { Tone::Bad }),
            Cell::percent(Some(kit.item_rate)),
            Cell::date(kit.ready),
            Cell::date(s.outlook.finishes.get(&made.id).map(|f| f.starts.date())),
            Cell::text(blocking.join(", ")),
        ]
    };
    Table {
        title: String::new(),
        columns: vec![
            s.column(w::PRODUCTION_NO, 11).key(),
            s.column(w::ORDER_NO, 11),
            s.column(w::CUSTOMER, 18),
            s.column(w::PRODUCT, 22),
            s.column(w::NEEDED_SETS, 10),
            s.column(w::BUILDABLE, 10),
            s.column(w::KIT_RATE, 8).alarm(Alarm::BelowWhole),
            s.column(w::KIT_READY, 11),
            s.column(r::PLANNED_START, 11),
            s.column(w::BLOCKING, 30),
        ],
        rows: kits.iter().map(row).collect(),
    }
}

fn parts(s: &Scope<'_>, kits: &[(&ProductionOrder, &Kit)]) -> Table {
    let mut rows = Vec::new();
    for (made, kit) in kits {
        for part in &kit.parts {
            let item = s.world.items.get(part.item_id);
            let gain = kit.gains.iter().find(|g| g.item == part.item_id);
            let last = part.coming.iter().filter_map(|(_, date, _)| *date).max();
            rows.push(vec![
                Cell::text(made.no.clone()),
                Cell::text(item.map_or("", |i| i.code.as_str())),
                Cell::text(item.map_or("", |i| i.name.as_str())),
                Cell::text(item.map_or("", |i| i.unit.as_str())),
                amount(part.need),
                amount(part.covered),
                amount(part.on_order()),
                Cell::date(last),
                amount(part.uncovered),
                Cell::qty(gain.map(|gain| gain.more_sets)),
            ]);
        }
    }
    Table {
        title: s.say(r::KIT_PARTS),
        columns: vec![
            s.column(w::PRODUCTION_NO, 11).key(),
            s.column(w::MATERIAL, 12).key(),
            s.column(w::NAME, 24),
            s.column(w::UNIT, 6),
            s.column(w::NEED, 10),
            s.column(w::COVERED, 10),
            s.column(m::MINE, 10),
            s.column(w::ARRIVES, 11),
            s.column(w::GAP, 10).alarm(Alarm::AboveZero),
            s.column(m::MORE_SETS, 10),
        ],
        rows,
    }
}
