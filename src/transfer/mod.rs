//! transfer.
pub mod json;
pub mod sample;
