//! Mapping files: TOML with a heading and the field it means in each line.

use std::collections::BTreeMap;

use super::{Field, Mapping};
use crate::transfer::limits::{Limit, MAP_BYTES_MAX, MAP_ENTRIES_MAX};

/// What is wrong with a mapping file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WrongMap {
    Limit(Limit),
    /// It is no list of headings and fields; the line where that shows.
    Line(usize),
    /// The heading whose field does not exist.
    Field(String),
}

/// Reads a mapping file.
///
/// # Errors
/// Where it is no such file, too large, or names a field that does not exist.
pub fn mapping(text: &str) -> Result<Mapping, WrongMap> {
    if text.len() > MAP_BYTES_MAX {
        return Err(WrongMap::Limit(Limit::Map));
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let entries: BTreeMap<String, String> = toml::from_str(text).map_err(|e| {
        let before = e.span().and_then(|span| text.get(..span.start));
        WrongMap::Line(before.unwrap_or_default().matches('\n').count() + 1)
    })?;
    if entries.len() > MAP_ENTRIES_MAX {
        return Err(WrongMap::Limit(Limit::Map));
    }
    let known = |(heading, field): (String, String)| match Field::of(&field) {
        Some(field) => Ok((heading, field)),
        None => Err(WrongMap::Field(heading)),
    };
    entries.into_iter().map(known).collect()
}
