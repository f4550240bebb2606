//! Looks into a packed workbook (XLSX, ODS) before it is read into memory.
//!
//! What the archive says of its size is checked, then what it really unpacks to, member by member,
//! without keeping any of it. Numbers inside that make the reader take memory (a count of shared
//! texts, the extent of a sheet, repeated cells) are checked on the way.

use std::io::{BufReader, Cursor, Read};

use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::SheetError;
use crate::transfer::limits::{
    CELLS_MAX, COLUMNS_MAX, INFLATED_FREE, INFLATED_MB_MAX, INFLATION_MAX, Limit, MEMBERS_MAX,
    ROWS_MAX, RUN_MAX, SHARED_BYTES_MAX, TAGS_MAX, TEXT_BYTES_MAX,
};

/// What is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Packed {
    Xlsx,
    Ods,
}

/// Judges an archive by its directory and by unpacking it once.
pub(super) fn look(bytes: &[u8]) -> Result<Packed, SheetError> {
    let damaged = |e: zip::result::ZipError| SheetError::Damaged(e.to_string());
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    if zip.len() > MEMBERS_MAX {
        return Err(Limit::Members.into());
    }
    let mut left = Left {
        inflated: allowed(bytes.len())?,
        tags: TAGS_MAX,
    };
    let mut said: u64 = 0;
    for at in 0..zip.len() {
        said = said.saturating_add(zip.by_index_raw(at).map_err(damaged)?.size());
    }
    if usize::try_from(said).map_or(true, |said| said > left.inflated) {
        return Err(left.reached());
    }
    let ods = zip.index_for_name("content.xml").is_some();
    for at in 0..zip.len() {
        // A member that cannot be unpacked is the reader's to refuse, where it needs it.
        let Ok(member) = zip.by_index(at) else {
            continue;
        };
        let name = member.name().map(|n| n.to_lowercase()).unwrap_or_default();
        left.member(&name, member)?;
        if is_xml(&name)
            && let Ok(member) = zip.by_index(at)
        {
            sound(&name, member)?;
        }
    }
    Ok(if ods { Packed::Ods } else { Packed::Xlsx })
}

fn is_xml(name: &str) -> bool {
    name.ends_with(".xml") || name.ends_with(".rels")
}

/// Reads a member to its end: the reader of workbooks waits for ever for the end of a tag or an
/// element that is never closed.
fn sound(name: &str, member: impl Read) -> Result<(), SheetError> {
    let damaged = |why: &str| SheetError::Damaged(format!("{name}: {why}"));
    let mut reader = quick_xml::Reader::from_reader(BufReader::new(member));
    let (mut buffer, mut depth) = (Vec::new(), 0_usize);
    loop {
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(_)) => depth += 1,
            Ok(Event::End(_)) => depth = depth.saturating_sub(1),
            Ok(Event::Eof) if depth == 0 => return Ok(()),
            Ok(Event::Eof) => return Err(damaged("<")),
            Err(error) => return Err(damaged(&error.to_string())),
            Ok(_) => {}
        }
        buffer.clear();
    }
}

/// Bytes that a file of that length may unpack to.
fn allowed(packed: usize) -> Result<usize, SheetError> {
    let most = packed.saturating_mul(INFLATION_MAX).max(INFLATED_FREE);
    Ok(most.min(INFLATED_MB_MAX * 1024 * 1024))
}

/// What may still come.
struct Left {
    inflated: usize,
    tags: usize,
}

impl Left {
    /// The limit that a file reached which unpacks to more than it may.
    fn reached(&self) -> SheetError {
        if self.inflated >= INFLATED_MB_MAX * 1024 * 1024 {
            Limit::Inflated.into()
        } else {
            Limit::Ratio.into()
        }
    }

