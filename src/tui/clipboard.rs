//! Copying through the terminal (OSC 52), so that it works over SSH.
//!
//! The text is cleaned first: what lands in a chat or a shell must not act there. Whether the
//! terminal obeys cannot be known, so the caller also shows the text to select by hand.

use crossterm::clipboard::CopyToClipboard;
use ratatui::crossterm::Command as _;

use crate::text::safe::copied;

/// Why a text was not copied.
#[derive(Debug)]
pub enum CopyError {
    /// The text has more bytes than terminals take: the number.
    TooLong(usize),
    /// The terminal could not be written to.
    Terminal(std::io::Error),
}

/// The bytes that put the cleaned text into the clipboard of the user's terminal.
pub fn sequence(text: &str) -> Result<String, CopyError> {
    let clean = copied(text).map_err(CopyError::TooLong)?;
    let mut out = String::new();
    CopyToClipboard::to_clipboard_from(clean)
        .write_ansi(&mut out)
        .map_err(|error| CopyError::Terminal(std::io::Error::other(error)))?;
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_copied_text_is_clean_base64_in_one_sequence() {
        let out = sequence("PO 118\u{1b}").unwrap();
        assert_eq!(out, "\u{1b}]52;c;UE8gMTE4\u{1b}\\");
        let long = "x".repeat(100_000);
        assert!(matches!(sequence(&long), Err(CopyError::TooLong(100_000))));
    }
}
