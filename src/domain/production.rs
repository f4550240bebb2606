//! Rows about production orders, their operations and accepted plans.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::codes::ProductionState;
use super::moment::Moment;
use super::quantity::Micro;
use super::record::Record;

/// An order to the factory.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct ProductionOrder {
    pub id: i64,
    /// Counts the changes of this row; a stale copy is refused.
    pub revision: i64,
    /// Unique.
    pub no: String,
    /// None: for stock. A merged one has further lines as [`ProductionOrderLine`].
    pub order_line_id: Option<i64>,
    pub item_id: Option<i64>,
    pub qty: Micro,
    pub state: ProductionState,
    pub on_hold: bool,
    pub released_on: Option<NaiveDate>,
    /// Why it was released in spite of what was missing.
    pub override_reason: String,
    pub note: String,
}

impl Record for ProductionOrder {
    const TABLE: &'static str = "production_order";
    fn id(&self) -> i64 {
        self.id
    }
    fn parent(&self) -> i64 {
        self.order_line_id.unwrap_or_default()
    }
}

/// A further order line that a merged production order is made for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct ProductionOrderLine {
    pub id: i64,
    /// Counts the changes of this row; a stale copy is refused.
    pub revision: i64,
    pub production_order_id: i64,
    pub order_line_id: i64,
    /// Of the production order's quantity; what is left of that is for its own order line.
    pub qty: Micro,
}

impl Record for ProductionOrderLine {
    const TABLE: &'static str = "production_order_line";
    fn id(&self) -> i64 {
        self.id
    }
    fn parent(&self) -> i64 {
        self.production_order_id
    }
}

/// One operation of a production order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct Operation {
    pub id: i64,
    /// Counts the changes of this row; a stale copy is refused.
    pub revision: i64,
    pub production_order_id: i64,
    pub seq: i64,
    pub name: String,
    pub work_centre_id: Option<i64>,
    pub setup_minutes: Micro,
    pub minutes_per_unit: Micro,
    pub wait_minutes: Micro,
    pub transfer_qty: Micro,
    pub outsource_days: Option<i64>,
    /// By the accepted plan.
    pub line_id: Option<i64>,
    /// By the accepted plan.
    pub starts: Option<Moment>,
    /// By the accepted plan.
    pub ends: Option<Moment>,
    /// Line and start are not to be moved.
    pub pinned: bool,
    /// Good pieces done before daily reports began.
    pub opening_qty: Micro,
}

impl Record for Operation {
    const TABLE: &'static str = "operation";
    fn id(&self) -> i64 {
        self.id
    }
    fn parent(&self) -> i64 {
        self.production_order_id
    }
}

/// An accepted plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct Plan {
    pub id: i64,
    /// Counts the changes of this row; a stale copy is refused.
    pub revision: i64,
    pub accepted_at: Moment,
    pub accepted_by: String,
    pub note: String,
}

impl Record for Plan {
    const TABLE: &'static str = "plan";
    fn id(&self) -> i64 {
        self.id
    }
}

/// Where an accepted plan put an operation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct PlanRow {
    pub id: i64,
    /// Counts the changes of this row; a stale copy is refused.
    pub revision: i64,
    pub plan_id: i64,
    pub operation_id: i64,
    pub line_id: Option<i64>,
    pub starts: Moment,
    pub ends: Moment,
}

impl Record for PlanRow {
    const TABLE: &'static str = "plan_row";
    fn id(&self) -> i64 {
        self.id
    }
    fn parent(&self) -> i64 {
        self.plan_id
    }
}
