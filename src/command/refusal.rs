//! Why a change was not made, as data; `text::refusal` says it in both languages.

use chrono::NaiveDate;

use crate::domain::quantity::Qty;
use crate::domain::rule::figures::Doubt;
use crate::domain::rule::intake::Obstacle;
use crate::domain::rule::shipment::Check;
use crate::store::StoreError;
use crate::text::Word;
use crate::text::datein::{AmountInputError, DateError};

/// What was wrong.
#[derive(Debug)]
pub enum Problem {
    /// The file refused.
    Store(StoreError),
    /// A field has to be filled.
    Required,
    /// A quantity has to be more than zero.
    NotPositive,
    /// A text is no amount.
    Amount(AmountInputError),
    /// A text is no date.
    Date(DateError),
    /// A text is no whole number of that range.
    NotWhole { least: i64, most: i64 },
    /// A text is longer than a field holds.
    TooLong { most: usize },
    /// The date has to lie after today.
    DatePast { date: NaiveDate, today: NaiveDate },
    /// The date has to lie at or before today.
    DateAhead { date: NaiveDate, today: NaiveDate },
    /// Another order of the customer has that number.
    DuplicatePo { po: String, order: String },
    /// The number is taken.
    DuplicateNo { no: String },
    /// There is no item of that code; items come by import.
    UnknownItem { code: String },
    /// There is no such customer, supplier or other named thing.
    Unknown { what: Word, name: String },
    /// Quantity × price differs from the amount.
    AmountDiffers { stated: String, computed: String },
    /// Wrong in a row of a table, counted from zero; the field's column is `column`.
    InRow {
        row: usize,
        column: String,
        problem: Box<Self>,
    },
    /// A line would be cut below what has shipped of it.
    BelowShipped { line: i64, shipped: String },
    /// A line of an accepted order is cancelled, not left out.
    CancelInstead { line: i64 },
    /// Work of other stages stands on the order line of that number.
    LineInUse { no: i64 },
    /// The sizes of a row add up to another quantity.
    SizesDiffer { stated: String, sizes: String },
    /// All quantities together are another number than the stated total.
    TotalDiffers { stated: String, total: String },
    /// The milestones have no dates.
    Network(crate::domain::rule::milestone::Broken),
    /// Something has to happen before.
    Obstacles(Vec<Obstacle>),
    /// Not possible in this state, said in a sentence.
    Not(Word),
    /// A figure that can hardly be right, unless a note says why.
    Doubtful { doubt: Doubt, unit: String },
    /// Rules about shipping are broken, and no note says why.
    Rules(Vec<Check>),
    /// More than is ordered with its tolerance.
    MoreThanOrdered { most: Qty, unit: String },
    /// The lots of a split are more than the production order.
    LotsBeyond { lots: String, whole: String },
    /// The lots of a split do not add up to the production order.
    LotsDiffer { lots: String, whole: String },
    /// What is done stays in the first lot, which is smaller than that.
    FirstLotLess { done: String },
    /// A merged production order would be less than what it is for other orders.
    BelowShares { least: String },
    /// The production order of that number cannot be merged.
    NoPartner { no: String },
    /// More than waits for inspection.
    MoreThanHeld { held: Qty, unit: String },
    /// More than there is to send back.
    MoreThanThere { most: Qty, unit: String },
    /// A purchase line would be cut below what came of it.
    LessThanCame { came: Qty, unit: String },
    /// Somebody does not need so much more of a material.
    NeedsOnly { qty: Qty, unit: String },
    /// Somebody, or the stock, has only so much to give.
    HasOnly { qty: Qty, unit: String },
    /// The document to be filed cannot be read.
    File { path: String, reason: String },
    /// The document to be filed is larger than is kept.
    FileTooLarge { path: String, most: u64 },
}

/// A refusal, with the field it is about where there is one.
#[derive(Debug)]
pub struct Refusal {
    pub field: &'static str,
    pub problem: Problem,
}

impl Refusal {
    /// A refusal of one field.
    #[must_use]
    pub const fn at(field: &'static str, problem: Problem) -> Self {
        Self { field, problem }
    }

    /// A refusal of the whole change.
    #[must_use]
    pub const fn whole(problem: Problem) -> Self {
        Self { field: "", problem }
    }

    /// Not possible as things stand.
    #[must_use]
    pub const fn not(why: Word) -> Self {
        Self::whole(Problem::Not(why))
    }
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        Self::whole(Problem::Store(error))
    }
}
