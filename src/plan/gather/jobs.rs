//! The planner's input from the rows of the file.

use super::*;

use crate::domain::rule::effect;
use crate::domain::rule::planning::{PlanSettings, Principle};
use crate::plan::input::{PlanOptions, Principles, Use};

/// The planner's input: calendars, work centres, jobs with their materials as release dates.
#[must_use]
pub fn input(world: &World, now: Moment, kits: &[KitLine]) -> PlanInput {
    let settings = PlanSettings::of(world);
    let mut plan = PlanInput {
        now: minute_of(now.0),
        calendars: world.all_calendars(),
        centres: world
            .work_centres
            .iter()
            .map(|c| centre(world, c, &settings))
            .collect(),
        ..PlanInput::default()
    };
    for made in live(world) {
        plan.jobs.push(job(world, made, now, kits));
        plan.accepted.extend(accepted(world, made));
    }
    plan.options = options(world);
    plan
}

/// The six principles and prices as the factory has set them.
fn options(world: &World) -> PlanOptions {
    let settings = PlanSettings::of(world);
    let used = |principle| {
        if settings.uses(principle) {
            Use::On
        } else {
            Use::Off
        }
    };
    PlanOptions {
        principles: Principles {
            delivery_date: used(Principle::DeliveryDate),
            customer_class: used(Principle::CustomerClass),
            capacity_balance: used(Principle::CapacityBalance),
            process_flow: used(Principle::ProcessFlow),
            department_factors: used(Principle::DepartmentFactors),
            time_factors: used(Principle::TimeFactors),
        },
        overtime: overtime(world),
        price_of_move_minutes: settings.move_minutes,
        early_days: settings.early_days,
        ..PlanOptions::default()
    }
}

fn calendar_code(world: &World, id: Option<i64>) -> String {
    world.calendar_or_own(id).code.clone()
}

fn centre(
    world: &World,
    centre: &crate::domain::resource::WorkCentre,
    settings: &PlanSettings,
) -> WorkCentre {
    let mut times = blocks::times(world, centre).into_iter();
    let line = |l: &crate::domain::resource::Line| Line {
        code: l.code.clone(),
        operators: l.operators,
        efficiency: l.efficiency,
        calendar: l.calendar_id.map(|id| calendar_code(world, Some(id))),
        closed: times.next().map(|t| t.closed).unwrap_or_default(),
        family: None,
    };
    WorkCentre {
        code: centre.code.clone(),
        calendar: calendar_code(world, centre.calendar_id),
        lines: world.lines.of(centre.id).map(line).collect(),
        infinite: centre.infinite,
        changeover_minutes: centre.changeover_minutes.0 / Micro::ONE.0,
        frozen_days: settings.frozen_days,
    }
}

fn overtime(world: &World) -> Vec<Overtime> {
    let mut all = Vec::new();
    for centre in &world.work_centres {
        for times in blocks::times(world, centre) {
            if times.overtime.is_empty() {
                continue;
            }
            all.push(Overtime {
                centre: centre.code.clone(),
                line: world.lines.get(times.line).map(|l| l.code.clone()),
                spans: times.overtime,
            });
        }
    }
    all
}

/// Due at the end of the day before the due date's end: the whole due day may be used.
pub(super) fn due_minute(date: NaiveDate) -> Minute {
    day_start(date.succ_opt().unwrap_or(date))
}

fn job(world: &World, made: &ProductionOrder, now: Moment, kits: &[KitLine]) -> Job {
    let owner = production::owner(world, made);
    let item = world.items.find(made.item_id);
    let first = world.operations.of(made.id).map(|o| o.seq).min();
    let operation = |o: &crate::domain::production::Operation| Operation {
        seq: o.seq,
        name: o.name.clone(),
        ways: ways(world, o),
        qty: made.qty,
        done: production::done(world, o),
        wait_after_minutes: o.wait_minutes.0 / Micro::ONE.0,
        transfer_qty: o.transfer_qty,
        material: material(world, made, o.seq, first, kits),
        state: state(world, made, o, now),
        pin: o.pinned.then(|| Pin {
            line: world.lines.find(o.line_id).map(|l| l.code.clone()),
            start: o.starts.map(|at| minute_of(at.0)),
        }),
    };
    let order = owner.map(|(order, _)| order);
    let owners = production::owners(world, made);
    // A merged one goes on as long as one of its orders does.
    let stopped = !owners.is_empty() && owners.iter().all(|(o, ..)| o.on_hold);
    let held = made.on_hold || stopped;
    let orders: Vec<&Order> = owners.iter().map(|(o, ..)| *o).collect();
    let until = effect::held_until(world, made, &orders)
        .map(|(day, no)| (day_start(day), no))
        .filter(|(at, _)| *at > minute_of(now.0));
    Job {
        id: made.no.clone(),
        order: owner
            .map(|(o, l)| format!("{}/{}", o.no, l.no))
            .unwrap_or_default(),
        item: item.map(|i| i.code.clone()).unwrap_or_default(),
        family: item.map(|i| i.family.clone()).unwrap_or_default(),
        weight: production::weight(world, made).unwrap_or(Micro::ONE),
        release: until.map_or(minute_of(now.0), |(at, _)| at),
        release_by: match until {
            Some((_, no)) => Release::NotBefore {
                reference: no.to_owned(),
            },
            None if held => Release::NotBefore {
                reference: made.no.clone(),
            },
            None => Release::Free,
        },
        due: due_minute(due_of(world, made, now.date())),
        operations: world.operations.of(made.id).map(operation).collect(),
        policy: order.map_or(DeliveryPolicy::Split, policy),
        frozen_until: None,
    }
}

