//! The user's settings: one small file, the environment and the command line over it.
//!
//! [`KEYS`] says once which keys there are, what they may hold and what holds without them; the
//! file that `gendan config init` writes, the check and the list are made from it. What is wrong in
//! a file is a [`Fault`] with its line, never a reason to stop: the key has its default then.

pub mod fault;
pub mod lines;
pub mod themes;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

pub use fault::{Fault, Place, Wrong};
use lines::{Entry, Value};

use crate::text::Lang;
use crate::theme::SymbolSet;

/// Bytes of a settings, theme or key map file that are read; a larger one is no such file.
pub const FILE_BYTES_MAX: u64 = 1 << 20;

/// What a key may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Allowed {
    Codes(&'static [&'static str]),
    /// A whole number, both ends included.
    Whole(i64, i64),
    /// Any text: a name or a path.
    Text,
}

/// A key of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key {
    /// As in the file; a dot parts table and key.
    pub name: &'static str,
    /// The variable of the environment that goes before the file.
    pub variable: &'static str,
    pub allowed: Allowed,
    pub default: &'static str,
}

const ON_OFF: Allowed = Allowed::Codes(&["on", "off"]);
/// Copies of one kind that are kept at most: a thousand days are almost three years.
const COPIES: Allowed = Allowed::Whole(0, 1000);

const fn key(
    name: &'static str,
    variable: &'static str,
    allowed: Allowed,
    default: &'static str,
) -> Key {
    Key {
        name,
        variable,
        allowed,
        default,
    }
}

/// Every key, in the order of the file.
#[rustfmt::skip]
pub const KEYS: &[Key] = &[
    key("lang", "GENDAN_LANG", Allowed::Codes(&["auto", "zh-CN", "en"]), "auto"),
    key("theme", "GENDAN_THEME", Allowed::Text, "dark"),
    key("symbols", "GENDAN_SYMBOLS", Allowed::Codes(&["unicode", "ascii"]), "unicode"),
    key("mouse", "GENDAN_MOUSE", ON_OFF, "off"),
    key("tour", "GENDAN_TOUR", ON_OFF, "on"),
    key("keymap", "GENDAN_KEYMAP", Allowed::Text, "keymap.toml"),
    key("report_folder", "GENDAN_REPORT_FOLDER", Allowed::Text, ""),
    key("safe_journal", "GENDAN_SAFE_JOURNAL", Allowed::Codes(&["auto", "always"]), "auto"),
    key("backup.days", "GENDAN_BACKUP_DAYS", COPIES, "7"),
    key("backup.weeks", "GENDAN_BACKUP_WEEKS", COPIES, "4"),
    key("backup.months", "GENDAN_BACKUP_MONTHS", COPIES, "12"),
];

/// Where a value comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    Default,
    /// Line of the file, counted from one.
    File(usize),
    Variable(&'static str),
    Argument,
}

/// How many copies of the data file are kept, by age.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Backup {
    /// One a day for so many days.
    pub days: u32,
    /// One a week for so many weeks.
    pub weeks: u32,
    /// One a month for so many months.
    pub months: u32,
}

/// Whether the data file is kept with the journal that also holds in network folders.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SafeJournal {
    /// Where the folder is known to be in a network.
    #[default]
    Auto,
    Always,
}

/// The settings in force, each with where it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    values: BTreeMap<&'static str, (String, Source)>,
}

impl Default for Config {
    fn default() -> Self {
        let value = |key: &Key| (key.name, (key.default.to_owned(), Source::Default));
        Self {
            values: KEYS.iter().map(value).collect(),
        }
    }
}

impl Config {
    /// The settings of a file, with the environment over it, and all that is wrong with both.
    ///
    /// `text` is empty where there is no file; `file` names it in the faults.
    #[must_use]
    pub fn read(
        file: &Path,
        text: &str,
        variable: &dyn Fn(&str) -> Option<String>,
    ) -> (Self, Vec<Fault>) {
        let mut config = Self::default();
        let (entries, broken) = lines::read(text);
        let fault = |line, wrong| Fault::new(file, Place::Line(line), wrong);
        let mut faults: Vec<Fault> = broken
            .into_iter()
            .map(|(line, said)| fault(line, Wrong::NotToml(said)))
            .collect();
        for entry in entries {
            if let Err(wrong) = config.take(&entry) {
                faults.push(fault(entry.line, wrong));
            }
        }
        for key in KEYS {
            let Some(text) = variable(key.variable).filter(|text| !text.is_empty()) else {
                continue;
            };
            let set = config.set(key.name, &text, Source::Variable(key.variable));
            faults.extend(
                set.err()
                    .map(|wrong| Fault::new(Path::new(""), Place::Variable(key.variable), wrong)),
            );
        }
        (config, faults)
    }

