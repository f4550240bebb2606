//! Every word the user reads, its width, and the formats of numbers and dates.

pub mod blocks;
pub mod bound;
pub mod datein;
pub mod diary;
pub mod did;
pub mod explosion;
pub mod finding;
pub mod format;
pub mod intake;
pub mod interchange;
pub mod label;
pub mod message;
pub mod milestone;
pub mod order_class;
pub mod planning;
pub mod production;
pub mod promise;
pub mod reason;
pub mod refusal;
pub mod report;
pub mod ripple;
pub mod safe;
pub mod say;
pub mod search;
pub mod shell;
pub mod show;
pub mod standing;
pub mod transfer;
pub mod weighed;
pub mod whatif;
pub mod width;
pub mod word;
pub mod words;

pub use did::Did;
pub use label::Label;
pub use word::{Lang, Word, word};
