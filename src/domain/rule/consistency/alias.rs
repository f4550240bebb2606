//! One meaning, many names: the user's aliases, then those that come with the program.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::domain::document::Alias;

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    key: BTreeMap<String, Vec<String>>,
    word: BTreeMap<String, Vec<String>>,
    unit: BTreeMap<String, Vec<String>>,
}

/// What names mean, one table a kind.
#[derive(Debug, Clone, Default)]
struct Tables {
    keys: BTreeMap<String, String>,
    words: BTreeMap<String, String>,
    units: BTreeMap<String, String>,
}

/// The names that come with the program, read once.
static KNOWN: LazyLock<Tables> = LazyLock::new(|| {
    let file: File =
        toml::from_str(include_str!("../../../../assets/aliases.toml")).unwrap_or_default();
    Tables {
        keys: flat(&file.key),
        words: flat(&file.word),
        units: flat(&file.unit),
    }
});

/// The aliases of a file, ready to look up: the user's own over those that come with the program.
#[derive(Debug, Clone, Default)]
pub struct Aliases {
    own: Tables,
}

impl Aliases {
    /// The user's own over the program's; a kind that is neither `key` nor `unit` is of words.
    #[must_use]
    pub fn new<'a>(own: impl Iterator<Item = &'a Alias>) -> Self {
        let mut aliases = Self::default();
        for alias in own {
            let (table, known) = match alias.kind.as_str() {
                "key" => (&mut aliases.own.keys, &KNOWN.keys),
                "unit" => (&mut aliases.own.units, &KNOWN.units),
                _ => (&mut aliases.own.words, &KNOWN.words),
            };
            // A user's name for a known thing leads where the known one leads.
            let to = fold(&alias.canonical);
            let to = table
                .get(&to)
                .or_else(|| known.get(&to))
                .cloned()
                .unwrap_or(to);
            table.insert(fold(&alias.name), to);
        }
        aliases
    }

    /// The compared name of a fact.
    #[must_use]
    pub fn key(&self, name: &str) -> String {
        of(&self.own.keys, &KNOWN.keys, name)
    }

    /// Whether a compared name is that of a known fact.
    #[must_use]
    pub fn is_key(&self, key: &str) -> bool {
        let mut all = self.own.keys.values().chain(KNOWN.keys.values());
        all.any(|known| known == key)
    }

    /// The compared form of a word.
    #[must_use]
    pub fn word(&self, word: &str) -> String {
        of(&self.own.words, &KNOWN.words, word)
    }

    /// The unit that is compared, where it is one.
    #[must_use]
    pub fn unit(&self, unit: &str) -> Option<String> {
        let unit = fold(unit);
        let own = self.own.units.get(&unit);
        own.or_else(|| KNOWN.units.get(&unit)).cloned()
    }
}

fn flat(table: &BTreeMap<String, Vec<String>>) -> BTreeMap<String, String> {
    let mut out = BTreeMap::new();
    for (to, names) in table {
        for name in names.iter().chain(Some(to)) {
            out.insert(fold(name), to.clone());
        }
    }
    out
}

fn of(own: &BTreeMap<String, String>, known: &BTreeMap<String, String>, name: &str) -> String {
    let folded = fold(name);
    let means = own.get(&folded).or_else(|| known.get(&folded));
    means.cloned().unwrap_or(folded)
}

/// Width, case and blanks do not tell names apart.
#[must_use]
pub fn fold(text: &str) -> String {
    let wide = text.chars().map(|c| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '\u{3000}' => ' ',
        _ => c,
    });
    let lower = wide.collect::<String>().to_lowercase();
    lower.split_whitespace().collect::<Vec<_>>().join(" ")
}
