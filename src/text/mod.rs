//! Every word the user reads, its width, and the formats of numbers and dates.
pub mod datein;
pub mod format;
pub mod safe;
pub mod search;
pub mod width;
pub mod word;

pub use word::{Lang, Word, word};
