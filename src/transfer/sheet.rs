//! Tables as other programs write them: CSV in any encoding, workbooks, tables in a mail.
//!
//! Bytes in, cells out; what a cell means is decided elsewhere. Rows keep the numbers they have in
//! the file, so that an error can name its place.

use std::io::Cursor;

use calamine::{Data, Reader, open_workbook_auto_from_rs};
use chrono::NaiveDate;
use encoding_rs::{BIG5, Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

/// The largest file that is read, in bytes.
pub const FILE_BYTES_MAX: usize = 64 * 1024 * 1024;
/// The most rows of a sheet.
pub const ROWS_MAX: usize = 100_000;
/// The most columns of a sheet; a sheet "used" to its last column has only blanks there.
pub const COLUMNS_MAX: usize = 512;
/// The longest cell, in characters.
pub const CELL_MAX: usize = 32_767;
/// How much larger than itself a packed file may become.
pub const INFLATION_MAX: u64 = 200;

/// One cell as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Cell {
    #[default]
    Empty,
    Text(String),
    /// A number as decimal text.
    Number(String),
    Date(NaiveDate),
}

impl Cell {
    /// The cell as text, without blanks around it.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) | Self::Number(text) => text.trim().to_owned(),
            Self::Date(date) => date.to_string(),
        }
    }

    #[must_use]
    pub fn is_blank(&self) -> bool {
        match self {
            Self::Empty => true,
            Self::Text(text) => text.trim().is_empty(),
            _ => false,
        }
    }
}

/// A table with the place it came from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sheet {
    pub file: String,
    pub name: String,
    /// Number of the first row in the file, from one.
    pub first_row: usize,
    pub rows: Vec<Vec<Cell>>,
}

/// Why a file cannot be read as a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SheetError {
    TooLarge,
    TooManyRows,
    /// It would be many times larger when unpacked.
    Inflates,
    /// It is no workbook, or a damaged one; the reader's own words.
    Damaged(String),
    /// It is text in no encoding that is known.
    Encoding,
    Empty,
}

/// Text from bytes: byte-order mark, UTF-8, UTF-16, GB18030, Big5, and last what its bytes look like.
///
/// # Errors
/// [`SheetError::Encoding`] where there are NUL bytes or nothing fits.
pub fn decode(bytes: &[u8]) -> Result<(String, &'static str), SheetError> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let rest = bytes.get(mark..).unwrap_or_default();
        let (text, _) = encoding.decode_without_bom_handling(rest);
        return Ok((text.into_owned(), encoding.name()));
    }
    let strict = |encoding: &'static Encoding| {
        let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
        (!text.contains('\0')).then(|| (text.into_owned(), encoding.name()))
    };
    if let Some(found) = strict(UTF_8) {
        return Ok(found);
    }
    let zeros = |odd: usize| {
        bytes
            .iter()
            .skip(odd)
            .step_by(2)
            .filter(|b| **b == 0)
            .count()
    };
    if bytes.len() >= 4 && zeros(1) * 4 > bytes.len() {
        return strict(UTF_16LE).ok_or(SheetError::Encoding);
    }
    if bytes.len() >= 4 && zeros(0) * 4 > bytes.len() {
        return strict(UTF_16BE).ok_or(SheetError::Encoding);
    }
    if bytes.contains(&0) {
        return Err(SheetError::Encoding);
    }
    // Most Big5 text is valid GB18030 too: how often its characters are used decides.
    let first = if looks_like(bytes) == BIG5 {
        BIG5
    } else {
        GB18030
    };
    strict(first)
        .or_else(|| strict(GB18030))
        .or_else(|| strict(BIG5))
        .map_or_else(|| Ok(guessed(bytes)), Ok)
}

fn looks_like(bytes: &[u8]) -> &'static Encoding {
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, chardetng::Utf8Detection::Allow)
}

fn guessed(bytes: &[u8]) -> (String, &'static str) {
    let encoding = looks_like(bytes);
    let (text, _, _) = encoding.decode(bytes);
    (text.into_owned(), encoding.name())
}

