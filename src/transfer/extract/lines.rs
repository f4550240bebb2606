//! The lines of an order in a sentence: quantities with the article, price and date beside them.

use std::ops::Range;

use chrono::NaiveDate;

use super::rules::{CODE, DATE, MONEY, Quantity, caps, currency, date, plain, quantities};
use super::{Field, Found, LINES_MAX, found};

/// The lines of a sentence: quantities, with the article, price and date that stand with them.
pub(super) fn sentence(
    text: &str,
    range: &Range<usize>,
    today: NaiveDate,
    known: &[&str],
    lines: &mut usize,
    out: &mut Vec<Found>,
) {
    let Some(part) = text.get(range.clone()) else {
        return;
    };
    let from = range.start;
    let dates: Vec<Found> = caps(&DATE, part)
        .iter()
        .filter_map(|c| {
            Some(found(
                Field::RequestedDate,
                None,
                &date(c, today)?,
                c.get(0)?,
                from,
            ))
        })
        .collect();
    let quantities = quantities(part);
    if quantities.is_empty() {
        out.extend(dates);
        return;
    }
    for (at, quantity) in quantities.iter().enumerate() {
        if *lines >= LINES_MAX {
            return;
        }
        let line = Some(*lines);
        *lines += 1;
        let left = at
            .checked_sub(1)
            .and_then(|b| quantities.get(b))
            .map_or(0, |q| q.all.end());
        let right = quantities.get(at + 1).map_or(part.len(), |q| q.all.start());
        out.push(found(Field::Qty, line, &quantity.value, quantity.all, from));
        out.push(found(Field::Unit, line, quantity.unit, quantity.all, from));
        article(part, (left, right), quantity, known, line, from, out);
        price(part, (quantity.all.end(), right), line, from, out);
        if quantities.len() > 1
            && dates.len() == quantities.len()
            && let Some(date) = dates.get(at)
        {
            out.push(Found {
                line,
                ..date.clone()
            });
        }
    }
    if quantities.len() == 1 || dates.len() != quantities.len() {
        let line = (quantities.len() == 1).then(|| lines.saturating_sub(1));
        out.extend(dates.into_iter().map(|date| Found { line, ..date }));
    }
}

/// The article: a known code or one that is called so, and the name that stands beside the number.
fn article(
    part: &str,
    (left, right): (usize, usize),
    quantity: &Quantity<'_>,
    known: &[&str],
    line: Option<usize>,
    from: usize,
    out: &mut Vec<Found>,
) {
    let span = part.get(left..right).unwrap_or_default();
    let called = caps(&CODE, span).first().and_then(|c| {
        let (all, code) = (c.get(0)?, c.get(1)?);
        Some((
            left + all.start()..left + all.end(),
            code.as_str().to_owned(),
        ))
    });
    let code = called.or_else(|| {
        let hit = known
            .iter()
            .find_map(|code| Some((word_at(span, code)?, code)));
        hit.map(|(at, code)| (left + at..left + at + code.len(), (*code).to_owned()))
    });
    let put = |field: Field, value: &str, at: Range<usize>, out: &mut Vec<Found>| {
        out.push(Found {
            field,
            line,
            value: value.to_owned(),
            words: part.get(at.clone()).unwrap_or_default().to_owned(),
            at: from + at.start..from + at.end,
        });
    };
    if let Some((at, code)) = &code {
        put(Field::Item, code, at.clone(), out);
    }
    let after = name_after(part, quantity.all.end(), right);
    let Some(at) = after.or_else(|| name_before(part, left, quantity.all.start())) else {
        return;
    };
    // The name without the code that stands in it.
    let at = match &code {
        Some((inside, _)) if inside.start <= at.start && inside.end > at.start => {
            trimmed(part, inside.end.min(at.end)..at.end)
        }
        Some((inside, _)) if inside.start < at.end && inside.start > at.start => {
            trimmed(part, at.start..inside.start)
        }
        _ => at,
    };
    if let Some(name) = part.get(at.clone()).filter(|n| n.chars().count() > 1) {
        put(Field::Name, name, at.clone(), out);
    }
}

