//! What has to be ordered, by supplier: how many lines are due now, within a week, and in all.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};

use super::*;

/// The row of items that have no supplier.
pub(super) const NOBODY: i64 = -2;
/// Days ahead that one key orders.
pub(super) const AHEAD: u64 = 7;

const COLUMNS: &[Column] = &[
    column(w::SUPPLIER, Width::Fill(2), 0),
    number(m::DUE_NOW, 9, 0),
    number(m::DUE_WEEK, 9, 0),
    number(m::DUE_ALL, 9, 0),
    column(m::RELEASE_BY, Width::Fixed(11), 0),
    column(m::FIRST_NEEDED, Width::Fixed(12), 0),
    column(m::WHAT_COMES, Width::Fill(3), 1),
];

#[derive(Default)]
struct Open {
    now: usize,
    week: usize,
    all: usize,
    release: Option<NaiveDate>,
    needed: Option<NaiveDate>,
    items: Vec<i64>,
}

pub(super) fn part(cx: &Cx<'_>) -> Part {
    let week = cx.today().checked_add_days(Days::new(AHEAD));
    let mut open: BTreeMap<i64, Open> = BTreeMap::new();
    let customers = |item: i64| {
        cx.world
            .items
            .get(item)
            .is_some_and(|i| i.customer_supplied)
    };
    let planned = cx.outlook.requirements.iter();
    for need in planned.filter(|r| !r.make && r.qty_planned.is_positive() && !customers(r.item_id))
    {
        let supplier = cx.world.items.get(need.item_id).and_then(|i| i.supplier_id);
        let entry = open.entry(supplier.unwrap_or(NOBODY)).or_default();
        entry.all += 1;
        entry.now += usize::from(need.release_date <= cx.today());
        entry.week += usize::from(week.is_some_and(|w| need.release_date <= w));
        let first = |old: Option<NaiveDate>, new| Some(old.map_or(new, |o| o.min(new)));
        entry.release = first(entry.release, need.release_date);
        entry.needed = first(entry.needed, need.need_date);
        if !entry.items.contains(&need.item_id) && entry.items.len() < 6 {
            entry.items.push(need.item_id);
        }
    }
    let now = open.values().map(|o| o.now).sum();
    let mut open: Vec<(i64, Open)> = open.into_iter().collect();
    open.sort_by_key(|(id, o)| (o.release, o.needed, *id));
    Part {
        kind: PartKind::ToOrder,
        title: m::PART_TO_ORDER,
        count: Some(now),
        content: Content::List(Listing {
            columns: COLUMNS,
            rows: open.into_iter().map(|(id, o)| row(cx, id, &o)).collect(),
            empty: Some(m::EMPTY_TO_ORDER),
        }),
    }
}

fn row(cx: &Cx<'_>, id: i64, open: &Open) -> Row {
    let supplier = cx.world.suppliers.get(id);
    let name = match supplier {
        Some(s) => text(s.name.clone()),
        None => word(m::NO_SUPPLIER, Role::Warn, cx.lang),
    };
    let number = |n: usize, role: Role| match n {
        0 => text(""),
        n => Cell::new(format::count(n), role),
    };
    let names: Vec<String> = open.items.iter().map(|id| item_name(cx, *id)).collect();
    Row {
        id,
        cells: vec![
            name,
            number(open.now, Role::Bad),
            number(open.week, Role::Warn),
            number(open.all, Role::Base),
            due(open.release, cx),
            day(open.needed, cx),
            dim(names.join(", ")),
        ],
    }
}
