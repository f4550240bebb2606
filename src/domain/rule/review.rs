//! The joint capacity review: rounds, the four departments' answers, the verdict.

use chrono::{Days, NaiveDate};

use super::delivery;
use crate::domain::codes::{DecisionKind, Department, OrderState};
use crate::domain::order::Order;
use crate::domain::quantity::Qty;
use crate::domain::review::{Answer, Decision, ReviewRound};
use crate::domain::world::World;

/// The departments whose answers a review needs.
pub const ASKED: &[Department] = &[
    Department::Technical,
    Department::Purchasing,
    Department::Warehouse,
    Department::Production,
];

/// Those that can be asked too.
pub const FURTHER: &[Department] = &[
    Department::Qc,
    Department::Finance,
    Department::Sales,
    Department::Shipping,
];

/// The round that is open or was last.
#[must_use]
pub fn round<'a>(world: &'a World, order: &Order) -> Option<&'a ReviewRound> {
    world.review_rounds.of(order.id).max_by_key(|r| r.no)
}

/// The round before another one of the same order.
#[must_use]
pub fn before<'a>(world: &'a World, round: &ReviewRound) -> Option<&'a ReviewRound> {
    let rounds = world.review_rounds.of(round.order_id);
    rounds.filter(|r| r.no < round.no).max_by_key(|r| r.no)
}

/// A department's answer in a round.
#[must_use]
pub fn answer_in<'a>(
    world: &'a World,
    round: &ReviewRound,
    department: Department,
) -> Option<&'a Answer> {
    world
        .answers
        .of(round.id)
        .find(|a| a.department == department)
}

/// Answers of a round in the order in which departments are asked.
#[must_use]
pub fn answers<'a>(world: &'a World, round: &ReviewRound) -> Vec<&'a Answer> {
    let all = ASKED.iter().chain(FURTHER);
    all.filter_map(|d| answer_in(world, round, *d)).collect()
}

/// Whether two answers of a department say the same; that one was carried over does not count.
#[must_use]
pub fn says_same(a: Option<&Answer>, b: Option<&Answer>) -> bool {
    let said = |a: &Answer| {
        (
            a.answered_on.is_some(),
            a.satisfied,
            a.date,
            a.days,
            a.risk.clone(),
            a.countermeasure.clone(),
        )
    };
    a.map(said) == b.map(said)
}

/// Days since an unanswered question was put; none: it is answered.
#[must_use]
pub fn silent_days(answer: &Answer, today: NaiveDate) -> Option<i64> {
    let open = answer.answered_on.is_none();
    open.then(|| (today - answer.asked_on).num_days().max(0))
}

/// The latest decision.
#[must_use]
pub fn decision<'a>(world: &'a World, order: &Order) -> Option<&'a Decision> {
    world.decisions.of(order.id).next_back()
}

/// Departments that were asked and have not answered, with the day they were asked.
pub fn silent<'a>(world: &'a World, order: &Order) -> impl Iterator<Item = &'a Answer> {
    let round = round(world, order).map(|r| r.id);
    round
        .into_iter()
        .flat_map(|id| world.answers.of(id))
        .filter(|a| a.answered_on.is_none())
}

/// Whether a review round waits for answers or for the decision.
#[must_use]
pub fn is_open(world: &World, order: &Order) -> bool {
    round(world, order).is_some_and(|round| ended(world, round).is_none())
}

/// The latest decision that ended a round; one that names no round ends those that were open on
/// its day.
#[must_use]
pub fn ended<'a>(world: &'a World, round: &ReviewRound) -> Option<&'a Decision> {
    let decided = world.decisions.of(round.order_id).rev();
    let mut ends = decided.filter(|d| match d.round {
        0 => d.decided_on >= round.opened_on,
        no => no == round.no,
    });
    ends.next()
}

/// The other date that was offered and that the customer has not answered yet.
#[must_use]
pub fn counter_offer<'a>(world: &'a World, order: &Order) -> Option<&'a Decision> {
    let waits = |d: &&Decision| d.kind == DecisionKind::Counter && order.state == OrderState::Open;
    decision(world, order).filter(waits)
}

/// What a round stands on: the order as it was then, and what the program made of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Snapshot {
    pub qty: Qty,
    pub requested: Option<NaiveDate>,
    /// The planner's earliest date.
    pub planner: Option<NaiveDate>,
    /// The same with free capacity everywhere.
    pub unlimited: Option<NaiveDate>,
    /// When all materials can be there.
    pub material: Option<NaiveDate>,
    /// The material that comes last; empty where stock does it.
    pub material_by: String,
    /// Days of the routing.
    pub operation_days: Option<i64>,
}

/// Parts of a snapshot's text.
const PART: &str = "; ";

impl Snapshot {
    /// The order as it is now; what the planner says is filled in by who knows it.
    #[must_use]
    pub fn of(world: &World, order: &Order) -> Self {
        Self {
            qty: delivery::order_qty(world, order).ordered,
            requested: delivery::requested(world, order),
            ..Self::default()
        }
    }

    /// Whether the order itself was another one then: quantity or wish.
    #[must_use]
    pub fn differs(&self, now: &Self) -> bool {
        (self.qty, self.requested) != (now.qty, now.requested)
    }

