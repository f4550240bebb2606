//! What exceptions do to the plan: lost time, late and short purchases, lost pieces, holds.
//!
//! An effect is a fact from the moment it is entered: everything that is derived counts with it
//! until it is changed or dropped. Closing the exception does not end it; being merged into
//! another one does, since that one tells of the same thing.

use std::borrow::Cow;

use chrono::NaiveDate;

use crate::domain::calendar::Calendar;
use crate::domain::codes::BlockKind;
use crate::domain::exception::ExceptionEffect;
use crate::domain::exception_codes::EffectKind;
use crate::domain::moment::Moment;
use crate::domain::order::Order;
use crate::domain::production::{Operation, ProductionOrder};
use crate::domain::quantity::{Micro, Qty};
use crate::domain::resource::{CapacityBlock, Line, WorkCentre};
use crate::domain::world::{Rows, World};

/// Days of one effect that are looked at; a longer absence has to be entered again.
pub const DAYS_MAX: usize = 366;

/// The effects that hold.
pub fn in_force(world: &World) -> impl Iterator<Item = &ExceptionEffect> + Clone {
    let merged = |e: &ExceptionEffect| {
        let exception = world.exceptions.get(e.exception_id);
        exception.is_some_and(|x| x.merged_into.is_some())
    };
    world.exception_effects.iter().filter(move |e| !merged(e))
}

/// Whether an exception does anything that the plan counts with.
#[must_use]
pub fn has_any(world: &World, exception: i64) -> bool {
    in_force(world).any(|e| e.exception_id == exception)
}

/// The same world without the effects of one exception.
#[must_use]
pub fn without(world: &World, exception: i64) -> World {
    let kept = world.exception_effects.iter();
    let kept = kept.filter(|e| e.exception_id != exception).cloned();
    World {
        exception_effects: Rows::new(kept.collect()),
        ..world.clone()
    }
}

/// The capacity blocks of a work centre, followed by the time that exceptions take there.
#[must_use]
pub fn blocks<'a>(world: &'a World, centre: &WorkCentre) -> Vec<Cow<'a, CapacityBlock>> {
    let own = world.capacity_blocks.of(centre.id);
    let mut all: Vec<_> = own.map(Cow::Borrowed).collect();
    for effect in in_force(world).filter(|e| e.work_centre_id == Some(centre.id)) {
        match effect.kind {
            EffectKind::Outage => all.extend(outage(effect).map(Cow::Owned)),
            EffectKind::Absence => {
                let blocks = absence(world, centre, effect);
                all.extend(blocks.into_iter().map(Cow::Owned));
            }
            _ => {}
        }
    }
    all
}

fn outage(effect: &ExceptionEffect) -> Option<CapacityBlock> {
    let (starts, ends) = (effect.starts?, effect.ends?);
    (ends > starts).then(|| CapacityBlock {
        work_centre_id: effect.work_centre_id.unwrap_or_default(),
        line_id: effect.line_id,
        kind: BlockKind::Downtime,
        starts,
        ends,
        ..CapacityBlock::default()
    })
}

/// Missing operators as minutes of each line and day: their share of the open minutes, rounded up.
fn absence(world: &World, centre: &WorkCentre, effect: &ExceptionEffect) -> Vec<CapacityBlock> {
    let (Some(starts), Some(ends)) = (effect.starts, effect.ends) else {
        return Vec::new();
    };
    let mine = |l: &&Line| effect.line_id.is_none_or(|id| id == l.id);
    let mut out = Vec::new();
    for line in world.lines.of(centre.id).filter(mine) {
        let calendar = world.calendar_or_own(line.calendar_id.or(centre.calendar_id));
        for day in starts.date().iter_days().take(DAYS_MAX) {
            let midnight = Moment::start_of(day);
            if midnight >= ends {
                break;
            }
            let next = day.succ_opt().map_or(midnight, Moment::start_of);
            let (from, to) = (starts.max(midnight), ends.min(next));
            let open = open_minutes(&calendar, day, from, to);
            let lost = Micro::whole(open).times(effect.share).ceil_to(Micro::ONE);
            if lost.is_positive() {
                out.push(CapacityBlock {
                    work_centre_id: centre.id,
                    line_id: Some(line.id),
                    kind: BlockKind::Downtime,
                    starts: from,
                    ends: to,
                    minutes: lost,
                    ..CapacityBlock::default()
                });
            }
        }
    }
    out
}

/// Open minutes of a day between two moments.
#[must_use]
pub fn open_minutes(calendar: &Calendar, day: NaiveDate, from: Moment, to: Moment) -> i64 {
    let midnight = Moment::start_of(day).0;
    let minute = |m: Moment| (m.0 - midnight).num_minutes();
    let (from, to) = (minute(from), minute(to));
    let part = |s: &crate::domain::calendar::Shift| {
        (to.min(i64::from(s.end)) - from.max(i64::from(s.start))).max(0)
    };
    calendar.shifts_on(day).iter().map(part).sum()
}

/// The day a purchase line is expected by what went wrong with it, and when that was entered.
#[must_use]
pub fn delayed_to(world: &World, purchase: i64) -> Option<(NaiveDate, NaiveDate)> {
    let mine =
        |e: &&ExceptionEffect| e.kind == EffectKind::Delay && e.purchase_id == Some(purchase);
    let dated = in_force(world).filter(mine);
    dated.filter_map(|e| Some((e.date?, e.entered_on))).max()
}

/// What a purchase line will not bring.
#[must_use]
pub fn short_of(world: &World, purchase: i64) -> Qty {
    let mine =
        |e: &&ExceptionEffect| e.kind == EffectKind::Shortage && e.purchase_id == Some(purchase);
    in_force(world).filter(mine).map(|e| e.qty).sum()
}

/// Pieces that were counted good at an operation and have to be made there again.
#[must_use]
pub fn lost(world: &World, operation: &Operation) -> Qty {
    let mine = |e: &&ExceptionEffect| {
        e.production_order_id == Some(operation.production_order_id)
            && e.kind == EffectKind::Loss
            && operation.seq <= e.seq
    };
    in_force(world).filter(mine).map(|e| e.qty).sum()
}

/// Pieces that have to go through an operation again; their parts are built in already.
#[must_use]
pub fn reworked(world: &World, operation: &Operation) -> Qty {
    let mine = |e: &&ExceptionEffect| {
        e.production_order_id == Some(operation.production_order_id)
            && e.kind == EffectKind::Rework
            && operation.seq == e.seq
    };
    in_force(world).filter(mine).map(|e| e.qty).sum()
}

/// The day before which a production order may not go on, with the number of the exception.
///
/// A merged one waits for the first of its orders that may go on.
#[must_use]
pub fn held_until<'a>(
    world: &'a World,
    made: &ProductionOrder,
    orders: &[&Order],
) -> Option<(NaiveDate, &'a str)> {
    if world.exception_effects.is_empty() {
        return None;
    }
    let holds = || in_force(world).filter(|e| e.kind == EffectKind::Hold);
    let said = |e: &ExceptionEffect| {
        let no = world.exceptions.get(e.exception_id).map_or("", |x| &x.no);
        Some((e.date?, no))
    };
    let own = holds().filter(|e| e.production_order_id == Some(made.id));
    let own = own.filter_map(said).max();
    let of = |order: &&Order| {
        let mine = holds().filter(|e| e.order_id == Some(order.id));
        mine.filter_map(said).max()
    };
    let all: Option<Vec<_>> = orders.iter().map(of).collect();
    let orders = all.and_then(|dates| dates.into_iter().min());
    own.max(orders)
}
