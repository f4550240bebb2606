//! What needs attention on the way out: inspections, planned shipments, their papers.

use super::{Finder, Reason};
use crate::domain::codes::{InspectionResult, Stage, Subject};
use crate::domain::order::Order;
use crate::domain::rule::inspection;
use crate::domain::rule::shipment::{self, papers};

/// Days ahead in which a paper counts as due.
const PAPER_DAYS: i64 = 1;

impl Finder<'_> {
    /// Inspections whose day has come, and those that failed and were not planned again.
    pub(super) fn inspections(&mut self, order: &Order) {
        let world = self.world;
        let on = (Subject::Order, order.id);
        for i in world.inspections.of(order.id) {
            if inspection::next(world, i).is_some() {
                continue;
            }
            let (reason, days) = match i.result {
                InspectionResult::Pending => match i.planned {
                    Some(day) if day <= self.today => {
                        (Reason::InspectionDue, (self.today - day).num_days())
                    }
                    _ => continue,
                },
                InspectionResult::Failed => {
                    let stands = inspection::blocks(world, order, None)
                        .contains(&inspection::Block::Failed(i.id))
                        || i.shipment_id.is_some();
                    if !stands {
                        continue;
                    }
                    (Reason::InspectionFailed, self.late(i.done_on))
                }
                InspectionResult::Passed => continue,
            };
            self.push(
                Stage::Progress,
                reason,
                Some(order),
                on,
                i.kind.code(),
                days,
            );
            self.about_row(i.id);
        }
    }

    /// Papers that are late or due, and planned shipments whose day has passed.
    pub(super) fn shipments(&mut self, order: &Order) {
        let world = self.world;
        for s in world.shipments.of(order.id) {
            if s.cancelled_on.is_some() {
                continue;
            }
            let on = (Subject::Shipment, s.id);
            let late = self.late(s.planned);
            if shipment::is_pending(s) && late > 0 {
                self.push(
                    Stage::Progress,
                    Reason::ShipmentDue,
                    Some(order),
                    on,
                    &s.no,
                    late,
                );
            }
            for p in world.export_papers.of(s.id).filter(|p| p.done_on.is_none()) {
                let Some(due) = papers::due(world, s, p) else {
                    continue;
                };
                let days = (self.today - due).num_days();
                if days >= -PAPER_DAYS {
                    let about = p.kind.code();
                    self.push(
                        Stage::Progress,
                        Reason::PaperDue,
                        Some(order),
                        on,
                        about,
                        days,
                    );
                    self.about_row(p.id);
                }
            }
        }
    }
}
