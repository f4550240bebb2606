//! Makes text from outside safe to show, to type in and to copy.
//!
//! A file or mail may hold control characters that drive the terminal, marks that turn the reading
//! order round, and characters nobody can see. On the screen each becomes a visible mark in its
//! place; the stored text is never changed by showing it. Lengths are capped with a mark.

use std::borrow::Cow;

use super::width::plain_width;

/// Characters shown of one text; more cannot stand on any screen in one piece.
pub const SHOWN_MAX: usize = 8_192;
/// Bytes handed to the clipboard: what terminals commonly accept in one OSC 52 sequence (RELIABLE
/// below 74,994 bytes of base64).
pub const COPIED_BYTES_MAX: usize = 56_000;
/// Combining marks kept on one character; real writing needs no more, stacks of them cover lines.
pub const COMBINING_MAX: usize = 4;

/// Stands for a character that could act on the terminal or that nobody would see.
const HIDDEN: char = '␦';
/// Stands for a line break in text shown on one line.
const BREAK: char = '⏎';

/// What a character does to the reader or the terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Danger {
    None,
    /// A line break of any kind.
    Break,
    Tab,
    /// C0 and DEL: shown as the picture of the control.
    Control,
    /// C1, reading order, zero width, fillers, tags: shown as one mark.
    Hidden,
    /// A choice between text and emoji form: terminals disagree about its width, so it is left out.
    Variation,
}

const fn danger(c: char) -> Danger {
    match c {
        ' '..='~' | '\u{4e00}'..='\u{9fff}' => Danger::None,
        '\n' | '\u{85}' | '\u{2028}' | '\u{2029}' => Danger::Break,
        '\t' => Danger::Tab,
        '\0'..='\u{1f}' | '\u{7f}' => Danger::Control,
        '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' => Danger::Variation,
        '\u{80}'..='\u{9f}'
        | '\u{ad}'
        | '\u{34f}'
        | '\u{61c}'
        | '\u{115f}'
        | '\u{1160}'
        | '\u{17b4}'
        | '\u{17b5}'
        | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{3164}'
        | '\u{feff}'
        | '\u{ffa0}'
        | '\u{fff0}'..='\u{fffb}'
        | '\u{fdd0}'..='\u{fdef}'
        | '\u{fffe}'..='\u{ffff}'
        | '\u{13430}'..='\u{1345f}'
        | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e0fff}' => Danger::Hidden,
        _ => Danger::None,
    }
}

/// Whether a character could act on a terminal, turn text round or not be seen; line breaks and
/// tabs among them.
#[must_use]
pub fn acts(c: char) -> bool {
    danger(c) != Danger::None
}

/// JSON text with whatever could act written as a code, which reads the same.
#[must_use]
pub fn escaped_json(json: &str) -> String {
    use std::fmt::Write;
    let mut out = String::with_capacity(json.len());
    let mut units = [0_u16; 2];
    for c in json.chars() {
        // Between its values JSON has line breaks of its own.
        if c == '\n' || danger(c) == Danger::None {
            out.push(c);
        } else {
            for unit in c.encode_utf16(&mut units) {
                // Writing to a text cannot fail.
                let _ = write!(out, "\\u{unit:04x}");
            }
        }
    }
    out
}

/// Whether every character of a text is one that [`shown`] leaves alone.
fn is_plain(text: &str) -> bool {
    text.len() <= SHOWN_MAX && plain_width(text).is_some()
}

/// The text as it may stand on one line of the screen.
///
/// Line breaks become `⏎`, tabs a blank, controls their pictures (`␛`), everything hidden `␦`.
/// At most [`SHOWN_MAX`] characters, then `…`.
#[must_use]
pub fn shown(text: &str) -> Cow<'_, str> {
    if is_plain(text) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(made_safe(text, Lines::Marked))
}

/// Like [`shown`] with line breaks kept as `\n`, for boxes of several lines.
#[must_use]
pub fn shown_lines(text: &str) -> Cow<'_, str> {
    if is_plain(text) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(made_safe(text, Lines::Kept))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lines {
    Kept,
    Marked,
}

fn made_safe(text: &str, lines: Lines) -> String {
    let mut out = String::with_capacity(text.len().min(SHOWN_MAX * 4));
    let mut combining = 0;
    for (count, c) in without_carriage_returns(text).enumerate() {
        if count == SHOWN_MAX {
            out.push('…');
            break;
        }
        match danger(c) {
            Danger::None if is_combining(c) => {
                combining += 1;
                if combining <= COMBINING_MAX {
                    out.push(c);
                }
                continue;
            }
            Danger::None => out.push(c),
            Danger::Break => out.push(if lines == Lines::Kept { '\n' } else { BREAK }),
            Danger::Tab => out.push(' '),
            Danger::Control => out.push(picture(c)),
            Danger::Hidden => out.push(HIDDEN),
            Danger::Variation => {}
        }
        combining = 0;
    }
    out
}

