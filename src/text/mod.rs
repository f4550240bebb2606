//! Every word the user reads, its width, and the formats of numbers and dates.
pub mod did;
pub mod interchange;
pub mod label;
pub mod word;

pub use did::Did;
pub use label::Label;
pub use word::{Lang, Word, word};
