//! The user's themes: files `themes/NAME.toml` beside the settings, checked with line numbers.
//!
//! A file names a built-in theme it starts from (`base`) and the colours that differ: a name as in
//! `light-red`, an index 0 to 255, `#rrggbb`, or `default` for the terminal's own.

use std::path::Path;

use super::fault::{Fault, Place, Wrong};
use super::lines::{self, Value};
use super::read_file;
use crate::theme::{THEME_KEYS, Theme, ThemeError, ThemeName};

/// Files that are looked at.
const THEMES_MAX: usize = 100;

/// A theme by its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    pub name: String,
    pub theme: Theme,
}

/// The built-in themes, by name.
#[must_use]
pub fn built_in() -> Vec<Named> {
    ThemeName::ALL
        .into_iter()
        .map(|name| Named {
            name: name.code().to_owned(),
            theme: Theme::named(name),
        })
        .collect()
}

/// The built-in themes and those of the folder, and all that is wrong with its files.
///
/// A file with the name of a built-in theme takes its place. A colour that is wrong is that of the
/// theme the file starts from.
#[must_use]
pub fn all(folder: &Path) -> (Vec<Named>, Vec<Fault>) {
    let mut themes = built_in();
    let mut faults = Vec::new();
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|e| e == "toml"))
        .collect();
    files.sort();
    for path in files.into_iter().take(THEMES_MAX) {
        let Some(name) = path.file_stem().and_then(|stem| stem.to_str()) else {
            continue;
        };
        match read_file(&path) {
            Err(fault) => faults.push(*fault),
            Ok(text) => {
                let (theme, wrong) = read(&path, &text.unwrap_or_default());
                faults.extend(wrong);
                themes.retain(|known| known.name != name);
                themes.push(Named {
                    name: name.to_owned(),
                    theme,
                });
            }
        }
    }
    (themes, faults)
}

/// Reads a theme file.
#[must_use]
pub fn read(file: &Path, text: &str) -> (Theme, Vec<Fault>) {
    let (entries, broken) = lines::read(text);
    let fault = |line, wrong| Fault::new(file, Place::Line(line), wrong);
    let mut faults: Vec<Fault> = broken
        .into_iter()
        .map(|(line, said)| fault(line, Wrong::NotToml(said)))
        .collect();
    let value = |value: &Value| match value {
        Value::Text(text) | Value::Other(text) => text.clone(),
        Value::Flag(flag) => flag.to_string(),
        Value::List(_) => "[..]".to_owned(),
    };
    let mut theme = Theme::default();
    // The theme to start from, wherever in the file it is named.
    for entry in entries.iter().filter(|entry| entry.path == ["base"]) {
        let name = value(&entry.value);
        match ThemeName::of(&name) {
            Some(base) => theme = Theme::named(base),
            None => {
                let known = ThemeName::ALL.iter().map(|n| n.code().to_owned()).collect();
                faults.push(fault(entry.line, Wrong::NoTheme { name, known }));
            }
        }
    }
    for entry in entries.iter().filter(|entry| entry.path != ["base"]) {
        let name = entry.path.join(".");
        match theme.with(&name, &value(&entry.value)) {
            Ok(changed) => theme = changed,
            Err(ThemeError::Key(key)) => {
                let known = ["base"].iter().chain(&THEME_KEYS);
                let known = known.map(|&k| k.to_owned()).collect();
                faults.push(fault(entry.line, Wrong::UnknownKey { key, known }));
            }
            Err(ThemeError::Color(value)) => {
                faults.push(fault(entry.line, Wrong::Color { key: name, value }));
            }
        }
    }
    faults.sort_by_key(|fault| match fault.place {
        Place::Line(line) => line,
        Place::File | Place::Variable(_) => 0,
    });
    (theme, faults)
}
