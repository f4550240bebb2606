//! Rows about products, materials, what they consist of and how they are made.

use serde::{Deserialize, Serialize};

use super::codes::WastageRule;
use super::quantity::Micro;
use super::record::Record;

/// A product or a material.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct Item {
    pub id: i64,
    /// Counts the changes of this row; a stale copy is refused.
    pub revision: i64,
    /// Unique: 货号, 料号, 款号.
    pub code: String,
    pub name: String,
    pub spec: String,
    pub unit: String,
    /// Product family: picks documents, milestones, changeovers.
    pub family: String,
    /// Made here (true) or bought.
    pub make: bool,
    /// Blown through, never stocked.
    pub phantom: bool,
    /// The customer sends it; never bought.
    pub customer_supplied: bool,
    /// Stock in the warehouse, holds included.
    pub on_hand: Micro,
    /// Part of the stock that may not be used (inspection, rejected, frozen).
    pub on_hold: Micro,
    pub safety_stock: Micro,
    /// Working days to buy or make.
    pub lead_days: i64,
    /// Minimum order quantity; zero: none.
    pub moq: Micro,
    /// Order multiple; zero: none.
    pub multiple: Micro,
    /// Largest lot; zero: none.
    pub max_lot: Micro,
    /// Needs within so many days are bought together; zero: each on its own.
    pub group_days: i64,
    pub supplier_id: Option<i64>,
    /// Share lost when assembling this item.
    pub assembly_wastage: Micro,
}

impl Record for Item {
    const TABLE: &'static str = "item";
    fn id(&self) -> i64 {
        self.id
    }
}

/// What one piece of an item consumes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct BomLine {
    pub id: i64,
    /// Counts the changes of this row; a stale copy is refused.
    pub revision: i64,
    pub item_id: i64,
    pub component_id: i64,
    /// Per piece.
    pub qty: Micro,
    /// Per lot.
    pub fixed: Micro,
    /// Share; see the rule.
    pub wastage: Micro,
    pub wastage_rule: WastageRule,
    /// Sequence of the operation that needs it; none: the first.
    pub operation: Option<i64>,
}

impl Record for BomLine {
    const TABLE: &'static str = "bom_line";
    fn id(&self) -> i64 {
        self.id
    }
    fn parent(&self) -> i64 {
        self.item_id
    }
}

/// One operation of an item's routing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct RoutingStep {
    pub id: i64,
    /// Counts the changes of this row; a stale copy is refused.
    pub revision: i64,
    pub item_id: i64,
    /// 10, 20 ...
    pub seq: i64,
    pub name: String,
    pub work_centre_id: i64,
    pub setup_minutes: Micro,
    /// Standard minutes of one operator (SAM).
    pub minutes_per_unit: Micro,
    /// Calendar minutes before the next operation may start (drying, ageing).
    pub wait_minutes: Micro,
    /// Pieces passed on at once; zero: the whole lot.
    pub transfer_qty: Micro,
    /// Outside work of fixed days; none: made here.
    pub outsource_days: Option<i64>,
}

impl Record for RoutingStep {
    const TABLE: &'static str = "routing_step";
    fn id(&self) -> i64 {
        self.id
    }
    fn parent(&self) -> i64 {
        self.item_id
    }
}

/// A material that may stand in for another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Substitute {
    pub id: i64,
    /// Counts the changes of this row; a stale copy is refused.
    pub revision: i64,
    pub item_id: i64,
    pub substitute_id: i64,
    /// Quantity of the substitute for one of the item.
    pub factor: Micro,
    /// Empty: not approved yet.
    pub approved_by: String,
}

impl Default for Substitute {
    fn default() -> Self {
        Self {
            id: 0,
            revision: 0,
            item_id: i64::default(),
            substitute_id: i64::default(),
            factor: Micro::ONE,
            approved_by: String::default(),
        }
    }
}

impl Record for Substitute {
    const TABLE: &'static str = "substitute";
    fn id(&self) -> i64 {
        self.id
    }
    fn parent(&self) -> i64 {
        self.item_id
    }
}

/// How much of an item's own unit one other unit holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitFactor {
    pub id: i64,
    /// Counts the changes of this row; a stale copy is refused.
    pub revision: i64,
    pub item_id: i64,
    pub unit: String,
    pub factor: Micro,
}

impl Default for UnitFactor {
    fn default() -> Self {
        Self {
            id: 0,
            revision: 0,
            item_id: i64::default(),
            unit: String::default(),
            factor: Micro::ONE,
        }
    }
}

impl Record for UnitFactor {
    const TABLE: &'static str = "unit_factor";
    fn id(&self) -> i64 {
        self.id
    }
    fn parent(&self) -> i64 {
        self.item_id
    }
}
