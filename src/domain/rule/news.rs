//! Who has been silent for longer than usual: workshops, departments, suppliers, customers.
//!
//! Everything that is waited for has days on which something was heard of it: figures of a
//! production order; order, promises, receipts and answered chases of a purchase line; question and
//! answer of a query or a review; sending and verdict of a sample. The working days from one to the
//! next are learnt per stage and partner over all that partner's things, closed ones too; see
//! [`super::silence`] for what counts as usual. A thing with a habit of its own goes before its
//! partner, a partner with few news before all partners of its kind in the stage, and where nobody
//! has spoken often enough a plain number stands for it and is said to be that.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::production::{self, Standing};
use super::silence::{self, Silence};
use super::{delivery, purchase, review};
use crate::domain::calendar::Calendar;
use crate::domain::codes::{ChaseResult, Department, OrderState, Stage, Subject, Verdict};
use crate::domain::order::Order;
use crate::domain::world::World;

/// Usual working days between news of a department that nothing was learnt of.
pub const DEPARTMENT_DAYS: i32 = 2;
/// The same of a supplier.
pub const SUPPLIER_DAYS: i32 = 5;
/// The same of a customer.
pub const CUSTOMER_DAYS: i32 = 5;

/// Who is heard of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Partner {
    Department(Department),
    Supplier(i64),
    Customer(i64),
}

impl Partner {
    /// Partners that are alike: those who speak about as often.
    const fn kind(self) -> u8 {
        match self {
            Self::Department(_) => 0,
            Self::Supplier(_) => 1,
            Self::Customer(_) => 2,
        }
    }
}

/// What the usual interval was learnt from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Learnt {
    /// From this very thing.
    Own,
    /// From what else this partner has to do with.
    Partner,
    /// From all partners of its kind in the stage.
    Kind,
    /// From nothing: a plain number.
    Nothing,
}

impl Learnt {
    /// The code in lists.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Partner => "partner",
            Self::Kind => "stage",
            Self::Nothing => "default",
        }
    }
}

/// A thing that news is waited for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct News {
    pub stage: Stage,
    pub partner: Partner,
    pub subject: Subject,
    pub subject_id: i64,
    pub order_id: Option<i64>,
    /// The day on which something was heard last, or was asked for.
    pub last: NaiveDate,
    pub silence: Silence,
    pub learnt: Learnt,
}

/// A thing with the days of its news, whether it is still waited for or not.
struct Thing {
    stage: Stage,
    partner: Partner,
    on: (Subject, i64),
    order_id: Option<i64>,
    days: Vec<NaiveDate>,
    /// Working days from each to the next, see [`silence::gaps`].
    gaps: Vec<i32>,
    open: bool,
}

/// Everything that news is waited for, longest over its usual interval first.
///
/// Left out is what is over, on hold, or of an order that is.
#[must_use]
pub fn list(world: &World, today: NaiveDate) -> Vec<News> {
    let calendar = world.factory_calendar();
    let mut things = things(world, today);
    for thing in &mut things {
        thing.gaps = silence::gaps(thing.days.iter().copied(), &calendar);
    }
    let habits = Habits::of(&things);
    let mut out: Vec<News> = things
        .iter()
        .filter(|t| t.open)
        .filter_map(|t| news(t, &habits, &calendar, today))
        .collect();
    out.sort_by_key(|n| {
        let over = n.silence.days - n.silence.usual;
        let on = (n.subject, n.subject_id);
        (std::cmp::Reverse(over), n.stage, on)
    });
    out
}

fn news(thing: &Thing, habits: &Habits, calendar: &Calendar, today: NaiveDate) -> Option<News> {
    let last = thing.days.iter().copied().filter(|d| *d <= today).max()?;
    let (usual, learnt) = habits.usual(thing);
    Some(News {
        stage: thing.stage,
        partner: thing.partner,
        subject: thing.on.0,
        subject_id: thing.on.1,
        order_id: thing.order_id,
        last,
        silence: silence::silent(last, today, usual, calendar),
        learnt,
    })
}

/// The intervals of all things, by who is heard of.
struct Habits {
    partners: BTreeMap<(Stage, Partner), i32>,
    kinds: BTreeMap<(Stage, u8), i32>,
}

impl Habits {
    fn of(things: &[Thing]) -> Self {
        let mut partners: BTreeMap<(Stage, Partner), Vec<i32>> = BTreeMap::new();
        let mut kinds: BTreeMap<(Stage, u8), Vec<i32>> = BTreeMap::new();
        for t in things {
            let kind = (t.stage, t.partner.kind());
            kinds.entry(kind).or_default().extend(&t.gaps);
            partners
                .entry((t.stage, t.partner))
                .or_default()
                .extend(&t.gaps);
        }
        Self {
            partners: usual_of(partners),
            kinds: usual_of(kinds),
        }
    }

    fn usual(&self, t: &Thing) -> (i32, Learnt) {
        if let Some(usual) = silence::usual(&t.gaps) {
            return (usual, Learnt::Own);
        }
        if let Some(usual) = self.partners.get(&(t.stage, t.partner)) {
            return (*usual, Learnt::Partner);
        }
        if let Some(usual) = self.kinds.get(&(t.stage, t.partner.kind())) {
            return (*usual, Learnt::Kind);
        }
        let plain = match (t.partner, t.stage) {
            (Partner::Department(_), Stage::Progress) => silence::USUAL_DAYS,
            (Partner::Department(_), _) => DEPARTMENT_DAYS,
            (Partner::Supplier(_), _) => SUPPLIER_DAYS,
            (Partner::Customer(_), _) => CUSTOMER_DAYS,
        };
        (plain, Learnt::Nothing)
    }
}

