//! From the rows of the file to the planner's input, and back to what panels show.
//!
//! Pure. Materials are netted first, because they are release dates of operations; then the lines
//! are filled; then open orders get their earliest date on what is left.

mod trial;

use std::collections::BTreeMap;
use trial::promises;
pub use trial::{Answer, promise_of};

use chrono::{Datelike, Days, NaiveDate};

use super::explode::{self, Explosion};

use super::input::{
    Accepted, DeliveryPolicy, Job, Line, Material, Minute, Operation, OperationState, Overtime,
    Pin, PlanInput, Release, Span, Way, WorkCentre, day_start, end_day_of, instant_of, minute_of,
};

use super::kit::{self, KitLine};

use super::load::{self, Period};

use super::outcome::{PlanOutcome, WhyKind};

use super::promise::Book;

use super::sequence::{Effort, Planner, Signal};

use super::supply::{self, NO_DATE_DAYS, due_of, live};

use crate::app::outlook::{
    Bound, Finding, Finish, Kit, KitPart, Link, Load, Outlook, Peg, Place, Promise, Requirement,
};

use crate::domain::codes::{BlockKind, OrderState, Policy};

use crate::domain::moment::Moment;

use crate::domain::order::{Order, OrderLine};

use crate::domain::production::ProductionOrder;

use crate::domain::quantity::{Micro, Qty, Rate};

use crate::domain::rule::{delivery, production, purchase};

use crate::domain::world::World;

use crate::text::{Lang, planning};

/// Moves of the improvement that a plan for the screen gets: repeatable, and done in a moment.
pub const MOVES: u64 = 20_000;

/// Weeks of load that are computed.
const WEEKS: usize = 12;

/// Computes materials, plan, load and promises; `None` where it was cancelled.
///
/// `moves` is how many moves the improvement of the rule-based plan tries; the same number gives
/// the same plan.
#[must_use]
pub fn outlook(
    world: &World,
    now: Moment,
    moves: u64,
    cancelled: &dyn Fn() -> bool,
) -> Option<Outlook> {
    let today = now.date();
    let needed = supply::input(world, today);
    let explosion = explode::explode(&needed);
    let lines = kit::kits(&needed);
    let input = input(world, now, &lines);
    let mut stop = |_| {
        if cancelled() {
            Signal::Stop
        } else {
            Signal::Go { ppm: 0 }
        }
    };
    let mut planner = Planner::new(&input);
    planner.rules(&mut stop);
    planner.improve(Effort::Moves(moves), &mut stop);
    if cancelled() {
        return None;
    }
    let plan = planner.outcome();
    let mut out = Outlook {
        findings: findings(&plan, &explosion),
        requirements: requirements(world, &explosion),
        kits: kits(&lines),
        ..Outlook::default()
    };
    places(world, &plan, &mut out);
    loads(world, &input, &plan, today, &mut out);
    promises(world, now, &input, &plan, &mut out);
    Some(out)
}

fn requirements(world: &World, explosion: &Explosion) -> Vec<Requirement> {
    let row = |r: &explode::Row| Requirement {
        item_id: r.item,
        need_date: r.need_date,
        gross: r.gross,
        from_stock: r.from_stock + r.from_substitute,
        from_on_order: r.from_on_order + r.from_surplus,
        net: r.net,
        make: matches!(r.source, explode::Source::Make | explode::Source::Phantom),
        qty_planned: r.qty_planned,
        release_date: r.release_date.unwrap_or(r.need_date),
        rule: rule(&r.rules),
        pegs: r.pegs.iter().map(|p| peg(world, p)).collect(),
    };
    explosion.rows.iter().map(row).collect()
}

/// The lot rules that acted, by their codes.
fn rule(rules: &[explode::LotRule]) -> String {
    if rules.is_empty() {
        return "lot-for-lot".to_owned();
    }
    let code = |r: &explode::LotRule| match r {
        explode::LotRule::Grouped => "grouped",
        explode::LotRule::UnitStep => "unit-step",
        explode::LotRule::Moq => "moq",
        explode::LotRule::Multiple => "multiple",
        explode::LotRule::MaxLot => "max-lot",
        explode::LotRule::Phantom => "phantom",
        explode::LotRule::CustomerSupplied => "customer-supplied",
    };
    rules.iter().map(code).collect::<Vec<_>>().join("+")
}

