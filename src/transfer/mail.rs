//! A mail file: who wrote what when, its tables, its attachments.
//!
//! The text is kept word for word. Names of attachments are cut to a file name; nothing is written
//! here. Lines and marks are counted before the mail is taken apart, sizes while it is.

use chrono::{DateTime, NaiveDateTime};
use mailparse::body::Body;
use mailparse::{MailHeaderMap, ParsedMail};

use super::draft::{Evidence, Fault};
use super::limits::{
    ATTACHED_MB_MAX, ATTACHMENTS_MAX, HEADER_LINES_MAX, Limit, MIME_DEPTH_MAX, NAME_MAX, PARTS_MAX,
};
use super::sheet;
use super::shield::shielded;
use crate::domain::quantity::Micro;
use crate::text::safe::typed;

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
/// Where it is no mail, or reaches a limit.
pub fn read(bytes: &[u8]) -> Result<Mail, Fault> {
    let mut reading = Reading {
        parts: PARTS_MAX,
        attachments: ATTACHMENTS_MAX,
        attached: ATTACHED_MB_MAX * 1024 * 1024,
        header_lines: HEADER_LINES_MAX,
    };
    shielded(|| reading.mail(bytes, 0)).unwrap_or_else(|| Err(Fault::Mail("?".to_owned())))
}

/// What a mail, with all that is in it, may still have.
struct Reading {
    parts: usize,
    attachments: usize,
    attached: usize,
    header_lines: usize,
}

impl Reading {
    fn mail(&mut self, bytes: &[u8], depth: usize) -> Result<Mail, Fault> {
        let bytes = match bytes.strip_prefix(b"From ") {
            Some(rest) => rest
                .iter()
                .position(|b| *b == b'\n')
                .and_then(|at| rest.get(at + 1..))
                .unwrap_or_default(),
            None => bytes,
        };
        self.frame(bytes)?;
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
        self.part(&parsed, &mut mail, depth)?;
        if mail.text.trim().is_empty() {
            mail.text = sheet::plain(&mail.html);
        }
        mail.text = mail.text.chars().take(WORDS_MAX).collect();
        Ok(mail)
    }

    /// Counts lines of headers and marks between parts before the mail is taken apart, which costs
    /// memory for each of them.
    fn frame(&mut self, bytes: &[u8]) -> Result<(), Fault> {
        let marks = boundaries(bytes)?;
        let (mut heading, mut parts) = (true, 2 * PARTS_MAX);
        for line in bytes.split(|b| *b == b'\n') {
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            let behind = line.strip_prefix(b"--");
            if behind.is_some_and(|rest| marks.iter().any(|m| rest.starts_with(m))) {
                heading = true;
                parts = parts.checked_sub(1).ok_or(Fault::from(Limit::Parts))?;
            } else if line.is_empty() {
                heading = false;
            } else if heading {
                let left = self.header_lines.checked_sub(1);
                self.header_lines = left.ok_or(Fault::from(Limit::HeaderLines))?;
            }
        }
        Ok(())
    }

    fn part(
        &mut self,
        parsed: &ParsedMail<'_>,
        mail: &mut Mail,
        depth: usize,
    ) -> Result<(), Fault> {
        if depth > MIME_DEPTH_MAX {
            return Err(Limit::MimeDepth.into());
        }
        self.parts = self.parts.checked_sub(1).ok_or(Fault::from(Limit::Parts))?;
        let disposition = parsed.get_content_disposition();
        let name = disposition
            .params
            .get("filename")
            .or_else(|| parsed.ctype.params.get("name"));
        if let Some(name) = name {
            if let Some(bytes) = self.bytes(parsed)? {
                let left = self.attachments.checked_sub(1);
                self.attachments = left.ok_or(Fault::from(Limit::Attachments))?;
                mail.attachments.push(Evidence {
                    name: file_name(name),
                    bytes,
                });
            }
            return Ok(());
        }
        match parsed.ctype.mimetype.as_str() {
            "text/plain" => mail.text.push_str(&body(parsed)),
            "text/html" => mail.html.push_str(&body(parsed)),
            "message/rfc822" => {
                let inner = match self.bytes(parsed)? {
                    Some(bytes) => self.mail(&bytes, depth + 1),
                    None => return Ok(()),
                };
                match inner {
                    Ok(inner) => {
                        mail.text.push_str(&inner.text);
                        mail.html.push_str(&inner.html);
                        mail.attachments.extend(inner.attachments);
                    }
                    // One that cannot be read is left out; one that is too much ends the reading.
                    Err(fault @ Fault::Sheet(_)) => return Err(fault),
                    Err(_) => {}
                }
            }
            _ => {
                for sub in &parsed.subparts {
                    self.part(sub, mail, depth + 1)?;
                }
            }
        }
        Ok(())
    }

