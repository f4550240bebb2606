//! From keys to actions: the table of `assets/keymap.toml`, the panel's own keys first.
//!
//! Full-width letters and signs mean their narrow ones, so that an input method left on does no
//! harm. Shift is part of the letter, never a modifier of its own.

use std::collections::BTreeMap;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::action::Action;
use crate::domain::codes::Stage;

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

/// The narrow form of a full-width letter, digit or sign.
#[must_use]
pub fn narrow(c: char) -> char {
    match c {
        '\u{3000}' => ' ',
        '。' => '.',
        '、' => '/',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        _ => c,
    }
}

/// The bindings, by place.
#[derive(Debug, Clone, Default)]
pub struct Keymap {
    global: BTreeMap<Key, Action>,
    panels: BTreeMap<Stage, BTreeMap<Key, Action>>,
    shown: BTreeMap<Action, Key>,
}

/// What is wrong with a key map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeymapError {
    NotToml(String),
    UnknownPlace(String),
    UnknownAction(String),
    UnknownKey {
        action: String,
        key: String,
    },
    /// Two actions of one place have the same key.
    Clash {
        place: String,
        key: String,
    },
}

impl Keymap {
    /// The key map that comes with the program, and what is wrong with it (nothing, a test says).
    #[must_use]
    pub fn built_in() -> (Self, Vec<KeymapError>) {
        Self::parse(include_str!("../../assets/keymap.toml"))
    }

    /// Reads a key map; what is wrong is left out and reported.
    #[must_use]
    pub fn parse(text: &str) -> (Self, Vec<KeymapError>) {
        let mut map = Self::default();
        let mut errors = Vec::new();
        let places: BTreeMap<String, BTreeMap<String, Vec<String>>> = match toml::from_str(text) {
            Ok(places) => places,
            Err(error) => return (map, vec![KeymapError::NotToml(error.to_string())]),
        };
        for (place, bindings) in places {
            let stage = Stage::of(&place);
            if stage.is_none() && place != "global" {
                errors.push(KeymapError::UnknownPlace(place));
                continue;
            }
            for (name, keys) in bindings {
                let Some(action) = Action::of(&name) else {
                    errors.push(KeymapError::UnknownAction(name));
                    continue;
                };
                for key in keys {
                    map.bind(&place, stage, action, &key, &mut errors);
                }
            }
        }
        (map, errors)
    }

    fn bind(
        &mut self,
        place: &str,
        stage: Option<Stage>,
        action: Action,
        key: &str,
        errors: &mut Vec<KeymapError>,
    ) {
        let Some(parsed) = Key::parse(key) else {
            errors.push(KeymapError::UnknownKey {
                action: action.info().name.to_owned(),
                key: key.to_owned(),
            });
            return;
        };
        let table = stage.map_or(&mut self.global, |stage| {
            self.panels.entry(stage).or_default()
        });
        if table.contains_key(&parsed) {
            errors.push(KeymapError::Clash {
                place: place.to_owned(),
                key: key.to_owned(),
            });
            return;
        }
        table.insert(parsed, action);
        self.shown.entry(action).or_insert(parsed);
    }

    /// The action of a key in a panel.
    #[must_use]
    pub fn action(&self, stage: Stage, key: Key) -> Option<Action> {
        self.panels
            .get(&stage)
            .and_then(|table| table.get(&key))
            .or_else(|| self.global.get(&key))
            .copied()
    }

    /// The key that is shown for an action.
    #[must_use]
    pub fn key(&self, action: Action) -> Option<Key> {
        self.shown.get(&action).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::action::ACTIONS;

    #[test]
    fn the_built_in_map_is_right_and_binds_every_action() {
        let (map, errors) = Keymap::built_in();
        assert_eq!(errors, []);
        for info in ACTIONS {
            assert!(map.key(info.action).is_some(), "{} has no key", info.name);
        }
    }

    #[test]
    fn full_width_keys_mean_their_narrow_ones() {
        let key = |c| Key::of(&KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE));
        assert_eq!(key('：'), Some(Key::Char(':')));
        assert_eq!(key('３'), Some(Key::Char('3')));
        assert_eq!(key('ｎ'), Some(Key::Char('n')));
        assert_eq!(key('永'), Some(Key::Char('永')));
    }

    #[test]
    fn what_is_wrong_is_named_and_the_rest_works() {
        let text = "[global]\n\"app.quit\" = [\"q\", \"ctrl-qq\"]\n\"app.help\" = [\"q\"]\n\"app.fly\" = [\"w\"]\n[attic]\n";
        let (map, errors) = Keymap::parse(text);
        assert_eq!(map.action(Stage::Today, Key::Char('q')), Some(Action::Help));
        assert_eq!(errors.len(), 4, "{errors:?}");
    }
}
