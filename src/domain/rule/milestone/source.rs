//! The fact of another stage that does a milestone.

use chrono::NaiveDate;

use crate::domain::codes::{
    DecisionKind, DocumentKind, DocumentState, InspectionKind, InspectionResult, ProductionState,
    SampleKind, Stage, Verdict,
};
use crate::domain::order::Order;
use crate::domain::rule::{delivery, production, purchase};
use crate::domain::world::World;

/// A fact that can do a milestone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// The order was accepted.
    Accepted,
    /// A document of that kind came in, whatever its version.
    Document(DocumentKind),
    /// A sample of that kind was approved.
    Sample(SampleKind),
    /// Everything bought for the order is in.
    MaterialsIn,
    /// The first production order was released.
    ProductionReleased,
    /// The first figure was reported.
    ProductionStarted,
    /// The last production order is finished.
    ProductionFinished,
    /// An inspection of that kind passed.
    Inspection(InspectionKind),
    /// The whole order was shipped.
    Shipped,
}

/// The names of the facts that take no kind.
const PLAIN: [(&str, Source); 6] = [
    ("accepted", Source::Accepted),
    ("materials_in", Source::MaterialsIn),
    ("production_released", Source::ProductionReleased),
    ("production_started", Source::ProductionStarted),
    ("production_finished", Source::ProductionFinished),
    ("shipped", Source::Shipped),
];

impl Source {
    /// Reads `accepted`, `document:process_sheet`, `sample:lab_dip` and so on.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if let Some((_, source)) = PLAIN.iter().find(|(name, _)| *name == text) {
            return Some(*source);
        }
        let (what, kind) = text.split_once(':')?;
        match what {
            "document" => DocumentKind::of(kind).map(Self::Document),
            "sample" => SampleKind::of(kind).map(Self::Sample),
            "inspection" => InspectionKind::of(kind).map(Self::Inspection),
            _ => None,
        }
    }

    /// Every source by its text.
    #[must_use]
    pub fn all() -> Vec<String> {
        let mut all: Vec<String> = PLAIN.iter().map(|(name, _)| (*name).to_owned()).collect();
        all.extend(
            DocumentKind::ALL
                .iter()
                .map(|k| format!("document:{}", k.code())),
        );
        all.extend(
            SampleKind::ALL
                .iter()
                .map(|k| format!("sample:{}", k.code())),
        );
        all.extend(
            InspectionKind::ALL
                .iter()
                .map(|k| format!("inspection:{}", k.code())),
        );
        all
    }
}

/// The stage in which the fact comes about.
#[must_use]
pub fn stage(source: &str) -> Option<Stage> {
    Some(match Source::parse(source)? {
        Source::Accepted => Stage::Capacity,
        Source::Document(_) | Source::Sample(_) => Stage::Intake,
        Source::MaterialsIn => Stage::Materials,
        Source::ProductionReleased => Stage::Schedule,
        Source::ProductionStarted
        | Source::ProductionFinished
        | Source::Inspection(_)
        | Source::Shipped => Stage::Progress,
    })
}

/// The day on which the fact came about, if it has.
#[must_use]
pub fn done_on(world: &World, order: &Order, source: &str) -> Option<NaiveDate> {
    match Source::parse(source)? {
        Source::Accepted => {
            let decided = world.decisions.of(order.id).rev();
            let mut accepted = decided.filter(|d| d.kind == DecisionKind::Accept);
            accepted.next().map(|d| d.decided_on)
        }
        Source::Document(kind) => {
            let of = world.documents.of(order.id).filter(|d| d.kind == kind);
            of.filter(|d| d.state != DocumentState::InQuestion)
                .filter_map(|d| d.date)
                .min()
        }
        Source::Sample(kind) => {
            let of = world.samples.of(order.id).filter(|s| s.kind == kind);
            let good = |v| matches!(v, Verdict::Approved | Verdict::ApprovedWithComments);
            of.filter(|s| good(s.verdict))
                .filter_map(|s| s.verdict_on)
                .min()
        }
        Source::MaterialsIn => materials_in(world, order),
        Source::ProductionReleased => {
            let released = production::of_order(world, order).filter_map(|p| p.released_on);
            released.min()
        }
        Source::ProductionStarted => {
            let operations =
                production::of_order(world, order).flat_map(|p| world.operations.of(p.id));
            let figures = operations.flat_map(|o| production::figures(world, o.id));
            figures.map(|p| p.date).min()
        }
        Source::ProductionFinished => production_finished(world, order),
        Source::Inspection(kind) => {
            let of = world.inspections.of(order.id).filter(|i| i.kind == kind);
            of.filter(|i| i.result == InspectionResult::Passed)
                .filter_map(|i| i.done_on)
                .min()
        }
        Source::Shipped => {
            let out = world.shipments.of(order.id).filter_map(|s| s.shipped_on);
            out.max().filter(|_| delivery::is_shipped(world, order))
        }
    }
}

/// The day of the last receipt, where nothing bought for the order is open any more.
fn materials_in(world: &World, order: &Order) -> Option<NaiveDate> {
    let mut last = None;
    for bought in world
        .purchases
        .iter()
        .filter(|p| p.order_id == Some(order.id))
    {
        if !bought.closed && purchase::arrival(world, bought).open.is_positive() {
            return None;
        }
        last = last.max(world.receipts.of(bought.id).map(|r| r.date).max());
    }
    last
}

/// The day of the last figure, where every production order that was not cancelled is finished.
fn production_finished(world: &World, order: &Order) -> Option<NaiveDate> {
    let mut last = None;
    for made in production::of_order(world, order) {
        if made.state == ProductionState::Cancelled {
            continue;
        }
        if production::standing(world, made) != production::Standing::Finished {
            return None;
        }
        last = last.max(production::last_report(world, made));
    }
    last
}