    fn take(&mut self, entry: &Entry) -> Result<(), Wrong> {
        let name = entry.path.join(".");
        let text = match &entry.value {
            Value::Text(text) => text.clone(),
            Value::Flag(true) => "on".to_owned(),
            Value::Flag(false) => "off".to_owned(),
            Value::List(_) | Value::Other(_) if !KEYS.iter().any(|k| k.name == name) => {
                return Err(unknown(&name));
            }
            Value::List(items) => format!("[{}]", items.len()),
            Value::Other(text) => text.clone(),
        };
        self.set(&name, &text, Source::File(entry.line))
    }

    /// Sets a key.
    ///
    /// # Errors
    /// Where there is no such key, or it may not hold that; it then stays as it was.
    pub fn set(&mut self, name: &str, text: &str, source: Source) -> Result<(), Wrong> {
        let key = KEYS
            .iter()
            .find(|key| key.name == name)
            .ok_or_else(|| unknown(name))?;
        let text = text.trim();
        let right = match key.allowed {
            Allowed::Codes(codes) => codes.contains(&text),
            Allowed::Whole(least, most) => text
                .parse::<i64>()
                .is_ok_and(|n| (least..=most).contains(&n)),
            Allowed::Text => !text.chars().any(char::is_control),
        };
        if !right {
            return Err(Wrong::Value {
                key: name.to_owned(),
                value: text.to_owned(),
                allowed: key.allowed,
            });
        }
        self.values.insert(key.name, (text.to_owned(), source));
        Ok(())
    }

    /// The value of a key and where it comes from.
    #[must_use]
    pub fn get(&self, name: &str) -> (&str, Source) {
        self.values
            .get(name)
            .map_or(("", Source::Default), |(text, source)| (text, *source))
    }

    fn text(&self, name: &str) -> &str {
        self.get(name).0
    }

    /// The language; none: that of the system.
    #[must_use]
    pub fn lang(&self) -> Option<Lang> {
        match self.text("lang") {
            "zh-CN" => Some(Lang::Zh),
            "en" => Some(Lang::En),
            _ => None,
        }
    }

    /// The name of the theme: a built-in one, or a file of the user's.
    #[must_use]
    pub fn theme(&self) -> &str {
        self.text("theme")
    }

    #[must_use]
    pub fn symbols(&self) -> SymbolSet {
        match self.text("symbols") {
            "ascii" => SymbolSet::Ascii,
            _ => SymbolSet::Unicode,
        }
    }

    /// Whether clicks come to the program from the start.
    #[must_use]
    pub fn mouse(&self) -> bool {
        self.text("mouse") == "on"
    }

    /// Whether the tour may be shown at a first start.
    #[must_use]
    pub fn tour(&self) -> bool {
        self.text("tour") == "on"
    }

    /// The user's key map; a relative name counts from the folder of the settings.
    #[must_use]
    pub fn keymap(&self, folder: &Path) -> PathBuf {
        folder.join(self.text("keymap"))
    }

    /// The folder in which reports are proposed; none: that of the last report.
    #[must_use]
    pub fn report_folder(&self) -> Option<&str> {
        Some(self.text("report_folder")).filter(|folder| !folder.is_empty())
    }

    #[must_use]
    pub fn safe_journal(&self) -> SafeJournal {
        match self.text("safe_journal") {
            "always" => SafeJournal::Always,
            _ => SafeJournal::Auto,
        }
    }

    #[must_use]
    pub fn backup(&self) -> Backup {
        let number = |name| self.text(name).parse().unwrap_or(0);
        Backup {
            days: number("backup.days"),
            weeks: number("backup.weeks"),
            months: number("backup.months"),
        }
    }
}

fn unknown(name: &str) -> Wrong {
    let names = KEYS.iter().map(|key| key.name);
    Wrong::UnknownKey {
        key: name.to_owned(),
        known: names.map(str::to_owned).collect(),
    }
}

/// The text of a settings file; none where there is none.
///
/// # Errors
/// Where it cannot be read, is too large, or is no UTF-8.
pub fn read_file(path: &Path) -> Result<Option<String>, Box<Fault>> {
    let wrong = |said: String| Box::new(Fault::new(path, Place::File, Wrong::NotRead(said)));
    match std::fs::metadata(path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(wrong(error.to_string())),
        Ok(meta) if meta.len() > FILE_BYTES_MAX => {
            return Err(wrong(format!("{} bytes", meta.len())));
        }
        Ok(_) => {}
    }
    std::fs::read_to_string(path)
        .map(Some)
        .map_err(|error| wrong(error.to_string()))
}

#[cfg(test)]
mod tests;
