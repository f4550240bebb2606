//! What each open exception costs, and what its ways out would do: differences of full plans.
//!
//! Both sides keep the sequences of the plan in force, and of the shown one where nothing was
//! accepted, and are timed anew, so that only what the exception forces moves.

use super::*;

use super::weigh::accepted_as_shown;
use crate::app::impact::{Impact, KitHit, MadeHit, OptionDate, OrderHit};
use crate::domain::exception::{Exception, ExceptionOption};
use crate::domain::exception_codes::{EffectKind, OptionKind};
use crate::domain::purchase::Promise as Said;
use crate::domain::quantity::Money;
use crate::domain::record::Record;
use crate::domain::resource::CapacityBlock;
use crate::domain::rule::{effect, failure};
use crate::domain::world::Rows;
use crate::plan::outcome::PlannedOrder;

/// Exceptions whose impact is computed, the newest; each is a plan of its own.
pub const IMPACTS_MAX: usize = 60;

/// The production orders of a plan, and the kits it stands on.
struct Side {
    /// Without their operations, which are most of a plan.
    orders: Vec<PlannedOrder>,
    kits: Vec<KitLine>,
}

/// The impact of every open exception that has an effect or a way out the plan can date;
/// `None` where it was cancelled.
#[must_use]
pub fn impacts(
    world: &World,
    now: Moment,
    shown: &Outlook,
    cancelled: &dyn Fn() -> bool,
) -> Option<BTreeMap<i64, Impact>> {
    let mut out = BTreeMap::new();
    let mut after = None;
    for e in computed(world).take(IMPACTS_MAX) {
        if cancelled() {
            return None;
        }
        let after = after.get_or_insert_with(|| side(world, now, shown, None));
        let before = side(&effect::without(world, e.id), now, shown, None);
        let mut impact = difference(world, &before, after);
        for option in world.exception_options.of(e.id) {
            let found = option_date(world, now, shown, (e, option), (&impact, after));
            impact.options.extend(found.map(|date| (option.id, date)));
        }
        out.insert(e.id, impact);
    }
    Some(out)
}

/// Open exceptions that the plan has something to say about, the newest first.
fn computed(world: &World) -> impl Iterator<Item = &Exception> {
    let said = move |e: &&Exception| {
        let mut options = world.exception_options.of(e.id);
        effect::has_any(world, e.id) || options.any(|o| o.kind != OptionKind::Words)
    };
    let open = world.exceptions.iter().rev();
    open.filter(|e| e.closed_on.is_none()).filter(said)
}

/// Whether there is any impact to compute.
#[must_use]
pub fn has_impacts(world: &World) -> bool {
    computed(world).next().is_some()
}

/// A line that an operation goes to in place of its own: production order, operation, line.
type Elsewhere<'a> = (&'a str, i64, &'a str);

fn side(world: &World, now: Moment, shown: &Outlook, elsewhere: Option<Elsewhere<'_>>) -> Side {
    let needed = supply::input(world, now.date());
    let kits = kit::kits(&needed);
    let mut input = input(world, now, &kits);
    input.accepted = in_force(world, shown, &input);
    if let Some((job, seq, line)) = elsewhere {
        let mine = |a: &&mut Accepted| a.job == job && a.seq == seq;
        if let Some(place) = input.accepted.iter_mut().find(mine) {
            line.clone_into(&mut place.line);
        }
    }
    let mut orders = Planner::keeping(&input).outcome().orders;
    for order in &mut orders {
        order.operations = Vec::new();
    }
    Side { orders, kits }
}

/// Where operations stand by the accepted plan, else by the shown one.
fn in_force(world: &World, shown: &Outlook, input: &PlanInput) -> Vec<Accepted> {
    let key = |a: &Accepted| (a.job.clone(), a.seq);
    let shown = accepted_as_shown(world, shown, input);
    let mut places: BTreeMap<_, _> = shown.into_iter().map(|a| (key(&a), a)).collect();
    places.extend(input.accepted.iter().map(|a| (key(a), a.clone())));
    places.into_values().collect()
}

