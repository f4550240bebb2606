//! A row of a table as a value.

use serde::Serialize;
use serde::de::DeserializeOwned;

/// A row that the store reads and writes by its field names.
///
/// The only trait beside `Panel`: it lets fifty tables share one mapper, one journal and one undo.
pub trait Record: Serialize + DeserializeOwned + Clone {
    /// The table's name.
    const TABLE: &'static str;
    /// The row's id; zero before it is inserted.
    fn id(&self) -> i64;
    /// The id of the row this one is part of; zero where there is none.
    fn parent(&self) -> i64 {
        0
    }
    /// The id of another row by which it is looked up often; none where there is no such need.
    fn other_parent(&self) -> Option<i64> {
        None
    }
}
