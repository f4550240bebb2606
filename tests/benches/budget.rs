//! The budget of the screens at any size of the file: what a key costs, from the key to the bytes
//! for the terminal, as ratios against a floor in the same run.
//!
//! Floor: the same step in the least that a list over SQLite can be: 43 rows read by key from the
//! same file, formatted, put into a table of the library, and its frame turned into bytes.
//! Sizes: 1,000, 10,000 and 100,000 orders with ten days of figures each, a thousand of them alive;
//! `GENDAN_SIZES=1000,1000000` asks for others. Files are made once in the folder for temporary
//! files and used again.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    dead_code
)]

mod floor;

use std::path::PathBuf;
use std::time::{Duration, Instant};

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use floor::median;
use gendan::app::{App, Next, draw};
use gendan::clock::Clock;
use gendan::domain::moment::Moment;
use gendan::plan::gather;
use gendan::store::{Access, Store};
use gendan::text::Lang;
use gendan::theme::Styles;
use gendan::transfer::{json, sample, sized};
use gendan::tui::input::Input;
use gendan::tui::screen::Screen;
use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Rect};
use ratatui::style::{Modifier, Style};
use ratatui::widgets::{Row, StatefulWidget, Table, TableState};
use rusqlite::Connection;

const NOW: &str = "2026-11-23T08:00";
const SIZE: (u16, u16) = (160, 45);
const ROUNDS: usize = 31;

/// The file of a size, made where it is not there yet.
fn file(size: usize) -> PathBuf {
    let path = std::env::temp_dir().join(format!("gendan-budget-{size}.db"));
    let clock = Clock::Fixed(Moment::parse(NOW).unwrap().0);
    if !path.exists() {
        let half = path.with_extension("half");
        let _ = std::fs::remove_file(&half);
        let mut store = Store::open(&half, Access::Write, clock, "li").unwrap();
        let factory = json::parse(&sample::sample(clock.now())).unwrap();
        json::bring(&mut store, &factory, "").unwrap();
        sized::fill(&mut store, size, sized::LIVE_MAX, &|_| {}).unwrap();
        drop(store);
        std::fs::rename(half, &path).unwrap();
    }
    path
}

/// The program, without its threads: keys in, bytes out.
struct Program {
    app: App,
    screen: Screen,
}

impl Program {
    fn start(path: &std::path::Path) -> (Self, usize) {
        let clock = Clock::Fixed(Moment::parse(NOW).unwrap().0);
        let store = Store::open(path, Access::Write, clock, "li").unwrap();
        let app = App::new(store, Lang::Zh, Styles::standard()).unwrap();
        let mut program = Self {
            app,
            screen: Screen::new(SIZE.0, SIZE.1),
        };
        let bytes = program.frame();
        (program, bytes)
    }

    fn frame(&mut self) -> usize {
        let app = &mut self.app;
        self.screen.frame(|buf| draw::screen(app, buf)).len()
    }

    /// Takes the plan that its thread would bring.
    fn plan(&mut self) {
        let now = Moment::parse(NOW).unwrap();
        let outlook = gather::outlook(&self.app.world, now, 200, &|| false).unwrap();
        self.app.take_outlook(outlook);
        self.app.next.retain(|next| *next != Next::Replan);
        self.frame();
    }

    fn key(&mut self, code: KeyCode) -> (Duration, usize) {
        self.press(KeyEvent::from(code))
    }

    fn press(&mut self, key: KeyEvent) -> (Duration, usize) {
        let start = Instant::now();
        self.app.on(Input::Key(key));
        let bytes = self.frame();
        (start.elapsed(), bytes)
    }
}

/// The least: a window of a table over SQLite.
struct Floor {
    db: Connection,
    screen: Screen,
    from: i64,
    selected: usize,
}

