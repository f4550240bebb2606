//! The earliest date of every open order on the computed plan: what binds it, what would help.

use super::spare::Spare;
use super::trial::{Trial, trials};
use super::*;

use crate::app::outlook::{Chain, Lever, Link, Promise, Stretch};
use crate::domain::quantity::{MICRO, Money};
use crate::domain::rule::planning::PlanSettings;
use crate::plan::promise::{self, Book, LeverKind};

/// Whether it is told what would bring a date forward; it costs several promises more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Levers {
    Told,
    LeftOut,
}

/// Minutes of an hour.
const HOUR: i64 = 60;

/// The earliest date of each order that is not in production yet, each as if it alone were added.
pub(super) fn promises(
    world: &World,
    now: Moment,
    input: &PlanInput,
    plan: &PlanOutcome,
    spare: &Spare,
    levers: Levers,
) -> BTreeMap<i64, Promise> {
    let mut book = Book::new(input, plan);
    let adds = loads::Adds::new(world, input);
    let waits = |o: &&Order| match o.state {
        _ if o.on_hold => false,
        OrderState::Open => true,
        OrderState::Accepted => production::of_order(world, o).next().is_none(),
        _ => false,
    };
    world
        .orders
        .iter()
        .filter(waits)
        .filter_map(|order| {
            // What would help is asked while an order can still be declined.
            let levers = levers == Levers::Told && order.state == OrderState::Open;
            let found = promise(world, &mut book, &adds, (order, levers), spare, now)?;
            Some((order.id, found))
        })
        .collect()
}

/// What an order that is in production can be promised for by the computed plan.
///
/// `None` where nothing of it is planned.
#[must_use]
pub fn promise_of_planned(world: &World, outlook: &Outlook, order: &Order) -> Option<Promise> {
    let mut found = Promise {
        due: delivery::requested(world, order),
        ..Promise::default()
    };
    let mut by_date: BTreeMap<NaiveDate, Qty> = BTreeMap::new();
    for made in production::of_order(world, order) {
        let Some(finish) = outlook.finishes.get(&made.id) else {
            continue;
        };
        let day = end_day_of(minute_of(finish.ends.0));
        *by_date.entry(day).or_default() += made.qty;
        if found.date.is_none_or(|date| day > date) {
            found.date = Some(day);
            found.chain = world
                .operations
                .of(made.id)
                .filter_map(|o| {
                    let place = outlook.places.get(&o.id)?;
                    let line = world
                        .lines
                        .find(place.line_id)
                        .map_or("", |l| l.code.as_str());
                    Some(Link {
                        what: format!("{} {line}", o.name).trim().to_owned(),
                        from: place.starts,
                        to: place.ends,
                        bound: place.bound,
                        by: place.by.clone(),
                    })
                })
                .collect();
        }
    }
    let late = found
        .date?
        .signed_duration_since(found.due.unwrap_or(found.date?));
    found.late_days = late.num_days().max(0);
    found.quantity_by_date = by_date.into_iter().collect();
    Some(found)
}

/// The promise of one order; `None` where no line of it has a routing.
fn promise(
    world: &World,
    book: &mut Book<'_>,
    adds: &loads::Adds<'_>,
    (order, levers_told): (&Order, bool),
    spare: &Spare,
    now: Moment,
) -> Option<Promise> {
    let lines = trials(world, order, spare, now);
    let mut answers = Vec::new();
    let mut held = Vec::new();
    for line in &lines {
        answers.push(if levers_told {
            book.promise_with_levers(&line.job)
        } else {
            book.promise(&line.job)
        });
        // The next line of the order cannot have the same gap.
        held.push(book.hold(&line.job));
    }
    for taken in held.iter().rev() {
        book.let_go(taken);
    }
    let finishes: Vec<Option<Minute>> = answers.iter().map(|a| a.finish).collect();
    let last = (0..answers.len()).max_by_key(|n| finishes.get(*n).copied().flatten())?;
    let (line, found) = (lines.get(last)?, answers.get(last)?);
    let date = finishes
        .iter()
        .copied()
        .collect::<Option<Vec<_>>>()
        .and_then(|all| all.into_iter().max())
        .map(end_day_of);
    let due = delivery::requested(world, order);
    let late = date.zip(due).map_or(0, |(at, due)| (at - due).num_days());
    let decides = lines
        .iter()
        .max_by_key(|t| (t.material.is_none(), t.material));
    Some(Promise {
        date,
        unlimited: answers
            .iter()
            .filter_map(|a| a.unlimited)
            .max()
            .map(end_day_of),
        due,
        late_days: late.max(0),
        chain: placed(&line.job, found),
        adds: adds.of(answers.iter().flat_map(|a| &a.operations)),
        chains: found.chains.iter().map(|c| chain(&line.job, c)).collect(),
        levers: levers(world, &lines, &answers, date, due),
        quantity_by_date: quantities(&answers),
        material_ready: decides.and_then(|t| t.material),
        material_by: decides
            .and_then(|t| world.items.find(t.material_by))
            .map_or_else(String::new, |i| i.name.clone()),
        operation_days: operation_days(world, found, now),
    })
}

fn name(job: &Job, seq: i64) -> String {
    let operation = job.operations.iter().find(|o| o.seq == seq);
    operation.map_or_else(String::new, |o| o.name.clone())
}

fn placed(job: &Job, found: &promise::Promise) -> Vec<Link> {
    let link = |o: &promise::PromisedOperation| Link {
        what: format!("{} {}", name(job, o.seq), o.line).trim().to_owned(),
        from: moment(o.start),
        to: moment(o.end),
        bound: bound(o.why.kind),
        by: o.why.by.code(),
    };
    found.operations.iter().map(link).collect()
}

