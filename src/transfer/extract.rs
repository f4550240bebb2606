//! What a chat, a mail or a phone note says of an order, found by rules.
//!
//! Every value comes with the words it stands in, so that a person can check it at a glance.
//! Nothing is guessed: `by friday`, `the usual`, a date that may be read two ways or a sum that
//! may be a price or a total are left to the person.

mod lines;
mod rules;

use std::ops::Range;

use chrono::NaiveDate;
use std::sync::LazyLock;

use regex::{Captures, Match, Regex};

use super::draft::{LineDraft, OrderDraft};
use lines::sentence;
use rules::{DELIVERY, PAYMENT, PO, PRICE_TERMS, caps};

/// Characters of a text that are looked at.
pub const TEXT_CHARS_MAX: usize = 20_000;
/// Lines that are taken from a text.
pub const LINES_MAX: usize = 200;

/// What a found value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    CustomerPo,
    RequestedDate,
    Currency,
    PriceTerms,
    PaymentTerms,
    DeliveryMethod,
    Item,
    Name,
    Qty,
    Unit,
    UnitPrice,
}

/// A value with the words it was found in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    pub field: Field,
    /// Index of the order line it belongs to; `None` for the order as a whole.
    pub line: Option<usize>,
    /// As a form takes it: plain decimals, ISO dates.
    pub value: String,
    /// The words of the text.
    pub words: String,
    /// Where they stand, in bytes.
    pub at: Range<usize>,
}

/// Finds what a text says; `known` are codes of articles, found wherever they stand as a word.
#[must_use]
pub fn find(text: &str, today: NaiveDate, known: &[&str]) -> Vec<Found> {
    let end = text
        .char_indices()
        .nth(TEXT_CHARS_MAX)
        .map_or(text.len(), |(at, _)| at);
    let text = text.get(..end).unwrap_or(text);
    let mut out = Vec::new();
    header(text, &mut out);
    let mut lines = 0;
    for part in sentences(text) {
        sentence(text, &part, today, known, &mut lines, &mut out);
    }
    one_date_for_all(&mut out);
    one_currency(&mut out);
    out
}

fn found(field: Field, line: Option<usize>, value: &str, m: Match<'_>, from: usize) -> Found {
    let words = m.as_str().trim();
    let start = from + m.start() + (m.as_str().len() - m.as_str().trim_start().len());
    Found {
        field,
        line,
        value: value.trim().to_owned(),
        words: words.to_owned(),
        at: start..start + words.len(),
    }
}

/// What is said of the order as a whole; a value that is said twice and differently is left out.
fn header(text: &str, out: &mut Vec<Found>) {
    let mut take = |field: Field, hits: Vec<Found>| {
        let same = hits
            .windows(2)
            .all(|pair| matches!(pair, [a, b] if a.value == b.value));
        if same && let Some(first) = hits.into_iter().next() {
            out.push(Found { field, ..first });
        }
    };
    let whole = |rule: &LazyLock<Option<Regex>>, group: usize| -> Vec<Found> {
        let one = |c: &Captures<'_>| {
            let (all, value) = (c.get(0)?, c.get(group)?);
            Some(found(Field::CustomerPo, None, value.as_str(), all, 0))
        };
        caps(rule, text).iter().filter_map(one).collect()
    };
    take(Field::CustomerPo, whole(&PO, 1));
    let terms = caps(&PRICE_TERMS, text);
    let terms = terms.iter().filter_map(|c| {
        let (all, code) = (c.get(0)?, c.get(1)?);
        let place = c
            .get(2)
            .map(|p| format!(" {}", p.as_str()))
            .unwrap_or_default();
        let words = all
            .as_str()
            .trim_end_matches([',', '，', '。', ';', '；', '.', '、', '\n', ' ']);
        let mut hit = found(
            Field::PriceTerms,
            None,
            &format!("{}{place}", code.as_str()),
            all,
            0,
        );
        words.trim().clone_into(&mut hit.words);
        hit.at.end = hit.at.start + hit.words.len();
        Some(hit)
    });
    take(Field::PriceTerms, terms.collect());
    take(Field::PaymentTerms, whole(&PAYMENT, 0));
    let ways = whole(&DELIVERY, 0).into_iter().map(|mut hit| {
        way(&hit.value).clone_into(&mut hit.value);
        hit
    });
    take(Field::DeliveryMethod, ways.collect());
}