fn peg(world: &World, peg: &explode::Peg) -> Peg {
    let line = match peg.to {
        explode::For::Need(id) => world.order_lines.get(id),
        _ => None,
    };
    Peg {
        order_id: line.map(|l| l.order_id),
        line_no: line.map_or(0, |l| l.no),
        qty: peg.qty,
    }
}

/// The kit of each live production order, from what was allotted to it.
fn kits(lines: &[KitLine]) -> BTreeMap<i64, Kit> {
    let part = |c: &kit::KitComponent| KitPart {
        item_id: c.item,
        need: (c.needed - c.issued).floor_zero(),
        covered: c.allocated,
        ready: c.ready,
    };
    let one = |line: &KitLine| {
        let count = |n: usize| Rate::whole(i64::try_from(n).unwrap_or(0));
        let rate = if line.items == 0 {
            Rate::ONE
        } else {
            count(line.items_complete).over(count(line.items))
        };
        let kit = Kit {
            needed_sets: line.needed_sets,
            buildable_sets: line.buildable_sets,
            item_rate: rate,
            ready: line.ready,
            blocking: line.blocking.clone(),
            // A part that is built in already has nothing more to say.
            parts: line
                .components
                .iter()
                .map(part)
                .filter(|p| p.need.is_positive())
                .collect(),
        };
        (line.production, kit)
    };
    lines.iter().map(one).collect()
}

/// The planner's input: calendars, work centres, jobs with their materials as release dates.
#[must_use]
pub fn input(world: &World, now: Moment, kits: &[KitLine]) -> PlanInput {
    let mut calendars: Vec<_> = world
        .calendars
        .iter()
        .map(|c| world.calendar_or_own(Some(c.id)))
        .collect();
    if calendars.is_empty() {
        calendars.push(world.factory_calendar());
    }
    let mut plan = PlanInput {
        now: minute_of(now.0),
        calendars,
        centres: world
            .work_centres
            .iter()
            .map(|c| centre(world, c))
            .collect(),
        ..PlanInput::default()
    };
    for made in live(world) {
        plan.jobs.push(job(world, made, now, kits));
        plan.accepted.extend(accepted(world, made));
    }
    plan.options.overtime = overtime(world);
    plan
}

fn calendar_code(world: &World, id: Option<i64>) -> String {
    world.calendar_or_own(id).code
}

fn centre(world: &World, centre: &crate::domain::resource::WorkCentre) -> WorkCentre {
    let closed = |line: i64| {
        let mine = move |b: &&crate::domain::resource::CapacityBlock| {
            b.line_id.is_none_or(|id| id == line) && b.kind != BlockKind::Overtime
        };
        world
            .capacity_blocks
            .of(centre.id)
            .filter(mine)
            .map(span)
            .collect()
    };
    let line = |l: &crate::domain::resource::Line| Line {
        code: l.code.clone(),
        operators: l.operators,
        efficiency: l.efficiency,
        calendar: l.calendar_id.map(|id| calendar_code(world, Some(id))),
        closed: closed(l.id),
        family: None,
    };
    WorkCentre {
        code: centre.code.clone(),
        calendar: calendar_code(world, centre.calendar_id),
        lines: world.lines.of(centre.id).map(line).collect(),
        infinite: centre.infinite,
        changeover_minutes: centre.changeover_minutes.0 / Micro::ONE.0,
        frozen_days: 0,
    }
}

fn span(block: &crate::domain::resource::CapacityBlock) -> Span {
    let start = minute_of(block.starts.0);
    let minutes = block.minutes.0 / Micro::ONE.0;
    let end = if minutes > 0 {
        start + minutes
    } else {
        minute_of(block.ends.0)
    };
    Span {
        start,
        end: end.max(start),
    }
}

fn overtime(world: &World) -> Vec<Overtime> {
    let extra = world
        .capacity_blocks
        .iter()
        .filter(|b| b.kind == BlockKind::Overtime);
    let one = |b: &crate::domain::resource::CapacityBlock| {
        let centre = world.work_centres.get(b.work_centre_id)?.code.clone();
        let line = world.lines.find(b.line_id).map(|l| l.code.clone());
        Some(Overtime {
            centre,
            line,
            spans: vec![span(b)],
        })
    };
    extra.filter_map(one).collect()
}

