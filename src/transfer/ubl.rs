//! Order messages in UBL XML (OASIS UBL 2.x, Peppol BIS Order).
//!
//! Only elements and text: a document type and entities beyond the five of XML are refused, depth
//! and sizes are limited. A number or a date that is none is an error with its line.

use std::str::FromStr;

use chrono::NaiveDate;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::draft::{
    Fault, ImportError, LineAction, LineDraft, OrderDraft, Place, Preview, Purpose,
};
use super::limits::{CELL_MAX, Limit, NUMBER_MAX, XML_DEPTH_MAX, XML_LINES_MAX};
use super::sheet::SheetError;
use super::values::ValueFault;
use crate::domain::quantity::Micro;

/// Reads one order message.
///
/// # Errors
/// Where it is no well-formed XML, reaches a limit, or is no order.
pub fn read(file: &str, bytes: &[u8], preview: &mut Preview) -> Result<(), Fault> {
    let mut reading = Reading::new(file);
    reading.document(bytes)?;
    if !reading.is_order {
        return Err(Fault::NoOrder);
    }
    let mut order = reading.order;
    // A change has a number of its own; the order it changes is the one it refers to.
    if order.purpose != Purpose::Order && !reading.reference.is_empty() {
        order.order_no = reading.reference;
    }
    // The period of the whole order holds for the lines that name none.
    let due = reading.due;
    order
        .lines
        .iter_mut()
        .for_each(|line| line.requested_date = line.requested_date.or(due));
    preview.drafts.push(order);
    for error in reading.errors {
        preview.error(error.place, &error.value, error.fault);
    }
    Ok(())
}

/// A document that is being read.
struct Reading {
    order: OrderDraft,
    is_order: bool,
    /// Number of the order that a change refers to.
    reference: String,
    due: Option<NaiveDate>,
    errors: Vec<ImportError>,
    /// Names of the elements that are open.
    path: Vec<String>,
    /// Text of the element at hand.
    pending: String,
    /// The line of the file.
    row: usize,
}

impl Reading {
    fn new(file: &str) -> Self {
        let place = Place {
            file: file.to_owned(),
            ..Place::default()
        };
        Self {
            order: OrderDraft {
                place,
                ..OrderDraft::default()
            },
            is_order: false,
            reference: String::new(),
            due: None,
            errors: Vec::new(),
            path: Vec::new(),
            pending: String::new(),
            row: 1,
        }
    }

    fn document(&mut self, bytes: &[u8]) -> Result<(), Fault> {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let mut reader = Reader::from_reader(bytes);
        let (mut buffer, mut counted) = (Vec::new(), 0);
        loop {
            let read = reader.read_event_into(&mut buffer);
            let event = read.map_err(|e| Fault::Xml(e.to_string()))?;
            match event {
                Event::Start(tag) => self.start(&tag)?,
                Event::End(_) => self.end(),
                Event::Text(text) => self.text(&text)?,
                Event::CData(text) => self.text(&text)?,
                Event::GeneralRef(name) => self.text(&entity(&name)?)?,
                Event::DocType(_) => return Err(Fault::Entity("DOCTYPE".to_owned())),
                Event::Eof => break,
                _ => {}
            }
            buffer.clear();
            let at = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
            let passed = bytes.get(counted..at).unwrap_or_default();
            self.row += passed.iter().filter(|b| **b == b'\n').count();
            counted = at;
        }
        if self.path.is_empty() {
            Ok(())
        } else {
            Err(Fault::Xml("unexpected end".to_owned()))
        }
    }

    fn reached(&self, limit: Limit) -> Fault {
        Fault::Sheet(SheetError::at(limit, "", self.row, None))
    }

