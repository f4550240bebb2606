//! What the material explosion answers: rows, lots, messages and findings, all plain data.
//!
//! In every row `gross = from_stock + from_on_order + from_substitute + from_surplus + net`,
//! and what a lot rule adds beyond `net` is the surplus that later rows draw on.

use chrono::NaiveDate;

use super::input::{Source, WastageRule};
use crate::domain::quantity::{Qty, Rate};

/// The whole answer. Lists are sorted: rows by item code and date, lots by number.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Explosion {
    pub rows: Vec<Row>,
    pub lots: Vec<Lot>,
    pub messages: Vec<Message>,
    pub findings: Vec<Finding>,
    /// Low-level code per item id: 0 for end products.
    pub levels: Vec<(i64, u32)>,
}

impl Explosion {
    /// Everything one need asks for at any level: the row and how much of it is for this need.
    ///
    /// The other direction, from a row or lot to its needs, is in their `pegs`.
    pub fn of_need(&self, need: i64) -> impl Iterator<Item = (&Row, Qty)> {
        self.rows.iter().filter_map(move |row| {
            let own = row.pegs.iter().filter(|peg| peg.to == For::Need(need));
            let qty: Qty = own.map(|peg| peg.qty).sum();
            qty.is_positive().then_some((row, qty))
        })
    }

    /// The lots that are planned for one need, and how much of each.
    pub fn lots_of_need(&self, need: i64) -> impl Iterator<Item = (&Lot, Qty)> {
        self.lots.iter().filter_map(move |lot| {
            let own = lot.pegs.iter().filter(|peg| peg.to == For::Need(need));
            let qty: Qty = own.map(|peg| peg.qty).sum();
            qty.is_positive().then_some((lot, qty))
        })
    }
}

/// What one item needs on one day, and what covers it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub item: i64,
    pub need_date: NaiveDate,
    pub gross: Qty,
    pub from_stock: Qty,
    pub from_on_order: Qty,
    /// Covered by free stock of a substitute, in this item's unit.
    pub from_substitute: Qty,
    /// Covered by what lot rules made earlier lots too large.
    pub from_surplus: Qty,
    /// Left to be planned; of a phantom, what goes on to its components.
    pub net: Qty,
    pub source: Source,
    /// Planned in lots due on this day; may cover the net of later days.
    pub qty_planned: Qty,
    /// What nobody here can order: the net of a customer-supplied item.
    pub shortage: Qty,
    /// When the lots of this row have to be released, not before today.
    pub release_date: Option<NaiveDate>,
    /// Working days by which the release is too late already.
    pub late_days: i32,
    /// The lot rules that acted, in their order; empty is lot for lot.
    pub rules: Vec<LotRule>,
    /// Surplus left after this row, carried forward.
    pub surplus: Qty,
    /// Numbers of the lots due on this day (see [`Lot::number`]).
    pub lots: Vec<usize>,
    /// Where the gross comes from; sums to it.
    pub parts: Vec<Part>,
    /// For whom it is; sums to the gross.
    pub pegs: Vec<Peg>,
    /// What covers it; sums to the gross, apart from a shortage and a phantom's net.
    pub covers: Vec<Cover>,
}

/// A rule that made a lot differ from its net need.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LotRule {
    /// Later needs inside the window were ordered with the first.
    Grouped,
    /// Rounded up to a whole step of the unit.
    UnitStep,
    Moq,
    Multiple,
    /// Split because the largest lot was reached.
    MaxLot,
    /// Blown through into the parent.
    Phantom,
    /// Waits for the customer.
    CustomerSupplied,
}

/// One reason behind a gross need.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    pub qty: Qty,
    pub origin: Origin,
}

/// Where a part of a gross need comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// An order line asks for it.
    Need(i64),
    /// A parent lot takes it: `start_qty × per`, raised by wastage, plus `fixed`, less `issued`.
    Parent(ParentUse),
    /// The stock lies below the safety stock.
    SafetyStock,
}

/// How a parent's lot turns into a need of its component.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParentUse {
    pub parent: i64,
    pub lot: ParentLot,
    /// Units of the parent that are started, assembly wastage included.
    pub start_qty: Qty,
    pub per: Qty,
    pub fixed: Qty,
    pub wastage: Rate,
    pub wastage_rule: WastageRule,
    pub issued: Qty,
    pub operation: Option<i64>,
}

/// Which lot of the parent takes a component.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ParentLot {
    /// A planned lot, by number.
    Planned(usize),
    /// An open production order, by id.
    Production(i64),
    /// A phantom's need, blown through.
    Phantom,
}

/// For whom a quantity is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum For {
    /// An independent need, by id.
    Need(i64),
    SafetyStock,
    /// Nobody yet: what a lot rule or an open order brings beyond the needs.
    Surplus,
}

