//! Whom to chase for what: open purchase lines by expected loss, and those that had better wait.
//!
//! ```text
//! loss = chance of being late × days late when late × Σ weight of the order × share of its kit
//!      = E[max(0, arrival − needed)]              × Σ weight × share
//! ```
//! over the orders that wait for the line. Arrivals are the odds of the supplier's slip from the
//! day said, given that nothing has come so far. The share is what the line brings of all that a
//! production order needs of the part; an order without a production order waits in full. Exact:
//! days and shares in millionths are multiplied without rounding, and compared so.

use std::cmp::Reverse;
use std::sync::Arc;

use chrono::{Days, NaiveDate};

use super::odds::Odds;
use super::supplier::{self, Said, Slips};
use super::{delivery, production, purchase, sample};
use crate::domain::calendar::Calendar;
use crate::domain::codes::{SampleKind, Subject};
use crate::domain::document::Query;
use crate::domain::followup::Chase;
use crate::domain::purchase::Purchase;
use crate::domain::quantity::{Micro, Qty, Rate};
use crate::domain::world::World;

/// The setting that holds the working days between two chases without an agreed next day.
pub const DAYS_SETTING: &str = "chase:days";
/// The working days where nothing is set: asked today or yesterday is too early to ask again.
pub const DAYS: i32 = 2;
/// The most working days that can be set.
pub const DAYS_MAX: i32 = 30;

/// What a production order has been allotted from an open purchase line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allotment {
    pub purchase_id: i64,
    pub production_order_id: i64,
    pub qty: Qty,
    /// Of all that the production order needs of the part.
    pub share: Rate,
}

/// An order that waits for a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waiting {
    pub order_id: Option<i64>,
    pub production_order_id: Option<i64>,
    pub qty: Qty,
    pub weight: Micro,
    pub share: Rate,
}

/// Why not to chase now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hold {
    /// We have not answered a query about the material or its order; the query's id.
    Query(i64),
    /// We have not paid the deposit that was due, or is due, on that day.
    Deposit(NaiveDate),
    /// We have not sent a sample of the order; the sample's id.
    Sample(i64),
    /// The last chase left it to that day.
    Next(NaiveDate),
    /// Asked on that day, too few working days ago.
    Asked(NaiveDate),
    /// Put off to that day.
    PutOff(NaiveDate),
}

/// An open purchase line as the chase list has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub purchase_id: i64,
    pub supplier_id: Option<i64>,
    pub open: Qty,
    pub needed: Option<NaiveDate>,
    /// What the supplier says now.
    pub says: Option<NaiveDate>,
    /// The days by which it comes with one half, and with four fifths.
    pub p50: NaiveDate,
    pub p80: NaiveDate,
    /// The chance of coming after the day it is needed; after the day said where none is.
    pub chance: Rate,
    /// Expected days beyond that day.
    pub late_days: Micro,
    pub waiting: Vec<Waiting>,
    /// Weighted days, rounded to a millionth.
    pub loss: Micro,
    pub asked: Option<NaiveDate>,
    pub next: Option<NaiveDate>,
    pub hold: Option<Hold>,
}

/// `E[max(0, days late)] × Σ weight × share`, in millionths of millionths of millionths.
#[must_use]
pub fn expected_loss(late: Micro, waiting: &[Waiting]) -> i128 {
    let stake = |w: &Waiting| i128::from(w.weight.0) * i128::from(w.share.0);
    i128::from(late.0) * waiting.iter().map(stake).sum::<i128>()
}

/// When a line may come, in days after `base`, given that nothing came before `today`.
///
/// Later than was ever seen, it is taken to be one of the late ones, counted from today.
#[must_use]
pub fn arrival(odds: &Odds, base: NaiveDate, today: NaiveDate) -> Odds {
    let passed = (today - base).num_days();
    odds.at_least(passed).unwrap_or_else(|| {
        let late = odds.at_least(1);
        late.map_or_else(|| Odds::sure(passed + 1), |late| late.moved(passed))
    })
}

/// The day that counts for an open line, and the odds of the days after it on which it comes.
///
/// The day is the one said, else the one its lead time gives.
#[must_use]
pub fn expected(
    world: &World,
    slips: &Slips,
    purchase: &Purchase,
    open: Qty,
    today: NaiveDate,
) -> (NaiveDate, Odds) {
    let says = supplier::last_word(world, purchase, today, open);
    let base = says.unwrap_or_else(|| implied(world, purchase, today));
    let said = if supplier::is_moved(world, purchase) {
        Said::Last
    } else {
        Said::First
    };
    let kind = supplier::kind(world, purchase);
    let odds = slips.odds(said, purchase.supplier_id, Some(kind));
    (base, arrival(&odds, base, today))
}

