//! Where a row of the file stands on the screens: panel, row, part, row of the part.

use super::{Cx, PartKind, of};
use crate::domain::codes::{Stage, Subject};
use crate::domain::rule::attention::{Attention, Reason};
use crate::domain::rule::ledger::Evidence;
use crate::domain::rule::{intake, lesson, production};

/// A place to go to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    pub stage: Stage,
    /// The order that is selected there, where the row is found by it.
    pub order: Option<i64>,
    /// The row of the list, where it is not found by the order.
    pub row: Option<i64>,
    pub part: Option<PartKind>,
    /// The row of that part.
    pub part_row: i64,
}

/// The last row of Materials: everything.
const ALL_MATERIALS: i64 = -1;

impl Place {
    const fn order(stage: Stage, order: i64) -> Self {
        Self {
            stage,
            order: Some(order),
            row: None,
            part: None,
            part_row: 0,
        }
    }

    const fn row(stage: Stage, row: i64) -> Self {
        Self {
            stage,
            order: None,
            row: Some(row),
            part: None,
            part_row: 0,
        }
    }

    const fn part(mut self, part: PartKind, row: i64) -> Self {
        self.part = Some(part);
        self.part_row = row;
        self
    }
}

/// Where a row stands that belongs to an order; the order in Intake, which lists them all, where
/// its own panel does not list the order any more. `None` where it has no place.
#[must_use]
pub fn of_row(cx: &Cx<'_>, order: i64, table: &str, id: i64) -> Option<Place> {
    let place = straight(cx, order, table, id)?;
    let listed = match (place.row, place.order) {
        (None, Some(order)) => of(place.stage).row_of(cx, order, None).is_some(),
        _ => true,
    };
    Some(if listed {
        place
    } else {
        Place::order(Stage::Intake, order)
    })
}

fn straight(cx: &Cx<'_>, order: i64, table: &str, id: i64) -> Option<Place> {
    let w = cx.world;
    let at = Place::order;
    let intake = |part, row| Some(at(Stage::Intake, order).part(part, row));
    let progress = |part, row| Some(at(Stage::Progress, order).part(part, row));
    let bought =
        |id| Some(Place::row(Stage::Materials, ALL_MATERIALS).part(PartKind::Purchases, id));
    match table {
        "orders" | "order_line" => Some(at(Stage::Intake, order)),
        "document" => intake(PartKind::Documents, id),
        "query" => intake(PartKind::Queries, id),
        "sample" => intake(PartKind::Samples, id),
        "milestone" => intake(PartKind::Milestones, id),
        "commitment" => intake(PartKind::Commitments, id),
        "acknowledgement" => intake(PartKind::Amendments, id),
        "amendment" => {
            let first = w.acknowledgements.of(id).next().map_or(-id, |a| a.id);
            intake(PartKind::Amendments, first)
        }
        "answer" => Some(at(Stage::Capacity, order).part(PartKind::Answers, id)),
        "review_round" | "decision" => Some(at(Stage::Capacity, order).part(PartKind::Rounds, 0)),
        "purchase" => bought(id),
        "promise" => bought(w.promises.get(id)?.purchase_id),
        "receipt" => bought(w.receipts.get(id)?.purchase_id),
        "production_order" => Some(Place::row(Stage::Schedule, id)),
        "plan" => Some(at(Stage::Schedule, order)),
        "operation" => progress(PartKind::Operations, id),
        "progress" => progress(PartKind::Figures, id),
        "inspection" => progress(PartKind::Inspections, id),
        "shipment" => progress(PartKind::Shipments, id),
        "export_paper" => progress(PartKind::Shipments, w.export_papers.get(id)?.shipment_id),
        "exception" => Some(Place::row(Stage::Exceptions, id)),
        "chase" => {
            let chase = w.chases.get(id)?;
            straight(cx, order, table_of(chase.subject), chase.subject_id)
        }
        _ => None,
    }
}