/// A CSV file; the separator is the one of `,` `;` tab that its first lines have most of.
///
/// # Errors
/// Where it is too large, in no known encoding, or empty.
pub fn csv(file: &str, bytes: &[u8]) -> Result<Sheet, SheetError> {
    if bytes.len() > FILE_BYTES_MAX {
        return Err(SheetError::TooLarge);
    }
    let (text, _) = decode(bytes)?;
    if text.trim().is_empty() {
        return Err(SheetError::Empty);
    }
    let head: String = text.lines().take(5).collect();
    let count = |c: char| head.matches(c).count();
    let separator = [',', ';', '\t']
        .into_iter()
        .max_by_key(|c| count(*c))
        .unwrap_or(',');
    let mut reader = ::csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(u8::try_from(u32::from(separator)).unwrap_or(b','))
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|e| SheetError::Damaged(e.to_string()))?;
        // A quoted line break would shift later rows; the reader knows the line it is on.
        let line = record.position().map_or(rows.len() + 1, |p| {
            usize::try_from(p.line()).unwrap_or(usize::MAX)
        });
        while rows.len() + 1 < line && rows.len() < ROWS_MAX {
            rows.push(Vec::new());
        }
        if rows.len() >= ROWS_MAX {
            return Err(SheetError::TooManyRows);
        }
        let cells = record.iter().take(COLUMNS_MAX);
        rows.push(cells.map(|text| text_cell(unmarked(text))).collect());
    }
    Ok(Sheet {
        file: file.to_owned(),
        name: String::new(),
        first_row: 1,
        rows,
    })
}

/// Text without the mark that keeps spreadsheet programs from running it as a formula.
fn unmarked(text: &str) -> &str {
    let runs = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];
    let first = text.trim_start_matches(|c: char| c == '\'' || c.is_whitespace());
    let marked = text.strip_prefix('\'');
    marked.filter(|_| first.starts_with(runs)).unwrap_or(text)
}

fn text_cell(text: &str) -> Cell {
    let text: String = text.chars().take(CELL_MAX).collect();
    if text.trim().is_empty() {
        Cell::Empty
    } else {
        Cell::Text(text)
    }
}

/// All sheets of a workbook (XLSX, XLS, ODS) that hold anything.
///
/// # Errors
/// Where it is too large, packed too tightly, or no workbook.
pub fn workbook(file: &str, bytes: &[u8]) -> Result<Vec<Sheet>, SheetError> {
    if bytes.len() > FILE_BYTES_MAX {
        return Err(SheetError::TooLarge);
    }
    if inflated(bytes)
        > INFLATION_MAX
            .saturating_mul(bytes.len() as u64)
            .max(1 << 24)
    {
        return Err(SheetError::Inflates);
    }
    let mut book = open_workbook_auto_from_rs(Cursor::new(bytes))
        .map_err(|e| SheetError::Damaged(e.to_string()))?;
    let mut sheets = Vec::new();
    for name in book.sheet_names() {
        let range = book
            .worksheet_range(&name)
            .map_err(|e| SheetError::Damaged(e.to_string()))?;
        let (first, height) = (range.start().map_or(0, |s| s.0 as usize), range.height());
        if height > ROWS_MAX {
            return Err(SheetError::TooManyRows);
        }
        let left = range.start().map_or(0, |s| s.1 as usize);
        let rows: Vec<Vec<Cell>> = range
            .rows()
            .map(|row| {
                let blank = std::iter::repeat_n(Cell::Empty, left);
                blank
                    .chain(row.iter().map(workbook_cell))
                    .take(COLUMNS_MAX)
                    .collect()
            })
            .collect();
        if rows.iter().flatten().any(|cell| !cell.is_blank()) {
            sheets.push(Sheet {
                file: file.to_owned(),
                name,
                first_row: first + 1,
                rows,
            });
        }
    }
    if sheets.is_empty() {
        Err(SheetError::Empty)
    } else {
        Ok(sheets)
    }
}

