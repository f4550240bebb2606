//! Rows about reported production, inspections and shipments.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::codes::{InspectionKind, InspectionResult, PaperKind};
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
    pub kind: InspectionKind,
    pub planned: Option<NaiveDate>,
    pub done_on: Option<NaiveDate>,
    pub lot: Micro,
    /// ISO 2859-1 level.
    pub level: String,
    pub aql: String,
    pub sample: i64,
    /// Ac.
    pub accept: i64,
    /// Re.
    pub reject: i64,
    pub critical: i64,
    pub major: i64,
    pub minor: i64,
    pub result: InspectionResult,
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
}

/// Cartons of one content.
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
