//! Planning: from orders, calendars and lines to dates, reasons and promises.
//!
//! Pure: input structs in, outcome structs out; no files, no clock, no screen. The same input
//! gives the same outcome byte for byte.

pub mod input;
pub mod timeline;
pub mod finding;
mod problem;
mod random;
pub mod sequence;
