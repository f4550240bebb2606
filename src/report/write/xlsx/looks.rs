//! How cells of a workbook look: names, shapes of numbers, widths, colours.

use std::collections::BTreeSet;

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Worksheet, XlsxError};

use crate::domain::quantity::Micro;
use crate::report::paper::{Cell, Column, Table, Tone};
use crate::text::{safe, width};

/// Characters of a column at least.
const WIDTH_MIN: usize = 5;
/// A heading is broken into lines of this many characters before it makes a column wider.
const HEADING_WIDTH: usize = 12;
/// Cells as the workbook's own maximum has them.
const CELL_MAX: usize = 32_767;
/// Characters of a sheet's name.
const NAME_MAX: usize = 31;

/// A name that workbooks allow and that no other sheet has.
pub(super) fn sheet_name(wanted: &str, taken: &mut BTreeSet<String>) -> String {
    let shown = safe::shown(wanted);
    let plain: String = shown
        .chars()
        .filter(|c| !"[]:*?/\\'".contains(*c))
        .collect();
    let plain = if plain.trim().is_empty() {
        "Sheet"
    } else {
        plain.trim()
    };
    let cut = |room: usize| -> String { plain.chars().take(room).collect() };
    let numbered = (2..).map(|n| format!("{} {n}", cut(NAME_MAX - 5).trim()));
    let mut names = std::iter::once(cut(NAME_MAX).trim().to_owned()).chain(numbered);
    let name = names.find(|name| !taken.contains(&name.to_lowercase()));
    let name = name.unwrap_or_default();
    taken.insert(name.to_lowercase());
    name
}

/// A number whose own shape shows all its decimals: workbooks hold binary numbers, of which those
/// of up to fifteen digits come back exactly.
pub(super) fn number<'a>(
    sheet: &'a mut Worksheet,
    (row, column): (u32, u16),
    exact: &str,
    format: Format,
    shape: String,
) -> Result<&'a mut Worksheet, XlsxError> {
    let value: f64 = exact.parse().unwrap_or_default();
    sheet.write_number_with_format(row, column, value, &format.set_num_format(shape))
}

/// `#,##0` with as many decimals as the amount has, at least so many.
pub(super) fn decimals(whole: &str, amount: Micro, least: usize) -> String {
    let text = amount.text();
    let own = text.split_once('.').map_or(0, |(_, rest)| rest.len());
    match own.max(least) {
        0 => whole.to_owned(),
        places => format!("{whole}.{}", "0".repeat(places)),
    }
}

/// Text as it may stand in a cell: a string, never a formula, and nothing in it hides.
pub(super) fn text(own: &str) -> String {
    let shown = safe::shown_lines(own);
    shown.chars().take(CELL_MAX).collect()
}

/// The width of each column: what stands in it, Chinese characters counted as two, up to a limit
/// beyond which text is wrapped; the cells of a picture have no air.
pub(super) fn widths(tables: &[&Table], most: usize) -> Vec<usize> {
    let columns = tables.iter().map(|t| t.columns.len()).max().unwrap_or(0);
    let one = |at: usize| {
        let here = || tables.iter().filter(move |t| at < t.columns.len());
        let pictures = here().filter_map(|t| t.columns.get(at));
        if let Some(narrow) = pictures.clone().find(|c| c.is_narrow()) {
            return usize::from(narrow.width);
        }
        let cells = here().flat_map(|t| t.rows.iter().filter_map(move |row| row.get(at)));
        let heads = pictures.map(heading_width);
        let wide = cells.map(cell_width).chain(heads).max().unwrap_or(0);
        wide.clamp(WIDTH_MIN, most) + 2
    };
    (0..columns).map(one).collect()
}

fn heading_width(column: &Column) -> usize {
    // The mark of the filter stands in the heading, too.
    (width::width(&column.title) + 2).min(HEADING_WIDTH)
}

fn cell_width(cell: &Cell) -> usize {
    let plain = cell.plain();
    let longest = plain.lines().map(width::width).max().unwrap_or(0);
    // Numbers are shown with marks every three digits.
    longest + if cell.is_number() { longest / 3 } else { 0 }
}

pub(super) fn base(tone: Tone) -> Format {
    let format = Format::new()
        .set_border(FormatBorder::Thin)
        .set_align(FormatAlign::Top)
        .set_text_wrap();
    tinted(format, tone)
}

pub(super) fn tinted(format: Format, tone: Tone) -> Format {
    match tone {
        Tone::Plain => format,
        Tone::Good => format.set_font_color(Color::Green),
        Tone::Warn => format.set_background_color(Color::RGB(0xFF_F3C4)),
        Tone::Bad => format.set_background_color(Color::RGB(0xFB_D5D5)),
        Tone::Bar => picture(format, 0x9D_C3E6),
        Tone::BarLate => picture(format, 0xF0_8C5A).set_bold(),
        Tone::Closed => picture(format, 0xE4_E4E4).set_font_color(Color::Gray),
        Tone::Today => picture(format, 0xFF_F2CC),
    }
}

fn picture(format: Format, colour: u32) -> Format {
    format
        .set_background_color(Color::RGB(colour))
        .set_align(FormatAlign::Center)
}
