//! A report as one HTML page that prints well; nothing in it is loaded from elsewhere.

use std::fmt::Write;

use super::{NotWritten, Paper, Watch, chart, harmless};
use crate::report::paper::{Cell, Column, Mark, Tone, Value};
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
td.closed{background:#e4e4e4;color:#888}td.today{background:#fff2cc}\
td.chg{color:#1f4fa8;font-weight:bold}svg{max-width:760px;font:11px sans-serif;margin:6px 0}\
tr{page-break-inside:avoid}@media print{body{margin:0}thead{display:table-header-group}}";

pub(super) fn write(
    paper: &Paper,
    lang: Lang,
    watch: &mut Watch<'_>,
) -> Result<String, NotWritten> {
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
                let _ = write!(out, "{}", td(table.columns.get(at), cell));
            }
            out.push_str("</tr>\n");
            watch.row()?;
        }
        out.push_str("</tbody></table>\n");
        out.push_str(&chart::svg(table, plain));
    }
    for line in &paper.foot {
        let _ = writeln!(out, "<p>{}</p>", plain(line));
    }
    out.push_str("</body></html>\n");
    Ok(out)
}

/// A cell with what colours it, and what stood there before on the pointer.
fn td(column: Option<&Column>, cell: &Cell) -> String {
    let narrow = column.is_some_and(Column::is_narrow);
    let tone = column.map_or(cell.tone, |c| c.tone_of(cell));
    let mut classes: Vec<&str> = Vec::new();
    if narrow {
        classes.push("d");
    }
    if cell.is_number() {
        classes.push("n");
    }
    classes.extend(match tone {
        Tone::Plain => None,
        Tone::Good => Some("good"),
        Tone::Warn => Some("warn"),
        Tone::Bad => Some("bad"),
        Tone::Bar => Some("bar"),
        Tone::BarLate => Some("late"),
        Tone::Closed => Some("closed"),
        Tone::Today => Some("today"),
    });
    if cell.mark != Mark::None {
        classes.push("chg");
    }
    let class = if classes.is_empty() {
        String::new()
    } else {
        format!(" class=\"{}\"", classes.join(" "))
    };
    let title = match &cell.mark {
        Mark::Was(old) => format!(" title=\"‹{}›\"", plain(old)),
        _ => String::new(),
    };
    let text = match &cell.value {
        Value::Text(text) => plain(text),
        _ => cell.plain(),
    };
    format!("<td{class}{title}>{text}</td>")
}

fn plain(text: &str) -> String {
    let mut out = String::new();
    for c in harmless(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push_str("<br>"),
            c => out.push(c),
        }
    }
    out
}
