//! Three on-time rates, always together: against the customer's requested date, the first promise
//! and the latest agreed date.
//!
//! What is counted is an order line, or each of its part deliveries where it has them. It is in
//! full once what was delivered reaches what was ordered within the tolerance downwards; in full
//! and on time where it was so by the date. It is on time where something was delivered and none of
//! it after the date, short or not. One that is not in full counts from the day after its date:
//! with nothing delivered it is late then. A period holds what has its date, of the base in
//! question, in it. Cancelled lines and orders that were not accepted are left out. Exact: counts,
//! and per cent with two places, half up.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::delivery;
use crate::domain::codes::OrderState;
use crate::domain::order::OrderLine;
use crate::domain::quantity::{MICRO, Micro, Qty};
use crate::domain::world::World;

/// The date that a delivery is measured by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Base {
    Requested,
    FirstPromise,
    LatestPromise,
}

impl Base {
    pub const ALL: [Self; 3] = [Self::Requested, Self::FirstPromise, Self::LatestPromise];

    /// The name in data files.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Requested => "requested",
            Self::FirstPromise => "first_promise",
            Self::LatestPromise => "latest_promise",
        }
    }
}

/// Something that was to be delivered by a date.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Part {
    pub order_id: i64,
    /// By the bases, in their order.
    pub dates: [Option<NaiveDate>; 3],
    /// What of the line was to be there before it: earlier parts.
    pub before: Qty,
    pub qty: Qty,
    /// The tolerance downwards, as a share.
    pub under: Micro,
    /// Deliveries of the whole line.
    pub delivered: Vec<(NaiveDate, Qty)>,
}

/// How a part was delivered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outcome {
    pub in_full_on_time: bool,
    pub on_time: bool,
    /// Days after the date; of what is not there yet, until today. Negative: before.
    pub days: i64,
}

impl Part {
    /// The day on which it was there in full.
    #[must_use]
    pub fn in_full_on(&self) -> Option<NaiveDate> {
        let whole = self.before + self.qty;
        let least = whole - whole.times(self.under);
        let mut sum = Qty::ZERO;
        let mut sorted = self.delivered.clone();
        sorted.sort_unstable();
        sorted.into_iter().find_map(|(day, qty)| {
            sum += qty;
            (qty.is_positive() && sum >= least).then_some(day)
        })
    }

    /// The last day on which some of it came; `None` where nothing of it did.
    fn last_on(&self) -> Option<NaiveDate> {
        let sum: Qty = self.delivered.iter().map(|d| d.1).sum();
        let last = self.delivered.iter().map(|d| d.0).max();
        // What came for earlier parts is nothing of this one.
        self.in_full_on().or(last.filter(|_| sum > self.before))
    }

    /// How it was delivered by a base, as known on a day; `None` without a date, or while it is
    /// open and its date has not passed.
    #[must_use]
    pub fn outcome(&self, base: Base, today: NaiveDate) -> Option<Outcome> {
        let date = self.date(base)?;
        let full = self.in_full_on();
        if full.is_none() && date >= today {
            return None;
        }
        let last = self.last_on();
        Some(Outcome {
            in_full_on_time: full.is_some_and(|day| day <= date),
            on_time: last.is_some_and(|day| day <= date),
            days: (full.unwrap_or(today) - date).num_days(),
        })
    }

    #[must_use]
    pub fn date(&self, base: Base) -> Option<NaiveDate> {
        self.dates.get(base as usize).copied().flatten()
    }
}

/// Parts that were due, and those of them that were kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Rate {
    pub due: i64,
    pub in_full_on_time: i64,
    pub on_time: i64,
}

impl Rate {
    /// In full and on time, in per cent.
    #[must_use]
    pub fn in_full_percent(&self) -> Option<Micro> {
        percent(self.in_full_on_time, self.due)
    }

    /// On time, in full or not, in per cent.
    #[must_use]
    pub fn on_time_percent(&self) -> Option<Micro> {
        percent(self.on_time, self.due)
    }
}

