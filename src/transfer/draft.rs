//! What was read from a file, before anything is written: orders, errors, questions.

use std::sync::Arc;

use chrono::{NaiveDate, NaiveDateTime};

use super::headings::{Desk, Kind, Mapping};
use super::join::Wrong;
use super::rows::SheetRow;
use super::sheet::SheetError;
use super::values::ValueFault;
use crate::domain::quantity::{Micro, Qty};

/// The most errors that are kept; more are only counted.
pub const ERRORS_MAX: usize = 200;

/// Where something stands in a file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Place {
    pub file: String,
    pub sheet: String,
    /// From one; zero where it is about the whole file.
    pub row: usize,
    /// Letter of the column; empty where it is about the row.
    pub column: String,
}

impl Place {
    /// `file [sheet] B12`.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = self.file.clone();
        if !self.sheet.is_empty() {
            text = format!("{text} [{}]", self.sheet);
        }
        if self.row > 0 {
            text = format!("{text} {}{}", self.column, self.row);
        }
        text
    }
}

/// One line of an order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LineDraft {
    pub item: String,
    pub name: String,
    pub spec: String,
    pub colour: String,
    /// Size and quantity, where sizes are columns.
    pub sizes: Vec<(String, Qty)>,
    /// `None`: the file does not say; to be asked.
    pub qty: Option<Qty>,
    pub unit: String,
    pub unit_price: Option<Micro>,
    pub amount: Option<Micro>,
    pub requested_date: Option<NaiveDate>,
    pub job_no: String,
    pub note: String,
    pub row: usize,
    /// The sender's number of the line; none where the file numbers no lines.
    pub line_no: Option<i64>,
    /// Part deliveries, where the file states them.
    pub schedule: Vec<SchedulePart>,
    /// What a change does with the line; none where it stands as it is.
    pub action: Option<LineAction>,
}

/// A part of a line with its day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SchedulePart {
    pub qty: Qty,
    pub date: Option<NaiveDate>,
}

/// What a change of an order does with a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LineAction {
    Added,
    Removed,
    Changed,
    Kept,
}

/// What a message wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Purpose {
    /// The whole order as it shall be, whether it is new or known.
    #[default]
    Order,
    /// Only what changes of a known order.
    Change,
    Cancel,
}

/// One order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OrderDraft {
    pub purpose: Purpose,
    pub order_no: String,
    pub customer_po: String,
    pub customer: String,
    pub order_date: Option<NaiveDate>,
    pub received_at: Option<NaiveDateTime>,
    pub received_from: String,
    /// Text of the mail, word for word.
    pub words: String,
    pub currency: String,
    pub price_terms: String,
    pub payment_terms: String,
    pub delivery_method: String,
    pub packaging: String,
    pub ship_to: String,
    pub remarks: String,
    /// A total that the text states, to be confirmed.
    pub total: Option<Micro>,
    pub lines: Vec<LineDraft>,
    pub place: Place,
}

/// What is wrong at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    Sheet(SheetError),
    Value(ValueFault),
    /// The row has no quantity and no sizes.
    NotPositive,
    /// No row looks like the headings of an order sheet.
    NoHeadings {
        unknown: Vec<String>,
    },
    /// The columns are not those of a sheet of that kind; none where it could be several.
    NoColumns {
        kind: Option<Kind>,
        unknown: Vec<String>,
    },
    /// The row contradicts what is known, or another row.
    Row(Box<Wrong>),
    /// There are headings, but no row under them.
    NoRows,
    /// The kind of file is not read here.
    UnknownKind,
    /// A PDF: file it as a document and type the order.
    Pdf,
    /// The mail is damaged; the reader's own words.
    Mail(String),
    /// The XML is damaged; the reader's own words.
    Xml(String),
    /// The XML is something else than an order.
    NoOrder,
    /// Nobody waits for the file any more.
    Stopped,
    /// The EDI message is not whole.
    Edi(super::edi::EdiFault),
    /// An XML document that brings a document type, or names what it does not hold: either could
    /// stand for anything.
    Entity(String),
}

impl Fault {
    /// Whether the file is damaged or beyond a limit, rather than about something else.
    #[must_use]
    pub const fn is_broken(&self) -> bool {
        matches!(
            self,
            Self::Sheet(SheetError::Limit { .. } | SheetError::Damaged(_) | SheetError::Encoding)
                | Self::Mail(_)
                | Self::Xml(_)
                | Self::Entity(_)
                | Self::Edi(_)
        )
    }
}

impl From<super::limits::Limit> for Fault {
    /// A limit of the whole file.
    fn from(limit: super::limits::Limit) -> Self {
        Self::Sheet(limit.into())
    }
}

/// An error with its place and the value that stands there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportError {
    pub place: Place,
    pub value: String,
    pub fault: Fault,
}

/// Something the file does not say; asked for, never invented.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Question {
    Customer,
    OrderNo,
    RequestedDate,
    Qty,
    Lines,
}

