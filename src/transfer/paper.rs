//! A filed document as readable text, and the facts that stand in it.

use super::draft::Fault;
use super::sheet::{self, Sheet};
use super::{extension, mail};
use crate::text::safe::shown;
use crate::text::width::{Align, fit, width};

/// Lines that are shown of a document.
pub const LINES_MAX: usize = 5_000;
/// Cells of one column.
const COLUMN_CELLS: usize = 32;
/// Characters of a fact's name and of its value.
const KEY_CHARS: usize = 40;
const VALUE_CHARS: usize = 120;

/// A fact that stands in a file: its name, its value, where.
pub type Proposed = (String, String, String);

/// The document as lines, safe to show.
///
/// `pdf` is the text of a PDF where the caller could get it.
///
/// # Errors
/// Where the file is damaged or of a kind that cannot be shown as text.
pub fn text(name: &str, bytes: &[u8], pdf: Option<&str>) -> Result<Vec<String>, Fault> {
    let mut lines = match extension(name).as_str() {
        "csv" | "tsv" | "xlsx" | "xls" | "xlsm" | "ods" => {
            let sheets = sheets(name, bytes)?;
            sheets.iter().flat_map(table).collect()
        }
        "eml" => mail_lines(bytes)?,
        "pdf" => plain(pdf.ok_or(Fault::Pdf)?),
        "txt" | "md" | "log" | "xml" | "html" | "htm" | "json" | "edi" | "ini" | "toml" | "" => {
            plain(&sheet::decode(bytes).map_err(Fault::Sheet)?.0)
        }
        _ => return Err(Fault::UnknownKind),
    };
    lines.truncate(LINES_MAX);
    Ok(lines)
}

fn sheets(name: &str, bytes: &[u8]) -> Result<Vec<Sheet>, Fault> {
    match extension(name).as_str() {
        "csv" | "tsv" => sheet::csv(name, bytes)
            .map(|s| vec![s])
            .map_err(Fault::Sheet),
        _ => sheet::workbook(name, bytes).map_err(Fault::Sheet),
    }
}

fn plain(text: &str) -> Vec<String> {
    text.lines()
        .take(LINES_MAX)
        .map(|l| shown(&l.replace('\t', "    ")).into_owned())
        .collect()
}

/// A sheet with its columns under each other.
fn table(sheet: &Sheet) -> Vec<String> {
    let rows: Vec<Vec<String>> = sheet
        .rows
        .iter()
        .take(LINES_MAX)
        .map(|row| row.iter().map(|c| shown(&c.text()).into_owned()).collect())
        .collect();
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let wide = |at: usize| {
        let cells = rows.iter().filter_map(|r| r.get(at)).map(|c| width(c));
        cells.max().unwrap_or(0).min(COLUMN_CELLS)
    };
    let widths: Vec<usize> = (0..columns).map(wide).collect();
    let mut out = Vec::new();
    if !sheet.name.is_empty() {
        out.push(format!("[{}]", shown(&sheet.name)));
    }
    for row in rows {
        let cells = widths.iter().enumerate().filter(|(_, cells)| **cells > 0);
        let cells = cells.map(|(at, cells)| {
            fit(
                row.get(at).map_or("", String::as_str),
                *cells,
                Align::Left,
                '…',
            )
        });
        out.push(cells.collect::<Vec<_>>().join("  ").trim_end().to_owned());
    }
    out.push(String::new());
    out
}

fn mail_lines(bytes: &[u8]) -> Result<Vec<String>, Fault> {
    let mail = mail::read(bytes)?;
    let date = mail.date.map(|d| d.format("%Y-%m-%d %H:%M").to_string());
    let mut out = vec![
        format!("From: {}", shown(&mail.from)),
        format!("Date: {}", date.unwrap_or_default()),
        format!("Subject: {}", shown(&mail.subject)),
    ];
    for file in &mail.attachments {
        out.push(format!(
            "Attachment: {} ({} KB)",
            shown(&file.name),
            file.bytes.len().div_ceil(1024)
        ));
    }
    out.push(String::new());
    out.extend(plain(&mail.text));
    Ok(out)
}

/// Facts that a file states: cells beside or below a name that is known, `name: value` in texts.
#[must_use]
pub fn facts(
    name: &str,
    bytes: &[u8],
    pdf: Option<&str>,
    is_known: &dyn Fn(&str) -> bool,
) -> Vec<Proposed> {
    let mut out: Vec<Proposed> = Vec::new();
    match extension(name).as_str() {
        "csv" | "tsv" | "xlsx" | "xls" | "xlsm" | "ods" => {
            for sheet in sheets(name, bytes).unwrap_or_default() {
                in_sheet(&sheet, is_known, &mut out);
            }
        }
        "eml" => {
            if let Ok(mail) = mail::read(bytes) {
                in_text(&mail.text, is_known, &mut out);
                for file in mail
                    .attachments
                    .iter()
                    .filter(|f| extension(&f.name) != "eml")
                {
                    out.extend(facts(&file.name, &file.bytes, None, is_known));
                }
            }
        }
        "pdf" => in_text(pdf.unwrap_or_default(), is_known, &mut out),
        _ => {
            if let Ok((text, _)) = sheet::decode(bytes) {
                in_text(&text, is_known, &mut out);
            }
        }
    }
    let mut seen: Vec<String> = Vec::new();
    out.retain(|(key, _, _)| {
        let new = !seen.contains(key);
        seen.push(key.clone());
        new
    });
    out
}

