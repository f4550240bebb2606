//! Order messages in UBL XML (OASIS UBL 2.x, Peppol BIS Order).
//!
//! Only elements and text; entities beyond the five of XML are refused by the reader, depth and
//! size are limited.

use chrono::NaiveDate;
use quick_xml::Reader;
use quick_xml::events::Event;

use super::draft::{Fault, LineAction, LineDraft, OrderDraft, Place, Purpose};

/// The deepest nesting that is followed.
pub const DEPTH_MAX: usize = 64;
/// The most lines of one order.
pub const LINES_MAX: usize = 10_000;

/// Reads one order message.
///
/// # Errors
/// Where it is no well-formed XML, too deep, or no order.
pub fn read(file: &str, bytes: &[u8]) -> Result<OrderDraft, Fault> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut reader = Reader::from_reader(bytes);
    let mut path: Vec<String> = Vec::new();
    let mut order = OrderDraft {
        place: Place {
            file: file.to_owned(),
            ..Place::default()
        },
        ..OrderDraft::default()
    };
    let mut is_order = false;
    let mut reference = String::new();
    let mut due = None;
    let mut pending = String::new();
    let mut buffer = Vec::new();
    let wrong = |e: quick_xml::Error| Fault::Xml(e.to_string());
    loop {
        match reader.read_event_into(&mut buffer).map_err(wrong)? {
            Event::Start(tag) => {
                let name = tag.local_name().as_ref().to_owned();
                if let (true, Some(purpose)) = (path.is_empty(), purpose(&name)) {
                    is_order = true;
                    order.purpose = purpose;
                }
                pending.clear();
                path.push(name);
                if path.len() > DEPTH_MAX {
                    return Err(Fault::Xml("nesting".to_owned()));
                }
                if path.last().is_some_and(|n| n == "LineItem") && order.lines.len() < LINES_MAX {
                    order.lines.push(LineDraft::default());
                }
                for attribute in tag.attributes().flatten() {
                    let value = attribute.value.clone().into_owned();
                    attribute_of(&mut order, &path, attribute.key.as_ref(), &value);
                }
            }
            Event::End(_) => {
                if !pending.trim().is_empty() {
                    let names: Vec<&str> = path.iter().skip(1).map(String::as_str).collect();
                    if names == ["OrderReference", "ID"] {
                        pending.trim().clone_into(&mut reference);
                    }
                    take(&mut order, &mut due, &path, pending.trim());
                }
                pending.clear();
                path.pop();
            }
            Event::Text(text) => pending.push_str(&text),
            Event::CData(text) => pending.push_str(&text),
            Event::GeneralRef(name) => pending.push_str(entity(&name)?),
            Event::DocType(_) => return Err(Fault::Xml("DOCTYPE".to_owned())),
            Event::Eof => break,
            _ => {}
        }
        buffer.clear();
    }
    if !path.is_empty() {
        return Err(Fault::Xml("unexpected end".to_owned()));
    }
    // A change has a number of its own; the order it changes is the one it refers to.
    if order.purpose != Purpose::Order && !reference.is_empty() {
        order.order_no = reference;
    }
    // The period of the whole order holds for the lines that name none.
    order
        .lines
        .iter_mut()
        .for_each(|line| line.requested_date = line.requested_date.or(due));
    if is_order {
        Ok(order)
    } else {
        Err(Fault::Xml("Order".to_owned()))
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

/// The five entities of XML; any other could stand for anything and is refused.
fn entity(name: &str) -> Result<&'static str, Fault> {
    match name {
        "amp" => Ok("&"),
        "lt" => Ok("<"),
        "gt" => Ok(">"),
        "quot" => Ok("\""),
        "apos" => Ok("'"),
        other => Err(Fault::Xml(format!("&{other};"))),
    }
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

fn take(order: &mut OrderDraft, due: &mut Option<NaiveDate>, path: &[String], text: &str) {
    let names: Vec<&str> = path.iter().map(String::as_str).collect();
    let tail = names.get(1..).unwrap_or_default();
    if in_line(path) {
        let Some(start) = names.iter().position(|n| *n == "LineItem") else {
            return;
        };
        if let Some(line) = order.lines.last_mut() {
            take_line(line, names.get(start + 1..).unwrap_or_default(), text);
        }
        return;
    }
    match tail {
        ["ID"] => text.clone_into(&mut order.order_no),
        ["IssueDate"] => order.order_date = text.parse().ok(),
        ["DocumentCurrencyCode"] => text.clone_into(&mut order.currency),
        ["Note"] | ["CancellationNote"] => text.clone_into(&mut order.remarks),
        ["BuyerCustomerParty", "Party", "PartyName", "Name"] => {
            text.clone_into(&mut order.customer)
        }
        [
            "BuyerCustomerParty",
            "Party",
            "PartyLegalEntity",
            "RegistrationName",
        ] if order.customer.is_empty() => {
            text.clone_into(&mut order.customer);
        }
        ["Delivery", "RequestedDeliveryPeriod", "EndDate"] => *due = text.parse().ok(),
        _ => {}
    }
}

fn take_line(line: &mut LineDraft, tail: &[&str], text: &str) {
    match tail {
        ["ID"] => line.line_no = text.parse().ok(),
        ["LineStatusCode"] => line.action = action(text),
        ["Quantity"] => line.qty = text.parse().ok(),
        ["Price", "PriceAmount"] => line.unit_price = text.parse().ok(),
        ["LineExtensionAmount"] => line.amount = text.parse().ok(),
        ["Item", "Name"] => text.clone_into(&mut line.name),
        ["Item", "SellersItemIdentification", "ID"] => text.clone_into(&mut line.item),
        ["Delivery", "RequestedDeliveryPeriod", "EndDate"] => {
            line.requested_date = text.parse().ok()
        }
        ["Note"] => text.clone_into(&mut line.note),
        _ => {}
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
