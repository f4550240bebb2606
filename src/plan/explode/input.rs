//! What the material explosion is given: plain facts, loaded elsewhere.
//!
//! References are ids; an id that leads nowhere becomes a finding, never a panic.
//! Quantities are in the item's own unit, durations in working days of the named calendar.

use chrono::NaiveDate;

use crate::domain::calendar::Calendar;
use crate::domain::quantity::{Qty, Rate};

/// Everything the explosion looks at. The order inside the lists does not matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// Nothing can be released before this day.
    pub today: NaiveDate,
    pub settings: Settings,
    pub calendars: Vec<Calendar>,
    pub items: Vec<Item>,
    pub bom: Vec<BomLine>,
    pub needs: Vec<Need>,
    pub purchases: Vec<Purchase>,
    pub productions: Vec<Production>,
    pub reservations: Vec<Reservation>,
}

impl Input {
    /// An empty input on `today`.
    #[must_use]
    pub fn new(today: NaiveDate) -> Self {
        Self {
            today,
            settings: Settings::default(),
            calendars: Vec::new(),
            items: Vec::new(),
            bom: Vec::new(),
            needs: Vec::new(),
            purchases: Vec::new(),
            productions: Vec::new(),
            reservations: Vec::new(),
        }
    }
}

/// Choices of the planner that hold for the whole run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    pub allocation: Allocation,
    /// An open order later than a need by more civil days than this does not cover it: another one
    /// is planned. `None` counts on every open order and asks to expedite it.
    pub late_days_max: Option<u32>,
    /// Civil days an open order may come too early before it is proposed to defer it.
    pub early_days_max: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            allocation: Allocation::ByDate,
            late_days_max: None,
            early_days_max: 7,
        }
    }
}

/// Who gets scarce stock and open orders first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Allocation {
    /// Need date, then weight, then order date; an earlier need is never skipped.
    ByDate,
    /// Weight, then need date, then order date.
    ByPriority,
}

/// A product, part or material.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    pub id: i64,
    /// Shown in findings; rows are sorted by it.
    pub code: String,
    pub source: Source,
    /// All that is in the house, stock on hold included.
    pub on_hand: Qty,
    /// The part of `on_hand` that is being inspected, rejected or frozen.
    pub on_hold: Qty,
    pub safety_stock: Qty,
    /// Working days from release to receipt.
    pub lead_days: u32,
    /// The calendar of the lead time: the supplier's, or the factory's for a made item.
    /// `None` counts every day.
    pub calendar: Option<String>,
    /// Least quantity of one lot; zero is none.
    pub moq: Qty,
    /// Lots are whole multiples of this; zero is none.
    pub multiple: Qty,
    /// Largest lot, larger ones are split; zero is none.
    pub max_lot: Qty,
    /// Needs of so many civil days, counted from the first, are ordered together; zero and one: by day.
    pub group_days: u32,
    /// Share added to each made lot for what is lost in assembly.
    pub assembly_wastage: Rate,
    /// Smallest step of the unit (1 for pieces); planned lots are rounded up to it; zero is none.
    pub unit_step: Qty,
    /// Items whose free stock may stand in, best first.
    pub substitutes: Vec<Substitute>,
}

impl Item {
    /// An item without stock, lead time or lot rules.
    #[must_use]
    pub fn new(id: i64, code: &str, source: Source) -> Self {
        Self {
            id,
            code: code.to_owned(),
            source,
            on_hand: Qty::ZERO,
            on_hold: Qty::ZERO,
            safety_stock: Qty::ZERO,
            lead_days: 0,
            calendar: None,
            moq: Qty::ZERO,
            multiple: Qty::ZERO,
            max_lot: Qty::ZERO,
            group_days: 0,
            assembly_wastage: Rate::ZERO,
            unit_step: Qty::ZERO,
            substitutes: Vec::new(),
        }
    }
}

/// Where an item comes from when stock and open orders do not suffice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    Buy,
    Make,
    /// Never made for itself: its components go straight into the parent.
    Phantom,
    /// Sent by the customer: never bought, but a shortage is shown.
    Customer,
}

/// An item that may stand in for another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Substitute {
    pub item: i64,
    /// How much of the substitute replaces one unit.
    pub ratio: Rate,
}

/// How wastage raises a need.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WastageRule {
    /// Need × (1 + wastage).
    Multiply,
    /// Need ÷ (1 − wastage).
    Divide,
}

/// One component of a made item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BomLine {
    pub parent: i64,
    pub component: i64,
    /// Per unit of the parent.
    pub per: Qty,
    /// Once per lot of the parent, without wastage.
    pub fixed: Qty,
    pub wastage: Rate,
    pub wastage_rule: WastageRule,
    /// The operation that first takes it; `None` is the first one.
    pub operation: Option<i64>,
}

impl BomLine {
    /// A line of `per` units without wastage.
    #[must_use]
    pub const fn new(parent: i64, component: i64, per: Qty) -> Self {
        Self {
            parent,
            component,
            per,
            fixed: Qty::ZERO,
            wastage: Rate::ZERO,
            wastage_rule: WastageRule::Multiply,
            operation: None,
        }
    }
}

/// An independent need: what one order line still has to get.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Need {
    pub id: i64,
    pub item: i64,
    pub qty: Qty,
    pub date: NaiveDate,
    /// Customer weight; the larger goes first.
    pub weight: i64,
    pub order_date: NaiveDate,
    /// The customer order and its line, for the pegs.
    pub order: String,
    pub line: i64,
}

/// What is still to come on a purchase line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Purchase {
    pub id: i64,
    /// Shown in messages: number and line.
    pub label: String,
    pub item: i64,
    pub qty_open: Qty,
    /// The latest promise; `None` where nobody has promised anything.
    pub expected: Option<NaiveDate>,
    /// The need it was bought for, which it serves first.
    pub need: Option<i64>,
}

/// A production order that is not finished.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Production {
    pub id: i64,
    pub label: String,
    pub item: i64,
    pub qty_open: Qty,
    /// When it takes its components.
    pub start: NaiveDate,
    pub due: NaiveDate,
    /// The need it is made for, which it serves first.
    pub need: Option<i64>,
    /// Further needs that a merged one is made for, each with the quantity that is theirs.
    pub also: Vec<(i64, Qty)>,
    pub stage: Stage,
    /// Handed out to it and not yet built in.
    pub issued: Vec<Issued>,
    /// Starts of single operations, for components that are taken later than `start`.
    pub operation_starts: Vec<OperationStart>,
}

/// Whether a production order has begun.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    Waiting,
    /// Its fixed quantities have been taken already.
    Running,
}

/// A quantity of one component handed out to a production order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Issued {
    pub item: i64,
    pub qty: Qty,
}

/// When one operation of a production order starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OperationStart {
    pub seq: i64,
    pub date: NaiveDate,
}

/// Stock, or a part of an open purchase, that someone has set aside by hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reservation {
    pub id: i64,
    pub item: i64,
    pub qty: Qty,
    /// The [`Purchase`] it is a part of; `None` is the stock.
    pub purchase: Option<i64>,
    pub holder: Holder,
}

/// For whom something is set aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Holder {
    /// A [`Need`], wherever in its product structure the item is used.
    Need(i64),
    /// A [`Production`] and its own components only.
    Production(i64),
}
