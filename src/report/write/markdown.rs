//! A report as Markdown, for a chat or a page.

use std::fmt::Write;

use super::Paper;

pub(super) fn write(paper: &Paper) -> String {
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
            cells.any(|c| c.is_number())
        };
        let rule = (0..titles.len()).map(|at| if number(at) { "---:" } else { "---" });
        let _ = writeln!(out, "| {} |", rule.collect::<Vec<_>>().join(" | "));
        for row in &table.rows {
            let cells: Vec<String> = row.iter().map(|c| plain(&c.plain())).collect();
            let _ = writeln!(out, "| {} |", cells.join(" | "));
        }
    }
    for line in &paper.foot {
        let _ = write!(out, "\n{}\n", plain(line));
    }
    out
}

/// Text with what Markdown would read as marks made plain.
fn plain(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '\n' | '\r' => out.push(' '),
            '|' | '*' | '_' | '`' | '<' | '[' | ']' | '\\' | '#' => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out
}
