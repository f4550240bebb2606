//! One word or sentence for the user, in both languages side by side.

use serde::{Deserialize, Serialize};

/// The language of the screens and reports.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
pub enum Lang {
    #[default]
    #[serde(rename = "zh-CN")]
    Zh,
    #[serde(rename = "en")]
    En,
}

impl Lang {
    /// The code of the language.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Zh => "zh-CN",
            Self::En => "en",
        }
    }

    /// The other language.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Zh => Self::En,
            Self::En => Self::Zh,
        }
    }
}

/// A word or sentence in both languages; `{0}`, `{1}` .. mark what is filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Word {
    pub zh: &'static str,
    pub en: &'static str,
}

/// Writes a word table entry: Chinese first, English second.
#[must_use]
pub const fn word(zh: &'static str, en: &'static str) -> Word {
    Word { zh, en }
}

impl Word {
    /// The text in `lang`, marks and all.
    #[must_use]
    pub const fn text(self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => self.zh,
            Lang::En => self.en,
        }
    }

    /// The text in `lang` with its marks filled from `args`, each mark once.
    #[must_use]
    pub fn fill(self, lang: Lang, args: &[&str]) -> String {
        let mut out = String::new();
        let mut rest = self.text(lang);
        while let Some((before, after)) = rest.split_once('{') {
            out.push_str(before);
            let Some((mark, tail)) = after.split_once('}') else {
                out.push('{');
                rest = after;
                continue;
            };
            match mark.parse::<usize>().ok().and_then(|at| args.get(at)) {
                Some(value) => out.push_str(value),
                None => {
                    out.push('{');
                    out.push_str(mark);
                    out.push('}');
                }
            }
            rest = tail;
        }
        out.push_str(rest);
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_filled_in_either_order_and_never_twice() {
        let w = word("{1} 晚于 {0}", "{0} is before {1}");
        assert_eq!(w.fill(Lang::Zh, &["A{1}", "B"]), "B 晚于 A{1}");
        assert_eq!(w.fill(Lang::En, &["A", "B"]), "A is before B");
        assert_eq!(word("空", "none {0}").fill(Lang::En, &[]), "none {0}");
    }
}