    /// As it is kept: `qty=2800; requested=2026-12-30; planner=2027-01-05; ..`, what is not known
    /// left out.
    #[must_use]
    pub fn text(&self) -> String {
        let day = |d: Option<NaiveDate>| d.map(|d| d.to_string());
        // Signs that part the text are no part of a name in it.
        let by = self.material_by.replace(['\n', ';'], " ");
        let parts = [
            ("qty", Some(self.qty.text())),
            ("requested", day(self.requested)),
            ("planner", day(self.planner)),
            ("unlimited", day(self.unlimited)),
            ("material", day(self.material)),
            ("material_by", Some(by.trim().to_owned())),
            ("operation_days", self.operation_days.map(|n| n.to_string())),
        ];
        let known = parts
            .into_iter()
            .filter_map(|(key, value)| Some(format!("{key}={}", value.filter(|v| !v.is_empty())?)));
        known.collect::<Vec<_>>().join(PART)
    }

    /// Reads [`Snapshot::text`]; of a text in other words what stands first as a number is the
    /// quantity, and a date after `/` the wish.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let mut found = Self::default();
        if !text.contains('=') {
            let (qty, wish) = text.split_once('/').unwrap_or((text, ""));
            let number = qty.split_whitespace().next().unwrap_or_default();
            found.qty = number.parse().unwrap_or_default();
            found.requested = wish.trim().parse().ok();
            return found;
        }
        for (key, value) in text.split(';').filter_map(|part| part.split_once('=')) {
            let value = value.trim();
            match key.trim() {
                "qty" => found.qty = value.parse().unwrap_or_default(),
                "requested" => found.requested = value.parse().ok(),
                "planner" => found.planner = value.parse().ok(),
                "unlimited" => found.unlimited = value.parse().ok(),
                "material" => found.material = value.parse().ok(),
                "material_by" => value.clone_into(&mut found.material_by),
                "operation_days" => found.operation_days = value.parse().ok(),
                _ => {}
            }
        }
        found
    }
}

/// The outcome of the plain-days rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verdict {
    /// First day of production.
    pub start: NaiveDate,
    /// Last day of production, the reviewed delivery date.
    pub reviewed: NaiveDate,
    /// Days after the requested date; zero where it passes.
    pub late_days: i64,
}

impl Verdict {
    #[must_use]
    pub const fn passes(&self) -> bool {
        self.late_days == 0
    }
}

/// The plain-days rule of a machining plant's order review, in calendar days.
///
/// Production may start the day after the last department's assessment if all material is ready,
/// else on the material date; the reviewed date is the start plus the days of the operations; it
/// passes where that is not after the requested date.
#[must_use]
pub fn plain_days(
    operation_days: i64,
    last_assessment: NaiveDate,
    material: Option<NaiveDate>,
    requested: NaiveDate,
) -> Option<Verdict> {
    let next = last_assessment.checked_add_days(Days::new(1))?;
    let start = material.map_or(next, |m| m.max(next));
    let reviewed = start.checked_add_days(Days::new(u64::try_from(operation_days).ok()?))?;
    let late_days = (reviewed - requested).num_days().max(0);
    Some(Verdict {
        start,
        reviewed,
        late_days,
    })
}

/// What a round comes to once every department has answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Finding {
    /// By the plain-days rule; none: the order has no requested date.
    pub days: Option<Verdict>,
    /// The latest day that a department named outright, material apart.
    pub named: Option<NaiveDate>,
    /// The date the round comes to: the later of the two.
    pub reviewed: Option<NaiveDate>,
    /// Days of `reviewed` after the requested date.
    pub late_days: i64,
    /// Departments that said no.
    pub refusals: usize,
}

impl Finding {
    /// Whether the order can be taken as it was asked for.
    #[must_use]
    pub const fn passes(&self) -> bool {
        self.late_days == 0 && self.refusals == 0
    }
}

/// The finding on a round; none while a department is silent.
///
/// The days of all departments are added, since each begins when the one before is through; the
/// dates of purchasing and warehouse are those of the material; any other date is taken at its
/// word. A round that is not the latest is judged by the wish it stood on.
#[must_use]
pub fn finding(world: &World, order: &Order, of: &ReviewRound) -> Option<Finding> {
    let latest = round(world, order).is_some_and(|r| r.id == of.id);
    let then = (!latest).then(|| Snapshot::read(&of.snapshot).requested);
    let requested = then.flatten().or_else(|| delivery::requested(world, order));
    let (mut days, mut last, mut asked, mut refusals) = (0_i64, None, 0, 0);
    let (mut material, mut named) = (None, None);
    for answer in world.answers.of(of.id) {
        asked += 1;
        last = last.max(Some(answer.answered_on?));
        days = days.saturating_add(answer.days.unwrap_or(0));
        refusals += usize::from(answer.satisfied == Some(false));
        match answer.department {
            Department::Purchasing | Department::Warehouse => material = material.max(answer.date),
            _ => named = named.max(answer.date),
        }
    }
    if asked == 0 {
        return None;
    }
    let by_days = requested.and_then(|wish| plain_days(days, last?, material, wish));
    let reviewed = by_days.map(|v| v.reviewed).max(named);
    let late = reviewed.zip(requested).map(|(r, w)| (r - w).num_days());
    Some(Finding {
        days: by_days,
        named,
        reviewed,
        late_days: late.unwrap_or(0).max(0),
        refusals,
    })
}

/// The finding on the latest round.
#[must_use]
pub fn verdict(world: &World, order: &Order) -> Option<Finding> {
    finding(world, order, round(world, order)?)
}

/// Whether a date is promised against what the review or the planner found possible.
#[must_use]
pub fn against(world: &World, order: &Order, planner: Option<NaiveDate>, date: NaiveDate) -> bool {
    let found = verdict(world, order);
    let refused = found.is_some_and(|f| f.refusals > 0);
    let earliest = found.and_then(|f| f.reviewed).max(planner);
    refused || earliest.is_some_and(|earliest| date < earliest)
}
