//! One key as far as terminals can tell keys apart, and two pressed one after the other.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// A key press, as far as terminals can tell keys apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    Char(char),
    Ctrl(char),
    F(u8),
    Named(Named),
}

/// A key without a character.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Named {
    Up,
    Down,
    Left,
    Right,
    Home,
    End,
    PageUp,
    PageDown,
    Tab,
    BackTab,
    Enter,
    Esc,
    Delete,
    Backspace,
}

const NAMES: &[(&str, Named)] = &[
    ("up", Named::Up),
    ("down", Named::Down),
    ("left", Named::Left),
    ("right", Named::Right),
    ("home", Named::Home),
    ("end", Named::End),
    ("pageup", Named::PageUp),
    ("pagedown", Named::PageDown),
    ("tab", Named::Tab),
    ("backtab", Named::BackTab),
    ("enter", Named::Enter),
    ("esc", Named::Esc),
    ("delete", Named::Delete),
    ("backspace", Named::Backspace),
];

impl Key {
    /// The key of a terminal event; `None` for keys nothing can be bound to.
    #[must_use]
    pub fn of(event: &KeyEvent) -> Option<Self> {
        let named = |n| Some(Self::Named(n));
        match event.code {
            KeyCode::Char(c) if event.modifiers.contains(KeyModifiers::CONTROL) => {
                Some(Self::Ctrl(narrow(c).to_ascii_lowercase()))
            }
            KeyCode::Char(c) => Some(Self::Char(narrow(c))),
            KeyCode::F(n) => Some(Self::F(n)),
            KeyCode::Up => named(Named::Up),
            KeyCode::Down => named(Named::Down),
            KeyCode::Left => named(Named::Left),
            KeyCode::Right => named(Named::Right),
            KeyCode::Home => named(Named::Home),
            KeyCode::End => named(Named::End),
            KeyCode::PageUp => named(Named::PageUp),
            KeyCode::PageDown => named(Named::PageDown),
            KeyCode::Tab if event.modifiers.contains(KeyModifiers::SHIFT) => named(Named::BackTab),
            KeyCode::Tab => named(Named::Tab),
            KeyCode::BackTab => named(Named::BackTab),
            KeyCode::Enter => named(Named::Enter),
            KeyCode::Esc => named(Named::Esc),
            KeyCode::Delete => named(Named::Delete),
            KeyCode::Backspace => named(Named::Backspace),
            _ => None,
        }
    }

    /// Reads the notation of the key map.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if let Some((_, named)) = NAMES.iter().find(|(name, _)| *name == text) {
            return Some(Self::Named(*named));
        }
        if text == "space" {
            return Some(Self::Char(' '));
        }
        if let Some(rest) = text.strip_prefix("ctrl-") {
            let mut chars = rest.chars();
            return match (chars.next(), chars.next()) {
                (Some(c), None) => Some(Self::Ctrl(c.to_ascii_lowercase())),
                _ => None,
            };
        }
        if let Some(n) = text.strip_prefix('f').and_then(|n| n.parse::<u8>().ok()) {
            return (1..=12).contains(&n).then_some(Self::F(n));
        }
        let mut chars = text.chars();
        match (chars.next(), chars.next()) {
            (Some(c), None) => Some(Self::Char(c)),
            _ => None,
        }
    }

    /// The key for hints and help: `n`, `^P`, `F1`, `Enter`.
    #[must_use]
    pub fn label(self) -> String {
        match self {
            Self::Char(' ') => "Space".to_owned(),
            Self::Char(c) => c.to_string(),
            Self::Ctrl(c) => format!("^{}", c.to_ascii_uppercase()),
            Self::F(n) => format!("F{n}"),
            Self::Named(named) => match named {
                Named::Up => "↑",
                Named::Down => "↓",
                Named::Left => "←",
                Named::Right => "→",
                Named::Home => "Home",
                Named::End => "End",
                Named::PageUp => "PgUp",
                Named::PageDown => "PgDn",
                Named::Tab => "Tab",
                Named::BackTab => "Shift-Tab",
                Named::Enter => "Enter",
                Named::Esc => "Esc",
                Named::Delete => "Del",
                Named::Backspace => "Backspace",
            }
            .to_owned(),
        }
    }
}

/// A key, or one after a first key that opens a box with what may follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Chord {
    pub first: Option<Key>,
    pub key: Key,
}

impl Chord {
    /// A key of its own.
    #[must_use]
    pub const fn single(key: Key) -> Self {
        Self { first: None, key }
    }

    /// Reads `n` or `ctrl-k 1`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text.split_once(' ') {
            None => Key::parse(text).map(Self::single),
            Some((first, key)) => Some(Self {
                first: Some(Key::parse(first)?),
                key: Key::parse(key)?,
            }),
        }
    }

    /// For hints and help: `n`, `^K 1`.
    #[must_use]
    pub fn label(self) -> String {
        match self.first {
            None => self.key.label(),
            Some(first) => format!("{} {}", first.label(), self.key.label()),
        }
    }
}

/// The narrow form of a full-width letter, digit or sign.
#[must_use]
pub fn narrow(c: char) -> char {
    match c {
        '\u{3000}' => ' ',
        '。' => '.',
        '、' => '/',
        '《' => '<',
        '》' => '>',
        '【' => '[',
        '】' => ']',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        _ => c,
    }
}
