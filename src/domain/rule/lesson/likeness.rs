//! How alike short descriptions are, by words and characters, common ones counting little.
//!
//! Terms: runs of Chinese characters by their pairs of neighbours (分缸色差: 分缸, 缸色, 色差; one
//! character alone is a term), anything else by words of letters and digits; width, case and
//! traditional forms aside. Nothing is stemmed.
//!
//! The weight of a term is `1 + log2((1 + N) / (1 + n))` with `N` texts, `n` of them with the term:
//! the inverse document frequency of Spärck Jones (1972), smoothed by one so that a term of every
//! text still counts. Likeness is the Sørensen–Dice coefficient over the weights,
//! `2 Σ w·min(a, b) / (Σ w·a + Σ w·b)`, in thousandths. Whole numbers only, so that the same texts
//! give the same answer on every machine.
//!
//! An index is made once for all texts: for each term the texts that have it. A question adds up the
//! shared weights term by term, so it costs as many steps as its terms have holders together.

use std::collections::BTreeMap;

use crate::domain::simplified::simplified;

/// The likeness of equal texts.
pub const SAME: u32 = 1_000;

/// A term as a number: two Chinese characters side by side, one alone, or a word by its FNV-1a.
type Term = u64;

/// Marks words, so that no word is a pair of characters.
const WORD: Term = 1 << 63;
const FNV_BASIS: u64 = 0xcbf2_9ce4_8422_2325;
const FNV_PRIME: u64 = 0x0100_0000_01b3;
/// Weights are in 256ths of a bit.
const FRACTION_BITS: u32 = 8;
const ONE: u64 = 1 << FRACTION_BITS;

/// A text without differences of width, case and ways of writing Chinese.
#[must_use]
pub fn fold(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
            '\u{3000}' => ' ',
            _ => simplified(c),
        })
        .flat_map(char::to_lowercase)
        .collect()
}

/// Whether a character is written without blanks around it, so that pairs stand for words.
#[must_use]
pub const fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3fffd}')
}

/// The terms of a text with how often each stands in it, by term.
fn terms(text: &str) -> Vec<(Term, u64)> {
    let mut all: Vec<Term> = Vec::new();
    let mut han: Vec<char> = Vec::new();
    let mut word: Option<u64> = None;
    let end_of_run = |han: &mut Vec<char>, all: &mut Vec<Term>| {
        match han.as_slice() {
            [] => {}
            [one] => all.push(Term::from(u32::from(*one))),
            more => all.extend(
                more.iter()
                    .zip(more.iter().skip(1))
                    .map(|(a, b)| (Term::from(u32::from(*a)) << 32) | Term::from(u32::from(*b))),
            ),
        }
        han.clear();
    };
    for c in fold(text).chars().chain(Some(' ')) {
        let letter = c.is_alphanumeric() && !is_han(c);
        if letter {
            let mut bytes = [0; 4];
            let hash = word.unwrap_or(FNV_BASIS);
            let hashed = c.encode_utf8(&mut bytes).bytes().fold(hash, |hash, byte| {
                (hash ^ u64::from(byte)).wrapping_mul(FNV_PRIME)
            });
            word = Some(hashed);
        } else if let Some(hash) = word.take() {
            all.push(hash | WORD);
        }
        if is_han(c) {
            han.push(c);
        } else {
            end_of_run(&mut han, &mut all);
        }
    }
    all.sort_unstable();
    let mut counted: Vec<(Term, u64)> = Vec::new();
    for term in all {
        match counted.last_mut() {
            Some((last, n)) if *last == term => *n += 1,
            _ => counted.push((term, 1)),
        }
    }
    counted
}

/// The logarithm to base two of a number from one up, in 256ths.
fn log2(n: u64) -> u64 {
    let n = n.max(1);
    let whole = n.ilog2();
    // The mantissa in 1 to 2, with 31 binary places; squaring it gives the next place each time.
    let mut mantissa = if whole <= 31 {
        n << (31 - whole)
    } else {
        n >> (whole - 31)
    };
    let mut log = u64::from(whole);
    for _ in 0..FRACTION_BITS {
        mantissa = (mantissa * mantissa) >> 31;
        log <<= 1;
        if mantissa >= 1 << 32 {
            mantissa >>= 1;
            log |= 1;
        }
    }
    log
}

