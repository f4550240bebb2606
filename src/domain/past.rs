//! What was done to the data and when, as far as rules and stories need it from the journal.

use super::moment::Moment;

/// A time in which an order or a production order was on hold.
///
/// The rows say only whether something is on hold now; since when, and when it was before, is in
/// the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hold {
    /// Number of the order or production order.
    pub no: String,
    /// Whether it is a production order.
    pub made: bool,
    pub from: Moment,
    /// `None`: it still is.
    pub to: Option<Moment>,
}

/// One change in the journal, in factory time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deed {
    /// Number of the change.
    pub id: i64,
    pub at: Moment,
    pub who: String,
    /// The code of what was done, see `text::did`.
    pub code: String,
    /// Fills the sentence of the code.
    pub args: Vec<String>,
    /// Whether it was taken back later.
    pub undone: bool,
    /// Table and id of the rows it wrote; none where it came with an interchange file, whose rows
    /// had other numbers.
    pub rows: Vec<(String, i64)>,
}
