//! Planning: from orders, calendars and lines to dates, reasons and promises.
//!
//! Pure: input structs in, outcome structs out; no files, no clock, no screen. The same input
//! gives the same outcome byte for byte.

pub mod constrained;
mod explain;
pub mod explode;
pub mod finding;
pub mod forecast;
pub mod gather;
pub mod impact;
pub mod input;
pub mod kit;
pub mod load;
pub mod outcome;
mod problem;
pub mod promise;
mod random;
pub mod reallocate;
pub mod ripple;
pub mod sequence;
pub mod supply;
pub mod timeline;
