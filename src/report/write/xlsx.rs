//! A report as a workbook: headings frozen, real numbers and dates, rules that colour them, charts.

mod looks;

use std::collections::BTreeSet;

use looks::{base, decimals, number, sheet_name, text, tinted, widths};
use rust_xlsxwriter::{
    Chart, ChartType, Color, ConditionalFormatFormula, Format, FormatAlign, Note, Workbook,
    Worksheet, XlsxError,
};

use super::{NotWritten, Paper, Watch};
use crate::report::paper::{Alarm, Cell, Column, Layout, Mark, Plot, Table, Tone, Value};
use crate::text::width;

/// Characters of a column at most, where it stands in a list or in a form.
const LIST_WIDTH_MAX: usize = 42;
/// The same where so many columns stand side by side that paper gets narrow.
const MANY_WIDTH_MAX: usize = 24;
const MANY_COLUMNS: usize = 12;
const FORM_WIDTH_MAX: usize = 30;
/// Rows that a chart covers.
const CHART_ROWS: u32 = 16;
/// Points of a line of text, and lines that a row shows at most.
const LINE_HIGH: f64 = 15.0;
const LINES_MAX: usize = 12;
/// Points of a row of headings that stand upright.
const UPRIGHT_HIGH: f64 = 48.0;

impl From<XlsxError> for NotWritten {
    fn from(error: XlsxError) -> Self {
        Self::Failed(error.to_string())
    }
}

pub(super) fn write(paper: &Paper, watch: &mut Watch<'_>) -> Result<Vec<u8>, NotWritten> {
    let mut book = Workbook::new();
    let mut names = BTreeSet::new();
    for (nth, tables) in pages(paper).into_iter().enumerate() {
        let own = tables.first().map_or("", |t| t.title.as_str());
        let wanted = if nth == 0 { &paper.title } else { own };
        let name = sheet_name(wanted, &mut names);
        let page = book.add_worksheet();
        page.set_name(&name)?;
        Page {
            sheet: page,
            name,
            row: 0,
            widths: Vec::new(),
        }
        .fill(paper, &tables, nth == 0, watch)?;
    }
    Ok(book.save_to_buffer()?)
}

/// The tables that stand on each page: all on one, or those alike together.
fn pages(paper: &Paper) -> Vec<Vec<&Table>> {
    let mut pages: Vec<Vec<&Table>> = vec![Vec::new()];
    for table in &paper.tables {
        let last = pages.last().and_then(|page| page.first());
        let apart = paper.layout == Layout::Pages && last.is_some_and(|t| !alike(t, table));
        if apart {
            pages.push(Vec::new());
        }
        if let Some(page) = pages.last_mut() {
            page.push(table);
        }
    }
    pages
}

fn alike(a: &Table, b: &Table) -> bool {
    let titles = |t: &Table| -> Vec<String> { t.columns.iter().map(|c| c.title.clone()).collect() };
    titles(a) == titles(b)
}

/// A page being filled from the top.
struct Page<'a> {
    sheet: &'a mut Worksheet,
    name: String,
    row: u32,
    /// Characters of each column.
    widths: Vec<usize>,
}