    /// Unpacks a member and lets it go; looks at XML on the way.
    fn member(&mut self, name: &str, member: impl Read) -> Result<(), SheetError> {
        let xml = is_xml(name);
        let shared = name.ends_with("sharedstrings.xml");
        let content = name == "content.xml";
        let sheet = name.contains("worksheets/") && name.ends_with(".xml");
        let mut counted = Counted {
            inner: member,
            left: self.inflated,
            over: false,
            run: 0,
            longest: 0,
            tags: 0,
            xml,
        };
        let found = if shared {
            shared_texts(&mut counted)
        } else if content {
            Ods::default().look(&mut counted)
        } else if sheet {
            dimension(&mut counted)
        } else {
            Ok(())
        };
        let whole = self.inflated;
        drain(&mut counted);
        if counted.over {
            self.inflated = whole;
            return Err(self.reached());
        }
        found?;
        let used = whole - counted.left;
        self.inflated = counted.left;
        if counted.longest > RUN_MAX {
            return Err(Limit::Cell.into());
        }
        if shared && (used > SHARED_BYTES_MAX || counted.tags > 8 * CELLS_MAX) {
            return Err(Limit::Text.into());
        }
        if xml && !shared && !content && !sheet {
            self.tags = self
                .tags
                .checked_sub(counted.tags)
                .ok_or(SheetError::from(Limit::Tags))?;
        }
        Ok(())
    }
}

fn drain(from: &mut impl Read) {
    let mut buffer = [0_u8; 16 * 1024];
    // A member that breaks off is the reader's to refuse.
    while from.read(&mut buffer).is_ok_and(|n| n > 0) {}
}

/// Counts what is unpacked and stops at the limit.
struct Counted<R> {
    inner: R,
    left: usize,
    over: bool,
    /// Bytes since the last tag, and the most there were.
    run: usize,
    longest: usize,
    tags: usize,
    xml: bool,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.over || self.longest > RUN_MAX {
            return Ok(0);
        }
        let got = self.inner.read(buffer)?;
        if got > self.left {
            self.over = true;
            return Ok(0);
        }
        self.left -= got;
        if self.xml {
            for piece in buffer
                .get(..got)
                .unwrap_or_default()
                .split_inclusive(|b| *b == b'<')
            {
                self.run += piece.len();
                self.longest = self.longest.max(self.run);
                if piece.last() == Some(&b'<') {
                    self.run = 0;
                    self.tags += 1;
                }
            }
        }
        Ok(got)
    }
}

type Xml<'a, R> = quick_xml::Reader<BufReader<&'a mut Counted<R>>>;

fn xml<R: Read>(from: &mut Counted<R>) -> Xml<'_, R> {
    let mut reader = quick_xml::Reader::from_reader(BufReader::new(from));
    reader.config_mut().check_end_names = false;
    reader
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut all = tag.attributes();
    let named =
        |a: &quick_xml::events::attributes::Attribute<'_>| a.key.local_name().as_ref() == name;
    let found = all.with_checks(false).flatten().find(named)?;
    Some(found.value.clone().into_owned())
}

/// The count of shared texts is believed by the reader: it must be one that can be.
fn shared_texts<R: Read>(from: &mut Counted<R>) -> Result<(), SheetError> {
    let mut reader = xml(from);
    let mut buffer = Vec::new();
    loop {
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(tag) | Event::Empty(tag)) => {
                let count = attribute(&tag, "uniqueCount");
                let count = count.and_then(|n| n.trim().parse::<usize>().ok());
                return match count {
                    Some(n) if n > SHARED_BYTES_MAX / 8 => Err(Limit::Text.into()),
                    _ => Ok(()),
                };
            }
            Ok(Event::Eof) | Err(_) => return Ok(()),
            Ok(_) => {}
        }
        buffer.clear();
    }
}

/// The extent that a sheet says it has must not end before it begins.
fn dimension<R: Read>(from: &mut Counted<R>) -> Result<(), SheetError> {
    let mut reader = xml(from);
    let mut buffer = Vec::new();
    loop {
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(tag) | Event::Empty(tag)) => match tag.local_name().as_ref() {
                "dimension" => {
                    let extent = attribute(&tag, "ref").unwrap_or_default();
                    let ends = extent.split_once(':').map(|(a, b)| (place(a), place(b)));
                    return match ends {
                        Some((Some(a), Some(b))) if a.0 > b.0 || a.1 > b.1 => {
                            Err(SheetError::Damaged(format!("dimension {extent}")))
                        }
                        _ => Ok(()),
                    };
                }
                "sheetData" => return Ok(()),
                _ => {}
            },
            Ok(Event::Eof) | Err(_) => return Ok(()),
            Ok(_) => {}
        }
        buffer.clear();
    }
}

/// Column and row of `B12`; both from one.
fn place(text: &str) -> Option<(u64, u64)> {
    let text = text.trim_matches('$');
    let end = text.find(|c: char| c.is_ascii_digit())?;
    let (letters, row) = text.split_at_checked(end)?;
    let column = letters
        .bytes()
        .filter(|b| *b != b'$')
        .try_fold(0_u64, |n, b| {
            let digit = u64::from(b.to_ascii_uppercase().checked_sub(b'A')?) + 1;
            n.checked_mul(26)?.checked_add(digit)
        })?;
    Some((column, row.parse().ok()?))
}

