//! Rows as a table, CSV or JSON.

use super::*;

pub(super) fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(list) => list.iter().map(plain).collect::<Vec<_>>().join(" "),
        other => other.to_string(),
    }
}

pub(in crate::cli) fn write(rows: &Rows, format: Format) -> Result<(), Failure> {
    match format {
        Format::Json => {
            let object = |row: &Vec<Value>| {
                let pairs = rows.names.iter().cloned().zip(row.iter().cloned());
                Value::Object(pairs.collect::<Map<_, _>>())
            };
            let list: Vec<Value> = rows.rows.iter().map(object).collect();
            print(&format!("{:#}\n", Value::from(list)))
        }
        Format::Csv => {
            let mut out = csv::Writer::from_writer(Vec::new());
            let failed = |e: csv::Error| Failure(e.to_string());
            out.write_record(&rows.names).map_err(failed)?;
            for row in &rows.rows {
                out.write_record(row.iter().map(|v| harmless(&plain(v))))
                    .map_err(failed)?;
            }
            let bytes = out.into_inner().map_err(|e| Failure(e.to_string()))?;
            print(&String::from_utf8_lossy(&bytes))
        }
        Format::Table => print(&table(rows)),
    }
}

/// A text that a spreadsheet would take for a formula gets an apostrophe; numbers stay numbers.
fn harmless(text: &str) -> String {
    let formula =
        text.starts_with(['=', '+', '-', '@', '\t', '\r']) && text.parse::<f64>().is_err();
    if formula {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

fn table(rows: &Rows) -> String {
    let cells: Vec<Vec<String>> = rows
        .rows
        .iter()
        .map(|row| {
            row.iter()
                .map(|v| crate::text::safe::shown(&plain(v)).into_owned())
                .collect()
        })
        .collect();
    let mut widths: Vec<usize> = rows.names.iter().map(|n| width(n)).collect();
    for row in &cells {
        for (cell, wide) in row.iter().zip(&mut widths) {
            *wide = (*wide).max(width(cell));
        }
    }
    let line = |row: &[String]| {
        let padded: Vec<String> = row
            .iter()
            .zip(&widths)
            .map(|(c, w)| pad(c, *w, Align::Left))
            .collect();
        format!("{}\n", padded.join("  ").trim_end())
    };
    let mut out = line(&rows.names);
    cells.iter().for_each(|row| out.push_str(&line(row)));
    out
}