fn difference(world: &World, before: &Side, after: &Side) -> Impact {
    let numbers: BTreeMap<&str, &ProductionOrder> = world
        .production_orders
        .iter()
        .map(|p| (p.no.as_str(), p))
        .collect();
    let was: BTreeMap<&str, &PlannedOrder> =
        before.orders.iter().map(|o| (o.id.as_str(), o)).collect();
    let mut impact = Impact::default();
    let mut orders: BTreeMap<i64, OrderHit> = BTreeMap::new();
    for is in &after.orders {
        // What only the exception brings back into production has no end without it: today.
        let Some(made) = numbers.get(is.id.as_str()) else {
            continue;
        };
        let was = was.get(is.id.as_str());
        let (finish_before, late_before) = was.map_or((is.start, 0), |w| (w.finish, w.late_days));
        let hit = MadeHit {
            production_order_id: made.id,
            finish_before: moment(finish_before),
            finish_after: moment(is.finish),
            late_before,
            late_after: is.late_days,
        };
        for (order, ..) in production::owners(world, made) {
            take(&mut orders, world, order, &hit);
        }
        if hit.finish_before != hit.finish_after || hit.late_before != hit.late_after {
            impact.made.push(hit);
        }
    }
    impact.made.sort_by_key(|m| m.production_order_id);
    impact.orders = orders
        .into_values()
        .filter(|o| o.finish_before != o.finish_after || o.late_before != o.late_after)
        .collect();
    for o in &mut impact.orders {
        let end = |m: Moment| end_day_of(minute_of(m.0));
        o.days = (end(o.finish_after) - end(o.finish_before)).num_days();
        if o.late_before == 0 && o.late_after > 0 {
            let sum: &mut Money = impact.money.entry(o.currency.clone()).or_default();
            *sum += o.amount;
        }
    }
    impact
        .orders
        .sort_by_key(|o| (o.late_before - o.late_after, -o.days, o.order_id));
    impact.kits = kits_hit(&before.kits, &after.kits);
    impact
}

/// Adds one of its production orders to an order.
fn take(orders: &mut BTreeMap<i64, OrderHit>, world: &World, order: &Order, made: &MadeHit) {
    let hit = orders.entry(order.id).or_insert_with(|| OrderHit {
        order_id: order.id,
        finish_before: made.finish_before,
        finish_after: made.finish_after,
        days: 0,
        late_before: 0,
        late_after: 0,
        amount: delivery::order_amount(world, order),
        currency: order.currency.clone(),
    });
    hit.finish_before = hit.finish_before.max(made.finish_before);
    hit.finish_after = hit.finish_after.max(made.finish_after);
    hit.late_before = hit.late_before.max(made.late_before);
    hit.late_after = hit.late_after.max(made.late_after);
}

/// Later, or never where there is no date.
fn is_later(before: Option<NaiveDate>, after: Option<NaiveDate>) -> bool {
    match (before, after) {
        (Some(was), Some(is)) => is > was,
        (Some(_), None) => true,
        (None, _) => false,
    }
}

fn kits_hit(before: &[KitLine], after: &[KitLine]) -> Vec<KitHit> {
    let old: BTreeMap<i64, &KitLine> = before.iter().map(|k| (k.production, k)).collect();
    let hit = |is: &KitLine| {
        let was = old.get(&is.production)?;
        let worse = |(a, b): (&kit::KitComponent, &kit::KitComponent)| {
            let missing = b.uncovered > a.uncovered;
            (missing || is_later(a.ready, b.ready) || b.allocated < a.allocated).then_some(b.item)
        };
        let pairs = was.components.iter().zip(&is.components);
        let mut items: Vec<i64> = pairs.filter_map(worse).collect();
        items.sort_unstable();
        items.dedup();
        let less = is.buildable_sets < was.buildable_sets || is_later(was.ready, is.ready);
        (less || !items.is_empty()).then_some(KitHit {
            production_order_id: is.production,
            sets_before: was.buildable_sets,
            sets_after: is.buildable_sets,
            ready_before: was.ready,
            ready_after: is.ready,
            items,
        })
    };
    after.iter().filter_map(hit).collect()
}