/// A file kept as evidence: its name and content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    pub name: String,
    pub bytes: Vec<u8>,
}

/// Everything read from one file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Preview {
    /// What the file holds; orders stand in `drafts`, the other kinds in `rows`.
    pub kind: Kind,
    pub drafts: Vec<OrderDraft>,
    pub rows: Vec<SheetRow>,
    /// The day a mail was sent, which is the day its rows were said.
    pub sent: Option<NaiveDate>,
    pub errors: Vec<ImportError>,
    /// Headings that were not understood.
    pub unknown: Vec<String>,
    /// Rows left out on purpose: place and why (a subtotal, a repetition).
    pub skipped: Vec<(Place, Skipped)>,
    /// Attachments, to be filed with the orders.
    pub attachments: Vec<Evidence>,
    /// Subject of a mail.
    pub subject: String,
    /// The words of a message or a PDF: an order found in them is for a person to confirm.
    pub message: Option<String>,
    /// The address that a mail came from.
    pub sender: String,
    /// The headings of the first sheet that was read by the user's own mapping.
    pub mapped: Vec<String>,
}

/// Why a row was left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Skipped {
    Total,
    /// Words around the table: signatures, conditions, the headings once more.
    Words,
    /// The same line stands in another sheet of the file.
    Repeated,
    /// A row of receipts in which nothing came.
    Nothing,
}

/// How a file is to be read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Options {
    /// What the file holds, where the user has said so.
    pub kind: Option<Kind>,
    /// Where it is opened, which tips the scales.
    pub desk: Desk,
    pub mapping: Mapping,
    pub date_order: super::values::DateOrder,
    /// The text of the file, where it is a PDF and the caller could get it.
    pub pdf: Option<String>,
    /// What users said before of headings that are not understood, by [`Remembered::who`].
    pub remembered: Vec<Remembered>,
    pub watch: Watch,
}

/// What a user said once about the headings of a sender or a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remembered {
    /// The address of a mail's sender, or the headings themselves as [`sheet_mark`] has them.
    pub who: String,
    pub kind: Kind,
    pub mapping: Mapping,
}

/// What tells a kind of sheet from others: its headings, folded, in their order.
#[must_use]
pub fn sheet_mark(headings: &[String]) -> String {
    let folded: Vec<String> = headings
        .iter()
        .map(|h| super::headings::fold(h).0)
        .collect();
    format!("| {} |", folded.join(" | "))
}

/// Hears how far the reading is; says whether to go on.
#[derive(Clone, Default)]
pub struct Watch(Option<Arc<dyn Fn(usize, usize) -> bool + Send + Sync>>);

impl Watch {
    /// `told` gets the rows done and all rows; false stops the reading.
    pub fn new(told: impl Fn(usize, usize) -> bool + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(told)))
    }

    /// Tells, and asks whether to go on.
    #[must_use]
    pub fn goes_on(&self, done: usize, total: usize) -> bool {
        self.0.as_ref().is_none_or(|told| told(done, total))
    }
}

impl std::fmt::Debug for Watch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Watch")
    }
}

/// Who listens is no part of how a file is read.
impl PartialEq for Watch {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Watch {}

impl Preview {
    /// Whether nothing was read, neither good nor wrong.
    #[must_use]
    pub fn is_bare(&self) -> bool {
        self.drafts.is_empty() && self.rows.is_empty() && self.errors.is_empty()
    }

    /// What the orders leave open, each once, with how many orders leave it open.
    #[must_use]
    pub fn questions(&self) -> Vec<(Question, usize)> {
        let count = |f: &dyn Fn(&OrderDraft) -> bool| self.drafts.iter().filter(|d| f(d)).count();
        let list = [
            (Question::Customer, count(&|d| d.customer.is_empty())),
            (
                Question::OrderNo,
                count(&|d| d.order_no.is_empty() && d.customer_po.is_empty()),
            ),
            (Question::Lines, count(&|d| d.lines.is_empty())),
            (
                Question::RequestedDate,
                count(&|d| d.lines.iter().any(|l| l.requested_date.is_none())),
            ),
            (
                Question::Qty,
                count(&|d| d.lines.iter().any(|l| l.qty.is_none())),
            ),
        ];
        list.into_iter().filter(|(_, n)| *n > 0).collect()
    }

    pub(super) fn error(&mut self, place: Place, value: &str, fault: Fault) {
        if self.errors.len() < ERRORS_MAX {
            self.errors.push(ImportError {
                place,
                value: value.chars().take(80).collect(),
                fault,
            });
        }
    }
}

/// The letter of a column: 0 is A, 26 is AA.
#[must_use]
pub fn column_letter(column: usize) -> String {
    let mut n = column + 1;
    let mut out = String::new();
    while n > 0 {
        let digit = u8::try_from((n - 1) % 26).unwrap_or(0);
        out.insert(0, char::from(b'A' + digit));
        n = (n - 1) / 26;
    }
    out
}