/// What the cells of an ODS would become: it may repeat one cell a million times in a few bytes.
#[derive(Default)]
struct Ods {
    /// Of the table at hand: rows, the last one that holds anything, the widest.
    rows: usize,
    last: usize,
    wide: usize,
    /// Of the row at hand: how often it repeats, cells, the last one that holds anything.
    repeat: usize,
    columns: usize,
    filled: usize,
    /// Of the cell at hand: how often it repeats, bytes of its text, whether it holds anything.
    times: usize,
    text: usize,
    holds: bool,
    /// Of all tables: cells, bytes of text.
    cells: usize,
    read: usize,
    bytes: usize,
    row_bytes: usize,
}

impl Ods {
    fn look<R: Read>(mut self, from: &mut Counted<R>) -> Result<(), SheetError> {
        let mut reader = xml(from);
        let mut buffer = Vec::new();
        loop {
            match reader.read_event_into(&mut buffer) {
                Ok(Event::Start(tag)) => self.start(&tag),
                Ok(Event::Empty(tag)) => {
                    self.start(&tag);
                    self.end(tag.local_name().as_ref())?;
                }
                Ok(Event::End(tag)) => self.end(tag.local_name().as_ref())?,
                Ok(Event::Text(text)) => {
                    self.text = self.text.saturating_add(text.len());
                    self.holds |= !text.trim().is_empty();
                }
                Ok(Event::Eof) | Err(_) => return Ok(()),
                Ok(_) => {}
            }
            buffer.clear();
        }
    }

    fn start(&mut self, tag: &BytesStart<'_>) {
        let count = |name: &str| {
            let n = attribute(tag, name).and_then(|n| n.trim().parse::<usize>().ok());
            n.unwrap_or(1).max(1)
        };
        match tag.local_name().as_ref() {
            "table" => {
                (self.rows, self.last, self.wide) = (0, 0, 0);
            }
            "table-row" => {
                self.repeat = count("number-rows-repeated");
                (self.columns, self.filled, self.row_bytes) = (0, 0, 0);
            }
            "table-cell" | "covered-table-cell" => {
                self.times = count("number-columns-repeated");
                self.text = 0;
                self.holds = tag.attributes().with_checks(false).flatten().any(|a| {
                    let name: &str = a.key.as_ref();
                    name.starts_with("office:") || name == "table:formula"
                });
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str) -> Result<(), SheetError> {
        match name {
            "table-cell" | "covered-table-cell" => {
                self.columns = self.columns.saturating_add(self.times);
                if self.holds {
                    if self.columns > COLUMNS_MAX {
                        return Err(self.limit(Limit::Columns));
                    }
                    self.filled = self.columns;
                    let bytes = self.text.saturating_mul(self.times);
                    self.row_bytes = self.row_bytes.saturating_add(bytes);
                }
                self.holds = false;
            }
            "table-row" => {
                let before = self.rows;
                self.rows = self.rows.saturating_add(self.repeat);
                if self.filled > 0 {
                    self.last = self.rows;
                    self.wide = self.wide.max(self.filled);
                    self.read += self.filled;
                    let bytes = self.row_bytes.saturating_mul(self.repeat);
                    self.bytes = self.bytes.saturating_add(bytes);
                    if self.last > ROWS_MAX {
                        self.rows = before;
                        return Err(self.limit(Limit::Rows));
                    }
                }
                let extent = self
                    .cells
                    .saturating_add(self.last.saturating_mul(self.wide));
                if extent > CELLS_MAX || self.read > CELLS_MAX {
                    return Err(self.limit(Limit::Cells));
                }
                if self.bytes > TEXT_BYTES_MAX {
                    return Err(self.limit(Limit::Text));
                }
                self.filled = 0;
            }
            "table" => {
                self.cells = self
                    .cells
                    .saturating_add(self.last.saturating_mul(self.wide));
                (self.rows, self.last, self.wide) = (0, 0, 0);
            }
            _ => {}
        }
        Ok(())
    }

    fn limit(&self, limit: Limit) -> SheetError {
        SheetError::at(limit, "", self.rows + 1, None)
    }
}
