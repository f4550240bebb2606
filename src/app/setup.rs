//! What the user has set: themes, mouse, own keys; and changing them while the screens are up.

use super::{App, Next};
use crate::config::Fault;
use crate::config::themes::{self, Named};
use crate::overlay::Overlay;
use crate::overlay::picker::{Entry, Picker, Target};
use crate::text::{config as words, guide};
use crate::theme::{Role, Theme, ThemeName};

/// The themes there are and the one in use, and whether clicks come to the program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setup {
    pub themes: Vec<Named>,
    pub theme: String,
    pub mouse: bool,
}

impl Default for Setup {
    fn default() -> Self {
        Self {
            themes: themes::built_in(),
            theme: ThemeName::default().code().to_owned(),
            mouse: false,
        }
    }
}

impl Setup {
    /// The theme of a name.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<&Theme> {
        let mut themes = self.themes.iter();
        themes.find(|t| t.name == name).map(|t| &t.theme)
    }
}

impl App {
    /// Takes the settings over at the start, and says what is wrong with them.
    pub fn take_setup(&mut self, setup: Setup, faults: &[Fault]) {
        self.setup = setup;
        match self.setup.find(&self.setup.theme) {
            Some(theme) => self.styles = self.styles.under(theme),
            // It is among the faults.
            None => self.setup.theme = Setup::default().theme,
        }
        if self.setup.mouse {
            self.next.push(Next::Mouse(true));
        }
        if let Some(said) = words::faults(faults, self.lang) {
            self.say(said, Role::Warn);
        }
    }

    /// Lists the themes, the one in use first in mind.
    pub(super) fn ask_theme(&mut self) {
        let entry = |named: &Named| Entry {
            text: named.name.clone(),
            right: if named.name == self.setup.theme {
                guide::THEME_NOW.text(self.lang).to_owned()
            } else {
                String::new()
            },
            also: String::new(),
            target: Target::Theme(named.name.clone()),
        };
        let entries = self.setup.themes.iter().map(entry).collect();
        let title = guide::THEMES.text(self.lang);
        self.overlays
            .push(Overlay::Picker(Picker::new(title, entries)));
    }

    pub(super) fn set_theme(&mut self, name: &str) {
        let Some(theme) = self.setup.find(name) else {
            return;
        };
        self.styles = self.styles.under(theme);
        name.clone_into(&mut self.setup.theme);
        let said = guide::THEME_SET.fill(self.lang, &[name]);
        self.say(said, Role::Ok);
    }

    /// Takes the mouse, or gives it back to the terminal.
    pub(super) fn switch_mouse(&mut self) {
        self.setup.mouse = !self.setup.mouse;
        self.next.push(Next::Mouse(self.setup.mouse));
        let key = self.keymap.label(super::action::Action::Mouse);
        let said = if self.setup.mouse {
            words::MOUSE_ON.fill(self.lang, &[&key])
        } else {
            words::MOUSE_OFF.text(self.lang).to_owned()
        };
        self.say(said, Role::Ok);
    }

    /// Opens the tour.
    pub fn start_tour(&mut self) {
        self.overlays.push(Overlay::Tour(0));
    }
}