/// Where a code stands as a word of its own.
fn word_at(text: &str, code: &str) -> Option<usize> {
    let (lower, code) = (text.to_ascii_lowercase(), code.to_ascii_lowercase());
    let edge = |c: Option<char>| c.is_none_or(|c| !c.is_ascii_alphanumeric() && c != '-');
    lower.match_indices(&code).map(|(at, _)| at).find(|at| {
        !code.is_empty()
            && edge(lower.get(..*at).and_then(|t| t.chars().next_back()))
            && edge(lower.get(at + code.len()..).and_then(|t| t.chars().next()))
    })
}

const STOPS: [char; 16] = [
    ',', '，', '、', '@', '(', '（', '—', '–', ':', '：', '$', '￥', '¥', '€', '£', '|',
];
const WORDS_THAT_END: [&str; 13] = [
    " by ", " at ", " before ", " for ", " to ", " from ", " ship", " price", " please", "单价",
    "交期", "每", "要",
];

/// A name behind the quantity, up to a mark or a word that begins something else.
fn name_after(part: &str, start: usize, right: usize) -> Option<Range<usize>> {
    let rest = part.get(start..right)?;
    let mut end = rest.find(STOPS).unwrap_or(rest.len());
    let lower = rest.to_ascii_lowercase();
    for word in WORDS_THAT_END {
        end = lower.find(word).map_or(end, |at| end.min(at));
    }
    let mut range = trimmed(part, start..start + end);
    for word in ["of ", "x ", "的"] {
        let begins = part
            .get(range.clone())
            .is_some_and(|t| t.to_ascii_lowercase().starts_with(word));
        if begins {
            range = trimmed(part, range.start + word.len()..range.end);
        }
    }
    let letters = part.get(range.clone())?.chars().any(char::is_alphabetic);
    letters.then_some(range)
}

/// A name before the quantity, from the mark or the word that asks for it.
fn name_before(part: &str, left: usize, end: usize) -> Option<Range<usize>> {
    let text = part.get(left..end)?;
    let start = text.rfind(STOPS).map_or(0, |at| {
        at + text
            .get(at..)
            .and_then(|t| t.chars().next())
            .map_or(1, char::len_utf8)
    });
    let mut range = trimmed(part, left + start..end);
    for word in [
        "请安排",
        "我们要",
        "我要",
        "需要",
        "下单",
        "订购",
        "加单",
        "订",
        "要",
        "need ",
        "order ",
    ] {
        let inside = part.get(range.clone())?;
        if let Some(at) = inside.to_lowercase().find(word) {
            range = trimmed(part, range.start + at + word.len()..range.end);
        }
    }
    let letters = part.get(range.clone())?.chars().any(char::is_alphabetic);
    letters.then_some(range)
}

/// The range without blanks and joining marks at its ends.
fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let Some(inside) = text.get(range.clone()) else {
        return range.start..range.start;
    };
    let marks =
        |c: char| c.is_whitespace() || matches!(c, '-' | '*' | '×' | '.' | '共' | '，' | ',');
    let start = range.start + (inside.len() - inside.trim_start_matches(marks).len());
    let end = range.start + inside.trim_end_matches(marks).len();
    start..end.max(start)
}

/// A price behind the quantity: one that is called so, or that says per what.
fn price(
    part: &str,
    (start, end): (usize, usize),
    line: Option<usize>,
    from: usize,
    out: &mut Vec<Found>,
) {
    let Some(rest) = part.get(start..end) else {
        return;
    };
    for c in caps(&MONEY, rest) {
        let (Some(all), Some(number)) = (c.get(0), c.get(3)) else {
            continue;
        };
        let (called, sign, behind, per) = (c.get(1), c.get(2), c.get(4), c.get(5));
        let money = sign.or(behind);
        // "at 6.95" may be a time or a place; with a currency it is a price.
        let at = called.is_some_and(|c| c.as_str().eq_ignore_ascii_case("at"));
        let named = called.is_some() && (!at || money.is_some());
        if !(named || money.is_some() && per.is_some()) {
            continue;
        }
        let Some(value) = plain(number.as_str(), 1) else {
            continue;
        };
        out.push(found(Field::UnitPrice, line, &value, all, from + start));
        if let Some(code) = money.and_then(|m| currency(m.as_str())) {
            out.push(found(Field::Currency, None, code, all, from + start));
        }
        return;
    }
}
