//! What a planning run answers: dates, places, reasons and totals.
//!
//! Plain data, complete in itself: two outcomes can be compared, kept and drawn without the
//! planner. Orders stand in the order of the input; operations that are done are left out.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::quantity::Micro;
use crate::domain::quantity::Rate;
use crate::plan::finding::Finding;
use crate::plan::input::{Minute, Span};

/// A whole plan.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PlanOutcome {
    pub now: Minute,
    pub orders: Vec<PlannedOrder>,
    pub totals: Totals,
    /// What is wrong with the input, sorted.
    pub findings: Vec<Finding>,
}

/// A production order in the plan.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PlannedOrder {
    pub id: String,
    pub order: String,
    pub item: String,
    pub weight: Rate,
    /// First start of what is left to do.
    pub start: Minute,
    pub finish: Minute,
    pub due: Minute,
    /// Minutes after due; zero if on time.
    pub late_minutes: i64,
    /// Begun days after due; zero if on time.
    pub late_days: i64,
    pub spent: Spent,
    pub operations: Vec<PlannedOperation>,
}

/// An operation in the plan.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PlannedOperation {
    pub seq: i64,
    pub name: String,
    /// Code of the work centre, or of the supplier for work outside.
    pub work_centre: String,
    /// Code of the line; empty where none is held.
    pub line: String,
    pub start: Minute,
    pub end: Minute,
    /// Open minutes it holds its line, setup and changeover included.
    pub work_minutes: i64,
    /// Part of `work_minutes` that a change of family costs.
    pub changeover_minutes: i64,
    pub why: Why,
    /// Minutes it would start earlier if the reason were gone.
    pub margin_minutes: i64,
    /// Which principle put it here; none where nothing was to be decided.
    pub decided: Option<Principle>,
    /// Minutes it can slip without making any order late, or later than it is.
    pub float_minutes: i64,
    /// Latest dates backward from due along the routing alone.
    pub latest_start: Minute,
    pub latest_finish: Minute,
    pub hold: Hold,
}

/// Why an operation stays where it is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hold {
    /// Free to move.
    #[default]
    Free,
    Pinned,
    Running,
    /// Inside the frozen days of the accepted plan.
    Frozen,
}

/// What binds the start of an operation.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Why {
    pub kind: WhyKind,
    pub by: By,
}

/// The kinds of reasons.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum WhyKind {
    Material,
    Capacity,
    Predecessor,
    Calendar,
    Pin,
    #[default]
    Release,
}

impl WhyKind {
    /// The code in files and answers for programs.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Material => "material",
            Self::Capacity => "capacity",
            Self::Predecessor => "predecessor",
            Self::Calendar => "calendar",
            Self::Pin => "pin",
            Self::Release => "release",
        }
    }
}

/// The object a reason points to.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum By {
    /// Nothing holds it: it starts now.
    #[default]
    Now,
    Operation {
        job: String,
        seq: i64,
    },
    Material {
        item: String,
        reference: String,
    },
    Reference(String),
    /// It could start, but not so long before it must.
    NotEarlier,
    Calendar(String),
    Pin,
    Running,
    Frozen,
}

impl By {
    /// The short form in answers for programs, such as `MO-2/20`; empty for now.
    #[must_use]
    pub fn code(&self) -> String {
        match self {
            Self::Now => String::new(),
            Self::Operation { job, seq } => format!("{job}/{seq}"),
            Self::Material { item, reference } if reference.is_empty() => item.clone(),
            Self::Material { item, reference } => format!("{item} {reference}"),
            Self::Reference(text) | Self::Calendar(text) => text.clone(),
            Self::NotEarlier => "not-earlier".into(),
            Self::Pin => "pin".into(),
            Self::Running => "running".into(),
            Self::Frozen => "frozen".into(),
        }
    }
}

/// The six principles by which a place was decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Principle {
    DeliveryDate,
    CustomerClass,
    CapacityBalance,
    ProcessFlow,
    DepartmentFactors,
    TimeFactors,
}

