//! What needs attention of purchase lines.

use super::{Finder, Reason};
use crate::domain::codes::{Stage, Subject};
use crate::domain::rule::{delivery, purchase};

impl Finder<'_> {
    pub(super) fn purchases(&mut self) {
        let world = self.world;
        for line in &world.purchases {
            if !purchase::arrival(world, line).open.is_positive() {
                continue;
            }
            let order = world
                .orders
                .find(line.order_id)
                .filter(|o| delivery::is_live(o) && !o.on_hold);
            if line.order_id.is_some() && order.is_none() {
                continue;
            }
            let supplier = world
                .suppliers
                .find(line.supplier_id)
                .map_or("", |s| s.name.as_str());
            let on = (Subject::Purchase, line.id);
            if let Some(days) = purchase::overdue_days(world, line, self.today) {
                self.push(
                    Stage::Materials,
                    Reason::PurchaseOverdue,
                    order,
                    on,
                    supplier,
                    days,
                );
            } else if let Some(days) = purchase::too_late_days(world, line) {
                self.push(
                    Stage::Materials,
                    Reason::PurchaseTooLate,
                    order,
                    on,
                    supplier,
                    days,
                );
            } else if purchase::promises(world, line).1.is_none() {
                self.push(Stage::Materials, Reason::NoPromise, order, on, supplier, 0);
            }
        }
    }
}
