//! A report as CSV in UTF-8 with a mark, so that spreadsheet programs read Chinese.

use super::Paper;
use crate::report::paper::{Cell, Value};

pub(super) fn write(paper: &Paper) -> Result<Vec<u8>, String> {
    let mut writer = ::csv::WriterBuilder::new()
        .flexible(true)
        .from_writer(b"\xef\xbb\xbf".to_vec());
    let mut put = |row: Vec<String>| writer.write_record(row).map_err(|e| e.to_string());
    put(vec![safe(&paper.title)])?;
    for (label, value) in &paper.head {
        put(vec![safe(label), safe(value)])?;
    }
    for table in &paper.tables {
        put(vec![String::new()])?;
        if !table.title.is_empty() {
            put(vec![safe(&table.title)])?;
        }
        put(table.columns.iter().map(|c| safe(&c.title)).collect())?;
        for row in &table.rows {
            put(row.iter().map(cell).collect())?;
        }
    }
    for line in &paper.foot {
        put(vec![safe(line)])?;
    }
    writer.into_inner().map_err(|e| e.to_string())
}

fn cell(cell: &Cell) -> String {
    match &cell.value {
        Value::Text(text) => safe(text),
        _ => cell.plain(),
    }
}

/// Text that a spreadsheet program would run as a formula gets a mark that makes it text.
fn safe(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) && text.len() > 1 {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}