fn chain(job: &Job, chain: &promise::Chain) -> Chain {
    let why = |w: &crate::plan::outcome::Why| (bound(w.kind), w.by.code());
    let stretch = |l: &promise::ChainLink| Stretch {
        seq: l.seq,
        operation: name(job, l.seq),
        work_centre: l.work_centre.clone(),
        from: moment(l.span.start),
        to: moment(l.span.end),
        waits: l.waits_for.as_ref().map(why),
    };
    Chain {
        date: end_day_of(chain.finish),
        binding: chain.binding.as_ref().map(why),
        links: chain.links.iter().map(stretch).collect(),
    }
}

/// The levers of all lines by what the whole order gains: another line may bind it then.
fn levers(
    world: &World,
    lines: &[Trial],
    answers: &[promise::Promise],
    date: Option<NaiveDate>,
    due: Option<NaiveDate>,
) -> Vec<Lever> {
    let Some(date) = date else { return Vec::new() };
    let mut found = Vec::new();
    for (at, (line, answer)) in lines.iter().zip(answers).enumerate() {
        let others = answers
            .iter()
            .enumerate()
            .filter(|(n, _)| *n != at)
            .filter_map(|(_, a)| a.finish.map(end_day_of))
            .max();
        for lever in &answer.levers {
            let own = end_day_of(lever.finish);
            // A first part goes by itself; the rest of the order comes later anyway.
            let first_part = matches!(lever.kind, LeverKind::PartDelivery { .. });
            let with = others.filter(|_| !first_part).map_or(own, |d| d.max(own));
            let days_gained = (date - with).num_days();
            if days_gained > 0 {
                found.push(Lever {
                    kind: lever.kind.clone(),
                    line_id: line.line_id,
                    date: with,
                    days_gained,
                    meets_due: due.is_some_and(|due| with <= due),
                    cost: cost(world, &lever.kind),
                });
            }
        }
    }
    found.sort_by(|a, b| (a.date, &a.kind, a.line_id).cmp(&(b.date, &b.kind, b.line_id)));
    found.dedup();
    found
}

/// What a lever costs: overtime hours × operators × the price of such an hour, where one is set.
fn cost(world: &World, kind: &LeverKind) -> Option<Money> {
    let LeverKind::Overtime { centre, spans, .. } = kind else {
        return None;
    };
    let price = PlanSettings::of(world).overtime_hour?;
    let centre = world.work_centres.iter().find(|c| c.code == *centre)?;
    let operators: i64 = world.lines.of(centre.id).map(|l| l.operators).sum();
    let minutes: i64 = spans.iter().map(|s| s.end - s.start).sum();
    let hours = Micro(operators.checked_mul(minutes)?.checked_mul(MICRO)? / HOUR);
    Some(hours.times(price).round_to(2))
}

/// The quantities of all lines by the day on which they can go.
fn quantities(answers: &[promise::Promise]) -> Vec<(NaiveDate, Qty)> {
    let mut by_date: BTreeMap<NaiveDate, Qty> = BTreeMap::new();
    for (at, qty) in answers.iter().flat_map(|a| &a.quantity_by_date) {
        *by_date.entry(end_day_of(*at)).or_default() += *qty;
    }
    by_date.into_iter().collect()
}

/// Working days from the first to the last day of the order if it had every line for itself.
fn operation_days(world: &World, found: &promise::Promise, now: Moment) -> i64 {
    let Some(unlimited) = found.unlimited else {
        return 0;
    };
    let wait = found
        .operations
        .first()
        .map_or(now.date(), |o| end_day_of(o.ready + 1));
    let calendar = world.factory_calendar();
    let (first, last) = (wait.max(now.date()), end_day_of(unlimited));
    let days = first.iter_days().take_while(|d| *d <= last);
    i64::try_from(days.filter(|d| calendar.is_working(*d)).count()).unwrap_or(0)
}

/// The promise as the interchange format fixes it.
#[must_use]
pub fn promise_json(promise: &Promise) -> serde_json::Value {
    use serde_json::json;
    let link = |l: &Link| {
        json!({ "what": l.what, "from": l.from.text(), "to": l.to.text(),
            "why": { "kind": l.bound.code(), "by": l.by } })
    };
    let stretch = |l: &Stretch| {
        let why = l.waits.as_ref();
        json!({ "what": format!("{} {}", l.seq, l.work_centre), "from": l.from.text(),
            "to": l.to.text(), "why": why.map(|(kind, by)| json!({ "kind": kind.code(), "by": by })) })
    };
    let chain = |c: &Chain| json!({ "date": c.date.to_string(), "chain": c.links.iter().map(stretch).collect::<Vec<_>>() });
    let lever = |l: &Lever| {
        json!({ "what": planning::lever(&l.kind, Lang::En), "days_gained": l.days_gained,
            "date": l.date.to_string(), "cost": l.cost.map(Micro::text) })
    };
    json!({
        "date": promise.date.map(|d| d.to_string()),
        "unlimited": promise.unlimited.map(|d| d.to_string()),
        "late_days": promise.late_days,
        "material_ready": promise.material_ready.map(|d| d.to_string()),
        "quantity_by_date": promise.quantity_by_date.iter()
            .map(|(at, qty)| json!({ "date": at.to_string(), "qty": qty.text() })).collect::<Vec<_>>(),
        "chain": promise.chain.iter().map(link).collect::<Vec<_>>(),
        "next_chains": promise.chains.iter().skip(1).map(chain).collect::<Vec<_>>(),
        "levers": promise.levers.iter().map(lever).collect::<Vec<_>>(),
    })
}
