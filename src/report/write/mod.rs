//! Writing a report: workbook, CSV, Markdown, HTML for printing.

mod chart;
mod csv;
mod html;
mod markdown;
mod xlsx;

use super::Paper;
use crate::text::{Lang, safe};

/// The kinds of files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Xlsx,
    Csv,
    Markdown,
    Html,
}

impl Format {
    pub const ALL: &'static [(Self, &'static str)] = &[
        (Self::Xlsx, "xlsx"),
        (Self::Csv, "csv"),
        (Self::Markdown, "md"),
        (Self::Html, "html"),
    ];

    /// The format of a file's name.
    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        let ending = name.rsplit_once('.')?.1.to_lowercase();
        let found = Self::ALL.iter().find(|(_, e)| *e == ending);
        found.map(|(format, _)| *format)
    }
}

/// Why there is no file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotWritten {
    /// Nobody waits for it any more.
    Stopped,
    /// What the writer of workbooks says.
    Failed(String),
}

/// Rows between two looks whether anybody still waits.
const ROWS_A_LOOK: usize = 64;

/// Hears how far the writing is; counts rows.
struct Watch<'a> {
    told: &'a dyn Fn(usize, usize) -> bool,
    done: usize,
    total: usize,
}

impl Watch<'_> {
    /// One row more is written.
    fn row(&mut self) -> Result<(), NotWritten> {
        self.done += 1;
        let look = self.done.is_multiple_of(ROWS_A_LOOK) || self.done == self.total;
        if look && !(self.told)(self.done, self.total) {
            return Err(NotWritten::Stopped);
        }
        Ok(())
    }
}

/// The report as a file of that format.
///
/// # Errors
/// What the writer of workbooks says.
pub fn bytes(paper: &Paper, format: Format, lang: Lang) -> Result<Vec<u8>, String> {
    bytes_told(paper, format, lang, &|_, _| true).map_err(|error| match error {
        NotWritten::Stopped => String::new(),
        NotWritten::Failed(reason) => reason,
    })
}

/// The report as a file of that format; `told` hears the rows written of all rows, and stops it
/// by answering false.
///
/// # Errors
/// Where it was stopped, or what the writer of workbooks says.
pub fn bytes_told(
    paper: &Paper,
    format: Format,
    lang: Lang,
    told: &dyn Fn(usize, usize) -> bool,
) -> Result<Vec<u8>, NotWritten> {
    let total = paper.tables.iter().map(|t| t.rows.len()).sum();
    let mut watch = Watch {
        told,
        done: 0,
        total,
    };
    match format {
        Format::Xlsx => xlsx::write(paper, &mut watch),
        Format::Csv => csv::write(paper, &mut watch),
        Format::Markdown => markdown::write(paper, &mut watch).map(String::into_bytes),
        Format::Html => html::write(paper, lang, &mut watch).map(String::into_bytes),
    }
}

/// The first characters by which spreadsheet programs know a formula, wide forms included; tabs and
/// line ends, which some take for one, never remain in a shown text.
const FORMULA: &[char] = &['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// Text from anywhere as it may stand in a file of text: nothing in it acts on a terminal or hides,
/// and what a spreadsheet program would run as a formula gets the mark that makes it text.
pub(crate) fn harmless(text: &str) -> String {
    let shown = safe::shown_lines(text);
    // Blanks and marks before it are looked through, so that the mark comes off again unmistakably.
    let first = shown.trim_start_matches(|c: char| c == '\'' || c.is_whitespace());
    if first.starts_with(FORMULA) && shown.trim().chars().count() > 1 {
        format!("'{shown}")
    } else {
        shown.into_owned()
    }
}
