//! Colours and symbols: a small `Theme` of named terminal colours, and the `Styles` made from it.
//!
//! Widgets take `&Styles` and name a role, never a colour. Only the terminal's own sixteen colours
//! are used (but for green on white), so that every client shows its own palette and a change costs few bytes over SSH.
//! State never hangs on colour alone: the selection is reversed, an alarm has its letter or mark,
//! and the theme without colour differs by bold, dim, underline and reverse only.

use ratatui::style::{Color, Modifier, Style};
mod symbols;

pub use symbols::{SymbolSet, Symbols};

/// The built-in themes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ThemeName {
    #[default]
    Dark,
    Light,
    HighContrast,
    /// The eight plain colours alone, for terminals and palettes without good bright ones.
    Sixteen,
    Mono,
}

impl ThemeName {
    pub const ALL: [Self; 5] = [
        Self::Dark,
        Self::Light,
        Self::HighContrast,
        Self::Sixteen,
        Self::Mono,
    ];

    /// The name in the settings and on the command line.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Dark => "dark",
            Self::Light => "light",
            Self::HighContrast => "high-contrast",
            Self::Sixteen => "16-colour",
            Self::Mono => "mono",
        }
    }

    /// The theme of a name.
    #[must_use]
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|name| name.code() == code)
    }

    /// The theme to use under the environment's `NO_COLOR` (set and not empty means no colour).
    #[must_use]
    pub fn under_no_color(self, value: Option<&str>) -> Self {
        match value {
            Some(text) if !text.is_empty() => Self::Mono,
            _ => self,
        }
    }
}

/// The few colours everything is made of; `None` leaves the terminal's own, and dims what is dim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
    pub text: Option<Color>,
    pub dim: Option<Color>,
    pub accent: Option<Color>,
    pub ok: Option<Color>,
    pub warn: Option<Color>,
    pub bad: Option<Color>,
    /// Ground of the text field that has the keys.
    pub field: Option<Color>,
    /// Ink on coloured grounds (heat map, bars).
    pub ink: Option<Color>,
}

/// The keys a theme file may set, in the order of the fields of [`Theme`].
pub const THEME_KEYS: [&str; 8] = ["text", "dim", "accent", "ok", "warn", "bad", "field", "ink"];

/// Why one line of a theme file was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ThemeError {
    /// There is no such key; see [`THEME_KEYS`].
    Key(String),
    /// The text names no colour: names as in `light-red`, `default`, or an index 0 to 255.
    Color(String),
}

impl Default for Theme {
    fn default() -> Self {
        Self::named(ThemeName::default())
    }
}

impl Theme {
    /// The colours of a built-in theme.
    #[must_use]
    pub const fn named(name: ThemeName) -> Self {
        match name {
            ThemeName::Dark => Self {
                text: None,
                dim: Some(Color::DarkGray),
                accent: Some(Color::Cyan),
                ok: Some(Color::Green),
                warn: Some(Color::Yellow),
                bad: Some(Color::LightRed),
                field: Some(Color::DarkGray),
                ink: Some(Color::Black),
            },
            ThemeName::Light => Self {
                text: None,
                dim: Some(Color::DarkGray),
                accent: Some(Color::Blue),
                // The terminal's green has a contrast of 2 on white; this one has 5.
                ok: Some(Color::Indexed(28)),
                warn: Some(Color::Magenta),
                bad: Some(Color::Red),
                field: Some(Color::Gray),
                ink: Some(Color::White),
            },
            ThemeName::HighContrast => Self {
                text: Some(Color::White),
                dim: Some(Color::White),
                accent: Some(Color::LightCyan),
                ok: Some(Color::LightGreen),
                warn: Some(Color::LightYellow),
                bad: Some(Color::LightRed),
                field: Some(Color::Blue),
                ink: Some(Color::Black),
            },
            // Dim text is told by the terminal's dim mode: bright black is unreadable in some palettes.
            ThemeName::Sixteen => Self {
                text: None,
                dim: None,
                accent: Some(Color::Cyan),
                ok: Some(Color::Green),
                warn: Some(Color::Yellow),
                bad: Some(Color::Red),
                field: None,
                ink: Some(Color::Black),
            },
            ThemeName::Mono => Self {
                text: None,
                dim: None,
                accent: None,
                ok: None,
                warn: None,
                bad: None,
                field: None,
                ink: None,
            },
        }
    }