/// All open lines, worst expected loss first; those that had better wait come after the others.
///
/// Lines for orders that are on hold or over are left out.
#[must_use]
pub fn list(world: &World, slips: &Slips, allotted: &[Allotment], today: NaiveDate) -> Vec<Line> {
    let mut allotted: Vec<&Allotment> = allotted.iter().collect();
    allotted.sort_by_key(|a| (a.purchase_id, a.production_order_id));
    let patience = Patience::of(world);
    let mut out: Vec<(i128, Line)> = Vec::new();
    for purchase in &world.purchases {
        let open = purchase::arrival(world, purchase).open;
        let owner = world.orders.find(purchase.order_id);
        let over = owner.is_some_and(|o| !delivery::is_live(o) || o.on_hold);
        if !open.is_positive() || over {
            continue;
        }
        let from = allotted.partition_point(|a| a.purchase_id < purchase.id);
        let mine = allotted.iter().skip(from).copied();
        let mine = mine.take_while(|a| a.purchase_id == purchase.id);
        let waiting = waiting(world, purchase, mine);
        let mut line = line(world, slips, purchase, open, waiting, today);
        line.hold = hold(world, purchase, &line.waiting, &patience, today);
        out.push((expected_loss(line.late_days, &line.waiting), line));
    }
    out.sort_by_key(|(loss, line)| {
        (
            line.hold.is_some(),
            Reverse((*loss, line.late_days)),
            line.says.or(line.needed),
            line.purchase_id,
        )
    });
    out.into_iter().map(|(_, line)| line).collect()
}

/// Who waits for a line: production orders it is allotted to, or else the order it is bought for.
fn waiting<'a>(
    world: &World,
    line: &Purchase,
    allotted: impl Iterator<Item = &'a Allotment>,
) -> Vec<Waiting> {
    let weight = |order: Option<&crate::domain::order::Order>| {
        order.map_or(Micro::ONE, |o| delivery::weight(world, o))
    };
    let mut out: Vec<Waiting> = Vec::new();
    for a in allotted {
        let made = world.production_orders.get(a.production_order_id);
        let order = made.and_then(|m| production::owner(world, m)).map(|o| o.0);
        if order.is_some_and(|o| o.on_hold) {
            continue;
        }
        out.push(Waiting {
            order_id: order.map(|o| o.id),
            production_order_id: Some(a.production_order_id),
            qty: a.qty,
            weight: weight(order),
            share: a.share.min(Rate::ONE),
        });
    }
    let order = world.orders.find(line.order_id);
    if let Some(order) = order.filter(|o| out.is_empty() && !has_production(world, o.id)) {
        out.push(Waiting {
            order_id: Some(order.id),
            production_order_id: None,
            qty: purchase::arrival(world, line).open,
            weight: weight(Some(order)),
            share: Rate::ONE,
        });
    }
    out
}

fn has_production(world: &World, order: i64) -> bool {
    let order = world.orders.get(order);
    order.is_some_and(|o| production::of_order(world, o).next().is_some())
}

fn line(
    world: &World,
    slips: &Slips,
    purchase: &Purchase,
    open: Qty,
    waiting: Vec<Waiting>,
    today: NaiveDate,
) -> Line {
    let says = supplier::last_word(world, purchase, today, open);
    let needed = purchase.required_date.or_else(|| starts(world, &waiting));
    let (base, odds) = expected(world, slips, purchase, open, today);
    let day = |percent| after(base, odds.quantile(percent));
    let allowed = (needed.unwrap_or(base) - base).num_days();
    let late_days = odds.expected_beyond(allowed);
    let last = last_chase(world, Subject::Purchase, purchase.id);
    Line {
        purchase_id: purchase.id,
        supplier_id: purchase.supplier_id,
        open,
        needed,
        says,
        p50: day(50),
        p80: day(80),
        chance: odds.beyond(allowed),
        late_days,
        loss: rounded(expected_loss(late_days, &waiting)),
        waiting,
        asked: last.map(|c| c.at.date()),
        next: last.and_then(|c| c.next_on),
        hold: None,
    }
}

/// Millionths of millionths of millionths as millionths, half up.
fn rounded(loss: i128) -> Micro {
    let unit = i128::from(Micro::ONE.0) * i128::from(Micro::ONE.0);
    Micro(i64::try_from((loss + unit / 2) / unit).unwrap_or(i64::MAX))
}

fn after(day: NaiveDate, days: i64) -> NaiveDate {
    let moved = if days < 0 {
        day.checked_sub_days(Days::new(days.unsigned_abs()))
    } else {
        day.checked_add_days(Days::new(days.unsigned_abs()))
    };
    moved.unwrap_or(day)
}

/// The first day on which one of those that wait begins.
fn starts(world: &World, waiting: &[Waiting]) -> Option<NaiveDate> {
    let made = waiting.iter().filter_map(|w| w.production_order_id);
    made.flat_map(|id| world.operations.of(id))
        .filter_map(|o| o.starts)
        .map(|at| at.date())
        .min()
}

/// When a line that nobody gave a word for would come: by its lead time, not before it is needed.
fn implied(world: &World, line: &Purchase, today: NaiveDate) -> NaiveDate {
    let supplier = world.suppliers.find(line.supplier_id);
    let item = world.items.get(line.item_id);
    let lead = supplier
        .map(|s| s.lead_days)
        .filter(|days| *days > 0)
        .or(item.map(|i| i.lead_days))
        .unwrap_or(0);
    let calendar = world.calendar_or_own(supplier.and_then(|s| s.calendar_id));
    let lead = i32::try_from(lead.clamp(0, 1_000)).unwrap_or(0);
    let from = line.ordered_on.unwrap_or(today);
    let ready = calendar.add_days(from, lead).unwrap_or(from);
    line.required_date.map_or(ready, |day| day.max(ready))
}

