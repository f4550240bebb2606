//! Makes inputs from seeds: bytes turned, cut, doubled, moved, mixed; numbers and words of formats
//! put in.

use crate::evil::dice::Dice;

/// What parsers know or trip over.
const WORDS: &[&str] = &[
    "\"",
    "'",
    ",",
    ";",
    "\t",
    "\n",
    "\r\n",
    "\0",
    "{",
    "}",
    "[",
    "]",
    "<",
    ">",
    "</",
    "/>",
    "&",
    "&amp;",
    "&#0;",
    "<![CDATA[",
    "]]>",
    "<!--",
    "<!DOCTYPE",
    "<?xml",
    "=",
    "-",
    "+",
    ".",
    "..",
    "/",
    "\\",
    ":",
    "--",
    "~",
    "*",
    "\u{1b}[",
    "\u{202e}",
    "\u{200b}",
    "\u{feff}",
    "\u{301}",
    "字",
    "，",
    "：",
    "０",
    "年",
    "月",
    "日",
    "下周",
    "月底",
    "PK\u{3}\u{4}",
    "PK\u{1}\u{2}",
    "UNA:+.? '",
    "UNB+",
    "UNH+",
    "UNT+",
    "ISA*",
    "ISA",
    "ST*850",
    "?",
    "订单号",
    "数量",
    "qty",
    "item",
    "boundary=",
    "Content-Type: ",
    "base64",
    "ctrl-",
    "f13",
    "null",
    "true",
    "e",
    "E",
    "1e999",
    "NaN",
    "inf",
    "-0",
    "0x",
    "99999999999999999999",
    "9223372036854775807",
    "-9223372036854775808",
    "2147483648",
    "65536",
    "0000-00-00",
    "9999-99-99",
    "24:00",
    "25:61",
    "2026-02-30",
    "12/31",
    "\u{d7ff}",
    "\u{10ffff}",
];

pub(super) struct Mutator<'a> {
    seeds: &'a [Vec<u8>],
    longest: usize,
}

impl<'a> Mutator<'a> {
    pub(super) const fn new(seeds: &'a [Vec<u8>], longest: usize) -> Self {
        Self { seeds, longest }
    }

    /// The input of a case.
    pub(super) fn make(&mut self, case: u64) -> Vec<u8> {
        let mut dice = Dice(case.wrapping_mul(0x2545_f491_4f6c_dd1d));
        let mut bytes = match self.seeds {
            [] => Vec::new(),
            seeds => dice.pick(seeds).clone(),
        };
        for _ in 0..=dice.below(6) {
            self.change(&mut dice, &mut bytes);
        }
        bytes.truncate(self.longest);
        bytes
    }

    fn change(&self, dice: &mut Dice, bytes: &mut Vec<u8>) {
        let at = dice.below(bytes.len() + 1);
        let end = (at + dice.below(24)).min(bytes.len());
        match dice.below(10) {
            0 if at < bytes.len() => bytes[at] ^= 1 << dice.below(8),
            1 if at < bytes.len() => {
                bytes[at] = *dice.pick(&[0, 1, 0x7f, 0x80, 0xff, b'0', b'9', b' '])
            }
            2 => drop(bytes.drain(at..end)),
            3 => {
                let piece = bytes[at..end].to_vec();
                for _ in 0..=dice.below(40) {
                    bytes.splice(at..at, piece.iter().copied());
                }
            }
            4 | 5 => {
                let word = dice.pick(WORDS).as_bytes();
                bytes.splice(at..end.min(at + dice.below(4)), word.iter().copied());
            }
            6 => bytes.truncate(at),
            7 => {
                // The end of another seed.
                if let [_, ..] = self.seeds {
                    let other = dice.pick(self.seeds);
                    let from = dice.below(other.len() + 1);
                    bytes.truncate(at);
                    bytes.extend_from_slice(&other[from..]);
                }
            }
            8 => {
                // A number becomes another.
                let start = bytes[at..]
                    .iter()
                    .position(u8::is_ascii_digit)
                    .map(|n| at + n);
                if let Some(start) = start {
                    let digits = bytes[start..]
                        .iter()
                        .take_while(|b| b.is_ascii_digit())
                        .count();
                    let number = dice.pick(&[
                        "0",
                        "-1",
                        "4294967295",
                        "1e400",
                        "99999999999999999999",
                        "31",
                    ]);
                    bytes.splice(start..start + digits, number.bytes());
                }
            }
            _ => {
                let many = dice.below(64);
                let byte = *dice.pick(b"([{<\"'-0 \xff");
                bytes.splice(at..at, std::iter::repeat_n(byte, many));
            }
        }
        bytes.truncate(self.longest);
    }
}
