//! Order messages in EDI: UN/EDIFACT ORDERS and ORDCHG (ISO 9735), ANSI X12 850 and 860.
//!
//! Only what an order says is read; what a message says of itself (numbers of segments and lines,
//! sums of quantities) is checked, so that half a message is never taken for a whole one.

mod edifact;
mod segment;
mod x12;

use chrono::NaiveDate;

use super::draft::{Fault, ImportError, LineDraft, OrderDraft, Place, Preview, Purpose};
use super::sheet;
use super::values::ValueFault;
use crate::domain::quantity::Micro;
use segment::{Segment, Syntax};

/// What is wrong with an EDI file as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum EdiFault {
    /// A message has no end: the file is cut off.
    NotClosed,
    /// The message counts another number of segments than there are.
    Segments,
    /// The message counts another number of lines than there are.
    Lines,
    /// The message states another sum of quantities than its lines have.
    Sum,
    /// There is no purchase order among the messages.
    NoOrder,
}

/// Whether the bytes begin as an EDIFACT or X12 interchange does.
#[must_use]
pub fn is(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let start = bytes.trim_ascii_start();
    ["UNA", "UNB+", "UNH+", "ISA"]
        .iter()
        .any(|mark| start.starts_with(mark.as_bytes()))
        && !start.starts_with(b"ISA ")
}

/// Reads all order messages of an interchange.
pub(super) fn read(file: &str, bytes: &[u8], preview: &mut Preview) -> Result<(), Fault> {
    let (text, _) = sheet::decode(bytes).map_err(Fault::Sheet)?;
    let text = text.trim_start();
    let syntax = Syntax::of(text).ok_or(Fault::Edi(EdiFault::NotClosed))?;
    let segments = syntax.split(text).map_err(Fault::Sheet)?;
    let (drafts, errors) = if syntax.is_x12() {
        x12::orders(file, &segments)?
    } else {
        edifact::orders(file, syntax, &segments)?
    };
    if drafts.is_empty() && errors.is_empty() {
        return Err(Fault::Edi(EdiFault::NoOrder));
    }
    preview.drafts.extend(drafts);
    for e in errors {
        preview.error(e.place, &e.value, e.fault);
    }
    Ok(())
}

