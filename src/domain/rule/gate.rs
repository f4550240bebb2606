//! The release gate: what a production order still lacks before it may go to the factory.
//!
//! What the order's papers lack follows from the rows; what materials lack follows from the
//! computed plan, see [`crate::app::gate`].

use chrono::NaiveDate;

use super::intake::Obstacle;
use super::milestone::source::Source;
use super::{consistency, intake, sample};
use crate::domain::codes::{DocumentKind, OrderState, PointKind, SampleKind};
use crate::domain::order::Order;
use crate::domain::production::ProductionOrder;
use crate::domain::quantity::Qty;
use crate::domain::rule::production;
use crate::domain::world::World;

/// One thing that is missing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Missing {
    NotAccepted,
    OnHold,
    /// A review point that is not settled.
    Point(PointKind),
    /// A paper the product family needs.
    Document(DocumentKind),
    WrittenConfirmation,
    /// A query without an answer, by its id.
    Query(i64),
    /// A critical fact on which papers contradict each other.
    Conflict(String),
    /// A sample the customer has to approve before the bulk is made.
    Approval(SampleKind),
    /// A material that is not there when its operation starts.
    Material {
        item_id: i64,
        short: Qty,
        /// `None`: nothing on order covers it.
        ready: Option<NaiveDate>,
        needed: Option<NaiveDate>,
    },
}

/// Something missing, with the order it belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// None: the production order's own.
    pub order_id: Option<i64>,
    pub missing: Missing,
}

/// What the rows say is missing: the papers of each order it is made for.
#[must_use]
pub fn papers(world: &World, made: &ProductionOrder, today: NaiveDate) -> Vec<Item> {
    let mut seen: Vec<i64> = Vec::new();
    let mut out = Vec::new();
    for (order, ..) in production::owners(world, made) {
        if seen.contains(&order.id) {
            continue;
        }
        seen.push(order.id);
        let item = |missing| Item {
            order_id: Some(order.id),
            missing,
        };
        out.extend(of_order(world, order, today).into_iter().map(item));
    }
    out
}

/// What still stands between an order and its release to production.
#[must_use]
pub fn of_order(world: &World, order: &Order, today: NaiveDate) -> Vec<Missing> {
    let mut list = Vec::new();
    if order.state != OrderState::Accepted {
        list.push(Missing::NotAccepted);
    }
    if order.on_hold {
        list.push(Missing::OnHold);
    }
    list.extend(intake::unsettled(world, order, today).map(Missing::Point));
    let papers = intake::missing_documents(world, order);
    list.extend(papers.into_iter().map(Missing::Document));
    list.extend(intake::open_queries(world, order).map(|q| Missing::Query(q.id)));
    if intake::needs_written_confirmation(world, order) {
        list.push(Missing::WrittenConfirmation);
    }
    let conflicts = consistency::blocking(world, order);
    list.extend(conflicts.into_iter().map(|f| Missing::Conflict(f.key)));
    let approvals = approvals(world, order, today);
    list.extend(approvals.into_iter().map(Missing::Approval));
    list
}

/// How many of each kind are missing, in the order of the gate.
#[must_use]
pub fn counted<'a>(missing: impl Iterator<Item = &'a Missing>) -> Vec<Obstacle> {
    let mut out: Vec<Obstacle> = Vec::new();
    for one in missing {
        let new = match one {
            Missing::NotAccepted => Obstacle::NotAccepted,
            Missing::OnHold => Obstacle::OnHold,
            Missing::Point(_) => Obstacle::PointsOpen(1),
            Missing::Document(_) => Obstacle::DocumentsMissing(1),
            Missing::Query(_) => Obstacle::QueriesOpen(1),
            Missing::WrittenConfirmation => Obstacle::NoWrittenConfirmation,
            Missing::Conflict(_) => Obstacle::FactsConflict(1),
            Missing::Approval(_) => Obstacle::ApprovalsMissing(1),
            Missing::Material { .. } => Obstacle::MaterialsShort(1),
        };
        let same =
            |old: &&mut Obstacle| std::mem::discriminant(&**old) == std::mem::discriminant(&new);
        match out.iter_mut().find(same) {
            Some(old) => *old = old.one_more(),
            None => out.push(new),
        }
    }
    out
}

/// Samples that have to be approved before the bulk is made, each next form of the garment doing
/// for the ones before it; lab dips stand for themselves. The shipment sample comes later.
const BEFORE_BULK: &[&[SampleKind]] = &[
    &[
        SampleKind::Proto,
        SampleKind::Fit,
        SampleKind::SizeSet,
        SampleKind::PreProduction,
    ],
    &[SampleKind::LabDip],
];

/// Kinds of samples that were begun, or that a milestone waits for, and are not approved yet.
#[must_use]
pub fn approvals(world: &World, order: &Order, today: NaiveDate) -> Vec<SampleKind> {
    let standing = |kind: SampleKind| {
        let of = world.samples.of(order.id).filter(move |s| s.kind == kind);
        of.map(|s| sample::standing(world, s, today))
    };
    let approved = |kind| standing(kind).any(|s| s == sample::Standing::Approved);
    let wanted = |kind| {
        let source = Source::Sample(kind);
        let of_milestone = world.milestones.of(order.id);
        standing(kind).any(sample::is_open)
            || of_milestone
                .filter(|m| m.actual.is_none())
                .any(|m| Source::parse(&m.source) == Some(source))
    };
    let mut out = Vec::new();
    for row in BEFORE_BULK {
        let last = row.iter().rposition(|kind| approved(*kind));
        let later = row.iter().skip(last.map_or(0, |at| at + 1));
        out.extend(later.copied().filter(|kind| wanted(*kind)));
    }
    out
}
