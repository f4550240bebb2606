//! Tables as other programs write them: CSV in any encoding, workbooks, tables in a mail.
//!
//! Bytes in, cells out; what a cell means is decided elsewhere. Rows keep the numbers they have in
//! the file, so that an error can name its place.

mod book;
mod packed;
mod xls;

use chrono::NaiveDate;
use encoding_rs::{BIG5, Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

use super::limits::{CELL_MAX, CELLS_MAX, COLUMNS_MAX, FILE_BYTES_MAX, Limit, ROWS_MAX};
pub use book::workbook;

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
    /// It reached a limit, and where: sheet, row from one, column from zero.
    Limit {
        limit: Limit,
        sheet: String,
        row: usize,
        column: Option<usize>,
    },
    /// It is no workbook, or a damaged one; the reader's own words.
    Damaged(String),
    /// It is text in no encoding that is known.
    Encoding,
    Empty,
}

impl SheetError {
    pub(super) fn at(limit: Limit, sheet: &str, row: usize, column: Option<usize>) -> Self {
        Self::Limit {
            limit,
            sheet: sheet.to_owned(),
            row,
            column,
        }
    }
}

impl From<Limit> for SheetError {
    /// A limit of the whole file.
    fn from(limit: Limit) -> Self {
        Self::at(limit, "", 0, None)
    }
}

/// Text from bytes: byte-order mark, UTF-8, UTF-16, GB18030, Big5, and last what its bytes look like.
///
/// # Errors
/// [`SheetError::Encoding`] where there are NUL bytes, nothing fits, or the text breaks off within
/// a character.
pub fn decode(bytes: &[u8]) -> Result<(String, &'static str), SheetError> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let rest = bytes.get(mark..).unwrap_or_default();
        let text = encoding.decode_without_bom_handling_and_without_replacement(rest);
        let text = text.ok_or(SheetError::Encoding)?;
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
        .map_or_else(|| guessed(bytes), Ok)
}

fn looks_like(bytes: &[u8]) -> &'static Encoding {
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, chardetng::Utf8Detection::Allow)
}

fn guessed(bytes: &[u8]) -> Result<(String, &'static str), SheetError> {
    let encoding = looks_like(bytes);
    let (text, _, broken) = encoding.decode(bytes);
    if broken {
        return Err(SheetError::Encoding);
    }
    Ok((text.into_owned(), encoding.name()))
}

/// A CSV file; the separator is the one of `,` `;` tab that its first lines have most of.
///
/// # Errors
/// Where it is too large, in no known encoding, or empty.
pub fn csv(file: &str, bytes: &[u8]) -> Result<Sheet, SheetError> {
    if bytes.len() > FILE_BYTES_MAX {
        return Err(Limit::File.into());
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
    let (mut record, mut left) = (::csv::StringRecord::new(), CELLS_MAX);
    while reader
        .read_record(&mut record)
        .map_err(|e| SheetError::Damaged(e.to_string()))?
    {
        // A quoted line break would shift later rows; the reader knows the line it is on.
        let line = record
            .position()
            .map_or(rows.len() + 1, |at| line_of(&text, at));
        while rows.len() + 1 < line && rows.len() < ROWS_MAX {
            rows.push(Vec::new());
        }
        if rows.len() >= ROWS_MAX {
            return Err(SheetError::at(Limit::Rows, "", line, None));
        }
        let cells = csv_row(&record, line)?;
        left = left
            .checked_sub(cells.len())
            .ok_or_else(|| SheetError::at(Limit::Cells, "", line, None))?;
        rows.push(cells);
    }
    Ok(Sheet {
        file: file.to_owned(),
        name: String::new(),
        first_row: 1,
        rows,
    })
}

/// The line, from one, that a record begins on: the reader tells where the blank lines before it do.
fn line_of(text: &str, at: &::csv::Position) -> usize {
    let from = usize::try_from(at.byte()).unwrap_or(usize::MAX);
    let rest = text.as_bytes().get(from..).unwrap_or_default();
    let blank = rest.iter().take_while(|b| matches!(b, b'\r' | b'\n'));
    let skipped = blank.filter(|b| **b == b'\n').count();
    usize::try_from(at.line())
        .unwrap_or(usize::MAX)
        .saturating_add(skipped)
}

/// The cells of a row up to the last one that holds anything.
fn csv_row(record: &::csv::StringRecord, line: usize) -> Result<Vec<Cell>, SheetError> {
    let filled = record
        .iter()
        .zip(1..)
        .filter(|(text, _)| !text.trim().is_empty());
    let count = filled.last().map_or(0, |(_, nth)| nth);
    if count > COLUMNS_MAX {
        return Err(SheetError::at(Limit::Columns, "", line, Some(count - 1)));
    }
    let cells = record.iter().take(count).enumerate();
    cells
        .map(|(at, text)| {
            if text.len() > CELL_MAX && text.chars().count() > CELL_MAX {
                return Err(SheetError::at(Limit::Cell, "", line, Some(at)));
            }
            Ok(text_cell(unmarked(text)))
        })
        .collect()
}

/// Text without the mark that keeps spreadsheet programs from running it as a formula.
fn unmarked(text: &str) -> &str {
    let runs = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];
    let first = text.trim_start_matches(|c: char| c == '\'' || c.is_whitespace());
    let marked = text.strip_prefix('\'');
    marked.filter(|_| first.starts_with(runs)).unwrap_or(text)
}

fn text_cell(text: &str) -> Cell {
    if text.trim().is_empty() {
        Cell::Empty
    } else {
        Cell::Text(text.to_owned())
    }
}

/// The tables of an HTML text, cell by cell, tags and entities taken off.
///
/// # Errors
/// Where a table has more rows, columns or cells than a sheet may have.
pub fn html(file: &str, text: &str) -> Result<Vec<Sheet>, SheetError> {
    let lower = text.to_lowercase();
    if lower.len() != text.len() {
        // Letters whose small form has another length would shift the places found below.
        return Ok(Vec::new());
    }
    let (mut sheets, mut left) = (Vec::new(), CELLS_MAX);
    for table in pieces(&lower, text, "table") {
        let small = table.to_lowercase();
        let mut rows = Vec::new();
        for (row, line) in pieces(&small, table, "tr").into_iter().zip(1..) {
            let small = row.to_lowercase();
            let mut cells = pieces(&small, row, "th");
            cells.extend(pieces(&small, row, "td"));
            let at = |limit| SheetError::at(limit, "", line, None);
            if line > ROWS_MAX {
                return Err(at(Limit::Rows));
            }
            if cells.len() > COLUMNS_MAX {
                return Err(at(Limit::Columns));
            }
            left = left
                .checked_sub(cells.len())
                .ok_or_else(|| at(Limit::Cells))?;
            let cells: Vec<String> = cells.into_iter().map(plain).collect();
            if cells.iter().any(|text| text.chars().count() > CELL_MAX) {
                return Err(at(Limit::Cell));
            }
            rows.push(cells.iter().map(|text| text_cell(text)).collect());
        }
        if rows.len() > 1 {
            sheets.push(Sheet {
                file: file.to_owned(),
                name: String::new(),
                first_row: 1,
                rows,
            });
        }
    }
    Ok(sheets)
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
        // Other tags that begin so are stepped over before their end is looked for.
        if !named {
            at = after;
            continue;
        }
        let Some(begin) = lower
            .get(after..)
            .and_then(|rest| rest.find('>'))
            .map(|n| n + after + 1)
        else {
            break;
        };
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
