//! Reads JSON one level at a time, keeping the text of what lies below.
//!
//! So numbers keep every digit, a key that stands twice is seen, and only places that the format
//! has are ever descended into: its own depth is the limit of nesting.

use std::fmt;

use serde::de::{self, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::ROWS_MAX;
use super::error::Fault;

/// The most keys of an object that are kept. No object of the format has nearly as many, so there
/// is a wrong one among them, and what comes after need not be looked at.
const KEYS_MAX: usize = 1_000;

/// A value that holds no others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Scalar<'a> {
    Null,
    Flag(bool),
    /// As written.
    Number(&'a str),
    Text(String),
    /// A list or an object where neither belongs.
    Nested,
}

/// A whole file.
pub(super) fn file(text: &str) -> Result<&RawValue, Fault> {
    serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(|error| syntax(&error))
}

/// The keys and values of an object, in order.
pub(super) fn object(raw: &RawValue) -> Result<Vec<(String, &RawValue)>, Fault> {
    if !raw.get().starts_with('{') {
        return Err(Fault::WantObject);
    }
    serde_json::from_str::<Pairs<'_>>(raw.get())
        .map(|pairs| pairs.0)
        .map_err(|error| syntax(&error))
}

/// The values of a list, at most one more than a file may have rows.
pub(super) fn list(raw: &RawValue) -> Result<Vec<&RawValue>, Fault> {
    if !raw.get().starts_with('[') {
        return Err(Fault::WantList);
    }
    serde_json::from_str::<Values<'_>>(raw.get())
        .map(|values| values.0)
        .map_err(|error| syntax(&error))
}

/// A value that should hold no others.
pub(super) fn scalar(raw: &RawValue) -> Result<Scalar<'_>, Fault> {
    let text = raw.get();
    Ok(match text.chars().next() {
        Some('"') => Scalar::Text(serde_json::from_str(text).map_err(|error| syntax(&error))?),
        Some('{' | '[') => Scalar::Nested,
        Some('t') => Scalar::Flag(true),
        Some('f') => Scalar::Flag(false),
        Some('n') | None => Scalar::Null,
        Some(_) => Scalar::Number(text),
    })
}

fn syntax(error: &serde_json::Error) -> Fault {
    Fault::Syntax {
        line: error.line(),
        column: error.column(),
    }
}

struct Pairs<'a>(Vec<(String, &'a RawValue)>);

impl<'de> de::Deserialize<'de> for Pairs<'de> {
    fn deserialize<D: de::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_map(PairsVisitor)
    }
}

struct PairsVisitor;

impl<'de> Visitor<'de> for PairsVisitor {
    type Value = Pairs<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut pairs = Vec::new();
        while pairs.len() < KEYS_MAX {
            match map.next_entry()? {
                Some(pair) => pairs.push(pair),
                None => return Ok(Pairs(pairs)),
            }
        }
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Pairs(pairs))
    }
}

struct Values<'a>(Vec<&'a RawValue>);

impl<'de> de::Deserialize<'de> for Values<'de> {
    fn deserialize<D: de::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_seq(ValuesVisitor)
    }
}

struct ValuesVisitor;

impl<'de> Visitor<'de> for ValuesVisitor {
    type Value = Values<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let mut values = Vec::new();
        while values.len() <= ROWS_MAX {
            match seq.next_element()? {
                Some(value) => values.push(value),
                None => return Ok(Values(values)),
            }
        }
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Values(values))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_their_digits_and_keys_their_order() {
        let raw = file(" {\"b\": 3.2500, \"a\": \"\\u4e2d\", \"b\": [1e30, {}]} ").unwrap();
        let pairs = object(raw).unwrap();
        let keys: Vec<&str> = pairs.iter().map(|(k, _)| k.as_str()).collect();
        assert_eq!(keys, ["b", "a", "b"]);
        assert_eq!(scalar(pairs[0].1), Ok(Scalar::Number("3.2500")));
        assert_eq!(scalar(pairs[1].1), Ok(Scalar::Text("中".into())));
        assert_eq!(scalar(pairs[2].1), Ok(Scalar::Nested));
        assert_eq!(list(pairs[2].1).unwrap().len(), 2);
        assert_eq!(object(pairs[2].1).err(), Some(Fault::WantObject));
    }

    #[test]
    fn what_is_beyond_any_right_file_is_not_kept() {
        let many = format!("[{}0]", "0,".repeat(ROWS_MAX + 9));
        assert_eq!(list(file(&many).unwrap()).unwrap().len(), ROWS_MAX + 1);
        let many = format!("{{{}\"a\":0}}", "\"a\":0,".repeat(KEYS_MAX * 2));
        assert_eq!(object(file(&many).unwrap()).unwrap().len(), KEYS_MAX);
    }

    #[test]
    fn deep_nesting_is_read_over_and_broken_text_refused() {
        let deep = format!("{{\"a\":{}{}}}", "[".repeat(100_000), "]".repeat(100_000));
        assert_eq!(
            scalar(object(file(&deep).unwrap()).unwrap()[0].1),
            Ok(Scalar::Nested)
        );
        assert_eq!(
            file("{\n\"a\":}").err(),
            Some(Fault::Syntax { line: 2, column: 5 })
        );
        assert!(file("").is_err());
        assert!(scalar(file("\"\\ud800\"").unwrap()).is_err());
    }
}