impl Floor {
    fn start(path: &std::path::Path) -> Self {
        let db = Connection::open(path).unwrap();
        let from = db
            .query_row("SELECT max(id) - 900 FROM orders", [], |r| r.get(0))
            .unwrap();
        let screen = Screen::new(SIZE.0, SIZE.1);
        Self {
            db,
            screen,
            from,
            selected: 0,
        }
    }

    fn frame(&mut self) -> usize {
        let sql = "SELECT o.no, c.name, o.customer_po, l.name, l.qty, l.requested_date, o.state
                     FROM orders o JOIN customer c ON c.id = o.customer_id
                     JOIN order_line l ON l.order_id = o.id
                    WHERE o.id >= ?1 ORDER BY o.id LIMIT 43";
        let mut statement = self.db.prepare_cached(sql).unwrap();
        let cells = |row: &rusqlite::Row<'_>| {
            let text = |at: usize| match row.get_ref(at).unwrap() {
                rusqlite::types::ValueRef::Integer(n) => (n / 1_000_000).to_string(),
                value => value.as_str().unwrap_or("").to_owned(),
            };
            Ok((0..7).map(text).collect::<Vec<_>>())
        };
        let rows: Vec<Vec<String>> = statement
            .query_map([self.from], cells)
            .unwrap()
            .map(Result::unwrap)
            .collect();
        let selected = self.selected;
        self.screen
            .frame(|buf: &mut Buffer| {
                let widths = [12, 30, 14, 40, 10, 12, 10].map(Constraint::Length);
                let table = Table::new(rows.into_iter().map(Row::new), widths)
                    .row_highlight_style(Style::new().add_modifier(Modifier::REVERSED));
                let mut state = TableState::new().with_selected(selected);
                let area = Rect::new(0, 1, SIZE.0, SIZE.1 - 2);
                StatefulWidget::render(table, area, buf, &mut state);
                None
            })
            .len()
    }

    fn step(&mut self, change: impl FnOnce(&mut Self)) -> (Duration, usize) {
        let start = Instant::now();
        change(self);
        let bytes = self.frame();
        (start.elapsed(), bytes)
    }
}

type Seen = Vec<(Duration, usize)>;

fn of(rounds: usize, mut step: impl FnMut(usize) -> (Duration, usize)) -> Seen {
    (0..rounds).map(&mut step).collect()
}

fn tell(what: &str, seen: Seen, floor: Duration) {
    let (times, mut bytes): (Vec<_>, Vec<_>) = seen.into_iter().unzip();
    let worst = times.iter().max().copied().unwrap_or_default();
    let p50 = median(times);
    bytes.sort_unstable();
    println!(
        "  {what:<34} p50 {p50:>9.1?}  max {worst:>9.1?}  floor {floor:>9.1?}  ratio {:>5.2}  bytes p50 {}",
        p50.as_secs_f64() / floor.as_secs_f64(),
        bytes[bytes.len() / 2]
    );
}

fn times(seen: Seen) -> Duration {
    median(seen.into_iter().map(|(time, _)| time).collect())
}

fn measure(size: usize) {
    let path = file(size);
    println!("{size} orders:");
    let mut least = Floor::start(&path);
    least.frame();
    let row = times(of(ROUNDS, |n| least.step(|f| f.selected = 1 + n % 40)));
    let edge = times(of(ROUNDS, |_| least.step(|f| f.from += 1)));
    let page = times(of(9, |_| least.step(|f| f.from += 43)));
    let opened = of(7, |_| {
        let start = Instant::now();
        let mut floor = Floor::start(&path);
        let bytes = floor.frame();
        (start.elapsed(), bytes)
    });
    let first = times(opened);
    let starts = of(5, |_| {
        let start = Instant::now();
        let (program, bytes) = Program::start(&path);
        let time = start.elapsed();
        drop(program);
        (time, bytes)
    });
    tell("start to the first frame", starts, first);
    let (mut p, _) = Program::start(&path);
    p.plan();
    derived(&mut p, page);
    keys(&mut p, (row, edge, page));
    typed(&mut p, page);
    saved(&mut p, page);
}

