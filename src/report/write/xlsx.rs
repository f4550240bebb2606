//! A report as a workbook: one page, headings frozen, real numbers and dates.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};

use super::Paper;
use crate::report::paper::{Cell, Tone, Value};

pub(super) fn write(paper: &Paper) -> Result<Vec<u8>, String> {
    let mut book = Workbook::new();
    fill(&mut book, paper)
        .and_then(|()| book.save_to_buffer())
        .map_err(|e| e.to_string())
}

fn fill(book: &mut Workbook, paper: &Paper) -> Result<(), XlsxError> {
    let page = book.add_worksheet();
    let name: String = paper
        .title
        .chars()
        .filter(|c| !"[]:*?/\\".contains(*c))
        .take(31)
        .collect();
    page.set_name(name.trim())?;
    page.set_landscape()
        .set_paper_size(9)
        .set_print_fit_to_pages(1, 0);
    let title = Format::new().set_bold().set_font_size(16);
    page.write_string_with_format(0, 0, &paper.title, &title)?;
    let label = Format::new().set_font_color(Color::Gray);
    let mut row = 1;
    for (name, value) in &paper.head {
        page.write_string_with_format(row, 0, name, &label)?;
        page.write_string(row, 1, value)?;
        row += 1;
    }
    for (at, wide) in widths(paper) {
        page.set_column_width(at, wide)?;
    }
    let mut frozen = false;
    for table in &paper.tables {
        row += 1;
        if !table.title.is_empty() {
            let bold = Format::new().set_bold();
            page.write_string_with_format(row, 0, &table.title, &bold)?;
            row += 1;
        }
        let head = base(Tone::Plain)
            .set_bold()
            .set_background_color(Color::RGB(0xDD_DDDD));
        for (at, column) in (0..).zip(&table.columns) {
            let format = if column.is_narrow() {
                head.clone().set_rotation(90).set_align(FormatAlign::Center)
            } else {
                head.clone()
            };
            page.write_string_with_format(row, at, &column.title, &format)?;
        }
        row += 1;
        if !frozen {
            page.set_freeze_panes(row, 0)?;
            page.set_repeat_rows(row - 1, row - 1)?;
            frozen = true;
        }
        for cells in &table.rows {
            for (at, cell) in (0..).zip(cells) {
                put(page, (row, at), cell)?;
            }
            row += 1;
        }
    }
    row += 1;
    for line in &paper.foot {
        page.write_string(row, 0, line)?;
        row += 1;
    }
    Ok(())
}

/// The width of each column: the widest that stands there in any table, with air beside it; the
/// cells of a picture have none.
fn widths(paper: &Paper) -> Vec<(u16, f64)> {
    let most = paper.tables.iter().map(|t| t.columns.len()).max();
    let wide = |at: usize| {
        let here = paper.tables.iter().filter_map(|t| t.columns.get(at));
        here.map(|c| f64::from(c.width) + if c.is_narrow() { 0.0 } else { 2.0 })
            .fold(0.0, f64::max)
    };
    (0..).zip((0..most.unwrap_or(0)).map(wide)).collect()
}

fn base(tone: Tone) -> Format {
    let format = Format::new()
        .set_border(FormatBorder::Thin)
        .set_align(FormatAlign::Top)
        .set_text_wrap();
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

fn put(page: &mut Worksheet, (row, column): (u32, u16), cell: &Cell) -> Result<(), XlsxError> {
    let format = base(cell.tone);
    match &cell.value {
        Value::Text(text) => page.write_string_with_format(row, column, text, &format)?,
        Value::Whole(n) => {
            #[allow(clippy::cast_precision_loss)]
            let number = *n as f64;
            page.write_number_with_format(row, column, number, &format.set_num_format("#,##0"))?
        }
        Value::Qty(qty) => {
            let number: f64 = qty.text().parse().unwrap_or_default();
            page.write_number_with_format(
                row,
                column,
                number,
                &format.set_num_format("#,##0.######"),
            )?
        }
        Value::Date(None) => page.write_blank(row, column, &format)?,
        Value::Date(Some(day)) => {
            let format = format.set_num_format("yyyy-mm-dd");
            page.write_datetime_with_format(row, column, *day, &format)?
        }
    };
    Ok(())
}
