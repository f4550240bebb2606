//! A report as Markdown, for a chat or a page.

use std::fmt::Write;

use super::{NotWritten, Paper, Watch, harmless};
use crate::report::paper::{Cell, Mark, Value};

pub(super) fn write(paper: &Paper, watch: &mut Watch<'_>) -> Result<String, NotWritten> {
    let mut out = format!("# {}\n", plain(&paper.title));
    if !paper.head.is_empty() {
        out.push('\n');
    }
    for (label, value) in &paper.head {
        // Writing to a text cannot fail.
        let _ = writeln!(out, "- {}: {}", plain(label), plain(value));
    }
    for table in &paper.tables {
        if !table.title.is_empty() {
            let _ = write!(out, "\n## {}\n", plain(&table.title));
        }
        out.push('\n');
        let titles: Vec<String> = table.columns.iter().map(|c| plain(&c.title)).collect();
        let _ = writeln!(out, "| {} |", titles.join(" | "));
        let number = |at: usize| {
            let mut cells = table.rows.iter().filter_map(|row| row.get(at));
            cells.any(Cell::is_number)
        };
        let rule = (0..titles.len()).map(|at| if number(at) { "---:" } else { "---" });
        let _ = writeln!(out, "| {} |", rule.collect::<Vec<_>>().join(" | "));
        for row in &table.rows {
            let cells: Vec<String> = row.iter().map(cell).collect();
            let _ = writeln!(out, "| {} |", cells.join(" | "));
            watch.row()?;
        }
    }
    for line in &paper.foot {
        let _ = write!(out, "\n{}\n", plain(line));
    }
    Ok(out)
}

/// What is new since it was last handed over stands out in bold.
fn cell(cell: &Cell) -> String {
    let text = match &cell.value {
        Value::Text(text) => plain(text),
        _ => cell.plain(),
    };
    match &cell.mark {
        Mark::None => text,
        _ if text.trim().is_empty() => text,
        Mark::New | Mark::Was(_) => format!("**{}**", text.trim()),
    }
}

/// Text with what Markdown would read as marks made plain.
fn plain(text: &str) -> String {
    let mut out = String::new();
    for c in harmless(text).chars() {
        match c {
            '\n' | '\r' => out.push(' '),
            '|' | '*' | '_' | '`' | '<' | '[' | ']' | '\\' | '#' | '~' => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out
}
