//! A report as CSV in UTF-8 with a mark, so that spreadsheet programs read Chinese.

use super::{NotWritten, Paper, Watch, harmless};
use crate::report::paper::{Cell, Value};

pub(super) fn write(paper: &Paper, watch: &mut Watch<'_>) -> Result<Vec<u8>, NotWritten> {
    let mut writer = ::csv::WriterBuilder::new()
        .flexible(true)
        .from_writer(b"\xef\xbb\xbf".to_vec());
    let mut put = |row: Vec<String>| {
        let written = writer.write_record(row);
        written.map_err(|e| NotWritten::Failed(e.to_string()))
    };
    put(vec![harmless(&paper.title)])?;
    for (label, value) in &paper.head {
        put(vec![harmless(label), harmless(value)])?;
    }
    for table in &paper.tables {
        put(vec![String::new()])?;
        if !table.title.is_empty() {
            put(vec![harmless(&table.title)])?;
        }
        put(table.columns.iter().map(|c| harmless(&c.title)).collect())?;
        for row in &table.rows {
            put(row.iter().map(cell).collect())?;
            watch.row()?;
        }
    }
    for line in &paper.foot {
        put(vec![harmless(line)])?;
    }
    writer
        .into_inner()
        .map_err(|e| NotWritten::Failed(e.to_string()))
}

fn cell(cell: &Cell) -> String {
    match &cell.value {
        Value::Text(text) => harmless(text),
        _ => cell.plain(),
    }
}
