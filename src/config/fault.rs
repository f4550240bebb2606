//! What is wrong with a settings, theme or key map file, as data; `text::config` says it.

use std::path::{Path, PathBuf};

use super::Allowed;

/// Where a fault is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The file as a whole.
    File,
    /// A line of it, counted from one.
    Line(usize),
    /// A variable of the environment.
    Variable(&'static str),
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wrong {
    /// The file cannot be read; what the system says.
    NotRead(String),
    /// The line is no TOML; what the reader says.
    NotToml(String),
    UnknownKey {
        key: String,
        known: Vec<String>,
    },
    Value {
        key: String,
        value: String,
        allowed: Allowed,
    },
    NoTheme {
        name: String,
        known: Vec<String>,
    },
    Color {
        key: String,
        value: String,
    },
    /// No panel of that name in a key map.
    UnknownPlace(String),
    UnknownAction {
        name: String,
        /// The action that was probably meant.
        near: Option<&'static str>,
    },
    UnknownKeyName {
        action: &'static str,
        key: String,
    },
    /// A list of keys is wanted.
    NotKeys(&'static str),
    /// Two actions have the same key in one place; `wins` gets it.
    Clash {
        place: String,
        key: String,
        wins: &'static str,
        loses: &'static str,
    },
}

/// One thing that is wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    pub file: PathBuf,
    pub place: Place,
    pub wrong: Wrong,
}

impl Fault {
    #[must_use]
    pub fn new(file: &Path, place: Place, wrong: Wrong) -> Self {
        Self {
            file: file.to_owned(),
            place,
            wrong,
        }
    }
}

/// The name among `names` that was probably meant: at most a third of its letters differ.
#[must_use]
pub fn near<'a>(text: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    names
        .map(|name| (distance(text, name), name))
        .filter(|(far, name)| far * 3 <= name.chars().count())
        .min()
        .map(|(_, name)| name)
}

/// Letters to change, add or leave out to make one text of the other.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut next = vec![i + 1];
        for ((y, above), (before, left)) in
            b.iter().zip(row.iter().skip(1)).zip(row.iter().zip(0..))
        {
            let beside = next.get(left).copied().unwrap_or(usize::MAX - 1);
            next.push(
                (before + usize::from(x != *y))
                    .min(above + 1)
                    .min(beside + 1),
            );
        }
        row = next;
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_pen_finds_what_was_meant_and_another_word_does_not() {
        let names = ["app.quit", "app.help", "intake.new"];
        assert_eq!(near("app.qiut", names.into_iter()), Some("app.quit"));
        assert_eq!(near("intake.neww", names.into_iter()), Some("intake.new"));
        assert_eq!(near("schedule.make", names.into_iter()), None);
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("kitten", "sitting"), 3);
    }
}
