//! The journal in the interchange file: what was done, value by value, as history to read.

use std::collections::BTreeSet;

use serde_json::value::RawValue;

use super::ROWS_MAX;
use super::check;
use super::error::Fault;
use super::print::{Node, close, line};
use super::raw;
use super::read::{Go, Reader};
use super::values::{flag, scalar_of};
use crate::domain::schema::TABLES;
use crate::store::journal::{Entry, Past};
use crate::text::Did;

const KINDS: &[&str] = &["edit", "undo", "redo"];
const OPS: &[&str] = &["insert", "update", "delete"];
const KEYS: &[&str] = &[
    "at", "who", "kind", "undone", "did", "args", "order", "entries",
];
const ENTRY_KEYS: &[&str] = &["table", "row", "op", "field", "old", "new"];
/// What an entry says where there is no value.
const NOTHING: &str = "null";

/// Writes the list at the end of the file.
pub(super) fn write(journal: &[Past], out: &mut String) {
    for (at, past) in journal.iter().enumerate() {
        if at == 0 {
            out.push_str(",\n  \"journal\": [");
        }
        line(out, at, 4);
        one(past).write(out, 4);
    }
    if !journal.is_empty() {
        close(out, 2, ']');
    }
}

fn one(past: &Past) -> Node {
    let mut pairs = vec![("at", Node::text(&past.at))];
    let mut put = |key: &'static str, text: &str, default: &str| {
        if text != default {
            pairs.push((key, Node::text(text)));
        }
    };
    put("who", &past.who, "");
    put("kind", &past.kind, "edit");
    put("did", past.did.code(), "");
    put("order", &past.order_no, "");
    if past.undone {
        pairs.push(("undone", Node::Raw("true".to_owned())));
    }
    if !past.args.is_empty() {
        let args = past.args.iter().map(|arg| Node::text(arg)).collect();
        pairs.push(("args", Node::List(args)));
    }
    if !past.entries.is_empty() {
        pairs.push((
            "entries",
            Node::List(past.entries.iter().map(entry).collect()),
        ));
    }
    Node::Object(pairs)
}

fn entry(entry: &Entry) -> Node {
    let mut pairs = vec![
        ("table", Node::text(&entry.table)),
        ("row", Node::number(entry.row_id)),
        ("op", Node::text(&entry.op)),
    ];
    if !entry.field.is_empty() {
        pairs.push(("field", Node::text(&entry.field)));
    }
    for (key, value) in [("old", &entry.old), ("new", &entry.new)] {
        if value != NOTHING {
            pairs.push((key, Node::text(value)));
        }
    }
    Node::Object(pairs)
}

/// An error with the key it is about and what was found there.
type Wrong = (Fault, String, String);

impl Reader {
    pub(super) fn journal(&mut self, value: &RawValue) -> Go {
        let values = match raw::list(value) {
            Ok(values) if values.len() > ROWS_MAX => {
                return self.refuse(Fault::TooManyRows(ROWS_MAX), "journal", "");
            }
            Ok(values) => values,
            Err(fault) => return self.refuse(fault, "journal", value.get()),
        };
        for (at, value) in values.into_iter().enumerate() {
            match past(value) {
                Ok(past) => self.file.journal.push(past),
                Err((fault, key, found)) => {
                    let path = format!("journal[{at}]{key}");
                    if let Go::Stop = self.refuse(fault, &path, &found) {
                        return Go::Stop;
                    }
                }
            }
        }
        Go::On
    }
}

/// The pairs of an object with known keys, each once.
fn known<'a>(
    value: &'a RawValue,
    keys: &[&'static str],
) -> Result<Vec<(String, &'a RawValue)>, Wrong> {
    let pairs = raw::object(value).map_err(|f| (f, String::new(), value.get().to_owned()))?;
    let mut seen = BTreeSet::new();
    for (key, _) in &pairs {
        if !keys.contains(&key.as_str()) {
            let fault = Fault::UnknownKey(keys.to_vec());
            return Err((fault, format!(".{key}"), String::new()));
        }
        if !seen.insert(key.as_str()) {
            return Err((Fault::KeyTwice, format!(".{key}"), String::new()));
        }
    }
    Ok(pairs)
}

