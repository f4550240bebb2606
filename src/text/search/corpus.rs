//! Many texts, searched again at every key: finds what [`Matcher`](super::Matcher) finds, from texts
//! that were prepared once.
//!
//! A text is kept as numbers of its characters. A word of the query is a small automaton: the state
//! is the set of places of the word that may come next, a bit each, and every character moves them
//! on by itself, by the first letter of a reading or by a whole reading. What a character does at
//! the first place is worked out once per query, so most characters of a text cost one look-up.

use std::borrow::Cow;

use ib_matcher::pinyin::{PinyinData, PinyinNotation};

use super::{WORDS_MAX, fold, fold_cow};

/// Letters of a word that count, more than a field takes; the last bit of the state is the end of the
/// longest word.
const LETTERS_MAX: usize = 127;

/// Texts, ready to be searched by words, pinyin and initials.
#[derive(Debug, Clone, Default)]
pub struct Corpus {
    /// The characters of all texts, sorted, each once.
    chars: Vec<char>,
    /// The readings of each, without tones.
    readings: Vec<Vec<Vec<char>>>,
    /// The characters of each text by their places in `chars`.
    texts: Vec<Box<[u32]>>,
}

impl Corpus {
    /// Takes the texts; answers name them by their place.
    #[must_use]
    pub fn new<'a>(texts: impl IntoIterator<Item = &'a str>) -> Self {
        let texts: Vec<Cow<'_, str>> = texts.into_iter().map(fold_cow).collect();
        let code = |c: char| usize::try_from(u32::from(c)).unwrap_or(0);
        let last = texts.iter().flat_map(|text| text.chars()).max();
        // By the code of a character: zero where no text has it, then one more than its number.
        let mut numbers = vec![0_u32; last.map_or(0, |c| code(c) + 1)];
        let mut chars = Vec::new();
        for c in texts.iter().flat_map(|text| text.chars()) {
            if let Some(seen @ 0) = numbers.get_mut(code(c)) {
                *seen = 1;
                chars.push(c);
            }
        }
        chars.sort_unstable();
        for (number, c) in (1..).zip(&chars) {
            if let Some(place) = numbers.get_mut(code(*c)) {
                *place = number;
            }
        }
        let data = PinyinData::new(PinyinNotation::Ascii);
        let reading = |c: &char| {
            let all = data.get_pinyins(*c);
            all.filter_map(|p| Some(p.notation(PinyinNotation::Ascii)?.chars().collect()))
                .collect()
        };
        let readings = chars
            .iter()
            .map(|c| if c.is_ascii() { Vec::new() } else { reading(c) })
            .collect();
        let numbered = |text: &Cow<'_, str>| {
            let number = |c: char| numbers.get(code(c))?.checked_sub(1);
            text.chars().filter_map(number).collect()
        };
        Self {
            texts: texts.iter().map(numbered).collect(),
            readings,
            chars,
        }
    }

    /// The texts that hold every word of the query, by place; of some of them where those are given.
    #[must_use]
    pub fn find(&self, query: &str, among: Option<&[usize]>) -> Vec<usize> {
        let mut found: Vec<usize> = match among {
            Some(some) => some.to_vec(),
            None => (0..self.texts.len()).collect(),
        };
        for word in fold(query).split_whitespace().take(WORDS_MAX) {
            let word = Word::new(self, word);
            found.retain(|at| self.texts.get(*at).is_some_and(|text| word.is_in(text)));
        }
        found
    }
}

/// A word of a query.
struct Word<'a> {
    corpus: &'a Corpus,
    letters: Vec<char>,
    /// The places that each character leads to from the first one.
    first: Vec<u128>,
}

impl<'a> Word<'a> {
    fn new(corpus: &'a Corpus, word: &str) -> Self {
        let mut word = Self {
            corpus,
            letters: word.chars().take(LETTERS_MAX).collect(),
            first: Vec::new(),
        };
        let all = 0..corpus.chars.len();
        word.first = all.map(|c| word.step(0, c)).collect();
        word
    }

    /// The places that a character leads to from a place, a bit each.
    fn step(&self, place: usize, c: usize) -> u128 {
        let rest = self.letters.get(place..).unwrap_or_default();
        let Some(next) = rest.first() else { return 0 };
        let mut to = 0;
        if self.corpus.chars.get(c) == Some(next) {
            to |= 1 << (place + 1);
        }
        for reading in self.corpus.readings.get(c).into_iter().flatten() {
            if reading.first() != Some(next) {
                continue;
            }
            to |= 1 << (place + 1);
            let same = reading.iter().zip(rest).take_while(|(a, b)| a == b).count();
            // A whole reading, or the beginning of one where the word ends.
            if same == reading.len() || same == rest.len() {
                to |= 1 << (place + same);
            }
        }
        to
    }

    fn is_in(&self, text: &[u32]) -> bool {
        let end = 1 << self.letters.len();
        let mut state: u128 = 0;
        for c in text.iter().filter_map(|c| usize::try_from(*c).ok()) {
            let mut next = self.first.get(c).copied().unwrap_or(0);
            while state != 0 {
                let place = state.trailing_zeros();
                state &= state - 1;
                next |= self.step(usize::try_from(place).unwrap_or(0), c);
            }
            if next & end != 0 {
                return true;
            }
            state = next;
        }
        self.letters.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::Matcher;
    use super::*;

    #[test]
    fn characters_initials_readings_and_mixtures_are_found() {
        let corpus = Corpus::new(["不锈钢法兰ＤＮ５０", "重庆长安 PO-118", "镀锌件盐雾", ""]);
        let check = |query: &str, wanted: &[usize]| {
            assert_eq!(corpus.find(query, None), wanted, "{query}");
        };
        check("", &[0, 1, 2, 3]);
        check("钢", &[0]);
        check("bxgfldn50", &[0]);
        check("chongqing", &[1]);
        check("cqca", &[1]);
        check("changan 118", &[1]);
        check("118 cq", &[1]);
        check("yanw", &[2]);
        check("duxinjianyw", &[2]);
        check("zz", &[]);
        check(&"y".repeat(300), &[]);
        assert_eq!(corpus.find("d", Some(&[1, 2])), [2]);
    }

    proptest! {
        #[test]
        fn it_finds_what_the_plain_matcher_finds(
            texts in prop::collection::vec("[盐雾色差重长牛津纺 a1xN￥Ａς。-]{0,7}", 1..8),
            query in "[盐色niujyawcxchs1N￥aΣ ]{0,5}",
        ) {
            let corpus = Corpus::new(texts.iter().map(String::as_str));
            let matcher = Matcher::new(&query);
            let plain: Vec<usize> = (0..texts.len()).filter(|at| matcher.matches(&texts[*at])).collect();
            prop_assert_eq!(corpus.find(&query, None), plain);
        }
    }
}
