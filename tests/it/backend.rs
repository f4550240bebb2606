//! What the terminal shows is the same whether a frame goes through the program's own output or
//! through the library's: characters, colours, weights, reverse.
//!
//! 400 random frames; `GENDAN_FAULTS=full` makes it 100,000.

use std::cell::RefCell;
use std::io::{self, Write};
use std::rc::Rc;

use gendan::tui::screen::Screen;
use ratatui::backend::CrosstermBackend;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier, Style};
use ratatui::{Terminal, TerminalOptions, Viewport};

const SIZE: (u16, u16) = (48, 14);

/// Xorshift (Marsaglia 2003): the same frames every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % n
    }

    fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }
}

/// Emoji that terminals agree about; of those made of several code points each model of a terminal
/// makes something else, so that two ways to it cannot be compared.
const TEXTS: &[&str] = &[
    "SO-260118",
    "永兴五金",
    "不锈钢法兰盘 DN50",
    "2026-12-01",
    "  ",
    "迟 3 天",
    "──┬──",
    "│",
    "▸",
    "█▇▆▅▄",
    "⣿⡇",
    "①②③",
    "“引号”，全角。",
    "ＡＢＣ１２３",
    "かなカナ",
    "é ü ñ",
    "🔧",
    "🚚",
    "가나다",
    "…",
    "100 %",
    "订单号     客户      品名",
    "x",
    "合",
    "·",
];

const COLOURS: &[Color] = &[
    Color::Reset,
    Color::Reset,
    Color::Red,
    Color::Green,
    Color::Yellow,
    Color::Blue,
    Color::Cyan,
    Color::Gray,
    Color::DarkGray,
    Color::LightRed,
    Color::White,
    Color::Indexed(208),
    Color::Rgb(10, 200, 30),
];

const WEIGHTS: &[Modifier] = &[
    Modifier::empty(),
    Modifier::empty(),
    Modifier::BOLD,
    Modifier::REVERSED,
    Modifier::UNDERLINED,
    Modifier::DIM,
    Modifier::ITALIC,
];

type Piece = (u16, u16, &'static str, Style);

fn style(dice: &mut Dice) -> Style {
    let mut weight = dice.pick(WEIGHTS) | dice.pick(WEIGHTS);
    if weight.contains(Modifier::BOLD) {
        // The model of a terminal knows one of the two, and the last one said.
        weight.remove(Modifier::DIM);
    }
    Style::new()
        .fg(dice.pick(COLOURS))
        .bg(dice.pick(COLOURS))
        .add_modifier(weight)
        .remove_modifier(Modifier::all() - weight)
}

/// A frame that is near the one before: some rows new, sometimes all moved by one.
fn next(dice: &mut Dice, frame: &mut Vec<Piece>) {
    match dice.below(8) {
        0 => frame.clear(),
        1 => frame.iter_mut().for_each(|p| p.1 = (p.1 + 1) % SIZE.1),
        2 => frame
            .iter_mut()
            .for_each(|p| p.1 = (p.1 + SIZE.1 - 1) % SIZE.1),
        3 => frame.truncate(frame.len() / 2),
        _ => {}
    }
    for _ in 0..dice.below(10) {
        let at = (
            dice.below(SIZE.0.into()) as u16,
            dice.below(SIZE.1.into()) as u16,
        );
        frame.push((at.0, at.1, dice.pick(TEXTS), style(dice)));
    }
    let spare = frame.len().saturating_sub(60);
    frame.drain(..spare);
}

/// Draws a frame; the last column stays free, because the library's own comparison fails on a wide
/// character that ends there.
fn draw(frame: &[Piece], buf: &mut Buffer) {
    for (x, y, text, style) in frame {
        let room = usize::from(SIZE.0 - 1).saturating_sub(usize::from(*x));
        buf.set_stringn(*x, *y, text, room, *style);
    }
}

#[derive(Clone, Default)]
struct Wire(Rc<RefCell<Vec<u8>>>);

impl Write for Wire {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn same(own: &vt100::Screen, library: &vt100::Screen, frame: &[Piece], n: usize) {
    for y in 0..SIZE.1 {
        for x in 0..SIZE.0 {
            let (a, b) = (own.cell(y, x).unwrap(), library.cell(y, x).unwrap());
            let text = |c: &vt100::Cell| match c.contents() {
                "" => " ".to_owned(),
                text => text.to_owned(),
            };
            if a.is_wide_continuation() && b.is_wide_continuation() {
                continue;
            }
            assert_eq!(text(a), text(b), "frame {n}, {x},{y}: {frame:?}");
            let seen = |c: &vt100::Cell| {
                // Of a blank only the ground is seen, unless it is turned round or underlined.
                let fore =
                    (text(c) != " " || c.inverse()).then(|| (c.fgcolor(), c.bold(), c.dim()));
                (fore, c.bgcolor(), c.inverse(), c.underline())
            };
            assert_eq!(seen(a), seen(b), "frame {n}, {x},{y}: {frame:?}");
        }
    }
}

#[test]
fn both_ways_to_the_terminal_show_the_same_cells() {
    let frames = match std::env::var("GENDAN_FAULTS") {
        Ok(v) if v == "full" => 100_000,
        _ => 400,
    };
    let mut dice = Dice(0x9E37_79B9_7F4A_7C15);
    let wire = Wire::default();
    let options = TerminalOptions {
        viewport: Viewport::Fixed(Rect::new(0, 0, SIZE.0, SIZE.1)),
    };
    let mut library = Terminal::with_options(CrosstermBackend::new(wire.clone()), options).unwrap();
    let mut own = Screen::new(SIZE.0, SIZE.1);
    let mut shows = [0, 1].map(|_| vt100::Parser::new(SIZE.1, SIZE.0, 0));
    let (mut frame, mut bytes) = (Vec::new(), [0_usize; 2]);
    for n in 0..frames {
        next(&mut dice, &mut frame);
        let ours = own.frame(|buf| {
            draw(&frame, buf);
            None
        });
        bytes[0] += ours.len();
        shows[0].process(ours);
        library.draw(|f| draw(&frame, f.buffer_mut())).unwrap();
        let theirs = std::mem::take(&mut *wire.0.borrow_mut());
        bytes[1] += theirs.len();
        shows[1].process(&theirs);
        same(shows[0].screen(), shows[1].screen(), &frame, n);
    }
    let [ours, theirs] = bytes.map(|b| b / frames);
    println!("{frames} frames: {ours} bytes a frame by our own output, {theirs} by the library's");
    assert!(ours < theirs);
}