/// The characters of a text with `\r\n` taken as one line break.
fn without_carriage_returns(text: &str) -> impl Iterator<Item = char> + '_ {
    let mut chars = text.chars().peekable();
    std::iter::from_fn(move || {
        let c = chars.next()?;
        if c == '\r' && chars.peek() == Some(&'\n') {
            return chars.next();
        }
        Some(c)
    })
}

fn is_combining(c: char) -> bool {
    unicode_width::UnicodeWidthChar::width(c) == Some(0)
}

/// The picture Unicode has for a C0 control or DEL.
fn picture(c: char) -> char {
    match c {
        '\u{7f}' => '␡',
        _ => char::from_u32(0x2400 + u32::from(c)).unwrap_or(HIDDEN),
    }
}

/// The part of typed or pasted text that a single-line field may take in.
///
/// Line breaks and tabs become blanks, controls and hidden characters are dropped.
#[must_use]
pub fn typed(text: &str) -> String {
    typed_as(text, ' ')
}

/// Like [`typed`] with line breaks kept as `\n`, for notes.
#[must_use]
pub fn typed_lines(text: &str) -> String {
    typed_as(text, '\n')
}

fn typed_as(text: &str, line_break: char) -> String {
    // A terminal sends a pasted line break as a bare carriage return.
    let mut out = String::with_capacity(text.len());
    for c in without_carriage_returns(text) {
        match danger(c) {
            Danger::None => out.push(c),
            Danger::Break => out.push(line_break),
            Danger::Control if c == '\r' => out.push(line_break),
            Danger::Tab => out.push(' '),
            Danger::Control | Danger::Hidden | Danger::Variation => {}
        }
    }
    out
}

/// The text as it may go to the clipboard: nothing that acts, line breaks and tabs kept.
///
/// `Err` with the length in bytes where it is longer than [`COPIED_BYTES_MAX`]: half a message in
/// the clipboard would be sent unnoticed.
pub fn copied(text: &str) -> Result<String, usize> {
    let out: String = without_carriage_returns(text)
        .filter_map(|c| match danger(c) {
            Danger::None | Danger::Tab | Danger::Variation => Some(c),
            Danger::Break => Some('\n'),
            Danger::Control | Danger::Hidden => None,
        })
        .collect();
    if out.len() > COPIED_BYTES_MAX {
        return Err(out.len());
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_could_act_or_hide_becomes_a_visible_mark() {
        let check = |text: &str, want: &str| assert_eq!(shown(text), want, "{text:?}");
        check("永兴五金 PO-118，急", "永兴五金 PO-118，急");
        check("a\u{1b}[2Jb\u{7f}", "a␛[2Jb␡");
        check("\u{9b}31m", "␦31m");
        check("gnp\u{202e}exe.cod", "gnp␦exe.cod");
        check("a\u{200b}b\u{feff}c\u{ad}d", "a␦b␦c␦d");
        check("one\r\ntwo\u{2028}three\u{85}", "one⏎two⏎three⏎");
        check("a\tb", "a b");
        check("\u{e0041}\u{e0042}", "␦␦");
        check("⚠\u{fe0f}", "⚠");
        assert_eq!(shown_lines("one\r\ntwo"), "one\ntwo");
    }

    #[test]
    fn long_text_and_stacked_marks_are_capped() {
        let long = "长".repeat(SHOWN_MAX + 5);
        assert_eq!(shown(&long).chars().count(), SHOWN_MAX + 1);
        let stack = format!("a{}", "\u{301}".repeat(500));
        assert_eq!(shown(&stack).chars().count(), 1 + COMBINING_MAX);
    }

    #[test]
    fn json_for_programs_reads_the_same_and_shows_nothing_that_acts() {
        let evil = "a\u{1b}]52;\u{9b}\u{202e}\u{e0041}\u{7f}\u{200b}";
        let json = format!("{:#}\n", serde_json::json!([evil]));
        let out = escaped_json(&json);
        assert!(out.chars().all(|c| c == '\n' || !acts(c)), "{out:?}");
        assert_eq!(serde_json::from_str::<Vec<String>>(&out).unwrap(), [evil]);
    }

    #[test]
    fn pasted_text_loses_what_acts_and_keeps_its_words() {
        assert_eq!(typed("PO\t118\r\n\u{1b}[A急"), "PO 118 [A急");
        assert_eq!(typed_lines("a\rb\r\nc"), "a\nb\nc");
        assert_eq!(
            copied("您好，\r\n\u{1b}]52;c;eA==\u{7}PO 118"),
            Ok("您好，\n]52;c;eA==PO 118".into())
        );
        assert_eq!(
            copied(&"x".repeat(COPIED_BYTES_MAX + 1)),
            Err(COPIED_BYTES_MAX + 1)
        );
    }

    proptest! {
        #[test]
        fn shown_text_never_holds_anything_that_acts(text in any::<String>()) {
            let out = shown(&text);
            prop_assert!(out.chars().all(|c| danger(c) == Danger::None));
            let again = shown(&out);
            prop_assert_eq!(&again, &out);
        }
    }
}