/// A known name with its value in the next filled cell of the row, or below it where the next one
/// is another name: a heading.
fn in_sheet(sheet: &Sheet, is_known: &dyn Fn(&str) -> bool, out: &mut Vec<Proposed>) {
    for (at, row) in sheet.rows.iter().enumerate() {
        let cells: Vec<String> = row.iter().map(sheet::Cell::text).collect();
        let named = |cell: &String| is_known(name_of(cell));
        // Two names side by side are headings: their values stand below.
        let headings = cells.windows(2).any(|pair| pair.iter().all(named));
        for (column, cell) in cells.iter().enumerate().filter(|(_, c)| named(c)) {
            let next = cells
                .iter()
                .enumerate()
                .skip(column + 1)
                .find(|(_, c)| !c.is_empty());
            let beside = next
                .filter(|(_, c)| !named(c))
                .map(|(at, c)| (at, 0, c.clone()));
            let below = || {
                let cell = sheet.rows.get(at + 1)?.get(column)?.text();
                (!cell.is_empty() && !is_known(name_of(&cell))).then_some((column, 1, cell))
            };
            let value = if headings {
                below()
            } else {
                beside.or_else(below)
            };
            if let Some((column, down, value)) = value {
                let row = sheet.first_row + at + down;
                let place = format!("{}{row}", super::draft::column_letter(column));
                push(out, name_of(cell), &value, place);
            }
        }
    }
}

fn in_text(text: &str, is_known: &dyn Fn(&str) -> bool, out: &mut Vec<Proposed>) {
    for (at, line) in text.lines().enumerate().take(LINES_MAX) {
        for part in line.split([';', '；']) {
            if let Some((key, value)) = part.split_once([':', '：', '='])
                && is_known(key.trim())
                && !value.trim().is_empty()
            {
                push(out, key.trim(), value.trim(), format!("{}", at + 1));
            }
        }
    }
}

/// A cell's name without the mark behind it.
fn name_of(cell: &str) -> &str {
    cell.trim().trim_end_matches([':', '：'])
}

fn push(out: &mut Vec<Proposed>, key: &str, value: &str, place: String) {
    let cut = |text: &str, most: usize| text.chars().take(most).collect::<String>();
    out.push((cut(key, KEY_CHARS), cut(value, VALUE_CHARS), place));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(name: &str) -> bool {
        ["颜色", "成分", "colour", "length"].contains(&name.to_lowercase().as_str())
    }

    #[test]
    fn facts_stand_beside_their_name_below_it_or_behind_a_colon() {
        let beside = "制单,,\n颜色：,黑色,\n成分,,60%棉 40%涤\n".as_bytes();
        let found = facts("a.csv", beside, None, &known);
        let (colour, made_of) = (&found[0], &found[1]);
        assert_eq!(
            (colour.0.as_str(), colour.1.as_str(), colour.2.as_str()),
            ("颜色", "黑色", "B2")
        );
        assert_eq!(
            (made_of.1.as_str(), made_of.2.as_str()),
            ("60%棉 40%涤", "C3")
        );
        let below = b"Colour,Length,Note\nBlack,50 mm,x\n";
        let found = facts("a.csv", below, None, &known);
        assert_eq!(found.len(), 2);
        assert_eq!((found[1].1.as_str(), found[1].2.as_str()), ("50 mm", "B2"));
        let text = "Hello\nColour: navy; Length = 5 cm\nregards: me".as_bytes();
        let found = facts("a.txt", text, None, &known);
        assert_eq!(
            found.iter().map(|f| f.1.as_str()).collect::<Vec<_>>(),
            ["navy", "5 cm"]
        );
        assert!(facts("a.xlsx", b"no workbook", None, &known).is_empty());
    }

    #[test]
    fn a_sheet_stands_in_columns_and_nothing_acts_on_the_terminal() {
        let lines = text("a.csv", "货号,数量\n法兰,\u{1b}[31m5\n".as_bytes(), None).unwrap();
        assert!(lines.iter().any(|l| l.starts_with("法兰  ")), "{lines:?}");
        assert!(lines.iter().all(|l| !l.contains('\u{1b}')), "{lines:?}");
        assert!(text("a.pdf", b"", None).is_err());
        assert!(text("a.png", b"", None).is_err());
        assert_eq!(
            text("a.pdf", b"", Some("one\ttwo")).unwrap(),
            ["one    two"]
        );
    }
}