/// What is derived again after every change, without a list.
fn derived(p: &mut Program, page: Duration) {
    p.key(KeyCode::Char('6'));
    let seen = of(9, |_| {
        let start = Instant::now();
        p.app.refresh();
        (start.elapsed(), 0)
    });
    tell("the day derived again", seen, page);
}

fn keys(p: &mut Program, (row, edge, page): (Duration, Duration, Duration)) {
    for (digit, name) in [
        ('1', "Intake"),
        ('2', "Capacity"),
        ('3', "Schedule"),
        ('4', "Materials"),
        ('5', "Progress"),
        ('6', "Exceptions"),
        ('0', "Today"),
    ] {
        p.key(KeyCode::Char(digit));
        p.key(KeyCode::Home);
        tell(
            &format!("{name}: row"),
            of(ROUNDS.min(9), |_| p.key(KeyCode::Down)),
            row,
        );
        for _ in 0..45 {
            p.key(KeyCode::Down);
        }
        tell(
            &format!("{name}: row at the edge"),
            of(ROUNDS, |_| p.key(KeyCode::Down)),
            edge,
        );
        tell(
            &format!("{name}: page"),
            of(9, |_| p.key(KeyCode::PageDown)),
            page,
        );
        tell(
            &format!("{name}: next part"),
            of(9, |_| p.key(KeyCode::Tab)),
            page,
        );
    }
    let digits = ['1', '3', '4', '5', '2', '6', '0'];
    for digit in digits {
        let seen = of(5, |_| {
            p.key(KeyCode::Char(if digit == '6' { '1' } else { '6' }));
            p.plan_again();
            p.key(KeyCode::Char(digit))
        });
        tell(&format!("switch to {digit} after a change"), seen, page);
    }
    tell(
        "panel switch",
        of(28, |n| p.key(KeyCode::Char(digits[n % 7]))),
        page,
    );
}

impl Program {
    /// As after a change: every list has to be made again.
    fn plan_again(&mut self) {
        self.app.refresh();
        self.frame();
    }
}

fn typed(p: &mut Program, page: Duration) {
    p.key(KeyCode::Char('1'));
    for text in ["永兴", "yx", "10005", "没有这个"] {
        p.key(KeyCode::Char('/'));
        let chars: Vec<char> = text.chars().collect();
        let seen = of(chars.len(), |n| p.key(KeyCode::Char(chars[n])));
        tell(&format!("filter {text}"), seen, page);
        p.key(KeyCode::Esc);
        p.key(KeyCode::Esc);
    }
    p.press(KeyEvent::new(KeyCode::Char('g'), KeyModifiers::CONTROL));
    let chars: Vec<char> = "1000500".chars().collect();
    let seen = of(chars.len(), |n| p.key(KeyCode::Char(chars[n])));
    tell("go to order, the shelf too", seen, page);
    p.key(KeyCode::Esc);
}

/// A review point and the way back: a save with everything that follows from it.
fn saved(p: &mut Program, page: Duration) {
    p.key(KeyCode::Char('1'));
    p.key(KeyCode::Home);
    p.key(KeyCode::Tab);
    let before = p.app.journal.first().map(|line| line.id);
    let seen = of(20, |n| {
        let seen = p.key(KeyCode::Char(if n % 2 == 0 { 'o' } else { 'u' }));
        p.app.next.clear();
        seen
    });
    let after = p.app.journal.first().map(|line| line.id);
    assert!(
        after > before.map(|id| id + 19),
        "every key has saved: {before:?} {after:?}"
    );
    tell("saved, its way back, and shown", seen, page);
}

fn main() {
    let sizes = std::env::var("GENDAN_SIZES").unwrap_or_else(|_| "1000,10000,100000".to_owned());
    for size in sizes.split(',').filter_map(|n| n.trim().parse().ok()) {
        measure(size);
    }
}
