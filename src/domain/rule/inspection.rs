//! Inspections: limits by defect class, the computed verdict, rounds, what blocks a shipment.

use super::aql::{self, Aql, Level, Plan};
use super::delivery;
use crate::domain::codes::{InspectionKind, InspectionResult};
use crate::domain::order::Order;
use crate::domain::progress::{Inspection, Shipment};
use crate::domain::quantity::{MICRO, Qty};
use crate::domain::world::World;

/// Classes of defects, worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    Critical,
    Major,
    Minor,
}

impl Class {
    pub const ALL: [Self; 3] = [Self::Critical, Self::Major, Self::Minor];

    /// How many defects of the class were found.
    #[must_use]
    pub const fn found(self, i: &Inspection) -> i64 {
        match self {
            Self::Critical => i.critical,
            Self::Major => i.major,
            Self::Minor => i.minor,
        }
    }
}

/// The AQLs of an inspection by class.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Aqls {
    /// None: not one critical defect is allowed.
    pub critical: Option<Aql>,
    pub major: Aql,
    /// None: minor defects do not decide.
    pub minor: Option<Aql>,
}

impl Default for Aqls {
    fn default() -> Self {
        Self {
            critical: None,
            major: Aql::MAJOR,
            minor: Some(Aql::MINOR),
        }
    }
}

impl Aqls {
    /// Reads `2.5/4.0` (major and minor), `0/2.5/4.0` (critical first) or `2.5`.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let parts: Vec<&str> = text.split(['/', '／']).map(str::trim).collect();
        let strict = |text: &str| match text {
            "" | "0" | "0.0" => Some(None),
            text => Aql::of(text).map(Some),
        };
        match parts.as_slice() {
            [major] => Some(Self {
                critical: None,
                major: Aql::of(major)?,
                minor: None,
            }),
            [major, minor] => Some(Self {
                critical: None,
                major: Aql::of(major)?,
                minor: Some(Aql::of(minor)?),
            }),
            [critical, major, minor] => Some(Self {
                critical: strict(critical)?,
                major: Aql::of(major)?,
                minor: strict(minor)?,
            }),
            _ => None,
        }
    }

    /// As [`Aqls::read`] takes it.
    #[must_use]
    pub fn text(self) -> String {
        let major = self.major.code();
        let minor = self.minor.map_or("0", Aql::code);
        match (self.critical, self.minor) {
            (None, None) => major.to_owned(),
            (None, Some(_)) => format!("{major}/{minor}"),
            (Some(critical), _) => format!("{}/{major}/{minor}", critical.code()),
        }
    }
}

/// What a class of defects may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    pub class: Class,
    /// Pieces looked at for this class.
    pub n: i64,
    pub ac: i64,
    pub re: i64,
}

/// Whole pieces of a lot, begun ones counted.
#[must_use]
pub const fn pieces(lot: Qty) -> i64 {
    (lot.0 + MICRO - 1) / MICRO
}

/// The limits of each class for a lot; a class that does not decide has none.
#[must_use]
pub fn limits(lot: Qty, level: Level, aqls: Aqls) -> Vec<Limit> {
    let of = |class: Class, aql: Aql| {
        aql::plan(pieces(lot), level, aql).map(|p: Plan| Limit {
            class,
            n: p.n,
            ac: p.ac,
            re: p.re,
        })
    };
    let Some(major) = of(Class::Major, aqls.major) else {
        return Vec::new();
    };
    // Where none is allowed, critical defects are looked for in the whole sample.
    let minor = aqls.minor.and_then(|aql| of(Class::Minor, aql));
    let most = minor.map_or(major.n, |m| m.n.max(major.n));
    let none = Limit {
        class: Class::Critical,
        n: most,
        ac: 0,
        re: 1,
    };
    let critical = aqls
        .critical
        .and_then(|aql| of(Class::Critical, aql))
        .unwrap_or(none);
    [Some(critical), Some(major), minor]
        .into_iter()
        .flatten()
        .collect()
}

