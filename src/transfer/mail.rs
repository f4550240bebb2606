//! A mail file: who wrote what when, its tables, its attachments.
//!
//! The text is kept word for word. Names of attachments are cut to a file name; nothing is written
//! here.

use chrono::{DateTime, NaiveDateTime};
use mailparse::{MailHeaderMap, ParsedMail};

use super::draft::{Evidence, Fault};
use super::sheet;
use crate::domain::quantity::Micro;

/// The most parts of a mail that are looked at, nested ones included.
pub const PARTS_MAX: usize = 200;
/// The most characters of a mail's text that are kept as the order's words.
pub const WORDS_MAX: usize = 20_000;

/// A mail taken apart.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Mail {
    pub subject: String,
    pub from: String,
    /// As the sender's clock read.
    pub date: Option<NaiveDateTime>,
    pub text: String,
    pub html: String,
    pub attachments: Vec<Evidence>,
}

/// Takes a mail apart; a leading mbox line is stepped over.
///
/// # Errors
/// Where it is no mail.
pub fn read(bytes: &[u8]) -> Result<Mail, Fault> {
    let bytes = match bytes.strip_prefix(b"From ") {
        Some(rest) => rest
            .iter()
            .position(|b| *b == b'\n')
            .and_then(|at| rest.get(at + 1..))
            .unwrap_or_default(),
        None => bytes,
    };
    let parsed = mailparse::parse_mail(bytes).map_err(|e| Fault::Mail(e.to_string()))?;
    let header = |name: &str| parsed.headers.get_first_value(name).unwrap_or_default();
    let date = DateTime::parse_from_rfc2822(header("Date").trim())
        .ok()
        .map(|at| at.naive_local());
    let (subject, from) = (header("Subject"), header("From"));
    if subject.is_empty() && from.is_empty() && date.is_none() {
        return Err(Fault::Mail("no headers".to_owned()));
    }
    let mut mail = Mail {
        subject: fold(&subject),
        from: fold(&from),
        date,
        ..Mail::default()
    };
    let mut left = PARTS_MAX;
    part(&parsed, &mut mail, &mut left);
    if mail.text.trim().is_empty() {
        mail.text = sheet::plain(&mail.html);
    }
    mail.text = mail.text.chars().take(WORDS_MAX).collect();
    Ok(mail)
}

/// The address in a `From` header, in small letters: `Li <LI@a.cn>` is `li@a.cn`.
#[must_use]
pub fn address(from: &str) -> String {
    let inner = from.rsplit_once('<').map_or(from, |(_, rest)| rest);
    inner.trim_end_matches('>').trim().to_lowercase()
}

fn fold(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn part(parsed: &ParsedMail<'_>, mail: &mut Mail, left: &mut usize) {
    if *left == 0 {
        return;
    }
    *left -= 1;
    let disposition = parsed.get_content_disposition();
    let name = disposition
        .params
        .get("filename")
        .or_else(|| parsed.ctype.params.get("name"));
    if let Some(name) = name {
        if let Ok(bytes) = parsed.get_body_raw() {
            mail.attachments.push(Evidence {
                name: file_name(name),
                bytes,
            });
        }
        return;
    }
    match parsed.ctype.mimetype.as_str() {
        "text/plain" => mail.text.push_str(&body(parsed)),
        "text/html" => mail.html.push_str(&body(parsed)),
        "message/rfc822" => {
            if let Ok(inner) = parsed.get_body_raw().as_deref().map(read)
                && let Ok(inner) = inner
            {
                mail.text.push_str(&inner.text);
                mail.html.push_str(&inner.html);
                mail.attachments.extend(inner.attachments);
            }
        }
        _ => parsed.subparts.iter().for_each(|sub| part(sub, mail, left)),
    }
}

/// The text of a part; a part that names no character set is read as any file is.
fn body(parsed: &ParsedMail<'_>) -> String {
    if parsed.ctype.params.contains_key("charset") {
        return parsed.get_body().unwrap_or_default();
    }
    let bytes = parsed.get_body_raw().unwrap_or_default();
    sheet::decode(&bytes)
        .map(|(text, _)| text)
        .unwrap_or_default()
}

/// The last part of a name, without what could lead out of a folder.
fn file_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let clean: String = last.chars().filter(|c| !c.is_control()).take(120).collect();
    let clean = clean.trim().trim_start_matches('.').to_owned();
    if clean.is_empty() {
        "attachment".to_owned()
    } else {
        clean
    }
}

/// The order number that a text names: what follows `order no`, `PO`, `订单号` and the like.
#[must_use]
pub fn order_number(text: &str) -> Option<String> {
    const NAMES: &[&str] = &[
        "orderid",
        "order id",
        "order no",
        "order number",
        "order nr",
        "purchase order",
        "po no",
        "po number",
        "订单号",
        "订单编号",
        "单号",
        "采购单号",
        "order",
        "po",
    ];
    let lower = text.to_lowercase();
    NAMES.iter().find_map(|name| {
        let mut from = 0;
        loop {
            let at = lower.get(from..)?.find(name)? + from;
            from = at + name.len();
            let before = lower.get(..at).and_then(|b| b.chars().next_back());
            if before.is_some_and(|c| c.is_ascii_alphanumeric()) {
                continue;
            }
            if let Some(number) = number_at(lower.get(from..)?, text, from) {
                return Some(number);
            }
        }
    })
}

/// A word with a digit in it that stands right behind a name.
fn number_at(rest: &str, text: &str, from: usize) -> Option<String> {
    let skip =
        rest.find(|c: char| !matches!(c, ' ' | ':' | '.' | '#' | '：' | '=' | '\t' | '\u{a0}'))?;
    if skip == 0 && rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let tail = rest.get(skip..)?;
    let end = tail
        .find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_')))
        .unwrap_or(tail.len());
    let word = tail.get(..end)?;
    let digits = word.chars().filter(char::is_ascii_digit).count();
    // The text as it was written, where lower case has not changed its length.
    let written = if text.len() == from + rest.len() {
        text.get(from + skip..from + skip + end)
    } else {
        None
    };
    (digits > 0 && !word.is_empty()).then(|| written.unwrap_or(word).to_owned())
}

/// A total with its currency that a text names.
#[must_use]
pub fn total(text: &str) -> Option<(Micro, String)> {
    const NAMES: &[&str] = &["total", "totaal", "合计", "总计", "总额", "金额"];
    for line in text.lines() {
        let lower = line.to_lowercase();
        if !NAMES.iter().any(|name| lower.contains(name)) {
            continue;
        }
        let words: Vec<&str> = line.split_whitespace().collect();
        let amount = words.iter().enumerate().find_map(|(at, w)| {
            let value = w.replace(',', "").parse::<Micro>().ok()?;
            Some((at, value))
        });
        if let Some((at, value)) = amount {
            let is_code = |w: &&&str| w.len() == 3 && w.chars().all(|c| c.is_ascii_uppercase());
            let around = [
                words.get(at + 1),
                at.checked_sub(1).and_then(|b| words.get(b)),
            ];
            let currency = around
                .into_iter()
                .flatten()
                .find(is_code)
                .map(|w| (*w).to_owned());
            return Some((value, currency.unwrap_or_default()));
        }
    }
    None
}