/// Where the time of an order goes; the parts add up to `finish - from` exactly.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Spent {
    /// The moment of planning, or the start if that is earlier.
    pub from: Minute,
    pub processing: i64,
    /// Closed time of calendars, in operations and before them.
    pub closed: i64,
    /// Waiting for a line.
    pub queue: i64,
    /// Waiting for material.
    pub material: i64,
    /// Waiting for a release date, a pin or a frozen date.
    pub held: i64,
    /// Drying, ageing and the like between operations.
    pub waiting: i64,
}

impl Spent {
    /// Sum of all parts.
    #[must_use]
    pub const fn total(&self) -> i64 {
        self.processing + self.closed + self.queue + self.material + self.held + self.waiting
    }
}

/// Sums over all orders.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Totals {
    pub orders: usize,
    pub late: usize,
    /// Orders of the input that could not be planned; findings say why.
    pub unplanned: usize,
    /// Σ weight × late days.
    pub weighted_late_days: Micro,
    /// Σ weight × late minutes.
    pub weighted_late_minutes: Micro,
    /// Work over open time of all lines from now to the last finish on a line.
    pub utilisation: Rate,
    pub changeovers: usize,
}

/// One link of an order's own critical chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    pub job: String,
    pub seq: i64,
    pub work_centre: String,
    pub span: Span,
    pub why: Why,
}

impl PlanOutcome {
    /// Returns an order by number.
    #[must_use]
    pub fn order(&self, id: &str) -> Option<&PlannedOrder> {
        self.orders.iter().find(|o| o.id == id)
    }

    /// Walks from an order's last operation along what binds each start, back to a root.
    ///
    /// The first link is the root: a material, a release, a pin, or work that starts now.
    #[must_use]
    pub fn chain(&self, id: &str) -> Vec<Link> {
        self.index().chain(id)
    }

    /// The orders by number, for many questions in a row.
    #[must_use]
    pub fn index(&self) -> Index<'_> {
        Index(self.orders.iter().map(|o| (o.id.as_str(), o)).collect())
    }

    /// Operations that start when an operation of the order leaves their line: whom it blocks.
    #[must_use]
    pub fn blocked_by(&self, id: &str) -> Vec<(String, i64)> {
        let mut found = Vec::new();
        for order in self.orders.iter().filter(|o| o.id != id) {
            for operation in &order.operations {
                if matches!(&operation.why.by, By::Operation { job, .. } if job == id) {
                    found.push((order.id.clone(), operation.seq));
                }
            }
        }
        found
    }
}

/// Orders of a plan by number.
#[derive(Debug, Clone)]
pub struct Index<'a>(BTreeMap<&'a str, &'a PlannedOrder>);

impl<'a> Index<'a> {
    fn operation(&self, job: &str, seq: i64) -> Option<(&'a PlannedOrder, &'a PlannedOperation)> {
        let order = self.0.get(job)?;
        let operation = order.operations.iter().find(|o| o.seq == seq)?;
        Some((order, operation))
    }

    /// As [`PlanOutcome::chain`].
    #[must_use]
    pub fn chain(&self, id: &str) -> Vec<Link> {
        let mut links: Vec<Link> = Vec::new();
        let mut seen = BTreeSet::new();
        let last = self.0.get(id).and_then(|o| o.operations.last());
        let mut at = last.and_then(|o| self.operation(id, o.seq));
        // Pins of the user may bind each other in a ring.
        while let Some((order, operation)) = at.filter(|(o, p)| seen.insert((&o.id, p.seq))) {
            links.push(Link {
                job: order.id.clone(),
                seq: operation.seq,
                work_centre: operation.work_centre.clone(),
                span: Span {
                    start: operation.start,
                    end: operation.end,
                },
                why: operation.why.clone(),
            });
            at = match &operation.why.by {
                By::Operation { job, seq } => self.operation(job, *seq),
                _ => None,
            };
        }
        links.reverse();
        links
    }
}