fn workbook_cell(data: &Data) -> Cell {
    match data {
        Data::Empty | Data::Error(_) => Cell::Empty,
        Data::String(text) => text_cell(text),
        Data::Float(n) => Cell::Number(number_text(*n)),
        Data::Int(n) => Cell::Number(n.to_string()),
        Data::Bool(flag) => Cell::Text(flag.to_string()),
        Data::DateTime(at) => match at.as_datetime() {
            Some(at) => Cell::Date(at.date()),
            None => Cell::Number(number_text(at.as_f64())),
        },
        Data::DateTimeIso(text) | Data::DurationIso(text) => text_cell(text),
        // Kinds that a later version of the reader may add are shown as they print.
        #[allow(unreachable_patterns)]
        other => text_cell(&other.to_string()),
    }
}

/// A spreadsheet's number as a person reads it: no binary tail, no exponent.
fn number_text(n: f64) -> String {
    let text = format!("{n:.9}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// What a ZIP archive says its members take when unpacked; zero for other files.
///
/// Read from the central directory (PKWARE APPNOTE 4.3.12): signature, then at 24 the size.
fn inflated(bytes: &[u8]) -> u64 {
    const CENTRAL: &[u8] = b"PK\x01\x02";
    let size = |at: usize| {
        let field = bytes.get(at + 24..at + 28)?;
        Some(u64::from(u32::from_le_bytes(field.try_into().ok()?)))
    };
    if !bytes.starts_with(b"PK\x03\x04") {
        return 0;
    }
    let at = bytes
        .windows(CENTRAL.len())
        .enumerate()
        .filter(|(_, w)| *w == CENTRAL);
    at.filter_map(|(at, _)| size(at)).sum()
}

/// The tables of an HTML text, cell by cell, tags and entities taken off.
#[must_use]
pub fn html(file: &str, text: &str) -> Vec<Sheet> {
    let lower = text.to_lowercase();
    if lower.len() != text.len() {
        // Letters whose small form has another length would shift the places found below.
        return Vec::new();
    }
    let mut sheets = Vec::new();
    for table in pieces(&lower, text, "table") {
        let small = table.to_lowercase();
        let row = |row: &str| {
            let small = row.to_lowercase();
            let mut cells = pieces(&small, row, "th");
            cells.extend(pieces(&small, row, "td"));
            cells
                .into_iter()
                .take(COLUMNS_MAX)
                .map(|cell| text_cell(&plain(cell)))
                .collect::<Vec<_>>()
        };
        let rows: Vec<Vec<Cell>> = pieces(&small, table, "tr")
            .into_iter()
            .take(ROWS_MAX)
            .map(row)
            .collect();
        if rows.len() > 1 {
            sheets.push(Sheet {
                file: file.to_owned(),
                name: String::new(),
                first_row: 1,
                rows,
            });
        }
    }
    sheets
}

/// What stands between the tags of one name.
fn pieces<'a>(lower: &str, text: &'a str, tag: &str) -> Vec<&'a str> {
    let (open, close) = (format!("<{tag}"), format!("</{tag}"));
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = lower
        .get(at..)
        .and_then(|rest| rest.find(&open))
        .map(|n| n + at)
    {
        let after = start + open.len();
        let named = lower
            .get(after..)
            .is_some_and(|rest| rest.starts_with(['>', ' ', '\t', '\r', '\n']));
        let Some(begin) = lower
            .get(after..)
            .and_then(|rest| rest.find('>'))
            .map(|n| n + after + 1)
        else {
            break;
        };
        if !named {
            at = after;
            continue;
        }
        let end = lower
            .get(begin..)
            .and_then(|rest| rest.find(&close))
            .map_or(text.len(), |n| n + begin);
        found.extend(text.get(begin..end));
        at = end;
        if at >= text.len() {
            break;
        }
    }
    found
}

/// HTML as text: tags off, the usual entities resolved, blanks folded.
#[must_use]
pub fn plain(html: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' if inside => {
                inside = false;
                out.push(' ');
            }
            c if !inside => out.push(c),
            _ => {}
        }
    }
    for (entity, sign) in [
        ("&nbsp;", " "),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&amp;", "&"),
    ] {
        out = out.replace(entity, sign);
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}
