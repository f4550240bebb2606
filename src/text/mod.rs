//! Every word the user reads, its width, and the formats of numbers and dates.
pub mod explosion;
pub mod word;

pub use word::{Lang, Word, word};
