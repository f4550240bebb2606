//! What follows from the facts: pure functions over the [`World`](super::world::World).
//!
//! States are never stored; they are asked for here, so that every panel, report and command
//! gives the same answer.

pub mod amend;
pub mod aql;
pub mod attention;
pub mod audit;
pub mod baseline;
pub mod chase;
pub mod commitment;
pub mod consistency;
pub mod delivery;
pub mod effect;
pub mod escalation;
pub mod failure;
pub mod figures;
pub mod gate;
pub mod inspection;
pub mod intake;
pub mod ledger;
pub mod lesson;
pub mod lots;
pub mod milestone;
pub mod news;
pub mod number;
pub mod odds;
pub mod on_time;
pub mod order_class;
pub mod planning;
pub mod production;
pub mod purchase;
pub mod query;
pub mod review;
pub mod sample;
pub mod shelf;
pub mod shipment;
pub mod silence;
pub mod summary;
pub mod supplier;
pub mod timeline;
pub mod today;
pub mod usual;