fn past(value: &RawValue) -> Result<Past, Wrong> {
    let mut past = Past {
        at: String::new(),
        who: String::new(),
        kind: "edit".to_owned(),
        undone: false,
        did: Did::Unknown,
        args: Vec::new(),
        order_no: String::new(),
        entries: Vec::new(),
    };
    for (key, value) in known(value, KEYS)? {
        if key == "entries" {
            past.entries = entries(value)?;
            continue;
        }
        let done = match key.as_str() {
            "at" => scalar_of(value, check::stamp).map(|text| past.at = text),
            "who" => scalar_of(value, check::text).map(|text| past.who = text),
            "kind" => coded(value, KINDS).map(|text| past.kind = text),
            "undone" => scalar_of(value, |s| flag(&s)).map(|flag| past.undone = flag == 1),
            "did" => did(value).map(|did| past.did = did),
            "order" => scalar_of(value, check::text).map(|text| past.order_no = text),
            _ => raw::list(value)
                .and_then(|args| {
                    args.into_iter()
                        .map(|a| scalar_of(a, check::text))
                        .collect()
                })
                .map(|args| past.args = args),
        };
        done.map_err(|fault| (fault, format!(".{key}"), value.get().to_owned()))?;
    }
    if past.at.is_empty() {
        return Err((Fault::Missing, ".at".to_owned(), String::new()));
    }
    Ok(past)
}

fn entries(value: &RawValue) -> Result<Vec<Entry>, Wrong> {
    let values =
        raw::list(value).map_err(|f| (f, ".entries".to_owned(), value.get().to_owned()))?;
    let mut out = Vec::new();
    for (at, value) in values.into_iter().enumerate() {
        let entry = read_entry(value);
        out.push(entry.map_err(|(f, key, found)| (f, format!(".entries[{at}]{key}"), found))?);
    }
    Ok(out)
}

fn read_entry(value: &RawValue) -> Result<Entry, Wrong> {
    let mut entry = Entry {
        table: String::new(),
        row_id: 0,
        op: String::new(),
        field: String::new(),
        old: NOTHING.to_owned(),
        new: NOTHING.to_owned(),
    };
    let tables: Vec<&str> = TABLES.iter().map(|table| table.name).collect();
    for (key, value) in known(value, ENTRY_KEYS)? {
        let done = match key.as_str() {
            "table" => coded(value, &tables).map(|text| entry.table = text),
            "row" => scalar_of(value, |s| check::whole(&s)).map(|id| entry.row_id = id),
            "op" => coded(value, OPS).map(|text| entry.op = text),
            "field" => scalar_of(value, check::text).map(|text| entry.field = text),
            "old" => scalar_of(value, check::text).map(|text| entry.old = text),
            _ => scalar_of(value, check::text).map(|text| entry.new = text),
        };
        done.map_err(|fault| (fault, format!(".{key}"), value.get().to_owned()))?;
    }
    let missing = [
        ("table", entry.table.is_empty()),
        ("op", entry.op.is_empty()),
    ];
    match missing.iter().find(|(_, empty)| *empty) {
        Some((key, _)) => Err((Fault::Missing, format!(".{key}"), String::new())),
        None => Ok(entry),
    }
}

fn coded(value: &RawValue, codes: &[&str]) -> Result<String, Fault> {
    let text = scalar_of(value, check::text)?;
    if codes.contains(&text.as_str()) {
        Ok(text)
    } else {
        let codes = codes.iter().map(|code| (*code).to_owned());
        Err(Fault::WantCode(codes.collect()))
    }
}

fn did(value: &RawValue) -> Result<Did, Fault> {
    let codes: Vec<&str> = Did::ALL.iter().map(|did| did.code()).collect();
    coded(value, &codes).map(|code| Did::of(&code))
}
