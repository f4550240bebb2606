//! plan.
pub mod constrained;
pub mod explode;
pub mod kit;
