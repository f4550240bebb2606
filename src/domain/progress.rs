//! Rows about reported production, inspections and shipments.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::codes::{Department, InspectionKind, InspectionResult, PaperKind};
use super::moment::Moment;
use super::quantity::Micro;
use super::record::Record;

/// A day's figures of one operation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct Progress {
    pub id: i64,
    /// Counts the changes of this row; a stale copy is refused.
    pub revision: i64,
    pub operation_id: i64,
    pub date: NaiveDate,
    pub good: Micro,
    pub defect: Micro,
    pub rework: Micro,
    pub scrap: Micro,
    pub shift: String,
    pub note: String,
    /// The earlier figure that this one replaces.
    pub corrects: Option<i64>,
}

impl Record for Progress {
    const TABLE: &'static str = "progress";
    fn id(&self) -> i64 {
        self.id
    }
    fn parent(&self) -> i64 {
        self.operation_id
    }
}

/// An inspection of a lot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct Inspection {
    pub id: i64,
    /// Counts the changes of this row; a stale copy is refused.
    pub revision: i64,
    pub order_id: i64,
    /// The production order whose pieces it is about.
    pub production_order_id: Option<i64>,
    /// The shipment whose pieces it is about.
    pub shipment_id: Option<i64>,
    /// The failed inspection that this one repeats.
    pub re_of: Option<i64>,
    pub kind: InspectionKind,
    pub planned: Option<NaiveDate>,
    pub done_on: Option<NaiveDate>,
    pub lot: Micro,
    /// ISO 2859-1 level.
    pub level: String,
    /// By class, `2.5/4.0` for major and minor, with the critical ones first where three are given.
    pub aql: String,
    pub sample: i64,
    /// Ac of major defects where it was agreed otherwise; else it follows from the terms.
    pub accept: i64,
    /// Re of major defects where it was agreed otherwise; zero: it follows.
    pub reject: i64,
    pub critical: i64,
    pub major: i64,
    pub minor: i64,
    pub result: InspectionResult,
    /// Why the result is another than the counts give.
    pub override_reason: String,
    /// What was found, in words.
    pub defects: String,
    pub note: String,
}

impl Record for Inspection {
    const TABLE: &'static str = "inspection";
    fn id(&self) -> i64 {
        self.id
    }
    fn parent(&self) -> i64 {
        self.order_id
    }
}

/// Goods that leave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct Shipment {
    pub id: i64,
    /// Counts the changes of this row; a stale copy is refused.
    pub revision: i64,
    /// Unique.
    pub no: String,
    pub order_id: i64,
    pub planned: Option<NaiveDate>,
    pub shipped_on: Option<NaiveDate>,
    pub method: String,
    pub booking_no: String,
    pub cut_off: Option<Moment>,
    pub vessel: String,
    pub bl_no: String,
    /// It will not take place; the note says why.
    pub cancelled_on: Option<NaiveDate>,
    pub note: String,
}

impl Record for Shipment {
    const TABLE: &'static str = "shipment";
    fn id(&self) -> i64 {
        self.id
    }
    fn parent(&self) -> i64 {
        self.order_id
    }
}

/// Quantity of an order line in a shipment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct ShipmentLine {
    pub id: i64,
    /// Counts the changes of this row; a stale copy is refused.
    pub revision: i64,
    pub shipment_id: i64,
    pub order_line_id: i64,
    pub qty: Micro,
}

impl Record for ShipmentLine {
    const TABLE: &'static str = "shipment_line";
    fn id(&self) -> i64 {
        self.id
    }
    fn parent(&self) -> i64 {
        self.shipment_id
    }
    fn other_parent(&self) -> Option<i64> {
        Some(self.order_line_id)
    }
}

/// Cartons of one content; rows with the same numbers are the contents of the same cartons, whose
/// size and gross weight stand in the first of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct Carton {
    pub id: i64,
    /// Counts the changes of this row; a stale copy is refused.
    pub revision: i64,
    pub shipment_id: i64,
    pub order_line_id: Option<i64>,
    pub colour: String,
    pub size: String,
    pub per_carton: Micro,
    pub cartons: i64,
    pub first_no: i64,
    pub length_mm: i64,
    pub width_mm: i64,
    pub height_mm: i64,
    /// Of one carton, like the net weight.
    pub gross_kg: Micro,
    pub net_kg: Micro,
}

impl Record for Carton {
    const TABLE: &'static str = "carton";
    fn id(&self) -> i64 {
        self.id
    }
    fn parent(&self) -> i64 {
        self.shipment_id
    }
}

/// A paper that a shipment needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct ExportPaper {
    pub id: i64,
    /// Counts the changes of this row; a stale copy is refused.
    pub revision: i64,
    pub shipment_id: i64,
    pub kind: PaperKind,
    /// Who makes it.
    pub owner: Department,
    /// As set by hand; none: counted from the cut-off by the rule of its kind.
    pub due: Option<NaiveDate>,
    pub done_on: Option<NaiveDate>,
    pub number: String,
    pub note: String,
}

impl Record for ExportPaper {
    const TABLE: &'static str = "export_paper";
    fn id(&self) -> i64 {
        self.id
    }
    fn parent(&self) -> i64 {
        self.shipment_id
    }
}

/// What a letter of credit says about quantity, amount and dates; one for an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct Credit {
    pub id: i64,
    /// Counts the changes of this row; a stale copy is refused.
    pub revision: i64,
    pub order_id: i64,
    pub no: String,
    /// In the order's currency; none: not known.
    pub amount: Option<Micro>,
    /// "About" or "approximately" stands before amount and quantity.
    pub about: bool,
    /// More or less that it allows of the quantity in so many words, as a share; zero: it says nothing.
    pub tolerance: Micro,
    /// The quantity is a number of packing units or single items.
    pub in_units: bool,
    /// Partial shipments are not allowed.
    pub no_partial: bool,
    pub latest_shipment: Option<NaiveDate>,
    pub expiry: Option<NaiveDate>,
    /// Calendar days after shipment for presenting the documents; zero: 21.
    pub presentation_days: i64,
}

impl Record for Credit {
    const TABLE: &'static str = "credit";
    fn id(&self) -> i64 {
        self.id
    }
    fn parent(&self) -> i64 {
        self.order_id
    }
}
