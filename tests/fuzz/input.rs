//! Fuzz targets: everything that reads what users type, paste or configure, and what is written
//! from it.
//!
//! A parser of a configuration file belongs here, beside the key map.

use chrono::NaiveDate;
use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use gendan::app::keymap::{Key, Keymap};
use gendan::config::Config;
use gendan::domain::calendar::{Calendar, parse_shifts, shifts_text};
use gendan::domain::moment::Moment;
use gendan::domain::quantity::Micro;
use gendan::report::paper::{Cell, Column, Paper, Table};
use gendan::report::write::{Format, bytes};
use gendan::text::Lang;
use gendan::text::datein::{fold_width, parse_amount, parse_date};
use gendan::text::safe::{acts, copied, escaped_json, shown, shown_lines, typed, typed_lines};
use gendan::text::search::Matcher;
use gendan::text::width::{Align, fit, width};
use gendan::transfer::sheet::{self, Cell as Read};
use gendan::transfer::values::{DateOrder, amount, date};
use gendan::tui::clipboard;
use gendan::tui::input::{command_key, normalise};

use super::{Target, fuzz};

fn texts(list: &[&str]) -> Vec<Vec<u8>> {
    list.iter().map(|t| t.as_bytes().to_vec()).collect()
}

fn today() -> NaiveDate {
    "2026-11-23".parse().unwrap()
}

static BUILT_IN: std::sync::LazyLock<Keymap> = std::sync::LazyLock::new(|| Keymap::built_in().0);

#[test]
fn keys_and_key_maps() {
    let mut seeds = texts(&[
        "ctrl-s",
        "f12",
        "pageup",
        "space",
        "[global]\nquit = \"q\"\n",
    ]);
    seeds.push(include_bytes!("../../assets/keymap.toml")[..2_000].to_vec());
    let read = |bytes: &[u8]| {
        let text = String::from_utf8_lossy(bytes);
        if let Some(key) = Key::parse(&text) {
            assert!(!key.label().is_empty());
        }
        if text.len() > 16 {
            let mut map = BUILT_IN.clone();
            let _ = map.lay_over(std::path::Path::new("keymap.toml"), &text);
        }
    };
    fuzz(&Target {
        name: "keys",
        seeds,
        read,
        cases: 800,
        longest: 3_000,
    });
}

#[test]
fn configuration_files() {
    let seeds = texts(&[
        "lang = \"en\"\ntheme = \"light\"\n",
        "symbols = \"ascii\"\nmouse = \"on\"\ntour = \"seen\"\n",
        "[backup]\ndays = 7\nweeks = 4\nmonths = 12\n",
        "safe_journal = \"always\"\nkeymap = \"keys.toml\"\n",
    ]);
    let read = |bytes: &[u8]| {
        let text = String::from_utf8_lossy(bytes);
        let path = std::path::Path::new("config.toml");
        let (config, faults) = Config::read(path, &text, &|_| None);
        let _ = (config.lang(), config.backup(), config.symbols());
        for fault in &faults {
            assert!(!gendan::text::config::fault(fault, Lang::Zh).is_empty());
        }
    };
    fuzz(&Target {
        name: "config",
        seeds,
        read,
        cases: 800,
        longest: 2_000,
    });
}

#[test]
fn dates_and_moments() {
    let seeds = texts(&[
        "2026-12-01",
        "12/1",
        "12月1日",
        "下周三",
        "+10",
        "+5w",
        "月底",
        "周五",
        "dec 20",
        "2026-11-23T08:00",
        "20261201",
    ]);
    let read = |bytes: &[u8]| {
        let text = String::from_utf8_lossy(bytes);
        let _ = parse_date(&text, today());
        for near in [today(), NaiveDate::MIN, NaiveDate::MAX] {
            let _ = parse_date(&text, near);
        }
        for order in [
            DateOrder::Unsaid,
            DateOrder::DayFirst,
            DateOrder::MonthFirst,
        ] {
            let _ = date(&Read::Text(text.to_string()), today(), order);
            let _ = date(&Read::Number(text.to_string()), today(), order);
        }
        if let Some(moment) = Moment::parse(&text) {
            assert_eq!(Moment::parse(&moment.text()), Some(moment));
        }
    };
    fuzz(&Target {
        name: "dates",
        seeds,
        read,
        cases: 4_000,
        longest: 200,
    });
}

#[test]
fn amounts() {
    let seeds = texts(&[
        "1200",
        "1,200.50",
        "１２００",
        "-3",
        "1e3",
        "¥3.25",
        "1 234 567.5 kg",
        "0.000001",
        "999999999",
    ]);
    let read = |bytes: &[u8]| {
        let text = String::from_utf8_lossy(bytes);
        let _ = parse_amount(&text);
        let _ = amount(&Read::Text(text.to_string()));
        if let Ok(value) = text.parse::<Micro>() {
            assert_eq!(value.text().parse::<Micro>(), Ok(value), "{text}");
            let _ = (
                value.times(value),
                value.over(value),
                value.round_to(2),
                value.ceil_to(value),
            );
        }
    };
    fuzz(&Target {
        name: "amounts",
        seeds,
        read,
        cases: 6_000,
        longest: 400,
    });
}