/// The table that a subject's rows stand in.
#[must_use]
pub const fn table_of(subject: Subject) -> &'static str {
    match subject {
        Subject::Order => "orders",
        Subject::Purchase => "purchase",
        Subject::Query => "query",
        Subject::Answer => "answer",
        Subject::Document => "document",
        Subject::Sample => "sample",
        Subject::Exception => "exception",
        Subject::ProductionOrder => "production_order",
        Subject::Shipment => "shipment",
        Subject::Milestone => "milestone",
    }
}

/// Where the evidence of a charge stands.
#[must_use]
pub fn of_evidence(cx: &Cx<'_>, order: i64, evidence: Evidence) -> Option<Place> {
    let (table, id) = match evidence {
        Evidence::Nothing => return None,
        Evidence::Order(id) => ("orders", id),
        Evidence::Exception(id) => ("exception", id),
        Evidence::Sample(id) => ("sample", id),
        Evidence::Amendment(id) => ("amendment", id),
        Evidence::Query(id) => ("query", id),
        Evidence::Purchase(id) => ("purchase", id),
        Evidence::ProductionOrder(id) => ("production_order", id),
        Evidence::Operation(id) => ("operation", id),
        Evidence::Milestone(id) => ("milestone", id),
    };
    of_row(cx, order, table, id)
}

/// Where a cause of attention stands: the row that settles it.
#[must_use]
pub fn of_cause(cx: &Cx<'_>, a: &Attention) -> Place {
    let place = cause_on_order(cx, a);
    let place = place.or_else(|| {
        let order = a.order_id.unwrap_or_default();
        straight(cx, order, table_of(a.subject), a.row)
    });
    let made = cx.world.production_orders.get(a.subject_id);
    match (a.subject, place, a.order_id) {
        (Subject::ProductionOrder, Some(place), Some(order)) if a.stage == Stage::Progress => {
            // The first of its operations that is not done.
            let left = |o: &&crate::domain::production::Operation| {
                made.is_some_and(|m| production::left(cx.world, m, o).is_positive())
            };
            let mut own = cx.world.operations.of(a.subject_id);
            let next = own.find(left);
            next.map_or(place, |o| {
                Place::order(Stage::Progress, order).part(PartKind::Operations, o.id)
            })
        }
        (_, Some(place), _) => place,
        (_, None, Some(order)) => Place::order(a.stage, order),
        (_, None, None) => Place::row(a.stage, a.subject_id),
    }
}

/// The part of an order in which a cause stands that is no row of the order's own.
fn cause_on_order(cx: &Cx<'_>, a: &Attention) -> Option<Place> {
    if a.reason == Reason::PaperDue {
        let order = a.order_id?;
        return Some(Place::order(Stage::Progress, order).part(PartKind::Papers, a.row));
    }
    if a.subject != Subject::Order {
        return None;
    }
    let order = cx.world.orders.find(a.order_id)?;
    let intake = |part, row| Some(Place::order(Stage::Intake, order.id).part(part, row));
    match a.reason {
        Reason::PointsOpen(_) => {
            let points = intake::points(cx.world, order, cx.today());
            let open = points.iter().find(|p| !p.is_settled());
            intake(PartKind::Points, open.map_or(0, |p| p.kind as i64 + 1))
        }
        Reason::DocumentMissing(kind) => intake(PartKind::Documents, -(kind as i64) - 1),
        Reason::NoWrittenConfirmation => intake(PartKind::Documents, 0),
        Reason::NotAcknowledged => intake(PartKind::Amendments, a.row),
        Reason::NotAuthorised => intake(PartKind::Commitments, a.row),
        Reason::LessonsOpen(_) => {
            let known = lesson::at_entry(cx.world, order);
            let open = known.iter().find(|k| k.used.is_none());
            intake(PartKind::Lessons, open.map_or(0, |k| k.lesson.id))
        }
        Reason::InspectionDue | Reason::InspectionFailed => {
            let place = Place::order(Stage::Progress, order.id);
            Some(place.part(PartKind::Inspections, a.row))
        }
        _ => Some(Place::order(a.stage, order.id)),
    }
}