/// Due at the end of the day before the due date's end: the whole due day may be used.
fn due_minute(date: NaiveDate) -> Minute {
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
    let held = made.on_hold || order.is_some_and(|o| o.on_hold);
    Job {
        id: made.no.clone(),
        order: owner
            .map(|(o, l)| format!("{}/{}", o.no, l.no))
            .unwrap_or_default(),
        item: item.map(|i| i.code.clone()).unwrap_or_default(),
        family: item.map(|i| i.family.clone()).unwrap_or_default(),
        weight: order.map_or(Micro::ONE, |o| delivery::weight(world, o)),
        release: minute_of(now.0),
        release_by: if held {
            Release::NotBefore {
                reference: made.no.clone(),
            }
        } else {
            Release::Free
        },
        due: due_minute(due_of(world, made, now.date())),
        operations: world.operations.of(made.id).map(operation).collect(),
        policy: order.map_or(DeliveryPolicy::Split, |o| match o.policy {
            Policy::Split => DeliveryPolicy::Split,
            Policy::All => DeliveryPolicy::All,
            Policy::NoneLate => DeliveryPolicy::NoneLate,
        }),
        frozen_until: None,
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

const fn bound(kind: WhyKind) -> Bound {
    match kind {
        WhyKind::Material => Bound::Material,
        WhyKind::Capacity => Bound::Capacity,
        WhyKind::Predecessor => Bound::Predecessor,
        WhyKind::Calendar => Bound::Calendar,
        WhyKind::Pin => Bound::Pin,
        WhyKind::Release => Bound::Release,
    }
}

fn moment(minute: Minute) -> Moment {
    Moment(instant_of(minute))
}

/// The line of a centre by their codes.
fn line_id(world: &World, centre: &str, line: &str) -> Option<i64> {
    let centre = world.work_centres.iter().find(|c| c.code == centre)?;
    world
        .lines
        .of(centre.id)
        .find(|l| l.code == line)
        .map(|l| l.id)
}

fn places(world: &World, plan: &PlanOutcome, out: &mut Outlook) {
    let by_no: BTreeMap<&str, &ProductionOrder> = world
        .production_orders
        .iter()
        .map(|p| (p.no.as_str(), p))
        .collect();
    for order in &plan.orders {
        let Some(made) = by_no.get(order.id.as_str()) else {
            continue;
        };
        let owner = production::owner(world, made);
        out.finishes.insert(
            made.id,
            Finish {
                starts: moment(order.start),
                ends: moment(order.finish),
                due: owner.and_then(|(_, line)| delivery::line_due(line)),
                late_days: if owner.is_some() { order.late_days } else { 0 },
            },
        );
        for o in &order.operations {
            let Some(operation) = world.operations.of(made.id).find(|op| op.seq == o.seq) else {
                continue;
            };
            if production::left(world, made, operation).is_zero() {
                continue;
            }
            out.places.insert(
                operation.id,
                Place {
                    production_order_id: made.id,
                    work_centre_id: operation.work_centre_id,
                    line_id: line_id(world, &o.work_centre, &o.line),
                    starts: moment(o.start),
                    ends: moment(o.end),
                    bound: bound(o.why.kind),
                    by: o.why.by.code(),
                },
            );
        }
    }
}

fn loads(
    world: &World,
    input: &PlanInput,
    plan: &PlanOutcome,
    today: NaiveDate,
    out: &mut Outlook,
) {
    let back = u64::from(today.weekday().num_days_from_monday());
    let monday = today.checked_sub_days(Days::new(back)).unwrap_or(today);
    for centre in load::load(input, plan, Period::Week, monday, WEEKS) {
        let Some(row) = world
            .work_centres
            .iter()
            .find(|c| c.code == centre.work_centre)
        else {
            continue;
        };
        for period in centre.periods {
            out.loads.push(Load {
                work_centre_id: row.id,
                week: period.first_day,
                available_minutes: period.available,
                used_minutes: period.used,
            });
        }
    }
}

fn findings(plan: &PlanOutcome, explosion: &Explosion) -> Vec<Finding> {
    let planned = plan.findings.iter().map(|f| Finding {
        text_zh: planning::finding(f, Lang::Zh),
        text_en: planning::finding(f, Lang::En),
    });
    let exploded = explosion.findings.iter().map(|f| Finding {
        text_zh: f.say(Lang::Zh),
        text_en: f.say(Lang::En),
    });
    planned.chain(exploded).collect()
}
