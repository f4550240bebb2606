//! Material explosion: from order lines to what to buy and make, how much, when, and for whom.
//!
//! Pure: takes facts, returns rows, lots, messages and findings; never looks at capacity (see the
//! scheduler). Shortages and bad data are results, not errors: a plan with holes is still a plan.
//! Surprising: open orders count even when they come too late; the answer then is to expedite
//! them, not to order twice (see [`Settings::late_days_max`]).

pub mod amount;
mod input;
pub(in crate::plan) mod load;
pub mod lot;
mod lotting;
mod messages;
pub(in crate::plan) mod net;
pub(in crate::plan) mod network;
mod outcome;
pub(in crate::plan) mod release;
mod rows;
mod run;
mod say;
mod size;

pub use input::{
    Allocation, BomLine, Holder, Input, Issued, Item, Need, OperationStart, Production, Purchase,
    Reservation, Settings, Source, Stage, Substitute, WastageRule,
};
pub use outcome::{
    Cover, Explosion, Finding, For, LEAD_DAYS_MAX, LOTS_MAX, Lot, LotRule, Message, Origin,
    ParentLot, ParentUse, Part, Peg, Row, Supply,
};
pub use run::explode;
