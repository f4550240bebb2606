//! TOML read so that every key and value keeps its line; lines that are no TOML are told apart.

use toml::de::{DeTable, DeValue};

/// Entries of one file that are taken; nobody writes more by hand.
const ENTRIES_MAX: usize = 10_000;

/// What stands behind a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A text, or a number as it is written.
    Text(String),
    Flag(bool),
    /// A list of texts, each with its line; what is no text is none.
    List(Vec<(usize, Option<String>)>),
    /// A date, a number with a fraction, or the like, as it is called.
    Other(String),
}

/// A key with its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The tables it is in, then its own name.
    pub path: Vec<String>,
    pub value: Value,
    /// Counted from one.
    pub line: usize,
}

/// The entries of a text in their order, and what could not be read, by line.
#[must_use]
pub fn read(text: &str) -> (Vec<Entry>, Vec<(usize, String)>) {
    let (root, errors) = DeTable::parse_recoverable(text);
    let mut entries = Vec::new();
    let breaks = text.bytes().enumerate().filter(|(_, b)| *b == b'\n');
    let lines = Lines(breaks.map(|(at, _)| at).collect());
    walk(&lines, root.get_ref(), &[], &mut entries);
    entries.sort_by_key(|entry| entry.line);
    entries.truncate(ENTRIES_MAX);
    let said = |error: toml::de::Error| {
        let line = lines.of(error.span().map_or(0, |span| span.start));
        (line, error.message().to_owned())
    };
    (entries, errors.into_iter().map(said).collect())
}

fn walk(lines: &Lines, table: &DeTable<'_>, above: &[String], out: &mut Vec<Entry>) {
    for (key, value) in table {
        let mut path = above.to_vec();
        path.push(key.get_ref().to_string());
        let line = lines.of(key.span().start);
        let value = match value.get_ref() {
            DeValue::Table(inner) => {
                walk(lines, inner, &path, out);
                continue;
            }
            DeValue::String(text) => Value::Text(text.to_string()),
            DeValue::Integer(number) if number.radix() == 10 => {
                Value::Text(number.as_str().to_owned())
            }
            DeValue::Boolean(flag) => Value::Flag(*flag),
            DeValue::Array(items) => Value::List(
                items
                    .iter()
                    .map(|item| {
                        let line = lines.of(item.span().start);
                        (line, item.get_ref().as_str().map(str::to_owned))
                    })
                    .collect(),
            ),
            other => Value::Other(other.type_str().to_owned()),
        };
        out.push(Entry { path, value, line });
    }
}

/// Where the lines of a text end.
struct Lines(Vec<usize>);

impl Lines {
    /// The line of a byte, counted from one.
    fn of(&self, at: usize) -> usize {
        1 + self.0.partition_point(|end| *end < at)
    }
}
