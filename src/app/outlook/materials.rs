//! What has to be bought or made, and whether the parts of production orders are there.

use chrono::NaiveDate;

use crate::domain::quantity::{Qty, Rate};
use crate::plan::explode::Supply;
use crate::plan::kit::{KitGain, KitOperation, KitStep};

/// What has to be bought or made of an item by a date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Requirement {
    pub item_id: i64,
    pub need_date: NaiveDate,
    pub gross: Qty,
    pub from_stock: Qty,
    pub from_on_order: Qty,
    pub net: Qty,
    /// Whether it is made here.
    pub make: bool,
    pub qty_planned: Qty,
    pub release_date: NaiveDate,
    /// What lot rule acted, as text: `lot-for-lot`, `moq` ..
    pub rule: String,
    pub pegs: Vec<Peg>,
}

/// For which order line a requirement is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Peg {
    pub order_id: Option<i64>,
    pub line_no: i64,
    pub qty: Qty,
}

/// Whether the parts of a production order are there.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Kit {
    pub needed_sets: Qty,
    pub buildable_sets: Qty,
    /// Share of the items that are there in full.
    pub item_rate: Rate,
    pub ready: Option<NaiveDate>,
    /// The same, if everything missing is ordered today; `None` where the customer has to send it.
    pub possible: Option<NaiveDate>,
    /// Items that hold it up.
    pub blocking: Vec<i64>,
    /// Per item: needed, covered now.
    pub parts: Vec<KitPart>,
    /// What must be there for each operation to begin.
    pub operations: Vec<KitOperation>,
    /// How the sets grow as open purchases come in.
    pub steps: Vec<KitStep>,
    /// What each item that holds it up would bring, if it alone were there.
    pub gains: Vec<KitGain>,
}

/// One material of a production order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KitPart {
    pub item_id: i64,
    /// The operation that takes it; `None`: the first.
    pub operation: Option<i64>,
    pub need: Qty,
    /// Allotted to this production order from stock.
    pub covered: Qty,
    /// Allotted to it from what is on order, with the day it is expected.
    pub coming: Vec<(Supply, Option<NaiveDate>, Qty)>,
    /// Neither there nor on order.
    pub uncovered: Qty,
    /// Sets it would allow now if all else were there.
    pub sets: Qty,
    /// When the rest is covered by what is on order; `None`: nothing on order covers it.
    pub ready: Option<NaiveDate>,
}

impl KitPart {
    /// How much of what is on order is for this production order.
    #[must_use]
    pub fn on_order(&self) -> Qty {
        self.coming.iter().map(|(_, _, qty)| *qty).sum()
    }
}
