//! Shipments: where one stands, what it holds, and what speaks against it.

pub mod credit;
pub mod packing;
pub mod papers;

use chrono::NaiveDate;

use super::delivery;
use super::inspection::{self, Block};
use crate::domain::codes::Policy;
use crate::domain::order::{Order, OrderLine};
use crate::domain::progress::Shipment;
use crate::domain::quantity::{Qty, Rate};
use crate::domain::world::World;

/// Where a shipment stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    Planned,
    /// Space is booked.
    Booked,
    /// Booked, and every paper that is due before it leaves is there.
    Papers,
    Shipped,
    Cancelled,
}

/// Where a shipment stands: follows from its numbers, papers and dates.
#[must_use]
pub fn step(world: &World, s: &Shipment) -> Step {
    if s.cancelled_on.is_some() {
        return Step::Cancelled;
    }
    if s.shipped_on.is_some() {
        return Step::Shipped;
    }
    if s.booking_no.is_empty() && s.vessel.is_empty() {
        return Step::Planned;
    }
    let any = world.export_papers.of(s.id).next().is_some();
    if any && papers::open_before(world, s).is_empty() {
        Step::Papers
    } else {
        Step::Booked
    }
}

/// Whether it still has to leave.
#[must_use]
pub const fn is_pending(s: &Shipment) -> bool {
    s.shipped_on.is_none() && s.cancelled_on.is_none()
}

/// The shipments of an order that still have to leave, next one first.
#[must_use]
pub fn pending(world: &World, order: i64) -> Vec<&Shipment> {
    let mut list: Vec<&Shipment> = world
        .shipments
        .of(order)
        .filter(|s| is_pending(s))
        .collect();
    list.sort_by_key(|s| (s.planned.is_none(), s.planned, s.id));
    list
}

/// What a shipment holds of all lines.
#[must_use]
pub fn total(world: &World, s: &Shipment) -> Qty {
    world.shipment_lines.of(s.id).map(|l| l.qty).sum()
}

/// What a shipment holds of a line.
#[must_use]
pub fn of_line(world: &World, s: &Shipment, line: i64) -> Qty {
    let own = world.shipment_lines.of(s.id);
    own.filter(|l| l.order_line_id == line).map(|l| l.qty).sum()
}

/// What is planned of a line in shipments that still have to leave, apart from one of them.
#[must_use]
pub fn planned(world: &World, line: &OrderLine, apart: Option<i64>) -> Qty {
    let waits = |id: i64| Some(id) != apart && world.shipments.get(id).is_some_and(is_pending);
    let rows = world.shipment_lines.with(line.id);
    rows.filter(|l| waits(l.shipment_id)).map(|l| l.qty).sum()
}

/// What of a line is neither shipped nor planned yet.
#[must_use]
pub fn to_plan(world: &World, line: &OrderLine, apart: Option<i64>) -> Qty {
    let open = delivery::line_qty(world, line).open;
    (open - planned(world, line, apart)).floor_zero()
}

/// A rule that was looked at, with its figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Check {
    /// Shipped in all against the most that the order's tolerance takes.
    Most { line: i64, after: Qty, most: Qty },
    /// The line is closed by its tolerance, or stays open with so much.
    Least {
        line: i64,
        after: Qty,
        least: Qty,
        open: Qty,
    },
    /// The order wants all at once.
    AllAtOnce,
    /// No part may be late.
    NoneLate { line: i64, due: NaiveDate },
    /// The smallest shipment that the customer takes; the last one may be smaller.
    Smallest { qty: Qty, least: Qty },
    /// An inspection that stands against it, by its id.
    Inspection(Block),
    /// Papers due before it leaves that are not there.
    PapersOpen(usize),
    /// The packing list holds another quantity of a line than the shipment.
    Packed {
        line: i64,
        packed: Qty,
        shipped: Qty,
    },
    /// What the letter of credit says.
    Credit(credit::Rule),
    /// The payment is by letter of credit, and what it says is not entered.
    CreditUnknown,
}

/// A rule and whether it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub check: Check,
    pub holds: bool,
}

/// A shipment as it would be: the quantities by order line and the day it leaves.
#[derive(Debug, Clone, Copy)]
pub struct Wish<'a> {
    /// The shipment that is planned already.
    pub shipment: Option<&'a Shipment>,
    pub lines: &'a [(i64, Qty)],
    pub day: NaiveDate,
}

impl Wish<'_> {
    fn of(&self, line: i64) -> Qty {
        let own = self.lines.iter().filter(|(id, _)| *id == line);
        own.map(|(_, qty)| *qty).sum()
    }
}

/// The least that closes a line, and the most that its tolerance takes.
#[must_use]
pub fn band(line: &OrderLine, ordered: Qty) -> (Qty, Qty) {
    let part = |share: Rate| ordered.times(share);
    (
        ordered - part(line.under_pct),
        ordered + part(line.over_pct),
    )
}

/// Every rule that a shipment is held against, those that are broken too.
#[must_use]
pub fn check(world: &World, order: &Order, wish: &Wish<'_>) -> Vec<Finding> {
    let mut out = Vec::new();
    let mut put = |check: Check, holds: bool| out.push(Finding { check, holds });
    let mut rest_stays = false;
    for line in world.order_lines.of(order.id) {
        let so_far = delivery::line_qty(world, line);
        let qty = wish.of(line.id);
        let after = so_far.shipped + qty;
        let (least, most) = band(line, so_far.ordered);
        let open = (so_far.ordered - after).floor_zero();
        rest_stays |= after < least;
        if qty.is_zero() {
            continue;
        }
        put(
            Check::Most {
                line: line.no,
                after,
                most,
            },
            after <= most,
        );
        let (line_no, stays) = (line.no, if after >= least { Qty::ZERO } else { open });
        let check = Check::Least {
            line: line_no,
            after,
            least,
            open: stays,
        };
        // A line that stays open is no fault.
        put(check, true);
        if order.policy == Policy::NoneLate
            && let Some(due) = delivery::line_due(line)
        {
            put(Check::NoneLate { line: line.no, due }, wish.day <= due);
        }
    }
    if order.policy == Policy::All {
        put(Check::AllAtOnce, !rest_stays);
    }
    let qty: Qty = wish.lines.iter().map(|(_, qty)| *qty).sum();
    if order.min_shipment.is_positive() {
        let least = order.min_shipment;
        put(Check::Smallest { qty, least }, qty >= least || !rest_stays);
    }
    for (rule, holds) in credit::rules(world, order, wish) {
        put(Check::Credit(rule), holds);
    }
    if credit::of(world, order).is_none() && papers::Terms::of(order).payment.is_credit() {
        put(Check::CreditUnknown, true);
    }
    for block in inspection::blocks(world, order, wish.shipment) {
        put(Check::Inspection(block), false);
    }
    if let Some(s) = wish.shipment {
        let open = papers::open_before(world, s).len();
        if open > 0 {
            put(Check::PapersOpen(open), false);
        }
        for (line, packed) in packing::by_line(world, s) {
            let no = world.order_lines.get(line).map_or(0, |l| l.no);
            let shipped = wish.of(line);
            let check = Check::Packed {
                line: no,
                packed,
                shipped,
            };
            put(check, packed == shipped);
        }
    }
    out
}

/// The rules that a shipment breaks.
#[must_use]
pub fn broken(findings: Vec<Finding>) -> Vec<Check> {
    let broken = findings.into_iter().filter(|f| !f.holds);
    broken.map(|f| f.check).collect()
}