    fn start(&mut self, tag: &BytesStart<'_>) -> Result<(), Fault> {
        if tag.len() > CELL_MAX {
            return Err(self.reached(Limit::Cell));
        }
        let name = tag.local_name().as_ref().to_owned();
        if let (true, Some(purpose)) = (self.path.is_empty(), purpose(&name)) {
            self.is_order = true;
            self.order.purpose = purpose;
        }
        self.pending.clear();
        self.path.push(name);
        if self.path.len() > XML_DEPTH_MAX {
            return Err(self.reached(Limit::XmlDepth));
        }
        if self.path.last().is_some_and(|n| n == "LineItem") {
            if self.order.lines.len() >= XML_LINES_MAX {
                return Err(self.reached(Limit::XmlLines));
            }
            self.order.lines.push(LineDraft {
                row: self.row,
                ..LineDraft::default()
            });
        }
        // Looking for names that stand twice costs the square of their number.
        for attribute in tag.attributes().with_checks(false).flatten() {
            let value = attribute.value.clone().into_owned();
            attribute_of(&mut self.order, &self.path, attribute.key.as_ref(), &value);
        }
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result<(), Fault> {
        self.pending.push_str(text);
        if self.pending.len() > CELL_MAX && self.pending.chars().count() > CELL_MAX {
            return Err(self.reached(Limit::Cell));
        }
        Ok(())
    }

    fn end(&mut self) {
        let text = std::mem::take(&mut self.pending);
        let path = std::mem::take(&mut self.path);
        if !text.trim().is_empty() {
            self.take(&path, text.trim());
        }
        self.path = path;
        self.path.pop();
    }

    /// A number or a date that an element holds; none where it is wrong, which is an error.
    fn value<T: FromStr>(&mut self, path: &[String], text: &str, fault: ValueFault) -> Option<T> {
        let parsed = (text.len() <= NUMBER_MAX)
            .then(|| text.parse().ok())
            .flatten();
        if parsed.is_none() {
            self.wrong(path, text, fault);
        }
        parsed
    }

    fn wrong(&mut self, path: &[String], text: &str, fault: ValueFault) {
        let place = Place {
            row: self.row,
            column: format!("{} ", path.last().map_or("", String::as_str)),
            ..self.order.place.clone()
        };
        self.errors.push(ImportError {
            place,
            value: text.to_owned(),
            fault: Fault::Value(fault),
        });
    }

    fn date(&mut self, path: &[String], text: &str) -> Option<NaiveDate> {
        self.value(path, text, ValueFault::NotADate)
    }

    /// An amount, which is not below zero.
    fn amount(&mut self, path: &[String], text: &str) -> Option<Micro> {
        let fault = match text.parse::<Micro>() {
            Ok(value) if !value.is_negative() => return Some(value),
            Ok(_) => ValueFault::Negative,
            Err(error) => error.into(),
        };
        self.wrong(path, text, fault);
        None
    }
}

/// What a document of that name wants; none where it is no order.
fn purpose(root: &str) -> Option<Purpose> {
    match root {
        "Order" => Some(Purpose::Order),
        "OrderChange" => Some(Purpose::Change),
        "OrderCancellation" => Some(Purpose::Cancel),
        _ => None,
    }
}

/// The five entities of XML and characters by number; any other could stand for anything and is
/// refused.
fn entity(name: &str) -> Result<String, Fault> {
    let numbered = name.strip_prefix('#').and_then(|number| {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(digits) => u32::from_str_radix(digits, 16).ok()?,
            None => number.parse().ok()?,
        };
        char::from_u32(code).map(String::from)
    });
    let known = match name {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        other => {
            let said: String = other.chars().take(40).collect();
            return numbered.ok_or_else(|| Fault::Entity(format!("&{said};")));
        }
    };
    Ok(known.to_owned())
}

fn attribute_of(order: &mut OrderDraft, path: &[String], key: &str, value: &str) {
    let last = path.last().map_or("", String::as_str);
    if last == "Quantity"
        && key == "unitCode"
        && in_line(path)
        && let Some(line) = order.lines.last_mut()
    {
        value.clone_into(&mut line.unit);
    }
}

fn in_line(path: &[String]) -> bool {
    path.iter().any(|n| n == "LineItem")
}

impl Reading {
    fn take(&mut self, path: &[String], text: &str) {
        let names: Vec<&str> = path.iter().map(String::as_str).collect();
        let tail = names.get(1..).unwrap_or_default();
        if let Some(start) = names.iter().position(|n| *n == "LineItem") {
            self.take_line(path, names.get(start + 1..).unwrap_or_default(), text);
            return;
        }
        match tail {
            ["ID"] => text.clone_into(&mut self.order.order_no),
            ["OrderReference", "ID"] => text.clone_into(&mut self.reference),
            ["IssueDate"] => self.order.order_date = self.date(path, text),
            ["DocumentCurrencyCode"] => text.clone_into(&mut self.order.currency),
            ["Note"] | ["CancellationNote"] => text.clone_into(&mut self.order.remarks),
            ["BuyerCustomerParty", "Party", "PartyName", "Name"] => {
                text.clone_into(&mut self.order.customer);
            }
            [
                "BuyerCustomerParty",
                "Party",
                "PartyLegalEntity",
                "RegistrationName",
            ] if self.order.customer.is_empty() => text.clone_into(&mut self.order.customer),
            ["Delivery", "RequestedDeliveryPeriod", "EndDate"] => self.due = self.date(path, text),
            _ => {}
        }
    }

    fn take_line(&mut self, path: &[String], tail: &[&str], text: &str) {
        let (mut amount, mut date) = (None, None);
        match tail {
            ["Quantity"] | ["Price", "PriceAmount"] | ["LineExtensionAmount"] => {
                amount = self.amount(path, text);
            }
            ["Delivery", "RequestedDeliveryPeriod", "EndDate"] => date = self.date(path, text),
            _ => {}
        }
        let Some(line) = self.order.lines.last_mut() else {
            return;
        };
        match tail {
            // Letters in it are a number of the sender's own, which nothing rests on.
            ["ID"] => line.line_no = text.parse().ok(),
            ["LineStatusCode"] => line.action = action(text),
            ["Quantity"] => line.qty = amount,
            ["Price", "PriceAmount"] => line.unit_price = amount,
            ["LineExtensionAmount"] => line.amount = amount,
            ["Item", "Name"] => text.clone_into(&mut line.name),
            ["Item", "SellersItemIdentification", "ID"] => text.clone_into(&mut line.item),
            ["Delivery", "RequestedDeliveryPeriod", "EndDate"] => line.requested_date = date,
            ["Note"] => text.clone_into(&mut line.note),
            _ => {}
        }
    }
}

/// Codes of UN/EDIFACT 1229, as Peppol uses them, and the words of UBL 2.0.
fn action(code: &str) -> Option<LineAction> {
    match code {
        "1" | "Added" => Some(LineAction::Added),
        "2" | "Cancelled" => Some(LineAction::Removed),
        "3" | "Revised" => Some(LineAction::Changed),
        "4" | "NoStatus" => Some(LineAction::Kept),
        _ => None,
    }
}