fn way(words: &str) -> &'static str {
    let lower = words.to_lowercase();
    let names = [
        ("sea", "sea"),
        ("海运", "sea"),
        ("air", "air"),
        ("空运", "air"),
        ("express", "express"),
        ("courier", "express"),
        ("快递", "express"),
        ("truck", "truck"),
        ("陆运", "truck"),
        ("rail", "rail"),
    ];
    names
        .iter()
        .find(|(part, _)| lower.contains(part))
        .map_or("rail", |(_, way)| way)
}

/// The sentences of a text, by line breaks and full stops; a point inside a number is none.
fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, c)| *c);
        let ends = matches!(c, '\n' | '。' | ';' | '；')
            || (matches!(c, '.' | '!' | '?') && next.is_none_or(char::is_whitespace));
        if ends {
            out.push(start..at);
            start = at + c.len_utf8();
        }
    }
    out.push(start..text.len());
    out.retain(|r| text.get(r.clone()).is_some_and(|t| !t.trim().is_empty()));
    out
}

/// The order that a text describes, its words kept.
#[must_use]
pub fn draft(text: &str, today: NaiveDate) -> OrderDraft {
    let mut draft = OrderDraft {
        words: text.to_owned(),
        ..OrderDraft::default()
    };
    let mut date = None;
    for hit in find(text, today, &[]) {
        let value = hit.value;
        let Some(at) = hit.line else {
            match hit.field {
                Field::CustomerPo => draft.customer_po = value,
                Field::RequestedDate => date = value.parse().ok(),
                Field::Currency => draft.currency = value,
                Field::PriceTerms => draft.price_terms = value,
                Field::PaymentTerms => draft.payment_terms = value,
                Field::DeliveryMethod => draft.delivery_method = value,
                _ => {}
            }
            continue;
        };
        if draft.lines.len() <= at {
            draft.lines.resize(at + 1, LineDraft::default());
        }
        let Some(line) = draft.lines.get_mut(at) else {
            continue;
        };
        match hit.field {
            Field::Item => line.item = value,
            Field::Name => line.name = value,
            Field::Qty => line.qty = value.parse().ok(),
            Field::Unit => line.unit = value,
            Field::UnitPrice => line.unit_price = value.parse().ok(),
            Field::RequestedDate => line.requested_date = value.parse().ok(),
            _ => {}
        }
    }
    for line in &mut draft.lines {
        line.requested_date = line.requested_date.or(date);
    }
    draft
}

/// One and the same date everywhere is the order's; where lines have theirs, each keeps its own.
fn one_date_for_all(out: &mut Vec<Found>) {
    let mut dates: Vec<&str> = out
        .iter()
        .filter(|f| f.field == Field::RequestedDate)
        .map(|f| f.value.as_str())
        .collect();
    dates.dedup();
    if dates.len() == 1 {
        let mut seen = false;
        out.retain_mut(|f| {
            if f.field != Field::RequestedDate {
                return true;
            }
            f.line = None;
            !std::mem::replace(&mut seen, true)
        });
        return;
    }
    // Several dates of the whole order contradict each other: left to the person.
    let whole = |f: &Found| f.field == Field::RequestedDate && f.line.is_none();
    if out.iter().filter(|f| whole(f)).count() > 1 {
        out.retain(|f| !whole(f));
    }
}

/// Prices in two currencies leave the currency open.
fn one_currency(out: &mut Vec<Found>) {
    let first = out
        .iter()
        .find(|f| f.field == Field::Currency)
        .map(|f| f.value.clone());
    let Some(first) = first else { return };
    let same = out
        .iter()
        .all(|f| f.field != Field::Currency || f.value == first);
    let mut seen = false;
    out.retain(|f| f.field != Field::Currency || (same && !std::mem::replace(&mut seen, true)));
}

#[cfg(test)]
mod tests;