    /// The theme with one key of a theme file set to a named colour.
    pub fn with(mut self, key: &str, value: &str) -> Result<Self, ThemeError> {
        let color = match value {
            "default" => None,
            _ => Some(
                value
                    .parse::<Color>()
                    .ok()
                    .ok_or_else(|| ThemeError::Color(value.to_owned()))?,
            ),
        };
        let slot = match key {
            "text" => &mut self.text,
            "dim" => &mut self.dim,
            "accent" => &mut self.accent,
            "ok" => &mut self.ok,
            "warn" => &mut self.warn,
            "bad" => &mut self.bad,
            "field" => &mut self.field,
            "ink" => &mut self.ink,
            _ => return Err(ThemeError::Key(key.to_owned())),
        };
        *slot = color;
        Ok(self)
    }
}

/// What a piece of text means; widgets look its style up in [`Styles::role`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Role {
    #[default]
    Base,
    /// Less important, hints, past things.
    Dim,
    Accent,
    Title,
    Ok,
    Warn,
    Bad,
    Key,
}

/// Every concrete style, by what it is for, and the symbols to draw with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Styles {
    pub base: Style,
    pub dim: Style,
    pub accent: Style,
    pub title: Style,
    pub ok: Style,
    pub warn: Style,
    pub bad: Style,
    /// The name of a key in the hints.
    pub key: Style,
    /// Headings of tables, dates over a chart.
    pub header: Style,
    pub border: Style,
    /// The border of the part that has the keys.
    pub border_focused: Style,
    /// The selected row of the part that has the keys.
    pub selected: Style,
    /// The selected row of a part that does not have the keys.
    pub selected_idle: Style,
    /// Text found by a search, letters of a mark.
    pub mark: Style,
    pub label: Style,
    pub input: Style,
    pub input_focused: Style,
    /// The example in an empty field; drawn on the ground of either of the two above.
    pub placeholder: Style,
    pub error: Style,
    /// The stage or section that is open.
    pub tab_open: Style,
    pub tab: Style,
    /// Days on which nothing is made.
    pub closed: Style,
    /// Grounds of bars and heat cells by state.
    pub fill_ok: Style,
    pub fill_warn: Style,
    pub fill_bad: Style,
    pub fill_dim: Style,
    pub symbols: &'static Symbols,
    /// Where colour cannot tell, bad and doubtful values have a letter before them.
    pub marks: bool,
    /// While the selection runs through a list only its first cell is marked: a whole row and back
    /// at every step is what a slow line has to carry most of.
    pub running: bool,
}

impl Styles {
    /// Makes the styles of a theme with a set of symbols.
    #[must_use]
    pub fn new(theme: &Theme, set: SymbolSet) -> Self {
        let base = paint(theme.text);
        let bold = Modifier::BOLD;
        let dim = match theme.dim {
            Some(_) => paint(theme.dim),
            None => base.add_modifier(Modifier::DIM),
        };
        let field = match theme.field {
            Some(ground) => base.bg(ground).add_modifier(bold),
            None => base.add_modifier(bold | Modifier::UNDERLINED),
        };
        Self {
            base,
            dim,
            accent: paint(theme.accent),
            title: paint(theme.accent).add_modifier(bold),
            ok: paint(theme.ok),
            warn: state(theme.warn, Modifier::empty(), bold),
            bad: state(theme.bad, bold, bold | Modifier::UNDERLINED),
            key: paint(theme.accent).add_modifier(bold),
            header: base.add_modifier(bold),
            border: dim,
            border_focused: paint(theme.accent),
            selected: base.add_modifier(Modifier::REVERSED),
            selected_idle: base.add_modifier(bold),
            mark: paint(theme.accent).add_modifier(bold | Modifier::UNDERLINED),
            label: dim,
            input: base,
            input_focused: field,
            placeholder: base.add_modifier(Modifier::DIM),
            error: state(theme.bad, bold, bold | Modifier::UNDERLINED),
            tab_open: paint(theme.accent).add_modifier(Modifier::REVERSED | bold),
            tab: base,
            closed: dim,
            fill_ok: ground(theme.ok, theme.ink),
            fill_warn: ground(theme.warn, theme.ink),
            // Not bold: terminals turn bold black into grey, which is not read on a red ground.
            fill_bad: ground(theme.bad, theme.ink),
            fill_dim: match theme.dim {
                Some(_) => ground(theme.dim, theme.ink),
                None => dim,
            },
            symbols: set.symbols(),
            marks: theme.bad.is_none() || theme.warn.is_none(),
            running: false,
        }
    }