/// How a standard frames its messages.
struct Frame {
    /// Opens the interchange; the element that names its sender.
    header: (&'static str, usize),
    /// Opens a message; the element that names its kind.
    start: (&'static str, usize),
    end: &'static str,
    /// Kinds of an order and of its change.
    order: &'static str,
    change: &'static str,
}

/// A message that is being read.
struct Message<T> {
    r: Reading,
    /// Segments, the opening one among them.
    count: usize,
    /// What the message states at its end: lines, sum of quantities.
    lines: Option<Micro>,
    sum: Option<Micro>,
    /// What the standard keeps between segments.
    state: T,
}

impl<T> Message<T> {
    /// Closes a message: what it says of itself has to be true.
    fn end(mut self, at: &Segment, out: &mut Orders) {
        let stated = at.get(1, 1).to_owned();
        if stated.parse() != Ok(self.count + 1) {
            self.r.error(at, &stated, Fault::Edi(EdiFault::Segments));
        }
        let lines = Micro::whole(i64::try_from(self.r.order.lines.len()).unwrap_or(i64::MAX));
        if let Some(stated) = self.lines.filter(|n| *n != lines) {
            let fault = Fault::Edi(EdiFault::Lines);
            self.r.error(at, &stated.text(), fault);
        }
        let sum: Micro = self.r.order.lines.iter().filter_map(|l| l.qty).sum();
        if let Some(stated) = self.sum.filter(|n| *n != sum) {
            self.r.error(at, &stated.text(), Fault::Edi(EdiFault::Sum));
        }
        self.r.done(&mut out.0, &mut out.1);
    }
}

/// Orders and what was wrong in them.
type Orders = (Vec<OrderDraft>, Vec<ImportError>);

/// Reads the order messages of an interchange; `take` reads one segment into a message.
fn messages<T>(
    file: &str,
    segments: &[Segment],
    frame: &Frame,
    state: impl Fn() -> T,
    take: impl Fn(&mut Message<T>, &Segment),
) -> Result<Orders, Fault> {
    let mut out = Orders::default();
    let mut open: Option<Message<T>> = None;
    let mut inside = false;
    let mut sender = String::new();
    for s in segments {
        if s.tag == frame.header.0 {
            s.get(frame.header.1, 1).clone_into(&mut sender);
        } else if s.tag == frame.start.0 {
            if inside {
                return Err(Fault::Edi(EdiFault::NotClosed));
            }
            inside = true;
            let kind = s.get(frame.start.1, 1);
            if kind == frame.order || kind == frame.change {
                let mut r = Reading::new(file, s);
                r.order.received_from.clone_from(&sender);
                if kind == frame.change {
                    r.order.purpose = Purpose::Change;
                }
                open = Some(Message {
                    r,
                    count: 0,
                    lines: None,
                    sum: None,
                    state: state(),
                });
            }
        } else if s.tag == frame.end {
            inside = false;
            if let Some(message) = open.take() {
                message.end(s, &mut out);
            }
        }
        if let Some(message) = &mut open {
            message.count += 1;
            take(message, s);
        }
    }
    if inside {
        return Err(Fault::Edi(EdiFault::NotClosed));
    }
    Ok(out)
}

/// The order that is being read, with what was wrong so far.
#[derive(Debug)]
struct Reading {
    file: String,
    order: OrderDraft,
    errors: Vec<ImportError>,
    /// The dates of the whole order: they hold for lines that name none.
    due: Option<NaiveDate>,
    /// How good the date is: see [`Reading::date`].
    due_rank: u8,
    line_rank: u8,
}

impl Reading {
    fn new(file: &str, at: &Segment) -> Self {
        let place = Place {
            file: file.to_owned(),
            row: at.no,
            ..Place::default()
        };
        Self {
            file: file.to_owned(),
            order: OrderDraft {
                place,
                ..OrderDraft::default()
            },
            errors: Vec::new(),
            due: None,
            due_rank: u8::MAX,
            line_rank: u8::MAX,
        }
    }

    fn error(&mut self, at: &Segment, value: &str, fault: Fault) {
        self.errors.push(ImportError {
            place: Place {
                file: self.file.clone(),
                row: at.no,
                column: format!("{} ", at.tag),
                ..Place::default()
            },
            value: value.to_owned(),
            fault,
        });
    }

    /// A number that an element holds; none where it is empty or wrong, which is an error.
    fn amount(&mut self, at: &Segment, text: &str) -> Option<Micro> {
        if text.is_empty() {
            return None;
        }
        match text.parse::<Micro>() {
            Ok(value) if value.is_negative() => {
                self.error(at, text, Fault::Value(ValueFault::Negative));
                None
            }
            Ok(value) => Some(value),
            Err(e) => {
                self.error(at, text, Fault::Value(e.into()));
                None
            }
        }
    }

    /// A day written as `CCYYMMDD`, `YYMMDD` or longer with the time behind.
    fn day(&mut self, at: &Segment, text: &str) -> Option<NaiveDate> {
        let found = match text.len() {
            6 => text
                .get(..6)
                .and_then(|t| NaiveDate::parse_from_str(t, "%y%m%d").ok()),
            _ => text
                .get(..8)
                .and_then(|t| NaiveDate::parse_from_str(t, "%Y%m%d").ok()),
        };
        if found.is_none() && !text.is_empty() {
            self.error(at, text, Fault::Value(ValueFault::NotADate));
        }
        found
    }

    /// A delivery date of the line, or before the first line of the order; where several are given
    /// the one with the lowest rank counts.
    fn date(&mut self, rank: u8, day: Option<NaiveDate>) {
        let Some(day) = day else { return };
        match self.order.lines.last_mut() {
            Some(line) if rank < self.line_rank => {
                line.requested_date = Some(day);
                self.line_rank = rank;
            }
            None if rank < self.due_rank => {
                self.due = Some(day);
                self.due_rank = rank;
            }
            _ => {}
        }
    }

    /// Begins a line.
    fn line(&mut self, line: LineDraft, at: &Segment) {
        self.line_rank = u8::MAX;
        self.order.lines.push(LineDraft { row: at.no, ..line });
    }

    /// The order as it was read; its own date holds for the lines without one.
    fn done(mut self, out: &mut Vec<OrderDraft>, errors: &mut Vec<ImportError>) {
        for line in &mut self.order.lines {
            line.requested_date = line.requested_date.or(self.due);
            if let [(_, size)] = line.sizes.as_mut_slice() {
                *size = line.qty.unwrap_or(Micro::ZERO);
            }
        }
        out.push(self.order);
        errors.append(&mut self.errors);
    }
}

/// Joins what is not empty with blanks.
fn joined<'a>(parts: impl IntoIterator<Item = &'a str>) -> String {
    let parts: Vec<&str> = parts
        .into_iter()
        .map(str::trim)
        .filter(|p| !p.is_empty())
        .collect();
    parts.join(" ")
}

/// The price of one where a price is for `basis`; none where that has more than six decimals.
fn per_one(price: Micro, basis: Micro) -> Option<Micro> {
    if !basis.is_positive() {
        return Some(price);
    }
    let one = price.over(basis);
    (one.times(basis) == price).then_some(one)
}
