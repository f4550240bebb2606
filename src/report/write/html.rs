//! A report as one HTML page that prints well; nothing in it is loaded from elsewhere.

use std::fmt::Write;

use super::Paper;
use crate::report::paper::{Cell, Column, Tone};
use crate::text::Lang;

const STYLE: &str = "body{font:14px/1.5 sans-serif;margin:24px;color:#111}\
h1{font-size:20px;text-align:center}h2{font-size:15px;margin:18px 0 4px}\
dl{display:grid;grid-template-columns:max-content 1fr max-content 1fr;gap:2px 12px}\
dt{color:#666}dd{margin:0}table{border-collapse:collapse;width:100%}\
th,td{border:1px solid #999;padding:3px 6px;text-align:left;vertical-align:top}\
th{background:#eee}td.n{text-align:right}td.good{color:#17692b}td.warn{background:#fff3c4}\
td.bad{background:#fbd5d5}\
th.d{writing-mode:vertical-rl;padding:2px 0;font-weight:normal;font-size:11px}\
td.d{padding:0;text-align:center;font-size:11px;min-width:1.4em}\
td.bar{background:#9dc3e6}td.late{background:#f08c5a;font-weight:bold}\
td.closed{background:#e4e4e4;color:#888}td.today{background:#fff2cc}@media print{body{margin:0}thead{display:table-header-group}}";

pub(super) fn write(paper: &Paper, lang: Lang) -> String {
    let code = match lang {
        Lang::Zh => "zh-CN",
        Lang::En => "en",
    };
    let title = plain(&paper.title);
    let mut out = format!(
        "<!doctype html>\n<html lang=\"{code}\"><head><meta charset=\"utf-8\"><title>{title}</title>\n\
         <style>{STYLE}</style></head><body>\n<h1>{title}</h1>\n<dl>"
    );
    // Writing to a text cannot fail.
    for (label, value) in &paper.head {
        let _ = write!(out, "<dt>{}</dt><dd>{}</dd>", plain(label), plain(value));
    }
    out.push_str("</dl>\n");
    for table in &paper.tables {
        if !table.title.is_empty() {
            let _ = writeln!(out, "<h2>{}</h2>", plain(&table.title));
        }
        out.push_str("<table><thead><tr>");
        for column in &table.columns {
            let class = if column.is_narrow() {
                " class=\"d\""
            } else {
                ""
            };
            let _ = write!(out, "<th{class}>{}</th>", plain(&column.title));
        }
        out.push_str("</tr></thead><tbody>\n");
        for row in &table.rows {
            out.push_str("<tr>");
            for (at, cell) in row.iter().enumerate() {
                let narrow = table.columns.get(at).is_some_and(Column::is_narrow);
                let class = class(cell, narrow);
                let _ = write!(out, "<td{class}>{}</td>", plain(&cell.plain()));
            }
            out.push_str("</tr>\n");
        }
        out.push_str("</tbody></table>\n");
    }
    for line in &paper.foot {
        let _ = writeln!(out, "<p>{}</p>", plain(line));
    }
    out.push_str("</body></html>\n");
    out
}

/// The attribute that colours a cell; empty where there is nothing to say.
fn class(cell: &Cell, narrow: bool) -> String {
    let tone = match cell.tone {
        Tone::Plain if cell.is_number() => "n",
        Tone::Plain => "",
        Tone::Good => "good",
        Tone::Warn => "warn",
        Tone::Bad => "bad",
        Tone::Bar => "bar",
        Tone::BarLate => "late",
        Tone::Closed => "closed",
        Tone::Today => "today",
    };
    match (tone, narrow) {
        ("", false) => String::new(),
        ("", true) => " class=\"d\"".to_owned(),
        (tone, false) => format!(" class=\"{tone}\""),
        (tone, true) => format!(" class=\"d {tone}\""),
    }
}

fn plain(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push_str("<br>"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}