/// The limits that hold for an inspection: what its terms give; Ac and Re that were agreed
/// otherwise hold for major defects.
#[must_use]
pub fn limits_of(i: &Inspection) -> Vec<Limit> {
    let level = Level::of(&i.level).unwrap_or_default();
    let computed = Aqls::read(&i.aql).map(|aqls| limits(i.lot, level, aqls));
    let mut limits = computed.unwrap_or_default();
    if i.reject > 0 {
        let agreed = Limit {
            class: Class::Major,
            n: i.sample,
            ac: i.accept,
            re: i.reject,
        };
        match limits.iter_mut().find(|l| l.class == Class::Major) {
            Some(major) => (major.ac, major.re) = (i.accept, i.reject),
            None => limits.push(agreed),
        }
    }
    if limits.iter().all(|l| l.class != Class::Critical) {
        limits.insert(
            0,
            Limit {
                class: Class::Critical,
                n: i.sample,
                ac: 0,
                re: 1,
            },
        );
    }
    limits
}

/// The verdict that the counts give: failed as soon as one class reaches its rejection number.
/// Nothing follows before it was done.
#[must_use]
pub fn verdict(i: &Inspection) -> InspectionResult {
    if i.done_on.is_none() {
        return InspectionResult::Pending;
    }
    let over = |l: &Limit| l.class.found(i) >= l.re;
    if limits_of(i).iter().any(over) {
        InspectionResult::Failed
    } else {
        InspectionResult::Passed
    }
}

/// The re-inspection of an inspection, where there is one.
#[must_use]
pub fn next<'a>(world: &'a World, i: &Inspection) -> Option<&'a Inspection> {
    world
        .inspections
        .of(i.order_id)
        .find(|other| other.re_of == Some(i.id))
}

/// Which round an inspection is: one more than the one it repeats.
#[must_use]
pub fn round(world: &World, i: &Inspection) -> usize {
    let mut round = 1;
    let mut at = world.inspections.find(i.re_of);
    // A file may hold a circle; an order has no more rounds than inspections.
    while let Some(earlier) = at.filter(|_| round <= world.inspections.of(i.order_id).count()) {
        round += 1;
        at = world.inspections.find(earlier.re_of);
    }
    round
}

/// What an inspection says against shipping.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Block {
    /// It failed and nothing was inspected again since.
    Failed(i64),
    /// A final inspection, or one again, is planned and not done.
    Waiting(i64),
}

/// What stands against shipping: the last round of each inspection counts; a shipment asks only
/// for what was inspected for it or for the whole order. A final inspection that passed later
/// settles what failed before it.
#[must_use]
pub fn blocks(world: &World, order: &Order, shipment: Option<&Shipment>) -> Vec<Block> {
    let mine = |i: &&Inspection| {
        i.shipment_id.is_none() || shipment.is_some_and(|s| i.shipment_id == Some(s.id))
    };
    let all: Vec<&Inspection> = world.inspections.of(order.id).filter(mine).collect();
    let settled = |i: &Inspection| {
        all.iter().any(|other| {
            other.kind == InspectionKind::Final
                && other.result == InspectionResult::Passed
                && other.id > i.id
                && other.done_on >= i.done_on
        })
    };
    let mut out = Vec::new();
    for i in &all {
        if next(world, i).is_some() {
            continue;
        }
        match i.result {
            InspectionResult::Failed if !settled(i) => out.push(Block::Failed(i.id)),
            InspectionResult::Pending if i.re_of.is_some() || i.kind == InspectionKind::Final => {
                out.push(Block::Waiting(i.id));
            }
            _ => {}
        }
    }
    out
}

/// Level and AQLs to begin with: those of the customer's latest inspection, else II, 2.5 and 4.0.
#[must_use]
pub fn terms(world: &World, order: &Order) -> (Level, Aqls) {
    let same = |i: &&Inspection| {
        world.orders.get(i.order_id).is_some_and(|o| {
            o.id == order.id || o.customer_id.is_some() && o.customer_id == order.customer_id
        })
    };
    let read = |i: &Inspection| Some((Level::of(&i.level)?, Aqls::read(&i.aql)?));
    let mut latest: Option<(i64, (Level, Aqls))> = None;
    for i in world.inspections.iter().filter(same) {
        if let Some(terms) = read(i) {
            latest = Some((i.id, terms));
        }
    }
    latest.map(|(_, terms)| terms).unwrap_or_default()
}

/// The lot to begin with: what is still to ship of the order.
#[must_use]
pub fn lot(world: &World, order: &Order) -> Qty {
    delivery::order_qty(world, order).open
}