/// When what an exception is about would be finished with a way out; none for mere words.
fn option_date(
    world: &World,
    now: Moment,
    shown: &Outlook,
    (e, option): (&Exception, &ExceptionOption),
    (impact, after): (&Impact, &Side),
) -> Option<OptionDate> {
    let made = world.production_orders.find(option.production_order_id);
    let with = match option.kind {
        OptionKind::Words => return None,
        OptionKind::Overtime => side(&overtime(world, option)?, now, shown, None),
        OptionKind::Expedite => side(&expedited(world, option, now)?, now, shown, None),
        OptionKind::Parts => side(&first_part(world, option)?, now, shown, None),
        OptionKind::OtherLine => {
            let line = world.lines.find(option.line_id)?;
            let elsewhere = (made?.no.as_str(), option.seq, line.code.as_str());
            side(world, now, shown, Some(elsewhere))
        }
    };
    let about = about(world, e, option, impact);
    let mine = |o: &&PlannedOrder| about.contains(&o.id);
    let finish = with.orders.iter().filter(mine).map(|o| o.finish).max();
    let late = |side: &Side| side.orders.iter().map(|o| o.late_days).sum();
    Some(OptionDate {
        // What is no longer in the plan is done.
        date: finish.map_or(now.date(), end_day_of),
        late_days: late(&with),
        late_days_now: late(after),
    })
}

/// The production orders an option is about: its own, the exception's, those of the exception's
/// orders, or of the order that loses most.
fn about(world: &World, e: &Exception, option: &ExceptionOption, impact: &Impact) -> Vec<String> {
    let own = option.production_order_id.or(e.production_order_id);
    if let Some(made) = world.production_orders.find(own) {
        return vec![made.no.clone()];
    }
    let mut orders = failure::orders(world, e);
    if orders.is_empty() {
        let first = impact.orders.first().map(|o| o.order_id);
        orders.extend(world.orders.find(first));
    }
    let made = orders
        .into_iter()
        .flat_map(|o| production::of_order(world, o));
    made.map(|p| p.no.clone()).collect()
}

/// Rows with one more, numbered after the last.
fn with_row<T: Record + Clone>(rows: &Rows<T>, make: impl FnOnce(i64) -> T) -> Rows<T> {
    let next = rows.iter().next_back().map_or(1, |r| r.id() + 1);
    Rows::new(rows.iter().cloned().chain([make(next)]).collect())
}

fn overtime(world: &World, option: &ExceptionOption) -> Option<World> {
    let block = CapacityBlock {
        work_centre_id: option.work_centre_id?,
        line_id: option.line_id,
        kind: BlockKind::Overtime,
        starts: option.starts?,
        ends: option.ends?,
        ..CapacityBlock::default()
    };
    Some(World {
        capacity_blocks: with_row(&world.capacity_blocks, |id| CapacityBlock { id, ..block }),
        ..world.clone()
    })
}

fn expedited(world: &World, option: &ExceptionOption, now: Moment) -> Option<World> {
    let (purchase_id, date) = (option.purchase_id?, option.arrives?);
    let said = Said {
        purchase_id,
        date,
        said_on: now.date(),
        ..Said::default()
    };
    let late = |e: &&crate::domain::exception::ExceptionEffect| {
        e.kind == EffectKind::Delay && e.purchase_id == Some(purchase_id)
    };
    let kept = world.exception_effects.iter().filter(|e| !late(e));
    Some(World {
        exception_effects: Rows::new(kept.cloned().collect()),
        promises: with_row(&world.promises, |id| Said { id, ..said }),
        ..world.clone()
    })
}

/// The production order cut to the first part: what is delivered first is made first.
fn first_part(world: &World, option: &ExceptionOption) -> Option<World> {
    let id = option.production_order_id?;
    let cut = |p: &ProductionOrder| ProductionOrder {
        qty: if p.id == id {
            option.qty.min(p.qty)
        } else {
            p.qty
        },
        ..p.clone()
    };
    Some(World {
        production_orders: Rows::new(world.production_orders.iter().map(cut).collect()),
        ..world.clone()
    })
}
