//! The numbers terminals have for colours and modifiers.

use ratatui::style::{Color, Modifier};

pub(super) const MODIFIERS: [(Modifier, &str); 7] = [
    (Modifier::BOLD, "1;"),
    (Modifier::DIM, "2;"),
    (Modifier::ITALIC, "3;"),
    (Modifier::UNDERLINED, "4;"),
    (Modifier::SLOW_BLINK, "5;"),
    (Modifier::REVERSED, "7;"),
    (Modifier::CROSSED_OUT, "9;"),
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ground {
    Fore,
    Back,
}

pub(super) fn color_code(color: Color, ground: Ground) -> String {
    let base = match ground {
        Ground::Fore => 30,
        Ground::Back => 40,
    };
    let basic = match color {
        Color::Reset => 9,
        Color::Black => 0,
        Color::Red => 1,
        Color::Green => 2,
        Color::Yellow => 3,
        Color::Blue => 4,
        Color::Magenta => 5,
        Color::Cyan => 6,
        Color::Gray => 7,
        Color::DarkGray => 60,
        Color::LightRed => 61,
        Color::LightGreen => 62,
        Color::LightYellow => 63,
        Color::LightBlue => 64,
        Color::LightMagenta => 65,
        Color::LightCyan => 66,
        Color::White => 67,
        Color::Indexed(n) => return format!("{};5;{n};", base + 8),
        Color::Rgb(r, g, b) => return format!("{};2;{r};{g};{b};", base + 8),
    };
    format!("{};", base + basic)
}
