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
            page.write_string_with_format(row, at, &column.title, &head)?;
            if !frozen {
                page.set_column_width(at, f64::from(column.width) + 2.0)?;
            }
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
    }
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
