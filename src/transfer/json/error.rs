//! What is wrong with an interchange file, as data; the words are in `text::interchange`.

use std::fmt::Write as _;

use crate::text::interchange as words;
use crate::text::{Lang, Word};

/// Characters of a value that an error repeats.
const EXCERPT_MAX: usize = 60;
/// Characters of a path: its last key may be anything.
const PATH_MAX: usize = 200;

/// One thing wrong with an interchange file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JsonError {
    /// Keys and places from the top, places counted from zero: `orders[0].lines[2].qty`; empty
    /// for the file as a whole.
    pub path: String,
    /// What stands there, shortened; empty where nothing does.
    pub value: String,
    pub fault: Fault,
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    Syntax {
        line: usize,
        column: usize,
    },
    /// More than so many megabytes.
    TooBig(usize),
    TooManyRows(usize),
    /// Errors beyond this number are not listed.
    More(usize),
    Format,
    /// The keys that are allowed.
    UnknownKey(Vec<&'static str>),
    KeyTwice,
    Missing,
    Empty,
    WantObject,
    WantList,
    WantText,
    WantFlag,
    WantAmount,
    WantWhole,
    WantValue,
    TooFine,
    TooLarge,
    /// The least that is allowed.
    Below(String),
    /// The amount that must be exceeded.
    NotAbove(String),
    /// The most that is allowed.
    Above(String),
    TooLong(usize),
    WantDate,
    WantMoment,
    WantStamp,
    WantShifts,
    /// The codes that are allowed.
    WantCode(Vec<String>),
    UnknownRow,
    RowTwice,
    Differs,
    /// The number of the order that has the same customer PO.
    PoTaken(String),
    StillUsed,
    EarlyEnd,
}

impl Fault {
    /// This fault at a place, with what stands there.
    #[must_use]
    pub fn at(self, path: &str, value: &str) -> JsonError {
        JsonError {
            path: harmless(path, PATH_MAX),
            value: harmless(value, EXCERPT_MAX),
            fault: self,
        }
    }

    fn word(&self) -> (Word, String, String) {
        let none = String::new;
        let plain = |w: Word| (w, none(), none());
        match self {
            Self::Syntax { line, column } => (words::SYNTAX, line.to_string(), column.to_string()),
            Self::TooBig(n) => (words::TOO_BIG, n.to_string(), none()),
            Self::TooManyRows(n) => (words::TOO_MANY_ROWS, n.to_string(), none()),
            Self::More(n) => (words::MORE, n.to_string(), none()),
            Self::Format => plain(words::FORMAT),
            Self::UnknownKey(keys) => (words::UNKNOWN_KEY, keys.join(", "), none()),
            Self::KeyTwice => plain(words::KEY_TWICE),
            Self::Missing => plain(words::MISSING),
            Self::Empty => plain(words::EMPTY),
            Self::WantObject => plain(words::WANT_OBJECT),
            Self::WantList => plain(words::WANT_LIST),
            Self::WantText => plain(words::WANT_TEXT),
            Self::WantFlag => plain(words::WANT_FLAG),
            Self::WantAmount => plain(words::WANT_AMOUNT),
            Self::WantWhole => plain(words::WANT_WHOLE),
            Self::WantValue => plain(words::WANT_VALUE),
            Self::TooFine => plain(words::TOO_FINE),
            Self::TooLarge => plain(words::TOO_LARGE),
            Self::Below(least) => (words::BELOW, least.clone(), none()),
            Self::NotAbove(least) => (words::NOT_ABOVE, least.clone(), none()),
            Self::Above(most) => (words::ABOVE, most.clone(), none()),
            Self::TooLong(n) => (words::TOO_LONG, n.to_string(), none()),
            Self::WantDate => plain(words::WANT_DATE),
            Self::WantMoment => plain(words::WANT_MOMENT),
            Self::WantStamp => plain(words::WANT_STAMP),
            Self::WantShifts => plain(words::WANT_SHIFTS),
            Self::WantCode(codes) => (words::WANT_CODE, codes.join(", "), none()),
            Self::UnknownRow => plain(words::UNKNOWN_ROW),
            Self::RowTwice => plain(words::ROW_TWICE),
            Self::Differs => plain(words::DIFFERS),
            Self::PoTaken(no) => (words::PO_TAKEN, no.clone(), none()),
            Self::StillUsed => plain(words::STILL_USED),
            Self::EarlyEnd => plain(words::EARLY_END),
        }
    }
}

impl JsonError {
    /// The sentence for the user: where, what is wrong, what would be right, what was found.
    #[must_use]
    pub fn say(&self, lang: Lang) -> String {
        let (word, first, second) = self.fault.word();
        let sentence = word.fill(lang, &[&first, &second]);
        let path = match self.path.as_str() {
            "" => words::WHOLE_FILE.text(lang),
            path => path,
        };
        if self.value.is_empty() {
            words::AT.fill(lang, &[path, &sentence])
        } else {
            words::AT_VALUE.fill(lang, &[path, &self.value, &sentence])
        }
    }
}

/// The start of a text, with what could act on a terminal or turn text around written as codes.
fn harmless(value: &str, most: usize) -> String {
    let mut out = String::new();
    for (at, c) in value.chars().enumerate() {
        if at == most {
            out.push('…');
            break;
        }
        let turns = matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
        if c.is_control() || turns {
            let _ = write!(out, "\\u{:04x}", u32::from(c));
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_says_where_what_and_what_would_be_right_in_both_languages() {
        let error = Fault::Below("0".into()).at("orders[0].lines[2].qty", "-1");
        assert_eq!(
            error.say(Lang::En),
            "orders[0].lines[2].qty: too small; at least 0 (found -1)"
        );
        assert_eq!(
            error.say(Lang::Zh),
            "orders[0].lines[2].qty：数字太小；不能小于 0（现为 -1）"
        );
        let error = Fault::Syntax { line: 3, column: 9 }.at("", "");
        assert!(
            error
                .say(Lang::En)
                .starts_with("the file: not valid JSON at line 3, column 9")
        );
    }

    #[test]
    fn a_value_is_shown_without_power_over_the_terminal() {
        let evil = format!("a\u{1b}[2J\u{202e}b{}", "长".repeat(99));
        let shown = Fault::Missing.at("x", &evil).value;
        assert!(shown.starts_with("a\\u001b[2J\\u202eb长"));
        assert_eq!(Fault::Missing.at("x.\u{1b}", "").path, "x.\\u001b");
        assert_eq!(shown.chars().last(), Some('…'));
    }
}