/// A quantity and for whom it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Peg {
    pub to: For,
    pub qty: Qty,
}

/// A quantity, what covers it, and for whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cover {
    pub from: Supply,
    pub to: For,
    pub qty: Qty,
}

/// What can cover a need.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Supply {
    Stock,
    /// Stock set aside by hand; the reservation's id.
    Reserved(i64),
    Purchase(i64),
    Production(i64),
    /// Free stock of this item stands in, quantity in the needed item's unit.
    Substitute(i64),
    /// A planned lot, by number.
    Lot(usize),
}

/// A proposed purchase or production order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lot {
    /// Its place in [`Explosion::lots`].
    pub number: usize,
    pub item: i64,
    pub source: Source,
    pub qty: Qty,
    /// What has to be started so that `qty` comes out (assembly wastage included).
    pub start_qty: Qty,
    /// The first need it covers.
    pub due: NaiveDate,
    /// The release its due date asks for; may lie in the past.
    pub release_required: NaiveDate,
    /// The release that is still possible: never before today.
    pub release: NaiveDate,
    /// Working days between the two.
    pub late_days: i32,
    /// When it is there if released on `release`.
    pub arrives: NaiveDate,
    pub rules: Vec<LotRule>,
    /// For whom; sums to `qty` together with a [`For::Surplus`] peg.
    pub pegs: Vec<Peg>,
}

/// Something the merchandiser should do about an existing or proposed order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Message {
    /// An open order is needed earlier than promised.
    Expedite {
        supply: Supply,
        label: String,
        item: i64,
        /// `None` where nothing was promised.
        from: Option<NaiveDate>,
        to: NaiveDate,
        /// How much of it is needed before its date.
        qty: Qty,
    },
    /// An open order comes long before it is needed.
    Defer {
        supply: Supply,
        label: String,
        item: i64,
        from: NaiveDate,
        to: NaiveDate,
        qty: Qty,
    },
    /// Nobody needs this much of an open order.
    Cancel {
        supply: Supply,
        label: String,
        item: i64,
        qty: Qty,
        /// All that is open on it.
        qty_open: Qty,
    },
    /// An open order should have come before today.
    Overdue {
        supply: Supply,
        label: String,
        item: i64,
        expected: NaiveDate,
        days: i64,
    },
    /// A planned lot should have been released before today.
    PastDueRelease {
        lot: usize,
        item: i64,
        required: NaiveDate,
        late_days: i32,
    },
    /// The customer still has to send this much.
    CustomerShort {
        item: i64,
        date: NaiveDate,
        qty: Qty,
    },
    /// The stock lies below the safety stock.
    BelowSafety { item: i64, qty: Qty },
    /// A hand-made reservation holds more than is needed or there.
    ReservationUnused {
        reservation: i64,
        item: i64,
        qty: Qty,
    },
}

/// Data that stands in the way of a right answer; the rest is planned all the same.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Finding {
    /// The product structure closes on itself; the line from the last to the first is left out.
    Loop { codes: Vec<String> },
    /// A need asks for an item that does not exist.
    NeedWithoutItem { order: String, line: i64, item: i64 },
    /// A component does not exist.
    MissingComponent { parent: String, component: i64 },
    /// A product structure hangs on an item that does not exist.
    MissingParent { parent: i64, component: i64 },
    /// An open order or reservation is for an item that does not exist.
    SupplyWithoutItem { label: String, item: i64 },
    /// A made item or phantom has no components.
    NoBom { code: String },
    /// The calendar does not exist; every day counts.
    MissingCalendar { code: String, calendar: String },
    /// The calendar never opens; every day counts.
    ClosedCalendar { code: String, calendar: String },
    /// Wastage below 0 %, or 100 % and more where it divides; taken as none.
    BadWastage { parent: String, component: String },
    /// A quantity below zero; taken as none.
    NegativeQty { code: String },
    /// The largest lot is smaller than the smallest or than one multiple; the largest is left out.
    LotRulesConflict { code: String },
    /// More lots than [`LOTS_MAX`] would be needed on one day; the last one takes the rest.
    TooManyLots { code: String },
    /// A lead time beyond [`LEAD_DAYS_MAX`]; cut to it.
    LeadTooLong { code: String },
    /// A substitute is missing or part of the item's own structure; it is left out.
    BadSubstitute { code: String, substitute: String },
    /// A need has grown beyond [`super::amount::NEED_MAX`]; it is cut to it.
    TooLarge { parent: String, component: String },
}

/// Most lots one item gets on one day: more is a mistake in the largest lot.
pub const LOTS_MAX: usize = 1_000;
/// Longest lead time, ten years of days.
pub const LEAD_DAYS_MAX: u32 = 3_650;
