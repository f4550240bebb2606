//! Finds text by what people type: parts of it, pinyin, or pinyin initials.
//!
//! Several words must all be found, in any order. Case and full-width forms do not matter. Pinyin
//! is matched with every reading of a character (重庆 by `cq` and by `chongqing`). Built once per
//! query, then asked text by text. What is searched at every key, as the rows of a panel, goes into a
//! [`corpus`].

pub mod corpus;

use std::borrow::Cow;

use ib_matcher::matcher::{IbMatcher, PinyinMatchConfig};
use ib_matcher::pinyin::PinyinNotation;

use super::datein::fold_char;

/// Words of a query that count; more is a pasted text, not a search.
pub const WORDS_MAX: usize = 8;

/// A query, ready to be asked of many texts.
pub struct Matcher {
    words: Vec<Needle>,
}

struct Needle {
    plain: String,
    pinyin: Option<IbMatcher<'static>>,
}

impl std::fmt::Debug for Matcher {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let words: Vec<&str> = self.words.iter().map(|w| w.plain.as_str()).collect();
        f.debug_struct("Matcher").field("words", &words).finish()
    }
}

impl Matcher {
    /// Prepares a query; an empty one finds everything.
    #[must_use]
    pub fn new(query: &str) -> Self {
        let folded = fold(query);
        let words = folded
            .split_whitespace()
            .take(WORDS_MAX)
            .map(|word| Needle {
                plain: word.to_owned(),
                pinyin: pinyin_matcher(word),
            })
            .collect();
        Self { words }
    }

    /// Whether the query has no words.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Whether every word of the query is in the text.
    #[must_use]
    pub fn matches(&self, text: &str) -> bool {
        self.matches_any(&[text])
    }

    /// Whether every word of the query is in one or another of the texts of a row.
    #[must_use]
    pub fn matches_any(&self, texts: &[&str]) -> bool {
        if self.words.is_empty() {
            return true;
        }
        let folded: Vec<Cow<'_, str>> = texts.iter().map(|t| fold_cow(t)).collect();
        self.words.iter().all(|word| {
            folded.iter().any(|text| {
                text.contains(&word.plain)
                    || (!text.is_ascii()
                        && word.pinyin.as_ref().is_some_and(|p| p.is_match(&**text)))
            })
        })
    }
}

/// A pinyin matcher for words that could be pinyin; digits may stand among it (`fldn50`).
fn pinyin_matcher(word: &str) -> Option<IbMatcher<'static>> {
    if !word.bytes().any(|b| b.is_ascii_lowercase()) {
        return None;
    }
    let notations = PinyinNotation::Ascii | PinyinNotation::AsciiFirstLetter;
    let matcher = IbMatcher::builder(word)
        .is_pattern_partial(true)
        .pinyin(PinyinMatchConfig::notations(notations))
        .build();
    Some(matcher)
}

fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars().map(fold_char) {
        match c {
            // Nothing between the radicals and the end of the Chinese characters has case.
            '\u{2e80}'..='\u{9fff}' => folded.push(c),
            c if c.is_ascii() => folded.push(c.to_ascii_lowercase()),
            // At the end of a word or not: one letter.
            'ς' => folded.push('σ'),
            c => folded.extend(c.to_lowercase()),
        }
    }
    folded
}

fn fold_cow(text: &str) -> Cow<'_, str> {
    let changes = |c: char| {
        c.is_uppercase()
            || matches!(
                c,
                '\u{ff01}'..='\u{ff5e}' | '\u{3000}' | '。' | '、' | '￥' | 'ς'
            )
    };
    if text.chars().any(changes) {
        Cow::Owned(fold(text))
    } else {
        Cow::Borrowed(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_found_by_parts_pinyin_and_initials() {
        let check = |query: &str, text: &str, found: bool| {
            assert_eq!(
                Matcher::new(query).matches(text),
                found,
                "{query} in {text}"
            );
        };
        check("", "永兴五金", true);
        check("五金", "永兴五金", true);
        check("兴金", "永兴五金", false);
        check("yxwj", "永兴五金", true);
        check("yongxing", "永兴五金", true);
        check("yongx", "永兴五金", true);
        check("cqca", "重庆长安", true);
        check("cssx", "长沙单县", true);
        check("bxgfldn50", "不锈钢法兰DN50", true);
        check("dn50", "不锈钢法兰ＤＮ５０", true);
        check("ＰＯ１", "po118", true);
        check("po 永兴", "PO-118 永兴五金", true);
        check("永兴 po", "PO-118 永兴五金", true);
        check("po xx", "PO-118 永兴五金", false);
        check("zz", "永兴五金", false);
    }

    #[test]
    fn words_may_be_found_in_different_cells_of_a_row() {
        let m = Matcher::new("118 yx");
        assert!(m.matches_any(&["PO-118", "永兴五金"]));
        assert!(!m.matches_any(&["PO-119", "永兴五金"]));
        assert!(Matcher::new("  ").is_empty());
    }
}
