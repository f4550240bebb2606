//! Writing a report: workbook, CSV, Markdown, HTML for printing.

mod csv;
mod html;
mod markdown;
mod xlsx;

use super::Paper;
use crate::text::Lang;

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

/// The report as a file of that format.
///
/// # Errors
/// What the writer of workbooks says.
pub fn bytes(paper: &Paper, format: Format, lang: Lang) -> Result<Vec<u8>, String> {
    match format {
        Format::Xlsx => xlsx::write(paper),
        Format::Csv => csv::write(paper),
        Format::Markdown => Ok(markdown::write(paper).into_bytes()),
        Format::Html => Ok(html::write(paper, lang).into_bytes()),
    }
}