/// A text as it is compared: its terms by their place in the index, and all they weigh.
#[derive(Debug, Clone, Default)]
struct Weighed {
    terms: Vec<(usize, u64)>,
    weight: u64,
}

/// Texts, ready to be asked which of them are like another text.
#[derive(Debug, Clone, Default)]
pub struct Index {
    /// Each known term by its place here.
    places: Vec<Term>,
    weights: Vec<u64>,
    /// The texts that have a term, with how often.
    holders: Vec<Vec<(usize, u64)>>,
    texts: Vec<Weighed>,
}

impl Index {
    /// Takes the texts; answers name them by their place.
    #[must_use]
    pub fn new<'a>(texts: impl IntoIterator<Item = &'a str>) -> Self {
        let texts: Vec<Vec<(Term, u64)>> = texts.into_iter().map(terms).collect();
        let mut places: Vec<Term> = texts.iter().flatten().map(|(term, _)| *term).collect();
        places.sort_unstable();
        places.dedup();
        let mut index = Self {
            weights: Vec::new(),
            holders: vec![Vec::new(); places.len()],
            texts: Vec::new(),
            places,
        };
        let placed: Vec<Vec<(usize, u64)>> = texts
            .iter()
            .map(|text| {
                let place = |(term, n): &(Term, u64)| Some((index.place(*term)?, *n));
                text.iter().filter_map(place).collect()
            })
            .collect();
        for (at, text) in placed.iter().enumerate() {
            for (place, n) in text {
                if let Some(holders) = index.holders.get_mut(*place) {
                    holders.push((at, *n));
                }
            }
        }
        let all = placed.len();
        index.weights = index.holders.iter().map(|h| weight(all, h.len())).collect();
        index.texts = placed
            .into_iter()
            .map(|terms| Weighed {
                weight: terms
                    .iter()
                    .map(|(place, n)| index.weight(*place) * n)
                    .sum(),
                terms,
            })
            .collect();
        index
    }

    fn place(&self, term: Term) -> Option<usize> {
        self.places.binary_search(&term).ok()
    }

    fn weight(&self, place: usize) -> u64 {
        self.weights.get(place).copied().unwrap_or(0)
    }

    /// A text with what of it is known; what is not known weighs most.
    fn weigh(&self, text: &str) -> Weighed {
        let unknown = weight(self.texts.len(), 0);
        let mut weighed = Weighed::default();
        for (term, n) in terms(text) {
            match self.place(term) {
                Some(place) => {
                    weighed.weight += self.weight(place) * n;
                    weighed.terms.push((place, n));
                }
                None => weighed.weight += unknown * n,
            }
        }
        weighed
    }

    fn compare(&self, a: &Weighed, b: &Weighed) -> u32 {
        let (mut shared, mut at) = (0, 0);
        for (place, n) in &a.terms {
            while b.terms.get(at).is_some_and(|(other, _)| other < place) {
                at += 1;
            }
            if let Some((_, other)) = b.terms.get(at).filter(|(other, _)| other == place) {
                shared += self.weight(*place) * (*n).min(*other);
            }
        }
        dice(shared, a.weight + b.weight)
    }

    /// The texts that are at least so alike to `text`, by place, with their likeness.
    #[must_use]
    pub fn alike(&self, text: &str, least: u32) -> BTreeMap<usize, u32> {
        self.like(&self.weigh(text), least)
    }

    /// As [`Index::alike`], for one of the texts itself.
    #[must_use]
    pub fn alike_to(&self, text: usize, least: u32) -> BTreeMap<usize, u32> {
        let asked = self.texts.get(text).cloned().unwrap_or_default();
        self.like(&asked, least)
    }

    fn like(&self, asked: &Weighed, least: u32) -> BTreeMap<usize, u32> {
        let mut shared = vec![0; self.texts.len()];
        for (place, n) in &asked.terms {
            let weight = self.weight(*place);
            for (at, other) in self.holders.get(*place).into_iter().flatten() {
                if let Some(sum) = shared.get_mut(*at) {
                    *sum += weight * (*n).min(*other);
                }
            }
        }
        let with = shared.into_iter().zip(&self.texts).enumerate();
        with.filter(|(_, (shared, _))| *shared > 0)
            .map(|(at, (shared, text))| (at, dice(shared, asked.weight + text.weight)))
            .filter(|(_, likeness)| *likeness >= least.max(1))
            .collect()
    }

    /// Likeness of two texts of the index; zero where one is not there.
    #[must_use]
    pub fn between(&self, a: usize, b: usize) -> u32 {
        let both = self.texts.get(a).zip(self.texts.get(b));
        both.map_or(0, |(a, b)| self.compare(a, b))
    }

    /// Likeness of a text and one of the index; zero where there is no such text.
    #[must_use]
    pub fn likeness(&self, text: &str, other: usize) -> u32 {
        let other = self.texts.get(other);
        other.map_or(0, |other| self.compare(&self.weigh(text), other))
    }
}

