//! The characters that lines, bars and marks are drawn with, in a drawn and a plain set.

/// Which characters lines, bars and marks are drawn with.
///
/// `Ascii` is for terminals that show the others two cells wide (an East Asian setting of some
/// clients) or lack them in their font.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SymbolSet {
    #[default]
    Unicode,
    Ascii,
}

impl SymbolSet {
    #[must_use]
    pub const fn symbols(self) -> &'static Symbols {
        match self {
            Self::Unicode => &UNICODE,
            Self::Ascii => &ASCII,
        }
    }
}

/// The characters of one set; every one is one cell wide.
#[derive(Debug, PartialEq, Eq)]
pub struct Symbols {
    pub horizontal: char,
    pub vertical: char,
    pub top_left: char,
    pub top_right: char,
    pub bottom_left: char,
    pub bottom_right: char,
    /// Stands where text was cut.
    pub ellipsis: char,
    /// Before the selected row.
    pub pointer: char,
    pub sort_up: char,
    pub sort_down: char,
    /// More columns to the left, to the right.
    pub more_left: char,
    pub more_right: char,
    pub more_up: char,
    pub more_down: char,
    pub box_open: &'static str,
    pub box_ticked: &'static str,
    /// Around a value chosen from a list.
    pub choice_left: char,
    pub choice_right: char,
    /// A whole cell of a bar, the rest of its track, and the today line.
    pub bar: char,
    pub track: char,
    pub today: char,
    /// A day on which nothing is made.
    pub closed: char,
    /// Nine levels from nothing to a full cell, for small charts.
    pub levels: [char; 9],
    /// Between two parts of a line.
    pub dot: char,
    /// Whether lines may be drawn in dots of two by four to a cell.
    pub braille: bool,
    /// Whether signs in texts have to be plain too.
    pub plain: bool,
}

impl Symbols {
    /// One character per value, its height in proportion to the largest; negative is nothing.
    #[must_use]
    pub fn sparkline(&self, values: &[i64]) -> String {
        let top = values.iter().copied().max().unwrap_or(0).max(1);
        let last = i64::try_from(self.levels.len()).unwrap_or(1) - 1;
        let level = |value: i64| {
            let value = i128::from(value.max(0));
            // Anything above nothing is seen.
            let n = (value * i128::from(last) + i128::from(top) - 1) / i128::from(top);
            usize::try_from(n).unwrap_or(0)
        };
        values
            .iter()
            .map(|value| self.levels.get(level(*value)).copied().unwrap_or(' '))
            .collect()
    }
}

static UNICODE: Symbols = Symbols {
    horizontal: '─',
    vertical: '│',
    top_left: '┌',
    top_right: '┐',
    bottom_left: '└',
    bottom_right: '┘',
    ellipsis: '…',
    pointer: '▸',
    sort_up: '▴',
    sort_down: '▾',
    more_left: '‹',
    more_right: '›',
    more_up: '▴',
    more_down: '▾',
    box_open: "[ ]",
    box_ticked: "[x]",
    choice_left: '◂',
    choice_right: '▸',
    bar: '█',
    track: '░',
    today: '│',
    closed: '░',
    levels: [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'],
    dot: '·',
    braille: true,
    plain: false,
};

static ASCII: Symbols = Symbols {
    horizontal: '-',
    vertical: '|',
    top_left: '+',
    top_right: '+',
    bottom_left: '+',
    bottom_right: '+',
    ellipsis: '~',
    pointer: '>',
    sort_up: '^',
    sort_down: 'v',
    more_left: '<',
    more_right: '>',
    more_up: '^',
    more_down: 'v',
    box_open: "[ ]",
    box_ticked: "[x]",
    choice_left: '<',
    choice_right: '>',
    bar: '#',
    track: '.',
    today: '|',
    closed: ':',
    levels: [' ', '.', '.', ':', ':', '+', '+', '#', '#'],
    dot: '-',
    braille: false,
    plain: true,
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::width::width;

    fn all(s: &Symbols) -> String {
        let single = [
            s.horizontal,
            s.vertical,
            s.top_left,
            s.top_right,
            s.bottom_left,
            s.bottom_right,
            s.ellipsis,
            s.pointer,
            s.sort_up,
            s.sort_down,
            s.more_left,
            s.more_right,
            s.more_up,
            s.more_down,
            s.choice_left,
            s.choice_right,
            s.bar,
            s.track,
            s.today,
            s.closed,
            s.dot,
        ];
        single.iter().chain(&s.levels).collect()
    }

    #[test]
    fn small_values_are_seen_in_a_line_of_blocks() {
        assert_eq!(UNICODE.sparkline(&[0, 1, 50, 100, -5]), " ▁▄█ ");
        assert_eq!(UNICODE.sparkline(&[]), "");
        assert_eq!(UNICODE.sparkline(&[i64::MAX, 1]), "█▁");
    }

    #[test]
    fn every_symbol_is_one_cell_and_the_plain_set_is_ascii() {
        for c in all(&UNICODE).chars() {
            assert_eq!(width(&c.to_string()), 1, "{c}");
        }
        assert!(all(&ASCII).is_ascii());
    }
}
