//! Traditional characters as their simplified ones, so that both ways of writing are one word.
//!
//! The characters of the trade and of everyday notes, not all there are: what is missing stays as
//! it is, and is then told apart.

use std::sync::LazyLock;

/// Traditional and simplified, pair by pair.
const PAIRS: &str = include_str!("../../assets/simplified.txt");

/// The first of the characters that are looked up by place, and how many there are.
const FIRST: u32 = 0x4e00;
const COUNT: usize = 0x5200;

static TABLE: LazyLock<Vec<char>> = LazyLock::new(|| {
    let all = (FIRST..).take(COUNT);
    let mut table: Vec<char> = all.map(|c| char::from_u32(c).unwrap_or_default()).collect();
    let mut chars = PAIRS.chars().filter(|c| !c.is_whitespace());
    while let (Some(from), Some(to)) = (chars.next(), chars.next()) {
        if let Some(place) = place(from).and_then(|at| table.get_mut(at)) {
            *place = to;
        }
    }
    table
});

fn place(c: char) -> Option<usize> {
    usize::try_from(u32::from(c).checked_sub(FIRST)?).ok()
}

/// The simplified form of a character; any other character as it is.
#[must_use]
pub fn simplified(c: char) -> char {
    let known = place(c).and_then(|at| TABLE.get(at));
    known.copied().unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways_of_writing_become_one() {
        let of = |text: &str| text.chars().map(simplified).collect::<String>();
        assert_eq!(of("鍍鋅件鹽霧試驗不過 48 h"), "镀锌件盐雾试验不过 48 h");
        assert_eq!(of("縫線鬆脫、車縫歪斜"), "缝线松脫、车缝歪斜");
        assert_eq!(of("分缸色差"), "分缸色差");
    }

    #[test]
    fn the_table_is_of_pairs_and_no_simplified_character_is_changed_again() {
        let all: Vec<char> = PAIRS.chars().filter(|c| !c.is_whitespace()).collect();
        assert_eq!(all.len() % 2, 0);
        for pair in all.chunks(2) {
            assert_eq!(simplified(pair[0]), pair[1], "{pair:?}");
            assert_eq!(simplified(pair[1]), pair[1], "{pair:?}");
        }
    }
}
