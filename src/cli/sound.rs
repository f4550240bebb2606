//! Whether the file is sound, what can be saved of one that is not, and the archive of its journal.

use std::path::Path;

use chrono::NaiveDate;
use serde_json::Value;

use super::data::say;
use super::lists::{Rows, write};
use super::{Failure, Format, Setting};
use crate::domain::rule::audit::{Fault, Finding};
use crate::store::salvage;
use crate::store::{Access, Store};
use crate::text::{Word, audit as words, refusal, safe, word};

const ARCHIVED: Word = word(
    "{0} 次更改（{1} 行内容）已归档到 {2}；句子还在履历里，内容只在这个文件里，请妥善保存。",
    "{0} changes ({1} lines of values) are in {2} now. Their sentences stay in the journal; keep the file, the values are nowhere else.",
);
const SALVAGED: Word = word(
    "已从“{0}”读出 {1} 行，写入 {2}；按履历补回 {3} 行，失去 {4} 处。原文件没有改动。用 gendan restore {2} 把它换上。",
    "{1} rows of “{0}” were read into {2}; {3} were made again from the journal, {4} losses. The damaged file was not touched. Put the new one in its place with gendan restore {2}.",
);

/// Says everything that is wrong; the table goes to standard output.
pub(super) fn check(setting: &Setting, deep: bool, format: Format) -> Result<(), Failure> {
    let lang = setting.lang;
    let store = setting.open(Access::Read)?;
    let failed = |e| Failure::of(&e, lang);
    let found = if deep {
        store.audit().map_err(failed)?
    } else {
        quick(&store, setting)?
    };
    if found.is_empty() {
        if format != Format::Table {
            write(&rows(&[], setting, format), format)?;
        }
        say(words::ALL_WELL.text(lang));
        return Ok(());
    }
    write(&rows(&found, setting, format), format)?;
    Err(Failure(
        words::COUNT.fill(lang, &[&found.len().to_string()]),
    ))
}

fn quick(store: &Store, setting: &Setting) -> Result<Vec<Finding>, Failure> {
    let said = store.integrity(false);
    let said = said.map_err(|e| Failure::of(&e, setting.lang))?;
    let file = |fault, text: String| Finding::new(fault, "", 0).found(text);
    let mut found: Vec<Finding> = said.into_iter().map(|t| file(Fault::Sqlite, t)).collect();
    if let Err(error) = store.world() {
        found.push(file(
            Fault::Unreadable,
            refusal::store(&error, setting.lang),
        ));
    }
    Ok(found)
}

/// For people three columns of words; for programs the parts of each finding too.
fn rows(found: &[Finding], setting: &Setting, format: Format) -> Rows {
    let lang = setting.lang;
    let said = |f: &Finding| {
        vec![
            Value::from(words::place(f, lang)),
            Value::from(words::what(f, lang)),
            Value::from(words::advice(f.fault.remedy(), lang)),
        ]
    };
    if format == Format::Table {
        let names = words::HEADINGS.iter().map(|w| w.text(lang).to_owned());
        return Rows {
            names: names.collect(),
            rows: found.iter().map(said).collect(),
        };
    }
    let names = [
        "where", "what", "do", "table", "row", "name", "field", "found", "expected",
    ];
    let row = |f: &Finding| {
        let mut row = said(f);
        row.push(Value::from(f.table.clone()));
        row.push(Value::from(f.row));
        let parts = [&f.name, &f.field, &f.found, &f.expected];
        row.extend(parts.into_iter().map(|text| Value::from(text.clone())));
        row
    };
    Rows {
        names: names.map(str::to_owned).to_vec(),
        rows: found.iter().map(row).collect(),
    }
}

/// Carries what can be read of a damaged file into a new one, and lists what is lost.
pub(super) fn salvage(
    setting: &Setting,
    damaged: &Path,
    out: &Path,
    format: Format,
) -> Result<(), Failure> {
    let lang = setting.lang;
    let done = salvage::salvage(damaged, out, setting.clock, &setting.who);
    let done = done.map_err(|e| Failure::of(&e, lang))?;
    let mut list: Vec<Vec<Value>> = Vec::new();
    let mut put = |table: &str, ids: (i64, i64), what: String| {
        let numbers = if ids.0 == ids.1 {
            ids.0.to_string()
        } else {
            format!("{}–{}", ids.0, ids.1)
        };
        let table = words::table(table, lang);
        list.push(vec![
            Value::from(table),
            Value::from(numbers),
            Value::from(what),
        ]);
    };
    for loss in &done.losses {
        put(
            &loss.table,
            loss.ids,
            words::loss(loss.why, &loss.what, lang),
        );
    }
    for (table, id, name) in &done.rebuilt {
        put(
            table,
            (*id, *id),
            words::rebuilt(done.journal_lost, name, lang),
        );
    }
    if !list.is_empty() || format != Format::Table {
        let names = words::LOSS_HEADINGS.iter().map(|w| match format {
            Format::Table => w.text(lang).to_owned(),
            _ => w.en.to_owned(),
        });
        let rows = Rows {
            names: names.collect(),
            rows: list,
        };
        write(&rows, format)?;
    }
    let (read, rebuilt): (usize, usize) = (done.read.values().sum(), done.rebuilt.len());
    let (from, to) = (damaged.display().to_string(), out.display().to_string());
    let numbers = [read, rebuilt, done.losses.len()].map(|n| n.to_string());
    let [read, rebuilt, lost] = &numbers;
    let said = SALVAGED.fill(lang, &[&from, read, &to, rebuilt, lost]);
    say(&safe::shown(&said));
    Ok(())
}

/// Puts old values of the journal into a file of their own.
pub(super) fn archive(setting: &Setting, before: NaiveDate, out: &Path) -> Result<(), Failure> {
    let mut store = setting.open(Access::Write)?;
    let done = store.archive(before, out);
    let done = done.map_err(|e| Failure::of(&e, setting.lang))?;
    let (changes, lines) = (done.changes.to_string(), done.lines.to_string());
    let file = out.display().to_string();
    say(&ARCHIVED.fill(setting.lang, &[&changes, &lines, &file]));
    Ok(())
}
