//! Rows about customer orders and what was said and promised about them.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::codes::{Channel, Department, OrderState, Policy};
use super::moment::Moment;
use super::quantity::Micro;
use super::record::Record;

/// A customer's order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct Order {
    pub id: i64,
    /// Counts the changes of this row; a stale copy is refused.
    pub revision: i64,
    /// Own number, unique.
    pub no: String,
    /// None: still to be asked.
    pub customer_id: Option<i64>,
    pub customer_po: String,
    pub customer_po_date: Option<NaiveDate>,
    pub channel: Channel,
    pub received_at: Option<Moment>,
    /// Who said it.
    pub received_from: String,
    /// What was said or written, word for word.
    pub words: String,
    pub currency: String,
    pub price_terms: String,
    pub payment_terms: String,
    pub delivery_method: String,
    pub packaging: String,
    pub ship_to: String,
    pub remarks: String,
    /// Factor on the customer's weight.
    pub priority: Option<Micro>,
    pub policy: Policy,
    pub max_late_days: Option<i64>,
    pub min_shipment: Micro,
    pub state: OrderState,
    pub on_hold: bool,
    /// Why it was declined, cancelled, held.
    pub state_reason: String,
    /// The earlier order that this one repeats.
    pub repeat_of: Option<i64>,
    /// The file it was imported from.
    pub source_file_id: Option<i64>,
    /// Sheet and row in that file.
    pub source_place: String,
    /// On the shelf: the last day on which anything happened, see [`crate::domain::rule::shelf`].
    pub shelf_day: Option<NaiveDate>,
}

impl Record for Order {
    const TABLE: &'static str = "orders";
    fn id(&self) -> i64 {
        self.id
    }
}

/// One product of an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct OrderLine {
    pub id: i64,
    /// Counts the changes of this row; a stale copy is refused.
    pub revision: i64,
    pub order_id: i64,
    pub no: i64,
    /// None: known by its text only.
    pub item_id: Option<i64>,
    /// As the customer writes it.
    pub item_code: String,
    pub name: String,
    pub spec: String,
    pub qty: Micro,
    pub unit: String,
    pub unit_price: Option<Micro>,
    /// As the customer states it.
    pub amount: Option<Micro>,
    /// More-or-less tolerance upwards.
    pub over_pct: Micro,
    /// And downwards.
    pub under_pct: Micro,
    pub requested_date: Option<NaiveDate>,
    /// Latest agreed date; every promise is a commitment.
    pub promised_date: Option<NaiveDate>,
    pub cancelled_qty: Micro,
    /// The customer's job number, tells like lines apart.
    pub job_no: String,
    pub note: String,
}

impl Record for OrderLine {
    const TABLE: &'static str = "order_line";
    fn id(&self) -> i64 {
        self.id
    }
    fn parent(&self) -> i64 {
        self.order_id
    }
}

/// A part delivery of an order line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct ScheduleLine {
    pub id: i64,
    /// Counts the changes of this row; a stale copy is refused.
    pub revision: i64,
    pub order_line_id: i64,
    pub qty: Micro,
    pub requested_date: Option<NaiveDate>,
    pub promised_date: Option<NaiveDate>,
}

impl Record for ScheduleLine {
    const TABLE: &'static str = "schedule_line";
    fn id(&self) -> i64 {
        self.id
    }
    fn parent(&self) -> i64 {
        self.order_line_id
    }
}

/// Quantity of one colour and size of an order line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct LineSize {
    pub id: i64,
    /// Counts the changes of this row; a stale copy is refused.
    pub revision: i64,
    pub order_line_id: i64,
    pub colour: String,
    pub size: String,
    pub qty: Micro,
}

impl Record for LineSize {
    const TABLE: &'static str = "line_size";
    fn id(&self) -> i64 {
        self.id
    }
    fn parent(&self) -> i64 {
        self.order_line_id
    }
}

/// A promise made to the customer; never changed, only followed by another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct Commitment {
    pub id: i64,
    /// Counts the changes of this row; a stale copy is refused.
    pub revision: i64,
    pub order_line_id: i64,
    /// The promised date.
    pub date: NaiveDate,
    pub made_on: NaiveDate,
    pub made_by: String,
    pub channel: Channel,
    pub words: String,
    /// Who allowed it where it is beyond the user's own authority.
    pub authority: String,
    /// Beyond the user's own authority.
    pub needs_authority: bool,
    pub reason: String,
}

impl Record for Commitment {
    const TABLE: &'static str = "commitment";
    fn id(&self) -> i64 {
        self.id
    }
    fn parent(&self) -> i64 {
        self.order_line_id
    }
}

/// A numbered change of an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct Amendment {
    pub id: i64,
    /// Counts the changes of this row; a stale copy is refused.
    pub revision: i64,
    pub order_id: i64,
    pub no: i64,
    pub made_on: NaiveDate,
    pub reason: String,
    /// What changes, as it was sent out.
    pub text: String,
}

impl Record for Amendment {
    const TABLE: &'static str = "amendment";
    fn id(&self) -> i64 {
        self.id
    }
    fn parent(&self) -> i64 {
        self.order_id
    }
}

/// A department's word that it has seen an amendment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct Acknowledgement {
    pub id: i64,
    /// Counts the changes of this row; a stale copy is refused.
    pub revision: i64,
    pub amendment_id: i64,
    pub department: Department,
    pub asked_on: NaiveDate,
    pub seen_on: Option<NaiveDate>,
    pub seen_by: String,
}

impl Record for Acknowledgement {
    const TABLE: &'static str = "acknowledgement";
    fn id(&self) -> i64 {
        self.id
    }
    fn parent(&self) -> i64 {
        self.amendment_id
    }
}