    /// The decoded bytes of a part; none where its encoding is broken.
    fn bytes(&mut self, parsed: &ParsedMail<'_>) -> Result<Option<Vec<u8>>, Fault> {
        let bytes = match parsed.get_body_encoded() {
            Body::Base64(body) | Body::QuotedPrintable(body) => body.get_decoded().ok(),
            Body::SevenBit(body) | Body::EightBit(body) => Some(body.get_raw().to_vec()),
            Body::Binary(body) => Some(body.get_raw().to_vec()),
        };
        let size = bytes.as_ref().map_or(0, Vec::len);
        self.attached = self
            .attached
            .checked_sub(size)
            .ok_or(Fault::from(Limit::Attached))?;
        Ok(bytes)
    }
}

/// The marks that the headers of a mail put between its parts.
fn boundaries(bytes: &[u8]) -> Result<Vec<&[u8]>, Fault> {
    const NAME: &[u8] = b"boundary";
    let mut found: Vec<&[u8]> = Vec::new();
    let mut at = 0;
    while let Some(window) = bytes.get(at..at + NAME.len()) {
        if !window.eq_ignore_ascii_case(NAME) {
            at += 1;
            continue;
        }
        at += NAME.len();
        let rest = bytes.get(at..).unwrap_or_default().trim_ascii_start();
        let Some(rest) = rest.strip_prefix(b"=").map(<[u8]>::trim_ascii_start) else {
            continue;
        };
        let quoted = rest.strip_prefix(b"\"");
        let (rest, ends): (&[u8], &[u8]) = match quoted {
            Some(rest) => (rest, b"\"\r\n"),
            None => (rest, b"; \t\r\n"),
        };
        let end = rest.iter().position(|b| ends.contains(b));
        let mark = rest.get(..end.unwrap_or(rest.len())).unwrap_or_default();
        if !mark.is_empty() && !found.contains(&mark) {
            found.push(mark);
        }
        if found.len() > PARTS_MAX {
            return Err(Limit::Parts.into());
        }
    }
    Ok(found)
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

/// The text of a part. One that names no character set, or is not in the one it names, is read as
/// any file is.
fn body(parsed: &ParsedMail<'_>) -> String {
    if parsed.ctype.params.contains_key("charset") {
        let text = parsed.get_body().unwrap_or_default();
        if !text.contains(char::REPLACEMENT_CHARACTER) {
            return text;
        }
        let bytes = parsed.get_body_raw().unwrap_or_default();
        return sheet::decode(&bytes).map_or(text, |(text, _)| text);
    }
    let bytes = parsed.get_body_raw().unwrap_or_default();
    sheet::decode(&bytes)
        .map(|(text, _)| text)
        .unwrap_or_default()
}

/// The last part of a name, without what could lead out of a folder, act on a terminal or be a
/// device of some system; the ending is kept where the name is cut.
fn file_name(name: &str) -> String {
    const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "com", "lpt"];
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let clean: String = typed(last)
        .chars()
        .map(|c| if "<>:\"|?*".contains(c) { '_' } else { c })
        .collect();
    let mut clean = clean.trim().trim_matches('.').trim().to_owned();
    let count = clean.chars().count();
    if count > NAME_MAX {
        let (stem, ending) = clean.rsplit_once('.').unwrap_or((&clean, ""));
        let ending: String = ending.chars().take(8).collect();
        let stem: String = stem.chars().take(NAME_MAX - 9).collect();
        clean = format!("{stem}.{ending}");
    }
    let stem = clean.split('.').next().unwrap_or_default().to_lowercase();
    let device = stem.trim_end_matches(|c: char| c.is_ascii_digit());
    let numbered = stem.len() <= device.len() + 1;
    if clean.is_empty() {
        "attachment".to_owned()
    } else if DEVICES.contains(&device) && numbered {
        format!("_{clean}")
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
