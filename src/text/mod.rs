//! Every word the user reads, its width, and the formats of numbers and dates.
pub mod planning;
pub mod word;

pub use word::{Lang, Word, word};