#[test]
fn searches() {
    let seeds = texts(&["nordvik", "ns hy", "衬衫", "SO-0110 门", "lv", "女式牛津纺"]);
    let read = |bytes: &[u8]| {
        let text = String::from_utf8_lossy(bytes);
        let half = text
            .char_indices()
            .nth(text.chars().count() / 2)
            .map_or(0, |(at, _)| at);
        let (query, among) = text.split_at(half);
        let matcher = Matcher::new(query);
        let _ = matcher.matches(among);
        assert!(!matcher.is_empty() || matcher.matches("anything"));
        let _ = fold_width(&text);
    };
    fuzz(&Target {
        name: "search",
        seeds,
        read,
        cases: 400,
        longest: 200,
    });
}

#[test]
fn shifts_and_calendars() {
    let seeds = texts(&["08:00-12:00 13:30-17:30", "00:00-24:00", "", "22:00-24:00"]);
    let read = |bytes: &[u8]| {
        let text = String::from_utf8_lossy(bytes);
        if let Some(shifts) = parse_shifts(&text) {
            assert_eq!(parse_shifts(&shifts_text(&shifts)), Some(shifts));
        }
        let number = |at: usize| {
            i32::from_le_bytes(std::array::from_fn(|n| {
                bytes.get(at + n).copied().unwrap_or(0)
            }))
        };
        let calendar = Calendar::always("x");
        let day = today() + chrono::Days::new(u64::from(number(0).unsigned_abs() % 40_000));
        let _ = calendar.add_days(day, number(4) % 5_000);
        let _ = (calendar.on_or_after(day), calendar.on_or_before(day));
    };
    fuzz(&Target {
        name: "shifts",
        seeds,
        read,
        cases: 1_500,
        longest: 200,
    });
}

#[test]
fn keys_and_pastes_of_the_terminal() {
    let seeds = texts(&[
        "a\u{1b}[200~x\r\ny\u{1b}[201~",
        "\u{1b}]52;c;eA==\u{7}",
        "\t\r\n",
    ]);
    let read = |bytes: &[u8]| {
        let text = String::from_utf8_lossy(bytes).into_owned();
        for (c, bits) in text.chars().zip(bytes) {
            let key = KeyEvent::new(KeyCode::Char(c), KeyModifiers::from_bits_truncate(*bits));
            let _ = normalise(Event::Key(key));
            let key = command_key(key);
            let _ = Key::of(&key);
        }
        let clean = typed_lines(&text);
        assert!(!clean.contains(|c| acts(c) && c != '\n'), "{clean:?}");
        assert!(!typed(&text).contains(acts));
        let _ = normalise(Event::Paste(text));
    };
    fuzz(&Target {
        name: "terminal",
        seeds,
        read,
        cases: 2_000,
        longest: 500,
    });
}

#[test]
fn text_that_is_shown_copied_or_written() {
    let seeds = texts(&[
        "=cmd|'/c calc'!A1",
        "a|b`c_d*",
        "<script>",
        "永兴五金 PO-118\u{202e}",
        "\u{1b}[2J",
        "-",
        "'=1",
    ]);
    let read = |bytes: &[u8]| {
        let text = String::from_utf8_lossy(bytes);
        assert!(!shown(&text).contains(acts));
        assert!(!shown_lines(&text).contains(|c| acts(c) && c != '\n'));
        assert!(width(&fit(&shown(&text), 10, Align::Left, '…')) <= 10);
        let clean = copied(&text).unwrap();
        let sequence = clipboard::sequence(&text).unwrap();
        assert_eq!(
            sequence.matches('\u{1b}').count(),
            2,
            "{sequence:?} of {clean:?}"
        );
        let json = escaped_json(&serde_json::json!([text]).to_string());
        assert_eq!(
            serde_json::from_str::<Vec<String>>(&json).unwrap(),
            [text.to_string()]
        );
        let paper = Paper {
            title: text.to_string(),
            tables: vec![Table {
                title: text.to_string(),
                columns: vec![Column::new(&*text, 8), Column::new("b", 8)],
                rows: vec![vec![Cell::text(&*text), Cell::text("b")]],
            }],
            ..Paper::default()
        };
        for format in [Format::Csv, Format::Markdown, Format::Html] {
            let out = String::from_utf8(bytes_of(&paper, format)).unwrap();
            let out = out.trim_start_matches('\u{feff}');
            assert!(!out.contains(|c| acts(c) && !"\r\n".contains(c)), "{out:?}");
        }
        let _ = sheet::csv("a.csv", &bytes_of(&paper, Format::Csv));
    };
    fuzz(&Target {
        name: "writers",
        seeds,
        read,
        cases: 800,
        longest: 300,
    });
}

fn bytes_of(paper: &Paper, format: Format) -> Vec<u8> {
    bytes(paper, format, Lang::Zh).unwrap()
}
