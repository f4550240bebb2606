//! What suppliers' words are worth: their records, and whom to chase first.

use super::*;
use crate::domain::rule::chase::{self, Allotment};
use crate::domain::rule::supplier::{self, Slips};

/// Fills in suppliers and chases; the kits say which production orders wait for a purchase line.
pub(super) fn words(world: &World, kits: &[KitLine], today: NaiveDate, out: &mut Outlook) {
    let deliveries = supplier::deliveries(world, today);
    let slips = Slips::fit(deliveries.iter(), today);
    out.suppliers = supplier::records(world, &slips, today);
    out.chases = Arc::new(chase::list(world, &slips, &allotments(kits), today));
}

/// What each production order was allotted from each open purchase line.
///
/// Where several of its BOM lines take the same part, the one that hangs on the line most counts.
fn allotments(kits: &[KitLine]) -> Vec<Allotment> {
    let mut found: BTreeMap<(i64, i64), (Qty, Rate)> = BTreeMap::new();
    for kit in kits {
        for component in &kit.components {
            let mut mine: BTreeMap<i64, Qty> = BTreeMap::new();
            for (from, _, qty) in &component.coming {
                if let explode::Supply::Purchase(id) = from {
                    *mine.entry(*id).or_default() += *qty;
                }
            }
            for (id, qty) in mine {
                let share = qty.over(component.needed);
                let (sum, most) = found.entry((id, kit.production)).or_default();
                *sum += qty;
                *most = share.max(*most);
            }
        }
    }
    let allotment = |((purchase_id, production_order_id), (qty, share))| Allotment {
        purchase_id,
        production_order_id,
        qty,
        share,
    };
    found.into_iter().map(allotment).collect()
}