/// A part of a whole in per cent with two places, half up; `None` of nothing.
#[must_use]
pub fn percent(part: i64, whole: i64) -> Option<Micro> {
    let (part, whole) = (i128::from(part), i128::from(whole));
    let hundredths = (part * 20_000 + whole).checked_div(2 * whole)?;
    let unit = i128::from(MICRO) / 100;
    i64::try_from(hundredths * unit).ok().map(Micro)
}

/// From a day to a day, both included; open where one is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Within {
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
}

impl Within {
    #[must_use]
    pub fn holds(&self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| day >= from) && self.to.is_none_or(|to| day <= to)
    }
}

/// The rate of parts whose date of the base lies in a period, as known on a day.
#[must_use]
pub fn rate<'a>(
    parts: impl IntoIterator<Item = &'a Part>,
    base: Base,
    within: Within,
    today: NaiveDate,
) -> Rate {
    let mut rate = Rate::default();
    for part in parts {
        if part.date(base).is_some_and(|day| within.holds(day))
            && let Some(outcome) = part.outcome(base, today)
        {
            rate.due += 1;
            rate.in_full_on_time += i64::from(outcome.in_full_on_time);
            rate.on_time += i64::from(outcome.on_time);
        }
    }
    rate
}

/// What was to be delivered of all orders that were accepted.
#[must_use]
pub fn parts(world: &World) -> Vec<Part> {
    let orders = world.orders.iter();
    let counted = |s| matches!(s, OrderState::Accepted | OrderState::Closed);
    let lines = orders
        .filter(|o| counted(o.state))
        .flat_map(|o| world.order_lines.of(o.id));
    let mut left: BTreeMap<i64, Vec<(NaiveDate, Qty)>> = BTreeMap::new();
    for shipped in &world.shipment_lines {
        let shipment = world.shipments.get(shipped.shipment_id);
        if let Some(day) = shipment.and_then(|s| s.shipped_on) {
            let line = left.entry(shipped.order_line_id).or_default();
            line.push((day, shipped.qty));
        }
    }
    let of = |line: &OrderLine| of_line(world, line, left.remove(&line.id).unwrap_or_default());
    lines.flat_map(of).collect()
}

fn of_line(world: &World, line: &OrderLine, delivered: Vec<(NaiveDate, Qty)>) -> Vec<Part> {
    let ordered = delivery::line_qty(world, line).ordered;
    if !ordered.is_positive() {
        return Vec::new();
    }
    let mut said: Vec<_> = world.commitments.of(line.id).collect();
    said.sort_by_key(|c| (c.made_on, c.id));
    let first = said.first().map(|c| c.date).or(line.promised_date);
    let latest = line.promised_date.or(said.last().map(|c| c.date));
    let whole = Part {
        order_id: line.order_id,
        dates: [line.requested_date, first, latest],
        before: Qty::ZERO,
        qty: ordered,
        under: line.under_pct,
        delivered,
    };
    let mut rows: Vec<_> = world.schedule_lines.of(line.id).collect();
    rows.sort_by_key(|r| (r.promised_date.or(r.requested_date), r.id));
    let sum: Qty = rows.iter().map(|r| r.qty).sum();
    // Parts that a later cut of the quantity has overtaken say nothing any more.
    if rows.len() < 2 || sum != ordered {
        return vec![whole];
    }
    let mut before = Qty::ZERO;
    let mut out = Vec::new();
    for row in rows {
        let mut dates = whole.dates;
        let [requested, first, latest] = &mut dates;
        *requested = row.requested_date.or(*requested);
        // A part has the word of its line, unless it was promised a day of its own.
        *first = row.promised_date.or(*first);
        *latest = row.promised_date.or(*latest);
        out.push(Part {
            dates,
            before,
            qty: row.qty,
            ..whole.clone()
        });
        before += row.qty;
    }
    out
}
