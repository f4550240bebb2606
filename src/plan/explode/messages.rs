//! Says what should be done about open orders, lots and stock of one netted item.
// Line positions come from the desk itself.
#![allow(clippy::indexing_slicing)]

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};

use super::input::{Input, Source};
use super::net::{Coming, Desk, SAFETY};
use super::outcome::{Lot, Message, Supply};
use super::size::LotRules;
use crate::domain::quantity::Qty;

/// How one open order is used.
#[derive(Default)]
struct Use {
    first: Option<NaiveDate>,
    qty: Qty,
    /// The part that is needed before it comes, and the first day of that.
    early_qty: Qty,
    early_first: Option<NaiveDate>,
}

/// The messages about one item; `lots` are those planned for it.
pub(super) fn messages(input: &Input, desk: &Desk, lots: &[Lot], out: &mut Vec<Message>) {
    let item = desk.item.id;
    let uses = uses(input, desk);
    for coming in &desk.comings {
        let usage = uses.get(&coming.supply);
        about_order(input, desk, coming, usage, out);
    }
    for lot in lots.iter().filter(|lot| lot.late_days > 0) {
        out.push(Message::PastDueRelease {
            lot: lot.number,
            item,
            required: lot.release_required,
            late_days: lot.late_days,
        });
    }
    if desk.item.source == Source::Customer {
        let mut short: BTreeMap<NaiveDate, Qty> = BTreeMap::new();
        for line in desk.lines.iter().filter(|line| line.open.is_positive()) {
            *short.entry(line.date).or_default() += line.open;
        }
        for (date, qty) in short {
            out.push(Message::CustomerShort { item, date, qty });
        }
    }
    if desk.below_safety.is_positive() && desk.item.safety_stock.is_positive() {
        let qty = desk.below_safety;
        out.push(Message::BelowSafety { item, qty });
    }
    for pinned in desk.reserved.iter().filter(|p| p.left.is_positive()) {
        out.push(Message::ReservationUnused {
            reservation: pinned.id,
            item,
            qty: pinned.left,
        });
    }
}

fn uses(input: &Input, desk: &Desk) -> BTreeMap<Supply, Use> {
    let dates: BTreeMap<Supply, Option<NaiveDate>> =
        desk.comings.iter().map(|c| (c.supply, c.date)).collect();
    let mut uses: BTreeMap<Supply, Use> = BTreeMap::new();
    for take in &desk.takes {
        let Some(comes) = dates.get(&take.from) else {
            continue;
        };
        let line = &desk.lines[take.line];
        let usage = uses.entry(take.from).or_default();
        let date = line.date.max(input.today);
        usage.qty += take.qty;
        usage.first = Some(usage.first.map_or(date, |first| first.min(date)));
        // Nobody runs after an order for the sake of the safety stock.
        if line.rank != SAFETY && comes.is_none_or(|comes| comes > date) {
            usage.early_qty += take.qty;
            usage.early_first = Some(usage.early_first.map_or(date, |first| first.min(date)));
        }
    }
    uses
}

fn about_order(
    input: &Input,
    desk: &Desk,
    coming: &Coming,
    usage: Option<&Use>,
    out: &mut Vec<Message>,
) {
    let (supply, item) = (coming.supply, desk.item.id);
    let label = || coming.label.clone();
    if let Some(expected) = coming.expected.filter(|date| *date < input.today) {
        out.push(Message::Overdue {
            supply,
            label: label(),
            item,
            expected,
            days: (input.today - expected).num_days(),
        });
    }
    let used = usage.map_or(Qty::ZERO, |u| u.qty);
    if let Some((to, qty)) = usage.and_then(|u| Some((u.early_first?, u.early_qty))) {
        out.push(Message::Expedite {
            supply,
            label: label(),
            item,
            from: coming.expected,
            to,
            qty,
        });
    } else if let (Some(from), Some(to)) = (coming.date, usage.and_then(|u| u.first)) {
        let slack = Days::new(input.settings.early_days_max.into());
        if from.checked_add_days(slack).is_some_and(|late| to > late) {
            out.push(Message::Defer {
                supply,
                label: label(),
                item,
                from,
                to,
                qty: used,
            });
        }
    }
    if coming.left.is_positive() && !lot_rules_ask_for_it(desk, coming, used) {
        out.push(Message::Cancel {
            supply,
            label: label(),
            item,
            qty: coming.left,
            qty_open: coming.qty,
        });
    }
}

/// Whether the smallest order for the used part would be as large as this one.
fn lot_rules_ask_for_it(desk: &Desk, coming: &Coming, used: Qty) -> bool {
    let lots = LotRules::of(desk.item).size(used).lots;
    used.is_positive() && lots.into_iter().sum::<Qty>() >= coming.qty
}