impl Page<'_> {
    fn fill(
        &mut self,
        paper: &Paper,
        tables: &[&Table],
        first: bool,
        watch: &mut Watch<'_>,
    ) -> Result<(), NotWritten> {
        self.sheet
            .set_landscape()
            .set_paper_size(9)
            .set_print_fit_to_pages(1, 0)
            .set_margins(0.4, 0.4, 0.5, 0.6, 0.2, 0.3)
            .set_footer("&L&A&R&P / &N");
        let title = Format::new().set_bold().set_font_size(16);
        self.sheet
            .write_string_with_format(0, 0, text(&paper.title), &title)?;
        self.row = 1;
        if first {
            self.head(paper)?;
        }
        let columns = tables.iter().map(|t| t.columns.len()).max().unwrap_or(0);
        let most = match paper.layout {
            Layout::Pages if columns > MANY_COLUMNS => MANY_WIDTH_MAX,
            Layout::Pages => LIST_WIDTH_MAX,
            Layout::Page => FORM_WIDTH_MAX,
        };
        self.widths = widths(tables, most);
        for (at, wide) in (0..).zip(&self.widths) {
            let wide = f64::from(u16::try_from(*wide).unwrap_or(u16::MAX));
            self.sheet.set_column_width(at, wide)?;
        }
        let same = tables.windows(2).all(|pair| match pair {
            [a, b] => alike(a, b),
            _ => true,
        });
        for (nth, table) in tables.iter().enumerate() {
            self.table(table, nth == 0 && same, tables.len() == 1, watch)?;
        }
        if !same {
            self.sheet.set_freeze_panes(1, 0)?;
        }
        if first {
            self.row += 1;
            for line in &paper.foot {
                self.sheet.write_string(self.row, 0, text(line))?;
                self.row += 1;
            }
        }
        Ok(())
    }

    fn head(&mut self, paper: &Paper) -> Result<(), NotWritten> {
        let label = Format::new().set_font_color(Color::Gray);
        for (name, value) in &paper.head {
            self.sheet
                .write_string_with_format(self.row, 0, text(name), &label)?;
            self.sheet.write_string(self.row, 1, text(value))?;
            self.row += 1;
        }
        Ok(())
    }

    fn table(
        &mut self,
        table: &Table,
        freeze: bool,
        alone: bool,
        watch: &mut Watch<'_>,
    ) -> Result<(), NotWritten> {
        self.row += 1;
        if !table.title.is_empty() {
            let bold = Format::new().set_bold();
            self.sheet
                .write_string_with_format(self.row, 0, text(&table.title), &bold)?;
            self.row += 1;
        }
        self.headings(table)?;
        let top = self.row;
        if freeze {
            let keys = table.columns.iter().take_while(|c| c.key).count();
            self.sheet
                .set_freeze_panes(top, u16::try_from(keys).unwrap_or(0))?;
            self.sheet.set_repeat_rows(top - 1, top - 1)?;
        }
        for cells in &table.rows {
            for (at, cell) in (0..).zip(cells) {
                let alarm = table.columns.get(usize::from(at)).map(|c| c.alarm);
                self.put(at, cell, alarm.unwrap_or_default())?;
            }
            let texts = cells.iter().map(Cell::plain);
            self.height(texts)?;
            self.row += 1;
            watch.row()?;
        }
        let wide = table.columns.iter().filter(|c| !c.is_narrow()).count();
        if alone && top < self.row && wide > 0 {
            let last = u16::try_from(wide - 1).unwrap_or(0);
            self.sheet.autofilter(top - 1, 0, self.row - 1, last)?;
        }
        if top < self.row {
            self.alarms(table, top)?;
            self.chart(table, top)?;
        }
        Ok(())
    }

    fn headings(&mut self, table: &Table) -> Result<(), NotWritten> {
        let head = base(Tone::Plain)
            .set_bold()
            .set_background_color(Color::RGB(0xDD_DDDD));
        for (at, column) in (0..).zip(&table.columns) {
            let format = if column.is_narrow() {
                head.clone().set_rotation(90).set_align(FormatAlign::Center)
            } else {
                head.clone()
            };
            self.sheet
                .write_string_with_format(self.row, at, text(&column.title), &format)?;
        }
        if table.columns.iter().any(Column::is_narrow) {
            self.sheet.set_row_height(self.row, UPRIGHT_HIGH)?;
        } else {
            self.height(table.columns.iter().map(|c| c.title.clone()))?;
        }
        self.row += 1;
        Ok(())
    }

    /// Makes the row as high as its wrapped texts: not every program does so by itself.
    fn height(&mut self, texts: impl Iterator<Item = String>) -> Result<(), NotWritten> {
        let lines = |(text, wide): (String, &usize)| {
            let room = wide.saturating_sub(1).max(1);
            let of = text.lines().map(|l| width::width(l).div_ceil(room).max(1));
            of.sum::<usize>().max(1)
        };
        let most = texts.zip(&self.widths).map(lines).max().unwrap_or(1);
        let most = most.min(LINES_MAX);
        if most > 1 {
            let high = LINE_HIGH * f64::from(u16::try_from(most).unwrap_or(1));
            self.sheet.set_row_height(self.row, high)?;
        }
        Ok(())
    }

    /// The rules of columns, as rules of the workbook: only numbers are looked at.
    fn alarms(&mut self, table: &Table, top: u32) -> Result<(), NotWritten> {
        for (at, column) in (0..).zip(&table.columns) {
            let (sign, tone) = match column.alarm {
                Alarm::None => continue,
                Alarm::AboveZero => (">0", Tone::Bad),
                Alarm::BelowZero => ("<0", Tone::Bad),
                Alarm::BelowWhole => ("<1", Tone::Warn),
                Alarm::AboveHundred => (">100", Tone::Bad),
            };
            let cell = rust_xlsxwriter::utility::row_col_to_cell(top, at);
            let formula = format!("=AND(ISNUMBER({cell}),{cell}{sign})");
            let rule = ConditionalFormatFormula::new()
                .set_rule(formula.as_str())
                .set_format(tinted(Format::new(), tone));
            self.sheet
                .add_conditional_format(top, at, self.row - 1, at, &rule)?;
        }
        Ok(())
    }

    /// The chart of a table stands under it.
    fn chart(&mut self, table: &Table, top: u32) -> Result<(), NotWritten> {
        let Some((under, drawn)) = table.chart() else {
            return Ok(());
        };
        let name = self.name.as_str();
        let (last, place) = (self.row - 1, |at: usize| u16::try_from(at).unwrap_or(0));
        let of = |kind: ChartType, plot: Plot| {
            let mut chart = Chart::new(kind);
            let own: Vec<usize> = drawn
                .iter()
                .filter(|(_, p)| *p == plot)
                .map(|(at, _)| *at)
                .collect();
            for at in &own {
                let (at, under) = (place(*at), place(under));
                chart
                    .add_series()
                    .set_name((name, top - 1, at))
                    .set_categories((name, top, under, last, under))
                    .set_values((name, top, at, last, at));
            }
            (!own.is_empty()).then_some(chart)
        };
        let bars = of(ChartType::Column, Plot::Bars);
        let lines = of(ChartType::Line, Plot::Line);
        let chart = match (bars, lines) {
            (Some(mut bars), Some(lines)) => {
                bars.combine(&lines);
                Some(bars)
            }
            (bars, lines) => bars.or(lines),
        };
        if let Some(mut chart) = chart {
            chart.set_width(760).set_height(300);
            let days =
                |row: &Vec<Cell>| matches!(row.get(under)?.value, Value::Date(_)).then_some(());
            if table.rows.iter().all(|row| days(row).is_some()) {
                chart.x_axis().set_num_format("mm-dd");
            }
            self.sheet.insert_chart(self.row + 1, 0, &chart)?;
            self.row += CHART_ROWS + 1;
        }
        Ok(())
    }

    fn put(&mut self, column: u16, cell: &Cell, alarm: Alarm) -> Result<(), NotWritten> {
        let (row, sheet) = (self.row, &mut *self.sheet);
        // A rule of the workbook colours numbers of such a column.
        let by_rule = alarm != Alarm::None && cell.is_number();
        let mut format = base(if by_rule { Tone::Plain } else { cell.tone });
        if cell.mark != Mark::None {
            format = format.set_bold().set_font_color(Color::RGB(0x1F_4FA8));
        }
        if let Mark::Was(old) = &cell.mark {
            let note = Note::new(format!("‹{}›", text(old))).add_author_prefix(false);
            sheet.insert_note(row, column, &note)?;
        }
        match &cell.value {
            Value::Text(own) => sheet.write_string_with_format(row, column, text(own), &format)?,
            Value::Whole(n) => {
                number(sheet, (row, column), &n.to_string(), format, "#,##0".into())?
            }
            Value::Qty(qty) => {
                let shape = decimals("#,##0", *qty, 0);
                number(sheet, (row, column), &qty.text(), format, shape)?
            }
            Value::Money(sum) => {
                let shape = decimals("#,##0", *sum, 2);
                number(sheet, (row, column), &sum.text(), format, shape)?
            }
            Value::Percent(share) => {
                number(sheet, (row, column), &share.text(), format, "0.0%".into())?
            }
            Value::Date(None) | Value::Moment(None) => sheet.write_blank(row, column, &format)?,
            Value::Date(Some(day)) => {
                let format = format.set_num_format("yyyy-mm-dd");
                sheet.write_datetime_with_format(row, column, *day, &format)?
            }
            Value::Moment(Some(at)) => {
                let format = format.set_num_format("yyyy-mm-dd hh:mm");
                sheet.write_datetime_with_format(row, column, at.0, &format)?
            }
        };
        Ok(())
    }
}
