//! Rows about purchase lines, suppliers' promises and receipts.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::codes::{Firmness, ReceiptKind};
use super::quantity::Micro;
use super::record::Record;

/// A purchase line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Purchase {
    pub id: i64,
    /// Counts the changes of this row; a stale copy is refused.
    pub revision: i64,
    /// Purchase order number.
    pub no: String,
    pub line: i64,
    pub item_id: i64,
    pub supplier_id: Option<i64>,
    /// The order it is bought for.
    pub order_id: Option<i64>,
    pub qty: Micro,
    pub unit: String,
    pub unit_price: Option<Micro>,
    pub ordered_on: Option<NaiveDate>,
    /// Needed by.
    pub required_date: Option<NaiveDate>,
    /// When the supplier wants a deposit; none: he wants none.
    pub deposit_due: Option<NaiveDate>,
    pub deposit_paid_on: Option<NaiveDate>,
    pub over_pct: Micro,
    pub under_pct: Micro,
    /// Nothing more will come.
    pub closed: bool,
    pub note: String,
    /// On the shelf: the last day on which anything happened, see [`crate::domain::rule::shelf`].
    pub shelf_day: Option<NaiveDate>,
}

impl Default for Purchase {
    fn default() -> Self {
        Self {
            id: 0,
            revision: 0,
            no: String::default(),
            line: 1,
            item_id: i64::default(),
            supplier_id: None,
            order_id: None,
            qty: Micro::default(),
            unit: String::default(),
            unit_price: None,
            ordered_on: None,
            required_date: None,
            deposit_due: None,
            deposit_paid_on: None,
            over_pct: Micro::default(),
            under_pct: Micro::default(),
            closed: bool::default(),
            note: String::default(),
            shelf_day: None,
        }
    }
}

impl Record for Purchase {
    const TABLE: &'static str = "purchase";
    fn id(&self) -> i64 {
        self.id
    }
}

/// A date the supplier gave; never changed, only followed by another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct Promise {
    pub id: i64,
    /// Counts the changes of this row; a stale copy is refused.
    pub revision: i64,
    pub purchase_id: i64,
    pub date: NaiveDate,
    /// Zero: all that is open.
    pub qty: Micro,
    pub said_on: NaiveDate,
    pub said_by: String,
    pub firmness: Firmness,
    pub note: String,
}

impl Record for Promise {
    const TABLE: &'static str = "promise";
    fn id(&self) -> i64 {
        self.id
    }
    fn parent(&self) -> i64 {
        self.purchase_id
    }
}

/// Goods that arrived, the verdict on held ones, or goods that went back.
///
/// A verdict takes `accepted` and `rejected` out of what was held. A return takes `accepted` out of
/// the stock again, and `rejected` from what was rejected before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct Receipt {
    pub id: i64,
    /// Counts the changes of this row; a stale copy is refused.
    pub revision: i64,
    pub purchase_id: i64,
    pub date: NaiveDate,
    pub kind: ReceiptKind,
    pub accepted: Micro,
    pub rejected: Micro,
    /// Waiting for inspection.
    pub held: Micro,
    /// The supplier will not send so much again.
    pub credited: Micro,
    /// Delivery note.
    pub document: String,
    pub note: String,
}

impl Record for Receipt {
    const TABLE: &'static str = "receipt";
    fn id(&self) -> i64 {
        self.id
    }
    fn parent(&self) -> i64 {
        self.purchase_id
    }
}

/// Stock, or a part of a purchase line still to come, set aside by hand.
///
/// It is for a production order, or for an order line where there is none yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct Reservation {
    pub id: i64,
    /// Counts the changes of this row; a stale copy is refused.
    pub revision: i64,
    pub item_id: i64,
    /// Of what comes on this line; none: of the stock.
    pub purchase_id: Option<i64>,
    pub production_order_id: Option<i64>,
    pub order_line_id: Option<i64>,
    pub qty: Micro,
    pub made_on: NaiveDate,
    pub reason: String,
}

impl Record for Reservation {
    const TABLE: &'static str = "reservation";
    fn id(&self) -> i64 {
        self.id
    }
}
