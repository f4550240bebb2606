//! What the terminal shows is the frame that was drawn, and the same whether it goes through the
//! program's own output or through the library's: characters, colours, weights, reverse.
//!
//! 400 random frames; `GENDAN_FAULTS=full` makes it 100,000.

use std::cell::RefCell;
use std::io::{self, Write};
use std::rc::Rc;

use gendan::text::width::width;
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

/// What a cell looks like: text, letters' colour and weight, ground, reverse, underline.
type Look = (
    String,
    Option<(vt100::Color, bool, bool)>,
    vt100::Color,
    bool,
    bool,
);

fn look(
    text: &str,
    (fore, ground): (vt100::Color, vt100::Color),
    (bold, dim, turned, underlined): (bool, bool, bool, bool),
) -> Look {
    let text = if text.is_empty() { " " } else { text };
    // Of a blank only the ground is seen, unless it is turned round.
    let letters = (text != " " || turned).then_some((fore, bold, dim));
    (text.to_owned(), letters, ground, turned, underlined)
}

fn shown(screen: &vt100::Screen, x: u16, y: u16) -> Look {
    let c = screen.cell(y, x).unwrap();
    look(
        c.contents(),
        (c.fgcolor(), c.bgcolor()),
        (c.bold(), c.dim(), c.inverse(), c.underline()),
    )
}

fn wanted(buf: &Buffer, x: u16, y: u16) -> Look {
    let c = &buf[(x, y)];
    let has = |m| c.modifier.contains(m);
    look(
        c.symbol(),
        (colour(c.fg), colour(c.bg)),
        (
            has(Modifier::BOLD),
            has(Modifier::DIM),
            has(Modifier::REVERSED),
            has(Modifier::UNDERLINED),
        ),
    )
}

fn colour(of: Color) -> vt100::Color {
    use vt100::Color::{Default, Idx, Rgb};
    match of {
        Color::Red => Idx(1),
        Color::Green => Idx(2),
        Color::Yellow => Idx(3),
        Color::Blue => Idx(4),
        Color::Cyan => Idx(6),
        Color::Gray => Idx(7),
        Color::DarkGray => Idx(8),
        Color::LightRed => Idx(9),
        Color::White => Idx(15),
        Color::Indexed(n) => Idx(n),
        Color::Rgb(r, g, b) => Rgb(r, g, b),
        _ => Default,
    }
}

/// Compares every cell: ours shows the frame, and the library's what ours does. Returns the cells
/// in which the library's does not show the frame itself: what stood under a wide character that is
/// gone keeps its ground.
fn compare(buf: &Buffer, [own, library]: [&vt100::Screen; 2], n: usize) -> usize {
    let mut wrong = 0;
    for y in 0..SIZE.1 {
        let mut covered = 0;
        for x in 0..SIZE.0 {
            if covered > 0 {
                covered -= 1;
                continue;
            }
            let want = wanted(buf, x, y);
            covered = u16::try_from(width(&want.0)).unwrap().saturating_sub(1);
            assert_eq!(shown(own, x, y), want, "frame {n}, {x},{y}");
            wrong += usize::from(shown(library, x, y) != want);
        }
    }
    wrong
}

#[test]
fn both_ways_to_the_terminal_show_the_frame() {
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
    let (mut cells, mut wrong) = (0, 0);
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
        let mut buf = Buffer::empty(Rect::new(0, 0, SIZE.0, SIZE.1));
        draw(&frame, &mut buf);
        let screens = [shows[0].screen(), shows[1].screen()];
        cells += usize::from(SIZE.0) * usize::from(SIZE.1);
        wrong += compare(&buf, screens, n);
    }
    let [ours, theirs] = bytes.map(|b| b / frames);
    println!("{frames} frames: {ours} bytes a frame by our own output, {theirs} by the library's");
    println!("of {cells} cells ours showed all as drawn, the library's all but {wrong}");
    assert!(ours < theirs);
    assert!(
        wrong * 100 < cells,
        "the two are alike but for the odd cell: {wrong} of {cells}"
    );
}