/// The latest chase about a thing.
fn last_chase(world: &World, subject: Subject, id: i64) -> Option<&Chase> {
    let about = world.chases.of(id);
    about
        .filter(|c| c.subject == subject)
        .max_by_key(|c| (c.at, c.id))
}

/// How long to leave a supplier alone who was asked and named no day.
#[derive(Debug, Clone)]
pub struct Patience {
    /// Working days of the factory between two chases.
    pub days: i32,
    calendar: Arc<Calendar>,
}

impl Patience {
    /// As set; what cannot be read counts as not set.
    #[must_use]
    pub fn of(world: &World) -> Self {
        let own = world.settings.iter().find(|s| s.key == DAYS_SETTING);
        let days = own.and_then(|s| s.value.trim().parse::<i32>().ok());
        Self {
            days: days.map_or(DAYS, |days| days.clamp(0, DAYS_MAX)),
            calendar: world.factory_calendar(),
        }
    }
}

/// Why a line had better not be chased now; what we owe comes before what is too early.
#[must_use]
pub fn hold(
    world: &World,
    line: &Purchase,
    waiting: &[Waiting],
    patience: &Patience,
    today: NaiveDate,
) -> Option<Hold> {
    owed(world, line, waiting, today).or_else(|| early(world, line, patience, today))
}

/// What the supplier waits for from us.
fn owed(world: &World, line: &Purchase, waiting: &[Waiting], today: NaiveDate) -> Option<Hold> {
    if let Some(query) = open_query(world, line, waiting) {
        return Some(Hold::Query(query.id));
    }
    if let Some(due) = line.deposit_due.filter(|_| line.deposit_paid_on.is_none()) {
        return Some(Hold::Deposit(due));
    }
    let unsent = |s: &&crate::domain::document::Sample| {
        // Shipment samples are made of the goods that wait for the material.
        s.kind != SampleKind::Shipment
            && match sample::standing(world, s, today) {
                sample::Standing::ToSend(days) => days.is_none_or(|late| late >= 0),
                sample::Standing::Again => true,
                _ => false,
            }
    };
    let mut samples = line.order_id.into_iter().flat_map(|o| world.samples.of(o));
    samples.find(unsent).map(|s| Hold::Sample(s.id))
}

/// An unanswered query about the material, or about the order without naming another material.
fn open_query<'a>(world: &'a World, line: &Purchase, waiting: &[Waiting]) -> Option<&'a Query> {
    let mut orders: Vec<i64> = waiting.iter().filter_map(|w| w.order_id).collect();
    orders.extend(line.order_id);
    orders.sort_unstable();
    orders.dedup();
    let open = |order: &i64| {
        let asked = world.queries.of(*order);
        asked.filter(|q| q.answered_on.is_none())
    };
    let names_other = |q: &Query| {
        let bought = world.purchases.iter();
        let bought = bought.filter(|p| p.order_id == line.order_id && p.item_id != line.item_id);
        bought.into_iter().any(|p| names(world, q, p.item_id))
    };
    orders.iter().flat_map(open).find(|q| {
        names(world, q, line.item_id) || (line.order_id == Some(q.order_id) && !names_other(q))
    })
}

/// Whether a query speaks of an item, by code or by name.
fn names(world: &World, query: &Query, item: i64) -> bool {
    let text = format!("{} {}", query.topic, query.question).to_lowercase();
    world.items.get(item).is_some_and(|i| {
        let said = |name: &str| !name.is_empty() && text.contains(&name.to_lowercase());
        said(&i.code) || said(&i.name)
    })
}

/// What makes another chase of a line too early.
fn early(world: &World, line: &Purchase, patience: &Patience, today: NaiveDate) -> Option<Hold> {
    let put_off = world.snoozes.of(line.id);
    let put_off = put_off
        .filter(|s| s.subject == Subject::Purchase && s.until > today)
        .map(|s| Hold::PutOff(s.until))
        .next();
    let last = last_chase(world, Subject::Purchase, line.id);
    match last.and_then(|c| c.next_on) {
        Some(next) if next <= today => put_off,
        _ => asked(world, Subject::Purchase, line.id, patience, today).or(put_off),
    }
}

/// Why a thing had better not be asked for again yet: a day was agreed that has not come, or it was
/// asked for a moment ago.
#[must_use]
pub fn asked(
    world: &World,
    subject: Subject,
    id: i64,
    patience: &Patience,
    today: NaiveDate,
) -> Option<Hold> {
    let last = last_chase(world, subject, id)?;
    let asked = last.at.date();
    match last.next_on {
        Some(next) => (next > today).then_some(Hold::Next(next)),
        None => {
            let recent = patience.calendar.days_between(asked, today) < patience.days;
            recent.then_some(Hold::Asked(asked))
        }
    }
}