/// Twice the shared weight to that of both texts together, in thousandths.
fn dice(shared: u64, both: u64) -> u32 {
    let share = (u64::from(SAME) * 2 * shared).checked_div(both);
    u32::try_from(share.unwrap_or(0)).unwrap_or(SAME)
}

/// The weight of a term that so many of all texts have.
fn weight(all: usize, with: usize) -> u64 {
    let log = |n: usize| log2(u64::try_from(n).unwrap_or(u64::MAX).saturating_add(1));
    ONE + log(all).saturating_sub(log(with))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The plain formula, text by text.
    fn plainly(index: &Index, text: &str) -> BTreeMap<usize, u32> {
        let of = |at| (at, index.likeness(text, at));
        (0..index.texts.len()).map(of).collect()
    }

    #[test]
    fn logarithms_are_right_to_a_256th() {
        for n in (1..2_000u64).chain([65_535, 1 << 40]) {
            let exact = (n as f64).log2() * 256.0;
            assert!((log2(n) as f64 - exact).abs() <= 1.0, "{n}");
        }
    }

    #[test]
    fn width_case_and_ways_of_writing_do_not_matter_and_order_does() {
        let index = Index::new([
            "镀锌件盐雾 48 h 白锈",
            "Plating peels off",
            "面料分缸色差",
            "",
        ]);
        let like = |text: &str, at| index.likeness(text, at);
        assert!(like("鍍鋅件鹽霧４８Ｈ白銹", 0) < SAME, "48h is one word");
        assert_eq!(like("鍍鋅件鹽霧 48 Ｈ 白銹", 0), SAME);
        assert_eq!(like("PLATING, peels-off!", 1), SAME);
        assert!(like("plating peeled", 1) > 0 && like("plating peeled", 1) < 600);
        assert!(like("又有分缸色差", 2) > 500);
        assert!(like("色差分缸面料", 2) < SAME);
        assert_eq!(like("", 3), 0, "nothing is like nothing");
        assert_eq!(like("色", 2), 0, "one character is no pair of two");
        assert_eq!(like("x", 9), 0);
    }

    #[test]
    fn what_stands_in_every_text_counts_little() {
        let texts = [
            "客户投诉色差",
            "客户投诉短装",
            "客户投诉唛头",
            "客户投诉破洞",
        ];
        let index = Index::new(texts);
        let both = index.alike("客户投诉色差", 1);
        assert_eq!(both[&0], SAME);
        assert!(both[&1] < 600, "{both:?}");
        // Counted evenly it would be three of five pairs.
        let even = Index::new(["客户投诉短装"]);
        assert!(both[&1] < even.likeness("客户投诉色差", 0));
    }

    proptest! {
        #[test]
        fn the_index_finds_what_the_plain_formula_finds(
            texts in prop::collection::vec("[分缸色差 ab]{0,8}", 0..12),
            asked in "[分缸色差 abc]{0,8}",
            least in 1u32..=1_000,
        ) {
            let index = Index::new(texts.iter().map(String::as_str));
            let mut all = plainly(&index, &asked);
            all.retain(|_, likeness| *likeness >= least);
            prop_assert_eq!(index.alike(&asked, least), all);
        }

        #[test]
        fn likeness_goes_both_ways_and_stays_within_bounds(a in "[分缸色差 ab]{1,8}", b in "[分缸色差 ab]{1,8}") {
            let index = Index::new([a.as_str(), b.as_str()]);
            let (ab, ba) = (index.likeness(&a, 1), index.likeness(&b, 0));
            prop_assert_eq!(ab, ba);
            prop_assert!(ab <= SAME);
            if !terms(&a).is_empty() {
                prop_assert_eq!(index.likeness(&a, 0), SAME);
            }
        }
    }
}
