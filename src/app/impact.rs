//! What exceptions cost: the plan with their effects beside the same plan without.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::domain::moment::Moment;
use crate::domain::quantity::{Money, Qty};

/// What one exception does to the plan.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Impact {
    /// Orders that finish at another time or become late or less late, those that lose most first.
    pub orders: Vec<OrderHit>,
    /// Production orders that finish at another time, by id.
    pub made: Vec<MadeHit>,
    /// Production orders whose materials cover less, or come later.
    pub kits: Vec<KitHit>,
    /// Orders that become late by it, as sums of their amounts, one for each currency.
    pub money: BTreeMap<String, Money>,
    /// What the ways out would do, by id of the option.
    pub options: BTreeMap<i64, OptionDate>,
}

impl Impact {
    /// Orders that become late by it, or later than they were.
    #[must_use]
    pub fn made_late(&self) -> usize {
        let worse = |o: &&OrderHit| o.late_after > o.late_before;
        self.orders.iter().filter(worse).count()
    }

    /// Days that the order which loses most gets later.
    #[must_use]
    pub fn worst_days(&self) -> i64 {
        self.orders.iter().map(|o| o.days).max().unwrap_or(0)
    }

    /// Late days that it adds, over all orders.
    #[must_use]
    pub fn late_days(&self) -> i64 {
        let added = |o: &OrderHit| o.late_after - o.late_before;
        self.orders.iter().map(added).sum()
    }
}

/// An order with and without the exception.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderHit {
    pub order_id: i64,
    /// End of its last production order.
    pub finish_before: Moment,
    pub finish_after: Moment,
    /// Days the end moves; positive is later.
    pub days: i64,
    /// The most that any of its production orders is late.
    pub late_before: i64,
    pub late_after: i64,
    pub amount: Money,
    pub currency: String,
}

/// A production order with and without the exception.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MadeHit {
    pub production_order_id: i64,
    pub finish_before: Moment,
    pub finish_after: Moment,
    pub late_before: i64,
    pub late_after: i64,
}

/// The kit of a production order with and without the exception.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KitHit {
    pub production_order_id: i64,
    pub sets_before: Qty,
    pub sets_after: Qty,
    /// When it is complete; none where nothing on order completes it.
    pub ready_before: Option<NaiveDate>,
    pub ready_after: Option<NaiveDate>,
    /// Items that come later, or of which more is missing.
    pub items: Vec<i64>,
}

/// What a way out would do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OptionDate {
    /// When what the exception is about would be finished.
    pub date: NaiveDate,
    /// Late days over all production orders with it, and as things stand.
    pub late_days: i64,
    pub late_days_now: i64,
}