/// How part deliveries are allowed.
pub(super) const fn policy(order: &Order) -> DeliveryPolicy {
    match order.policy {
        Policy::Split => DeliveryPolicy::Split,
        Policy::All => DeliveryPolicy::All,
        Policy::NoneLate => DeliveryPolicy::NoneLate,
    }
}

fn ways(world: &World, o: &crate::domain::production::Operation) -> Vec<Way> {
    let centre = world.work_centres.find(o.work_centre_id);
    if let Some(days) = o.outsource_days {
        let supplier = centre
            .map(|c| c.code.clone())
            .unwrap_or_else(|| o.name.clone());
        return vec![Way::Outside {
            supplier,
            days,
            calendar: None,
        }];
    }
    let way = |c: &crate::domain::resource::WorkCentre| Way::Centre {
        centre: c.code.clone(),
        setup_minutes: o.setup_minutes,
        minutes_per_unit: o.minutes_per_unit,
        minutes_per_lot: Micro::ZERO,
    };
    centre.map(way).into_iter().collect()
}

/// An operation with figures goes on where it is; one that is through is through.
fn state(
    world: &World,
    made: &ProductionOrder,
    o: &crate::domain::production::Operation,
    now: Moment,
) -> OperationState {
    let done = production::done(world, o);
    if done >= made.qty {
        let last = production::figures(world, o.id).map(|p| p.date).max();
        let finished = last
            .map_or(minute_of(now.0), due_minute)
            .min(minute_of(now.0));
        return OperationState::Done { finished };
    }
    let line = world.lines.find(o.line_id);
    match (done.is_positive(), line, o.starts) {
        (true, Some(line), Some(starts)) => OperationState::Running {
            line: line.code.clone(),
            started: minute_of(starts.0).min(minute_of(now.0)),
        },
        _ => OperationState::Open,
    }
}

/// When the parts of an operation are there: by what is on order, else by lead time from today.
fn material(
    world: &World,
    made: &ProductionOrder,
    seq: i64,
    first: Option<i64>,
    kits: &[KitLine],
) -> Option<Material> {
    let line = kits.iter().find(|k| k.production == made.id)?;
    let mine = |c: &&kit::KitComponent| c.operation.or(first) == Some(seq);
    let waiting = |c: &&kit::KitComponent| (c.needed - c.issued - c.allocated).is_positive();
    let dated = line
        .components
        .iter()
        .filter(mine)
        .filter(waiting)
        .filter_map(|c| {
            // What nobody has ordered comes by its lead time; what the customer owes has no date.
            Some((c.ready.or(line.possible)?, c.item))
        });
    let (date, item) = dated.max()?;
    let part = world.items.get(item)?;
    // Parts that arrive on a day can be used the next morning.
    Some(Material {
        ready: due_minute(date),
        item: part.name.clone(),
        reference: date.to_string(),
    })
}

fn accepted(world: &World, made: &ProductionOrder) -> Vec<Accepted> {
    let one = |o: &crate::domain::production::Operation| {
        let line = world.lines.find(o.line_id)?;
        let centre = world.work_centres.get(line.work_centre_id)?;
        Some(Accepted {
            job: made.no.clone(),
            seq: o.seq,
            centre: centre.code.clone(),
            line: line.code.clone(),
            start: minute_of(o.starts?.0),
        })
    };
    world.operations.of(made.id).filter_map(one).collect()
}
