//! How likely orders are on time, and what may hold them up.

use chrono::NaiveDate;

use crate::domain::quantity::Micro;

/// How likely an order is on time, from what is left of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chance {
    /// The earliest date that counts of its lines.
    pub due: NaiveDate,
    /// In whole per cent.
    pub percent: i64,
    /// The days by which it has left with one half, and with four fifths.
    pub p50: NaiveDate,
    pub p80: NaiveDate,
    /// Expected days after its due.
    pub late_days: Micro,
    /// Whether every outcome was gone through, rather than some drawn.
    pub exact: bool,
    /// What is uncertain of it, what would bring most if it went as planned first.
    pub items: Vec<ChanceItem>,
}

impl Chance {
    /// What raises the chance most, or brings the day nearer where nothing raises it.
    #[must_use]
    pub fn first(&self) -> Option<&ChanceItem> {
        self.items.first().filter(|i| i.gain > 0 || i.days > 0)
    }
}

/// Something uncertain, and what it would bring if it went as planned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChanceItem {
    pub of: ChanceOf,
    /// Points of the chance.
    pub gain: i64,
    /// Days by which the day that four fifths keep comes nearer.
    pub days: i64,
    /// When it itself is through.
    pub p50: NaiveDate,
    pub p80: NaiveDate,
}

/// What may hold an order up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChanceOf {
    /// An open purchase line.
    Purchase(i64),
    /// A material that nobody has ordered yet.
    Unordered {
        production_order_id: i64,
        item_id: i64,
    },
    Operation(i64),
    /// An order line whose production has not begun.
    NotBegun(i64),
    Sample(i64),
    Query(i64),
    /// The decision that an exception waits for.
    Exception(i64),
    Milestone(i64),
    /// From the last piece to the ship, of an order.
    Shipping(i64),
}