    /// The letter that tells a role where colour cannot; none where colour does.
    #[must_use]
    pub const fn mark_of(&self, role: Role) -> Option<char> {
        match role {
            Role::Bad if self.marks => Some('!'),
            Role::Warn if self.marks => Some('?'),
            _ => None,
        }
    }

    /// The same symbols in the colours of another theme.
    #[must_use]
    pub fn under(&self, theme: &Theme) -> Self {
        Self {
            symbols: self.symbols,
            ..Self::new(theme, SymbolSet::default())
        }
    }

    /// The styles most tests and a first start use: dark theme, line symbols.
    #[must_use]
    pub fn standard() -> Self {
        Self::new(&Theme::named(ThemeName::Dark), SymbolSet::Unicode)
    }

    #[must_use]
    pub const fn role(&self, role: Role) -> Style {
        match role {
            Role::Base => self.base,
            Role::Dim => self.dim,
            Role::Accent => self.accent,
            Role::Title => self.title,
            Role::Ok => self.ok,
            Role::Warn => self.warn,
            Role::Bad => self.bad,
            Role::Key => self.key,
        }
    }

    /// The style of a bar or heat cell of that meaning: a coloured ground, or bare reverse.
    #[must_use]
    pub const fn fill(&self, role: Role) -> Style {
        match role {
            Role::Ok => self.fill_ok,
            Role::Warn => self.fill_warn,
            Role::Bad => self.fill_bad,
            Role::Base | Role::Dim | Role::Accent | Role::Title | Role::Key => self.fill_dim,
        }
    }
}

fn paint(color: Option<Color>) -> Style {
    color.map_or_else(Style::new, |c| Style::new().fg(c))
}

/// The style of a state: its colour, or without one a modifier of its own.
fn state(color: Option<Color>, with: Modifier, without: Modifier) -> Style {
    match color {
        Some(color) => Style::new().fg(color).add_modifier(with),
        None => Style::new().add_modifier(without),
    }
}

fn ground(color: Option<Color>, ink: Option<Color>) -> Style {
    match (color, ink) {
        (Some(color), Some(ink)) => Style::new().fg(ink).bg(color),
        (Some(color), None) => Style::new().fg(color).add_modifier(Modifier::REVERSED),
        (None, _) => Style::new().add_modifier(Modifier::REVERSED),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_color_takes_every_colour_away_and_keeps_the_states_apart() {
        let name = ThemeName::Dark.under_no_color(Some("1"));
        assert_eq!(ThemeName::Dark.under_no_color(Some("")), ThemeName::Dark);
        let s = Styles::new(&Theme::named(name), SymbolSet::Ascii);
        for style in [
            s.base,
            s.dim,
            s.bad,
            s.selected,
            s.fill_bad,
            s.tab_open,
            s.input_focused,
        ] {
            assert_eq!((style.fg, style.bg), (None, None));
        }
        assert_ne!(s.base, s.selected);
        assert_ne!(s.base, s.bad);
        assert_ne!(s.base, s.warn);
        assert_ne!(s.warn, s.bad);
        assert_ne!(s.base, s.dim);
        assert_ne!(s.input, s.input_focused);
        assert_ne!(s.tab, s.tab_open);
    }

    #[test]
    fn a_theme_file_sets_named_colours_and_refuses_others() {
        let theme = Theme::named(ThemeName::Dark);
        assert_eq!(
            theme.with("bad", "magenta").unwrap().bad,
            Some(Color::Magenta)
        );
        assert_eq!(theme.with("text", "default").unwrap().text, None);
        assert_eq!(theme.with("bed", "red"), Err(ThemeError::Key("bed".into())));
        assert_eq!(
            theme.with("bad", "rot"),
            Err(ThemeError::Color("rot".into()))
        );
        for key in THEME_KEYS {
            assert!(theme.with(key, "red").is_ok(), "{key}");
        }
    }
}