fn usual_of<K: Ord>(all: BTreeMap<K, Vec<i32>>) -> BTreeMap<K, i32> {
    let known = all
        .into_iter()
        .filter_map(|(who, gaps)| Some((who, silence::usual(&gaps)?)));
    known.collect()
}

fn things(world: &World, today: NaiveDate) -> Vec<Thing> {
    let mut out = Vec::new();
    made(world, &mut out);
    bought(world, &mut out);
    asked(world, &mut out);
    sampled(world, &mut out);
    out.retain(|t| t.days.iter().any(|d| *d <= today));
    out
}

/// Days on which somebody answered a chase about a thing.
fn answered(world: &World, on: (Subject, i64)) -> impl Iterator<Item = NaiveDate> {
    let chases = world.chases.of(on.1);
    chases
        .filter(move |c| c.subject == on.0 && c.result != ChaseResult::NoAnswer)
        .map(|c| c.at.date())
}

fn follows(order: &Order) -> bool {
    delivery::is_live(order) && !order.on_hold
}

/// Production orders: figures of the workshop.
fn made(world: &World, out: &mut Vec<Thing>) {
    for made in &world.production_orders {
        let on = (Subject::ProductionOrder, made.id);
        let operations = || world.operations.of(made.id);
        let figures = operations().flat_map(|o| production::figures(world, o.id));
        let mut days: Vec<NaiveDate> = figures.map(|p| p.date).collect();
        if days.is_empty() {
            continue;
        }
        days.extend(answered(world, on));
        let order = production::owner(world, made).map(|(order, _)| order);
        let next = operations().find(|o| production::left(world, made, o).is_positive());
        let centre = next.and_then(|o| world.work_centres.find(o.work_centre_id));
        let runs = production::standing(world, made) == Standing::InProgress;
        out.push(Thing {
            stage: Stage::Progress,
            partner: Partner::Department(centre.map_or(Department::Production, |c| c.department)),
            on,
            order_id: order.map(|o| o.id),
            days,
            gaps: Vec::new(),
            open: runs
                && order.is_none_or(|o| {
                    o.state == OrderState::Accepted && follows(o) && !delivery::is_shipped(world, o)
                }),
        });
    }
}

/// Purchase lines: order, promises, receipts of the supplier.
fn bought(world: &World, out: &mut Vec<Thing>) {
    for line in &world.purchases {
        let Some(supplier) = line.supplier_id else {
            continue;
        };
        let on = (Subject::Purchase, line.id);
        let mut days: Vec<NaiveDate> = line.ordered_on.into_iter().collect();
        days.extend(world.promises.of(line.id).map(|p| p.said_on));
        days.extend(world.receipts.of(line.id).map(|r| r.date));
        days.extend(answered(world, on));
        let order = world.orders.find(line.order_id);
        let followed = line.order_id.is_none() || order.is_some_and(follows);
        out.push(Thing {
            stage: Stage::Materials,
            partner: Partner::Supplier(supplier),
            on,
            order_id: line.order_id,
            days,
            gaps: Vec::new(),
            open: followed && purchase::arrival(world, line).open.is_positive(),
        });
    }
}

/// Queries and reviews: question and answer of a department.
fn asked(world: &World, out: &mut Vec<Thing>) {
    for q in &world.queries {
        let on = (Subject::Query, q.id);
        let days = [q.raised_on].into_iter().chain(q.answered_on);
        let order = world.orders.get(q.order_id);
        out.push(Thing {
            stage: Stage::Intake,
            partner: Partner::Department(q.department),
            on,
            order_id: Some(q.order_id),
            days: days.chain(answered(world, on)).collect(),
            gaps: Vec::new(),
            open: q.answered_on.is_none() && order.is_some_and(follows),
        });
    }
    for round in &world.review_rounds {
        let order = world.orders.get(round.order_id);
        let open = order.is_some_and(|o| {
            let last = review::round(world, o).is_some_and(|r| r.id == round.id);
            o.state == OrderState::Open && follows(o) && last && review::is_open(world, o)
        });
        for a in world.answers.of(round.id).filter(|a| !a.carried) {
            let on = (Subject::Answer, a.id);
            let days = [a.asked_on].into_iter().chain(a.answered_on);
            out.push(Thing {
                stage: Stage::Capacity,
                partner: Partner::Department(a.department),
                on,
                order_id: Some(round.order_id),
                days: days.chain(answered(world, on)).collect(),
                gaps: Vec::new(),
                open: open && a.answered_on.is_none(),
            });
        }
    }
}

/// Samples: sending and verdict of the customer.
fn sampled(world: &World, out: &mut Vec<Thing>) {
    for s in &world.samples {
        let Some(order) = world.orders.get(s.order_id) else {
            continue;
        };
        let (Some(customer), Some(sent)) = (order.customer_id, s.sent_on) else {
            continue;
        };
        let on = (Subject::Sample, s.id);
        let days = [sent].into_iter().chain(s.verdict_on);
        out.push(Thing {
            stage: Stage::Intake,
            partner: Partner::Customer(customer),
            on,
            order_id: Some(order.id),
            days: days.chain(answered(world, on)).collect(),
            gaps: Vec::new(),
            open: s.verdict == Verdict::Waiting
                && follows(order)
                && !delivery::is_shipped(world, order),
        });
    }
}
