//! From the rows of the file to the planner's input, and back to what panels show.
//!
//! Pure. Materials are netted first, because they are release dates of operations; then the lines
//! are filled; then open orders get their earliest date on what is left.

mod blocks;
mod chances;
mod compared;
mod impacts;
mod jobs;
mod loads;
mod materials;
mod places;
mod principles;
mod promises;
mod rushed;
mod spare;
mod trial;
mod weigh;
mod words;

use std::collections::BTreeMap;
use std::sync::Arc;

pub use chances::{RUNS, chain, chances};
pub use compared::{Compared, compared};
pub use impacts::{IMPACTS_MAX, has_impacts, impacts};
use jobs::due_minute;
pub use jobs::input;
use loads::loads;
use materials::{by_item, kits, requirements};
use places::places;
pub use principles::principles;
use promises::promises;
pub use promises::{Levers, promise_json, promise_of_planned};
pub use rushed::rush;
use spare::Spare;
pub use weigh::{Sides, weigh};
use words::words;

use chrono::{Days, NaiveDate};

use super::explode::{self, Explosion};
use super::forecast;
use super::input::{
    Accepted, DeliveryPolicy, Job, Line, Material, Minute, Operation, OperationState, Overtime,
    Pin, PlanInput, Release, Span, Way, WorkCentre, day_start, end_day_of, instant_of, minute_of,
};
use super::kit::{self, KitLine};
use super::load::{self, Period};
use super::outcome::{PlanOutcome, WhyKind};
use super::sequence::{Effort, Planner, Signal};
use super::supply::{self, NO_DATE_DAYS, due_of, live};

use crate::app::outlook::{
    Bound, Finding, Finish, Kit, KitPart, Load, Outlook, Peg, Place, Requirement,
};
use crate::domain::codes::{BlockKind, OrderState, Policy};
use crate::domain::moment::Moment;
use crate::domain::order::{Order, OrderLine};
use crate::domain::production::ProductionOrder;
use crate::domain::quantity::{Micro, Qty, Rate};
use crate::domain::rule::{delivery, production};
use crate::domain::world::World;
use crate::text::{Lang, planning};

/// Moves of the improvement that a plan for the screen gets: repeatable, and done in a moment.
pub const MOVES: u64 = 20_000;

/// Computes materials, plan, load, promises and chances; `None` where it was cancelled.
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
    let out = outlook_on(world, now, None, moves, cancelled)?;
    with_chances(world, now, out, moves, cancelled)
}

/// Adds the chances by a plan; one of no moves, which is wanted at once, gets none.
#[must_use]
pub fn with_chances(
    world: &World,
    now: Moment,
    plan: Outlook,
    moves: u64,
    cancelled: &dyn Fn() -> bool,
) -> Option<Outlook> {
    // As many draws as moves were worth it.
    let runs = RUNS.min(usize::try_from(moves).unwrap_or(RUNS));
    if runs == 0 {
        return Some(plan);
    }
    let chances = chances(world, now, &plan, runs, cancelled)?;
    Some(Outlook {
        chances: Arc::new(chances),
        chances_current: true,
        ..plan
    })
}

/// The same without chances, where the needs may be known from another plan of the same data, see
/// [`Outlook::needs`].
#[must_use]
pub fn outlook_on(
    world: &World,
    now: Moment,
    known: Option<Outlook>,
    moves: u64,
    cancelled: &dyn Fn() -> bool,
) -> Option<Outlook> {
    let mut out = outlook_with(world, now, known, moves, Levers::Told, cancelled)?;
    out.paces = Arc::new(forecast::paces(world, &out.places, now));
    let finishing = |made: &ProductionOrder| {
        let finishing = forecast::finishing(world, &out, made);
        finishing.map(|f| (made.id, f))
    };
    out.finishings = Arc::new(supply::live(world).filter_map(finishing).collect());
    Some(out)
}

/// The plan by rules and all dates, without what would help: to compare two worlds.
#[must_use]
pub fn sketch(world: &World, now: Moment) -> Outlook {
    outlook_with(world, now, None, 0, Levers::LeftOut, &|| false).unwrap_or_default()
}

fn outlook_with(
    world: &World,
    now: Moment,
    known: Option<Outlook>,
    moves: u64,
    levers: Levers,
    cancelled: &dyn Fn() -> bool,
) -> Option<Outlook> {
    let today = now.date();
    let needed = supply::input(world, today);
    let lines = kit::kits(&needed);
    let mut out = known.unwrap_or_else(|| needs(world, &needed, &lines));
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
    // What it planned with is large, and the dates of open orders are about to need as much again.
    drop(planner);
    out.findings = findings(&plan, &out.explosion);
    places(world, &plan, &mut out);
    loads(world, &input, &plan, today, &mut out);
    let spare = Spare::new(&needed, &out.explosion);
    out.promises = Arc::new(promises(world, now, &input, &plan, &spare, levers));
    words(world, &lines, today, &mut out);
    Some(out)
}

/// What is needed, and when; see [`Outlook::needs`].
fn needs(world: &World, needed: &explode::Input, lines: &[KitLine]) -> Outlook {
    let explosion = explode::explode(needed);
    Outlook {
        requirements: Arc::new(requirements(world, &explosion)),
        by_item: Arc::new(by_item(&explosion)),
        explosion: Arc::new(explosion),
        kits: Arc::new(kits(lines)),
        ..Outlook::default()
    }
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

/// A map in no more memory than it takes: one that was filled entry by entry has room in its nodes.
fn packed<V>(map: BTreeMap<i64, V>) -> Arc<BTreeMap<i64, V>> {
    Arc::new(map.into_iter().collect())
}

fn moment(minute: Minute) -> Moment {
    Moment(instant_of(minute))
}

fn findings(plan: &PlanOutcome, explosion: &Explosion) -> Vec<Finding> {
    let planned = findings_of(plan.findings.iter());
    let exploded = explosion.findings.iter().map(|f| Finding {
        text_zh: f.say(Lang::Zh),
        text_en: f.say(Lang::En),
    });
    planned.into_iter().chain(exploded).collect()
}

/// The planner's findings in words.
fn findings_of<'f>(found: impl Iterator<Item = &'f crate::plan::finding::Finding>) -> Vec<Finding> {
    let said = |f: &crate::plan::finding::Finding| Finding {
        text_zh: planning::finding(f, Lang::Zh),
        text_en: planning::finding(f, Lang::En),
    };
    found.map(said).collect()
}
