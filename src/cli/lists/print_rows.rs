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
            // Programs read the same, and a terminal that shows it is not driven by it.
            let text = format!("{:#}\n", Value::from(list));
            print(&crate::text::safe::escaped_json(&text))
        }
        Format::Csv => {
            let mut out = csv::Writer::from_writer(Vec::new());
            let failed = |e: csv::Error| Failure(e.to_string());
            out.write_record(rows.names.iter().map(|n| harmless(n)))
                .map_err(failed)?;
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

/// A text as it may stand in a file of text, like in reports; numbers stay numbers.
fn harmless(text: &str) -> String {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let number = digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.chars().all(|c| c.is_ascii_digit() || c == '.');
    if number {
        text.to_owned()
    } else {
        crate::report::write::harmless(text)
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
    let names: Vec<String> = rows
        .names
        .iter()
        .map(|n| crate::text::safe::shown(n).into_owned())
        .collect();
    let mut widths: Vec<usize> = names.iter().map(|n| width(n)).collect();
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
    let mut out = line(&names);
    cells.iter().for_each(|row| out.push_str(&line(row)));
    out
}
