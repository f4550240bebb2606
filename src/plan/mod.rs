//! plan.
pub mod explode;
pub mod kit;
