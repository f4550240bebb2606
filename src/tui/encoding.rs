//! In which encoding the terminal is, as the environment tells it.
//!
//! The screens are UTF-8. Where the environment names another encoding, Chinese would come out as
//! rubbish and break the columns, so that the caller says so instead. A locale without a name of an
//! encoding (`C`, `POSIX`, `zh_CN`) says nothing: terminals of today are UTF-8 then, too.

use encoding_rs::Encoding;

/// A terminal in another encoding than UTF-8.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Foreign {
    /// The name, as the environment writes it: `GB18030`.
    pub name: String,
    /// The same locale with UTF-8: `zh_CN.UTF-8`.
    pub instead: String,
}

/// The encoding where it is another than UTF-8, by the first of `LC_ALL`, `LC_CTYPE` and `LANG`
/// that is set and not empty.
///
/// `variable` reads the environment.
pub fn foreign(variable: impl Fn(&str) -> Option<String>) -> Option<Foreign> {
    let set = |name: &&str| variable(name).filter(|value| !value.is_empty());
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].iter().find_map(set)?;
    let (language, rest) = locale.split_once('.')?;
    let name = rest.split('@').next()?;
    let plain = |text: &str| {
        let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
        !text.is_empty() && text.chars().all(fits)
    };
    let folded: String = name.to_ascii_lowercase().replace(['-', '_'], "");
    // ASCII is the `C` locale by another name.
    let says_nothing = matches!(folded.as_str(), "utf8" | "ascii" | "usascii");
    if says_nothing || !plain(name) || !plain(language) {
        return None;
    }
    Some(Foreign {
        name: name.to_owned(),
        instead: format!("{language}.UTF-8"),
    })
}

impl Foreign {
    /// A text in this encoding; `None` where the encoding is not known or lacks a character.
    #[must_use]
    pub fn encode(&self, text: &str) -> Option<Vec<u8>> {
        let (bytes, _, lacking) = Encoding::for_label(self.name.as_bytes())?.encode(text);
        (!lacking).then(|| bytes.into_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(set: &[(&str, &str)]) -> Option<String> {
        let value = |name: &str| {
            let found = set.iter().find(|(n, _)| *n == name);
            found.map(|(_, value)| (*value).to_owned())
        };
        foreign(value).map(|f| format!("{} {}", f.name, f.instead))
    }

    #[test]
    fn another_encoding_is_known_by_the_variable_that_counts() {
        assert_eq!(
            of(&[("LANG", "zh_CN.GB18030")]).as_deref(),
            Some("GB18030 zh_CN.UTF-8")
        );
        assert_eq!(
            of(&[("LANG", "zh_CN.UTF-8"), ("LC_ALL", "zh_TW.Big5@stroke")]).as_deref(),
            Some("Big5 zh_TW.UTF-8")
        );
        assert_eq!(
            of(&[("LC_ALL", ""), ("LC_CTYPE", "de_DE.ISO-8859-1")]).as_deref(),
            Some("ISO-8859-1 de_DE.UTF-8")
        );
        for silent in [
            "C",
            "POSIX",
            "zh_CN",
            "C.UTF-8",
            "en_US.utf8",
            "UTF-8",
            "C.ASCII",
            "a.\u{1b}[2J",
            "x.",
        ] {
            assert_eq!(of(&[("LANG", silent)]), None, "{silent:?}");
        }
        assert_eq!(of(&[]), None);
        assert_eq!(of(&[("LC_ALL", "C.UTF-8"), ("LANG", "zh_CN.GBK")]), None);
    }

    #[test]
    fn the_sentence_is_written_in_the_encoding_of_the_terminal() {
        let named = |name: &str| Foreign {
            name: name.to_owned(),
            instead: String::new(),
        };
        let zhong = named("GB18030").encode("中");
        assert_eq!(zhong.as_deref(), Some([0xd6, 0xd0].as_slice()));
        assert_eq!(named("ISO-8859-1").encode("中"), None);
        assert_eq!(named("of-another-world").encode("a"), None);
    }
}
