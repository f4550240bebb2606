//! Rows about customers and suppliers.

use serde::{Deserialize, Serialize};

use super::codes::CustomerClass;
use super::quantity::Micro;
use super::record::Record;

/// Who orders.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct Customer {
    pub id: i64,
    /// Counts the changes of this row; a stale copy is refused.
    pub revision: i64,
    /// Own code, unique.
    pub code: String,
    pub name: String,
    /// Class A, B or C; gives the weight unless one is set.
    pub class: CustomerClass,
    /// Own planning weight; wins over the class.
    pub weight: Option<Micro>,
    /// Whom to write or call.
    pub contact: String,
    pub notes: String,
}

impl Record for Customer {
    const TABLE: &'static str = "customer";
    fn id(&self) -> i64 {
        self.id
    }
}

/// Who delivers materials.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct Supplier {
    pub id: i64,
    /// Counts the changes of this row; a stale copy is refused.
    pub revision: i64,
    /// Own code, unique.
    pub code: String,
    pub name: String,
    /// Usual lead time in working days of `calendar_id`.
    pub lead_days: i64,
    /// The supplier's working calendar; none: the factory's.
    pub calendar_id: Option<i64>,
    pub contact: String,
    pub notes: String,
}

impl Record for Supplier {
    const TABLE: &'static str = "supplier";
    fn id(&self) -> i64 {
        self.id
    }
}
