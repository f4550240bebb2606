//! Amendments (订单更改) of an accepted order: numbered, with reason and differences, known to
//! every department that it touches.

use std::collections::BTreeSet;

use super::entry::{LineEntry, check_entry, in_row, write_lines};
use super::orders::{check_po, customer_named};
use super::{Done, Problem, Refusal, found, required, write};
use crate::domain::codes::{Department, PointKind, PointResult};
use crate::domain::order::{Acknowledgement, Amendment, Order};
use crate::domain::production::ProductionOrderLine;
use crate::domain::review::ReviewPoint;
use crate::domain::rule::amend::{self, Difference, RevisedLine};
use crate::domain::world::World;
use crate::store::{Deed, Store, Tx};
use crate::text::{Did, say};

/// Changes an accepted order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amend {
    /// As it shall be.
    pub order: Order,
    pub customer: String,
    /// All lines as they shall be.
    pub lines: Vec<LineEntry>,
    pub reason: String,
    /// What else it moves, as shown before saving: production orders with quantity and dates.
    pub touched: Vec<Difference>,
    /// Departments that have to acknowledge it: those that the ripple names.
    pub departments: BTreeSet<Department>,
}

/// Records that a department has seen an amendment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acknowledge {
    pub acknowledgement_id: i64,
    pub by: String,
    pub on: chrono::NaiveDate,
}

/// The lines of a form as the rules read them.
#[must_use]
pub fn revised(lines: &[LineEntry]) -> Vec<RevisedLine> {
    let one = |e: &LineEntry| RevisedLine {
        line: e.line.clone(),
        sizes: e.sizes.clone(),
        schedule: e.schedule.clone(),
    };
    lines.iter().map(one).collect()
}

/// Whether a change of an order is one that its customer and the departments have to agree to.
#[must_use]
pub fn differences(world: &World, order: &Order, lines: &[LineEntry]) -> Vec<Difference> {
    amend::differences(world, order, &revised(lines))
}

/// Checks an amendment as far as the rules go, without writing.
///
/// # Errors
/// The rule that is broken.
pub fn check(world: &World, c: &Amend, today: chrono::NaiveDate) -> Result<(), Refusal> {
    let old = found(world.orders.get(c.order.id), c.order.id)?;
    required("customer", &c.customer)?;
    required("reason", &c.reason)?;
    check_po(world, &c.order, customer_named(world, &c.customer))?;
    for entry in &c.lines {
        check_entry(world, entry, today).map_err(|refused| in_row(entry.row, refused))?;
    }
    let lines = revised(&c.lines);
    if let Some((line, shipped)) = amend::below_shipped(world, old, &lines) {
        let shipped = shipped.text();
        return Err(Refusal::at(
            "lines",
            Problem::BelowShipped { line, shipped },
        ));
    }
    if let Some(gone) = amend::removed(world, old.id, &lines).next() {
        return Err(Refusal::at(
            "lines",
            Problem::CancelInstead { line: gone.no },
        ));
    }
    if amend::differences(world, &c.order, &lines).is_empty() {
        return Err(Refusal::not(say::NOTHING_TO_AMEND));
    }
    Ok(())
}

pub(super) fn amend(store: &mut Store, world: &World, c: &Amend) -> Result<Done, Refusal> {
    let today = store.clock().today();
    check(world, c, today)?;
    let old = found(world.orders.get(c.order.id), c.order.id)?;
    let lines = revised(&c.lines);
    let differences = amend::differences(world, &c.order, &lines);
    let cuts = amend::cuts(world, old, &lines);
    let touched = if c.touched.is_empty() {
        amend::touched(world, &cuts)
    } else {
        c.touched.clone()
    };
    let no = world.amendments.of(old.id).map(|a| a.no).max().unwrap_or(0) + 1;
    let deed = Deed::new(Did::OrderAmended, &[&old.no, &no.to_string()]).about(&old.no);
    write(store, deed, Some(old.id), |tx| {
        let order = Order {
            customer_id: old.customer_id,
            ..c.order.clone()
        };
        tx.update(&order)?;
        write_lines(tx, world, old.id, &c.lines)?;
        for cut in &cuts {
            if let Some(made) = world.production_orders.get(cut.production_order_id) {
                tx.update(&amend::after_cut(made, cut))?;
                for share in amend::shares_after(world, cut) {
                    if share.qty.is_zero() {
                        tx.delete::<ProductionOrderLine>(share.id)?;
                    } else {
                        tx.update(&share)?;
                    }
                }
            }
        }
        reopen_points(tx, world, old, &differences)?;
        let amendment_id = tx.insert(&Amendment {
            order_id: old.id,
            no,
            made_on: today,
            reason: c.reason.trim().to_owned(),
            text: amend::text(&[differences.as_slice(), &touched].concat()),
            ..Amendment::default()
        })?;
        for department in &c.departments {
            tx.insert(&Acknowledgement {
                amendment_id,
                department: *department,
                asked_on: today,
                ..Acknowledgement::default()
            })?;
        }
        Ok(())
    })
}

/// Review points whose value changed are open again.
fn reopen_points(
    tx: &mut Tx<'_>,
    world: &World,
    order: &Order,
    differences: &[Difference],
) -> Result<(), Refusal> {
    let point = |field: &str| {
        Some(match field {
            "item_code" | "name" | "spec" | "sizes" => PointKind::NameSpec,
            "qty" | "cancelled_qty" | "unit" => PointKind::Quantity,
            "unit_price" | "currency" => PointKind::UnitPrice,
            "requested_date" | "promised_date" | "schedule" => PointKind::DeliveryDate,
            "delivery_method" | "ship_to" => PointKind::DeliveryMethod,
            "price_terms" => PointKind::PriceTerms,
            "payment_terms" => PointKind::PaymentTerms,
            "packaging" => PointKind::Packaging,
            _ => return None,
        })
    };
    let touched: BTreeSet<PointKind> = differences.iter().filter_map(|d| point(&d.field)).collect();
    for row in world.review_points.of(order.id) {
        if touched.contains(&row.point) && row.result != PointResult::Pending {
            tx.update(&ReviewPoint {
                result: PointResult::Pending,
                reason: String::new(),
                ..row.clone()
            })?;
        }
    }
    Ok(())
}

pub(super) fn acknowledge(
    store: &mut Store,
    world: &World,
    c: &Acknowledge,
) -> Result<Done, Refusal> {
    let row = found(
        world.acknowledgements.get(c.acknowledgement_id),
        c.acknowledgement_id,
    )?;
    let amendment = found(world.amendments.get(row.amendment_id), row.amendment_id)?;
    let order = found(world.orders.get(amendment.order_id), amendment.order_id)?;
    super::not_ahead("on", c.on, store.clock().today())?;
    let args = [amendment.no.to_string(), row.department.code().to_owned()];
    let deed = Deed::new(Did::AmendmentSeen, &[&args[0], &args[1]]).about(&order.no);
    write(store, deed, Some(order.id), |tx| {
        Ok(tx.update(&Acknowledgement {
            seen_on: Some(c.on),
            seen_by: c.by.trim().to_owned(),
            ..row.clone()
        })?)
    })
}
